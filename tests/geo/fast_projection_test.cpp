#include "geo/fast_projection.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <thread>

#include "geo/error.hpp"
#include "geo/random.hpp"

namespace {

using geo::FastProjection;
using geo::LonLat;
using geo::MapPoint;

TEST(FastProjection, IsWhatProjSays) {
  geo::Random random(1);
  for (const int epsg : {3405, 9205, 5897, 32648}) {
    const FastProjection fast(geo::map_crs(epsg));
    const geo::Projection exact(geo::map_crs(epsg));
    for (int i = 0; i < 3000; ++i) {
      // The whole country with its islands; one in ten lies on a whole degree.
      LonLat p{101 + 18 * random.share(), 6 + 18 * random.share()};
      if (i % 10 == 0) p.lon = std::floor(p.lon);
      const MapPoint a = exact.to_map(p), b = fast.to_map(p);
      EXPECT_NEAR(a.x, b.x, 1e-4) << epsg << " " << p.lon << " " << p.lat;
      EXPECT_NEAR(a.y, b.y, 1e-4) << epsg << " " << p.lon << " " << p.lat;
      const LonLat q = fast.to_lonlat(b);
      EXPECT_NEAR(q.lon, p.lon, 1e-10);
      EXPECT_NEAR(q.lat, p.lat, 1e-10);
    }
  }
}

TEST(FastProjection, LeavesItToProjFarFromTheMapsZone) {
  const FastProjection fast(geo::map_crs(9205));
  const geo::Projection exact(geo::map_crs(9205));
  for (const LonLat p : {LonLat{-70.25, 40.5}, LonLat{15.5, -30.25}, LonLat{103.5, 89.5},
                         LonLat{103.5, -89.99}, LonLat{-179.75, 0.25}}) {
    MapPoint a;
    try {
      a = exact.to_map(p);
    } catch (const geo::Error&) {
      EXPECT_THROW(fast.to_map(p), geo::Error);
      continue;
    }
    const MapPoint b = fast.to_map(p);
    EXPECT_NEAR(a.x, b.x, 1e-4) << p.lon;
    EXPECT_NEAR(a.y, b.y, 1e-4) << p.lon;
  }
  EXPECT_THROW(fast.to_map({std::nan(""), 21}), geo::Error);
  EXPECT_THROW(fast.to_map({103, INFINITY}), geo::Error);
  EXPECT_THROW(fast.to_lonlat({std::nan(""), 21}), geo::Error);
}

TEST(FastProjection, FindsBackWithoutHavingBeenAnywhere) {
  const FastProjection fast(geo::map_crs(9205));
  const geo::Projection exact(geo::map_crs(9205));
  const LonLat p{103.2, 21.4};
  const LonLat q = fast.to_lonlat(exact.to_map(p));
  EXPECT_NEAR(q.lon, p.lon, 2e-8);  // PROJ's own way back is no better than 1 mm
  EXPECT_NEAR(q.lat, p.lat, 2e-8);
}

TEST(FastProjection, IsSharedBetweenThreads) {
  const FastProjection fast(geo::map_crs(3405));
  std::vector<std::vector<MapPoint>> of(4);
  {
    std::vector<std::jthread> threads;
    for (auto& mine : of) {
      threads.emplace_back([&mine, &fast] {
        geo::Random random(7);
        for (int i = 0; i < 2000; ++i) {
          const LonLat p{102 + 8 * random.share(), 8 + 15 * random.share()};
          mine.push_back(fast.to_map(p));
          EXPECT_NEAR(fast.to_lonlat(mine.back()).lon, p.lon, 1e-10);
        }
      });
    }
  }
  for (const auto& other : of) EXPECT_EQ(other, of[0]);
}

}  // namespace
