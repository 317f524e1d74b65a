// Imports beside what is entered: what of a row is taken, and what goes when an import goes.
#include "data/import_operations.hpp"

#include <gtest/gtest.h>

#include "data/import_undo.hpp"
#include "tests/data/entry_workspace.hpp"
#include "tests/data/small_workspace.hpp"

namespace {

using entry::change;
using entry::commune;
using entry::report;

TEST(DbImportOperations, AValueThatNoOperationHoldsIsToldAndTheRestTaken) {
  auto w = entry::workspace("left_out.sqlite");
  data::set_author_unit(w, entry::east);
  const auto table =
      data::test::written("long.csv", "id,name,commune_code,members\nT1,Tổ số 1,10001,7\nT2," +
                                          std::string(600, 'x') + ",10001,6\n");
  const auto preview = data::test::imported(w, table, data::ImportKind::teams);
  EXPECT_EQ(preview.refused, 0);
  const auto told = std::find_if(preview.issues.begin(), preview.issues.end(),
                                 [](const auto& i) { return i.row == 3 && i.column == "name"; });
  ASSERT_NE(told, preview.issues.end());
  EXPECT_EQ(told->severity, geo::Severity::warning);
  const auto dataset = w.load();
  const auto second = std::find_if(dataset->teams.begin(), dataset->teams.end(),
                                   [](const auto& t) { return t.id == "T2"; });
  ASSERT_NE(second, dataset->teams.end());
  EXPECT_EQ(second->members, 6);
}

TEST(DbImportOperations, ATeamOfAnotherUnitsOwnMakingIsNotTakenOverByATable) {
  auto w = entry::workspace("taken_over.sqlite");
  const auto mine = data::test::written("mine.csv", "id,name,commune_code\nT7,Tổ ta,10001\n");
  const auto theirs = data::test::written("theirs.csv", "id,name,commune_code\nT7,Tổ họ,10002\n");
  data::set_author_unit(w, commune(1));
  EXPECT_EQ(data::test::imported(w, mine, data::ImportKind::teams).added, 1);
  data::set_author_unit(w, commune(2));
  const auto preview = data::test::imported(w, theirs, data::ImportKind::teams);
  EXPECT_EQ(preview.refused, 1);
  EXPECT_EQ(data::test::count(preview.issues, "data.held_not_under"), 1U);
  EXPECT_TRUE(data::conflicts(w).empty());
}

TEST(DbImportOperations, AnImportIsTakenBackOnlyWhileItIsTheLatest) {
  auto w = entry::workspace("latest.sqlite");
  const auto first = w.sources().back().id;
  {
    tiny::Import import(w, "reports");
    import.report(import.unit("10001", "commune", "2025-07-01"), "2025-08-24", 1000, 140, 240);
    import.done();
  }
  const auto second = w.sources().back().id;
  EXPECT_FALSE(data::take_back_import(w, first));
  EXPECT_EQ(w.sources().size(), 2U);
  EXPECT_TRUE(data::imports_taken_back(w.database()).empty());
  ASSERT_TRUE(data::take_back_import(w, second));
  ASSERT_EQ(data::imports_taken_back(w.database()).size(), 1U) << "it stays listed";
  EXPECT_EQ(data::imports_taken_back(w.database())[0].source.id, second);
}

TEST(DbImportOperations, WhatWasEnteredForUnitsThatGoIsCounted) {
  auto w = entry::workspace("gone.sqlite");
  {
    tiny::Import import(w, "boundaries");
    import.today("10009", "Xã mới", 103.9, import.unit("11", "province"));
    import.done();
  }
  const data::UnitKey fresh{geo::UnitLevel::commune, "10009", "2025-07-01"};
  entry::enter(w, {change(data::report_record(fresh, entry::day("2025-08-24")), "sessions", "3"),
                   change(data::report_record(fresh, entry::day("2025-08-24")), "reached", "30"),
                   change(report(1, "2025-08-24"), "sessions", "4")});
  const auto undone = data::take_back_last_import(w);
  ASSERT_TRUE(undone);
  EXPECT_EQ(undone->held, 2U);
  EXPECT_EQ(data::held_operations(w).size(), 2U) << "they wait, and are not lost";
}

}  // namespace
