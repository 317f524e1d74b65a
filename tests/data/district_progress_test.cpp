// A district's week: sums against the test's own from the reports, silence that is not zero, and
// the questions that were planted, no others.
#include "data/district_progress.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "data/merge.hpp"
#include "data/package.hpp"
#include "data/quality.hpp"
#include "data/sample.hpp"
#include "tests/data/entry_workspace.hpp"

namespace {

using data::Ask;
using data::UnitKey;
using data::UnitProgress;
using data::WeekRow;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* week = "2025-08-24";
using Counts = std::array<std::optional<std::int64_t>, 5>;  // eligible, installed, l1, l2, sessions

void put(data::Workspace& w, tiny::Import& import, std::int64_t unit, geo::Date date,
         const Counts& c) {
  w.database()
      .prepare(
          "INSERT INTO report (unit_id, date, eligible, installed, activated_l1, activated_l2,"
          " sessions, source_id, source_row) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)")
      .bind(1, unit)
      .bind(2, geo::iso(date))
      .bind(3, c[0])
      .bind(4, c[1])
      .bind(5, c[2])
      .bind(6, c[3])
      .bind(7, c[4])
      .bind(8, import.source())
      .run();
}

/// Eight Sundays of a commune that does well: 1,000 people, 20 more a week, a session each.
std::map<int, Counts> fine() {
  std::map<int, Counts> weeks;
  for (int i = 0; i < 8; ++i) weeks[i] = {1000, 130 + 20 * i, 110 + 20 * i, 100 + 20 * i, 1};
  return weeks;
}
geo::Date sunday(int i) { return entry::day(week) + 7 * (i - 7); }

/// One province, a district with a commune for each thing to ask, and another with one commune.
struct Planted {
  data::Workspace w;
  static UnitKey unit(int i) {
    return {geo::UnitLevel::commune, (i < 10 ? "1000" : "100") + std::to_string(i), "2025-07-01"};
  }
  explicit Planted(const std::string& name) : w(data::Workspace::create(tiny::fresh(name))) {
    tiny::Import import(w, "boundaries");
    const auto p = import.unit("11", "province");
    import.state(
        p, "Thử",
        {.kind = "Tỉnh", .parent = {}, .former_district = {}, .population = {}, .shape = {}});
    const auto d = import.unit("091", "district"), other = import.unit("092", "district");
    import.state(
        d, "Đông",
        {.kind = "Huyện", .parent = p, .former_district = {}, .population = {}, .shape = {}});
    import.state(
        other, "Tây",
        {.kind = "Huyện", .parent = p, .former_district = {}, .population = {}, .shape = {}});
    for (int i = 1; i <= 14; ++i) {
      const auto id = import.today(unit(i).code, "số " + std::to_string(i), 103 + 0.1 * i, p,
                                   i == 14 ? other : d);
      auto weeks = fine();
      switch (i) {
        case 2:  // never
          weeks.clear();
          break;
        case 3:  // silent for three weeks
          for (const int gone : {5, 6, 7}) weeks.erase(gone);
          break;
        case 5:  // more activated than installed
          weeks[7] = {1000, 270, 290, 280, 3};
          break;
        case 6:  // fell
          weeks[7] = {1000, 230, 220, 210, 1};
          break;
        case 7:  // 500 at once, where 20 are usual and one session is held
          weeks[7] = {1000, 760, 740, 730, 1};
          break;
        case 9:  // the same for four weeks
          for (const int same : {4, 5, 6, 7}) weeks[same] = weeks[3];
          break;
        case 10:  // half of those who installed
          for (auto& [at, counts] : weeks) *counts[1] += 200;
          break;
        case 11:  // sessions left out
          weeks[7][4].reset();
          break;
        case 12:  // people at level 2 left out
          weeks[7][3].reset();
          weeks[7][2].reset();
          break;
        case 13:  // the number of eligible people is not there
          for (auto& [at, counts] : weeks) counts[0].reset();
          break;
        default:
          break;
      }
      for (const auto& [at, counts] : weeks) put(w, import, id, sunday(at), counts);
    }
    import.target(p, 0.8);
    import.done();
  }
  data::DistrictProgress progress(std::optional<UnitKey> of = {}, const char* at = week) {
    return data::district_progress(w, *w.load(), {entry::day(at), std::move(of)});
  }
};

const UnitProgress& of(const data::DistrictProgress& d, int i) {
  for (const UnitProgress& u : d.units)
    if (u.unit == Planted::unit(i)) return u;
  throw std::runtime_error("no such unit");
}
std::vector<std::string> asked(const UnitProgress& unit) {
  std::vector<std::string> out;
  for (const data::Question& q : unit.questions) out.emplace_back(data::id(q.ask));
  return out;
}

WeekRow row(std::optional<std::int64_t> eligible, std::optional<std::int64_t> now,
            std::optional<std::int64_t> last, double target = 0.5) {
  WeekRow r;
  r.unit.code = "1";
  r.now[0] = eligible;
  r.now[3] = now;
  r.last[0] = eligible;
  r.last[3] = last;
  if (last) r.last_at = entry::day("2025-08-17");
  r.target = target;
  return r;
}

}  // namespace

