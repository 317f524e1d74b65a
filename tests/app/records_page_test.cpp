// The page of teams, settlements and activities: what is asked for, done by its jobs, and then read
// from the workspace.
#include <gtest/gtest.h>

#include <algorithm>

#include "app/apply.hpp"
#include "app/jobs.hpp"
#include "app/pages/page_command.hpp"
#include "app/pages/records_form.hpp"
#include "app/state.hpp"
#include "tests/data/entry_workspace.hpp"

namespace {

namespace records = app::records_page;
using data::RecordKind;
using entry::commune;
using entry::RecordKey;

/// A desk on a small workspace in the name of a unit, with the page open.
class Page {
 public:
  Page(const std::string& name, const data::UnitKey& author) : workspace(entry::workspace(name)) {
    data::set_author_unit(workspace, author);
    const auto loaded = app::load(workspace.file(), {});
    state.loaded = loaded;
    state.mode = app::Mode::entry;
    state.entry.of = loaded->file;
    state.entry.pages.shown = app::EntryPage::records;
    app::open_page(state);
    answer();
  }
  void ask(records::Command what) {
    records::apply(state, what);
    answer();
  }
  void step(bool back) {
    app::step_page(state, back);
    answer();
  }
  /// Does what was asked for, until nothing is.
  void answer() {
    while (!state.requests.empty()) {
      const auto requests = std::exchange(state.requests, {});
      for (const app::JobRequest& request : requests)
        if (const auto* job = std::get_if<app::EntryJob>(&request))
          app::apply(state, app::command::OfEntry{app::work_on(*job, {})});
    }
  }
  void type(const char* field, const std::string& text) { ask(records::TypeField{field, text}); }
  const records::State& page() const { return *state.entry.pages.records; }
  std::vector<std::string> rules() const {
    std::vector<std::string> out;
    if (page().draft() != nullptr)
      for (const auto& b : page().draft()->breaks) out.push_back(b.rule);
    return out;
  }
  const data::Team* team(const std::string& code) {
    dataset = workspace.load();
    for (const auto* teams : {&dataset->teams, &dataset->closed_teams})
      for (const data::Team& t : *teams)
        if (t.id == code) return &t;
    return nullptr;
  }
  bool is_closed(const std::string& code) {
    dataset = workspace.load();
    return std::any_of(dataset->closed_teams.begin(), dataset->closed_teams.end(),
                       [&](const data::Team& t) { return t.id == code; });
  }

  data::Workspace workspace;
  app::AppState state;
  std::shared_ptr<const data::Dataset> dataset;
};

}  // namespace

TEST(DbRecordsPage, ATeamIsMadeChangedMovedClosedAndAllOfItTakenBack) {
  Page p("page.sqlite", commune(1));
  ASSERT_TRUE(p.page().book);
  p.ask(records::Make{});
  EXPECT_EQ(records::form_code(p.page()), "10001-T01");
  EXPECT_EQ(records::ready(p.page()).missing->id, "records.name_missing");
  p.type("name", "Tổ Bản Mới");
  p.type("members", "9");
  EXPECT_TRUE(p.page().map) << "the commune is known, and so is its boundary";
  ASSERT_TRUE(records::ready(p.page()).save);
  EXPECT_EQ(p.team("10001-T01"), nullptr) << "typed is not saved";
  p.ask(records::Save{});
  ASSERT_NE(p.team("10001-T01"), nullptr);
  EXPECT_EQ(p.team("10001-T01")->members, 9);
  EXPECT_EQ(p.page().chosen, (RecordKey{RecordKind::team, "10001-T01"})) << "it stays chosen";
  EXPECT_TRUE(p.page().drafts.empty());
  EXPECT_TRUE(p.state.entry.wrote);

  p.type("place", "103,15 21,05");
  p.ask(records::Save{});
  ASSERT_TRUE(p.team("10001-T01")->at);
  EXPECT_DOUBLE_EQ(p.team("10001-T01")->at->lat, 21.05);

  p.ask(records::Close{});
  EXPECT_FALSE(p.is_closed("10001-T01"));
  p.ask(records::Save{});
  EXPECT_TRUE(p.is_closed("10001-T01")) << "from today on nobody plans with it";
  EXPECT_NE(p.page().book->find({RecordKind::team, "10001-T01"}), nullptr) << "and it is there";

  for (int i = 0; i < 3; ++i) p.step(true);
  EXPECT_EQ(p.team("10001-T01"), nullptr);
  EXPECT_FALSE(p.page().chosen);
  p.step(true);  // there is nothing more
  for (int i = 0; i < 3; ++i) p.step(false);
  EXPECT_TRUE(p.is_closed("10001-T01"));
  p.step(true);
  EXPECT_FALSE(p.is_closed("10001-T01"));
  p.type("closed_on", "2025-08-31");
  p.ask(records::Save{});
  EXPECT_TRUE(p.is_closed("10001-T01"));
  p.ask(records::Reopen{});
  p.ask(records::Save{});
  EXPECT_FALSE(p.is_closed("10001-T01"));
  EXPECT_TRUE(p.page().undone.empty()) << "after something new nothing can be done again";
}

