#pragma once
#include <optional>
#include <vector>

#include "data/plan.hpp"

namespace data {

/// Why nobody is sent to a commune, and what would change that. Everything said was tried: with it,
/// a plan made at once (quick_plans) sends somebody there; a phone call is no visit. Values are
/// those to write into the wishes.
struct WhyNot {
  enum class Reason {
    chosen,        ///< somebody is sent
    no_numbers,    ///< nothing reported: no shortfall is known
    no_shortfall,  ///< nobody is short of the target
    only_away,     ///< those short are all away: phoned, not visited
    out_of_reach,  ///< too far for every team, in hours or by the limit on the way
    forbidden,     ///< by pairs, or by a limit of no days
    outbid         ///< others are worth more
  } reason = Reason::outbid;
  std::uint32_t place = 0;        ///< by people short, from 1
  std::optional<double> most_km;  ///< with this limit on the way
  /// With so many teams more like the one it is nearest to (Dataset::teams), for the whole run.
  std::optional<std::uint32_t> teams;
  std::uint32_t like = 0;
  std::optional<std::uint32_t> generators, routers;  ///< with so many, in all
  std::optional<double> barriers;                    ///< with this much on the slider of barriers
  std::optional<double> emphasis;  ///< with its people counting so many times as much
  /// When a weekend of that team is fixed there: people more here, and over all (mostly fewer).
  std::optional<double> fixed_here, fixed_over_all;
};
WhyNot why_not(const PlanBasis& basis, const PlanWishes& wishes, geo::UnitIndex commune);

/// How far a limit is used, and what one more of it would bring.
struct PlanUse {
  enum class What { generators, routers, provincial, district, commune, way, a_weekend, in_all };
  What what = What::generators;
  double used = 0, limit = 0;  ///< generators and routers: held on all weekends; teams: team-days;
                               ///< way: the longest, km
  std::optional<double> one_more;  ///< people: one piece of kit, one team, 10 km, one team-day
};
/// What the plan uses up. `tried`: also what one more would bring (plans made anew, no less than
/// 0).
std::vector<PlanUse> plan_uses(const PlanBasis& basis, const Plan& plan, bool tried);
/// The same of problems that are there: the plan's own.
std::vector<PlanUse> plan_uses(const PlanBasis& basis, const PlanProblems& problems,
                               const Plan& plan, bool tried);

/// People against teams: with the given share of every crew's teams (0 … 2.5), planned anew.
struct CurvePoint {
  double teams = 0, people = 0;
};
std::vector<CurvePoint> plan_curve(const PlanBasis& basis, const PlanWishes& wishes);

/// When everybody short is reached if it goes on at the plan's pace; empty: never, by the plan.
std::optional<geo::Date> target_met(const PlanBasis& basis, const Plan& plan);

/// A wish that cannot be had with the others, and how far it would have to give way.
struct PlanConflict {
  enum class Kind { floor, must, way, forbidden, a_weekend, in_all, generators, routers };
  Kind kind = Kind::floor;
  std::int32_t district = -1;      ///< floor: into Dataset::districts
  std::size_t pair = 0;            ///< must, forbidden: into PlanWishes::pairs
  double asked = 0, possible = 0;  ///< floor: people; must: team-days; way: km; else pieces
};
/// The floors and musts that the plan could not have, each with the least it has to give way; and
/// the limits of which each one alone, eased to `possible`, would make room. Empty: all is had.
std::vector<PlanConflict> plan_conflicts(const PlanBasis& basis, const Plan& plan);

}  // namespace data
