#include "geo/land_image.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>

#include "geo/parallel.hpp"

namespace geo {
namespace {

constexpr std::uint32_t outside = UINT32_MAX;

struct Crs {
  std::int64_t epsg;
};

/// Offsets of `items` runs over `total`: from 0 up to total.
bool are_offsets(std::span<const std::uint32_t> first, std::size_t items, std::size_t total) {
  return first.size() == items + 1 && first.front() == 0 && first.back() == total &&
         std::is_sorted(first.begin(), first.end());
}

bool is_unit(std::uint32_t unit, std::size_t units) { return unit < units || unit == outside; }

bool within(std::uint64_t first, std::uint64_t count, std::uint64_t total) {
  return first <= total && count <= total - first;
}

bool sides_lead_to_units(std::span<const Sides> sides, std::size_t units) {
  return std::all_of(sides.begin(), sides.end(), [&](const Sides& s) {
    return is_unit(s.left, units) && is_unit(s.right, units);
  });
}

bool arcs_are_sound(const Borders& b) {
  const std::size_t arcs = b.sides.size();
  if (!are_offsets(b.arc_first, arcs, b.points.size()) || b.ranks.size() != arcs ||
      b.weights.size() != b.points.size() ||
      !are_offsets(b.stretch_first, arcs, b.stretches.size())) {
    return false;
  }
  for (std::size_t arc = 0; arc < arcs; ++arc) {
    const std::size_t n = b.arc_first[arc + 1] - b.arc_first[arc];
    if (n < 2 || static_cast<std::size_t>(b.ranks[arc]) >= border_ranks) return false;
    const std::size_t stretches = b.stretch_first[arc + 1] - b.stretch_first[arc];
    if (stretches != (n - 1 + stretch_edges - 1) / stretch_edges) return false;
    // Whatever the level, an arc keeps its ends.
    if (!std::isinf(b.weights[b.arc_first[arc]]) ||
        !std::isinf(b.weights[b.arc_first[arc + 1] - 1])) {
      return false;
    }
  }
  return true;
}

bool units_are_sound(const Borders& b) {
  if (b.unit_first.empty()) return false;
  const std::size_t units = b.units();
  if (!are_offsets(b.unit_first, units, b.rings.size()) || !sides_lead_to_units(b.sides, units) ||
      (!b.parents.empty() && b.parents.size() != units)) {
    return false;
  }
  for (std::uint32_t unit = 0; unit < units; ++unit) {
    for (std::uint32_t r = b.unit_first[unit]; r < b.unit_first[unit + 1]; ++r) {
      const Borders::Ring& ring = b.rings[r];
      if (ring.polygon == UINT32_MAX) return false;  // it begins no polygon
      if (ring.unit != unit || ring.steps == 0 ||
          !within(ring.first_step, ring.steps, b.steps.size())) {
        return false;
      }
    }
  }
  const auto arcs = static_cast<std::int64_t>(b.arcs());
  return std::all_of(b.steps.begin(), b.steps.end(), [&](std::int32_t step) {
    return step != 0 && std::int64_t{step} <= arcs && -std::int64_t{step} <= arcs;
  });
}

/// Blocks follow one another in every array, without a gap.
bool blocks_follow(const LevelMesh& m) {
  std::uint64_t vertices = 0, indices = 0, units = 0, runs = 0, lines = 0;
  const auto next = [](std::uint64_t& at, const LevelMesh::Range& range) {
    const bool follows = range.first == at;
    at += range.count;
    return follows;
  };
  for (const LevelMesh::Block& block : m.blocks) {
    bool follows = next(vertices, block.vertices) && next(indices, block.indices) &&
                   next(units, block.units) && next(runs, block.runs);
    for (const LevelMesh::Range& ranked : block.lines) follows = follows && next(lines, ranked);
    if (!follows) return false;
  }
  return vertices == m.vertices.size() && indices == m.indices.size() && units == m.units.size() &&
         runs == m.runs.size() && lines == m.lines.size();
}

bool block_is_sound(const LevelMesh& m, const LevelMesh::Block& block, std::size_t units) {
  std::uint32_t highest = 0;
  for (const std::uint32_t i : m.indices.subspan(block.indices.first, block.indices.count)) {
    highest = std::max(highest, i);
  }
  if (block.indices.count > 0 && highest >= block.vertices.count) return false;
  highest = 0;
  for (const auto& v : m.vertices.subspan(block.vertices.first, block.vertices.count)) {
    highest = std::max(highest, v.unit);
  }
  if (block.vertices.count > 0 && highest >= units) return false;
  std::uint64_t next = block.indices.first;
  for (const auto& part : m.units.subspan(block.units.first, block.units.count)) {
    if (part.unit >= units || part.indices.first != next || part.indices.count % 3 != 0)
      return false;
    next += part.indices.count;
  }
  if (next != std::uint64_t{block.indices.first} + block.indices.count) return false;
  next = block.lines[0].first;
  for (const auto& run : m.runs.subspan(block.runs.first, block.runs.count)) {
    if (run.arc >= m.sides.size() || run.lines.first != next ||
        !within(next, run.lines.count, m.lines.size())) {
      return false;
    }
    for (const auto& v : m.lines.subspan(run.lines.first, run.lines.count)) {
      if (v.arc != run.arc) return false;
    }
    next += run.lines.count;
  }
  const LevelMesh::Range& last = block.lines[border_ranks - 1];
  return next == std::uint64_t{last.first} + last.count;
}

bool is_sound(const LevelMesh& m, std::size_t units) {
  if (!blocks_follow(m) || !sides_lead_to_units(m.sides, units)) return false;
  std::atomic<bool> sound{true};
  in_parallel(m.blocks.size(), {}, {}, [&](std::size_t, std::size_t i) {
    if (!block_is_sound(m, m.blocks[i], units)) sound = false;
  });
  return sound;
}

}  // namespace

std::string land_key(std::span<const GeoShape> shapes, std::span<const Parents> parents,
                     const MapCrs& crs) {
  ContentHash hash;
  hash.add(static_cast<std::uint64_t>(crs.epsg));
  hash.add(std::span<const double>(level_sides));
  hash.add(parents);
  for (const GeoShape& shape : shapes) {
    hash.add(shape.size());
    for (const auto& polygon : shape) {
      hash.add(polygon.holes.size());
      hash.add(std::span<const LonLat>(polygon.outer));
      for (const auto& hole : polygon.holes) hash.add(std::span<const LonLat>(hole));
    }
  }
  return hash.text();
}

Image image_of(const Borders& b, std::string_view key) {
  Image image(ImageKind::borders, key);
  image.add(b.points);
  image.add(b.arc_first);
  image.add(b.sides);
  image.add(b.ranks);
  image.add(b.weights);
  image.add(b.rings);
  image.add(b.unit_first);
  image.add(b.steps);
  image.add(b.parents);
  image.add(b.stretches);
  image.add(b.stretch_first);
  return image;
}

std::optional<Borders> borders_from(SharedBytes bytes, std::string_view key) {
  const auto image = ImageSections::of(bytes, ImageKind::borders, key, 11);
  Borders b;
  if (!image || !image->get(0, b.points) || !image->get(1, b.arc_first) ||
      !image->get(2, b.sides) || !image->get(3, b.ranks) || !image->get(4, b.weights) ||
      !image->get(5, b.rings) || !image->get(6, b.unit_first) || !image->get(7, b.steps) ||
      !image->get(8, b.parents) || !image->get(9, b.stretches) ||
      !image->get(10, b.stretch_first) || !arcs_are_sound(b) || !units_are_sound(b)) {
    return {};
  }
  let_go(bytes);
  b.memory = image->memory();
  return b;
}

Image image_of(const LevelMesh& m, std::string_view key) {
  Image image(ImageKind::level, key);
  image.add_own(std::vector<double>{m.tolerance});
  image.add(m.blocks);
  image.add(m.vertices);
  image.add(m.indices);
  image.add(m.lines);
  image.add(m.units);
  image.add(m.runs);
  image.add(m.sides);
  return image;
}

std::optional<LevelMesh> level_from(SharedBytes bytes, std::string_view key, std::size_t units) {
  const auto image = ImageSections::of(bytes, ImageKind::level, key, 8);
  LevelMesh m;
  std::span<const double> tolerance;
  if (!image || !image->get(0, tolerance) || tolerance.size() != 1 || !image->get(1, m.blocks) ||
      !image->get(2, m.vertices) || !image->get(3, m.indices) || !image->get(4, m.lines) ||
      !image->get(5, m.units) || !image->get(6, m.runs) || !image->get(7, m.sides) ||
      !(tolerance[0] >= 0) || !is_sound(m, units)) {
    return {};
  }
  let_go(bytes);  // a map shows one level, and of that a few blocks
  m.tolerance = tolerance[0];
  m.id = next_mesh_id();
  m.memory = image->memory();
  return m;
}

Image tables_of(const Land& land, std::string_view key) {
  Image image(ImageKind::tables, key);
  image.add_own(std::vector<Crs>{{land.crs.epsg}});
  image.add_own(std::vector<char>(land.crs.label.begin(), land.crs.label.end()));
  image.add_own(land.boxes);
  image.add_own(land.labels);
  std::vector<std::uint32_t> first{0}, all;
  for (const auto& of_unit : land.neighbours) {
    all.insert(all.end(), of_unit.begin(), of_unit.end());
    first.push_back(static_cast<std::uint32_t>(all.size()));
  }
  image.add_own(std::move(first));
  image.add_own(std::move(all));
  image.add_own(std::vector<double>(level_sides.begin(), level_sides.end()));
  return image;
}

std::shared_ptr<const Land> land_from(SharedBytes bytes, std::string_view key) {
  const auto image = ImageSections::of(std::move(bytes), ImageKind::tables, key, 7, true);
  std::span<const Crs> crs;
  std::span<const char> label;
  std::span<const Box> boxes;
  std::span<const LabelPoint> labels;
  std::span<const std::uint32_t> first, all;
  std::span<const double> sides;  // else the level of a number is another
  if (!image || !image->get(0, crs) || crs.size() != 1 || !image->get(1, label) ||
      !image->get(2, boxes) || !image->get(3, labels) || labels.size() != boxes.size() ||
      !image->get(4, first) || !image->get(5, all) || !image->get(6, sides) ||
      !std::equal(sides.begin(), sides.end(), level_sides.begin(), level_sides.end()) ||
      !are_offsets(first, boxes.size(), all.size()) ||
      std::any_of(all.begin(), all.end(), [&](std::uint32_t u) { return u >= boxes.size(); })) {
    return nullptr;
  }
  auto land = std::make_shared<Land>();
  land->version = next_land_version();
  land->crs = {static_cast<int>(crs[0].epsg), std::string(label.begin(), label.end())};
  land->projection = std::make_shared<const FastProjection>(land->crs);
  land->boxes.assign(boxes.begin(), boxes.end());
  land->labels.assign(labels.begin(), labels.end());
  for (const Box& box : boxes) land->bounds.add(box);
  for (std::size_t u = 0; u < boxes.size(); ++u) {
    const auto of_unit = all.subspan(first[u], first[u + 1] - first[u]);
    land->neighbours.emplace_back(of_unit.begin(), of_unit.end());
  }
  return land;
}

}  // namespace geo
