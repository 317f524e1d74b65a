#include "data/gaps.hpp"

#include <gtest/gtest.h>

#include "tests/data/report_lists.hpp"

namespace {

using data::Dataset;
using data::Gap;
using data::Indicator;
using data::Status;
using data::Target;
using data::test::change_reports;
using Reports = std::vector<data::Report>;

const geo::Date sunday{std::chrono::sys_days{std::chrono::year{2023} / 8 / 27}};

data::Report report(geo::Date date, std::optional<std::int64_t> eligible,
                    std::optional<std::int64_t> l2) {
  data::Report r;
  r.date = date;
  r.eligible = eligible;
  r.activated_l2 = l2;
  return r;
}

Target target(Target::Scope scope, std::uint32_t index, std::optional<double> share,
              geo::Date due = sunday + 100) {
  Target t;
  t.scope = scope;
  t.index = index;
  t.indicator = "activation_l2";
  t.due = due;
  t.share = share;
  return t;
}

/// Commune A takes over reporters 0 (district 0) and 1 (district 1), B a part of reporter 2 and C
/// the rest of it; D has none.
Dataset four_communes() {
  Dataset d;
  d.provinces.resize(1);
  d.districts.resize(2);
  d.reporters.resize(3);
  d.reporters[0].district = 0;
  d.reporters[1].district = 1;
  d.reporters[2].district = 1;
  data::test::set_reports(d, {{report(sunday + -7, 90, 30), report(sunday, 100, 40)},
                              {report(sunday, 200, 50)},
                              {report(sunday, 400, 100)}});
  d.communes.resize(4);
  for (auto& commune : d.communes) commune.province = 0;
  d.communes[0].parts = {{0, 1, false, -1}, {1, 1, false, -1}};
  d.communes[1].parts = {{2, 0.25, true, -1}};
  d.communes[2].parts = {{2, 0.75, true, -1}};
  for (const char* code : {"1", "2", "3", "4"})
    d.communes[static_cast<std::size_t>(code[0] - '1')].code = geo::UnitCode(code);
  d.dates = {sunday + -7, sunday};
  return d;
}

Gap l2(const Dataset& d, std::size_t commune, geo::Date at = sunday) {
  return data::gaps(d, Indicator::activation_l2, at)[commune];
}

TEST(Gaps, FollowTheFormulasOfTheContract) {
  Dataset d = four_communes();
  d.targets = {target(Target::Scope::district, 0, 0.85), target(Target::Scope::province, 0, 0.6)};
  const Gap a = l2(d, 0);
  EXPECT_EQ(a.eligible->value, 300);
  EXPECT_EQ(a.reached->value, 90);
  EXPECT_DOUBLE_EQ(a.rate->value, 0.3);
  // τP = 0.85 · 100 (district 0's own) + 0.6 · 200 (the province's) = 205
  EXPECT_DOUBLE_EQ(*a.target, 205.0 / 300);
  EXPECT_DOUBLE_EQ(a.achievement->value, 90.0 / 205);
  EXPECT_DOUBLE_EQ(a.shortfall->value, 115);
  EXPECT_DOUBLE_EQ(a.unreached->value, 210);
  EXPECT_EQ(a.status, Status::reported);
  EXPECT_EQ(a.as_of, sunday);
}

TEST(Gaps, AchievementPassesOneAndShortfallStopsAtZero) {
  Dataset d = four_communes();
  d.targets = {target(Target::Scope::province, 0, 0.1)};
  const Gap a = l2(d, 0);
  EXPECT_DOUBLE_EQ(a.achievement->value, 3);
  EXPECT_EQ(a.shortfall->value, 0);
  // More activated than eligible, as offices do report: shown as it is.
  change_reports(d, 0, [](Reports& r) { r[1].activated_l2 = 500; });
  EXPECT_GT(l2(d, 0).rate->value, 1);
  EXPECT_EQ(l2(d, 0).unreached->value, 0);
}

TEST(Gaps, OnePartsSurplusCoversAnothersLackWithinACommune) {
  Dataset d = four_communes();
  d.targets = {target(Target::Scope::province, 0, 0.3)};
  // 0.3·100 − 40 = −10 and 0.3·200 − 50 = +10: together nothing is missing.
  EXPECT_EQ(l2(d, 0).shortfall->value, 0);
}

TEST(Gaps, NotReportedIsNotZero) {
  Dataset d = four_communes();
  d.targets = {target(Target::Scope::province, 0, 0.6)};
  for (const Gap& gap : {l2(d, 3), l2(d, 0, sunday + -30)}) {
    EXPECT_EQ(gap.status, Status::not_reported);
    EXPECT_FALSE(gap.eligible || gap.reached || gap.rate || gap.achievement || gap.shortfall ||
                 gap.unreached || gap.as_of);
  }
  change_reports(d, 2,
                 [](Reports& r) { r[0].activated_l2 = 0; });  // reported, and nobody activated
  EXPECT_EQ(l2(d, 2).rate->value, 0);
  EXPECT_EQ(l2(d, 2).shortfall->value, 0.6 * 300);
}

TEST(Gaps, StateIsTheLatestReportThatHasTheNumber) {
  Dataset d = four_communes();
  EXPECT_EQ(l2(d, 0, sunday + -1).reached->value, 30);  // reporter 1 not yet
  EXPECT_EQ(l2(d, 0, sunday + 1).reached->value, 90);
  change_reports(d, 0, [](Reports& r) { r[1].activated_l2.reset(); });
  EXPECT_EQ(l2(d, 0).reached->value, 80);
  EXPECT_EQ(l2(d, 0).eligible->value, 290);
  EXPECT_EQ(l2(d, 0).as_of, sunday + -7);
  // A sheet that does not repeat the eligible people: those last reported.
  change_reports(d, 0, [](Reports& r) { r[1] = report(sunday, {}, 41); });
  EXPECT_EQ(l2(d, 0).reached->value, 91);
  EXPECT_EQ(l2(d, 0).eligible->value, 290);
  // Never any eligible people: no rate can be told.
  change_reports(d, 2, [](Reports& r) { r = {report(sunday, {}, 41)}; });
  EXPECT_EQ(l2(d, 1).status, Status::not_reported);
}

TEST(Gaps, SilentAfterFourteenDays) {
  const Dataset d = four_communes();
  EXPECT_EQ(l2(d, 0, sunday + 14).status, Status::reported);
  const Gap late = l2(d, 0, sunday + 15);
  EXPECT_EQ(late.status, Status::silent);
  EXPECT_EQ(late.parts_silent, 2U);
  EXPECT_EQ(late.reached->value, 90);  // still the state, said to be old
  EXPECT_EQ(late.as_of, sunday);
}

TEST(Gaps, APartThatIsMissingMakesTheCommuneIncomplete) {
  const Dataset d = four_communes();
  const Gap gap = l2(d, 0, sunday + -7);
  EXPECT_EQ(gap.status, Status::silent);
  EXPECT_EQ(gap.parts, 2U);
  EXPECT_EQ(gap.parts_reported, 1U);
  EXPECT_EQ(gap.eligible->value, 90);
}

TEST(Gaps, ApportionedPartsAreEstimatesAndKeepTotals) {
  const Dataset d = four_communes();
  EXPECT_EQ(l2(d, 1).status, Status::estimated);
  EXPECT_EQ(l2(d, 1, sunday + 15).status, Status::estimated);  // also when silent
  EXPECT_EQ(l2(d, 1, sunday + 15).parts_silent, 1U);
  EXPECT_DOUBLE_EQ(l2(d, 1).eligible->value, 100);
  EXPECT_DOUBLE_EQ(l2(d, 1).reached->value, 25);
  EXPECT_EQ(data::total(data::gaps(d, Indicator::activation_l2, sunday)).eligible->value, 700);
}

TEST(Gaps, TheNearestTargetHolds) {
  Dataset d = four_communes();
  using Scope = Target::Scope;
  EXPECT_FALSE(l2(d, 0).target || l2(d, 0).shortfall || l2(d, 0).achievement);
  EXPECT_TRUE(l2(d, 0).rate);
  const auto expect = [&](double tau, double first_part, double second_part) {
    EXPECT_DOUBLE_EQ(*l2(d, 0).target, tau);
    EXPECT_DOUBLE_EQ(*l2(d, 0).target, (first_part * 100 + second_part * 200) / 300);
  };
  d.targets = {target(Scope::country, 0, 0.9)};
  expect(0.9, 0.9, 0.9);
  d.targets.push_back(target(Scope::province, 0, 0.6));
  expect(0.6, 0.6, 0.6);
  d.targets.push_back(target(Scope::district, 1, 0.3));
  expect(0.4, 0.6, 0.3);
  d.targets.push_back(target(Scope::commune, 0, 0.45));
  expect(0.45, 0.45, 0.45);
  d.targets.push_back(target(Scope::reporter, 0, 0.9));
  expect(0.6, 0.9, 0.45);
  Target other = target(Scope::reporter, 0, 0.1);
  other.indicator = "activation_l1";  // another indicator's
  d.targets.push_back(other);
  expect(0.6, 0.9, 0.45);
}

TEST(Gaps, OfSeveralDueDatesTheNextOneHolds) {
  Dataset d = four_communes();
  using Scope = Target::Scope;
  d.targets = {target(Scope::province, 0, 0.9, sunday + 200),
               target(Scope::province, 0, 0.5, sunday + 10),
               target(Scope::province, 0, 0.2, sunday + 3)};
  EXPECT_EQ(*l2(d, 0, sunday).target, 0.2);
  EXPECT_EQ(*l2(d, 0, sunday + 4).target, 0.5);
  EXPECT_EQ(*l2(d, 0, sunday + 10).target, 0.5);  // on the day itself
  EXPECT_EQ(*l2(d, 0, sunday + 11).target, 0.9);
  EXPECT_EQ(*l2(d, 0, sunday + 500).target, 0.9);  // all past: the latest
}

TEST(Gaps, OnePartWithoutATargetLeavesTheCommuneWithout) {
  Dataset d = four_communes();
  d.targets = {target(Target::Scope::district, 0, 0.6)};
  const Gap a = l2(d, 0);
  EXPECT_FALSE(a.target || a.shortfall || a.achievement);
  EXPECT_EQ(a.eligible->value, 300);
}

TEST(Gaps, ATargetGivenAsACountIsSpreadByEligiblePeople) {
  Dataset d = four_communes();
  Target t = target(Target::Scope::province, 0, {});
  t.count = 350;  // of 700 eligible
  d.targets = {t};
  EXPECT_DOUBLE_EQ(*l2(d, 0).target, 0.5);
  EXPECT_DOUBLE_EQ(l2(d, 0).shortfall->value, 150 - 90);
  EXPECT_DOUBLE_EQ(l2(d, 1).shortfall->value, 50 - 25);
  double wanted = 0;
  for (const Gap& gap : data::gaps(d, Indicator::activation_l2, sunday))
    if (gap.target) wanted += *gap.target * gap.eligible->value;
  EXPECT_DOUBLE_EQ(wanted, 350);
  // A former commune's own count stays its own, however it was split.
  Target own = target(Target::Scope::reporter, 2, {});
  own.count = 300;
  d.targets = {own};
  EXPECT_DOUBLE_EQ(l2(d, 1).shortfall->value, 0.75 * 100 - 25);
  EXPECT_DOUBLE_EQ(l2(d, 2).shortfall->value, 0.75 * 300 - 75);
}

TEST(Gaps, OwnReportsSpeakForFormerCommunes) {
  Dataset d = four_communes();
  d.reporters.emplace_back();  // 3: commune A itself
  change_reports(d, 3, [](Reports& r) { r = {report(sunday + 700, 320, 200)}; });
  d.communes[0].parts = {{3, 1, false, -1}, {0, 1, false, 0}, {1, 1, false, 0}};
  EXPECT_EQ(l2(d, 0, sunday).eligible->value, 300);
  EXPECT_EQ(l2(d, 0, sunday).parts, 2U);
  EXPECT_EQ(l2(d, 0, sunday).status, Status::reported);
  EXPECT_EQ(l2(d, 0, sunday + 700).eligible->value, 320);
  EXPECT_EQ(l2(d, 0, sunday + 700).parts, 1U);
  EXPECT_EQ(l2(d, 0, sunday + 700).status, Status::reported);
}

TEST(Gaps, GroupsAddPeopleAndNeverAverageRates) {
  Dataset d = four_communes();
  d.targets = {target(Target::Scope::province, 0, 0.3)};
  change_reports(d, 2, [](Reports& r) { r[0].activated_l2 = 300; });  // B and C pass the target
  const auto gaps = data::gaps(d, Indicator::activation_l2, sunday + 1);
  const Gap all = data::total(gaps);
  EXPECT_DOUBLE_EQ(all.eligible->value, 700);
  EXPECT_DOUBLE_EQ(all.reached->value, 390);
  EXPECT_DOUBLE_EQ(all.rate->value, 390.0 / 700);
  EXPECT_DOUBLE_EQ(*all.target, 0.3);
  // B's surplus does not make up for others: Σ shortfall, not the shortfall of the sum.
  EXPECT_DOUBLE_EQ(all.shortfall->value, gaps[0].shortfall->value);
  EXPECT_DOUBLE_EQ(all.achievement->value, 390 / 210.0);
  EXPECT_EQ(all.status, Status::estimated);
  EXPECT_EQ(all.as_of, sunday);
  const std::vector<geo::UnitIndex> some{geo::UnitIndex(0U), geo::UnitIndex(3U)};
  const Gap two = data::total(gaps, some);
  EXPECT_EQ(two.eligible->value, 300);
  EXPECT_EQ(two.status, Status::silent);  // D has not reported
  EXPECT_EQ(data::total(gaps, std::vector{geo::UnitIndex(3U)}).status, Status::not_reported);
  EXPECT_FALSE(data::total(gaps, std::vector{geo::UnitIndex(3U)}).shortfall);
}

TEST(Gaps, SeriesIsTheSameAsEveryDateAlone) {
  Dataset d = four_communes();
  Target t = target(Target::Scope::province, 0, {});
  t.count = 350;
  for (const auto& targets :
       {std::vector{target(Target::Scope::province, 0, 0.6)}, std::vector{t}}) {
    d.targets = targets;
    for (const Indicator indicator : data::all_indicators)
      for (std::size_t c = 0; c < d.communes.size(); ++c) {
        const auto series = data::series(d, indicator, geo::UnitIndex(c));
        ASSERT_EQ(series.size(), d.dates.size());
        for (std::size_t i = 0; i < d.dates.size(); ++i) {
          const Gap one = data::gaps(d, indicator, d.dates[i])[c];
          EXPECT_EQ(series[i].status, one.status);
          EXPECT_EQ(series[i].rate, one.rate);
          EXPECT_EQ(series[i].shortfall, one.shortfall);
        }
      }
  }
}

data::Settlement settlement(std::size_t commune, std::optional<std::int64_t> residents,
                            data::Electricity electricity, data::Signal signal) {
  data::Settlement s;
  s.commune = geo::UnitIndex(commune);
  s.residents = residents;
  s.electricity = electricity;
  s.signal = signal;
  return s;
}

TEST(Gaps, ElectricityAndSignalCountResidentsOfWhomItIsKnown) {
  using data::Electricity;
  using data::Signal;
  Dataset d = four_communes();
  d.settlements = {settlement(0, 100, Electricity::grid, Signal::good),
                   settlement(0, 60, Electricity::offgrid, Signal::weak),
                   settlement(0, 40, Electricity::none, Signal::none),
                   settlement(0, 1000, Electricity::unknown, Signal::unknown),
                   settlement(0, {}, Electricity::none, Signal::none)};
  d.settlements.emplace_back();  // in no commune we know
  const auto rate = [&](Indicator i) { return data::gaps(d, i, sunday)[0].rate->value; };
  EXPECT_DOUBLE_EQ(rate(Indicator::electricity), 100.0 / 200);
  EXPECT_DOUBLE_EQ(rate(Indicator::signal_any), 160.0 / 200);
  EXPECT_DOUBLE_EQ(rate(Indicator::signal_good), 100.0 / 200);
  EXPECT_EQ(data::gaps(d, Indicator::electricity, sunday)[1].status, Status::not_reported);
  EXPECT_FALSE(data::gaps(d, Indicator::electricity, sunday)[1].rate);
  Target t = target(Target::Scope::province, 0, 0.9);
  t.indicator = "electricity";
  d.targets = {t};
  EXPECT_DOUBLE_EQ(data::gaps(d, Indicator::electricity, sunday)[0].shortfall->value, 80);

  const data::Barriers b = data::barriers(d)[0];
  EXPECT_EQ(b.settlements, 5U);
  EXPECT_EQ(b.no_grid, 3U);
  EXPECT_EQ(b.weak_signal, 1U);
  EXPECT_EQ(b.no_signal, 2U);
  EXPECT_EQ(b.no_grid_unknown, 1U);
  EXPECT_EQ(b.signal_unknown, 1U);
  EXPECT_EQ(b.residents, 1200);
  EXPECT_EQ(b.residents_no_grid, 100);
  EXPECT_EQ(b.residents_weak_signal, 60);
  EXPECT_EQ(b.residents_no_signal, 40);
}

TEST(Gaps, TeamsArePerThousandResidents) {
  Dataset d = four_communes();
  const auto teams = [&] { return data::gaps(d, Indicator::teams_per_1000, sunday); };
  d.communes[1].published_population = 500;
  EXPECT_EQ(teams()[0].status, Status::not_reported) << "no list of teams";
  d.teams.resize(3);
  d.teams[0].home = geo::UnitIndex(0U);
  d.teams[1].home = geo::UnitIndex(0U);  // the third has no home that we know
  d.settlements = {settlement(0, 4000, data::Electricity::grid, data::Signal::good)};
  EXPECT_DOUBLE_EQ(teams()[0].rate->value, 0.5);
  EXPECT_DOUBLE_EQ(teams()[1].rate->value, 0);  // by its published population: none, and known
  EXPECT_EQ(teams()[1].status, Status::reported);
  EXPECT_EQ(teams()[2].status, Status::not_reported);  // residents unknown
  EXPECT_FALSE(teams()[0].shortfall || teams()[0].unreached);
  EXPECT_DOUBLE_EQ(data::total(teams()).rate->value, 1000 * 2 / 4500.0);
  EXPECT_EQ(data::barriers(d)[0].teams, 2U);
}

}  // namespace
