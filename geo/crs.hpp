#pragma once
#include <memory>
#include <string>
#include <vector>

#include "geo/point.hpp"
#include "geo/polygon.hpp"

namespace geo {

/// The map CRS of a workspace: an EPSG code in metres.
/// The label is what the scale bar shows ("VN-2000 / TM-3 103°00′").
struct MapCrs {
  int epsg = 0;
  std::string label;
  bool operator==(const MapCrs&) const = default;
};

/// The VN-2000 TM-3 zone whose central meridian suits the box (EPSG 9205–9218, 5896–5898); for a
/// box wider than 4° of longitude, the national VN-2000 / UTM zone 48N (EPSG 3405).
MapCrs suggest_map_crs(LonLat min, LonLat max);
/// Throws Error when PROJ does not know the code or it is not in metres.
MapCrs map_crs(int epsg);

/// WGS 84 degrees ↔ map metres. Not shared between threads: make one each. Non-finite results
/// throw Error.
class Projection {
 public:
  explicit Projection(const MapCrs& crs);
  Projection(Projection&&) noexcept;
  Projection& operator=(Projection&&) noexcept;
  ~Projection();

  MapPoint to_map(LonLat p) const;
  LonLat to_lonlat(MapPoint p) const;
  MapShape to_map(const GeoShape& shape) const;  ///< equal points give equal points, bit for bit

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Coordinates as a file has them (x east, y north, whatever the order its CRS names) → WGS 84.
/// One PROJ operation for all points (for VN-2000 the national one, EPSG:6960), so that vertices
/// that are equal in the file stay equal bit for bit. Not shared between threads.
class SourceCrs {
 public:
  /// WKT, or "EPSG:5897". Throws Error when PROJ has no way from there to WGS 84.
  explicit SourceCrs(const std::string& definition);
  SourceCrs(SourceCrs&&) noexcept;
  SourceCrs& operator=(SourceCrs&&) noexcept;
  ~SourceCrs();

  LonLat to_lonlat(double x, double y) const;  ///< not finite where the CRS does not reach
  const std::string& name() const;             ///< "EPSG:5897 VN-2000 / TM-3 zone 482"
  bool degrees() const;                        ///< a geographic CRS
  bool rough() const;                          ///< datum unknown: may be off by hundreds of metres

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Area on the WGS 84 ellipsoid in square metres, edges being geodesics, holes taken out; does not
/// depend on the map CRS.
double geodesic_area(const GeoShape& shape);
/// The same of a ring, with any edges (Karney 2013, through PROJ's geodesic.h): a hundred times
/// slower.
double karney_area(const Ring<LonLat>& ring);
/// Shortest distance on the ellipsoid.
Meters geodesic_distance(LonLat a, LonLat b);

}  // namespace geo
