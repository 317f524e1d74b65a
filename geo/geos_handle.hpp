#pragma once
#include <geos_c.h>

#include <memory>

#include "geo/polygon.hpp"

namespace geo {

/// One GEOS context per piece of work; contexts are not shared between threads. Its messages are
/// dropped: a failed operation answers null, and the caller says what that means.
class Geos {
 public:
  struct Deleter {
    GEOSContextHandle_t context;
    void operator()(GEOSGeometry* g) const { GEOSGeom_destroy_r(context, g); }
  };
  using Geometry = std::unique_ptr<GEOSGeometry, Deleter>;

  Geos() : context_(GEOS_init_r()) {}
  Geos(const Geos&) = delete;
  Geos& operator=(const Geos&) = delete;
  ~Geos() { GEOS_finish_r(context_); }

  GEOSContextHandle_t get() const { return context_; }
  Geometry own(GEOSGeometry* g) const { return Geometry(g, Deleter{context_}); }

  /// Rings with fewer than three points are left out. Null when GEOS refuses.
  Geometry from(const MapShape& shape) const;
  Geometry from(const Polygon<MapPoint>& polygon) const;
  /// The areas of a geometry, anything else left out; shells counter-clockwise, holes clockwise.
  MapShape to_shape(const GEOSGeometry* geometry) const;

 private:
  Geometry ring(const Ring<MapPoint>& points) const;
  Ring<MapPoint> to_ring(const GEOSGeometry* ring, bool counter_clockwise) const;
  GEOSContextHandle_t context_;
};

}  // namespace geo
