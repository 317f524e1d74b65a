#include "data/report_rules.hpp"

#include <array>

namespace data {
namespace {

struct Pair {
  OrderRule rule;
  Count above, below;
};
constexpr std::array<Pair, 6> pairs{{
    {OrderRule::l2_above_installed, Count::activated_l2, Count::installed},
    {OrderRule::l1_above_installed, Count::activated_l1, Count::installed},
    {OrderRule::l2_above_l1, Count::activated_l2, Count::activated_l1},
    {OrderRule::installed_above_eligible, Count::installed, Count::eligible},
    {OrderRule::l1_above_eligible, Count::activated_l1, Count::eligible},
    {OrderRule::l2_above_eligible, Count::activated_l2, Count::eligible},
}};

}  // namespace

std::optional<std::int64_t> number_of(const Report& report, Count count) {
  switch (count) {
    case Count::eligible:
      return report.eligible;
    case Count::installed:
      return report.installed;
    case Count::activated_l1:
      return report.activated_l1;
    case Count::activated_l2:
      return report.activated_l2;
    case Count::sessions:
      return report.sessions;
    case Count::reached:
      break;
  }
  return report.reached;
}

std::vector<OrderBreak> order_breaks(const Report& report,
                                     const std::optional<std::int64_t>& eligible) {
  std::vector<OrderBreak> out;
  for (const Pair& pair : pairs) {
    const auto number = number_of(report, pair.above);
    const auto limit = pair.below == Count::eligible ? eligible : number_of(report, pair.below);
    if (number && limit && *number > *limit)
      out.push_back({pair.rule, pair.above, pair.below, *number, *limit});
  }
  return out;
}

}  // namespace data
