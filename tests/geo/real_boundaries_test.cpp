// The real files that lie beside the repository on the computers of the makers.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "geo/boundary_columns.hpp"
#include "geo/crs.hpp"
#include "geo/vector_file.hpp"
#include "tests/geo/files_by_hand.hpp"

namespace {

namespace fs = std::filesystem;

struct Real {
  const char* file;
  std::size_t communes;
  std::size_t areas_off;  ///< communes whose land differs from the published area by more than 1%
  const char* crs;
};

void PrintTo(const Real& real, std::ostream* out) { *out << real.file; }

class RealBoundaries : public testing::TestWithParam<Real> {
 protected:
  fs::path path() const { return fs::path(PHUSONG_SHARED_DATA) / "boundaries" / GetParam().file; }
  void SetUp() override {
    if (!fs::exists(path())) GTEST_SKIP() << "no shared data beside the repository: " << path();
  }
};

TEST_P(RealBoundaries, AreReadWholeWithTheirColumnsAndAreas) {
  const geo::Layer layer = geo::read_layer(path(), {});
  EXPECT_EQ(layer.features.size(), GetParam().communes);
  EXPECT_EQ(layer.crs.substr(0, 9), GetParam().crs);
  EXPECT_EQ(layer.crs_origin, geo::CrsOrigin::declared);
  EXPECT_TRUE(layer.issues.empty()) << layer.issues[0].message.id;

  const geo::BoundaryColumns c = geo::guess_boundary_columns(layer);
  ASSERT_TRUE(c.code && c.name && c.full_name && c.kind && c.province_code && c.province &&
              c.former_district_code && c.former_district && c.area_km2 && c.population);
  const auto& first = layer.features.front().values;
  EXPECT_EQ(first[*c.code].size(), 5U);
  EXPECT_EQ(first[*c.province_code].size(), 2U);
  EXPECT_EQ(first[*c.former_district_code].size(), 3U);
  EXPECT_EQ(first[*c.full_name].find(first[*c.kind].substr(1)), 1U) << first[*c.full_name];
  EXPECT_NE(first[*c.full_name].find(first[*c.name]), std::string::npos);

  std::size_t off = 0;
  for (const geo::Feature& feature : layer.features) {
    const double published = std::stod(feature.values[*c.area_km2]);
    const double measured = geo::geodesic_area(feature.shape) / 1e6;
    if (std::abs(measured - published) > 0.01 * published) {
      ++off;
      if (GetParam().communes < 200) {
        std::cout << "  " << feature.values[*c.code] << ' ' << feature.values[*c.full_name]
                  << ": published " << published << " km2, measured " << measured << "\n";
      }
    }
  }
  std::cout << GetParam().file << ": " << off << " of " << GetParam().communes
            << " differ by more than 1% from their published area\n";
  EXPECT_EQ(off, GetParam().areas_off);
}

TEST(RealShapefile, WithoutItsPrjIsPlacedByItsProvince) {
  const auto zip = fs::path(PHUSONG_SHARED_DATA) / "boundaries/thanh_hoa_vn2000_shp.zip";
  if (!fs::exists(zip)) GTEST_SKIP() << "no shared data beside the repository";
  std::string bytes;
  {
    std::ifstream in(zip, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(in), {});
  }
  // Called otherwise in the directory of the archive and before its content, the .prj is not found.
  for (auto at = bytes.find(".prj"); at != std::string::npos; at = bytes.find(".prj")) {
    bytes.replace(at, 4, ".txt");
  }
  const files::TempFolder folder;
  const geo::Layer layer = geo::read_layer(folder.write("th.zip", bytes), {});
  EXPECT_EQ(layer.crs.substr(0, 9), "EPSG:5897");
  EXPECT_EQ(layer.crs_origin, geo::CrsOrigin::assumed);
  ASSERT_EQ(layer.issues.size(), 1U);
  EXPECT_EQ(layer.issues[0].message.id, "geo.crs_assumed_among");
}

INSTANTIATE_TEST_SUITE_P(Files, RealBoundaries,
                         testing::Values(Real{"dien_bien.gpkg", 45, 19, "EPSG:4326"},
                                         Real{"ha_tinh.geojson", 69, 24, "EPSG:4326"},
                                         Real{"thanh_hoa_vn2000_shp.zip", 166, 54, "EPSG:5897"},
                                         Real{"ninh_binh_tab.zip", 129, 37, "EPSG:4326"},
                                         Real{"vietnam_30m.gpkg", 3321, 737, "EPSG:4326"}));

}  // namespace
