// A plan's problem as a programme for a solver, and back.
#include "data/plan_exact.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "data/plan_schedule.hpp"

namespace data {
namespace {

std::string number(std::size_t n) { return std::to_string(n); }

std::uint32_t capped(std::uint32_t limit, std::uint32_t times) {
  return limit == PlanProblem::unlimited ? limit : limit * times;
}

}  // namespace

PlanMip plan_mip(const PlanProblem& problem, bool grouped) {
  PlanMip out;
  out.groups = weekend_groups(problem, grouped);
  const WeekendGroups& groups = out.groups;
  const std::vector<std::uint8_t> useful = useful_packs(problem);
  const std::size_t n_groups = groups.groups.size();
  Mip& mip = out.mip;
  const auto packs_of = [&](std::uint32_t crew, std::size_t group) {
    const auto& weekend = problem.weekends[groups.groups[group].weekend];
    return useful[crew * problem.weekend_kinds + weekend.kind];
  };

  // Columns: team-days beyond the people of places, team-days, teams holding a pack, what floors
  // and musts lack. Beyond instead of people: fewer team-days are then always an answer too, and
  // the solver finds answers by rounding down.
  std::vector<Mip::Row> reach(problem.places.size());
  for (std::size_t p = 0; p < problem.places.size(); ++p) {
    mip.columns.push_back(
        {-problem.places[p].weight, 0, Mip::infinite, false, "beyond_" + number(p)});
    reach[p] = {-Mip::infinite,
                problem.places[p].people,
                {{static_cast<std::uint32_t>(p), -1.0}},
                "reach_" + number(p)};
  }
  std::vector<Mip::Row> floors(problem.floors.size());
  for (std::size_t f = 0; f < problem.floors.size(); ++f)
    floors[f] = {problem.floors[f].people, Mip::infinite, {}, "floor_" + number(f)};
  std::vector<Mip::Row> crowd(problem.places.size() * n_groups), visits(problem.places.size());
  std::vector<Mip::Row> days(problem.crews.size() * n_groups * pack_count);
  std::vector<Mip::Row> musts(problem.musts.size());
  out.first_stay = mip.columns.size();
  for (std::uint32_t w = 0; w < problem.ways.size(); ++w) {
    const auto& way = problem.ways[w];
    for (std::uint32_t g = 0; g < n_groups; ++g) {
      const auto& group = groups.groups[g];
      if (std::binary_search(problem.bans.begin(), problem.bans.end(),
                             PlanProblem::Ban{w, group.weekend}))
        continue;
      const double most = double(problem.crews[way.crew].teams) * group.weekends *
                          problem.weekends[group.weekend].days;
      for (std::uint8_t pack = 0; pack < pack_count; ++pack) {
        if ((std::uint32_t{packs_of(way.crew, g)} >> pack & 1U) == 0) continue;
        const auto column = static_cast<std::uint32_t>(mip.columns.size());
        const double gain = problem.gain(way, group.weekend, pack);
        const auto& place = problem.places[way.place];
        mip.columns.push_back({place.weight * gain - way.cost, 0, most, true,
                               "days_" + number(way.crew) + "_" + number(way.place) + "_" +
                                   number(g) + "_" + number(pack)});
        out.stays.push_back({w, g, pack});
        if (gain > 0) {
          reach[way.place].terms.push_back({column, gain});
          if (place.floor != no_index) floors[place.floor].terms.push_back({column, gain});
        }
        days[(way.crew * n_groups + g) * pack_count + pack].terms.push_back({column, 1});
        crowd[way.place * n_groups + g].terms.push_back({column, 1});
        visits[way.place].terms.push_back({column, 1});
        for (std::size_t m = 0; m < problem.musts.size(); ++m)
          if (problem.musts[m].way == w &&
              (problem.musts[m].weekend == no_index || groups.of[problem.musts[m].weekend] == g))
            musts[m].terms.push_back({column, 1});
      }
    }
  }
  out.first_holding = mip.columns.size();
  std::vector<Mip::Row> generators(n_groups), routers(n_groups);
  for (std::uint32_t k = 0; k < problem.crews.size(); ++k) {
    for (std::uint32_t g = 0; g < n_groups; ++g) {
      const auto& group = groups.groups[g];
      const double teams = double(problem.crews[k].teams) * group.weekends;
      const double length = problem.weekends[group.weekend].days;
      Mip::Row& home = days[(k * n_groups + g) * pack_count];
      home.upper = length * teams;
      for (std::uint8_t pack = 1; pack < pack_count; ++pack) {
        Mip::Row& row = days[(k * n_groups + g) * pack_count + pack];
        if (row.terms.empty()) continue;
        const auto column = static_cast<std::uint32_t>(mip.columns.size());
        mip.columns.push_back(
            {0, 0, teams, true, "hold_" + number(k) + "_" + number(g) + "_" + number(pack)});
        out.holdings.push_back({k, g, pack});
        row.terms.push_back({column, -length});
        row.upper = 0;
        home.terms.push_back({column, length});
        if (has_generator(pack)) generators[g].terms.push_back({column, 1});
        if (has_router(pack)) routers[g].terms.push_back({column, 1});
      }
    }
  }
  out.first_floor = mip.columns.size();
  for (std::size_t f = 0; f < problem.floors.size(); ++f) {
    floors[f].terms.push_back({static_cast<std::uint32_t>(mip.columns.size()), 1});
    mip.columns.push_back({-problem.missed_person, 0, Mip::infinite, false, "lacks_" + number(f)});
  }
  for (std::uint32_t p = 0; p < problem.places.size(); ++p)
    if (problem.places[p].floor != no_index)
      floors[problem.places[p].floor].terms.push_back({p, -1});
  out.first_must = mip.columns.size();
  for (std::size_t m = 0; m < problem.musts.size(); ++m) {
    musts[m].lower = problem.musts[m].team_days;
    musts[m].name = "must_" + number(m);
    musts[m].terms.push_back({static_cast<std::uint32_t>(mip.columns.size()), 1});
    mip.columns.push_back(
        {-problem.missed_team_day, 0, Mip::infinite, false, "misses_" + number(m)});
  }

  const auto add = [&](Mip::Row row) {
    if (!row.terms.empty()) mip.rows.push_back(std::move(row));
  };
  for (Mip::Row& row : reach) add(std::move(row));
  for (std::size_t i = 0; i < days.size(); ++i) {
    days[i].name = "teams_" + number(i / pack_count / n_groups) + "_" +
                   number(i / pack_count % n_groups) + "_" + number(i % pack_count);
    add(std::move(days[i]));
  }
  for (std::size_t g = 0; g < n_groups; ++g) {
    const std::uint32_t weekends = groups.groups[g].weekends;
    generators[g].upper = double(problem.generators) * weekends;
    generators[g].name = "generators_" + number(g);
    routers[g].upper = double(problem.routers) * weekends;
    routers[g].name = "routers_" + number(g);
    add(std::move(generators[g]));
    add(std::move(routers[g]));
    for (std::size_t p = 0; p < problem.places.size(); ++p) {
      const std::uint32_t limit = problem.places[p].team_days_a_weekend;
      if (limit == PlanProblem::unlimited) continue;
      Mip::Row& row = crowd[p * n_groups + g];
      row.upper = capped(limit, weekends);
      row.name = "crowd_" + number(p) + "_" + number(g);
      add(std::move(row));
    }
  }
  for (std::size_t p = 0; p < problem.places.size(); ++p) {
    if (problem.places[p].team_days == PlanProblem::unlimited) continue;
    visits[p].upper = problem.places[p].team_days;
    visits[p].name = "visits_" + number(p);
    add(std::move(visits[p]));
  }
  for (Mip::Row& row : floors) add(std::move(row));
  for (Mip::Row& row : musts) add(std::move(row));
  return out;
}

std::vector<double> start_of(const PlanProblem& problem, const PlanMip& mip,
                             const PlanAnswer& answer) {
  const WeekendGroups& groups = mip.groups;
  std::vector<double> x(mip.mip.columns.size());
  const std::vector<double> people = people_of(problem, answer.stays);
  for (const Stay& stay : answer.stays) {
    const auto& way = problem.ways[stay.way];
    x[way.place] +=
        stay.team_days * problem.gain(way, stay.weekend, static_cast<std::size_t>(stay.pack));
  }
  for (std::size_t p = 0; p < people.size(); ++p) x[p] -= people[p];
  // Columns are in the order of way, group, pack: look them up by it.
  const auto column = [&](std::span<const PlanMip::Column> columns, std::uint32_t way,
                          std::uint32_t group, std::uint8_t pack) {
    const auto it = std::lower_bound(columns.begin(), columns.end(), std::tie(way, group, pack),
                                     [](const PlanMip::Column& c, const auto& key) {
                                       return std::tie(c.way, c.group, c.pack) < key;
                                     });
    const bool there =
        it != columns.end() && it->way == way && it->group == group && it->pack == pack;
    return there ? static_cast<std::size_t>(it - columns.begin()) : columns.size();
  };
  for (const Stay& stay : answer.stays) {
    const std::size_t i =
        column(mip.stays, stay.way, groups.of[stay.weekend], static_cast<std::uint8_t>(stay.pack));
    if (i < mip.stays.size()) x[mip.first_stay + i] += stay.team_days;
  }
  for (std::size_t i = 0; i < answer.holding.size(); ++i) {
    const auto crew = static_cast<std::uint32_t>(i / problem.weekends.size());
    const std::uint32_t group = groups.of[i % problem.weekends.size()];
    for (std::uint8_t pack = 1; pack < pack_count; ++pack) {
      const std::size_t c = column(mip.holdings, crew, group, pack);
      if (c < mip.holdings.size()) x[mip.first_holding + c] += answer.holding[i][pack];
    }
  }
  std::vector<double> floors(problem.floors.size());
  for (std::size_t p = 0; p < people.size(); ++p)
    if (problem.places[p].floor != no_index) floors[problem.places[p].floor] += people[p];
  for (std::size_t f = 0; f < floors.size(); ++f)
    x[mip.first_floor + f] = std::max(0.0, problem.floors[f].people - floors[f]);
  for (std::size_t m = 0; m < problem.musts.size(); ++m) {
    const auto& must = problem.musts[m];
    double had = 0;
    for (std::size_t i = 0; i < mip.stays.size(); ++i)
      if (mip.stays[i].way == must.way &&
          (must.weekend == no_index || groups.of[must.weekend] == mip.stays[i].group))
        had += x[mip.first_stay + i];
    x[mip.first_must + m] = std::max(0.0, must.team_days - had);
  }
  return x;
}

PlanAnswer answer_of(const PlanProblem& problem, const PlanMip& mip, std::span<const double> x) {
  const WeekendGroups& groups = mip.groups;
  const std::size_t weekends = problem.weekends.size();
  std::vector<std::vector<std::uint32_t>> of_group(groups.groups.size());
  for (std::uint32_t w = 0; w < weekends; ++w) of_group[groups.of[w]].push_back(w);
  PlanAnswer out;
  out.holding.assign(problem.crews.size() * weekends, {});
  std::vector<std::uint32_t> held(problem.crews.size() * weekends), generators(weekends),
      routers(weekends);
  // Team-days that a crew has left with each pack on each weekend.
  std::vector<std::array<std::uint32_t, pack_count>> left(problem.crews.size() * weekends);
  std::vector<std::size_t> order(mip.holdings.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  // Both kits first: they are the hardest to place.
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return mip.holdings[a].pack > mip.holdings[b].pack;
  });
  for (const std::size_t i : order) {
    const auto& [crew, group, pack] = mip.holdings[i];
    auto teams = static_cast<std::uint32_t>(std::lround(std::max(0.0, x[mip.first_holding + i])));
    for (; teams > 0; --teams) {
      // To the weekend where most of that kit lies about.
      std::uint32_t best = no_index;
      std::int64_t most = 0;
      for (const std::uint32_t w : of_group[group]) {
        const std::int64_t g = std::int64_t{problem.generators} - generators[w];
        const std::int64_t r = std::int64_t{problem.routers} - routers[w];
        const std::int64_t crew_left =
            std::int64_t{problem.crews[crew].teams} - held[crew * weekends + w];
        if (crew_left <= 0 || (has_generator(pack) && g <= 0) || (has_router(pack) && r <= 0))
          continue;
        const std::int64_t room = (has_generator(pack) ? g : 0) + (has_router(pack) ? r : 0);
        if (room > most) {
          most = room;
          best = w;
        }
      }
      if (best == no_index) break;
      ++held[crew * weekends + best];
      ++out.holding[crew * weekends + best][pack];
      if (has_generator(pack)) ++generators[best];
      if (has_router(pack)) ++routers[best];
      left[crew * weekends + best][pack] += problem.weekends[best].days;
    }
  }
  for (std::size_t i = 0; i < held.size(); ++i)
    left[i][0] =
        (problem.crews[i / weekends].teams - held[i]) * problem.weekends[i % weekends].days;
  std::vector<std::uint32_t> crowd(problem.places.size() * weekends), visits(problem.places.size());
  for (std::size_t i = 0; i < mip.stays.size(); ++i) {
    const auto& [way, group, pack] = mip.stays[i];
    const std::uint32_t crew = problem.ways[way].crew, p = problem.ways[way].place;
    const auto& place = problem.places[p];
    auto days = static_cast<std::uint32_t>(std::lround(std::max(0.0, x[mip.first_stay + i])));
    while (days > 0) {
      std::uint32_t best = no_index, most = 0;
      for (const std::uint32_t w : of_group[group]) {
        if (crowd[p * weekends + w] >= place.team_days_a_weekend || visits[p] >= place.team_days)
          continue;
        if (left[crew * weekends + w][pack] > most) {
          most = left[crew * weekends + w][pack];
          best = w;
        }
      }
      if (best == no_index) break;
      // A whole weekend at one place where it can be.
      const std::uint32_t now = std::min({days, most, problem.weekends[best].days,
                                          place.team_days_a_weekend - crowd[p * weekends + best],
                                          place.team_days - visits[p]});
      left[crew * weekends + best][pack] -= now;
      crowd[p * weekends + best] += now;
      visits[p] += now;
      days -= now;
      out.stays.push_back({way, best, static_cast<Pack>(pack), now});
    }
  }
  return answer_with(problem, std::move(out.stays), std::move(out.holding));
}

}  // namespace data
