#include "app/cli/text_table.hpp"

#include <utf8proc.h>

#include <algorithm>

namespace app {

std::string one_line(std::string_view text) {
  std::string out(text);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(out[k]); };
    if (byte(i) < 0x20 || byte(i) == 0x7f) out[i] = ' ';
    // U+0080 to U+009F steer some terminals too; in UTF-8 they begin with C2.
    if (byte(i) == 0xC2 && i + 1 < out.size() && byte(i + 1) >= 0x80 && byte(i + 1) < 0xA0)
      out[i] = out[i + 1] = ' ';
  }
  return out;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    utf8proc_int32_t code = 0;
    const auto read = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &code);
    if (read <= 0) {  // not UTF-8: a terminal shows one replacement for the byte
      ++width;
      text.remove_prefix(1);
      continue;
    }
    width += static_cast<std::size_t>(std::max(0, utf8proc_charwidth(code)));
    text.remove_prefix(static_cast<std::size_t>(read));
  }
  return width;
}

std::string to_text(const TextTable& table) {
  std::vector<std::size_t> widths;
  for (const auto& column : table.columns) widths.push_back(display_width(column.heading));
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(one_line(row[i])));
    }
  }
  std::string out;
  const auto line = [&](const auto& cell_of) {
    std::string text;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const std::string cell = one_line(cell_of(i));
      const std::string space(widths[i] - display_width(cell), ' ');
      if (i > 0) text += "  ";
      text += table.columns[i].right ? space + cell : cell + space;
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out += text + '\n';
  };
  const auto rule = [&] {
    line([&](std::size_t i) {
      std::string dashes;
      for (std::size_t n = 0; n < widths[i]; ++n) dashes += "─";
      return dashes;
    });
  };
  line([&](std::size_t i) { return table.columns[i].heading; });
  rule();
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    if (table.last_is_total && r + 1 == table.rows.size()) rule();
    const auto& row = table.rows[r];
    line([&](std::size_t i) { return i < row.size() ? row[i] : std::string(); });
  }
  return out;
}

}  // namespace app
