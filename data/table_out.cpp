#include "data/table_out.hpp"

#include <utf8proc.h>

#include <array>
#include <string_view>

namespace data {
namespace {

/// Before the sign that makes a formula these may stand and some program leaves them out.
constexpr std::array<std::string_view, 8> skipped = {" ",      "\"",     "\u00a0", "\u200b",
                                                     "\u200c", "\u200d", "\u2060", "\ufeff"};
/// What begins a formula, plain and full-width.
constexpr std::array<std::string_view, 8> dangerous = {"=",      "+",      "-",      "@",
                                                       "\uff1d", "\uff0b", "\uff0d", "\uff20"};

bool would_run(std::string_view text) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view sign : skipped) {
      if (!text.starts_with(sign)) continue;
      text.remove_prefix(sign.size());
      again = true;
    }
  }
  for (const std::string_view sign : dangerous)
    if (text.starts_with(sign)) return true;
  return false;
}

}  // namespace

std::string harmless(const std::string& text) {
  const auto separates = [](char c) { return c == ';' || c == '\t' || c == '\n' || c == '\r'; };
  std::string out;
  // A tab or line end at the front is taken off by some programs, and what follows is run.
  if (!text.empty() && separates(text.front()) && text.front() != ';') out += '\'';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = i == 0 || separates(text[i - 1]);
    if (begins && would_run(std::string_view(text).substr(i))) out += '\'';
    out += text[i];
  }
  return out;
}

std::string writable(const std::string& text) {
  std::string out;
  std::string_view rest = text;
  const auto take = [&](std::size_t bytes) {
    out += rest.substr(0, bytes);
    rest.remove_prefix(bytes);
  };
  while (!rest.empty()) {
    utf8proc_int32_t code = 0;
    const auto read = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(rest.data()),
                                       static_cast<utf8proc_ssize_t>(rest.size()), &code);
    const bool control = (code < 0x20 && code != '\t' && code != '\n' && code != '\r') ||
                         (code >= 0x7f && code < 0xa0);
    const bool no_character = (code & 0xfffe) == 0xfffe || (code >= 0xfdd0 && code <= 0xfdef);
    if (read <= 0 || no_character) {
      out += "\ufffd";
      rest.remove_prefix(read <= 0 ? 1 : static_cast<std::size_t>(read));
    } else if (control) {
      out += ' ';
      rest.remove_prefix(static_cast<std::size_t>(read));
    } else {
      take(static_cast<std::size_t>(read));
    }
  }
  return out;
}

}  // namespace data
