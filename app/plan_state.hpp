#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "data/plan.hpp"
#include "data/plan_explain.hpp"
#include "data/plan_store.hpp"
#include "data/travel_rule.hpp"
#include "geo/message.hpp"

namespace app {

/// What a basis was made for; every other wish may change without another one.
struct PlanBasisKey {
  std::uint64_t dataset = 0;
  geo::Date from;
  data::Indicator indicator = data::Indicator::activation_l2;
  bool provincial = true, district = true, commune = false;
  std::optional<data::TravelRule> travel;  ///< empty: the workspace's
  bool operator==(const PlanBasisKey&) const = default;
};
/// What plans are made from, with what is learned from the reports until then.
struct PlanGround {
  PlanBasisKey key;
  std::shared_ptr<const data::PlanBasis> basis;
  data::TravelRule travel;
  data::LearnedProductivity learned;
  data::PlanRule usual;  ///< the rule that a new plan begins with
};

/// Teams from one home that go to one commune: a line on the map, a row of the schedule.
struct PlanRow {
  geo::UnitIndex home, commune;
  bool phone = false;
  std::uint32_t teams = 0, team_days = 0, generators = 0, routers = 0;
  float km = 0, hours = 0;
  double people = 0;
  std::vector<std::uint32_t> trips;  ///< into Plan::trips
};
/// The teams of a level that may go, and all there are.
struct PlanForce {
  geo::UnitLevel level = geo::UnitLevel::district;
  std::size_t teams = 0, of = 0;
  std::int64_t people = 0;
};
struct PlanForces {
  std::vector<PlanForce> levels;
  std::uint32_t generators = 0, routers = 0;  ///< on record, of those that go
};
/// Activated of those eligible, over all communes with numbers.
struct PlanRates {
  double eligible = 0, before = 0, after = 0, target = 0;  ///< people
};

/// A plan with what panels say of it: made by a job, shared, immutable.
struct PlanShown {
  std::shared_ptr<const PlanGround> ground;
  data::PlanProblems problems;  ///< of its wishes
  data::Plan plan;
  std::vector<data::PlanPrices> prices;    ///< a start for the next
  std::vector<data::PlanAnswer> answers;   ///< by part
  std::vector<std::vector<PlanRow>> rows;  ///< by weekend, most people first
  std::vector<PlanRow> all_rows;           ///< of all weekends together
  std::vector<data::PlanUse> uses;         ///< what is used; not what one more would bring
  std::vector<geo::UnitIndex> homes;       ///< of the teams that may go
  PlanForces forces;
  PlanRates rates;
  std::optional<geo::Date> target_met;
  geo::Message said;      ///< where it is not what was asked for: the solver failed
  std::int64_t kept = 0;  ///< KeptPlan::id: as it was kept; then without answers and prices
};
inline data::PlanAtHand at_hand(const PlanShown& shown) {
  return {*shown.ground->basis, shown.problems, shown.answers, shown.plan};
}
/// What takes longer to find out.
struct PlanExplained {
  std::vector<data::PlanUse> uses;
  std::vector<data::CurvePoint> curve;
  std::vector<data::PlanConflict> conflicts;
};
struct PlanWhy {
  geo::UnitIndex commune;
  data::WhyNot why;
};

/// The solver at work.
struct PlanSolving {
  double share = 0;
  geo::Message doing;
  bool stopping = false;
};

/// Taken by the hand: a team from a home on the map, or one of a row's.
struct PlanDrag {
  geo::UnitIndex home;
  std::optional<std::uint32_t> team;  ///< empty: the one from there that is missed least
};

/// The plan shown against a kept one.
struct PlanComparison {
  std::int64_t kept = 0;
  std::shared_ptr<const PlanShown> shown;
  struct Row {
    geo::UnitIndex commune;
    double here = 0, there = 0;  ///< people
    std::uint32_t days_here = 0, days_there = 0;
    std::uint32_t same_days = 0;  ///< of the same team on the same weekend
  };
  std::vector<Row> rows;  ///< that differ, the largest difference first
  Row total;
  bool by_trips = false;  ///< else the other one was kept without them
};

/// Everything of plan mode: a value, changed by apply_plan() alone.
struct PlanDesk {
  /// Empty: plan mode was not entered yet.
  std::optional<data::PlanWishes> wishes;
  std::shared_ptr<const PlanGround> ground;
  std::optional<PlanBasisKey> ground_asked;
  bool ground_refused = false;  ///< stopped by hand, or failed: not asked for again by itself
  std::shared_ptr<const PlanGround> planned_on;
  std::uint64_t asked = 0;                         ///< plans; an answer to an older one is void
  std::optional<data::PlanWishes> planned;         ///< what the newest was asked for
  std::shared_ptr<const PlanShown> shown;          ///< stays until the next is there
  std::uint64_t answered = 0;                      ///< `asked` of `shown`
  std::shared_ptr<const PlanExplained> explained;  ///< of `shown`, once it is there
  /// When nothing changed until then, the plan is explained and the solver starts.
  std::optional<std::chrono::steady_clock::time_point> quiet;
  std::optional<PlanSolving> solving;
  bool stop_solving = false;  ///< for whoever holds the jobs
  bool solved = false;        ///< the solver had its turn
  std::vector<PlanWhy> why;   ///< of `shown`
  geo::UnitIndex why_asked;
  std::size_t weekend = 0;
  bool all_weekends = false;
  std::optional<std::size_t> row, hovered;  ///< chosen, and under the mouse: of rows_shown()
  std::optional<PlanDrag> drag;
  std::optional<data::TravelRule> travel;  ///< empty: as the workspace has it
  std::vector<data::KeptPlan> kept;
  std::vector<std::int64_t> outdated;    ///< of `kept`: the numbers under them are others now
  std::optional<std::int64_t> opened;    ///< a kept plan, shown as it is while its wishes stand
  std::optional<std::int64_t> compared;  ///< a kept plan, with the one shown
  std::shared_ptr<const PlanComparison> comparison;
  std::int64_t renaming = 0;      ///< a kept plan being renamed; 0: a new one
  std::string name, note, words;  ///< as typed; words: to find teams by

  /// Rows of the weekend shown, or of all.
  const std::vector<PlanRow>& rows_shown() const;
};

/// "One weekend quiet" before the solver is asked.
inline constexpr auto plan_quiet = std::chrono::milliseconds(300);

}  // namespace app
