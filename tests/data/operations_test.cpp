// Entering, deciding, undoing, and what everything else then reads.
#include "data/operations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "data/import_undo.hpp"
#include "data/kept_reasons.hpp"
#include "data/operation_history.hpp"
#include "data/operation_text.hpp"
#include "data/quality.hpp"
#include "data/snapshot.hpp"
#include "geo/error.hpp"
#include "tests/data/entry_workspace.hpp"
#include "tests/data/small_workspace.hpp"

namespace {

using data::Dataset;
using data::RecordKey;
using data::RecordKind;
using data::Report;
using data::Workspace;
using entry::change;
using entry::commune;
using entry::report;
using testing::ElementsAre;

std::string refusal(const std::function<void()>& act) {
  try {
    act();
  } catch (const geo::Error& error) {
    EXPECT_EQ(error.kind, geo::ErrorKind::usage);
    EXPECT_FALSE(error.remedy.id.empty());
    return error.message.id;
  }
  return {};
}

/// What everybody sees of a unit at a date; nothing: no report.
std::optional<Report> seen(const Dataset& dataset, const std::string& code, const std::string& day,
                           bool former = false) {
  for (const data::Reporter& reporter : dataset.reporters)
    if (reporter.code.text == code && reporter.former == former)
      for (const Report& r : dataset.reports.of(reporter.column))
        if (geo::iso(r.date) == day) return r;
  return std::nullopt;
}
const data::Team* team_of(const std::vector<data::Team>& teams, const std::string& id) {
  for (const data::Team& team : teams)
    if (team.id == id) return &team;
  return nullptr;
}

TEST(DbOperations, AnEntryIsWhatEverybodySeesFromThenOn) {
  auto w = entry::workspace("enter.sqlite");
  const auto made = entry::enter(w, {change(report(1, "2025-08-24"), "eligible", "1000"),
                                     change(report(1, "2025-08-24"), "installed", "500"),
                                     change(report(1, "2025-08-24"), "activated_l2", "130")});
  EXPECT_EQ(made.operations, 3U);
  auto dataset = w.load();
  auto r = seen(*dataset, "10001", "2025-08-24");
  ASSERT_TRUE(r);
  EXPECT_EQ(r->activated_l2, 130);
  EXPECT_EQ(r->sessions, std::nullopt);
  EXPECT_EQ(dataset->dates.back(), entry::day("2025-08-24"));
  // A correction of an imported number leaves the others of that row alone.
  entry::enter(w, change(report(1, "2025-08-17"), "activated_l2", "125"));
  r = seen(*w.load(), "10001", "2025-08-17");
  ASSERT_TRUE(r);
  EXPECT_EQ(r->activated_l2, 125);
  EXPECT_EQ(r->activated_l1, 220);
  // The same again is nothing new.
  EXPECT_FALSE(entry::enter(w, change(report(1, "2025-08-17"), "activated_l2", "125")).batch);
  EXPECT_FALSE(entry::enter(w, change(report(1, "2025-08-17"), "activated_l1", "220")).batch);
  // What other programs read follows.
  auto row = w.database().prepare("SELECT activated_l2 FROM map_commune WHERE code = '10001'");
  ASSERT_TRUE(row.step());
  // 130 of its own: it speaks for the former one by now.
  EXPECT_EQ(row.real(0), 130);
  EXPECT_EQ(w.sources().size(), 1U) << "what is entered is no import";
}

TEST(DbOperations, WhatIsTakenBackIsNotReported) {
  auto w = entry::workspace("back.sqlite");
  entry::enter(w, {change(report(1, "2025-08-17"), "activated_l2", std::nullopt)});
  auto r = seen(*w.load(), "10001", "2025-08-17");
  ASSERT_TRUE(r);
  EXPECT_EQ(r->activated_l2, std::nullopt);
  EXPECT_EQ(r->activated_l1, 220);
  // All of it: then there is no report, and the day is gone where nobody else reported.
  for (const int i : {1, 2})
    entry::enter(w, {change(report(i, "2025-08-17"), "eligible", std::nullopt),
                     change(report(i, "2025-08-17"), "activated_l1", std::nullopt),
                     change(report(i, "2025-08-17"), "activated_l2", std::nullopt)});
  const auto dataset = w.load();
  EXPECT_FALSE(seen(*dataset, "10001", "2025-08-17"));
  EXPECT_EQ(dataset->dates.back(), entry::day("2025-08-10"));
  // And entered again.
  entry::enter(w, change(report(1, "2025-08-17"), "activated_l2", "121"));
  r = seen(*w.load(), "10001", "2025-08-17");
  ASSERT_TRUE(r);
  EXPECT_EQ(r->activated_l2, 121);
  EXPECT_EQ(r->eligible, std::nullopt);
}

TEST(DbOperations, SnapshotsOfImportsStandWhileNumbersAreTyped) {
  auto w = entry::workspace("typed.sqlite");
  const data::SnapshotUse use{
      .cache = scratch::folder() / "typed_cache", .may_keep = true, .least_rows = 1};
  data::ReportsRead how;
  data::read_reports(w.database(), use, {}, &how);
  ASSERT_TRUE(how.kept);
  for (const char* number : {"140", "141", "142"}) {
    entry::enter(w, change(report(1, "2025-08-17"), "activated_l2", number));
    const auto reports = data::read_reports(w.database(), use, {}, &how);
    EXPECT_TRUE(how.from_snapshot);
    EXPECT_EQ(how.rows, 0U) << "no row of an import is read again";
    EXPECT_EQ(how.entries, 1U);
    for (std::uint32_t u = 0; u < reports.units().size(); ++u)
      for (const Report& r : reports.of(u))
        if (geo::iso(r.date) == "2025-08-17" && r.activated_l2 != 120) {
          EXPECT_EQ(std::to_string(*r.activated_l2), number);
        }
  }
}

TEST(DbOperations, RefusesWhatIsNoneAndSaysTheWayOut) {
  auto w = entry::workspace("none.sqlite");
  const auto before = data::dump_operations(w);
  EXPECT_EQ(refusal([&] { entry::enter(w, change(report(1, "2025-08-17"), "installed", "x")); }),
            "data.value_not_count");
  EXPECT_EQ(refusal([&] { entry::enter(w, change(report(1, "2025-08-17"), "instaled", "1")); }),
            "data.entry_no_such_field");
  EXPECT_EQ(refusal([&] {
              entry::enter(w, change({RecordKind::report, "10001"}, "installed", "1"));
            }),
            "data.not_a_record");
  EXPECT_EQ(refusal([&] { entry::enter(w, change(report(7, "2025-08-17"), "installed", "1")); }),
            "data.held_unknown_unit");
  EXPECT_EQ(data::dump_operations(w), before);
}

TEST(DbOperations, ABrokenRuleNeedsAReasonAndStaysListed) {
  auto w = entry::workspace("rules.sqlite");
  const RecordKey now = report(1, "2025-08-24");
  EXPECT_EQ(refusal([&] { entry::enter(w, change(now, "activated_l2", "90")); }),
            "data.check_fell_l2");
  EXPECT_EQ(refusal([&] { entry::enter(w, change(now, "activated_l2", "1200")); }),
            "data.rule_l2_above_eligible");
  EXPECT_EQ(
      refusal([&] {
        entry::enter(w, {change(now, "activated_l2", "300"), change(now, "installed", "250")});
      }),
      "data.rule_l2_above_installed");
  EXPECT_EQ(
      refusal([&] { entry::enter(w, change(report(1, "2025-08-20"), "activated_l2", "125")); }),
      "data.rule_weekday");
  EXPECT_EQ(
      refusal([&] { entry::enter(w, change(report(1, "2999-08-04"), "activated_l2", "125")); }),
      "data.rule_to_come");
  // What lies between: raising a week above the next one.
  EXPECT_EQ(
      refusal([&] { entry::enter(w, change(report(1, "2025-08-10"), "activated_l2", "125")); }),
      "data.check_fell_l2");
  // Both weeks at once speak for each other.
  EXPECT_EQ(entry::enter(w, {change(report(1, "2025-08-10"), "activated_l2", "125"),
                             change(report(1, "2025-08-17"), "activated_l2", "126")})
                .operations,
            2U);
  EXPECT_TRUE(w.database().prepare("SELECT 1 FROM operation").step());
  const auto stands =
      entry::enter(w, change(now, "activated_l2", "90", "Đếm lại, trước đây ghi trùng"));
  ASSERT_EQ(stands.let_stand.size(), 1U);
  EXPECT_EQ(stands.let_stand[0].rule, "falling");
  auto findings = data::check_quality(*w.load());
  data::add_reasons(w, findings);
  const auto fell = std::find_if(findings.begin(), findings.end(),
                                 [](const auto& f) { return f.check == data::Check::falling; });
  ASSERT_NE(fell, findings.end());
  ASSERT_TRUE(fell->kept) << "the list says why it was let stand";
  EXPECT_EQ(fell->kept->reason, "Đếm lại, trước đây ghi trùng");
  EXPECT_EQ(fell->kept->unit, "Tỉnh Thử");
  for (const auto& f : findings)
    if (f.check != data::Check::falling) {
      EXPECT_FALSE(f.kept) << f.key;
    }
  EXPECT_EQ(refusal([&] {
              entry::enter(w, {change(entry::team, "members", "5"),
                               change(entry::team, "union_members", "6")});
            }),
            "data.rule_union_members");
  EXPECT_EQ(refusal([&] { entry::enter(w, change(entry::team, "place", "2.35 48.86")); }),
            "data.rule_outside_country");
  // A fault of long ago does not keep anybody from typing something else.
  EXPECT_EQ(entry::enter(w, change(now, "sessions", "3")).operations, 1U);
}

TEST(DbOperations, EligiblePeopleAreNearlyThoseOfTheReportBefore) {
  auto w = entry::workspace("eligible.sqlite");
  const RecordKey now = report(1, "2025-08-24");
  EXPECT_EQ(refusal([&] { entry::enter(w, change(now, "eligible", "10000")); }),
            "data.rule_eligible_rose");
  EXPECT_EQ(refusal([&] { entry::enter(w, change(now, "eligible", "499")); }),
            "data.rule_eligible_fell");
  // A first report has none before it, and twice as many may be.
  entry::enter(w, change(report(3, "2025-08-24"), "eligible", "10000"));
  entry::enter(w, change(now, "eligible", "2000"));
  const auto stands = entry::enter(w, change(now, "eligible", "10000", "Đếm cả người tạm trú"));
  ASSERT_EQ(stands.let_stand.size(), 1U);
  EXPECT_EQ(stands.let_stand[0].rule, "eligible_leap");
}

TEST(DbOperations, AUnitChangesWhatLiesUnderIt) {
  auto w = entry::workspace("under.sqlite");
  EXPECT_EQ(data::author_unit(w), entry::province) << "the only one there is";
  EXPECT_FALSE(data::has_author_unit(w));
  data::set_author_unit(w, commune(2));
  EXPECT_EQ(refusal([&] { entry::enter(w, change(report(1, "2025-08-17"), "sessions", "1")); }),
            "data.held_not_under");
  EXPECT_EQ(refusal([&] { entry::enter(w, change(entry::team, "members", "9")); }),
            "data.held_not_under");
  EXPECT_EQ(entry::enter(w, change(report(2, "2025-08-17"), "sessions", "1")).operations, 1U);
  // What became part of it is its own; a former district is above both.
  data::set_author_unit(w, commune(1));
  EXPECT_EQ(entry::enter(w, change(data::report_record(entry::former, entry::day("2025-06-01")),
                                   "sessions", "1"))
                .operations,
            1U);
  data::set_author_unit(w, entry::west);
  EXPECT_EQ(refusal([&] { entry::enter(w, change(report(1, "2025-08-17"), "sessions", "2")); }),
            "data.held_not_under");
  data::set_author_unit(w, entry::east);
  EXPECT_EQ(entry::enter(w, change(report(1, "2025-08-17"), "sessions", "2")).operations, 1U);
  EXPECT_EQ(entry::enter(w, change(data::report_record(entry::former, entry::day("2025-06-01")),
                                   "sessions", "2"))
                .operations,
            1U);
  EXPECT_EQ(refusal([&] { data::set_author_unit(w, commune(9)); }), "data.unit_not_here");
  EXPECT_EQ(data::find_unit(w, "Huyện Tây"), entry::west);
  EXPECT_EQ(data::find_unit(w, "huyen tay"), entry::west);
  EXPECT_EQ(data::find_unit(w, "10003"), commune(3));
  EXPECT_EQ(data::find_unit(w, data::unit_text(entry::former)), entry::former);
  EXPECT_EQ(refusal([&] { data::find_unit(w, "nowhere"); }), "data.unit_not_here");
}

TEST(DbOperations, TeamsAreMadeMovedAndClosedAndSettlementsHaveSources) {
  auto w = entry::workspace("teams.sqlite");
  data::set_author_unit(w, entry::east);
  const RecordKey fresh{RecordKind::team, "T-mới"};
  entry::enter(
      w, {change(fresh, "name", "Tổ công nghệ số"), change(fresh, "members", "8"),
          change(fresh, "level", "commune"), change(fresh, "unit", data::unit_text(commune(2))),
          change(fresh, "place", "103.2 21.05")});
  auto dataset = w.load();
  const data::Team* t = team_of(dataset->teams, "T-mới");
  ASSERT_NE(t, nullptr);
  EXPECT_EQ(t->members, 8);
  ASSERT_TRUE(t->home.valid());
  EXPECT_EQ(dataset->communes[t->home.value].code.text, "10002");
  ASSERT_TRUE(t->at);
  EXPECT_DOUBLE_EQ(t->at->lon, 103.2);
  // Not into a district that is another's.
  EXPECT_EQ(refusal([&] { entry::enter(w, change(fresh, "unit", data::unit_text(commune(3)))); }),
            "data.held_not_under");
  entry::enter(w, {change(fresh, "unit", data::unit_text(commune(1))),
                   change(entry::team, "closed_on", "2025-08-20")});
  dataset = w.load();
  EXPECT_EQ(dataset->communes[team_of(dataset->teams, "T-mới")->home.value].code.text, "10001");
  EXPECT_EQ(team_of(dataset->teams, "T1"), nullptr) << "closed: not counted, not planned with";
  ASSERT_NE(team_of(dataset->closed_teams, "T1"), nullptr) << "and kept";
  EXPECT_EQ(team_of(dataset->closed_teams, "T1")->members, 5) << "what was imported stays";
  entry::enter(w, change(entry::team, "closed_on", std::nullopt));
  EXPECT_NE(team_of(w.load()->teams, "T1"), nullptr);

  entry::enter(w, {change(entry::settlement, "electricity", "grid"),
                   change(entry::settlement, "electricity_as_of", "2025-08-20"),
                   change(entry::settlement, "electricity_source", "Điện lực Nậm Pồ")});
  dataset = w.load();
  ASSERT_EQ(dataset->settlements.size(), 1U);
  const data::Settlement& s = dataset->settlements[0];
  EXPECT_EQ(s.electricity, data::Electricity::grid);
  EXPECT_EQ(s.electricity_as_of, entry::day("2025-08-20"));
  EXPECT_EQ(s.electricity_source, "Điện lực Nậm Pồ");
  EXPECT_EQ(s.signal, data::Signal::weak);
  EXPECT_EQ(s.residents, 300);
  EXPECT_TRUE(s.at);

  const RecordKey done{RecordKind::activity, data::uuid_text(data::random_uuid())};
  entry::enter(w, {change(done, "team", "T1"), change(done, "date", "2025-08-16"),
                   change(done, "unit", data::unit_text(commune(1))), change(done, "sessions", "2"),
                   change(done, "reached", "60"), change(done, "activations", "25")});
  dataset = w.load();
  ASSERT_EQ(dataset->activities.size(), 1U);
  EXPECT_EQ(dataset->activities[0].activations, 25);
  EXPECT_TRUE(dataset->activities[0].commune.valid());
}

TEST(DbOperations, AnUndoSetsBackWhatNobodyTouchedSince) {
  auto w = entry::workspace("undo.sqlite");
  const auto before = w.load();
  const auto first = entry::enter(
      w, {change(report(1, "2025-08-17"), "activated_l2", "125"),
          change(report(1, "2025-08-17"), "sessions", "4"), change(entry::team, "members", "7")});
  entry::enter(w, change(entry::team, "members", "9"));
  const data::Undone undone = data::undo_batch(w, *first.batch);
  EXPECT_EQ(undone.entered.operations, 2U);
  ASSERT_EQ(undone.changed_since.size(), 1U);
  EXPECT_EQ(undone.changed_since[0].field, "members");
  const auto dataset = w.load();
  EXPECT_EQ(seen(*dataset, "10001", "2025-08-17")->activated_l2, 120) << "what was imported";
  EXPECT_EQ(seen(*dataset, "10001", "2025-08-17")->sessions, std::nullopt);
  EXPECT_EQ(team_of(dataset->teams, "T1")->members, 9);
  // An undo is undone like everything else, and the other way round, without end.
  const auto again = data::undo_batch(w, *undone.entered.batch);
  EXPECT_EQ(seen(*w.load(), "10001", "2025-08-17")->activated_l2, 125);
  data::undo_batch(w, *again.entered.batch);
  EXPECT_EQ(seen(*w.load(), "10001", "2025-08-17")->activated_l2, 120);
  EXPECT_EQ(refusal([&] { data::undo_batch(w, data::random_uuid()); }), "data.no_such_batch");
  EXPECT_EQ(data::history(w, {}).size(), 5U);
  EXPECT_THROW(w.database().execute("DELETE FROM operation"), geo::Error) << "append-only";
  EXPECT_THROW(w.database().execute("UPDATE operation SET value = '1'"), geo::Error);
}

TEST(DbOperations, HistorySaysWhoWhenAndWhatItReplaced) {
  auto w = entry::workspace("history.sqlite");
  data::set_author_unit(w, commune(1));
  entry::enter(w, change(report(1, "2025-08-17"), "activated_l2", "125"));
  data::set_author_unit(w, entry::west);
  entry::enter(w, {change(report(3, "2025-08-17"), "activated_l2", "10")},
               {.file = "tuần 33.xlsx", .sheet = "Tây", .let_stand = false});
  data::set_author_unit(w, entry::province);
  entry::enter(w, change(report(1, "2025-08-17"), "activated_l2", "126"));
  const auto all = data::history(w, {});
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].batch->author, entry::province);
  EXPECT_THAT(all[0].before, ElementsAre("125"));
  EXPECT_EQ(all[1].batch->file, "tuần 33.xlsx");
  EXPECT_THAT(all[1].before, ElementsAre(std::nullopt));
  EXPECT_THAT(all[2].before, ElementsAre("120")) << "what was imported";
  EXPECT_EQ(all[2].batch->sequence, 1);
  EXPECT_EQ(data::history(w, {.record = report(1, "2025-08-17"), .unit = {}, .until = {}}).size(),
            2U);
  EXPECT_EQ(data::history(w, {.record = {}, .unit = entry::west, .until = {}}).size(), 1U);
  EXPECT_EQ(data::history(w, {.record = {}, .unit = commune(1), .until = {}}).size(), 2U)
      << "its own, and what others entered for it";
  EXPECT_EQ(data::history(w, {.record = {}, .unit = {}, .until = "2020-01-01T00:00:00Z"}).size(),
            0U);
}

