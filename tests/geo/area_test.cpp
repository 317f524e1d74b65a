#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

#include "geo/crs.hpp"
#include "geo/sample_land.hpp"

namespace {

using geo::LonLat;
using Ring = geo::Ring<LonLat>;

/// A wobbly ring of n points around a place, `size` degrees across.
Ring blob(std::mt19937& random, LonLat at, double size, int n) {
  std::uniform_real_distribution<double> wobble(0.7, 1);
  Ring out;
  for (int i = 0; i < n; ++i) {
    const double angle = 2 * std::numbers::pi * i / n, r = size / 2 * wobble(random);
    out.push_back({at.lon + r * std::cos(angle), at.lat + r * std::sin(angle)});
  }
  return out;
}

/// Karney's sums are good to about a hundredth of a square metre an edge.
double allowance(const Ring& ring, double area) {
  return 1e-9 * area + 2e-3 * static_cast<double>(ring.size());
}

TEST(Area, IsKarneysForRingsOfShortEdges) {
  std::mt19937 random(7);
  for (const double lat : {-33.0, -0.3, 0.0, 8.5, 16.0, 23.3, 55.0, 78.0}) {
    for (const double size : {0.0005, 0.01, 0.2, 1.0}) {
      for (int k = 0; k < 5; ++k) {
        const Ring ring = blob(random, {100 + lat, lat}, size, static_cast<int>(100 + size * 900));
        const double karney = geo::karney_area(ring), ours = geo::geodesic_area({{ring, {}}});
        EXPECT_NEAR(ours, karney, allowance(ring, karney)) << lat << ' ' << size;
      }
    }
  }
}

TEST(Area, KnowsThatGeodesicsBendPoleward) {
  // Two hundred edges due east along a parallel: straight chords would be 3e-8 short.
  Ring strip;
  for (int i = 0; i <= 200; ++i) strip.push_back({105 + i * 0.005, 22});
  for (int i = 200; i >= 0; --i) strip.push_back({105 + i * 0.005, 21});
  const double karney = geo::karney_area(strip);
  EXPECT_NEAR(geo::geodesic_area({{strip, {}}}) / karney, 1, 1e-11);
  Ring slant;  // and across
  for (int i = 0; i <= 200; ++i) slant.push_back({105 + i * 0.005, 21 + i * 0.005});
  slant.push_back({104.99, 21.01});
  for (int i = 200; i-- > 0;) slant.push_back({104.99 + i * 0.005, 21.01 + i * 0.005});
  EXPECT_NEAR(geo::geodesic_area({{slant, {}}}), geo::karney_area(slant), 1);
}

TEST(Area, LeavesTheRestToKarney) {
  const std::vector<Ring> rings{
      {{100, 10}, {110, 10}, {110, 20}, {100, 20}},            // long edges
      {{179.99, 1}, {-179.99, 1}, {-179.99, 2}, {179.99, 2}},  // across the date line
      {{0, 89}, {90, 89}, {180, 89}, {-90, 89}}};              // around the pole
  for (const Ring& ring : rings) {
    EXPECT_EQ(geo::geodesic_area({{ring, {}}}), geo::karney_area(ring));
    EXPECT_GT(geo::karney_area(ring), 1e6);
  }
  EXPECT_EQ(geo::geodesic_area({{{{105, 21}, {106, 21}}, {}}}), 0);
}

TEST(Area, TakesHolesOut) {
  std::mt19937 random(3);
  const Ring outer = blob(random, {105, 21}, 0.1, 60), hole = blob(random, {105, 21}, 0.02, 60);
  const double both = geo::geodesic_area({{outer, {hole}}});
  EXPECT_DOUBLE_EQ(both, geo::geodesic_area({{outer, {}}}) - geo::geodesic_area({{hole, {}}}));
}

TEST(Area, NeighboursAddUpToTheirUnion) {
  // Shared edges count once each way, so whatever an edge contributes cancels.
  std::mt19937 random(11);
  std::uniform_real_distribution<double> wobble(-0.002, 0.002);
  Ring left, right, whole;
  std::vector<LonLat> border;
  for (int i = 0; i <= 40; ++i) border.push_back({105.1 + wobble(random), 21 + i * 0.005});
  for (int i = 0; i <= 20; ++i) left.push_back({105 + i * 0.005, 20.999});
  left.insert(left.end(), border.begin(), border.end());
  for (int i = 20; i >= 0; --i) left.push_back({105 + i * 0.005, 21.201});
  for (int i = 39; i > 0; --i) left.push_back({105, 21 + i * 0.005});
  right.assign(border.rbegin(), border.rend());
  for (int i = 0; i <= 20; ++i) right.push_back({105.105 + i * 0.005, 20.999});
  for (int i = 0; i <= 40; ++i) right.push_back({105.21, 21 + i * 0.005});
  for (int i = 20; i >= 0; --i) right.push_back({105.105 + i * 0.005, 21.201});
  for (const Ring* r : {&left, &right}) {
    EXPECT_NEAR(geo::geodesic_area({{*r, {}}}), geo::karney_area(*r), 0.5);
  }
}

}  // namespace
