#include "geo/sample_lattice.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <tuple>

#include "geo/random.hpp"

namespace geo {
namespace {

/// a + (b − a)·share/1024, to the nearest grid point towards a.
GridPoint between(GridPoint a, GridPoint b, std::int64_t share) {
  return {a.x + (b.x - a.x) * share / 1024, a.y + (b.y - a.y) * share / 1024};
}

/// The border from a to b inside the quadrilateral a, left, b, right, where left and right lie on
/// either side; points between a and b only.
struct Meander {
  Random random;
  BorderFlaw flaw;
  std::vector<GridPoint>& out;
  int leaf = 0;

  void draw(GridPoint a, GridPoint b, GridPoint left, GridPoint right, int depth) {
    const std::int32_t swing = 100 + 46 * depth;  // wide bends, finer ones calmer
    std::int64_t share = 512 + random.between(-swing, swing);
    if (depth == 1) {
      // A point pulled out to the side of its own quadrilateral: still crosses nothing.
      if (flaw == BorderFlaw::overlap_and_gap && leaf == 0) share = 1000;
      if (flaw == BorderFlaw::overlap_and_gap && leaf == 3) share = 24;
      ++leaf;
      out.push_back(between(left, right, share));
      return;
    }
    const GridPoint middle = between(left, right, share);
    draw(a, middle, between(a, left, 512), between(a, right, 512), depth - 1);
    out.push_back(middle);
    draw(middle, b, between(left, b, 512), between(right, b, 512), depth - 1);
  }
};

}  // namespace

SampleLattice::SampleLattice(std::uint32_t columns, std::uint32_t rows, GridPoint middle,
                             std::int64_t column_step, std::int64_t row_step, std::uint64_t seed)
    : columns_(columns),
      rows_(rows),
      first_{middle.x - column_step * columns / 2, middle.y - row_step * rows / 2},
      column_step_(column_step),
      row_step_(row_step),
      seed_(seed) {}

bool SampleLattice::at_rim(Cell c) const {
  const std::uint32_t x = column(c);
  const std::uint32_t y = row(c);
  return x == 0 || y == 0 || x + 1 == columns_ || y + 1 == rows_;
}

SampleLattice::Cell SampleLattice::neighbour(Cell c, unsigned direction) const {
  const std::uint32_t odd = row(c) & 1U;
  switch (direction % 6) {
    case 0:
      return c + 1;
    case 1:
      return c + columns_ + odd;
    case 2:
      return c + columns_ + odd - 1;
    case 3:
      return c - 1;
    case 4:
      return c - columns_ + odd - 1;
    default:
      return c - columns_ + odd;
  }
}

GridPoint SampleLattice::centre(Cell c) const {
  const std::uint64_t bits = spread_bits(seed_ ^ spread_bits(c));
  // Less than 0.35 of a step in all: triangles of centres cannot turn over before 0.43.
  const auto jitter = [](std::uint64_t b, std::int64_t step) {
    return (static_cast<std::int64_t>(b & 1023U) - 512) * step / 2048;
  };
  const std::int64_t half = (row(c) & 1U) != 0 ? column_step_ / 2 : 0;
  return {first_.x + column(c) * column_step_ + half + jitter(bits, column_step_),
          first_.y + row(c) * row_step_ + jitter(bits >> 10, row_step_)};
}

GridPoint SampleLattice::corner(Cell c, unsigned direction, Owners owner) const {
  // Each corner has one name: a cell, and whether it is met between east and north-east (0) or
  // north-east and north-west (1).
  switch (direction % 6) {
    case 2:
      return corner(neighbour(c, 3), 0, owner);
    case 3:
      return corner(neighbour(c, 4), 1, owner);
    case 4:
      return corner(neighbour(c, 4), 0, owner);
    case 5:
      return corner(neighbour(c, 5), 1, owner);
    default:
      break;
  }
  const unsigned d = direction % 6;
  const std::uint64_t bits = spread_bits(seed_ + spread_bits(2 * std::uint64_t{c} + d));
  const std::array<Cell, 3> cells{c, neighbour(c, d), neighbour(c, d + 1)};
  std::array<GridPoint, 3> p{};
  std::array<std::int64_t, 3> weight{};
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    p[i] = centre(cells[i]);
    weight[i] = 512 + static_cast<std::int64_t>((bits >> (20 * i)) & 511U);
    // One cell against two: half way to the one, so that the border need not go around it.
    const std::uint32_t o = owner[cells[i]];
    const std::uint32_t next = owner[cells[(i + 1) % 3]];
    if (o != next && next == owner[cells[(i + 2) % 3]]) weight[i] *= 2;
    sum += weight[i];
  }
  const GridPoint origin = p[0];
  GridPoint at{};
  for (std::size_t i = 0; i < 3; ++i) {
    at.x += (p[i].x - origin.x) * weight[i];
    at.y += (p[i].y - origin.y) * weight[i];
  }
  return {origin.x + at.x / sum, origin.y + at.y / sum};
}

