// Shapefiles and archives: what is missing from them, and what should not be in them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <random>
#include <set>

#include "geo/clean.hpp"
#include "geo/crs.hpp"
#include "geo/error.hpp"
#include "geo/land.hpp"
#include "geo/vector_file.hpp"
#include "tests/geo/files_by_hand.hpp"

namespace {

namespace fs = std::filesystem;
using files::Points;
using files::TempFolder;
using files::ZipEntry;
using geo::CrsOrigin;
using geo::Error;
using geo::Layer;
using testing::ElementsAre;

Points box(double x, double y, double size) {
  return {{x, y}, {x, y + size}, {x + size, y + size}, {x + size, y}, {x, y}};
}

std::vector<std::string> ids(const Layer& layer) {
  std::vector<std::string> out;
  for (const auto& issue : layer.issues) out.push_back(issue.message.id);
  return out;
}

std::vector<ZipEntry> entries(const std::string& stem, const files::Shapefile& shape,
                              const std::string& prj = "") {
  std::vector<ZipEntry> out;
  const auto add = [&](const char* extension, const std::string& bytes) {
    auto& entry = out.emplace_back();
    entry.name = stem + extension;
    entry.bytes = bytes;
  };
  add(".shp", shape.shp);
  add(".shx", shape.shx);
  add(".dbf", shape.dbf);
  if (!prj.empty()) add(".prj", prj);
  return out;
}

const std::string wgs84 =
    R"(GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],)"
    R"(PRIMEM["Greenwich",0],UNIT["Degree",0.017453292519943295]])";
const std::string tm3_105 =
    R"(PROJCS["VN_2000_TM-3_105",GEOGCS["GCS_VN-2000",DATUM["D_Vietnam_2000",)"
    R"(SPHEROID["WGS_1984",6378137,298.257223563]],PRIMEM["Greenwich",0],)"
    R"(UNIT["Degree",0.017453292519943295]],PROJECTION["Transverse_Mercator"],)"
    R"(PARAMETER["False_Easting",500000],PARAMETER["False_Northing",0],)"
    R"(PARAMETER["Central_Meridian",105],PARAMETER["Scale_Factor",0.9999],)"
    R"(PARAMETER["Latitude_Of_Origin",0],UNIT["Meter",1]])";

Layer read(const std::vector<ZipEntry>& zip, const geo::ReadOptions& options = {}) {
  const TempFolder folder;
  return geo::read_layer(folder.write("xa.zip", files::zip_of(zip)), options);
}
std::string refusal(const std::vector<ZipEntry>& zip) {
  try {
    read(zip);
  } catch (const Error& e) {
    EXPECT_NE(e.where.find("xa.zip"), std::string::npos);
    return e.message.id;
  }
  return "was read";
}

TEST(Shapefile, ZippedWithAPrjIsReadInIt) {
  const auto shape =
      files::shapefile_of({{box(5e5, 2.2e6, 1e4)}, {box(5.1e5, 2.2e6, 1e4)}}, {"Xã Một", "Xã Hai"});
  const Layer layer = read(entries("thư mục/xã", shape, tm3_105));
  ASSERT_EQ(layer.features.size(), 2U);
  EXPECT_EQ(layer.crs_origin, CrsOrigin::declared);
  EXPECT_TRUE(layer.issues.empty()) << layer.issues[0].message.id;
  EXPECT_EQ(layer.features[1].values[0], "Xã Hai");
  // The national parameters, not PROJ's choice by place: the same as EPSG:5897.
  const geo::SourceCrs source("EPSG:5897");
  EXPECT_EQ(layer.features[0].shape[0].outer[0], source.to_lonlat(5e5, 2.2e6));
  // Neighbours still share their corners, bit for bit.
  std::set<geo::LonLat> corners;
  for (const auto& f : layer.features) {
    corners.insert(f.shape[0].outer.begin(), f.shape[0].outer.end());
  }
  EXPECT_EQ(corners.size(), 6U);
}

TEST(Shapefile, WithoutAPrjIsReadAsItsNumbersLook) {
  Layer layer = read(entries("xa", files::shapefile_of({{box(103, 21, 0.1)}}, {"A"})));
  EXPECT_EQ(layer.crs_origin, CrsOrigin::assumed);
  EXPECT_EQ(layer.crs, "EPSG:4326 WGS 84");
  EXPECT_THAT(ids(layer), ElementsAre("geo.crs_assumed"));

  // Around Điện Biên Phủ in the province's own zone.
  layer = read(entries("xa", files::shapefile_of({{box(45e4, 2.32e6, 1e5)}}, {"A"})));
  EXPECT_EQ(layer.crs_origin, CrsOrigin::assumed);
  EXPECT_THAT(layer.crs, testing::HasSubstr("VN-2000"));
  EXPECT_THAT(ids(layer), ElementsAre("geo.crs_assumed_among"));

  EXPECT_EQ(refusal(entries("xa", files::shapefile_of({{box(-7e6, 5e8, 1e5)}}, {"A"}))),
            "geo.crs_not_told");
}

TEST(Shapefile, ThatContradictsItsPrjIsReadAsItsNumbersLook) {
  Layer layer = read(entries("xa", files::shapefile_of({{box(103, 21, 0.1)}}, {"A"}), tm3_105));
  EXPECT_EQ(layer.crs, "EPSG:4326 WGS 84");
  EXPECT_THAT(ids(layer), ElementsAre("geo.crs_contradicted", "geo.crs_assumed"));
  layer = read(entries("xa", files::shapefile_of({{box(45e4, 2.32e6, 1e5)}}, {"A"}), wgs84));
  EXPECT_THAT(layer.crs, testing::HasSubstr("VN-2000"));
  EXPECT_EQ(ids(layer)[0], "geo.crs_contradicted");
  layer = read(entries("xa", files::shapefile_of({{box(21, 103, 0.1)}}, {"A"}), wgs84));
  EXPECT_THAT(ids(layer), ElementsAre("geo.latitude_first"));
  EXPECT_NEAR(layer.features[0].shape[0].outer[0].lon, 103, 0.11);
  layer = read(entries("xa", files::shapefile_of({{box(2, 48, 0.1)}}, {"A"}), wgs84));
  EXPECT_THAT(ids(layer), ElementsAre("geo.outside_vietnam"));
}

TEST(Shapefile, IsReadInTheCrsThatThePersonGives) {
  const auto shape = files::shapefile_of({{box(5e5, 2.3e6, 1e4)}}, {"A"});
  const Layer layer = read(entries("xa", shape), {.layer = "", .where = "", .epsg = 9205});
  EXPECT_EQ(layer.crs_origin, CrsOrigin::given);
  EXPECT_NEAR(layer.features[0].shape[0].outer[0].lon, 103.0019, 1e-3);
  EXPECT_TRUE(layer.issues.empty());
}

TEST(Shapefile, WithoutACodePageIsUtf8OrWindows1258) {
  const auto read_name = [](const std::string& bytes) {
    return read(entries("xa", files::shapefile_of({{box(103, 21, 0.1)}}, {bytes}), wgs84));
  };
  Layer layer = read_name("Xã Sín Thầu");
  EXPECT_EQ(layer.features[0].values[0], "Xã Sín Thầu");
  EXPECT_TRUE(layer.issues.empty());
  layer = read_name("Xa\xde S\xedn Th\xe2\xccu");  // letters and their tones, each one byte
  EXPECT_EQ(layer.features[0].values[0], "Xã Sín Thầu");
  EXPECT_THAT(ids(layer), ElementsAre("geo.encoding_assumed"));
  EXPECT_EQ(layer.issues[0].column, "NAME");
}

TEST(Shapefile, WithoutItsIndexIsRefusedWithAdvice) {
  const auto shape = files::shapefile_of({{box(103, 21, 0.1)}}, {"A"});
  const TempFolder folder;
  try {
    geo::read_layer(folder.write("xa.shp", shape.shp), {});
    ADD_FAILURE();
  } catch (const Error& e) {
    EXPECT_EQ(e.remedy.id, "geo.cannot_open_shapefile_remedy");
  }
  EXPECT_EQ(folder.names().size(), 1U);
}

TEST(Archive, WithSeveralLayersAsksWhich) {
  const auto shape = files::shapefile_of({{box(103, 21, 0.1)}}, {"A"});
  const auto other = files::shapefile_of({{box(104, 21, 0.1)}, {box(105, 21, 0.1)}}, {"B", "C"});
  auto all = entries("huyen", shape, wgs84);
  for (auto& entry : entries("xa", other, wgs84)) all.push_back(entry);
  const TempFolder folder;
  const auto file = folder.write("hai_lop.zip", files::zip_of(all));
  const auto layers = geo::list_layers(file);
  ASSERT_EQ(layers.size(), 2U);
  EXPECT_EQ(layers[1].name, "xa");
  EXPECT_EQ(layers[1].features, 2);
  EXPECT_TRUE(layers[1].areas);
  EXPECT_THAT(layers[1].columns, ElementsAre("NAME"));
  try {
    geo::read_layer(file, {});
    ADD_FAILURE();
  } catch (const Error& e) {
    EXPECT_EQ(e.kind, geo::ErrorKind::usage);
    EXPECT_EQ(e.remedy, geo::msg("geo.choose_layer", "huyen, xa"));
  }
  EXPECT_EQ(geo::read_layer(file, {.layer = "xa", .where = "", .epsg = {}}).features.size(), 2U);
}

TEST(Archive, ThatIsBrokenOrHostileIsRefused) {
  const auto good = entries("xa", files::shapefile_of({{box(103, 21, 0.1)}}, {"A"}), wgs84);
  const std::string bytes = files::zip_of(good);
  const TempFolder folder;
  for (const std::size_t size : {bytes.size() - 30, bytes.size() - 300, bytes.size() / 2,
                                 std::size_t{100}, std::size_t{5}}) {
    EXPECT_THROW(geo::read_layer(folder.write("cut.zip", bytes.substr(0, size)), {}), Error)
        << size;
  }
  auto climbing = good;
  // GDAL hides such names by itself in some versions; then there is nothing to read.
  for (const char* name : {"../../xa.shp", "a\\..\\xa.shp", "/tmp/xa.shp"}) {
    climbing[0].name = name;
    EXPECT_THAT(refusal(climbing), testing::AnyOf("geo.zip_slip", "geo.zip_without_boundaries"))
        << name;
  }
  EXPECT_EQ(refusal({{"readme.txt", "nothing", false, 0, 0}}), "geo.zip_without_boundaries");
}

TEST(Archive, ThatUnpacksBeyondReasonIsRefusedBeforeItIsUnpacked) {
  constexpr std::uint32_t huge = 64 << 20;
  const TempFolder folder;
  const auto refused = [&](const char* name, std::uint32_t declared) {
    const auto file =
        folder.write(name, files::zip_of({{"xl/worksheets/sheet1.xml", "", true, huge, declared}}));
    EXPECT_LT(fs::file_size(file), 500'000U);
    try {
      geo::require_plain_file(file, 1 << 20, 16 << 20);
    } catch (const Error& e) {
      return e.message.id;
    }
    return std::string("accepted");
  };
  EXPECT_EQ(refused("bomb.xlsx", 0), "geo.zip_bomb");
  EXPECT_NE(refused("liar.zip", 1000), "accepted");  // says 1 kB
  EXPECT_EQ(refused("bomb.ods", 0xfffffff0U), "geo.zip_bomb");
  EXPECT_NO_THROW(geo::require_plain_file(
      folder.write("good.xlsx", files::zip_of({{"a.xml", "", true, 1 << 20, 0}})), 1 << 20,
      16 << 20));
  EXPECT_THROW(geo::require_plain_file(folder.write("a.csv", std::string(2000, 'a')), 1000, 1000),
               Error);
}

/// Bytes changed at random: an Error or a value, never a crash, for all that follows too.
TEST(Fuzz, BytesOfAFileMayBeAnything) {
  const TempFolder folder;
  const auto shape = files::shapefile_of(
      {{box(103, 21, 0.1), box(103.02, 21.02, 0.01)}, {box(103.1, 21, 0.1)}}, {"Xã Một", "Xã Hai"});
  const std::string json = files::geojson_of(
      {R"({"type":"Polygon","coordinates":[[[103,21],[103.1,21],[103.1,21.1],[103,21]]]})",
       R"({"type":"MultiPolygon","coordinates":[[[[103,21],[103.1,21],[103.1,21.1],[103,21]]]]})"});
  const std::string zip = files::zip_of(entries("xa", shape, wgs84));
  std::mt19937 random(20230827);
  const auto mutated = [&](std::string bytes) {
    const auto changes = 1 + random() % 6;
    for (unsigned k = 0; k < changes; ++k) {
      const std::size_t at = random() % bytes.size();
      switch (random() % 4) {
        case 0:
          bytes[at] = static_cast<char>(random());
          break;
        case 1:
          bytes[at] = static_cast<char>(bytes[at] ^ (1 << (random() % 8)));
          break;
        case 2:
          bytes.erase(at, 1 + random() % 4);
          break;
        default:
          bytes.insert(at, 1, "0123456789-.eE[]{},"[random() % 19]);
          break;
      }
      if (bytes.empty()) bytes = "0";
    }
    return bytes;
  };
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(3);
  int read = 0, refused = 0;
  for (int round = 0; std::chrono::steady_clock::now() < until && round < 400; ++round) {
    fs::path file;
    if (round % 3 == 0) {
      file = folder.write("f.geojson", mutated(json));
    } else if (round % 3 == 1) {
      const unsigned which = static_cast<unsigned>(random() % 3);
      file = folder.write("f.shp", which == 0 ? mutated(shape.shp) : shape.shp);
      folder.write("f.shx", which == 1 ? mutated(shape.shx) : shape.shx);
      folder.write("f.dbf", which == 2 ? mutated(shape.dbf) : shape.dbf);
    } else {
      file = folder.write("f.zip", mutated(zip));
    }
    try {
      Layer layer = geo::read_layer(file, {});
      std::vector<geo::NamedShape> shapes;
      std::vector<geo::GeoShape> plain;
      for (auto& f : layer.features) shapes.push_back({"x", f.id, std::move(f.shape)});
      geo::clean(shapes, "f");
      geo::find_overlaps_and_slivers(shapes, "f");
      for (auto& s : shapes) plain.push_back(std::move(s.shape));
      geo::build_land(plain, {9205, "TM-3"});
      ++read;
    } catch (const Error&) {
      ++refused;
    }
  }
  EXPECT_GT(read, 5);
  EXPECT_GT(refused, 5);
}

}  // namespace
