// Packages: what is sent arrives, and nothing else does.
#include "data/package.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <functional>

#include "data/merge.hpp"
#include "data/operation_text.hpp"
#include "data/package_schema.hpp"
#include "data/sent.hpp"
#include "tests/data/entry_workspace.hpp"
#include "tests/data/small_workspace.hpp"
#include "tests/fuzz/mutate.hpp"

namespace {

using data::Package;
using data::Workspace;
using entry::change;
using entry::commune;
using entry::report;
namespace fs = std::filesystem;

std::string refusal(const std::function<void()>& act) {
  try {
    act();
  } catch (const geo::Error& error) {
    EXPECT_EQ(error.kind, geo::ErrorKind::io);
    EXPECT_FALSE(error.remedy.id.empty());
    EXPECT_NE(error.where.find(".phusong"), std::string::npos) << error.where;
    return error.message.id;
  }
  return {};
}

fs::path packed(Workspace& workspace, const std::string& name,
                const data::PackOptions& options = {}) {
  const fs::path file = tiny::fresh(name + ".phusong");
  data::write_package(workspace, file, options);
  return file;
}

data::Merged merged(Workspace& workspace, std::vector<fs::path> files, bool preview = false) {
  return data::merge(workspace, files, {.preview = preview});
}
std::string why(const data::Merged& merged, std::size_t i = 0) {
  return merged.files[i].refused ? merged.files[i].refused->message.id : "";
}

void enter_some(Workspace& w, int i = 1) {
  entry::enter(w,
               {change(report(i, "2025-08-24"), "eligible", "1000"),
                change(report(i, "2025-08-24"), "activated_l2", "130"),
                change(report(i, "2025-08-24"), "sessions", "3")},
               {.file = "tuần 34.ods", .sheet = "Đông", .let_stand = false});
  entry::enter(w, change(report(i, "2025-08-24"), "sessions", "4", "họp thêm một buổi"));
  entry::enter(w, change(report(i, "2025-08-24"), "sessions", std::nullopt));
}

/// A key of its own, made by OpenSSL's program; empty where that is not there.
fs::path key_file(const std::string& name) {
  const fs::path file = tiny::fresh(name + ".pem");
  const std::string command =
      "openssl genpkey -algorithm ed25519 -out '" + file.string() + "' 2>/dev/null";
  return std::system(command.c_str()) == 0 ? file : fs::path();
}

TEST(DbPackage, BringsEveryOperationOverAsItIs) {
  auto a = entry::workspace("sender.sqlite");
  auto b = entry::copy(a, "receiver.sqlite", entry::province);
  enter_some(a);
  const fs::path file = packed(a, "one");
  EXPECT_TRUE(data::is_package(file));
  const Package package = data::read_package(file);
  EXPECT_EQ(package.operations.size(), 5U);
  EXPECT_EQ(package.unit, entry::province);
  const auto first = merged(b, {file});
  EXPECT_EQ(why(first), "");
  EXPECT_EQ(first.added, 5U);
  EXPECT_TRUE(first.conflicts.empty());
  EXPECT_EQ(data::dump_operations(b), data::dump_operations(a));
  // Again, and twice at once: nothing more.
  EXPECT_EQ(merged(b, {file, file}).added, 0U);
  EXPECT_EQ(data::dump_operations(b), data::dump_operations(a));
  auto row = b.database().prepare("SELECT activated_l2 FROM map_commune WHERE code = '10001'");
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.real(0), 130);
}

TEST(DbPackage, ALookChangesNothing) {
  auto a = entry::workspace("looked_at.sqlite");
  auto b = entry::copy(a, "looker.sqlite", entry::province);
  enter_some(a);
  const auto before = data::dump_operations(b);
  EXPECT_EQ(merged(b, {packed(a, "look")}, true).added, 5U);
  EXPECT_EQ(data::dump_operations(b), before);
}

