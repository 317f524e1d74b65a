#pragma once
#include <vector>

#include "data/plan_problem.hpp"

namespace data {

/// Weekends that nothing tells apart, to be looked at once: same days, force, kind and bans, and
/// no must that names one of them.
struct WeekendGroups {
  struct Group {
    std::uint32_t weekend = 0;   ///< one of them
    std::uint32_t weekends = 0;  ///< so many
  };
  std::vector<Group> groups;
  std::vector<std::uint32_t> of;  ///< by weekend
};
/// `grouped` false: each is a group of its own.
WeekendGroups weekend_groups(const PlanProblem& problem, bool grouped = true);

/// Packs that help a crew on weekends of a kind, a bit each, by crew × weekend_kinds + kind;
/// nothing always does.
std::vector<std::uint8_t> useful_packs(const PlanProblem& problem);

}  // namespace data