void SampleLattice::append_border(Cell c, unsigned direction, Owners owner, BorderFlaw flaw,
                                  std::vector<GridPoint>& out) const {
  const Cell other = neighbour(c, direction);
  const std::size_t start = out.size();
  const bool mine = c < other;  // one of the two cells has the say
  const Cell host = mine ? c : other;
  const unsigned d = mine ? direction : (direction + 3) % 6;
  const GridPoint a = corner(host, d + 5, owner);
  const GridPoint b = corner(host, d, owner);
  out.push_back(mine ? a : b);
  Meander meander{Random(spread_bits(seed_ - spread_bits(6 * std::uint64_t{host} + d))), flaw, out};
  meander.draw(a, b, centre(host), centre(mine ? other : c), 3);
  if (!mine) std::reverse(out.begin() + static_cast<std::ptrdiff_t>(start) + 1, out.end());
}

GridPoint SampleLattice::inside(Cell c, std::uint64_t pick, Owners owner) const {
  // Between the centre, half way to a corner, and a quarter of the way to a neighbour's centre
  // there is never a border (it keeps 0.26 away, see Meander).
  Random random(seed_ ^ spread_bits(pick ^ (std::uint64_t{c} << 20)));
  const unsigned d = random.below(6);
  const GridPoint p = centre(c);
  const GridPoint to_corner = between(p, corner(c, random.below(2) == 0 ? d : d + 5, owner), 512);
  const GridPoint to_neighbour = between(p, centre(neighbour(c, d)), 256);
  const GridPoint edge = between(to_corner, to_neighbour, random.between(0, 1024));
  const std::int64_t u = random.between(0, 960);
  const std::int64_t v = random.between(0, 960);
  return between(p, edge, std::max(u, v));  // the larger of two: even over the area
}

std::uint32_t SampleLattice::noise(Cell c, std::uint32_t period, std::uint64_t layer) const {
  const std::uint32_t wide = std::max<std::uint32_t>(period, 1);
  const std::uint32_t x = column(c) + 31 * wide;  // away from 0 so that layers can be shifted
  const std::uint32_t y = row(c) + 17 * wide;
  const auto knot = [&](std::uint32_t i, std::uint32_t j) {
    const std::uint64_t name = (std::uint64_t{i} << 32) | j;
    return static_cast<std::uint32_t>(spread_bits(seed_ + layer * 0x51ed2701U + spread_bits(name)) &
                                      255U);
  };
  const auto ease = [&](std::uint32_t offset) {  // smoothstep, 0…1024
    const std::uint64_t t = std::uint64_t{offset} * 1024 / wide;
    return static_cast<std::uint32_t>(t * t * (3 * 1024 - 2 * t) / (1024U * 1024U));
  };
  const std::uint32_t i = x / wide;
  const std::uint32_t j = y / wide;
  const std::uint32_t s = ease(x % wide);
  const std::uint32_t t = ease(y % wide);
  const std::uint32_t low = knot(i, j) * (1024 - s) + knot(i + 1, j) * s;
  const std::uint32_t high = knot(i, j + 1) * (1024 - s) + knot(i + 1, j + 1) * s;
  return (low / 1024 * (1024 - t) + high / 1024 * t) / 1024;
}

std::uint32_t SampleLattice::speckle(Cell c, std::uint64_t layer) const {
  return static_cast<std::uint32_t>(spread_bits(seed_ + layer * 0x2545f491U + spread_bits(c)) >>
                                    56);
}

std::vector<std::uint32_t> grow(const SampleLattice& lattice,
                                std::span<const SampleLattice::Cell> sources,
                                const GrowthOrder& order, std::size_t limit) {
  using Claim = std::tuple<std::uint64_t, SampleLattice::Cell, std::uint32_t>;  // ties go by cell
  std::priority_queue<Claim, std::vector<Claim>, std::greater<>> queue;
  std::vector<std::uint32_t> owner(lattice.size(), no_owner);
  std::vector<std::uint64_t> best(lattice.size(), never);
  for (std::uint32_t i = 0; i < sources.size(); ++i) queue.emplace(0, sources[i], i);
  std::size_t taken = 0;
  while (!queue.empty() && taken < limit) {
    const auto [way, cell, source] = queue.top();
    queue.pop();
    if (owner[cell] != no_owner) continue;
    owner[cell] = source;
    ++taken;
    if (lattice.at_rim(cell)) continue;
    for (unsigned d = 0; d < 6; ++d) {
      const SampleLattice::Cell next = lattice.neighbour(cell, d);
      if (owner[next] != no_owner) continue;
      const std::uint64_t after = order(way, source, next);
      if (after >= best[next]) continue;  // someone comes earlier; never is never
      best[next] = after;
      queue.emplace(after, next, source);
    }
  }
  return owner;
}

}  // namespace geo
