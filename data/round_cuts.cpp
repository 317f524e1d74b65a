#include <algorithm>
#include <cmath>
#include <limits>

#include "data/class_breaks.hpp"

namespace data {
namespace {

constexpr double impossible = -1e300;
constexpr double finest = 1000;
/// Beyond so many multiples (values that are no shares) only coarser ones are looked at.
constexpr double most_multiples = 1000;

/// The values under a border: number, sum and sum of squares about the mean of all.
struct Below {
  double border = 0, n = 0, sum = 0, squares = 0;
};

struct Cuts {
  std::vector<double> at;
  double quality = 0;  ///< 1: nothing could tell the values apart better
};

/// What stands under each multiple of 1/parts between the values, with open ends.
std::vector<Below> multiples(std::span<const double> sorted, double mean, double parts) {
  std::vector<Below> out{{-std::numeric_limits<double>::infinity()}};
  Below sums;
  auto value = sorted.begin();
  const auto up_to = [&](double border) {
    for (; value != sorted.end() && *value < border; ++value) {
      sums.n += 1;
      sums.sum += *value - mean;
      sums.squares += (*value - mean) * (*value - mean);
    }
    sums.border = border;
    out.push_back(sums);
  };
  for (double k = std::floor(sorted.front() * parts) + 1; k / parts <= sorted.back(); ++k)
    if (k / parts > sorted.front()) up_to(k / parts);
  up_to(std::numeric_limits<double>::infinity());
  return out;
}

/// Every multiple of a coarser step is one of the finest too: the sums are taken over once.
std::vector<Below> coarser(const std::vector<Below>& fine, double parts) {
  std::vector<Below> out;
  for (const Below& below : fine) {
    const double k = std::round(below.border * parts);
    if (!std::isfinite(below.border) || k / parts == below.border) out.push_back(below);
  }
  return out;
}

/// What each class between two borders costs, whatever the number of classes.
class Parting {
 public:
  explicit Parting(std::vector<Below> borders)
      : borders_(std::move(borders)), within_(size() * size()), entropy_(size() * size()) {
    const Below& all = borders_.back();
    for (std::size_t a = 0; a < size(); ++a)
      for (std::size_t b = a + 1; b < size(); ++b) {
        const double n = borders_[b].n - borders_[a].n, sum = borders_[b].sum - borders_[a].sum;
        if (n <= 0) continue;
        within_[at(a, b)] =
            (borders_[b].squares - borders_[a].squares - sum * sum / n) / all.squares;
        entropy_[at(a, b)] = -n / all.n * std::log(n / all.n);
      }
  }
  std::size_t size() const { return borders_.size(); }

  /// The `cuts` borders that tell the values apart best, none of the classes empty. Half of the
  /// quality is how much of the variance lies between the classes (as Fisher and Jenks have it:
  /// likes together), half the entropy of the class sizes (no class that holds nearly all).
  Cuts best(std::size_t cuts, double span) const {
    if (size() < cuts + 2) return {};
    const std::size_t classes = cuts + 1, m = size();
    const auto wanted = static_cast<double>(classes);
    // What as many classes reach on values that are spread evenly.
    const double best_between = 1 - 1 / (wanted * wanted), best_entropy = std::log(wanted);
    const auto score = [&](std::size_t a, std::size_t b) {
      if (borders_[b].n <= borders_[a].n) return impossible;
      // Equal steps read best, where it makes no difference that one would see on the map. The
      // first and the last class are open, towards 0 and the target.
      const bool open = a == 0 || b + 1 == m;
      const double width = open ? 0 : (borders_[b].border - borders_[a].border) / span;
      return 0.5 * entropy_[at(a, b)] / best_entropy - 0.5 * within_[at(a, b)] / best_between -
             0.02 * width * width;
    };
    std::vector<double> sum(m, impossible);
    for (std::size_t b = 1; b < m; ++b) sum[b] = 0.5 / best_between + score(0, b);
    std::vector<std::vector<std::size_t>> from(cuts, std::vector<std::size_t>(m, 0));
    for (std::size_t c = 0; c < cuts; ++c) {
      std::vector<double> next(m, impossible);
      // The last class is only asked for where it ends.
      for (std::size_t b = c + 1 == cuts ? m - 1 : 1; b < m; ++b)
        for (std::size_t a = 1; a < b; ++a) {
          if (sum[a] <= impossible / 2) continue;
          if (const double one = sum[a] + score(a, b); one > next[b]) {
            next[b] = one;
            from[c][b] = a;
          }
        }
      sum = std::move(next);
    }
    if (sum[m - 1] <= impossible / 2) return {};
    Cuts out{{}, sum[m - 1]};
    for (std::size_t c = cuts, b = m - 1; c > 0; --c) {
      b = from[c - 1][b];
      out.at.push_back(borders_[b].border);
    }
    std::reverse(out.at.begin(), out.at.end());
    return out;
  }

 private:
  std::size_t at(std::size_t a, std::size_t b) const { return a * size() + b; }

  std::vector<Below> borders_;
  std::vector<double> within_, entropy_;
};

}  // namespace

std::vector<double> round_cuts(std::span<const double> sorted, std::size_t classes) {
  if (sorted.empty() || sorted.front() == sorted.back()) return {};
  std::size_t distinct = 1;
  for (std::size_t i = 1; i < sorted.size() && distinct < classes; ++i)
    distinct += sorted[i] != sorted[i - 1];
  const double span = sorted.back() - sorted.front();
  double mean = 0;
  for (const double v : sorted) mean += v;
  mean /= static_cast<double>(sorted.size());

  constexpr double enough = 0.87;
  std::vector<Below> fine;
  std::vector<std::pair<double, Parting>> partings;  // by step, made when first asked for
  const auto parting = [&](double parts) -> const Parting& {
    for (const auto& known : partings)
      if (known.first == parts) return known.second;
    if (fine.empty()) fine = multiples(sorted, mean, finest);
    partings.emplace_back(parts, Parting(coarser(fine, parts)));
    return partings.back().second;
  };
  Cuts best;
  for (std::size_t want = std::min(classes, distinct); want > 1; --want) {
    for (const double parts : {10.0, 20.0, 50.0, 100.0, 200.0, 500.0, finest}) {
      if (span * parts > most_multiples) break;
      Cuts cuts = parting(parts).best(want - 1, span);
      if (cuts.at.empty()) continue;
      if (cuts.quality >= enough) return cuts.at;
      // A finer step must be worth its digits.
      if (cuts.quality > best.quality + 0.02) best = std::move(cuts);
    }
    if (!best.at.empty()) return best.at;
  }
  return {};
}

}  // namespace data
