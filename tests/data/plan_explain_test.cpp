// What is said of a plan is true: doing what an explanation asks for has the effect it names.
#include "data/plan_explain.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/data/made_up_plan.hpp"

namespace {

using data::Plan;
using data::PlanBasis;
using data::PlanWishes;
using data::WhyNot;

PlanWishes wishes(std::uint64_t seed) {
  PlanWishes out;
  out.from = *geo::parse_date("2023-10-07");  // no holiday in these weekends
  out.weekends = 3;
  out.seed = static_cast<std::uint32_t>(seed);
  if (seed % 3 == 0) out.most_km = 35;
  if (seed % 4 == 0) out.team_days_a_weekend = 2;
  if (seed % 5 == 0) out.fairness = 0;
  return out;
}

Plan quick(const PlanBasis& basis, const PlanWishes& wishes) {
  const auto problems = data::plan_problems(basis, wishes);
  return data::plan_of(basis, wishes, problems, data::quick_plans(problems));
}

bool visited(const Plan& plan, std::uint32_t commune) {
  return std::any_of(plan.trips.begin(), plan.trips.end(), [&](const data::Trip& trip) {
    return trip.commune.value == commune && !trip.phone;
  });
}

std::string code_of(const PlanBasis& basis, std::uint32_t commune) {
  return basis.dataset->communes[commune].code.text;
}

TEST(PlanExplain, WhatItTakesBringsTheCommuneIn) {
  std::map<WhyNot::Reason, int> reasons;
  int outbid = 0, answered = 0;
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    const PlanBasis basis = made_up::basis(seed, 10 + seed % 7, 2 + seed % 5);
    const PlanWishes asked = wishes(seed);
    const Plan plan = quick(basis, asked);
    // One commune of each: the first that nobody is sent to, from a place that varies.
    const auto count = static_cast<std::uint32_t>(basis.gaps.size());
    std::uint32_t commune = static_cast<std::uint32_t>(seed) % count;
    for (std::uint32_t i = 0; i < count && visited(plan, commune); ++i)
      commune = (commune + 1) % count;
    const WhyNot why = data::why_not(basis, asked, geo::UnitIndex(commune));
    ++reasons[why.reason];
    const auto with = [&](auto change) {
      PlanWishes other = asked;
      change(other);
      return quick(basis, other);
    };
    const auto note = [&] { return "seed " + std::to_string(seed); };
    switch (why.reason) {
      case WhyNot::Reason::chosen:
        EXPECT_TRUE(visited(plan, commune)) << note();
        continue;
      case WhyNot::Reason::no_numbers:
        EXPECT_FALSE(basis.gaps[commune].shortfall) << note();
        continue;
      case WhyNot::Reason::no_shortfall:
        EXPECT_LE(basis.gaps[commune].shortfall->value, 0) << note();
        continue;
      case WhyNot::Reason::out_of_reach:
        EXPECT_FALSE(visited(plan, commune)) << note();
        if (why.most_km) {
          EXPECT_TRUE(visited(with([&](PlanWishes& w) { w.most_km = why.most_km; }), commune))
              << note();
          EXPECT_GT(*why.most_km, *asked.most_km);
        }
        continue;
      case WhyNot::Reason::only_away:
        EXPECT_NEAR(basis.splits[commune].of(data::Barrier::away),
                    basis.gaps[commune].shortfall->value, 1e-6)
            << note();
        continue;
      case WhyNot::Reason::forbidden:
        ADD_FAILURE() << "nothing is forbidden here, " << note();
        continue;
      case WhyNot::Reason::outbid:
        break;
    }
    ++outbid;
    const bool any = why.teams || why.generators || why.routers || why.barriers || why.emphasis;
    answered += any ? 1 : 0;
    if (why.teams) {
      const std::string like(basis.dataset->teams[why.like].id);
      EXPECT_TRUE(visited(with([&](PlanWishes& w) {
                            w.extra.push_back({like, *why.teams});
                          }),
                          commune))
          << note();
    }
    if (why.generators) {
      EXPECT_TRUE(visited(with([&](PlanWishes& w) { w.generators = why.generators; }), commune))
          << note();
    }
    if (why.routers) {
      EXPECT_TRUE(visited(with([&](PlanWishes& w) { w.routers = why.routers; }), commune))
          << note();
    }
    if (why.barriers) {
      EXPECT_GT(*why.barriers, asked.barriers);
      EXPECT_LE(*why.barriers, 1);
      EXPECT_TRUE(visited(with([&](PlanWishes& w) { w.barriers = *why.barriers; }), commune))
          << note();
    }
    if (why.emphasis) {
      const geo::UnitCode code(code_of(basis, commune));
      EXPECT_TRUE(visited(with([&](PlanWishes& w) {
                            w.emphasis.push_back({code, *why.emphasis});
                          }),
                          commune))
          << note();
    }
    if (why.fixed_here) {
      const std::string like(basis.dataset->teams[why.like].id);
      const Plan fixed = with([&](PlanWishes& w) {
        w.pairs.push_back({like, geo::UnitCode(code_of(basis, commune)), std::nullopt, 2});
      });
      EXPECT_TRUE(visited(fixed, commune)) << note();
      EXPECT_NEAR(fixed.people[commune] - plan.people[commune], *why.fixed_here, 1e-6) << note();
      EXPECT_NEAR(fixed.total - plan.total, *why.fixed_over_all, 1e-6) << note();
    }
  }
  EXPECT_GE(outbid, 20);
  EXPECT_GE(answered, outbid * 9 / 10);
  EXPECT_GE(reasons.size(), 3U);
}

