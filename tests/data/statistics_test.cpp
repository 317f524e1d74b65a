#include "data/statistics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/data/r_oracle.hpp"
#include "tests/scratch.hpp"

namespace {

data::Gap gap(double eligible, double reached) {
  data::Gap out;
  out.eligible = data::People(eligible);
  out.reached = data::People(reached);
  out.rate = data::Rate(reached / eligible);
  return out;
}

/// Communes of one province, each in the former district of its number; -1: none known.
data::Dataset communes_in(const std::vector<std::int32_t>& districts) {
  data::Dataset dataset;
  dataset.provinces.resize(1);
  dataset.districts.resize(3);
  for (const std::int32_t district : districts) {
    data::Commune& commune = dataset.communes.emplace_back();
    commune.province = 0;
    commune.district = district;
  }
  return dataset;
}

TEST(Wilson, IsThatOfR) {
  // prop.test(x, n, correct = FALSE)$conf.int in R 4.2.2
  struct Case {
    double reached, eligible, low, high;
  };
  for (const Case& c :
       {Case{3, 10, 0.107791267406301, 0.603221852538855},
        Case{1, 45, 0.00393359888283344, 0.115666817684149}, Case{0, 12, 0, 0.242494006655241},
        Case{12, 12, 0.757505993344759, 1}, Case{3285, 17513, 0.181862102806919, 0.193424816029148},
        Case{127305, 482096, 0.26282315587501, 0.265311930600784}}) {
    const auto interval = data::wilson(c.reached, c.eligible);
    ASSERT_TRUE(interval);
    EXPECT_NEAR(interval->low, c.low, 1e-12) << c.reached << " of " << c.eligible;
    EXPECT_NEAR(interval->high, c.high, 1e-12) << c.reached << " of " << c.eligible;
  }
}

TEST(Wilson, StaysBetweenNobodyAndEverybody) {
  EXPECT_EQ(data::wilson(0, 50)->low, 0);
  EXPECT_GT(data::wilson(0, 50)->high, 0.05);
  EXPECT_EQ(data::wilson(50, 50)->high, 1);
  EXPECT_LT(data::wilson(50, 50)->low, 0.95);
  // More reached than there are: as everybody.
  EXPECT_EQ(data::wilson(90, 50)->low, data::wilson(50, 50)->low);
  EXPECT_EQ(data::wilson(-3, 50)->high, data::wilson(0, 50)->high);
  EXPECT_FALSE(data::wilson(0, 0));
  EXPECT_FALSE(data::wilson(1, -2));
  EXPECT_FALSE(data::wilson(std::nan(""), 10));
  // Narrower the more people there are, and around the rate.
  double width = 1;
  for (double n = 10; n < 1e7; n *= 10) {
    const auto interval = data::wilson(0.3 * n, n);
    EXPECT_LT(interval->low, 0.3);
    EXPECT_GT(interval->high, 0.3);
    EXPECT_LT(interval->high - interval->low, width);
    width = interval->high - interval->low;
  }
}

TEST(Smoothing, ByHand) {
  // Rates 0.1, 0.3, 0.5 of 100 people each: m = 0.3, S = 100·(0.04 + 0 + 0.04) = 8,
  // ρ = (8 − 0.21·2) / (0.21·(300 − 100 − 2)) = 7.58 / 41.58, weight 1/ρ − 1 = 34/7.58 = 4.4855
  const data::Dataset dataset = communes_in({0, 0, 0});
  const std::vector<data::Gap> gaps{gap(100, 10), gap(100, 30), gap(100, 50)};
  const auto smooth = data::smoothed_rates(dataset, gaps);
  const double weight = 41.58 / 7.58 - 1;
  ASSERT_EQ(smooth.size(), 3U);
  EXPECT_NEAR(smooth[0]->value, (10 + 0.3 * weight) / (100 + weight), 1e-12);
  EXPECT_NEAR(smooth[1]->value, 0.3, 1e-12);
  EXPECT_NEAR(smooth[2]->value, (50 + 0.3 * weight) / (100 + weight), 1e-12);
}

TEST(Smoothing, PullsTheSmallMoreThanTheLarge) {
  const data::Dataset dataset = communes_in({0, 0, 0, 0});
  const std::vector<data::Gap> gaps{gap(20, 18), gap(20'000, 18'000), gap(5'000, 1'000),
                                    gap(5'000, 1'500)};
  const auto smooth = data::smoothed_rates(dataset, gaps);
  EXPECT_LT(smooth[0]->value, smooth[1]->value);
  EXPECT_NEAR(smooth[1]->value, 0.9, 0.001);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_GE(smooth[i]->value, 0);
    EXPECT_LE(smooth[i]->value, 1);
  }
}

