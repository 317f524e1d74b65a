// Every limit is kept by the trips of named teams, whoever made the plan: at once, or by the
// solver.
#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <set>
#include <tuple>

#include "data/plan_exact.hpp"
#include "tests/data/made_up_plan.hpp"

namespace {

using data::Plan;
using data::PlanBasis;
using data::PlanWishes;

geo::Date day(const char* text) { return *geo::parse_date(text); }

/// Two provinces, one commune that no road leads to, more of a team, pairs, and limits of all
/// kinds.
struct Case {
  PlanBasis basis;
  PlanWishes wishes;
};
constexpr std::uint32_t cut_off = 3;

Case made_up_case(std::uint32_t seed) {
  Case out{made_up::basis(seed, 8 + seed % 9, 2 + seed % 9), {}};
  auto dataset = std::make_shared<data::Dataset>(*out.basis.dataset);
  if (seed % 3 == 1) {
    dataset->provinces.push_back({geo::UnitCode("98"), "Tỉnh Khác"});
    for (std::size_t c = 5; c < dataset->communes.size(); ++c) dataset->communes[c].province = 1;
  }
  out.basis.dataset = dataset;
  for (std::size_t s = 0; s < out.basis.travel.starts.size(); ++s)
    out.basis.travel.legs[s * out.basis.travel.communes + cut_off] = {
        std::numeric_limits<float>::infinity(), std::numeric_limits<float>::infinity()};
  PlanWishes& wishes = out.wishes;
  wishes.from = day("2023-08-26");  // the second weekend is a holiday
  wishes.weekends = 4;
  if (seed % 2 == 0) wishes.most_km = 40;
  if (seed % 3 == 0) wishes.team_days_a_weekend = 3;
  if (seed % 4 == 0) wishes.generators = 1;
  if (seed % 5 == 0) wishes.phone = false;
  if (seed % 6 == 0) wishes.team_days = 5;
  if (seed % 7 == 0) wishes.pairs.push_back({"T1", geo::UnitCode("40001"), 1, 0});
  if (seed % 4 == 1) wishes.extra.push_back({"T2", 1 + seed % 3});
  if (seed % 8 == 2) wishes.pairs.push_back({"T2", geo::UnitCode("40002"), {}, 2});
  if (seed % 9 == 0) wishes.absent.push_back("T1");
  return out;
}

void expect_limits_kept(const PlanBasis& basis, const PlanWishes& wishes, const Plan& plan,
                        const std::string& note) {
  using Who = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;  // team, copy, weekend
  const data::Dataset& dataset = *basis.dataset;
  std::map<Who, std::uint32_t> days;
  std::map<Who, data::Pack> packs;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> crowd;
  std::map<std::uint32_t, std::uint32_t> visits;
  std::vector<double> people(basis.gaps.size()), phoned(people.size());
  for (const data::Trip& trip : plan.trips) {
    const Who who{trip.team, trip.copy, trip.weekend};
    days[who] += trip.days;
    const auto [pack, first] = packs.try_emplace(who, trip.pack);
    EXPECT_EQ(pack->second, trip.pack) << note;  // one pack for the whole weekend
    people[trip.commune.value] += trip.people;
    EXPECT_GT(trip.people, 0) << note;
    const data::Team& team = dataset.teams[trip.team];
    EXPECT_TRUE(data::takes_part(wishes, team)) << note;
    std::uint32_t more = 0;
    for (const data::PlanExtra& extra : wishes.extra)
      more += extra.team == team.id ? extra.teams : 0;
    EXPECT_LE(trip.copy, more) << note;
    EXPECT_EQ(dataset.communes[team.home.value].province,
              dataset.communes[trip.commune.value].province)
        << note;
    if (trip.phone) {
      EXPECT_TRUE(wishes.phone) << note;
      phoned[trip.commune.value] += trip.people;
      continue;
    }
    EXPECT_NE(trip.commune.value, cut_off) << note;
    crowd[{trip.commune.value, trip.weekend}] += trip.days;
    visits[trip.commune.value] += trip.days;
    if (wishes.most_km) {
      EXPECT_LE(double(trip.leg.km), *wishes.most_km) << note;
    }
    EXPECT_GE(wishes.rule.day_hours - 2 * double(trip.leg.hours), wishes.rule.least_hours - 1e-6)
        << note;
    for (const data::PlanPair& pair : wishes.pairs)
      if (pair.days == 0 && trip.copy == 0) {
        EXPECT_FALSE(team.id == pair.team &&
                     dataset.communes[trip.commune.value].code == pair.commune &&
                     pair.weekend.value_or(trip.weekend) == trip.weekend)
            << note;
      }
  }
  for (const auto& [who, n] : days) EXPECT_LE(n, plan.weekends[std::get<2>(who)].days) << note;
  for (const auto& [where, n] : crowd)
    EXPECT_LE(n, wishes.team_days_a_weekend.value_or(1000)) << note;
  for (const auto& [where, n] : visits) EXPECT_LE(n, wishes.team_days.value_or(1000)) << note;
  // Kit, by province and weekend.
  std::map<std::int32_t, std::pair<std::uint32_t, std::uint32_t>> own;
  for (const data::Team& team : dataset.teams) {
    if (!data::takes_part(wishes, team)) continue;
    auto& [generators, routers] = own[dataset.communes[team.home.value].province];
    generators += team.generator ? 1 : 0;
    routers += team.mobile_router ? 1 : 0;
  }
  std::map<std::pair<std::int32_t, std::uint32_t>, std::pair<std::uint32_t, std::uint32_t>> held;
  std::map<std::uint32_t, std::uint32_t> generators;  // by weekend
  for (const auto& [who, pack] : packs) {
    const auto province = dataset.communes[dataset.teams[std::get<0>(who)].home.value].province;
    auto& [g, r] = held[{province, std::get<2>(who)}];
    g += data::has_generator(static_cast<std::size_t>(pack)) ? 1U : 0U;
    r += data::has_router(static_cast<std::size_t>(pack)) ? 1U : 0U;
    generators[std::get<2>(who)] += data::has_generator(static_cast<std::size_t>(pack)) ? 1U : 0U;
  }
  for (const auto& [where, n] : held) {
    if (!wishes.generators) {
      EXPECT_LE(n.first, own[where.first].first) << note;
    }
    EXPECT_LE(n.second, own[where.first].second) << note;
  }
  for (const auto& [weekend, n] : generators)
    EXPECT_LE(n, wishes.generators.value_or(1000)) << note;
  double total = 0;
  for (std::size_t c = 0; c < people.size(); ++c) {
    EXPECT_NEAR(people[c], plan.people[c], 1e-6) << note;
    EXPECT_LE(people[c], basis.gaps[c].shortfall ? basis.gaps[c].shortfall->value + 1e-6 : 0)
        << note;
    // Phoned are those away, and nobody else.
    EXPECT_LE(phoned[c], basis.splits[c].of(data::Barrier::away) + 1e-6) << note;
    EXPECT_LE(people[c] - phoned[c] - basis.splits[c].total() +
                  basis.splits[c].of(data::Barrier::away) * (1 - wishes.rule.holiday_presence),
              1e-6)
        << note;
    total += people[c];
  }
  EXPECT_NEAR(total, plan.total, 1e-6) << note;
  EXPECT_LE(plan.low, plan.total + 1e-9) << note;
  EXPECT_GE(plan.high, plan.total - 1e-9) << note;
}

TEST(PlanTrips, EveryLimitIsKeptByThePlanMadeAtOnce) {
  for (std::uint32_t seed = 1; seed <= 150; ++seed) {
    const auto [basis, wishes] = made_up_case(seed);
    const auto problems = data::plan_problems(basis, wishes);
    const Plan plan = data::plan_of(basis, wishes, problems, data::quick_plans(problems));
    expect_limits_kept(basis, wishes, plan, "seed " + std::to_string(seed));
  }
}

TEST(PlanTrips, EveryLimitIsKeptByTheSolversPlanWhichIsNoWorse) {
  int better = 0;
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    const auto [basis, wishes] = made_up_case(seed);
    const std::string note = "seed " + std::to_string(seed);
    const auto problems = data::plan_problems(basis, wishes);
    std::vector<data::PlanPrices> prices;
    const auto quick = data::quick_plans(problems, &prices);
    data::ExactLimits limits;
    limits.seconds = 5;
    limits.gap = 1e-4;
    const auto exact = data::exact_plans(problems, quick, prices, limits, PHUSONG_SOLVER);
    EXPECT_EQ(exact.said.id, "") << note;
    const Plan plan = data::plan_of(basis, wishes, problems, exact.answers);
    const Plan before = data::plan_of(basis, wishes, problems, quick);
    expect_limits_kept(basis, wishes, plan, note);
    EXPECT_GE(plan.value, before.value - 1e-9) << note;
    EXPECT_LE(plan.value, plan.bound + 1e-6) << note;
    better += plan.value > before.value + 1e-6 ? 1 : 0;
  }
  EXPECT_GE(better, 5);
}

