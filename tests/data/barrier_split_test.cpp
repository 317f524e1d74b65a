#include "data/barrier_split.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "data/sample.hpp"
#include "geo/error.hpp"
#include "geo/random.hpp"
#include "tests/data/real_province.hpp"
#include "tests/data/tiny_workspace.hpp"

namespace {

using data::Barrier;
using data::BarrierRule;
using data::BarrierSplit;
using data::Dataset;
using data::Electricity;
using data::Gap;
using data::Settlement;
using data::Signal;

Settlement settlement(std::optional<std::int64_t> eligible, Electricity electricity,
                      Signal signal) {
  Settlement s;
  s.commune = geo::UnitIndex(std::size_t{0});
  s.eligible = eligible;
  s.electricity = electricity;
  s.signal = signal;
  return s;
}

Gap gap(double eligible, double reached, double shortfall) {
  Gap g;
  g.eligible = data::People(eligible);
  g.reached = data::People(reached);
  g.unreached = data::People(std::max(0.0, eligible - reached));
  g.shortfall = data::People(shortfall);
  return g;
}

Dataset one_commune(std::vector<Settlement> settlements) {
  Dataset dataset;
  dataset.communes.resize(1);
  dataset.settlements = std::move(settlements);
  return dataset;
}

BarrierSplit split(const Dataset& dataset, const Gap& g) {
  return data::split_shortfall(dataset, std::vector{g}).front();
}

TEST(BarrierSplit, ByHand) {
  // 400 people without a grid; 600 with one, of whom half (weak signal) are held back by signal,
  // 10% of the other half are away: 400 + 300 + 30, and 270 free.
  Settlement town = settlement(600, Electricity::grid, Signal::weak);
  town.away_share = 0.1;
  const auto d = one_commune({settlement(400, Electricity::none, Signal::none), town});
  // 200 reached: 70 of the free are left. Short of 400 of the 800 unreached: half of each.
  const BarrierSplit s = split(d, gap(1000, 200, 400));
  EXPECT_DOUBLE_EQ(s.of(Barrier::no_grid), 200);
  EXPECT_DOUBLE_EQ(s.of(Barrier::signal), 150);
  EXPECT_NEAR(s.of(Barrier::away), 15, 1e-9);
  EXPECT_NEAR(s.of(Barrier::visit), 35, 1e-9);
  EXPECT_EQ(s.of(Barrier::unknown), 0);
  EXPECT_NEAR(s.total(), 400, 1e-9);
  EXPECT_EQ(s.settlements[0], 1u);  // no grid
  EXPECT_EQ(s.settlements[1], 1u);  // signal: in the first, everybody already counts under the grid
  EXPECT_EQ(data::main_barrier(s), Barrier::no_grid);
}

TEST(BarrierSplit, MoreReachedThanFreeMeansThatBarriersGaveWay) {
  const auto d = one_commune({settlement(400, Electricity::none, Signal::good),
                              settlement(600, Electricity::grid, Signal::none)});
  // All 1,000 are held back, yet 500 were reached: the rest are 200 and 300.
  const BarrierSplit s = split(d, gap(1000, 500, 100));
  EXPECT_NEAR(s.of(Barrier::no_grid), 40, 1e-9);
  EXPECT_NEAR(s.of(Barrier::signal), 60, 1e-9);
  EXPECT_EQ(s.of(Barrier::visit), 0);
}

TEST(BarrierSplit, SharesCountWhoeverIsHeldBackTwiceHalfUnderEach) {
  Settlement s = settlement(100, Electricity::grid, Signal::good);
  s.away_share = 0.5;
  s.smartphone_share = 0.6;
  auto d = one_commune({s});
  d.barrier_rule.counting = BarrierRule::Counting::shares;
  // Away only 30, no phone only 20, both 20: 40 and 30, 30 free.
  const BarrierSplit by_shares = split(d, gap(100, 0, 100));
  EXPECT_NEAR(by_shares.of(Barrier::away), 40, 1e-9);
  EXPECT_NEAR(by_shares.of(Barrier::no_smartphone), 30, 1e-9);
  EXPECT_NEAR(by_shares.of(Barrier::visit), 30, 1e-9);
  d.barrier_rule.counting = BarrierRule::Counting::order;
  d.barrier_rule.order = {"no_smartphone", "away"};
  const BarrierSplit by_order = split(d, gap(100, 0, 100));
  EXPECT_NEAR(by_order.of(Barrier::no_smartphone), 40, 1e-9);
  EXPECT_NEAR(by_order.of(Barrier::away), 30, 1e-9);
  d.barrier_rule.order = {"away"};  // what is left out does not count
  EXPECT_EQ(split(d, gap(100, 0, 100)).of(Barrier::no_smartphone), 0);
  EXPECT_NEAR(split(d, gap(100, 0, 100)).of(Barrier::visit), 50, 1e-9);
}

TEST(BarrierSplit, SettlementsListedOtherwiseThanReportedGiveTheirShares) {
  // The list has residents only, 5,000; the report 1,000 eligible people. One fifth has no grid.
  Settlement dark = settlement({}, Electricity::none, Signal::good);
  dark.residents = 1000;
  Settlement lit = settlement({}, Electricity::grid, Signal::good);
  lit.residents = 4000;
  const BarrierSplit s = split(one_commune({dark, lit}), gap(1000, 0, 600));
  EXPECT_NEAR(s.of(Barrier::no_grid), 120, 1e-9);
  EXPECT_NEAR(s.of(Barrier::visit), 480, 1e-9);
}

TEST(BarrierSplit, WhatIsNotKnownIsSaidToBeUnknown) {
  const auto untold = settlement(500, Electricity::unknown, Signal::unknown);
  const auto dark = settlement(500, Electricity::none, Signal::unknown);
  EXPECT_EQ(split(one_commune({}), gap(1000, 0, 600)).of(Barrier::unknown), 600);
  EXPECT_EQ(split(one_commune({untold}), gap(1000, 0, 600)).of(Barrier::unknown), 600);
  const BarrierSplit half = split(one_commune({untold, dark}), gap(1000, 0, 600));
  EXPECT_NEAR(half.of(Barrier::unknown), 300, 1e-9);
  EXPECT_NEAR(half.of(Barrier::no_grid), 300, 1e-9);
  EXPECT_EQ(data::main_barrier(half), Barrier::no_grid);
  // A target beyond everybody, all reached: nobody is left who could be held back.
  EXPECT_EQ(split(one_commune({dark}), gap(1000, 1000, 200)).of(Barrier::unknown), 200);
}

TEST(BarrierSplit, NobodyShortIsNothingToSplit) {
  const auto d = one_commune({settlement(500, Electricity::none, Signal::none)});
  EXPECT_EQ(split(d, gap(500, 500, 0)).total(), 0);
  EXPECT_EQ(data::main_barrier(split(d, gap(500, 500, 0))), std::nullopt);
  EXPECT_EQ(split(d, Gap()).total(), 0);
  const BarrierSplit none = split(d, gap(500, 500, 0));
  for (const std::uint32_t count : none.settlements) EXPECT_EQ(count, 0u);
}

/// Never negative, and exactly the shortfall, whatever the tables hold.
void expect_whole(const Dataset& dataset, std::span<const Gap> gaps, const BarrierRule& rule) {
  const auto splits = data::split_shortfall(dataset, gaps, rule);
  ASSERT_EQ(splits.size(), gaps.size());
  for (std::size_t c = 0; c < gaps.size(); ++c) {
    const double shortfall = gaps[c].shortfall ? gaps[c].shortfall->value : 0;
    EXPECT_NEAR(splits[c].total(), shortfall, 1e-9) << "commune " << c;
    for (const double people : splits[c].people) EXPECT_GE(people, 0) << "commune " << c;
    EXPECT_EQ(data::main_barrier(splits[c]).has_value(), shortfall > 0) << "commune " << c;
  }
}

TEST(BarrierSplit, AddsUpWhateverTheTablesHold) {
  geo::Random random(20231);
  const std::vector<std::string> ids{"no_grid", "signal", "away", "no_smartphone", "own_sim"};
  for (int round = 0; round < 2000; ++round) {
    Dataset dataset;
    dataset.communes.resize(3);
    const auto maybe = [&](double chance, double value) {
      return random.chance(chance) ? std::optional(value) : std::nullopt;
    };
    const std::uint32_t count = random.below(8);
    for (std::uint32_t k = 0; k < count; ++k) {
      Settlement s;
      if (random.chance(0.9)) s.commune = geo::UnitIndex(random.below(3));
      if (random.chance(0.7)) s.eligible = random.between(0, 3000);
      if (random.chance(0.7)) s.residents = random.between(0, 4000);
      s.electricity = static_cast<Electricity>(random.below(4));
      s.signal = static_cast<Signal>(random.below(4));
      s.away_share = maybe(0.7, random.share());
      s.smartphone_share = maybe(0.7, random.share());
      s.own_sim_share = maybe(0.7, random.share());
      dataset.settlements.push_back(s);
    }
    BarrierRule rule;
    rule.counting =
        random.chance(0.5) ? BarrierRule::Counting::order : BarrierRule::Counting::shares;
    rule.order.clear();
    for (const std::string& id : ids)
      if (random.chance(0.8))
        rule.order.insert(
            rule.order.begin() + random.below(static_cast<std::uint32_t>(rule.order.size() + 1)),
            id);
    rule.weak_signal = random.share();
    rule.offgrid_electricity = random.share();
    std::vector<Gap> gaps;
    for (int c = 0; c < 3; ++c) {
      const double eligible = random.chance(0.1) ? 0 : 9000 * random.share();
      const double reached = eligible * 1.1 * random.share();
      const double target = 1.2 * random.share();
      gaps.push_back(random.chance(0.1)
                         ? Gap()
                         : gap(eligible, reached, std::max(0.0, target * eligible - reached)));
    }
    expect_whole(dataset, gaps, rule);
    if (HasFailure()) return;
  }
}

TEST(DbBarrierSplit, AddsUpOnFiftySamples) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    const auto file = tiny::fresh("split.sqlite");
    data::write_sample(file, {12, 6, seed});
    const auto dataset = data::Workspace::open(file).load();
    BarrierRule shares;
    shares.counting = BarrierRule::Counting::shares;
    for (const auto indicator : {data::Indicator::activation_l2, data::Indicator::installed}) {
      const auto gaps = data::gaps(*dataset, indicator, dataset->dates.back());
      expect_whole(*dataset, gaps, dataset->barrier_rule);
      expect_whole(*dataset, gaps, shares);
    }
  }
}

