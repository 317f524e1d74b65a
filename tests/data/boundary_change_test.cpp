#include "data/boundary_change.hpp"

#include <gtest/gtest.h>

#include "data/boundaries_then.hpp"
#include "data/boundary_totals.hpp"
#include "data/import_undo.hpp"
#include "data/quality.hpp"
#include "geo/error.hpp"
#include "tests/data/in_child.hpp"
#include "tests/data/made_decree.hpp"
#ifndef _WIN32
#include <unistd.h>
#endif

namespace data {
namespace {

using decree::before;
using decree::clear_rows;
using decree::head;
using decree::land;
using decree::rectangle;
using test::written;

const geo::Date decree_day = *geo::parse_date(decree::first_day);

std::shared_ptr<const DecreeDraft> draft(Workspace& w, const std::string& name,
                                         const std::string& rows, bool district = true) {
  return read_decree(w, {land(name, district), written(name + "_decree.csv", rows), decree_day});
}
const DecreeItem& item(const Decree& decree, const std::string& key) {
  static const DecreeItem none;
  for (const auto& i : decree.items)
    if (i.key == key) return i;
  return none;
}
std::string words(const Decree& decree) {
  std::string out;
  for (const auto& i : decree.items) out += i.key + ":" + std::string(id(i.verdict)) + " ";
  return out;
}
std::string refusal(const std::function<void()>& act) {
  try {
    act();
  } catch (const geo::Error& error) {
    return error.message.id;
  }
  return "";
}

TEST(DbBoundaryChange, MergesSplitsAndRenamesWithTotalsThatStay) {
  for (const bool district : {true, false}) {  // three levels, and two
    const std::string name = district ? "decree_three" : "decree_two";
    auto w = before(name, district);
    const auto was = test::dump(w);
    const auto d = draft(w, name, clear_rows, district);
    const auto decree = judge(*d, {});
    EXPECT_EQ(words(decree), "r2:whole r3:whole r4:part r5:part r6:unchanged ");
    EXPECT_EQ(decree.open(), 0u);
    const auto tried = try_decree(w, *d, decree);
    EXPECT_EQ(test::dump(w), was) << "a look changed something";
    EXPECT_TRUE(tried.equal());
    ASSERT_EQ(tried.days.size(), 4u);
    EXPECT_EQ(tried.days[0].before[0], 999);
    EXPECT_GT(tried.days[1].before[0], 4000);
    // A quarter of the land of the one that was split stays with it, and it says so.
    ASSERT_EQ(tried.shares.size(), 4u);
    EXPECT_NEAR(tried.shares[2].share, 0.25, 0.01);
    EXPECT_EQ(tried.shares[2].basis, ShareBasis::land);
    EXPECT_EQ(tried.shares[0].basis, ShareBasis::whole);

    const auto done = commit_decree(w, *d, decree);
    ASSERT_TRUE(done.source);
    EXPECT_EQ(done.totals.days.back().after, tried.days.back().before);
    const auto dataset = w.load();
    ASSERT_EQ(dataset->communes.size(), 4u);
    EXPECT_EQ(dataset->communes[0].parts.size(), 3u);  // both, and the one of long ago
    EXPECT_FALSE(dataset->communes[0].parts[0].estimated);
    EXPECT_TRUE(dataset->communes[1].parts[0].estimated);
    EXPECT_EQ(dataset->communes[2].full_name, "Xã Tên Mới");
    EXPECT_EQ(dataset->communes[2].district >= 0, district);
    EXPECT_EQ(dataset->provinces.size(), 1u) << "the province became another";

    // A second time there is nothing to do.
    const auto again = draft(w, name, clear_rows, district);
    const auto same = judge(*again, {});
    EXPECT_EQ(same.open(), 0u) << words(same);
    EXPECT_FALSE(commit_decree(w, *again, same).source);

    // In the boundaries of that day, as if nothing had happened; in today's, the same people.
    const auto then = load_then(w, *geo::parse_date("2026-11-15"));
    ASSERT_EQ(then.dataset->communes.size(), 4u);
    EXPECT_EQ(then.dataset->communes[1].full_name, "Xã Cao Sơn");
    EXPECT_EQ(then.dataset->communes[3].full_name, "Xã Tên Cũ") << "before its day";
    EXPECT_EQ(load_then(w, decree_day).dataset->communes[2].full_name, "Xã Tên Mới");
    EXPECT_EQ(then.days[1].to, geo::parse_date("2026-12-31"));
    EXPECT_EQ(then.dataset->communes[1].parts.size(), 1u);
    EXPECT_EQ(load_then(w, *geo::parse_date("2025-06-01")).days.size(), 1u);
    EXPECT_EQ(w.load()->communes[0].full_name, "Xã An Hòa");

    EXPECT_EQ(data::take_back_last_import(w)->source.id, done.source->id);
    EXPECT_EQ(test::dump(w), was);
  }
}

TEST(DbBoundaryChange, ANewNameAloneIsAChangeWithItsDay) {
  auto w = before("decree_name", true);
  const auto only = written("decree_name_land.geojson",
                            test::collection(rectangle("00011", "Xã An Hòa", 103, 103.1) + "," +
                                             rectangle("00021", "Xã Cao Sơn", 103.1, 103.2) + "," +
                                             rectangle("00031", "Xã Suối Lớn", 103.2, 103.4) + "," +
                                             rectangle("00041", "Xã Tên Mới", 103.4, 103.5)));
  const auto rows = written("decree_name.csv", head + "00041,Xã Tên Cũ,00041,Xã Tên Mới,whole,,\n");
  const auto read = [&] { return read_decree(w, {only, rows, decree_day}); };
  const auto d = read();
  const auto decree = judge(*d, {});
  EXPECT_EQ(words(decree), "r2:unchanged ");
  EXPECT_TRUE(commit_decree(w, *d, decree).source);
  EXPECT_EQ(w.load()->communes[3].full_name, "Xã Tên Mới");
  EXPECT_EQ(decree_days(w).back(), decree_day);
  const auto then = load_then(w, decree_day + -1);
  EXPECT_EQ(then.dataset->communes[3].full_name, "Xã Tên Cũ");
  EXPECT_FALSE(then.days[3].to) << "it goes on under the same code";
  EXPECT_EQ(then.dataset->communes[0].full_name, "Xã An Hòa");
  const auto again = read();
  EXPECT_FALSE(commit_decree(w, *again, judge(*again, {})).source);
}

// Their lists are older than the decree.
TEST(DbBoundaryChange, WhoLivesInASplitCommuneGoesWhereHisPlaceIs) {
  auto w = before("decree_places", true);
  {
    tiny::Import import(w, "settlements");
    const auto split = import.unit("00031", "commune", "2025-07-01");
    import.settlement("west", split, {}, 300, "grid", "good", geo::LonLat{103.22, 21.05});
    import.settlement("east", split, {}, 100, "grid", "good", geo::LonLat{103.35, 21.05});
    import.settlement("nowhere", split, {}, {}, "grid", "good", {});
    import.settlement("outside", split, {}, {}, "grid", "good", geo::LonLat{104, 21.05});
    import.settlement("merged", import.unit("00021", "commune", "2025-07-01"), {}, 50, "grid",
                      "good", {});
    import.done();
  }
  {
    tiny::Import import(w, "teams");
    const auto split = import.unit("00031", "commune", "2025-07-01");
    import.team("placed", split, {}, "commune", geo::LonLat{103.3, 21.02});
    import.team("unplaced", split);
    import.done();
  }
  const auto d = draft(w, "decree_places", clear_rows);
  const auto decree = judge(*d, {});
  const auto tried = try_decree(w, *d, decree);
  EXPECT_EQ(tried.placed_settlements, 2u);
  EXPECT_EQ(tried.placed_teams, 1u);
  EXPECT_EQ(tried.homeless_settlements, 2u);
  EXPECT_EQ(tried.homeless_teams, 1u);
  ASSERT_EQ(tried.homeless.size(), 3u);
  EXPECT_EQ(tried.homeless[0].code, "nowhere");
  EXPECT_EQ(tried.homeless[1].code, "outside");
  EXPECT_TRUE(tried.homeless[2].team);
  EXPECT_TRUE(tried.equal());
  // Its people are where its settlements are; those of no known number weigh nothing.
  EXPECT_NEAR(tried.shares[2].share, 0.75, 1e-9);
  EXPECT_EQ(tried.shares[2].basis, ShareBasis::residents);

  ASSERT_TRUE(commit_decree(w, *d, decree).source);
  const auto now = w.load();
  const auto home = [&](const char* code) {
    for (const auto& s : now->settlements)
      if (s.id == code) return s.commune.valid() ? now->communes[s.commune.value].code.text : "–";
    return std::string("?");
  };
  EXPECT_EQ(home("west"), "00031");
  EXPECT_EQ(home("east"), "00051");
  EXPECT_EQ(home("merged"), "00011");
  EXPECT_EQ(home("nowhere"), "–");
  EXPECT_EQ(home("outside"), "–");
  std::map<std::string, std::string> found;
  for (const Finding& f : check_quality(*now))
    if (f.check == Check::settlement_without_commune || f.check == Check::team_without_commune)
      found.emplace(f.key, f.message.id);
  EXPECT_EQ(found, (std::map<std::string, std::string>{
                       {"settlement_without_commune:nowhere", "data.check_settlement_no_place"},
                       {"settlement_without_commune:outside", "data.check_settlement_nowhere"},
                       {"team_without_commune:unplaced", "data.check_team"}}));
  // Looking back, they are in the commune that there was.
  const auto then = load_then(w, *geo::parse_date("2026-11-15"));
  for (const auto& s : then.dataset->settlements) EXPECT_TRUE(s.commune.valid()) << s.id;
}

// Half of a list says nothing of the other half.
TEST(DbBoundaryChange, ResidentsThatCannotBePlacedShareNothingOut) {
  auto w = before("decree_half", true);
  {
    tiny::Import import(w, "settlements");
    const auto split = import.unit("00031", "commune", "2025-07-01");
    import.settlement("west", split, {}, 300, "grid", "good", geo::LonLat{103.22, 21.05});
    import.settlement("east", split, {}, 100, "grid", "good", geo::LonLat{103.35, 21.05});
    import.settlement("nowhere", split, {}, 700, "grid", "good", {});
    import.done();
  }
  const auto d = draft(w, "decree_half", clear_rows);
  const auto tried = try_decree(w, *d, judge(*d, {}));
  EXPECT_EQ(tried.shares[2].basis, ShareBasis::land);
  EXPECT_NEAR(tried.shares[2].share, 0.25, 0.01);
  EXPECT_TRUE(tried.equal());
}

TEST(DbBoundaryChange, WhatDoesNotMapIsListedAndNeverGuessed) {
  auto w = before("decree_open", true);
  const auto d = draft(w, "decree_open", decree::doubtful_rows);
  const auto decree = judge(*d, {});
  EXPECT_EQ(words(decree),
            "r2:unchanged r3:unknown_former r4:shares r5:unknown_unit r6:ambiguous r7:elsewhere "
            "f00021:no_successor n00051:no_predecessor ");
  EXPECT_EQ(decree.open(), 6u);
  ASSERT_FALSE(item(decree, "r3").formers.empty());
  EXPECT_EQ(item(decree, "r3").formers[0].code, "00021");
  EXPECT_EQ(item(decree, "r6").formers[0].code, "00041");
  const auto was = test::dump(w);
  EXPECT_EQ(refusal([&] { commit_decree(w, *d, decree); }), "data.decree_undecided");
  EXPECT_EQ(find_choices(*d, "suoi nho", false)[0].code, "00051");
  EXPECT_EQ(find_choices(*d, "cao", true)[0].code, "00021");

  DecreeFixes fixes;
  fixes["r3"].former = "00021";
  fixes["r5"].unit = "00051";
  fixes["r6"] = {};
  const auto fixed = judge(*d, fixes);
  EXPECT_EQ(fixed.open(), 0u) << words(fixed);
  EXPECT_EQ(item(fixed, "r3").verdict, Verdict::whole);
  EXPECT_EQ(item(fixed, "r5").verdict, Verdict::part);
  const auto tried = try_decree(w, *d, fixed);
  EXPECT_TRUE(tried.equal());
  EXPECT_EQ(tried.shares.back().basis, ShareBasis::given);

  // Left unmapped on purpose: its people would be lost, and that is refused.
  auto left = fixes;
  left["r3"] = {};
  left["r3"].leave = true;
  left["f00021"].leave = true;
  const auto poorer = judge(*d, left);
  EXPECT_EQ(poorer.open(), 0u) << words(poorer);
  EXPECT_EQ(poorer.count(Verdict::left), 2u);
  const auto seen = try_decree(w, *d, poorer);
  // The unit stays a unit of its own, so nobody is lost after all.
  EXPECT_TRUE(seen.equal());
  EXPECT_EQ(test::dump(w), was);
  EXPECT_TRUE(commit_decree(w, *d, fixed).source);
  EXPECT_FALSE(commit_decree(w, *d, fixed).source) << "written twice";
}

TEST(DbBoundaryChange, SharesOfOneUnitMakeOne) {
  auto w = before("decree_shares", true);
  const auto d = draft(w, "decree_shares",
                       head +
                           "00031,Xã Suối Lớn,00031,Xã Suối Lớn,part,0.5,\n"
                           "00031,Xã Suối Lớn,00051,Xã Suối Nhỏ,part,0.4,\n"
                           "00021,Xã Cao Sơn,00011,Xã An Hòa,part,0.25,\n");
  const auto decree = judge(*d, {});
  EXPECT_EQ(item(decree, "r2").verdict, Verdict::shares);
  EXPECT_EQ(item(decree, "r2").why.id, "data.decree_shares");
  EXPECT_EQ(item(decree, "r4").verdict, Verdict::shares);
  // The commune that keeps its code and takes another in keeps its own people.
  const auto taken = judge(*d, {{"r4", {.former = {}, .unit = {}, .share = 1}}});
  EXPECT_EQ(item(taken, "i00011").why.id, "data.decree_goes_on");
  EXPECT_TRUE(item(taken, "r4").takes_share());
  EXPECT_FALSE(item(taken, "i00011").takes_share()) << "it follows from the others";
  DecreeFixes fixes;
  fixes["r2"].share = 0.6;
  fixes["r4"].share = 1;
  const auto fixed = judge(*d, fixes);
  EXPECT_EQ(fixed.open(), 0u) << words(fixed);
  EXPECT_TRUE(try_decree(w, *d, fixed).equal());
}

TEST(DbBoundaryChange, WhoGivesAPartToANewUnitKeepsTheRest) {
  // 00031 goes on, whether a row says so or none speaks of it; 00051 came out of it.
  for (const bool told : {true, false}) {
    auto w = before("decree_rest", true);
    const auto d = draft(w, "decree_rest",
                         head + "00021,Xã Cao Sơn,00011,Xã An Hòa,whole,,\n" +
                             (told ? "00031,Xã Suối Lớn,00031,Xã Suối Lớn,whole,,\n" : ""));
    EXPECT_EQ(judge(*d, {}).open(), 1U) << words(judge(*d, {}));
    const auto decree = judge(*d, {{"n00051", {.former = "00031", .unit = {}, .share = 0.3}}});
    EXPECT_EQ(decree.open(), 0U) << words(decree);
    EXPECT_EQ(item(decree, "n00051").verdict, Verdict::part);
    EXPECT_EQ(item(decree, told ? "r3" : "i00031").verdict, Verdict::part) << words(decree);
    const auto done = commit_decree(w, *d, decree);
    EXPECT_TRUE(done.totals.equal());
    const auto dataset = w.load();
    ASSERT_EQ(dataset->communes.size(), 4U);
    for (const auto& commune : dataset->communes) {
      if (commune.code == geo::UnitCode("00031")) {
        EXPECT_NEAR(commune.parts.at(0).share, 0.7, 1e-9);
      }
      if (commune.code == geo::UnitCode("00051")) {
        EXPECT_NEAR(commune.parts.at(0).share, 0.3, 1e-9);
      }
    }
  }
}

TEST(DbBoundaryChange, SharesThatAPersonGivesAreJudgedLikeTheFiles) {
  auto w = before("decree_given", true);
  const auto d = draft(w, "decree_given",
                       head +
                           "00021,Xã Cao Sơn,00011,Xã An Hòa,part,0.6,\n"
                           "00021,Xã Cao Sơn,00041,Xã Tên Mới,part,0.4,\n");
  const auto too_much = judge(*d, {{"n00051", {.former = "00021", .unit = {}, .share = 0.3}}});
  EXPECT_EQ(item(too_much, "n00051").verdict, Verdict::shares);
  EXPECT_EQ(item(too_much, "r2").verdict, Verdict::shares);
  EXPECT_GT(too_much.open(), 0U);
  const auto right = judge(*d, {{"r2", {.former = {}, .unit = {}, .share = 0.3}},
                                {"n00051", {.former = "00021", .unit = {}, .share = 0.3}}});
  EXPECT_EQ(right.open(), 0U) << words(right);
  EXPECT_TRUE(try_decree(w, *d, right).equal());
  // Of one that is no more a part alone is not the whole.
  const auto rest = draft(w, "decree_given_rest", head + "00031,Xã Suối Lớn,00031,,whole,,\n");
  const auto lost = judge(*rest, {{"n00051", {.former = "00021", .unit = {}, .share = 0.3}}});
  EXPECT_EQ(item(lost, "n00051").verdict, Verdict::shares) << words(lost);
}

TEST(DbBoundaryChange, IsRefusedWhenPeopleWouldBeLost) {
  auto w = before("decree_lost", true);
  // 00041 becomes a unit whose boundary is not there: the land lacks it, and so does the map.
  const auto only = written("decree_lost_land.geojson",
                            test::collection(rectangle("00011", "Xã An Hòa", 103, 103.2, true)));
  const auto d = read_decree(
      w, {only, written("decree_lost.csv", head + "00021,Xã Cao Sơn,00011,Xã An Hòa,whole,,\n"),
          decree_day});
  auto decree = judge(*d, {});
  EXPECT_EQ(words(decree), "r2:whole i00011:whole f00031:no_successor f00041:no_successor ");
  decree.items.resize(2);
  decree.counts = {};
  // As a mistake in the program would have it: people of 00021 go to a unit nobody shows.
  decree.links[0].unit.code = "00071";
  const auto was = test::dump(w);
  EXPECT_FALSE(try_decree(w, *d, decree).equal());
  EXPECT_EQ(refusal([&] { commit_decree(w, *d, decree); }), "data.decree_totals_differ");
  EXPECT_EQ(test::dump(w), was);
}

TEST(DbBoundaryChange, FixesComeFromATable) {
  const auto fixes = read_fixes(written("fixes.csv",
                                        "row,former,unit,share,leave\n"
                                        "3,21,,,\n"
                                        "5,,00051,\"0,25\",\n"
                                        ",00031,,,x\n"
                                        ",,00052,,1\n"));
  EXPECT_EQ(fixes.at("r3").former, "00021");
  EXPECT_EQ(fixes.at("r5").share, 0.25);
  EXPECT_TRUE(fixes.at("f00031").leave);
  EXPECT_TRUE(fixes.at("n00052").leave);
  EXPECT_EQ(refusal([] { read_fixes(written("bad.csv", "row,former,unit,share\n1,2,3,7\n")); }),
            "data.decree_bad_fixes");
}

TEST(BoundaryChange, WholePeopleMakeTheNumber) {
  const double thirds[] = {1.0 / 3, 1.0 / 3, 1 - 1.0 / 3 - 1.0 / 3};
  EXPECT_EQ(whole_people(10, thirds), (std::vector<std::int64_t>{4, 3, 3}));
  const double quarters[] = {0.25, 0.75};
  EXPECT_EQ(whole_people(400, quarters), (std::vector<std::int64_t>{100, 300}));
  EXPECT_EQ(whole_people(0, quarters), (std::vector<std::int64_t>{0, 0}));
  EXPECT_EQ(whole_people(3, quarters), (std::vector<std::int64_t>{1, 2}));
}

#ifndef _WIN32
TEST(DbBoundaryChange, KilledInTheMiddleNothingHasChanged) {
  std::string was;
  {
    auto w = before("decree_killed", true);
    was = test::dump(w);
  }
  const auto file = scratch::folder() / "decree_killed.sqlite";
  // While it writes, and just before it is kept.
  for (const double share : {0.25, 0.5, 0.75, 0.999}) {
    EXPECT_EQ(in_child([&] {
                auto w = Workspace::open(file);
                const auto d = draft(w, "decree_killed", clear_rows);
                commit_decree(w, *d, judge(*d, {}), {[&](double at, const geo::Message&) {
                                if (at >= share) _exit(7);
                                return true;
                              }});
                return 0;
              }),
              7);
    auto w = Workspace::open(file);
    EXPECT_EQ(test::dump(w), was) << share;
  }
}
#endif

}  // namespace
}  // namespace data
