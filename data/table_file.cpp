// The only file of this room that knows GDAL.
#include "data/table_file.hpp"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal.h>
#include <ogr_api.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "data/names.hpp"
#include "geo/error.hpp"
#include "geo/vector_file.hpp"

namespace data {
namespace {

using geo::Error;
using geo::ErrorKind;
using geo::msg;

// A province has thousands of communes, a country tens of thousands of settlements. What is much
// larger is not a table that an office sends, and would only fill the memory.
constexpr std::uintmax_t max_file_bytes = 256ull << 20;
constexpr std::uintmax_t max_unpacked_bytes = 512ull << 20;
constexpr std::size_t max_rows = 1'048'576;  // what a spreadsheet holds
constexpr std::size_t max_cells = 40'000'000;
constexpr std::size_t max_columns = 1024;

std::string extension(const std::filesystem::path& file) {
  auto e = file.extension().string();
  std::transform(e.begin(), e.end(), e.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return e;
}

[[noreturn]] void too_large(const std::string& file) {
  throw Error(ErrorKind::io, msg("data.table_too_large", file), file,
              msg("data.remedy_split_table"));
}

struct DatasetCloser {
  void operator()(GDALDatasetH d) const { GDALClose(d); }
};
using Dataset = std::unique_ptr<void, DatasetCloser>;
struct FeatureDestroyer {
  void operator()(OGRFeatureH f) const { OGR_F_Destroy(f); }
};
using Feature = std::unique_ptr<std::remove_pointer_t<OGRFeatureH>, FeatureDestroyer>;

/// GDAL's messages go nowhere while it lives; the last one is asked for where it matters.
class QuietGdal {
 public:
  QuietGdal() {
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
  }
  ~QuietGdal() { CPLPopErrorHandler(); }
  QuietGdal(const QuietGdal&) = delete;
  QuietGdal& operator=(const QuietGdal&) = delete;
};

/// Every cell as text and no row taken for headings: guessing those is our work, because a dirty
/// sheet begins with titles. Set for this thread only.
class AsTyped {
 public:
  AsTyped() {
    for (const auto& [key, value] : options) CPLSetThreadLocalConfigOption(key, value);
  }
  ~AsTyped() {
    for (const auto& [key, value] : options) CPLSetThreadLocalConfigOption(key, nullptr);
  }
  AsTyped(const AsTyped&) = delete;
  AsTyped& operator=(const AsTyped&) = delete;

 private:
  static constexpr std::array<std::pair<const char*, const char*>, 6> options{{
      {"OGR_XLSX_HEADERS", "DISABLE"},
      {"OGR_XLSX_FIELD_TYPES", "STRING"},
      {"OGR_ODS_HEADERS", "DISABLE"},
      {"OGR_ODS_FIELD_TYPES", "STRING"},
      {"OGR_XLS_HEADERS", "DISABLE"},
      {"OGR_XLS_FIELD_TYPES", "STRING"},
  }};
};

/// A spreadsheet keeps 0.2208 as 0.22080000000000002; people see and mean the short one. Only what
/// no hand types (17 digits, an exponent) is written anew.
std::string without_float_noise(std::string text) {
  std::size_t digits = 0;
  bool exponent = false;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      ++digits;
    } else if (c == 'e' || c == 'E') {
      exponent = true;
    } else if (c != '.' && c != '-' && c != '+') {
      return text;
    }
  }
  const bool point = text.find('.') != std::string::npos;
  if (digits == 0 || !((digits >= 16 && point) || (exponent && digits > 1))) return text;
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (end != text.c_str() + text.size()) return text;
  std::array<char, 40> out{};
  const int n = std::snprintf(out.data(), out.size(), "%.15g", value);
  return {out.data(), static_cast<std::size_t>(n)};
}

/// GDAL writes days as 2023/06/25 and times after them; the rest of the program reads ISO.
std::string iso_day(std::string text) {
  if (text.size() >= 10 && text[4] == '/' && text[7] == '/' &&
      (text.size() == 10 || text[10] == ' ')) {
    text[4] = text[7] = '-';
    if (text.size() > 10 && text.find_first_not_of(" 0:.+", 10) == std::string::npos)
      text.resize(10);  // midnight: a day was meant
  }
  return text;
}

const std::vector<const char*>* drivers_for(const std::string& ext) {
  static const std::vector<std::pair<std::string, std::vector<const char*>>> known{
      {".xlsx", {"XLSX", nullptr}},
      {".xlsm", {"XLSX", nullptr}},
      {".ods", {"ODS", nullptr}},
      {".xls", {"XLS", nullptr}},
      {".dbf", {"ESRI Shapefile", nullptr}},
      {".gpkg", {"GPKG", nullptr}},
      {".geojson", {"GeoJSON", nullptr}},
      {".json", {"GeoJSON", nullptr}},
      {".fgb", {"FlatGeobuf", nullptr}},
  };
  for (const auto& [e, drivers] : known) {
    if (e == ext) return &drivers;
  }
  return nullptr;
}

void append_row(Table& table, std::vector<std::string> cells, std::size_t& total) {
  while (!cells.empty() && cells.back().empty()) cells.pop_back();
  total += cells.size() + 1;
  if (table.rows.size() >= max_rows || total > max_cells || cells.size() > max_columns)
    too_large(table.file);
  table.width = std::max(table.width, cells.size());
  table.rows.push_back({static_cast<std::int64_t>(table.rows.size()) + 1, std::move(cells)});
}

void finish(Table& table) {
  while (!table.rows.empty() && table.rows.back().cells.empty()) table.rows.pop_back();
  for (auto& r : table.rows) r.cells.resize(table.width);
}

void read_layer(Table& table, OGRLayerH layer, bool spreadsheet) {
  OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
  const int fields = OGR_FD_GetFieldCount(definition);
  std::size_t total = 0;
  if (!spreadsheet) {
    std::vector<std::string> headings;
    for (int i = 0; i < fields; ++i)
      headings.push_back(tidy(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i))));
    append_row(table, std::move(headings), total);
  }
  OGR_L_ResetReading(layer);
  while (const Feature feature{OGR_L_GetNextFeature(layer)}) {
    std::vector<std::string> cells;
    for (int i = 0; i < fields; ++i) {
      std::string text;
      if (OGR_F_IsFieldSetAndNotNull(feature.get(), i) != 0)
        text = tidy(OGR_F_GetFieldAsString(feature.get(), i));
      cells.push_back(without_float_noise(iso_day(std::move(text))));
    }
    append_row(table, std::move(cells), total);
  }
}

