#include "data/classification.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <set>

namespace {

using data::Classes;
using data::Classification;
using testing::DoubleEq;
using testing::ElementsAre;

std::vector<double> spread(double from, double to, int n) {
  std::vector<double> out;
  for (int i = 0; i < n; ++i) out.push_back(from + (to - from) * i / (n - 1));
  return out;
}

std::vector<int> sizes(const Classes& classes, const std::vector<double>& values) {
  std::vector<int> out(classes.count());
  for (const double v : values)
    if (const auto c = classes.of(v)) ++out[*c];
  return out;
}

TEST(Classification, ClassesAreClosedBelowAndTheLastOnBothSides) {
  const Classes classes{{0, 0.2, 0.6, 1}, 2};
  EXPECT_EQ(classes.count(), 3U);
  EXPECT_EQ(classes.of(0), 0U);
  EXPECT_EQ(classes.of(0.2), 1U);
  EXPECT_EQ(classes.of(std::nextafter(0.6, 0)), 1U);
  EXPECT_EQ(classes.of(0.6), 2U);
  EXPECT_EQ(classes.of(1), 2U);
  EXPECT_EQ(classes.of(7), 2U);
  EXPECT_EQ(classes.of(-1), 0U);
  EXPECT_EQ(classes.of(std::nan("")), std::nullopt);
  EXPECT_EQ(Classes{}.of(0.5), std::nullopt);
}

TEST(Classification, ByTargetTellsCommunesApartAtRoundNumbers) {
  const auto values = spread(0.15, 0.41, 45);
  const Classes classes = data::classify_by_target(values, 0.6);
  EXPECT_THAT(classes.breaks, ElementsAre(DoubleEq(0), DoubleEq(0.2), DoubleEq(0.3), DoubleEq(0.4),
                                          DoubleEq(0.6), DoubleEq(1)));
  EXPECT_EQ(classes.first_at_target, 4U);
  EXPECT_EQ(classes.of(0.6), 4U);
}

TEST(Classification, ByTargetUsesTensWhereTheyAreEnough) {
  const Classes classes = data::classify_by_target(spread(0.05, 0.44, 45), 0.6);
  for (const double b : classes.breaks) EXPECT_DOUBLE_EQ(b * 10, std::round(b * 10)) << b;
  EXPECT_EQ(classes.count(), 5U);
}

TEST(Classification, ByTargetHoldsWhateverComes) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::uniform_real_distribution<double> unit(0, 1);
    const double a = unit(random), b = unit(random), target = 0.05 + 0.95 * unit(random);
    std::vector<double> values(1 + random() % 200);
    for (double& v : values) v = std::pow(a + (b - a) * unit(random), 1 + 2 * unit(random));
    const Classes classes = data::classify_by_target(values, target);
    ASSERT_TRUE(classes.first_at_target);
    ASSERT_GE(classes.count(), 2U);
    ASSERT_LE(classes.count(), 5U);
    EXPECT_EQ(*classes.first_at_target, classes.count() - 1);
    EXPECT_EQ(classes.breaks[*classes.first_at_target], target);
    for (std::size_t i = 1; i < classes.breaks.size(); ++i)
      ASSERT_LT(classes.breaks[i - 1], classes.breaks[i]);
    // Below the target every class tells something.
    const auto n = sizes(classes, values);
    for (std::size_t i = 0; classes.count() > 2 && i + 1 < n.size(); ++i) EXPECT_GT(n[i], 0) << i;
    for (const double v : values) {
      EXPECT_EQ(*classes.of(v) >= *classes.first_at_target, v >= target) << v;
      EXPECT_GE(v, classes.breaks.front());
      EXPECT_LE(v, classes.breaks.back());
    }
    // Every break but the target is round.
    for (std::size_t i = 1; i + 2 < classes.breaks.size(); ++i)
      EXPECT_NEAR(classes.breaks[i] * 1000, std::round(classes.breaks[i] * 1000), 1e-9);
  }
}

