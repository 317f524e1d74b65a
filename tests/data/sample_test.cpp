#include "data/sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

#include "data/gaps.hpp"
#include "data/names.hpp"
#include "data/workspace.hpp"
#include "geo/error.hpp"
#include "tests/data/tiny_workspace.hpp"

namespace {

using data::Gap;
using data::Indicator;
using data::SampleDefects;
using data::SampleOptions;
using data::Status;
using data::Workspace;
using testing::HasSubstr;

std::int64_t number(Workspace& workspace, const std::string& sql) {
  data::Statement row = workspace.database().prepare(sql);
  return row.step() ? row.integer(0) : -1;
}

std::filesystem::path write(const SampleOptions& options, const std::string& name,
                            SampleDefects* defects = nullptr) {
  const auto file = tiny::fresh(name);
  const SampleDefects found = data::write_sample(file, options);
  if (defects != nullptr) *defects = found;
  return file;
}

/// Every value of every table, but for when and by whom it was written.
std::string dump(Workspace& workspace) {
  std::string all;
  for (const std::string table :
       {"setting", "unit", "unit_state", "crosswalk", "settlement", "team", "report", "target",
        "figure", "issue", "commune_number"}) {
    std::string columns;
    data::Statement info = workspace.database().prepare("SELECT name FROM pragma_table_info(?)");
    info.bind(1, table);
    while (info.step())
      columns += (columns.empty() ? "quote(" : " || ',' || quote(") + info.text(0) + ")";
    data::Statement row =
        workspace.database().prepare("SELECT " + columns + " FROM " + table + " ORDER BY rowid");
    while (row.step()) all += table + ' ' + row.text(0) + '\n';
  }
  data::Statement row =
      workspace.database().prepare("SELECT kind || file || sheet || rows FROM source ORDER BY id");
  while (row.step()) all += row.text(0) + '\n';
  return all;
}

class DbSample : public testing::TestWithParam<SampleOptions> {};

TEST_P(DbSample, LoadsWithPlausibleTotals) {
  SampleDefects defects;
  const auto file = write(GetParam(), "sample_load.sqlite", &defects);
  Workspace workspace = Workspace::open(file);
  const auto dataset = workspace.load();
  const std::uint32_t n = GetParam().communes;
  ASSERT_EQ(dataset->communes.size(), n);
  EXPECT_TRUE(dataset->made_up);
  EXPECT_EQ(dataset->provinces.size(), 1U);
  EXPECT_EQ(dataset->dates.size(), GetParam().weeks);
  EXPECT_EQ(geo::iso(dataset->dates.back()), "2025-06-29");

  double eligible_of_reporters = 0;
  for (const auto& reporter : dataset->reporters) {
    const auto reports = dataset->reports.of(reporter.column);
    if (!reports.empty())
      eligible_of_reporters += static_cast<double>(reports.back().eligible.value());
  }
  const auto gaps = data::gaps(*dataset, Indicator::activation_l2, dataset->dates.back());
  std::int64_t silent = 0;
  std::int64_t never = 0;
  std::int64_t eager = 0;
  std::int64_t estimated = 0;
  for (std::size_t c = 0; c < n; ++c) {
    const Gap& gap = gaps[c];
    silent += gap.status == Status::silent ? 1 : 0;
    never += gap.status == Status::not_reported ? 1 : 0;
    estimated += gap.status == Status::estimated ? 1 : 0;
    if (!gap.rate) continue;
    EXPECT_GE(gap.rate->value, 0);
    EXPECT_LE(gap.rate->value, 1);
    EXPECT_GE(gap.eligible->value, 50);
    EXPECT_LE(gap.eligible->value, 60'000);
    ASSERT_TRUE(gap.achievement) << "every district has a target";
    if (gap.rate->value > 0.8) {
      ++eager;
      EXPECT_GT(gap.achievement->value, 1);
    }
  }
  EXPECT_EQ(silent, defects.silent);
  EXPECT_EQ(never, defects.never_reported);
  EXPECT_EQ(eager, defects.above_target);
  EXPECT_EQ(estimated, 2 * defects.split_former);
  const Gap total = data::total(gaps);
  EXPECT_NEAR(total.eligible->value, eligible_of_reporters, 1e-6 * eligible_of_reporters);
  if (GetParam().weeks >= 10) {
    EXPECT_GT(total.rate->value, 0.25);
    EXPECT_LT(total.rate->value, 0.75);
  }
  std::uint32_t settlements = 0;
  for (const auto& b : data::barriers(*dataset)) {
    EXPECT_GE(b.settlements, 10U);
    EXPECT_LE(b.settlements, 40U);
    settlements += b.settlements;
  }
  EXPECT_EQ(settlements, dataset->settlements.size());
  EXPECT_EQ(number(workspace, "SELECT count(*) FROM map_commune WHERE geom IS NOT NULL"), n);
}

TEST_P(DbSample, HoldsEveryMistakeItSpeaksOf) {
  SampleDefects defects;
  const auto file = write(GetParam(), "sample_defects.sqlite", &defects);
  Workspace workspace = Workspace::open(file);
  const auto count = [&](const std::string& sql) { return number(workspace, sql); };
  EXPECT_EQ(count("SELECT count(DISTINCT unit_id) FROM report WHERE installed IS NULL OR"
                  " activated_l1 IS NULL OR activated_l2 IS NULL"),
            defects.missing_cells);
  EXPECT_EQ(count("SELECT count(DISTINCT unit_id) FROM report WHERE activated_l2 > installed OR"
                  " activated_l1 > installed"),
            defects.activated_above_installed);
  EXPECT_EQ(count("SELECT count(*) FROM report WHERE activated_l2 > activated_l1"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM report WHERE max(ifnull(installed, 0), ifnull(activated_l1,"
                  " 0), ifnull(activated_l2, 0)) > eligible"),
            0);
  const std::string rises =
      "(SELECT unit_id, eligible, activated_l2 - lag(activated_l2) OVER (PARTITION BY unit_id ORDER"
      " BY date) AS rise FROM report WHERE activated_l2 IS NOT NULL)";
  EXPECT_EQ(count("SELECT count(DISTINCT unit_id) FROM " + rises + " WHERE rise < 0"),
            defects.falling_cumulative);
  if (GetParam().weeks >= 20) {  // in short samples every week is a leap
    EXPECT_EQ(
        count("SELECT count(DISTINCT unit_id) FROM " + rises + " WHERE rise > 0.24 * eligible"),
        defects.implausible_jump);
  }
  const std::string people =
      "(SELECT sum(s.residents) * 1.0 / u.published_population AS ratio FROM settlement AS s JOIN"
      " unit_state AS u ON u.unit_id = s.unit_id GROUP BY s.unit_id)";
  EXPECT_EQ(count("SELECT count(*) FROM " + people + " WHERE ratio > 5"),
            defects.population_off_by_ten);
  EXPECT_EQ(count("SELECT count(*) FROM " + people + " WHERE ratio BETWEEN 1.3 AND 5"),
            defects.residents_unlike);
  EXPECT_EQ(count("SELECT count(*) FROM " + people + " WHERE ratio < 0.9"), 0);
  EXPECT_EQ(
      count("SELECT count(*) FROM settlement AS s JOIN unit_state AS u ON u.unit_id = s.unit_id"
            " WHERE ST_Within(s.geom, u.geom) = 0"),
      defects.settlement_outside);
  EXPECT_EQ(
      count("SELECT ifnull(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM unit_state WHERE geom"
            " IS NOT NULL GROUP BY full_name, former_district_id)"),
      defects.duplicate_name);
  EXPECT_EQ(count("SELECT count(*) FROM crosswalk WHERE part = 'part'"), 2 * defects.split_former);
  EXPECT_EQ(count("SELECT count(*) FROM team WHERE unit_id IS NULL AND former_unit_id IS NULL"),
            defects.team_without_commune);
  EXPECT_EQ(
      count("SELECT count(*) FROM (SELECT 1 FROM figure GROUP BY scope, indicator, as_of HAVING"
            " count(DISTINCT value) > 1)"),
      defects.rival_figures);
  if (GetParam().communes <= 60) {  // all pairs
    const std::string areas = "(SELECT id, geom FROM unit_state WHERE geom IS NOT NULL)";
    EXPECT_EQ(count("SELECT count(*) FROM " + areas + " AS a JOIN " + areas +
                    " AS b ON b.id > a.id WHERE MbrIntersects(a.geom, b.geom) = 1 AND"
                    " ST_Relate(a.geom, b.geom, 'T********') = 1"),
              defects.flawed_border);
  }
  EXPECT_GT(defects.missing_cells, 0);
  EXPECT_GT(defects.team_without_commune, 0);
  if (GetParam().communes >= 45 && GetParam().weeks >= 20) {
    for (const std::int64_t planted :
         {defects.missing_cells, defects.settlement_outside, defects.activated_above_installed,
          defects.falling_cumulative, defects.implausible_jump, defects.residents_unlike,
          defects.population_off_by_ten, defects.above_target, defects.silent,
          defects.duplicate_name, defects.never_reported, defects.split_former,
          defects.team_without_commune, defects.flawed_border, defects.rival_figures}) {
      EXPECT_GT(planted, 0);
      EXPECT_LT(planted, GetParam().communes / 5.0);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(DbSizes, DbSample,
                         testing::Values(SampleOptions{1, 20, 1}, SampleOptions{1, 1, 7},
                                         SampleOptions{2, 20, 1}, SampleOptions{3, 3, 5},
                                         SampleOptions{7, 12, 2}, SampleOptions{45, 20, 1},
                                         SampleOptions{45, 1, 1}, SampleOptions{45, 26, 99},
                                         SampleOptions{500, 20, 1}),
                         [](const auto& options) {
                           return std::to_string(options.param.communes) + "_communes_" +
                                  std::to_string(options.param.weeks) + "_weeks";
                         });

TEST(DbSampleFile, SaysThatItIsMadeUp) {
  const auto file = write({12, 3, 1}, "sample_label.sqlite");
  Workspace workspace = Workspace::open(file);
  EXPECT_EQ(workspace.setting("made_up"), "1");
  EXPECT_THAT(workspace.setting("title").value(), HasSubstr("không có thật"));
  const auto sources = workspace.sources();
  EXPECT_EQ(sources.size(), 7U);
  for (const auto& source : sources) {
    EXPECT_THAT(source.file, HasSubstr("bịa"));
    EXPECT_GT(source.rows, 0);
  }
  EXPECT_EQ(number(workspace, "SELECT count(*) FROM figure WHERE document NOT LIKE '%bịa%'"), 0);
  ASSERT_EQ(workspace.issues().size(), 1U);
  EXPECT_EQ(workspace.issues()[0].message.id, "data.sample_made_up");
  // No code that a real unit bears.
  EXPECT_EQ(number(workspace,
                   "SELECT count(*) FROM unit WHERE level = 'commune' AND"
                   " (code < '40001' OR length(code) <> 5)"),
            0);
  EXPECT_EQ(
      number(workspace, "SELECT count(*) FROM unit WHERE level = 'province' AND code <> '99'"), 0);
  EXPECT_EQ(number(workspace,
                   "SELECT count(*) FROM unit WHERE level = 'district' AND"
                   " length(code) <> 4"),
            0);
  // Rows as a spreadsheet counts: one heading, then one after the other.
  for (const std::string table : {"report", "settlement", "team", "target", "figure"}) {
    EXPECT_EQ(number(workspace, "SELECT min(source_row) FROM " + table), 2) << table;
    EXPECT_EQ(number(workspace, "SELECT max(source_row) - count(*) FROM " + table), 1) << table;
  }
}

TEST(DbSampleFile, NamesAreToldApartWithinADistrict) {
  const auto file = write({200, 1, 3}, "sample_names.sqlite");
  const auto dataset = Workspace::open(file).load();
  std::set<std::pair<std::int32_t, std::string>> names;
  std::size_t count = 0;
  for (const auto& reporter : dataset->reporters) {
    if (!reporter.former) continue;
    ++count;
    EXPECT_TRUE(
        names.emplace(reporter.district, data::fold_search(data::split_kind(reporter.name).name))
            .second)
        << reporter.name;
    EXPECT_FALSE(data::split_kind(reporter.name).kind.empty()) << reporter.name;
  }
  EXPECT_GT(count, 400U);
  std::set<std::string> kinds;
  for (const auto& commune : dataset->communes) kinds.insert(commune.kind);
  EXPECT_EQ(kinds, (std::set<std::string>{"xã", "phường", "đặc khu"}));
}

TEST(DbSampleFile, SameOptionsGiveTheSameValues) {
  const auto dump_of = [](const SampleOptions& options, const std::string& name) {
    Workspace workspace = Workspace::open(write(options, name));
    return dump(workspace);
  };
  const std::string once = dump_of({45, 6, 4}, "sample_same_1.sqlite");
  EXPECT_GT(once.size(), 100'000U);
  EXPECT_EQ(once, dump_of({45, 6, 4}, "sample_same_2.sqlite"));
  EXPECT_NE(once, dump_of({45, 6, 5}, "sample_same_3.sqlite"));
}

TEST(DbSampleFile, UptakeIsLowerInHardPlaces) {
  const auto dataset = Workspace::open(write({200, 20, 1}, "sample_uptake.sqlite")).load();
  const auto gaps = data::gaps(*dataset, Indicator::activation_l2, dataset->dates.back());
  const auto signal = data::gaps(*dataset, Indicator::signal_good, dataset->dates.back());
  double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  for (std::size_t c = 0; c < gaps.size(); ++c) {
    if (!gaps[c].rate || !signal[c].rate) continue;
    const double a = gaps[c].rate->value, b = signal[c].rate->value;
    n += 1, x += a, y += b, xx += a * a, yy += b * b, xy += a * b;
  }
  const double correlation = (n * xy - x * y) / std::sqrt((n * xx - x * x) * (n * yy - y * y));
  EXPECT_GT(correlation, 0.4);
  // And it grows: the first week is far below the last.
  const auto first = data::gaps(*dataset, Indicator::activation_l2, dataset->dates.front());
  EXPECT_LT(data::total(first).rate->value * 4, data::total(gaps).rate->value);
}

TEST(DbSampleFile, RefusesWithoutLeavingAnythingBehind) {
  const auto file = tiny::fresh("sample_refused.sqlite");
  EXPECT_THROW(data::write_sample(file, {0, 20, 1}), geo::Error);
  EXPECT_THROW(data::write_sample(file, {20'001, 20, 1}), geo::Error);
  EXPECT_THROW(data::write_sample(file, {5, 0, 1}), geo::Error);
  EXPECT_THROW(data::write_sample(file, {5, 521, 1}), geo::Error);
  EXPECT_FALSE(std::filesystem::exists(file));
  int told = 0;
  const geo::Progress cancelled{[&](double share, const geo::Message&) {
    EXPECT_GE(share, 0);
    EXPECT_LE(share, 1);
    return ++told < 5;
  }};
  EXPECT_THROW(data::write_sample(file, {100, 20, 1}, cancelled), geo::Cancelled);
  EXPECT_EQ(told, 5);
  EXPECT_FALSE(std::filesystem::exists(file));
  EXPECT_FALSE(std::filesystem::exists(file.string() + "-wal"));

  write({1, 1, 1}, "sample_refused.sqlite");
  const auto before = std::filesystem::file_size(file);
  EXPECT_THROW(data::write_sample(file, {2, 1, 1}), geo::Error) << "the file is there";
  EXPECT_EQ(std::filesystem::file_size(file), before);
}

}  // namespace
