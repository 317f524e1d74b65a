#include "data/score.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

#include "data/rank.hpp"
#include "geo/random.hpp"

namespace {

using data::Barrier;
using data::Criterion;
using data::Weights;
using testing::DoubleNear;
using testing::ElementsAre;
using testing::Pointwise;

constexpr std::size_t index(Criterion criterion) { return static_cast<std::size_t>(criterion); }

geo::Date day(const char* text) { return *geo::parse_date(text); }

/// Communes that say nothing yet, in code order.
struct Place {
  data::Dataset dataset;
  std::vector<data::Gap> gaps;
  std::vector<data::BarrierSplit> splits;
  std::vector<geo::UnitIndex> units;
  geo::Date at = day("2023-08-27");

  explicit Place(std::size_t communes) : gaps(communes), splits(communes) {
    for (std::size_t i = 0; i < communes; ++i) {
      data::Commune commune;
      commune.code = geo::UnitCode(std::to_string(10000 + i));
      dataset.communes.push_back(commune);
      units.emplace_back(i);
    }
  }
  /// `blocked` of the people short stand behind no_grid, the rest need a visit.
  void report(std::size_t i, double eligible, double reached, double target, double blocked = 0,
              int age = 0) {
    data::Gap& gap = gaps[i];
    gap.status = data::Status::reported;
    gap.as_of = at + -age;
    gap.eligible = data::People(eligible);
    gap.reached = data::People(reached);
    gap.rate = data::Rate(reached / eligible);
    gap.target = target;
    gap.achievement = data::Achievement(reached / (target * eligible));
    const double shortfall = std::max(0.0, target * eligible - reached);
    gap.shortfall = data::People(shortfall);
    splits[i].people[static_cast<std::size_t>(Barrier::no_grid)] = blocked * shortfall;
    splits[i].people[static_cast<std::size_t>(Barrier::visit)] = (1 - blocked) * shortfall;
  }
  data::Scores scores(const Weights& weights = {}) const {
    return data::scores(dataset, gaps, splits, units, at, weights);
  }
};

Weights only(Criterion criterion) {
  Weights weights;
  weights.of.fill(0);
  weights.of[index(criterion)] = 3;
  return weights;
}

/// Unlike numbers for many communes.
Place many(std::size_t communes, std::uint64_t seed = 7) {
  Place place(communes);
  geo::Random random(seed);
  for (std::size_t i = 0; i < communes; ++i)
    place.report(i, 1000 + 9000 * random.share(), 700 * random.share(), 0.6, random.share(),
                 static_cast<int>(random.below(60)));
  return place;
}

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

TEST(Score, EachPartGoesFromLeastToWorst) {
  Place place(3);
  place.report(0, 1000, 100, 0.6, 0.5, 0);   // 500 short, 10%
  place.report(1, 1000, 600, 0.6, 0.0, 7);   // none short, 60%
  place.report(2, 1000, 350, 0.6, 1.0, 28);  // 250 short, 35%
  place.dataset.teams.resize(3);
  for (int i = 0; i < 3; ++i)
    place.dataset.teams[static_cast<std::size_t>(i)].home =
        geo::UnitIndex(i == 0 ? 0U : 1U);  // one, two, none
  const auto scores = place.scores();
  const auto column = [&](Criterion criterion) {
    std::vector<double> out;
    for (const auto& row : scores.parts) out.push_back(row[index(criterion)]);
    return out;
  };
  const auto near = [](std::vector<double> expected) {
    return Pointwise(DoubleNear(1e-12), expected);
  };
  EXPECT_THAT(column(Criterion::shortfall), near({1, 0, 0.5}));
  EXPECT_THAT(column(Criterion::rate), near({1, 0, 0.5}));
  EXPECT_THAT(column(Criterion::achievement), near({1, 0, 0.5}));
  EXPECT_THAT(column(Criterion::barriers), near({0.5, 0, 1}));
  EXPECT_THAT(column(Criterion::silence), near({0, 0.25, 1}));
  EXPECT_THAT(column(Criterion::teams), near({0.5, 0, 1}));
  // 5 · shortfall + 2 · rate + 2 · barriers + 1 · silence, of 10.
  EXPECT_THAT(scores.score, near({(5 + 2 + 2 * 0.5) / 10, 0.25 / 10, (2.5 + 1 + 2 + 1) / 10}));
}

TEST(Score, OnlyProportionsOfWeightsCount) {
  const Place place = many(20);
  Weights half;
  for (double& w : half.of) w /= 2;
  EXPECT_EQ(place.scores(half).score, place.scores().score);
  Weights nothing;
  nothing.of.fill(0);
  EXPECT_EQ(place.scores(nothing).score, place.scores().score) << "all zero: the default";
}

TEST(Score, WhatIsNotReportedHasNoScoreAndDoesNotMoveTheOthers) {
  Place place = many(5);
  const auto before = place.scores().score;
  Place more(6);
  for (std::size_t i = 0; i < 5; ++i) {
    more.gaps[i] = place.gaps[i];
    more.splits[i] = place.splits[i];
  }
  const auto scores = more.scores();
  EXPECT_TRUE(std::isnan(scores.score[5]));
  EXPECT_TRUE(std::all_of(scores.parts[5].begin(), scores.parts[5].end(),
                          [](double part) { return std::isnan(part); }));
  EXPECT_TRUE(std::equal(before.begin(), before.end(), scores.score.begin()));
  const auto stays = data::stability(scores, {}, 2);
  EXPECT_EQ(stays[5], 0);
  EXPECT_DOUBLE_EQ(sum(stays), 2);
}

TEST(Score, WhatNobodyHasDoesNotCountAndWhatOneLacksIsNotGuessed) {
  Place place = many(4);
  for (auto& gap : place.gaps) {
    gap.target.reset();
    gap.achievement.reset();
    gap.shortfall.reset();
  }
  // No targets: what is left of the default weights is rate and silence, 2 : 1.
  auto scores = place.scores();
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_NEAR(
        scores.score[i],
        (2 * scores.parts[i][index(Criterion::rate)] + scores.parts[i][index(Criterion::silence)]) /
            3,
        1e-12);
  EXPECT_LE(*std::max_element(scores.score.begin(), scores.score.end()), 1);

  // One commune has a target: for the others it is not known how many they are short.
  place.gaps[2].shortfall = data::People(10);
  scores = place.scores();
  EXPECT_TRUE(std::isnan(scores.score[0]));
  EXPECT_FALSE(std::isnan(scores.score[2]));
  EXPECT_FALSE(std::isnan(place.scores(only(Criterion::rate)).score[0])) << "it is not asked for";
  // Weights that ask for nothing known leave nobody with a score.
  EXPECT_TRUE(std::isnan(place.scores(only(Criterion::teams)).score[2]));
}

TEST(Score, AwkwardPlaces) {
  EXPECT_TRUE(Place(0).scores().score.empty());
  EXPECT_TRUE(data::stability(Place(0).scores(), {}, 3).empty());

  Place silent(4);  // nothing reported
  EXPECT_EQ(sum(data::stability(silent.scores(), {}, 2)), 0);

  Place one(1);
  one.report(0, 1000, 100, 0.6);
  EXPECT_THAT(one.scores().score, ElementsAre(0)) << "nobody to be worse than";
  EXPECT_THAT(data::stability(one.scores(), {}, 10), ElementsAre(1));

  Place alike(5);
  for (std::size_t i = 0; i < 5; ++i) alike.report(i, 1000, 100, 0.6, 0.5, 3);
  EXPECT_THAT(alike.scores().score, ElementsAre(0, 0, 0, 0, 0));
  EXPECT_THAT(data::stability(alike.scores(), {}, 2), ElementsAre(1, 1, 0, 0, 0)) << "by code";
  EXPECT_THAT(data::stability(alike.scores(), {}, 0), ElementsAre(0, 0, 0, 0, 0));

  Place zero(3);  // no eligible people at all: no rate
  for (auto& gap : zero.gaps) {
    gap.status = data::Status::reported;
    gap.eligible = data::People(0);
    gap.reached = data::People(0);
  }
  EXPECT_TRUE(std::isnan(zero.scores().score[0]));
}

TEST(Stability, EveryDrawFillsTheFirstK) {
  for (const std::size_t communes : {2U, 7U, 45U, 300U}) {
    const auto scores = many(communes).scores();
    for (const std::size_t k : {1U, 2U, 10U, 44U, 299U}) {
      const auto stays = data::stability(scores, {}, k, 3, 200);
      EXPECT_NEAR(sum(stays), static_cast<double>(std::min<std::size_t>(k, communes)), 1e-9);
      for (const double share : stays) {
        EXPECT_GE(share, 0);
        EXPECT_LE(share, 1);
      }
      if (k >= communes) {
        EXPECT_THAT(stays, testing::Each(1));
      }
    }
  }
}

TEST(Stability, OneWeightOnlyCannotChangeTheOrder) {
  const Place place = many(60);
  const auto weights = only(Criterion::shortfall);
  const auto scores = place.scores(weights);
  auto order = scores.score;
  std::sort(order.begin(), order.end(), std::greater<>());
  const auto stays = data::stability(scores, weights, 10);
  for (std::size_t i = 0; i < stays.size(); ++i)
    EXPECT_EQ(stays[i], scores.score[i] >= order[9] ? 1 : 0);
}

TEST(Stability, TiesAtTheBorderGoByCodeWhateverOrderIsAskedFor) {
  Place place(4);
  place.report(0, 1000, 400, 0.6, 0.2, 3);
  for (std::size_t i = 1; i < 4; ++i) place.report(i, 1000, 100, 0.6, 0.9, 20);
  std::reverse(place.units.begin(), place.units.end());
  // By position in `units`: codes 3, 2, 1, 0.
  EXPECT_THAT(data::stability(place.scores(), {}, 2), ElementsAre(0, 1, 1, 0));
}

TEST(Stability, TheSameSeedTheSameAnswer) {
  const auto scores = many(100).scores();
  EXPECT_EQ(data::stability(scores, {}, 10, 5), data::stability(scores, {}, 10, 5));
  EXPECT_NE(data::stability(scores, {}, 10, 5), data::stability(scores, {}, 10, 6));
}

/// The slow and obvious way, with variates of its own: the shares must agree within chance.
TEST(Stability, AgreesWithSortingAndAnotherGamma) {
  const Place place = many(40, 11);
  const Weights weights;
  const auto scores = place.scores(weights);
  constexpr std::size_t k = 8;
  constexpr std::uint32_t draws = 20'000;
  const auto fast = data::stability(scores, weights, k, 1, draws);

  geo::Random random(99);
  // Gamma of shape 4 as a sum of squares of eight normal variates, halved, over 4.
  const auto normal = [&] {
    return std::sqrt(-2 * std::log(1 - random.share())) *
           std::cos(2 * 3.14159265358979323846 * random.share());
  };
  std::vector<double> slow(place.units.size());
  double mean = 0, square = 0;
  for (std::uint32_t draw = 0; draw < draws; ++draw) {
    std::array<double, data::criterion_count> drawn{};
    for (std::size_t c = 0; c < drawn.size(); ++c) {
      double gamma = 0;
      for (int i = 0; i < 8; ++i) gamma += std::pow(normal(), 2) / 8;
      drawn[c] = gamma * weights.of[c];
      mean += gamma / (draws * 6.0);
      square += gamma * gamma / (draws * 6.0);
    }
    std::vector<std::pair<double, std::size_t>> order;
    for (std::size_t i = 0; i < slow.size(); ++i) {
      double score = 0;
      for (std::size_t c = 0; c < drawn.size(); ++c)
        if (drawn[c] > 0) score += drawn[c] * scores.parts[i][c];
      order.emplace_back(-score, i);
    }
    std::sort(order.begin(), order.end());
    for (std::size_t i = 0; i < k; ++i) slow[order[i].second] += 1.0 / draws;
  }
  EXPECT_NEAR(mean, 1, 0.01);
  EXPECT_NEAR(std::sqrt(square - mean * mean) / mean, 0.5, 0.01);
  // Three standard errors of a share are 0.011 at most; both sides err.
  for (std::size_t i = 0; i < slow.size(); ++i) EXPECT_NEAR(fast[i], slow[i], 0.016) << i;
  EXPECT_TRUE(std::any_of(fast.begin(), fast.end(), [](double s) { return s > 0 && s < 0.9; }))
      << "an example in which nothing is in doubt shows nothing";
}

TEST(Stability, TheNationIsRedrawnWithinASecond) {
  const auto scores = many(3321).scores();
  const auto begin = std::chrono::steady_clock::now();
  const auto stays = data::stability(scores, {}, 20, 1, 1000);
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  EXPECT_NEAR(sum(stays), 20, 1e-9);
  EXPECT_LT(seconds, 1) << "even with sanitizers";
  RecordProperty("milliseconds", std::to_string(seconds * 1000));
}

TEST(Rank, ByOneBarrierAndByScore) {
  Place place(4);
  place.report(0, 1000, 100, 0.6, 0.1);  // 50 of 500 without grid
  place.report(1, 1000, 400, 0.6, 0.9);  // 180 of 200
  place.report(2, 1000, 600, 0.6, 0);    // reached
  const std::vector<data::Barriers> barriers(4);
  const auto order = [&](data::RankBy by, const data::RankOn& on) {
    std::vector<std::uint32_t> out;
    for (const auto& row : data::rank(place.dataset, place.gaps, barriers, by, place.units, on))
      out.push_back(row.unit.value);
    return out;
  };
  EXPECT_THAT(order(data::RankBy::barrier, {.splits = place.splits}), ElementsAre(1, 0, 2, 3));
  EXPECT_THAT(order(data::RankBy::barrier, {.splits = place.splits, .barrier = Barrier::visit}),
              ElementsAre(0, 1, 2, 3));
  const auto scores = place.scores();
  EXPECT_THAT(order(data::RankBy::score, {.score = scores.score}), ElementsAre(0, 1, 2, 3));
  const std::vector<double> upside_down = {0.1, 0.5, 0.5, std::nan("")};
  EXPECT_THAT(order(data::RankBy::score, {.score = upside_down}), ElementsAre(1, 2, 0, 3));
}

}  // namespace
