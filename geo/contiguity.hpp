#pragma once
#include <cstdint>
#include <vector>

#include "geo/borders.hpp"

namespace geo {

/// Which units touch: for each unit its neighbours in index order, never itself. Symmetric.
using Contiguity = std::vector<std::vector<std::uint32_t>>;

/// Queen contiguity: two units are neighbours when they share at least one vertex (borders that are
/// edge-matched share all of them): who meets at the ends of arcs.
Contiguity queen_contiguity(const Borders& borders);

}  // namespace geo
