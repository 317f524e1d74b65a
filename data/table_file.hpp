#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace data {

struct TableRow {
  std::int64_t row = 0;            ///< as a spreadsheet counts: blank rows count, the first is 1
  std::vector<std::string> cells;  ///< as typed, NFC and trimmed; all rows have Table::width cells
};

/// A sheet as text, nothing understood yet: blank rows are there, headings are rows like others.
struct Table {
  std::string file;                 ///< name without its folder, for issues
  std::string sheet;                ///< empty when the file has only one, unnamed
  std::vector<std::string> sheets;  ///< all of them
  std::size_t width = 0;
  std::vector<TableRow> rows;
};

/// CSV and its kin (comma, semicolon or tab; UTF-8 with or without BOM; quoted cells), and through
/// GDAL: XLSX, ODS, XLS, DBF and the tables of GeoPackage, GeoJSON… (their column names become row
/// 1). `sheet` empty: the first one with any text. Throws Error (io) for what is no regular file,
/// too large, not UTF-8, damaged, or of no kind we read; (usage) for a sheet that is not there.
Table read_table(const std::filesystem::path& file, const std::string& sheet = {});

/// A, B … Z, AA …: how a spreadsheet names the column with this index.
std::string column_letter(std::size_t column);

}  // namespace data
