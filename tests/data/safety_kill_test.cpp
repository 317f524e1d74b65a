// Migration, backup and restore: killed at any moment, out of room, or where nothing can be
// written.
#include <gtest/gtest.h>

#ifndef _WIN32
#include <sys/stat.h>

#include <algorithm>

#include "assets/assets.hpp"
#include "data/backup.hpp"
#include "data/import.hpp"
#include "data/operation_text.hpp"
#include "data/operations.hpp"
#include "geo/random.hpp"
#include "tests/data/entry_workspace.hpp"
#include "tests/data/killed.hpp"
#include "tests/data/small_workspace.hpp"
#include "tests/data/version_one.hpp"

namespace {

namespace fs = std::filesystem;
using data::Workspace;
using kill_test::failure;
using kill_test::is_whole;
using kill_test::killed;
using kill_test::kills;
using kill_test::out_of_room;
using Clock = std::chrono::steady_clock;

constexpr int latest_version = 6;
constexpr int communes = 30;

/// A workspace as version 1 … 5 of the program left it.
void write_version(const fs::path& file, int version) {
  version_one::write(file, communes);
  constexpr const char* steps[] = {"sql/002_judgement.sql", "sql/003_prepared.sql",
                                   "sql/004_plan.sql", "sql/005_briefing.sql"};
  data::Database database(file, data::OpenMode::read_write);
  data::Transaction transaction(database);
  for (int i = 1; i < version; ++i) database.execute(assets::text(steps[i - 1]));
  database.execute("PRAGMA user_version = " + std::to_string(version));
  transaction.commit();
}

std::int64_t number(data::Database& database, const std::string& sql) {
  data::Statement row = database.prepare(sql);
  return row.step() ? row.integer(0) : -1;
}

void copy_over(const fs::path& from, const fs::path& to) {
  for (const char* tail : {"-wal", "-shm", "-journal"}) fs::remove(to.string() + tail);
  fs::copy_file(from, to, fs::copy_options::overwrite_existing);
}

/// How long something usually takes, so that kills fall all over it and a little behind.
template <class Act>
std::uint32_t about_microseconds(Act act) {
  const auto from = Clock::now();
  act();
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - from);
  return static_cast<std::uint32_t>(took.count()) * 5 / 4 + 2000;
}

TEST(DbSafetyKills, AMigrationIsWholeOrNotBegun) {
  geo::Random random(11);
  const auto file = tiny::fresh("killed_migration.sqlite");
  int before = 0, after = 0;
  for (int version = 1; version < latest_version; ++version) {
    const auto old = tiny::fresh("version_" + std::to_string(version) + ".sqlite");
    write_version(old, version);
    copy_over(old, file);
    const auto usual = about_microseconds([&] { Workspace::open(file); });
    const int rounds = std::max(1, kills() / 5);
    for (int round = 0; round < rounds; ++round) {
      copy_over(old, file);
      const int done =
          killed(0, std::chrono::microseconds(random.below(usual)), [&](const auto& ack) {
            Workspace::open(file);
            ack(1);
          });
      {
        data::Database database(file, data::OpenMode::read_only);
        const auto found = number(database, "PRAGMA user_version");
        EXPECT_TRUE(found == version || found == latest_version) << found;
        EXPECT_TRUE(done == 0 || found == latest_version) << "an acknowledged one is not there";
        ++(found == version ? before : after);
      }
      Workspace workspace = Workspace::open(file);
      is_whole(workspace);
      EXPECT_EQ(number(workspace.database(), "SELECT count(*) FROM report"), communes);
      EXPECT_EQ(number(workspace.database(), "SELECT count(*) FROM commune_number"), communes);
      EXPECT_EQ(workspace.setting("title"), "Tệp cũ");
      EXPECT_EQ(workspace.load()->communes.size(), static_cast<std::size_t>(communes));
    }
  }
  if (kills() >= 100) {
    EXPECT_GT(before, 0) << "none fell before its end";
    EXPECT_GT(after, 0);
  }
}

/// All rows of `pad` hold `state`, or it is torn.
std::string state_of(data::Database& database) {
  data::Statement row = database.prepare("SELECT min(state), max(state), count(*) FROM pad");
  if (!row.step() || row.integer(2) != 60) return "not all there";
  return row.text(0) == row.text(1) ? row.text(0) : "torn";
}

void fill_pad(Workspace& workspace, const std::string& state) {
  data::Database& database = workspace.database();
  data::Transaction transaction(database);
  database.execute("CREATE TABLE IF NOT EXISTS pad (state TEXT, bytes BLOB)");
  database.execute("DELETE FROM pad");
  for (int i = 0; i < 60; ++i)
    database.prepare("INSERT INTO pad VALUES (?, randomblob(50000))").bind(1, state).run();
  transaction.commit();
}

