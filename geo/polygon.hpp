#pragma once
#include <vector>

#include "geo/point.hpp"

namespace geo {

/// A ring does not repeat its first point at the end. Outer rings run counter-clockwise, holes
/// clockwise, once cleaned.
template <class Point>
using Ring = std::vector<Point>;

template <class Point>
struct Polygon {
  Ring<Point> outer;
  std::vector<Ring<Point>> holes;
  bool operator==(const Polygon&) const = default;
};

template <class Point>
using MultiPolygon = std::vector<Polygon<Point>>;

using GeoShape = MultiPolygon<LonLat>;    ///< as stored: WGS 84 degrees
using MapShape = MultiPolygon<MapPoint>;  ///< as drawn and measured: map metres

/// Twice the signed area is positive for counter-clockwise rings; square metres.
double signed_area(const Ring<MapPoint>& ring);
/// Area of a shape on the plane, holes taken out; square metres of the map CRS.
double area(const MapShape& shape);
Box bounds(const MapShape& shape);
/// Even-odd test over all rings; points exactly on an edge may fall on either side.
bool contains(const MapShape& shape, MapPoint p);

}  // namespace geo
