#include "geo/level_mesh.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>

#include "geo/flip_edges.hpp"
#include "geo/level_lines.hpp"
#include "geo/parallel.hpp"
#include "geo/triangulate.hpp"

namespace geo {
namespace {

/// Few enough that a view of one province draws little else, enough that a view of the nation is
/// few calls.
constexpr std::size_t block_vertices = 48 * 1024;

/// Coarser levels are seen whole, many units at a time, where slivers cost most; at finer ones the
/// flips would cost more than they give.
constexpr double least_flipped_side = 15;

/// The place of a point on Hilbert's curve through 65,536² cells.
std::uint32_t along_curve(std::uint32_t x, std::uint32_t y) {
  std::uint32_t d = 0;
  for (std::uint32_t s = 1U << 15; s > 0; s /= 2) {
    const std::uint32_t rx = (x & s) != 0 ? 1 : 0, ry = (y & s) != 0 ? 1 : 0;
    d += s * s * ((3 * rx) ^ ry);
    if (ry == 0) {
      if (rx == 1) {
        x = ~x & 0xffff;
        y = ~y & 0xffff;
      }
      std::swap(x, y);
    }
  }
  return d;
}

struct Plan {
  std::vector<std::uint32_t> order;              ///< units with an area, neighbours near each other
  std::vector<std::size_t> block_first;          ///< into `order`; one more than blocks
  std::vector<std::uint32_t> block_of;           ///< by unit
  std::vector<std::vector<std::uint32_t>> arcs;  ///< by block
};

Plan plan_blocks(const Borders& borders, const LevelLines& lines) {
  const std::size_t units = borders.units();
  std::vector<Box> boxes(units);
  std::vector<std::size_t> count(units, 0);
  Box all;
  for (std::uint32_t u = 0; u < units; ++u) {
    for_each_ring(borders, lines, u, [&](auto&& points) {
      points([&](MapPoint p) {
        boxes[u].add(p);
        ++count[u];
      });
    });
    all.add(boxes[u]);
  }
  Plan plan;
  plan.block_of.assign(units, UINT32_MAX);
  std::vector<std::uint32_t> place(units, 0);
  const double size = std::max({all.width(), all.height(), 1.0});
  for (std::uint32_t u = 0; u < units; ++u) {
    if (boxes[u].empty()) continue;
    plan.order.push_back(u);
    const MapPoint c = boxes[u].centre();
    const auto cell = [size](double d) { return static_cast<std::uint32_t>(d / size * 65535); };
    place[u] = along_curve(cell(c.x - all.min.x), cell(c.y - all.min.y));
  }
  std::sort(plan.order.begin(), plan.order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(place[a], a) < std::pair(place[b], b);
  });
  std::size_t full = block_vertices;
  for (std::size_t i = 0; i < plan.order.size(); ++i) {
    const std::uint32_t u = plan.order[i];
    if (full + count[u] > block_vertices) {
      plan.block_first.push_back(i);
      full = 0;
    }
    full += count[u];
    plan.block_of[u] = static_cast<std::uint32_t>(plan.block_first.size() - 1);
  }
  plan.arcs.resize(plan.block_first.size());
  plan.block_first.push_back(plan.order.size());
  for (std::uint32_t a = 0; a < lines.sides.size(); ++a) {
    const Sides s = lines.sides[a];
    if (s.left == s.right) continue;
    plan.arcs[plan.block_of[std::min(s.left, s.right)]].push_back(a);
  }
  return plan;
}

/// One block with ranges that count from its own first.
struct BlockWork {
  LevelMesh::Block block;
  LevelArrays arrays;
};

LevelMesh::Range range(std::size_t first, std::size_t last) {
  return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last - first)};
}

void add_unit(BlockWork& work, std::uint32_t unit, const Triangles& triangles) {
  LevelArrays& to = work.arrays;
  const auto first = static_cast<std::uint32_t>(to.vertices.size());
  const std::size_t first_index = to.indices.size();
  const MapPoint o = work.block.origin;
  for (const MapPoint p : triangles.points) {
    to.vertices.push_back({static_cast<float>(p.x - o.x), static_cast<float>(p.y - o.y), unit});
  }
  for (const std::uint32_t i : triangles.indices) to.indices.push_back(first + i);
  to.units.push_back({unit, range(first_index, to.indices.size())});
}

void add_lines(BlockWork& work, const LevelLines& lines, std::vector<std::uint32_t> arcs) {
  LevelArrays& to = work.arrays;
  std::stable_sort(arcs.begin(), arcs.end(), [&](std::uint32_t a, std::uint32_t b) {
    return lines.ranks[a] < lines.ranks[b];
  });
  const MapPoint o = work.block.origin;
  std::size_t rank = 0;
  const auto begin_rank = [&](std::size_t next) {
    for (; rank < next; ++rank)
      work.block.lines[rank + 1].first = static_cast<std::uint32_t>(to.lines.size());
  };
  for (const std::uint32_t arc : arcs) {
    begin_rank(static_cast<std::size_t>(lines.ranks[arc]));
    const std::size_t first = to.lines.size();
    double along = 0;
    MapPoint before;
    for (const MapPoint p : lines.of(arc)) {
      if (to.lines.size() > first) along += std::hypot(p.x - before.x, p.y - before.y);
      before = p;
      to.lines.push_back({static_cast<float>(p.x - o.x), static_cast<float>(p.y - o.y),
                          static_cast<float>(along), arc});
      ++work.block.lines[rank].count;
    }
    to.runs.push_back({arc, range(first, to.lines.size())});
  }
  begin_rank(border_ranks - 1);
}

