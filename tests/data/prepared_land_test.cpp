#include "data/prepared_land.hpp"

#include <gtest/gtest.h>

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

}  // namespace
