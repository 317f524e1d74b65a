#include "data/score.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "geo/random.hpp"

namespace data {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

using Row = std::array<double, criterion_count>;

/// The share of a commune's people short that something known stands in the way of.
double behind_barriers(const BarrierSplit& split) {
  const double all = split.total();
  if (all <= 0) return 0;
  return 1 - (split.of(Barrier::visit) + split.of(Barrier::unknown)) / all;
}

/// As counted, larger is worse; NaN where it is not known.
Row raw(const Gap& gap, const BarrierSplit& split, std::optional<double> teams, geo::Date at) {
  Row row;
  row.fill(none);
  if (!gap.rate || !gap.eligible) return row;  // not reported is not the worst: it is not known
  const auto set = [&row](Criterion criterion, double value) {
    row[static_cast<std::size_t>(criterion)] = value;
  };
  set(Criterion::rate, -gap.rate->value);
  if (gap.shortfall) {
    set(Criterion::shortfall, gap.shortfall->value);
    set(Criterion::barriers, behind_barriers(split));
  }
  if (gap.achievement) set(Criterion::achievement, -gap.achievement->value);
  if (gap.as_of) set(Criterion::silence, std::max(0, at - *gap.as_of));
  if (teams && gap.eligible->value > 0) set(Criterion::teams, -*teams / gap.eligible->value);
  return row;
}

/// From the least to the most bad: 0…1. Where all are alike it tells nobody apart: 0.
void spread(std::vector<Row>& parts, std::size_t criterion) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const Row& row : parts) {
    if (std::isnan(row[criterion])) continue;
    low = std::min(low, row[criterion]);
    high = std::max(high, row[criterion]);
  }
  for (Row& row : parts) {
    double& value = row[criterion];
    if (!std::isnan(value)) value = high > low ? (value - low) / (high - low) : 0;
  }
}

/// Weights that make 1, only of criteria that are known of any commune: one that nobody has (no
/// targets, no list of teams) must not press all scores down.
Row shares_of(const Weights& weights, std::span<const Row> parts) {
  const auto in_use = [&](const Row& of) {
    Row out{};
    for (std::size_t c = 0; c < criterion_count; ++c)
      if (std::isfinite(of[c]) && of[c] > 0 &&
          std::any_of(parts.begin(), parts.end(), [c](const Row& r) { return !std::isnan(r[c]); }))
        out[c] = of[c];
    return out;
  };
  const bool all_zero =
      std::none_of(weights.of.begin(), weights.of.end(), [](double w) { return w > 0; });
  Row out = in_use(all_zero ? Weights().of : weights.of);
  const double sum = std::accumulate(out.begin(), out.end(), 0.0);
  if (sum > 0)
    for (double& w : out) w /= sum;
  return out;
}

/// A gamma variate of mean 1 and coefficient of variation one half: the mean of four exponential
/// ones (Erlang). Rounded, so that the last bit of another computer's logarithm decides nothing.
double gamma(geo::Random& random) {
  double product = 1;
  for (int i = 0; i < 4; ++i) product *= 1 - random.share();  // above 0
  return std::round(-std::log(product) / 4 * 0x1p40) * 0x1p-40;
}

/// The communes that have a score, in code order, criterion by criterion: what a redraw reads.
struct Columns {
  std::vector<std::size_t> position;  ///< in `units`
  std::array<std::vector<double>, criterion_count> of;

  Columns(const Scores& scores, const Row& shares) {
    for (std::size_t i = 0; i < scores.score.size(); ++i)
      if (!std::isnan(scores.score[i])) position.push_back(i);
    std::sort(position.begin(), position.end(), [&](std::size_t a, std::size_t b) {
      return scores.units[a] < scores.units[b];  // a dataset's communes are in code order
    });
    for (std::size_t c = 0; c < criterion_count; ++c) {
      if (shares[c] <= 0) continue;
      for (const std::size_t i : position) of[c].push_back(scores.parts[i][c]);
    }
  }

  void score(const Row& weights, std::vector<double>& out) const {
    out.assign(position.size(), 0);
    for (std::size_t c = 0; c < criterion_count; ++c)
      for (std::size_t i = 0; i < of[c].size(); ++i) out[i] += weights[c] * of[c][i];
  }
};

