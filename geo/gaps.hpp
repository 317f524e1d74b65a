#pragma once
#include <cstdint>
#include <vector>

#include "geo/borders.hpp"
#include "geo/misfits.hpp"

namespace geo {

/// The arcs between a unit and the outside that can bound a gap enclosed by units: those around
/// gaps, those on islands in them, and all on lines that have misfits. The rest, nearly all, are
/// coasts.
std::vector<std::uint32_t> arcs_around_gaps(const Borders& borders, const Misfits& misfits);

}  // namespace geo
