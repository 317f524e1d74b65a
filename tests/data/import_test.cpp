// Imports on the real files beside the repository, against sums counted here from the files.
#include "data/import.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "data/gaps.hpp"
#include "data/import_undo.hpp"
#include "data/names.hpp"
#include "data/table_file.hpp"
#include "data/workspace.hpp"
#include "geo/error.hpp"
#include "tests/scratch.hpp"

namespace data {
namespace {

namespace fs = std::filesystem;
using Row = std::map<std::string, std::string>;

const fs::path shared = PHUSONG_SHARED_DATA;

fs::path fresh(const std::string& name) {
  const auto folder = scratch::folder() / "import";
  fs::create_directories(folder);
  const auto file = folder / (name + ".sqlite");
  for (const char* end : {"", "-wal", "-shm"}) fs::remove(fs::path(file) += end);
  return file;
}

PendingImport prepared(Workspace& workspace, const fs::path& file, ImportKind kind) {
  ImportOptions options;
  options.kind = kind;
  return prepare_import(workspace, file, options);
}

ImportPreview imported(Workspace& workspace, const fs::path& file, ImportKind kind) {
  const auto pending = prepared(workspace, file, kind);
  write_import(workspace, pending);
  return pending.preview;
}

std::size_t count(const geo::Issues& issues, const std::string& id) {
  return static_cast<std::size_t>(std::count_if(issues.begin(), issues.end(),
                                                [&](const auto& i) { return i.message.id == id; }));
}

std::size_t errors(const geo::Issues& issues) {
  return static_cast<std::size_t>(std::count_if(issues.begin(), issues.end(), [](const auto& i) {
    return i.severity == geo::Severity::error;
  }));
}

std::string told(const geo::Issues& issues) {
  std::map<std::string, int> n;
  for (const auto& i : issues) ++n[i.message.id];
  std::ostringstream out;
  for (const auto& [id, k] : n) out << "  " << id << " × " << k << "\n";
  return out.str();
}

/// A CSV as a spreadsheet would read it, for counting independently of the importer.
std::vector<Row> csv(const fs::path& file) {
  const auto table = read_table(file);
  std::vector<Row> out;
  for (std::size_t r = 1; r < table.rows.size(); ++r) {
    Row row;
    for (std::size_t c = 0; c < table.width; ++c)
      row[table.rows[0].cells[c]] = table.rows[r].cells[c];
    out.push_back(std::move(row));
  }
  return out;
}

class DbRealImport : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(shared)) GTEST_SKIP() << "no shared data beside the repository: " << shared;
  }
};