TEST(DistrictProgress, ARateAnAchievementAndPeopleAreThreeNumbers) {
  const auto u = data::progress_of(row(1000, 300, 280), entry::day(week));
  EXPECT_DOUBLE_EQ(u.rate->value, 0.3);
  EXPECT_DOUBLE_EQ(u.achievement->value, 0.6);
  EXPECT_DOUBLE_EQ(u.missing->value, 200);
  EXPECT_DOUBLE_EQ(u.change->value, 20);
  EXPECT_NEAR(*u.points, 0.02, 1e-12);
  const auto above = data::progress_of(row(1000, 700, 690), entry::day(week));
  EXPECT_DOUBLE_EQ(above.achievement->value, 1.4) << "never clipped";
  EXPECT_DOUBLE_EQ(above.missing->value, 0);
}

TEST(DistrictProgress, SilenceIsNeitherZeroNorTheNumberOfLastWeek) {
  auto quiet = row(1000, {}, 280);
  quiet.now[0].reset();
  const std::vector<UnitProgress> units{data::progress_of(row(1000, 300, 280), entry::day(week)),
                                        data::progress_of(quiet, entry::day(week)),
                                        data::progress_of(WeekRow{}, entry::day(week))};
  EXPECT_FALSE(units[1].reported);
  EXPECT_FALSE(units[1].change) << "not a change of zero";
  EXPECT_EQ(units[1].weeks_silent, 1);
  EXPECT_FALSE(units[2].activated);
  EXPECT_FALSE(units[2].weeks_silent) << "it never was not silent";
  const auto alone = data::sum_of(units, true), newest = data::sum_of(units, false);
  EXPECT_EQ(alone.counted, 1U);
  EXPECT_DOUBLE_EQ(alone.activated.value, 300);
  EXPECT_DOUBLE_EQ(alone.rate->value, 0.3);
  EXPECT_EQ(newest.counted, 2U);
  EXPECT_DOUBLE_EQ(newest.activated.value, 580);
  EXPECT_DOUBLE_EQ(newest.change->value, 20) << "of the week alone";
  const auto none = data::sum_of(std::span(units).subspan(2), true);
  EXPECT_EQ(none.counted, 0U);
  EXPECT_FALSE(none.rate);
  EXPECT_FALSE(none.missing);
}

TEST(DistrictProgress, PointsAreOfTheSameUnitsBothTimes) {
  // One that reports for the first time moves the rate, not the change of it.
  const std::vector<UnitProgress> units{data::progress_of(row(1000, 300, 250), entry::day(week)),
                                        data::progress_of(row(1000, 900, {}), entry::day(week))};
  const auto sum = data::sum_of(units, true);
  EXPECT_DOUBLE_EQ(sum.rate->value, 0.6);
  EXPECT_EQ(sum.compared, 1U);
  EXPECT_NEAR(*sum.points, 0.05, 1e-12);
}