TEST(Classification, ByTargetWithFewOrNoValuesBelow) {
  const auto breaks = [](std::vector<double> values, double target) {
    return data::classify_by_target(values, target).breaks;
  };
  EXPECT_THAT(breaks({}, 0.6), ElementsAre(0, 0.6, 1));
  EXPECT_THAT(breaks({0.7, 0.9, 1.3}, 0.6), ElementsAre(0, 0.6, 1.3));
  EXPECT_THAT(breaks({0.3, 0.3, 0.3}, 0.6), ElementsAre(0, 0.6, 1));
  EXPECT_EQ(breaks({0.31, 0.31, 0.52}, 0.6).size(), 4U);
  EXPECT_THAT(breaks({0.5, std::nan(""), std::numeric_limits<double>::infinity()}, 0.6),
              ElementsAre(0, 0.6, 1));
  // A target of everybody still has a class of its own.
  const Classes all = data::classify_by_target(std::vector{0.2, 0.9, 1.0}, 1.0);
  EXPECT_EQ(all.of(1.0), all.first_at_target);
  EXPECT_LT(*all.of(0.9), *all.first_at_target);
  // A target of nothing is met by all.
  const Classes none = data::classify_by_target(std::vector{0.0, 0.4}, 0.0);
  EXPECT_EQ(none.of(0.0), none.first_at_target);
}

TEST(Classification, ByTargetGoesFinerWhereValuesCrowd) {
  const auto values = spread(0.971, 0.988, 40);
  const Classes classes = data::classify_by_target(values, 0.99);
  EXPECT_EQ(classes.count(), 5U);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_GE(sizes(classes, values)[i], 4);
}

TEST(Classification, QuantilesAreThoseOfR) {
  // quantile(c(1, 2, 3, 4, 5, 6, 7, 8, 9, 20), 0:4/4): 1, 3.25, 5.5, 7.75, 20
  const std::vector<double> values{20, 9, 8, 7, 6, 5, 4, 3, 2, 1};
  EXPECT_THAT(data::classify_by_quantiles(values, 4).breaks, ElementsAre(1, 3.25, 5.5, 7.75, 20));
  EXPECT_EQ(data::classify_by_quantiles(values, 4).first_at_target, std::nullopt);
}

TEST(Classification, TiesMakeFewerClassesAndNoError) {
  EXPECT_EQ(data::classify_by_quantiles(std::vector<double>{}).count(), 0U);
  EXPECT_THAT(data::classify_by_quantiles(std::vector<double>{3, 3, 3}).breaks, ElementsAre(3, 3));
  EXPECT_EQ(data::classify_by_quantiles(std::vector<double>{3, 3, 3}).of(3), 0U);
  const std::vector<double> two{1, 1, 1, 1, 1, 1, 1, 1, 1, 2};
  const Classes classes = data::classify_by_quantiles(two);
  for (const int n : sizes(classes, two)) EXPECT_GT(n, 0);
  EXPECT_LE(classes.count(), 2U);
  EXPECT_EQ(data::classify_by_quantiles(std::vector<double>{1, 2}).count(), 2U);
}

/// Made up: rates that crowd below, as they do in the first months, and one above 100%.
const std::vector<double> rates{0.031, 0.052, 0.063, 0.071, 0.082, 0.082, 0.113, 0.121,
                                0.121, 0.134, 0.193, 0.212, 0.221, 0.247, 0.331, 0.352,
                                0.367, 0.391, 0.523, 0.554, 0.588, 0.742, 0.909, 1.084};

std::vector<double> breaks(Classification by, const std::vector<double>& values,
                           std::size_t classes = 5, std::optional<double> target = {}) {
  return data::classify(values, {by, classes, target, {}}).breaks;
}
std::vector<double> inner(std::vector<double> all) { return {all.begin() + 1, all.end() - 1}; }

