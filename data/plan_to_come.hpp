#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "data/dataset.hpp"
#include "data/indicator.hpp"

namespace data {

struct KeptPlan;
struct PlanWeekend;

/// Does it end after a day? A report of a weekend's last day is a report of it.
bool is_coming(const PlanWeekend& weekend, geo::Date at);

/// The plan that a meeting on a day looks forward to: of those with a result, for the indicator and
/// with weekends to come, the first one (kept_plans() has the one changed last first). Null: none.
const KeptPlan* coming_plan(std::span<const KeptPlan> plans, Indicator indicator, geo::Date at);

/// What a kept plan still brings after a day. The names of teams are the plan's.
struct ToCome {
  struct Commune {
    bool planned = false;
    double people = 0;
    std::size_t team_days = 0;
    std::set<std::pair<std::string_view, std::uint32_t>> teams;
  };
  std::vector<Commune> communes;  ///< by UnitIndex
};
/// Empty: the plan has no result, or is of communes that are no more, or some of its weekends are
/// past and it was kept without its trips, so that nobody knows what is left.
std::optional<ToCome> to_come(const Dataset& dataset, const KeptPlan& plan, geo::Date at);

}  // namespace data