TEST(DbDistrictProgress, AsksExactlyWhatWasPlanted) {
  Planted planted("planted.sqlite");
  const auto d = planted.progress(entry::east);
  ASSERT_EQ(d.units.size(), 13U);
  EXPECT_EQ(d.name, "Huyện Đông");
  const std::map<int, std::vector<std::string>> expected = {
      {1, {}},          {2, {"never"}},    {3, {"silent"}},    {4, {}},
      {5, {"order"}},   {6, {"fell"}},     {7, {"jump"}},      {8, {}},
      {9, {"stalled"}}, {10, {"waiting"}}, {11, {"sessions"}}, {12, {"incomplete"}},
      {13, {}}};
  for (const auto& [i, questions] : expected)
    EXPECT_EQ(asked(of(d, i)), questions) << "commune " << i;
  EXPECT_EQ(of(d, 3).questions[0].weeks, 3);
  EXPECT_EQ(of(d, 3).questions[0].number, 180);
  EXPECT_EQ(of(d, 5).questions[0].number, 280);
  EXPECT_EQ(of(d, 5).questions[0].limit, 270);
  EXPECT_EQ(of(d, 9).questions[0].weeks, 4);
  EXPECT_EQ(of(d, 10).questions[0].number, 230);
  EXPECT_EQ(of(d, 10).questions[0].limit, 470);
  // Whom to ring first.
  std::vector<std::string> order;
  for (const UnitProgress& u : d.units)
    if (!u.questions.empty()) order.emplace_back(data::id(u.questions.front().ask));
  EXPECT_THAT(order, ElementsAre("never", "silent", "order", "fell", "jump", "incomplete",
                                 "stalled", "waiting", "sessions"));
}

TEST(DbDistrictProgress, TwoValuesThatMetAreAskedAboutUntilSomebodyDecides) {
  Planted planted("met.sqlite");
  const auto record = data::report_record(Planted::unit(4), entry::day(week));
  auto copy = entry::copy(planted.w, "met_copy.sqlite", Planted::unit(4));
  entry::enter(copy, entry::change(record, "activated_l2", "242"));
  entry::enter(planted.w, entry::change(record, "activated_l2", "244"));
  const auto file = tiny::fresh("met.phusong");
  data::write_package(copy, file);
  ASSERT_FALSE(data::merge(planted.w, {&file, 1}).refused());
  const auto d = planted.progress();
  ASSERT_THAT(asked(of(d, 4)), ElementsAre("conflict"));
  const data::Question& q = of(d, 4).questions[0];
  EXPECT_EQ(q.count, data::Count::activated_l2);
  std::map<std::string, std::int64_t> sides;
  for (const auto& side : q.sides) sides[side.author] = side.value.value_or(-1);
  EXPECT_EQ(sides, (std::map<std::string, std::int64_t>{{"Tỉnh Thử", 244}, {"xã số 4", 242}}));
  data::decide(planted.w, record, "activated_l2", "244");
  EXPECT_THAT(asked(of(planted.progress(), 4)), IsEmpty());
}

TEST(DbDistrictProgress, ARuleThatWasLetStandIsAskedAboutWithItsReason) {
  Planted planted("stands.sqlite");
  const auto record = data::report_record(Planted::unit(8), entry::day(week));
  entry::enter(planted.w, entry::change(record, "activated_l2", "210", "đã đếm lại"));
  const auto d = planted.progress();
  ASSERT_THAT(asked(of(d, 8)), ElementsAre("let_stand")) << "and not as a fall beside it";
  EXPECT_EQ(of(d, 8).questions[0].reason, "đã đếm lại");
  EXPECT_EQ(of(d, 8).questions[0].said.id, "data.check_fell_l2");
}

TEST(DbDistrictProgress, WhatWasAcceptedIsNotAskedAgain) {
  Planted planted("accepted.sqlite");
  for (const data::Finding& f : data::check_quality(*planted.w.load()))
    if (f.check == data::Check::falling || f.check == data::Check::counts_order)
      data::accept_finding(planted.w, f.key, "đã hỏi");
  const auto d = planted.progress();
  EXPECT_THAT(asked(of(d, 5)), IsEmpty());
  EXPECT_THAT(asked(of(d, 6)), IsEmpty());
}

TEST(DbDistrictProgress, OneMayLookAtADistrictOrAllAndABesideIsNobody) {
  Planted planted("whose.sqlite");
  const auto all = planted.progress();
  EXPECT_EQ(all.units.size(), 14U);
  std::vector<std::string> names;
  for (const auto& scope : all.scopes) names.push_back(scope.name);
  EXPECT_THAT(names, ElementsAre("Tỉnh Thử", "Huyện Đông", "Huyện Tây"));
  EXPECT_EQ(planted.progress(entry::west).units.size(), 1U);
  EXPECT_EQ(planted.progress(Planted::unit(1)).units.size(), 1U);
  data::set_author_unit(planted.w, entry::west);
  EXPECT_EQ(planted.progress().units.size(), 1U);
  EXPECT_EQ(planted.progress(entry::province).units.size(), 1U) << "above: all of the author's";
  EXPECT_EQ(planted.progress(entry::east).units.size(), 0U);
}

