#include "geo/borders.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "geo/sample_land.hpp"
#include "geo/simplify.hpp"
#include "tests/geo/small_lands.hpp"

namespace {

using geo::BorderRank;
using geo::Borders;
using geo::GeoShape;
using geo::LonLat;
using geo::Parents;
using geo::Ring;

constexpr std::uint32_t out = UINT32_MAX;

double area(const Ring<LonLat>& ring) {
  double twice = 0;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    twice += (ring[j].lon - 103) * (ring[i].lat - 21) - (ring[i].lon - 103) * (ring[j].lat - 21);
  }
  return twice / 2;
}
double area(const GeoShape& shape) {
  double sum = 0;
  for (const auto& polygon : shape) {
    sum += std::abs(area(polygon.outer));
    for (const auto& hole : polygon.holes) sum -= std::abs(area(hole));
  }
  return sum;
}

using Edge = std::pair<LonLat, LonLat>;

/// Every directed edge of all rings at a level.
std::map<Edge, int> edges_of(const Borders& borders, double weight) {
  std::map<Edge, int> edges;
  for (std::uint32_t u = 0; u < borders.units(); ++u) {
    for (const auto& polygon : geo::shape_of(borders, u, weight)) {
      std::vector<Ring<LonLat>> rings = polygon.holes;
      rings.push_back(polygon.outer);
      for (const auto& ring : rings) {
        for (std::size_t k = 0; k < ring.size(); ++k) {
          ++edges[{ring[k], ring[(k + 1) % ring.size()]}];
        }
      }
    }
  }
  return edges;
}

/// Units run along every inner edge once in each direction; what is left over is the outline, and
/// encloses as much as the units together.
void expect_whole(const Borders& borders, double weight) {
  double sum = 0;
  for (std::uint32_t u = 0; u < borders.units(); ++u) {
    const GeoShape shape = geo::shape_of(borders, u, weight);
    for (const auto& polygon : shape) EXPECT_GE(polygon.outer.size(), 3U) << u;
    sum += area(shape);
  }
  double outline = 0;
  const auto edges = edges_of(borders, weight);
  for (const auto& [edge, count] : edges) {
    EXPECT_EQ(count, 1) << edge.first.lon << " " << edge.first.lat;
    if (edges.contains({edge.second, edge.first})) continue;
    const LonLat a = edge.first, b = edge.second;
    outline += ((a.lon - 103) * (b.lat - 21) - (b.lon - 103) * (a.lat - 21)) / 2;
  }
  EXPECT_NEAR(std::abs(outline) / sum, 1, 1e-9) << "a crack or an overlap at weight " << weight;
}

TEST(Borders, GiveBackTheShapesTheyWereMadeOf) {
  const auto units = lands::four_cells_and_a_lake();
  const Borders b = geo::build_borders(units, {});
  ASSERT_EQ(b.units(), units.size());
  for (std::uint32_t i = 0; i < units.size(); ++i) {
    EXPECT_EQ(lands::from_least(geo::shape_of(b, i)), lands::from_least(units[i])) << i;
  }
  EXPECT_TRUE(geo::shape_of(b, 99).empty());
}

TEST(Borders, KnowTheUnitsOnBothSides) {
  const Borders b = geo::build_borders(lands::four_cells_and_a_lake(), {});
  // 4 inner borders, 4 outer ones (each round a corner), 1 lake.
  ASSERT_EQ(b.arcs(), 9U);
  std::multiset<std::set<std::uint32_t>> pairs;
  for (const auto& s : b.sides) pairs.insert({s.left, s.right});
  const std::multiset<std::set<std::uint32_t>> expected{
      {0, 1}, {2, 3}, {0, 2}, {1, 3}, {0, 4}, {0, out}, {1, out}, {2, out}, {3, out}};
  EXPECT_EQ(pairs, expected);
}

TEST(Borders, LeftIsLeft) {
  // A unit's arcs, taken with the sign of their side, add up to its area.
  const auto units = lands::four_cells_and_a_lake();
  const Borders b = geo::build_borders(units, {});
  std::map<std::uint32_t, double> by_sides;
  for (std::size_t a = 0; a < b.arcs(); ++a) {
    double sum = 0;
    for (std::size_t i = b.arc_first[a] + 1; i < b.arc_first[a + 1]; ++i) {
      const LonLat p = b.points[i - 1], q = b.points[i];
      sum += ((p.lon - 103) * (q.lat - 21) - (q.lon - 103) * (p.lat - 21)) / 2;
    }
    by_sides[b.sides[a].left] += sum;
    by_sides[b.sides[a].right] -= sum;
  }
  for (std::uint32_t i = 0; i < units.size(); ++i) {
    EXPECT_NEAR(by_sides[i] / area(units[i]), 1, 1e-9) << i;
  }
}