TEST(DbBarrierSplit, AddsUpInDienBienAndInTheMapForOthers) {
  if (!real::is_there()) GTEST_SKIP() << real::missing;
  using Kind = data::ImportKind;
  auto workspace = real::province(
      "split_dien_bien.sqlite",
      {Kind::boundaries, Kind::crosswalk, Kind::settlements, Kind::reports, Kind::targets});
  const auto dataset = workspace.load();
  const auto gaps = data::gaps(*dataset, data::Indicator::activation_l2, dataset->dates.back());
  expect_whole(*dataset, gaps, dataset->barrier_rule);
  const auto splits = data::split_shortfall(*dataset, gaps);
  const BarrierSplit all = data::total(splits, {});
  const Gap total = data::total(gaps);
  EXPECT_NEAR(all.total(), total.shortfall->value, 1e-6);
  EXPECT_GT(all.of(Barrier::no_grid), 0);
  EXPECT_EQ(all.of(Barrier::unknown), 0);
  auto row = workspace.database().prepare(
      "SELECT total(short_no_grid + short_signal + short_away + short_no_smartphone +"
      " short_own_sim + short_visit + short_unknown), total(shortfall), total(short_no_grid),"
      " count(main_barrier) FROM map_commune");
  ASSERT_TRUE(row.step());
  EXPECT_NEAR(row.real(0), row.real(1), 1e-6);
  EXPECT_NEAR(row.real(1), total.shortfall->value, 1e-6);
  EXPECT_NEAR(row.real(2), all.of(Barrier::no_grid), 1e-6);
  EXPECT_GT(row.integer(3), 40);
}

