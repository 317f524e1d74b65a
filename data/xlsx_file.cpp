// The only file that knows libxlsxwriter.
#include <utf8proc.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <memory>
#include <set>

#include "data/names.hpp"
#include "data/table_out.hpp"
#include "data/unfinished_file.hpp"
#include "geo/path_text.hpp"

namespace data {
namespace {

constexpr std::size_t most_characters = 32'767;  // what a cell of a spreadsheet holds
constexpr std::size_t most_of_a_name = 31;       // and the name of a sheet
constexpr std::size_t most_width = 60;           // of a column; longer text takes several lines

struct WorkbookFree {
  void operator()(lxw_workbook* workbook) const { lxw_workbook_free(workbook); }
};
using Workbook = std::unique_ptr<lxw_workbook, WorkbookFree>;

/// The first so many characters.
std::string first_of(const std::string& text, std::size_t most) {
  std::size_t bytes = 0, count = 0;
  while (bytes < text.size()) {
    const bool begins = (static_cast<unsigned char>(text[bytes]) & 0xc0) != 0x80;
    if (begins && count++ == most) break;
    ++bytes;
  }
  return text.substr(0, bytes);
}

std::string cell_text(const std::string& text) { return first_of(writable(text), most_characters); }

/// A sheet's name may not hold some signs, nor begin or end with an apostrophe.
std::string sheet_name(const std::string& wanted, const std::string& otherwise) {
  std::string name = writable(wanted);
  for (char& c : name)
    if (std::string_view("[]:*?/\\\t\r\n").find(c) != std::string_view::npos) c = ' ';
  name = first_of(name, most_of_a_name);
  while (!name.empty() && (name.front() == '\'' || name.front() == ' ')) name.erase(0, 1);
  while (!name.empty() && (name.back() == '\'' || name.back() == ' ')) name.pop_back();
  return name.empty() ? otherwise : name;
}

struct Formats {
  lxw_format *heading, *text, *people, *share, *decimal, *tenths, *date, *note;

  explicit Formats(lxw_workbook* book) {
    const auto with = [book](const char* number) {
      lxw_format* format = workbook_add_format(book);
      if (number != nullptr) format_set_num_format(format, number);
      return format;
    };
    text = with("@");  // a code stays text when it is edited: 03127
    people = with("#,##0");
    share = with("0.0%");
    decimal = with("#,##0.00");
    tenths = with("#,##0.0");
    date = with("d/m/yyyy");
    note = with("@");
    format_set_text_wrap(note);
    heading = with(nullptr);
    format_set_bold(heading);
    format_set_text_wrap(heading);
    format_set_align(heading, LXW_ALIGN_VERTICAL_CENTER);
    format_set_bottom(heading, LXW_BORDER_THIN);
  }
  lxw_format* of(TableOut::Kind kind) const {
    switch (kind) {
      case TableOut::Kind::people:
        return people;
      case TableOut::Kind::share:
        return share;
      case TableOut::Kind::decimal:
        return decimal;
      case TableOut::Kind::tenths:
        return tenths;
      case TableOut::Kind::date:
        return date;
      case TableOut::Kind::text:
        break;
    }
    return text;
  }
};

std::size_t width_of(const std::string& text) {
  std::size_t width = 0;
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t code = 0;
    const auto read = std::max<utf8proc_ssize_t>(1, utf8proc_iterate(at, left, &code));
    width += static_cast<std::size_t>(std::max(0, utf8proc_charwidth(code)));
    at += read;
    left -= read;
  }
  return width;
}

/// About what the cell takes when it is shown with its format.
std::size_t width_of(const TableOut::Cell& cell, TableOut::Kind kind) {
  if (const auto* text = std::get_if<std::string>(&cell)) return width_of(*text);
  if (std::holds_alternative<geo::Date>(cell)) return 10;
  const auto* number = std::get_if<double>(&cell);
  if (number == nullptr || !std::isfinite(*number)) return 0;
  const double shown = kind == TableOut::Kind::share ? *number * 100 : *number;
  const auto digits = static_cast<std::size_t>(std::log10(std::max(1.0, std::abs(shown)))) + 1;
  return digits + digits / 3 + (kind == TableOut::Kind::people ? 0 : 3);
}

lxw_row_t row_of(std::size_t row) { return static_cast<lxw_row_t>(row); }
lxw_col_t col_of(std::size_t column) { return static_cast<lxw_col_t>(column); }

void write_cell(lxw_worksheet* sheet, std::size_t row, std::size_t column,
                const TableOut::Cell& cell, TableOut::Kind kind, const Formats& formats) {
  lxw_format* format = formats.of(kind);
  if (std::holds_alternative<std::string>(cell))
    format = width_of(cell, kind) > most_width ? formats.note : formats.text;
  if (std::holds_alternative<geo::Date>(cell)) format = formats.date;
  if (const auto* text = std::get_if<std::string>(&cell)) {
    // write_string never makes a formula or a link of it, whatever it begins with.
    worksheet_write_string(sheet, row_of(row), col_of(column), cell_text(*text).c_str(), format);
  } else if (const auto* day = std::get_if<geo::Date>(&cell)) {
    const std::chrono::year_month_day ymd{day->day};
    lxw_datetime when{};
    when.year = static_cast<int>(ymd.year());
    when.month = static_cast<int>(static_cast<unsigned>(ymd.month()));
    when.day = static_cast<int>(static_cast<unsigned>(ymd.day()));
    if (when.year >= 1900 && when.year <= 9999)
      worksheet_write_datetime(sheet, row_of(row), col_of(column), &when, format);
    else  // spreadsheets count days from 1900
      worksheet_write_string(sheet, row_of(row), col_of(column), geo::iso(*day).c_str(), nullptr);
  } else if (const auto* number = std::get_if<double>(&cell);
             number != nullptr && std::isfinite(*number)) {
    worksheet_write_number(sheet, row_of(row), col_of(column), *number, format);
  }
}

void write_rows(lxw_worksheet* sheet, const TableOut& table, const Formats& formats) {
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const TableOut::Column& column = table.columns[c];
    // A long heading takes two lines rather than a wide column.
    std::size_t width = std::min<std::size_t>(width_of(column.title), 14);
    for (const auto& row : table.rows)
      if (c < row.size()) width = std::max(width, width_of(row[c], column.kind));
    worksheet_set_column(sheet, col_of(c), col_of(c),
                         static_cast<double>(std::clamp<std::size_t>(width, 6, most_width)) + 2.5,
                         nullptr);
    worksheet_write_string(sheet, 0, col_of(c), cell_text(column.title).c_str(), formats.heading);
    for (std::size_t r = 0; r < table.rows.size(); ++r)
      if (c < table.rows[r].size())
        write_cell(sheet, r + 1, c, table.rows[r][c], column.kind, formats);
  }
  worksheet_set_row(sheet, 0, 32, nullptr);
  worksheet_freeze_panes(sheet, 1, 0);
  if (!table.columns.empty())
    worksheet_autofilter(sheet, 0, 0, row_of(table.rows.size()), col_of(table.columns.size() - 1));
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, 9);  // A4
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_repeat_rows(sheet, 0, 0);
  worksheet_set_footer(sheet, "&L&A&R&P / &N");
}

