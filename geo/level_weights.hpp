#pragma once
#include <vector>

#include "geo/borders.hpp"

namespace geo {

/// The least weight (m²) of the points that each arc keeps at a level. Arcs that would cross, and
/// those between an islet and what it lies in, keep more than the others, in the end everything:
/// at full detail nothing crosses that did not cross before.
std::vector<double> level_weights(const Borders& borders, double least_weight);

}  // namespace geo
