// Teams, settlements and activities as a person enters them: the list, the form, and steps back.
#include <gtest/gtest.h>

#include <algorithm>

#include "data/record_book.hpp"
#include "data/record_sheet.hpp"
#include "data/record_step.hpp"
#include "data/record_typed.hpp"
#include "data/unit_shape.hpp"
#include "geo/error.hpp"
#include "tests/data/entry_workspace.hpp"

namespace {

using data::RecordKind;
using entry::change;
using entry::commune;
using entry::RecordKey;

const geo::Date today = entry::day("2025-09-01");
const RecordKey fresh{RecordKind::team, "10001-T01"};
const RecordKey meeting{RecordKind::activity, "0b7c3f0e-5b1d-4c7e-9a59-2f4d4c1e8a10"};

std::string refusal(const std::function<void()>& what) {
  try {
    what();
  } catch (const geo::Error& error) {
    return error.message.id;
  }
  return "nothing was refused";
}
std::vector<std::string> keys(const std::vector<data::RecordRow>& rows) {
  std::vector<std::string> out;
  for (const auto& row : rows) out.push_back(row.record.key);
  return out;
}
data::RecordStep make_team(data::Workspace& w) {
  return data::enter_record(
      w, std::vector{change(fresh, "name", "Tổ Bản Mới"), change(fresh, "level", "commune"),
                     change(fresh, "unit", data::unit_text(commune(1))),
                     change(fresh, "members", "5")});
}
data::TypedValue typed(const data::RecordBook& book, RecordKind kind, const char* field,
                       const char* text) {
  return data::typed_value(book, *data::find_field(kind, field), text);
}

}  // namespace

TEST(DbRecords, TheListSaysWhatIsTheAuthorsAndPutsClosedTeamsLast) {
  auto w = entry::workspace("book.sqlite");
  make_team(w);
  entry::enter(w, change(entry::team, "closed_on", "2025-08-31"));
  data::set_author_unit(w, commune(1));
  auto book = data::record_book(w, today);
  EXPECT_EQ(keys(book.teams), (std::vector<std::string>{"T9", "10001-T01", "T1"}))
      << "without a commune first, closed last";
  EXPECT_TRUE(data::closed(book.teams[2], today));
  EXPECT_FALSE(data::closed(book.teams[2], entry::day("2025-08-30"))) << "that day it still was";
  EXPECT_FALSE(book.teams[0].ours) << "whose commune is not known is the province's";
  EXPECT_TRUE(book.teams[1].ours);
  EXPECT_EQ(book.teams[1].home_name, "xã Xã số 1");
  EXPECT_EQ(book.teams[1].cell("members"), "5");
  EXPECT_FALSE(book.settlements.at(0).cell("signal_as_of")) << "not said";
  EXPECT_EQ(data::rows_like(book, RecordKind::team, "ban moi", false),
            std::vector<std::uint32_t>{1});
  EXPECT_EQ(data::rows_like(book, RecordKind::team, "", true).size(), 3U);
  ASSERT_EQ(book.units.size(), 2U) << "its own, and what became part of it";
  EXPECT_TRUE(book.units[1].former);

  data::set_author_unit(w, entry::west);
  book = data::record_book(w, today);
  EXPECT_TRUE(data::rows_like(book, RecordKind::team, "", false).empty());
  EXPECT_FALSE(book.settlements.at(0).ours);
}

TEST(DbRecords, ACodeIsProposedThatNobodyElseProposes) {
  auto w = entry::workspace("code.sqlite");
  data::set_author_unit(w, commune(1));
  EXPECT_EQ(data::proposed_code(data::record_book(w, today), RecordKind::team), "10001-T01");
  make_team(w);
  const auto book = data::record_book(w, today);
  EXPECT_EQ(data::proposed_code(book, RecordKind::team), "10001-T02");
  EXPECT_EQ(data::proposed_code(book, RecordKind::settlement), "10001-B01");
  data::set_author_unit(w, entry::east);
  EXPECT_EQ(data::proposed_code(data::record_book(w, today), RecordKind::team), "091-T01");
}

