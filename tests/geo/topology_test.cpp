#include "geo/topology.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

#include "geo/simplify.hpp"

namespace {

using geo::MapPoint;
using geo::MapShape;
using geo::Ring;
using geo::Topology;
using geo::UnitIndex;

/// The same ring whatever vertex it begins at.
Ring<MapPoint> from_least(Ring<MapPoint> ring) {
  std::rotate(ring.begin(), std::min_element(ring.begin(), ring.end()), ring.end());
  return ring;
}
MapShape from_least(MapShape shape) {
  for (auto& polygon : shape) {
    polygon.outer = from_least(std::move(polygon.outer));
    for (auto& hole : polygon.holes) hole = from_least(std::move(hole));
  }
  return shape;
}

/// A wavy line from a to b, always the same in both directions for whoever reverses it.
Ring<MapPoint> wavy(MapPoint a, MapPoint b, unsigned seed, int points = 40) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> off(-8, 8);
  Ring<MapPoint> line{a};
  for (int i = 1; i < points; ++i) {
    const double t = static_cast<double>(i) / points;
    line.push_back({a.x + t * (b.x - a.x) + off(random), a.y + t * (b.y - a.y) + off(random)});
  }
  line.push_back(b);
  return line;
}
void append(Ring<MapPoint>& ring, Ring<MapPoint> line, bool backwards) {
  if (backwards) std::reverse(line.begin(), line.end());
  ring.insert(ring.end(), line.begin(), line.end() - 1);
}

/// Two by two cells of 1 km with wavy borders, and a lake in the first that is the fifth unit.
std::vector<MapShape> four_cells_and_a_lake() {
  const auto at = [](int i, int j) { return MapPoint{i * 1000.0, j * 1000.0}; };
  const auto horizontal = [&](int i, int j) {
    return wavy(at(i, j), at(i + 1, j), static_cast<unsigned>(10 + i * 7 + j));
  };
  const auto vertical = [&](int i, int j) {
    return wavy(at(i, j), at(i, j + 1), static_cast<unsigned>(100 + i * 7 + j));
  };
  std::vector<MapShape> units;
  for (int j = 0; j < 2; ++j) {
    for (int i = 0; i < 2; ++i) {
      Ring<MapPoint> ring;
      append(ring, horizontal(i, j), false);
      append(ring, vertical(i + 1, j), false);
      append(ring, horizontal(i, j + 1), true);
      append(ring, vertical(i, j), true);
      units.push_back({{std::move(ring), {}}});
    }
  }
  Ring<MapPoint> lake;
  for (int k = 0; k < 50; ++k) {
    const double a = k * 2 * 3.14159265358979 / 50, r = 200 + (k % 3) * 5.0;
    lake.push_back({500 + r * std::cos(a), 500 + r * std::sin(a)});
  }
  units.push_back({{lake, {}}});
  std::reverse(lake.begin(), lake.end());
  units[0][0].holes.push_back(lake);
  return units;
}

TEST(Topology, GivesBackTheShapesItWasMadeOf) {
  const auto units = four_cells_and_a_lake();
  const Topology t = geo::build_topology(units);
  for (std::size_t i = 0; i < units.size(); ++i) {
    EXPECT_EQ(from_least(geo::shape_at(t, UnitIndex(i), 0)), from_least(units[i])) << i;
  }
}

TEST(Topology, KnowsTheUnitsOnBothSidesOfEveryBorder) {
  const Topology t = geo::build_topology(four_cells_and_a_lake());
  // 4 inner borders, 4 outer ones (each round a corner), 1 lake.
  ASSERT_EQ(t.arcs.size(), 9U);
  std::multiset<std::set<std::uint32_t>> pairs;
  for (const auto& arc : t.arcs) pairs.insert({arc.left.value, arc.right.value});
  const std::uint32_t out = UINT32_MAX;
  const std::multiset<std::set<std::uint32_t>> expected{
      {0, 1}, {2, 3}, {0, 2}, {1, 3}, {0, 4}, {0, out}, {1, out}, {2, out}, {3, out}};
  EXPECT_EQ(pairs, expected);
}

