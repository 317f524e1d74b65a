#include "data/wkb.hpp"

#include <gtest/gtest.h>

#include "geo/error.hpp"
#include "tests/data/tiny_workspace.hpp"

namespace {

geo::GeoShape island_with_a_lake() {
  geo::GeoShape shape = tiny::square(103, 21);
  shape[0].holes.push_back({{103.02, 21.02}, {103.02, 21.04}, {103.04, 21.04}});
  shape.push_back(tiny::square(112, 16.5)[0]);
  return shape;
}

TEST(Wkb, ComesBackBitForBit) {
  const geo::GeoShape shape = island_with_a_lake();
  EXPECT_EQ(data::shape_from_wkb(data::to_wkb(shape)), shape);
  EXPECT_EQ(data::shape_from_wkb(data::to_wkb({})), geo::GeoShape{});
}

TEST(DbStored, IsWhatSpatiaLiteWrites) {
  auto workspace = data::Workspace::create(tiny::fresh("stored.phusong"));
  data::Statement row = workspace.database().prepare("SELECT GeomFromWKB(?, 4326)");
  row.bind_blob(1, data::to_wkb(island_with_a_lake()));
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.blob(0), data::to_stored(island_with_a_lake()));
  EXPECT_EQ(data::shape_from_stored(row.blob(0)), island_with_a_lake());
  // Other kinds are for AsBinary.
  data::Statement other = workspace.database().prepare(
      "SELECT CompressGeometry(GeomFromWKB(?1, 4326)), MakePoint(103, 21, 4326)");
  other.bind_blob(1, data::to_wkb(island_with_a_lake()));
  ASSERT_TRUE(other.step());
  EXPECT_FALSE(data::shape_from_stored(other.blob(0)));
  EXPECT_FALSE(data::shape_from_stored(other.blob(1)));
}

TEST(Wkb, StoredCutAnywhereIsAnErrorOrNothing) {
  const auto bytes = data::to_stored(island_with_a_lake());
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    try {
      EXPECT_FALSE(data::shape_from_stored({bytes.data(), n})) << n;
    } catch (const geo::Error&) {
    }
  }
}

TEST(Wkb, ReadsBigEndianPolygons) {
  std::vector<std::uint8_t> bytes{0, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 4};
  const std::uint8_t one[8] = {0x3f, 0xf0}, two[8] = {0x40}, zero[8] = {};
  for (const auto* number : {zero, zero, one, zero, one, two, zero, zero})
    bytes.insert(bytes.end(), number, number + 8);
  EXPECT_EQ(data::shape_from_wkb(bytes), (geo::GeoShape{{{{0, 0}, {1, 0}, {1, 2}}, {}}}));
}

TEST(Wkb, CutAnywhereItIsAnErrorAndNothingWorse) {
  const auto bytes = data::to_wkb(island_with_a_lake());
  for (std::size_t n = 0; n < bytes.size(); ++n)
    EXPECT_THROW(data::shape_from_wkb({bytes.data(), n}), geo::Error) << n;
  // A count that promises more than there can be asks for no memory.
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto damaged = bytes;
    damaged[i] = 0xff;
    try {
      data::shape_from_wkb(damaged);
    } catch (const geo::Error&) {
    }
  }
}

TEST(DbWkb, SpatialiteReadsAndWritesTheSame) {
  data::Workspace workspace = data::Workspace::create(tiny::fresh("wkb.sqlite"));
  data::Statement row = workspace.database().prepare(
      "SELECT AsBinary(GeomFromWKB(?1, 4326)), NumGeometries(GeomFromWKB(?1, 4326)),"
      " NumInteriorRing(GeometryN(GeomFromWKB(?1, 4326), 1)), IsValid(GeomFromWKB(?1, 4326))");
  row.bind_blob(1, data::to_wkb(island_with_a_lake()));
  ASSERT_TRUE(row.step());
  EXPECT_EQ(data::shape_from_wkb(row.blob(0)), island_with_a_lake());
  EXPECT_EQ(row.integer(1), 2);
  EXPECT_EQ(row.integer(2), 1);
  EXPECT_EQ(row.integer(3), 1);
}

}  // namespace