TEST(Classification, NamesAreTheContractsAndComeBack) {
  std::set<std::string_view> ids;
  for (const Classification by : data::all_classifications) {
    EXPECT_EQ(data::classification_by_id(data::id(by)), by);
    ids.insert(data::id(by));
  }
  EXPECT_EQ(ids, (std::set<std::string_view>{"Target", "Quantiles", "EqualInterval", "FisherJenks",
                                             "HeadTailBreaks", "StdMean", "PrettyBreaks",
                                             "UserDefined"}));
  EXPECT_FALSE(data::classification_by_id("target"));
}

// classIntervals() of classInt 0.4-9 in R 4.2.2
TEST(Classification, BreaksOfMadeUpRatesAreThoseOfR) {
  const auto near = [](std::vector<double> expected) {
    return testing::Pointwise(testing::DoubleNear(1e-12), expected);
  };
  EXPECT_THAT(breaks(Classification::fisher_jenks, rates, 3), near({0.031, 0.289, 0.665, 1.084}));
  EXPECT_THAT(breaks(Classification::fisher_jenks, rates, 5),
              near({0.031, 0.1635, 0.289, 0.457, 0.8255, 1.084}));
  EXPECT_THAT(breaks(Classification::quantiles, rates, 3), near({0.031, 0.121, 0.357, 1.084}));
  EXPECT_THAT(breaks(Classification::quantiles, rates, 5),
              near({0.031, 0.082, 0.1458, 0.3142, 0.5354, 1.084}));
  EXPECT_THAT(breaks(Classification::equal_interval, rates, 5),
              near({0.031, 0.2416, 0.4522, 0.6628, 0.8734, 1.084}));
  EXPECT_THAT(breaks(Classification::pretty_breaks, rates, 3), near({0, 0.5, 1, 1.5}));
  EXPECT_THAT(breaks(Classification::pretty_breaks, rates, 5),
              near({0, 0.2, 0.4, 0.6, 0.8, 1, 1.2}));
  EXPECT_THAT(inner(breaks(Classification::std_mean, rates, 5)),
              near({0.316, 0.601957886835594, 0.887915773671188}));
  EXPECT_THAT(breaks(Classification::head_tail_breaks, rates), near({0.031, 0.316, 1.084}));
}

TEST(Classification, PrettyBreaksAreThoseOfR) {
  const auto pretty = [](double low, double high, std::size_t n) {
    // As many distinct values as classes, else there would be fewer.
    return breaks(Classification::pretty_breaks, spread(low, high, 40), n);
  };
  EXPECT_THAT(pretty(0, 1, 2), ElementsAre(0, 0.5, 1));
  EXPECT_THAT(pretty(0.13, 0.87, 7), ElementsAre(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9));
  EXPECT_THAT(pretty(-3, 17, 5), ElementsAre(-5, 0, 5, 10, 15, 20));
  EXPECT_THAT(pretty(-3, 17, 2), ElementsAre(-10, 0, 10, 20));
  EXPECT_THAT(pretty(1671, 38000, 5), ElementsAre(0, 10000, 20000, 30000, 40000));
  EXPECT_THAT(pretty(0.001, 0.0013, 2), ElementsAre(0.001, 0.0012, 0.0014));
  EXPECT_THAT(pretty(0, 180.64, 5), ElementsAre(0, 50, 100, 150, 200));
  EXPECT_THAT(pretty(5, 6, 5), ElementsAre(5, 5.2, 5.4, 5.6, 5.8, 6));
}

TEST(Classification, HeadTailGoesOnWhileTheHeadIsTheLesserPart) {
  // Mean 4.4; the head 10, 20 is 20% of ten, its mean 15; the head 20 is half of two.
  const std::vector<double> tail{1, 1, 1, 2, 2, 2, 2, 3, 10, 20};
  EXPECT_THAT(breaks(Classification::head_tail_breaks, tail),
              ElementsAre(1, DoubleEq(4.4), 15, 20));
}

