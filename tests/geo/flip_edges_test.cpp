#include "geo/flip_edges.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace {

using geo::MapPoint;
using geo::Triangles;

double area(MapPoint a, MapPoint b, MapPoint c) {
  return ((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)) / 2;
}

struct Measured {
  double area = 0, edges = 0;
  int turned = 0;  ///< triangles the wrong way round
};
Measured measure(const Triangles& t) {
  Measured m;
  for (std::size_t i = 0; i < t.indices.size(); i += 3) {
    const MapPoint a = t.points[t.indices[i]], b = t.points[t.indices[i + 1]],
                   c = t.points[t.indices[i + 2]];
    const double one = area(a, b, c);
    m.area += one;
    m.turned += one < -1e-6 ? 1 : 0;
    m.edges += std::hypot(a.x - b.x, a.y - b.y) + std::hypot(b.x - c.x, b.y - c.y) +
               std::hypot(c.x - a.x, c.y - a.y);
  }
  return m;
}

/// A bumpy ring with a hole, as communes are.
geo::MapShape bumpy(int points, double radius) {
  geo::Polygon<MapPoint> polygon;
  const auto ring = [](int count, double r, bool backwards) {
    geo::Ring<MapPoint> out;
    for (int i = 0; i < count; ++i) {
      const double angle = (backwards ? -1 : 1) * 2 * std::numbers::pi * i / count;
      const double reach = r * (1 + 0.25 * std::sin(7 * angle) + 0.02 * std::sin(i * 1.7));
      out.push_back({500'000 + reach * std::cos(angle), 2'400'000 + reach * std::sin(angle)});
    }
    return out;
  };
  polygon.outer = ring(points, radius, false);
  polygon.holes.push_back(ring(points / 4, radius / 4, true));
  return {polygon};
}

TEST(FlipEdges, ASquareKeepsItsArea) {
  // Two thin triangles of a kite: the short diagonal is the better one.
  Triangles kite{{{0, 0}, {10, -1}, {20, 0}, {10, 1}}, {0, 1, 2, 0, 2, 3}};
  geo::flip_edges(kite);
  const Measured m = measure(kite);
  EXPECT_DOUBLE_EQ(m.area, 20);
  EXPECT_EQ(m.turned, 0);
  EXPECT_NEAR(m.edges, 4 * std::hypot(10, 1) + 2 * 2, 1e-9);
}

TEST(FlipEdges, AConcaveKiteIsLeftAlone) {
  Triangles dart{{{0, 0}, {10, 4}, {20, 0}, {10, 12}}, {0, 1, 3, 1, 2, 3}};
  const auto before = dart.indices;
  geo::flip_edges(dart);
  EXPECT_EQ(measure(dart).turned, 0);
  EXPECT_EQ(dart.indices, before);
}

TEST(FlipEdges, CoversTheSameWithShorterEdges) {
  for (const int points : {12, 100, 1'500}) {
    Triangles triangles = geo::triangulate(bumpy(points, 8'000));
    const Measured before = measure(triangles);
    const std::size_t count = triangles.indices.size();
    const auto at = triangles.points;
    geo::flip_edges(triangles);
    const Measured after = measure(triangles);
    EXPECT_NEAR(after.area, before.area, 1e-9 * before.area);
    EXPECT_EQ(after.turned, 0);
    EXPECT_EQ(triangles.indices.size(), count);
    EXPECT_EQ(triangles.points, at);
    EXPECT_LE(after.edges, before.edges);
    if (points == 1'500) {
      EXPECT_LT(after.edges, before.edges / 2);
    }
  }
}

TEST(FlipEdges, CrossingAndDegenerateRingsStillCover) {
  geo::MapShape eight(1);
  eight[0].outer = {{0, 0}, {10, 10}, {10, 0}, {0, 10}, {5, 5}, {5, 5}};
  Triangles triangles = geo::triangulate(eight);
  const double before = std::abs(measure(triangles).area);
  geo::flip_edges(triangles);
  EXPECT_NEAR(std::abs(measure(triangles).area), before, 1e-9);
  Triangles nothing;
  geo::flip_edges(nothing);
  EXPECT_TRUE(nothing.indices.empty());
}

}  // namespace
