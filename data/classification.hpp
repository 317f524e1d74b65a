#pragma once
#include <optional>
#include <span>
#include <vector>

namespace data {

/// Class borders of a choropleth. Classes are [breaks[i], breaks[i+1]), the last closed; there are
/// breaks.size()-1 of them.
struct Classes {
  std::vector<double> breaks;
  /// Index of the first class at or above the target: warm colours end there. Empty: no target.
  std::optional<std::size_t> first_at_target;
  std::size_t count() const { return breaks.size() < 2 ? 0 : breaks.size() - 1; }
  /// Values below the first break fall in the first class and above the last in the last (a legend
  /// pooled over time has none). Empty when there are no classes.
  std::optional<std::size_t> of(double value) const;
};

/// Breaks at round values below and above the target, one of them the target itself (the contract's
/// `Target`), for shares in 0…1: at most `below` classes under it and one at or above it. Fewer
/// distinct values than classes give fewer classes. Non-finite values are ignored.
Classes classify_by_target(std::span<const double> values, double target, std::size_t below = 4);
/// Quantiles (R type 7), ties merged.
Classes classify_by_quantiles(std::span<const double> values, std::size_t classes = 5);

}  // namespace data
