#include "data/plan.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "geo/error.hpp"
#include "tests/data/made_up_plan.hpp"

namespace {

using data::Plan;
using data::PlanBasis;
using data::PlanWishes;

geo::Date day(const char* text) { return *geo::parse_date(text); }

Plan quick(const PlanBasis& basis, const PlanWishes& wishes) {
  const auto problems = data::plan_problems(basis, wishes);
  return data::plan_of(basis, wishes, problems, data::quick_plans(problems));
}

TEST(PlanWeekends, AreSaturdaysAndSundaysWithTheirHolidays) {
  PlanWishes wishes;
  wishes.from = day("2023-08-30");
  wishes.weekends = 3;
  const auto weekends = data::weekends_of(wishes);
  ASSERT_EQ(weekends.size(), 3U);
  EXPECT_EQ(weekends[0].first, day("2023-09-02"));
  EXPECT_EQ(weekends[0].holiday, "national_day");
  EXPECT_EQ(weekends[1].first, day("2023-09-09"));
  EXPECT_EQ(weekends[1].holiday, "");
  // From a Sunday on there is only the Sunday left of that weekend.
  wishes.from = day("2023-09-03");
  EXPECT_EQ(data::weekends_of(wishes)[0].first, day("2023-09-03"));
  EXPECT_EQ(data::weekends_of(wishes)[0].days, 1U);
  EXPECT_EQ(data::weekends_of(wishes)[1].first, day("2023-09-09"));
  const auto holiday = [](const char* from) {
    PlanWishes w;
    w.from = day(from);
    w.weekends = 1;
    return data::weekends_of(w)[0].holiday;
  };
  EXPECT_EQ(holiday("2024-02-10"), "tet");         // a Saturday, the first day of Giáp Thìn
  EXPECT_EQ(holiday("2025-02-01"), "tet");         // 29 January was a Wednesday; the year's
                                                   // third day is the Friday before
  EXPECT_EQ(holiday("2024-04-20"), "");            // the Hùng kings' day was a Thursday
  EXPECT_EQ(holiday("2023-04-29"), "hung_kings");  // a Saturday
  EXPECT_EQ(holiday("2023-12-30"), "new_year");    // over the turn of the year
}

TEST(PlanWishes, ComeBackAsTheyWereWritten) {
  PlanWishes wishes;
  wishes.from = day("2023-09-02");
  wishes.weekends = 5;
  wishes.commune = true;
  wishes.absent = {"P001"};
  wishes.generators = 7;
  wishes.fairness = 0.25;
  wishes.most_km.reset();
  wishes.team_days = 9;
  wishes.pairs = {{"D001", geo::UnitCode("03127"), 2, 1}, {"D002", geo::UnitCode("03130"), {}, 0}};
  wishes.extra = {{"D001", 3}};
  wishes.emphasis = {{geo::UnitCode("03130"), 2.5}};
  wishes.rule.day_hours = 7;
  wishes.rule.learned = true;
  EXPECT_EQ(data::plan_wishes_of(data::json_of(wishes)), wishes);
  EXPECT_EQ(data::plan_wishes_of("{}"), PlanWishes{});
}

TEST(PlanWishes, WrongOnesNameTheField) {
  const auto field = [](const std::string& json) -> std::string {
    try {
      data::plan_wishes_of(json);
    } catch (const geo::Error& error) {
      EXPECT_EQ(error.kind, geo::ErrorKind::usage);
      EXPECT_FALSE(error.remedy.id.empty());
      return error.where;
    }
    return "taken";
  };
  EXPECT_EQ(field("nonsense"), "wishes");
  EXPECT_EQ(field("[]"), "wishes");
  EXPECT_EQ(field(R"({"weekends": 0})"), "weekends");
  EXPECT_EQ(field(R"({"weekends": 2.5})"), "weekends");
  EXPECT_EQ(field(R"({"weekends": 1e400})"), "wishes");  // no JSON that can be read
  EXPECT_EQ(field(R"({"weekends": 1e300})"), "weekends");
  EXPECT_EQ(field(R"({"fairness": 2})"), "fairness");
  EXPECT_EQ(field(R"({"fairness": "much"})"), "fairness");
  EXPECT_EQ(field(R"({"from": "yesterday"})"), "from");
  EXPECT_EQ(field(R"({"indicator": "electricity"})"), "indicator");
  EXPECT_EQ(field(R"({"phone": 1})"), "phone");
  EXPECT_EQ(field(R"({"pairs": [{"team": "D001"}]})"), "pairs");
  EXPECT_EQ(field(R"({"pairs": [7]})"), "pairs");
  EXPECT_EQ(field(R"({"rule": {"day_hours": 99}})"), "rule.day_hours");
  EXPECT_EQ(field(R"({"rule": {"charm": 1}})"), "rule");
  EXPECT_EQ(field(R"({"charm": 1})"), "charm");
}

TEST(PlanTrips, NobodyIsTwiceAnywhereAndEveryLimitIsKept) {
  for (std::uint32_t seed = 1; seed <= 120; ++seed) {
    const PlanBasis basis = made_up::basis(seed, 8 + seed % 9, 2 + seed % 9);
    PlanWishes wishes;
    wishes.from = day("2023-08-26");  // the second weekend is a holiday
    wishes.weekends = 4;
    if (seed % 2 == 0) wishes.most_km = 40;
    if (seed % 3 == 0) wishes.team_days_a_weekend = 3;
    if (seed % 4 == 0) wishes.generators = 1;
    if (seed % 5 == 0) wishes.phone = false;
    if (seed % 7 == 0) wishes.pairs.push_back({"T1", geo::UnitCode("40001"), 1, 0});
    const Plan plan = quick(basis, wishes);
    const std::string note = "seed " + std::to_string(seed);
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> days, crowd;
    std::map<std::pair<std::uint32_t, std::uint32_t>, data::Pack> packs;
    std::vector<double> people(basis.gaps.size());
    for (const data::Trip& trip : plan.trips) {
      days[{trip.team, trip.weekend}] += trip.days;
      const auto [pack, first] = packs.try_emplace({trip.team, trip.weekend}, trip.pack);
      EXPECT_EQ(pack->second, trip.pack) << note;  // one pack for the whole weekend
      people[trip.commune.value] += trip.people;
      EXPECT_GT(trip.people, 0) << note;
      if (trip.phone) {
        EXPECT_TRUE(wishes.phone) << note;
        EXPECT_GT(basis.splits[trip.commune.value].of(data::Barrier::away), 0) << note;
        continue;
      }
      crowd[{trip.commune.value, trip.weekend}] += trip.days;
      if (wishes.most_km) {
        EXPECT_LE(double(trip.leg.km), *wishes.most_km) << note;
      }
      EXPECT_GE(wishes.rule.day_hours - 2 * double(trip.leg.hours), wishes.rule.least_hours - 1e-6)
          << note;
      if (seed % 7 == 0) {
        EXPECT_FALSE(trip.team == 0 && trip.weekend == 1 && trip.commune.value == 0) << note;
      }
    }
    for (const auto& [who, n] : days) EXPECT_LE(n, plan.weekends[who.second].days) << note;
    for (const auto& [where, n] : crowd)
      EXPECT_LE(n, wishes.team_days_a_weekend.value_or(1000)) << note;
    std::uint32_t generators = 0, routers = 0;
    for (const data::Team& team : basis.dataset->teams) {
      generators += team.generator ? 1 : 0;
      routers += team.mobile_router ? 1 : 0;
    }
    std::vector<std::uint32_t> g(plan.weekends.size()), r(plan.weekends.size());
    for (const auto& [who, pack] : packs) {
      g[who.second] += data::has_generator(static_cast<std::size_t>(pack)) ? 1U : 0U;
      r[who.second] += data::has_router(static_cast<std::size_t>(pack)) ? 1U : 0U;
    }
    for (std::size_t w = 0; w < plan.weekends.size(); ++w) {
      EXPECT_LE(g[w], wishes.generators.value_or(generators)) << note;
      EXPECT_LE(r[w], routers) << note;
    }
    double total = 0;
    for (std::size_t c = 0; c < people.size(); ++c) {
      EXPECT_NEAR(people[c], plan.people[c], 1e-6) << note;
      EXPECT_LE(people[c], basis.gaps[c].shortfall ? basis.gaps[c].shortfall->value + 1e-6 : 0)
          << note;
      total += people[c];
    }
    EXPECT_NEAR(total, plan.total, 1e-6) << note;
    EXPECT_LE(plan.low, plan.total + 1e-9) << note;
    EXPECT_GE(plan.high, plan.total - 1e-9) << note;
  }
}

TEST(PlanTrips, AFixedTeamGoesWhereItIsSent) {
  const PlanBasis basis = made_up::basis(21, 12, 6);
  PlanWishes wishes;
  wishes.from = day("2023-10-07");
  wishes.weekends = 3;
  wishes.most_km.reset();
  const auto home = basis.dataset->teams[0].home.value;
  const geo::UnitCode to = basis.dataset->communes[home == 0 ? 1 : home - 1].code;
  wishes.pairs = {{"T1", to, 1, 2}};
  const Plan plan = quick(basis, wishes);
  if (basis.gaps[home == 0 ? 1 : home - 1].shortfall.value_or(data::People(0)).value <= 0)
    GTEST_SKIP() << "nobody is short there";
  EXPECT_EQ(plan.musts_missed, 0U);
  std::uint32_t days = 0;
  for (const data::Trip& trip : plan.trips)
    if (trip.team == 0 && trip.weekend == 1) {
      EXPECT_EQ(basis.dataset->communes[trip.commune.value].code, to);
      days += trip.days;
    }
  EXPECT_EQ(days, 2U);
}

TEST(PlanTrips, WhoeverCannotBePlannedForIsNamed) {
  PlanBasis basis = made_up::basis(3, 6, 4);
  auto dataset = std::make_shared<data::Dataset>(*basis.dataset);
  dataset->teams[1].members = 0;
  dataset->teams[2].home = {};
  dataset->teams[2].level = geo::UnitLevel::district;
  basis.dataset = dataset;
  PlanWishes wishes;
  wishes.from = day("2023-10-07");
  wishes.pairs = {{"NOBODY", geo::UnitCode("40001"), {}, 1}, {"T1", geo::UnitCode("1"), {}, 1}};
  const auto problems = data::plan_problems(basis, wishes);
  EXPECT_EQ(problems.left_out, (std::vector<std::uint32_t>{1, 2}));
  EXPECT_EQ(problems.issues.size(), 2U);
}

TEST(PlanTrips, ThoseAwayAreReachedOnHolidaysOrByPhoneOnly) {
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    const PlanBasis basis = made_up::basis(seed, 8, 9);
    PlanWishes wishes;
    wishes.from = day("2023-08-26");
    wishes.weekends = 4;
    wishes.phone = false;
    const Plan plan = quick(basis, wishes);
    std::vector<double> usual(basis.gaps.size()), holiday(basis.gaps.size());
    for (const data::Trip& trip : plan.trips)
      (plan.weekends[trip.weekend].holiday.empty() ? usual : holiday)[trip.commune.value] +=
          trip.people;
    for (std::size_t c = 0; c < usual.size(); ++c) {
      const double away = basis.splits[c].of(data::Barrier::away);
      const double home = basis.splits[c].total() - away;
      EXPECT_LE(usual[c], home + 1e-6) << "seed " << seed;
      EXPECT_LE(usual[c] + holiday[c], home + wishes.rule.holiday_presence * away + 1e-6)
          << "seed " << seed;
    }
  }
}

