#include "geo/land.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "geo/error.hpp"
#include "geo/random.hpp"
#include "geo/sample_land.hpp"
#include "tests/geo/small_lands.hpp"

namespace {

using geo::Box;
using geo::GeoShape;
using geo::Land;
using geo::LevelMesh;
using geo::LonLat;
using geo::MapPoint;
using geo::UnitIndex;
using Units = std::vector<UnitIndex>;

geo::Ring<LonLat> square(double lon, double lat, double size) {
  return {{lon, lat}, {lon + size, lat}, {lon + size, lat + size}, {lon, lat + size}};
}

/// Two squares side by side, the first with a lake that belongs to nobody.
std::vector<GeoShape> two_squares() {
  return {{{square(103, 21, 0.25), {square(103.0625, 21.0625, 0.125)}}},
          {{square(103.25, 21, 0.25), {}}}};
}

std::shared_ptr<const geo::Borders> borders_of(const std::vector<GeoShape>& shapes) {
  return std::make_shared<const geo::Borders>(geo::build_borders(shapes, {}));
}

Box box_of(const Land& land, double lon, double lat, double size) {
  Box b;
  b.add(land.projection->to_map({lon, lat}));
  b.add(land.projection->to_map({lon + size, lat + size}));
  return b;
}

/// Boxes, labels and levels fit the shapes.
void check(const Land& land, const std::vector<GeoShape>& shapes) {
  const geo::Projection projection(land.crs);
  ASSERT_EQ(land.boxes.size(), shapes.size());
  ASSERT_EQ(land.labels.size(), shapes.size());
  EXPECT_EQ(land.neighbours, geo::queen_contiguity(geo::build_borders(shapes, {})));
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const geo::MapShape shape = projection.to_map(shapes[i]);
    const Box box = geo::bounds(shape);
    EXPECT_NEAR(box.min.x, land.boxes[i].min.x, 1e-4);
    EXPECT_NEAR(box.min.y, land.boxes[i].min.y, 1e-4);
    EXPECT_NEAR(box.max.x, land.boxes[i].max.x, 1e-4);
    EXPECT_NEAR(box.max.y, land.boxes[i].max.y, 1e-4);
    EXPECT_TRUE(geo::contains(shape, land.labels[i].point)) << i;
    EXPECT_GT(land.labels[i].radius, 0);
    EXPECT_EQ(geo::unit_at(land, land.labels[i].point), UnitIndex(i));
  }
  double before = -1;
  for (const LevelMesh& mesh : land.meshes) {
    EXPECT_GT(mesh.tolerance, before);
    before = mesh.tolerance;
  }
}

TEST(Land, OfTwoSquares) {
  const auto land = geo::build_land(two_squares(), geo::map_crs(9205));
  ASSERT_EQ(land->boxes.size(), 2U);
  EXPECT_EQ(land->hits->borders().arcs(), 4U);
  EXPECT_EQ(land->meshes.front().runs.size(), 4U);
  EXPECT_EQ(land->crs.epsg, 9205);
  EXPECT_EQ(land->neighbours, (geo::Contiguity{{1}, {0}}));
}

TEST(Land, OfAMadeUpProvinceFits) {
  const auto shapes = geo::make_sample_land(120, 11).communes;
  check(*geo::build_land(shapes, geo::map_crs(9205)), shapes);
}

TEST(Land, OfDienBienFits) {
  const auto shapes = lands::real("dien_bien.gpkg");
  if (shapes.empty()) GTEST_SKIP() << "no shared data beside the repository";
  const auto land = geo::build_land(shapes, geo::map_crs(9205));
  check(*land, shapes);
  ASSERT_EQ(land->meshes.size(), geo::level_sides.size());
  for (double metres_per_pixel : {0.1, 5.0, 30.0, 200.0, 2000.0, 1e5}) {
    EXPECT_LE(geo::mesh_for(*land, metres_per_pixel).tolerance, metres_per_pixel / 2);
  }
  EXPECT_LT(geo::mesh_for(*land, 2000).lines.size(), land->meshes[0].lines.size() / 20);
}

