#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "data/plan_explain.hpp"

namespace data {
namespace {

Plan quick(const PlanBasis& basis, const PlanWishes& wishes) {
  const PlanProblems problems = plan_problems(basis, wishes);
  return plan_of(basis, wishes, problems, quick_plans(problems));
}

double expected(const PlanBasis& basis, const PlanWishes& wishes) {
  return quick(basis, wishes).total;
}

PlanUse::What level_of(const Team& team) {
  switch (team.level) {
    case geo::UnitLevel::district:
      return PlanUse::What::district;
    case geo::UnitLevel::commune:
      return PlanUse::What::commune;
    case geo::UnitLevel::country:
    case geo::UnitLevel::province:
      return PlanUse::What::provincial;
  }
  return PlanUse::What::provincial;
}

/// Days, kit and ways that the trips use.
struct Used {
  std::map<PlanUse::What, double> team_days;
  double generators = 0, routers = 0, km = 0, a_weekend = 0, in_all = 0;
};

Used used_by(const PlanBasis& basis, const Plan& plan) {
  Used used;
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> held;
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> crowd;
  std::map<std::uint32_t, double> all;
  for (const Trip& trip : plan.trips) {
    used.team_days[level_of(basis.dataset->teams[trip.team])] += trip.days;
    if (held.insert({trip.team, trip.copy, trip.weekend}).second) {
      const auto pack = static_cast<std::size_t>(trip.pack);
      used.generators += has_generator(pack) ? 1 : 0;
      used.routers += has_router(pack) ? 1 : 0;
    }
    if (trip.phone) continue;
    used.km = std::max(used.km, double(trip.leg.km));
    used.a_weekend =
        std::max(used.a_weekend, crowd[{trip.commune.value, trip.weekend}] += trip.days);
    used.in_all = std::max(used.in_all, all[trip.commune.value] += trip.days);
  }
  return used;
}

}  // namespace

std::vector<PlanUse> plan_uses(const PlanBasis& basis, const Plan& plan, bool tried) {
  return plan_uses(basis, plan_problems(basis, plan.wishes), plan, tried);
}

std::vector<PlanUse> plan_uses(const PlanBasis& basis, const PlanProblems& problems,
                               const Plan& plan, bool tried) {
  using What = PlanUse::What;
  const PlanWishes& wishes = plan.wishes;
  const Used used = used_by(basis, plan);
  const double now = tried ? expected(basis, wishes) : 0;
  const auto more = [&](auto change) -> std::optional<double> {
    if (!tried) return std::nullopt;
    PlanWishes other = wishes;
    change(other);
    return std::max(0.0, expected(basis, other) - now);
  };
  double weekends = 0, days = 0;
  for (const PlanWeekend& weekend : plan.weekends) {
    weekends += 1;
    days += weekend.days;
  }
  std::uint32_t generators = 0, routers = 0;
  std::map<What, double> teams;
  std::map<What, std::string> like;
  for (const PlanPart& part : problems.parts) {
    generators += part.problem.generators;
    routers += part.problem.routers;
    for (const auto& crew : part.teams) {
      for (const std::uint32_t t : crew) {
        const What level = level_of(basis.dataset->teams[t]);
        teams[level] += 1;
        like.try_emplace(level, basis.dataset->teams[t].id);
      }
    }
  }
  std::vector<PlanUse> out;
  out.push_back({What::generators, used.generators, generators * weekends,
                 more([&](PlanWishes& w) { w.generators = generators + 1; })});
  out.push_back({What::routers, used.routers, routers * weekends,
                 more([&](PlanWishes& w) { w.routers = routers + 1; })});
  for (const auto& [level, count] : teams) {
    const auto it = used.team_days.find(level);
    out.push_back({level, it == used.team_days.end() ? 0 : it->second, count * days,
                   more([&, level = level](PlanWishes& w) {
                     w.extra.push_back({like[level], 1});
                   })});
  }
  if (wishes.most_km)
    out.push_back({What::way, used.km, *wishes.most_km,
                   more([&](PlanWishes& w) { w.most_km = *wishes.most_km + 10; })});
  if (wishes.team_days_a_weekend)
    out.push_back({What::a_weekend, used.a_weekend, double(*wishes.team_days_a_weekend),
                   more([&](PlanWishes& w) { ++*w.team_days_a_weekend; })});
  if (wishes.team_days)
    out.push_back({What::in_all, used.in_all, double(*wishes.team_days),
                   more([&](PlanWishes& w) { ++*w.team_days; })});
  return out;
}

namespace {

bool all_had(const Plan& plan) { return plan.musts_missed == 0 && plan.floors_missed < 0.5; }

/// Limits that stand in the way, each alone eased as little as is enough.
void add_limits(const PlanBasis& basis, const Plan& plan, std::vector<PlanConflict>& out) {
  using Kind = PlanConflict::Kind;
  const PlanWishes& wishes = plan.wishes;
  const auto enough = [&](auto change) {
    PlanWishes other = wishes;
    change(other);
    return all_had(quick(basis, other));
  };
  // The first of growing values that is enough; the last one is tried first.
  const auto least = [&](Kind kind, double asked, std::vector<double> values, auto change) {
    if (values.empty() || !enough([&](PlanWishes& w) { change(w, values.back()); })) return;
    for (const double value : values) {
      if (!enough([&](PlanWishes& w) { change(w, value); })) continue;
      out.push_back({kind, -1, 0, asked, value});
      return;
    }
  };
  const auto counts = [](std::uint32_t from) {
    std::vector<double> values;
    for (const std::uint32_t n : {1U, 2U, 3U, 4U, 6U, 8U, 12U, 16U, 24U, 32U, 64U})
      values.push_back(double(from) + n);
    return values;
  };
  if (wishes.most_km) {
    std::vector<double> values;
    for (const double factor : {1.1, 1.25, 1.5, 2.0, 3.0, 5.0, 10.0})
      values.push_back(std::ceil(*wishes.most_km * factor + 1));
    least(Kind::way, *wishes.most_km, values, [](PlanWishes& w, double km) { w.most_km = km; });
  }
  const auto whole = [](double value) { return static_cast<std::uint32_t>(value); };
  if (wishes.team_days_a_weekend)
    least(Kind::a_weekend, *wishes.team_days_a_weekend, counts(*wishes.team_days_a_weekend),
          [&](PlanWishes& w, double n) { w.team_days_a_weekend = whole(n); });
  if (wishes.team_days)
    least(Kind::in_all, *wishes.team_days, counts(*wishes.team_days),
          [&](PlanWishes& w, double n) { w.team_days = whole(n); });
  for (std::size_t i = 0; i < wishes.pairs.size(); ++i) {
    if (wishes.pairs[i].days > 0) continue;
    if (enough([&](PlanWishes& w) {
          w.pairs.erase(w.pairs.begin() + static_cast<std::ptrdiff_t>(i));
        }))
      out.push_back({Kind::forbidden, -1, i, 0, 1});
  }
}

}  // namespace

std::vector<PlanConflict> plan_conflicts(const PlanBasis& basis, const Plan& plan) {
  using Kind = PlanConflict::Kind;
  std::vector<PlanConflict> out;
  const PlanWishes& wishes = plan.wishes;
  const PlanProblems problems = plan_problems(basis, wishes);
  std::map<std::int32_t, double> had;
  for (std::size_t c = 0; c < plan.people.size(); ++c)
    had[basis.dataset->communes[c].district] += plan.people[c];
  for (const PlanPart& part : problems.parts)
    for (std::size_t f = 0; f < part.problem.floors.size(); ++f) {
      const double asked = part.problem.floors[f].people;
      const double reached = had[part.floor_district[f]];
      if (reached < asked - 0.5)
        out.push_back({Kind::floor, part.floor_district[f], 0, asked, reached});
    }
  for (std::size_t i = 0; i < wishes.pairs.size(); ++i) {
    const std::uint32_t missed = days_missed(basis, wishes.pairs[i], plan.trips);
    const double asked = wishes.pairs[i].days;
    if (missed > 0) out.push_back({Kind::must, -1, i, asked, asked - missed});
  }
  if (!out.empty()) add_limits(basis, plan, out);
  return out;
}

}  // namespace data
