#include "data/database.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>
#include <thread>

#ifndef _WIN32
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#endif

#include "geo/error.hpp"
#include "tests/data/in_child.hpp"
#include "tests/data/tiny_workspace.hpp"

namespace {

using data::Database;
using data::OpenMode;
using data::Transaction;
using data::Workspace;

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The id of the sentence with which something fails; "" when it does not.
std::string failure(const std::function<void()>& act) {
  try {
    act();
  } catch (const geo::Error& error) {
    EXPECT_FALSE(error.remedy.id.empty());
    return error.message.id;
  }
  return {};
}

std::int64_t one(Database& db, const std::string& sql) {
  data::Statement row = db.prepare(sql);
  EXPECT_TRUE(row.step());
  return row.integer(0);
}

TEST(DbDatabase, KeepsEveryKindOfValue) {
  const auto file = tiny::fresh("values.sqlite");
  Workspace workspace = Workspace::create(file);
  Database& db = workspace.database();
  db.execute("CREATE TABLE t (a, b, c, d, e); -- two statements; and a comment\n SELECT 1;");
  const std::vector<std::uint8_t> blob{0, 255, 7};
  db.prepare("INSERT INTO t VALUES (?, ?, ?, ?, ?)")
      .bind(1, "Mường Nhé")
      .bind(2, std::int64_t{1} << 60)
      .bind(3, 0.1)
      .bind_blob(4, blob)
      .bind(5, std::optional<double>())
      .run();
  data::Statement row = db.prepare("SELECT * FROM t");
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.text(0), "Mường Nhé");
  EXPECT_EQ(row.integer(1), std::int64_t{1} << 60);
  EXPECT_EQ(row.real(2), 0.1);
  EXPECT_EQ(row.blob(3), blob);
  EXPECT_EQ(row.maybe_real(4), std::nullopt);
  EXPECT_FALSE(row.step());
}

TEST(DbDatabase, EmptyTextIsTextAndNotNull) {
  Workspace workspace = Workspace::create(tiny::fresh("empty_text.sqlite"));
  data::Statement row = workspace.database().prepare("SELECT ?, ? IS NULL");
  row.bind(1, std::string_view()).bind(2, std::string());
  ASSERT_TRUE(row.step());
  EXPECT_FALSE(row.is_null(0));
  EXPECT_EQ(row.integer(1), 0);
}

TEST(DbDatabase, SurvivesPowerCutsAndChecksReferences) {
  Workspace workspace = Workspace::create(tiny::fresh("pragmas.sqlite"));
  Database& db = workspace.database();
  EXPECT_EQ(one(db, "PRAGMA synchronous"), 2);  // FULL
  EXPECT_EQ(one(db, "PRAGMA foreign_keys"), 1);
  data::Statement mode = db.prepare("PRAGMA journal_mode");
  ASSERT_TRUE(mode.step());
  EXPECT_EQ(mode.text(0), "wal");
  EXPECT_EQ(failure([&] {
              db.execute(
                  "INSERT INTO report (unit_id, date, source_id)"
                  " VALUES (99, '2023-08-27', 99)");
            }),
            "data.sql_failed");
}

TEST(DbDatabase, RefusesWhatIsThereAndWhatIsNot) {
  const auto file = tiny::fresh("there.sqlite");
  EXPECT_EQ(failure([&] { Database(file, OpenMode::read_write); }), "data.no_such_file");
  EXPECT_EQ(failure([&] { Database(file, OpenMode::read_only); }), "data.no_such_file");
  EXPECT_FALSE(std::filesystem::exists(file)) << "looking must not create";
  Workspace::create(file);
  const std::string before = bytes_of(file);
  EXPECT_EQ(failure([&] { Workspace::create(file); }), "data.already_there");
  EXPECT_EQ(bytes_of(file), before);
  EXPECT_EQ(failure([&] { Workspace::create(file.parent_path() / "nowhere" / "x.sqlite"); }),
            "data.cannot_open");
}

