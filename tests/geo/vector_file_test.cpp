#include "geo/vector_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "geo/crs.hpp"
#include "geo/error.hpp"
#include "tests/geo/files_by_hand.hpp"

namespace {

namespace fs = std::filesystem;
using files::TempFolder;
using geo::Error;
using geo::ErrorKind;
using geo::Layer;
using testing::ElementsAre;

const std::string square =
    R"({"type":"Polygon","coordinates":[[[103,21],[103.1,21],[103.1,21.1],[103,21.1],[103,21]]]})";

std::vector<std::string> ids(const Layer& layer) {
  std::vector<std::string> out;
  for (const auto& issue : layer.issues) out.push_back(issue.message.id);
  return out;
}

/// The Error that reading throws; also checks that it names the file and a remedy.
Error refusal(const fs::path& file, const geo::ReadOptions& options = {}) {
  try {
    geo::read_layer(file, options);
  } catch (const Error& e) {
    EXPECT_NE(e.where.find(file.filename().string()), std::string::npos) << e.what();
    EXPECT_FALSE(e.remedy.id.empty());
    return e;
  }
  ADD_FAILURE() << "was read: " << file;
  return Error(ErrorKind::internal, {}, "", {});
}

TEST(VectorFile, ReadsValuesAsTrimmedNfcText) {
  const TempFolder folder;
  const auto file = folder.write(
      "xa.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":)"
                    "{\"code\":\"03127\",\"name\":\"  Mu\u031bo\u031b\u0300ng Nhe\u0301 "
                    "\",\"n\":3.5,\"none\":null},"
                    R"("geometry":)" +
                        square + "}]}");
  const Layer layer = geo::read_layer(file, {});
  EXPECT_THAT(layer.columns, ElementsAre("code", "name", "n", "none"));
  ASSERT_EQ(layer.features.size(), 1U);
  EXPECT_THAT(layer.features[0].values, ElementsAre("03127", "Mường Nhé", "3.5", ""));
  EXPECT_EQ(layer.features[0].shape[0].outer.size(), 4U);
  EXPECT_EQ(layer.crs, "EPSG:4326 WGS 84");
  EXPECT_TRUE(layer.issues.empty());
}

TEST(VectorFile, TakesNonFiniteCoordinatesOutAndSaysSo) {
  const TempFolder folder;
  for (const char* bad : {"NaN", "Infinity", "-Infinity", "1e400", "-1e999"}) {
    const auto file = folder.write(
        "xa.geojson",
        files::geojson_of({R"({"type":"Polygon","coordinates":[[[103,21],[103.1,21],[)" +
                               std::string(bad) + R"(,21.05],[103.1,21.1],[103,21.1],[103,21]]]})",
                           square}));
    const Layer layer = geo::read_layer(file, {});
    ASSERT_EQ(layer.features.size(), 2U) << bad;
    EXPECT_EQ(layer.features[0].shape[0].outer.size(), 4U) << bad;
    EXPECT_THAT(ids(layer), ElementsAre("geo.points_not_finite")) << bad;
    EXPECT_EQ(layer.issues[0].row, layer.features[0].id);
    EXPECT_EQ(layer.issues[0].file, file.string());
  }
}

TEST(VectorFile, KeepsFeaturesWithoutAreaAndSaysSo) {
  const TempFolder folder;
  const auto file = folder.write(
      "xa.geojson",
      files::geojson_of({square, "null", R"({"type":"Polygon","coordinates":[]})",
                         R"({"type":"Point","coordinates":[103,21]})",
                         R"({"type":"GeometryCollection","geometries":[)" + square +
                             R"(,{"type":"Point","coordinates":[103,21]}]})",
                         R"({"type":"Polygon","coordinates":[[[NaN,NaN],[NaN,1],[1,NaN]]]})"}));
  const Layer layer = geo::read_layer(file, {});
  ASSERT_EQ(layer.features.size(), 6U);
  for (std::size_t i : {1U, 2U, 3U, 5U}) EXPECT_TRUE(layer.features[i].shape.empty()) << i;
  EXPECT_EQ(layer.features[4].shape.size(), 1U);
  const auto all = ids(layer);
  EXPECT_EQ(std::count(all.begin(), all.end(), "geo.geometry_empty"), 4);
  EXPECT_EQ(std::count(all.begin(), all.end(), "geo.not_an_area"), 2);
}

TEST(VectorFile, ReadsDirtyRingsAsTheyAre) {
  const TempFolder folder;
  const auto file = folder.write(
      "xa.json",
      files::geojson_of(
          {R"({"type":"Polygon","coordinates":[[[103,21],[104,22],[104,21],[103,22],[103,21]]]})",
           R"({"type":"Polygon","coordinates":[[[103,21],[104,21],[104,22],[103,21]],)"
           R"([[103.5,21.1],[103.6,21.1],[103.6,21.2],[103.5,21.1]],)"
           R"([[103.55,21.12],[103.58,21.12],[103.58,21.15],[103.55,21.12]]]})",
           R"({"type":"Polygon","coordinates":[[[103,21],[104,21],[104,22]]]})"}));
  const Layer layer = geo::read_layer(file, {});
  EXPECT_EQ(layer.features[0].shape[0].outer.size(), 4U);
  EXPECT_EQ(layer.features[1].shape[0].holes.size(), 2U);
  EXPECT_EQ(layer.features[2].shape[0].outer.size(), 3U);
  EXPECT_THAT(ids(layer), ElementsAre("geo.rings_closed"));
}