TEST(Topology, LeftIsLeft) {
  // A unit's arcs, taken with the sign of their side, add up to its area.
  const auto units = four_cells_and_a_lake();
  const Topology t = geo::build_topology(units);
  std::map<std::uint32_t, double> area;
  for (const auto& arc : t.arcs) {
    double sum = 0;
    for (std::size_t i = 1; i < arc.points.size(); ++i) {
      sum += (arc.points[i - 1].x * arc.points[i].y - arc.points[i].x * arc.points[i - 1].y) / 2;
    }
    area[arc.left.value] += sum;
    area[arc.right.value] -= sum;
  }
  for (std::size_t i = 0; i < units.size(); ++i) {
    EXPECT_NEAR(area[static_cast<std::uint32_t>(i)], geo::area(units[i]), 1e-6) << i;
  }
}

TEST(Topology, DoesNotMindHowRingsRunOrWhereTheyBegin) {
  auto units = four_cells_and_a_lake();
  std::rotate(units[1][0].outer.begin(), units[1][0].outer.begin() + 17, units[1][0].outer.end());
  std::reverse(units[2][0].outer.begin(), units[2][0].outer.end());
  const Topology t = geo::build_topology(units);
  EXPECT_EQ(t.arcs.size(), 9U);
  for (const auto& arc : t.arcs) EXPECT_NE(arc.left, arc.right);
}

TEST(Topology, NeighboursShareEveryVertexAtEveryLevel) {
  const auto units = four_cells_and_a_lake();
  const Topology t = geo::build_topology(units);
  double total = 0;
  for (const auto& unit : units) total += geo::area(unit);
  for (double weight : {0.0, 1.0, 30.0, 300.0, 1e4, 1e12}) {
    // Every edge inside the block is run along twice, once in each direction.
    std::map<std::pair<MapPoint, MapPoint>, int> edges;
    double sum = 0;
    for (std::size_t i = 0; i < units.size(); ++i) {
      const MapShape shape = geo::shape_at(t, UnitIndex(i), weight);
      sum += geo::area(shape);
      for (const auto& polygon : shape) {
        EXPECT_GE(polygon.outer.size(), 3U);
        std::vector<Ring<MapPoint>> rings = polygon.holes;
        rings.push_back(polygon.outer);
        for (const auto& ring : rings) {
          for (std::size_t k = 0; k < ring.size(); ++k) {
            ++edges[{ring[k], ring[(k + 1) % ring.size()]}];
          }
        }
      }
    }
    double outline = 0;
    int unmatched = 0;
    for (const auto& [edge, count] : edges) {
      EXPECT_EQ(count, 1);
      if (edges.contains({edge.second, edge.first})) continue;
      ++unmatched;
      outline += (edge.first.x * edge.second.y - edge.second.x * edge.first.y) / 2;
    }
    EXPECT_GE(unmatched, 4);
    EXPECT_NEAR(outline, sum, 1e-6 * total) << "no crack and no overlap at weight " << weight;
  }
}

TEST(Topology, ArcsAndShapesAgreeAtEveryLevel) {
  const auto units = four_cells_and_a_lake();
  const Topology t = geo::build_topology(units);
  for (double weight : {0.0, 100.0, 1e5}) {
    std::set<std::pair<MapPoint, MapPoint>> of_arcs, of_shapes;
    const auto add = [](auto& set, MapPoint a, MapPoint b) { set.insert(std::minmax(a, b)); };
    for (std::size_t a = 0; a < t.arcs.size(); ++a) {
      const auto line = geo::arc_at(t, a, weight);
      ASSERT_GE(line.size(), 2U);
      for (std::size_t i = 1; i < line.size(); ++i) add(of_arcs, line[i - 1], line[i]);
    }
    for (std::size_t u = 0; u < units.size(); ++u) {
      for (const auto& polygon : geo::shape_at(t, UnitIndex(u), weight)) {
        auto rings = polygon.holes;
        rings.push_back(polygon.outer);
        for (const auto& ring : rings) {
          for (std::size_t k = 0; k < ring.size(); ++k) {
            add(of_shapes, ring[k], ring[(k + 1) % ring.size()]);
          }
        }
      }
    }
    EXPECT_EQ(of_arcs, of_shapes) << weight;
  }
}