TEST(Land, FindsUnitsByPointAndBox) {
  const auto land = geo::build_land(two_squares(), geo::map_crs(9205));
  const auto at = [&](double lon, double lat) {
    return geo::unit_at(*land, land->projection->to_map({lon, lat}));
  };
  EXPECT_EQ(at(103.01, 21.1), UnitIndex(0U));
  EXPECT_EQ(at(103.4, 21.1), UnitIndex(1U));
  EXPECT_FALSE(at(103.125, 21.125).valid());  // lake
  EXPECT_FALSE(at(104, 21.1).valid());
  EXPECT_FALSE(geo::unit_at(*land, {std::nan(""), 1e300}).valid());
  EXPECT_EQ(geo::units_in(*land, box_of(*land, 103.1, 21.1, 0.02)), Units{});  // inside the lake
  EXPECT_EQ(geo::units_in(*land, box_of(*land, 103.01, 21.01, 0.01)), Units{UnitIndex(0U)});
  EXPECT_EQ(geo::units_in(*land, box_of(*land, 103.2, 21.1, 0.1)),
            (Units{UnitIndex(0U), UnitIndex(1U)}));
  EXPECT_EQ(geo::units_in(*land, box_of(*land, 102, 20, 3)), (Units{UnitIndex(0U), UnitIndex(1U)}));
  EXPECT_EQ(geo::units_in(*land, Box{}), Units{});
}

TEST(Land, MayBeCoarseFirst) {
  const auto shapes = geo::make_sample_land(150, 12).communes;
  const auto borders = borders_of(shapes);
  const auto whole = geo::land_of(borders, geo::map_crs(9205));
  EXPECT_TRUE(geo::mesh_for(*whole, 100).blocks.empty());
  auto coarse = std::make_shared<Land>(*whole);  // as it comes from a file: borders come later
  coarse->hits = nullptr;
  EXPECT_FALSE(geo::unit_at(*coarse, coarse->labels[0].point).valid());
  const auto one = geo::with_mesh(*coarse, geo::build_level(*borders, *whole->projection, 50));
  ASSERT_EQ(one->meshes.size(), 1U);
  EXPECT_EQ(one->version, coarse->version);
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    EXPECT_EQ(geo::unit_at(*one, one->labels[i].point), UnitIndex(i));
    const MapPoint p = one->labels[i].point;
    const double half = one->labels[i].radius / 4;
    Box box;
    box.add(MapPoint{p.x - half, p.y - half});
    box.add(MapPoint{p.x + half, p.y + half});
    EXPECT_EQ(geo::units_in(*one, box), Units{UnitIndex(i)});
  }
  Box all = one->bounds;
  EXPECT_EQ(geo::units_in(*one, all).size(), shapes.size());

  const auto finer = geo::with_mesh(*one, geo::build_level(*borders, *whole->projection, 5));
  const auto two = geo::with_mesh(*finer, geo::build_level(*borders, *whole->projection, 300));
  ASSERT_EQ(two->meshes.size(), 3U);
  EXPECT_EQ(two->meshes[1].id, one->meshes[0].id);
  EXPECT_EQ(two->meshes[1].vertices.data(), one->meshes[0].vertices.data());
  EXPECT_LT(two->meshes[0].tolerance, two->meshes[1].tolerance);
  EXPECT_LT(two->meshes[1].tolerance, two->meshes[2].tolerance);
  // Finer than what is there: the finest there is.
  EXPECT_EQ(geo::mesh_for(*two, 0.001).id, two->meshes[0].id);
  EXPECT_EQ(geo::mesh_for(*two, 1e6).id, two->meshes[2].id);
  EXPECT_EQ(geo::with_borders(*two, borders)->meshes.size(), 3U);
}

TEST(Land, CoarseAndFullAgreeAwayFromBorders) {
  const auto shapes = geo::make_sample_land(60, 13).communes;
  const auto borders = borders_of(shapes);
  const auto whole = geo::land_of(borders, geo::map_crs(9205));
  auto bare = std::make_shared<Land>(*whole);
  bare->hits = nullptr;
  const auto coarse = geo::with_mesh(*bare, geo::build_level(*borders, *whole->projection, 10));
  geo::Random random(3);
  int same = 0;
  constexpr int places = 2000;
  for (int i = 0; i < places; ++i) {
    const MapPoint p{whole->bounds.min.x + random.share() * whole->bounds.width(),
                     whole->bounds.min.y + random.share() * whole->bounds.height()};
    if (geo::unit_at(*whole, p) == geo::unit_at(*coarse, p)) ++same;
  }
  EXPECT_GT(same, places * 99 / 100);
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
  EXPECT_EQ(geo::mesh_for(*a, 100).tolerance, 0);
  Box world;
  world.add(MapPoint{-1e7, -1e7});
  world.add(MapPoint{1e7, 1e7});
  EXPECT_EQ(geo::units_in(*b, world), Units{});
}

}  // namespace