TEST(DbPackage, IsSmall) {
  auto a = entry::workspace("many.sqlite");
  for (int week = 0; week < 60; ++week) {
    std::vector<data::FieldChange> changes;
    const auto day = geo::iso(entry::day("2023-01-01") + 7 * week);
    for (int i = 1; i <= 4; ++i)
      for (const char* field :
           {"eligible", "installed", "activated_l1", "activated_l2", "sessions"})
        changes.push_back(change(report(i, day), field, std::to_string(1000 + week)));
    entry::enter(a, changes, {.file = {}, .sheet = {}, .let_stand = true});
  }
  const fs::path file = packed(a, "many");
  const auto size = fs::file_size(file), n = data::read_package(file).operations.size();
  EXPECT_EQ(n, 1200U);
  RecordProperty("bytes_an_operation", static_cast<int>(size / n));
  EXPECT_LT(size / n, 120U);
}

TEST(DbPackage, SinceTakesWhatItStandsOnAlong) {
  auto a = entry::workspace("since.sqlite");
  auto b = entry::copy(a, "since_b.sqlite", entry::province);
  enter_some(a);
  a.database().execute(
      "DROP TRIGGER operation_stays; UPDATE operation SET received_at = '2025-08-01T00:00:00Z'"
      " WHERE id <= 4");
  const fs::path file = packed(a, "since", {.since = "2025-08-02T00:00:00Z", .key = {}});
  EXPECT_EQ(data::read_package(file).operations.size(), 3U) << "the last one and its two bases";
  EXPECT_EQ(merged(b, {file}).added, 3U);
  EXPECT_EQ(why(merged(b, {packed(a, "all")})), "");
  EXPECT_EQ(data::dump_operations(b), data::dump_operations(a));
  EXPECT_THROW(packed(a, "none", {.since = "2999-01-01T00:00:00Z", .key = {}}), geo::Error);
}

TEST(DbPackage, WhatItLeavesOutDoesNotCountAsSent) {
  auto a = entry::workspace("sent.sqlite");
  entry::enter(a, change(report(1, "2025-08-24"), "sessions", "1"));
  auto sent = data::sent_so_far(a);
  EXPECT_EQ(sent.until, 0);
  EXPECT_FALSE(sent.at);
  EXPECT_EQ(sent.left, 1U);
  const Package first = data::write_package(a, tiny::fresh("sent_1.phusong"));
  data::remember_sent(a, first);
  sent = data::sent_so_far(a);
  EXPECT_EQ(sent.until, 1);
  EXPECT_EQ(sent.at, first.made_at);
  EXPECT_EQ(sent.left, 0U);
  // The second one is from before the day that is sent since, by a clock that was slow.
  entry::enter(a, change(report(2, "2025-08-24"), "sessions", "2"));
  a.database().execute(
      "DROP TRIGGER operation_stays; UPDATE operation SET received_at = '2020-01-01T00:00:00Z'"
      " WHERE id = 2");
  entry::enter(a, change(report(2, "2025-08-24"), "reached", "3"));
  EXPECT_EQ(data::count_operations(a.database()), 3U);
  EXPECT_EQ(data::count_operations(a.database(), "2025-01-01T00:00:00Z"), 2U);
  data::remember_sent(a, data::write_package(a, tiny::fresh("sent_2.phusong"),
                                             {.since = "2025-01-01T00:00:00Z", .key = {}}));
  sent = data::sent_so_far(a);
  EXPECT_EQ(sent.until, 1);
  EXPECT_EQ(sent.left, 2U);
  const Package rest = data::write_package(a, tiny::fresh("sent_3.phusong"),
                                           {.since = {}, .after = sent.until, .key = {}});
  EXPECT_EQ(rest.operations.size(), 2U);
  data::remember_sent(a, rest);
  EXPECT_EQ(data::sent_so_far(a).until, 3);
  EXPECT_EQ(data::sent_so_far(a).left, 0U);
}