/// Which k stand first: larger first, ties by place.
class First {
 public:
  explicit First(std::size_t k) : first_(k) { std::iota(first_.begin(), first_.end(), 0U); }

  const std::vector<std::size_t>& of(const std::vector<double>& values) {
    // Those who stood first before have at least this much each, so nobody below it can be among
    // the first k now. It leaves little more than k to sort.
    double least = std::numeric_limits<double>::infinity();
    for (const std::size_t i : first_) least = std::min(least, values[i]);
    candidates_.clear();
    for (std::size_t i = 0; i < values.size(); ++i)
      if (values[i] >= least) candidates_.push_back(i);
    const auto k = first_.size();
    std::nth_element(candidates_.begin(), candidates_.begin() + static_cast<std::ptrdiff_t>(k - 1),
                     candidates_.end(), [&](std::size_t a, std::size_t b) {
                       return values[a] != values[b] ? values[a] > values[b] : a < b;
                     });
    std::copy_n(candidates_.begin(), k, first_.begin());
    return first_;
  }

 private:
  std::vector<std::size_t> first_, candidates_;
};

}  // namespace

std::string_view id(Criterion criterion) {
  switch (criterion) {
    case Criterion::shortfall:
      return "shortfall";
    case Criterion::rate:
      return "rate";
    case Criterion::achievement:
      return "achievement";
    case Criterion::barriers:
      return "barriers";
    case Criterion::silence:
      return "silence";
    case Criterion::teams:
      return "teams";
  }
  return {};
}

std::optional<Criterion> criterion_by_id(std::string_view name) {
  for (const Criterion criterion : all_criteria)
    if (id(criterion) == name) return criterion;
  return std::nullopt;
}

Scores scores(const Dataset& dataset, std::span<const Gap> gaps,
              std::span<const BarrierSplit> splits, std::span<const geo::UnitIndex> units,
              geo::Date at, const Weights& weights) {
  std::vector<double> teams(dataset.communes.size());
  for (const Team& team : dataset.teams)
    if (team.home.valid()) ++teams[team.home.value];
  const bool teams_known = !dataset.teams.empty();  // no list of teams is not "no team"

  Scores out;
  out.units.assign(units.begin(), units.end());
  out.parts.reserve(units.size());
  for (const geo::UnitIndex unit : units)
    out.parts.push_back(raw(gaps[unit.value], splits[unit.value],
                            teams_known ? std::optional(teams[unit.value]) : std::nullopt, at));
  for (std::size_t c = 0; c < criterion_count; ++c) spread(out.parts, c);

  const Row shares = shares_of(weights, out.parts);
  const bool any = std::any_of(shares.begin(), shares.end(), [](double w) { return w > 0; });
  out.score.reserve(units.size());
  for (const Row& row : out.parts) {
    double score = any ? 0 : none;
    for (std::size_t c = 0; c < criterion_count; ++c)
      if (shares[c] > 0) score += shares[c] * row[c];  // NaN: something asked for is not known
    out.score.push_back(score);
  }
  return out;
}

std::vector<double> stability(const Scores& scores, const Weights& weights, std::size_t k,
                              std::uint64_t seed, std::uint32_t draws) {
  std::vector<double> out(scores.score.size());
  const Row shares = shares_of(weights, scores.parts);
  const Columns columns(scores, shares);
  const std::size_t count = columns.position.size();
  if (k == 0 || count == 0 || draws == 0) return out;
  if (k >= count) {
    for (const std::size_t i : columns.position) out[i] = 1;
    return out;
  }
  geo::Random random(seed);
  First first(k);
  std::vector<std::uint32_t> stayed(count);
  std::vector<double> values;
  for (std::uint32_t draw = 0; draw < draws; ++draw) {
    Row drawn = shares;
    // One variate for every criterion, used or not: leaving one out does not shift the others'.
    for (double& weight : drawn) weight *= gamma(random);
    columns.score(drawn, values);
    for (const std::size_t i : first.of(values)) ++stayed[i];
  }
  for (std::size_t i = 0; i < count; ++i)
    out[columns.position[i]] = static_cast<double>(stayed[i]) / draws;
  return out;
}

}  // namespace data
