#include "data/column_mapping.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "geo/error.hpp"

namespace data {
namespace {

Table table(std::vector<std::vector<std::string>> rows) {
  Table t;
  t.file = "t.xlsx";
  for (const auto& r : rows) t.width = std::max(t.width, r.size());
  for (auto& r : rows) {
    r.resize(t.width);
    t.rows.push_back({static_cast<std::int64_t>(t.rows.size()) + 1, std::move(r)});
  }
  return t;
}

std::string column(const SheetReading& reading, std::string_view field) {
  for (const auto& f : reading.fields) {
    if (f.field == field) return f.column ? column_letter(*f.column) : "-";
  }
  return "?";
}

const std::vector<std::vector<std::string>> dirty{
    {"UBND TỈNH X", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
    {"BÁO CÁO KÍCH HOẠT (tính đến ngày 2/7/2023)"},
    {"TT", "Mã xã", "Tên xã", "Số người đủ điều kiện", "Kết quả lũy kế", "", "Tỉ lệ (%)"},
    {"", "", "", "", "Kích hoạt mức 1", "Kích hoạt mức 2", ""},
    {"(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)=6/4"},
    {"1", "03127", "Him Lam", "1.000", "200", "100", "10"},
};

TEST(ColumnMapping, ReadsTwoRowHeadingsUnderTitles) {
  const auto reading = read_headings(table(dirty), ImportKind::reports, {});
  EXPECT_EQ(reading.heading_begin, 2u);
  EXPECT_EQ(reading.heading_end, 5u);  // the line that numbers the columns too
  EXPECT_EQ(column(reading, "code"), "B");
  EXPECT_EQ(column(reading, "name"), "C");
  EXPECT_EQ(column(reading, "eligible"), "D");
  EXPECT_EQ(column(reading, "activated_l1"), "E");
  EXPECT_EQ(column(reading, "activated_l2"), "F");
  EXPECT_EQ(column(reading, "rate"), "G");
  EXPECT_EQ(column(reading, "installed"), "-");
  EXPECT_EQ(column(reading, "date"), "-");
  EXPECT_EQ(reading.headings[5], "Kết quả lũy kế · Kích hoạt mức 2");
  EXPECT_EQ(reading.date, geo::parse_date("2023-07-02"));
}

TEST(ColumnMapping, LongestMatchWinsAndRatesAreNoCounts) {
  const auto reading = read_headings(
      table({{"Mã", "Đơn vị", "Kích hoạt", "Tỷ lệ kích hoạt mức 2", "Kích hoạt mức 2 trong tuần"},
             {"1", "a", "5", "5%", "1"}}),
      ImportKind::reports, {});
  EXPECT_EQ(column(reading, "activated_l2"), "C");
  EXPECT_EQ(column(reading, "rate"), "D");
  EXPECT_EQ(column(reading, "activated_l1"), "-");
}

TEST(ColumnMapping, KnowsSnakeCase) {
  const auto reading =
      read_headings(table({{"week_ending", "commune_code_2023", "eligible", "installed",
                            "activated_l1", "activated_l2", "sessions", "people_reached"},
                           {"2023-04-16", "03124", "1", "1", "1", "1", "1", "1"}}),
                    ImportKind::reports, {});
  EXPECT_EQ(reading.found, 8u);
  EXPECT_EQ(column(reading, "date"), "A");
  EXPECT_EQ(column(reading, "reached"), "H");
}

TEST(ColumnMapping, ThePersonHasTheLastWord) {
  const auto t = table({{"Mã", "Tên xã", "Đợt 1", "Đợt 2"}, {"1", "a", "5", "6"}});
  auto reading =
      read_headings(t, ImportKind::reports, {{"activated_l2", "đợt 2"}, {"eligible", "C"}});
  EXPECT_EQ(column(reading, "activated_l2"), "D");
  EXPECT_EQ(column(reading, "eligible"), "C");
  for (const auto& f : reading.fields)
    EXPECT_EQ(f.given, f.field == "activated_l2" || f.field == "eligible");
  reading = read_headings(t, ImportKind::reports, {{"code", "-"}});
  EXPECT_EQ(column(reading, "code"), "-");
  EXPECT_THROW(read_headings(t, ImportKind::reports, {{"activated_l2", "Z"}}), geo::Error);
  EXPECT_THROW(read_headings(t, ImportKind::reports, {{"nothing", "A"}}), geo::Error);
}

TEST(ColumnMapping, RefusesColumnsOfPeople) {
  const auto reading =
      read_headings(table({{"Tên tổ", "Họ và tên tổ trưởng", "Liên hệ", "Số thành viên", "Mã xã"},
                           {"Tổ 1", "Lò Thị A", "0912 345 678", "7", "03127"},
                           {"Tổ 2", "Lò Thị B", "0912.345.679", "8", "03127"}}),
                    ImportKind::teams, {{"vehicle", "C"}});
  EXPECT_EQ(reading.personal, (std::vector<bool>{false, true, true, false, false}));
  EXPECT_EQ(column(reading, "name"), "A");
  EXPECT_EQ(column(reading, "vehicle"), "-");  // not even when asked for
  ASSERT_EQ(reading.issues.size(), 2u);
  EXPECT_EQ(reading.issues[0].message, geo::msg("data.personal_column", "B"));
  EXPECT_EQ(reading.issues[0].severity, geo::Severity::error);
}

TEST(ColumnMapping, NumbersOfCardsAreNoCards) {
  const auto reading =
      read_headings(table({{"Mã xã", "Số căn cước đã cấp"}, {"03127", "1.073"}, {"03130", "512"}}),
                    ImportKind::reports, {});
  EXPECT_EQ(reading.personal, (std::vector<bool>{false, false}));
}

TEST(ColumnMapping, StylesComeFromTheColumnElseFromTheSheet) {
  const auto t = table({{"scope", "period", "target_share", "target_count"},
                        {"a", "2023-12-31", "0.6", "1,073"},
                        {"b", "2023-12-31", "0.85", ""}});
  const auto reading = read_headings(t, ImportKind::targets, {});
  EXPECT_EQ(column_styles(t, reading, ImportKind::targets)[2], NumberStyle::english);
}

// Any rubbish as a sheet: something is answered, inside the sheet, and quickly.
TEST(ColumnMapping, FuzzStaysInsideTheSheet) {
  std::mt19937 random(7);
  const std::vector<std::string> words{
      "",     "",      "Mã xã", "Tên xã", "Kích hoạt", "mức 2",         "1",
      "2",    "1.073", "(1)",   "Tỷ lệ",  "Xã",        "ngày 1/1/2024", "TỔNG CỘNG",
      "\xff", "03127", "x",     "lon",    "share",     "0912345678"};
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(1000);
  int tried = 0;
  for (; tried < 3000 && std::chrono::steady_clock::now() < until; ++tried) {
    std::vector<std::vector<std::string>> rows(random() % 12);
    for (auto& r : rows) {
      r.resize(random() % 7);
      for (auto& c : r) c = words[random() % words.size()];
    }
    const auto t = table(rows);
    for (const auto kind : {ImportKind::reports, ImportKind::settlements, ImportKind::figures}) {
      const auto reading = read_headings(t, kind, {});
      ASSERT_LE(reading.heading_begin, reading.heading_end);
      ASSERT_LE(reading.heading_end, t.rows.size());
      ASSERT_EQ(reading.headings.size(), t.width);
      std::vector<int> used(t.width);
      for (const auto& f : reading.fields) {
        if (!f.column) continue;
        ASSERT_LT(*f.column, t.width);
        ASSERT_EQ(++used[*f.column], 1);
      }
      column_styles(t, reading, kind);
    }
  }
  EXPECT_GT(tried, 10);
}

}  // namespace
}  // namespace data
