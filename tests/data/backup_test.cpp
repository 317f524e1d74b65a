#include "data/backup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

#include "data/workspace.hpp"
#include "geo/error.hpp"
#include "tests/data/entry_workspace.hpp"
#include "tests/scratch.hpp"

namespace fs = std::filesystem;
using testing::ElementsAre;

namespace {

geo::Date day(const char* text) { return *geo::parse_date(text); }

class DbBackup : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(folder_);
    data::Workspace::create(file_).set_setting("title", "Trước");
  }
  std::string title(const fs::path& file) const {
    return data::Workspace::open(file).setting("title").value_or("");
  }
  void call_it(const std::string& title) const {
    data::Workspace::open(file_).set_setting("title", title);
  }
  std::vector<geo::Date> days() const {
    std::vector<geo::Date> out;
    for (const data::Backup& b : data::backups(file_)) out.push_back(b.day);
    return out;
  }
  fs::path folder_ =
               scratch::folder() / testing::UnitTest::GetInstance()->current_test_info()->name(),
           file_ = folder_ / "tỉnh nhà.sqlite";
};

}  // namespace

TEST_F(DbBackup, IsMadeOnceADayAndOpensAsAWorkspace) {
  const auto made = data::back_up(file_, day("2026-11-22"));
  ASSERT_TRUE(made);
  EXPECT_EQ(title(made->file), "Trước");
  call_it("Sau");
  EXPECT_FALSE(data::back_up(file_, day("2026-11-22"))) << "one of that day is there";
  EXPECT_EQ(title(made->file), "Trước");
  ASSERT_TRUE(data::back_up(file_, day("2026-11-23")));
  EXPECT_THAT(days(), ElementsAre(day("2026-11-23"), day("2026-11-22")));
  for (const auto& entry : fs::directory_iterator(data::backup_folder(file_)))
    EXPECT_EQ(entry.path().extension(), ".sqlite") << "nothing half-made, no WAL beside it";
}

TEST_F(DbBackup, TakesWhatWasJustCommittedWhileTheFileIsOpen) {
  data::Workspace open = data::Workspace::open(file_);
  open.set_setting("title", "Vừa ghi");  // still in the WAL
  const auto made = data::back_up(file_, day("2026-11-22"));
  ASSERT_TRUE(made);
  EXPECT_EQ(title(made->file), "Vừa ghi");
}

TEST_F(DbBackup, IsOfOneMomentWhileSomebodyWrites) {
  {
    data::Workspace workspace = data::Workspace::open(file_);
    workspace.database().execute("CREATE TABLE pair (a INTEGER, b INTEGER, pad BLOB)");
    for (int i = 0; i < 200; ++i)
      workspace.database().execute("INSERT INTO pair VALUES (0, 0, zeroblob(20000))");
  }
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    data::Workspace workspace = data::Workspace::open(file_);
    for (int i = 1; !stop; ++i) {
      workspace.database().execute("UPDATE pair SET a = a + 1, b = b + 1");
      std::this_thread::sleep_for(std::chrono::milliseconds(30));
    }
  });
  for (int i = 1; i <= 5; ++i) {
    const auto made = data::back_up(file_, day("2026-01-01") + i);
    ASSERT_TRUE(made);
    data::Workspace copy = data::Workspace::open(made->file);
    data::Statement row =
        copy.database().prepare("SELECT count(*), min(a), max(a), min(b), max(b) FROM pair");
    ASSERT_TRUE(row.step());
    EXPECT_EQ(row.integer(0), 200);
    for (int k = 2; k <= 4; ++k) EXPECT_EQ(row.integer(k), row.integer(1));
  }
  stop = true;
  writer.join();
}

TEST_F(DbBackup, IsPutBackAndWhatWasThereIsKept) {
  const auto made = data::back_up(file_, day("2026-11-21"));
  call_it("Nhầm");
  data::Workspace open = data::Workspace::open(file_);  // the desk, which stays open
  const data::Backup before = data::restore(file_, made->file, day("2026-11-22"));
  EXPECT_EQ(open.setting("title"), "Trước") << "an open connection sees it as any change";
  EXPECT_EQ(title(file_), "Trước");
  EXPECT_TRUE(before.before_restore);
  EXPECT_EQ(title(before.file), "Nhầm");
  EXPECT_THAT(days(), ElementsAre(day("2026-11-22"), day("2026-11-21")));
  data::restore(file_, before.file, day("2026-11-22"));
  EXPECT_EQ(title(file_), "Nhầm") << "and there again";
  EXPECT_EQ(data::backups(file_).size(), 3U);
}

TEST_F(DbBackup, SaysWhatItHoldsAndWhatGoingBackWouldLose) {
  {
    data::Workspace workspace = data::Workspace::open(file_);
    entry::fill(workspace);
    entry::enter(workspace, entry::change(entry::report(1, "2025-08-24"), "activated_l2", "230"));
  }
  const auto made = data::back_up(file_, day("2026-11-21"));
  const data::BackupHolds holds = data::held_in(made->file);
  EXPECT_EQ(holds.operations, 1);
  EXPECT_EQ(holds.imports, 1);
  EXPECT_EQ(holds.reports, 8) << "seven imported, one entered";
  EXPECT_EQ(holds.newest, "2025-08-24");
  EXPECT_EQ(data::lost_by_restore(file_, made->file), data::LostByRestore{});
  {
    data::Workspace workspace = data::Workspace::open(file_);
    entry::enter(workspace, {entry::change(entry::report(1, "2025-08-24"), "sessions", "2"),
                             entry::change(entry::report(2, "2025-08-24"), "sessions", "3")});
    tiny::Import import(workspace, "targets");
    import.done();
  }
  const data::LostByRestore lost = data::lost_by_restore(file_, made->file);
  EXPECT_EQ(lost.operations, 2);
  EXPECT_EQ(lost.imports, 1);
  EXPECT_LE(lost.first, lost.last);
  EXPECT_EQ(lost.last.size(), 20U);
}

