#include "data/plan_review.hpp"

#include <gtest/gtest.h>

#include "tests/data/report_lists.hpp"

namespace {

geo::Date day(const char* text) { return *geo::parse_date(text); }

/// Two communes, and a third whose numbers come from two former ones.
data::Dataset dataset(const data::test::ReportLists& lists) {
  data::Dataset d;
  for (std::uint32_t i = 0; i < 3; ++i) {
    data::Commune c;
    c.code = geo::UnitCode("0" + std::to_string(i));
    c.parts.push_back({i, 1, false, -1});
    d.communes.push_back(c);
  }
  d.communes[2].parts.push_back({3, 0.5, true, -1});
  d.reporters.resize(4);
  data::test::set_reports(d, lists);
  for (const geo::Date date : d.reports.dates()) d.dates.push_back(date);
  return d;
}

data::Report report(const char* when, std::int64_t activated,
                    std::optional<std::int64_t> sessions = {}) {
  data::Report r;
  r.date = day(when);
  r.eligible = 1000;
  r.activated_l2 = activated;
  r.sessions = sessions;
  return r;
}

data::Plan plan(std::vector<std::tuple<std::uint32_t, std::uint32_t, double>> trips) {
  data::Plan p;
  p.wishes.from = day("2023-09-02");
  p.wishes.weekends = 3;
  p.weekends = data::weekends_of(p.wishes);  // 2 – 3, 9 – 10, 16 – 17 September
  for (const auto& [commune, weekend, people] : trips) {
    data::Trip t;
    t.commune = geo::UnitIndex(commune);
    t.weekend = weekend;
    t.people = people;
    p.trips.push_back(t);
  }
  return p;
}

TEST(PlanReview, WhatTheReportsBeforeAndAfterShow) {
  const auto d = dataset(
      {{report("2023-08-27", 100), report("2023-09-03", 160, 3), report("2023-09-10", 165, 1)},
       {report("2023-08-27", 50)},
       {},
       {}});
  // Two teams on the first weekend are one row; nobody reported for the second commune.
  const auto review = data::review_of(d, plan({{0, 0, 30}, {0, 0, 50}, {1, 0, 20}, {1, 2, 9}}));
  ASSERT_EQ(review.rows.size(), 3U);
  const auto& row = review.rows[0];
  EXPECT_EQ(row.commune.value, 0U);
  EXPECT_EQ(row.expected, 80);
  EXPECT_EQ(row.from, day("2023-08-27"));
  EXPECT_EQ(row.to, day("2023-09-03"));
  EXPECT_EQ(row.reported, 60);
  EXPECT_EQ(row.sessions, 3) << "only those of the span";
  EXPECT_TRUE(review.rows[1].due);
  EXPECT_EQ(review.rows[1].reported, std::nullopt) << "not reported is not 0";
  EXPECT_FALSE(review.rows[2].due) << "17 September has not been reported by anybody";
  EXPECT_EQ(review.compared, 1U);
  EXPECT_EQ(review.not_reported, 1U);
  EXPECT_EQ(review.not_due, 1U);
  EXPECT_EQ(review.expected, 80) << "of what can be compared";
  EXPECT_EQ(review.reported, 60);
  EXPECT_EQ(review.quotient(), 0.75);
  EXPECT_EQ(review.per_session(), 20);
}

TEST(PlanReview, PeopleAreNeverCountedTwice) {
  // One report for the first two weekends: one row; the third starts where that ended.
  const auto d =
      dataset({{report("2023-08-27", 100), report("2023-09-12", 190), report("2023-09-18", 200)},
               {report("2023-09-03", 1)},
               {},
               {}});
  const auto review = data::review_of(d, plan({{0, 0, 50}, {0, 1, 40}, {0, 2, 20}}));
  ASSERT_EQ(review.rows.size(), 2U);
  EXPECT_EQ(review.rows[0].first_weekend, 0U);
  EXPECT_EQ(review.rows[0].last_weekend, 1U);
  EXPECT_EQ(review.rows[0].expected, 90);
  EXPECT_EQ(review.rows[0].reported, 90);
  EXPECT_EQ(review.rows[1].reported, 10);
  EXPECT_EQ(review.rows[1].from, day("2023-09-12"));
  EXPECT_EQ(review.reported, 100) << "what the reports rose by, once";
}

TEST(PlanReview, AReportOnTheSaturdayEndsNoWeekend) {
  // 9 September is the second weekend's Saturday: the first weekend is over, the second is not.
  const auto d =
      dataset({{report("2023-08-27", 100), report("2023-09-09", 150), report("2023-09-17", 170)},
               {},
               {},
               {}});
  const auto review = data::review_of(d, plan({{0, 0, 50}, {0, 1, 40}}));
  ASSERT_EQ(review.rows.size(), 2U);
  EXPECT_EQ(review.rows[0].reported, 50);
  EXPECT_EQ(review.rows[1].reported, 20) << "what the first row had is not counted again";
  EXPECT_EQ(review.rows[1].from, day("2023-09-09"));
}

TEST(PlanReview, PartsOfAMergedCommune) {
  const std::vector<data::Report> first = {report("2023-08-27", 100), report("2023-09-03", 130)};
  auto d = dataset({{}, {}, first, {report("2023-08-27", 40), report("2023-09-03", 60)}});
  auto review = data::review_of(d, plan({{2, 0, 50}}));
  EXPECT_EQ(review.rows.at(0).reported, 40) << "30, and half of 20";
  // The other part is silent on the weekend: the commune has not reported.
  d = dataset({{}, {}, first, {report("2023-08-27", 40)}});
  review = data::review_of(d, plan({{2, 0, 50}}));
  EXPECT_EQ(review.rows.at(0).reported, std::nullopt);
  EXPECT_EQ(review.not_reported, 1U);
  // The other part reports for the first time: its whole past is no success of the weekend.
  d = dataset({{}, {}, first, {report("2023-09-03", 60)}});
  review = data::review_of(d, plan({{2, 0, 50}}));
  EXPECT_EQ(review.rows.at(0).reported, std::nullopt);
}

TEST(PlanReview, NothingBeforeNothingPlannedAndCorrections) {
  const auto d = dataset(
      {{report("2023-09-03", 160)}, {report("2023-08-27", 90), report("2023-09-03", 80)}, {}, {}});
  const auto review = data::review_of(d, plan({{0, 0, 5}, {1, 0, 4}}));
  EXPECT_EQ(review.rows.at(0).reported, std::nullopt) << "there is no report before";
  EXPECT_EQ(review.rows.at(1).reported, -10) << "a count that was corrected stays as it is";
  EXPECT_EQ(review.per_session(), std::nullopt) << "no sessions on record";
  EXPECT_TRUE(data::review_of(d, plan({})).rows.empty());
  EXPECT_EQ(data::review_of(d, plan({})).quotient(), std::nullopt);
  EXPECT_EQ(data::review_of(dataset({{}, {}, {}, {}}), plan({{0, 0, 5}})).not_due, 1U);
}

}  // namespace
