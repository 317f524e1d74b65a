#pragma once
#include <memory>

#include "geo/polygon.hpp"

// As geos_c.h declares them; it stays out of headers.
struct GEOSGeom_t;
struct GEOSContextHandle_HS;

namespace geo {

/// One GEOS context per piece of work; contexts are not shared between threads. Its messages are
/// dropped: a failed operation answers null, and the caller says what that means.
class Geos {
 public:
  struct Deleter {
    GEOSContextHandle_HS* context;
    void operator()(GEOSGeom_t* g) const;
  };
  using Geometry = std::unique_ptr<GEOSGeom_t, Deleter>;

  Geos();
  Geos(const Geos&) = delete;
  Geos& operator=(const Geos&) = delete;
  ~Geos();

  GEOSContextHandle_HS* get() const { return context_; }
  Geometry own(GEOSGeom_t* g) const { return Geometry(g, Deleter{context_}); }

  /// For LonLat and MapPoint. Rings with fewer than three points are left out. Null when GEOS
  /// refuses.
  template <class Point>
  Geometry from(const Polygon<Point>& polygon) const;
  template <class Point>
  Geometry from(const MultiPolygon<Point>& shape) const;
  /// The areas of a geometry, anything else left out; shells counter-clockwise, holes clockwise.
  template <class Point>
  MultiPolygon<Point> to_shape(const GEOSGeom_t* geometry) const;

 private:
  GEOSContextHandle_HS* context_;
};

}  // namespace geo
