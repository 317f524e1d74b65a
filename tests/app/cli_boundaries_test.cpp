// A decree from the command line, and numbers in the units of a day.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/app/program.hpp"

using nlohmann::json;
using program::Folder;
using program::Ran;
using program::run;
using testing::HasSubstr;
using testing::Not;

namespace {

std::string rectangle(const std::string& code, const std::string& name, double west, double east) {
  const auto p = [](double x, double y) {
    return "[" + std::to_string(x) + "," + std::to_string(y) + "]";
  };
  return R"({"type":"Feature","properties":{"code":")" + code + R"(","full_name":")" + name +
         R"(","province_code":"09","province":"Tỉnh Thử"},"geometry":{"type":"Polygon",)" +
         R"("coordinates":[[)" + p(west, 21) + "," + p(east, 21) + "," + p(east, 21.1) + "," +
         p(west, 21.1) + "," + p(west, 21) + "]]}}";
}
std::string land(const std::string& features) {
  return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

/// Four communes with three weeks of reports. Two merge, one is split, one gets another name.
struct Province {
  Folder folder;
  std::string w = folder / "w.sqlite", after = folder / "after.geojson";

  Province() {
    program::spit(folder / "before.geojson",
                  land(rectangle("00011", "Xã An Hòa", 103, 103.1) + "," +
                       rectangle("00021", "Xã Cao Sơn", 103.1, 103.2) + "," +
                       rectangle("00031", "Xã Suối Lớn", 103.2, 103.4) + "," +
                       rectangle("00041", "Xã Tên Cũ", 103.4, 103.5)));
    program::spit(after, land(rectangle("00011", "Xã An Hòa", 103, 103.2) + "," +
                              rectangle("00031", "Xã Suối Lớn", 103.2, 103.25) + "," +
                              rectangle("00051", "Xã Suối Nhỏ", 103.25, 103.4) + "," +
                              rectangle("00041", "Xã Tên Mới", 103.4, 103.5)));
    std::string week = "code,date,eligible,activated_l2\n";
    int n = 0;
    for (const char* code : {"00011", "00021", "00031", "00041"})
      for (const char* date : {"2026-11-01", "2026-11-08", "2026-11-15"}) {
        week += code + std::string(",") + date + "," + std::to_string(1001 + 7 * n) + "," +
                std::to_string(203 + n) + "\n";
        ++n;
      }
    program::spit(folder / "week.csv", week);
    program::spit(folder / "targets.csv",
                  "scope_level,scope,indicator,period,target_share\n"
                  "province,Tỉnh Thử,activation_rate_l2,2026-12-31,0.9\n");
    done(
        {"import", "boundaries", folder / "before.geojson", "-w", w, "--valid-from", "2025-07-01"});
    done({"import", "table", folder / "week.csv", "-w", w, "--as", "reports"});
    done({"import", "table", folder / "targets.csv", "-w", w, "--as", "targets"});
  }
  static void done(const std::vector<std::string>& words) {
    const Ran ran = run(words);
    EXPECT_EQ(ran.status, 0) << ran.err << ran.out;
  }
  Ran decree(const std::string& rows, std::vector<std::string> more = {}) const {
    program::spit(folder / "decree.csv",
                  "old_code,old_name,new_code,new_name,part,share,status\n" + rows);
    std::vector<std::string> words{
        "boundaries",          "-w",     w,           "--land", after, "--crosswalk",
        folder / "decree.csv", "--from", "2027-01-01"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
  json rank(std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"rank", "-w", w, "--json"};
    words.insert(words.end(), more.begin(), more.end());
    const Ran ran = run(words);
    EXPECT_EQ(ran.status, 0) << ran.err;
    return json::parse(ran.out);
  }
  /// All that it holds, as far as commands tell.
  std::string held() const { return run({"info", "-w", w, "--json"}).out + rank().dump(); }
};

const std::string whole =
    "00011,Xã An Hòa,00011,Xã An Hòa,whole,,\n"
    "00021,Xã Cao Sơn,00011,Xã An Hòa,whole,,\n"
    "00031,Xã Suối Lớn,00031,Xã Suối Lớn,part,,\n"
    "00031,Xã Suối Lớn,00051,Xã Suối Nhỏ,part,,\n"
    "00041,Xã Tên Cũ,00041,Xã Tên Mới,whole,,\n";
const std::string doubtful =
    "00011,Xã An Hòa,00011,Xã An Hòa,whole,,\n"
    ",Xã Cao Xơn,00011,Xã An Hòa,whole,,unmatched\n"
    "00031,Xã Suối Lớn,00031,Xã Suối Lớn,part,0.5,\n"
    "00031,Xã Suối Lớn,00099,Xã Không Đâu,part,0.5,\n"
    "00041,Xã Tên Cũ,00041,Xã Tên Mới,whole,,ambiguous\n";

/// Parts of a person in the split communes make persons together.
double people(const json& rows, const char* field) {
  double sum = 0;
  for (const json& row : rows) sum += row[field].get<double>();
  return sum;
}
void same_people(const json& a, const json& b, const char* field) {
  EXPECT_NEAR(people(a, field), people(b, field), 1e-6) << field;
}

json with_code(const json& rows, const std::string& code) {
  for (const json& row : rows)
    if (row["code"] == code) return row;
  return {};
}

}  // namespace

TEST(E2eBoundaries, ADecreeKeepsEveryPersonThenAndToday) {
  const Province p;
  const std::string was = p.held();
  const json before = p.rank({"--at", "2026-11-10"});
  const Ran look = p.decree(whole, {"--preview", "--json"});
  ASSERT_EQ(look.status, 0) << look.err;
  const json seen = json::parse(look.out);
  EXPECT_EQ(seen["outcome"], "preview");
  EXPECT_FALSE(seen["written"]);
  EXPECT_EQ(seen["open"], 0);
  EXPECT_EQ(seen["counts"]["part"], 2);
  ASSERT_EQ(seen["totals"]["days"].size(), 3U);
  for (const json& day : seen["totals"]["days"]) EXPECT_EQ(day["before"], day["after"]);
  EXPECT_TRUE(seen["totals"]["days"][1]["before"]["sessions"].is_null()) << "nobody told them";
  EXPECT_EQ(seen["totals"]["days"][1]["before"]["eligible"].get<double>(),
            people(before, "eligible"));
  EXPECT_EQ(seen["items"][2]["estimated"], true);
  EXPECT_EQ(seen["items"][2]["share_basis"], "land");
  EXPECT_EQ(p.held(), was) << "a look changed something";

  const Ran made = p.decree(whole);
  ASSERT_EQ(made.status, 0) << made.err;
  EXPECT_THAT(made.out, HasSubstr("2 phần"));
  EXPECT_THAT(made.out, HasSubstr("15/11/2026"));
  EXPECT_THAT(made.out, Not(HasSubstr("→ 0")));
  EXPECT_THAT(made.err, HasSubstr("phusong undo"));

  // That day in its own units: as if nothing had happened. In today's: the same people.
  const json then = p.rank({"--at", "2026-11-10", "--boundaries", "then"});
  ASSERT_EQ(then.size(), 4U);
  EXPECT_EQ(with_code(then, "00021")["full_name"], "Xã Cao Sơn");
  for (const json& row : then) {
    EXPECT_EQ(row["boundaries"], "then");
    const json old = with_code(before, row["code"]);
    for (const char* same : {"eligible", "activated", "shortfall", "status", "target", "as_of"})
      EXPECT_EQ(row[same], old[same]) << row["code"] << ' ' << same;
  }
  const json today = p.rank({"--at", "2026-11-10"});
  EXPECT_EQ(with_code(today, "00031")["status"], "estimated");
  EXPECT_EQ(with_code(today, "00011")["boundaries"], "today");
  EXPECT_TRUE(with_code(today, "00021").is_null());
  for (const char* sum : {"eligible", "activated", "shortfall"}) same_people(then, today, sum);
  // On the day of the decree and after it, then is now.
  EXPECT_EQ(p.rank({"--at", "2027-01-03", "--boundaries", "then"}).size(), 4U);
  EXPECT_FALSE(
      with_code(p.rank({"--at", "2027-01-03", "--boundaries", "then"}), "00051").is_null());

  // A second time there is nothing to write; and it can be taken back.
  EXPECT_EQ(json::parse(p.decree(whole, {"--json"}).out)["outcome"], "nothing_new");
  EXPECT_EQ(run({"undo", "-w", p.w}).status, 0);
  EXPECT_EQ(p.held(), was);
}

TEST(E2eBoundaries, WhatIsNotDecidedIsListedAndNothingIsWritten) {
  const Province p;
  const std::string was = p.held(), table = p.folder / "fixes.csv";
  const Ran refused = p.decree(doubtful, {"--fix-template", table});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.out, HasSubstr("decree.csv"));
  EXPECT_THAT(refused.out, HasSubstr("Xã Cao Xơn"));
  EXPECT_THAT(refused.out, HasSubstr("00021 Xã Cao Sơn"));  // may be meant
  EXPECT_THAT(refused.out, HasSubstr("n00051"));
  EXPECT_THAT(refused.err, HasSubstr("--fix"));
  EXPECT_EQ(p.held(), was);
  const json told = json::parse(p.decree(doubtful, {"--json", "--preview"}).out);
  EXPECT_EQ(told["outcome"], "undecided");
  for (const json& item : told["items"])
    if (item["key"] == "r3") {
      EXPECT_EQ(item["verdict"], "unknown_former");
      EXPECT_EQ(item["row"], 3);
      EXPECT_EQ(item["file"], "decree.csv");
      EXPECT_EQ(item["may_be_former"][0]["code"], "00021");
    }

  // As written it decides nothing; nobody's work is written over.
  EXPECT_EQ(p.decree(doubtful, {"--fix", table}).status, 1);
  EXPECT_EQ(p.held(), was);
  EXPECT_EQ(p.decree(doubtful, {"--fix-template", table}).status, 2);

  // Filled in, in part and then whole.
  const std::string row = "\xEF\xBB\xBFrow";  // spreadsheets want a byte order mark
  std::vector<std::map<std::string, std::string>> rows = program::read_csv(table);
  ASSERT_EQ(rows.size(), static_cast<std::size_t>(told["open"].get<int>()));
  EXPECT_EQ(rows[0][row], "3");
  program::spit(table, "row,former,unit,share,leave\n3,00021,,,\n77,00021,,,\n");
  const Ran part = p.decree(doubtful, {"--fix", table, "--fix-template", table, "--json"});
  EXPECT_EQ(part.status, 1);
  EXPECT_EQ(json::parse(part.out)["issues"].back()["id"], "cli.decree_fix_unused");
  rows = program::read_csv(table);
  EXPECT_EQ(rows[0]["former"], "00021");
  EXPECT_EQ(rows.back()[row], "77");
  program::spit(table, "row,former,unit,share,leave\n3,00021,,,\n5,,00051,,\n6,00041,,,\n");
  EXPECT_EQ(p.decree(doubtful, {"--fix", table, "--preview"}).status, 0);
  EXPECT_EQ(p.held(), was);
  const Ran made = p.decree(doubtful, {"--fix", table});
  EXPECT_EQ(made.status, 0) << made.err << made.out;
  EXPECT_NE(p.held(), was);
  EXPECT_NEAR(with_code(p.rank(), "00051")["eligible"].get<double>(),
              with_code(p.rank(), "00031")["eligible"].get<double>(), 1e-6);
}

