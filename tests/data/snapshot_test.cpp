#include "data/snapshot.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <map>
#include <sstream>
#include <thread>

#include "data/import_undo.hpp"
#include "data/place_records.hpp"
#include "data/sample.hpp"
#include "geo/random.hpp"
#include "tests/data/tiny_workspace.hpp"

namespace {

using data::Report;
using data::Reports;
using data::ReportsRead;
using data::SnapshotUse;
using data::Workspace;
namespace fs = std::filesystem;

fs::path fresh_folder(const std::string& name) {
  const fs::path folder = scratch::folder() / name;
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder;
}

std::string text_of(const Report& r) {
  std::ostringstream out;
  for (const auto& n :
       {r.eligible, r.installed, r.activated_l1, r.activated_l2, r.sessions, r.reached})
    out << (n ? std::to_string(*n) : "-") << ' ';
  out << r.trace.source << ':' << r.trace.row;
  return out.str();
}

using Texts = std::map<std::pair<std::int64_t, std::string>, std::string>;

/// The table read straight: per unit and date, per field the latest source that has a number.
Texts plainly(data::Database& database) {
  std::map<std::pair<std::int64_t, std::string>, Report> all;
  auto row = database.prepare(
      "SELECT unit_id, date, eligible, installed, activated_l1, activated_l2, sessions, reached,"
      " source_id, source_row FROM report ORDER BY source_id");
  while (row.step()) {
    Report& r = all[{row.integer(0), row.text(1)}];
    int column = 2;
    for (auto field : {&Report::eligible, &Report::installed, &Report::activated_l1,
                       &Report::activated_l2, &Report::sessions, &Report::reached}) {
      if (!row.is_null(column)) r.*field = row.integer(column);
      ++column;
    }
    r.trace = {row.integer(8), row.integer(9)};
  }
  Texts out;
  for (const auto& [key, report] : all) out[key] = text_of(report);
  return out;
}

Texts told(const Reports& reports) {
  Texts out;
  for (std::uint32_t u = 0; u < reports.units().size(); ++u)
    for (const Report& r : reports.of(u)) out[{reports.units()[u], geo::iso(r.date)}] = text_of(r);
  return out;
}

/// One import of reports: a week, or corrections of some weeks with most cells empty.
void import_reports(Workspace& workspace, geo::Random& random, std::uint32_t units, int weeks) {
  data::Transaction transaction(workspace.database());
  const auto source = data::begin_source(workspace, "reports", "week.csv");
  auto unit = workspace.database().prepare(
      "INSERT OR IGNORE INTO unit (id, code, level) VALUES (?1, ?1, 'commune')");
  auto row = workspace.database().prepare(
      "INSERT OR IGNORE INTO report (unit_id, date, eligible, installed, activated_l1,"
      " activated_l2, sessions, reached, source_id, source_row)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const geo::Date first{std::chrono::sys_days{std::chrono::year{2024} / 1 / 7}};
  const std::uint32_t rows = 1 + random.below(60);
  for (std::uint32_t k = 0; k < rows; ++k) {
    const auto id = static_cast<std::int64_t>(1 + random.below(units));
    unit.bind(1, id).run();
    const int week = static_cast<int>(random.below(static_cast<std::uint32_t>(weeks)));
    row.bind(1, id).bind(2, geo::iso(first + 7 * week));
    for (int column = 3; column <= 8; ++column)
      row.bind(column, random.chance(0.4) ? std::nullopt : std::optional(random.between(0, 9999)));
    row.bind(9, source).bind(10, k + 2).run();
  }
  transaction.commit();
}

struct Read {
  Texts texts;
  ReportsRead how;
};
Read read(Workspace& workspace, const SnapshotUse& use) {
  Read out;
  out.texts = told(data::read_reports(workspace.database(), use, {}, &out.how));
  return out;
}

fs::path only_file(const fs::path& cache) {
  fs::path found;
  for (const auto& entry : fs::recursive_directory_iterator(cache))
    if (entry.is_regular_file() && entry.path().filename() == "reports") found = entry.path();
  return found;
}

class DbSnapshots : public testing::TestWithParam<std::uint64_t> {};

TEST_P(DbSnapshots, SayWhatTheTableSaysThroughImportsCorrectionsAndUndo) {
  geo::Random random(GetParam());
  Workspace workspace = Workspace::create(tiny::fresh("snapshot.sqlite"));
  const SnapshotUse use{.cache = fresh_folder("snapshot_cache"), .may_keep = true, .least_rows = 1};
  bool from_snapshot = false;
  for (int step = 0; step < 25; ++step) {
    const std::uint32_t dice = random.below(10);
    if (dice < 6) {
      import_reports(workspace, random, 5 + static_cast<std::uint32_t>(step), 3 + step);
    } else if (dice < 8) {
      data::take_back_last_import(workspace);
    } else if (dice == 8) {  // another program changes or deletes rows behind its back
      workspace.database().execute(random.chance(0.5)
                                       ? "UPDATE report SET eligible = 7 WHERE id % 5 = 1"
                                       : "DELETE FROM report WHERE id % 7 = 2");
    } else {  // and adds some to an import of long ago
      workspace.database().execute(
          "INSERT OR IGNORE INTO report (unit_id, date, activated_l2, source_id, source_row)"
          " SELECT min(unit_id), '2024-01-07', 1, min(source_id), 5 FROM report"
          " WHERE source_id IS NOT NULL HAVING count(*) > 0");
    }
    const Read one = read(workspace, use);
    ASSERT_EQ(one.texts, plainly(workspace.database())) << "step " << step;
    from_snapshot = from_snapshot || one.how.from_snapshot;
    const Read again = read(workspace, use);
    ASSERT_EQ(again.texts, one.texts) << "step " << step;
    if (!one.texts.empty()) {
      EXPECT_TRUE(again.how.from_snapshot) << "step " << step;
      // A few new rows may be read again rather than all written again.
      EXPECT_EQ(again.how.rows, one.how.kept ? 0U : one.how.rows) << "step " << step;
    }
  }
  EXPECT_TRUE(from_snapshot);
}

INSTANTIATE_TEST_SUITE_P(Seeds, DbSnapshots, testing::Range<std::uint64_t>(1, 13));

TEST(DbSnapshot, ReadsOnlyTheRowsThatCameSince) {
  const auto file = tiny::fresh("since.sqlite");
  data::write_sample(file, {30, 12, 1});
  Workspace workspace = Workspace::open(file);
  SnapshotUse use{.cache = fresh_folder("since_cache"), .may_keep = true, .least_rows = 100};
  const Read first = read(workspace, use);
  EXPECT_FALSE(first.how.from_snapshot);
  EXPECT_TRUE(first.how.kept);
  EXPECT_EQ(read(workspace, use).how.rows, 0U);
  geo::Random random(3);
  import_reports(workspace, random, 5, 3);
  const Read second = read(workspace, use);
  EXPECT_TRUE(second.how.from_snapshot);
  EXPECT_LE(second.how.rows, 60U);
  EXPECT_FALSE(second.how.kept) << "a few rows are read again rather than all written again";
  EXPECT_EQ(second.texts, plainly(workspace.database()));
  // Nothing is kept of what may yet be taken back.
  use.cache = fresh_folder("uncommitted_cache");
  use.may_keep = false;
  EXPECT_FALSE(read(workspace, use).how.kept);
  EXPECT_TRUE(only_file(use.cache).empty());
}

TEST(DbSnapshot, OfACopyThatWentAnotherWayIsNotTaken) {
  const auto a = tiny::fresh("copy_a.sqlite"), b = tiny::fresh("copy_b.sqlite");
  const SnapshotUse use{.cache = fresh_folder("copy_cache"), .may_keep = true, .least_rows = 1};
  geo::Random random(5);
  {
    Workspace one = Workspace::create(a);
    import_reports(one, random, 20, 8);
    one.database().execute("PRAGMA wal_checkpoint(TRUNCATE)");
  }
  fs::copy_file(a, b);
  Workspace one = Workspace::open(a), other = Workspace::open(b);
  // Both get an import of the same number, of the same second.
  import_reports(one, random, 20, 8);
  import_reports(other, random, 20, 8);
  EXPECT_EQ(read(one, use).texts, plainly(one.database()));
  EXPECT_EQ(read(other, use).texts, plainly(other.database()));
  EXPECT_EQ(read(one, use).texts, plainly(one.database()));
  // Both lose a row, and are of the same length then.
  one.database().execute("DELETE FROM report WHERE id = 1");
  other.database().execute("DELETE FROM report WHERE id = 2");
  EXPECT_EQ(read(one, use).texts, plainly(one.database()));
  EXPECT_EQ(read(other, use).texts, plainly(other.database()));
}

TEST(DbSnapshot, DamagedIsBuiltAgain) {
  Workspace workspace = Workspace::create(tiny::fresh("damaged.sqlite"));
  const SnapshotUse use{.cache = fresh_folder("damaged_cache"), .may_keep = true, .least_rows = 1};
  geo::Random random(9);
  import_reports(workspace, random, 10, 4);
  const Read whole = read(workspace, use);
  const fs::path file = only_file(use.cache);
  ASSERT_FALSE(file.empty());
  std::ifstream in(file, std::ios::binary);
  const std::string good{std::istreambuf_iterator<char>(in), {}};
  in.close();
  const auto expect_built_again = [&](const std::string& bytes, const std::string& what) {
    // As a damaged disk would: another file under that name, since a mapped one must not shrink.
    fs::remove(file);
    std::ofstream(file, std::ios::binary) << bytes;
    const Read again = read(workspace, use);
    EXPECT_EQ(again.texts, whole.texts) << what;
    EXPECT_FALSE(again.how.from_snapshot) << what;
    EXPECT_TRUE(read(workspace, use).how.from_snapshot) << what;
  };
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{63}, std::size_t{64},
                                 good.size() / 2, good.size() - 1})
    expect_built_again(good.substr(0, size), "cut at " + std::to_string(size));
  expect_built_again(good + "x", "longer");
  // Every byte before the cells counts.
  for (std::size_t at = 0; at < 300; at += 7) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x41);
    expect_built_again(bad, "byte " + std::to_string(at));
  }
}

