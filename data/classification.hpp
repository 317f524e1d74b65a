#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace data {

/// The classifications of the contract. Their ids are the contract's names.
enum class Classification {
  target,
  quantiles,
  equal_interval,
  fisher_jenks,
  head_tail_breaks,
  std_mean,
  pretty_breaks,
  user_defined
};
inline constexpr Classification all_classifications[] = {
    Classification::target,        Classification::quantiles,        Classification::equal_interval,
    Classification::fisher_jenks,  Classification::head_tail_breaks, Classification::std_mean,
    Classification::pretty_breaks, Classification::user_defined};
std::string_view id(Classification classification);  ///< "Target", "FisherJenks" …
std::optional<Classification> classification_by_id(std::string_view id);

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

/// What is asked of a classification.
struct ClassificationOptions {
  Classification by = Classification::target;
  /// At most so many. PrettyBreaks and StdMean: about so many, up to half as many more, as their
  /// steps are round; HeadTailBreaks finds its own number.
  std::size_t classes = 5;
  /// One border is moved to (or made at) it, and first_at_target set. Where no value lies above it
  /// there is a class from it up all the same.
  std::optional<double> target;
  std::vector<double> inner_breaks;  ///< UserDefined: the borders between classes, in any order
};

/// Non-finite values are ignored; fewer distinct values than classes give fewer classes, never an
/// error; no values and no target: no classes. A class can be empty where a person or the target
/// asked for it, and where equal steps are the point (EqualInterval, PrettyBreaks, StdMean). Target
/// without a target falls back on Quantiles. Linear in values (after sorting); Fisher–Jenks
/// O(k n log n) on distinct values. What each does: docs/formulas.md.
Classes classify(std::span<const double> values, const ClassificationOptions& options);

/// Breaks at round values below and above the target, one of them the target itself (the contract's
/// `Target`), for shares in 0…1: at most `below` classes under it and one at or above it. Fewer
/// distinct values than classes give fewer classes. Non-finite values are ignored.
Classes classify_by_target(std::span<const double> values, double target, std::size_t below = 4);
/// Quantiles (R type 7), ties merged.
Classes classify_by_quantiles(std::span<const double> values, std::size_t classes = 5);

}  // namespace data
