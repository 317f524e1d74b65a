#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace data {

// The borders that data/classification.hpp is made of. All take finite values in order.

/// Borders between at most `classes` classes at the roundest numbers that tell the values apart
/// (docs/formulas.md). None when one class is all there is.
std::vector<double> round_cuts(std::span<const double> sorted, std::size_t classes);

/// Borders between the classes with the least sum of squares within them (Fisher 1958), midway
/// between the neighbouring values of two classes. At most as many classes as distinct values.
std::vector<double> fisher_jenks_cuts(std::span<const double> sorted, std::size_t classes);

/// For low < high: about `steps` equal steps of 1, 2 or 5 times a power of ten that cover low…high,
/// ends included; as R's pretty().
std::vector<double> pretty_steps(double low, double high, std::size_t steps);

/// Means of what lies above the mean before, as long as that is the lesser part: at most 40%
/// (Jiang 2013).
std::vector<double> head_tail_cuts(std::span<const double> sorted);

}  // namespace data
