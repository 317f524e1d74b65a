// Entry mode from keys to rows in the workspace: apply() and the jobs it asks for, without a
// window.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "app/actions.hpp"
#include "app/apply.hpp"
#include "app/entry_job.hpp"
#include "app/jobs.hpp"
#include "app/pages/page_command.hpp"
#include "data/operation_history.hpp"
#include "data/sample.hpp"
#include "tests/app/whole.hpp"
#include "tests/scratch.hpp"

using namespace app;
using command::OfEntry;

namespace {

/// A clean sample in a file of its own, seen in entry mode.
struct Secretary {
  std::filesystem::path file = scratch::folder() / "entry.sqlite";
  AppState s;

  Secretary() {
    std::filesystem::remove(file);
    data::SampleOptions options;
    options.communes = 12;
    options.weeks = 6;
    options.clean = true;
    data::write_sample(file, options);
    apply(s, command::WorkspaceLoaded{load(file, {})});
    apply(s, command::ChooseMode{Mode::entry});
    answer();
  }
  void say(EntryCommand what) {
    apply(s, OfEntry{std::move(what)});
    answer();
  }
  void key(Shortcut pressed) {
    const auto command = command_for_key(s, pressed, false);
    ASSERT_TRUE(command);
    apply(s, *command);
    answer();
  }
  /// What is asked of jobs for entry mode is done at once.
  void answer() {
    while (!s.requests.empty()) {
      for (const JobRequest& request : std::exchange(s.requests, {})) {
        const bool entry = std::holds_alternative<EntryJob>(request);
        if (entry || std::holds_alternative<LoadWorkspace>(request))
          app::apply(s, app::work(request, {}));
      }
    }
  }
  void type(const std::string& text, bool tab = false) {
    say(entry::Type{text});
    say(entry::Take{tab});
  }
  const EntryGrid& grid() const { return *s.entry.grid(); }
  const data::WeekRow& row(std::size_t i) const { return grid().week.rows[i]; }
  data::Week kept() const {
    auto workspace = data::Workspace::open_for_reading(file);
    const auto dataset = workspace.load();
    return data::week_of(workspace, *dataset, grid().week.date);
  }
  /// Why each operation was let stand; empty: it broke no rule.
  std::vector<std::string> reasons() const {
    auto workspace = data::Workspace::open_for_reading(file);
    std::vector<std::string> out;
    for (const data::HistoryBatch& batch : data::history(workspace, {}))
      for (const data::Operation& one : batch.operations) out.push_back(one.reason);
    return out;
  }
  std::size_t operations() const { return reasons().size(); }
};

}  // namespace

TEST(EntryApply, WhatIsTypedIsInTheFileAtOnceAndNothingElse) {
  Secretary desk;
  const auto eligible = desk.row(0).now[0].value();
  desk.type(std::to_string(eligible + 7));
  EXPECT_EQ(desk.kept().rows[0].now[0], eligible + 7);
  EXPECT_EQ(desk.operations(), 1U);
  EXPECT_EQ(desk.s.entry.writing, 0U);
  desk.say(entry::ChooseCell{{0, 0}});
  desk.type(std::to_string(eligible + 7));
  EXPECT_EQ(desk.operations(), 1U) << "the same number again is no change";
  desk.say(entry::ChooseCell{{0, 0}});
  desk.type("12 người");
  EXPECT_TRUE(desk.s.entry.wrong) << "no count";
  EXPECT_EQ(desk.grid().typing, "12 người") << "it stays to be mended";
  EXPECT_EQ(desk.operations(), 1U);
  desk.key({key_escape});
  EXPECT_FALSE(desk.grid().typing);
  EXPECT_EQ(desk.kept().rows[0].now[0], eligible + 7);
}

TEST(EntryApply, UndoAndRedoAreWrittenAsOperationsOfTheirOwn) {
  Secretary desk;
  const auto before = desk.row(1).now;
  desk.say(entry::ChooseCell{{1, 0}});
  desk.type(std::to_string(before[0].value() + 1));
  desk.say(entry::ChooseCell{{1, 4}});
  desk.type("9");
  desk.key({'Z', true});
  EXPECT_EQ(desk.kept().rows[1].now[4], before[4]);
  desk.key({'Z', true});
  EXPECT_EQ(desk.kept().rows[1].now, before);
  desk.key({'Y', true});
  desk.key({'Y', true});
  EXPECT_EQ(desk.kept().rows[1].now[0], before[0].value() + 1);
  EXPECT_EQ(desk.kept().rows[1].now[4], 9);
  EXPECT_EQ(desk.operations(), 6U) << "nothing is ever taken out of the history";
}