TEST(DbDatabase, RefusesForeignFilesAndLeavesThemAlone) {
  const auto text = tiny::fresh("text.sqlite");
  std::ofstream(text) << "mã,tên\n03160,Mường Nhé\n";
  const auto foreign = tiny::fresh("foreign.sqlite");
  {
    Database other(foreign, OpenMode::create);
    other.execute("CREATE TABLE theirs (a); PRAGMA journal_mode = WAL;");
  }
  const auto empty = tiny::fresh("empty.sqlite");
  std::ofstream(empty).flush();
  for (const auto& [file, sentence] :
       {std::pair{text, "data.not_a_database"}, std::pair{foreign, "data.not_a_workspace"},
        std::pair{empty, "data.not_a_database"},
        std::pair{empty.parent_path(), "data.not_a_database"}}) {
    const bool plain = std::filesystem::is_regular_file(file);
    const std::string before = plain ? bytes_of(file) : "";
    for (const OpenMode mode : {OpenMode::read_write, OpenMode::read_only})
      EXPECT_EQ(failure([&] { Workspace::open(file, mode); }), sentence) << file;
    if (!plain) continue;
    EXPECT_EQ(bytes_of(file), before) << file;
    EXPECT_FALSE(std::filesystem::exists(file.string() + "-wal")) << file;
  }
  // An empty file is what a program that was killed while creating leaves: as good as none.
  EXPECT_EQ(failure([&] { Workspace::open_or_create(empty); }), "");
  EXPECT_EQ(failure([&] { Workspace::open_or_create(text); }), "data.not_a_database");
}

TEST(DbDatabase, RefusesANewerSchemaAndLeavesItAlone) {
  const auto file = tiny::fresh("newer.sqlite");
  Workspace::create(file).database().execute("PRAGMA user_version = 999");
  const std::string before = bytes_of(file);
  EXPECT_EQ(failure([&] { Workspace::open(file); }), "data.newer_workspace");
  EXPECT_EQ(bytes_of(file), before);
}

TEST(DbDatabase, AnOlderSchemaIsNotTouchedByAReader) {
  const auto file = tiny::fresh("older.sqlite");
  Workspace::create(file).database().execute("PRAGMA user_version = 0");
  const std::string before = bytes_of(file);
  EXPECT_EQ(failure([&] { Workspace::open(file, OpenMode::read_only); }), "data.older_workspace");
  EXPECT_EQ(bytes_of(file), before);
}

TEST(DbDatabase, SaysThatADamagedFileIsDamaged) {
  const auto file = tiny::fresh("damaged.sqlite");
  Workspace::create(file);
  const auto size = std::filesystem::file_size(file);
  {
    std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
    out.seekp(2048);
    for (std::uintmax_t i = 2048; i < size; ++i) out.put('\x5a');
  }
  const std::string sentence = failure([&] { Workspace::open(file).load(); });
  EXPECT_EQ(sentence, "data.damaged");
}

TEST(DbDatabase, RollsBackWhatWasNotCommitted) {
  Workspace workspace = Workspace::create(tiny::fresh("rollback.sqlite"));
  {
    Transaction transaction(workspace.database());
    workspace.set_setting("title", "half done");
  }
  EXPECT_EQ(workspace.setting("title"), std::nullopt);
  {
    Transaction transaction(workspace.database());
    workspace.set_setting("title", "done");
    transaction.commit();
  }
  EXPECT_EQ(workspace.setting("title"), "done");
}

TEST(DbDatabase, SaysThatTheDiskIsFullAndLosesNothing) {
  const auto file = tiny::fresh("full.sqlite");
  Workspace workspace = Workspace::create(file);
  workspace.set_setting("title", "before");
  // A limit on pages fails with the same code, at the same place, as a disk without room.
  Database& db = workspace.database();
  db.execute("PRAGMA max_page_count = " + std::to_string(one(db, "PRAGMA page_count") + 8));
  EXPECT_EQ(failure([&] {
              Transaction transaction(db);
              const std::string much(5000, 'x');
              for (int i = 0; i < 1000; ++i) workspace.set_setting(std::to_string(i), much);
              transaction.commit();
            }),
            "data.disk_full");
  EXPECT_EQ(tiny::count(workspace, "setting"), 1);
  db.execute("PRAGMA max_page_count = 1000000");
  workspace.set_setting("title", "after");
  EXPECT_EQ(Workspace::open(file).setting("title"), "after");
}

