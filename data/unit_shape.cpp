#include "data/unit_shape.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "data/wkb.hpp"

namespace data {
namespace {

using geo::LonLat;

constexpr double metres_per_degree = 111'320;  // of latitude, near enough for a warning

/// To the line from a to b, on the plane that touches the ground at p.
double metres_to(LonLat p, LonLat a, LonLat b) {
  const double east = metres_per_degree * std::cos(p.lat * std::numbers::pi / 180);
  const double ax = (a.lon - p.lon) * east, ay = (a.lat - p.lat) * metres_per_degree;
  const double dx = (b.lon - a.lon) * east, dy = (b.lat - a.lat) * metres_per_degree;
  const double length = dx * dx + dy * dy;
  const double t = length > 0 ? std::clamp(-(ax * dx + ay * dy) / length, 0.0, 1.0) : 0;
  return std::hypot(ax + t * dx, ay + t * dy);
}

}  // namespace

geo::GeoShape unit_shape(Database& database, std::int64_t unit) {
  Statement row = database.prepare(
      "SELECT AsBinary(geom) FROM unit_state WHERE unit_id = ? AND geom IS NOT NULL"
      " ORDER BY source_id DESC LIMIT 1");
  row.bind(1, unit);
  return row.step() ? shape_from_wkb(row.blob(0)) : geo::GeoShape{};
}

double metres_outside(const geo::GeoShape& shape, LonLat p) {
  if (shape.empty()) return 0;
  bool inside = false;
  double nearest = INFINITY;
  const auto ring = [&](const geo::Ring<LonLat>& points) {
    for (std::size_t i = 0, j = points.size() - 1; i < points.size(); j = i++) {
      const LonLat a = points[j], b = points[i];
      nearest = std::min(nearest, metres_to(p, a, b));
      const bool crosses = (a.lat > p.lat) != (b.lat > p.lat);
      if (crosses && p.lon < a.lon + (p.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon))
        inside = !inside;
    }
  };
  for (const auto& polygon : shape) {
    ring(polygon.outer);
    for (const auto& hole : polygon.holes) ring(hole);
  }
  return inside ? 0 : nearest;
}

}  // namespace data