Table read_with_gdal(const std::filesystem::path& file, const std::string& sheet,
                     const std::vector<const char*>& drivers) {
  static std::once_flag registered;
  std::call_once(registered, [] { GDALAllRegister(); });
  const QuietGdal quiet;
  const AsTyped as_typed;
  Table table;
  table.file = file.filename().string();
  const Dataset dataset(GDALOpenEx(file.string().c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY,
                                   drivers.data(), nullptr, nullptr));
  if (!dataset)
    throw Error(ErrorKind::io, msg("data.table_unreadable", table.file), table.file,
                msg("data.remedy_open_and_save_again"));
  const bool spreadsheet = drivers.front() == std::string_view("XLSX") ||
                           drivers.front() == std::string_view("ODS") ||
                           drivers.front() == std::string_view("XLS");
  const int layers = GDALDatasetGetLayerCount(dataset.get());
  OGRLayerH chosen = nullptr;
  for (int i = 0; i < layers; ++i) {
    OGRLayerH layer = GDALDatasetGetLayer(dataset.get(), i);
    table.sheets.push_back(tidy(OGR_L_GetName(layer)));
    const bool wanted = sheet.empty() ? chosen == nullptr && OGR_L_GetFeatureCount(layer, 1) > 0
                                      : fold_name(table.sheets.back()) == fold_name(sheet);
    if (wanted && chosen == nullptr) {
      chosen = layer;
      table.sheet = table.sheets.back();
    }
  }
  if (chosen == nullptr && !sheet.empty()) {
    std::string names;
    for (const auto& s : table.sheets) names += (names.empty() ? "" : ", ") + s;
    throw Error(ErrorKind::usage, msg("data.no_such_sheet", sheet), table.file,
                msg("data.remedy_choose_sheet", names));
  }
  if (chosen != nullptr) read_layer(table, chosen, spreadsheet);
  // The drivers stop in the middle of a broken part and only leave a message behind.
  if (CPLGetLastErrorType() >= CE_Failure)
    throw Error(ErrorKind::io, msg("data.table_cut_short", table.file, table.rows.size()),
                table.file, msg("data.remedy_open_and_save_again"));
  finish(table);
  return table;
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in || in.bad())
    throw Error(ErrorKind::io, msg("data.table_unreadable", file.filename().string()),
                file.filename().string(), msg("data.remedy_open_and_save_again"));
  return bytes;
}