TEST(DbDatabase, ReadsWhileAnotherWrites) {
  const auto file = tiny::fresh("two.sqlite");
  Workspace writer = Workspace::create(file);
  Workspace reader = Workspace::open(file, OpenMode::read_only);
  Workspace other = Workspace::open(file);
  other.database().execute("PRAGMA busy_timeout = 20");
  Transaction transaction(writer.database());
  writer.set_setting("title", "new");
  EXPECT_EQ(reader.setting("title"), std::nullopt);  // not yet committed
  EXPECT_EQ(failure([&] { Transaction second(other.database()); }), "data.locked");
  transaction.commit();
  EXPECT_EQ(reader.setting("title"), "new");
  EXPECT_EQ(failure([&] { reader.set_setting("title", "mine"); }), "data.read_only");
}

TEST(DbDatabase, EveryThreadItsOwnConnection) {
  const auto file = tiny::fresh("threads.sqlite");
  Workspace::create(file).set_setting("title", "same");
  std::atomic<int> right = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 5; ++i)
        right += Workspace::open(file, OpenMode::read_only).setting("title") == "same";
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, 40);
}

#ifndef _WIN32

TEST(DbDatabase, AProcessThatDiesInATransactionLeavesTheWorkspaceAsItWas) {
  const auto file = tiny::fresh("dies.sqlite");
  {
    Workspace workspace = Workspace::create(file);
    workspace.set_setting("title", "before");
  }
  const int status = in_child([&]() -> int {
    Workspace workspace = Workspace::open(file);
    Transaction transaction(workspace.database());
    workspace.set_setting("title", "half done");
    // More than fits into the cache, so that pages have reached the disk already.
    workspace.database().execute("PRAGMA cache_size = 10");
    for (int i = 0; i < 2000; ++i) workspace.set_setting(std::to_string(i), std::string(1000, 'x'));
    _exit(7);
  });
  ASSERT_EQ(status, 7);
  Workspace workspace = Workspace::open(file);
  EXPECT_EQ(workspace.setting("title"), "before");
  EXPECT_EQ(tiny::count(workspace, "setting"), 1);
  data::Statement check = workspace.database().prepare("PRAGMA integrity_check");
  ASSERT_TRUE(check.step());
  EXPECT_EQ(check.text(0), "ok");
}

TEST(DbDatabase, KillingAWriterLosesNothingThatWasCommitted) {
  const auto file = tiny::fresh("killed.sqlite");
  Workspace::create(file);
  for (int round = 0; round < 5; ++round) {
    int told[2];
    ASSERT_EQ(pipe(told), 0);
    const pid_t child = fork();
    if (child == 0) {
      Workspace workspace = Workspace::open(file);
      for (int i = 0;; ++i) {
        Transaction transaction(workspace.database());
        workspace.set_setting("a", std::to_string(i));
        workspace.set_setting("b", std::to_string(i));
        transaction.commit();
        if (write(told[1], &i, sizeof i) < 0) _exit(1);
      }
    }
    int last = 0, seen = 0;
    while (last < 20 + round && read(told[0], &seen, sizeof seen) == sizeof seen) last = seen;
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    close(told[0]);
    close(told[1]);
    Workspace workspace = Workspace::open(file);
    const auto a = workspace.setting("a"), b = workspace.setting("b");
    ASSERT_TRUE(a && b);
    EXPECT_EQ(*a, *b) << "half a transaction";
    EXPECT_GE(std::stoi(*a), last) << "a committed value was lost";
  }
}

TEST(DbDatabase, OpensForReadingWhereNothingCanBeWritten) {
  // Outside the build folder, which another account may not enter.
  std::string pattern = std::filesystem::temp_directory_path() / "phusong-XXXXXX";
  ASSERT_NE(mkdtemp(pattern.data()), nullptr);
  const std::filesystem::path folder = pattern;
  // A name that a file: URI must escape.
  const std::filesystem::path file = folder / "tuần 11% #1?.sqlite";
  Workspace::create(file).set_setting("title", "Mường Nhé");
  using std::filesystem::perms;
  std::filesystem::permissions(file, perms::owner_read | perms::group_read | perms::others_read);
  std::filesystem::permissions(folder, perms(0555));
  const int status = in_child([&]() -> int {
    // Root may write everywhere; be nobody.
    if (getuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) return 50;
    if (Workspace::open(file, OpenMode::read_only).load()->title != "Mường Nhé") return 51;
    return failure([&] { Workspace::open(file); }) == "data.read_only" ? 0 : 52;
  });
  std::filesystem::permissions(folder, perms(0755));
  std::filesystem::remove_all(folder);
  EXPECT_EQ(status, 0);
}

#endif

}  // namespace