TEST(DbRecordsPage, RulesAreToldWhileOneTypesAndAReasonLetsThemStand) {
  Page p("rules.sqlite", commune(1));
  p.ask(records::Choose{entry::team});
  ASSERT_TRUE(p.page().sheet);
  p.type("members", "x");
  const auto& field = *data::find_field(RecordKind::team, "members");
  EXPECT_EQ(records::form_value(p.page(), field).wrong->id, "data.value_not_count");
  EXPECT_FALSE(records::ready(p.page()).save);
  p.type("members", "5");
  p.type("union_members", "6");
  EXPECT_EQ(p.rules(), std::vector<std::string>{"members"});
  EXPECT_FALSE(records::ready(p.page()).save);
  p.type("union_members", "5");
  EXPECT_TRUE(p.rules().empty());
  p.type("union_members", "6");
  p.ask(records::TypeReason{"Hai người ở chi đoàn bên"});
  ASSERT_TRUE(records::ready(p.page()).save);
  p.ask(records::Save{});
  const auto* row = p.page().book->find(entry::team);
  ASSERT_NE(row, nullptr);
  EXPECT_TRUE(row->let_stand);
  EXPECT_EQ(p.page().sheet->find("union_members")->now->from.reason, "Hai người ở chi đoàn bên");
  EXPECT_EQ(p.page().sheet->find("members")->now->from.reason, "")
      << "the reason stands where the rule is broken";
  EXPECT_TRUE(p.page().drafts.empty());
}

TEST(DbRecordsPage, WhatIsTypedStaysWhileOthersAreLookedAtAndIsDiscardedAlone) {
  Page p("drafts.sqlite", entry::east);
  p.ask(records::Choose{entry::team});
  p.type("name", "Tên mới");
  p.ask(records::ChooseKind{RecordKind::settlement});
  p.ask(records::Choose{entry::settlement});
  p.type("electricity", "grid");
  p.type("electricity_as_of", "20/8/2025");
  p.type("electricity_source", "Điện lực");
  EXPECT_EQ(p.page().drafts.size(), 2U);
  p.ask(records::Save{});
  EXPECT_EQ(p.page().drafts.size(), 1U);
  p.dataset = p.workspace.load();
  ASSERT_EQ(p.dataset->settlements.size(), 1U);
  EXPECT_EQ(p.dataset->settlements[0].electricity, data::Electricity::grid);
  EXPECT_EQ(p.dataset->settlements[0].electricity_source, "Điện lực");
  EXPECT_EQ(geo::iso(*p.dataset->settlements[0].electricity_as_of), "2025-08-20");
  p.ask(records::ChooseKind{RecordKind::team});
  p.ask(records::Choose{entry::team});
  EXPECT_TRUE(records::is_typed(p.page(), "name"));
  p.ask(records::Discard{});
  EXPECT_TRUE(p.page().drafts.empty());
  EXPECT_EQ(p.team("T1")->name, "T1");
}

