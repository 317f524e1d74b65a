#include "data/workspace.hpp"
#include "data/import_undo.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "geo/error.hpp"
#include "tests/data/tiny_workspace.hpp"

namespace {

using data::Workspace;
using testing::ElementsAre;

data::Report first_report(const data::Dataset& dataset) {
  return dataset.reports.of(dataset.reporters.at(0).column).at(0);
}

TEST(DbWorkspace, IsFoundAgainAsItWas) {
  const auto file = tiny::fresh("settings.sqlite");
  {
    Workspace workspace = Workspace::open_or_create(file);
    workspace.set_setting("title", "một");
    workspace.set_setting("title", "hai");
  }
  Workspace workspace = Workspace::open_or_create(file);
  EXPECT_EQ(workspace.setting("title"), "hai");
  EXPECT_EQ(workspace.setting("made_up"), std::nullopt);
  EXPECT_EQ(workspace.load()->title, "hai");
}

TEST(DbWorkspace, KeepsIssuesWithTheirArguments) {
  Workspace workspace = Workspace::create(tiny::fresh("issues.sqlite"));
  const geo::Issue first{.severity = geo::Severity::error,
                         .message = geo::msg("data.test", "Nà Hỳ", 1671, 6.5),
                         .file = "a.xlsx",
                         .sheet = "Tuần 11",
                         .row = 12,
                         .column = "C",
                         .unit = "03160",
                         .at = geo::LonLat{103.5, 21.25}};
  const geo::Issue second{.severity = geo::Severity::info,
                          .message = geo::msg("data.test", "bytes \xff that are no text"),
                          .file = "b.csv",
                          .sheet = {},
                          .row = {},
                          .column = {},
                          .unit = {},
                          .at = {}};
  {
    tiny::Import import(workspace, "reports", "a.xlsx");
    import.done({first});
  }
  {
    tiny::Import import(workspace, "reports", "b.csv");
    import.done({second});
  }
  const geo::Issues kept = workspace.issues();
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[0].file, "b.csv");  // newest import first
  EXPECT_EQ(kept[0].row, std::nullopt);
  EXPECT_EQ(kept[0].at, std::nullopt);
  EXPECT_EQ(kept[1].message, first.message);
  EXPECT_EQ(kept[1].severity, geo::Severity::error);
  EXPECT_EQ(kept[1].sheet, "Tuần 11");
  EXPECT_EQ(kept[1].row, 12);
  EXPECT_EQ(kept[1].column, "C");
  EXPECT_EQ(kept[1].unit, "03160");
  EXPECT_EQ(kept[1].at, first.at);
}

TEST(DbWorkspace, SaysWhoImportedWhatAndWhen) {
  Workspace workspace = Workspace::create(tiny::fresh("sources.sqlite"));
  {
    tiny::Import import(workspace, "teams", "tổ.csv");
    import.team("T1", {});
    import.done();
  }
  const auto sources = workspace.sources();
  ASSERT_EQ(sources.size(), 1U);
  EXPECT_EQ(sources[0].kind, "teams");
  EXPECT_EQ(sources[0].file, "tổ.csv");
  EXPECT_EQ(sources[0].rows, 1);
  EXPECT_THAT(sources[0].imported_at, testing::MatchesRegex("20..-..-..T..:..:..Z"));
}

/// Everything a workspace holds, as text, without what an import leaves on purpose (ids).
std::string all_rows(Workspace& workspace) {
  std::string out;
  for (const char* table : {"source", "unit", "unit_state", "crosswalk", "settlement", "team",
                            "report", "target", "figure", "issue", "commune_number"}) {
    data::Statement columns = workspace.database().prepare(
        "SELECT group_concat('quote(' || name || ')', '||'',''||') FROM pragma_table_info('" +
        std::string(table) + "')");
    columns.step();
    data::Statement row = workspace.database().prepare("SELECT " + columns.text(0) + " FROM " +
                                                       table + " ORDER BY 1");
    while (row.step()) out += std::string(table) + ": " + row.text(0) + "\n";
  }
  return out;
}

