#include "data/unit_key.hpp"

#include <array>

#include "data/names.hpp"
#include "geo/date.hpp"

namespace data {
namespace {

constexpr std::array<std::string_view, 4> words{"country", "province", "district", "commune"};
constexpr std::size_t longest_code = 40;

}  // namespace

std::string_view level_word(geo::UnitLevel level) {
  return words.at(static_cast<std::size_t>(level));
}

std::optional<geo::UnitLevel> unit_level_by_word(std::string_view word) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == word) return static_cast<geo::UnitLevel>(i);
  return std::nullopt;
}

std::string unit_text(const UnitKey& unit) {
  return std::string(level_word(unit.level)) + '/' + unit.code + '/' + unit.valid_from;
}

std::optional<UnitKey> unit_key(std::string_view text) {
  const std::size_t first = text.find('/'), last = text.rfind('/');
  if (first == std::string_view::npos || first == last) return std::nullopt;
  const auto level = unit_level_by_word(text.substr(0, first));
  UnitKey out{level.value_or(geo::UnitLevel::commune),
              std::string(text.substr(first + 1, last - first - 1)),
              std::string(text.substr(last + 1))};
  if (!level || out.code.empty() || out.code.size() > longest_code || tidy(out.code) != out.code)
    return std::nullopt;
  if (!out.valid_from.empty()) {
    const auto day = geo::parse_date(out.valid_from);
    if (!day || geo::iso(*day) != out.valid_from) return std::nullopt;
  }
  return out;
}

}  // namespace data
