#pragma once
#include <cstddef>
#include <string>

#include "app/language.hpp"
#include "data/plan.hpp"

namespace app {

/// The plan for a terminal: what it brings, and where everybody goes on one weekend (from 0).
std::string plan_text(const data::PlanBasis& basis, const data::PlanProblems& problems,
                      const data::Plan& plan, std::size_t weekend, Language language);

}  // namespace app
