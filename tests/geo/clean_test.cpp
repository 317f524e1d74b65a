#include "geo/clean.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

#include "geo/crs.hpp"
#include "geo/vector_file.hpp"

namespace {

using geo::GeoShape;
using geo::Issue;
using geo::Issues;
using geo::LonLat;
using geo::NamedShape;
using Ring = geo::Ring<LonLat>;

/// Around 105°E 21°N; one unit is 0.01°, about 1 km.
LonLat at(double x, double y) { return {105 + x / 100, 21 + y / 100}; }
Ring ring(std::initializer_list<std::pair<double, double>> points) {
  Ring out;
  for (const auto& [x, y] : points) out.push_back(at(x, y));
  return out;
}
Ring box(double x, double y, double width, double height) {
  return ring({{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}});
}
Ring reversed(Ring r) {
  std::reverse(r.begin(), r.end());
  return r;
}
double area_of(const Ring& r) { return geo::geodesic_area({{r, {}}}); }

std::vector<std::string> ids(const Issues& issues) {
  std::vector<std::string> out;
  for (const Issue& i : issues) out.push_back(i.message.id);
  return out;
}

struct Cleaned {
  GeoShape shape;
  Issues issues;
};
Cleaned cleaned(GeoShape shape) {
  std::vector<NamedShape> shapes{{"03127 Mường Thanh", 7, std::move(shape)}};
  Cleaned out;
  out.issues = geo::clean(shapes, "ranh_gioi.geojson");
  out.shape = std::move(shapes[0].shape);
  return out;
}

using testing::ElementsAre;

TEST(Clean, LeavesValidShapesAlone) {
  const GeoShape valid{{box(0, 0, 4, 4), {reversed(box(1, 1, 1, 1))}}, {box(9, 9, 1, 1), {}}};
  const Cleaned result = cleaned(valid);
  EXPECT_EQ(result.shape, valid);
  EXPECT_TRUE(result.issues.empty());
}

TEST(Clean, TakesOutRepeatedPointsAndSpikesAndTurnsRings) {
  Cleaned r = cleaned({{ring({{0, 0}, {0, 0}, {4, 0}, {4, 4}, {4, 4}, {0, 4}, {0, 0}}), {}}});
  EXPECT_EQ(r.shape, (GeoShape{{box(0, 0, 4, 4), {}}}));
  EXPECT_THAT(ids(r.issues), ElementsAre("geo.repeated_points"));
  EXPECT_EQ(r.issues[0].message, geo::msg("geo.repeated_points", 3, 1));

  r = cleaned({{ring({{0, 0}, {4, 0}, {9, 0}, {4, 0}, {4, 4}, {0, 4}}), {}}});
  EXPECT_EQ(r.shape, (GeoShape{{box(0, 0, 4, 4), {}}}));
  ASSERT_THAT(ids(r.issues), ElementsAre("geo.spikes_cut"));
  EXPECT_EQ(r.issues[0].at, at(9, 0));
  EXPECT_EQ(r.issues[0].unit, "03127 Mường Thanh");
  EXPECT_EQ(r.issues[0].row, 7);
  EXPECT_EQ(r.issues[0].file, "ranh_gioi.geojson");

  r = cleaned({{reversed(box(0, 0, 4, 4)), {box(1, 1, 1, 1)}}});
  EXPECT_EQ(geo::geodesic_area(r.shape), area_of(box(0, 0, 4, 4)) - area_of(box(1, 1, 1, 1)));
  ASSERT_THAT(ids(r.issues), ElementsAre("geo.rings_turned"));
  EXPECT_EQ(r.issues[0].message, geo::msg("geo.rings_turned", 2));
}

TEST(Clean, RepairsCrossingRings) {
  // A bow tie: both wings are kept.
  const Cleaned r = cleaned({{ring({{0, 0}, {4, 4}, {4, 0}, {0, 4}}), {}}});
  ASSERT_THAT(ids(r.issues), ElementsAre("geo.repaired_crossing"));
  EXPECT_EQ(r.issues[0].severity, geo::Severity::warning);
  EXPECT_NEAR(r.issues[0].at->lon, 105.02, 1e-6);
  EXPECT_NEAR(r.issues[0].at->lat, 21.02, 1e-6);
  EXPECT_NEAR(geo::geodesic_area(r.shape) / (area_of(box(0, 0, 4, 4)) / 2), 1, 1e-3);
  for (const auto& polygon : r.shape) EXPECT_EQ(polygon.outer.size(), 3U);
}

TEST(Clean, RepairsHolesAndPartsInTheWrongPlace) {
  // Most often an island written as a ring of one polygon: it is land.
  Cleaned r = cleaned({{box(0, 0, 4, 4), {reversed(box(6, 6, 1, 1))}}});
  EXPECT_THAT(ids(r.issues), ElementsAre("geo.repaired_hole_outside"));
  EXPECT_NEAR(geo::geodesic_area(r.shape), area_of(box(0, 0, 4, 4)) + area_of(box(6, 6, 1, 1)), 1);

  r = cleaned({{box(0, 0, 8, 8), {reversed(box(1, 1, 4, 4)), reversed(box(2, 2, 1, 1))}}});
  EXPECT_THAT(ids(r.issues), ElementsAre("geo.repaired_nested_holes"));
  EXPECT_NEAR(geo::geodesic_area(r.shape), area_of(box(0, 0, 8, 8)) - area_of(box(1, 1, 4, 4)), 1);

  r = cleaned({{box(0, 0, 8, 8), {}}, {box(1, 1, 2, 2), {}}});
  EXPECT_THAT(ids(r.issues), ElementsAre("geo.repaired_nested_parts"));
  EXPECT_NEAR(geo::geodesic_area(r.shape), area_of(box(0, 0, 8, 8)), 1);

  r = cleaned({{box(0, 0, 8, 8), {}}, {box(0, 0, 8, 8), {}}});
  EXPECT_THAT(ids(r.issues), ElementsAre("geo.same_part_twice"));
  EXPECT_EQ(r.shape.size(), 1U);
}

TEST(Clean, SaysWhenNothingIsLeft) {
  for (const GeoShape& flat :
       {GeoShape{{ring({{0, 0}, {1, 1}}), {}}}, GeoShape{{ring({{0, 0}, {0, 0}, {0, 0}}), {}}},
        GeoShape{{ring({{0, 0}, {1, 1}, {2, 2}}), {}}}, GeoShape{{{}, {}}},
        GeoShape{{ring({{0, 0}, {1, 1}, {3, 3}, {2, 2}}), {}}}}) {
    const Cleaned r = cleaned(flat);
    EXPECT_TRUE(r.shape.empty());
    const auto left = std::find_if(r.issues.begin(), r.issues.end(), [](const Issue& i) {
      return i.message.id == "geo.no_area_left";
    });
    ASSERT_NE(left, r.issues.end());
    EXPECT_EQ(left->severity, geo::Severity::error);
  }
  EXPECT_TRUE(cleaned({}).issues.empty());  // the reader has spoken about those
}

TEST(Clean, FindsTheSameShapeUnderTwoNames) {
  Ring other = box(0, 0, 4, 4);
  std::rotate(other.begin(), other.begin() + 2, other.end());
  std::vector<NamedShape> shapes{{"A", 1, {{box(0, 0, 4, 4), {}}}},
                                 {"B", 2, {{other, {}}}},
                                 {"C", 3, {{box(4, 0, 4, 4), {}}}}};
  const Issues issues = geo::clean(shapes, "f");
  ASSERT_THAT(ids(issues), ElementsAre("geo.same_shape_twice"));
  EXPECT_EQ(issues[0].unit, "B");
  EXPECT_EQ(issues[0].message, geo::msg("geo.same_shape_twice", "A"));
}

TEST(Overlap, OfEdgeMatchedNeighboursIsNothing) {
  std::vector<NamedShape> grid;
  for (int x = 0; x < 5; ++x) {
    for (int y = 0; y < 5; ++y) {
      grid.push_back({std::to_string(x) + std::to_string(y), 0, {{box(x, y, 1, 1), {}}}});
    }
  }
  EXPECT_TRUE(geo::find_overlaps_and_slivers(grid, "f").empty());
}

TEST(Overlap, IsFoundWithItsAreaAndPlace) {
  const auto check = [](const Ring& a, const Ring& b, const Ring& common) {
    const Issues issues =
        geo::find_overlaps_and_slivers({{"A", 1, {{a, {}}}}, {"B", 2, {{b, {}}}}}, "f");
    ASSERT_THAT(ids(issues), ElementsAre("geo.overlap"));
    EXPECT_EQ(std::get<std::string>(issues[0].message.args[0]), "A");
    EXPECT_EQ(std::get<std::string>(issues[0].message.args[1]), "B");
    EXPECT_NEAR(std::get<double>(issues[0].message.args[2]) / area_of(common), 1, 1e-6);
    const auto [west, east] = std::minmax_element(common.begin(), common.end());
    EXPECT_GT(issues[0].at->lon, west->lon);
    EXPECT_LT(issues[0].at->lon, east->lon);
  };
  check(box(0, 0, 4, 4), box(3, 3, 4, 4), box(3, 3, 1, 1));  // corners
  check(box(0, 0, 4, 4), box(1, 1, 1, 1), box(1, 1, 1, 1));  // one inside
  check(box(1, 1, 1, 1), box(0, 0, 4, 4), box(1, 1, 1, 1));
  check(box(0, 0, 4, 4), box(0, 0, 4, 4), box(0, 0, 4, 4));  // the same
  check(box(0, 0, 4, 4), box(0, 0, 4, 2), box(0, 0, 4, 2));  // edges in common
  check(box(0, 1, 9, 1), box(3, 0, 1, 9), box(3, 1, 1, 1));  // a cross
}

TEST(Overlap, SeesAUnitThatCoversSeveral) {
  const Issues issues = geo::find_overlaps_and_slivers({{"A", 1, {{box(0, 0, 2, 2), {}}}},
                                                        {"B", 2, {{box(2, 0, 2, 2), {}}}},
                                                        {"C", 3, {{box(-1, -1, 9, 9), {}}}}},
                                                       "f");
  EXPECT_THAT(ids(issues), ElementsAre("geo.overlap", "geo.overlap"));
}

TEST(Overlap, BelowTheLeastAreaIsNotTold) {
  const std::vector<NamedShape> shapes{{"A", 1, {{box(0, 0, 4, 4), {}}}},
                                       {"B", 2, {{box(3.999, 3.999, 4, 4), {}}}}};  // 1.1 m²
  EXPECT_TRUE(geo::find_overlaps_and_slivers(shapes, "f").empty());
  EXPECT_EQ(geo::find_overlaps_and_slivers(shapes, "f", 1).size(), 1U);
}

TEST(Sliver, BetweenNeighboursIsFoundAndALakeIsNot) {
  // A and B share the ends of their border; between, a wedge of 20 m. A third unit far away.
  const Ring a = ring({{0, 0}, {4, 0}, {4, 4}, {0, 4}});
  const Ring b = ring({{4, 0}, {8, 0}, {8, 4}, {4, 4}, {4.02, 2}});
  const Issues issues = geo::find_overlaps_and_slivers(
      {{"A", 1, {{a, {}}}}, {"B", 2, {{b, {}}}}, {"C", 3, {{box(20, 20, 1, 1), {}}}}}, "f");
  ASSERT_THAT(ids(issues), ElementsAre("geo.sliver"));
  EXPECT_EQ(std::get<std::string>(issues[0].message.args[0]), "A; B");
  EXPECT_NEAR(
      std::get<double>(issues[0].message.args[1]) / area_of(ring({{4, 0}, {4.02, 2}, {4, 4}})), 1,
      1e-6);
  // The same place as a lake of 1 km is not a sliver.
  const Ring far = ring({{4, 0}, {8, 0}, {8, 4}, {4, 4}, {5, 2}});
  EXPECT_TRUE(
      geo::find_overlaps_and_slivers({{"A", 1, {{a, {}}}}, {"B", 2, {{far, {}}}}}, "f").empty());
}

TEST(Sliver, BetweenBordersDrawnTwice) {
  // Borders digitised apart cross each other: overlaps and gaps in turn.
  Ring a = ring({{0, 0}, {4, 0}}), b = ring({{8, 4}, {8, 0}, {4, 0}});
  std::reverse(b.begin(), b.end());
  for (int i = 1; i < 8; ++i) {
    a.push_back(at(4 + (i % 2 == 0 ? 0.02 : -0.02), i * 0.5));
    b.insert(b.begin(), at(4, i * 0.5));
  }
  a.push_back(at(4, 4));
  a.push_back(at(0, 4));
  b.insert(b.begin(), at(4, 4));
  const Issues issues =
      geo::find_overlaps_and_slivers({{"A", 1, {{a, {}}}}, {"B", 2, {{b, {}}}}}, "f");
  const auto all = ids(issues);
  EXPECT_EQ(std::count(all.begin(), all.end(), "geo.overlap"), 1);
  EXPECT_EQ(std::count(all.begin(), all.end(), "geo.sliver"), 4);
}

TEST(Overlap, OfThanhHoaIsWhatSpatiaLiteFinds) {
  const auto file =
      std::filesystem::path(PHUSONG_SHARED_DATA) / "boundaries/thanh_hoa_vn2000_shp.zip";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no shared data beside the repository";
  std::vector<NamedShape> shapes;
  for (auto& f : geo::read_layer(file, {}).features) {
    shapes.push_back({f.values[0], f.id, std::move(f.shape)});
  }
  const Issues cleaning = geo::clean(shapes, "f");
  for (const Issue& i : cleaning) EXPECT_EQ(i.severity, geo::Severity::info) << i.message.id;
  std::map<std::string, double> found;
  for (const Issue& i : geo::find_overlaps_and_slivers(shapes, "f")) {
    if (i.message.id != "geo.overlap") continue;
    auto a = std::get<std::string>(i.message.args[0]), b = std::get<std::string>(i.message.args[1]);
    found[std::min(a, b) + "+" + std::max(a, b)] = std::get<double>(i.message.args[2]);
  }
  // ST_Area(ST_Intersection(…)) of all pairs above 100 m², in EPSG:5897.
  const std::map<std::string, double> oracle{{"14845+14863", 416.82},
                                             {"14869+14890", 9825.27},
                                             {"14902+14908", 195.16},
                                             {"14902+15001", 2932.60},
                                             {"15019+15049", 1353.94}};
  ASSERT_EQ(found.size(), oracle.size());
  for (const auto& [pair, square_metres] : oracle) {
    EXPECT_NEAR(found[pair] / square_metres, 1, 2e-3) << pair;  // the scale of TM-3
  }
}

}  // namespace