TEST(DbSnapshot, IsDoneWithoutWhereThereIsNoPlaceForIt) {
  Workspace workspace = Workspace::create(tiny::fresh("no_place.sqlite"));
  geo::Random random(11);
  import_reports(workspace, random, 10, 4);
  const auto in_the_way = tiny::fresh("a_file_in_the_way");
  std::ofstream(in_the_way) << "x";
  for (const fs::path& cache : {fs::path(), in_the_way, fs::path("/proc/nothing/here")}) {
    const Read one = read(workspace, {.cache = cache, .may_keep = true, .least_rows = 1});
    EXPECT_EQ(one.texts, plainly(workspace.database())) << cache;
    EXPECT_FALSE(one.how.kept) << cache;
  }
}

/// Programs that import and keep snapshots are killed at any moment.
TEST(DbSnapshot, IsWholeOrNotThereHoweverItEnded) {
  const auto file = tiny::fresh("killed.sqlite");
  const SnapshotUse use{.cache = fresh_folder("killed_cache"), .may_keep = true, .least_rows = 1};
  { Workspace::create(file); }
  geo::Random when(21);
  for (std::uint64_t round = 0; round < 8; ++round) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      try {
        Workspace workspace = Workspace::open(file);
        geo::Random random(round + 100);
        for (;;) {
          import_reports(workspace, random, 40, 30);
          data::read_reports(workspace.database(), use);
        }
      } catch (...) {
        ::_exit(1);
      }
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(60 + when.below(120)));
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "it ended by itself";
    Workspace workspace = Workspace::open(file);
    EXPECT_EQ(read(workspace, use).texts, plainly(workspace.database())) << round;
  }
}

