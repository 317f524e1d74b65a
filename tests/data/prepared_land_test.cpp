#include "data/prepared_land.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "data/import.hpp"
#include "data/import_undo.hpp"
#include "tests/data/tiny_workspace.hpp"

namespace {

TEST(DbPreparedLand, IsTheLandOfTheCommunesOfToday) {
  auto workspace = data::Workspace::create(tiny::fresh("land.phusong"));
  tiny::Import import(workspace, "boundaries");
  import.today("00002", "Đông", 103.1);
  import.today("00001", "Tây", 103.0);
  import.done();
  const auto shapes = data::read_shapes(workspace.database());
  ASSERT_EQ(shapes.size(), 2U);
  EXPECT_EQ(shapes[0].front().outer.front().lon, 103.0);  // in the order of their codes
  EXPECT_EQ(shapes[1].front().outer.front().lon, 103.1);

  const auto land = data::load_land(workspace);
  ASSERT_EQ(land->boxes.size(), 2U);
  EXPECT_LT(land->boxes[0].centre().x, land->boxes[1].centre().x);
  EXPECT_EQ(data::complete_land(workspace, land)->version, land->version);

  workspace.set_setting("map_crs", "3405");
  EXPECT_EQ(data::load_land(workspace)->crs.epsg, 3405);
}

std::filesystem::path boundaries() {
  const auto file = tiny::fresh("land.geojson");
  std::ofstream(file) << R"({"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"code":"00002","name":"Đông"},"geometry":{"type":"Polygon",
     "coordinates":[[[103.1,21],[103.2,21],[103.2,21.1],[103.1,21.1],[103.1,21]]]}},
    {"type":"Feature","properties":{"code":"00001","name":"Tây"},"geometry":{"type":"Polygon",
     "coordinates":[[[103,21],[103.1,21],[103.1,21.1],[103,21.1],[103,21]]]}}]})";
  return file;
}

void import_boundaries(data::Workspace& workspace) {
  data::ImportOptions options;
  options.kind = data::ImportKind::boundaries;
  data::write_import(workspace, data::prepare_import(workspace, boundaries(), options));
}

TEST(DbPreparedLand, AnImportLeavesItPreparedInTheOrderOfCodesNotOfTheFile) {
  auto workspace = data::Workspace::create(tiny::fresh("imported.phusong"));
  import_boundaries(workspace);
  ASSERT_TRUE(data::is_prepared(workspace));
  const auto land = data::load_land(workspace);
  ASSERT_EQ(land->boxes.size(), 2U);
  EXPECT_LT(land->boxes[0].centre().x, land->boxes[1].centre().x);
  EXPECT_EQ(land->meshes.size(), 2U);
  // The finer levels and full borders agree with the shapes.
  const auto whole = data::complete_land(workspace, land);
  ASSERT_TRUE(whole->hits);
  EXPECT_EQ(whole->meshes.size(), geo::level_sides.size());
  EXPECT_EQ(whole->hits->unit_at({103.05, 21.05}), 0U);
  EXPECT_EQ(whole->hits->unit_at({103.15, 21.05}), 1U);
  // The areas were measured on the way.
  data::Statement areas = workspace.database().prepare(
      "SELECT count(*) FROM unit_state WHERE area_m2 BETWEEN 114e6 AND 116e6");
  ASSERT_TRUE(areas.step());
  EXPECT_EQ(areas.integer(0), 2);
}

