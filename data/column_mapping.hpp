#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/cell.hpp"
#include "data/import.hpp"
#include "data/table_file.hpp"

namespace data {

enum class FieldType : std::uint8_t { text, code, date, count, share, measure, degrees };

/// What a kind of table may tell of a row, and the headings people write over it.
struct Field {
  std::string_view id;
  FieldType type = FieldType::text;
  std::vector<std::string_view> headings;  ///< Vietnamese and English; longest match wins
  bool required = false;
  std::vector<std::string_view> unless;  ///< words that make it another column
};
const std::vector<Field>& fields_of(ImportKind kind);

/// A sheet whose headings are found and whose columns are assigned.
struct SheetReading {
  std::size_t heading_begin = 0, heading_end = 0;  ///< indices of Table::rows; data follow
  std::vector<std::string> headings;               ///< by column, rows joined with " · "
  std::vector<FieldReading> fields;                ///< by fields_of(kind)
  std::vector<bool> personal;                      ///< by column: of people, never taken
  std::optional<geo::Date> date;                   ///< said by a title above the headings
  std::size_t found = 0;                           ///< how many fields were recognised
  geo::Issues issues;
};

/// Guesses, then `mapping` (field → heading, letter, or "-" for none). Throws Error (usage) when it
/// names a field or column that is not there.
SheetReading read_headings(const Table& table, ImportKind kind,
                           const std::map<std::string, std::string>& mapping);

/// How numbers are written in each column (by index), from its cells below the headings, else from
/// all number columns of the sheet together.
std::vector<NumberStyle> column_styles(const Table& table, const SheetReading& reading,
                                       ImportKind kind);

}  // namespace data
