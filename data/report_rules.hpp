#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "data/reports.hpp"

namespace data {

/// Activated at level 2 ≤ at level 1 ≤ installed ≤ eligible: what is above what it must not be.
enum class OrderRule : std::uint8_t {
  l2_above_installed,
  l1_above_installed,
  l2_above_l1,
  installed_above_eligible,
  l1_above_eligible,
  l2_above_eligible
};
struct OrderBreak {
  OrderRule rule = OrderRule::l2_above_installed;
  Count count = Count::activated_l2, limit_count = Count::installed;
  std::int64_t number = 0, limit = 0;
};
/// Those of a report, what counts most first. `eligible`: of that report, else those last reported
/// before it.
std::vector<OrderBreak> order_breaks(const Report& report,
                                     const std::optional<std::int64_t>& eligible);

std::optional<std::int64_t> number_of(const Report& report, Count count);

}  // namespace data
