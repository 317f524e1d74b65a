// What one number costs follows what it changes, and what is written for other programs is what
// would be written if all of it were worked out anew.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <span>

#include "data/load.hpp"
#include "data/operation_rules.hpp"
#include "data/operations.hpp"
#include "data/sample.hpp"
#include "geo/random.hpp"
#include "tests/data/entry_workspace.hpp"

namespace {

using data::RecordKind;
using data::Workspace;

std::int64_t number(Workspace& workspace, const char* sql) {
  data::Statement row = workspace.database().prepare(sql);
  return row.step() ? row.integer(0) : 0;
}

using Rows = std::vector<std::string>;
Rows numbers(Workspace& workspace) {
  data::Statement row =
      workspace.database().prepare("SELECT * FROM commune_number ORDER BY unit_id");
  Rows out;
  while (row.step()) {
    std::string line;
    for (int column = 0; column < 39; ++column)
      line += row.is_null(column) ? "-|" : row.text(column) + '|';
    out.push_back(std::move(line));
  }
  return out;
}

void is_what_all_of_it_comes_to(Workspace& workspace, const std::string& after) {
  const Rows written = numbers(workspace);
  data::Transaction transaction(workspace.database());
  data::write_commune_numbers(workspace.database());
  const Rows all = numbers(workspace);
  ASSERT_EQ(written.size(), all.size()) << after;
  for (std::size_t i = 0; i < all.size(); ++i) ASSERT_EQ(written[i], all[i]) << after;
}

/// Units of a sample by their keys: those of today, and former ones.
std::vector<data::UnitKey> units(Workspace& workspace, const char* sql) {
  std::vector<data::UnitKey> out;
  data::Statement row = workspace.database().prepare(sql);
  while (row.step()) out.push_back({geo::UnitLevel::commune, row.text(0), row.text(1)});
  return out;
}
std::vector<data::UnitKey> today(Workspace& workspace) {
  return units(workspace, "SELECT code, valid_from FROM commune_today ORDER BY code");
}

Workspace sample(const std::string& name, std::uint32_t communes) {
  const auto file = tiny::fresh(name);
  data::write_sample(file, {.communes = communes, .weeks = 6});
  return Workspace::open(file);
}

std::int64_t rows_of_one_entry(Workspace& workspace, const data::UnitKey& unit, int value) {
  const geo::Date week = workspace.load()->dates.back();
  const auto change =
      entry::change(data::report_record(unit, week), "sessions", std::to_string(value));
  const auto before = number(workspace, "SELECT total_changes()");
  data::enter(workspace, {&change, 1}, {.file = {}, .sheet = {}, .let_stand = true});
  return number(workspace, "SELECT total_changes()") - before;
}

/// Changes and reports that the rules go through for a paste of so many weeks of these units.
std::size_t looked(Workspace& workspace, std::span<const data::UnitKey> of, int weeks) {
  std::vector<data::FieldChange> changes;
  std::vector<data::RecordKey> records;
  for (const data::UnitKey& unit : of)
    for (int week = 0; week < weeks; ++week) {
      records.push_back(data::report_record(unit, geo::Date{} + 7 * week));
      for (const char* field : {"installed", "activated_l1", "activated_l2", "sessions"})
        changes.push_back(entry::change(records.back(), field, std::to_string(100 + week)));
    }
  data::RuleReader rules(workspace, changes);
  for (const data::RecordKey& record : records) rules.broken(record);
  return rules.looked();
}

TEST(DbEntryCost, APasteCostsTheRulesWhatIsPasted) {
  Workspace w = sample("cost_rules.sqlite", 60);
  const auto all = today(w);
  // Four times the communes, and four times the weeks of one of them.
  const auto few = looked(w, std::span(all).first(15), 1), many = looked(w, all, 1);
  EXPECT_LE(many, 4 * few + 60) << few;
  const auto year = looked(w, std::span(all).first(1), 52),
             years = looked(w, std::span(all).first(1), 208);
  EXPECT_LE(years, 4 * year + 60) << year;
}

TEST(DbEntryCost, OneNumberWritesAsManyRowsInALargeProvince) {
  Workspace small = sample("cost_small.sqlite", 30), large = sample("cost_large.sqlite", 400);
  // The first one begins the source of entries.
  rows_of_one_entry(small, today(small)[0], 91);
  rows_of_one_entry(large, today(large)[0], 91);
  for (const std::size_t i : {1U, 7U, 20U}) {
    EXPECT_LT(rows_of_one_entry(small, today(small)[i], 92), 30);
    EXPECT_LT(rows_of_one_entry(large, today(large)[i], 92), 30) << "communes it does not touch";
  }
  is_what_all_of_it_comes_to(large, "sessions");
}

TEST(DbEntryCost, WhatIsWrittenIsWhatAllOfItComesTo) {
  Workspace workspace = sample("cost_same.sqlite", 60);
  data::Database& database = workspace.database();
  geo::Random random(5);
  const auto dataset = workspace.load();
  const auto now = today(workspace);
  const auto former = units(workspace,
                            "SELECT u.code, u.valid_from FROM unit AS u WHERE u.id IN"
                            " (SELECT former_id FROM current_crosswalk) ORDER BY u.id");
  ASSERT_FALSE(former.empty());
  const auto codes = [&](const char* sql) {
    std::vector<std::string> out;
    data::Statement row = database.prepare(sql);
    while (row.step()) out.push_back(row.text(0));
    return out;
  };
  const auto teams = codes("SELECT DISTINCT code FROM team ORDER BY code");
  const auto settlements = codes("SELECT DISTINCT code FROM settlement ORDER BY code");
  const auto any = [&](const auto& list) -> const auto& {
    return list[random.below(static_cast<std::uint32_t>(list.size()))];
  };
  std::vector<data::Uuid> batches;
  for (int i = 0; i < 120; ++i) {
    data::FieldChange change;
    const std::uint32_t what = random.below(10);
    if (what < 6) {
      const auto& unit = random.below(3) == 0 ? any(now) : any(former);
      auto day = any(dataset->dates);
      if (random.below(20) == 0) day = day + 7;
      const char* const fields[] = {"eligible", "installed", "activated_l1", "activated_l2"};
      change = entry::change(data::report_record(unit, day), fields[random.below(4)],
                             std::to_string(random.below(4000)));
      if (random.below(8) == 0) change.value.reset();
    } else if (what < 8) {
      change = entry::change({RecordKind::settlement, any(settlements)}, "residents",
                             std::to_string(random.below(900)));
      if (random.below(3) == 0) change = entry::change(change.record, "electricity", "none");
      if (random.below(3) == 0)
        change = entry::change(change.record, "unit", data::unit_text(any(now)));
    } else {
      change = entry::change({RecordKind::team, any(teams)}, "members",
                             std::to_string(random.below(30)));
      if (random.below(3) == 0) change = entry::change(change.record, "closed_on", "2025-01-01");
      if (random.below(3) == 0)
        change = entry::change(change.record, "unit", data::unit_text(any(now)));
    }
    const auto entered =
        data::enter(workspace, {&change, 1}, {.file = {}, .sheet = {}, .let_stand = true});
    if (entered.batch) batches.push_back(*entered.batch);
    if (i % 3 == 0) is_what_all_of_it_comes_to(workspace, change.record.key + ' ' + change.field);
    if (i % 15 == 14) {
      data::undo_batch(workspace, any(batches));
      is_what_all_of_it_comes_to(workspace, "undone");
    }
  }
}

}  // namespace