TEST(Topology, KeepsAnIsletAndALensAsTriangles) {
  // An islet alone, and two units that share a border with both ends in common.
  Ring<MapPoint> islet, left{{5000, 0}}, right;
  for (int i = 0; i < 30; ++i) {
    islet.push_back({3 * std::cos(i * 0.2094), 3 * std::sin(i * 0.2094)});
  }
  const auto middle = wavy({5000, 0}, {5000, 1000}, 5);
  const auto west = wavy({5000, 0}, {5000, 1000}, 6);
  left.clear();
  append(left, middle, false);
  append(
      left,
      [&] {
        auto line = west;
        for (auto& p : line) p.x -= (p.y > 0 && p.y < 1000) ? 50 : 0;
        return line;
      }(),
      true);
  append(right, middle, true);
  right.insert(right.begin(), {5000, 1000});
  right.erase(right.begin());
  right.push_back({5000, 0});
  right.push_back({5600, 500});
  const Topology t = geo::build_topology({{{islet, {}}}, {{left, {}}}, {{right, {}}}});
  for (std::uint32_t u = 0; u < 3; ++u) {
    const auto shape = geo::shape_at(t, UnitIndex(u), 1e15);
    ASSERT_EQ(shape.size(), 1U);
    EXPECT_GE(shape[0].outer.size(), 3U);
    EXPECT_GT(geo::area(shape), 0) << u;
  }
}

TEST(Topology, WeightsDoNotDecreaseInwards) {
  const auto line = wavy({0, 0}, {4000, 500}, 3, 2000);
  const auto weights = geo::visvalingam_weights(line);
  ASSERT_EQ(weights.size(), line.size());
  EXPECT_TRUE(std::isinf(weights.front()) && std::isinf(weights.back()));
  // Fewer points and more deviation with every step up.
  std::size_t kept_before = line.size();
  double deviation_before = 0;
  for (double t = 1; t < 3000; t *= 4) {
    const auto kept = static_cast<std::size_t>(
        std::count_if(weights.begin(), weights.end(), [t](double w) { return w >= t; }));
    EXPECT_LE(kept, kept_before);
    const double deviation = geo::greatest_deviation(line, weights, t);
    EXPECT_GE(deviation, deviation_before * 0.999);
    EXPECT_LE(deviation, 4 * std::sqrt(t));
    kept_before = kept;
    deviation_before = deviation;
  }
  // A thin spike: 0.5 m wide, 300 m high. Its area alone (75 m²) would lose it at 10 m.
  const auto spike =
      geo::visvalingam_weights({{0, 0}, {100, 0}, {100.25, 300}, {100.5, 0}, {200, 0}});
  EXPECT_GT(spike[2], 200.0 * 200.0);
}

TEST(Topology, SurvivesWhatIsNotClean) {
  const Ring<MapPoint> square{{0, 0}, {10, 0}, {10, 10}, {0, 10}};
  const Ring<MapPoint> bow_tie{{0, 0}, {10, 10}, {10, 0}, {0, 10}};
  const Ring<MapPoint> spiked{{0, 0}, {10, 0}, {20, 0}, {10, 0}, {10, 10}};
  const Ring<MapPoint> repeated{{0, 0}, {0, 0}, {10, 0}, {10, 10}, {10, 10}, {0, 0}};
  const Ring<MapPoint> dust{{1, 1}, {1, 1}, {1, 1}}, two{{1, 1}, {2, 2}};
  const Topology t = geo::build_topology({{{square, {}}},
                                          {{square, {}}},
                                          {{bow_tie, {dust}}},
                                          {{spiked, {}}},
                                          {{repeated, {}}, {dust, {}}},
                                          {{two, {}}},
                                          {},
                                          {{{}, {square}}}});
  EXPECT_EQ(from_least(geo::shape_at(t, UnitIndex(0U), 0)), from_least(MapShape{{square, {}}}));
  EXPECT_EQ(geo::shape_at(t, UnitIndex(1U), 0), geo::shape_at(t, UnitIndex(0U), 0));
  EXPECT_TRUE(geo::shape_at(t, UnitIndex(5U), 0).empty());
  EXPECT_TRUE(geo::shape_at(t, UnitIndex(6U), 0).empty());
  EXPECT_TRUE(geo::build_topology({}).arcs.empty());
}

}  // namespace
