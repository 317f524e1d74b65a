#include "data/statistics.hpp"

#include <algorithm>
#include <cmath>

namespace data {
namespace {

constexpr double z95 = 1.959963984540054;  // normal quantile of 97.5%
constexpr std::size_t enough = 3;          // communes that make a prior

/// What the communes of one parent have in common: a beta distribution of their rates.
struct Prior {
  std::size_t communes = 0;
  double people = 0, reached = 0, squares = 0;  // ΣP, ΣO, ΣP²
  double spread = 0;                            // ΣP(r − m)²

  double centre() const { return reached / people; }
  /// α + β: as many people as the prior weighs. Infinite: no spread beyond chance.
  /// ρ = 1/(α + β + 1) by moments (Kleinman 1973), each commune weighted by its people.
  double weight() const {
    const double m = centre(), chance = m * (1 - m), free = static_cast<double>(communes) - 1;
    const double beyond = people - squares / people - free;
    const double rho = beyond > 0 ? (spread - chance * free) / (chance * beyond) : 0;
    if (!(rho > 0)) return INFINITY;
    return rho < 1 ? 1 / rho - 1 : 0;
  }
};

/// P and O of a commune with a rate; O is held to 0…P, as a share of people can be no other.
struct Counts {
  std::size_t unit = 0;
  double people = 0, reached = 0;
};

std::vector<Counts> counts_of(std::span<const Gap> gaps) {
  std::vector<Counts> out;
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    const Gap& gap = gaps[i];
    if (!gap.rate || !gap.eligible || !gap.reached || !(gap.eligible->value > 0)) continue;
    const double people = gap.eligible->value;
    out.push_back({i, people, std::clamp(gap.reached->value, 0.0, people)});
  }
  return out;
}

/// One prior per parent; `parent_of` is -1 where there is none.
template <class ParentOf>
std::vector<Prior> priors(std::span<const Counts> counts, std::size_t parents, ParentOf parent_of) {
  std::vector<Prior> out(parents);
  for (const Counts& c : counts)
    if (const std::int32_t parent = parent_of(c.unit); parent >= 0) {
      Prior& prior = out[static_cast<std::size_t>(parent)];
      ++prior.communes;
      prior.people += c.people;
      prior.reached += c.reached;
      prior.squares += c.people * c.people;
    }
  for (const Counts& c : counts)
    if (const std::int32_t parent = parent_of(c.unit); parent >= 0) {
      Prior& prior = out[static_cast<std::size_t>(parent)];
      const double off = c.reached / c.people - prior.centre();
      prior.spread += c.people * off * off;
    }
  return out;
}

}  // namespace

std::optional<Interval> wilson(double reached, double eligible) {
  if (!(eligible > 0) || !std::isfinite(eligible) || !std::isfinite(reached)) return std::nullopt;
  const double n = eligible, x = std::clamp(reached, 0.0, n), p = x / n;
  const double z2 = z95 * z95;
  const double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const double half = z95 / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
  // At the ends the bounds are 0 and 1 but for the last digit.
  return Interval{x <= 0 ? 0 : centre - half, x >= n ? 1 : centre + half};
}

std::vector<std::optional<Rate>> smoothed_rates(const Dataset& dataset, std::span<const Gap> gaps) {
  std::vector<std::optional<Rate>> out(gaps.size());
  const std::vector<Counts> counts = counts_of(gaps);
  const auto district_of = [&](std::size_t unit) { return dataset.communes[unit].district; };
  const auto province_of = [&](std::size_t unit) { return dataset.communes[unit].province; };
  const auto districts = priors(counts, dataset.districts.size(), district_of);
  const auto provinces = priors(counts, dataset.provinces.size(), province_of);
  const Prior all = priors(counts, 1, [](std::size_t) { return 0; })[0];
  const auto prior_of = [&](std::size_t unit) -> const Prior& {
    const auto known = [](const std::vector<Prior>& of, std::int32_t i) {
      return i >= 0 && of[static_cast<std::size_t>(i)].communes >= enough;
    };
    if (const auto d = district_of(unit); known(districts, d))
      return districts[static_cast<std::size_t>(d)];
    if (const auto p = province_of(unit); known(provinces, p))
      return provinces[static_cast<std::size_t>(p)];
    return all;
  };
  for (const Counts& c : counts) {
    const Prior& prior = prior_of(c.unit);
    double rate = c.reached / c.people;
    if (prior.communes > 1) {
      const double weight = prior.weight();
      rate = std::isinf(weight) ? prior.centre()
                                : (c.reached + weight * prior.centre()) / (c.people + weight);
    }
    out[c.unit] = Rate(rate * gaps[c.unit].per);
  }
  return out;
}

std::vector<RateChange> changes(std::span<const Gap> from, std::span<const Gap> to) {
  std::vector<RateChange> out(std::min(from.size(), to.size()));
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (from[i].rate && to[i].rate) out[i].rate = to[i].rate->value - from[i].rate->value;
    if (from[i].reached && to[i].reached)
      out[i].reached = to[i].reached->value - from[i].reached->value;
  }
  return out;
}

std::optional<Regression> regression(std::span<const double> x, std::span<const double> y) {
  const std::size_t n = std::min(x.size(), y.size());
  const auto counts = [&](std::size_t i) { return std::isfinite(x[i]) && std::isfinite(y[i]); };
  Regression out;
  double mean_x = 0, mean_y = 0;
  for (std::size_t i = 0; i < n; ++i)
    if (counts(i)) {
      ++out.pairs;
      mean_x += x[i];
      mean_y += y[i];
    }
  if (out.pairs < 2) return std::nullopt;
  mean_x /= static_cast<double>(out.pairs);
  mean_y /= static_cast<double>(out.pairs);
  double xx = 0, xy = 0, yy = 0;
  for (std::size_t i = 0; i < n; ++i)
    if (counts(i)) {
      const double dx = x[i] - mean_x, dy = y[i] - mean_y;
      xx += dx * dx;
      xy += dx * dy;
      yy += dy * dy;
    }
  if (!(xx > 0)) return std::nullopt;
  out.slope = xy / xx;
  out.intercept = mean_y - out.slope * mean_x;
  // Values that do not differ leave nothing to explain.
  out.r_squared = yy > 0 ? xy * xy / (xx * yy) : 0;
  return out;
}

}  // namespace data
