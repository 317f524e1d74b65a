#include "data/plan_problem.hpp"

#include <algorithm>
#include <cmath>

namespace data {

std::vector<double> people_of(const PlanProblem& problem, std::span<const Stay> stays) {
  std::vector<double> people(problem.places.size());
  for (const Stay& stay : stays) {
    const auto& way = problem.ways[stay.way];
    people[way.place] +=
        stay.team_days * problem.gain(way, stay.weekend, static_cast<std::size_t>(stay.pack));
  }
  for (std::size_t i = 0; i < people.size(); ++i)
    people[i] = std::min(people[i], problem.places[i].people);
  return people;
}

PlanMissed missed_of(const PlanProblem& problem, std::span<const Stay> stays) {
  PlanMissed missed;
  if (!problem.floors.empty()) {
    const std::vector<double> people = people_of(problem, stays);
    std::vector<double> floors(problem.floors.size());
    for (std::size_t i = 0; i < people.size(); ++i)
      if (problem.places[i].floor != no_index) floors[problem.places[i].floor] += people[i];
    for (std::size_t f = 0; f < floors.size(); ++f)
      missed.people += std::max(0.0, problem.floors[f].people - floors[f]);
  }
  for (const auto& must : problem.musts) {
    std::uint32_t days = 0;
    for (const Stay& stay : stays)
      if (stay.way == must.way && (must.weekend == no_index || must.weekend == stay.weekend))
        days += stay.team_days;
    missed.team_days += must.team_days - std::min(days, must.team_days);
  }
  missed.value = problem.missed_person * missed.people + problem.missed_team_day * missed.team_days;
  return missed;
}

double value_of(const PlanProblem& problem, std::span<const Stay> stays) {
  const std::vector<double> people = people_of(problem, stays);
  double value = 0;
  for (std::size_t i = 0; i < people.size(); ++i) value += problem.places[i].weight * people[i];
  for (const Stay& stay : stays) value -= stay.team_days * problem.ways[stay.way].cost;
  return value - missed_of(problem, stays).value;
}

void set_missing_costs(PlanProblem& problem) {
  double weight = 0, people = 0, force = 0;
  for (const auto& place : problem.places) weight = std::max(weight, place.weight);
  for (const auto& weekend : problem.weekends) force = std::max(force, weekend.force);
  for (const auto& way : problem.ways) people = std::max(people, way.people);
  // A team-day freed by missing something brings at most so many people, elsewhere or to a floor;
  // a few of them may follow from it.
  constexpr double a_few = 4;
  problem.missed_person = std::max(100.0, a_few * weight);
  problem.missed_team_day =
      std::max(1e4, a_few * people * force * (weight + problem.missed_person));
}

double gap_of(const PlanAnswer& answer) {
  if (answer.bound <= answer.value) return 0;
  // What is missed anyway must not make the rest look small.
  return (answer.bound - answer.value) / std::max(answer.bound + answer.missed_value, 1e-9);
}

std::string broken_limit(const PlanProblem& problem, const PlanAnswer& answer) {
  const std::size_t weekends = problem.weekends.size();
  std::vector<std::array<std::uint32_t, pack_count>> days(problem.crews.size() * weekends);
  std::vector<std::uint32_t> crowd(problem.places.size() * weekends), all(problem.places.size());
  for (const Stay& stay : answer.stays) {
    if (stay.team_days == 0) return "a stay of no days";
    if (stay.way >= problem.ways.size() || stay.weekend >= weekends) return "no such way";
    const auto& way = problem.ways[stay.way];
    days[way.crew * weekends + stay.weekend][static_cast<std::size_t>(stay.pack)] += stay.team_days;
    crowd[way.place * weekends + stay.weekend] += stay.team_days;
    all[way.place] += stay.team_days;
    if (std::binary_search(problem.bans.begin(), problem.bans.end(),
                           PlanProblem::Ban{stay.way, stay.weekend}))
      return "banned: way " + std::to_string(stay.way);
  }
  if (answer.holding.size() != days.size()) return "holdings of another problem";
  std::vector<std::uint32_t> generators(weekends), routers(weekends);
  for (std::size_t i = 0; i < days.size(); ++i) {
    const auto& weekend = problem.weekends[i % weekends];
    std::uint32_t with = 0;
    for (std::size_t pack = 1; pack < pack_count; ++pack) {
      const std::uint32_t held = answer.holding[i][pack];
      with += held;
      if (has_generator(pack)) generators[i % weekends] += held;
      if (has_router(pack)) routers[i % weekends] += held;
      if (days[i][pack] > held * weekend.days)
        return "more days with kit than teams that hold it, crew " + std::to_string(i / weekends);
    }
    const std::uint32_t teams = problem.crews[i / weekends].teams;
    if (with > teams || days[i][0] > (teams - with) * weekend.days)
      return "more days than teams have, crew " + std::to_string(i / weekends);
  }
  for (std::size_t w = 0; w < weekends; ++w) {
    if (generators[w] > problem.generators) return "more generators than there are";
    if (routers[w] > problem.routers) return "more routers than there are";
    for (std::size_t i = 0; i < problem.places.size(); ++i)
      if (crowd[i * weekends + w] > problem.places[i].team_days_a_weekend)
        return "too many team-days a weekend, place " + std::to_string(i);
  }
  for (std::size_t i = 0; i < problem.places.size(); ++i)
    if (all[i] > problem.places[i].team_days)
      return "too many team-days, place " + std::to_string(i);
  return {};
}

}  // namespace data