TEST(PlanProblems, KitIsDividedWithoutLoss) {
  PlanBasis basis = made_up::basis(5, 12, 20);
  auto dataset = std::make_shared<data::Dataset>(*basis.dataset);
  dataset->provinces.push_back({geo::UnitCode("98"), "Tỉnh Khác"});
  dataset->provinces.push_back({geo::UnitCode("97"), "Tỉnh Ba"});
  for (std::size_t c = 0; c < dataset->communes.size(); ++c)
    dataset->communes[c].province = static_cast<std::int32_t>(c % 3);
  basis.dataset = dataset;
  for (std::uint32_t wish = 0; wish < 30; ++wish) {
    PlanWishes wishes;
    wishes.from = day("2023-10-07");
    wishes.generators = wish;
    std::uint32_t generators = 0;
    for (const auto& part : data::plan_problems(basis, wishes).parts)
      generators += part.problem.generators;
    EXPECT_EQ(generators, wish);
  }
}

TEST(PlanProblems, AnAddedTeamDoesNotStandInForTheFixedOne) {
  const PlanBasis basis = made_up::basis(21, 12, 6);
  PlanWishes wishes;
  wishes.from = day("2023-10-07");
  wishes.weekends = 2;
  const auto home = basis.dataset->teams[0].home;
  wishes.pairs = {{"T1", basis.dataset->communes[home.value].code, 0, 2}};
  wishes.extra = {{"T1", 2}};
  const auto problems = data::plan_problems(basis, wishes);
  for (const auto& part : problems.parts)
    for (const auto& must : part.problem.musts) {
      const std::uint32_t crew = part.problem.ways[must.way].crew;
      EXPECT_EQ(part.teams[crew], std::vector<std::uint32_t>{0});
      EXPECT_EQ(part.added[crew], 0U);
    }
  std::size_t added = 0;
  for (const auto& part : problems.parts)
    for (const std::uint32_t n : part.added) added += n;
  EXPECT_EQ(added, 2U);
}

