// Backups in the window, the way back, and windows that share a workspace.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "app/apply.hpp"
#include "app/jobs.hpp"
#include "app/pages/page_command.hpp"
#include "data/operations.hpp"
#include "data/sample.hpp"
#include "tests/app/small_desk.hpp"
#include "tests/scratch.hpp"

namespace {

namespace fs = std::filesystem;
using namespace app;
using namespace app::safety_page;

geo::Date day(const char* text) { return *geo::parse_date(text); }

class DbSafetyPage : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(folder_);
    data::write_sample(file_, {.communes = 4, .weeks = 3});
    auto loaded = std::make_shared<Loaded>(*desk_test::small_loaded());
    loaded->file = file_;
    s_ = desk_test::small_desk();
    app::apply(s_, command::WorkspaceLoaded{loaded});
    s_.requests.clear();
  }
  /// Does what is asked for, as the window would; what was to be read again is only counted.
  void run(const char* today = "2026-11-22") {
    for (int turn = 0; turn < 5 && !s_.requests.empty(); ++turn) {
      keep_safe(s_, day(today));
      for (const JobRequest& request : std::exchange(s_.requests, {})) {
        if (const auto* job = std::get_if<EntryJob>(&request))
          app::apply(s_, command::OfEntry{work_on(*job, {})});
        reloads_ += std::holds_alternative<LoadWorkspace>(request) ? 1 : 0;
      }
    }
  }
  void ask(safety_page::Command what) {
    app::apply(s_, command::OfEntry{of_page(std::move(what))});
  }
  WriteWeek writing() const {
    WriteWeek out{file_, day("2025-06-29"), {}, "thử"};
    data::Workspace workspace = data::Workspace::open(file_);
    data::Statement row = workspace.database().prepare(
        "SELECT code, valid_from FROM commune_today ORDER BY code LIMIT 1");
    row.step();
    out.units.push_back({{geo::UnitLevel::commune, row.text(0), row.text(1)},
                         {EntryEdit{{0, 4}, std::nullopt, number_}}});
    return out;
  }
  void write() {
    ++number_;
    ++s_.entry.writing;
    s_.requests.emplace_back(EntryJob(writing()));
  }
  std::size_t operations() const {
    data::Workspace workspace = data::Workspace::open(file_);
    return data::all_operations(workspace.database()).size();
  }
  const State& page() const { return *s_.entry.pages.safety; }

  fs::path folder_ =
               scratch::folder() / testing::UnitTest::GetInstance()->current_test_info()->name(),
           file_ = folder_ / "w.sqlite";
  AppState s_;
  std::int64_t number_ = 40;
  int reloads_ = 0;
};

TEST_F(DbSafetyPage, TheFirstChangeOfADayFollowsABackup) {
  write();
  run("2026-11-22");
  EXPECT_EQ(operations(), 1U);
  ASSERT_EQ(data::backups(file_).size(), 1U);
  EXPECT_EQ(data::held_in(data::backups(file_)[0].file).operations, 0) << "made before it";
  write();
  run("2026-11-22");
  EXPECT_EQ(data::backups(file_).size(), 1U);
  write();
  run("2026-11-23");
  ASSERT_EQ(data::backups(file_).size(), 2U);
  EXPECT_EQ(data::held_in(data::backups(file_)[0].file).operations, 2);
  EXPECT_FALSE(page().failed);
  EXPECT_TRUE(page().lock) << "claimed along the way";
}

TEST_F(DbSafetyPage, WhoOnlyLooksMakesNoBackup) {
  ask(Read{});
  run();
  EXPECT_TRUE(data::backups(file_).empty());
  ASSERT_TRUE(page().overview);
  EXPECT_TRUE(page().overview->kept.empty());
}

TEST_F(DbSafetyPage, WhatIsWaitedForWaitsForItsBackupOnTheSameThread) {
  s_.requests.emplace_back(TakeBackImport{file_});
  keep_safe(s_, day("2026-11-22"));
  ASSERT_EQ(s_.requests.size(), 3U);
  EXPECT_EQ(lane_of(s_.requests[0]), JobLane::writing) << "the claim";
  EXPECT_EQ(lane_of(s_.requests[1]), JobLane::foreground);
  EXPECT_TRUE(std::holds_alternative<EntryJob>(s_.requests[1]));
  EXPECT_TRUE(std::holds_alternative<TakeBackImport>(s_.requests[2]));
}