std::string all_places(const data::PlaceRecords& p) {
  std::ostringstream out;
  out.precision(17);
  for (const auto& s : p.settlements)
    out << p.at(s.code) << '|' << p.at(s.name) << '|' << p.at(s.kind) << '|' << s.unit << '|'
        << s.former_unit << '|' << s.lon << '|' << s.lat << '|' << s.residents << '|'
        << s.electricity << s.signal << '|' << s.smartphone << '|' << p.at(s.road) << '|'
        << s.source << ':' << s.row << '\n';
  for (const auto& t : p.teams)
    out << p.at(t.code) << '|' << p.at(t.name) << '|' << t.unit << '|' << t.members << '|'
        << p.at(t.vehicle) << '\n';
  return out.str();
}

TEST(DbSnapshot, OfPlacesSaysWhatTheTablesSay) {
  const auto file = tiny::fresh("places.sqlite");
  data::write_sample(file, {12, 2, 4});
  Workspace workspace = Workspace::open(file);
  auto& db = workspace.database();
  const SnapshotUse use{.cache = fresh_folder("places_cache"), .may_keep = true, .least_rows = 1};
  const auto check = [&](const std::string& what) {
    const auto fresh = data::read_places(db, {});
    EXPECT_GT(fresh.rows_read, 0U) << what;
    const auto first = data::read_places(db, use), second = data::read_places(db, use);
    EXPECT_GT(first.rows_read, 0U) << what;
    EXPECT_EQ(second.rows_read, 0U) << what;
    EXPECT_EQ(all_places(first), all_places(fresh)) << what;
    EXPECT_EQ(all_places(second), all_places(fresh)) << what;
    auto row = db.prepare("SELECT count(*) FROM current_settlement");
    row.step();
    EXPECT_EQ(static_cast<std::int64_t>(second.settlements.size()), row.integer(0)) << what;
  };
  check("sample");
  {
    data::Transaction transaction(db);
    const auto source = data::begin_source(workspace, "settlements", "new.csv");
    db.prepare(
          "INSERT INTO settlement (code, name, source_id, source_row)"
          " SELECT code, 'Bản Mới', ?, 2 FROM settlement ORDER BY code LIMIT 5")
        .bind(1, source)
        .run();
    transaction.commit();
  }
  check("an import");
  db.execute("UPDATE team SET members = 77 WHERE id = 1");
  check("a row was changed");
  data::take_back_last_import(workspace);
  check("taken back");
  // Every byte counts.
  std::vector<fs::path> kept;
  for (const auto& entry : fs::recursive_directory_iterator(use.cache))
    if (entry.is_regular_file() && entry.path().filename() == "places")
      kept.push_back(entry.path());
  ASSERT_FALSE(kept.empty());
  for (const fs::path& one : kept) {
    std::ifstream in(one, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    in.close();
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    fs::remove(one);
    std::ofstream(one, std::ios::binary) << bytes;
  }
  EXPECT_GT(data::read_places(db, use).rows_read, 0U);
}

}  // namespace
