#pragma once
#include <filesystem>
#include <functional>

#include "data/mip.hpp"
#include "data/plan.hpp"
#include "data/plan_groups.hpp"

namespace data {

/// The problem as a programme for a solver, and how to read its answer.
struct PlanMip {
  Mip mip;
  WeekendGroups groups;
  struct Column {
    std::uint32_t way = 0, group = 0;
    std::uint8_t pack = 0;
  };
  std::vector<Column> stays;     ///< columns first_stay …
  std::vector<Column> holdings;  ///< columns first_holding …; way is the crew
  std::size_t first_stay = 0, first_holding = 0, first_floor = 0, first_must = 0;
};
/// `grouped`: weekends that nothing tells apart are one column. That is much smaller; every plan is
/// an answer of it, so its bound holds for all plans, but where limits of single weekends are tight
/// its best answer may be no plan.
PlanMip plan_mip(const PlanProblem& problem, bool grouped);
/// A plan as values of the columns, to start from.
std::vector<double> start_of(const PlanProblem& problem, const PlanMip& mip,
                             const PlanAnswer& answer);
/// The values as a plan that holds every limit: days spread over the weekends of their group. What
/// does not fit there stays at home.
PlanAnswer answer_of(const PlanProblem& problem, const PlanMip& mip, std::span<const double> x);

struct ExactLimits {
  double seconds = 50;  ///< for all provinces together
  double gap = 0.002;   ///< good enough
  std::uint32_t seed = 1;
};
struct ExactProgress {
  double value = 0, bound = 0;  ///< over all provinces, as far as known
  double missed_value = 0;      ///< PlanAnswer, of the quick answers
  std::size_t done = 0, parts = 0;
  /// As gap_of(), 0 … 1.
  double gap() const;
};
/// The quick answers made better by the solver, two provinces at a time; never worse, always with a
/// bound. `report` answers false to stop at once: then what was found so far is the answer. A
/// solver that fails leaves the quick answer, and its words in `said`.
struct ExactAnswer {
  std::vector<PlanAnswer> answers;  ///< by part
  bool proven = false;              ///< all parts within the gap
  bool stopped = false;
  geo::Message said;
};
ExactAnswer exact_plans(const PlanProblems& problems, std::span<const PlanAnswer> quick,
                        std::span<const PlanPrices> prices, const ExactLimits& limits,
                        const std::filesystem::path& solver_program,
                        const std::function<bool(const ExactProgress&)>& report = {});

}  // namespace data
