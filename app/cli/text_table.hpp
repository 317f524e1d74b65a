#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace app {

/// A table for people to read in a terminal: columns as wide as their widest cell counted in what a
/// terminal shows (ế is one column, however many bytes it has).
struct TextTable {
  struct Column {
    std::string heading;
    bool right = false;  ///< numbers
  };
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  ///< missing cells are empty
  bool last_is_total = false;                  ///< set apart by a rule
};
std::string to_text(const TextTable& table);

/// Text on one line: what an input file brought along (line ends, escape sequences) must neither
/// break a table nor steer the terminal.
std::string one_line(std::string_view text);

/// Columns of a terminal that a text takes.
std::size_t display_width(std::string_view text);

}  // namespace app
