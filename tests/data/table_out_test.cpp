#include "data/table_out.hpp"

#include <cpl_vsi.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ogr_api.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

#include "data/names.hpp"
#include "data/table_file.hpp"
#include "geo/error.hpp"
#include "geo/random.hpp"
#include "tests/data/qgis.hpp"
#include "tests/data/tiny_workspace.hpp"

namespace {

using data::TableOut;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using Kind = data::TableOut::Kind;

constexpr std::monostate empty{};

geo::Date day(const char* text) { return *geo::parse_date(text); }

/// Two communes: one with everything, one that has not reported.
TableOut small() {
  TableOut table;
  table.title = "Tỉnh Thử · Kích hoạt mức 2";
  table.notes_title = "Ghi chú";
  table.notes = {"Lọc: huyện Nậm Pồ", "DỮ LIỆU MẪU – không phải số liệu thật"};
  table.columns = {{"code", "Mã", Kind::text},
                   {"name", "Xã", Kind::text},
                   {"shortfall", "Còn thiếu (người)", Kind::people},
                   {"rate", "Tỷ lệ", Kind::share},
                   {"score", "Điểm", Kind::decimal},
                   {"as_of", "Báo cáo ngày", Kind::date}};
  table.rows = {
      {std::string("03127"), std::string("Xã Mường Tùng"), 7222.8, 0.18765, 0.75,
       day("2023-08-27")},
      {std::string("00012"), std::string("Xã Đắk Nông, \"cũ\""), empty, empty, empty, empty}};
  return table;
}

TableOut one_text(const std::string& text) {
  TableOut table;
  table.columns = {{"name", "Tên", Kind::text}, {"n", "Số", Kind::people}};
  table.rows = {{text, -5.0}};
  return table;
}

std::string slurp(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

/// Cells as a program sees them that separates by this sign and minds quotes only where a cell
/// begins with one: what RFC 4180 says for the comma, and what a spreadsheet set to another
/// separator does to the same file.
std::vector<std::string> cells_of(std::string_view text, char separator) {
  std::vector<std::string> cells(1);
  for (std::size_t i = 0; i < text.size();) {
    if (cells.back().empty() && text[i] == '"') {
      for (++i; i < text.size(); ++i) {
        if (text[i] == '"' && i + 1 < text.size() && text[i + 1] == '"')
          cells.back() += text[++i];
        else if (text[i] == '"')
          break;
        else
          cells.back() += text[i];
      }
      ++i;
      continue;
    }
    if (text[i] == separator || text[i] == '\r' || text[i] == '\n')
      cells.emplace_back();
    else
      cells.back() += text[i];
    ++i;
  }
  return cells;
}

/// Whether a program that takes white space and quotes off would run the cell.
bool runs(const std::string& cell) {
  const auto begin = cell.find_first_not_of(" \"\t\r\n");
  return begin != std::string::npos && std::string("=+-@").find(cell[begin]) != std::string::npos;
}

std::string csv(const TableOut& table) {
  const auto file = tiny::fresh("out.csv");
  data::write_csv(table, file);
  return slurp(file);
}

TEST(TableOut, CsvIsRfc4180WithNotesBeforeTheHeadings) {
  EXPECT_EQ(csv(small()),
            "\xef\xbb\xbf"
            "Lọc: huyện Nậm Pồ,,,,,\r\n"
            "DỮ LIỆU MẪU – không phải số liệu thật,,,,,\r\n"
            "Mã,Xã,Còn thiếu (người),Tỷ lệ,Điểm,Báo cáo ngày\r\n"
            "03127,Xã Mường Tùng,7222.8,0.18765,0.75,2023-08-27\r\n"
            "00012,\"Xã Đắk Nông, \"\"cũ\"\"\",,,,\r\n");
}

TEST(TableOut, CsvThatARoomOfOursReadsAgain) {
  const auto file = tiny::fresh("again.csv");
  data::write_csv(small(), file);
  const data::Table table = data::read_table(file);
  ASSERT_EQ(table.rows.size(), 5U);
  EXPECT_THAT(table.rows[3].cells,
              ElementsAre("03127", "Xã Mường Tùng", "7222.8", "0.18765", "0.75", "2023-08-27"));
  EXPECT_THAT(table.rows[4].cells, ElementsAre("00012", "Xã Đắk Nông, \"cũ\"", "", "", "", ""));
}

TEST(TableOut, NumbersAreNumbersAndWhatIsNoneIsEmpty) {
  TableOut table;
  table.columns = {{"a", "A", Kind::people},
                   {"b", "B", Kind::people},
                   {"c", "C", Kind::share},
                   {"d", "D", Kind::people},
                   {"e", "E", Kind::decimal}};
  table.rows = {{-12.0, 1e9, 0.1 + 0.2, std::numeric_limits<double>::quiet_NaN(), 0.0}};
  EXPECT_THAT(csv(table), HasSubstr("\r\n-12,1000000000,0.3,,0\r\n"));
}

TEST(TableOut, TextThatASpreadsheetWouldRunIsMadeHarmless) {
  for (const char* text : {"=1+1",
                           "+1",
                           "-1",
                           "@SUM(A1)",
                           "\t=1",
                           "\r=1",
                           "\n=1",
                           " =1",
                           "  +cmd|' /C calc'!A0",
                           "\u00a0=1",
                           "\u200b=1",
                           "\ufeff=1",
                           "\"=1",
                           "\uff1d1+1",
                           "\uff0b1",
                           "\uff20A",
                           "-",
                           "a;=1",
                           "a\n=1",
                           "a\t@b",
                           "a;\"=1\"",
                           "a; =HYPERLINK(\"x\")"}) {
    SCOPED_TRACE(text);
    EXPECT_NE(data::harmless(text), text);
    const std::string out = csv(one_text(text));
    const std::string body = out.substr(out.find("\r\n") + 2);
    for (const char separator : {',', ';', '\t'}) {
      auto cells = cells_of(body, separator);
      if (separator == ',') {
        EXPECT_EQ(cells[1], "-5") << "a number is never touched";
        cells[1].clear();
      }
      for (const auto& cell : cells) EXPECT_FALSE(cell != "-5" && runs(cell)) << separator << cell;
    }
  }
  for (const char* text : {"", "Xã Mường Tùng", "a=b", "1+1", "Mường-Lay", "a, b", "– không rõ",
                           "'=1", "Tổ 1; Tổ 2", "dòng 1\ndòng 2"}) {
    EXPECT_EQ(data::harmless(text), text);
    EXPECT_EQ(data::harmless(data::harmless(text)), data::harmless(text));
  }
}

TEST(TableOut, WhateverTheTextNothingRunsAndNothingIsLost) {
  const std::vector<std::string> pieces = {"=",      "+",
                                           "-",      "@",
                                           "\t",     "\r",
                                           "\n",     "\"",
                                           "'",      ",",
                                           ";",      " ",
                                           "a",      "1",
                                           "ế",      "Đ",
                                           "|",      "!",
                                           "(",      ")",
                                           "\\",     "\u00a0",
                                           "\u200b", "\uff1d",
                                           "<",      "&",
                                           "]]>",    "_x0041_",
                                           "{=",     "%",
                                           "\x01",   "\x7f",
                                           "\xff",   "\xed\xa0\x80",
                                           "\uffff", "😀"};
  geo::Random random(20231121);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::uint32_t n = random.below(9); n > 0; --n)
      text += pieces[random.below(static_cast<std::uint32_t>(pieces.size()))];
    SCOPED_TRACE(testing::PrintToString(text));
    const std::string clean = data::writable(text);
    ASSERT_TRUE(data::is_utf8(clean));
    ASSERT_EQ(data::writable(clean), clean);
    const std::string safe = data::harmless(clean);
    ASSERT_EQ(data::harmless(safe), safe) << "once is enough";
    // Only apostrophes came in.
    std::size_t at = 0;
    for (const char c : safe)
      if (at < clean.size() && clean[at] == c)
        ++at;
      else
        ASSERT_EQ(c, '\'');
    ASSERT_EQ(at, clean.size());
    for (const char separator : {',', ';', '\t'}) {
      std::string line = "x,\"";
      for (const char c : safe) line += c == '"' ? std::string("\"\"") : std::string(1, c);
      line += "\"";
      for (const auto& cell : cells_of(line, separator)) ASSERT_FALSE(runs(cell)) << separator;
    }
  }
}

