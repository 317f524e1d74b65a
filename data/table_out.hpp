#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "geo/date.hpp"
#include "geo/polygon.hpp"

namespace data {

/// A table on its way out. Numbers stay numbers; people are rounded only by the format.
struct TableOut {
  enum class Kind : std::uint8_t { text, people, share, decimal, tenths, date };
  struct Column {
    std::string id;     ///< field name for machines: "shortfall"
    std::string title;  ///< heading for people
    Kind kind = Kind::text;
  };
  using Cell = std::variant<std::monostate, std::string, double, geo::Date>;
  std::string title;        ///< "Tỉnh Điện Biên · Kích hoạt mức 2"; names the sheet
  std::string notes_title;  ///< "Ghi chú"
  std::vector<std::string> notes;  ///< what was filtered, date, sources, "made up": written with it
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
};

/// Polygons of a table's rows and how QGIS is to colour them.
struct MapOut {
  std::vector<geo::GeoShape> shapes;  ///< one per row
  struct Class {
    std::string label, colour;  ///< "20 – 30%", "#e6550d"
  };
  std::vector<Class> classes;                      ///< in legend order
  std::vector<std::optional<std::size_t>> of_row;  ///< class of each row; empty: the last, pale one
  std::string no_class_label;
  std::string label_column;  ///< id of the column written on the map; empty: none
};

/// RFC 4180, UTF-8 with BOM, notes as lines of their own before the headings. Text that a
/// spreadsheet would run (see harmless) gets a ' before it; numbers never do.
void write_csv(const TableOut& table, const std::filesystem::path& file);
/// One sheet with formats, frozen headings and a filter, and one with the notes. Text is text.
void write_xlsx(const TableOut& table, const std::filesystem::path& file);
/// A sheet for every table; their notes are not written.
void write_xlsx(std::span<const TableOut> tables, const std::string& title,
                const std::filesystem::path& file);
/// A GeoPackage of one layer with its style in it (layer_styles), and the notes as a table.
void write_geopackage(const TableOut& table, const MapOut& map, const std::filesystem::path& file);

/// Text of others that is to stay text in a spreadsheet: where a cell begins, or would begin for a
/// program that separates by semicolon or tab, with = + - @ (also full-width; spaces, quotes and
/// invisible signs before it do not count), a tab or a line end, a ' is put before it.
std::string harmless(const std::string& text);
/// UTF-8 that every format can hold: no control characters but tab and line ends, no byte that is
/// not UTF-8 (U+FFFD stands for it).
std::string writable(const std::string& text);
// Each writes beside the file and renames, so that a failure leaves what was there; Error (io).

}  // namespace data
