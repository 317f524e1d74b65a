#pragma once
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "data/plan.hpp"
#include "geo/progress.hpp"

namespace data {

/// A plan and what it was made from, to be explained. Refers to all of it.
struct PlanAtHand {
  const PlanBasis& basis;
  const PlanProblems& problems;         ///< of the plan's wishes
  std::span<const PlanAnswer> answers;  ///< the plan's, by part
  const Plan& plan;
};

/// Why nobody is sent to a commune, and what would change that. Every change was tried: with it, a
/// plan made at once (quick_plans) sends somebody there; a phone call is no visit. Values are those
/// to write into the wishes, as round as a slider has them.
struct WhyNot {
  enum class Reason {
    chosen,        ///< somebody is sent
    no_numbers,    ///< nothing reported: no shortfall is known
    no_shortfall,  ///< nobody is short of the target
    only_away,     ///< those short are all away: phoned, not visited
    no_teams,      ///< no team of its province takes part
    out_of_reach,  ///< too far for every team, in hours or by the limit on the way
    forbidden,     ///< by pairs, or by a limit of no days
    not_worth_it,  ///< the way costs more than the people there count
    close_call,    ///< the plan made at once goes there; the better one at hand does not
    outbid         ///< others are worth more
  } reason = Reason::outbid;
  std::uint32_t place = 0;        ///< by people short, from 1
  std::optional<double> most_km;  ///< with this limit on the way
  /// With so many teams more like the one it is nearest to (Dataset::teams), for the whole run.
  std::optional<std::uint32_t> teams;
  std::uint32_t like = 0;
  std::optional<std::uint32_t> generators, routers;  ///< with so many, in all
  std::optional<double> barriers;                    ///< with this much on the slider of barriers
  std::optional<double> distance;                    ///< with this much on the slider of short ways
  std::optional<double> emphasis;  ///< with its people counting so many times as much
  /// When a weekend of that team is fixed there: people more here, and over all (mostly fewer).
  std::optional<double> fixed_here, fixed_over_all;
};
/// Plans its province anew a few dozen times at most; `progress` may stop that.
WhyNot why_not(const PlanAtHand& at, geo::UnitIndex commune, const geo::Progress& progress = {});

/// How far a limit is used, and what one more of it would bring.
struct PlanUse {
  enum class What { generators, routers, provincial, district, commune, way, a_weekend, in_all };
  What what = What::generators;
  double used = 0, limit = 0;  ///< generators and routers: held on all weekends; teams: team-days;
                               ///< way: the longest, km
  /// People that the plan at hand gains at least: by one piece of kit or one team, where it brings
  /// most; by 10 km, or by a team-day a commune.
  std::optional<double> one_more;
};
/// What the plan uses up. `tried`: also what one more would bring: added to the plan at hand, which
/// is then made better where it can be; a plan made from scratch may gain more.
std::vector<PlanUse> plan_uses(const PlanAtHand& at, bool tried);

/// People against teams: with the given share of every crew's teams (0 … 2.5), planned anew and
/// without fairness and fixed pairs.
struct CurvePoint {
  double teams = 0, people = 0;
};
std::vector<CurvePoint> plan_curve(const PlanAtHand& at);

/// People short whom the plan's teams can neither visit nor phone within its limits.
double out_of_reach(const PlanAtHand& at);
/// When everybody short is reached if it goes on at the plan's pace; empty: never, by the plan, as
/// its pace is too slow or somebody is out of reach.
std::optional<geo::Date> target_met(const PlanAtHand& at);

/// A wish that cannot be had with the others, and how far it would have to give way.
struct PlanConflict {
  enum class Kind {
    floor,       ///< a district's share
    must,        ///< a fixed pair
    fairness,    ///< the slider
    way,         ///< the limit on the way
    forbidden,   ///< a pair
    stays_home,  ///< the team of a pair is left out, or its level is
    day_hours,   ///< a team-day is too short for the way
    a_weekend,   ///< limits on a commune's team-days
    in_all,
    generators,
    routers
  };
  Kind kind = Kind::floor;
  std::int32_t district = -1;      ///< floor: into Dataset::districts
  std::size_t pair = 0;            ///< must, forbidden, stays_home: into PlanWishes::pairs
  double asked = 0, possible = 0;  ///< floor: people; must: team-days; way: km; else as in wishes
};
/// The floors and musts that no plan can have together, each with what is possible where the least
/// is missing over all; and the wishes of which each one alone, given way to `possible` (of the
/// values tried the least change), makes room. Empty: all can be had, also where the plan at hand
/// does not. Judged by the solver; without one (an empty path), and of large provinces for
/// the changes tried, by plans made at once: then a smaller change may do, too.
std::vector<PlanConflict> plan_conflicts(const PlanAtHand& at,
                                         const std::filesystem::path& solver_program = {},
                                         const geo::Progress& progress = {});

}  // namespace data
