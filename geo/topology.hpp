#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "geo/polygon.hpp"
#include "geo/unit.hpp"

namespace geo {

/// A stretch of border between two junctions (or a whole ring), shared by the units on its sides.
struct Arc {
  std::vector<MapPoint> points;  ///< at least 2; closed arcs repeat their first point
  UnitIndex left, right;         ///< invalid: outside all units
  /// Visvalingam's effective area per point (m²), made non-decreasing inwards so that "keep
  /// weight >= t" is a valid simplification for any t; end points are infinite.
  std::vector<double> weights;
};

/// A ring as signed steps along arcs: +1+i forwards, -1-i backwards along arcs[i].
struct ArcRing {
  std::vector<std::int32_t> steps;
};
struct ArcPolygon {
  ArcRing outer;
  std::vector<ArcRing> holes;
};

/// Shapes cut into shared arcs by exact vertex equality: borders are drawn once, and neighbours
/// simplified together can never crack.
struct Topology {
  std::vector<Arc> arcs;
  std::vector<std::vector<ArcPolygon>> units;  ///< by UnitIndex
};

/// Linear in vertices. Shapes must be clean.
Topology build_topology(const std::vector<MapShape>& units);

/// The unit's shape with the points whose weight is at least `least_weight` (m²). Every ring keeps
/// at least a triangle, so islets stay visible.
MapShape shape_at(const Topology& topology, UnitIndex unit, double least_weight);
/// An arc's points at the same level, consistent with shape_at.
std::vector<MapPoint> arc_at(const Topology& topology, std::size_t arc, double least_weight);

}  // namespace geo