TEST_F(DbBackup, AskedForOnesStayAndAreNoneOfTheDay) {
  const auto first = data::back_up_by_hand(file_, day("2026-01-01"));
  const auto second = data::back_up_by_hand(file_, day("2026-01-01"));
  EXPECT_NE(first.file, second.file);
  EXPECT_TRUE(data::back_up(file_, day("2026-01-01"))) << "the day's own is still to be made";
  for (int i = 1; i <= 60; ++i) data::back_up(file_, day("2026-01-01") + i);
  EXPECT_EQ(title(first.file), "Trước");
  EXPECT_EQ(title(second.file), "Trước");
  const auto kept = data::backups(file_);
  EXPECT_EQ(kept.size(), 13U);
  EXPECT_EQ(std::count_if(kept.begin(), kept.end(), [](const auto& b) { return b.by_hand; }), 2);
}

TEST_F(DbBackup, NothingCommittedDuringARestoreIsLost) {
  {
    data::Workspace workspace = data::Workspace::open(file_);
    workspace.database().execute("CREATE TABLE said (i INTEGER); CREATE TABLE pad (bytes BLOB)");
    for (int i = 0; i < 100; ++i)
      workspace.database().execute("INSERT INTO pad VALUES (randomblob(60000))");
  }
  const auto made = data::back_up(file_, day("2026-11-21"));
  std::atomic<bool> stop = false;
  std::atomic<int> said = 0;
  std::thread writer([&] {
    data::Workspace workspace = data::Workspace::open(file_);
    for (int i = 1; !stop; ++i) {
      workspace.database().prepare("INSERT INTO said VALUES (?)").bind(1, i).run();
      said = i;
    }
  });
  while (said < 20) std::this_thread::yield();
  const data::Backup before = data::restore(file_, made->file, day("2026-11-22"));
  stop = true;
  writer.join();
  std::vector<bool> found(static_cast<std::size_t>(said) + 1);
  for (const fs::path& file : {before.file, file_}) {
    data::Database database(file, data::OpenMode::read_only);
    data::Statement row = database.prepare("SELECT i FROM said");
    while (row.step()) found[static_cast<std::size_t>(row.integer(0))] = true;
  }
  for (std::size_t i = 1; i < found.size(); ++i) EXPECT_TRUE(found[i]) << i;
}

TEST_F(DbBackup, WhatAKilledProgramLeftHalfMadeGoesAfterAnHour) {
  const fs::path folder = data::backup_folder(file_);
  fs::create_directories(folder);
  const fs::path old = folder / "x.123.part.sqlite", young = folder / "x.456.part.sqlite";
  std::ofstream(old) << "half";
  std::ofstream(young) << "half";
  fs::last_write_time(old, fs::file_time_type::clock::now() - std::chrono::hours(2));
  ASSERT_TRUE(data::back_up(file_, day("2026-11-22")));
  EXPECT_FALSE(fs::exists(old));
  EXPECT_TRUE(fs::exists(young)) << "somebody may be at it";
  EXPECT_EQ(data::backups(file_).size(), 1U);
}

TEST_F(DbBackup, WhatIsNoBackupIsRefusedAndChangesNothing) {
  const fs::path foreign = folder_ / "x.sqlite";
  std::ofstream(foreign) << "not a database at all, but long enough to be read as a header of one";
  EXPECT_THROW(data::restore(file_, foreign, day("2026-11-22")), geo::Error);
  EXPECT_THROW(data::restore(file_, folder_ / "none.sqlite", day("2026-11-22")), geo::Error);
  const auto made = data::back_up(file_, day("2026-11-21"));
  call_it("Nay");
  std::mt19937 random(3);
  const auto size = fs::file_size(made->file);
  {
    std::fstream bytes(made->file, std::ios::in | std::ios::out | std::ios::binary);
    for (int i = 0; i < 4000; ++i) {
      bytes.seekp(static_cast<std::streamoff>(200 + random() % (size - 200)));
      bytes.put(static_cast<char>(random()));
    }
  }
  EXPECT_THROW(data::restore(file_, made->file, day("2026-11-22")), geo::Error);
  EXPECT_EQ(title(file_), "Nay");
}

TEST_F(DbBackup, WhereNothingCanBeWrittenTheFileStaysAndItIsSaid) {
  std::ofstream(data::backup_folder(file_)) << "a file where the folder would be";
  try {
    data::back_up(file_, day("2026-11-22"));
    FAIL();
  } catch (const geo::Error& error) {
    EXPECT_EQ(error.kind, geo::ErrorKind::io);
  }
  EXPECT_EQ(title(file_), "Trước");
}

TEST(Backup, KeepsSevenDaysAndFourWeeks) {
  std::vector<geo::Date> there;
  for (int i = 0; i < 400; ++i) {
    there.push_back(day("2026-01-01") + i);
    const auto drop = data::days_to_drop(there);
    std::erase_if(
        there, [&](geo::Date d) { return std::find(drop.begin(), drop.end(), d) != drop.end(); });
    EXPECT_LE(there.size(), 11U);
  }
  EXPECT_EQ(there.size(), 11U);
  for (int back = 0; back < 7; ++back)
    EXPECT_THAT(there, testing::Contains(day("2026-01-01") + (399 - back)));
  EXPECT_GT(there.back() - there.front(), 21) << "and some of the weeks before";
  EXPECT_TRUE(data::days_to_drop({}).empty());
}
