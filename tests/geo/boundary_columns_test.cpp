#include "geo/boundary_columns.hpp"

#include <gtest/gtest.h>

#include "geo/error.hpp"

namespace {

using geo::BoundaryColumns;
using geo::Layer;

Layer layer(std::vector<std::string> columns, std::vector<std::vector<std::string>> rows) {
  Layer out;
  out.file = "xa.gpkg";
  out.columns = std::move(columns);
  for (auto& row : rows) {
    out.features.emplace_back();
    out.features.back().values = std::move(row);
  }
  return out;
}

TEST(BoundaryColumns, ByTheirNamesInEnglish) {
  const Layer l = layer({"code", "name", "full_name", "kind", "province_code", "province",
                         "area_km2", "population", "former_district_code", "former_district"},
                        {{"03127", "Mường Thanh", "Phường Mường Thanh", "phường", "11",
                          "Tỉnh Điện Biên", "56.75", "49205", "094", "Thành phố Điện Biên Phủ"}});
  const BoundaryColumns c = geo::guess_boundary_columns(l);
  EXPECT_EQ(c.code, 0U);
  EXPECT_EQ(c.name, 1U);
  EXPECT_EQ(c.full_name, 2U);
  EXPECT_EQ(c.kind, 3U);
  EXPECT_EQ(c.province_code, 4U);
  EXPECT_EQ(c.province, 5U);
  EXPECT_EQ(c.area_km2, 6U);
  EXPECT_EQ(c.population, 7U);
  EXPECT_EQ(c.former_district_code, 8U);
  EXPECT_EQ(c.former_district, 9U);
}

TEST(BoundaryColumns, CutToTenCharactersAreToldApartByTheirContent) {
  for (const bool code_first : {true, false}) {
    const Layer l = layer(
        {"code", "name", "province_c", "province", "former_dis", "former_d_1"},
        {{"14758", "Hàm Rồng", "38", "Tỉnh Thanh Hóa", code_first ? "380" : "Thành phố Thanh Hóa",
          code_first ? "Thành phố Thanh Hóa" : "380"}});
    const BoundaryColumns c = geo::guess_boundary_columns(l);
    EXPECT_EQ(c.province_code, 2U);
    EXPECT_EQ(c.province, 3U);
    EXPECT_EQ(c.former_district_code, code_first ? 4U : 5U);
    EXPECT_EQ(c.former_district, code_first ? 5U : 4U);
  }
}

TEST(BoundaryColumns, ByTheirNamesInVietnamese) {
  const Layer l = layer({"Mã tỉnh", "TEN_TINH", "Mã xã", "Tên xã", "DIỆN TÍCH (km2)", "Dân số"},
                        {{"11", "Điện Biên", "3127", "Xã Nà Hỳ", "275", "1671"}});
  const BoundaryColumns c = geo::guess_boundary_columns(l);
  EXPECT_EQ(c.province_code, 0U);
  EXPECT_EQ(c.province, 1U);
  EXPECT_EQ(c.code, 2U);
  EXPECT_EQ(c.name, 3U);
  EXPECT_EQ(c.area_km2, 4U);
  EXPECT_EQ(c.population, 5U);
  EXPECT_FALSE(c.former_district);
}

TEST(BoundaryColumns, ByTheirContentWhereNamesSayNothing) {
  const Layer l = layer({"f1", "f2", "f3"}, {{"1", "3127", "Phường Mường Thanh"},
                                             {"1", "3130", "Xã Thanh Nưa"},
                                             {"1", "3133", "Thị trấn Mường Chà"}});
  const BoundaryColumns c = geo::guess_boundary_columns(l);
  EXPECT_EQ(c.code, 1U);
  EXPECT_EQ(c.full_name, 2U);
  EXPECT_EQ(c.name, 2U);
  EXPECT_FALSE(c.province_code);
}

TEST(BoundaryColumns, OfAFileThatHasNoneAreEmpty) {
  const BoundaryColumns c = geo::guess_boundary_columns(layer({}, {{}}));
  EXPECT_FALSE(c.code || c.name || c.province);
  const BoundaryColumns text =
      geo::guess_boundary_columns(layer({"code", "x"}, {{"chưa có", "y"}, {"không", ""}}));
  EXPECT_FALSE(text.code);  // a code is digits; what is not is left to the person
}

TEST(BoundaryColumns, AreOverriddenByThePerson) {
  const Layer l = layer({"code", "Mã cũ", "name", "Tỉnh", "ma_t"},
                        {{"03127", "00001", "A", "Điện Biên", "11"}});
  BoundaryColumns c = geo::guess_boundary_columns(l);
  geo::override_columns(c, l, {"ma cu", "", "Tỉnh"});
  EXPECT_EQ(c.code, 1U);
  EXPECT_EQ(c.name, 2U);
  EXPECT_EQ(c.province, 3U);
  EXPECT_FALSE(c.province_code);
  geo::override_columns(c, l, {"", "", "ma_t"});
  EXPECT_EQ(c.province_code, 4U);
  try {
    geo::override_columns(c, l, {"khong co", "", ""});
    ADD_FAILURE();
  } catch (const geo::Error& e) {
    EXPECT_EQ(e.kind, geo::ErrorKind::usage);
    EXPECT_EQ(e.remedy, geo::msg("geo.choose_column", "code, Mã cũ, name, Tỉnh, ma_t"));
  }
}

}  // namespace
