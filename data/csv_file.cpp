#include <cmath>

#include "data/cell.hpp"
#include "data/table_out.hpp"
#include "data/unfinished_file.hpp"

namespace data {
namespace {

std::string quoted(const std::string& text) {
  if (text.find_first_of("\",;\t\r\n") == std::string::npos && text.find_first_of(" '") != 0)
    return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

std::string cell_text(const TableOut::Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return quoted(harmless(writable(*text)));
  if (const auto* day = std::get_if<geo::Date>(&cell)) return geo::iso(*day);
  const auto* number = std::get_if<double>(&cell);
  if (number == nullptr || !std::isfinite(*number)) return {};  // not reported is not 0
  // 0.6 and not 0.6000000000000001; people of communes that were split keep their parts.
  return plain_number(std::round(*number * 1e9) / 1e9);
}

}  // namespace

void write_csv(const TableOut& table, const std::filesystem::path& file) {
  UnfinishedFile unfinished(file);
  std::string out = "\ufeff";  // else spreadsheets take it for the code page of the computer
  const auto record = [&](std::size_t cells, auto&& text_of) {
    for (std::size_t i = 0; i < table.columns.size() || i == 0; ++i) {
      if (i > 0) out += ',';
      if (i < cells) out += text_of(i);
    }
    out += "\r\n";
  };
  const auto text = [](const std::string& words) { return quoted(harmless(writable(words))); };
  for (const std::string& note : table.notes) record(1, [&](std::size_t) { return text(note); });
  record(table.columns.size(), [&](std::size_t i) { return text(table.columns[i].title); });
  for (const auto& row : table.rows)
    record(row.size(), [&](std::size_t i) { return cell_text(row[i]); });

  unfinished.write(out);
  unfinished.finish();
}

}  // namespace data
