#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "data/barrier_split.hpp"
#include "data/dataset.hpp"
#include "data/gaps.hpp"
#include "data/plan_problem.hpp"
#include "data/plan_rule.hpp"
#include "data/travel.hpp"
#include "geo/issue.hpp"

namespace data {

/// A team that must go to a commune (so many days), or must not (0 days).
struct PlanPair {
  std::string team;  ///< Team::id
  geo::UnitCode commune;
  std::optional<std::uint32_t> weekend;  ///< from 0; empty: any of them
  std::uint32_t days = 0;
  bool operator==(const PlanPair&) const = default;
};

/// So many more teams like one on record, but without kit of their own: what if there were?
struct PlanExtra {
  std::string team;  ///< Team::id
  std::uint32_t teams = 1;
  bool operator==(const PlanExtra&) const = default;
};
/// The people of a commune count so many times as much; each commune once.
inline constexpr double most_emphasis = 1000;
struct PlanEmphasis {
  geo::UnitCode commune;
  double factor = 1;
  bool operator==(const PlanEmphasis&) const = default;
};

/// Everything a planner sets.
struct PlanWishes {
  geo::Date from;  ///< the first weekend is the first with a Saturday or Sunday from here
  std::uint32_t weekends = 8;
  Indicator indicator = Indicator::activation_l2;
  bool provincial = true, district = true, commune = false;  ///< which teams
  std::vector<std::string> absent;                           ///< Team::id
  std::optional<std::uint32_t> generators, routers;          ///< empty: what the teams own
  // Priorities, 0 … 1. See plan_problems().
  double people = 0.8, barriers = 0.45, fairness = 0.35, distance = 0.3, crowded = 0;
  std::optional<double> most_km = 80;                           ///< one way
  std::optional<std::uint32_t> team_days_a_weekend, team_days;  ///< at most, of a commune
  bool phone = true;                                            ///< those away may be phoned
  std::vector<PlanPair> pairs;
  std::vector<PlanExtra> extra;
  std::vector<PlanEmphasis> emphasis;
  PlanRule rule;
  std::uint32_t seed = 1;
  bool operator==(const PlanWishes&) const = default;
};
/// Error (usage) that names the field, when the text is none.
PlanWishes plan_wishes_of(const std::string& json);
std::string json_of(const PlanWishes& wishes);

/// Is the team's level asked for, and is it not absent?
bool takes_part(const PlanWishes& wishes, const Team& team);

struct PlanWeekend {
  geo::Date first;  ///< its Saturday; its Sunday where the wishes begin there
  std::uint32_t days = 2;
  /// Id of the public holiday from its Friday to its Monday: "national_day", "tet"; empty: none.
  /// Lunar ones are known from 2020 to 2037.
  std::string_view holiday;
};
std::vector<PlanWeekend> weekends_of(const PlanWishes& wishes);

/// What a plan is made from: the numbers of the day, as the plan needs them.
struct PlanBasis {
  std::shared_ptr<const Dataset> dataset;
  geo::Date at;                      ///< the last reports at or before the first weekend
  std::vector<Gap> gaps;             ///< by UnitIndex
  std::vector<BarrierSplit> splits;  ///< by UnitIndex
  Travel travel;
};
/// Numbers without the ways. Linear.
PlanBasis plan_basis(std::shared_ptr<const Dataset> dataset, const PlanWishes& wishes);
/// Where the teams that the wishes ask for start, for travel_of.
std::vector<Start> starts_of(const Dataset& dataset, const PlanWishes& wishes);

/// One province (or all communes without one) as numbers; provinces do not share teams or kit.
struct PlanPart {
  std::int32_t province = -1;
  PlanProblem problem;
  std::vector<std::vector<std::uint32_t>> teams;  ///< of each crew, into Dataset::teams
  std::vector<std::uint32_t> added;  ///< of each crew: the last so many are not on record
  struct Spot {
    geo::UnitIndex commune;
    bool phone = false;
    bool holiday = false;  ///< those away, while they are at home
  };
  std::vector<Spot> spots;                   ///< by place
  std::vector<Leg> legs;                     ///< by way
  std::vector<std::int32_t> floor_district;  ///< by floor, into Dataset::districts
  std::vector<std::size_t> must_pair;        ///< by must, into PlanWishes::pairs
};
struct PlanProblems {
  std::vector<PlanPart> parts;
  std::vector<std::uint32_t> left_out;  ///< teams without a home or members, into Dataset::teams
  geo::Issues issues;                   ///< wishes that name nobody, or what cannot be
};
/// The model of docs/formulas.md. With `province` only that part, and no issues.
PlanProblems plan_problems(const PlanBasis& basis, const PlanWishes& wishes,
                           std::optional<std::int32_t> province = {});

struct Trip {
  std::uint32_t team = 0;  ///< into Dataset::teams
  std::uint32_t copy = 0;  ///< 0: that team; n: the nth of those like it (PlanWishes::extra)
  geo::UnitIndex commune;
  std::uint32_t weekend = 0, days = 1;
  Pack pack = Pack::nothing;  ///< what the team holds that weekend
  bool phone = false;         ///< from home
  Leg leg;
  double people = 0;  ///< expected
};

struct Plan {
  PlanWishes wishes;
  std::vector<PlanWeekend> weekends;
  std::vector<Trip> trips;              ///< by weekend, then most people first
  std::vector<double> people;           ///< expected by commune, UnitIndex
  double total = 0, low = 0, high = 0;  ///< people; low and high by activations_low and _high
  double value = 0, bound = 0;
  double floors_missed = 0;
  double missed_value = 0;         ///< what the value pays for floors and musts missed
  std::uint32_t musts_missed = 0;  ///< team-days, also of pairs that cannot be
  bool exact = false;              ///< the solver's answer, else the quick one
  double gap() const;              ///< (bound − value) / bound
};
/// Team-days of a pair that the trips lack; 0 for one that forbids.
std::uint32_t days_missed(const PlanBasis& basis, const PlanPair& pair,
                          std::span<const Trip> trips);
/// Answers (by part) as trips of named teams.
Plan plan_of(const PlanBasis& basis, const PlanWishes& wishes, const PlanProblems& problems,
             std::span<const PlanAnswer> answers);

/// quick_plan of all parts, on all cores. `prices` (by part) are kept for a like problem.
std::vector<PlanAnswer> quick_plans(const PlanProblems& problems,
                                    std::vector<PlanPrices>* prices = nullptr);

}  // namespace data
