#pragma once
#include <cstdint>
#include <utility>
#include <vector>

#include "geo/borders.hpp"
#include "geo/progress.hpp"

namespace geo {

/// Pairs of arcs (lesser first; also one with itself) with edges that cross, touch, or run on top
/// of each other elsewhere than at a vertex both have, or so nearly that rounding cannot tell. In
/// order, each once. On all cores.
std::vector<std::pair<std::uint32_t, std::uint32_t>> crossing_arcs(const Borders& borders,
                                                                   const Progress& progress = {});

/// +1: c lies left of the line from a to b, -1: right, 0: on it or too close to tell.
int side_of(LonLat a, LonLat b, LonLat c);

}  // namespace geo
