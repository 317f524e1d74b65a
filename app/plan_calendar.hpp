#pragma once
#include <chrono>
#include <string>

#include "app/language.hpp"
#include "data/plan.hpp"

namespace app {

/// The plan as a calendar (RFC 5545): for every team and weekend one entry of whole days, whose UID
/// is the same whenever the same team's weekend of the same place is written, so that a plan that
/// is imported again takes the place of the old entry. `stamp`: when it was made.
std::string calendar_of(const data::PlanBasis& basis, const data::Plan& plan, Language language,
                        std::chrono::sys_seconds stamp);

}  // namespace app