BlockWork build_block(const Borders& borders, const LevelLines& lines, double side,
                      std::span<const std::uint32_t> units,
                      const std::vector<std::uint32_t>& arcs) {
  BlockWork work;
  std::vector<MapShape> shapes;
  for (const std::uint32_t unit : units) {
    // Which ring is a hole of which does not matter to the odd winding rule.
    MapShape& shape = shapes.emplace_back();
    for_each_ring(borders, lines, unit, [&](auto&& points) {
      auto& ring = shape.emplace_back().outer;
      points([&](MapPoint p) { ring.push_back(p); });
    });
    work.block.box.add(bounds(shape));
  }
  work.block.origin = work.block.box.centre();
  for (std::size_t i = 0; i < units.size(); ++i) {
    Triangles triangles = triangulate(shapes[i]);
    if (side >= least_flipped_side) flip_edges(triangles);
    add_unit(work, units[i], triangles);
    shapes[i] = {};
  }
  add_lines(work, lines, arcs);
  return work;
}

template <class T>
LevelMesh::Range append(std::vector<T>& to, std::vector<T>& from) {
  const std::size_t first = to.size();
  to.insert(to.end(), from.begin(), from.end());
  std::vector<T>().swap(from);  // the level is large: it is not to be there twice
  return range(first, to.size());
}

LevelArrays join(std::vector<BlockWork>& works) {
  LevelArrays out;
  std::array<std::size_t, 5> sizes{};
  for (const BlockWork& w : works) {
    const LevelArrays& a = w.arrays;
    const std::array of{a.vertices.size(), a.indices.size(), a.lines.size(), a.units.size(),
                        a.runs.size()};
    std::transform(of.begin(), of.end(), sizes.begin(), sizes.begin(), std::plus<>{});
  }
  out.blocks.reserve(works.size());
  out.vertices.reserve(sizes[0]);
  out.indices.reserve(sizes[1]);
  out.lines.reserve(sizes[2]);
  out.units.reserve(sizes[3]);
  out.runs.reserve(sizes[4]);
  for (BlockWork& w : works) {
    const auto index = static_cast<std::uint32_t>(out.indices.size());
    const auto line = static_cast<std::uint32_t>(out.lines.size());
    for (auto& part : w.arrays.units) part.indices.first += index;
    for (auto& run : w.arrays.runs) run.lines.first += line;
    for (auto& ranked : w.block.lines) ranked.first += line;
    w.block.vertices = append(out.vertices, w.arrays.vertices);
    w.block.indices = append(out.indices, w.arrays.indices);
    append(out.lines, w.arrays.lines);
    w.block.units = append(out.units, w.arrays.units);
    w.block.runs = append(out.runs, w.arrays.runs);
    out.blocks.push_back(w.block);
  }
  return out;
}

}  // namespace

std::uint64_t next_mesh_id() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

LevelMesh mesh_of(LevelArrays made, double tolerance) {
  auto arrays = std::make_shared<const LevelArrays>(std::move(made));
  LevelMesh mesh;
  mesh.id = next_mesh_id();
  mesh.tolerance = tolerance;
  mesh.blocks = arrays->blocks;
  mesh.vertices = arrays->vertices;
  mesh.indices = arrays->indices;
  mesh.lines = arrays->lines;
  mesh.units = arrays->units;
  mesh.runs = arrays->runs;
  mesh.sides = arrays->sides;
  mesh.memory = std::move(arrays);
  return mesh;
}

LevelMesh build_level(const Borders& borders, const MapCrs& crs, double side,
                      const Progress& progress) {
  return build_level(borders, FastProjection(crs), side, progress);
}

LevelMesh build_level(const Borders& borders, const FastProjection& projection, double side,
                      const Progress& progress) {
  LevelLines lines = level_lines(borders, projection, side * side, progress.part(0, 0.4));
  const Plan plan = plan_blocks(borders, lines);
  std::vector<BlockWork> works(plan.arcs.size());
  in_parallel(works.size(), progress.part(0.4, 1), msg("geo.triangulating"),
              [&](std::size_t, std::size_t b) {
                const auto units = std::span(plan.order)
                                       .subspan(plan.block_first[b],
                                                plan.block_first[b + 1] - plan.block_first[b]);
                works[b] = build_block(borders, lines, side, units, plan.arcs[b]);
              });
  LevelArrays arrays = join(works);
  arrays.sides = std::move(lines.sides);
  return mesh_of(std::move(arrays), lines.tolerance);
}

}  // namespace geo
