#pragma once
#include <compare>
#include <cstdint>
#include <vector>

#include "geo/borders.hpp"
#include "geo/progress.hpp"

namespace geo {

/// Two units whose borders do not lie side by side as on a map, a < b; or one with itself, a == b.
struct Misfit {
  std::uint32_t a = 0, b = 0;
  auto operator<=>(const Misfit&) const = default;
};

/// All that can be wrong between borders, found without asking what it amounts to. A unit that is
/// not in here with itself is valid (simple rings, holes in their shells, one piece of land each
/// polygon), and two units that are not in here do not overlap. The other way round nothing is
/// promised: what is too close to tell is in here as well.
struct Misfits {
  std::vector<Misfit> units;       ///< in order, each once
  std::vector<std::uint8_t> arcs;  ///< by arc: crosses or touches another than at a shared vertex,
                                   ///< or ends where units do not lie side by side
  bool has(std::uint32_t a, std::uint32_t b) const;
};

/// Shapes must be tidy (no repeated points, three in each ring, shells counter-clockwise and holes
/// clockwise). Linear in vertices but for sorting; on all cores.
Misfits find_misfits(const Borders& borders, const Progress& progress = {});

}  // namespace geo
