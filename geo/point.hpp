#pragma once
#include <algorithm>
#include <compare>
#include <limits>

namespace geo {

/// WGS 84 degrees, as stored in a workspace. Never mixed with MapPoint.
struct LonLat {
  double lon = 0, lat = 0;
  auto operator<=>(const LonLat&) const = default;
};

/// Metres in the workspace's map CRS (x east, y north).
struct MapPoint {
  double x = 0, y = 0;
  auto operator<=>(const MapPoint&) const = default;
};

/// A length on the ground.
struct Meters {
  double value = 0;
  explicit constexpr Meters(double v) : value(v) {}
  auto operator<=>(const Meters&) const = default;
};

/// Axis-parallel box in map metres; empty until the first point is added.
struct Box {
  MapPoint min{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  MapPoint max{-std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};

  bool empty() const { return min.x > max.x || min.y > max.y; }
  double width() const { return empty() ? 0 : max.x - min.x; }
  double height() const { return empty() ? 0 : max.y - min.y; }
  MapPoint centre() const { return {(min.x + max.x) / 2, (min.y + max.y) / 2}; }
  bool contains(MapPoint p) const {
    return p.x >= min.x && p.x <= max.x && p.y >= min.y && p.y <= max.y;
  }
  bool intersects(const Box& o) const {
    return !empty() && !o.empty() && min.x <= o.max.x && o.min.x <= max.x && min.y <= o.max.y &&
           o.min.y <= max.y;
  }
  void add(MapPoint p) {
    min = {std::min(min.x, p.x), std::min(min.y, p.y)};
    max = {std::max(max.x, p.x), std::max(max.y, p.y)};
  }
  void add(const Box& o) {
    if (!o.empty()) {
      add(o.min);
      add(o.max);
    }
  }
  bool operator==(const Box&) const = default;
};

}  // namespace geo
