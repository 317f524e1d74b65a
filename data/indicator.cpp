#include "data/indicator.hpp"

#include <iterator>

namespace data {
namespace {

struct Words {
  Indicator indicator;
  std::string_view id;
  std::string_view in_files;  ///< another name that tables use
};
constexpr Words words[] = {
    {Indicator::activation_l2, "activation_l2", "activation_rate_l2"},
    {Indicator::activation_l1, "activation_l1", "activation_rate_l1"},
    {Indicator::installed, "installed", "installation_rate"},
    {Indicator::signal_any, "signal_any", "signal_any_rate"},
    {Indicator::signal_good, "signal_good", "signal_good_rate"},
    {Indicator::electricity, "electricity", "electricity_rate"},
    {Indicator::teams_per_1000, "teams_per_1000", "teams_per_thousand"},
};
static_assert(std::size(words) == std::size(all_indicators));

}  // namespace

std::string_view id(Indicator indicator) {
  for (const Words& w : words)
    if (w.indicator == indicator) return w.id;
  return {};
}

std::optional<Indicator> indicator_by_id(std::string_view id) {
  for (const Words& w : words)
    if (w.id == id || w.in_files == id) return w.indicator;
  return std::nullopt;
}

bool is_reported(Indicator indicator) {
  return indicator == Indicator::activation_l2 || indicator == Indicator::activation_l1 ||
         indicator == Indicator::installed;
}

}  // namespace data
