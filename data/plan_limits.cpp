// How far a plan's limits are used, and what one more of each would bring.
#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "data/plan_explain.hpp"
#include "data/plan_schedule.hpp"
#include "data/plan_tries.hpp"

namespace data {
namespace {

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

double people_in(const PlanProblem& problem, const PlanAnswer& answer) {
  double sum = 0;
  for (const double people : people_of(problem, answer.stays)) sum += people;
  return sum;
}

/// The plan at hand with something more in one province, made better where it can be.
class OneMore {
 public:
  explicit OneMore(const PlanAtHand& at) : at_(at) {
    for (std::size_t i = 0; i < at.answers.size(); ++i) {
      const PlanProblem& problem = at.problems.parts[i].problem;
      prices_.push_back(plan_prices(problem, at.answers[i].value, 150));
      // What can be made better without anything more is not what one more brings.
      now_.push_back(people_in(problem, improved(problem, at.answers[i], prices_[i])));
    }
  }
  const PlanPrices& prices(std::size_t part) const { return prices_[part]; }

  /// People gained where part `i` is so.
  double people(std::size_t i, const PlanProblem& problem, const PlanAnswer& start) const {
    const PlanPrices prices = plan_prices(problem, start.value, 150, &prices_[i]);
    return people_in(problem, improved(problem, start, prices)) - now_[i];
  }
  template <class Change>
  double people_with(std::size_t i, Change change) const {
    PlanProblem problem = at_.problems.parts[i].problem;
    change(problem);
    return people(i, problem, at_.answers[i]);
  }
  /// The province where something is worth most by the prices.
  template <class Worth>
  std::size_t dearest(Worth worth) const {
    std::size_t best = 0;
    for (std::size_t i = 1; i < prices_.size(); ++i)
      if (worth(prices_[i]) > worth(prices_[best])) best = i;
    return best;
  }