/// A file inside an .xlsx.
std::string inside(const std::filesystem::path& file, const std::string& name) {
  const std::string path = "/vsizip/{" + file.string() + "}/" + name;
  VSILFILE* in = VSIFOpenL(path.c_str(), "rb");
  if (in == nullptr) return {};
  std::string out(1 << 20, '\0');
  out.resize(VSIFReadL(out.data(), 1, out.size(), in));
  VSIFCloseL(in);
  return out;
}

TEST(TableOut, XlsxHasTypesFormatsFrozenHeadingsAndAFilter) {
  const auto file = tiny::fresh("small.xlsx");
  data::write_xlsx(small(), file);
  const data::Table table = data::read_table(file);
  EXPECT_THAT(table.sheets, ElementsAre("Tỉnh Thử · Kích hoạt mức 2", "Ghi chú"));
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_THAT(table.rows[0].cells,
              ElementsAre("Mã", "Xã", "Còn thiếu (người)", "Tỷ lệ", "Điểm", "Báo cáo ngày"));
  EXPECT_EQ(table.rows[1].cells[0], "03127");
  EXPECT_EQ(table.rows[1].cells[2], "7222.8");
  EXPECT_THAT(table.rows[1].cells[5], testing::AnyOf("2023-08-27", "2023/08/27", "27/8/2023"));
  EXPECT_EQ(table.rows[2].cells[1], "Xã Đắk Nông, \"cũ\"");
  EXPECT_EQ(table.rows[2].cells[2], "") << "not reported is empty, not 0";
  const data::Table notes = data::read_table(file, "Ghi chú");
  ASSERT_EQ(notes.rows.size(), 2U);
  EXPECT_EQ(notes.rows[1].cells[0], "DỮ LIỆU MẪU – không phải số liệu thật");

  const std::string sheet = inside(file, "xl/worksheets/sheet1.xml");
  EXPECT_THAT(sheet, HasSubstr("<autoFilter ref=\"A1:F3\"/>"));
  EXPECT_THAT(sheet, HasSubstr("state=\"frozen\""));
  EXPECT_THAT(sheet, HasSubstr("<v>7222.8"));
  EXPECT_THAT(sheet, Not(HasSubstr("r=\"C3\""))) << "no cell at all where there is no number";
  const std::string styles = inside(file, "xl/styles.xml");
  EXPECT_THAT(styles, HasSubstr("formatCode=\"d/m/yyyy\""));
  EXPECT_THAT(styles, HasSubstr("formatCode=\"0.0%\""));
}

