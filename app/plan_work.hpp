#pragma once
#include <functional>
#include <memory>
#include <vector>

#include "app/plan_command.hpp"
#include "app/plan_job.hpp"
#include "geo/progress.hpp"

namespace app {

// The work of plan mode, on a job's thread.
std::shared_ptr<const PlanGround> make_plan_ground(const MakePlanGround& request,
                                                   const geo::Progress& progress);
using WaysFrom = std::function<data::Travel(const std::vector<data::Start>& starts)>;
std::shared_ptr<const PlanGround> plan_ground(const Loaded& loaded, PlanBasisKey key,
                                              const data::PlanWishes& wishes,
                                              const data::TravelRule& travel, const WaysFrom& ways);
std::shared_ptr<const PlanShown> make_plan(const MakePlan& request);
std::shared_ptr<const PlanExplained> explain_plan(const ExplainPlan& request,
                                                  const geo::Progress& progress);
std::shared_ptr<const PlanShown> solve_plan(const SolvePlan& request,
                                            const geo::Progress& progress);
void write_plan(const ExportPlan& request, const geo::Progress& progress);
plan::KeptChanged change_kept_plan(const ChangeKeptPlan& request);

/// A plan with what panels say of it.
std::shared_ptr<PlanShown> show_plan(std::shared_ptr<const PlanGround> ground,
                                     data::PlanProblems problems, data::Plan plan,
                                     std::vector<data::PlanAnswer> answers);
/// A team of the home that is missed least: an idle one, else the one that is expected to activate
/// the fewest people on the weekend (empty: on all). None that is sent somewhere by hand.
std::optional<std::uint32_t> team_to_spare(const PlanShown& shown, geo::UnitIndex home,
                                           std::optional<std::uint32_t> weekend);
/// The wishes that a new plan begins with: from the weekend after the last report.
data::PlanWishes first_wishes(const data::Dataset& dataset, data::Indicator indicator);
/// Those whose numbers are others now than when they were kept, by id.
std::vector<std::int64_t> outdated_plans(const Loaded& loaded, const PlanGround& ground,
                                         const std::vector<data::KeptPlan>& kept);
/// Against what is kept.
PlanComparison compare_plans(std::shared_ptr<const PlanShown> shown, const data::KeptPlan& kept);

}  // namespace app
