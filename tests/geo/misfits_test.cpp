#include "geo/misfits.hpp"

#include <geos_c.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "geo/edge_crossings.hpp"
#include "geo/geos_handle.hpp"
#include "geo/sample_land.hpp"

namespace {

using geo::GeoShape;
using geo::LonLat;
using geo::Misfit;
using Ring = geo::Ring<LonLat>;

geo::Misfits misfits_of(const std::vector<GeoShape>& shapes) {
  return geo::find_misfits(geo::build_borders(shapes, {}));
}

double twice_area(const Ring& r) {
  double sum = 0;
  for (std::size_t i = 0, j = r.size() - 1; i < r.size(); j = i++)
    sum += r[j].lon * r[i].lat - r[i].lon * r[j].lat;
  return sum;
}

/// Few places, so that rings touch, cross, run along each other and pass through vertices all the
/// time; tidy, as clean() makes them before it looks.
Ring random_ring(std::mt19937& random, int places, bool outer) {
  std::uniform_int_distribution<int> place(0, places), corners(3, 9);
  while (true) {
    Ring r;
    for (int n = corners(random); n > 0; --n)
      r.push_back({100.0 + place(random) * 0.1, 20 + place(random) * 0.1});
    const std::size_t n = r.size();
    bool tidy = twice_area(r) != 0;
    for (std::size_t i = 0; i < n; ++i)
      tidy = tidy && r[i] != r[(i + 1) % n] && r[i] != r[(i + 2) % n];
    if (!tidy) continue;
    if ((twice_area(r) > 0) != outer) std::reverse(r.begin(), r.end());
    return r;
  }
}

GeoShape random_shape(std::mt19937& random, int places) {
  GeoShape shape;
  std::uniform_int_distribution<int> few(0, 3);
  for (int polygons = few(random) == 0 ? 2 : 1; polygons > 0; --polygons) {
    shape.push_back({random_ring(random, places, true), {}});
    for (int holes = std::max(0, few(random) - 1); holes > 0; --holes)
      shape.back().holes.push_back(random_ring(random, places, false));
  }
  return shape;
}

bool valid(const geo::Geos& geos, const GeoShape& shape) {
  const auto g = geos.from(shape);
  return g && GEOSisValid_r(geos.get(), g.get()) == 1;
}

double common_area(const geo::Geos& geos, const GeoShape& a, const GeoShape& b) {
  const auto g = geos.from(a), h = geos.from(b);
  const auto common = geos.own(GEOSIntersection_r(geos.get(), g.get(), h.get()));
  double area = 0;
  if (common) GEOSArea_r(geos.get(), common.get(), &area);
  return area;
}

TEST(Misfits, HasEveryShapeThatGeosCallsInvalid) {
  const geo::Geos geos;
  std::mt19937 random(1);
  int invalid = 0, doubted = 0, sound = 0;
  for (int k = 0; k < 6'000; ++k) {
    const GeoShape shape = random_shape(random, 4 + k % 20);
    const bool found = misfits_of({shape}).has(0, 0);
    if (!valid(geos, shape)) {
      ++invalid;
      ASSERT_TRUE(found) << k;
    } else {
      ++sound;
      doubted += found ? 1 : 0;
    }
  }
  EXPECT_GT(invalid, 600);
  EXPECT_GT(sound, 300);
  EXPECT_LT(doubted, sound / 2);  // touching rings, which GEOS then lets pass
}

TEST(Misfits, HasEveryPairThatOverlaps) {
  const geo::Geos geos;
  std::mt19937 random(2);
  int overlapping = 0, apart = 0;
  for (int k = 0; k < 30'000 && overlapping < 250; ++k) {
    const int places = 3 + k % 12;
    GeoShape a = random_shape(random, places), b = random_shape(random, places);
    if (!valid(geos, a) || !valid(geos, b)) continue;
    const bool found = misfits_of({a, b}).has(0, 1);
    if (common_area(geos, a, b) > 1e-9) {
      ++overlapping;
      ASSERT_TRUE(found) << k;
    } else {
      apart += found ? 0 : 1;
    }
  }
  EXPECT_GE(overlapping, 200);
  EXPECT_GT(apart, 50);
}

TEST(Misfits, NestedWithoutTouchingIsSeen) {
  const auto box = [](double x, double y, double size) {
    return Ring{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}};
  };
  const auto hole = [&](double x, double y, double size) {
    Ring r = box(x, y, size);
    std::reverse(r.begin(), r.end());
    return r;
  };
  const GeoShape large{{box(100, 20, 1), {}}}, small{{box(100.4, 20.4, 0.1), {}}};
  EXPECT_EQ(misfits_of({large, small}).units, (std::vector<Misfit>{{0, 1}}));
  // With a hole around it, filled or not, all is well.
  const GeoShape ring{{box(100, 20, 1), {hole(100.4, 20.4, 0.1)}}};
  EXPECT_TRUE(misfits_of({ring, small}).units.empty());
  const GeoShape wide{{box(100, 20, 1), {hole(100.3, 20.3, 0.3)}}};
  EXPECT_TRUE(misfits_of({wide, small}).units.empty());
  // A part in a part of its own, a hole outside, a hole in a hole.
  EXPECT_TRUE(misfits_of({{large[0], small[0]}}).has(0, 0));
  EXPECT_TRUE(misfits_of({{{box(100, 20, 1), {hole(102, 20, 0.1)}}}}).has(0, 0));
  EXPECT_TRUE(misfits_of({{{box(100, 20, 1), {hole(100.2, 20.2, 0.5), hole(100.3, 20.3, 0.1)}}}})
                  .has(0, 0));
  // The same land twice.
  EXPECT_TRUE(misfits_of({small, small}).has(0, 1));
  EXPECT_TRUE(misfits_of({{small[0], small[0]}}).has(0, 0));
}

TEST(Misfits, OfAnEdgeMatchedLandIsNothing) {
  const auto land = geo::make_sample_land(300, 5);
  const geo::Misfits found = misfits_of(land.communes);
  EXPECT_TRUE(found.units.empty());
  EXPECT_EQ(std::count(found.arcs.begin(), found.arcs.end(), 1), 0);
}

TEST(Misfits, OfAMovedVertexAreItsUnitAndNeighbours) {
  auto shapes = geo::make_sample_land(45, 6).communes;
  LonLat& moved = shapes[7].front().outer[shapes[7].front().outer.size() / 2];
  const auto meets = [&](const GeoShape& s) {
    return std::count(s.front().outer.begin(), s.front().outer.end(), moved) > 0;
  };
  std::vector<std::uint32_t> neighbours;
  for (std::uint32_t u = 0; u < shapes.size(); ++u)
    if (u != 7 && meets(shapes[u])) neighbours.push_back(u);
  ASSERT_FALSE(neighbours.empty());
  moved.lon += 1e-7;  // a centimetre: an overlap or a gap, or both
  moved.lat += 1e-7;
  for (const Misfit& m : misfits_of(shapes).units) {
    EXPECT_TRUE(m.a == 7 || m.b == 7);
    EXPECT_NE(m.a, m.b);
  }
}

}  // namespace
