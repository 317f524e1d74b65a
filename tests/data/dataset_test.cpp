#include "data/dataset.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "data/apportion.hpp"
#include "data/gaps.hpp"
#include "data/import_undo.hpp"
#include "data/prepared_land.hpp"
#include "geo/error.hpp"
#include "tests/data/tiny_workspace.hpp"

namespace {

using data::Link;
using data::Workspace;
using testing::ElementsAre;

geo::Date day(const char* iso) { return geo::parse_date(iso).value(); }

const data::Commune& commune(const data::Dataset& dataset, const std::string& name) {
  for (const auto& c : dataset.communes)
    if (c.name == name) return c;
  throw std::runtime_error("no commune " + name);
}

/// "03001×0.25~" for every part: reporter, share, ~ when estimated.
std::vector<std::string> parts(const data::Dataset& dataset, const std::string& name) {
  std::vector<std::string> out;
  for (const auto& part : commune(dataset, name).parts) {
    char share[32];
    std::snprintf(share, sizeof share, "%.3g", part.share);
    out.push_back(dataset.reporters[part.reporter].code.text + "×" + share +
                  (part.estimated ? "~" : ""));
  }
  return out;
}

double shares_of(const data::Dataset& dataset, const std::string& reporter) {
  double sum = 0;
  for (const auto& c : dataset.communes)
    for (const auto& part : c.parts)
      if (dataset.reporters[part.reporter].code.text == reporter) sum += part.share;
  return sum;
}

TEST(DbDataset, FindsTheCommunesOfTodayAndTheirParents) {
  Workspace workspace = Workspace::create(tiny::fresh("today.sqlite"));
  {
    tiny::Import import(workspace, "boundaries", "a.gpkg");
    const auto province = import.unit("11", "province");
    import.state(
        province, "Điện Biên",
        {.kind = "Tỉnh", .parent = {}, .former_district = {}, .population = {}, .shape = {}});
    const auto district = import.unit("094", "district");
    import.state(
        district, "Mường Nhé",
        {.kind = "Huyện", .parent = province, .former_district = {}, .population = {}, .shape = {
         }});
    import.today("03160", "Mường Nhé", 102.5, province, district);
    import.today("03158", "Sín Thầu", 102.3, province, district);
    import.former("03158", "Sín Thầu cũ", district);  // no boundary, in no crosswalk: not shown
    import.done();
  }
  const auto dataset = workspace.load();
  EXPECT_EQ(dataset->title, "Tỉnh Điện Biên");
  EXPECT_FALSE(dataset->made_up);
  ASSERT_EQ(dataset->communes.size(), 2U);
  const data::Commune& first = dataset->communes[0];
  EXPECT_EQ(first.code.text, "03158");  // code order
  EXPECT_EQ(first.full_name, "xã Sín Thầu");
  EXPECT_EQ(dataset->provinces[static_cast<std::size_t>(first.province)].name, "Tỉnh Điện Biên");
  EXPECT_EQ(dataset->districts[static_cast<std::size_t>(first.district)].name, "Huyện Mường Nhé");
  EXPECT_EQ(dataset->districts[0].province, 0);
  EXPECT_TRUE(first.parts.empty());
  EXPECT_EQ(data::read_shapes(workspace.database())[0], tiny::square(102.3, 21));
  // A square of 0.1° at 21°: 10.39 km × 11.07 km on the ellipsoid.
  EXPECT_NEAR(first.area_m2, 10391.0 * 11073.0, 3e5);
  data::Statement stored = workspace.database().prepare(
      "SELECT area_m2 FROM unit_state WHERE name = 'Sín Thầu' AND geom IS NOT NULL");
  ASSERT_TRUE(stored.step());
  EXPECT_EQ(stored.real(0), first.area_m2) << "measured once, at the import";
  EXPECT_GT(data::load_land(workspace)->crs.epsg, 0);
  EXPECT_NE(workspace.load()->version, dataset->version);
  EXPECT_THAT(dataset->source_files, ElementsAre(data::SourceFile{"a.gpkg", "boundaries"}));
}

TEST(DbDataset, NewerImportsReplaceOlderOnesFieldByField) {
  Workspace workspace = Workspace::create(tiny::fresh("newer.sqlite"));
  std::int64_t a = 0;
  {
    tiny::Import import(workspace, "boundaries", "first.gpkg");
    a = import.today("03001", "Tên cũ", 103);
    import.settlement("S1", a, {}, 100, "none");
    import.team("T1", a);
    import.report(a, "2023-08-20", 100, 10, 15);
    import.report(a, "2023-08-27", 100, 20, 30);
    import.done();
  }
  {
    tiny::Import import(workspace, "reports", "second.csv");
    import.state(
        a, "Tên mới",
        {.kind = "", .parent = {}, .former_district = {}, .population = 5000, .shape = {}});
    import.settlement("S1", a, {}, 120, "grid");
    import.report(a, "2023-08-27", {}, 25);  // an empty cell takes nothing back
    import.done();
  }
  const auto dataset = workspace.load();
  ASSERT_EQ(dataset->communes.size(), 1U);
  EXPECT_EQ(dataset->communes[0].name, "Tên mới");
  EXPECT_EQ(dataset->communes[0].kind, "xã");
  EXPECT_EQ(dataset->communes[0].published_population, 5000);
  EXPECT_EQ(data::read_shapes(workspace.database())[0],
            tiny::square(103, 21));  // the second import had no boundary
  ASSERT_EQ(dataset->settlements.size(), 1U);
  EXPECT_EQ(dataset->settlements[0].residents, 120);
  EXPECT_EQ(dataset->settlements[0].electricity, data::Electricity::grid);
  EXPECT_EQ(dataset->settlements[0].at, (geo::LonLat{103, 21}));
  EXPECT_EQ(dataset->teams.size(), 1U);
  ASSERT_EQ(dataset->reporters.size(), 1U);
  const auto reports = dataset->reports.of(dataset->reporters[0].column);
  ASSERT_EQ(reports.size(), 2U);
  EXPECT_EQ(reports[1].eligible, 100);
  EXPECT_EQ(reports[1].activated_l1, 30);
  EXPECT_EQ(reports[1].activated_l2, 25);
  EXPECT_EQ(reports[1].trace.source, 2);
  EXPECT_EQ(reports[1].installed, std::nullopt);
  EXPECT_THAT(dataset->dates, ElementsAre(day("2023-08-20"), day("2023-08-27")));
  EXPECT_THAT(dataset->source_files, ElementsAre(data::SourceFile{"second.csv", "reports"},
                                                 data::SourceFile{"first.gpkg", "boundaries"}));
}

TEST(DbDataset, InheritsFormerCommunesWholeAndInParts) {
  Workspace workspace = Workspace::create(tiny::fresh("crosswalk.sqlite"));
  {
    tiny::Import import(workspace, "boundaries", "a.gpkg");
    const auto a = import.today("03001", "A", 103.0);
    const auto b = import.today("03002", "B", 103.1);
    const auto c = import.today("03003", "C", 103.2);
    const auto f1 = import.former("03001", "F1");  // a code that was given again
    const auto f2 = import.former("02002", "F2");
    const auto f3 = import.former("02003", "F3");
    const auto f4 = import.former("02004", "F4");
    import.became(f1, a);
    import.became(f2, a);
    // 30 residents of F3 live in A today and 70 in B.
    import.became(f3, a, "part");
    import.became(f3, b, "part");
    import.settlement("S1", a, f3, 30);
    import.settlement("S2", b, f3, 50);
    import.settlement("S3", b, f3, 20);
    import.settlement("S4", a, f1, 1000);
    // Of F4 a quarter is said to be C's; C has no settlements, so the rest cannot go by residents.
    import.became(f4, c, "part", 0.25);
    import.became(f4, b, "part");
    import.report(f1, "2023-08-27", 100, 10);
    import.report(f3, "2023-08-27", 1001, 333);
    import.team("T1", {}, f2);  // its home follows its former commune
    import.team("T2", {}, f3);  // split: cannot be told
    import.done();
  }
  const auto dataset = workspace.load();
  EXPECT_THAT(parts(*dataset, "A"), ElementsAre("03001×1", "02002×1", "02003×0.3~"));
  EXPECT_THAT(parts(*dataset, "B"), ElementsAre("02003×0.7~", "02004×0.75~"));
  EXPECT_THAT(parts(*dataset, "C"), ElementsAre("02004×0.25~"));
  EXPECT_EQ(shares_of(*dataset, "02003"), 1.0);  // exactly
  EXPECT_EQ(shares_of(*dataset, "02004"), 1.0);
  ASSERT_EQ(dataset->reporters.size(), 4U);
  for (const auto& reporter : dataset->reporters) EXPECT_TRUE(reporter.former);
  EXPECT_EQ(dataset->teams[0].home, geo::UnitIndex(0U));
  EXPECT_FALSE(dataset->teams[1].home.valid());

  // What was reported before is what is shown after.
  const auto gaps = data::gaps(*dataset, data::Indicator::activation_l2, day("2023-08-27"));
  EXPECT_DOUBLE_EQ(data::total(gaps).eligible->value, 1101);
  EXPECT_DOUBLE_EQ(data::total(gaps).reached->value, 343);
  EXPECT_EQ(gaps[0].status, data::Status::estimated);
  EXPECT_EQ(gaps[2].status, data::Status::not_reported);
}

TEST(DbDataset, SplitsByCommonLandWhereTheOldBoundaryIsKnown) {
  Workspace workspace = Workspace::create(tiny::fresh("common_land.sqlite"));
  {
    tiny::Import import(workspace, "boundaries", "a.gpkg");
    const auto a = import.today("03001", "A", 103.0);
    const auto b = import.today("03002", "B", 103.1);
    const auto f = import.unit("02001", "commune");
    // From 103.075 to 103.175: a quarter in A, three quarters in B.
    import.state(f, "F",
                 {.kind = "xã",
                  .parent = {},
                  .former_district = {},
                  .population = {},
                  .shape = tiny::square(103.075, 21)});
    import.became(f, a, "part");
    import.became(f, b, "part");
    import.done();
  }
  const auto dataset = workspace.load();
  ASSERT_EQ(dataset->communes.size(), 2U) << "F ended when it was split";
  EXPECT_THAT(parts(*dataset, "A"), ElementsAre("02001×0.25~"));
  EXPECT_THAT(parts(*dataset, "B"), ElementsAre("02001×0.75~"));
}

TEST(DbDataset, ALaterCrosswalkReplacesAllRowsOfTheUnitsItNames) {
  Workspace workspace = Workspace::create(tiny::fresh("corrected.sqlite"));
  std::int64_t a = 0, b = 0, f1 = 0, f2 = 0;
  {
    tiny::Import import(workspace, "crosswalk", "first.csv");
    a = import.today("03001", "A", 103.0);
    b = import.today("03002", "B", 103.1);
    f1 = import.former("02001", "F1");
    f2 = import.former("02002", "F2");
    import.became(f1, a);
    import.became(f2, a);
    import.done();
  }
  {
    tiny::Import import(workspace, "crosswalk", "corrected.csv");
    import.became(f2, b);
    import.done();
  }
  EXPECT_THAT(parts(*workspace.load(), "A"), ElementsAre("02001×1"));
  EXPECT_THAT(parts(*workspace.load(), "B"), ElementsAre("02002×1"));
  data::take_back_last_import(workspace);
  EXPECT_THAT(parts(*workspace.load(), "A"), ElementsAre("02001×1", "02002×1"));
  EXPECT_THAT(parts(*workspace.load(), "B"), ElementsAre());
}

TEST(DbDataset, OwnReportsFollowOnThoseOfFormerCommunes) {
  Workspace workspace = Workspace::create(tiny::fresh("own.sqlite"));
  {
    tiny::Import import(workspace, "crosswalk", "a.csv");
    // F1 and F2 became M in 2025, M became A in 2027.
    const auto a = import.unit("03001", "commune", "2027-01-01");
    import.state(a, "A",
                 {.kind = "xã",
                  .parent = {},
                  .former_district = {},
                  .population = {},
                  .shape = tiny::square(103, 21)});
    const auto m = import.today("03002", "M", 103);
    const auto f1 = import.former("02001", "F1");
    const auto f2 = import.former("02002", "F2");
    import.became(f1, m);
    import.became(f2, m);
    import.became(m, a, "whole", {}, "2027-01-01");
    import.report(f1, "2023-08-27", 100, 10);
    import.report(f2, "2023-08-27", 200, 20);
    import.report(m, "2026-01-01", 310, 60);
    import.report(a, "2027-02-01", 320, 90);
    import.done();
  }
  const auto dataset = workspace.load();
  ASSERT_EQ(dataset->communes.size(), 1U);
  EXPECT_EQ(dataset->communes[0].name, "A");
  const auto eligible = [&](const char* at) {
    const auto gap = data::gaps(*dataset, data::Indicator::activation_l2, day(at))[0];
    return std::pair(gap.eligible ? gap.eligible->value : -1, gap.parts);
  };
  EXPECT_EQ(eligible("2023-01-01"), std::pair(-1.0, 2U));
  EXPECT_EQ(eligible("2023-08-27"), std::pair(300.0, 2U));
  EXPECT_EQ(eligible("2026-01-01"), std::pair(310.0, 1U));
  EXPECT_EQ(eligible("2027-02-01"), std::pair(320.0, 1U));
}

TEST(DbDataset, PlacesTargetsAtTheUnitTheyAreFor) {
  Workspace workspace = Workspace::create(tiny::fresh("targets.sqlite"));
  {
    tiny::Import import(workspace, "targets", "a.csv");
    const auto country = import.unit("VN", "country");
    const auto province = import.unit("11", "province");
    const auto elsewhere = import.unit("99", "province");
    const auto district = import.unit("094", "district");
    const auto a = import.today("03001", "A", 103, province, district);
    const auto f = import.former("02001", "F", district);
    import.became(f, a);
    for (const auto unit : {country, province, elsewhere, district, a, f}) import.target(unit, 0.5);
    import.done();
  }
  const auto dataset = workspace.load();
  using Scope = data::Target::Scope;
  std::vector<std::pair<Scope, std::uint32_t>> scopes;
  for (const auto& target : dataset->targets) {
    scopes.emplace_back(target.scope, target.index);
    EXPECT_EQ(target.share, 0.5);
    EXPECT_EQ(target.due, day("2023-12-31"));
  }
  EXPECT_THAT(scopes, testing::UnorderedElementsAre(
                          std::pair(Scope::country, 0U), std::pair(Scope::province, 0U),
                          std::pair(Scope::district, 0U), std::pair(Scope::commune, 0U),
                          std::pair(Scope::reporter, 0U)));
}

TEST(DbDataset, TitleIsTheProvinceOrHowManyThereAre) {
  Workspace workspace = Workspace::create(tiny::fresh("title.sqlite"));
  EXPECT_EQ(workspace.load()->title, "title");
  EXPECT_EQ(workspace.load()->communes.size(), 0U);
  EXPECT_GT(data::load_land(workspace)->crs.epsg, 0);
  {
    tiny::Import import(workspace, "boundaries", "a.gpkg");
    import.today("03001", "A", 103, import.unit("11", "province"));
    import.today("03002", "B", 104, import.unit("12", "province"));
    import.done();
  }
  EXPECT_EQ(workspace.load()->title, workspace.file().stem().string())
      << "no words of one language";
  workspace.set_setting("made_up", "1");
  EXPECT_TRUE(workspace.load()->made_up);
}

TEST(DbDataset, LoadingCanBeCancelled) {
  Workspace workspace = Workspace::create(tiny::fresh("cancel.sqlite"));
  {
    tiny::Import import(workspace, "boundaries", "a.gpkg");
    import.today("03001", "A", 103);
    import.done();
  }
  const geo::Progress no{[](double, const geo::Message&) { return false; }};
  EXPECT_THROW(workspace.load(no), geo::Cancelled);
  EXPECT_EQ(workspace.load()->communes.size(), 1U);
}

std::vector<double> shares(std::vector<Link> links) {
  data::apportion(links);
  double sum = 0;
  std::vector<double> out;
  for (const Link& link : links) {
    sum += link.share;
    out.push_back(std::round(link.share * 1e6) / 1e6);
  }
  EXPECT_EQ(sum, 1.0) << "exactly, or people are lost or made up";
  return out;
}

Link part(std::optional<double> given, std::optional<double> residents,
          std::optional<double> area) {
  Link link;
  link.whole = false;
  link.given = given;
  link.residents = residents;
  link.area = area;
  return link;
}

TEST(Apportion, SharesMakeOneExactly) {
  EXPECT_THAT(shares({part({}, 1, {}), part({}, 1, {}), part({}, 1, {})}),
              ElementsAre(0.333333, 0.333333, 0.333333));
  EXPECT_THAT(shares({part(0.2, {}, {}), part({}, 30, 9), part({}, 10, 1)}),
              ElementsAre(0.2, 0.6, 0.2));
  // One of them has no settlements at all: by area.
  EXPECT_THAT(shares({part({}, {}, 1), part({}, 10, 3)}), ElementsAre(0.25, 0.75));
  // Nobody lived in the second part: that is known, and 0.
  EXPECT_THAT(shares({part({}, 10, 1), part({}, 0, 3)}), ElementsAre(1, 0));
  // Nobody in either: by area. Nothing known of one: equally.
  EXPECT_THAT(shares({part({}, 0, 1), part({}, 0, 4)}), ElementsAre(0.2, 0.8));
  EXPECT_THAT(shares({part({}, {}, 1), part({}, {}, {})}), ElementsAre(0.5, 0.5));
  // Given shares that do not make 1 are scaled.
  EXPECT_THAT(shares({part(0.3, {}, {}), part(0.3, {}, {})}), ElementsAre(0.5, 0.5));
  EXPECT_THAT(shares({part(0.9, {}, {}), part(0.9, {}, {}), part({}, {}, 1)}),
              ElementsAre(0.5, 0.5, 0));
  EXPECT_THAT(shares({part(0.4, {}, {})}), ElementsAre(1));
}

TEST(Apportion, OnlyAWholeUnitAloneIsNoEstimate) {
  std::vector<Link> whole(1), two(2), alone{part({}, {}, {})};
  data::apportion(whole);
  data::apportion(two);  // "whole" said twice of one unit cannot be
  data::apportion(alone);
  EXPECT_FALSE(whole[0].estimated);
  EXPECT_TRUE(two[0].estimated && two[1].estimated);
  EXPECT_TRUE(alone[0].estimated);
}

}  // namespace
