#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "data/plan_issues.hpp"
#include "geo/parallel.hpp"

namespace data {
namespace {

using geo::msg;

/// One way that teams go costs so many accounts a kilometre when short ways count fully.
constexpr double cost_of_km = 0.2;
/// Of people behind a missing grid or signal, when barriers count fully: as much again as others
/// when people short count fully.
constexpr double barrier_weight = 1;
constexpr double crowded_weight = 0.5;

double members_of(const Team& team) {
  return static_cast<double>(
      std::max<std::int64_t>(team.members > 0 ? team.members : team.union_members, 0));
}

/// A commune's people short, as a plan sees them.
struct Need {
  /// People that may be reached so, together its shortfall: at home, away but home for a holiday,
  /// and away.
  double visits = 0, holiday = 0, phone = 0;
  double behind = 0;   ///< share of the shortfall behind a missing grid or signal
  double density = 0;  ///< eligible people per km²
  std::array<double, pack_count> ease{};  ///< of those at home
};

Need need_of(const PlanBasis& basis, std::size_t c, const PlanRule& rule, bool holidays) {
  Need need;
  const Gap& gap = basis.gaps[c];
  if (!gap.shortfall || gap.shortfall->value <= 0) return need;
  const BarrierSplit& split = basis.splits[c];
  const double away = split.of(Barrier::away), at_home = split.total() - away;
  need.visits = at_home;
  need.holiday = holidays ? away * rule.holiday_presence : 0;
  need.phone = away - need.holiday;
  need.behind = split.total() > 0
                    ? (split.of(Barrier::no_grid) + split.of(Barrier::signal)) / split.total()
                    : 0;
  const double area = basis.dataset->communes[c].area_m2 / 1e6;
  if (gap.eligible && area > 0) need.density = gap.eligible->value / area;
  need.ease = eases_of(rule, split);
  return need;
}

/// What is worked out once for all provinces.
struct Common {
  const PlanBasis& basis;
  const PlanWishes& wishes;
  std::vector<PlanWeekend> weekends;
  std::vector<Need> needs;  ///< by UnitIndex
  double densest = 0;
};

double weight_of(const Common& common, const Need& need) {
  const PlanWishes& w = common.wishes;
  const double crowded =
      common.densest > 0 ? std::log1p(need.density) / std::log1p(common.densest) : 0;
  const double weight =
      w.people + w.barriers * barrier_weight * need.behind + w.crowded * crowded_weight * crowded;
  return std::max(weight, 1e-3);  // everything at 0 still means: people
}

struct CrewKey {
  std::uint32_t home;
  Vehicle vehicle;
  double members;
  std::uint32_t alone;  ///< a team that a pair names: its place + 1
  auto operator<=>(const CrewKey&) const = default;
};

void add_places(PlanPart& part, const Common& common, std::span<const std::uint32_t> communes) {
  for (const std::uint32_t c : communes) {
    const Need& need = common.needs[c];
    for (const PlanPart::Spot spot : {PlanPart::Spot{geo::UnitIndex(c), false, false},
                                      PlanPart::Spot{geo::UnitIndex(c), false, true},
                                      PlanPart::Spot{geo::UnitIndex(c), true, false}}) {
      const double people = spot.phone ? need.phone : spot.holiday ? need.holiday : need.visits;
      if (people <= 0 || (spot.phone && !common.wishes.phone)) continue;
      PlanProblem::Place place;
      place.people = people;
      place.weight = weight_of(common, need);
      for (const PlanEmphasis& emphasis : common.wishes.emphasis)
        if (emphasis.commune == common.basis.dataset->communes[c].code)
          place.weight *= emphasis.factor;
      if (!spot.phone) {
        place.team_days_a_weekend =
            common.wishes.team_days_a_weekend.value_or(PlanProblem::unlimited);
        place.team_days = common.wishes.team_days.value_or(PlanProblem::unlimited);
      }
      part.problem.places.push_back(place);
      part.spots.push_back(spot);
      // By kind of weekend: a usual one, a holiday.
      constexpr std::array<double, pack_count> all{1, 1, 1, 1}, none{};
      part.problem.ease.push_back(spot.phone ? all : spot.holiday ? none : need.ease);
      part.problem.ease.push_back(spot.phone || spot.holiday ? all : need.ease);
    }
  }
}

void add_ways(PlanPart& part, const Common& common, const CrewKey& key, std::uint32_t crew) {
  const Dataset& dataset = *common.basis.dataset;
  const PlanRule& rule = common.wishes.rule;
  const double rate = rule.activations_per_session / (rule.session_members * rule.session_hours);
  const auto start = common.basis.travel.find({geo::UnitIndex(key.home), key.vehicle});
  const Commune& home = dataset.communes[key.home];
  for (std::uint32_t p = 0; p < part.spots.size(); ++p) {
    const PlanPart::Spot& spot = part.spots[p];
    PlanProblem::Way way{crew, p, 0, 0};
    Leg leg;
    if (spot.phone) {
      // People are called by those who know them: of the same commune or former district.
      const Commune& there = dataset.communes[spot.commune.value];
      if (spot.commune.value != key.home && (home.district < 0 || home.district != there.district))
        continue;
      leg = {0, 0};
      way.people = key.members * rule.day_hours * rate * rule.ease_phone;
    } else {
      if (!start) continue;
      leg = common.basis.travel.leg(*start, spot.commune);
      const double hours = rule.day_hours - 2 * double(leg.hours);
      if (!leg.reachable() || hours < rule.least_hours) continue;
      if (common.wishes.most_km && double(leg.km) > *common.wishes.most_km) continue;
      way.people = key.members * hours * rate;
      way.cost = common.wishes.distance * cost_of_km * double(leg.km);
    }
    if (way.people <= 0) continue;
    part.problem.ways.push_back(way);
    part.legs.push_back(leg);
  }
}

void add_pairs(PlanPart& part, const Common& common, std::span<const Named> named) {
  PlanProblem& problem = part.problem;
  for (std::size_t i = 0; i < named.size(); ++i) {
    const PlanPair& pair = common.wishes.pairs[i];
    if (named[i].team == no_index || named[i].commune == no_index) continue;
    for (std::uint32_t w = 0; w < problem.ways.size(); ++w) {
      const auto& way = problem.ways[w];
      if (part.spots[way.place].phone || part.spots[way.place].commune.value != named[i].commune ||
          part.teams[way.crew].front() != named[i].team || part.added[way.crew] > 0)
        continue;
      if (pair.weekend && *pair.weekend >= problem.weekends.size()) continue;
      if (pair.days > 0) {
        if (part.spots[way.place].holiday) continue;
        problem.musts.push_back({w, pair.weekend.value_or(no_index), pair.days});
        part.must_pair.push_back(i);
        continue;
      }
      for (std::uint32_t weekend = 0; weekend < problem.weekends.size(); ++weekend)
        if (!pair.weekend || *pair.weekend == weekend) problem.bans.push_back({w, weekend});
    }
  }
  std::sort(problem.bans.begin(), problem.bans.end());
  problem.bans.erase(std::unique(problem.bans.begin(), problem.bans.end()), problem.bans.end());
}

/// Each former district is to get so much of its part of what the plan can reach at all: its part
/// is that of the people short that can be reached.
void add_floors(PlanPart& part, const Common& common) {
  const double fairness = common.wishes.fairness;
  if (fairness <= 0) return;
  PlanProblem& problem = part.problem;
  const PlanAnswer free = quick_plan(problem);
  double reached = 0, all = 0;
  for (const double people : people_of(problem, free.stays)) reached += people;
  std::map<std::int32_t, double> by_district;
  std::vector<bool> open(problem.places.size());
  for (const auto& way : problem.ways) open[way.place] = true;
  const auto district_of = [&](std::size_t p) {
    return common.basis.dataset->communes[part.spots[p].commune.value].district;
  };
  for (std::size_t p = 0; p < problem.places.size(); ++p) {
    open[p] = open[p] && district_of(p) >= 0;
    if (!open[p]) continue;
    all += problem.places[p].people;
    by_district[district_of(p)] += problem.places[p].people;
  }
  if (all <= 0 || by_district.size() < 2) return;
  std::map<std::int32_t, std::uint32_t> floors;
  for (const auto& [district, people] : by_district) {
    floors[district] = static_cast<std::uint32_t>(problem.floors.size());
    problem.floors.push_back({fairness * reached * people / all});
    part.floor_district.push_back(district);
  }
  for (std::size_t p = 0; p < problem.places.size(); ++p)
    if (open[p]) problem.places[p].floor = floors[district_of(p)];
}

/// What a province has.
struct Gathered {
  std::vector<std::uint32_t> communes;
  std::map<CrewKey, std::vector<std::uint32_t>> crews, added;
  std::uint32_t generators = 0, routers = 0;
};
using Provinces = std::map<std::int32_t, Gathered>;

/// Kit that the planner counts himself is divided like the provinces' own, else equally, among
/// those that have teams; what is left over goes to the largest remainders.
void divide(Provinces& provinces, const std::optional<std::uint32_t>& wish,
            std::uint32_t Gathered::*own) {
  if (!wish) return;
  double all = 0, with_teams = 0;
  for (const auto& [province, g] : provinces) {
    all += g.*own;
    with_teams += g.crews.empty() ? 0 : 1;
  }
  std::vector<std::pair<double, Gathered*>> remainders;
  std::uint32_t left = *wish;
  for (auto& [province, g] : provinces) {
    if (g.crews.empty()) continue;
    const double share = *wish * (all > 0 ? g.*own / all : 1 / with_teams);
    g.*own = static_cast<std::uint32_t>(share);
    left -= std::min(left, g.*own);
    remainders.push_back({share - std::floor(share), &g});
  }
  std::stable_sort(remainders.begin(), remainders.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (std::size_t i = 0; left > 0 && !remainders.empty(); ++i, --left)
    ++(remainders[i % remainders.size()].second->*own);
}

/// Communes, and the teams that take part; teams that nobody can reckon with to `left_out`.
Provinces gathered(const Dataset& dataset, const PlanWishes& wishes, std::span<const Named> pairs,
                   std::vector<std::uint32_t>& left_out) {
  std::vector<bool> alone(dataset.teams.size());
  for (const Named& pair : pairs)
    if (pair.team != no_index && pair.commune != no_index) alone[pair.team] = true;
  const std::set<std::string_view> absent(wishes.absent.begin(), wishes.absent.end());
  Provinces provinces;
  for (std::uint32_t c = 0; c < dataset.communes.size(); ++c)
    provinces[dataset.communes[c].province].communes.push_back(c);
  for (std::uint32_t t = 0; t < dataset.teams.size(); ++t) {
    const Team& team = dataset.teams[t];
    if (!level_asked(wishes, team) || absent.contains(team.id)) continue;
    if (!team.home.valid() || members_of(team) <= 0) {
      left_out.push_back(t);
      continue;
    }
    Gathered& g = provinces[dataset.communes[team.home.value].province];
    g.crews[{team.home.value, vehicle_of(team.vehicle), members_of(team), alone[t] ? t + 1 : 0}]
        .push_back(t);
    for (const PlanExtra& extra : wishes.extra)
      if (extra.team == team.id) {
        const CrewKey like{team.home.value, vehicle_of(team.vehicle), members_of(team), 0};
        g.crews[like];
        g.added[like].insert(g.added[like].end(), extra.teams, t);
      }
    g.generators += team.generator ? 1 : 0;
    g.routers += team.mobile_router ? 1 : 0;
  }
  divide(provinces, wishes.generators, &Gathered::generators);
  divide(provinces, wishes.routers, &Gathered::routers);
  return provinces;
}

}  // namespace

PlanBasis plan_basis(std::shared_ptr<const Dataset> dataset, const PlanWishes& wishes) {
  PlanBasis basis;
  basis.dataset = std::move(dataset);
  const auto& dates = basis.dataset->dates;
  const auto after = std::upper_bound(dates.begin(), dates.end(), wishes.from);
  if (!dates.empty()) basis.at = after == dates.begin() ? dates.front() : *(after - 1);
  basis.gaps = gaps(*basis.dataset, wishes.indicator, basis.at);
  basis.splits = split_shortfall(*basis.dataset, basis.gaps);
  return basis;
}

std::vector<Start> starts_of(const Dataset& dataset, const PlanWishes& wishes) {
  std::vector<Start> out;
  for (const Team& team : dataset.teams)
    if (level_asked(wishes, team) && team.home.valid() && members_of(team) > 0)
      out.push_back({team.home, vehicle_of(team.vehicle)});
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

PlanProblems plan_problems(const PlanBasis& basis, const PlanWishes& wishes,
                           std::optional<std::int32_t> only) {
  const Dataset& dataset = *basis.dataset;
  PlanProblems out;
  Common common{basis, wishes, weekends_of(wishes), {}, 0};
  const bool holidays = std::any_of(common.weekends.begin(), common.weekends.end(),
                                    [](const PlanWeekend& w) { return !w.holiday.empty(); });
  const bool limited = wishes.team_days_a_weekend || wishes.team_days;
  for (std::size_t c = 0; c < dataset.communes.size(); ++c) {
    // A limit on visits is one for all of a commune: then those away are phoned.
    common.needs.push_back(need_of(basis, c, wishes.rule, holidays && !limited));
    common.densest = std::max(common.densest, common.needs.back().density);
  }
  std::vector<Named> named;
  for (const PlanPair& pair : wishes.pairs) named.push_back(named_by(dataset, pair));
  Provinces provinces = gathered(dataset, wishes, named, out.left_out);
  for (auto& [province, g] : provinces) {
    if (only && province != *only) continue;
    PlanPart part;
    part.province = province;
    PlanProblem& problem = part.problem;
    problem.weekend_kinds = 2;
    for (const PlanWeekend& weekend : common.weekends)
      problem.weekends.push_back({weekend.days,
                                  weekend.holiday.empty() ? 1 : wishes.rule.holiday_force,
                                  weekend.holiday.empty() ? 0U : 1U});
    problem.generators = g.generators;
    problem.routers = g.routers;
    add_places(part, common, g.communes);
    for (const auto& [key, teams] : g.crews) {
      const auto crew = static_cast<std::uint32_t>(problem.crews.size());
      part.teams.push_back(teams);
      const std::vector<std::uint32_t>& added = g.added[key];
      part.teams.back().insert(part.teams.back().end(), added.begin(), added.end());
      part.added.push_back(static_cast<std::uint32_t>(added.size()));
      problem.crews.push_back({static_cast<std::uint32_t>(part.teams.back().size())});
      add_ways(part, common, key, crew);
    }
    add_pairs(part, common, named);
    set_missing_costs(problem);
    out.parts.push_back(std::move(part));
  }
  geo::in_parallel(out.parts.size(), {}, msg("data.plan_doing"),
                   [&](std::size_t, std::size_t i) { add_floors(out.parts[i], common); });
  if (!only) out.issues = plan_issues(basis, wishes, out);
  return out;
}

std::vector<PlanAnswer> quick_plans(const PlanProblems& problems, std::vector<PlanPrices>* prices) {
  std::vector<PlanAnswer> out(problems.parts.size());
  std::vector<PlanPrices> none;
  std::vector<PlanPrices>& known = prices ? *prices : none;
  known.resize(problems.parts.size());
  geo::in_parallel(problems.parts.size(), {}, msg("data.plan_doing"),
                   [&](std::size_t, std::size_t i) {
                     out[i] = quick_plan(problems.parts[i].problem, &known[i]);
                   });
  return out;
}

}  // namespace data
