#include "geo/land.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>

#include "geo/parallel.hpp"
#include "geo/simplify.hpp"
#include "geo/triangulate.hpp"

namespace geo {
namespace {

/// Square roots of the least weights of the levels, in metres; the deviation that they cause is
/// measured and is the tolerance of the level.
constexpr std::array level_steps{0.0, 4.0, 15.0, 50.0, 150.0, 500.0};

std::uint64_t next_version() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

float relative(double value, double origin) { return static_cast<float>(value - origin); }

LandLevel::Segment segment(MapPoint a, MapPoint b, MapPoint origin, UnitIndex left,
                           UnitIndex right) {
  return {relative(a.x, origin.x),
          relative(a.y, origin.y),
          relative(b.x, origin.x),
          relative(b.y, origin.y),
          left.value,
          right.value};
}

/// An arc that a level leaves as one straight line between its junctions.
struct Collapsed {
  MapPoint a, b;  ///< a < b
  UnitIndex left, right;
};

bool is_straight(const Arc& arc, double least_weight) {
  return std::none_of(arc.weights.begin() + 1, arc.weights.end() - 1,
                      [least_weight](double w) { return w >= least_weight; });
}

/// Narrow pockets between two junctions close up: their two sides become one border between what
/// lies beyond, or none where that is the same unit.
void add_collapsed(LandLevel& level, std::vector<Collapsed> arcs, MapPoint origin) {
  const auto ends = [](const Collapsed& c) { return std::pair(c.a, c.b); };
  std::sort(arcs.begin(), arcs.end(),
            [&](const auto& x, const auto& y) { return ends(x) < ends(y); });
  for (std::size_t i = 0; i < arcs.size();) {
    Collapsed whole = arcs[i++];
    for (; i < arcs.size() && ends(arcs[i]) == ends(whole); ++i) {
      if (whole.right == arcs[i].left) {
        whole.right = arcs[i].right;
      } else {
        whole.left = arcs[i].left;
      }
    }
    if (whole.left == whole.right) continue;
    level.segments.push_back(segment(whole.a, whole.b, origin, whole.left, whole.right));
  }
}

void add_segments(LandLevel& level, const Land& land, double least_weight) {
  std::vector<Collapsed> collapsed;
  for (const Arc& arc : land.topology.arcs) {
    if (least_weight > 0) {
      level.tolerance =
          std::max(level.tolerance, greatest_deviation(arc.points, arc.weights, least_weight));
    }
    if (arc.left == arc.right) continue;  // between two parts of one unit: no border
    if (is_straight(arc, least_weight)) {
      const MapPoint a = arc.points.front(), b = arc.points.back();
      const bool ordered = a < b;
      collapsed.push_back({ordered ? a : b, ordered ? b : a, ordered ? arc.left : arc.right,
                           ordered ? arc.right : arc.left});
      continue;
    }
    std::size_t from = 0;
    for (std::size_t i = 1; i < arc.points.size(); ++i) {
      if (arc.weights[i] < least_weight) continue;
      level.segments.push_back(
          segment(arc.points[from], arc.points[i], land.origin, arc.left, arc.right));
      from = i;
    }
  }
  add_collapsed(level, std::move(collapsed), land.origin);
}

void add_triangles(LandLevel& level, const Triangles& triangles, std::uint32_t unit,
                   MapPoint origin) {
  const auto first = static_cast<std::uint32_t>(level.vertices.size());
  for (MapPoint p : triangles.points) {
    level.vertices.push_back({relative(p.x, origin.x), relative(p.y, origin.y), unit});
  }
  for (std::uint32_t index : triangles.indices) level.indices.push_back(first + index);
}

LandLevel build_level(const Land& land, double least_weight, const Progress& progress) {
  LandLevel level;
  add_segments(level, land, least_weight);
  std::vector<Triangles> parts(land.shapes.size());
  in_parallel(parts.size(), progress, msg("geo.triangulating"), [&](std::size_t, std::size_t i) {
    parts[i] = triangulate(shape_at(land.topology, UnitIndex(i), least_weight));
  });
  std::size_t vertices = 0, indices = 0;
  for (const Triangles& part : parts) {
    vertices += part.points.size();
    indices += part.indices.size();
  }
  level.vertices.reserve(vertices);
  level.indices.reserve(indices);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    add_triangles(level, parts[i], static_cast<std::uint32_t>(i), land.origin);
    parts[i] = {};
  }
  level.segments.shrink_to_fit();
  return level;
}

/// On a coarse level, which GEOS answers a hundred times faster; on the full shape where the coarse
/// one gives a place outside.
LabelPoint label_of(const Land& land, UnitIndex unit) {
  const MapShape& full = land.shapes[unit.value];
  const double step = std::sqrt(area(full)) / 100;
  const LabelPoint label = label_point(shape_at(land.topology, unit, step * step));
  return contains(full, label.point) ? label : label_point(full);
}

bool crosses(const Ring<MapPoint>& ring, const Box& box) {
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    // Liang and Barsky: the part of the edge that is inside the box, if any.
    const MapPoint a = ring[j], b = ring[i];
    double from = 0, to = 1;
    const auto clip = [&](double start, double step, double low, double high) {
      if (step == 0) return start >= low && start <= high;
      const double t0 = (low - start) / step, t1 = (high - start) / step;
      from = std::max(from, std::min(t0, t1));
      to = std::min(to, std::max(t0, t1));
      return from <= to;
    };
    if (clip(a.x, b.x - a.x, box.min.x, box.max.x) && clip(a.y, b.y - a.y, box.min.y, box.max.y)) {
      return true;
    }
  }
  return false;
}