TEST(VectorFile, RefusesWhatIsNotAFileOfBoundaries) {
  const TempFolder folder;
  EXPECT_EQ(refusal(folder.path() / "khong_co.gpkg").message.id, "geo.file_missing");
  EXPECT_EQ(refusal(folder.path()).message.id, "geo.not_a_file");
  EXPECT_EQ(refusal(folder.write("rong.geojson", "")).message.id, "geo.file_empty");
  EXPECT_EQ(refusal(folder.write("bang.csv", "a,b\n1,2\n")).message.id, "geo.format_unknown");
  EXPECT_EQ(refusal(folder.write("a.vrt", "<OGRVRTDataSource/>")).message.id, "geo.format_unknown");
  const std::string points = R"({"type":"Point","coordinates":[103,21]})";
  EXPECT_EQ(refusal(folder.write("diem.geojson", files::geojson_of({points, points}))).message.id,
            "geo.no_areas");
  EXPECT_EQ(refusal(folder.write("none.geojson", files::geojson_of({}))).message.id,
            "geo.no_features");
  for (const char* name : {"/vsicurl/http://example.org/a.geojson", "http://example.org/a.geojson",
                           "/vsizip/a.zip/b.shp", "/vsimem/a.gpkg", "/vsistdin/"}) {
    EXPECT_EQ(refusal(name).message.id, "geo.not_on_this_computer") << name;
  }
}

TEST(VectorFile, OpensNothingButWhatTheNameSays) {
  const TempFolder folder;
  const auto real = folder.write("real.geojson", files::geojson_of({square}));
  const std::string vrt = "<OGRVRTDataSource><OGRVRTLayer name=\"real\"><SrcDataSource>" +
                          real.string() + "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>";
  for (const char* name : {"a.geojson", "a.kml", "a.gpkg", "a.fgb", "a.tab", "a.mif", "a.sqlite"}) {
    EXPECT_EQ(refusal(folder.write(name, vrt)).message.id, "geo.cannot_open") << name;
  }
  EXPECT_EQ(refusal(folder.write("b.gpkg", files::geojson_of({square}))).message.id,
            "geo.cannot_open");
  EXPECT_EQ(refusal(folder.write("b.geojson", "\"http://example.org/a.geojson\"")).message.id,
            "geo.cannot_open");
  EXPECT_EQ(refusal(folder.write("b.shp", "no shapes here")).message.id, "geo.cannot_open");
}

TEST(VectorFile, FiltersAndRefusesAWrongCondition) {
  const TempFolder folder;
  const auto file = folder.write("xa.geojson", files::geojson_of({square, square, square}));
  EXPECT_EQ(
      geo::read_layer(file, {.layer = "", .where = "code = '03101'", .epsg = {}}).features.size(),
      1U);
  EXPECT_EQ(refusal(file, {.layer = "", .where = "no_such = 1", .epsg = {}}).kind,
            ErrorKind::usage);
  EXPECT_EQ(refusal(file, {.layer = "", .where = "code = '1'", .epsg = {}}).message.id,
            "geo.no_features");
  EXPECT_EQ(refusal(file, {.layer = "huyen", .where = "", .epsg = {}}).message.id,
            "geo.no_such_layer");
}

TEST(VectorFile, ReadsKml) {
  const TempFolder folder;
  const auto file = folder.write(
      "xa.kml",
      R"(<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>)"
      R"(<name>xa</name><Placemark><name>Xã Sín Thầu</name><ExtendedData><Data name="code"><value>)"
      R"(03158</value></Data></ExtendedData><Polygon><outerBoundaryIs><LinearRing><coordinates>)"
      R"(102.1,22.4 102.3,22.4 102.3,22.5 102.1,22.4</coordinates></LinearRing></outerBoundaryIs>)"
      R"(</Polygon></Placemark></Document></kml>)");
  const Layer layer = geo::read_layer(file, {});
  ASSERT_EQ(layer.features.size(), 1U);
  EXPECT_EQ(layer.features[0].shape[0].outer.size(), 3U);
  EXPECT_THAT(layer.features[0].values, testing::Contains("Xã Sín Thầu"));
  EXPECT_THAT(layer.features[0].values, testing::Contains("03158"));
}

TEST(VectorFile, CanBeCancelled) {
  const TempFolder folder;
  const auto file = folder.write("xa.geojson", files::geojson_of({square}));
  const geo::Progress no{[](double, const geo::Message&) { return false; }};
  EXPECT_THROW(geo::read_layer(file, {}, no), geo::Cancelled);
}

TEST(VectorFile, WritesNothingBesideTheInput) {
  const auto shared = fs::path(PHUSONG_SHARED_DATA) / "boundaries/dien_bien.gpkg";
  const TempFolder folder;
  const auto shape = files::shapefile_of({{{{103, 21}, {103, 22}, {104, 22}, {103, 21}}}}, {"A"});
  const auto shp = folder.write("xa.shp", shape.shp);
  folder.write("xa.shx", shape.shx);
  folder.write("xa.dbf", shape.dbf);
  const auto json = folder.write("xa.geojson", files::geojson_of({square}));
  std::vector<fs::path> all{shp, json};
  if (fs::exists(shared)) {
    fs::copy_file(shared, folder.path() / "a.gpkg");
    fs::permissions(folder.path() / "a.gpkg", fs::perms::owner_write, fs::perm_options::add);
    // A GeoPackage that was last used in WAL mode, as QGIS leaves them.
    std::fstream header(folder.path() / "a.gpkg", std::ios::in | std::ios::out | std::ios::binary);
    header.seekp(18);
    header << '\x02' << '\x02';
    all.push_back(folder.path() / "a.gpkg");
  }
  const auto before = folder.names();
  for (const auto& file : all) {
    geo::list_layers(file);
    EXPECT_FALSE(geo::read_layer(file, {}).features.empty());
    EXPECT_EQ(folder.names(), before) << file;
  }
}

}  // namespace