TEST(Smoothing, TowardsTheDistrictElseTheProvince) {
  // District 0 is low, district 1 high, district 2 has two communes only.
  const data::Dataset dataset = communes_in({0, 0, 0, 1, 1, 1, 2, 2, -1});
  const std::vector<data::Gap> gaps{gap(50, 5),  gap(1000, 90),  gap(1000, 140),
                                    gap(50, 40), gap(1000, 780), gap(1000, 830),
                                    gap(50, 25), gap(1000, 500), gap(50, 25)};
  const auto smooth = data::smoothed_rates(dataset, gaps);
  EXPECT_NEAR(smooth[0]->value, 0.11, 0.02);
  EXPECT_NEAR(smooth[3]->value, 0.80, 0.02);
  // The province's rate is 2435/6150; its prior is wide, as its districts differ.
  EXPECT_LT(smooth[6]->value, 0.5);
  EXPECT_GT(smooth[6]->value, 2435.0 / 6150);
  EXPECT_EQ(smooth[6], smooth[8]);
}

TEST(Smoothing, WithoutSpreadBeyondChanceAllAreThePooledRate) {
  const data::Dataset dataset = communes_in({0, 0, 0});
  for (const auto& smooth :
       data::smoothed_rates(dataset, std::vector{gap(100, 30), gap(200, 60), gap(50, 15)}))
    EXPECT_NEAR(smooth->value, 0.3, 1e-12);
  for (const auto& smooth :
       data::smoothed_rates(dataset, std::vector{gap(100, 0), gap(200, 0), gap(50, 0)}))
    EXPECT_EQ(smooth->value, 0);
  // One person each tells nothing about spread.
  for (const auto& smooth :
       data::smoothed_rates(dataset, std::vector{gap(1, 1), gap(1, 0), gap(1, 0)}))
    EXPECT_NEAR(smooth->value, 1.0 / 3, 1e-12);
}

TEST(Smoothing, NotReportedStaysUnknownAndOneCommuneStaysItself) {
  const data::Dataset dataset = communes_in({0, 1});
  const auto smooth = data::smoothed_rates(dataset, std::vector{data::Gap{}, gap(100, 40)});
  EXPECT_FALSE(smooth[0]);
  EXPECT_NEAR(smooth[1]->value, 0.4, 1e-12);
  EXPECT_TRUE(data::smoothed_rates(data::Dataset{}, {}).empty());
}

TEST(Smoothing, KeepsTheUnitOfTheRate) {
  const data::Dataset dataset = communes_in({0, 0, 0});
  std::vector<data::Gap> gaps{gap(1000, 2), gap(4000, 3), gap(2000, 2)};
  for (data::Gap& g : gaps) {
    g.per = 1000;
    g.rate = data::Rate(1000 * g.reached->value / g.eligible->value);
  }
  for (const auto& smooth : data::smoothed_rates(dataset, gaps)) {
    EXPECT_GE(smooth->value, 0.75 - 1e-12);
    EXPECT_LE(smooth->value, 2 + 1e-12);
  }
}