TEST_F(DbRealImport, DienBienGivesTheSumsOfItsFiles) {
  auto w = Workspace::create(fresh("dien_bien"));
  const auto land = imported(w, shared / "boundaries/dien_bien.gpkg", ImportKind::boundaries);
  EXPECT_EQ(land.added, 45);
  EXPECT_EQ(errors(land.issues), 0u) << told(land.issues);
  const auto crosswalk =
      imported(w, shared / "units/crosswalk_2023_2025.csv", ImportKind::crosswalk);
  EXPECT_EQ(crosswalk.added, 128) << told(crosswalk.issues);
  EXPECT_EQ(count(crosswalk.issues, "data.crosswalk_fuzzy"), 6u);
  EXPECT_EQ(count(crosswalk.issues, "data.crosswalk_without_code"), 1u);  // Xá Nhè
  const auto settlements =
      imported(w, shared / "dien_bien/settlements.csv", ImportKind::settlements);
  EXPECT_EQ(settlements.added, 1403) << told(settlements.issues);
  EXPECT_EQ(errors(settlements.issues), 0u) << told(settlements.issues);
  const auto teams = imported(w, shared / "dien_bien/teams.csv", ImportKind::teams);
  EXPECT_EQ(teams.added, 287) << told(teams.issues);
  const auto reports =
      imported(w, shared / "dien_bien/weekly_reports_2023.csv", ImportKind::reports);
  EXPECT_EQ(reports.added, 2325) << told(reports.issues);
  EXPECT_EQ(errors(reports.issues), 0u) << told(reports.issues);
  const auto targets = imported(w, shared / "dien_bien/targets.csv", ImportKind::targets);
  EXPECT_EQ(targets.added, 11) << told(targets.issues);
  const auto figures = imported(w, shared / "published_figures.csv", ImportKind::figures);
  EXPECT_EQ(figures.added, 47) << told(figures.issues);

  // Everything a second time: nothing changes, and no source is left.
  const auto before = w.sources().size();
  for (const auto& [file, kind] : std::vector<std::pair<const char*, ImportKind>>{
           {"boundaries/dien_bien.gpkg", ImportKind::boundaries},
           {"units/crosswalk_2023_2025.csv", ImportKind::crosswalk},
           {"dien_bien/settlements.csv", ImportKind::settlements},
           {"dien_bien/teams.csv", ImportKind::teams},
           {"dien_bien/weekly_reports_2023.csv", ImportKind::reports},
           {"dien_bien/targets.csv", ImportKind::targets},
           {"published_figures.csv", ImportKind::figures}}) {
    const auto again = prepared(w, shared / file, kind);
    EXPECT_EQ(again.preview.added, 0) << file;
    EXPECT_EQ(again.preview.changed, 0) << file;
    EXPECT_FALSE(write_import(w, again)) << file;
  }
  EXPECT_EQ(w.sources().size(), before);

  // P and O of each commune of today at 2023-08-27, straight from the files.
  std::map<std::string, std::string> heir, district;
  for (auto& row : csv(shared / "units/crosswalk_2023_2025.csv")) {
    heir[row["old_code"]] = row["new_code"];
    district[row["old_code"]] = row["old_district"];
  }
  std::map<std::string, double> share;
  for (auto& row : csv(shared / "dien_bien/targets.csv"))
    share[row["scope"]] = std::stod(row["target_share"]);
  std::map<std::string, Row> latest;
  for (auto& row : csv(shared / "dien_bien/weekly_reports_2023.csv")) {
    auto& at = latest[row["commune_code_2023"]];
    if (row["week_ending"] <= "2023-08-27" && row["week_ending"] > at["week_ending"]) at = row;
  }
  struct Sums {
    double eligible = 0, activated = 0, target = 0;
  };
  std::map<std::string, Sums> sums;
  Sums all;
  for (auto& [code, row] : latest) {
    auto& s = sums[heir.at(code)];
    const double p = std::stod(row["eligible"]), o = std::stod(row["activated_l2"]);
    s.eligible += p;
    s.activated += o;
    s.target += share.at(district.at(code)) * p;
    all.eligible += p;
    all.activated += o;
  }
  EXPECT_EQ(all.eligible, 482096);
  EXPECT_EQ(all.activated, 127305);
  const auto dataset = w.load();
  ASSERT_EQ(dataset->communes.size(), 45u);
  const auto now = gaps(*dataset, Indicator::activation_l2, *geo::parse_date("2023-08-27"));
  for (std::size_t i = 0; i < dataset->communes.size(); ++i) {
    const auto& commune = dataset->communes[i];
    const auto& s = sums[commune.code.text];
    ASSERT_TRUE(now[i].eligible && now[i].reached && now[i].shortfall) << commune.full_name;
    EXPECT_DOUBLE_EQ(now[i].eligible->value, s.eligible) << commune.full_name;
    EXPECT_DOUBLE_EQ(now[i].reached->value, s.activated) << commune.full_name;
    EXPECT_NEAR(now[i].shortfall->value, std::max(0.0, s.target - s.activated), 1e-6)
        << commune.full_name;
    if (commune.name == "Mường Nhé") {
      EXPECT_EQ(s.eligible, 17513);
      EXPECT_EQ(s.activated, 3285);
      EXPECT_NEAR(now[i].shortfall->value, 7222.8, 1e-6);
    }
  }
  EXPECT_DOUBLE_EQ(total(now).eligible->value, 482096);
  EXPECT_DOUBLE_EQ(total(now).reached->value, 127305);
}

