// Killed at any moment, out of room, or where nothing can be written: what was acknowledged is
// there, and nothing is torn.
#include <gtest/gtest.h>

#ifndef _WIN32
#include "data/import.hpp"
#include "data/merge.hpp"
#include "data/operation_text.hpp"
#include "geo/random.hpp"
#include "tests/data/entry_workspace.hpp"
#include "tests/data/killed.hpp"
#include "tests/data/small_workspace.hpp"

namespace {

using data::Workspace;
using entry::change;
using entry::commune;
using entry::report;
using kill_test::failure;
using kill_test::is_whole;
using kill_test::killed;
using kill_test::kills;
using kill_test::out_of_room;
namespace fs = std::filesystem;

TEST(DbOperationKills, EveryAcknowledgedEntryIsThere) {
  geo::Random random(1);
  const auto file = tiny::fresh("killed_entry.sqlite");
  entry::fill(*std::make_unique<Workspace>(Workspace::create(file)));
  std::int64_t number = 200;
  for (int round = 0; round < kills(); ++round) {
    const std::int64_t first = number;
    const int last =
        killed(static_cast<int>(random.below(6)), std::chrono::microseconds(random.below(40'000)),
               [&](const auto& ack) {
                 Workspace workspace = Workspace::open(file);
                 for (int step = 1;; ++step) {
                   const auto n = std::to_string(first + step);
                   entry::enter(workspace, {change(report(3, "2025-08-24"), "activated_l2", n),
                                            change(report(3, "2025-08-24"), "sessions", n)});
                   ack(step);
                 }
               });
    Workspace workspace = Workspace::open(file);
    is_whole(workspace);
    data::Authority authority(workspace.database());
    const auto now = data::record_now(workspace.database(), report(3, "2025-08-24"), authority);
    EXPECT_EQ(now.value("activated_l2"), now.value("sessions")) << "half a batch";
    const std::int64_t there = now.value("sessions") ? std::stoll(*now.value("sessions")) : first;
    EXPECT_GE(there, first + last) << "an acknowledged entry was lost";
    EXPECT_LE(there, first + last + 1);
    number = std::max(there, first);
  }
}

TEST(DbOperationKills, APackageIsMergedWholeOrNotAtAll) {
  geo::Random random(2);
  auto sender = entry::workspace("kill_sender.sqlite");
  constexpr int packages = 12, each = 8;
  std::vector<fs::path> files;
  for (int p = 0; p < packages; ++p) {
    const auto day = geo::iso(entry::day("2025-08-24") + 7 * p);
    std::vector<data::FieldChange> changes;
    for (int i = 1; i <= 4; ++i)
      for (const char* field : {"eligible", "sessions"})
        changes.push_back(change(report(i, day), field, std::to_string(900 + p)));
    entry::enter(sender, changes, {.file = {}, .sheet = {}, .let_stand = true});
    sender.database().execute("DROP TRIGGER IF EXISTS operation_stays");
    sender.database().execute("UPDATE operation SET received_at = '2025-01-01T00:00:0" +
                              std::to_string(p % 10) + "Z' WHERE received_at > '2026'");
    files.push_back(tiny::fresh("kill" + std::to_string(p) + ".phusong"));
    data::write_package(sender, files.back());  // all so far: each contains the ones before
  }
  for (int round = 0; round < kills(); ++round) {
    const auto file = tiny::fresh("killed_merge.sqlite");
    entry::fill(*std::make_unique<Workspace>(Workspace::create(file)));
    const int last =
        killed(static_cast<int>(random.below(8)), std::chrono::microseconds(random.below(40'000)),
               [&](const auto& ack) {
                 Workspace workspace = Workspace::open(file);
                 for (int step = 1; step <= packages; ++step) {
                   data::merge(workspace, {&files[static_cast<std::size_t>(step - 1)], 1});
                   ack(step);
                 }
               });
    Workspace workspace = Workspace::open(file);
    is_whole(workspace);
    const auto held = data::all_operations(workspace.database()).size();
    EXPECT_EQ(held % each, 0U) << "part of a package";
    EXPECT_GE(held, static_cast<std::size_t>(last) * each) << "an acknowledged package was lost";
    const fs::path whole = files.back();
    data::merge(workspace, {&whole, 1});
    EXPECT_EQ(data::dump_operations(workspace), data::dump_operations(sender));
  }
}

TEST(DbOperationKills, AnImportOverEntriesIsWholeOrNotThere) {
  geo::Random random(3);
  const auto table =
      data::test::written("kill.csv",
                          "code,date,eligible,activated_l2\n10001,2025-08-31,1000,300\n"
                          "10002,2025-08-31,1000,310\n10003,2025-08-31,1000,320\n");
  for (int round = 0; round < kills(); ++round) {
    const auto file = tiny::fresh("killed_import.sqlite");
    {
      auto workspace = Workspace::create(file);
      entry::fill(workspace);
      entry::enter(workspace, change(report(1, "2025-08-24"), "activated_l2", "200"));
    }
    const int last = killed(static_cast<int>(random.below(2)),
                            std::chrono::microseconds(random.below(30'000)), [&](const auto& ack) {
                              Workspace workspace = Workspace::open(file);
                              data::test::imported(workspace, table, data::ImportKind::reports);
                              ack(1);
                            });
    Workspace workspace = Workspace::open(file);
    is_whole(workspace);
    const auto dataset = workspace.load();
    int reported = 0;
    for (const data::Reporter& reporter : dataset->reporters)
      for (const data::Report& r : dataset->reports.of(reporter.column))
        reported += geo::iso(r.date) == "2025-08-31" ? 1 : 0;
    EXPECT_TRUE(reported == 3 || (reported == 0 && last == 0)) << reported;
  }
}

TEST(DbOperationKills, AFullDiskIsSaidAndLosesNothing) {
  auto sender = entry::workspace("full_sender.sqlite");
  for (int week = 0; week < 40; ++week)
    entry::enter(sender, {change(report(1, geo::iso(entry::day("2024-01-07") + 7 * week)),
                                 "sessions", "5", std::string(900, 'x'))});
  const auto package = tiny::fresh("full.phusong");
  data::write_package(sender, package);
  const auto file = tiny::fresh("full_entry.sqlite");
  entry::fill(*std::make_unique<Workspace>(Workspace::create(file)));
  const auto before = [&] {
    Workspace workspace = Workspace::open(file);
    return data::dump_operations(workspace);
  }();
  const auto size = fs::file_size(file);
  for (const bool merging : {false, true}) {
    const int status = in_child([&]() -> int {
      Workspace workspace = Workspace::open(file);
      out_of_room(size / 64);  // the WAL begins anew, and has no room
      const std::string said = failure([&] {
        if (merging)
          data::merge(workspace, {&package, 1});
        else
          entry::enter(workspace, change(report(1, "2025-08-24"), "activated_l2", "200",
                                         std::string(900, 'x')));
      });
      return said == "data.disk_full" || said == "data.disk_error" ? 0 : 60;
    });
    EXPECT_EQ(status, 0);
    Workspace workspace = Workspace::open(file);
    is_whole(workspace);
    EXPECT_EQ(data::dump_operations(workspace), before);
  }
  // A package that has no room leaves the old one as it was.
  const auto old = fs::file_size(package);
  EXPECT_EQ(in_child([&]() -> int {
              out_of_room(2048);
              return failure([&] { data::write_package(sender, package); }).empty() ? 61 : 0;
            }),
            0);
  EXPECT_EQ(fs::file_size(package), old);
  EXPECT_NO_THROW(data::read_package(package));
}

TEST(DbOperationKills, WhereNothingCanBeWrittenItIsSaid) {
  std::string pattern = fs::temp_directory_path() / "phusong-XXXXXX";
  ASSERT_NE(mkdtemp(pattern.data()), nullptr);
  const fs::path folder = pattern, file = folder / "w.sqlite";
  {
    auto workspace = Workspace::create(file);
    entry::fill(workspace);
    entry::enter(workspace, change(report(1, "2025-08-24"), "activated_l2", "200"));
  }
  fs::permissions(file, fs::perms(0444));
  fs::permissions(folder, fs::perms(0555));
  const int status = in_child([&]() -> int {
    // Root may write everywhere; be nobody.
    if (getuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) return 50;
    Workspace looked_at = Workspace::open_for_reading(file);
    if (failure([&] {
          entry::enter(looked_at, change(report(1, "2025-08-24"), "sessions", "2"));
        }) != "data.read_only")
      return 51;
    if (failure([&] { data::write_package(looked_at, folder / "out.phusong"); }) !=
        "data.out_not_writable")
      return 52;
    return failure([&] { Workspace::open(file); }) == "data.read_only" ? 0 : 53;
  });
  fs::permissions(folder, fs::perms(0755));
  fs::remove_all(folder);
  EXPECT_EQ(status, 0);
}

}  // namespace

#endif
