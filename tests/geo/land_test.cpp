#include "geo/land.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <set>

#include "geo/error.hpp"
#include "geo/vector_file.hpp"

namespace {

using geo::Box;
using geo::GeoShape;
using geo::Land;
using geo::LandLevel;
using geo::LonLat;
using geo::MapPoint;
using geo::UnitIndex;

geo::Ring<LonLat> square(double lon, double lat, double size) {
  return {{lon, lat}, {lon + size, lat}, {lon + size, lat + size}, {lon, lat + size}};
}

/// Two squares side by side, the first with a lake that belongs to nobody.
std::vector<GeoShape> two_squares() {
  return {{{square(103, 21, 0.25), {square(103.0625, 21.0625, 0.125)}}},
          {{square(103.25, 21, 0.25), {}}}};
}

double covered(const LandLevel& level, std::uint32_t unit) {
  double sum = 0;
  for (std::size_t i = 0; i + 2 < level.indices.size(); i += 3) {
    const auto& a = level.vertices.at(level.indices[i]);
    const auto& b = level.vertices.at(level.indices[i + 1]);
    const auto& c = level.vertices.at(level.indices[i + 2]);
    EXPECT_TRUE(a.unit == b.unit && b.unit == c.unit);
    if (a.unit != unit) continue;
    sum += std::abs(geo::signed_area(
        {{double{a.x}, double{a.y}}, {double{b.x}, double{b.y}}, {double{c.x}, double{c.y}}}));
  }
  return sum;
}

void check_invariants(const Land& land) {
  ASSERT_FALSE(land.levels.empty());
  EXPECT_EQ(land.levels[0].tolerance, 0);
  double before = -1;
  for (const LandLevel& level : land.levels) {
    EXPECT_GE(level.tolerance, before);
    before = level.tolerance;
    using End = std::pair<float, float>;
    std::set<std::pair<End, End>> seen;
    std::set<End> corners;
    for (const auto& v : level.vertices) corners.insert({v.x, v.y});
    std::map<std::uint32_t, double> by_borders, extent;
    for (const auto& s : level.segments) {
      EXPECT_NE(s.left, s.right);
      const End from{s.x0, s.y0}, to{s.x1, s.y1};
      const End a = std::min(from, to), b = std::max(from, to);
      EXPECT_TRUE(seen.insert({a, b}).second)
          << "a border twice at " << level.tolerance << " m: " << s.x0 << " " << s.y0 << " " << s.x1
          << " " << s.y1 << " " << s.left << "/" << s.right;
      EXPECT_TRUE(corners.contains(a) && corners.contains(b)) << "borders leave their areas";
      const double twice = double{s.x0} * double{s.y1} - double{s.x1} * double{s.y0};
      by_borders[s.left] += twice / 2;
      by_borders[s.right] -= twice / 2;
    }
    double total = 0, total_by_borders = 0;
    for (std::uint32_t u = 0; u < land.shapes.size(); ++u) {
      const double area = covered(level, u);
      total += area;
      total_by_borders += by_borders[u];
      EXPECT_GT(area, 0);
      if (level.tolerance == 0) {
        EXPECT_NEAR(area / geo::area(land.shapes[u]), 1, 1e-4) << u;  // floats
      }
    }
    EXPECT_NEAR(total_by_borders / total, 1, 1e-4);
  }
  for (std::size_t i = 0; i < land.shapes.size(); ++i) {
    EXPECT_TRUE(geo::contains(land.shapes[i], land.labels[i].point)) << i;
    EXPECT_GT(land.labels[i].radius, 0);
    EXPECT_EQ(geo::unit_at(land, land.labels[i].point), UnitIndex(i));
  }
}

TEST(Land, OfTwoSquares) {
  const auto land = geo::build_land(two_squares(), geo::map_crs(9205));
  check_invariants(*land);
  EXPECT_EQ(land->topology.arcs.size(), 4U);
  EXPECT_EQ(land->levels[0].segments.size(), 4U + 3U + 4U);
  EXPECT_EQ(land->crs.epsg, 9205);
}

TEST(Land, FindsUnitsByPointAndBox) {
  const auto land = geo::build_land(two_squares(), geo::map_crs(9205));
  const geo::Projection projection(land->crs);
  EXPECT_EQ(geo::unit_at(*land, projection.to_map(LonLat{103.01, 21.1})), UnitIndex(0U));
  EXPECT_EQ(geo::unit_at(*land, projection.to_map(LonLat{103.4, 21.1})), UnitIndex(1U));
  EXPECT_FALSE(geo::unit_at(*land, projection.to_map(LonLat{103.125, 21.125})).valid());  // lake
  EXPECT_FALSE(geo::unit_at(*land, projection.to_map(LonLat{104, 21.1})).valid());

  const auto box = [&](double lon, double lat, double size) {
    Box b;
    b.add(projection.to_map(LonLat{lon, lat}));
    b.add(projection.to_map(LonLat{lon + size, lat + size}));
    return b;
  };
  using Units = std::vector<UnitIndex>;
  EXPECT_EQ(geo::units_in(*land, box(103.1, 21.1, 0.02)), Units{});  // inside the lake
  EXPECT_EQ(geo::units_in(*land, box(103.01, 21.01, 0.01)), Units{UnitIndex(0U)});
  EXPECT_EQ(geo::units_in(*land, box(103.2, 21.1, 0.1)), (Units{UnitIndex(0U), UnitIndex(1U)}));
  EXPECT_EQ(geo::units_in(*land, box(102, 20, 3)), (Units{UnitIndex(0U), UnitIndex(1U)}));
  EXPECT_EQ(geo::units_in(*land, Box{}), Units{});
}

TEST(Land, ReportsAndCancels) {
  double last = -1;
  const geo::Progress forwards{[&last](double share, const geo::Message&) {
    EXPECT_GE(share, last - 1e-12);
    EXPECT_LE(share, 1);
    last = share;
    return true;
  }};
  geo::build_land(two_squares(), geo::map_crs(9205), forwards);
  EXPECT_GT(last, 0.5);
  int calls = 0;
  const geo::Progress impatient{[&calls](double, const geo::Message&) { return ++calls < 3; }};
  EXPECT_THROW(geo::build_land(two_squares(), geo::map_crs(9205), impatient), geo::Cancelled);
}

TEST(Land, HasItsOwnVersionAndMayBeEmpty) {
  const auto a = geo::build_land({}, geo::map_crs(9205));
  const auto b = geo::build_land({{}, {}}, geo::map_crs(9205));
  EXPECT_NE(a->version, b->version);
  EXPECT_TRUE(b->bounds.empty());
  EXPECT_FALSE(geo::unit_at(*b, {0, 0}).valid());
  EXPECT_EQ(geo::level_for(*a, 100).tolerance, 0);
}

TEST(Land, OfDienBienIsWholeAtEveryLevel) {
  const auto file = std::filesystem::path(PHUSONG_SHARED_DATA) / "boundaries/dien_bien.gpkg";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no shared data beside the repository";
  std::vector<GeoShape> shapes;
  for (auto& f : geo::read_layer(file, {}).features) shapes.push_back(std::move(f.shape));
  const auto land = geo::build_land(shapes, geo::map_crs(9205));
  ASSERT_EQ(land->shapes.size(), 45U);
  check_invariants(*land);
  for (std::size_t i = 0; i < 45; ++i) {
    EXPECT_NEAR(
        geo::area(geo::shape_at(land->topology, UnitIndex(i), 0)) / geo::area(land->shapes[i]), 1,
        1e-12);
    // TM-3 stretches areas by less than 0.03% this near to its meridian.
    EXPECT_NEAR(geo::area(land->shapes[i]) / geo::geodesic_area(shapes[i]), 1, 3e-4);
  }
  for (double metres_per_pixel : {0.1, 5.0, 30.0, 200.0, 2000.0, 1e5}) {
    EXPECT_LE(geo::level_for(*land, metres_per_pixel).tolerance, metres_per_pixel / 2);
  }
  EXPECT_LT(geo::level_for(*land, 2000).segments.size(), land->levels[0].segments.size() / 20);
}

}  // namespace
