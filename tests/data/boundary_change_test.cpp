#include "data/boundary_change.hpp"

#include <gtest/gtest.h>

#include "data/boundaries_then.hpp"
#include "data/boundary_totals.hpp"
#include "geo/error.hpp"
#include "tests/data/in_child.hpp"
#include "tests/data/small_workspace.hpp"
#include "tests/data/tiny_workspace.hpp"
#ifndef _WIN32
#include <unistd.h>
#endif

namespace data {
namespace {

using test::written;

const geo::Date decree_day = *geo::parse_date("2027-01-01");

std::string rectangle(const std::string& code, const std::string& name, double west, double east,
                      bool district) {
  const auto p = [](double x, double y) {
    return "[" + std::to_string(x) + "," + std::to_string(y) + "]";
  };
  return R"({"type":"Feature","properties":{"code":")" + code + R"(","full_name":")" + name +
         R"(","province_code":"09","province":"Tỉnh Thử")" +
         (district ? R"(,"former_district_code":"091","former_district":"Huyện Đông")" : "") +
         R"(},"geometry":{"type":"Polygon","coordinates":[[)" + p(west, 21) + "," + p(east, 21) +
         "," + p(east, 21.1) + "," + p(west, 21.1) + "," + p(west, 21) + "]]}}";
}

/// Four communes in a row since July 2025, with three weeks of reports each; 00012 was the only
/// former commune, which became 00011, and reported too.
Workspace before(const std::string& name, bool district) {
  auto w = Workspace::create(tiny::fresh(name + ".sqlite"));
  test::imported(
      w,
      written(name + "_before.geojson",
              test::collection(rectangle("00011", "Xã An Hòa", 103, 103.1, district) + "," +
                               rectangle("00021", "Xã Cao Sơn", 103.1, 103.2, district) + "," +
                               rectangle("00031", "Xã Suối Lớn", 103.2, 103.4, district) + "," +
                               rectangle("00041", "Xã Tên Cũ", 103.4, 103.5, district))),
      ImportKind::boundaries);
  tiny::Import import(w);
  int n = 0;
  for (const char* code : {"00011", "00021", "00031", "00041"}) {
    const auto unit = import.unit(code, "commune", "2025-07-01");
    for (const char* date : {"2026-11-01", "2026-11-08", "2026-11-15"}) {
      import.report(unit, date, 1001 + 7 * n, 333 + n, 200 + n);
      ++n;
    }
  }
  const auto former = import.former("00012", "Bản Mới");
  import.became(former, import.unit("00011", "commune", "2025-07-01"));
  import.report(former, "2025-06-01", 999, 111);
  import.done();
  return w;
}

/// Two merge, one is split with new land of its own, one only gets another name.
std::filesystem::path land(const std::string& name, bool district) {
  return written(name + "_land.geojson",
                 test::collection(rectangle("00011", "Xã An Hòa", 103, 103.2, district) + "," +
                                  rectangle("00031", "Xã Suối Lớn", 103.2, 103.25, district) + "," +
                                  rectangle("00051", "Xã Suối Nhỏ", 103.25, 103.4, district) + "," +
                                  rectangle("00041", "Xã Tên Mới", 103.4, 103.5, district)));
}
const std::string head = "old_code,old_name,new_code,new_name,part,share,status\n";
const std::string whole_decree = head +
                                 "00011,Xã An Hòa,00011,Xã An Hòa,whole,,\n"
                                 "00021,Xã Cao Sơn,00011,Xã An Hòa,whole,,\n"
                                 "00031,Xã Suối Lớn,00031,Xã Suối Lớn,part,,\n"
                                 "00031,Xã Suối Lớn,00051,Xã Suối Nhỏ,part,,\n"
                                 "00041,Xã Tên Cũ,00041,Xã Tên Mới,whole,,\n";

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
    const auto d = draft(w, name, whole_decree, district);
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
    const auto again = draft(w, name, whole_decree, district);
    const auto same = judge(*again, {});
    EXPECT_EQ(same.open(), 0u) << words(same);
    EXPECT_FALSE(commit_decree(w, *again, same).source);

    // In the boundaries of that day, as if nothing had happened; in today's, the same people.
    const auto then = load_then(w, *geo::parse_date("2026-11-15"));
    ASSERT_EQ(then.dataset->communes.size(), 4u);
    EXPECT_EQ(then.dataset->communes[1].full_name, "Xã Cao Sơn");
    EXPECT_EQ(then.days[1].to, geo::parse_date("2026-12-31"));
    EXPECT_EQ(then.dataset->communes[1].parts.size(), 1u);
    EXPECT_EQ(load_then(w, *geo::parse_date("2025-06-01")).days.size(), 1u);
    EXPECT_EQ(w.load()->communes[0].full_name, "Xã An Hòa");

    EXPECT_EQ(w.undo_last_import()->id, done.source->id);
    EXPECT_EQ(test::dump(w), was);
  }
}

TEST(DbBoundaryChange, WhatDoesNotMapIsListedAndNeverGuessed) {
  auto w = before("decree_open", true);
  const auto d = draft(w, "decree_open",
                       head +
                           "00011,Xã An Hòa,00011,Xã An Hòa,whole,,\n"
                           ",Xã Cao Xơn,00011,Xã An Hòa,whole,,unmatched\n"
                           "00031,Xã Suối Lớn,00031,Xã Suối Lớn,part,0.5,\n"
                           "00031,Xã Suối Lớn,00099,Xã Không Đâu,part,0.5,\n"
                           "00041,Xã Tên Cũ,00041,Xã Tên Mới,whole,,ambiguous\n"
                           "00077,Xã Xa Lắc,00088,Xã Xa Mãi,whole,,\n");
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
  EXPECT_EQ(item(judge(*d, {{"r4", {.former = {}, .unit = {}, .share = 1}}}), "i00011").why.id,
            "data.decree_goes_on");
  DecreeFixes fixes;
  fixes["r2"].share = 0.6;
  fixes["r4"].share = 1;
  const auto fixed = judge(*d, fixes);
  EXPECT_EQ(fixed.open(), 0u) << words(fixed);
  EXPECT_TRUE(try_decree(w, *d, fixed).equal());
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
                const auto d = draft(w, "decree_killed", whole_decree);
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
