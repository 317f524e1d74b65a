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
  const std::string twin = R"({"commune": "03130", "factor": 2})";
  EXPECT_EQ(field(R"({"emphasis": [)" + twin + "]}"), "taken");
  EXPECT_EQ(field(R"({"emphasis": [)" + twin + "," + twin + "]}"), "emphasis");
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

TEST(PlanTrips, WishesThatCannotBeSayWhy) {
  PlanBasis basis = made_up::basis(21, 12, 6);
  auto dataset = std::make_shared<data::Dataset>(*basis.dataset);
  dataset->provinces.push_back({geo::UnitCode("98"), "Tỉnh Khác"});
  dataset->communes[11].province = 1;
  dataset->teams[0].home = geo::UnitIndex(4U);
  dataset->teams[1].home = {};
  basis.dataset = dataset;
  const auto code = [&](std::size_t c) { return dataset->communes[c].code; };
  basis.gaps[2].shortfall = data::People(0);
  basis.splits[2] = {};
  const auto told = [&](auto change) {
    PlanWishes wishes;
    wishes.from = day("2023-10-07");
    wishes.weekends = 2;
    change(wishes);
    std::string ids;
    for (const geo::Issue& issue : data::plan_problems(basis, wishes).issues)
      ids += (ids.empty() ? "" : " ") + std::string(issue.message.id);
    return ids;
  };
  using W = PlanWishes;
  EXPECT_EQ(told([](W&) {}), "");
  EXPECT_EQ(told([](W& w) { w.absent = {"NOBODY"}; }), "data.plan_absent_nobody");
  EXPECT_EQ(told([](W& w) { w.extra = {{"NOBODY", 1}}; }), "data.plan_extra_nobody");
  EXPECT_EQ(told([](W& w) {
              w.emphasis = {{geo::UnitCode("1"), 2}};
            }),
            "data.plan_emphasis_nobody");
  EXPECT_EQ(told([](W& w) { w.indicator = data::Indicator::installed; }),
            "data.plan_other_indicator");
  const auto pair = [&](const char* team, const geo::UnitCode& to,
                        std::optional<std::uint32_t> weekend = {}) {
    return data::PlanPair{team, to, weekend, 1};
  };
  EXPECT_EQ(told([&](W& w) { w.pairs = {pair("NOBODY", code(4))}; }), "data.plan_pair_of_nobody");
  EXPECT_EQ(told([&](W& w) {
              w.pairs = {pair("T1", code(4))};
              w.absent = {"T1"};
            }),
            "data.plan_pair_stays_home");
  EXPECT_EQ(told([&](W& w) { w.pairs = {pair("T2", code(4))}; }), "data.plan_pair_no_home");
  EXPECT_EQ(told([&](W& w) { w.pairs = {pair("T1", code(4), 5)}; }), "data.plan_pair_weekend");
  EXPECT_EQ(told([&](W& w) { w.pairs = {pair("T1", code(11))}; }), "data.plan_pair_province");
  EXPECT_EQ(told([&](W& w) { w.pairs = {pair("T1", code(2))}; }), "data.plan_pair_nobody_short");
  EXPECT_EQ(told([&](W& w) {
              w.pairs = {pair("T1", code(9))};
              w.most_km = 20;
            }),
            "data.plan_pair_out_of_reach");
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

/// What a session brings was learned where it goes slowly; the plan slows it down again by the
/// barriers of where it goes, so what it reckons with is the pace where nothing stands in the way.
TEST(PlanRule, WhatWasLearnedIsThePaceWhereNothingStandsInTheWay) {
  data::Dataset dataset;
  std::vector<data::Report> reports;
  for (int week = 0; week < 5; ++week) {
    data::Report r;
    r.date = day("2023-06-04") + 7 * week;
    r.eligible = 1000;
    r.activated_l2 = 100 * week;
    r.sessions = 10;
    reports.push_back(r);
  }
  dataset.reports = data::reports_of(std::vector<std::vector<data::Report>>{reports});
  dataset.dates = {day("2023-07-02")};
  dataset.reporters.resize(1);
  dataset.reporters[0].column = 0;
  data::Commune commune;
  commune.parts = {{0, 1}};
  commune.province = 0;
  dataset.provinces.push_back({geo::UnitCode("99"), "Tỉnh Mẫu"});
  dataset.communes.push_back(commune);  // no settlements: everything is unknown
  data::Target target;
  target.scope = data::Target::Scope::province;
  target.indicator = "activation_l2";
  target.due = day("2023-12-31");
  target.share = 0.9;
  dataset.targets.push_back(target);
  const auto learned = data::learn_productivity(dataset, day("2023-07-02"));
  EXPECT_DOUBLE_EQ(learned.per_session, 10);
  const data::PlanRule usual = data::usual_rule(dataset, day("2023-07-02"));
  EXPECT_TRUE(usual.learned);
  EXPECT_DOUBLE_EQ(learned.ease, usual.ease_unknown);
  EXPECT_DOUBLE_EQ(usual.activations_per_session, 10 / usual.ease_unknown);
}

TEST(PlanRule, EaseIsTheMeanOfThosePeopleAtHome) {
  data::BarrierSplit split;
  const auto set = [&](data::Barrier barrier, double people) {
    split.people[static_cast<std::size_t>(barrier)] = people;
  };
  set(data::Barrier::no_grid, 10);
  set(data::Barrier::signal, 20);
  set(data::Barrier::own_sim, 10);
  set(data::Barrier::visit, 60);
  set(data::Barrier::away, 1000);  // not there
  const auto ease = data::eases_of({}, split);
  EXPECT_NEAR(ease[0], (10 * 0.3 + 20 * 0.3 + 10 * 0.6 + 60) / 100, 1e-12);
  EXPECT_NEAR(ease[1], (10 + 20 * 0.3 + 10 * 0.6 + 60) / 100, 1e-12);
  EXPECT_NEAR(ease[2], (10 * 0.3 + 20 + 10 * 0.6 + 60) / 100, 1e-12);
  EXPECT_NEAR(ease[3], (10 + 20 + 10 * 0.6 + 60) / 100, 1e-12);
  EXPECT_EQ(data::eases_of({}, {})[3], 0);
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
