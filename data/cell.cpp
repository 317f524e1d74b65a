#include "data/cell.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

#include "data/names.hpp"

namespace data {
namespace {

using State = CellNumber::State;
using Qualifier = CellNumber::Qualifier;

/// More than anyone counts here, and so few that a million rows of it still add up in 64 bits.
constexpr double most_counted = 1e12;

bool digit(char c) { return c >= '0' && c <= '9'; }

bool means_not_reported(std::string_view text) {
  constexpr std::array<std::string_view, 12> marks{"-", "–",   "—",  "−", "--", "---",
                                                   "…", "...", "..", ".", "_",  "/"};
  if (std::find(marks.begin(), marks.end(), text) != marks.end()) return true;
  constexpr std::array<std::string_view, 17> words{"x",
                                                   "chua bao cao",
                                                   "chua co",
                                                   "chua co so lieu",
                                                   "khong co so lieu",
                                                   "chua gui",
                                                   "khong bao cao",
                                                   "chua cap nhat",
                                                   "chua tong hop",
                                                   "chua nop",
                                                   "n a",
                                                   "na",
                                                   "null",
                                                   "nan",
                                                   "none",
                                                   "no data",
                                                   "not reported"};
  const auto folded = fold_search(text);
  return std::find(words.begin(), words.end(), folded) != words.end();
}

/// Takes "gần", "≈", "hơn" … off the front (and + off the end).
Qualifier take_qualifier(std::string_view& text) {
  struct Word {
    std::string_view word;
    Qualifier means;
  };
  constexpr std::array<Word, 19> words{{{"≈", Qualifier::nearly},
                                        {"~", Qualifier::nearly},
                                        {"gần", Qualifier::nearly},
                                        {"Gần", Qualifier::nearly},
                                        {"khoảng", Qualifier::nearly},
                                        {"Khoảng", Qualifier::nearly},
                                        {"xấp xỉ", Qualifier::nearly},
                                        {"ước", Qualifier::nearly},
                                        {"nearly", Qualifier::nearly},
                                        {"about", Qualifier::nearly},
                                        {"hơn", Qualifier::more_than},
                                        {"Hơn", Qualifier::more_than},
                                        {"trên", Qualifier::more_than},
                                        {"Trên", Qualifier::more_than},
                                        {"more than", Qualifier::more_than},
                                        {"over", Qualifier::more_than},
                                        {"≥", Qualifier::more_than},
                                        {">=", Qualifier::more_than},
                                        {">", Qualifier::more_than}}};
  for (const auto& w : words) {
    if (!text.starts_with(w.word)) continue;
    text.remove_prefix(w.word.size());
    while (text.starts_with(' ')) text.remove_prefix(1);
    return w.means;
  }
  if (text.ends_with('+') && text.size() > 1) {
    text.remove_suffix(1);
    return Qualifier::more_than;
  }
  return Qualifier::exact;
}

struct Shape {
  std::string whole;        ///< digits before the decimal separator
  std::string fraction;     ///< digits after it
  char decimal = 0;         ///< '.' or ',', 0: none
  char group = 0;           ///< '.' ',' ' ' or '\'', 0: none
  bool either_way = false;  ///< one separator with three digits after it: a group or decimals
};

/// Digits in groups of three behind a first group of one to three that does not begin with 0.
bool grouped(std::string_view text, char separator) {
  std::size_t first = text.find(separator);
  if (first == 0 || first > 3 || text.front() == '0') return false;
  for (std::size_t at = first; at < text.size(); at += 4) {
    if (text[at] != separator || at + 4 > text.size()) return false;
    for (std::size_t i = at + 1; i < at + 4; ++i) {
      if (!digit(text[i])) return false;
    }
  }
  return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(first), digit);
}

std::string digits_only(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), digit);
  return out;
}

/// How unsigned digits with separators are built; empty when it is no number.
std::optional<Shape> shape_of(std::string_view text) {
  if (text.empty() || !digit(text.back()) || (!digit(text.front()) && text.front() != '.'))
    return {};
  std::size_t points = 0, commas = 0, spaces = 0, quotes = 0;
  for (const char c : text) {
    points += c == '.';
    commas += c == ',';
    spaces += c == ' ';
    quotes += c == '\'';
    if (!digit(c) && c != '.' && c != ',' && c != ' ' && c != '\'') return {};
  }
  Shape s;
  std::string_view whole = text;
  if (points > 0 && commas > 0) {
    s.decimal = text.rfind('.') > text.rfind(',') ? '.' : ',';
    if ((s.decimal == '.' ? points : commas) > 1) return {};
    s.group = s.decimal == '.' ? ',' : '.';
  } else if (points + commas == 1) {
    s.decimal = points > 0 ? '.' : ',';
  } else if (points + commas > 1) {
    s.group = points > 0 ? '.' : ',';
  }
  if (spaces > 0 || quotes > 0) {
    if (s.group != 0 || (spaces > 0 && quotes > 0)) return {};
    s.group = spaces > 0 ? ' ' : '\'';
  }
  if (s.decimal != 0) {
    const auto at = text.rfind(s.decimal);
    whole = text.substr(0, at);
    s.fraction = std::string(text.substr(at + 1));
    if (!std::all_of(s.fraction.begin(), s.fraction.end(), digit)) return {};
    s.either_way = s.group == 0 && grouped(text, s.decimal);
  }
  if (s.group != 0 && !grouped(whole, s.group)) return {};
  if (s.group == 0 && !std::all_of(whole.begin(), whole.end(), digit)) return {};
  s.whole = digits_only(whole);
  return s;
}

