#include "data/classification.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace {

using data::Classes;
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

}  // namespace
