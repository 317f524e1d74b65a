#include "data/apportion.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace data {
namespace {

/// What the links without a share are weighed by: residents, else area, else all the same.
struct Weights {
  std::vector<double> of;
  ShareBasis basis = ShareBasis::equally;
};
Weights weights(std::span<const Link> links) {
  const auto by = [&](auto member) -> std::vector<double> {
    std::vector<double> out;
    double sum = 0;
    for (const Link& link : links) {
      if (link.given) {
        out.push_back(0);
      } else if (!(link.*member)) {
        return {};
      } else {
        out.push_back(*(link.*member));
        sum += out.back();
      }
    }
    return sum > 0 ? out : std::vector<double>{};
  };
  if (auto residents = by(&Link::residents); !residents.empty())
    return {std::move(residents), ShareBasis::residents};
  if (auto area = by(&Link::area); !area.empty())
    return {std::move(area), links.front().common_land ? ShareBasis::land : ShareBasis::area};
  std::vector<double> same;
  for (const Link& link : links) same.push_back(link.given ? 0 : 1);
  return {std::move(same), ShareBasis::equally};
}

}  // namespace

std::string_view id(ShareBasis basis) {
  constexpr std::array<std::string_view, 6> words{"whole", "given", "residents",
                                                  "land",  "area",  "equally"};
  return words.at(static_cast<std::size_t>(basis));
}

void apportion(std::span<Link> links) {
  if (links.empty()) return;
  if (links.size() == 1) {
    links[0].share = 1;
    links[0].estimated = !links[0].whole;
    return;
  }
  double given = 0;
  bool all_given = true;
  for (const Link& link : links) {
    if (link.given)
      given += *link.given;
    else
      all_given = false;
  }
  const double scale = all_given || given > 1 ? 1 / given : 1;
  const double left = all_given ? 0 : std::max(0.0, 1 - given);
  const auto [weight, basis] = weights(links);
  double weight_sum = 0;
  for (const double w : weight) weight_sum += w;

  double before = 0;
  for (std::size_t i = 0; i < links.size(); ++i) {
    Link& link = links[i];
    link.share = link.given ? *link.given * scale : left * weight[i] / weight_sum;
    link.estimated = true;
    link.basis = link.given ? ShareBasis::given : basis;
    // The last takes the remainder: S + (1 − S) is exactly 1 in binary floating point too.
    if (i + 1 == links.size()) link.share = std::max(0.0, 1 - before);
    before += link.share;
  }
}

}  // namespace data