TEST(Change, IsKnownOnlyWhereBothDatesAre) {
  const std::vector<data::Gap> before{gap(1000, 200), data::Gap{}, gap(500, 50), gap(800, 400)};
  const std::vector<data::Gap> after{gap(1000, 350), gap(400, 100), data::Gap{}, gap(1000, 400)};
  const auto change = data::changes(before, after);
  ASSERT_EQ(change.size(), 4U);
  EXPECT_NEAR(*change[0].rate, 0.15, 1e-12);
  EXPECT_EQ(change[0].reached, 150);
  EXPECT_FALSE(change[1].rate || change[1].reached || change[2].rate || change[2].reached);
  // More eligible people and the same activated: nobody was lost, but the rate fell.
  EXPECT_NEAR(*change[3].rate, -0.1, 1e-12);
  EXPECT_EQ(change[3].reached, 0);
}

const std::vector<double> xs{0.12, 0.4, 0.33, 0.81, 0.95, 0.27, 0.66};
const std::vector<double> ys{0.2, 0.31, 0.42, 0.55, 0.83, 0.15, 0.6};

TEST(Regression, IsThatOfR) {
  // lm(y ~ x) in R 4.2.2
  const auto fit = data::regression(xs, ys);
  ASSERT_TRUE(fit);
  EXPECT_EQ(fit->pairs, 7U);
  EXPECT_NEAR(fit->intercept, 0.0673492808323986, 1e-12);
  EXPECT_NEAR(fit->slope, 0.73123023564215, 1e-12);
  EXPECT_NEAR(fit->r_squared, 0.858863040577068, 1e-12);
}

TEST(Regression, TakesPairsOnlyAndKnowsWhenThereIsNoLine) {
  const double nan = std::nan("");
  const auto fit = data::regression(std::vector<double>{1, nan, 2, 3, INFINITY},
                                    std::vector<double>{2, 1, 4, nan, 5});
  ASSERT_TRUE(fit);
  EXPECT_EQ(fit->pairs, 2U);
  EXPECT_NEAR(fit->slope, 2, 1e-12);
  EXPECT_NEAR(fit->intercept, 0, 1e-12);
  EXPECT_NEAR(fit->r_squared, 1, 1e-12);
  EXPECT_FALSE(data::regression({}, {}));
  EXPECT_FALSE(data::regression(std::vector{1.0}, std::vector{1.0}));
  EXPECT_FALSE(data::regression(std::vector{2.0, 2.0}, std::vector{1.0, 5.0}));
  const auto flat = data::regression(std::vector{1.0, 2.0}, std::vector{3.0, 3.0});
  EXPECT_EQ(flat->slope, 0);
  EXPECT_EQ(flat->r_squared, 0);
}

TEST(DbROracle, SaysTheSameOfIntervalsAndLines) {
  if (!r::has("stats")) GTEST_SKIP() << "R is not installed";
  const auto folder = scratch::folder() / "statistics";
  std::filesystem::create_directories(folder);
  std::vector<std::pair<std::string, std::vector<double>>> counts, pairs;
  for (int n = 3; n < 30'000; n = n * 2 + 1)
    for (const int x : {1, n / 3, n / 2, n - 1})
      counts.push_back({std::to_string(counts.size()), {double(x), double(n)}});
  for (std::size_t i = 0; i < xs.size(); ++i) pairs.push_back({std::to_string(i), {xs[i], ys[i]}});
  r::write(folder / "counts.csv", "reached,eligible", counts);
  r::write(folder / "pairs.csv", "x,y", pairs);
  const auto answer = r::ask("statistics", folder);
  ASSERT_TRUE(answer);
  const auto low = r::numbers(*answer, "low"), high = r::numbers(*answer, "high");
  ASSERT_EQ(low.size(), counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const auto interval = data::wilson(counts[i].second[0], counts[i].second[1]);
    EXPECT_NEAR(interval->low, low[i], 1e-12);
    EXPECT_NEAR(interval->high, high[i], 1e-12);
  }
  const auto fit = data::regression(xs, ys);
  EXPECT_NEAR(fit->intercept, r::numbers(*answer, "intercept").at(0), 1e-12);
  EXPECT_NEAR(fit->slope, r::numbers(*answer, "slope").at(0), 1e-12);
  EXPECT_NEAR(fit->r_squared, r::numbers(*answer, "r_squared").at(0), 1e-12);
}

}  // namespace
