#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "data/barrier_split.hpp"
#include "data/dataset.hpp"
#include "data/plan_problem.hpp"
#include "geo/message.hpp"

namespace data {

/// What a plan reckons with. Every one is data of the plan, shown with its unit and source, and can
/// be changed; docs/formulas.md says where each default comes from.
struct PlanRule {
  // Accounts of level 2 activated in one session of a team: the middle, and from where to where it
  // may lie. As published (40 people a session), half of them activating; else learned.
  double activations_per_session = 20, activations_low = 10, activations_high = 40;
  double session_hours = 4, session_members = 7;
  double day_hours = 8;    ///< of a team-day, with the way there and back
  double least_hours = 2;  ///< on site; for less nobody goes
  // How fast the work goes where something stands in the way, against where nothing does.
  double ease_no_grid = 0.3;  ///< without a generator; with one as fast as elsewhere
  double ease_signal = 0.3;   ///< without a router
  double ease_no_smartphone = 0.5, ease_own_sim = 0.6, ease_unknown = 0.8;
  double ease_phone = 0.3;        ///< calling those away, against a visit
  double holiday_force = 1.5;     ///< members on a weekend with a public holiday, ×
  double holiday_presence = 0.5;  ///< share of those away who are at home then
  bool learned = false;           ///< activations_* come from the reports
  bool operator==(const PlanRule&) const = default;
};

/// How fast the work goes at home with the people short that a commune has, by pack; 1: as fast as
/// where nothing stands in the way. All 0 where nobody short is at home.
std::array<double, pack_count> eases_of(const PlanRule& rule, const BarrierSplit& split);

/// One coefficient of the rule, as a planner is shown it.
struct PlanCoefficient {
  std::string_view id;  ///< the field's name in JSON
  double PlanRule::*value;
  double least, most;
  geo::Message what, unit, source;  ///< source: of the default, or "learned from the reports"
};
std::vector<PlanCoefficient> plan_coefficients(const PlanRule& rule);

/// What the reports themselves say of a session, up to a date: ΣΔ activated / Σ sessions over all
/// reporters, from one report to the next; low and high bound 90% by leaving out one reporter at a
/// time (jackknife). Quartiles are of the reporters' own ratios.
struct LearnedProductivity {
  double per_session = 0, low = 0, high = 0, lower_quartile = 0, median = 0, upper_quartile = 0;
  double sessions = 0, activations = 0;
  std::size_t reporters = 0;
  /// Of the communes where they were held, by sessions: eases_of without kit. Where nothing stands
  /// in the way a session brings per_session / ease.
  double ease = 1;
};
/// Sessions on record before it is trusted.
inline constexpr double sessions_to_learn = 30;
LearnedProductivity learn_productivity(const Dataset& dataset, geo::Date until);
/// The defaults, with what was learned where there was enough to learn from.
PlanRule usual_rule(const Dataset& dataset, geo::Date until);

}  // namespace data