TEST(EntryApply, WhatBreaksARuleWaitsForAReasonAndKeepsNothingElseFromBeingWritten) {
  Secretary desk;
  const auto first = desk.row(0).now, second = desk.row(1).now;
  // More at level 2 than there are people, and beside it a sound number of another unit.
  std::string block;
  block += std::to_string(first[0].value() + 50) + '\n';
  block += std::to_string(second[3].value() + 1) + '\n';
  desk.say(entry::ChooseCell{{0, 3}});
  desk.say(entry::WantPaste{});
  desk.say(entry::Paste{block});
  ASSERT_EQ(desk.s.entry.broken.size(), 1U);
  EXPECT_NE(desk.s.entry.broken_at({0, 3}), nullptr);
  EXPECT_EQ(desk.s.entry.broken_at({1, 3}), nullptr);
  EXPECT_EQ(desk.kept().rows[0].now[3], first[3]) << "not written";
  EXPECT_EQ(desk.kept().rows[1].now[3], second[3].value() + 1);
  desk.say(entry::LetStand{0});
  EXPECT_EQ(desk.s.entry.broken.size(), 1U) << "without a reason it does not stand";
  desk.say(entry::TypeReason{"có người tạm trú"});
  desk.say(entry::LetStand{0});
  EXPECT_TRUE(desk.s.entry.broken.empty());
  EXPECT_EQ(desk.kept().rows[0].now[3], first[0].value() + 50);
  EXPECT_THAT(desk.reasons(), testing::UnorderedElementsAre("", "có người tạm trú"));
}

TEST(EntryApply, WhatMendsABrokenRuleIsWrittenTogetherWithIt) {
  Secretary desk;
  const auto eligible = desk.row(0).now[0].value();
  desk.say(entry::ChooseCell{{0, 1}});
  desk.type(std::to_string(eligible + 10));  // installed: more than there are
  ASSERT_EQ(desk.s.entry.broken.size(), 1U);
  desk.say(entry::ChooseCell{{0, 0}});
  desk.type(std::to_string(eligible + 20));
  EXPECT_TRUE(desk.s.entry.broken.empty());
  EXPECT_EQ(desk.kept().rows[0].now[0], eligible + 20);
  EXPECT_EQ(desk.kept().rows[0].now[1], eligible + 10);
}

TEST(EntryApply, TheDeskDoesNotCloseOverNumbersThatAreNotSaved) {
  Secretary desk;
  const auto before = desk.row(0).now;
  desk.say(entry::ChooseCell{{0, 3}});
  desk.say(entry::Type{std::to_string(before[0].value() + 1)});
  apply(desk.s, command::Quit{});
  EXPECT_FALSE(desk.s.quit) << "what is typed is being written";
  desk.answer();
  EXPECT_FALSE(desk.s.quit);
  ASSERT_TRUE(desk.s.error) << "it is said what is not saved";
  EXPECT_EQ(desk.s.mode, Mode::entry);
  apply(desk.s, command::DismissError{});
  desk.s.now += std::chrono::minutes(5);
  apply(desk.s, command::Quit{});
  EXPECT_FALSE(desk.s.quit) << "who worked on since is told again";
  apply(desk.s, command::DismissError{});
  apply(desk.s, command::Quit{});
  EXPECT_TRUE(desk.s.quit) << "asked again";
  EXPECT_EQ(desk.kept().rows[0].now, before);

  Secretary other;
  const auto eligible = other.row(0).now[0].value();
  other.say(entry::Type{std::to_string(eligible + 1)});
  apply(other.s, command::Quit{});
  other.answer();
  EXPECT_TRUE(other.s.quit) << "a sound number is written, then the desk closes";
  EXPECT_EQ(other.kept().rows[0].now[0], eligible + 1);
}

TEST(EntryApply, TheDeskDoesNotCloseOverACellOrAFormThatIsHalfTyped) {
  Secretary desk;
  desk.say(entry::ChooseCell{{0, 0}});
  desk.say(entry::Type{"12a"});
  apply(desk.s, command::Quit{});
  EXPECT_FALSE(desk.s.quit);
  ASSERT_TRUE(desk.s.error);
  EXPECT_EQ(desk.s.error->message.id, "entry.not_whole");
  EXPECT_EQ(*desk.grid().typing, "12a") << "it is still there to be mended";

  Secretary other;
  other.say(entry::ChoosePage{EntryPage::records});
  other.say(of_page(records_page::Command(records_page::Make{})));
  apply(other.s, command::Quit{});
  EXPECT_TRUE(other.s.quit) << "a form nobody typed in is none";
  other.s.quit = false;
  other.say(of_page(records_page::Command(records_page::TypeField{"name", "Tổ Bản Mới"})));
  other.say(entry::ChoosePage{EntryPage::week});
  apply(other.s, command::Quit{});
  EXPECT_FALSE(other.s.quit);
  ASSERT_TRUE(other.s.error);
  EXPECT_EQ(other.s.error->message.id, "records.leaving");
  EXPECT_EQ(other.s.entry.pages.shown, EntryPage::records);
  apply(other.s, command::Quit{});
  EXPECT_TRUE(other.s.quit) << "asked again";
}

TEST(EntryApply, ClearedIsNotReportedWhichIsNotZero) {
  Secretary desk;
  desk.say(entry::ChooseCell{{2, 4}});
  desk.key({key_delete});
  EXPECT_EQ(desk.kept().rows[2].now[4], std::nullopt);
  desk.type("0");
  EXPECT_EQ(desk.kept().rows[2].now[4], 0);
}