double within_classes(const std::vector<double>& values, const std::vector<std::size_t>& cuts) {
  double sum = 0;
  std::size_t from = 0;
  for (std::size_t c = 0; c <= cuts.size(); ++c) {
    const std::size_t to = c < cuts.size() ? cuts[c] : values.size();
    double mean = 0;
    for (std::size_t i = from; i < to; ++i) mean += values[i] / static_cast<double>(to - from);
    for (std::size_t i = from; i < to; ++i) sum += (values[i] - mean) * (values[i] - mean);
    from = to;
  }
  return sum;
}

/// The halving is exact: no parting of few values has a lesser sum of squares.
TEST(Classification, FisherJenksIsTheBestOfAllPartings) {
  std::mt19937 random(5);
  for (int round = 0; round < 200; ++round) {
    std::vector<double> values(4 + random() % 8);
    for (double& v : values)
      v = round % 3 == 0 ? static_cast<double>(random() % 6) : std::pow(double(random() % 1000), 2);
    std::sort(values.begin(), values.end());
    const std::size_t n = values.size();
    for (std::size_t k = 2; k <= 4; ++k) {
      const Classes classes = data::classify(values, {Classification::fisher_jenks, k, {}, {}});
      std::vector<std::size_t> ours;
      for (const double b : inner(classes.breaks))
        ours.push_back(static_cast<std::size_t>(std::lower_bound(values.begin(), values.end(), b) -
                                                values.begin()));
      for (const int size : sizes(classes, values)) EXPECT_GT(size, 0);
      double least = within_classes(values, {});
      for (unsigned mask = 0; mask < 1U << (n - 1); ++mask) {
        std::vector<std::size_t> cuts;
        for (std::size_t i = 1; i < n; ++i)
          if ((mask >> (i - 1) & 1U) != 0) cuts.push_back(i);
        if (cuts.size() < k) least = std::min(least, within_classes(values, cuts));
      }
      EXPECT_NEAR(within_classes(values, ours), least, 1e-9 * (1 + least));
    }
  }
}

TEST(Classification, UserDefinedKeepsWhatThePersonSet) {
  const auto set = [](std::vector<double> cuts, std::optional<double> target = {}) {
    return data::classify(rates, {Classification::user_defined, 5, target, std::move(cuts)});
  };
  EXPECT_THAT(set({0.5, 0.1, 0.5}).breaks, ElementsAre(0, 0.1, 0.5, 1.084));
  EXPECT_THAT(set({}).breaks, ElementsAre(0, 1.084));
  // A class without values stays, as it was asked for; what cannot hold any is none.
  EXPECT_THAT(set({0.6, 0.61, 0.62}).breaks, ElementsAre(0, 0.6, 0.61, 0.62, 1.084));
  EXPECT_THAT(set({-0.5, 0, std::nan(""), 0.4}).breaks, ElementsAre(0, 0.4, 1.084));
  EXPECT_THAT(set({0.5, 2}).breaks, ElementsAre(0, 0.5, 2, DoubleEq(2.01)));
  const Classes classes = set({0.2, 0.4}, 0.6);
  EXPECT_THAT(classes.breaks, ElementsAre(0, 0.2, 0.4, 0.6, 1.084));
  EXPECT_EQ(classes.first_at_target, 3U);
  EXPECT_THAT(
      data::classify(std::vector<double>{}, {Classification::user_defined, 5, {}, {0.3, 0.6}})
          .breaks,
      ElementsAre(0, 0.3, 0.6, 1));
}

