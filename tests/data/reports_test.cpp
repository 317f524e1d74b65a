#include "data/reports.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "data/gaps.hpp"
#include "geo/random.hpp"
#include "tests/data/report_lists.hpp"

namespace {

using data::Count;
using data::Report;
using data::Reports;
using testing::ElementsAre;

const geo::Date sunday{std::chrono::sys_days{std::chrono::year{2023} / 8 / 27}};

Report of(geo::Date date, std::optional<std::int64_t> eligible, std::optional<std::int64_t> l2) {
  Report r;
  r.date = date;
  r.eligible = eligible;
  r.activated_l2 = l2;
  return r;
}

TEST(Reports, HoldWhatWasAddedLastAndKeepWhatItLeavesEmpty) {
  data::ReportsBuilder builder;
  const auto a = builder.unit(17), b = builder.unit(4);
  EXPECT_EQ(builder.unit(17), a);
  builder.add(b, of(sunday, 200, 50));
  builder.add(a, of(sunday, 100, 40));
  builder.add(a, of(sunday + -7, 90, 30));
  Report correction = of(sunday, {}, 41);
  correction.trace = {2, 9};
  builder.add(a, correction);
  const Reports reports = builder.finish();
  EXPECT_THAT(reports.units(), ElementsAre(17, 4));
  EXPECT_THAT(reports.dates(), ElementsAre(sunday + -7, sunday));
  EXPECT_EQ(reports.number(1, Count::eligible, a), 100);
  EXPECT_EQ(reports.number(1, Count::activated_l2, a), 41);
  EXPECT_EQ(reports.report(1, a).trace.source, 2);
  EXPECT_EQ(reports.report(1, a).trace.row, 9);
  EXPECT_EQ(reports.number(0, Count::eligible, b), std::nullopt);
  EXPECT_FALSE(reports.has(0, b));
  EXPECT_EQ(reports.reported(a), 2U);
  EXPECT_FALSE(reports.latest_report(b, sunday + -1));
}

TEST(Reports, NumbersThatDoNotFitAreKeptAsTheyAre) {
  const std::int64_t many = 5'000'000'000, least = INT32_MIN;
  data::ReportsBuilder builder;
  const auto unit = builder.unit(1);
  Report r = of(sunday, many, least);
  r.reached = INT64_MAX;
  r.trace = {many + 1, many + 2};
  builder.add(unit, r);
  const Report back = builder.finish().report(0, unit);
  EXPECT_EQ(back.eligible, many);
  EXPECT_EQ(back.activated_l2, least);
  EXPECT_EQ(back.reached, INT64_MAX);
  EXPECT_EQ(back.trace.source, many + 1);
  EXPECT_EQ(back.trace.row, many + 2);
}

TEST(Reports, OfBeforeStayAsTheyWereWhenMoreAreAdded) {
  const std::vector<std::vector<Report>> lists{{of(sunday, 100, 40)}, {of(sunday, 200, 50)}};
  const Reports before = data::reports_of(lists);
  data::ReportsBuilder builder(before);
  const auto late = builder.unit(99);
  builder.add(late, of(sunday, 10, 1));
  builder.add(0, of(sunday, 100, 44));
  builder.add(0, of(sunday + 7, 100, 60));
  builder.add(1, of(sunday + -3, 190, 20));
  const Reports after = builder.finish();
  EXPECT_EQ(before.dates().size(), 1U);
  EXPECT_EQ(before.number(0, Count::activated_l2, 0), 40);
  EXPECT_THAT(after.dates(), ElementsAre(sunday + -3, sunday, sunday + 7));
  EXPECT_EQ(after.number(1, Count::activated_l2, 0), 44);
  EXPECT_EQ(after.number(1, Count::activated_l2, 1), 50);
  EXPECT_EQ(after.number(1, Count::activated_l2, late), 1);
  EXPECT_EQ(after.latest(Count::activated_l2, 1, 3), 1U);
  EXPECT_EQ(after.latest(Count::activated_l2, 0, 1), std::nullopt);
}

/// As the formulas say it, with lists and nothing kept: the latest report at or before the date
/// that has the number; the eligible people of that report, else those last reported before it.
struct Plain {
  geo::Date date;
  double p = 0, o = 0;
};
std::optional<Plain> plainly(const std::vector<Report>& reports,
                             std::optional<std::int64_t> Report::*field, geo::Date at) {
  std::optional<Plain> number;
  for (std::size_t i = reports.size(); i-- > 0;) {
    const Report& r = reports[i];
    if (r.date > at) continue;
    if (!number && r.*field) number = Plain{r.date, 0, static_cast<double>(*(r.*field))};
    if (number && r.eligible) {
      number->p = static_cast<double>(*r.eligible);
      return number;
    }
  }
  return std::nullopt;
}

class RandomReports : public testing::TestWithParam<std::uint64_t> {};

/// Communes with reporters of their own, former ones whole and in parts; reports with gaps, some
/// units silent or never heard of, targets of every scope, some as counts, some past.
TEST_P(RandomReports, GiveTheGapsOfThePlainFormulasAtEveryDate) {
  geo::Random random(GetParam());
  data::Dataset d;
  d.provinces.resize(2);
  d.districts.resize(4);
  const std::uint32_t communes = 1 + random.below(30), weeks = 1 + random.below(40);
  data::test::ReportLists lists;
  const auto reporter = [&](std::int32_t district) {
    data::Reporter r;
    r.district = district;
    d.reporters.push_back(r);
    auto& list = lists.emplace_back();
    const std::uint32_t from = random.below(weeks + 1), to = from + random.below(weeks + 1);
    for (std::uint32_t w = from; w < std::min(to, weeks); ++w) {
      if (random.chance(0.15)) continue;
      Report report;
      report.date = sunday + 7 * static_cast<int>(w);
      const auto maybe = [&](std::int32_t most) {
        return random.chance(0.2) ? std::nullopt : std::optional(random.between(0, most));
      };
      report.eligible = maybe(3000);
      report.installed = maybe(2500);
      report.activated_l1 = maybe(2000);
      report.activated_l2 = maybe(1500);
      list.push_back(report);
    }
    return static_cast<std::uint32_t>(d.reporters.size() - 1);
  };
  for (std::uint32_t c = 0; c < communes; ++c) {
    data::Commune commune;
    commune.province = static_cast<std::int32_t>(random.below(3)) - 1;
    commune.district = static_cast<std::int32_t>(random.below(5)) - 1;
    if (random.chance(0.4)) commune.parts.push_back({reporter(commune.district), 1, false, -1});
    const std::int32_t heir = commune.parts.empty() ? -1 : 0;
    for (std::uint32_t k = random.below(4); k > 0; --k)
      commune.parts.push_back({reporter(static_cast<std::int32_t>(random.below(5)) - 1),
                               random.chance(0.8) ? 1 : random.share(), random.chance(0.2), heir});
    d.communes.push_back(commune);
  }
  data::test::set_reports(d, lists);
  for (std::uint32_t w = 0; w < weeks; ++w) d.dates.push_back(sunday + 7 * static_cast<int>(w));
  for (std::uint32_t k = random.below(12); k > 0; --k) {
    data::Target t;
    t.scope = static_cast<data::Target::Scope>(random.below(4));
    t.index = t.scope == data::Target::Scope::country    ? 0
              : t.scope == data::Target::Scope::province ? random.below(2)
              : t.scope == data::Target::Scope::district ? random.below(4)
                                                         : random.below(communes);
    t.indicator = "activation_l2";
    t.due = sunday + static_cast<int>(random.below(7 * weeks + 1));
    if (random.chance(0.7))
      t.share = random.share();
    else
      t.count = random.between(1, 5000);
    d.targets.push_back(t);
  }

  for (const auto& [indicator, field] :
       std::map<data::Indicator, std::optional<std::int64_t> Report::*>{
           {data::Indicator::activation_l2, &Report::activated_l2},
           {data::Indicator::activation_l1, &Report::activated_l1},
           {data::Indicator::installed, &Report::installed}}) {
    std::vector<std::vector<data::Gap>> moved;
    data::every_date(d, indicator, {}, [&](std::size_t, std::span<const data::Gap> gaps) {
      moved.emplace_back(gaps.begin(), gaps.end());
    });
    ASSERT_EQ(moved.size(), d.dates.size());
    for (std::size_t w = 0; w < d.dates.size(); ++w) {
      const auto looked_up = data::gaps(d, indicator, d.dates[w]);
      for (std::size_t c = 0; c < communes; ++c) {
        const auto& parts = d.communes[c].parts;
        const auto number = [&](const data::Part& part) {
          return plainly(lists[part.reporter], field, d.dates[w]);
        };
        const bool own = !parts.empty() && parts.size() > 1 && parts[1].successor == 0;
        double p = 0, o = 0;
        std::uint32_t count = 0, reported = 0;
        std::optional<geo::Date> oldest;
        for (std::size_t i = 0; i < parts.size(); ++i) {
          if (own && (i == 0 ? !number(parts[0]) : !!number(parts[0]))) continue;
          ++count;
          const auto n = number(parts[i]);
          if (!n) continue;
          ++reported;
          p += parts[i].share * n->p;
          o += parts[i].share * n->o;
          if (!oldest || n->date < *oldest) oldest = n->date;
        }
        const data::Gap& gap = looked_up[c];
        ASSERT_EQ(gap.parts, count);
        ASSERT_EQ(gap.parts_reported, reported);
        ASSERT_EQ(gap.as_of, oldest);
        ASSERT_EQ(gap.eligible.has_value(), reported > 0);
        if (reported > 0) {
          ASSERT_EQ(gap.eligible->value, p);
          ASSERT_EQ(gap.reached->value, o);
        }
        // Moving along the dates says the same, to the last bit.
        const data::Gap& other = moved[w][c];
        ASSERT_EQ(gap.status, other.status);
        ASSERT_EQ(gap.as_of, other.as_of);
        ASSERT_EQ(gap.eligible, other.eligible);
        ASSERT_EQ(gap.reached, other.reached);
        ASSERT_EQ(gap.rate, other.rate);
        ASSERT_EQ(gap.target, other.target);
        ASSERT_EQ(gap.achievement, other.achievement);
        ASSERT_EQ(gap.shortfall, other.shortfall);
        ASSERT_EQ(gap.unreached, other.unreached);
        ASSERT_EQ(gap.parts_silent, other.parts_silent);
      }
    }
    for (std::size_t c = 0; c < communes; ++c) {
      const auto one = data::series(d, indicator, geo::UnitIndex(c));
      for (std::size_t w = 0; w < d.dates.size(); ++w) {
        ASSERT_EQ(one[w].rate, moved[w][c].rate);
        ASSERT_EQ(one[w].shortfall, moved[w][c].shortfall);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomReports, testing::Range<std::uint64_t>(1, 101));

}  // namespace