/// As a sender would who leaves bases out: a package of these operations alone.
fs::path forged(Workspace& like, const std::string& name, data::Operations operations,
                const std::function<void(Package&)>& change_it = {}) {
  const fs::path file = packed(like, name);
  Package package = data::read_package(file);
  package.operations = std::move(operations);
  if (change_it) change_it(package);
  package.sha256 = data::package_digest(package);
  data::Database database(file, data::OpenMode::read_write);
  auto all = database.prepare("SELECT uuid FROM operation");
  std::vector<data::Uuid> gone;
  while (all.step()) {
    const auto uuid = data::uuid_of(all.blob(0));
    if (std::none_of(package.operations.begin(), package.operations.end(),
                     [&](const auto& o) { return o.uuid == uuid; }))
      gone.push_back(*uuid);
  }
  for (const auto& uuid : gone)
    database.prepare("DELETE FROM operation WHERE uuid = ?").bind_blob(1, uuid.bytes).run();
  for (const auto& o : package.operations)
    database.prepare("UPDATE operation SET value = ? WHERE uuid = ?")
        .bind(1, o.value)
        .bind_blob(2, o.uuid.bytes)
        .run();
  database.prepare("UPDATE pack SET count = ?, sha256 = ?")
      .bind(1, package.operations.size())
      .bind_blob(2, package.sha256)
      .run();
  return file;
}

TEST(DbPackage, WithoutWhatItStandsOnItIsIncomplete) {
  auto a = entry::workspace("closure.sqlite");
  auto b = entry::copy(a, "closure_b.sqlite", entry::province);
  enter_some(a);
  data::Operations all = data::all_operations(a.database());
  const fs::path last = forged(a, "last", {all[4]}), middle = forged(a, "middle", {all[3]}),
                 rest = forged(a, "rest", {all[0], all[1], all[2]});
  const auto before = data::dump_operations(b);
  EXPECT_EQ(why(merged(b, {last})), "data.package_incomplete");
  EXPECT_EQ(data::dump_operations(b), before);
  // Together they are whole, in whatever order they are named.
  const auto done = merged(b, {last, middle, rest});
  EXPECT_FALSE(done.refused());
  EXPECT_EQ(done.added, 5U);
  EXPECT_EQ(data::dump_operations(b), data::dump_operations(a));
}

TEST(DbPackage, AnAlteredOperationIsRefusedWholeAndOthersAreTaken) {
  auto a = entry::workspace("altered.sqlite");
  auto b = entry::copy(a, "altered_b.sqlite", entry::province);
  enter_some(a);
  const fs::path good = packed(a, "good");
  EXPECT_EQ(merged(b, {good}).added, 5U);
  enter_some(a, 2);
  data::Operations all = data::all_operations(a.database());
  all[1].value = "999";  // held already, with another value; the sum is made to fit
  const fs::path bad = forged(a, "bad", all), more = packed(a, "more");
  const auto before = data::dump_operations(b);
  EXPECT_EQ(why(merged(b, {bad})), "data.package_altered");
  EXPECT_EQ(data::dump_operations(b), before);
  const auto both = merged(b, {bad, more});
  EXPECT_EQ(why(both, 0), "data.package_altered");
  EXPECT_EQ(why(both, 1), "");
  EXPECT_EQ(data::dump_operations(b), data::dump_operations(a));
}

TEST(DbPackage, WhatAUnitMayNotChangeIsHeldAndListed) {
  auto province = entry::workspace("hold.sqlite");
  auto one = entry::copy(province, "hold_one.sqlite", commune(1));
  enter_some(one);
  // Its copy thinks that the second commune is its own too.
  one.set_setting("author_unit", data::unit_text(entry::province));
  entry::enter(one, change(report(2, "2025-08-24"), "sessions", "7"));
  one.database().execute(
      "DROP TRIGGER batch_stays; UPDATE batch SET unit_level = 'commune', unit_code = '10001',"
      " unit_valid_from = '2025-07-01'");
  const auto result = merged(province, {packed(one, "hold")});
  EXPECT_EQ(result.added, 6U);
  ASSERT_EQ(result.held.size(), 1U);
  EXPECT_EQ(result.held[0].standing, data::Standing::not_under);
  EXPECT_EQ(data::held_operations(province).size(), 1U);
  auto row = province.database().prepare(
      "SELECT count(*) FROM report AS r JOIN unit AS u ON u.id = r.unit_id"
      " WHERE u.code = '10002' AND r.date = '2025-08-24'");
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.integer(0), 0);
}

