#include "geo/geos_handle.hpp"

#include <geos_c.h>

#include <algorithm>

namespace geo {
namespace {

double x_of(LonLat p) { return p.lon; }
double y_of(LonLat p) { return p.lat; }
double x_of(MapPoint p) { return p.x; }
double y_of(MapPoint p) { return p.y; }

template <class Point>
Geos::Geometry closed_ring(const Geos& geos, const Ring<Point>& points) {
  if (points.size() < 3) return geos.own(nullptr);
  const auto n = static_cast<unsigned>(points.size());
  GEOSCoordSequence* sequence = GEOSCoordSeq_create_r(geos.get(), n + 1, 2);
  if (sequence == nullptr) return geos.own(nullptr);
  for (unsigned i = 0; i <= n; ++i) {
    const Point p = points[i % n];
    GEOSCoordSeq_setXY_r(geos.get(), sequence, i, x_of(p), y_of(p));
  }
  return geos.own(GEOSGeom_createLinearRing_r(geos.get(), sequence));
}

template <class Point>
Ring<Point> open_ring(const Geos& geos, const GEOSGeometry* line, bool counter_clockwise) {
  Ring<Point> out;
  const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(geos.get(), line);
  unsigned n = 0;
  if (sequence == nullptr || GEOSCoordSeq_getSize_r(geos.get(), sequence, &n) == 0) return out;
  for (unsigned i = 0; i + 1 < n; ++i) {
    double x = 0, y = 0;
    GEOSCoordSeq_getXY_r(geos.get(), sequence, i, &x, &y);
    out.push_back(Point{x, y});
  }
  char runs_counter_clockwise = 0;
  GEOSCoordSeq_isCCW_r(geos.get(), sequence, &runs_counter_clockwise);
  if ((runs_counter_clockwise != 0) != counter_clockwise) std::reverse(out.begin(), out.end());
  return out;
}

}  // namespace

Geos::Geos() : context_(GEOS_init_r()) {}
Geos::~Geos() { GEOS_finish_r(context_); }
void Geos::Deleter::operator()(GEOSGeom_t* g) const { GEOSGeom_destroy_r(context, g); }

template <class Point>
Geos::Geometry Geos::from(const Polygon<Point>& polygon) const {
  Geometry outer = closed_ring(*this, polygon.outer);
  if (!outer) return own(nullptr);
  std::vector<GEOSGeometry*> holes;
  for (const auto& hole : polygon.holes) {
    if (Geometry h = closed_ring(*this, hole)) holes.push_back(h.release());
  }
  return own(GEOSGeom_createPolygon_r(context_, outer.release(), holes.data(),
                                      static_cast<unsigned>(holes.size())));
}

template <class Point>
Geos::Geometry Geos::from(const MultiPolygon<Point>& shape) const {
  std::vector<GEOSGeometry*> parts;
  for (const auto& polygon : shape) {
    if (Geometry part = from(polygon)) parts.push_back(part.release());
  }
  return own(GEOSGeom_createCollection_r(context_, GEOS_MULTIPOLYGON, parts.data(),
                                         static_cast<unsigned>(parts.size())));
}

template <class Point>
MultiPolygon<Point> Geos::to_shape(const GEOSGeom_t* geometry) const {
  MultiPolygon<Point> out;
  if (geometry == nullptr) return out;
  const int type = GEOSGeomTypeId_r(context_, geometry);
  if (type == GEOS_POLYGON) {
    if (GEOSisEmpty_r(context_, geometry) != 0) return out;
    auto& polygon = out.emplace_back();
    polygon.outer = open_ring<Point>(*this, GEOSGetExteriorRing_r(context_, geometry), true);
    const int holes = GEOSGetNumInteriorRings_r(context_, geometry);
    for (int i = 0; i < holes; ++i) {
      polygon.holes.push_back(
          open_ring<Point>(*this, GEOSGetInteriorRingN_r(context_, geometry, i), false));
    }
  } else if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
    const int n = GEOSGetNumGeometries_r(context_, geometry);
    for (int i = 0; i < n; ++i) {
      for (auto& polygon : to_shape<Point>(GEOSGetGeometryN_r(context_, geometry, i))) {
        out.push_back(std::move(polygon));
      }
    }
  }
  return out;
}

template Geos::Geometry Geos::from(const Polygon<LonLat>&) const;
template Geos::Geometry Geos::from(const Polygon<MapPoint>&) const;
template Geos::Geometry Geos::from(const MultiPolygon<LonLat>&) const;
template Geos::Geometry Geos::from(const MultiPolygon<MapPoint>&) const;
template MultiPolygon<LonLat> Geos::to_shape(const GEOSGeom_t*) const;
template MultiPolygon<MapPoint> Geos::to_shape(const GEOSGeom_t*) const;

}  // namespace geo