TEST_F(DbSafetyPage, ABackupThatFailsIsSaidAndKeepsNobodyFromEntering) {
  std::ofstream(data::backup_folder(file_)) << "a file where the folder would be";
  write();
  run();
  EXPECT_EQ(operations(), 1U);
  EXPECT_TRUE(page().failed);
  ASSERT_TRUE(s_.toast);
  EXPECT_EQ(s_.toast->message.id, "safety.day_failed");
  EXPECT_FALSE(s_.error) << "no dialog over what is being typed";
}

TEST_F(DbSafetyPage, WhereAnotherWindowWritesThisOneLooks) {
  auto other = data::claim_window(file_);
  ASSERT_TRUE(other.lock);
  ask(Read{});
  run();
  ASSERT_TRUE(page().elsewhere);
  EXPECT_FALSE(page().lock);
  EXPECT_EQ(s_.toast->message.id, "safety.elsewhere_toast");
  write();
  run();
  EXPECT_EQ(operations(), 0U);
  EXPECT_EQ(s_.entry.writing, 0U);
  ASSERT_TRUE(s_.error);
  EXPECT_EQ(s_.error->message.id, "safety.elsewhere_error");
  s_.error.reset();
  s_.requests.emplace_back(TakeBackImport{file_});
  keep_safe(s_, day("2026-11-22"));
  EXPECT_TRUE(s_.error);
  s_.requests.clear();

  ask(TryAgain{});
  run();
  EXPECT_TRUE(page().elsewhere);
  other.lock.reset();
  reloads_ = 0;
  ask(TryAgain{});
  run();
  EXPECT_FALSE(page().elsewhere);
  EXPECT_TRUE(page().lock);
  EXPECT_EQ(reloads_, 1) << "the other one may have written";
  write();
  run();
  EXPECT_EQ(operations(), 1U);
}

TEST_F(DbSafetyPage, GoesBackOnlyAfterSayingWhatWouldBeLost) {
  write();
  run("2026-11-21");
  write();
  run("2026-11-21");
  s_.entry.wrote = true;
  s_.entry.grids[day("2025-06-29")];
  ask(Read{});
  run();
  ASSERT_EQ(page().overview->kept.size(), 1U);
  ask(AskRestore{0});
  run();
  ASSERT_TRUE(page().ask);
  EXPECT_EQ(page().ask->lost.operations, 2);
  EXPECT_EQ(operations(), 2U) << "nothing is done yet";
  ask(DropRestore{});
  EXPECT_FALSE(page().ask);

  ask(AskRestore{0});
  run();
  ++s_.entry.writing;
  ask(ConfirmRestore{});
  EXPECT_TRUE(s_.requests.empty()) << "what is on its way comes first";
  --s_.entry.writing;
  s_.entry.broken.push_back({day("2025-06-29"), {EntryEdit{{0, 3}, {}, 900}}, {}});
  ask(ConfirmRestore{});
  EXPECT_TRUE(s_.requests.empty()) << "and what is not saved is said first";
  ASSERT_TRUE(s_.error);
  s_.error.reset();
  s_.entry.broken.clear();
  s_.entry.pages.shown = EntryPage::safety;
  reloads_ = 0;
  ask(ConfirmRestore{});
  ASSERT_EQ(s_.requests.size(), 1U);
  EXPECT_EQ(lane_of(s_.requests[0]), JobLane::foreground);
  write();  // typed meanwhile
  keep_safe(s_, day("2026-11-21"));
  for (const JobRequest& request : s_.requests)
    if (const auto* job = std::get_if<EntryJob>(&request)) {
      EXPECT_FALSE(std::holds_alternative<WriteWeek>(*job)) << "it would be in what is put back";
    }
  EXPECT_TRUE(s_.error);
  s_.error.reset();
  s_.entry.writing = 0;
  run();
  EXPECT_EQ(operations(), 0U);
  EXPECT_EQ(reloads_, 1);
  EXPECT_TRUE(s_.entry.grids.empty()) << "what was read before is not shown any more";
  EXPECT_TRUE(page().lock);
  EXPECT_FALSE(page().restoring);
  const auto kept = data::backups(file_);
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_TRUE(kept[0].before_restore);
  EXPECT_EQ(data::held_in(kept[0].file).operations, 2);
}

TEST_F(DbSafetyPage, MakesOneWhenAsked) {
  ask(MakeNow{});
  run();
  const auto kept = data::backups(file_);
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_TRUE(kept[0].by_hand);
  EXPECT_EQ(s_.toast->message.id, "safety.made");
}

}  // namespace
