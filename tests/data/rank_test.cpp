#include "data/rank.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "geo/error.hpp"

namespace {

using data::Dataset;
using data::Gap;
using data::People;
using data::RankBy;
using testing::ElementsAre;

Dataset five() {
  Dataset d;
  d.provinces = {{geo::UnitCode("11"), "Tỉnh Điện Biên"}, {geo::UnitCode("12"), "Tỉnh Lai Châu"}};
  d.districts = {{geo::UnitCode("100"), "Huyện Điện Biên", 0},
                 {geo::UnitCode("094"), "Thành phố Điện Biên Phủ", 0}};
  const char* names[] = {"Phường Mường Thanh", "Xã Thanh Yên", "Xã Thành Yên", "Xã Mường Tè",
                         "Xã Mường Tè"};
  for (int i = 0; i < 5; ++i) {
    data::Commune c;
    c.code = geo::UnitCode("0310" + std::to_string(i));
    c.full_name = names[i];
    c.province = i < 3 ? 0 : 1;
    c.district = i == 0 ? 1 : i < 3 ? 0 : -1;
    d.communes.push_back(c);
  }
  return d;
}

std::vector<std::uint32_t> indices(const std::vector<geo::UnitIndex>& units) {
  std::vector<std::uint32_t> out;
  for (const auto unit : units) out.push_back(unit.value);
  return out;
}

TEST(Rank, WorstFirstTiesByCodeAndUnknownLast) {
  const Dataset d = five();
  std::vector<Gap> gaps(5);
  gaps[0].shortfall = People(10);
  gaps[2].shortfall = People(30);
  gaps[3].shortfall = People(30);
  gaps[4].shortfall = People(0);
  gaps[0].rate = data::Rate(0.5);
  gaps[1].rate = data::Rate(0.1);
  gaps[4].rate = data::Rate(0);
  gaps[2].achievement = data::Achievement(1.5);
  gaps[3].achievement = data::Achievement(0.5);
  const std::vector<data::Barriers> barriers(5);
  const auto order = [&](RankBy by) {
    std::vector<std::uint32_t> out;
    for (const auto& row : data::rank(d, gaps, barriers, by, data::communes_within(d, "")))
      out.push_back(row.unit.value);
    return out;
  };
  EXPECT_THAT(order(RankBy::shortfall), ElementsAre(2, 3, 0, 4, 1));
  EXPECT_THAT(order(RankBy::rate), ElementsAre(4, 1, 0, 2, 3));
  EXPECT_THAT(order(RankBy::achievement), ElementsAre(3, 2, 0, 1, 4));
  const auto some = data::rank(d, gaps, barriers, RankBy::shortfall,
                               std::vector{geo::UnitIndex(0U), geo::UnitIndex(3U)});
  ASSERT_EQ(some.size(), 2U);
  EXPECT_EQ(some[0].unit.value, 3U);
  EXPECT_EQ(some[0].gap.shortfall->value, 30);
}

TEST(Rank, UnitsAreNamedAsPeopleNameThem) {
  const Dataset d = five();
  const auto within = [&](const char* name) { return indices(data::communes_within(d, name)); };
  EXPECT_THAT(within(""), ElementsAre(0, 1, 2, 3, 4));
  EXPECT_THAT(within("11"), ElementsAre(0, 1, 2));
  EXPECT_THAT(within("094"), ElementsAre(0));
  EXPECT_THAT(within("03103"), ElementsAre(3));
  EXPECT_THAT(within("Tỉnh Lai Châu"), ElementsAre(3, 4));
  EXPECT_THAT(within("lai chau"), ElementsAre(3, 4));
  EXPECT_THAT(within("huyen dien bien"), ElementsAre(1, 2));
  EXPECT_THAT(within("TP. Điện Biên Phủ"), ElementsAre(0));
  EXPECT_THAT(within("mường thanh"), ElementsAre(0));
  EXPECT_THAT(within("Thanh Yên"), ElementsAre(1));  // accents decide where they are given
  EXPECT_THAT(within("Thành Yên"), ElementsAre(2));
}

TEST(Rank, UnclearNamesAreAskedBack) {
  const Dataset d = five();
  const auto failure = [&](const char* name) {
    try {
      data::communes_within(d, name);
    } catch (const geo::Error& error) {
      EXPECT_EQ(error.kind, geo::ErrorKind::usage);
      return error.message;
    }
    return geo::Message{};
  };
  EXPECT_EQ(failure("Nà Hỳ"), geo::msg("data.no_such_unit", "Nà Hỳ"));
  EXPECT_EQ(failure("điện biên"),
            geo::msg("data.several_units", "điện biên", "Tỉnh Điện Biên, Huyện Điện Biên"));
  EXPECT_EQ(failure("thanh yen").id, "data.several_units");
  // "None of them" must not read as "all of them".
  Dataset moved = d;
  for (auto& commune : moved.communes) commune.district = -1;
  try {
    data::communes_within(moved, "094");
    ADD_FAILURE() << "a former district without a commune of today";
  } catch (const geo::Error& error) {
    EXPECT_EQ(error.message.id, "data.no_communes_within");
  }
  EXPECT_EQ(failure("Xã Mường Tè").id, "data.several_units");
}

TEST(Rank, KnowsItsIds) {
  EXPECT_EQ(data::rank_by_id("shortfall"), RankBy::shortfall);
  EXPECT_EQ(data::rank_by_id("rate"), RankBy::rate);
  EXPECT_EQ(data::rank_by_id("achievement"), RankBy::achievement);
  EXPECT_EQ(data::rank_by_id("name"), std::nullopt);
}

}  // namespace
