// Tables out of the program, and the orders of a ranking, as a person asks for them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "data/barrier_split.hpp"
#include "data/table_file.hpp"
#include "tests/app/program.hpp"

namespace fs = std::filesystem;
using nlohmann::json;
using program::Folder;
using program::Ran;
using program::run;
using program::slurp;
using program::spit;
using testing::HasSubstr;
using testing::Not;

namespace {

/// The columns of an exported table by heading, below the notes.
struct Sheet {
  std::vector<std::string> notes;
  std::map<std::string, std::vector<std::string>> columns;
  std::size_t rows = 0;
};

Sheet read(const fs::path& file, const std::string& first_heading, const std::string& name = {}) {
  Sheet sheet;
  const data::Table table = data::read_table(file, name);
  std::size_t heading = 0;
  for (; heading < table.rows.size(); ++heading) {
    if (table.rows[heading].cells.front() == first_heading) break;
    sheet.notes.push_back(table.rows[heading].cells.front());
  }
  if (heading == table.rows.size()) {
    ADD_FAILURE() << "no heading " << first_heading << " in " << file;
    return sheet;
  }
  sheet.rows = table.rows.size() - heading - 1;
  for (std::size_t c = 0; c < table.width; ++c) {
    auto& column = sheet.columns[table.rows[heading].cells[c]];
    for (std::size_t r = heading + 1; r < table.rows.size(); ++r)
      column.push_back(table.rows[r].cells[c]);
  }
  return sheet;
}

class E2eExport : public testing::Test {
 protected:
  void SetUp() override {
    const Ran sample = run({"sample", w_, "--communes", "30", "--weeks", "6", "--seed", "3"});
    ASSERT_EQ(sample.status, 0) << sample.err;
  }
  json ranking(std::vector<std::string> more = {}) {
    std::vector<std::string> all = {"rank", "-w", w_, "--json"};
    all.insert(all.end(), more.begin(), more.end());
    const Ran ran = run(all);
    EXPECT_EQ(ran.status, 0) << ran.err;
    return json::parse(ran.out);
  }
  Folder folder_;
  std::string w_ = folder_ / "sample.sqlite";
};

TEST_F(E2eExport, TheTableSaysWhatTheRankingSays) {
  const std::string csv = folder_ / "out.csv";
  const Ran ran = run({"export", "-w", w_, csv, "--json"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const json said = json::parse(ran.out);
  EXPECT_EQ(said["rows"], 30);
  EXPECT_EQ(said["file"], csv);
  EXPECT_EQ(said["made_up"], true);
  EXPECT_EQ(said["notes"][0], "DỮ LIỆU MẪU – không phải số liệu thật");

  std::map<std::string, json> by_code;
  for (const json& row : ranking()) by_code[row["code"]] = row;
  const Sheet sheet = read(csv, "Mã");
  ASSERT_EQ(sheet.rows, 30U);
  ASSERT_EQ(sheet.notes.size(), said["notes"].size());
  EXPECT_EQ(sheet.notes[0], said["notes"][0]);
  EXPECT_THAT(sheet.notes, testing::Contains("Không lọc."));
  EXPECT_THAT(sheet.notes, testing::Contains("Số xã trong bảng: 30 trên tổng số 30"));
  std::size_t empty = 0;
  for (std::size_t i = 0; i < 30; ++i) {
    const json& row = by_code.at(sheet.columns.at("Mã")[i]);
    SCOPED_TRACE(row.dump());
    const auto same = [&](const char* heading, const json& value) {
      const std::string& cell = sheet.columns.at(heading)[i];
      EXPECT_EQ(cell.empty(), value.is_null()) << heading;
      if (value.is_number() && !cell.empty()) {
        EXPECT_NEAR(std::stod(cell), value.get<double>(), 2e-9) << heading;
      }
    };
    same("Người đủ điều kiện", row["eligible"]);
    same("Tỷ lệ", row["rate"]);
    same("Còn thiếu (người)", row["shortfall"]);
    same("Điểm ưu tiên", row["score"]);
    same("Tỷ lệ, cận dưới 95%", row["interval_low"]);
    same("Thiếu – Không có điện lưới", row["short_no_grid"]);
    EXPECT_EQ(sheet.columns.at("Vì sao")[i], row["reason"]);
    if (row["shortfall"].is_null()) {
      ++empty;
    } else {
      double sum = 0;
      for (const data::Barrier barrier : data::all_barriers)
        sum += row["short_" + std::string(data::id(barrier))].get<double>();
      EXPECT_NEAR(sum, row["shortfall"].get<double>(), 1e-4) << "barriers add up to the shortfall";
    }
  }
  EXPECT_GT(empty, 0U) << "the sample has a commune that has not reported";
}

TEST_F(E2eExport, AllThreeKindsHoldTheSameCommunes) {
  for (const char* name : {"a.csv", "a.xlsx", "A.GPKG"}) {
    const Ran ran = run({"export", "-w", w_, folder_ / name, "--indicator", "electricity"});
    ASSERT_EQ(ran.status, 0) << name << ran.err;
    EXPECT_EQ(ran.out, "");
    EXPECT_THAT(ran.err, HasSubstr(name));
    EXPECT_THAT(ran.err, HasSubstr("DỮ LIỆU MẪU"));
  }
  const Sheet csv = read(folder_ / "a.csv", "Mã"), xlsx = read(folder_ / "a.xlsx", "Mã"),
              gpkg = read(folder_ / "A.GPKG", "code", "communes");
  EXPECT_EQ(csv.columns.at("Mã"), xlsx.columns.at("Mã"));
  EXPECT_EQ(csv.columns.at("Mã"), gpkg.columns.at("code"));
  EXPECT_EQ(csv.columns.at("Xã, phường"), xlsx.columns.at("Xã, phường"));
  EXPECT_EQ(csv.columns.at("Xã, phường"), gpkg.columns.at("name"));
  const Sheet notes = read(folder_ / "a.xlsx", "DỮ LIỆU MẪU – không phải số liệu thật", "Ghi chú");
  EXPECT_GT(notes.rows, 3U);
}

TEST_F(E2eExport, SaysWithinWhatAndOfWhichDay) {
  const auto info = json::parse(run({"info", "-w", w_, "--json"}).out);
  const std::string day = info["dates"][0];
  const std::string district = ranking()[0]["former_district"];
  const Ran ran = run({"export", "-w", w_, folder_ / "out.csv", "--within", district, "--at", day,
                       "--lang", "en", "--json"},
                      {"", "", ""});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const json said = json::parse(ran.out);
  EXPECT_EQ(said["at"], day);
  EXPECT_EQ(said["rows"].get<std::size_t>(), ranking({"--within", district}).size());
  EXPECT_LT(said["rows"], 30);
  EXPECT_THAT(said["notes"].dump(), HasSubstr("Within: " + district));
  EXPECT_THAT(said["notes"].dump(), HasSubstr("Numbers as of "));
  EXPECT_THAT(said["notes"].dump(), HasSubstr("Workspace: sample.sqlite"));
  EXPECT_THAT(slurp(folder_ / "out.csv"), HasSubstr("People short"));
}

TEST_F(E2eExport, WhatCannotBeDoneIsSaidAndLeavesWhatWasThere) {
  const auto status = [&](std::vector<std::string> more, const char* says,
                          const program::How& how = {}) {
    std::vector<std::string> all = {"export", "-w", w_};
    all.insert(all.end(), more.begin(), more.end());
    const Ran ran = run(all, how);
    EXPECT_THAT(ran.err, HasSubstr(says)) << more[0];
    EXPECT_THAT(ran.err, HasSubstr("Cách xử lý")) << more[0];
    return ran.status;
  };
  EXPECT_EQ(status({folder_ / "out.ods"}, ".csv, .xlsx hoặc .gpkg"), 2);
  EXPECT_EQ(status({folder_ / "out"}, ".csv, .xlsx hoặc .gpkg"), 2);
  EXPECT_EQ(status({folder_ / "out.csv", "--within", "Atlantis"}, "Atlantis"), 2);
  EXPECT_EQ(status({folder_ / "out.csv", "--weights", "beauty=1"}, "beauty"), 2);
  EXPECT_EQ(status({folder_ / "out.csv", "--weights", "rate=-1"}, "rate=-1"), 2);
  EXPECT_EQ(status({folder_ / "out.csv", "--weights", "rate=0"}, "rate=0"), 2);
  EXPECT_EQ(status({folder_ / "missing/out.csv"}, "missing"), 3);
  EXPECT_EQ(run({"export", "-w", folder_ / "none.sqlite", folder_ / "out.csv"}).status, 3);
  EXPECT_EQ(run({"export", "-w", w_}).status, 2);
  EXPECT_FALSE(fs::exists(folder_ / "out.csv"));

  const Folder out;  // the workspace has files of its own beside it while it is open
  for (const char* name : {"kept.csv", "kept.xlsx", "kept.gpkg"}) {
    spit(out / name, "old");
    const auto files = std::distance(fs::directory_iterator(out.path()), {});
    // A file may grow to 4 KB.
    const program::How full = {"trap '' XFSZ; ulimit -f 8;", "", "vi"};
    EXPECT_EQ(status({out / name}, "đầy", full), 3);
    EXPECT_EQ(slurp(out / name), "old");
    EXPECT_EQ(std::distance(fs::directory_iterator(out.path()), {}), files) << name;
  }
  fs::permissions(out.path(), fs::perms(0555));
  program::How how;
  if (geteuid() == 0) {  // root may write anything
    how.with = "setpriv --reuid=65534 --regid=65534 --clear-groups";
    fs::permissions(folder_.path(), fs::perms::all);
    if (run({"info", "-w", w_}, how).status != 0) {
      fs::permissions(out.path(), fs::perms(0755));
      GTEST_SKIP() << "another user cannot run the program where it lies";
    }
  }
  for (const char* name : {"kept.csv", "kept.xlsx", "kept.gpkg"}) {
    EXPECT_EQ(status({out / name}, "Không được phép", how), 3);
    EXPECT_EQ(slurp(out / name), "old");
  }
  fs::permissions(out.path(), fs::perms(0755));
}

TEST_F(E2eExport, NamesThatAreFormulasStayNames) {
  // Made up, and not by a friend.
  spit(folder_ / "evil.geojson",
       R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{)"
       R"("code":"00011","name":"=cmd|' /C calc'!A0","full_name":"=cmd|' /C calc'!A0"},)"
       R"("geometry":{"type":"Polygon","coordinates":[[[103,21],[103.1,21],[103.1,21.1],)"
       R"([103,21.1],[103,21]]]}}]})");
  const std::string w = folder_ / "evil.sqlite";
  const Ran import = run({"import", "boundaries", folder_ / "evil.geojson", "-w", w});
  ASSERT_LE(import.status, 1) << import.err;
  for (const char* name : {"e.csv", "e.xlsx", "e.gpkg"})
    ASSERT_EQ(run({"export", "-w", w, folder_ / name}).status, 0) << name;
  EXPECT_THAT(slurp(folder_ / "e.csv"), HasSubstr(",\"'=cmd|"));
  EXPECT_THAT(slurp(folder_ / "e.csv"), Not(HasSubstr(",=cmd|")));
  EXPECT_EQ(read(folder_ / "e.csv", "Mã").columns.at("Bản chưa có điện lưới")[0], "")
      << "no list of settlements is not \"none without grid\"";
  EXPECT_EQ(read(folder_ / "e.xlsx", "Mã").columns.at("Xã, phường")[0], "=cmd|' /C calc'!A0");
}

TEST_F(E2eExport, RankGoesByOneBarrierOrByAScore) {
  const json by_barrier = ranking({"--by", "barrier", "--barrier", "signal"});
  double before = INFINITY;
  for (const json& row : by_barrier) {
    if (row["short_signal"].is_null()) continue;
    EXPECT_LE(row["short_signal"].get<double>(), before);
    before = row["short_signal"].get<double>();
  }
  const json by_score =
      ranking({"--by", "score", "--weights", "shortfall=5,rate=2", "--first", "5"});
  before = 1;
  double stays = 0;
  for (const json& row : by_score) {
    if (row["score"].is_null()) {
      EXPECT_TRUE(row["stays_in_first"].is_null());
      continue;
    }
    EXPECT_LE(row["score"].get<double>(), before);
    before = row["score"].get<double>();
    EXPECT_GE(before, 0);
    stays += row["stays_in_first"].get<double>();
  }
  EXPECT_NEAR(stays, 5, 1e-9);
  EXPECT_EQ(by_score[0]["stays_in_first"] > by_score[9]["stays_in_first"], true);
  EXPECT_EQ(ranking({"--by", "score", "--seed", "4"}), ranking({"--by", "score", "--seed", "4"}));

  const Ran table = run({"rank", "-w", w_, "--by", "score", "--top", "3"});
  EXPECT_THAT(table.out, HasSubstr("Trong 10 xã đầu"));
  EXPECT_THAT(table.out, HasSubstr("số người thiếu 5, tỷ lệ thấp 2, vướng rào cản 2"));
  EXPECT_THAT(table.out, HasSubstr("so với chỉ tiêu"));
  const Ran english = run({"rank", "-w", w_, "--within", by_score[0]["code"]}, {"", "", "en"});
  EXPECT_THAT(english.out, HasSubstr("Total, 1 commune ")) << english.out;

  for (const auto& [more, says] : std::vector<std::pair<std::vector<std::string>, const char*>>{
           {{"--barrier", "signal"}, "--by barrier"},
           {{"--by", "barrier", "--barrier", "rain"}, "rain"},
           {{"--by", "score", "--weights", "rate"}, "rate"},
           {{"--by", "score", "--first", "0"}, "--first"}}) {
    std::vector<std::string> all = {"rank", "-w", w_};
    all.insert(all.end(), more.begin(), more.end());
    const Ran ran = run(all);
    EXPECT_EQ(ran.status, 2) << more[0];
    EXPECT_THAT(ran.err, HasSubstr(says));
  }
}

}  // namespace