TEST(DbDistrictProgress, ACommuneStandsInTheListOfOneDistrict) {
  // It lay in the west and became part of a commune in the east, which may change it as well.
  auto w = entry::workspace("one_district.sqlite");
  {
    tiny::Import import(w, "crosswalk");
    const auto old = import.unit("00013", "commune");
    import.state(old, "Cũ Tây",
                 {.kind = "xã",
                  .parent = import.unit("11", "province"),
                  .former_district = import.unit("092", "district"),
                  .population = {},
                  .shape = {}});
    import.became(old, import.unit("10001", "commune", "2025-07-01"));
    import.report(old, "2025-06-01", 500, 40, 60);
    import.done();
  }
  const auto listed = [&](const data::UnitKey& author) {
    data::set_author_unit(w, author);
    std::vector<std::string> out;
    for (const auto& row : data::week_of(w, *w.load(), entry::day("2025-06-01")).rows)
      out.push_back(row.unit.code);
    return out;
  };
  EXPECT_THAT(listed(entry::west), ElementsAre("00013"));
  EXPECT_THAT(listed(entry::east), ElementsAre("00011", "00012"));
  EXPECT_THAT(listed(entry::province), ElementsAre("00011", "00012", "00013"));
}

TEST(DbDistrictProgress, AnEarlierWeekIsSeenAsItStoodThen) {
  Planted planted("earlier.sqlite");
  const auto d = planted.progress({}, "2025-08-03");
  EXPECT_TRUE(of(d, 3).reported);
  EXPECT_THAT(asked(of(d, 6)), IsEmpty()) << "it had not fallen yet";
  EXPECT_THAT(asked(of(d, 7)), IsEmpty());
}

TEST(DbDistrictProgress, SumsAreThoseOfTheReports) {
  const auto file = tiny::fresh("district_sample.sqlite");
  data::write_sample(file, {.communes = 24, .weeks = 8, .seed = 5});
  auto w = data::Workspace::open(file);
  const auto dataset = w.load();
  std::size_t silent_weeks = 0;
  for (const geo::Date date : dataset->dates) {
    const auto d = data::district_progress(w, *dataset, {date, {}});
    // The test's own sums, from the rows as they were imported.
    std::map<std::string, std::map<std::string, Counts>> rows;
    auto sql = w.database().prepare(
        "SELECT u.code || u.valid_from, r.date, r.eligible, r.activated_l2 FROM report r"
        " JOIN unit u ON u.id = r.unit_id WHERE r.date <= ? ORDER BY r.source_id, r.source_row");
    sql.bind(1, geo::iso(date));
    while (sql.step()) {
      Counts& c = rows[sql.text(0)][sql.text(1)];
      if (const auto n = sql.maybe_integer(2)) c[0] = n;
      if (const auto n = sql.maybe_integer(3)) c[3] = n;
    }
    double part = 0, all = 0, now = 0, missing = 0;
    std::size_t reported = 0;
    for (const UnitProgress& u : d.units) {
      const auto& mine = rows[u.unit.code + u.unit.valid_from];
      const auto at = mine.find(geo::iso(date));
      if (at == mine.end()) continue;
      reported += at->second[0] || at->second[3] ? 1U : 0U;
      if (!at->second[3]) continue;
      std::optional<std::int64_t> eligible;
      for (const auto& [day, counts] : mine)
        if (counts[0]) eligible = counts[0];
      now += static_cast<double>(*at->second[3]);
      if (!eligible) continue;
      part += static_cast<double>(*at->second[3]);
      all += static_cast<double>(*eligible);
      if (u.target)
        missing += std::max(
            0.0, *u.target * static_cast<double>(*eligible) - static_cast<double>(*at->second[3]));
    }
    EXPECT_DOUBLE_EQ(d.now.activated.value, now) << geo::iso(date);
    EXPECT_DOUBLE_EQ(d.now.rate->value, part / all);
    EXPECT_NEAR(d.now.missing->value, missing, 1e-6);
    EXPECT_GE(d.reported, reported);
    silent_weeks += d.reported < d.units.size() ? 1U : 0U;
    std::set<std::string> codes;
    for (const UnitProgress& u : d.units) {
      codes.insert(u.unit.code);
      EXPECT_EQ(u.reported, !(!u.questions.empty() && (u.questions.front().ask == Ask::never ||
                                                       u.questions.front().ask == Ask::silent)));
    }
    EXPECT_EQ(codes.size(), d.units.size()) << "each once";
  }
  EXPECT_GT(silent_weeks, 0U);
}