TEST(Borders, DoNotMindHowRingsRunOrWhereTheyBegin) {
  auto units = lands::four_cells_and_a_lake();
  std::rotate(units[1][0].outer.begin(), units[1][0].outer.begin() + 17, units[1][0].outer.end());
  std::reverse(units[2][0].outer.begin(), units[2][0].outer.end());
  const Borders b = geo::build_borders(units, {});
  EXPECT_EQ(b.arcs(), 9U);
  for (const auto& s : b.sides) EXPECT_NE(s.left, s.right);
}

TEST(Borders, HaveTheRankOfWhatTheyDivide) {
  // 2 | 3   one province below, another above; below, two districts; above, nobody knows.
  // 0 | 1   The lake (4) lies in 0's district.
  const std::vector<Parents> parents{{1, 7}, {2, 7}, {out, 8}, {out, 8}, {1, 7}};
  const Borders b = geo::build_borders(lands::four_cells_and_a_lake(), parents);
  std::map<std::set<std::uint32_t>, BorderRank> ranks;
  for (std::size_t a = 0; a < b.arcs(); ++a) {
    ranks[{b.sides[a].left, b.sides[a].right}] = b.ranks[a];
  }
  EXPECT_EQ((ranks[{0, 4}]), BorderRank::commune);
  EXPECT_EQ((ranks[{0, 1}]), BorderRank::district);
  EXPECT_EQ((ranks[{2, 3}]), BorderRank::district);  // unknown is like no other
  EXPECT_EQ((ranks[{0, 2}]), BorderRank::province);
  EXPECT_EQ((ranks[{1, out}]), BorderRank::province);
  const Borders bare = geo::build_borders(lands::four_cells_and_a_lake(), {});
  for (std::size_t a = 0; a < bare.arcs(); ++a) {
    const bool outer = bare.sides[a].left == out || bare.sides[a].right == out;
    EXPECT_EQ(bare.ranks[a], outer ? BorderRank::province : BorderRank::commune);
  }
}

TEST(Borders, NeighboursShareEveryVertexAtEveryLevel) {
  for (const auto& units : {lands::four_cells_and_a_lake(), geo::make_sample_land(60, 5).communes,
                            geo::make_sample_land(200, 6).communes}) {
    const Borders b = geo::build_borders(units, {});
    for (const double side : {0.0, 1.0, 10.0, 100.0, 1000.0, 1e6}) expect_whole(b, side * side);
  }
}

TEST(Borders, KeepAnIsletAndALensAsTriangles) {
  // An islet alone, and two units that share a border with both ends in common.
  const LonLat south{103.05, 21}, north{103.05, 21.01};
  const auto middle = lands::wavy(south, north, 5);
  auto west = lands::wavy(south, north, 6);
  for (std::size_t i = 1; i + 1 < west.size(); ++i) west[i].lon -= 5e-4;
  Ring<LonLat> left, right;
  lands::append(left, middle, false);
  lands::append(left, west, true);
  lands::append(right, middle, true);
  right.push_back(south);
  right.push_back({103.06, 21.005});
  const Borders b = geo::build_borders(
      std::vector<GeoShape>{
          {{lands::circle({103, 21}, 3e-5, 30), {}}}, {{left, {}}}, {{right, {}}}},
      {});
  for (std::uint32_t u = 0; u < 3; ++u) {
    const GeoShape shape = geo::shape_of(b, u, 1e15);
    ASSERT_EQ(shape.size(), 1U);
    EXPECT_GE(shape[0].outer.size(), 3U);
    EXPECT_GT(area(shape), 0) << u;
  }
}