TEST(DbWorkspace, UndoTakesBackTheLatestImportWholeAndNothingElse) {
  Workspace workspace = Workspace::create(tiny::fresh("undo.sqlite"));
  EXPECT_FALSE(data::take_back_last_import(workspace));
  std::vector<std::string> states{all_rows(workspace)};
  std::int64_t old_unit = 0, today = 0;
  {
    tiny::Import import(workspace, "boundaries", "old.gpkg");
    old_unit = import.unit("03001", "commune");
    import.state(old_unit, "Cũ",
                 {.kind = "xã",
                  .parent = {},
                  .former_district = {},
                  .population = {},
                  .shape = tiny::square(103, 21)});
    import.done();
  }
  states.push_back(all_rows(workspace));
  {
    tiny::Import import(workspace, "reports", "one.csv");
    import.report(old_unit, "2023-08-27", 100, 40);
    import.done();
  }
  states.push_back(all_rows(workspace));
  {
    tiny::Import import(workspace, "reports", "corrected.csv");
    import.report(old_unit, "2023-08-27", {}, 50);
    import.done(
        {{.severity = geo::Severity::info,
          .message = geo::msg("data.test"),
          .file = {},
          .sheet = {},
          .row = {},
          .column = {},
          .unit = {},
          .at = {} }});
  }
  states.push_back(all_rows(workspace));
  {
    // A crosswalk that ends the old unit, with units of its own.
    tiny::Import import(workspace, "crosswalk", "crosswalk.csv");
    const std::int64_t province = import.unit("11", "province");
    import.state(
        province, "Điện Biên",
        {.kind = "Tỉnh", .parent = {}, .former_district = {}, .population = {}, .shape = {}});
    today = import.today("03001", "Mới", 103, province);
    import.became(old_unit, today);
    import.settlement("S1", today, old_unit, 10);
    import.team("T1", today);
    import.target(province, 0.6);
    import.done();
  }
  ASSERT_EQ(workspace.load()->communes.size(), 1U);
  EXPECT_EQ(workspace.load()->communes[0].name, "Mới");

  for (std::size_t i = states.size(); i-- > 0;) {
    const auto undone = data::take_back_last_import(workspace);
    ASSERT_TRUE(undone.has_value());
    EXPECT_EQ(all_rows(workspace), states[i]);
    if (i == 3) {
      EXPECT_EQ(undone->source.file, "crosswalk.csv");
      // The old commune is one of today again.
      ASSERT_EQ(workspace.load()->communes.size(), 1U);
      EXPECT_EQ(workspace.load()->communes[0].name, "Cũ");
      EXPECT_EQ(first_report(*workspace.load()).activated_l2, 50);
    }
    if (i == 2) {
      EXPECT_EQ(first_report(*workspace.load()).activated_l2, 40);
    }
    if (i == 0) break;
  }
  EXPECT_FALSE(data::take_back_last_import(workspace));
}

TEST(DbWorkspace, NumbersForOtherProgramsFollowEveryImportAndUndo) {
  Workspace workspace = Workspace::create(tiny::fresh("numbers.sqlite"));
  std::int64_t commune = 0;
  const auto map = [&] {
    data::Statement row = workspace.database().prepare(
        "SELECT code, province, at, status, eligible, activated_l2, rate, shortfall, "
        "teams_per_1000,"
        " no_grid, GeometryType(geom) FROM map_commune");
    std::string out;
    while (row.step()) {
      for (int i = 0; i < 11; ++i) out += (i ? "|" : "") + row.text(i);
      out += "\n";
    }
    return out;
  };
  {
    tiny::Import import(workspace, "boundaries", "a.gpkg");
    const std::int64_t province = import.unit("11", "province");
    import.state(
        province, "Điện Biên",
        {.kind = "Tỉnh", .parent = {}, .former_district = {}, .population = {}, .shape = {}});
    commune = import.today("03001", "A", 103, province);
    import.target(province, 0.6);
    import.done();
  }
  EXPECT_EQ(map(), "03001|Tỉnh Điện Biên||not_reported||||||0|MULTIPOLYGON\n");
  {
    tiny::Import import(workspace);
    import.report(commune, "2023-08-20", 100, 20);
    import.report(commune, "2023-08-27", 100, 25);
    import.settlement("S1", commune, {}, 400, "none");
    import.team("T1", commune);
    import.done();
  }
  EXPECT_EQ(map(),
            "03001|Tỉnh Điện Biên|2023-08-27|reported|100.0|25.0|0.25|35.0|2.5|1|MULTIPOLYGON\n");
  data::take_back_last_import(workspace);
  EXPECT_EQ(map(), "03001|Tỉnh Điện Biên||not_reported||||||0|MULTIPOLYGON\n");
}

}  // namespace
