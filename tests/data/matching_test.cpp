#include "data/matching.hpp"

#include <gtest/gtest.h>

namespace data {
namespace {

using geo::UnitLevel;

KnownUnit commune(std::int64_t id, const char* code, const char* kind, const char* name,
                  std::int64_t district, const char* from, std::optional<std::string> to) {
  KnownUnit u;
  u.id = id;
  u.code = geo::UnitCode(code);
  u.name = name;
  u.kind = kind;
  u.full_name = (u.kind == "xã" ? "Xã " : "Thị trấn ") + u.name;
  u.district = district;
  u.province = 1;
  u.valid_from = from;
  u.valid_to = to;
  return u;
}

const std::string last = "2025-06-30";

UnitBook book() {
  KnownUnit province, a, b;
  province.id = 1;
  province.level = UnitLevel::province;
  province.code = geo::UnitCode("11");
  province.name = "Điện Biên";
  province.full_name = "Tỉnh Điện Biên";
  a.id = 2;
  a.level = UnitLevel::district;
  a.code = geo::UnitCode("097");
  a.name = "Mường Chà";
  a.full_name = "Huyện Mường Chà";
  a.kind = "huyện";
  b = a;
  b.id = 3;
  b.code = geo::UnitCode("103");
  b.name = "Nậm Pồ";
  b.full_name = "Huyện Nậm Pồ";
  return UnitBook({province, a, b, commune(10, "03172", "thị trấn", "Mường Chà", 2, "", last),
                   commune(11, "03178", "xã", "Xá Tổng", 2, "", last),
                   commune(12, "03166", "xã", "Mường Chà", 3, "", last),
                   commune(13, "03181", "xã", "Tân Hòa", 2, "", last),
                   commune(14, "03182", "xã", "Tân Hòa", 3, "", last),
                   commune(15, "03166", "xã", "Mường Chà", 3, "2025-07-01", {})});
}

UnitMatch match(const char* code, const char* name, std::int64_t within = 0,
                std::optional<geo::Date> at = geo::parse_date("2023-06-25")) {
  static const UnitBook b = book();
  UnitQuery q;
  q.code = code;
  q.name = name;
  q.within = within;
  q.at = at;
  return b.match(q);
}

TEST(Matching, CodesComeFirstAndGetTheirZerosBack) {
  auto m = match("03172", "TT. Mường Chà");
  EXPECT_EQ(m.how, Match::code);
  EXPECT_EQ(m.unit->id, 10);
  EXPECT_FALSE(m.zeros_restored);
  EXPECT_FALSE(m.remark);
  m = match("3178", "Xa\u0301 To\u0302\u0309ng");
  EXPECT_EQ(m.unit->id, 11);
  EXPECT_TRUE(m.zeros_restored);
  EXPECT_EQ(match("9999", "").how, Match::none);
}

TEST(Matching, ACodeAndANameThatContradictAreNotGuessed) {
  auto m = match("03172", "Xã Xá Tổng");
  EXPECT_EQ(m.how, Match::none);
  EXPECT_EQ(m.remark->id, "data.match_conflict");
  EXPECT_EQ(m.severity, geo::Severity::error);
  m = match("3178", "Hoàn Toàn Khác");
  EXPECT_EQ(m.how, Match::none);
  EXPECT_EQ(m.remark->id, "data.match_conflict_unknown");
  m = match("03178", "Xã Xá Tông");  // one accent off: the code says which
  EXPECT_EQ(m.unit->id, 11);
  EXPECT_EQ(m.remark->id, "data.match_spelled_otherwise");
  m = match("99999", "Xá Tổng");
  EXPECT_EQ(m.how, Match::name);
  EXPECT_EQ(m.remark->id, "data.match_code_unknown");
}

TEST(Matching, NamesAreLookedForInsideTheirDistrict) {
  EXPECT_EQ(match("", "Tân Hoà").how, Match::none);
  EXPECT_EQ(match("", "Tân Hoà").remark->id, "data.match_ambiguous");
  auto m = match("", "X. Tân Hoà", 3);
  EXPECT_EQ(m.how, Match::name_and_kind);
  EXPECT_EQ(m.unit->id, 14);
  EXPECT_EQ(match("", "Tân Hoà", 2).unit->id, 13);
  EXPECT_EQ(match("", "Tân Hoà", 2).how, Match::name);
  // The kind tells the township from the commune of the same name.
  EXPECT_EQ(match("", "Thị trấn Mường Chà").unit->id, 10);
  EXPECT_EQ(match("", "Xã Mường Chà").unit->id, 12);
}

TEST(Matching, NearNamesAreOfferedNotApplied) {
  auto m = match("", "Xã Xá Tổg", 2);
  EXPECT_EQ(m.how, Match::fuzzy);
  EXPECT_FALSE(m.applied());
  EXPECT_EQ(m.unit->id, 11);
  EXPECT_EQ(m.remark->id, "data.match_suggestion");
  EXPECT_EQ(match("", "Xá Tổng", 3).how, Match::fuzzy);  // under the wrong heading
  EXPECT_EQ(match("", "Không Giống Gì", 2).how, Match::none);
}

TEST(Matching, UnitsAreThoseOfTheTime) {
  EXPECT_EQ(match("03166", "").unit->id, 12);
  EXPECT_EQ(match("03166", "", 0, {}).unit->id, 15);
  EXPECT_EQ(match("03178", "", 0, {}).how, Match::none);
  EXPECT_EQ(match("03166", "", 0, geo::parse_date("2025-06-30")).unit->id, 12);
  EXPECT_EQ(match("03166", "", 0, geo::parse_date("2025-07-01")).unit->id, 15);
}

TEST(Matching, EditDistanceCountsSwapsOnce) {
  EXPECT_EQ(edit_distance("muong", "muogn", 3), 1u);
  EXPECT_EQ(edit_distance("muong", "muong", 3), 0u);
  EXPECT_EQ(edit_distance("", "abc", 3), 3u);
  EXPECT_EQ(edit_distance("abc", "xyz", 1), 2u);
  EXPECT_EQ(edit_distance("kitten", "sitting", 9), 3u);
  EXPECT_EQ(with_zeros("3127", UnitLevel::commune), "03127");
  EXPECT_EQ(with_zeros("96", UnitLevel::district), "096");
  EXPECT_EQ(with_zeros("1", UnitLevel::province), "01");
  EXPECT_EQ(with_zeros("D001", UnitLevel::commune), "D001");
}

}  // namespace
}  // namespace data