TEST(EntryApply, AnotherWeekKeepsItsOwnStepsAndTheMapReadsAgainOnLeaving) {
  Secretary desk;
  const geo::Date newest = desk.grid().week.date;
  const auto weeks = desk.s.entry.weeks;
  ASSERT_GE(weeks.size(), 3U);
  desk.say(entry::ChooseCell{{0, 4}});
  desk.type("3");
  const auto older = *(std::find(weeks.begin(), weeks.end(), newest) + 1);
  desk.say(entry::ChooseWeek{older});
  EXPECT_EQ(desk.grid().week.date, older);
  EXPECT_TRUE(desk.grid().done.empty());
  desk.say(entry::ChooseWeek{newest});
  EXPECT_EQ(desk.grid().done.size(), 1U);
  desk.key({'Z', true});
  EXPECT_NE(desk.kept().rows[0].now[4], 3);
  apply(desk.s, command::ChooseMode{Mode::review});
  const bool reads = std::any_of(
      desk.s.requests.begin(), desk.s.requests.end(),
      [](const JobRequest& request) { return std::holds_alternative<LoadWorkspace>(request); });
  EXPECT_TRUE(reads);
}

TEST(EntryApply, TheKeysOfASpreadsheetsSheetsChangeTheWeek) {
  Secretary desk;
  const auto weeks = desk.s.entry.weeks;  // newest first
  const auto now = std::find(weeks.begin(), weeks.end(), desk.grid().week.date);
  desk.key({key_page_up, true});
  EXPECT_EQ(desk.grid().week.date, *(now + 1));
  for (auto at = now + 1; at != weeks.begin(); --at) desk.key({key_page_down, true});
  EXPECT_EQ(desk.grid().week.date, weeks.front());
  EXPECT_FALSE(command_for_key(desk.s, {key_page_down, true}, false)) << "there is none after it";
}

TEST(EntryApply, EscapeLeadsFromTheSearchBackToTheTable) {
  Secretary desk;
  desk.s.focus = Panel::top;
  desk.s.search = "Điện";
  desk.key({key_escape});
  EXPECT_EQ(desk.s.focus, Panel::map);
  EXPECT_TRUE(desk.s.search.empty());
  EXPECT_TRUE(command_for_key(desk.s, {'D', true}, false)) << "the table's keys are there again";
}

TEST(EntryApply, WhatIsTypedOverBeforeTheAnswerIsNotHeldAgainstIt) {
  Secretary desk;
  const auto eligible = desk.row(0).now[0].value();
  const auto installed = desk.row(0).now[1].value();
  desk.say(entry::ChooseCell{{0, 1}});
  app::apply(desk.s, OfEntry{entry::Type{std::to_string(eligible + 99)}});
  app::apply(desk.s, OfEntry{entry::Take{}});
  app::apply(desk.s, OfEntry{entry::ChooseCell{{0, 1}}});
  app::apply(desk.s, OfEntry{entry::Type{std::to_string(installed + 1)}});
  app::apply(desk.s, OfEntry{entry::Take{}});
  desk.answer();
  EXPECT_TRUE(desk.s.entry.broken.empty());
  EXPECT_EQ(desk.kept().rows[0].now[1], installed + 1);
}

TEST(EntryApply, WhatTheFileRefusesStaysInTheTableAndCanBeTriedAgain) {
  Secretary desk;
  const auto eligible = desk.row(0).now[0].value();
  const auto aside = desk.file.string() + ".aside";
  desk.say(entry::ChooseCell{{0, 0}});
  std::filesystem::rename(desk.file, aside);
  desk.type(std::to_string(eligible + 3));
  ASSERT_EQ(desk.s.entry.broken.size(), 1U);
  EXPECT_TRUE(not_written(desk.s.entry.broken[0]));
  EXPECT_EQ(desk.row(0).now[0], eligible + 3) << "what was typed is still there";
  std::filesystem::remove(desk.file);
  std::filesystem::rename(aside, desk.file);
  desk.say(entry::LetStand{0});
  EXPECT_TRUE(desk.s.entry.broken.empty());
  EXPECT_EQ(desk.kept().rows[0].now[0], eligible + 3);
}

TEST(EntryApply, AnotherFileIsNotOpenedOverNumbersThatAreNotSaved) {
  Secretary desk;
  desk.say(entry::ChooseCell{{0, 3}});
  desk.type(std::to_string(desk.row(0).now[0].value() + 1));
  ASSERT_EQ(desk.s.entry.broken.size(), 1U);
  const auto opens = [&] {
    app::apply(desk.s, command::OpenFile{scratch::folder() / "other.sqlite"});
    return std::any_of(
        desk.s.requests.begin(), desk.s.requests.end(),
        [](const JobRequest& request) { return std::holds_alternative<LoadWorkspace>(request); });
  };
  EXPECT_FALSE(opens());
  EXPECT_TRUE(desk.s.error) << "it is said why";
  EXPECT_TRUE(opens()) << "asked again";
}