TEST_F(DbRealImport, TheWorkbookOfAnOfficeIsUnderstood) {
  auto w = Workspace::create(fresh("workbook"));
  imported(w, shared / "boundaries/dien_bien.gpkg", ImportKind::boundaries);
  imported(w, shared / "units/crosswalk_2023_2025.csv", ImportKind::crosswalk);
  const auto p = prepared(w, shared / "dien_bien/bieu_tuan_11.xlsx", ImportKind::reports);
  const auto& preview = p.preview;
  std::cout << told(preview.issues);
  ASSERT_EQ(preview.rows.size(), 130u);
  EXPECT_EQ(preview.date, geo::parse_date("2023-06-25"));
  const auto heading = [&](const char* field) {
    for (const auto& f : preview.fields)
      if (f.field == field) return f.heading;
    return std::string("?");
  };
  EXPECT_EQ(heading("code"), "Mã xã");
  EXPECT_EQ(heading("name"), "Xã, phường, thị trấn");
  EXPECT_EQ(heading("eligible"), "Công dân đủ điều kiện");
  EXPECT_EQ(heading("installed"), "Tài khoản (lũy kế) · Cài đặt");
  EXPECT_EQ(heading("activated_l1"), "Tài khoản (lũy kế) · Kích hoạt mức 1");
  EXPECT_EQ(heading("activated_l2"), "Tài khoản (lũy kế) · Kích hoạt mức 2");
  EXPECT_EQ(heading("rate"), "Tỷ lệ mức 2");
  EXPECT_EQ(heading("date"), "");

  std::map<RowRole, int> roles;
  for (const auto& r : preview.rows) ++roles[r.role];
  EXPECT_EQ(roles[RowRole::title], 2);
  EXPECT_EQ(roles[RowRole::heading], 2);
  EXPECT_EQ(roles[RowRole::group], 10);
  EXPECT_EQ(roles[RowRole::data], 111);
  EXPECT_EQ(roles[RowRole::total], 1);
  EXPECT_EQ(roles[RowRole::note], 1);
  EXPECT_EQ(roles[RowRole::blank], 3);
  EXPECT_EQ(preview.rows[3].role, RowRole::heading);
  EXPECT_EQ(preview.rows[4].role, RowRole::heading);
  EXPECT_EQ(preview.rows[20].role, RowRole::blank);
  EXPECT_EQ(preview.rows[127].role, RowRole::total);
  EXPECT_EQ(preview.rows[129].role, RowRole::note);

  // Independently of the importer: by name inside the district of the heading, from the list of
  // 2023, and the values of the weekly reports for that Sunday.
  std::map<std::pair<std::string, std::string>, std::string> by_name;
  for (auto& row : csv(shared / "units/communes_2023.csv"))
    by_name[{fold_name(row["dname"]), fold_name(split_kind(row["name"]).name)}] = row["code"];
  std::map<std::string, Row> week;
  for (auto& row : csv(shared / "dien_bien/weekly_reports_2023.csv"))
    if (row["week_ending"] == "2023-06-25") week[row["commune_code_2023"]] = row;
  std::string district;
  std::set<std::string> codes;
  int without_number = 0;
  for (const auto& r : preview.rows) {
    if (r.role == RowRole::group) district = fold_name(r.label);
    if (r.role != RowRole::data) continue;
    ASSERT_NE(r.match, Match::none) << r.row << " " << r.label;
    ASSERT_NE(r.match, Match::fuzzy) << r.row << " " << r.label;
    EXPECT_TRUE(codes.insert(r.unit_code).second) << r.label;
    const auto expected = by_name.find({district, fold_name(split_kind(r.label).name)});
    ASSERT_NE(expected, by_name.end()) << district << " " << r.label;
    EXPECT_EQ(expected->second, r.unit_code) << r.label;
    ASSERT_TRUE(week.contains(r.unit_code));
    const char* columns[] = {"eligible", "installed", "activated_l1", "activated_l2"};
    for (std::size_t k = 0; k < 4; ++k) {
      for (std::size_t f = 0; f < preview.fields.size(); ++f) {
        if (preview.fields[f].field != columns[k]) continue;
        if (r.values[f].empty()) {
          ++without_number;
        } else {
          EXPECT_EQ(r.values[f], week[r.unit_code][columns[k]]) << r.label << " " << columns[k];
        }
      }
    }
  }
  EXPECT_EQ(codes.size(), 111u);
  EXPECT_EQ(without_number, 7);
  EXPECT_EQ(count(preview.issues, "data.cell_not_reported"), 7u);
  EXPECT_EQ(errors(preview.issues), 0u);
  EXPECT_EQ(count(preview.issues, "data.rate_differs"), 0u);
  EXPECT_EQ(preview.added, 111);
  // The total counts the cells that are not reported too: 100.000 over 95.432, 121.956 over
  // 118.978.
  EXPECT_EQ(count(preview.issues, "data.total_differs"), 0u);
  std::vector<std::vector<geo::Arg>> differences;
  for (const auto& i : preview.issues) {
    if (i.message.id != "data.total_differs_missing") continue;
    EXPECT_EQ(i.row, 128);
    differences.push_back(i.message.args);
  }
  EXPECT_EQ(differences,
            (std::vector<std::vector<geo::Arg>>{geo::msg("", 121956, 118978, 2978, 2).args,
                                                geo::msg("", 100000, 95432, 4568, 5).args}));
  ASSERT_TRUE(write_import(w, p));
  const auto again = prepared(w, shared / "dien_bien/bieu_tuan_11.xlsx", ImportKind::reports);
  EXPECT_EQ(again.preview.same, 111);
  EXPECT_FALSE(write_import(w, again));
  EXPECT_EQ(data::take_back_last_import(w)->source.kind, "reports");
  EXPECT_EQ(prepared(w, shared / "dien_bien/bieu_tuan_11.xlsx", ImportKind::reports).preview.added,
            111);
}

