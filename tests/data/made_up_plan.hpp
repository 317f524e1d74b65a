#pragma once
#include <cmath>
#include <memory>

#include "data/plan.hpp"
#include "geo/random.hpp"

/// Problems of all kinds, the same for a seed on every computer.
namespace made_up {

struct Size {
  std::uint32_t crews = 4, teams = 2, places = 5, weekends = 3, days = 2, ways = 4;
};

/// Numbers only: every kind of limit comes up.
inline data::PlanProblem problem(std::uint64_t seed, const Size& size) {
  geo::Random random(seed);
  data::PlanProblem out;
  std::uint32_t teams = 0;
  for (std::uint32_t k = 0; k < size.crews; ++k) {
    out.crews.push_back({1 + random.below(size.teams)});
    teams += out.crews.back().teams;
  }
  out.weekend_kinds = 2;
  for (std::uint32_t w = 0; w < size.weekends; ++w) {
    const bool holiday = random.chance(0.25);
    out.weekends.push_back({1 + random.below(size.days), holiday ? 1.5 : 1.0, holiday ? 1U : 0U});
  }
  const double plenty = random.chance(0.5) ? 400 : 60;  // people, or teams, are scarce
  for (std::uint32_t p = 0; p < size.places; ++p) {
    data::PlanProblem::Place place;
    place.people = 5 + plenty * random.share();
    place.weight = 0.5 + random.share();
    if (random.chance(0.2)) place.team_days_a_weekend = random.below(3);
    if (random.chance(0.2)) place.team_days = random.below(5);
    out.places.push_back(place);
    for (int kind = 0; kind < 2; ++kind) {
      const double generator = random.chance(0.5) ? 1 : 0.3 + 0.7 * random.share();
      const double router = random.chance(0.5) ? 1 : 0.3 + 0.7 * random.share();
      out.ease.push_back({generator * router, router, generator, 1});
    }
  }
  for (std::uint32_t k = 0; k < size.crews; ++k)
    for (std::uint32_t p = 0; p < size.places; ++p)
      if (random.chance(double(size.ways) / size.places))
        out.ways.push_back({k, p, 5 + 20 * random.share(), 5 * random.share()});
  out.generators = random.below(teams + 1);
  out.routers = random.below(teams + 1);
  if (random.chance(0.4)) {
    out.floors = {{20 * random.share()}, {20 * random.share()}};
    for (auto& place : out.places) place.floor = random.below(2);
  }
  for (int i = 0; i < 3; ++i)
    if (!out.ways.empty() && random.chance(0.2))
      out.musts.push_back({random.below(static_cast<std::uint32_t>(out.ways.size())),
                           random.chance(0.5) ? data::no_index : random.below(size.weekends),
                           1 + random.below(2)});
  if (!out.ways.empty() && random.chance(0.3))
    out.bans.push_back(
        {random.below(static_cast<std::uint32_t>(out.ways.size())), random.below(size.weekends)});
  return out;
}

/// Communes on a line, ten kilometres apart, in districts of four; teams at some of them.
inline data::PlanBasis basis(std::uint64_t seed, std::uint32_t communes, std::uint32_t teams) {
  geo::Random random(seed);
  auto dataset = std::make_shared<data::Dataset>();
  dataset->version = seed;
  dataset->provinces.push_back({geo::UnitCode("99"), "Tỉnh Mẫu"});
  data::PlanBasis out;
  for (std::uint32_t c = 0; c < communes; ++c) {
    data::Commune commune;
    commune.code = geo::UnitCode(std::to_string(40001 + c));
    commune.name = "Xã " + std::to_string(c + 1);
    commune.full_name = commune.name;
    commune.province = 0;
    commune.district = static_cast<std::int32_t>(c / 4);
    commune.area_m2 = 1e8 * (0.2 + random.share());
    if (c % 4 == 0)
      dataset->districts.push_back({geo::UnitCode(std::to_string(9001 + c / 4)), "Huyện", 0});
    dataset->communes.push_back(commune);
    data::Gap gap;
    data::BarrierSplit split;
    if (random.chance(0.9)) {
      const double eligible = 500 + random.below(5000);
      const double reached = eligible * random.share() * 0.6;
      const double wanted = 0.5 * eligible;
      gap.eligible = data::People(eligible);
      gap.reached = data::People(reached);
      gap.shortfall = data::People(std::max(0.0, wanted - reached));
      double sum = 0;
      for (double& people : split.people) sum += people = random.chance(0.6) ? random.share() : 0;
      for (double& people : split.people)
        people = sum > 0 ? people / sum * gap.shortfall->value : 0;
      if (sum == 0)
        split.people[static_cast<std::size_t>(data::Barrier::visit)] = gap.shortfall->value;
    }
    out.gaps.push_back(gap);
    out.splits.push_back(split);
  }
  static const std::array<std::string, 256> ids = [] {
    std::array<std::string, 256> names;
    for (std::size_t i = 0; i < names.size(); ++i) names[i] = "T" + std::to_string(i + 1);
    return names;
  }();
  for (std::uint32_t t = 0; t < teams; ++t) {
    data::Team team;
    team.id = team.name = ids.at(t);
    team.level = random.chance(0.2) ? geo::UnitLevel::province : geo::UnitLevel::district;
    team.home = geo::UnitIndex(random.below(communes));
    team.members = random.between(4, 9);
    team.generator = random.chance(0.2);
    team.mobile_router = random.chance(0.3);
    team.vehicle = "motorbike";
    dataset->teams.push_back(team);
  }
  out.dataset = dataset;
  data::PlanWishes all;
  out.travel.starts = data::starts_of(*dataset, all);
  out.travel.communes = communes;
  for (const data::Start& start : out.travel.starts)
    for (std::uint32_t c = 0; c < communes; ++c) {
      const double km = 4 + 10 * std::abs(double(c) - double(start.home.value));
      out.travel.legs.push_back({static_cast<float>(km), static_cast<float>(km / 25)});
    }
  return out;
}

}  // namespace made_up