TEST(DbOperations, ImportsAndTheirUndoGoOnBelowWhatWasEntered) {
  auto w = entry::workspace("below.sqlite");
  entry::enter(w, {change(report(1, "2025-08-17"), "activated_l2", "125"),
                   change(entry::team, "members", "7")});
  {
    tiny::Import import(w, "reports");
    const auto unit = import.unit("10001", "commune", "2025-07-01");
    import.report(unit, "2025-08-17", 1100, 121, 230);
    import.report(unit, "2025-08-24", 1100, 140, 240);
    import.team("T1", unit);
    import.done();
  }
  auto r = seen(*w.load(), "10001", "2025-08-17");
  EXPECT_EQ(r->activated_l2, 125) << "an entry stands over whatever is imported";
  EXPECT_EQ(r->eligible, 1100);
  EXPECT_EQ(team_of(w.load()->teams, "T1")->members, 7);
  ASSERT_EQ(data::take_back_last_import(w)->source.kind, "reports") << "not the entries";
  r = seen(*w.load(), "10001", "2025-08-17");
  EXPECT_EQ(r->activated_l2, 125);
  EXPECT_EQ(r->eligible, 1000);
  EXPECT_FALSE(seen(*w.load(), "10001", "2025-08-24"));
}

TEST(DbOperations, ImportsBecomeOperationsOnceAUnitWrites) {
  auto w = entry::workspace("as_operations.sqlite");
  const auto table = data::test::written(
      "week_35.csv",
      "code,date,eligible,activated_l2\n10001,2025-08-31,1000,300\n10003,2025-08-31,900,20\n");
  data::set_author_unit(w, entry::east);
  const auto preview = data::test::imported(w, table, data::ImportKind::reports);
  EXPECT_EQ(preview.refused, 1);
  EXPECT_EQ(preview.added, 1);
  EXPECT_EQ(data::test::count(preview.issues, "data.held_not_under"), 1U);
  EXPECT_EQ(data::test::first(preview.issues, "data.held_not_under")->row, 3);
  const auto all = data::all_operations(w.database());
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].batch->file, preview.file);
  EXPECT_EQ(all[0].row, 2);
  EXPECT_EQ(all[0].batch->author, entry::east);
  auto r = seen(*w.load(), "10001", "2025-08-31");
  ASSERT_TRUE(r);
  EXPECT_EQ(r->activated_l2, 300);
  ASSERT_EQ(w.sources().size(), 2U);
  EXPECT_EQ(w.sources()[1].kind, "reports");
  // The same file again changes nothing.
  EXPECT_EQ(data::test::imported(w, table, data::ImportKind::reports).same, 1);
  EXPECT_EQ(w.sources().size(), 2U);
  // A table after an entry is the later of the two, and a later entry stands over the table.
  entry::enter(w, change(report(1, "2025-08-31"), "activated_l2", "310"));
  const auto again = data::test::written(
      "week_35_again.csv", "code,date,eligible,activated_l2\n10001,2025-08-31,1000,305\n");
  EXPECT_EQ(data::test::imported(w, again, data::ImportKind::reports).changed, 1);
  EXPECT_EQ(seen(*w.load(), "10001", "2025-08-31")->activated_l2, 305);
  EXPECT_EQ(data::take_back_last_import(w)->source.kind, "reports");
  EXPECT_EQ(seen(*w.load(), "10001", "2025-08-31")->activated_l2, 310);
  EXPECT_EQ(data::take_back_last_import(w)->source.kind, "reports");
  r = seen(*w.load(), "10001", "2025-08-31");
  EXPECT_EQ(r->activated_l2, 310) << "somebody changed it since";
  EXPECT_EQ(r->eligible, std::nullopt);
  // Teams and settlements too; what a table leaves empty takes nothing back.
  const auto teams = data::test::written(
      "teams.csv", "id,name,commune_code,members\nT1,Tổ số 1,10001,\nT2,Tổ số 2,10002,6\n");
  EXPECT_EQ(data::test::imported(w, teams, data::ImportKind::teams).refused, 0);
  const auto dataset = w.load();
  EXPECT_EQ(team_of(dataset->teams, "T1")->name, "Tổ số 1");
  EXPECT_EQ(team_of(dataset->teams, "T1")->members, 5);
  ASSERT_NE(team_of(dataset->teams, "T2"), nullptr);
  EXPECT_EQ(team_of(dataset->teams, "T2")->members, 6);
  EXPECT_FALSE(data::history(w, {}).empty());
}