TEST_F(DbRealImport, FourProvincesInOneWorkspace) {
  auto w = Workspace::create(fresh("four"));
  const std::vector<std::pair<const char*, int>> files{{"dien_bien.gpkg", 45},
                                                       {"ha_tinh.geojson", 69},
                                                       {"thanh_hoa_vn2000_shp.zip", 166},
                                                       {"ninh_binh_tab.zip", 129}};
  for (const auto& [file, communes] : files) {
    const auto p = imported(w, shared / "boundaries" / file, ImportKind::boundaries);
    EXPECT_EQ(p.added, communes) << file << told(p.issues);
    EXPECT_EQ(errors(p.issues), 0u) << file << told(p.issues);
    std::cout << file << " " << p.crs << "\n" << told(p.issues);
  }
  const auto crosswalk =
      imported(w, shared / "units/crosswalk_2023_2025.csv", ImportKind::crosswalk);
  std::cout << crosswalk.added << " former communes\n" << told(crosswalk.issues);
  const auto dataset = w.load();
  EXPECT_EQ(dataset->communes.size(), 409u);
  EXPECT_EQ(dataset->provinces.size(), 4u);
  int without_district = 0;
  for (const auto& c : dataset->communes) {
    EXPECT_GE(c.province, 0) << c.full_name;
    without_district += c.district < 0;
  }
  for (const auto& [file, communes] : files)
    EXPECT_FALSE(write_import(w, prepared(w, shared / "boundaries" / file, ImportKind::boundaries)))
        << file;
  EXPECT_FALSE(write_import(
      w, prepared(w, shared / "units/crosswalk_2023_2025.csv", ImportKind::crosswalk)));
}

}  // namespace
}  // namespace data