TEST(BarrierRule, IsReadAsItWasWritten) {
  BarrierRule rule;
  EXPECT_EQ(data::barrier_rule_of(data::json_of(rule)), rule);
  rule.counting = BarrierRule::Counting::shares;
  rule.order = {"own_sim", "no_grid"};
  rule.weak_signal = 0.25;
  EXPECT_EQ(data::barrier_rule_of(data::json_of(rule)), rule);
  EXPECT_EQ(data::barrier_rule_of("{}"), BarrierRule{}) << "what is not written stays as usual";
}

TEST(BarrierRule, SaysWhichFieldIsWrong) {
  const std::pair<const char*, const char*> wrong[] = {
      {"", "barrier_rule"},
      {"[]", "barrier_rule"},
      {R"({"order": "no_grid"})", "order"},
      {R"({"order": ["no_grid", "no_grid"]})", "order"},
      {R"({"order": ["visit"]})", "order"},
      {R"({"order": [7]})", "order"},
      {R"({"weak_signal": 1.5})", "weak_signal"},
      {R"({"weak_signal": "half"})", "weak_signal"},
      {R"({"no_electricity": -0.1})", "no_electricity"},
      {R"({"counting": "twice"})", "counting"},
      {R"({"counting": 2})", "counting"},
      {R"({"wek_signal": 0.5})", "wek_signal"}};
  for (const auto& [json, field] : wrong) {
    try {
      data::barrier_rule_of(json);
      ADD_FAILURE() << json << " was taken";
    } catch (const geo::Error& error) {
      EXPECT_EQ(error.kind, geo::ErrorKind::usage) << json;
      EXPECT_EQ(error.where, field) << json;
      EXPECT_FALSE(error.remedy.id.empty()) << json;
    }
  }
}

