#pragma once
#include <optional>
#include <span>
#include <vector>

#include "data/dataset.hpp"
#include "data/gaps.hpp"

namespace data {

/// A 95% interval of a share.
struct Interval {
  double low = 0, high = 1;
};
/// Wilson's score interval of reached/eligible (Wilson 1927), z = 1.959964. Empty without people;
/// reached is held to 0…eligible.
std::optional<Interval> wilson(double reached, double eligible);

/// Shrinks each rate towards that of its parent (former district, else province, else all): a
/// beta-binomial with the prior of each parent by the method of moments. For views of performance
/// and hot spots only, never for ranking. By UnitIndex; empty where there is no rate. A parent with
/// fewer than 3 communes that have a rate leaves it to the next larger one; without spread beyond
/// chance every commune gets the parent's pooled rate.
std::vector<std::optional<Rate>> smoothed_rates(const Dataset& dataset, std::span<const Gap> gaps);

/// From one date to another: in share points of the rate, and in people.
struct RateChange {
  std::optional<double> rate;     ///< rate(to) − rate(from); empty unless both are reported
  std::optional<double> reached;  ///< people
};
std::vector<RateChange> changes(std::span<const Gap> from, std::span<const Gap> to);

/// Ordinary least squares y = intercept + slope·x over pairs of finite values; empty with fewer
/// than 2 of them or when all x are equal.
struct Regression {
  double intercept = 0, slope = 0, r_squared = 0;
  std::size_t pairs = 0;
};
std::optional<Regression> regression(std::span<const double> x, std::span<const double> y);

}  // namespace data
