#include "geo/sample_outline.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace geo {
namespace {

using Cell = SampleLattice::Cell;

/// Position along the Hilbert curve through a square of 2^order cells a side: cells that follow
/// one another are neighbours.
std::uint64_t hilbert(std::uint32_t x, std::uint32_t y, unsigned order) {
  std::uint64_t along = 0;
  for (std::uint32_t half = 1U << (order - 1); half > 0; half /= 2) {
    const bool right = (x & half) != 0;
    const bool up = (y & half) != 0;
    along += std::uint64_t{half} * half * ((right ? 3U : 0U) ^ (up ? 1U : 0U));
    if (!up) {
      if (right) {
        x = half - 1 - (x & (half - 1));
        y = half - 1 - (y & (half - 1));
      }
      std::swap(x, y);
    }
    x &= half - 1;
    y &= half - 1;
  }
  return along;
}

void sort_along_hilbert(const SampleLattice& lattice, std::vector<Cell>& cells) {
  unsigned order = 1;
  while ((1U << order) < std::max(lattice.columns(), lattice.rows())) ++order;
  std::vector<std::pair<std::uint64_t, Cell>> keyed;
  keyed.reserve(cells.size());
  for (const Cell c : cells)
    keyed.emplace_back(hilbert(lattice.column(c), lattice.row(c), order), c);
  std::sort(keyed.begin(), keyed.end());
  std::transform(keyed.begin(), keyed.end(), cells.begin(), [](const auto& k) { return k.second; });
}

/// Cells that are not land but cannot be reached from outside become land: a province without
/// foreign islands.
void fill_pockets(const SampleLattice& lattice, std::vector<std::uint8_t>& land) {
  std::vector<std::uint8_t> outside(land.size(), 0);
  std::vector<Cell> stack;
  const auto visit = [&](Cell c) {
    if (outside[c] == 0 && land[c] == 0) {
      outside[c] = 1;
      stack.push_back(c);
    }
  };
  for (Cell c = 0; c < land.size(); ++c) {
    if (lattice.at_rim(c)) outside[c] = 1;
  }
  visit(lattice.at(1, 1));  // land keeps off the rim, so one step inside it all is connected
  while (!stack.empty()) {
    const Cell c = stack.back();
    stack.pop_back();
    for (unsigned d = 0; d < 6; ++d) visit(lattice.neighbour(c, d));
  }
  for (Cell c = 0; c < land.size(); ++c) land[c] = outside[c] == 0 ? 1 : 0;
}

}  // namespace

SampleOutline make_sample_outline(const SampleLattice& lattice, std::uint32_t cells,
                                  Random& random) {
  const auto size = static_cast<std::int64_t>(std::sqrt(static_cast<double>(cells)));
  const auto bend = [&](std::int32_t from, std::int32_t to) { return random.between(from, to); };
  // Along the spine and across it, in thousandths of `size`.
  std::array<GridPoint, 4> spine{GridPoint{-700, bend(-120, 120)}, GridPoint{-250, bend(100, 260)},
                                 GridPoint{200, bend(-260, -100)}, GridPoint{700, bend(-150, 250)}};
  GridPoint bay{bend(-40, 40), bend(330, 400)};
  constexpr std::array<std::array<std::int64_t, 2>, 4> turns{
      {{600, 800}, {-600, 800}, {385, 923}, {-800, 600}}};
  const auto turn = turns[random.below(4)];
  const bool flip = random.below(2) == 1;
  const auto place = [&](GridPoint p) {  // in cells; a row is 0.866 of a column
    const std::int64_t across = flip ? -p.y : p.y;
    const std::int64_t x = (p.x * turn[0] - across * turn[1]) * size / 1'000'000;
    const std::int64_t y = (p.x * turn[1] + across * turn[0]) * size / 1'000'000;
    return GridPoint{x + lattice.columns() / 2, y * 1000 / 866 + lattice.rows() / 2};
  };
  const auto cell_at = [&](GridPoint p) {
    const std::int64_t x = std::clamp<std::int64_t>(p.x, 1, lattice.columns() - 2);
    const std::int64_t y = std::clamp<std::int64_t>(p.y, 1, lattice.rows() - 2);
    return lattice.at(static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y));
  };
  for (GridPoint& p : spine) p = place(p);
  bay = place(bay);

  std::vector<Cell> sources;
  for (std::size_t i = 0; i + 1 < spine.size(); ++i) {
    for (std::int64_t k = 0; k <= size; ++k) {
      sources.push_back(cell_at({spine[i].x + (spine[i + 1].x - spine[i].x) * k / size,
                                 spine[i].y + (spine[i + 1].y - spine[i].y) * k / size}));
    }
  }
  const std::int64_t bay_radius = cells > 500 ? size * 13 / 100 : 0;
  const auto uneven = [&](std::uint64_t way, std::uint32_t, Cell c) -> std::uint64_t {
    if (lattice.at_rim(c)) return never;
    const auto period = static_cast<std::uint32_t>(size);
    std::uint64_t ground = 40 + lattice.noise(c, period / 5 + 1, 1) * 3 / 2 +
                           lattice.noise(c, period / 12 + 1, 2) +
                           lattice.noise(c, period / 30 + 1, 8) + lattice.speckle(c, 3);
    const std::int64_t dx = lattice.column(c) - bay.x;
    const std::int64_t dy = (lattice.row(c) - bay.y) * 866 / 1000;
    if (dx * dx + dy * dy < bay_radius * bay_radius) ground *= 16;
    return way + ground;
  };

  SampleOutline outline;
  const std::vector<std::uint32_t> owner = grow(lattice, sources, uneven, cells);
  outline.land.resize(lattice.size());
  std::transform(owner.begin(), owner.end(), outline.land.begin(),
                 [](std::uint32_t o) { return static_cast<std::uint8_t>(o != no_owner); });
  fill_pockets(lattice, outline.land);
  for (Cell c = 0; c < lattice.size(); ++c) {
    if (outline.land[c] != 0) outline.cells.push_back(c);
  }
  sort_along_hilbert(lattice, outline.cells);
  outline.town = sources[sources.size() * 45 / 100];
  if (outline.land[outline.town] == 0) outline.town = outline.cells.front();
  return outline;
}

}  // namespace geo
