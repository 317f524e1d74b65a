#include "data/classification.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace data {
namespace {

std::vector<double> finite_sorted(std::span<const double> values) {
  std::vector<double> out;
  out.reserve(values.size());
  for (const double v : values)
    if (std::isfinite(v)) out.push_back(v);
  std::sort(out.begin(), out.end());
  return out;
}

std::size_t distinct(const std::vector<double>& sorted) {
  std::size_t n = sorted.empty() ? 0 : 1;
  for (std::size_t i = 1; i < sorted.size(); ++i) n += sorted[i] != sorted[i - 1];
  return n;
}

struct Cuts {
  std::vector<double> at;
  double quality = 0;  ///< 1: nothing could tell the values apart better
};

/// The `cuts` multiples of 1/parts that tell the values apart best, none of the classes empty. Half
/// of the quality is how much of the variance lies between the classes (as Fisher and Jenks have
/// it: likes together), half the entropy of the class sizes (no class that holds nearly all). By
/// dynamic programming over the multiples between the values, O(cuts · multiples²).
Cuts best_cuts(const std::vector<double>& sorted, double parts, std::size_t cuts) {
  const double lo = sorted.front(), hi = sorted.back();
  std::vector<double> grid{-std::numeric_limits<double>::infinity()};
  for (double k = std::floor(lo * parts) + 1; k / parts <= hi; ++k)
    if (k / parts > lo) grid.push_back(k / parts);
  grid.push_back(std::numeric_limits<double>::infinity());
  if (grid.size() < cuts + 2) return {};

  const double n = static_cast<double>(sorted.size());
  double mean = 0;
  for (const double v : sorted) mean += v / n;
  // Number, sum and sum of squares (about the mean) of the values under each multiple.
  struct Sums {
    double n = 0, sum = 0, squares = 0;
  };
  std::vector<Sums> below;
  Sums sums;
  for (const double g : grid) {
    for (auto i = static_cast<std::size_t>(sums.n); i < sorted.size() && sorted[i] < g; ++i) {
      sums.n += 1;
      sums.sum += sorted[i] - mean;
      sums.squares += (sorted[i] - mean) * (sorted[i] - mean);
    }
    below.push_back(sums);
  }
  const double variance = below.back().squares;
  const double classes_wanted = static_cast<double>(cuts + 1);
  // What as many classes reach on values that are spread evenly.
  const double best_between = 1 - 1 / (classes_wanted * classes_wanted);
  const double best_entropy = std::log(classes_wanted);
  constexpr double impossible = -1e300;
  const auto score = [&](std::size_t a, std::size_t b) {
    const Sums one{below[b].n - below[a].n, below[b].sum - below[a].sum,
                   below[b].squares - below[a].squares};
    if (one.n <= 0) return impossible;
    const double within = (one.squares - one.sum * one.sum / one.n) / variance;
    const double p = one.n / n;
    // Equal steps read best, where it makes no difference that one would see on the map. The first
    // and the last class are open, towards 0 and the target.
    const bool open = a == 0 || b + 1 == grid.size();
    const double width = open ? 0 : (grid[b] - grid[a]) / (hi - lo);
    return -0.5 * within / best_between - 0.5 * p * std::log(p) / best_entropy -
           0.02 * width * width;
  };

  const std::size_t m = grid.size(), classes = cuts + 1;
  std::vector<std::vector<double>> best(classes + 1, std::vector<double>(m, impossible));
  std::vector<std::vector<std::size_t>> from(classes + 1, std::vector<std::size_t>(m, 0));
  best[0][0] = 0.5 / best_between;
  for (std::size_t c = 1; c <= classes; ++c)
    for (std::size_t b = 1; b < m; ++b)
      for (std::size_t a = 0; a < b; ++a)
        if (const double sum = best[c - 1][a] + score(a, b); sum > best[c][b]) {
          best[c][b] = sum;
          from[c][b] = a;
        }
  if (best[classes][m - 1] <= impossible / 2) return {};
  Cuts out;
  out.quality = best[classes][m - 1];
  std::size_t b = m - 1;
  for (std::size_t c = classes; c > 0; --c) {
    b = from[c][b];
    if (b > 0) out.at.push_back(grid[b]);
  }
  std::reverse(out.at.begin(), out.at.end());
  return out;
}

/// Cuts at the roundest numbers that still tell the values apart well.
std::vector<double> round_cuts(const std::vector<double>& sorted, std::size_t classes) {
  constexpr double enough = 0.87;
  Cuts best;
  for (std::size_t want = std::min(classes, distinct(sorted)); want > 1; --want) {
    for (const double parts : {10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0}) {
      Cuts cuts = best_cuts(sorted, parts, want - 1);
      if (cuts.at.empty()) continue;
      if (cuts.quality >= enough) return cuts.at;
      // A finer step must be worth its digits.
      if (cuts.quality > best.quality + 0.02) best = std::move(cuts);
    }
    if (!best.at.empty()) return best.at;
  }
  return {};
}

}  // namespace

std::optional<std::size_t> Classes::of(double value) const {
  if (count() == 0 || !std::isfinite(value)) return std::nullopt;
  const auto above = std::upper_bound(breaks.begin(), breaks.end(), value) - breaks.begin();
  const std::ptrdiff_t last = static_cast<std::ptrdiff_t>(count()) - 1;
  return static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(above - 1, 0, last));
}

Classes classify_by_target(std::span<const double> values, double target, std::size_t below) {
  std::vector<double> sorted = finite_sorted(values);
  const double hi = sorted.empty() ? 0 : sorted.back();
  Classes classes;
  classes.breaks.push_back(sorted.empty() ? 0 : std::min(0.0, sorted.front()));
  if (target > classes.breaks.front()) {
    sorted.erase(std::lower_bound(sorted.begin(), sorted.end(), target), sorted.end());
    if (!sorted.empty())
      for (const double cut : round_cuts(sorted, below)) classes.breaks.push_back(cut);
    classes.breaks.push_back(target);
  }
  classes.first_at_target = classes.breaks.size() - 1;
  const double least_top = target < 1 ? 1 : target + 0.01;  // so that the last class has a width
  classes.breaks.push_back(std::max(hi, least_top));
  return classes;
}

Classes classify_by_quantiles(std::span<const double> values, std::size_t classes) {
  const std::vector<double> sorted = finite_sorted(values);
  Classes out;
  if (sorted.empty() || classes == 0) return out;
  out.breaks.push_back(sorted.front());
  const auto under = [&](double v) {
    return std::lower_bound(sorted.begin(), sorted.end(), v) - sorted.begin();
  };
  for (std::size_t i = 1; i < classes; ++i) {
    // R type 7: between the order statistics around (n − 1)·p.
    const double h = static_cast<double>(sorted.size() - 1) * static_cast<double>(i) /
                     static_cast<double>(classes);
    const auto k = static_cast<std::size_t>(h);
    const double next = sorted[std::min(k + 1, sorted.size() - 1)];
    const double q = sorted[k] + (h - static_cast<double>(k)) * (next - sorted[k]);
    // A class in which no value falls is no class.
    if (under(q) > under(out.breaks.back())) out.breaks.push_back(q);
  }
  out.breaks.push_back(sorted.back());
  return out;
}

}  // namespace data
