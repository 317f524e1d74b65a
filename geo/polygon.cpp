#include "geo/polygon.hpp"

#include <cmath>
#include <cstddef>

namespace geo {

double signed_area(const Ring<MapPoint>& ring) {
  if (ring.size() < 3) return 0;
  // Relative to the first point: map coordinates are in the millions and would eat the precision.
  const MapPoint o = ring.front();
  double twice = 0;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    twice += (ring[j].x - o.x) * (ring[i].y - o.y) - (ring[i].x - o.x) * (ring[j].y - o.y);
  }
  return twice / 2;
}

double area(const MapShape& shape) {
  double sum = 0;
  for (const auto& polygon : shape) {
    sum += std::abs(signed_area(polygon.outer));
    for (const auto& hole : polygon.holes) sum -= std::abs(signed_area(hole));
  }
  return sum;
}

Box bounds(const MapShape& shape) {
  Box box;
  for (const auto& polygon : shape) {
    for (MapPoint p : polygon.outer) box.add(p);
  }
  return box;
}

namespace {
bool odd(const Ring<MapPoint>& ring, MapPoint p) {
  bool inside = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const MapPoint a = ring[i], b = ring[j];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) {
      inside = !inside;
    }
  }
  return inside;
}
}  // namespace

bool contains(const MapShape& shape, MapPoint p) {
  bool inside = false;
  for (const auto& polygon : shape) {
    inside ^= odd(polygon.outer, p);
    for (const auto& hole : polygon.holes) inside ^= odd(hole, p);
  }
  return inside;
}

}  // namespace geo