TEST(DbRecords, TheSheetSaysWhoEnteredEachValueAndFromWhere) {
  auto w = entry::workspace("sheet.sqlite");
  data::set_author_unit(w, commune(1));
  entry::enter(w, {change(entry::settlement, "electricity", "grid"),
                   change(entry::settlement, "electricity_as_of", "20/8/2025"),
                   change(entry::settlement, "electricity_source", "Điện lực huyện")});
  const auto sheet = data::record_sheet(w, entry::settlement);
  ASSERT_TRUE(sheet.exists);
  EXPECT_FALSE(sheet.not_ours);
  EXPECT_EQ(sheet.value("electricity_as_of"), "2025-08-20");
  EXPECT_EQ(sheet.find("electricity")->now->from.unit, "xã Xã số 1");
  EXPECT_FALSE(sheet.find("electricity")->now->from.at.empty());
  const auto& residents = *sheet.find("residents");
  EXPECT_EQ(residents.now->value, "300");
  EXPECT_EQ(residents.now->from.unit, "") << "imported";
  EXPECT_EQ(residents.now->from.file, "tiny.csv");
  EXPECT_TRUE(residents.now->from.row);
  EXPECT_FALSE(sheet.find("households")->now);

  data::set_author_unit(w, commune(2));
  const auto other = data::record_sheet(w, entry::settlement);
  ASSERT_TRUE(other.not_ours);
  EXPECT_EQ(other.not_ours->id, "data.held_not_under");
  EXPECT_FALSE(data::record_sheet(w, fresh).exists);
}

TEST(DbRecords, AStepIsTakenBackAndDoneAgainAsOftenAsOneLikes) {
  auto w = entry::workspace("steps.sqlite");
  data::set_author_unit(w, commune(1));
  const auto members = [&] { return data::record_sheet(w, entry::team).value("members"); };
  const auto before = members();
  std::vector<data::RecordStep> steps;
  for (const char* n : {"7", "8", "9"})
    steps.push_back(data::enter_record(w, std::vector{change(entry::team, "members", n)}));
  for (int round = 0; round < 2; ++round) {
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) data::take_back(w, *step);
    EXPECT_EQ(members(), before);
    for (const auto& step : steps) data::do_again(w, step);
    EXPECT_EQ(members(), "9");
  }
  entry::enter(w, change(entry::team, "members", "12"));
  EXPECT_EQ(refusal([&] { data::take_back(w, steps.back()); }), "data.step_changed_since");
  EXPECT_EQ(members(), "12");
  EXPECT_TRUE(
      data::enter_record(w, std::vector{change(entry::team, "members", "12")}).changes.empty());
}

TEST(DbRecords, ATeamMadeAndTakenBackIsNoTeamButStaysInTheHistory) {
  auto w = entry::workspace("made.sqlite");
  data::set_author_unit(w, commune(1));
  const auto teams = [&] { return w.load()->teams.size() + w.load()->closed_teams.size(); };
  const std::size_t had = teams();
  const auto step = make_team(w);
  EXPECT_EQ(teams(), had + 1);
  data::take_back(w, step);  // a commune may not touch what lies nowhere: its commune goes last
  EXPECT_EQ(teams(), had);
  EXPECT_EQ(data::record_book(w, today).find(fresh), nullptr);
  EXPECT_FALSE(data::record_sheet(w, fresh).exists);
  EXPECT_EQ(data::operations_of(w.database(), fresh).size(), 8U) << "four set, four taken back";
  data::do_again(w, step);
  EXPECT_EQ(teams(), had + 1);
  EXPECT_EQ(data::record_sheet(w, fresh).value("name"), "Tổ Bản Mới");

  const auto held = data::enter_record(
      w, std::vector{change(meeting, "date", "2025-08-20"), change(meeting, "team", fresh.key),
                     change(meeting, "unit", data::unit_text(commune(1))),
                     change(meeting, "reached", "40")});
  ASSERT_EQ(w.load()->activities.size(), 1U);
  EXPECT_EQ(data::record_book(w, today).activities.at(0).name, "Tổ Bản Mới");
  data::take_back(w, held);
  EXPECT_TRUE(w.load()->activities.empty());
}

TEST(DbRecords, APlaceOutsideItsCommuneNeedsAReason) {
  auto w = entry::workspace("place.sqlite");
  data::set_author_unit(w, entry::east);
  const auto at = [](const char* place, const char* reason = "") {
    return change(entry::team, "place", place, reason);
  };
  EXPECT_EQ(refusal([&] { entry::enter(w, at("103.35 21.05")); }), "data.rule_outside_unit");
  EXPECT_EQ(entry::enter(w, at("103.15 21.05")).operations, 1U);
  EXPECT_EQ(entry::enter(w, at("103.201 21.05")).operations, 1U)
      << "borders are not better known than to some hundred metres";
  const auto stands = entry::enter(w, at("103.35 21.05", "Nhờ trụ sở xã bên"));
  ASSERT_EQ(stands.let_stand.size(), 1U);
  EXPECT_EQ(stands.let_stand[0].rule, "settlement_outside");
  const auto book = data::record_book(w, today);
  EXPECT_TRUE(book.find(entry::team)->let_stand) << "and stays to be seen";
  EXPECT_EQ(data::record_sheet(w, entry::team).find("place")->now->from.reason,
            "Nhờ trụ sở xã bên");
}

