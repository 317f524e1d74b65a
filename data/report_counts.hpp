#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "data/reports.hpp"

namespace data {

/// What a report counts, in the order of Count: of its columns, its fields and its operations.
inline constexpr std::size_t report_counts = 6;
inline constexpr std::array<Count, report_counts> all_counts{
    Count::eligible,     Count::installed, Count::activated_l1,
    Count::activated_l2, Count::sessions,  Count::reached};
inline constexpr std::array<std::string_view, report_counts> count_fields{
    "eligible", "installed", "activated_l1", "activated_l2", "sessions", "reached"};

constexpr std::string_view field_of(Count count) {
  return count_fields.at(static_cast<std::size_t>(count));
}
constexpr std::optional<Count> count_of(std::string_view field) {  ///< empty: it is none
  const auto* const found = std::find(count_fields.begin(), count_fields.end(), field);
  if (found == count_fields.end()) return std::nullopt;
  return static_cast<Count>(found - count_fields.begin());
}

}  // namespace data