TEST(PlanExplain, EasingWhatIsNamedMakesRoomForTheWishes) {
  int contradictions = 0, eased = 0;
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    const PlanBasis basis = made_up::basis(seed, 10, 3 + seed % 3);
    PlanWishes asked = wishes(seed);
    geo::Random random(seed);
    // Wishes that may contradict each other: far away within a short limit, twice the same weekend,
    // more days than a commune may have.
    const auto team = [&] { return "T" + std::to_string(1 + random.below(3)); };
    const auto commune = [&] { return geo::UnitCode(code_of(basis, random.below(10))); };
    if (seed % 2 == 0) asked.most_km = 20;
    if (seed % 3 == 0) asked.team_days_a_weekend = 1;
    asked.pairs.push_back({team(), commune(), 0, 2});
    asked.pairs.push_back({team(), commune(), 0, 2});
    if (seed % 5 == 0) {
      data::PlanPair forbidden = asked.pairs[0];
      forbidden.days = 0;
      asked.pairs.push_back(forbidden);
    }
    const Plan plan = quick(basis, asked);
    const auto conflicts = data::plan_conflicts(basis, plan);
    const bool missed = plan.musts_missed > 0 || plan.floors_missed >= 0.5;
    EXPECT_EQ(!conflicts.empty(), missed) << "seed " << seed;
    if (!missed) continue;
    ++contradictions;
    PlanWishes relaxed = asked;
    for (const data::PlanConflict& c : conflicts) {
      using Kind = data::PlanConflict::Kind;
      PlanWishes other = asked;
      switch (c.kind) {
        case Kind::floor:
          EXPECT_LT(c.possible, c.asked);
          continue;
        case Kind::must:
          EXPECT_LT(c.possible, c.asked);
          relaxed.pairs[c.pair].days = static_cast<std::uint32_t>(c.possible);
          continue;
        case Kind::way:
          other.most_km = c.possible;
          break;
        case Kind::a_weekend:
          other.team_days_a_weekend = static_cast<std::uint32_t>(c.possible);
          break;
        case Kind::in_all:
          other.team_days = static_cast<std::uint32_t>(c.possible);
          break;
        case Kind::forbidden:
          other.pairs.erase(other.pairs.begin() + static_cast<std::ptrdiff_t>(c.pair));
          break;
        case Kind::generators:
        case Kind::routers:
          ADD_FAILURE() << "kit keeps nobody from going";
          continue;
      }
      const Plan made = quick(basis, other);
      EXPECT_EQ(made.musts_missed, 0U) << "seed " << seed;
      EXPECT_LT(made.floors_missed, 0.5) << "seed " << seed;
      ++eased;
    }
    // Giving up what was missed, and no more, makes the rest possible.
    std::erase_if(relaxed.pairs, [&](const data::PlanPair& pair) {
      const auto i = static_cast<std::size_t>(&pair - relaxed.pairs.data());
      return pair.days == 0 && asked.pairs[i].days > 0;  // 0 would forbid it
    });
    EXPECT_EQ(quick(basis, relaxed).musts_missed, 0U) << "seed " << seed;
  }
  EXPECT_GE(contradictions, 40);
  EXPECT_GE(eased, 20);
}

TEST(PlanExplain, UsesAreWhatTheTripsUse) {
  const PlanBasis basis = made_up::basis(5, 14, 6);
  PlanWishes asked = wishes(4);
  const Plan plan = quick(basis, asked);
  double days = 0;
  for (const data::Trip& trip : plan.trips) days += trip.days;
  double told = 0;
  for (const data::PlanUse& use : data::plan_uses(basis, plan, true)) {
    using What = data::PlanUse::What;
    EXPECT_LE(use.used, use.limit + 1e-9);
    ASSERT_TRUE(use.one_more);
    EXPECT_GE(*use.one_more, 0);
    if (use.what == What::provincial || use.what == What::district || use.what == What::commune)
      told += use.used;
    if (use.what == What::a_weekend) {
      EXPECT_EQ(use.limit, 2);
    }
  }
  EXPECT_EQ(told, days);
}

TEST(PlanExplain, MoreTeamsNeverBringLess) {
  const PlanBasis basis = made_up::basis(8, 14, 6);
  const auto curve = data::plan_curve(basis, wishes(1));
  ASSERT_GE(curve.size(), 5U);
  EXPECT_EQ(curve.front().people, 0);
  for (std::size_t i = 1; i < curve.size(); ++i) {
    EXPECT_GE(curve[i].people, curve[i - 1].people);
    EXPECT_GE(curve[i].teams, curve[i - 1].teams);
  }
}

TEST(PlanExplain, TheTargetIsMetWhenThePaceSaysSo) {
  PlanBasis basis = made_up::basis(8, 14, 6);
  const PlanWishes asked = wishes(1);
  Plan plan = quick(basis, asked);
  double shortfall = 0;
  for (const auto& gap : basis.gaps) shortfall += gap.shortfall ? gap.shortfall->value : 0;
  // Half of everybody short in three weekends: six weekends in all, the sixth of which ends on
  // Sunday 12 November 2023.
  plan.total = shortfall / 2;
  EXPECT_EQ(data::target_met(basis, plan), geo::parse_date("2023-11-12"));
  plan.total = 0;
  EXPECT_EQ(data::target_met(basis, plan), std::nullopt);
}

}  // namespace