std::optional<double> parse_c(std::string_view text) {
  double value = 0;
  const auto r = std::from_chars(text.data(), text.data() + text.size(), value);
  if (r.ec != std::errc{} || r.ptr != text.data() + text.size() || !std::isfinite(value)) return {};
  return value;
}

/// 4.8e-05: only programs write so, and always in the English way.
std::optional<double> scientific(std::string_view text) {
  const auto e = text.find_first_of("eE");
  if (e == std::string_view::npos || e == 0 || !digit(text.front())) return {};
  return parse_c(text);
}

}  // namespace

CellNumber read_number(std::string_view raw, Quantity quantity, NumberStyle style) {
  CellNumber out;
  const std::string clean = tidy(raw);
  std::string_view text = clean;
  if (text.empty()) return out;
  if (means_not_reported(text)) {
    out.state = State::not_reported;
    return out;
  }
  out.state = State::unreadable;
  out.qualifier = take_qualifier(text);
  if (text.ends_with('%')) {
    out.percent = true;
    text.remove_suffix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
  }
  double sign = 1;
  for (const std::string_view minus : {"-", "−", "–"}) {
    if (text.starts_with(minus)) {
      sign = -1;
      text.remove_prefix(minus.size());
      break;
    }
  }
  if (text.starts_with('+')) text.remove_prefix(1);
  while (text.starts_with(' ')) text.remove_prefix(1);
  if (out.percent && quantity == Quantity::count) return out;

  std::optional<double> value = scientific(text);
  if (!value) {
    const auto shape = shape_of(text);
    if (!shape) return out;
    bool as_group = false;
    if (shape->either_way) {
      const bool point = shape->decimal == '.';
      if (quantity == Quantity::count) {
        as_group = true;
      } else if (quantity != Quantity::degrees) {
        if (style == NumberStyle::unknown) {
          out.state = State::ambiguous;
          return out;
        }
        as_group = point == (style == NumberStyle::vietnamese);
      }
    }
    value = parse_c(as_group ? shape->whole + shape->fraction
                             : (shape->whole.empty() ? "0" : shape->whole) +
                                   (shape->fraction.empty() ? "" : "." + shape->fraction));
    if (!value) return out;
  }
  if (quantity == Quantity::count && (*value != std::floor(*value) || *value > most_counted))
    return out;
  out.value = sign * (out.percent ? hundredths(*value) : *value);
  out.state = State::number;
  return out;
}

double hundredths(double percent) {
  if (!(std::abs(percent) < 1e5)) return percent / 100;
  return std::round(percent * 1e10) / 1e12;
}

NumberStyle number_style(std::span<const std::string> cells, bool counts) {
  std::size_t vietnamese = 0, english = 0;
  for (const auto& cell : cells) {
    std::string_view text = cell;
    take_qualifier(text);
    while (!text.empty() && (text.back() == '%' || text.back() == ' ')) text.remove_suffix(1);
    if (text.starts_with('-')) text.remove_prefix(1);
    const auto s = shape_of(text);
    if (!s || (s->decimal == 0 && s->group != '.' && s->group != ',')) continue;
    bool comma_decimal = s->decimal == ',';
    if (s->decimal == 0) comma_decimal = s->group == '.';  // 1.234.567
    if (s->either_way) {
      if (!counts) continue;
      comma_decimal = s->decimal == '.';  // as a group
    }
    ++(comma_decimal ? vietnamese : english);
  }
  if (vietnamese > 0 && english == 0) return NumberStyle::vietnamese;
  if (english > 0 && vietnamese == 0) return NumberStyle::english;
  return NumberStyle::unknown;
}

std::string plain_number(double value) {
  std::array<char, 40> out{};
  const auto r =
      std::to_chars(out.data(), out.data() + out.size(), value, std::chars_format::fixed);
  if (r.ec == std::errc{}) return {out.data(), r.ptr};
  const auto e = std::to_chars(out.data(), out.data() + out.size(), value);
  return {out.data(), e.ptr};
}

bool looks_personal(std::string_view text) {
  // Digits with the dots and spaces that people put into phone numbers; a point followed by
  // three digits and a comma is money or a count, so groups of three alone are not looked at.
  std::size_t i = 0;
  while (i < text.size()) {
    if (!digit(text[i]) ||
        (i > 0 && (digit(text[i - 1]) || text[i - 1] == '.' || text[i - 1] == ','))) {
      ++i;
      continue;
    }
    std::string run;
    std::size_t j = i;
    bool solid = true;
    for (; j < text.size(); ++j) {
      if (digit(text[j])) {
        run += text[j];
      } else if ((text[j] == ' ' || text[j] == '.') && j + 1 < text.size() && digit(text[j + 1])) {
        solid = false;
      } else {
        break;
      }
    }
    const bool plus84 = i > 0 && text[i - 1] == '+' && run.starts_with("84");
    if (plus84 && run.size() >= 11 && run.size() <= 12) return true;
    if (run.size() == 10 && run.front() == '0') return true;
    if (run.size() == 12 && (solid || run.front() == '0')) return true;
    i = j;
  }
  return false;
}

}  // namespace data
