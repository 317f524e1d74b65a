// The main job on the real communes of Điện Biên, from files to a ranking: the program's numbers
// against sums that this test makes from the same CSV files on its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/app/program.hpp"

namespace fs = std::filesystem;
using nlohmann::json;
using program::Folder;
using program::Ran;
using program::run;
using testing::HasSubstr;

namespace {

struct Expected {
  double eligible = 0, activated = 0, wanted = 0;
  int settlements = 0, no_grid = 0, weak = 0, none = 0, teams = 0;
};

/// What a reader with a spreadsheet finds for each commune of today at a date (ISO text).
std::map<std::string, Expected> by_spreadsheet(const fs::path& shared, const std::string& at) {
  const fs::path province = shared / "dien_bien";
  struct Latest {
    std::string date;
    double eligible = 0, activated = 0;
  };
  std::map<std::string, Latest> latest;
  for (const auto& row : program::read_csv(province / "weekly_reports_2023.csv")) {
    const std::string& date = row.at("week_ending");
    Latest& known = latest[row.at("commune_code_2023")];
    if (date > at || date < known.date) continue;
    known = {date, std::stod(row.at("eligible")), std::stod(row.at("activated_l2"))};
  }
  std::map<std::string, double> target;
  for (const auto& row : program::read_csv(province / "targets.csv")) {
    target[row.at("scope")] = std::stod(row.at("target_share"));
  }
  std::map<std::string, Expected> communes;
  for (const auto& row : program::read_csv(shared / "units/crosswalk_2023_2025.csv")) {
    if (row.at("old_province") != "Tỉnh Điện Biên") continue;
    Expected& commune = communes[row.at("new_code")];
    const Latest& report = latest[row.at("old_code")];
    commune.eligible += report.eligible;
    commune.activated += report.activated;
    commune.wanted += target.at(row.at("old_district")) * report.eligible;
  }
  for (const auto& row : program::read_csv(province / "settlements.csv")) {
    Expected& commune = communes[row.at("commune_code")];
    ++commune.settlements;
    commune.no_grid += row.at("electricity") != "grid";
    commune.weak += row.at("signal") == "weak";
    commune.none += row.at("signal") == "none";
  }
  for (const auto& row : program::read_csv(province / "teams.csv")) {
    ++communes[row.at("home_commune_code")].teams;
  }
  return communes;
}

void import(const std::vector<std::string>& arguments, const std::string& workspace) {
  std::vector<std::string> all = {"import"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  all.insert(all.end(), {"-w", workspace});
  const Ran ran = run(all);
  // 1: done, with rows that were not taken; the sums below say whether it matters.
  EXPECT_LE(ran.status, 1) << arguments.at(1) << '\n' << ran.out << ran.err;
}

std::string logical_content(const std::string& workspace) {
  std::string all;
  for (const char* command : {"rank", "check"}) {
    all += run({command, "-w", workspace, "--json"}).out;
  }
  return all + json::parse(run({"info", "-w", workspace, "--json"}).out)["sources"].dump();
}

}  // namespace

TEST(E2eImport, DienBienGivesTheSumsOfItsInputs) {
  const fs::path shared = PHUSONG_SHARED_DATA;
  if (!fs::exists(shared / "boundaries/dien_bien.gpkg")) {
    GTEST_SKIP() << "the shared data is not here: " << shared;
  }
  const Folder folder;
  const std::string w = folder / "dien_bien.sqlite";
  const std::string province = (shared / "dien_bien").string();
  import({"boundaries", (shared / "boundaries/dien_bien.gpkg").string()}, w);
  import({"crosswalk", (shared / "units/crosswalk_2023_2025.csv").string()}, w);
  import({"table", province + "/settlements.csv", "--as", "settlements"}, w);
  import({"table", province + "/teams.csv", "--as", "teams"}, w);
  import({"table", province + "/weekly_reports_2023.csv", "--as", "reports"}, w);
  import({"table", province + "/targets.csv", "--as", "targets"}, w);

  const Ran ran = run({"rank", "-w", w, "--at", "2023-08-27", "--json"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const json rows = json::parse(ran.out);
  ASSERT_EQ(rows.size(), 45u);
  auto expected = by_spreadsheet(shared, "2023-08-27");
  double eligible = 0, activated = 0;
  for (const json& row : rows) {
    const std::string code = row["code"];
    ASSERT_TRUE(expected.contains(code)) << code;
    const Expected& e = expected.at(code);
    EXPECT_EQ(row["eligible"], e.eligible) << code;
    EXPECT_EQ(row["activated"], e.activated) << code;
    EXPECT_TRUE(row["eligible"].is_number_integer()) << code;
    EXPECT_NEAR(row["shortfall"].get<double>(), std::max(0.0, e.wanted - e.activated), 1e-6)
        << code;
    EXPECT_NEAR(row["rate"].get<double>(), e.activated / e.eligible, 1e-9) << code;
    EXPECT_NEAR(row["achievement"].get<double>(), e.activated / e.wanted, 1e-9) << code;
    EXPECT_EQ(row["unreached"], e.eligible - e.activated) << code;
    EXPECT_EQ(row["parent"], "Tỉnh Điện Biên") << code;
    EXPECT_EQ(row["settlements"], e.settlements) << code;
    EXPECT_EQ(row["no_grid"], e.no_grid) << code;
    EXPECT_EQ(row["weak_signal"], e.weak) << code;
    EXPECT_EQ(row["no_signal"], e.none) << code;
    EXPECT_EQ(row["teams"], e.teams) << code;
    eligible += row["eligible"].get<double>();
    activated += row["activated"].get<double>();
  }
  EXPECT_EQ(eligible, 482'096);
  EXPECT_EQ(activated, 127'305);
  const auto muong_nhe = std::find_if(rows.begin(), rows.end(),
                                      [](const json& row) { return row["name"] == "Mường Nhé"; });
  ASSERT_NE(muong_nhe, rows.end());
  EXPECT_EQ((*muong_nhe)["eligible"], 17'513);
  EXPECT_EQ((*muong_nhe)["activated"], 3'285);
  EXPECT_NEAR((*muong_nhe)["shortfall"].get<double>(), 7'223, 0.5);

  // The same files once more change nothing.
  const std::string before = logical_content(w);
  for (const auto& [file, kind] :
       {std::pair{"settlements.csv", "settlements"}, {"weekly_reports_2023.csv", "reports"}}) {
    const Ran again =
        run({"import", "table", province + "/" + file, "--as", kind, "-w", w, "--json"});
    const json report = json::parse(again.out);
    EXPECT_EQ(report["added"], 0) << file;
    EXPECT_EQ(report["changed"], 0) << file;
    EXPECT_TRUE(report["source"].is_null()) << file;
  }
  EXPECT_EQ(logical_content(w), before);

  // The workbook an office sends: looked at, which writes nothing.
  const Ran look = run({"import", "table", province + "/bieu_tuan_11.xlsx", "--as", "reports", "-w",
                        w, "--preview", "--json"});
  ASSERT_LE(look.status, 1) << look.err;
  const json preview = json::parse(look.out);
  EXPECT_EQ(preview["date"], "2023-06-25");
  int matched = 0;
  for (const json& row : preview["rows"]) {
    matched += row["role"] == "data" && !row["match"].is_null() && row["match"] != "fuzzy";
  }
  EXPECT_EQ(matched, 111);
  EXPECT_EQ(logical_content(w), before);
  const Ran seen = run({"import", "table", province + "/bieu_tuan_11.xlsx", "--as", "reports", "-w",
                        w, "--preview"});
  EXPECT_THAT(seen.out, HasSubstr("Chỉ xem"));
  EXPECT_THAT(seen.out, HasSubstr("Mường Nhé"));

  // An import can be taken back.
  program::spit(
      folder / "later.csv",
      "commune_code_2023,week_ending,eligible,activated_l2\n03127,2023-09-03,7000,6999\n");
  import({"table", folder / "later.csv", "--as", "reports"}, w);
  EXPECT_NE(logical_content(w), before);
  EXPECT_EQ(run({"undo", "-w", w}).status, 0);
  EXPECT_EQ(logical_content(w), before);

  // A former district, named without accents.
  const Ran within = run({"rank", "-w", w, "--within", "huyen muong nhe", "--json"});
  ASSERT_EQ(within.status, 0) << within.err;
  for (const json& row : json::parse(within.out)) {
    EXPECT_EQ(row["former_district"], "Huyện Mường Nhé");
  }
}

TEST(E2eImport, ALookAtANewWorkspaceLeavesNone) {
  const Folder folder;
  const std::string geojson = folder / "xa.geojson";
  program::spit(geojson, R"({"type":"FeatureCollection","features":[{"type":"Feature",
    "properties":{"ma_xa":"03127","ten_xa":"Xã Thử","tinh":"Tỉnh Thử"},
    "geometry":{"type":"Polygon","coordinates":[[[103,21],[103.1,21],[103.1,21.1],[103,21.1],[103,21]]]}}]})");
  const std::string w = folder / "new.sqlite";
  const Ran look = run({"import", "boundaries", geojson, "-w", w, "--preview"});
  EXPECT_LE(look.status, 1) << look.err;
  EXPECT_THAT(look.out, HasSubstr("ma_xa"));
  EXPECT_THAT(look.out, HasSubstr("03127"));
  EXPECT_FALSE(fs::exists(w));

  const Ran written = run({"import", "boundaries", geojson, "-w", w});
  EXPECT_LE(written.status, 1) << written.err;
  EXPECT_TRUE(fs::exists(w));
  EXPECT_EQ(json::parse(run({"info", "-w", w, "--json"}).out)["communes"], 1);
}
