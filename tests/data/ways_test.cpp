#include "data/ways.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "data/import.hpp"
#include "data/import_undo.hpp"
#include "data/wkb.hpp"
#include "geo/error.hpp"
#include "tests/data/version_one.hpp"

namespace {

using data::ImportKind;
using data::ImportOptions;
using data::Workspace;

std::filesystem::path written(const std::string& name, const std::string& text) {
  const auto file = tiny::fresh(name);
  std::ofstream(file) << text;
  return file;
}

std::string roads_json(const std::string& lines) {
  return R"({"type":"FeatureCollection","features":[)" + lines + "]}";
}
std::string road(const std::string& kind, const std::string& coordinates,
                 const std::string& speed = "null") {
  return R"({"type":"Feature","properties":{"loai":")" + kind + R"(","toc_do":)" + speed +
         R"(},"geometry":{"type":"LineString","coordinates":)" + coordinates + "}}";
}

Workspace with_communes(const std::string& name) {
  auto workspace = Workspace::create(tiny::fresh(name));
  tiny::Import import(workspace, "boundaries");
  import.today("00001", "Tây", 103.0);
  import.today("00002", "Đông", 103.1);
  import.done();
  return workspace;
}

data::PendingImport prepared(Workspace& workspace, const std::filesystem::path& file,
                             ImportKind kind, ImportOptions options = {}) {
  options.kind = kind;
  return data::prepare_import(workspace, file, options);
}

std::vector<std::string> ids(const geo::Issues& issues) {
  std::vector<std::string> out;
  for (const auto& issue : issues) out.push_back(issue.message.id);
  return out;
}

TEST(DbWays, RoadsComeReplaceAndGoAgain) {
  auto workspace = with_communes("roads.phusong");
  const auto first = written(
      "roads.geojson", roads_json(road("quốc lộ", "[[103,21],[103.1,21.05],[103.2,21]]", "45") +
                                  "," + road("đường mòn", "[[103.1,21.05],[103.1,21.1]]") + "," +
                                  road("xe máy", "[[103.15,21.08],[103.16,21.08]]") + "," +
                                  road("quốc lộ", "[[108,12],[108.1,12]]")));
  auto pending = prepared(workspace, first, ImportKind::roads);
  EXPECT_EQ(pending.preview.added, 3);
  EXPECT_EQ(pending.preview.fields.at(0).heading, "loai");
  EXPECT_EQ(pending.preview.fields.at(1).heading, "toc_do");
  EXPECT_THAT(ids(pending.preview.issues),
              testing::UnorderedElementsAre("data.roads_cut", "geo.road_pieces", "geo.road_piece"));
  const auto source = data::write_import(workspace, pending);
  ASSERT_TRUE(source.has_value());
  EXPECT_EQ(source->kind, "roads");
  EXPECT_EQ(source->file, "roads.geojson");
  EXPECT_EQ(source->rows, 3);
  const auto roads = data::load_roads(workspace.database());
  ASSERT_EQ(roads.size(), 3U);
  EXPECT_EQ(roads[0].speed_kmh, 45);
  EXPECT_EQ(roads[0].points.size(), 3U);
  EXPECT_EQ(roads[1].way, geo::RoadClass::foot);
  EXPECT_EQ(roads[2].way, geo::RoadClass::motorbike);
  EXPECT_EQ(data::info_of_ways(workspace).lines, 3U);
  EXPECT_NEAR(data::info_of_ways(workspace).km, 23.7 + 5.5 + 1, 0.5);

  // The same again changes nothing; a command line and a window look at the same file.
  EXPECT_EQ(data::guess_import_kind(first), ImportKind::roads);
  pending = prepared(workspace, first, ImportKind::roads);
  EXPECT_EQ(pending.preview.same, 3);
  EXPECT_FALSE(data::write_import(workspace, pending).has_value());

  const auto second =
      written("more.geojson", roads_json(road("quốc lộ", "[[103,21],[103.2,21.1]]")));
  pending = prepared(workspace, second, ImportKind::roads);
  EXPECT_THAT(ids(pending.preview.issues), testing::Contains("data.roads_replaced"));
  ASSERT_TRUE(data::write_import(workspace, pending).has_value());
  EXPECT_EQ(data::load_roads(workspace.database()).size(), 1U);
  EXPECT_EQ(tiny::count(workspace, "map_road"), 1);
  EXPECT_EQ(tiny::count(workspace, "road"), 4);

  EXPECT_EQ(data::take_back_last_import(workspace)->source.kind, "roads");
  EXPECT_EQ(data::load_roads(workspace.database()), roads);
  EXPECT_EQ(data::take_back_last_import(workspace)->source.kind, "roads");
  EXPECT_TRUE(data::load_roads(workspace.database()).empty());
  EXPECT_EQ(tiny::count(workspace, "road"), 0);
  EXPECT_EQ(data::info_of_ways(workspace).km, 0);
}

TEST(DbWays, LooseEndsAreJoinedAsFarAsToldTo) {
  auto workspace = with_communes("loose.phusong");
  const auto file = written(  // 5 m short of the other road
      "loose.geojson", roads_json(road("quốc lộ", "[[103,21],[103.2,21]]") + "," +
                                  road("quốc lộ", "[[103.1,21.000045],[103.1,21.1]]")));
  EXPECT_THAT(ids(prepared(workspace, file, ImportKind::roads).preview.issues),
              testing::Contains("geo.road_pieces"));
  ImportOptions wide;
  wide.snap = 10;
  EXPECT_THAT(ids(prepared(workspace, file, ImportKind::roads, wide).preview.issues),
              testing::ElementsAre("geo.road_ends_joined"));
}

TEST(DbWays, RoadsElsewhereAreRefused) {
  auto workspace = with_communes("elsewhere.phusong");
  const auto file = written("far.geojson", roads_json(road("quốc lộ", "[[108,12],[108.1,12]]")));
  try {
    prepared(workspace, file, ImportKind::roads);
    ADD_FAILURE();
  } catch (const geo::Error& e) {
    EXPECT_EQ(e.message.id, "data.roads_elsewhere");
  }
  ImportOptions options;
  options.mapping["class"] = "-";
  const auto near = written("near.geojson", roads_json(road("xe máy", "[[103,21],[103.1,21]]")));
  const auto pending = prepared(workspace, near, ImportKind::roads, options);
  EXPECT_FALSE(pending.preview.fields.at(0).column.has_value()) << "told not to";
}

TEST(DbWays, QgisFindsTheRoads) {
  auto workspace = with_communes("layers.phusong");
  auto row = workspace.database().prepare(
      "SELECT (SELECT count(*) FROM views_geometry_columns WHERE view_name = 'map_road'),"
      " (SELECT geometry_type FROM geometry_columns WHERE f_table_name = 'road')");
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.integer(0), 1);
  EXPECT_EQ(row.integer(1), 2) << "LINESTRING";
}