TEST(DbOperations, ThePastIsLoadedAsItWasKnown) {
  auto w = entry::workspace("past.sqlite");
  entry::enter(w, change(report(1, "2025-08-17"), "activated_l2", "125"));
  entry::enter(w, change(entry::team, "closed_on", "2025-08-20"));
  // As if it had been entered over some days.
  w.database().execute(
      "DROP TRIGGER operation_stays;"
      " UPDATE source SET imported_at = '2025-08-18T00:00:00Z' WHERE kind <> 'entries';"
      " UPDATE operation SET received_at = '2025-08-19T00:00:00Z' WHERE kind = 'report';"
      " UPDATE operation SET received_at = '2025-08-21T00:00:00Z' WHERE kind = 'team'");
  const auto before = data::test::dump(w);
  auto then = data::load_as_known(w, "2025-08-20T12:00:00Z");
  EXPECT_EQ(seen(*then, "10001", "2025-08-17")->activated_l2, 125);
  EXPECT_NE(team_of(then->teams, "T1"), nullptr);
  then = data::load_as_known(w, "2025-08-18T12:00:00Z");
  EXPECT_EQ(seen(*then, "10001", "2025-08-17")->activated_l2, 120);
  then = data::load_as_known(w, "2025-08-01T00:00:00Z");
  EXPECT_TRUE(then->communes.empty());
  EXPECT_TRUE(then->dates.empty());
  then = data::load_as_known(w, "2025-08-30T00:00:00Z");
  EXPECT_EQ(team_of(then->teams, "T1"), nullptr);
  EXPECT_EQ(data::test::dump(w), before) << "looking at the past changes nothing";
}

}  // namespace
