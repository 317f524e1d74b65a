// An older workspace comes up to date whole or not at all, and loses nothing.
#include "data/schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#ifndef _WIN32
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>
#endif

#include "data/briefing_store.hpp"
#include "data/plan_store.hpp"
#include "data/quality.hpp"
#include "data/rivals.hpp"
#include "geo/error.hpp"
#include "tests/data/version_one.hpp"

namespace {

using data::Database;
using data::OpenMode;
using data::Workspace;

std::int64_t number(Database& database, const std::string& sql) {
  auto row = database.prepare(sql);
  row.step();
  return row.integer(0);
}

/// What version 1 knew, as text.
std::string kept(Database& database) {
  std::string out;
  for (const char* sql :
       {"SELECT key || value FROM setting", "SELECT file || imported_at || rows FROM source",
        "SELECT id || code || level || valid_from FROM unit",
        "SELECT id || full_name || ifnull(hex(geom), '-') FROM unit_state",
        "SELECT unit_id || date || eligible || activated_l2 FROM report",
        "SELECT unit_id || indicator || due || share FROM target",
        "SELECT code || unit_id || residents || electricity || hex(geom) FROM settlement",
        "SELECT severity || message_id FROM issue",
        "SELECT code || status || shortfall FROM commune_number",
        "SELECT view_name || view_geometry || f_table_name FROM views_geometry_columns"
        " WHERE view_name IN ('map_commune', 'map_settlement')"}) {
    auto row = database.prepare(sql);
    while (row.step()) out += row.text(0) + '\n';
    out += "--\n";
  }
  return out;
}

TEST(DbSchema, VersionOneComesUpToDateAndKeepsEverything) {
  const auto file = tiny::fresh("version_one.sqlite");
  version_one::write(file);
  std::string before;
  {
    Database database(file, OpenMode::read_only);
    EXPECT_EQ(number(database, "PRAGMA user_version"), 1);
    before = kept(database);
  }
  Workspace workspace = Workspace::open(file);
  Database& database = workspace.database();
  EXPECT_EQ(number(database, "PRAGMA user_version"), 6);
  EXPECT_EQ(kept(database), before);
  EXPECT_EQ(workspace.load()->title, "Tệp cũ");
  // Derived numbers are written anew, with what version 1 did not know.
  EXPECT_EQ(number(database, "SELECT count(*) FROM map_commune WHERE geom IS NOT NULL"), 3);
  auto row = database.prepare("SELECT main_barrier, short_no_grid, shortfall FROM map_commune");
  while (row.step()) {
    EXPECT_EQ(row.text(0), "no_grid");
    EXPECT_DOUBLE_EQ(row.real(1), 40);
    EXPECT_DOUBLE_EQ(row.real(2), 40);
  }
  data::accept_finding(workspace, "k", "đã xem");
  EXPECT_EQ(workspace.load()->acceptances.size(), 1u);
}

TEST(DbSchema, ANewWorkspaceAndAnOldOneBroughtUpToDateHaveTheSameSchema) {
  const auto file = tiny::fresh("version_same.sqlite");
  version_one::write(file);
  const auto schema = [](Database& database) {
    std::string out;
    auto row = database.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name");
    while (row.step()) out += row.text(0) + ": " + row.text(1) + '\n';
    return out;
  };
  Workspace old = Workspace::open(file);
  Workspace fresh = Workspace::create(tiny::fresh("version_fresh.sqlite"));
  EXPECT_EQ(schema(old.database()), schema(fresh.database()));
}

TEST(DbSchema, AnOldOneThatMayNotBeWrittenSaysSo) {
  const auto file = tiny::fresh("version_read_only.sqlite");
  version_one::write(file);
  try {
    Workspace::open(file, OpenMode::read_only);
    ADD_FAILURE() << "an old workspace was read as if it were new";
  } catch (const geo::Error& error) {
    EXPECT_EQ(error.kind, geo::ErrorKind::io);
    EXPECT_EQ(error.message.id, "data.older_workspace");
    EXPECT_EQ(error.where, file.string());
    EXPECT_FALSE(error.remedy.id.empty());
  }
  {
    Database database(file, OpenMode::read_only);
    EXPECT_EQ(number(database, "PRAGMA user_version"), 1);
  }
  // Who only wants to look brings it up to date where that can be done.
  Workspace looked_at = Workspace::open_for_reading(file);
  EXPECT_EQ(number(looked_at.database(), "PRAGMA user_version"), 6);
}

TEST(DbSchema, TheOneBeforeBriefingsKeepsItsPlans) {
  const auto file = tiny::fresh("version_four.sqlite");
  version_one::write(file);
  data::KeptPlan plan;
  plan.name = "Tháng 9";
  plan.wishes.from = *geo::parse_date("2023-09-02");
  {
    Database database(file, OpenMode::read_write);
    for (const char* step : {"sql/002_judgement.sql", "sql/003_prepared.sql", "sql/004_plan.sql"})
      database.execute(assets::text(step));
    database.execute("PRAGMA user_version = 4");
    database.prepare("INSERT INTO plan (name, wishes, made_at, changed_at) VALUES (?, ?, '', '')")
        .bind(1, plan.name)
        .bind(2, data::json_of(plan.wishes))
        .run();
  }
  EXPECT_THROW(Workspace::open(file, OpenMode::read_only), geo::Error);
  Workspace looked_at = Workspace::open_for_reading(file);
  EXPECT_EQ(number(looked_at.database(), "PRAGMA user_version"), 6);
  const auto plans = data::kept_plans(looked_at);
  ASSERT_EQ(plans.size(), 1U);
  EXPECT_EQ(plans[0].wishes, plan.wishes);
  EXPECT_TRUE(data::briefings(looked_at).empty());
  EXPECT_EQ(looked_at.load()->communes.size(), 3U);
}

TEST(DbSchema, DecisionsAreAddedNeverChanged) {
  Workspace workspace = Workspace::create(tiny::fresh("decisions.sqlite"));
  data::accept_finding(workspace, "a", "đúng là như vậy");
  data::accept_finding(workspace, "b", "số mới");
  data::withdraw_acceptance(workspace, "a");
  data::accept_finding(workspace, "b", "xem lại vẫn đúng");
  const auto dataset = workspace.load();
  ASSERT_EQ(dataset->acceptances.size(), 1u);
  EXPECT_EQ(dataset->acceptances[0].key, "b");
  EXPECT_EQ(dataset->acceptances[0].reason, "xem lại vẫn đúng");
  EXPECT_THAT(dataset->acceptances[0].at, testing::MatchesRegex("20..-..-..T..:..:..Z"));
  EXPECT_FALSE(data::is_accepted(workspace, "a"));
  EXPECT_TRUE(data::is_accepted(workspace, "b"));
  EXPECT_EQ(tiny::count(workspace, "acceptance"), 4) << "who decided what stays to be read";
  workspace.database().execute(
      "INSERT INTO figure_choice (scope_level, scope, indicator, decided_by, decided_at)"
      " VALUES ('province', 'A', 'teams', 'x', '2025-07-02T00:00:00Z')");
  for (const char* sql : {"UPDATE acceptance SET reason = 'x'", "DELETE FROM acceptance",
                          "UPDATE figure_choice SET reason = 'x'", "DELETE FROM figure_choice"})
    EXPECT_THROW(workspace.database().execute(sql), geo::Error) << sql;
  EXPECT_THROW(data::accept_finding(workspace, "c", "  "), geo::Error) << "no reason";
}

#ifndef _WIN32

/// Runs `work` in a process of its own and kills it after so long; true: it came to its end.
template <class Work>
bool killed_after(std::chrono::microseconds time, const Work& work) {
  const pid_t child = fork();
  if (child == 0) {
    work();
    _exit(0);
  }
  int status = 0;
  const auto end = std::chrono::steady_clock::now() + time;
  while (std::chrono::steady_clock::now() < end) {
    if (waitpid(child, &status, WNOHANG) == child) return WIFEXITED(status);
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  kill(child, SIGKILL);
  waitpid(child, &status, 0);
  return WIFEXITED(status);
}

TEST(DbSchema, KilledInTheMiddleItIsTheOldOneStill) {
  const auto file = tiny::fresh("version_killed.sqlite");
  version_one::write(file);
  EXPECT_FALSE(killed_after(std::chrono::seconds(60), [&] {
    Database database(file, OpenMode::read_write);
    data::Transaction transaction(database);
    database.execute(assets::text("sql/002_judgement.sql"));
    database.execute("PRAGMA user_version = 2");
    raise(SIGKILL);  // all is written, nothing committed
  }));
  {
    Database database(file, OpenMode::read_only);
    EXPECT_EQ(number(database, "PRAGMA user_version"), 1);
    EXPECT_EQ(number(database, "SELECT count(*) FROM sqlite_schema WHERE name = 'acceptance'"), 0);
    EXPECT_EQ(number(database, "SELECT count(*) FROM map_commune"), 3);
  }
  EXPECT_EQ(number(Workspace::open(file).database(), "SELECT count(*) FROM map_commune"), 3);
}

TEST(DbSchema, KilledAtAnyMomentItIsWholeInOneVersionOrTheOther) {
  int old_ones = 0, new_ones = 0;
  for (int i = 0; i < 12; ++i) {
    const auto file = tiny::fresh("version_any.sqlite");
    version_one::write(file, 20);
    killed_after(std::chrono::milliseconds(8 * i), [&] { Workspace::open(file); });
    std::int64_t version = 0;
    {
      Database database(file, OpenMode::read_only);
      version = number(database, "PRAGMA user_version");
      EXPECT_EQ(number(database, "SELECT count(*) FROM sqlite_schema WHERE name = 'acceptance'"),
                version == 1 ? 0 : 1);
      EXPECT_EQ(number(database, "SELECT count(*) FROM map_commune"), 20);
    }
    ++(version == 1 ? old_ones : new_ones);
    EXPECT_EQ(Workspace::open(file).load()->communes.size(), 20u);
  }
  EXPECT_GT(old_ones, 0) << "never killed early enough to matter";
  RecordProperty("left_old", old_ones);
  RecordProperty("came_through", new_ones);
}

#endif

}  // namespace