TEST(Classification, OneBreakIsTheTargetAndTheRestStay) {
  EXPECT_THAT(breaks(Classification::equal_interval, rates, 5, 0.6),
              ElementsAre(0.031, DoubleEq(0.2416), DoubleEq(0.4522), 0.6, DoubleEq(0.8734), 1.084));
  EXPECT_THAT(breaks(Classification::pretty_breaks, rates, 5, 0.65),
              ElementsAre(0, 0.2, 0.4, 0.65, 0.8, 1, 1.2));
  // Nobody reached it yet: a class of its own, one of the five.
  const Classes above = data::classify(rates, {Classification::fisher_jenks, 5, 1.2, {}});
  EXPECT_EQ(above.count(), 5U);
  EXPECT_EQ(above.first_at_target, 4U);
  EXPECT_EQ(above.breaks[4], 1.2);
  EXPECT_EQ(above.of(1.084), 3U);
  // The best reached it to the point.
  const Classes best = data::classify(rates, {Classification::quantiles, 4, 1.084, {}});
  EXPECT_EQ(best.of(1.084), best.first_at_target);
  EXPECT_LT(*best.of(0.909), *best.first_at_target);
  // All did.
  const Classes all = data::classify(rates, {Classification::quantiles, 4, 0.01, {}});
  EXPECT_EQ(all.first_at_target, 0U);
  EXPECT_EQ(all.breaks.front(), 0.01);
  EXPECT_EQ(all.count(), 4U);
}

/// Whatever the values, the number of classes and the target: what the header promises.
TEST(Classification, EveryKindHoldsWhateverComes) {
  std::mt19937 random(9);
  std::uniform_real_distribution<double> unit(0, 1);
  for (int round = 0; round < 2000; ++round) {
    std::vector<double> values(random() % 60);
    const int kind = round % 6;
    for (double& v : values) {
      v = unit(random);
      if (kind == 1) v = std::floor(v * 3) / 10;  // ties
      if (kind == 2) v = std::pow(v, 6) * 300;    // a long tail
      if (kind == 3) v = 0.4 + v * 1e-9;          // crowded
      if (kind == 4) v = round % 4 < 2 ? 0 : 0.3;
      if (kind == 5) v = (v - 0.5) * 40;  // a change: below zero too
    }
    std::set<double> distinct(values.begin(), values.end());
    std::optional<double> target;
    if (round % 2 == 0) target = kind == 2 ? unit(random) * 400 : unit(random) * 1.2;
    if (round % 14 == 0 && !values.empty()) target = values[random() % values.size()];
    data::ClassificationOptions options{
        data::all_classifications[random() % 8], 1 + random() % 9, target, {}};
    if (options.by == Classification::user_defined) options.inner_breaks = {0.2, unit(random)};
    values.push_back(std::nan(""));
    const Classes classes = data::classify(values, options);
    values.pop_back();
    SCOPED_TRACE(std::string(data::id(options.by)) + " round " + std::to_string(round));

    EXPECT_EQ(classes.first_at_target.has_value(), target.has_value());
    if (classes.count() == 0) {
      EXPECT_TRUE(values.empty());
      continue;
    }
    for (std::size_t i = 1; i < classes.breaks.size(); ++i) {
      if (classes.count() == 1 && distinct.size() == 1) break;  // all are one value
      ASSERT_LT(classes.breaks[i - 1], classes.breaks[i]) << i;
    }
    for (const double v : values) {
      ASSERT_TRUE(classes.of(v));
      EXPECT_GE(v, classes.breaks.front() - 1e-9 * std::abs(v));
      EXPECT_LE(v, classes.breaks.back() + 1e-9 * std::abs(v));
      if (target) {
        EXPECT_EQ(*classes.of(v) >= *classes.first_at_target, v >= *target) << v;
      }
    }
    if (target) {
      EXPECT_EQ(classes.breaks[*classes.first_at_target],
                std::max(*target, options.by == Classification::user_defined ||
                                          options.by == Classification::target
                                      ? classes.breaks.front()
                                      : -1e300));
    }
    if (options.by == Classification::user_defined) continue;
    const bool round_steps =
        options.by == Classification::pretty_breaks || options.by == Classification::std_mean;
    if (options.by != Classification::head_tail_breaks) {
      const std::size_t most = std::max<std::size_t>(options.classes, target ? 2 : 1);
      EXPECT_LE(classes.count(), round_steps ? most + most / 2 + 2 : most);
    }
    if (!target && !round_steps) {
      EXPECT_LE(classes.count(), std::max<std::size_t>(1, distinct.size()));
    }
    if (round_steps || options.by == Classification::equal_interval) continue;
    const auto n = sizes(classes, values);
    for (std::size_t i = 0; i < n.size(); ++i) {
      const bool beside_target =
          target && (i == *classes.first_at_target || i + 1 == *classes.first_at_target);
      EXPECT_TRUE(n[i] > 0 || beside_target) << "class " << i << " of " << n.size();
    }
  }
}