TEST(DbRecords, WhatIsTypedIsUnderstoodAsPeopleWriteIt) {
  auto w = entry::workspace("typed.sqlite");
  data::set_author_unit(w, entry::province);
  const auto book = data::record_book(w, today);
  constexpr auto team = RecordKind::team, settlement = RecordKind::settlement;
  EXPECT_EQ(typed(book, team, "members", "1.234").value, "1234");
  EXPECT_EQ(typed(book, team, "members", " ").value, std::nullopt);
  EXPECT_FALSE(typed(book, team, "members", " ").wrong) << "taken back";
  EXPECT_EQ(typed(book, team, "members", "-3").wrong->id, "data.value_not_count");
  EXPECT_EQ(typed(book, team, "members", "hơn 10").wrong->id, "data.value_not_count");
  EXPECT_EQ(typed(book, settlement, "away_share", "35%").value, "0.35");
  EXPECT_EQ(typed(book, settlement, "away_share", "0,350").value, "0.35");
  EXPECT_EQ(typed(book, settlement, "away_share", "35").wrong->id, "data.value_not_share");
  EXPECT_EQ(typed(book, team, "established_on", "27/8/2023").value, "2023-08-27");
  EXPECT_TRUE(typed(book, team, "established_on", "31/2/2023").wrong);
  for (const char* place :
       {"103.15 21.05", "103,15 21,05", "103.15, 21.05", "103.15,21.05", "103,15; 21,05"})
    EXPECT_EQ(typed(book, team, "place", place).value, "103.1500000 21.0500000") << place;
  EXPECT_EQ(typed(book, team, "unit", "số 2").value, std::nullopt);
  EXPECT_EQ(typed(book, team, "unit", "xa xa so 2").value, data::unit_text(commune(2)));
  EXPECT_EQ(typed(book, team, "unit", "10003").value, data::unit_text(commune(3)));
  EXPECT_EQ(typed(book, team, "unit", "Nơi khác").wrong->id, "data.typed_no_unit");
  EXPECT_EQ(typed(book, team, "former_unit", "Cũ Một").value, data::unit_text(entry::former));
  EXPECT_EQ(typed(book, RecordKind::activity, "team", "T1").value, "T1");
  EXPECT_EQ(typed(book, RecordKind::activity, "team", "T77").wrong->id, "data.typed_no_team");
}

TEST(DbRecords, AFormReadsAgainWhatItShows) {
  auto w = entry::workspace("form.sqlite");
  make_team(w);
  const auto book = data::record_book(w, today);
  const std::pair<RecordKind, std::pair<const char*, std::string>> values[] = {
      {RecordKind::team, {"unit", data::unit_text(commune(2))}},
      {RecordKind::team, {"former_unit", data::unit_text(entry::former)}},
      {RecordKind::team, {"place", "103.1500000 21.0000000"}},
      {RecordKind::settlement, {"smartphone_share", "0.862"}},
      {RecordKind::settlement, {"signal_as_of", "2025-08-20"}},
      {RecordKind::activity, {"team", "10001-T01"}},
      {RecordKind::activity, {"reached", "1234"}}};
  for (const auto& [kind, of] : values) {
    const auto& field = *data::find_field(kind, of.first);
    const std::string text = data::form_text(book, field, of.second);
    EXPECT_EQ(data::typed_value(book, field, text).value, of.second) << text;
  }
  const auto& unit = *data::find_field(RecordKind::team, "unit");
  EXPECT_EQ(data::suggestions(book, unit, "xa so", 3).size(), 3U);
  EXPECT_EQ(data::suggestions(book, unit, "so 4", 3).size(), 1U);
  const auto& team = *data::find_field(RecordKind::activity, "team");
  EXPECT_EQ(data::suggestions(book, team, "ban moi", 3),
            std::vector<std::string>{"Tổ Bản Mới (10001-T01)"});
}

TEST(Records, HowFarAPointLiesOutside) {
  const auto square = tiny::square(103, 21);
  EXPECT_EQ(data::metres_outside(square, {103.05, 21.05}), 0);
  EXPECT_NEAR(data::metres_outside(square, {103.05, 21.11}), 1113, 2);
  EXPECT_NEAR(data::metres_outside(square, {103.11, 21.05}), 1039, 2) << "degrees are narrower";
  auto ring = square;
  ring[0].holes.push_back({{103.04, 21.04}, {103.04, 21.06}, {103.06, 21.06}, {103.06, 21.04}});
  EXPECT_GT(data::metres_outside(ring, {103.05, 21.05}), 1000);
  EXPECT_EQ(data::metres_outside({}, {103.05, 21.05}), 0) << "nothing known against it";
}
