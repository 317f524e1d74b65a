#include "data/table_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "geo/error.hpp"
#include "tests/data/zip.hpp"
#include "tests/scratch.hpp"

namespace data {
namespace {

std::filesystem::path scratch(const std::string& name) {
  const auto folder = scratch::folder() / "table_file";
  std::filesystem::create_directories(folder);
  return folder / name;
}
std::filesystem::path written(const std::string& name, const std::string& bytes) {
  const auto file = scratch(name);
  std::ofstream(file, std::ios::binary) << bytes;
  return file;
}

TEST(TableFile, CsvKeepsTextAndCountsBlankLines) {
  const auto t =
      read_table(written("a.csv",
                         "\xef\xbb\xbfTiêu đề\r\n\r\nMã,Tên\r\n03127,\"Him, \"\"Lam\"\"\r\n2\"\r\n"
                         ",,\r\n  3127 ,x,thừa\r\n\r\n"));
  ASSERT_EQ(t.rows.size(), 6u);
  EXPECT_EQ(t.width, 3u);
  EXPECT_EQ(t.rows[0].cells[0], "Tiêu đề");
  EXPECT_EQ(t.rows[2].row, 3);
  EXPECT_EQ(t.rows[3].cells[0], "03127");
  EXPECT_EQ(t.rows[3].cells[1], "Him, \"Lam\" 2");
  EXPECT_EQ(t.rows[5].row, 6);
  EXPECT_EQ(t.rows[5].cells, (std::vector<std::string>{"3127", "x", "thừa"}));
}

TEST(TableFile, CsvFindsItsDelimiter) {
  EXPECT_EQ(read_table(written("s.csv", "a;b\n1,5;2,5\n")).rows[1].cells[1], "2,5");
  EXPECT_EQ(read_table(written("t.csv", "a\tb\n1,5\t2\n")).rows[1].cells[0], "1,5");
  EXPECT_EQ(read_table(written("c.csv", "a,b\nx;y,2\n")).rows[1].cells[0], "x;y");
}

TEST(TableFile, CsvInALegacyEncodingNamesTheRow) {
  try {
    read_table(written("old.csv", "code,name\n1,ok\n2,\xd0i\xean Bi\xean\n"));
    FAIL();
  } catch (const geo::Error& e) {
    EXPECT_EQ(e.message, geo::msg("data.table_not_utf8", "old.csv", 3));
    EXPECT_EQ(e.remedy.id, "data.remedy_save_as_utf8");
    EXPECT_EQ(e.kind, geo::ErrorKind::io);
  }
  EXPECT_THROW(read_table(written("utf16.csv", std::string("\xff\xfe"
                                                           "a\0,\0b\0\n\0",
                                                           10))),
               geo::Error);
  EXPECT_THROW(read_table(written("quote.csv", "a,b\n\"1,2\n")), geo::Error);
}

TEST(TableFile, XlsxRowsAreTheSpreadsheets) {
  using namespace test;
  const auto file = scratch("rows.xlsx");
  write_xlsx(file, {{"Trống", ""},
                    {"Tuần 11", "<row r=\"3\">" + xlsx_text("B3", "Mã") + xlsx_text("C3", "Số") +
                                    "</row>" + "<row r=\"6\">" + xlsx_text("B6", "03127") +
                                    xlsx_number("C6", "0.22080000000000002") +
                                    xlsx_number("D6", "45102", 1) + xlsx_number("E6", "1.073") +
                                    xlsx_number("F6", "4.8209600000000002E5") + "</row>"}});
  const auto t = read_table(file);
  EXPECT_EQ(t.sheet, "Tuần 11");
  EXPECT_EQ(t.sheets, (std::vector<std::string>{"Trống", "Tuần 11"}));
  ASSERT_EQ(t.rows.size(), 6u);
  EXPECT_EQ(t.rows[2].cells[1], "Mã");
  EXPECT_EQ(t.rows[5].row, 6);
  EXPECT_EQ(t.rows[5].cells[1], "03127");
  EXPECT_EQ(t.rows[5].cells[2], "0.2208");
  EXPECT_EQ(t.rows[5].cells[3], "2023-06-25");
  EXPECT_EQ(t.rows[5].cells[4], "1.073");
  EXPECT_EQ(t.rows[5].cells[5], "482096");
  EXPECT_THROW(read_table(file, "Tuần 12"), geo::Error);
  EXPECT_EQ(read_table(file, "tuần 11").sheet, "Tuần 11");
}

TEST(TableFile, DamagedAndUnknownFilesAreRefused) {
  EXPECT_THROW(read_table(written("cut.xlsx", "PK\x03\x04 not really")), geo::Error);
  EXPECT_THROW(read_table(written("a.pdf", "%PDF-1.4")), geo::Error);
  EXPECT_THROW(read_table(scratch("absent.csv")), geo::Error);
  EXPECT_THROW(read_table("/vsicurl/http://example.org/a.csv"), geo::Error);
  EXPECT_THROW(read_table(written("vrt.xlsx", "<OGRVRTDataSource/>")), geo::Error);
}

TEST(TableFile, XlsxThatBreaksOffInTheMiddleIsNotTakenShort) {
  using namespace test;
  const auto file = scratch("broken.xlsx");
  write_xlsx(file,
             {{"S", "<row r=\"1\">" + xlsx_text("A1", "Mã") + "</row><row r=\"2\">" +
                        xlsx_text("A2", "1") + "</row><row r=\"3\"><c r=\"A3\"><v>1</w></row>"}});
  EXPECT_THROW(read_table(file), geo::Error);
}

TEST(TableFile, ColumnLetters) {
  EXPECT_EQ(column_letter(0), "A");
  EXPECT_EQ(column_letter(25), "Z");
  EXPECT_EQ(column_letter(26), "AA");
  EXPECT_EQ(column_letter(701), "ZZ");
  EXPECT_EQ(column_letter(702), "AAA");
}

}  // namespace
}  // namespace data
