// Tables into a workspace of two communes whose numbers can be checked by hand.
#include <gtest/gtest.h>

#include "data/gaps.hpp"
#include "data/import_undo.hpp"
#include "geo/error.hpp"
#include "tests/data/small_workspace.hpp"
#include "tests/data/zip.hpp"

namespace data {
namespace {

using test::count;
using test::first;
using test::ids;
using test::imported;
using test::prepared;
using test::small_workspace;
using test::written;

std::string report_value(Workspace& w, const std::string& code, const std::string& column) {
  auto row = w.database().prepare(
      "SELECT " + column + " FROM report JOIN unit ON unit.id = unit_id WHERE unit.code = '" +
      code + "' AND unit.valid_from = '' AND " + column + " IS NOT NULL ORDER BY source_id DESC");
  return row.step() ? row.text(0) : "none";
}

constexpr const char* weekly =
    "TỔNG HỢP (tính đến ngày 25/6/2023);;;;\n"
    "\n"
    "TT;Mã xã;Xã;Đủ điều kiện;Kích hoạt mức 2\n"
    "I;;HUYỆN ĐÔNG;1.500;\n"
    "1;11;X. An Hoà;1.000;250\n"
    "2;;Bản Mới;500;-\n"
    "II;;H. Tây;;\n"
    "3;00021;TT Cao Sơn;2.000;chưa báo cáo\n"
    "4;;Xã An Hòa;300;60\n"
    ";;Cộng;3.800;310\n"
    ";;;;Ngày 26 tháng 6 năm 2023\n";

TEST(DbTableImport, AReportUnderDistrictsIsUnderstoodAndWritten) {
  auto w = small_workspace("report");
  const auto p = imported(w, written("week.csv", weekly), ImportKind::reports);
  std::string roles;
  for (const auto& r : p.rows) roles += std::string(id(r.role)) + " ";
  EXPECT_EQ(roles, "title blank heading group data data group data data total note ");
  EXPECT_EQ(p.rows[4].match, Match::code);
  EXPECT_EQ(p.rows[5].match, Match::name);
  EXPECT_EQ(p.rows[8].match, Match::name_and_kind);
  EXPECT_EQ(p.rows[8].unit_code, "00022");  // An Hòa of Tây, not of Đông
  EXPECT_EQ(p.added, 4) << ids(p.issues);
  EXPECT_EQ(report_value(w, "00011", "eligible"), "1000");
  EXPECT_EQ(report_value(w, "00012", "activated_l2"), "none");  // not reported is not 0
  EXPECT_EQ(report_value(w, "00021", "eligible"), "2000");
  EXPECT_EQ(report_value(w, "00022", "activated_l2"), "60");
  EXPECT_EQ(count(p.issues, "data.cell_not_reported"), 2u) << ids(p.issues);
  EXPECT_EQ(first(p.issues, "data.cell_not_reported")->row, 6);
  EXPECT_EQ(first(p.issues, "data.cell_not_reported")->column, "E");
  EXPECT_EQ(count(p.issues, "data.total_differs"), 0u) << ids(p.issues);
  EXPECT_EQ(count(p.issues, "data.total_differs_missing"), 0u);  // 3.800 and 310 are right
  EXPECT_EQ(w.issues().size(), p.issues.size() + 0u);
}

TEST(DbTableImport, TheSecondTimeNothingChangesAndACorrectionIsUndone) {
  auto w = small_workspace("again");
  imported(w, written("week.csv", weekly), ImportKind::reports);
  const auto before = test::dump(w);
  const auto again = prepared(w, written("week.csv", weekly), ImportKind::reports);
  EXPECT_EQ(again.preview.same, 4);
  EXPECT_FALSE(write_import(w, again));
  EXPECT_EQ(test::dump(w), before);

  std::string corrected = weekly;
  corrected.replace(corrected.find("500;-"), 5, "500;90");
  const auto p = imported(w, written("week2.csv", corrected), ImportKind::reports);
  EXPECT_EQ(p.changed, 1);
  EXPECT_EQ(p.same, 3);
  EXPECT_EQ(report_value(w, "00012", "activated_l2"), "90");
  // A table with the cell empty again takes nothing back.
  EXPECT_FALSE(write_import(w, again.preview.same == 4
                                   ? prepared(w, written("week.csv", weekly), ImportKind::reports)
                                   : again));
  EXPECT_EQ(data::take_back_last_import(w)->source.file, "week2.csv");
  EXPECT_EQ(test::dump(w), before);
}

TEST(DbTableImport, AnImportPreparedBeforeAnotherWasWrittenIsRefused) {
  auto w = small_workspace("overtaken");
  const auto a = prepared(w, written("week.csv", weekly), ImportKind::reports);
  const auto b = prepared(w, written("week.csv", weekly), ImportKind::reports);
  EXPECT_TRUE(write_import(w, a));
  const auto before = test::dump(w);
  EXPECT_THROW(write_import(w, b), geo::Error);
  EXPECT_EQ(test::dump(w), before);
}

TEST(DbTableImport, WhatCannotBeTakenIsToldWithRowAndColumn) {
  auto w = small_workspace("told");
  const auto p = imported(w,
                          written("bad.csv",
                                  "Ngày,Mã,Tên xã,Đủ điều kiện,Kích hoạt mức 2,Tỷ lệ\n"
                                  "25/6/2023,00011,An Hòa,1000,abc,\n"
                                  "25/6/2023,00012,Bản Mới,500,250,\"40,00%\"\n"
                                  "25/6/2023,00012,Bản Mới,500,260,\n"
                                  "25/6/2023,,Bản Mớii,1,1,\n"
                                  "31/2/2023,00021,Cao Sơn,1,1,\n"
                                  "25/6/2023,00021,Cao Sơn,-5,gần 20,\n"
                                  "25/6/2023,00022,Cao Sơn,1,1,\n"
                                  "25/6/2023,,,7,7,\n"),
                          ImportKind::reports);
  EXPECT_EQ(first(p.issues, "data.cell_no_number")->row, 2);
  EXPECT_EQ(first(p.issues, "data.cell_no_number")->column, "E");
  EXPECT_EQ(first(p.issues, "data.rate_differs")->row, 3) << ids(p.issues);
  EXPECT_EQ(first(p.issues, "data.unit_twice")->row, 4);
  EXPECT_EQ(first(p.issues, "data.match_suggestion")->row, 5);
  EXPECT_EQ(first(p.issues, "data.cell_no_date")->row, 6);
  EXPECT_EQ(first(p.issues, "data.cell_negative")->row, 7);
  EXPECT_EQ(first(p.issues, "data.cell_not_exact")->row, 7);
  EXPECT_EQ(first(p.issues, "data.match_conflict")->row, 8) << ids(p.issues);
  EXPECT_EQ(first(p.issues, "data.row_without_unit")->row, 9);
  EXPECT_EQ(p.refused, 5);
  EXPECT_EQ(p.added, 2);
  EXPECT_EQ(report_value(w, "00021", "eligible"), "none");
}

TEST(DbTableImport, AReportNeedsADay) {
  auto w = small_workspace("day");
  const auto file = written("no_day.csv", "Mã xã,Đủ điều kiện\n00011,10\n");
  auto p = prepared(w, file, ImportKind::reports);
  EXPECT_EQ(p.preview.refused, 1);
  EXPECT_EQ(count(p.preview.issues, "data.report_without_date"), 1u);
  EXPECT_FALSE(write_import(w, p));
  ImportOptions options;
  options.date = geo::parse_date("2023-07-02");
  EXPECT_EQ(imported(w, file, ImportKind::reports, options).added, 1);
}

TEST(DbTableImport, WithoutACrosswalkTodaysCommunesAreTakenAndItIsSaid) {
  auto w = small_workspace("today");
  data::take_back_last_import(w);  // the crosswalk
  const auto p =
      imported(w, written("old.csv", "Ngày,Mã xã,Xã,Đủ điều kiện\n25/6/2023,00021,Xã Cao Sơn,10\n"),
               ImportKind::reports);
  EXPECT_EQ(p.added, 1) << ids(p.issues);
  EXPECT_EQ(count(p.issues, "data.units_of_today_used"), 1u);
}

TEST(DbTableImport, SettlementsAreCheckedAgainstTheLand) {
  auto w = small_workspace("settlements");
  const auto p = imported(
      w,
      written("s.csv",
              "id,Tên bản,Mã xã,Xã cũ,Huyện cũ,Kinh độ,Vĩ độ,Số khẩu,Đủ điều kiện,Điện,Sóng,Tỷ lệ "
              "điện thoại thông minh,SĐT trưởng bản\n"
              "a,Bản 1,00011,,,103.05,21.05,1.000,700,có điện lưới,lõm sóng,\"62,5%\",0912345678\n"
              "b,Bản 2,00011,,,21.05,103.05,100,70,chưa có,trắng sóng,50%,0912345679\n"
              "c,Bản 3,00011,,,103.15,21.05,100,170,ngoài lưới,lúc có lúc không,x,0912345670\n"
              "d,Bản 4,,An Hòa,Huyện Tây,,21,-,,,,,\n"
              "e,Bản 5,00099,,,1,1,1,1,,,,\n"
              ",Bản 6,00012,,,500,21,1,1,,,,\n"
              "a,Bản 7,00011,,,,,,,,,,\n"),
      ImportKind::settlements);
  EXPECT_EQ(p.added, 5) << ids(p.issues);
  EXPECT_EQ(p.refused, 2);
  EXPECT_EQ(count(p.issues, "data.personal_column"), 1u);
  EXPECT_EQ(first(p.issues, "data.point_swapped")->row, 3);
  EXPECT_EQ(first(p.issues, "data.point_outside_commune")->row, 4);
  EXPECT_EQ(first(p.issues, "data.more_eligible_than_residents")->row, 4);
  EXPECT_EQ(first(p.issues, "data.cell_unknown_word")->row, 4);
  EXPECT_EQ(first(p.issues, "data.point_half")->row, 5);
  EXPECT_EQ(first(p.issues, "data.match_none")->row, 6);
  EXPECT_EQ(first(p.issues, "data.match_former")->row, 7)
      << ids(p.issues);  // 00012 is a former code
  EXPECT_EQ(first(p.issues, "data.point_outside_country")->row, 7);
  EXPECT_EQ(first(p.issues, "data.id_twice")->row, 8);
  EXPECT_EQ(test::dump(w).find("0912"), std::string::npos);
  const auto dataset = w.load();
  ASSERT_EQ(dataset->settlements.size(), 5u);
  const auto& s = *std::find_if(dataset->settlements.begin(), dataset->settlements.end(),
                                [](const auto& x) { return x.id == "a"; });
  EXPECT_EQ(s.residents, 1000);
  EXPECT_EQ(s.electricity, Electricity::grid);
  EXPECT_EQ(s.signal, Signal::weak);
  EXPECT_EQ(s.smartphone_share, 0.625);
  EXPECT_EQ(s.at, (geo::LonLat{103.05, 21.05}));
  const auto d = std::find_if(dataset->settlements.begin(), dataset->settlements.end(),
                              [](const auto& x) { return x.id == "d"; });
  EXPECT_EQ(dataset->communes[d->commune.value].code.text, "00021");  // An Hòa of Tây
  EXPECT_FALSE(write_import(w, prepared(w, test::scratch_file("s.csv"), ImportKind::settlements)));
}

TEST(DbTableImport, TeamsKeepNoContactOfAnyone) {
  auto w = small_workspace("teams");
  const auto p =
      imported(w,
               written("t.csv",
                       "Mã đội,Tên đội,Cấp,Mã xã,Xã cũ,Số thành viên,Ngày thành lập,Số điện thoại\n"
                       "T1,Tổ 1,xã,00011,,7,10/4/2023,0912345678\n"
                       "T2,Tổ 2 (0912 345 679),xã,00011,,7,,\n"
                       "T3,Đội tỉnh,tỉnh,,,5,,\n"
                       "T4,Tổ 4,xã,,Bản Mới,5,,\n"),
               ImportKind::teams);
  EXPECT_EQ(count(p.issues, "data.personal_column"), 1u) << ids(p.issues);
  EXPECT_EQ(count(p.issues, "data.cell_personal"), 1u);
  EXPECT_EQ(p.added, 3);
  const auto all = test::dump(w);
  EXPECT_EQ(all.find("0912"), std::string::npos);
  for (const auto& r : p.rows) EXPECT_EQ(r.label.find("0912"), std::string::npos);
}

TEST(DbTableImport, TargetsFindTheirUnitsOfAnyLevel) {
  auto w = small_workspace("targets");
  const auto p = imported(w,
                          written("targets.csv",
                                  "scope_level,scope,indicator,period,target_share\n"
                                  "district,Huyện Đông,activation_rate_l2,2023-12-31,60\n"
                                  "province,Tỉnh Thử,activation_l2,2023-12-31,70\n"
                                  "country,Việt Nam,activation_l2,2023-12-31,65\n"
                                  "commune,Thị trấn Cao Sơn,activation_l2,2023-12-31,80\n"
                                  "commune,Xã Cao Sơn,activation_l2,2026-12-31,90\n"
                                  "district,Huyện Bắc,activation_l2,2023-12-31,60\n"
                                  "district,Huyện Tây,happiness,2023-12-31,60\n"),
                          ImportKind::targets);
  EXPECT_EQ(p.added, 5) << ids(p.issues);
  EXPECT_EQ(p.refused, 2);
  EXPECT_EQ(count(p.issues, "data.read_as_percent"), 1u);
  const auto dataset = w.load();
  std::string scopes;
  for (const auto& t : dataset->targets)
    scopes += std::to_string(static_cast<int>(t.scope)) + ":" + std::to_string(*t.share) + " ";
  ASSERT_EQ(dataset->targets.size(), 5u) << scopes;
  EXPECT_FALSE(
      write_import(w, prepared(w, test::scratch_file("targets.csv"), ImportKind::targets)));
}

TEST(DbTableImport, FiguresKeepHowExactTheyAre) {
  auto w = small_workspace("figures");
  const auto p = imported(w,
                          written("figures.csv",
                                  "Nguồn;Cấp;Đơn vị;Chỉ số;Giá trị;Đơn vị tính\n"
                                  "báo 1;tỉnh;Thử;teams;gần 300;tổ\n"
                                  "báo 1;tỉnh;Thử;people;hơn 1.234.567;người\n"
                                  "báo 1;huyện;Đông;share;22,5%;tỷ lệ\n"
                                  "báo 2;tỉnh;Nơi Khác;teams;1.073;tổ\n"),
                          ImportKind::figures);
  ASSERT_EQ(p.added, 4) << ids(p.issues);
  const auto dataset = w.load();
  EXPECT_EQ(dataset->figures[0].qualifier, "nearly");
  EXPECT_EQ(dataset->figures[0].value, 300);
  EXPECT_EQ(dataset->figures[1].qualifier, "more_than");
  EXPECT_EQ(dataset->figures[1].value, 1234567);
  EXPECT_EQ(dataset->figures[2].value, 0.225);
  EXPECT_EQ(dataset->figures[3].value, 1073);  // the column writes Vietnamese numbers
  EXPECT_EQ(count(p.issues, "data.figures_elsewhere"), 1u);
}

TEST(DbTableImport, OneLonelyThousandOrDecimalIsNotGuessed) {
  auto w = small_workspace("ambiguous");
  const auto p = prepared(w, written("f.csv", "scope,indicator,value\nThử,teams,1.073\n"),
                          ImportKind::figures);
  EXPECT_EQ(count(p.preview.issues, "data.cell_ambiguous"), 1u) << ids(p.preview.issues);
  EXPECT_EQ(p.preview.refused, 1);
}

TEST(DbTableImport, BrokenFilesLeaveTheWorkspaceAsItWas) {
  auto w = small_workspace("broken");
  const auto before = test::dump(w);
  test::write_xlsx(test::scratch_file("cut.xlsx"),
                   {{"S", "<row r=\"1\">" + test::xlsx_text("A1", "Mã xã")}});
  const auto whole = test::scratch_file("whole.xlsx");
  test::write_xlsx(whole, {{"S", "<row r=\"1\">" + test::xlsx_text("A1", "Mã xã") + "</row>"}});
  std::string bytes;
  {
    std::ifstream in(whole, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(in), {});
  }
  for (const auto& file :
       {test::scratch_file("cut.xlsx"), written("short.xlsx", bytes.substr(0, bytes.size() / 2)),
        written("legacy.csv",
                "Mã xã,Xã\n00011,An H\xf2"
                "a\n"),
        written("vrt.csv.xlsx", "<OGRVRTDataSource/>"), written("image.png", "\x89PNG"),
        test::scratch_file("absent.csv"),
        std::filesystem::path("/vsicurl/http://example.org/x.csv"),
        std::filesystem::path("http://example.org/x.csv")}) {
    for (const auto kind : {ImportKind::reports, ImportKind::settlements, ImportKind::crosswalk}) {
      try {
        prepared(w, file, kind);
        ADD_FAILURE() << file;
      } catch (const geo::Error& e) {
        EXPECT_FALSE(e.where.empty()) << file;
        EXPECT_FALSE(e.remedy.id.empty()) << file;
      }
    }
  }
  EXPECT_EQ(test::dump(w), before);
}

}  // namespace
}  // namespace data
