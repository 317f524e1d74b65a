#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "geo/date.hpp"
#include "geo/polygon.hpp"

namespace data {

/// A table on its way out. Numbers stay numbers; people are rounded only by the format.
struct TableOut {
  enum class Kind : std::uint8_t { text, people, share, decimal, date };
  struct Column {
    std::string id;     ///< field name for machines: "shortfall"
    std::string title;  ///< heading for people
    Kind kind = Kind::text;
  };
  using Cell = std::variant<std::monostate, std::string, double, geo::Date>;
  std::string title;
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
};

/// A cell that a spreadsheet would run (begins with = + - @ tab or carriage return) gets a ' before
/// it; RFC 4180 otherwise, UTF-8 with BOM, notes as lines of their own before the headings.
void write_csv(const TableOut& table, const std::filesystem::path& file);
/// One sheet with formats, frozen headings and a filter, and one with the notes. Text is text.
void write_xlsx(const TableOut& table, const std::filesystem::path& file);
/// A GeoPackage of one layer with its style in it (layer_styles), and the notes as a table.
void write_geopackage(const TableOut& table, const MapOut& map, const std::filesystem::path& file);
// Each writes beside the file and renames, so that a failure leaves what was there; Error (io).

}  // namespace data
