#include <array>
#include <cstddef>
#include <string_view>

#include "app/statement_words.hpp"

namespace app {
namespace {

using Size = std::size_t;

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 128;
}

bool starts(std::string_view text, Size at, std::string_view word) {
  return text.substr(at, word.size()) == word;
}

/// How many bytes at `at` may stand between two groups of digits; 0: none may. A slash only after
/// an area code, or it is a date's; a comma only alone, or it is a list's.
Size gap(std::string_view text, Size at, Size digits) {
  // Spaces of all kinds, hyphens, dashes and minus, middle dot.
  constexpr std::array<std::string_view, 15> marks{
      " ",      "\t",     ".",      "-",      "_",      "\u00A0", "\u202F", "\u2009",
      "\u200B", "\u2010", "\u2011", "\u2013", "\u2014", "\u2212", "\u00B7"};
  constexpr int most = 4;  // " – " and ") - "
  Size end = at;
  for (int i = 0; i < most; ++i) {
    Size one = 0;
    for (const std::string_view mark : marks)
      if (starts(text, end, mark)) one = mark.size();
    if (starts(text, end, ")") || starts(text, end, "(")) one = 1;
    if (digits >= 3 && starts(text, end, "/")) one = 1;
    if (one == 0) break;
    end += one;
  }
  if (end == at && starts(text, at, ",")) return 1;
  return end - at;
}

/// Where a date like 27/8/2023 that begins at `at` ends; `at`: there is none.
Size date_end(std::string_view text, Size at) {
  Size i = at;
  const auto digits = [&](Size least, Size most) {
    Size n = 0;
    while (i < text.size() && n < most && digit(text[i])) ++i, ++n;
    return n >= least && (i == text.size() || !digit(text[i]));
  };
  const auto mark = [&] {
    return i < text.size() && (text[i] == '/' || text[i] == '-' || text[i] == '.') && ++i > 0;
  };
  const bool day = digits(1, 2) && mark() && digits(1, 2) && mark();
  const bool year = starts(text, i, "19") || starts(text, i, "20");
  return day && year && digits(4, 4) ? i : at;
}

/// Where the telephone number, or that of an identity card (12 digits), that begins at `at` ends;
/// `at`: none does. Vietnamese ones have 10 or 11 digits from 0, or 9 or 10 after the country's 84;
/// one with a plus is any country's.
Size phone_end(std::string_view text, Size at) {
  Size i = at;
  if (text[i] == '(') ++i;
  const bool plus = i < text.size() && text[i] == '+';
  if (plus) ++i;
  std::string digits;
  Size end = at;
  bool dots = false;  // 84.912.345.678 may be people
  bool solid = true;
  while (i < text.size() && digits.size() < 16) {
    if (!digit(text[i])) {
      const Size between = digits.empty() ? 0 : gap(text, i, digits.size());
      if (between == 0 || i + between >= text.size() || !digit(text[i + between])) break;
      dots = dots || text[i] == '.' || text[i] == ',';
      solid = solid && digits.empty();
      i += between;
    }
    while (i < text.size() && digit(text[i])) digits += text[i++];
    const Size n = digits.size();
    if (n < 10) continue;
    const std::string_view d = digits;
    const bool fixed = starts(d, 0, "02") || starts(d, 0, "01");  // or a mobile one of before 2018
    const bool national = d.front() == '0' && d[1] != '0' && (n == 10 || (fixed && n == 11));
    const bool abroad = (plus && n >= 10 && n <= 15) || (starts(d, 0, "00") && n >= 12 && n <= 16);
    const bool vietnam = starts(d, 0, "84") && (n == 11 || n == 12) && !dots;
    // The number of an identity card.
    const bool card = n == 12 && (solid || d.front() == '0');
    if (national || abroad || vietnam || card) end = i;
  }
  return end;
}

bool of_address(char c) {
  return letter(c) || digit(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-';
}

/// The e-mail address around the '@' at `at`, from its first byte to after its last.
struct Range {
  Size from = 0, to = 0;
};
Range address(std::string_view text, Size at) {
  Range out{at, at};
  if (out.from > 0 && text[out.from - 1] == ' ') --out.from;  // "ten @ tinh.gov.vn"
  const Size name_end = out.from;
  while (out.from > 0 && of_address(text[out.from - 1])) --out.from;
  Size i = at + 1;
  if (i < text.size() && text[i] == ' ') ++i;
  Size dot = 0, last = i;
  for (; i < text.size() && of_address(text[i]); ++i) {
    if (text[i] == '.') dot = i;
    if (letter(text[i]) || digit(text[i])) last = i + 1;
    // A full stop after the address ends the sentence.
    if (dot > 0 && last > dot && letter(text[i])) out.to = last;
  }
  if (out.from == name_end || out.to == at) return {at, at};
  return out;
}

constexpr std::string_view left_out = "[…]";

std::string without_addresses(const std::string& text) {
  std::string out;
  Size done = 0;
  for (Size at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
    const Range range = address(text, at);
    if (range.to == at || range.from < done) continue;
    out += text.substr(done, range.from - done);
    out += left_out;
    done = range.to;
    at = range.to - 1;
  }
  return out + text.substr(done);
}

}  // namespace

std::string without_contacts(const std::string& given) {
  const std::string text = without_addresses(given);
  std::string out;
  for (Size i = 0; i < text.size();) {
    const bool inside = i > 0 && digit(text[i - 1]);
    const bool begins = !inside && (digit(text[i]) || text[i] == '+' || text[i] == '(');
    if (begins) {
      const Size date = date_end(text, i);
      const Size end = date > i ? i : phone_end(text, i);
      if (end > i) {
        out += left_out;
        i = end;
        continue;
      }
      if (date > i) {
        out += text.substr(i, date - i);
        i = date;
        continue;
      }
    }
    out += text[i++];
  }
  return out;
}

}  // namespace app
