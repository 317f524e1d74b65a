#pragma once
#include <optional>
#include <string_view>

namespace data {

/// The ids of the contract, in the order of the rail.
enum class Indicator {
  activation_l2,
  activation_l1,
  installed,
  signal_any,
  signal_good,
  electricity,
  teams_per_1000
};
inline constexpr Indicator all_indicators[] = {Indicator::activation_l2, Indicator::activation_l1,
                                               Indicator::installed,     Indicator::signal_any,
                                               Indicator::signal_good,   Indicator::electricity,
                                               Indicator::teams_per_1000};

std::string_view id(Indicator indicator);  ///< "activation_l2"
std::optional<Indicator> indicator_by_id(
    std::string_view id);               ///< also activation_rate_l2, as files write it
bool is_reported(Indicator indicator);  ///< from weekly reports, so it has dates and targets

}  // namespace data