TEST(DbPackage, WhatIsAboutAUnitToComeIsAppliedOnceItIsThere) {
  auto a = entry::workspace("later.sqlite");
  auto b = Workspace::create(tiny::fresh("later_b.sqlite"));
  enter_some(a);
  const auto result = merged(b, {packed(a, "later")});
  EXPECT_EQ(result.added, 5U);
  EXPECT_EQ(result.held.size(), 5U);
  EXPECT_TRUE(b.load()->dates.empty());
  entry::fill(b);
  EXPECT_EQ(data::dump_operations(b), data::dump_operations(a));
  EXPECT_EQ(b.load()->dates.back(), entry::day("2025-08-24"));
}

TEST(DbPackage, TwoWhoEnterTheSameFieldAreAConflictUntilSomebodyDecides) {
  auto province = entry::workspace("inbox.sqlite");
  auto one = entry::copy(province, "inbox_one.sqlite", commune(1));
  auto east = entry::copy(province, "inbox_east.sqlite", entry::east);
  entry::enter(one, {change(report(1, "2025-08-17"), "activated_l2", "121"),
                     change(report(1, "2025-08-17"), "sessions", "2")});
  entry::enter(east, {change(report(1, "2025-08-17"), "activated_l2", "122"),
                      change(report(1, "2025-08-17"), "reached", "50")});
  const auto result = merged(province, {packed(one, "inbox_1"), packed(east, "inbox_2")});
  ASSERT_EQ(result.conflicts.size(), 1U) << "other fields of the record merge";
  EXPECT_EQ(result.conflicts[0].field, "activated_l2");
  EXPECT_EQ(result.conflicts[0].heads.size(), 2U);
  EXPECT_EQ(result.conflicts[0].before, "120");
  data::decide(province, report(1, "2025-08-17"), "activated_l2", "122", "gọi điện hỏi lại");
  EXPECT_TRUE(data::conflicts(province).empty());
  EXPECT_THROW(data::decide(province, report(1, "2025-08-17"), "activated_l2", "121", ""),
               geo::Error);
  // The decision travels, and ends the conflict for the others too.
  const fs::path file = packed(province, "decided");
  EXPECT_TRUE(merged(one, {file}).conflicts.empty());
  EXPECT_TRUE(merged(east, {file}).conflicts.empty());
  EXPECT_EQ(data::dump_operations(one), data::dump_operations(east));
}

