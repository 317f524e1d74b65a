#pragma once
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "data/cell.hpp"
#include "data/column_mapping.hpp"
#include "data/import_records.hpp"
#include "data/matching.hpp"
#include "data/table_file.hpp"

namespace data {

/// Reads the rows of one sheet field by field: fills the preview's rows and tells what could not be
/// taken. One row at a time: begin() it, read its fields, set what was understood in row().
class TableRows {
 public:
  TableRows(const Table& table, const SheetReading& reading, ImportKind kind,
            ImportPreview& preview);

  void begin(std::size_t index);  ///< of Table::rows; appends a RowReading to the preview
  RowReading& row() { return preview_.rows.back(); }
  std::int64_t row_number() const { return table_.rows[index_].row; }

  const std::string& raw(std::string_view field) const;
  /// Not reported cells answer nothing, with an Issue at info level when `tell`; cells that are no
  /// such number answer nothing with a warning.
  std::optional<std::int64_t> count(std::string_view field, bool tell = false);
  std::optional<double> share(std::string_view field);  ///< 0…1, else a warning
  bool in_hundredths(std::string_view field) const;     ///< is this row's share a percentage
  std::optional<double> degrees(std::string_view field);
  CellNumber measure(std::string_view field);
  std::optional<geo::Date> date(std::string_view field);
  /// Empty, with an error Issue, when it looks like a phone or ID number.
  std::string text(std::string_view field);
  /// The word's meaning by a list of folded spellings; a warning when it is none of them.
  struct Word {
    std::string_view spelling, means;
  };
  std::optional<std::string> word(std::string_view field, std::span<const Word> words);

  void tell(geo::Severity severity, geo::Message message, std::string_view field = {},
            const std::string& unit = {});
  /// What the preview shows for a field of this row.
  void understood(std::string_view field, std::string value);
  /// Matches a unit; tells its remark, notes restored zeros.
  UnitMatch match(const UnitBook& book, const UnitQuery& query, std::string_view field);
  void refuse() { row().change = Change::refused; }
  /// Says how many codes got their zeros back; call once at the end.
  void finish();

 private:
  std::size_t field_index(std::string_view field) const;
  CellNumber number(std::string_view field, Quantity quantity, bool tell_missing);

  const Table& table_;
  const SheetReading& reading_;
  const std::vector<Field>& fields_;
  ImportPreview& preview_;
  std::vector<NumberStyle> styles_;
  std::vector<bool> percent_;  ///< share columns written in hundredths without a % sign
  std::size_t index_ = 0;
  std::int64_t zeros_restored_ = 0;
};

/// What rows below the headings are, by their text alone.
RowRole role_of(const Table& table, const SheetReading& reading, ImportKind kind,
                std::size_t index);
/// The first text of a row that is not a number: a heading's or a total's words.
const std::string& first_words(const TableRow& row);

/// Text that may be shown and kept in an issue: personal numbers are hidden.
std::string quotable(const std::string& cell);

/// The kinds of table; each fills preview.rows, preview.issues and its records.
struct TableWork {
  Workspace& workspace;
  const Table& table;
  const SheetReading& reading;
  const ImportOptions& options;
  const geo::Progress& progress;
  ImportPreview& preview;
  ImportRecords& records;
};
void read_reports(TableWork& work);
void read_settlements(TableWork& work);
void read_teams(TableWork& work);
void read_targets(TableWork& work);
void read_figures(TableWork& work);
void read_crosswalk(TableWork& work);
/// Of a crosswalk's row: all of the former unit, or a part of it; empty: it does not say.
std::optional<bool> said_whole(TableRows& rows);

/// Communes of `expected` without a row, as one Issue with their names.
void tell_units_without_row(TableWork& work, const UnitBook& book,
                            const std::set<std::int64_t>& with_row, std::optional<geo::Date> at);

}  // namespace data