std::string ascii(const std::string& cells) {
  return "ncols 3\nnrows 2\nxllcorner 102.9\nyllcorner 20.9\ncellsize 0.15\nNODATA_value -9999\n" +
         cells;
}

TEST(DbWays, HeightsComeReplaceAndGoAgain) {
  auto workspace = with_communes("heights.phusong");
  const auto file = written("cao.asc", ascii("100 200 300\n400 -9999 600\n"));
  EXPECT_EQ(data::guess_import_kind(file), ImportKind::elevation);
  const auto pending = prepared(workspace, file, ImportKind::elevation);
  EXPECT_EQ(pending.preview.added, 1);
  ASSERT_TRUE(data::write_import(workspace, pending).has_value());
  const auto first = data::load_elevation(workspace.database());
  ASSERT_TRUE(first.has_value());
  EXPECT_GE(first->min.lon, 102.9);
  EXPECT_LE(first->max.lon, 103.35 + 1e-9);
  EXPECT_EQ(data::info_of_ways(workspace).cells, first->columns * first->rows);
  const auto heights = std::minmax_element(first->cells.begin(), first->cells.end());
  EXPECT_EQ(*heights.first, geo::ElevationGrid::unknown);
  EXPECT_LE(*heights.second, 600);
  EXPECT_GE(*heights.second, 300);
  EXPECT_FALSE(
      data::write_import(workspace, prepared(workspace, file, ImportKind::elevation)).has_value());

  const auto other = written("khac.asc", ascii("1 2 3\n4 5 6\n"));
  ASSERT_TRUE(data::write_import(workspace, prepared(workspace, other, ImportKind::elevation)));
  EXPECT_NE(data::load_elevation(workspace.database()), first);
  data::take_back_last_import(workspace);
  EXPECT_EQ(data::load_elevation(workspace.database()), first);
  data::take_back_last_import(workspace);
  EXPECT_FALSE(data::load_elevation(workspace.database()).has_value());
}

TEST(DbWays, HeightsNeedCommunes) {
  auto workspace = Workspace::create(tiny::fresh("empty.phusong"));
  EXPECT_THROW(
      prepared(workspace, written("cao.asc", ascii("1 2 3\n4 5 6\n")), ImportKind::elevation),
      geo::Error);
}

TEST(DbWays, DamagedHeightsAreNone) {
  auto workspace = with_communes("damaged.phusong");
  data::write_import(workspace, prepared(workspace, written("cao.asc", ascii("1 2 3\n4 5 6\n")),
                                         ImportKind::elevation));
  workspace.database().execute("UPDATE elevation SET columns = 4000000000");
  EXPECT_FALSE(data::load_elevation(workspace.database()).has_value());
  workspace.database().execute("UPDATE elevation SET columns = 2, rows = 2, cells = x'00'");
  EXPECT_FALSE(data::load_elevation(workspace.database()).has_value());
}

TEST(DbWays, AnOldWorkspaceTakesRoadsAndPlans) {
  const auto file = tiny::fresh("old_ways.phusong");
  version_one::write(file);
  auto workspace = Workspace::open(file);
  const auto roads = written("r.geojson", roads_json(road("quốc lộ", "[[103,21],[103.2,21]]")));
  ASSERT_TRUE(data::write_import(workspace, prepared(workspace, roads, ImportKind::roads)));
  EXPECT_EQ(tiny::count(workspace, "map_road"), 1);
  const std::string insert =
      "INSERT INTO plan (name, wishes, made_at, changed_at) VALUES ('A', '{}', 'x', 'x')";
  workspace.database().execute(insert);
  EXPECT_THROW(workspace.database().execute(insert), geo::Error) << "names are given once";
}

TEST(Wkb, LinesThereAndBack) {
  const std::vector<geo::LonLat> line{{103, 21}, {103.5, 21.25}, {104, 21}};
  EXPECT_EQ(data::line_from_wkb(data::line_to_wkb(line)), line);
  auto bytes = data::line_to_wkb(line);
  bytes.resize(bytes.size() - 1);
  EXPECT_THROW(data::line_from_wkb(bytes), geo::Error);
  EXPECT_THROW(data::line_from_wkb(data::to_wkb(tiny::square(103, 21))), geo::Error);
}

}  // namespace