TEST(Barrier, HasAnIdANameAndAnAction) {
  std::set<std::string> names, actions;
  for (const Barrier barrier : data::all_barriers) {
    EXPECT_EQ(data::barrier_by_id(data::id(barrier)), barrier);
    names.insert(data::name(barrier).id);
    actions.insert(data::action(barrier).id);
  }
  EXPECT_EQ(names.size(), data::barrier_count);
  EXPECT_EQ(actions.size(), data::barrier_count);
  EXPECT_EQ(data::barrier_by_id("nothing"), std::nullopt);
}

TEST(DbBarrierRule, KeptInTheWorkspaceItChangesTheNumbersThere) {
  auto workspace = data::Workspace::create(tiny::fresh("rule.sqlite"));
  {
    tiny::Import import(workspace);
    const auto commune = import.today("03001", "A", 103);
    import.target(commune, 0.6);
    import.report(commune, "2023-08-27", 100, 20);
    import.settlement("S1", commune, {}, 400, "none", "none");
    import.done();
  }
  const auto map = [&] {
    auto row = workspace.database().prepare(
        "SELECT main_barrier, short_no_grid, short_signal FROM map_commune");
    row.step();
    return row.text(0) + ' ' + row.text(1) + ' ' + row.text(2);
  };
  EXPECT_EQ(map(), "no_grid 40.0 0.0");
  BarrierRule rule;
  rule.order = {"signal"};
  data::keep_barrier_rule(workspace, rule);
  EXPECT_EQ(map(), "signal 0.0 40.0");
  EXPECT_EQ(workspace.load()->barrier_rule, rule);
  workspace.set_setting("barrier_rule", "{\"order\": 1}");
  try {
    workspace.load();
    ADD_FAILURE() << "a broken rule was taken";
  } catch (const geo::Error& error) {
    EXPECT_EQ(error.kind, geo::ErrorKind::io);
    EXPECT_THAT(error.where, testing::HasSubstr("rule.sqlite"));
    EXPECT_THAT(error.where, testing::HasSubstr("order"));
  }
}

}  // namespace
