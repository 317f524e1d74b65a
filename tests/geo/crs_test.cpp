#include "geo/crs.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "geo/error.hpp"

namespace {

using geo::LonLat;
using geo::MapPoint;

geo::GeoShape square(double lon, double lat, double size) {
  return {{{{lon, lat}, {lon + size, lat}, {lon + size, lat + size}, {lon, lat + size}}, {}}};
}

TEST(MapCrsChoice, TakesTheZoneOfTheProvince) {
  EXPECT_EQ(geo::suggest_map_crs({102.14, 20.88}, {103.6, 22.55}).epsg, 9205);  // Điện Biên
  EXPECT_EQ(geo::suggest_map_crs({102.14, 20.88}, {103.6, 22.55}).label, "VN-2000 / TM-3 103°00′");
  EXPECT_EQ(geo::suggest_map_crs({104.4, 19.3}, {106.0, 20.7}).epsg, 5897);
  EXPECT_EQ(geo::suggest_map_crs({102.1, 7.1}, {117.9, 23.4}).epsg, 3405);  // the country
  EXPECT_EQ(geo::suggest_map_crs({2.2, 48.8}, {2.5, 48.9}).epsg, 32631);    // somewhere else
  EXPECT_EQ(geo::suggest_map_crs({-70.7, -33.5}, {-70.5, -33.3}).epsg, 32719);
}

TEST(MapCrsChoice, RefusesWhatIsNotInMetres) {
  EXPECT_THROW(geo::map_crs(4326), geo::Error);
  EXPECT_THROW(geo::map_crs(999999), geo::Error);
  EXPECT_THROW(geo::map_crs(2229), geo::Error);  // US survey feet
  for (int epsg = 9205; epsg <= 9218; ++epsg) EXPECT_EQ(geo::map_crs(epsg).epsg, epsg);
}

// The national parameters are seven and heights are left out on the way: 3 mm there and back.
TEST(Projection, GoesThereAndBack) {
  for (int epsg : {9205, 5897, 3405, 32648}) {
    const geo::Projection projection(geo::map_crs(epsg));
    for (const LonLat p : {LonLat{103.02, 21.38}, LonLat{102.2, 22.4}, LonLat{112.3, 16.5}}) {
      const LonLat back = projection.to_lonlat(projection.to_map(p));
      EXPECT_NEAR(back.lon, p.lon, 3e-8) << epsg;
      EXPECT_NEAR(back.lat, p.lat, 3e-8) << epsg;
    }
  }
}

TEST(Projection, PutsAKnownPointWherePublishedParametersPutIt) {
  // Written down from gdaltransform -s_srs OGC:CRS84 -t_srs EPSG:9205.
  const MapPoint p = geo::Projection(geo::map_crs(9205)).to_map({103.0, 21.0});
  EXPECT_NEAR(p.x, 499803.835, 0.01);
  EXPECT_NEAR(p.y, 2322950.206, 0.01);
}

TEST(Projection, RefusesPointsThatAreNowhere) {
  const geo::Projection projection(geo::map_crs(9205));
  EXPECT_THROW(projection.to_map(LonLat{NAN, 21}), geo::Error);
  EXPECT_THROW(projection.to_map(LonLat{103, INFINITY}), geo::Error);
}

TEST(SourceCrs, NamesItselfAndReadsVn2000) {
  const geo::SourceCrs source("EPSG:5897");
  EXPECT_EQ(source.name().substr(0, 9), "EPSG:5897");
  EXPECT_FALSE(source.degrees());
  EXPECT_TRUE(geo::SourceCrs("EPSG:4326").degrees());
  EXPECT_THROW(geo::SourceCrs("not a CRS"), geo::Error);
  // The same operation as the map's, in both directions: no drift through the workspace.
  const MapPoint there = geo::Projection(geo::map_crs(5897)).to_map(source.to_lonlat(5e5, 2.2e6));
  EXPECT_NEAR(there.x, 5e5, 0.003);
  EXPECT_NEAR(there.y, 2.2e6, 0.003);
  EXPECT_FALSE(std::isfinite(source.to_lonlat(NAN, 0).lon));
}

TEST(SourceCrs, DoesNotMoveWgs84) {
  const geo::SourceCrs source("EPSG:4326");
  EXPECT_EQ(source.to_lonlat(103.123456789, 21.987654321), (LonLat{103.123456789, 21.987654321}));
}

TEST(GeodesicArea, OfADegreeSquareAndItsHole) {
  // One degree by one degree at the equator on WGS 84.
  EXPECT_NEAR(geo::geodesic_area(square(105, 0, 1)), 12308778361.469, 1e4);
  geo::GeoShape holed = square(105, 0, 1);
  const double whole = geo::geodesic_area(holed);
  holed[0].holes.push_back(square(105.25, 0.25, 0.5)[0].outer);
  EXPECT_NEAR(geo::geodesic_area(holed), whole - geo::geodesic_area(square(105.25, 0.25, 0.5)), 1);
  EXPECT_EQ(geo::geodesic_area({}), 0);
}

TEST(GeodesicDistance, OfAMeridianDegree) {
  EXPECT_NEAR(geo::geodesic_distance({105, 0}, {105, 1}).value, 110574.4, 1);
  EXPECT_EQ(geo::geodesic_distance({105, 21}, {105, 21}).value, 0);
}

}  // namespace