TEST(DbPackage, SignaturesHoldWhereAUnitHasAKey) {
  const fs::path own = key_file("own"), other = key_file("other");
  if (own.empty()) GTEST_SKIP() << "the openssl program is not installed";
  auto province = entry::workspace("signed.sqlite");
  auto one = entry::copy(province, "signed_one.sqlite", commune(1));
  enter_some(one);
  data::register_key(province, entry::east, data::public_key(own));
  EXPECT_EQ(why(merged(province, {packed(one, "unsigned")})), "data.package_not_signed");
  EXPECT_EQ(why(merged(province, {packed(one, "wrong", {.since = {}, .key = other})})),
            "data.package_other_key");
  const fs::path good = packed(one, "right", {.since = {}, .key = own});
  EXPECT_TRUE(data::read_package(good).signed_by);
  // Somebody puts another's signature on it.
  const fs::path swapped = tiny::fresh("swapped.phusong");
  fs::copy_file(good, swapped);
  {
    data::Database database(swapped, data::OpenMode::read_write);
    const auto by = data::sign(other, "something else");
    database.prepare("UPDATE pack SET signature = ?").bind_blob(1, by.signature).run();
  }
  EXPECT_EQ(why(merged(province, {swapped})), "data.package_wrong_signature");
  EXPECT_EQ(merged(province, {good}).added, 5U);
  // Nor does it help to sign, or not to sign, in the name of a unit above it.
  auto forger = entry::copy(province, "forger.sqlite", entry::province);
  enter_some(forger, 2);
  EXPECT_EQ(why(merged(province, {packed(forger, "above")})), "data.package_not_signed");
  EXPECT_EQ(why(merged(province, {packed(forger, "above_signed", {.since = {}, .key = own})})),
            "data.package_other_key");
  // Held already, it may come again by whomever.
  EXPECT_EQ(why(merged(province, {packed(one, "again")})), "");
  data::withdraw_key(province, entry::east);
  EXPECT_TRUE(data::registered_keys(province.database()).empty());
  EXPECT_EQ(refusal([&] { packed(one, "nokey", {.since = {}, .key = good}); }),
            "data.not_a_private_key");
}

TEST(DbPackage, WhereKeysAreRegisteredNobodyUnknownSendsWithoutOne) {
  const fs::path own = key_file("own");
  if (own.empty()) GTEST_SKIP() << "the openssl program is not installed";
  // A commune that only the sender's file has yet: nobody here can tell whose key it should have.
  auto sender = entry::workspace("unknown_sender.sqlite");
  {
    tiny::Import import(sender, "boundaries");
    import.today("10009", "Xã mới", 103.9, import.unit("11", "province"));
    import.done();
  }
  const data::UnitKey fresh{geo::UnitLevel::commune, "10009", "2025-07-01"};
  data::set_author_unit(sender, fresh);
  entry::enter(sender,
               change(data::report_record(fresh, entry::day("2025-08-24")), "sessions", "3"));
  const fs::path sent = packed(sender, "unknown");
  auto open = entry::workspace("no_keys.sqlite");
  EXPECT_EQ(merged(open, {sent}).held.size(), 1U) << "without keys it waits for its commune";
  auto province = entry::workspace("keys.sqlite");
  data::register_key(province, entry::province, data::public_key(own));
  EXPECT_EQ(why(merged(province, {sent})), "data.package_unknown_author");
  EXPECT_TRUE(data::all_operations(province.database()).empty());
}

TEST(DbPackage, ReplacesNothingButAPackage) {
  auto w = entry::workspace("itself.sqlite");
  enter_some(w);
  const auto refusal = [&](const fs::path& out) {
    try {
      data::write_package(w, out);
    } catch (const geo::Error& error) {
      return error.message.id;
    }
    return std::string();
  };
  const auto bytes = fs::file_size(w.file());
  EXPECT_EQ(refusal(w.file()), "data.package_would_replace");
  EXPECT_EQ(fs::file_size(w.file()), bytes);
  const auto file = data::test::written("precious.phusong", "not a package");
  EXPECT_EQ(refusal(file), "data.package_would_replace");
  EXPECT_EQ(fs::file_size(file), 13U);
  const auto again = packed(w, "twice");
  EXPECT_EQ(refusal(again), "");
}

TEST(DbPackage, AClockFarAheadIsRefused) {
  auto a = entry::workspace("ahead.sqlite");
  auto b = entry::copy(a, "ahead_b.sqlite", entry::province);
  entry::enter(a, change(report(1, "2025-08-24"), "sessions", "3"));
  a.database().execute("DROP TRIGGER batch_stays; UPDATE batch SET sequence = 900000000000");
  EXPECT_EQ(why(merged(b, {packed(a, "ahead")})), "data.package_wrong_value");
  EXPECT_FALSE(data::holds_operations(b.database()));
}

