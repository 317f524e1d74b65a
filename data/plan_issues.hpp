#pragma once
#include "data/plan.hpp"

namespace data {

bool level_asked(const PlanWishes& wishes, const Team& team);

/// A pair's team and commune, as far as they exist.
struct Named {
  std::uint32_t team = no_index, commune = no_index;  ///< into Dataset::teams, communes
};
Named named_by(const Dataset& dataset, const PlanPair& pair);

/// Wishes that name nobody, and pairs that cannot be had, each with the cause.
geo::Issues plan_issues(const PlanBasis& basis, const PlanWishes& wishes,
                        const PlanProblems& problems);

}  // namespace data
