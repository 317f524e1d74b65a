#include "geo/geos_handle.hpp"

#include <algorithm>

namespace geo {

Geos::Geometry Geos::ring(const Ring<MapPoint>& points) const {
  if (points.size() < 3) return own(nullptr);
  const auto n = static_cast<unsigned>(points.size());
  GEOSCoordSequence* sequence = GEOSCoordSeq_create_r(context_, n + 1, 2);
  if (sequence == nullptr) return own(nullptr);
  for (unsigned i = 0; i <= n; ++i) {
    const MapPoint p = points[i % n];
    GEOSCoordSeq_setXY_r(context_, sequence, i, p.x, p.y);
  }
  return own(GEOSGeom_createLinearRing_r(context_, sequence));
}

Geos::Geometry Geos::from(const Polygon<MapPoint>& polygon) const {
  Geometry outer = ring(polygon.outer);
  if (!outer) return own(nullptr);
  std::vector<GEOSGeometry*> holes;
  for (const auto& hole : polygon.holes) {
    if (Geometry h = ring(hole)) holes.push_back(h.release());
  }
  return own(GEOSGeom_createPolygon_r(context_, outer.release(), holes.data(),
                                      static_cast<unsigned>(holes.size())));
}

Geos::Geometry Geos::from(const MapShape& shape) const {
  std::vector<GEOSGeometry*> parts;
  for (const auto& polygon : shape) {
    if (Geometry part = from(polygon)) parts.push_back(part.release());
  }
  return own(GEOSGeom_createCollection_r(context_, GEOS_MULTIPOLYGON, parts.data(),
                                         static_cast<unsigned>(parts.size())));
}

Ring<MapPoint> Geos::to_ring(const GEOSGeometry* line, bool counter_clockwise) const {
  Ring<MapPoint> out;
  const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(context_, line);
  unsigned n = 0;
  if (sequence == nullptr || GEOSCoordSeq_getSize_r(context_, sequence, &n) == 0) return out;
  for (unsigned i = 0; i + 1 < n; ++i) {
    MapPoint p;
    GEOSCoordSeq_getXY_r(context_, sequence, i, &p.x, &p.y);
    out.push_back(p);
  }
  if ((signed_area(out) > 0) != counter_clockwise) std::reverse(out.begin(), out.end());
  return out;
}

MapShape Geos::to_shape(const GEOSGeometry* geometry) const {
  MapShape out;
  if (geometry == nullptr) return out;
  const int type = GEOSGeomTypeId_r(context_, geometry);
  if (type == GEOS_POLYGON) {
    if (GEOSisEmpty_r(context_, geometry) != 0) return out;
    auto& polygon = out.emplace_back();
    polygon.outer = to_ring(GEOSGetExteriorRing_r(context_, geometry), true);
    const int holes = GEOSGetNumInteriorRings_r(context_, geometry);
    for (int i = 0; i < holes; ++i) {
      polygon.holes.push_back(to_ring(GEOSGetInteriorRingN_r(context_, geometry, i), false));
    }
  } else if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
    const int n = GEOSGetNumGeometries_r(context_, geometry);
    for (int i = 0; i < n; ++i) {
      for (auto& polygon : to_shape(GEOSGetGeometryN_r(context_, geometry, i))) {
        out.push_back(std::move(polygon));
      }
    }
  }
  return out;
}

}  // namespace geo
