#pragma once
#include <string>

#include "app/language.hpp"
#include "data/plan.hpp"
#include "data/plan_explain.hpp"

namespace app {

// What else `plan` tells, for a terminal.

/// Why nobody is sent to a commune, and what would change that.
std::string why_not_lines(const data::PlanAtHand& at, geo::UnitIndex commune, Language language,
                          const geo::Progress& progress);
std::string why_not_json(const data::PlanAtHand& at, geo::UnitIndex commune, Language language,
                         const geo::Progress& progress);
/// How far the limits are used, what one more would bring, the curve of people by teams, the day on
/// which the target is met, and wishes that contradict each other.
std::string limits_text(const data::PlanAtHand& at, Language language,
                        const geo::Progress& progress);
std::string limits_json(const data::PlanAtHand& at, Language language,
                        const geo::Progress& progress);
/// The reports that came in since, against the plan.
std::string review_text(const data::Dataset& dataset, const data::Plan& plan, Language language);
std::string review_json(const data::Dataset& dataset, const data::Plan& plan, Language language);

}  // namespace app