TEST(DbRecordsPage, RecordsOfOtherUnitsAreShownAndNotChanged) {
  Page p("others.sqlite", entry::west);
  EXPECT_TRUE(p.page().shown.empty());
  p.ask(records::ShowOthers{true});
  EXPECT_EQ(p.page().shown.size(), 2U);
  p.ask(records::Choose{entry::team});
  ASSERT_TRUE(p.page().sheet);
  ASSERT_TRUE(p.page().sheet->not_ours);
  EXPECT_EQ(p.page().sheet->not_ours->id, "data.held_not_under");
  p.type("members", "3");
  EXPECT_TRUE(p.page().drafts.empty());
}

TEST(DbRecordsPage, AnActivityIsWhereItsTeamIsAtHome) {
  Page p("activity.sqlite", entry::east);
  p.ask(records::ChooseKind{RecordKind::activity});
  p.ask(records::Make{});
  p.type("team", "T1");
  p.type("date", "20/8/2025");
  p.type("sessions", "2");
  p.type("reached", "40");
  p.type("activations", "50");
  EXPECT_EQ(p.rules(), std::vector<std::string>{"activations"});
  p.type("activations", "30");
  ASSERT_TRUE(records::ready(p.page()).save);
  p.ask(records::Save{});
  p.dataset = p.workspace.load();
  ASSERT_EQ(p.dataset->activities.size(), 1U);
  const data::Activity& a = p.dataset->activities[0];
  EXPECT_EQ(a.team, "T1");
  EXPECT_EQ(a.reached, 40);
  ASSERT_TRUE(a.commune.valid());
  EXPECT_EQ(p.dataset->communes[a.commune.value].code.text, "10001");
  p.step(true);
  EXPECT_TRUE(p.workspace.load()->activities.empty());
}

TEST(DbRecordsPage, AConflictIsToldAndDecidedInTheForm) {
  Page p("conflict.sqlite", entry::east);
  // Two operations that know nothing of each other, as from two copies.
  for (const char* n : {"5", "6"}) {
    data::Operation o;
    o.uuid = data::random_uuid();
    o.batch = std::make_shared<const data::Batch>(
        data::Batch{data::random_uuid(), entry::east, 1, "2025-08-20T00:00:00Z", {}, {}});
    o.record = entry::team;
    o.field = "members";
    o.value = n;
    data::Transaction t(p.workspace.database());
    data::OperationWriter(p.workspace.database(), "2025-08-21T00:00:00Z").add(o);
    data::write_entries(p.workspace.database(), {&entry::team, 1});
    t.commit();
  }
  p.ask(records::Read{});
  EXPECT_TRUE(p.page().book->find(entry::team)->conflict);
  p.ask(records::Choose{entry::team});
  ASSERT_EQ(p.page().sheet->find("members")->rivals.size(), 2U);
  const std::string shown = *p.page().sheet->value("members");
  p.type("members", shown);
  ASSERT_TRUE(records::ready(p.page()).save) << "the same value typed decides";
  p.ask(records::Save{});
  EXPECT_TRUE(data::conflicts(p.workspace).empty());
  EXPECT_FALSE(p.page().book->find(entry::team)->conflict);
}

TEST(DbRecordsPage, AnsweringTooLateDoesNotOverwriteWhatIsTypedNow) {
  Page p("late.sqlite", entry::east);
  p.ask(records::Choose{entry::team});
  records::apply(p.state, records::TypeField{"members", "5"});
  records::apply(p.state, records::TypeField{"union_members", "9"});
  ASSERT_EQ(p.state.requests.size(), 1U) << "one look at a time";
  p.answer();
  EXPECT_EQ(p.rules(), std::vector<std::string>{"members"}) << "and the newest text is looked at";
}