TEST(TableOut, XlsxTextIsTextWhateverItBeginsWith) {
  TableOut table = one_text("=1+1");
  table.notes = {"=cmd|' /C calc'!A0"};
  table.columns[0].title = "@SUM(1)";
  for (const char* text : {"{=1}", "http://example.org/a", "mailto:a@example.org", "'", " ", "",
                           "internal:Sheet1!A1", "<v>&amp;", "_x0041_", "-5"})
    table.rows.push_back({std::string(text), empty});
  const auto file = tiny::fresh("text.xlsx");
  data::write_xlsx(table, file);
  for (const char* name : {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}) {
    const std::string sheet = inside(file, name);
    ASSERT_FALSE(sheet.empty());
    EXPECT_THAT(sheet, Not(HasSubstr("<f"))) << "a formula";
    EXPECT_THAT(sheet, Not(HasSubstr("hyperlink"))) << "a link";
  }
  const data::Table read = data::read_table(file);
  EXPECT_EQ(read.rows[1].cells[0], "=1+1");
  EXPECT_EQ(read.rows[0].cells[0], "@SUM(1)");
}

TEST(TableOut, XlsxTakesAnyTitleAndAnyText) {
  for (const char* title :
       {"", "'", "a/b\\c*d?e[f]:g", "ghi chú", "Ghi chú", "'x'",
        "Một cái tên dài hơn ba mươi mốt ký tự của một trang tính", "ế\xff\x01"}) {
    SCOPED_TRACE(title);
    TableOut table = one_text(std::string(40'000, 'x') + "\xff\x01\x02");
    table.title = title;
    table.notes = {"x"};
    table.notes_title = "Ghi chú";
    const auto file = tiny::fresh("title.xlsx");
    ASSERT_NO_THROW(data::write_xlsx(table, file));
    const data::Table read = data::read_table(file);
    ASSERT_EQ(read.sheets.size(), 2U);
    EXPECT_EQ(read.rows.at(1).cells.at(0), std::string(32'767, 'x')) << "what a cell can hold";
  }
}

TEST(TableOut, OddTextsComeBackFromASpreadsheetAsTheyWere) {
  const std::vector<std::string> pieces = {"=",  "+", "\"", "'", ",",      ";",   "a",
                                           "1",  "ế", "Đ",  "<", "&",      "]]>", "_x0041_",
                                           "{=", "%", "\\", "😀", "e\u0301"};
  geo::Random random(7);
  TableOut table;
  table.columns = {{"n", "Số", Kind::people}, {"name", "Tên", Kind::text}};
  for (int i = 0; i < 400; ++i) {
    std::string text;
    for (std::uint32_t n = 1 + random.below(6); n > 0; --n)
      text += pieces[random.below(static_cast<std::uint32_t>(pieces.size()))];
    table.rows.push_back({1.0 * i, text});
  }
  const auto file = tiny::fresh("odd.xlsx");
  data::write_xlsx(table, file);
  const data::Table read = data::read_table(file);
  ASSERT_EQ(read.rows.size(), table.rows.size() + 1);
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    EXPECT_EQ(read.rows[i + 1].cells[1], data::tidy(std::get<std::string>(table.rows[i][1])));
}

data::MapOut small_map() {
  data::MapOut map;
  map.shapes = {tiny::square(103, 21), tiny::square(103.1, 21)};
  map.classes = {{"dưới 20%", "#a63603"}, {"20 – 60%", "#fd8d3c"}, {"từ 60% <&>", "#02818a"}};
  map.of_row = {1, std::nullopt};
  map.no_class_label = "chưa báo cáo (khác với 0)";
  map.label_column = "name";
  return map;
}

TEST(TableOut, GeopackageKeepsTypesShapesAndNotes) {
  const auto file = tiny::fresh("small.gpkg");
  data::write_geopackage(small(), small_map(), file);
  const data::Table read = data::read_table(file, "communes");
  const auto column = [&](const std::string& name) {
    const auto& headings = read.rows.at(0).cells;
    return static_cast<std::size_t>(std::find(headings.begin(), headings.end(), name) -
                                    headings.begin());
  };
  ASSERT_EQ(read.rows.size(), 3U);
  EXPECT_EQ(read.rows[1].cells.at(column("code")), "03127");
  EXPECT_EQ(read.rows[1].cells.at(column("shortfall")), "7222.8");
  EXPECT_EQ(read.rows[1].cells.at(column("map_class")), "2");
  EXPECT_EQ(read.rows[2].cells.at(column("shortfall")), "") << "not reported is empty, not 0";
  EXPECT_EQ(read.rows[2].cells.at(column("as_of")), "");
  EXPECT_EQ(read.rows[2].cells.at(column("map_class")), "0");
  const data::Table notes = data::read_table(file, "notes");
  ASSERT_EQ(notes.rows.size(), 3U);

  OGRRegisterAll();
  OGRDataSourceH dataset = OGROpen(file.c_str(), 0, nullptr);
  ASSERT_NE(dataset, nullptr);
  OGRLayerH layer = OGR_DS_GetLayerByName(dataset, "communes");
  OGREnvelope box{};
  ASSERT_EQ(OGR_L_GetExtent(layer, &box, 1), OGRERR_NONE);
  EXPECT_DOUBLE_EQ(box.MinX, 103);
  EXPECT_DOUBLE_EQ(box.MaxX, 103.2);
  EXPECT_DOUBLE_EQ(box.MinY, 21);
  OGR_DS_Destroy(dataset);
}

#ifndef _WIN32

TEST(E2eTableOut, QgisOpensTheGeopackageColoured) {
  const std::string python = qgis::python();
  if (python.empty()) GTEST_SKIP() << "python3-qgis is not installed";
  const auto file = tiny::fresh("Điện Biên.gpkg");
  data::write_geopackage(small(), small_map(), file);
  const std::string seen = qgis::answer(python, "qgis_style.py", file.string());
  EXPECT_THAT(seen, HasSubstr("crs EPSG:4326\nfeatures 2\n"
                              "renderer categorizedSymbol map_class\n"));
  // Qt: 1 is a solid line, 2 a dashed one.
  EXPECT_THAT(seen, HasSubstr("category 1 #a63603 1 dưới 20%\ncategory 2 #fd8d3c 1 20 – 60%\n"
                              "category 3 #02818a 1 từ 60% <&>\n"
                              "category 0 #f4f4f4 2 chưa báo cáo (khác với 0)\n"));
  EXPECT_THAT(seen, HasSubstr("labels name 1\n"));
  EXPECT_THAT(seen, HasSubstr("field shortfall Real Còn thiếu (người)\n"));
  EXPECT_THAT(seen, HasSubstr("field as_of Date Báo cáo ngày\n"));
  EXPECT_THAT(seen, HasSubstr("feature 03127 #fd8d3c shape\nfeature 00012 #f4f4f4 shape\n"));
  EXPECT_THAT(seen, HasSubstr("note DỮ LIỆU MẪU – không phải số liệu thật\n"));
}

using Write = void (*)(const std::filesystem::path&);
const std::vector<std::pair<const char*, Write>> writers = {
    {"a.csv", [](const auto& file) { data::write_csv(small(), file); }},
    {"a.xlsx", [](const auto& file) { data::write_xlsx(small(), file); }},
    {"a.gpkg", [](const auto& file) { data::write_geopackage(small(), small_map(), file); }}};

TEST(TableOut, AnOldFileIsReplacedWholeAndNothingElseIsLeft) {
  for (const auto& [name, write] : writers) {
    const auto file = tiny::fresh(std::string("replace/") + name);
    std::ofstream(file) << "old";
    write(file);
    EXPECT_GT(std::filesystem::file_size(file), 100U);
    write(file);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(file.parent_path()), {}), 1);
    std::filesystem::remove(file);
  }
}

TEST(TableOut, WhatCannotBeWrittenSaysWhyAndKeepsTheOldFile) {
  for (const auto& [name, write] : writers) {
    const auto says = [&, write = write](const std::filesystem::path& file, const char* id) {
      try {
        write(file);
        ADD_FAILURE() << file << " was written";
      } catch (const geo::Error& error) {
        EXPECT_EQ(error.message.id, id) << error.what();
        EXPECT_EQ(error.kind, geo::ErrorKind::io);
        EXPECT_EQ(error.where, file.string());
      }
    };
    const auto folder = tiny::fresh(std::string("trouble/") + name).parent_path();
    says(folder / "missing" / name, "data.out_no_folder");
    std::filesystem::create_directories(folder / "folder" / name);
    says(folder / "folder" / name, "data.out_is_folder");
    if (geteuid() == 0) continue;  // who may write everywhere
    const auto kept = folder / name;
    std::ofstream(kept) << "old";
    ::chmod(folder.c_str(), 0500);
    says(kept, "data.out_not_writable");
    ::chmod(folder.c_str(), 0700);
    EXPECT_EQ(slurp(kept), "old");
  }
}

#endif

}  // namespace