TEST(PlanTrips, TheSamePlanEachTime) {
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    const auto [basis, wishes] = made_up_case(seed);
    const auto once = [&] {
      const auto problems = data::plan_problems(basis, wishes);
      std::vector<data::PlanPrices> prices;
      const auto quick = data::quick_plans(problems, &prices);
      return data::exact_plans(problems, quick, prices, {}, PHUSONG_SOLVER).answers;
    };
    const auto first = once(), second = once();
    ASSERT_EQ(first.size(), second.size());
    for (std::size_t i = 0; i < first.size(); ++i)
      EXPECT_EQ(first[i].stays, second[i].stays) << "seed " << seed;
  }
}

TEST(PlanTrips, WhereThereIsNothingToPlanThereIsAnEmptyPlan) {
  const auto trips = [](const PlanBasis& basis, const PlanWishes& wishes) {
    const auto problems = data::plan_problems(basis, wishes);
    std::vector<data::PlanPrices> prices;
    const auto quick = data::quick_plans(problems, &prices);
    const auto exact = data::exact_plans(problems, quick, prices, {}, PHUSONG_SOLVER);
    const Plan plan = data::plan_of(basis, wishes, problems, exact.answers);
    expect_limits_kept(basis, wishes, plan, "edge");
    EXPECT_GE(plan.gap(), 0);
    EXPECT_LE(plan.gap(), 0.01);
    return plan.trips.size();
  };
  PlanWishes wishes;
  wishes.from = day("2023-10-07");
  EXPECT_EQ(trips(made_up::basis(1, 8, 0), wishes), 0U);  // no teams
  PlanBasis met = made_up::basis(2, 8, 5);
  for (auto& gap : met.gaps) gap.shortfall = data::People(0);
  for (auto& split : met.splits) split = {};
  EXPECT_EQ(trips(met, wishes), 0U);                      // nobody short
  EXPECT_EQ(trips(made_up::basis(3, 0, 0), wishes), 0U);  // no communes
  PlanBasis apart = made_up::basis(4, 8, 5);
  for (auto& leg : apart.travel.legs)
    leg = {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::infinity()};
  wishes.phone = false;
  EXPECT_EQ(trips(apart, wishes), 0U);  // no road leads anywhere
  // One commune, and all of its people behind some barrier: slowly, but somebody goes.
  PlanBasis one = made_up::basis(5, 1, 2);
  one.gaps[0].shortfall = data::People(500);
  one.splits[0] = {};
  for (const data::Barrier barrier : {data::Barrier::no_grid, data::Barrier::signal,
                                      data::Barrier::no_smartphone, data::Barrier::own_sim})
    one.splits[0].people[static_cast<std::size_t>(barrier)] = 125;
  EXPECT_GT(trips(one, wishes), 0U);
}

}  // namespace
