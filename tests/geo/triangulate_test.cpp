#include "geo/triangulate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace {

using geo::MapPoint;
using geo::MapShape;
using geo::Ring;

double covered(const geo::Triangles& t) {
  double sum = 0;
  EXPECT_EQ(t.indices.size() % 3, 0U);
  for (std::size_t i = 0; i + 2 < t.indices.size(); i += 3) {
    sum += std::abs(geo::signed_area(
        {t.points.at(t.indices[i]), t.points.at(t.indices[i + 1]), t.points.at(t.indices[i + 2])}));
  }
  return sum;
}

Ring<MapPoint> star(MapPoint centre, int points, double radius, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> scale(0.4, 1);
  Ring<MapPoint> ring;
  for (int i = 0; i < points; ++i) {
    const double a = i * 2 * 3.141592653589793 / points, r = radius * scale(random);
    ring.push_back({centre.x + r * std::cos(a), centre.y + r * std::sin(a)});
  }
  return ring;
}

TEST(Triangulate, CoversExactlyTheAreaOfTheShape) {
  const MapPoint far{512345.678, 2345678.9};  // as big as map coordinates are
  for (unsigned seed = 0; seed < 20; ++seed) {
    MapShape shape{{star(far, 300, 9000, seed), {star(far, 40, 1500, seed + 100)}},
                   {star({far.x + 30000, far.y}, 200, 9000, seed + 200), {}}};
    const double area = geo::area(shape);
    EXPECT_NEAR(covered(geo::triangulate(shape)) / area, 1, 1e-9) << seed;
  }
}

TEST(Triangulate, FillsCrossingRingsByTheOddRule) {
  const auto bow_tie = geo::triangulate({{{{0, 0}, {10, 10}, {10, 0}, {0, 10}}, {}}});
  EXPECT_NEAR(covered(bow_tie), 50, 1e-9);
  EXPECT_GT(bow_tie.points.size(), 4U);  // the crossing
  // A hole that sticks out of its shell: what is outside counts once, as the odd rule says.
  const auto stuck = geo::triangulate(
      {{{{0, 0}, {10, 0}, {10, 10}, {0, 10}}, {{{5, 4}, {15, 4}, {15, 6}, {5, 6}}}}});
  EXPECT_NEAR(covered(stuck), 100 - 10 + 10,
              1e-6);  // GLU rounds crossings to some 1e-9 of the size
}

TEST(Triangulate, SurvivesWhatIsNoArea) {
  EXPECT_TRUE(geo::triangulate({}).indices.empty());
  EXPECT_TRUE(geo::triangulate({{{{0, 0}, {1, 1}}, {}}}).indices.empty());
  EXPECT_NEAR(covered(geo::triangulate({{{{0, 0}, {5, 5}, {9, 9}}, {}}})), 0, 1e-9);
  EXPECT_NEAR(covered(geo::triangulate({{{{1, 1}, {1, 1}, {1, 1}, {1, 1}}, {}}})), 0, 1e-9);
  const MapShape bad{{{{0, 0}, {NAN, 5}, {10, 0}, {INFINITY, 2}, {10, 10}, {0, 10}}, {}}};
  EXPECT_NEAR(covered(geo::triangulate(bad)), 100, 1e-9);
}

}  // namespace
