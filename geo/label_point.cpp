#include "geo/label_point.hpp"

#include <geos_c.h>

#include <algorithm>
#include <cmath>

#include "geo/geos_handle.hpp"

namespace geo {
namespace {

/// Enough for where a label goes, and a hundred times faster than every bend of a river.
Geos::Geometry simplified(const Geos& geos, const Polygon<MapPoint>& polygon, double size) {
  Geos::Geometry full = geos.from(polygon);
  if (!full || polygon.outer.size() < 100) return full;
  Geos::Geometry coarse =
      geos.own(GEOSTopologyPreserveSimplify_r(geos.get(), full.get(), size / 100));
  return coarse ? std::move(coarse) : std::move(full);
}

}  // namespace

LabelPoint label_point(const MapShape& shape) {
  const Polygon<MapPoint>* largest = nullptr;
  double largest_area = 0;
  for (const auto& polygon : shape) {
    const double size = std::abs(signed_area(polygon.outer));
    if (polygon.outer.size() >= 3 && size > largest_area) {
      largest = &polygon;
      largest_area = size;
    }
  }
  if (largest == nullptr) {  // nothing has an area: a place is still better than none
    const Box box = bounds(shape);
    return {box.empty() ? MapPoint{} : box.centre(), 0};
  }
  const double size = std::sqrt(largest_area);
  const Geos geos;
  const Geos::Geometry area = simplified(geos, *largest, size);
  const Geos::Geometry radius =
      area ? geos.own(GEOSMaximumInscribedCircle_r(geos.get(), area.get(), size / 50))
           : geos.own(nullptr);
  // The answer is a line from the centre to the nearest point of the border.
  const GEOSCoordSequence* line =
      radius ? GEOSGeom_getCoordSeq_r(geos.get(), radius.get()) : nullptr;
  unsigned n = 0;
  if (line == nullptr || GEOSCoordSeq_getSize_r(geos.get(), line, &n) == 0 || n < 2) {
    return {largest->outer.front(), 0};
  }
  MapPoint centre, border;
  GEOSCoordSeq_getXY_r(geos.get(), line, 0, &centre.x, &centre.y);
  GEOSCoordSeq_getXY_r(geos.get(), line, 1, &border.x, &border.y);
  return {centre, std::hypot(border.x - centre.x, border.y - centre.y)};
}

}  // namespace geo