TEST(DbPackage, ForeignCutAndHostileFilesAreRefusedWithTheReason) {
  auto a = entry::workspace("hostile.sqlite");
  enter_some(a);
  const fs::path good = packed(a, "hostile");
  const std::string bytes = fuzz::bytes_of(good);
  const auto with = [&](const std::string& sql) {
    const fs::path file = tiny::fresh("changed.phusong");
    fs::copy_file(good, file);
    data::Database(file, data::OpenMode::read_write).execute(sql);
    return refusal([&] { data::read_package(file); });
  };
  const auto raw = [&](const std::string& what) {
    const fs::path file = tiny::fresh("raw.phusong");
    fuzz::write(file, what);
    return refusal([&] { data::read_package(file); });
  };
  EXPECT_EQ(raw(""), "data.package_not_one");
  EXPECT_EQ(raw("mã,tên\n"), "data.package_not_one");
  EXPECT_EQ(raw(bytes.substr(0, 99)), "data.package_not_one");
  EXPECT_EQ(raw(bytes.substr(0, 100)), "data.package_cut_short");
  EXPECT_EQ(raw(bytes.substr(0, bytes.size() - 1)), "data.package_cut_short");
  EXPECT_EQ(raw(bytes + "x"), "data.package_damaged");
  EXPECT_EQ(refusal([&] { data::read_package(tiny::fresh("nothing.phusong")); }),
            "data.no_such_file");
  EXPECT_THROW(data::read_package(a.file()), geo::Error) << "a workspace is no package";
  EXPECT_EQ(with("CREATE TRIGGER t AFTER INSERT ON pack BEGIN DELETE FROM pack; END"),
            "data.package_other_schema");
  EXPECT_EQ(with("CREATE VIEW v AS SELECT 1"), "data.package_other_schema");
  EXPECT_EQ(with("CREATE INDEX i ON operation (field)"), "data.package_other_schema");
  EXPECT_EQ(with("CREATE TABLE more (a)"), "data.package_other_schema");
  EXPECT_EQ(with("UPDATE pack SET sha256 = zeroblob(32)"), "data.package_other_content");
  EXPECT_EQ(with("UPDATE operation SET value = '131' WHERE value = '130'"),
            "data.package_other_content");
  EXPECT_EQ(with("UPDATE operation SET value = '-1' WHERE value = '130'"),
            "data.package_wrong_value");
  EXPECT_EQ(with("UPDATE pack SET format = 9"), "data.package_newer");
  EXPECT_EQ(with("PRAGMA journal_mode = WAL"), "data.package_damaged");
}

TEST(DbPackage, TwoThousandBrokenOnesAreRefusedInTimeAndChangeNothing) {
  auto a = entry::workspace("broken.sqlite");
  enter_some(a);
  enter_some(a, 2);
  const fs::path good = packed(a, "unbroken");
  const std::string bytes = fuzz::bytes_of(good);
  const std::string before = data::dump_operations(a);
  geo::Random random(7);
  const fs::path file = scratch::folder() / "broken.phusong";
  std::chrono::steady_clock::duration longest{};
  int refused = 0;
  for (int i = 0; i < 2000; ++i) {
    if (i % 10 == 0) {
      fuzz::write(file, bytes);
      fuzz::broken_values(file, random);
    } else {
      fuzz::write(file, fuzz::broken_bytes(bytes, random));
    }
    const auto start = std::chrono::steady_clock::now();
    try {
      data::read_package(file);
    } catch (const geo::Error& error) {
      ASSERT_EQ(error.kind, geo::ErrorKind::io) << error.what();
      ++refused;
    }
    longest = std::max(longest, std::chrono::steady_clock::now() - start);
    if (i % 100 == 0) {
      const std::vector<fs::path> one{file};
      ASSERT_EQ(data::merge(a, one).added, 0U) << i;
    }
  }
  EXPECT_EQ(data::dump_operations(a), before);
  EXPECT_GT(refused, 1500);
  EXPECT_LT(longest, std::chrono::seconds(1));
}

}  // namespace
