#pragma once
#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "geo/unit.hpp"

namespace data {

/// The identity of a unit, also of one that may not be in the workspace: a code is given again
/// after a merger.
struct UnitKey {
  geo::UnitLevel level = geo::UnitLevel::commune;
  std::string code, valid_from;  ///< ISO; empty: since ever
  auto operator<=>(const UnitKey&) const = default;
};

std::string_view level_word(geo::UnitLevel level);  ///< "commune" …
std::optional<geo::UnitLevel> unit_level_by_word(std::string_view word);

/// As one text, which unit_key() reads again: "commune/03127/2025-07-01".
std::string unit_text(const UnitKey& unit);
std::optional<UnitKey> unit_key(std::string_view text);

}  // namespace data