// --- The awkward truth -------------------------------------------------------------------------

TEST(Classification, OneCommune) {
  for (const Classification by : data::all_classifications) {
    const Classes classes = data::classify(std::vector{0.37}, {by, 5, {}, {}});
    EXPECT_EQ(classes.count(), 1U) << data::id(by);
    EXPECT_EQ(classes.of(0.37), 0U);
    const Classes against = data::classify(std::vector{0.37}, {by, 5, 0.6, {}});
    EXPECT_EQ(against.count(), 2U) << data::id(by);
    EXPECT_EQ(against.first_at_target, 1U);
    EXPECT_EQ(against.of(0.37), 0U);
  }
}

TEST(Classification, AllEqualAndAllZero) {
  for (const Classification by : data::all_classifications)
    for (const double value : {0.0, 0.25, 0.1 + 0.2}) {
      const std::vector<double> values(45, value);
      const Classes classes = data::classify(values, {by, 5, {}, {}});
      EXPECT_EQ(classes.count(), 1U) << data::id(by);
      EXPECT_EQ(classes.of(value), 0U);
      const Classes against = data::classify(values, {by, 5, 0.6, {}});
      EXPECT_EQ(against.count(), 2U) << data::id(by);
      EXPECT_EQ(against.of(value), 0U);
      EXPECT_EQ(against.breaks[1], 0.6);
      EXPECT_EQ(against.breaks[2], 1);
    }
}

TEST(Classification, TwoDistinctValuesForFiveClasses) {
  std::vector<double> values(30, 0.2);
  values.resize(45, 0.5);
  for (const Classification by : data::all_classifications) {
    if (by == Classification::user_defined) continue;
    const Classes classes = data::classify(values, {by, 5, {}, {}});
    EXPECT_GE(classes.count(), 2U) << data::id(by);
    // Steps that are round may leave one between the two.
    EXPECT_LE(classes.count(),
              by == Classification::pretty_breaks || by == Classification::std_mean ? 4U : 2U)
        << data::id(by);
    EXPECT_NE(classes.of(0.2), classes.of(0.5));
  }
}

TEST(Classification, NoValues) {
  const double nan = std::nan("");
  for (const Classification by : data::all_classifications)
    for (const std::vector<double>& none : {std::vector<double>{}, std::vector{nan, nan}}) {
      EXPECT_EQ(data::classify(none, {by, 5, {}, {}}).count(), 0U) << data::id(by);
      const Classes against = data::classify(none, {by, 5, 0.6, {}});
      EXPECT_THAT(against.breaks, ElementsAre(0, 0.6, 1)) << data::id(by);
      EXPECT_EQ(against.first_at_target, 1U);
      EXPECT_EQ(data::classify(none, {by, 5, nan, {}}).first_at_target, std::nullopt);
    }
}

TEST(Classification, FarAboveTheTarget) {
  // 180.64% of a target of 60%.
  std::vector<double> values = spread(0.2, 0.55, 44);
  values.push_back(1.8064 * 0.6);
  for (const Classification by : data::all_classifications) {
    const Classes classes = data::classify(values, {by, 5, 0.6, {}});
    EXPECT_GE(*classes.of(1.8064 * 0.6), *classes.first_at_target) << data::id(by);
    EXPECT_LT(*classes.of(0.55), *classes.first_at_target) << data::id(by);
    EXPECT_GE(classes.breaks.back(), 1.8064 * 0.6) << data::id(by);
  }
}

}  // namespace
