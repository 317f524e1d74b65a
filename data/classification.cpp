#include "data/classification.hpp"

#include <algorithm>
#include <cmath>

#include "data/class_breaks.hpp"

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

std::size_t under(std::span<const double> sorted, double border) {
  return static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), border) -
                                  sorted.begin());
}

/// As many classes as asked for, but no more than there are distinct values.
std::size_t at_most_distinct(std::span<const double> sorted, std::size_t classes) {
  std::size_t distinct = 1;
  for (std::size_t i = 1; i < sorted.size() && distinct < classes; ++i)
    distinct += sorted[i] != sorted[i - 1];
  return std::min(distinct, classes);
}

/// R type 7: between the order statistics around (n − 1)·p.
std::vector<double> quantile_cuts(std::span<const double> sorted, std::size_t classes) {
  std::vector<double> cuts;
  for (std::size_t i = 1; i < classes; ++i) {
    const double h = static_cast<double>(sorted.size() - 1) * static_cast<double>(i) /
                     static_cast<double>(classes);
    const auto k = static_cast<std::size_t>(h);
    const double next = sorted[std::min(k + 1, sorted.size() - 1)];
    cuts.push_back(sorted[k] + (h - static_cast<double>(k)) * (next - sorted[k]));
  }
  return cuts;
}

std::vector<double> equal_cuts(double low, double high, std::size_t classes) {
  std::vector<double> cuts;
  for (std::size_t i = 1; i < classes; ++i)
    cuts.push_back(low + (high - low) * static_cast<double>(i) / static_cast<double>(classes));
  return cuts;
}

/// Round numbers of standard deviations (of a sample, n − 1) from the mean.
std::vector<double> deviation_cuts(std::span<const double> sorted, std::size_t classes) {
  double mean = 0, squares = 0;
  for (const double v : sorted) mean += v;
  mean /= static_cast<double>(sorted.size());
  for (const double v : sorted) squares += (v - mean) * (v - mean);
  const double deviation = std::sqrt(squares / static_cast<double>(sorted.size() - 1));
  std::vector<double> cuts;
  for (const double step : pretty_steps((sorted.front() - mean) / deviation,
                                        (sorted.back() - mean) / deviation, classes))
    cuts.push_back(mean + step * deviation);
  return cuts;
}

/// Steps that are equal by their nature stay so, also where no value falls between two of them.
bool keeps_empty(Classification by) {
  return by == Classification::equal_interval || by == Classification::pretty_breaks ||
         by == Classification::std_mean;
}

/// Without the cuts that leave a class without values; where one of them is `kept`, its other
/// border goes instead.
void drop_empty(std::vector<double>& cuts, std::span<const double> sorted,
                std::optional<double> kept) {
  std::vector<double> out;
  for (const double cut : cuts) {
    const bool empty = under(sorted, cut) == (out.empty() ? 0 : under(sorted, out.back()));
    if (empty && cut != kept) continue;
    if (empty && !out.empty()) out.pop_back();
    out.push_back(cut);
  }
  while (!out.empty() && out.back() != kept && under(sorted, out.back()) == sorted.size())
    out.pop_back();
  cuts = std::move(out);
}

/// The cut next to the target is moved to it; the first one is made where there is none.
void move_nearest(std::vector<double>& cuts, double target) {
  const auto nearest = std::min_element(cuts.begin(), cuts.end(), [target](double a, double b) {
    return std::abs(a - target) < std::abs(b - target);
  });
  if (nearest == cuts.end()) {
    cuts.push_back(target);
  } else {
    *nearest = target;
  }
}

/// An upper end for a class that begins here and may hold no value: everybody, where it is a share.
double end_above(double border) { return border < 1 ? 1 : border + 0.01; }

struct Ends {
  double low = 0, high = 0;
};

/// Borders between the values; ends only where the classification has its own.
std::vector<double> cuts_by(Classification by, std::span<const double> sorted, std::size_t classes,
                            Ends& ends) {
  const std::size_t wanted = at_most_distinct(sorted, classes);
  if (wanted < 2) return {};
  switch (by) {
    case Classification::target:  // without a target
    case Classification::quantiles:
      return quantile_cuts(sorted, classes);
    case Classification::equal_interval:
      return equal_cuts(sorted.front(), sorted.back(), wanted);
    case Classification::fisher_jenks:
      return fisher_jenks_cuts(sorted, wanted);
    case Classification::head_tail_breaks:
      return head_tail_cuts(sorted);
    case Classification::std_mean: {
      auto cuts = deviation_cuts(sorted, wanted);
      return {cuts.begin() + 1, cuts.end() - 1};
    }
    case Classification::pretty_breaks: {
      auto cuts = pretty_steps(sorted.front(), sorted.back(), wanted);
      ends = {std::min(cuts.front(), ends.low), std::max(cuts.back(), ends.high)};
      return {cuts.begin() + 1, cuts.end() - 1};
    }
    case Classification::user_defined:
      break;
  }
  return {};
}