 private:
  const PlanAtHand& at_;
  std::vector<PlanPrices> prices_;
  std::vector<double> now_;  ///< people, by part
};

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// What one more team of each crew would be worth by the prices: the best way and pack of each
/// weekend.
std::vector<double> team_worths(const PlanProblem& problem, const PlanPrices& prices) {
  std::vector<double> out(problem.crews.size());
  for (std::uint32_t weekend = 0; weekend < problem.weekends.size(); ++weekend) {
    std::vector<double> best(problem.crews.size());
    for (const auto& way : problem.ways) {
      for (std::size_t pack = 0; pack < pack_count; ++pack) {
        const double kit = (has_generator(pack) ? prices.generator[weekend] : 0) +
                           (has_router(pack) ? prices.router[weekend] : 0);
        const double day = prices.person[way.place] * problem.gain(way, weekend, pack) - way.cost;
        best[way.crew] = std::max(best[way.crew], problem.weekends[weekend].days * day - kit);
      }
    }
    for (std::size_t k = 0; k < best.size(); ++k) out[k] += best[k];
  }
  return out;
}

/// One more team of the level, in the crew where it is worth most by the prices.
std::optional<double> one_more_team(const PlanAtHand& at, const OneMore& more,
                                    PlanUse::What level) {
  struct Best {
    double worth = -1;
    std::size_t part = 0, crew = 0;
  } best;
  for (std::size_t i = 0; i < at.problems.parts.size(); ++i) {
    const PlanPart& part = at.problems.parts[i];
    const std::vector<double> worths = team_worths(part.problem, more.prices(i));
    for (std::size_t k = 0; k < worths.size(); ++k) {
      const auto& teams = part.teams[k];
      if (worths[k] > best.worth && std::any_of(teams.begin(), teams.end(), [&](std::uint32_t t) {
            return level_of(at.basis.dataset->teams[t]) == level;
          }))
        best = {worths[k], i, k};
    }
  }
  if (best.worth < 0) return std::nullopt;
  return more.people_with(best.part, [&](PlanProblem& p) { ++p.crews[best.crew].teams; });
}

/// The answer's stays on a problem that has its ways, and more of them.
std::vector<Stay> along(const PlanProblem& problem, const PlanProblem& of,
                        std::vector<Stay> stays) {
  for (Stay& stay : stays) {
    const auto& way = of.ways[stay.way];
    // Ways are in order of crew and, within it, of place.
    const auto it = std::lower_bound(problem.ways.begin(), problem.ways.end(), way,
                                     [](const auto& a, const auto& b) {
                                       return std::tie(a.crew, a.place) < std::tie(b.crew, b.place);
                                     });
    stay.way = static_cast<std::uint32_t>(it - problem.ways.begin());
  }
  return stays;
}

/// Ways longer by so much, everything else as it is, floors too.
double longer_ways(const PlanAtHand& at, const OneMore& more, double km) {
  PlanWishes wishes = at.plan.wishes;
  wishes.most_km = km;
  wishes.fairness = 0;
  const PlanProblems longer = plan_problems(at.basis, wishes);
  double people = 0;
  for (std::size_t i = 0; i < at.problems.parts.size(); ++i) {
    const PlanProblem& now = at.problems.parts[i].problem;
    PlanProblem problem = longer.parts[i].problem;
    if (problem.ways.size() == now.ways.size()) continue;
    problem.floors = now.floors;
    problem.missed_person = now.missed_person;
    problem.missed_team_day = now.missed_team_day;
    for (std::size_t p = 0; p < now.places.size(); ++p)
      problem.places[p].floor = now.places[p].floor;
    const PlanAnswer start =
        answer_with(problem, along(problem, now, at.answers[i].stays), at.answers[i].holding);
    people += more.people(i, problem, start);
  }
  return people;
}

/// So many more team-days for every commune that is limited.
double more_days(const PlanAtHand& at, const OneMore& more,
                 std::uint32_t PlanProblem::Place::*limit) {
  double people = 0;
  for (std::size_t i = 0; i < at.problems.parts.size(); ++i)
    people += more.people_with(i, [&](PlanProblem& p) {
      for (auto& place : p.places)
        if (place.*limit != PlanProblem::unlimited) ++(place.*limit);
    });
  return people;
}

}  // namespace

std::vector<PlanUse> plan_uses(const PlanAtHand& at, bool tried) {
  using What = PlanUse::What;
  const PlanWishes& wishes = at.plan.wishes;
  const Used used = used_by(at.basis, at.plan);
  std::optional<OneMore> more;
  if (tried && !at.answers.empty()) more.emplace(at);
  const auto gained = [&](auto count) -> std::optional<double> {
    if (!more) return std::nullopt;
    const std::optional<double> people = count();
    if (!people) return std::nullopt;
    return std::max(0.0, *people);
  };
  double weekends = 0, days = 0;
  for (const PlanWeekend& weekend : at.plan.weekends) {
    weekends += 1;
    days += weekend.days;
  }
  const PlanMeans means = means_of(at.problems);
  std::map<What, double> teams;
  for (const PlanPart& part : at.problems.parts)
    for (const auto& crew : part.teams)
      for (const std::uint32_t t : crew) teams[level_of(at.basis.dataset->teams[t])] += 1;
  std::vector<PlanUse> out;
  out.push_back({What::generators, used.generators, means.generators * weekends,
                 gained([&]() -> std::optional<double> {
                   return more->people_with(
                       more->dearest([](const PlanPrices& p) { return sum(p.generator); }),
                       [](PlanProblem& p) { ++p.generators; });
                 })});
  out.push_back({What::routers, used.routers, means.routers * weekends,
                 gained([&]() -> std::optional<double> {
                   return more->people_with(
                       more->dearest([](const PlanPrices& p) { return sum(p.router); }),
                       [](PlanProblem& p) { ++p.routers; });
                 })});
  for (const auto& [level, count] : teams) {
    const auto it = used.team_days.find(level);
    out.push_back({level, it == used.team_days.end() ? 0 : it->second, count * days,
                   gained([&, level = level] { return one_more_team(at, *more, level); })});
  }
  if (wishes.most_km)
    out.push_back({What::way, used.km, *wishes.most_km, gained([&]() -> std::optional<double> {
                     return longer_ways(at, *more, *wishes.most_km + 10);
                   })});
  if (wishes.team_days_a_weekend)
    out.push_back({What::a_weekend, used.a_weekend, double(*wishes.team_days_a_weekend),
                   gained([&]() -> std::optional<double> {
                     return more_days(at, *more, &PlanProblem::Place::team_days_a_weekend);
                   })});
  if (wishes.team_days)
    out.push_back({What::in_all, used.in_all, double(*wishes.team_days),
                   gained([&]() -> std::optional<double> {
                     return more_days(at, *more, &PlanProblem::Place::team_days);
                   })});
  return out;
}

}  // namespace data
