// The classes of R's classInt, on made-up and on real values.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "data/classification.hpp"
#include "data/gaps.hpp"
#include "geo/vector_file.hpp"
#include "tests/data/r_oracle.hpp"
#include "tests/data/real_province.hpp"
#include "tests/data/tiny_workspace.hpp"

namespace {

using data::Classification;

std::vector<double> breaks(Classification by, const std::vector<double>& values,
                           std::size_t classes = 5) {
  return data::classify(values, {by, classes, {}, {}}).breaks;
}
std::vector<double> inner(std::vector<double> all) { return {all.begin() + 1, all.end() - 1}; }

void expect_as_r(std::vector<double> values, const std::string& name) {
  const auto folder = scratch::folder() / name;
  std::filesystem::create_directories(folder);
  std::vector<std::pair<std::string, std::vector<double>>> rows;
  for (const double v : values) rows.push_back({std::to_string(rows.size()), {v}});
  r::write(folder / "values.csv", "value", rows);
  const auto answer = r::ask("classes", folder);
  ASSERT_TRUE(answer);
  std::sort(values.begin(), values.end());
  const double slack = 1e-12 * std::max(std::abs(values.front()), std::abs(values.back()));
  const auto same = [&](const std::vector<double>& ours, const std::vector<double>& theirs,
                        const std::string& what) {
    ASSERT_EQ(ours.size(), theirs.size()) << what;
    for (std::size_t i = 0; i < ours.size(); ++i) EXPECT_NEAR(ours[i], theirs[i], slack) << what;
  };
  for (std::size_t n = 2; n <= 9; ++n) {
    const std::string k = std::to_string(n);
    same(breaks(Classification::fisher_jenks, values, n), r::numbers(*answer, "fisher" + k),
         "fisher" + k);
    same(breaks(Classification::quantiles, values, n), r::numbers(*answer, "quantile" + k),
         "quantile" + k);
    same(breaks(Classification::equal_interval, values, n), r::numbers(*answer, "equal" + k),
         "equal" + k);
    same(breaks(Classification::pretty_breaks, values, n), r::numbers(*answer, "pretty" + k),
         "pretty" + k);
    // R's first and last break lie outside the values.
    same(inner(breaks(Classification::std_mean, values, n)), inner(r::numbers(*answer, "sd" + k)),
         "sd" + k);
  }
  same(breaks(Classification::head_tail_breaks, values), r::numbers(*answer, "headtails"),
       "headtails");
}

TEST(DbROracle, SaysTheSameOfClassesOfMadeUpRates) {
  if (!r::has("classInt")) GTEST_SKIP() << "R with classInt (r-cran-classint) is not installed";
  // No two partings of these have the same sum of squares.
  const std::vector<double> values{0.031, 0.052, 0.063, 0.071, 0.082, 0.082, 0.113, 0.121,
                                   0.121, 0.134, 0.193, 0.212, 0.221, 0.247, 0.331, 0.352,
                                   0.367, 0.391, 0.523, 0.554, 0.588, 0.742, 0.909, 1.084};
  expect_as_r(values, "classes");
}

TEST(DbROracle, SaysTheSameOfClassesInDienBien) {
  if (!real::is_there()) GTEST_SKIP() << real::missing;
  if (!r::has("classInt")) GTEST_SKIP() << "R with classInt (r-cran-classint) is not installed";
  using Kind = data::ImportKind;
  auto workspace =
      real::province("classes.sqlite", {Kind::boundaries, Kind::crosswalk, Kind::reports});
  const auto dataset = workspace.load();
  std::vector<double> last, pooled;
  for (const geo::Date date : dataset->dates)
    for (const data::Gap& gap : data::gaps(*dataset, data::Indicator::activation_l2, date)) {
      if (!gap.rate) continue;
      pooled.push_back(gap.rate->value);
      if (date == dataset->dates.back()) last.push_back(gap.rate->value);
    }
  expect_as_r(last, "classes_last");
  expect_as_r(pooled, "classes_pooled");
}

TEST(DbROracle, SaysTheSameOfClassesInTheNation) {
  const auto file = std::filesystem::path(PHUSONG_SHARED_DATA) / "boundaries/vietnam_30m.gpkg";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no real data beside the repository";
  if (!r::has("classInt")) GTEST_SKIP() << "R with classInt (r-cran-classint) is not installed";
  const geo::Layer layer = geo::read_layer(file, {});
  const auto column = [&](const char* name) {
    return static_cast<std::size_t>(std::find(layer.columns.begin(), layer.columns.end(), name) -
                                    layer.columns.begin());
  };
  std::vector<double> people, density;
  for (const geo::Feature& feature : layer.features) {
    const std::string& population = feature.values.at(column("population"));
    if (population.empty()) continue;
    people.push_back(std::stod(population));
    density.push_back(people.back() / std::stod(feature.values.at(column("area_km2"))));
  }
  EXPECT_EQ(people.size(), 3319U);
  expect_as_r(people, "classes_people");
  expect_as_r(density, "classes_density");
}

}  // namespace
