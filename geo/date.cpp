#include "geo/date.hpp"

#include <array>
#include <cstdio>
#include <vector>

namespace geo {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A run of digits in a sentence and where it stands.
struct Number {
  std::size_t begin = 0, end = 0;
  int value = 0;
  std::size_t digits() const { return end - begin; }
};

std::vector<Number> numbers_in(std::string_view text) {
  std::vector<Number> out;
  for (std::size_t i = 0; i < text.size();) {
    if (!is_digit(text[i])) {
      ++i;
      continue;
    }
    Number n{i, i, 0};
    while (n.end < text.size() && is_digit(text[n.end])) {
      if (n.digits() < 8) n.value = n.value * 10 + (text[n.end] - '0');
      ++n.end;
    }
    i = n.end;
    out.push_back(n);
  }
  return out;
}

std::optional<Date> day_of(int year, int month, int day) {
  if (year < 1900 || year > 2999 || month < 1 || day < 1) return std::nullopt;
  const std::chrono::year_month_day ymd{std::chrono::year(year),
                                        std::chrono::month(static_cast<unsigned>(month)),
                                        std::chrono::day(static_cast<unsigned>(day))};
  if (!ymd.ok()) return std::nullopt;
  return Date{std::chrono::sys_days(ymd)};
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// "/", " / ", "-", "." between two numbers; 0 when it is something else.
char separator(std::string_view between) {
  between = trimmed(between);
  if (between.size() != 1) return 0;
  const char c = between.front();
  return c == '/' || c == '-' || c == '.' ? c : '\0';
}

/// tháng ("month") and năm ("year") in the spellings of a typist: capitals, or accents composed
/// (NFC) or separate (NFD).
constexpr std::array month_words{"tháng", "Tháng", "THÁNG", "tha\u0301ng", "Tha\u0301ng", "thang"};
constexpr std::array year_words{"năm", "Năm", "NĂM", "na\u0306m", "Na\u0306m", "nam"};

template <std::size_t N>
bool is_word(std::string_view between, const std::array<const char*, N>& words) {
  between = trimmed(between);
  for (const char* word : words) {
    if (between == word) return true;
  }
  return false;
}

std::optional<Date> date_of(std::string_view text, const Number& a, const Number& b,
                            const Number& c) {
  const auto first = text.substr(a.end, b.begin - a.end);
  const auto second = text.substr(b.end, c.begin - b.end);
  const char sep = separator(first);
  if (sep != 0 && sep == separator(second)) {
    if (a.digits() == 4 && b.digits() <= 2 && c.digits() <= 2) {
      return day_of(a.value, b.value, c.value);
    }
    if (a.digits() <= 2 && b.digits() <= 2 && c.digits() == 4) {
      return day_of(c.value, b.value, a.value);
    }
    return std::nullopt;
  }
  if (a.digits() > 2 || b.digits() > 2 || c.digits() != 4) return std::nullopt;
  const bool spelled =
      is_word(first, month_words) && (is_word(second, year_words) || separator(second) != 0);
  return spelled ? day_of(c.value, b.value, a.value) : std::nullopt;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  text = trimmed(text);
  const auto n = numbers_in(text);
  if (n.size() != 3 || n[0].begin != 0 || n[2].end != text.size()) return std::nullopt;
  return date_of(text, n[0], n[1], n[2]);
}

std::optional<Date> find_date(std::string_view sentence) {
  const auto n = numbers_in(sentence);
  for (std::size_t i = 0; i + 2 < n.size(); ++i) {
    if (auto date = date_of(sentence, n[i], n[i + 1], n[i + 2])) return date;
  }
  return std::nullopt;
}

std::string iso(Date d) {
  const std::chrono::year_month_day ymd{d.day};
  std::array<char, 32> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", static_cast<int>(ymd.year()),
                static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
  return out.data();
}

}  // namespace geo