TEST(E2eBoundaries, ANewUnitIsGivenItsFormerOneByItsName) {
  for (const std::string kept : {"part", "whole"}) {  // as the file calls what goes on
    const Province p;
    const std::string rows =
        "00011,Xã An Hòa,00011,Xã An Hòa,whole,,\n"
        "00021,Xã Cao Sơn,00011,Xã An Hòa,whole,,\n"
        "00031,Xã Suối Lớn,00031,Xã Suối Lớn," +
        kept +
        ",,\n"
        "00041,Xã Tên Cũ,00041,Xã Tên Mới,whole,,\n";
    const std::string table = p.folder / "fixes.csv";
    EXPECT_EQ(p.decree(rows).status, 1);
    program::spit(table, "row,former,unit,share,leave\nn00051,00031,00051,,\n");
    const Ran made = p.decree(rows, {"--fix", table, "--json"});
    EXPECT_EQ(made.status, 0) << made.err;
    EXPECT_EQ(json::parse(made.out)["written"], true);
    for (const json& row : p.rank())
      EXPECT_GT(row["eligible"].get<double>(), 0) << row["name"] << " has nobody";
  }
}

TEST(E2eBoundaries, GapsAndTablesSayInWhichUnitsTheyAre) {
  const Province p;
  ASSERT_EQ(p.decree(whole).status, 0);
  const json then = json::parse(
      run({"gaps", "-w", p.w, "--at", "2026-11-15", "--boundaries", "then", "--json"}).out);
  const json today = json::parse(run({"gaps", "-w", p.w, "--at", "2026-11-15", "--json"}).out);
  EXPECT_EQ(then["boundaries"], "then");
  EXPECT_EQ(today["boundaries"], "today");
  EXPECT_EQ(then["communes"].size(), 4U);
  same_people(then["communes"], today["communes"], "shortfall");
  EXPECT_THAT(run({"gaps", "-w", p.w}).out, HasSubstr("≈"));
  const std::string text =
      run({"gaps", "-w", p.w, "--at", "2026-11-15", "--boundaries", "then"}).out;
  EXPECT_THAT(text, HasSubstr("anh giới ngày 15/11/2026"));
  EXPECT_THAT(text, Not(HasSubstr("≈")));
  EXPECT_THAT(run({"rank", "-w", p.w}).out, HasSubstr("Ranh giới hôm nay"));
  // Without a day it is that of the last report.
  EXPECT_THAT(run({"rank", "-w", p.w, "--boundaries", "then"}).out, HasSubstr("Xã Cao Sơn"));
  const std::string csv = p.folder / "out.csv";
  EXPECT_EQ(run({"export", csv, "-w", p.w, "--boundaries", "then"}).status, 0);
  EXPECT_THAT(program::slurp(csv), HasSubstr("Ranh giới ngày 15/11/2026"));
  EXPECT_THAT(program::slurp(csv), HasSubstr("Xã Cao Sơn"));
  EXPECT_EQ(run({"export", p.folder / "out.gpkg", "-w", p.w, "--boundaries", "then"}).status, 2);
  EXPECT_EQ(run({"rank", "-w", p.w, "--boundaries", "former"}).status, 2);
  EXPECT_EQ(run({"boundaries", "-w", p.w}).status, 2);
  EXPECT_EQ(run({"boundaries", "-w", p.w, "--crosswalk", csv, "--from", "hôm nay"}).status, 2);
}
