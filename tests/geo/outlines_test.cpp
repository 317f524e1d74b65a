#include "geo/outlines.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "geo/land.hpp"
#include "geo/sample_land.hpp"

namespace {

std::shared_ptr<const geo::Land> land() {
  static const auto made = [] {
    const geo::SampleLand sample = geo::make_sample_land(60, 3);
    std::vector<geo::Parents> parents;
    for (const std::uint32_t district : sample.districts) parents.push_back({district, 0});
    return geo::build_land(sample.communes, geo::map_crs(9205), parents);
  }();
  return made;
}

double area_of(std::span<const geo::MapPoint> ring) {
  double twice = 0;
  const geo::MapPoint o = ring.front();  // far from the origin of the map's metres
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const geo::MapPoint &a = ring[i], &b = ring[(i + 1) % ring.size()];
    twice += (a.x - o.x) * (b.y - o.y) - (b.x - o.x) * (a.y - o.y);
  }
  return std::abs(twice) / 2;
}

std::map<std::uint32_t, double> areas_of_triangles(const geo::LevelMesh& mesh) {
  std::map<std::uint32_t, double> out;
  for (const auto& block : mesh.blocks) {
    for (const auto& part : mesh.units.subspan(block.units.first, block.units.count)) {
      for (std::uint32_t i = 0; i + 2 < part.indices.count; i += 3) {
        std::array<geo::MapPoint, 3> corners;
        for (std::size_t k = 0; k < 3; ++k) {
          const auto& v =
              mesh.vertices[block.vertices.first + mesh.indices[part.indices.first + i + k]];
          corners[k] = {double{v.x}, double{v.y}};
        }
        out[part.unit] += area_of(corners);
      }
    }
  }
  return out;
}

TEST(Outlines, EncloseWhatTheTrianglesCover) {
  for (const geo::LevelMesh& mesh : land()->meshes) {
    const geo::Outlines outlines = geo::outlines_in(mesh, land()->boxes, land()->bounds);
    const auto areas = areas_of_triangles(mesh);
    EXPECT_EQ(outlines.units.size(), areas.size());
    for (const auto& unit : outlines.units) {
      if (unit.rings.count != 1) continue;  // holes count against it
      EXPECT_NEAR(area_of(outlines.of(outlines.rings[unit.rings.first])), areas.at(unit.unit),
                  areas.at(unit.unit) * 1e-6 + 1)
          << unit.unit << " at " << mesh.tolerance;
    }
  }
}

TEST(Outlines, HoldEveryBorderOnceByItsRank) {
  const geo::LevelMesh& mesh = land()->meshes.front();
  const geo::Outlines outlines = geo::outlines_in(mesh, land()->boxes, land()->bounds);
  std::size_t outer = 0, inner = 0;
  for (const auto& line : outlines.lines) {
    ASSERT_GE(line.points.count, 2U);
    EXPECT_NE(line.sides.left, line.sides.right);
    const bool edge = line.sides.left == UINT32_MAX || line.sides.right == UINT32_MAX;
    EXPECT_EQ(line.rank == geo::BorderRank::province, edge);
    ++(edge ? outer : inner);
  }
  EXPECT_GT(outer, 0U);
  EXPECT_GT(inner, outer);
}

TEST(Outlines, TakeOnlyWhatIsInView) {
  const geo::LevelMesh& mesh = land()->meshes.front();
  const geo::Outlines all = geo::outlines_in(mesh, land()->boxes, land()->bounds);
  geo::Box view = land()->boxes[7];
  const geo::Outlines some = geo::outlines_in(mesh, land()->boxes, view);
  EXPECT_LT(some.points.size(), all.points.size() / 2);
  bool found = false;
  for (const auto& unit : some.units) {
    EXPECT_TRUE(unit.box.intersects(view));
    found = found || unit.unit == 7;
  }
  EXPECT_TRUE(found);
  for (const auto& line : some.lines) EXPECT_TRUE(line.box.intersects(view));
  EXPECT_TRUE(geo::outlines_in(mesh, land()->boxes, geo::Box{}).units.empty());
  EXPECT_TRUE(geo::outlines_in(geo::LevelMesh{}, {}, view).units.empty());
}

}  // namespace
