#include "geo/land.hpp"

#include <algorithm>
#include <cmath>

#include "geo/parallel.hpp"
#include "geo/simplify.hpp"
#include "geo/triangulate.hpp"

// What the painter of before draws; goes away with it.
namespace geo {
namespace {

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

LandLevel old_level(const Land& land, double least_weight, const Progress& progress) {
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

}  // namespace

void add_levels_of_before(Land& land, const std::vector<GeoShape>& shapes,
                          const FastProjection& projection) {
  land.shapes.resize(shapes.size());
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    for (const auto& polygon : shapes[i]) {
      const auto ring = [&](const Ring<LonLat>& from) {
        Ring<MapPoint> to;
        for (const LonLat p : from) to.push_back(projection.to_map(p));
        return to;
      };
      auto& to = land.shapes[i].emplace_back();
      to.outer = ring(polygon.outer);
      for (const auto& hole : polygon.holes) to.holes.push_back(ring(hole));
    }
  }
  if (!land.bounds.empty()) land.origin = land.bounds.centre();
  land.topology = build_topology(land.shapes);
  for (const double side : {0.0, 4.0, 15.0, 50.0, 150.0, 500.0}) {
    land.levels.push_back(old_level(land, side * side, {}));
  }
}

const LandLevel& level_for(const Land& land, double metres_per_pixel) {
  const LandLevel* best = &land.levels.front();
  for (const LandLevel& level : land.levels) {
    if (level.tolerance <= metres_per_pixel / 2) best = &level;
  }
  return *best;
}

}  // namespace geo