TEST(DbPreparedLand, IsNoticedToBeOutOfDateWhoeverChangesABoundary) {
  auto workspace = data::Workspace::create(tiny::fresh("edited.phusong"));
  import_boundaries(workspace);
  const auto before = data::load_land(workspace);
  workspace.database().execute(
      "UPDATE unit_state SET geom = ShiftCoords(geom, 0.5, 0) WHERE name = 'Đông'");
  EXPECT_FALSE(data::is_prepared(workspace));
  const auto after = data::load_land(workspace);
  EXPECT_GT(after->boxes[1].centre().x, before->boxes[1].centre().x + 40'000);
  EXPECT_EQ(after->boxes[0], before->boxes[0]);
  data::prepare_land(workspace);
  EXPECT_TRUE(data::is_prepared(workspace));
}

/// A cache folder in which nothing is.
void use_empty_cache(const std::string& name) {
  setenv("PHUSONG_CACHE", tiny::fresh(name).c_str(), 1);
}

TEST(DbPreparedLand, DamagedRowsAreIgnoredAndMadeAgain) {
  auto workspace = data::Workspace::create(tiny::fresh("damaged.phusong"));
  import_boundaries(workspace);
  int round = 0;
  for (const char* damage : {"zeroblob(10)", "zeroblob(length(bytes))", "x''"}) {
    use_empty_cache("damaged_cache_" + std::to_string(round++));
    workspace.database().execute(std::string("UPDATE prepared_land SET bytes = ") + damage);
    EXPECT_FALSE(data::is_prepared(workspace));
    const auto land = data::load_land(workspace);
    ASSERT_EQ(land->boxes.size(), 2U) << damage;
    EXPECT_EQ(land->meshes.size(), 2U);
    data::prepare_land_apart(workspace);
    EXPECT_TRUE(data::is_prepared(workspace)) << "mended";
  }
}

TEST(DbPreparedLand, OneOfOtherUnitsOrUnderAKeyThatLeadsElsewhereIsNotTaken) {
  auto workspace = data::Workspace::create(tiny::fresh("foreign.phusong"));
  import_boundaries(workspace);
  workspace.database().execute(
      "PRAGMA foreign_keys = OFF; DELETE FROM unit_state WHERE name = 'Đông';"
      "UPDATE prepared_land SET stamp = (SELECT version FROM stamp WHERE what = 'land')");
  EXPECT_FALSE(data::is_prepared(workspace)) << "of two communes, where there is one";
  EXPECT_EQ(data::load_land(workspace)->boxes.size(), 1U);
  data::prepare_land_apart(workspace);
  ASSERT_TRUE(data::is_prepared(workspace));
  workspace.database().execute(
      "UPDATE prepared_land SET key = '../../../../../../../../../../etc/'");
  EXPECT_FALSE(data::is_prepared(workspace));
  EXPECT_EQ(data::load_land(workspace)->boxes.size(), 1U);
}

TEST(DbPreparedLand, AnotherMapCrsIsPreparedAnew) {
  auto workspace = data::Workspace::create(tiny::fresh("moved.phusong"));
  import_boundaries(workspace);
  workspace.set_setting("map_crs", "3405");
  EXPECT_FALSE(data::is_prepared(workspace));
  data::prepare_land_apart(workspace);
  EXPECT_TRUE(data::is_prepared(workspace));
  EXPECT_EQ(data::load_land(workspace)->crs.epsg, 3405);
}

TEST(DbPreparedLand, AMomentStaysWhateverOthersWrite) {
  const auto file = tiny::fresh("moment.phusong");
  auto workspace = data::Workspace::create(file);
  import_boundaries(workspace);
  auto reader = data::Workspace::open_for_reading(file);
  const data::OneMoment moment(reader.database());
  const auto dataset = reader.load();
  ASSERT_EQ(dataset->communes.size(), 2U);
  EXPECT_TRUE(data::take_back_last_import(workspace));
  EXPECT_EQ(data::load_land(reader)->boxes.size(), dataset->communes.size());
}

TEST(DbPreparedLand, AnUndoneImportLeavesTheLandBefore) {
  auto workspace = data::Workspace::create(tiny::fresh("undone.phusong"));
  import_boundaries(workspace);
  EXPECT_TRUE(data::take_back_last_import(workspace));
  EXPECT_TRUE(data::load_land(workspace)->boxes.empty());
}

TEST(DbPreparedLand, LookingAtAReadOnlyFileWritesNothing) {
  const auto file = tiny::fresh("looked.phusong");
  {
    auto workspace = data::Workspace::create(file);
    import_boundaries(workspace);
    workspace.database().execute("DELETE FROM prepared_land");
  }
  auto looked = data::Workspace::open_for_reading(file);
  EXPECT_EQ(data::load_land(looked)->boxes.size(), 2U);
  EXPECT_FALSE(data::is_prepared(looked));
}

}  // namespace