geo::Error error_of(const UnfinishedFile& unfinished, lxw_error error, int reason) {
  const bool system = error == LXW_ERROR_CREATING_XLSX_FILE ||
                      error == LXW_ERROR_CREATING_TMPFILE || error == LXW_ERROR_READING_TMPFILE ||
                      error == LXW_ERROR_ZIP_FILE_OPERATION || error == LXW_ERROR_ZIP_CLOSE ||
                      error == LXW_ERROR_ZIP_FILE_ADD;
  if (system && reason != 0) return unfinished.failed(reason);
  return unfinished.failed(EIO, lxw_strerror(error));
}

/// A workbook that grows sheet by sheet and is put in place when it is whole.
class Book {
 public:
  explicit Book(const std::filesystem::path& file)
      : unfinished_(file), book_(open(unfinished_.path())), formats_(book_.get()) {}

  /// Names that differ in case only count as the same one.
  lxw_worksheet* add(const std::string& wanted, const std::string& otherwise) {
    const std::string name = sheet_name(wanted, otherwise);
    std::string free = name;
    for (std::size_t n = 2; !names_.insert(fold_name(free)).second; ++n) {
      const std::string end = ' ' + std::to_string(n);
      free = first_of(name, most_of_a_name - end.size()) + end;
    }
    lxw_worksheet* sheet = workbook_add_worksheet(book_.get(), free.c_str());
    if (sheet == nullptr) sheet = workbook_add_worksheet(book_.get(), nullptr);
    if (sheet == nullptr) throw std::bad_alloc();
    return sheet;
  }
  void add(const TableOut& table) { write_rows(add(table.title, "Phu Song"), table, formats_); }
  void add_notes(const TableOut& table) {
    lxw_worksheet* sheet = add(table.notes_title, "Notes");
    worksheet_set_column(sheet, 0, 0, 110, nullptr);
    for (std::size_t i = 0; i < table.notes.size(); ++i)
      worksheet_write_string(sheet, row_of(i), 0, cell_text(table.notes[i]).c_str(), formats_.note);
  }
  void finish(const std::string& wanted) {
    std::string title = first_of(writable(wanted), 255);
    lxw_doc_properties properties{};
    properties.title = title.data();
    workbook_set_properties(book_.get(), &properties);
    errno = 0;
    const lxw_error error = workbook_close(book_.release());  // frees it, however it ends
    if (error != LXW_NO_ERROR) throw error_of(unfinished_, error, errno);
    unfinished_.finish();
  }

 private:
  static Workbook open(const std::filesystem::path& file) {
    Workbook book(workbook_new(geo::utf8(file).c_str()));
    if (!book) throw std::bad_alloc();
    return book;
  }
  UnfinishedFile unfinished_;
  Workbook book_;
  Formats formats_;
  std::set<std::string> names_;
};

}  // namespace

void write_xlsx(const TableOut& table, const std::filesystem::path& file) {
  Book book(file);
  book.add(table);
  book.add_notes(table);
  book.finish(table.title);
}

void write_xlsx(std::span<const TableOut> tables, const std::string& title,
                const std::filesystem::path& file) {
  Book book(file);
  for (const TableOut& table : tables) book.add(table);
  // What is said of one of them, and whether it is made up, is said of all.
  const auto noted = std::find_if(tables.begin(), tables.end(),
                                  [](const TableOut& table) { return !table.notes.empty(); });
  if (noted != tables.end()) book.add_notes(*noted);
  book.finish(title);
}

}  // namespace data