std::string sound(data::Database& database) {
  data::Statement row = database.prepare("PRAGMA integrity_check");
  return row.step() ? row.text(0) : "";
}

/// A workspace with an entry, in state "old" (kept as a backup), and then "new".
struct Restorable {
  fs::path file, backup;
  explicit Restorable(const std::string& name) : file(tiny::fresh(name + "/w.sqlite")) {
    fs::remove_all(data::backup_folder(file));
    auto workspace = Workspace::create(file);
    entry::fill(workspace);
    fill_pad(workspace, "old");
    backup = data::back_up(file, entry::day("2026-11-20"))->file;
    entry::enter(workspace, entry::change(entry::report(1, "2025-08-24"), "activated_l2", "200"));
    fill_pad(workspace, "new");
  }
};

TEST(DbSafetyKills, ARestoreIsWholeOrNotBegun) {
  geo::Random random(12);
  const Restorable was("killed_restore");
  const auto kept = was.file.parent_path() / "as_it_was";
  copy_over(was.file, kept);
  const auto usual =
      about_microseconds([&] { data::restore(was.file, was.backup, entry::day("2026-11-22")); });
  int back = 0, stayed = 0;
  for (int round = 0; round < kills(); ++round) {
    copy_over(kept, was.file);
    for (const data::Backup& b : data::backups(was.file))
      if (b.before_restore) fs::remove(b.file);
    const int done =
        killed(0, std::chrono::microseconds(random.below(usual)), [&](const auto& ack) {
          data::restore(was.file, was.backup, entry::day("2026-11-22"));
          ack(1);
        });
    Workspace workspace = Workspace::open(was.file);
    is_whole(workspace);
    const std::string state = state_of(workspace.database());
    EXPECT_TRUE(state == "old" || (state == "new" && done == 0)) << state;
    ++(state == "old" ? back : stayed);
    // What was there is kept before anything of it goes.
    int before = 0;
    for (const data::Backup& b : data::backups(was.file)) {
      data::Database one(b.file, data::OpenMode::read_only);
      EXPECT_EQ(sound(one), "ok");
      EXPECT_EQ(state_of(one), b.before_restore ? "new" : "old");
      before += b.before_restore ? 1 : 0;
    }
    EXPECT_TRUE(state == "new" || before == 1);
  }
  if (kills() >= 100) {
    EXPECT_GT(back, 0);
    EXPECT_GT(stayed, 0) << "none fell before its end";
  }
}

