#pragma once
#include <span>

#include "geo/borders.hpp"

namespace geo {

/// The same borders with their units in another order: new unit u is the old order[u]. Arcs and
/// points stay where they are and are shared, not copied.
Borders renumbered(const Borders& borders, std::span<const std::uint32_t> order,
                   std::span<const Parents> parents);

}  // namespace geo
