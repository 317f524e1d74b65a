#include "data/plan.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace data {
namespace {

/// One day of a stay: where to, and how many expected people.
struct Day {
  std::uint32_t way;
  double people;
};

/// Team-days of a crew on a weekend are given to its teams one after the other, those with kit
/// first, and a team that owns the kit before one that borrows it.
void trips_of(const PlanBasis& basis, const PlanPart& part, const PlanAnswer& answer,
              std::span<const double> scale, std::vector<Trip>& out) {
  const PlanProblem& problem = part.problem;
  const std::size_t weekends = problem.weekends.size();
  // Stays sorted by way are sorted by crew, but not by weekend: gather them.
  std::vector<std::vector<const Stay*>> of(problem.crews.size() * weekends);
  for (const Stay& stay : answer.stays)
    of[problem.ways[stay.way].crew * weekends + stay.weekend].push_back(&stay);
  for (std::size_t i = 0; i < of.size(); ++i) {
    if (of[i].empty()) continue;
    const std::size_t crew = i / weekends, weekend = i % weekends;
    struct Free {
      std::uint32_t team, copy;
    };
    std::vector<Free> free;
    std::map<std::uint32_t, std::uint32_t> copies;
    for (const std::uint32_t team : part.teams[crew]) {
      const bool added = free.size() + part.added[crew] >= part.teams[crew].size();
      free.push_back({team, added ? ++copies[team] : 0});
    }
    for (std::size_t pack = pack_count; pack-- > 0;) {
      std::vector<Day> days;
      for (const Stay* stay : of[i]) {
        if (static_cast<std::size_t>(stay->pack) != pack) continue;
        const auto& way = problem.ways[stay->way];
        const double people = problem.gain(way, stay->weekend, pack) * scale[way.place];
        for (std::uint32_t d = 0; d < stay->team_days; ++d) days.push_back({stay->way, people});
      }
      std::size_t next = 0;
      while (next < days.size()) {
        const auto owner = std::find_if(free.begin(), free.end(), [&](const Free& f) {
          const Team& team = basis.dataset->teams[f.team];
          if (f.copy > 0) return pack == 0;  // they own nothing
          return pack == 0 ? !team.generator && !team.mobile_router
                           : (!has_generator(pack) || team.generator) &&
                                 (!has_router(pack) || team.mobile_router);
        });
        const auto team = owner == free.end() ? free.begin() : owner;
        for (std::uint32_t d = 0; d < problem.weekends[weekend].days && next < days.size();
             ++d, ++next) {
          const Day& day = days[next];
          const PlanPart::Spot& spot = part.spots[problem.ways[day.way].place];
          if (d > 0 && out.back().commune == spot.commune && out.back().phone == spot.phone) {
            ++out.back().days;
            out.back().people += day.people;
            continue;
          }
          out.push_back({team->team, team->copy, spot.commune, static_cast<std::uint32_t>(weekend),
                         1, static_cast<Pack>(pack), spot.phone, part.legs[day.way], day.people});
        }
        free.erase(team);
      }
    }
  }
}

}  // namespace

double Plan::gap() const {
  return bound > value ? (bound - value) / std::max(bound + missed_value, 1e-9) : 0;
}

std::uint32_t days_missed(const PlanBasis& basis, const PlanPair& pair,
                          std::span<const Trip> trips) {
  std::uint32_t days = 0;
  for (const Trip& trip : trips)
    if (!trip.phone && trip.copy == 0 && basis.dataset->teams[trip.team].id == pair.team &&
        basis.dataset->communes[trip.commune.value].code == pair.commune &&
        (!pair.weekend || *pair.weekend == trip.weekend))
      days += trip.days;
  return pair.days - std::min(days, pair.days);
}

Plan plan_of(const PlanBasis& basis, const PlanWishes& wishes, const PlanProblems& problems,
             std::span<const PlanAnswer> answers) {
  Plan plan;
  plan.wishes = wishes;
  plan.weekends = weekends_of(wishes);
  plan.people.assign(basis.dataset->communes.size(), 0);
  const PlanRule& rule = wishes.rule;
  const double usual = std::max(rule.activations_per_session, 1e-9);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const PlanPart& part = problems.parts[i];
    const PlanProblem& problem = part.problem;
    std::vector<double> gained(problem.places.size());
    for (const Stay& stay : answers[i].stays) {
      const auto& way = problem.ways[stay.way];
      gained[way.place] +=
          stay.team_days * problem.gain(way, stay.weekend, static_cast<std::size_t>(stay.pack));
    }
    // Of more team-days than a place has people each gets its part.
    std::vector<double> scale(problem.places.size(), 1);
    for (std::size_t p = 0; p < gained.size(); ++p) {
      const double most = problem.places[p].people;
      if (gained[p] > most) scale[p] = most / gained[p];
      plan.people[part.spots[p].commune.value] += std::min(gained[p], most);
      plan.total += std::min(gained[p], most);
      const double low = std::min(rule.activations_low, usual) / usual;
      const double high = std::max(rule.activations_high, usual) / usual;
      plan.low += std::min(gained[p] * low, most);
      plan.high += std::min(gained[p] * high, most);
    }
    trips_of(basis, part, answers[i], scale, plan.trips);
    plan.value += answers[i].value;
    plan.bound += answers[i].bound;
    plan.floors_missed += answers[i].floors_missed;
    plan.missed_value += answers[i].missed_value;
  }
  for (const PlanPair& pair : wishes.pairs)
    plan.musts_missed += days_missed(basis, pair, plan.trips);
  std::sort(plan.trips.begin(), plan.trips.end(), [](const Trip& a, const Trip& b) {
    if (a.weekend != b.weekend) return a.weekend < b.weekend;
    if (a.people != b.people) return a.people > b.people;
    if (a.team != b.team) return a.team < b.team;
    if (a.copy != b.copy) return a.copy < b.copy;
    return a.commune < b.commune;
  });
  return plan;
}

}  // namespace data