bool touches(const MapShape& shape, const Box& box) {
  for (const auto& polygon : shape) {
    if (crosses(polygon.outer, box)) return true;
    for (const auto& hole : polygon.holes) {
      if (crosses(hole, box)) return true;
    }
  }
  return contains(shape, box.min);  // no border inside: all of the box or nothing
}

}  // namespace

std::shared_ptr<const Land> build_land(const std::vector<GeoShape>& shapes, const MapCrs& crs,
                                       std::span<const Parents> parents, const Progress& progress) {
  auto land = std::make_shared<Land>();
  land->version = next_version();
  land->crs = crs;
  land->shapes.resize(shapes.size());
  land->boxes.resize(shapes.size());
  land->labels.resize(shapes.size());

  std::vector<Projection> projections;  // PROJ contexts are not shared between threads
  for (std::size_t t = 0; t < thread_count(); ++t) {
    projections.emplace_back(crs);
  }
  in_parallel(shapes.size(), progress.part(0, 0.3), msg("geo.projecting_land"),
              [&](std::size_t thread, std::size_t i) {
                land->shapes[i] = projections[thread].to_map(shapes[i]);
                land->boxes[i] = bounds(land->shapes[i]);
              });
  for (const Box& box : land->boxes) land->bounds.add(box);
  if (!land->bounds.empty()) land->origin = land->bounds.centre();

  progress.at(0.3, msg("geo.cutting_borders"));
  land->topology = build_topology(land->shapes);

  in_parallel(shapes.size(), progress.part(0.55, 0.65), msg("geo.placing_labels"),
              [&](std::size_t, std::size_t i) { land->labels[i] = label_of(*land, UnitIndex(i)); });

  for (std::size_t k = 0; k < level_steps.size(); ++k) {
    // Half of the work is the full level, and each further one is about half of the one before.
    const double from = k == 0 ? 0.65 : 1 - 0.35 * std::pow(0.5, static_cast<double>(k));
    const double to = 1 - 0.35 * std::pow(0.5, static_cast<double>(k + 1));
    land->levels.push_back(
        build_level(*land, level_steps[k] * level_steps[k], progress.part(from, to)));
  }
  land->borders = std::make_shared<const Borders>(build_borders(shapes, parents));
  for (const double side : level_steps) {
    land->meshes.push_back(build_level(*land->borders, crs, side));
  }
  land->neighbours = queen_contiguity(shapes);
  return land;
}

const LevelMesh& mesh_for(const Land& land, double metres_per_pixel) {
  const LevelMesh* best = &land.meshes.front();
  for (const LevelMesh& mesh : land.meshes) {
    if (mesh.tolerance <= metres_per_pixel / 2) best = &mesh;
  }
  return *best;
}

const LandLevel& level_for(const Land& land, double metres_per_pixel) {
  const LandLevel* best = &land.levels.front();
  for (const LandLevel& level : land.levels) {
    if (level.tolerance <= metres_per_pixel / 2) best = &level;
  }
  return *best;
}

UnitIndex unit_at(const Land& land, MapPoint p) {
  for (std::size_t i = 0; i < land.shapes.size(); ++i) {
    if (land.boxes[i].contains(p) && contains(land.shapes[i], p)) return UnitIndex(i);
  }
  return {};
}

std::vector<UnitIndex> units_in(const Land& land, const Box& box) {
  std::vector<UnitIndex> out;
  for (std::size_t i = 0; i < land.shapes.size(); ++i) {
    if (land.boxes[i].intersects(box) && touches(land.shapes[i], box)) out.push_back(UnitIndex(i));
  }
  return out;
}

}  // namespace geo