/// Two reporters, by hand: 3 sessions for 30 activations; then 1 session for 30.
TEST(PlanRule, ProductivityIsLearnedFromTheReports) {
  data::Dataset dataset;
  const auto report = [](const char* date, std::int64_t activated, std::int64_t sessions) {
    data::Report r;
    r.date = day(date);
    r.activated_l2 = activated;
    r.sessions = sessions;
    return r;
  };
  const std::vector<std::vector<data::Report>> by_unit{
      {report("2023-06-04", 100, 5), report("2023-06-11", 110, 1), report("2023-06-18", 130, 2)},
      {report("2023-06-04", 0, 9), report("2023-06-11", 30, 1)}};
  dataset.reports = data::reports_of(by_unit);
  dataset.reporters.resize(2);
  dataset.reporters[0].column = 0;
  dataset.reporters[1].column = 1;
  const auto learned = data::learn_productivity(dataset, day("2023-12-31"));
  EXPECT_EQ(learned.sessions, 4);  // what came before the first report is not of these sessions
  EXPECT_EQ(learned.activations, 60);
  EXPECT_DOUBLE_EQ(learned.per_session, 15);
  EXPECT_EQ(learned.reporters, 2U);
  EXPECT_DOUBLE_EQ(learned.lower_quartile, 15);  // between 10 and 30
  EXPECT_DOUBLE_EQ(learned.upper_quartile, 25);
  // Without one of them 30 or 10: mean 20, so the error is √(1/2 · 200) = 10.
  EXPECT_NEAR(learned.high, 15 + 16.44854, 1e-4);
  EXPECT_EQ(learned.low, 0);
  // Too little to trust: as published.
  EXPECT_FALSE(data::usual_rule(dataset, day("2023-12-31")).learned);
  EXPECT_EQ(data::learn_productivity(dataset, day("2023-06-11")).sessions, 2);
  EXPECT_EQ(data::learn_productivity(data::Dataset{}, day("2023-06-11")).sessions, 0);
}

TEST(PlanRule, EveryCoefficientIsShownWithinItsBounds) {
  const data::PlanRule rule;
  std::set<std::string_view> ids;
  for (const auto& c : data::plan_coefficients(rule)) {
    EXPECT_TRUE(ids.insert(c.id).second) << c.id;
    EXPECT_GE(rule.*(c.value), c.least) << c.id;
    EXPECT_LE(rule.*(c.value), c.most) << c.id;
    EXPECT_FALSE(c.what.id.empty() || c.unit.id.empty() || c.source.id.empty()) << c.id;
  }
}

}  // namespace
