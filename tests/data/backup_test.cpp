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
