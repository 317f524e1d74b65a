#pragma once
#include <cstdint>
#include <vector>

#include "geo/polygon.hpp"

namespace geo {

/// Triangles (three indices each into `points`) that cover the shape by the odd winding rule.
/// Exact on self-crossing rings too (new points are added at crossings). GLU's tessellator.
struct Triangles {
  std::vector<MapPoint> points;
  std::vector<std::uint32_t> indices;
};
Triangles triangulate(const MapShape& shape);

}  // namespace geo