TEST(DbSafetyKills, EveryAcknowledgedBackupIsWholeAndNoneIsHalf) {
  geo::Random random(13);
  const auto file = tiny::fresh("killed_backup/w.sqlite");
  {
    auto workspace = Workspace::create(file);
    entry::fill(workspace);
    fill_pad(workspace, "new");
  }
  const geo::Date first = entry::day("2026-01-01");
  for (int round = 0; round < kills(); ++round) {
    fs::remove_all(data::backup_folder(file));
    const int last = killed(static_cast<int>(random.below(3)),
                            std::chrono::microseconds(random.below(30'000)), [&](const auto& ack) {
                              for (int step = 1;; ++step) {
                                data::back_up(file, first + step);
                                ack(step);
                              }
                            });
    const auto kept = data::backups(file);
    EXPECT_TRUE(last == 0 || (!kept.empty() && kept.front().day >= first + last));
    for (const data::Backup& b : kept) {
      data::Database one(b.file, data::OpenMode::read_only);
      EXPECT_EQ(sound(one), "ok");
      EXPECT_EQ(state_of(one), "new");
    }
    Workspace workspace = Workspace::open(file);
    EXPECT_EQ(state_of(workspace.database()), "new");
  }
  Workspace workspace = Workspace::open(file);
  is_whole(workspace);
}

bool says_full(const std::string& said) {
  return said == "data.disk_full" || said == "data.disk_error" || said == "data.out_disk_full" ||
         said == "data.backup_failed";
}

TEST(DbSafetyKills, AFullDiskIsSaidByImportMigrationBackupAndRestore) {
  const auto table = data::test::written(
      "full.csv", "code,date,eligible,activated_l2\n10001,2025-08-31,1000,300\n");
  {
    const auto file = tiny::fresh("full_import.sqlite");
    entry::fill(*std::make_unique<Workspace>(Workspace::create(file)));
    EXPECT_EQ(in_child([&]() -> int {
                Workspace workspace = Workspace::open(file);
                const auto pending =
                    data::test::prepared(workspace, table, data::ImportKind::reports);
                out_of_room(8192);
                const std::string said = failure([&] { data::write_import(workspace, pending); });
                return says_full(said) ? 0 : 60;
              }),
              0);
    Workspace workspace = Workspace::open(file);
    is_whole(workspace);
    EXPECT_EQ(workspace.sources().size(), 1U);
  }
  for (int version = 1; version < latest_version; ++version) {
    const auto file = tiny::fresh("full_migration.sqlite");
    write_version(file, version);
    EXPECT_EQ(in_child([&]() -> int {
                out_of_room(40'000);  // enough for the WAL's index, not for the WAL
                return says_full(failure([&] { Workspace::open(file); })) ? 0 : 60;
              }),
              0)
        << version;
    {
      data::Database database(file, data::OpenMode::read_only);
      EXPECT_EQ(number(database, "PRAGMA user_version"), version);
      EXPECT_EQ(sound(database), "ok");
    }
    Workspace workspace = Workspace::open(file);  // there is room again
    is_whole(workspace);
  }
  const Restorable was("full_restore");
  const auto count = [&] {
    std::size_t files = 0;
    for (const auto& one : fs::directory_iterator(data::backup_folder(was.file)))
      files += one.path().extension() == ".sqlite" ? 1U : 0U;
    return files;
  };
  for (const bool restoring : {false, true}) {
    EXPECT_EQ(in_child([&]() -> int {
                out_of_room(200'000);
                const std::string said = failure([&] {
                  if (restoring)
                    data::restore(was.file, was.backup, entry::day("2026-11-22"));
                  else
                    data::back_up(was.file, entry::day("2026-11-22"));
                });
                return says_full(said) ? 0 : 60;
              }),
              0);
    EXPECT_EQ(count(), 1U) << "nothing half made is left";
    Workspace workspace = Workspace::open(was.file);
    is_whole(workspace);
    EXPECT_EQ(state_of(workspace.database()), "new");
  }
  // Room for what is kept first, and not for what is put back.
  EXPECT_EQ(in_child([&]() -> int {
              data::Database open(was.file, data::OpenMode::read_write);
              const auto size = fs::file_size(was.file);
              const data::OneMoment moment(open);
              number(open, "SELECT count(*) FROM pad");  // a reader: the WAL cannot begin anew
              out_of_room(size + size / 10);
              fill_pad(*std::make_unique<Workspace>(Workspace::open(was.file)), "new");
              const std::string said =
                  failure([&] { data::restore(was.file, was.backup, entry::day("2026-11-22")); });
              return says_full(said) ? 0 : 60;
            }),
            0);
  Workspace workspace = Workspace::open(was.file);
  is_whole(workspace);
  EXPECT_EQ(state_of(workspace.database()), "new");
}

TEST(DbSafetyKills, WhereNothingCanBeWrittenItIsSaidByImportMigrationBackupAndRestore) {
  std::string pattern = fs::temp_directory_path() / "phusong-XXXXXX";
  ASSERT_NE(mkdtemp(pattern.data()), nullptr);
  const fs::path folder = pattern, now = folder / "w.sqlite", old = folder / "old.sqlite",
                 elsewhere = tiny::fresh("other/w.sqlite");
  {
    auto workspace = Workspace::create(now);
    entry::fill(workspace);
  }
  {
    auto other = Workspace::create(elsewhere);
    entry::fill(other);
  }
  const auto backup = data::back_up(elsewhere, entry::day("2026-11-20"))->file;
  fs::copy_file(backup, folder / "backup.sqlite");
  write_version(old, 3);
  const auto bytes = [](const fs::path& file) { return fs::file_size(file); };
  const auto size_now = bytes(now), size_old = bytes(old);
  for (const char* name : {"w.sqlite", "old.sqlite", "backup.sqlite"})
    fs::permissions(folder / name, fs::perms(0444));
  fs::permissions(folder, fs::perms(0555));
  const int status = in_child([&]() -> int {
    // Root may write everywhere; be nobody.
    if (getuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) return 50;
    if (failure([&] { Workspace::open(now); }) != "data.read_only") return 51;  // entry, import
    if (failure([&] { Workspace::open(old); }) != "data.read_only") return 52;
    if (failure([&] { Workspace::open_for_reading(old); }) != "data.older_workspace") return 53;
    const std::string kept = failure([&] { data::back_up(now, entry::day("2026-11-22")); });
    if (kept != "data.out_not_writable") {
      std::fprintf(stderr, "%s\n", kept.c_str());
      return 54;
    }
    const std::string put =
        failure([&] { data::restore(now, folder / "backup.sqlite", entry::day("2026-11-22")); });
    if (put != "data.out_not_writable") {
      std::fprintf(stderr, "%s\n", put.c_str());
      return 55;
    }
    return Workspace::open_for_reading(now).load()->communes.size() == 4 ? 0 : 56;
  });
  fs::permissions(folder, fs::perms(0755));
  EXPECT_EQ(status, 0);
  EXPECT_EQ(bytes(now), size_now);
  EXPECT_EQ(bytes(old), size_old);
  for (const auto& one : fs::directory_iterator(folder))
    EXPECT_EQ(one.path().extension(), ".sqlite") << one.path();
  fs::remove_all(folder);
}

}  // namespace

#endif
