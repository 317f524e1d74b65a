#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/plan.hpp"

namespace data {

class Workspace;

/// What came of a plan, as it is kept: also when the communes are others later.
struct PlanResult {
  struct Commune {
    geo::UnitCode code;
    double people = 0;
    std::uint32_t team_days = 0;  ///< visits
    bool operator==(const Commune&) const = default;
  };
  /// A Trip by names that outlive an import.
  struct Sent {
    std::string team;  ///< Team::id
    geo::UnitCode commune;
    std::uint32_t weekend = 0, days = 1;
    Pack pack = Pack::nothing;
    bool phone = false;
    std::uint32_t copy = 0;
    double km = 0, hours = 0, people = 0;
    bool operator==(const Sent&) const = default;
  };
  double total = 0, low = 0, high = 0, gap = 0;
  bool exact = false;
  std::vector<Commune> communes = {};  ///< with people or team-days, in code order
  /// In the order of Plan::trips. Empty: kept before trips were.
  std::optional<std::vector<Sent>> trips = {};
  /// Of Plan.
  double value = 0, bound = 0, missed_value = 0, floors_missed = 0;
  std::uint32_t musts_missed = 0;
  std::string made_from = {};  ///< mark_of() its basis
  bool operator==(const PlanResult&) const = default;
};
PlanResult result_of(const PlanBasis& basis, const Plan& plan);
/// The plan as it was kept. Empty: kept without its trips, or of teams or communes that are no
/// more.
std::optional<Plan> plan_of(const PlanBasis& basis, const PlanWishes& wishes,
                            const PlanResult& kept);
/// Differs when people short, communes or teams do: a short text of the numbers under a plan.
std::string mark_of(const PlanBasis& basis);
std::string json_of(const PlanResult& result);
/// Error (usage) that names the field, when the text is none.
PlanResult plan_result_of(const std::string& json);

/// A plan under a name, in the workspace.
struct KeptPlan {
  std::int64_t id = 0;  ///< 0: not written yet
  std::string name, note;
  PlanWishes wishes;
  std::optional<PlanResult> result;
  std::string made_at, changed_at;  ///< UTC, ISO 8601
  bool operator==(const KeptPlan&) const = default;
};
/// Newest change first. One whose texts cannot be read is left out, with an issue.
std::vector<KeptPlan> kept_plans(Workspace& workspace, geo::Issues* issues = nullptr);
/// Writes it: a new one (id 0), or what is kept under its id, which may have been deleted since.
/// Answers it as it is kept. Error (usage) when the name is empty or another plan's.
KeptPlan keep_plan(Workspace& workspace, KeptPlan plan);
void delete_plan(Workspace& workspace, std::int64_t id);

}  // namespace data