void require_utf8(const std::string& bytes, const std::string& file) {
  if (is_utf8(bytes) && bytes.find('\0') == std::string::npos) return;
  std::size_t row = 1, start = 0;
  while (start < bytes.size()) {
    const auto end = std::min(bytes.find('\n', start), bytes.size());
    const auto line = std::string_view(bytes).substr(start, end - start);
    if (!is_utf8(line) || line.find('\0') != std::string_view::npos) break;
    start = end + 1;
    ++row;
  }
  throw Error(ErrorKind::io, msg("data.table_not_utf8", file, row), file,
              msg("data.remedy_save_as_utf8"));
}

/// The one that cuts most of the first lines into the same number of cells; quoted text does not
/// count. Commas inside numbers (1,5;2,5) and semicolons inside text come and go.
char delimiter_of(std::string_view text) {
  constexpr std::array<char, 3> candidates{',', ';', '\t'};
  std::array<std::map<std::size_t, std::size_t>, 3> lines;  // cuts in a line → lines with as many
  std::array<std::size_t, 3> cuts{};
  std::size_t seen = 0;
  bool quoted = false;
  for (std::size_t at = 0; at <= text.size() && seen < 100; ++at) {
    if (at == text.size() || (text[at] == '\n' && !quoted)) {
      for (std::size_t i = 0; i < cuts.size(); ++i) {
        if (cuts[i] > 0) ++lines[i][cuts[i]];
      }
      cuts.fill(0);
      ++seen;
    } else if (text[at] == '"') {
      quoted = !quoted;
    } else if (!quoted) {
      for (std::size_t i = 0; i < cuts.size(); ++i)
        cuts[i] += static_cast<std::size_t>(text[at] == candidates[i]);
    }
  }
  char best = ',';
  std::pair<std::size_t, std::size_t> most{};
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    for (const auto& [n, of_them] : lines[i]) {
      if (std::pair(of_them, n) > most) {
        most = {of_them, n};
        best = candidates[i];
      }
    }
  }
  return best;
}

/// Our own reader: GDAL's leaves out blank lines, so that rows would be counted otherwise than a
/// spreadsheet does, and cuts lines longer than the first, which in a dirty file is a title.
Table read_csv(const std::filesystem::path& file) {
  Table table;
  table.file = file.filename().string();
  std::string bytes = bytes_of(file);
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.erase(0, 3);
  require_utf8(bytes, table.file);
  const char delimiter = delimiter_of(bytes);
  std::vector<std::string> cells;
  std::string cell;
  bool quoted = false, was_quoted = false;
  std::size_t total = 0;
  const auto end_cell = [&] {
    cells.push_back(tidy(cell));
    cell.clear();
    was_quoted = false;
  };
  const auto end_row = [&] {
    end_cell();
    append_row(table, std::move(cells), total);
    cells.clear();
  };
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (quoted) {
      if (c != '"') {
        cell += c;
      } else if (i + 1 < bytes.size() && bytes[i + 1] == '"') {
        cell += bytes[++i];
      } else {
        quoted = false;
      }
    } else if (c == '"' && !was_quoted && cell.find_first_not_of(' ') == std::string::npos) {
      quoted = was_quoted = true;
      cell.clear();
    } else if (c == delimiter) {
      end_cell();
    } else if (c == '\n' || c == '\r') {
      if (c == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n') ++i;
      end_row();
    } else {
      cell += c;
    }
  }
  if (quoted)
    throw Error(ErrorKind::io, msg("data.csv_open_quote", table.file, table.rows.size() + 1),
                table.file, msg("data.remedy_close_quote"));
  if (!cell.empty() || !cells.empty()) end_row();
  finish(table);
  return table;
}

}  // namespace

std::string column_letter(std::size_t column) {
  std::string letters;
  for (std::size_t n = column + 1; n > 0; n = (n - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (n - 1) % 26));
  return letters;
}

Table read_table(const std::filesystem::path& file, const std::string& sheet) {
  geo::require_plain_file(file, max_file_bytes, max_unpacked_bytes);
  const auto ext = extension(file);
  if (ext == ".csv" || ext == ".tsv" || ext == ".txt") return read_csv(file);
  const auto* drivers = drivers_for(ext);
  if (drivers == nullptr)
    throw Error(ErrorKind::io, msg("data.table_kind_unknown", file.filename().string()),
                file.filename().string(), msg("data.remedy_save_as_table"));
  return read_with_gdal(file, sheet, *drivers);
}

}  // namespace data