Classes classes_of(double low, const std::vector<double>& cuts, double high,
                   std::optional<double> target) {
  Classes out;
  out.breaks.push_back(low);
  for (const double cut : cuts)
    if (cut > out.breaks.back()) out.breaks.push_back(cut);
  if (out.breaks.size() > 1 && high <= out.breaks.back()) high = end_above(out.breaks.back());
  out.breaks.push_back(high);
  if (target) {
    const auto at = std::lower_bound(out.breaks.begin(), out.breaks.end() - 1, *target);
    out.first_at_target = static_cast<std::size_t>(at - out.breaks.begin());
  }
  return out;
}

/// The borders a person set; nothing is moved for the target, it is one more of them.
Classes classify_as_set(std::span<const double> sorted, std::vector<double> cuts,
                        std::optional<double> target) {
  if (target) cuts.push_back(*target);
  std::erase_if(cuts, [](double cut) { return !std::isfinite(cut); });
  std::sort(cuts.begin(), cuts.end());
  if (sorted.empty() && cuts.empty()) return {};
  const double low = sorted.empty() ? 0 : std::min(0.0, sorted.front());
  const double high = sorted.empty() ? low : sorted.back();
  return classes_of(low, cuts, high, target);
}

}  // namespace

std::string_view id(Classification classification) {
  switch (classification) {
    case Classification::target:
      return "Target";
    case Classification::quantiles:
      return "Quantiles";
    case Classification::equal_interval:
      return "EqualInterval";
    case Classification::fisher_jenks:
      return "FisherJenks";
    case Classification::head_tail_breaks:
      return "HeadTailBreaks";
    case Classification::std_mean:
      return "StdMean";
    case Classification::pretty_breaks:
      return "PrettyBreaks";
    case Classification::user_defined:
      return "UserDefined";
  }
  return {};
}

std::optional<Classification> classification_by_id(std::string_view text) {
  for (const Classification known : all_classifications)
    if (id(known) == text) return known;
  return std::nullopt;
}

std::optional<std::size_t> Classes::of(double value) const {
  if (count() == 0 || !std::isfinite(value)) return std::nullopt;
  const auto above = std::upper_bound(breaks.begin(), breaks.end(), value) - breaks.begin();
  const std::ptrdiff_t last = static_cast<std::ptrdiff_t>(count()) - 1;
  return static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(above - 1, 0, last));
}

Classes classify(std::span<const double> values, const ClassificationOptions& options) {
  std::optional<double> target = options.target;
  if (target && !std::isfinite(*target)) target.reset();
  const std::size_t classes = std::max<std::size_t>(options.classes, 1);
  if (options.by == Classification::target && target)
    return classify_by_target(values, *target, std::max<std::size_t>(classes, 2) - 1);

  const std::vector<double> sorted = finite_sorted(values);
  if (options.by == Classification::user_defined)
    return classify_as_set(sorted, options.inner_breaks, target);
  if (sorted.empty()) {
    if (!target) return {};
    return classes_of(std::min(0.0, *target), {*target}, end_above(*target), target);
  }

  // Reached by nobody, or by the best alone: the class from the target up is one of those asked
  // for.
  const bool at_top = target && *target >= sorted.back();
  Ends ends{sorted.front(), sorted.back()};
  auto cuts =
      cuts_by(options.by, sorted, at_top ? std::max<std::size_t>(classes, 2) - 1 : classes, ends);
  if (!keeps_empty(options.by)) drop_empty(cuts, sorted, {});
  if (!target) return classes_of(ends.low, cuts, ends.high, {});
  if (*target <= sorted.front() && !at_top)  // reached by all
    return classes_of(*target, cuts, ends.high, target);
  if (at_top) {
    std::erase_if(cuts, [&](double cut) { return cut >= *target; });
    cuts.push_back(*target);
    return classes_of(std::min(ends.low, *target), cuts, std::max(ends.high, end_above(*target)),
                      target);
  }
  move_nearest(cuts, *target);
  if (!keeps_empty(options.by)) drop_empty(cuts, sorted, target);
  return classes_of(ends.low, cuts, ends.high, target);
}

Classes classify_by_target(std::span<const double> values, double target, std::size_t below) {
  std::vector<double> sorted = finite_sorted(values);
  const double high = sorted.empty() ? 0 : sorted.back();
  const double low = sorted.empty() ? 0 : std::min(0.0, sorted.front());
  Classes classes;
  classes.breaks.push_back(low);
  if (target > low) {
    sorted.resize(under(sorted, target));
    for (const double cut : round_cuts(sorted, below)) classes.breaks.push_back(cut);
    classes.breaks.push_back(target);
  }
  classes.first_at_target = classes.breaks.size() - 1;
  classes.breaks.push_back(std::max(high, end_above(target)));
  return classes;
}

Classes classify_by_quantiles(std::span<const double> values, std::size_t classes) {
  if (classes == 0) return {};
  return classify(values, {Classification::quantiles, classes, {}, {}});
}

}  // namespace data
