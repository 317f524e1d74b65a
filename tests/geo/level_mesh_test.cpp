#include "geo/level_mesh.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "geo/sample_land.hpp"
#include "tests/geo/small_lands.hpp"

namespace {

using geo::Borders;
using geo::GeoShape;
using geo::LevelMesh;
using geo::LonLat;
using geo::MapPoint;
using geo::Ring;

/// Triangulated area and area by the border lines' sides, by unit; and all that must hold in every
/// block.
struct Areas {
  std::map<std::uint32_t, double> triangles, lines;
};

void check_lines(const LevelMesh& mesh, const LevelMesh::Block& block, Areas& areas) {
  std::size_t of_runs = 0, of_ranks = 0;
  std::uint32_t next = block.lines[0].first;
  for (const LevelMesh::Range& ranked : block.lines) {
    EXPECT_EQ(ranked.first, next);
    next = ranked.first + ranked.count;
    of_ranks += ranked.count;
  }
  for (const auto& run : mesh.runs.subspan(block.runs.first, block.runs.count)) {
    of_runs += run.lines.count;
    ASSERT_GE(run.lines.count, 2U);
    const geo::Sides sides = mesh.sides[run.arc];
    EXPECT_NE(sides.left, sides.right);
    double along = 0;
    const auto line = mesh.lines.subspan(run.lines.first, run.lines.count);
    EXPECT_EQ(line[0].along, 0.0F);
    EXPECT_EQ(line[0].arc, run.arc);
    for (std::size_t i = 1; i < line.size(); ++i) {
      const auto &a = line[i - 1], &b = line[i];
      EXPECT_EQ(b.arc, run.arc);
      EXPECT_GT(b.along, 0.0F);
      along += std::hypot(double{b.x} - double{a.x}, double{b.y} - double{a.y});
      EXPECT_NEAR(double{b.along}, along, 1 + along * 1e-5);
      const MapPoint o = block.origin;
      const double twice = (double{a.x} + o.x - 5e5) * (double{b.y} + o.y - 23e5) -
                           (double{b.x} + o.x - 5e5) * (double{a.y} + o.y - 23e5);
      areas.lines[sides.left] += twice / 2;
      areas.lines[sides.right] -= twice / 2;
    }
  }
  EXPECT_EQ(of_runs, of_ranks);
}

Areas check(const LevelMesh& mesh) {
  Areas areas;
  std::size_t vertices = 0, indices = 0, units = 0, runs = 0;
  for (const auto& block : mesh.blocks) {
    EXPECT_EQ(block.vertices.first, vertices);
    EXPECT_EQ(block.indices.first, indices);
    EXPECT_EQ(block.units.first, units);
    EXPECT_EQ(block.runs.first, runs);
    const auto of_block = mesh.vertices.subspan(block.vertices.first, block.vertices.count);
    for (const auto& v : of_block) {
      EXPECT_TRUE(block.box.contains(
          {block.origin.x + double{v.x} * 0.999999, block.origin.y + double{v.y} * 0.999999}));
    }
    for (const auto& part : mesh.units.subspan(block.units.first, block.units.count)) {
      EXPECT_FALSE(areas.triangles.contains(part.unit)) << "a unit in two blocks";
      EXPECT_EQ(part.indices.first, indices);
      double& sum = areas.triangles[part.unit];
      for (std::uint32_t i = 0; i + 2 < part.indices.count; i += 3) {
        Ring<MapPoint> triangle;
        for (std::uint32_t k = 0; k < 3; ++k) {
          const auto& v = of_block[mesh.indices[part.indices.first + i + k]];
          EXPECT_EQ(v.unit, part.unit);
          triangle.push_back({double{v.x}, double{v.y}});
        }
        sum += std::abs(geo::signed_area(triangle));
      }
      indices += part.indices.count;
    }
    check_lines(mesh, block, areas);
    vertices += block.vertices.count;
    units += block.units.count;
    runs += block.runs.count;
  }
  EXPECT_EQ(vertices, mesh.vertices.size());
  EXPECT_EQ(indices, mesh.indices.size());
  EXPECT_EQ(units, mesh.units.size());
  EXPECT_EQ(runs, mesh.runs.size());
  return areas;
}

/// Nobody overlaps and nothing gapes: what the lines enclose is what the triangles cover.
void expect_whole(const LevelMesh& mesh, std::size_t units) {
  const Areas areas = check(mesh);
  double covered = 0, enclosed = 0;
  for (std::uint32_t u = 0; u < units; ++u) {
    ASSERT_TRUE(areas.triangles.contains(u));
    EXPECT_GT(areas.triangles.at(u), 0) << u;
    covered += areas.triangles.at(u);
    enclosed += areas.lines.contains(u) ? areas.lines.at(u) : 0;
  }
  EXPECT_NEAR(enclosed / covered, 1, 1e-5) << mesh.tolerance;
  EXPECT_NEAR(-areas.lines.at(UINT32_MAX) / covered, 1, 1e-5) << mesh.tolerance;
}

TEST(LevelMesh, IsWholeAtEveryLevel) {
  for (const auto& shapes :
       {lands::four_cells_and_a_lake(), geo::make_sample_land(150, 4).communes}) {
    const Borders borders = geo::build_borders(shapes, {});
    double tolerance = 0;
    std::size_t vertices = SIZE_MAX;
    for (const double side : {0.0, 5.0, 30.0, 200.0, 1000.0, 5000.0}) {
      const LevelMesh mesh = geo::build_level(borders, geo::map_crs(9205), side);
      expect_whole(mesh, shapes.size());
      EXPECT_GE(mesh.tolerance, tolerance);
      EXPECT_LE(mesh.tolerance, 4 * side);
      EXPECT_LE(mesh.vertices.size(), vertices);
      tolerance = mesh.tolerance;
      vertices = mesh.vertices.size();
    }
  }
}

TEST(LevelMesh, AtFullDetailCoversEachUnit) {
  const auto shapes = geo::make_sample_land(300, 9).communes;
  const geo::MapCrs crs = geo::map_crs(9205);
  const LevelMesh mesh = geo::build_level(geo::build_borders(shapes, {}), crs, 0);
  EXPECT_GT(mesh.blocks.size(), 1U);
  EXPECT_EQ(mesh.tolerance, 0);
  const Areas areas = check(mesh);
  const geo::Projection projection(crs);
  for (std::uint32_t u = 0; u < shapes.size(); ++u) {
    const double area = geo::area(projection.to_map(shapes[u]));
    EXPECT_NEAR(areas.triangles.at(u) / area, 1, 1e-4) << u;
    EXPECT_NEAR(areas.lines.at(u) / area, 1, 1e-4) << u;
  }
}

TEST(LevelMesh, OfNothingIsEmpty) {
  const LevelMesh mesh = geo::build_level(geo::build_borders({}, {}), geo::map_crs(9205), 10);
  EXPECT_TRUE(mesh.blocks.empty() && mesh.lines.empty());
  const std::vector<GeoShape> two{{}, {}};
  EXPECT_TRUE(geo::build_level(geo::build_borders(two, {}), geo::map_crs(9205), 0).blocks.empty());
  EXPECT_NE(geo::build_level(geo::build_borders({}, {}), geo::map_crs(9205), 10).id, mesh.id);
}

TEST(LevelMesh, ANarrowGapBetweenTwoUnitsBecomesTheirBorder) {
  // Two squares meet at both ends of a gap that is 10 m wide and nobody's.
  const Ring<LonLat> west{
      {103, 21}, {103.01, 21}, {103.00995, 21.005}, {103.01, 21.01}, {103, 21.01}};
  const Ring<LonLat> east{
      {103.01, 21}, {103.02, 21}, {103.02, 21.01}, {103.01, 21.01}, {103.01005, 21.005}};
  const std::vector<GeoShape> shapes{{{west, {}}}, {{east, {}}}};
  const std::vector<geo::Parents> parents{{1, 1}, {1, 1}};
  const Borders borders = geo::build_borders(shapes, parents);
  const auto of_inner = [](const LevelMesh& mesh) {
    std::multiset<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (const auto& run : mesh.runs) {
      const geo::Sides s = mesh.sides[run.arc];
      pairs.insert(std::minmax(s.left, s.right));
    }
    return pairs;
  };
  using Pairs = std::multiset<std::pair<std::uint32_t, std::uint32_t>>;
  constexpr std::uint32_t out = UINT32_MAX;
  const LevelMesh fine = geo::build_level(borders, geo::map_crs(9205), 0);
  EXPECT_EQ(of_inner(fine), (Pairs{{0, out}, {0, out}, {1, out}, {1, out}}));
  const LevelMesh coarse = geo::build_level(borders, geo::map_crs(9205), 100);
  EXPECT_EQ(of_inner(coarse), (Pairs{{0, 1}, {0, out}, {1, out}}));
  expect_whole(coarse, 2);
  // The gap's sides were an outer edge each; what is left is between two communes of a district.
  std::size_t communes = 0;
  for (const auto& block : coarse.blocks) communes += block.lines[2].count;
  EXPECT_EQ(communes, 2U);
}

TEST(LevelMesh, OfRealLandIsWhole) {
  const auto shapes = lands::real("dien_bien.gpkg");
  if (shapes.empty()) GTEST_SKIP() << "no shared data beside the repository";
  const Borders borders = geo::build_borders(shapes, {});
  for (const double side : {0.0, 15.0, 300.0}) {
    expect_whole(geo::build_level(borders, geo::map_crs(9205), side), shapes.size());
  }
}

}  // namespace
