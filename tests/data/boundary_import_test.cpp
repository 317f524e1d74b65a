#include <gtest/gtest.h>

#include "data/dataset.hpp"
#include "data/import_undo.hpp"
#include "geo/error.hpp"
#include "tests/data/small_workspace.hpp"

namespace data {
namespace {

using test::collection;
using test::count;
using test::first;
using test::ids;
using test::imported;
using test::prepared;
using test::square;
using test::written;

Workspace empty(const std::string& name) {
  const auto file = test::scratch_file(name + ".sqlite");
  for (const char* end : {"", "-wal", "-shm"})
    std::filesystem::remove(std::filesystem::path(file) += end);
  return Workspace::create(file);
}

TEST(DbBoundaryImport, CodesAsNumbersAndNamesWithKindsAreUnderstood) {
  auto w = empty("land_codes");
  // A square of 0.1° at 21° N measures about 115.1 km².
  const auto p = imported(
      w,
      written(
          "land.geojson",
          collection(square(R"("ma_xa":3127,"ten":"P. Him Lam","dien_tich":115.1)", 103, 21) + "," +
                     square(R"("ma_xa":3130,"ten":"Xã Mường Phăng","dien_tich":99.9)", 103.1, 21))),
      ImportKind::boundaries, [] {
        ImportOptions o;
        o.columns.code = "ma_xa";
        o.columns.name = "ten";
        return o;
      }());
  ASSERT_EQ(p.added, 2) << ids(p.issues);
  EXPECT_EQ(first(p.issues, "data.zeros_restored")->message, geo::msg("data.zeros_restored", 2));
  const auto dataset = w.load();
  EXPECT_EQ(dataset->communes[0].code.text, "03127");
  EXPECT_EQ(dataset->communes[0].name, "Him Lam");
  EXPECT_EQ(dataset->communes[0].kind, "phường");
  EXPECT_EQ(dataset->communes[1].full_name, "Xã Mường Phăng");
}

TEST(DbBoundaryImport, WhatIsWrongIsListedAndTheRestTaken) {
  auto w = empty("land_wrong");
  const auto p = imported(
      w,
      written(
          "wrong.geojson",
          collection(
              square(R"("code":"00011","name":"Một","area_km2":115.1)", 103, 21) + "," +
              square(R"("code":"00011","name":"Hai","area_km2":115.1)", 103.1, 21) + "," +
              square(R"("code":null,"name":"Ba","area_km2":115.1)", 103.2, 21) + "," +
              square(R"("code":"00014","name":null,"area_km2":200)", 103.3, 21) + "," +
              R"({"type":"Feature","properties":{"code":"00015","name":"Năm"},"geometry":null})")),
      ImportKind::boundaries);
  EXPECT_EQ(p.added, 2) << ids(p.issues);
  EXPECT_EQ(p.refused, 3);
  EXPECT_EQ(count(p.issues, "data.boundary_code_twice"), 1u);
  EXPECT_EQ(count(p.issues, "data.boundary_without_code"), 1u);
  EXPECT_EQ(count(p.issues, "data.boundary_without_name"), 1u);
  EXPECT_EQ(count(p.issues, "data.area_differs"), 1u) << ids(p.issues);
  EXPECT_EQ(w.load()->communes.size(), 2u);
}

TEST(DbBoundaryImport, TheSameFileTwiceChangesNothingAndAMovedBorderIsUndone) {
  auto w = test::small_workspace("land_again");
  const auto before = test::dump(w);
  EXPECT_FALSE(write_import(
      w, prepared(w, test::scratch_file("land_again.geojson"), ImportKind::boundaries)));
  EXPECT_EQ(test::dump(w), before);
  const auto moved = imported(
      w,
      written("moved.geojson",
              collection(
                  square(R"("code":"00011","name":"An Hòa","full_name":"Xã An Hòa")", 103.02, 21))),
      ImportKind::boundaries);
  EXPECT_EQ(moved.changed, 1) << ids(moved.issues);
  auto dataset = w.load();
  EXPECT_EQ(dataset->communes.size(), 2u);
  EXPECT_GE(dataset->communes[0].province, 0);  // what the second file does not say stays
  EXPECT_EQ(data::take_back_last_import(w)->source.file, "moved.geojson");
  EXPECT_EQ(test::dump(w), before);
}

TEST(DbBoundaryImport, BrokenFilesLeaveTheWorkspaceAsItWas) {
  auto w = test::small_workspace("land_broken");
  const auto before = test::dump(w);
  for (const auto& file :
       {written("vrt.geojson", "<OGRVRTDataSource><OGRVRTLayer name=\"a\"/></OGRVRTDataSource>"),
        written("cut.zip", "PK\x03\x04 nothing"), written("cut.geojson", R"({"type":"FeatureColl)"),
        test::scratch_file("absent.gpkg"),
        std::filesystem::path("/vsicurl/http://example.org/a.geojson"),
        std::filesystem::path("http://example.org/a.geojson")}) {
    EXPECT_THROW(prepared(w, file, ImportKind::boundaries), geo::Error) << file;
  }
  EXPECT_EQ(test::dump(w), before);
}

}  // namespace
}  // namespace data
