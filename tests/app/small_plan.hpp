#pragma once
#include "data/plan.hpp"

namespace small_plan {

/// The six communes with three teams (the second owns a generator, the third nothing and no name),
/// and what a plan takes from them.
data::PlanBasis basis();
/// Three weekends over the New Year by hand: on the first the first team goes to two communes with
/// a borrowed generator and its own router, the second stays two days in one; on the second the
/// third team phones; nobody goes on the third.
data::Plan plan();
/// `teams` of them at one home, each on one trip.
data::PlanBasis many(std::size_t teams);
data::Plan plan_of_many(const data::PlanBasis& basis);
/// The trips' team names in the basis changed, by index.
void rename(data::PlanBasis& basis, std::size_t team, const std::string& name);

}  // namespace small_plan