TEST(Borders, WeightsAreSquareMetresOnTheGround) {
  // A bend of 200 m by 100 m: a triangle of 10,000 m² at any latitude.
  for (const double lat : {8.0, 16.0, 23.0}) {
    const double north = 1 / 110700.0, east = 1 / (111320 * std::cos(lat * 3.14159265 / 180));
    const Ring<LonLat> line{
        {105, lat}, {105 + 100 * east, lat + 100 * north}, {105 + 200 * east, lat}};
    std::vector<float> weights(3);
    geo::WeightScratch scratch;
    geo::weigh_points(line, weights, scratch);
    EXPECT_NEAR(weights[1], 1e4, 100) << lat;
    EXPECT_NEAR(geo::greatest_deviation(line, weights, 2e4), 100, 1);
    EXPECT_TRUE(std::isinf(weights[0]) && std::isinf(weights[2]));
  }
}

TEST(Borders, WeightsDoNotDecreaseInwards) {
  const auto line = lands::wavy({103, 21}, {103.04, 21.005}, 3, 2000);
  std::vector<float> weights(line.size());
  geo::WeightScratch scratch;
  geo::weigh_points(line, weights, scratch);
  EXPECT_TRUE(std::isinf(weights.front()) && std::isinf(weights.back()));
  // Fewer points and more deviation with every step up.
  std::size_t kept_before = line.size();
  double deviation_before = 0;
  for (float t = 1; t < 3000; t *= 4) {
    const auto kept = static_cast<std::size_t>(
        std::count_if(weights.begin(), weights.end(), [t](float w) { return w >= t; }));
    EXPECT_LE(kept, kept_before);
    const double deviation = geo::greatest_deviation(line, weights, double{t});
    EXPECT_GE(deviation, deviation_before * 0.999);
    EXPECT_LE(deviation, 4 * std::sqrt(double{t}));
    kept_before = kept;
    deviation_before = deviation;
  }
  EXPECT_LT(kept_before, line.size() / 10);
  // A thin spike: 0.5 m wide, 300 m high. Its area alone (75 m²) would lose it at 10 m.
  const Ring<LonLat> spike{
      {103, 0}, {103.001, 0}, {103.0010025, 0.0027}, {103.001005, 0}, {103.002, 0}};
  std::vector<float> of_spike(5);
  geo::weigh_points(spike, of_spike, scratch);
  EXPECT_GT(of_spike[2], 200.0F * 200.0F);
}

TEST(Borders, SurviveWhatIsNotClean) {
  const Ring<LonLat> square{{0, 0}, {10, 0}, {10, 10}, {0, 10}};
  const Ring<LonLat> bow_tie{{0, 0}, {10, 10}, {10, 0}, {0, 10}};
  const Ring<LonLat> spiked{{0, 0}, {10, 0}, {20, 0}, {10, 0}, {10, 10}};
  const Ring<LonLat> repeated{{0, 0}, {0, 0}, {10, 0}, {10, 10}, {10, 10}, {0, 0}};
  const Ring<LonLat> dust{{1, 1}, {1, 1}, {1, 1}}, two{{1, 1}, {2, 2}};
  const std::vector<GeoShape> shapes{{{square, {}}},
                                     {{square, {}}},
                                     {{bow_tie, {dust}}},
                                     {{spiked, {}}},
                                     {{repeated, {}}, {dust, {square}}},
                                     {{two, {}}},
                                     {},
                                     {{{}, {square}}}};
  const Borders b = geo::build_borders(shapes, {});
  EXPECT_EQ(lands::from_least(geo::shape_of(b, 0)), lands::from_least({{square, {}}}));
  EXPECT_EQ(geo::shape_of(b, 1), geo::shape_of(b, 0));
  EXPECT_EQ(geo::shape_of(b, 4).size(), 1U);
  EXPECT_TRUE(geo::shape_of(b, 5).empty());
  EXPECT_TRUE(geo::shape_of(b, 6).empty());
  EXPECT_TRUE(geo::shape_of(b, 7).empty());
  EXPECT_EQ(geo::build_borders({}, {}).arcs(), 0U);
  EXPECT_EQ(geo::build_borders({}, {}).units(), 0U);
}

TEST(Borders, OfRealLandAreWholeAtEveryLevel) {
  const auto shapes = lands::real("dien_bien.gpkg");
  if (shapes.empty()) GTEST_SKIP() << "no shared data beside the repository";
  const Borders b = geo::build_borders(shapes, {});
  for (std::uint32_t u = 0; u < shapes.size(); ++u) {
    EXPECT_NEAR(area(geo::shape_of(b, u)) / area(shapes[u]), 1, 1e-12);
  }
  for (const double side : {0.0, 4.0, 50.0, 500.0}) expect_whole(b, side * side);
}

}  // namespace
