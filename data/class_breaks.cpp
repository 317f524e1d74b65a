#include "data/class_breaks.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace data {
namespace {

/// Distinct values with sums up to each, about the mean so that squares keep their digits.
struct Sums {
  std::vector<double> value;
  std::vector<double> n{0}, sum{0}, squares{0};

  explicit Sums(std::span<const double> sorted) {
    double mean = 0;
    for (const double v : sorted) mean += v / static_cast<double>(sorted.size());
    for (std::size_t i = 0; i < sorted.size();) {
      std::size_t end = i;
      while (end < sorted.size() && sorted[end] == sorted[i]) ++end;
      const double v = sorted[i] - mean, count = static_cast<double>(end - i);
      value.push_back(sorted[i]);
      n.push_back(n.back() + count);
      sum.push_back(sum.back() + count * v);
      squares.push_back(squares.back() + count * v * v);
      i = end;
    }
  }

  /// Sum of squares about their own mean of the distinct values a … b-1.
  double within(std::size_t a, std::size_t b) const {
    const double s = sum[b] - sum[a];
    return squares[b] - squares[a] - s * s / (n[b] - n[a]);
  }
};

/// One more class on top of `before` (the least sum for the first j values): for each j from
/// `first` on the least sum and where the last class begins. That begin never moves back as j
/// grows, so halving finds all in n log n.
class Layer {
 public:
  Layer(const Sums& sums, const std::vector<double>& before, std::size_t classes, std::size_t first)
      : least(before.size(), 0), begin(before.size(), 0), sums_(sums) {
    for (std::size_t a = 0; a < before.size(); ++a)
      starts_.push_back({before[a] - sums.squares[a], sums.sum[a], sums.n[a]});
    solve(first, before.size() - 1, classes - 1, before.size() - 2);
  }

  std::vector<double> least;
  std::vector<std::uint32_t> begin;

 private:
  /// What a last class that begins here needs to know.
  struct Start {
    double rest, sum, n;  // least sum before it less the squares before it
  };

  void solve(std::size_t from, std::size_t to, std::size_t low, std::size_t high) {
    if (from > to) return;
    const std::size_t j = from + (to - from) / 2, last = std::min(high, j - 1);
    const double sum = sums_.sum[j], n = sums_.n[j];
    // The least of rest − (sum over the class)² / n; divided only where it is less than before.
    double best = std::numeric_limits<double>::infinity();
    std::size_t at = low;
    for (std::size_t a = low; a <= last; ++a) {
      const Start& start = starts_[a];
      const double s = sum - start.sum, count = n - start.n;
      if ((start.rest - best) * count >= s * s) continue;
      best = start.rest - s * s / count;
      at = a;
    }
    least[j] = best + sums_.squares[j];
    begin[j] = static_cast<std::uint32_t>(at);
    if (j > from) solve(from, j - 1, low, at);
    solve(j + 1, to, at, high);
  }

  const Sums& sums_;
  std::vector<Start> starts_;
};

}  // namespace

std::vector<double> fisher_jenks_cuts(std::span<const double> sorted, std::size_t classes) {
  if (sorted.empty()) return {};
  const Sums sums(sorted);
  const std::size_t distinct = sums.value.size();
  classes = std::min(classes, distinct);
  std::vector<double> least(distinct + 1, 0);
  for (std::size_t j = 1; j <= distinct; ++j) least[j] = sums.within(0, j);
  std::vector<std::vector<std::uint32_t>> begins;
  for (std::size_t c = 2; c <= classes; ++c) {
    // Of the last class only where it begins for all values is asked.
    Layer layer(sums, least, c, c == classes ? distinct : c);
    least = std::move(layer.least);
    begins.push_back(std::move(layer.begin));
  }
  std::vector<double> cuts;
  for (std::size_t j = distinct; !begins.empty(); begins.pop_back()) {
    j = begins.back()[j];
    const double under = sums.value[j - 1], over = sums.value[j];
    const double middle = under + (over - under) / 2;
    // Between two neighbouring doubles there is no middle.
    cuts.push_back(middle > under ? middle : over);
  }
  std::reverse(cuts.begin(), cuts.end());
  return cuts;
}

std::vector<double> pretty_steps(double low, double high, std::size_t steps) {
  const double span = high - low;
  // Too near to each other to tell steps apart.
  if (!(span > 1e-14 * std::max(std::abs(low), std::abs(high)))) return {low, high};
  // Becker, Chambers and Wilks (1988), with R's leaning to larger steps: 1.5, towards 5 even more.
  constexpr double lean = 1.5, lean_to_5 = 0.5 + 1.5 * lean, slack = 1e-10;
  const double wanted = span / static_cast<double>(std::max<std::size_t>(steps, 1));
  const double power = std::floor(std::log10(wanted)), ten = std::pow(10, power);
  double of_ten = 1;
  if (2 * ten - wanted < lean * (wanted - ten)) {
    of_ten = 2;
    if (5 * ten - wanted < lean_to_5 * (wanted - 2 * ten)) {
      of_ten = 5;
      if (10 * ten - wanted < lean * (wanted - 5 * ten)) of_ten = 10;
    }
  }
  const double unit = of_ten * ten;
  const double first = std::floor(low / unit + slack), last = std::ceil(high / unit - slack);
  std::vector<double> out;
  // 0.3, not 3 · 0.1, which is not 0.3.
  for (double i = first; i <= last; ++i)
    out.push_back(power < 0 ? i * of_ten / std::pow(10, -power) : i * unit);
  return out;
}

std::vector<double> head_tail_cuts(std::span<const double> sorted) {
  std::vector<double> cuts;
  while (!sorted.empty() && sorted.front() < sorted.back()) {
    double mean = 0;
    for (const double v : sorted) mean += v;
    mean /= static_cast<double>(sorted.size());
    cuts.push_back(mean);
    const auto head = static_cast<std::size_t>(
        sorted.end() - std::upper_bound(sorted.begin(), sorted.end(), mean));
    if (static_cast<double>(head) > 0.4 * static_cast<double>(sorted.size())) break;
    sorted = sorted.last(head);
  }
  return cuts;
}

}  // namespace data
