#include "data/spatial_statistics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

#include "data/gaps.hpp"
#include "data/prepared_land.hpp"
#include "geo/random.hpp"
#include "geo/vector_file.hpp"
#include "tests/data/r_oracle.hpp"
#include "tests/data/real_province.hpp"
#include "tests/data/tiny_workspace.hpp"

namespace {

namespace fs = std::filesystem;
using data::Cluster;
using testing::ElementsAre;
using testing::IsEmpty;
using Values = std::vector<std::optional<double>>;

/// Cells in rows; those beside each other and at a corner are neighbours.
geo::Contiguity lattice(int rows, int columns) {
  geo::Contiguity out;
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < columns; ++c) {
      auto& mine = out.emplace_back();
      for (int y = r - 1; y <= r + 1; ++y)
        for (int x = c - 1; x <= c + 1; ++x)
          if (y >= 0 && y < rows && x >= 0 && x < columns && (y != r || x != c))
            mine.push_back(static_cast<std::uint32_t>(y * columns + x));
    }
  return out;
}

/// Made up: high in one corner, low in the other, two that stand out.
const Values made_up{0.81, 0.77, 0.64, 0.35, 0.30, 0.79, 0.12, 0.58, 0.33, 0.21,
                     0.66, 0.61, 0.44, 0.25, 0.18, 0.52, 0.47, 0.36, 0.83, 0.11};

TEST(Moran, OfALatticeIsThatOfR) {
  // moran() and localmoran() of spdep 1.2-7 on cell2nb(4, 5, type = "queen"), style W
  const auto moran = data::moran(made_up, lattice(4, 5));
  ASSERT_TRUE(moran);
  EXPECT_EQ(moran->n, 20U);
  EXPECT_NEAR(moran->i, 0.129212632261155, 1e-12);
  EXPECT_NEAR(moran->expected, -1.0 / 19, 1e-15);
  const std::vector<double> local{
      0.603336292038266,   0.692717359144511,  -0.118963420075048, 0.119273379639414,
      0.531200247967652,   0.774828465559266,  -1.27579356693013,  -0.0591670541161221,
      0.250651619538724,   0.889006297814785,  0.129041802273976,  0.0700884324029849,
      0.0113252649919458,  0.351799409198285,  0.648534032151261,  0.114069816043695,
      0.00338607342284585, -0.107034673203996, -1.35545787132921,  0.311410738689998};
  ASSERT_EQ(moran->local.size(), local.size());
  for (std::size_t i = 0; i < local.size(); ++i) EXPECT_NEAR(moran->local[i], local[i], 1e-12) << i;
  EXPECT_THAT(moran->islands, IsEmpty());
  EXPECT_THAT(moran->missing, IsEmpty());
}

TEST(Moran, ByHand) {
  // 0 – 1 – 2 with 1, 2, 6: mean 3, z = −2, −1, 3, lags −1, 0.5, −1; Σz² = 14
  const auto moran = data::moran(Values{1, 2, 6}, geo::Contiguity{{1}, {0, 2}, {1}});
  ASSERT_TRUE(moran);
  EXPECT_NEAR(moran->i, (2 - 0.5 - 3) / 14, 1e-15);
  EXPECT_NEAR(moran->local[0], 2 * 3 / 14.0, 1e-15);
  EXPECT_NEAR(moran->local[1], -0.5 * 3 / 14, 1e-15);
  EXPECT_NEAR(moran->local[2], -3 * 3 / 14.0, 1e-15);
}

TEST(Moran, IslandsAndMissingAreLeftOutAndNamed) {
  // 0 – 1 – 2 – 3 in a row, 4 an island, 5 beside 6, which has no value.
  const geo::Contiguity row{{1}, {0, 2}, {1, 3}, {2}, {}, {6}, {5}};
  const auto moran = data::moran(Values{1, 2, 3, 5, 100, 7, {}}, row);
  ASSERT_TRUE(moran);
  EXPECT_EQ(moran->n, 4U);
  EXPECT_THAT(moran->islands, ElementsAre(4, 5));
  EXPECT_THAT(moran->missing, ElementsAre(6));
  for (const std::size_t out : {4U, 5U, 6U}) {
    EXPECT_TRUE(std::isnan(moran->local[out]));
    EXPECT_TRUE(std::isnan(moran->local_p[out]));
    EXPECT_EQ(moran->clusters[out], Cluster::left_out);
  }
  // As if they were not there.
  const auto alone = data::moran(Values{1, 2, 3, 5}, geo::Contiguity{{1}, {0, 2}, {1, 3}, {2}});
  EXPECT_EQ(moran->i, alone->i);
  EXPECT_EQ(moran->p, alone->p);
  EXPECT_TRUE(std::equal(alone->local.begin(), alone->local.end(), moran->local.begin()));
  EXPECT_TRUE(std::equal(alone->local_p.begin(), alone->local_p.end(), moran->local_p.begin()));
  // A number that is none is no value.
  const auto nan = data::moran(Values{1, 2, 3, 5, 100, 7, std::nan("")}, row);
  EXPECT_THAT(nan->missing, ElementsAre(6));
}

TEST(Moran, IsNotThereWithoutThreeOrWithoutDifference) {
  EXPECT_FALSE(data::moran(Values{}, {}));
  EXPECT_FALSE(data::moran(Values{1}, {{}}));
  EXPECT_FALSE(data::moran(Values{1, 2}, {{1}, {0}}));
  EXPECT_FALSE(data::moran(Values{1, 2, 3}, {{}, {}, {}}));
  EXPECT_FALSE(data::moran(Values{{}, {}, {}, {}}, lattice(2, 2)));
  // The mean of many 0.1 is not 0.1 to the last digit.
  EXPECT_FALSE(data::moran(Values(30, 0.1), lattice(5, 6)));
  EXPECT_FALSE(data::moran(Values(30, 0.0), lattice(5, 6)));
}

TEST(Moran, DoesNotDependOnUnitOrOrder) {
  Values scaled, back(made_up.rbegin(), made_up.rend());
  for (const auto& v : made_up) scaled.push_back(1000 * *v + 7);
  const auto plain = data::moran(made_up, lattice(4, 5));
  const auto large = data::moran(scaled, lattice(4, 5));
  EXPECT_NEAR(plain->i, large->i, 1e-12);
  EXPECT_EQ(plain->local_p, large->local_p);
  EXPECT_EQ(plain->p, large->p);
  EXPECT_EQ(plain->clusters, large->clusters);
  EXPECT_NEAR(plain->i, data::moran(back, lattice(4, 5))->i, 1e-12);
}

TEST(Moran, IsTheMeanOfLocal) {
  const auto moran = data::moran(made_up, lattice(4, 5));
  EXPECT_NEAR(moran->i, std::accumulate(moran->local.begin(), moran->local.end(), 0.0) / 20, 1e-12);
}

TEST(Moran, SameSeedSameAnswerAndNoOtherThanOneInTheCount) {
  data::MoranOptions options;
  options.seed = 42;
  const auto a = data::moran(made_up, lattice(4, 5), options);
  const auto b = data::moran(made_up, lattice(4, 5), options);
  EXPECT_EQ(a->local_p, b->local_p);
  EXPECT_EQ(a->p, b->p);
  options.seed = 43;
  EXPECT_NE(a->local_p, data::moran(made_up, lattice(4, 5), options)->local_p);
  for (const double p : a->local_p) {
    EXPECT_GE(p, 0.001);
    EXPECT_LE(p, 0.5005 + 0.05);  // the smaller tail, ties in both
    EXPECT_NEAR(p * 1000, std::round(p * 1000), 1e-9);
  }
  options.permutations = 0;
  EXPECT_EQ(data::moran(made_up, lattice(4, 5), options)->p, 1);
  // The stream of numbers is fixed: a change of these is a change of every published map.
  EXPECT_NEAR(a->p, 0.079, 1e-12);
  EXPECT_NEAR(a->local_p[0], 0.195, 1e-12);
  EXPECT_NEAR(a->local_p[19], 0.304, 1e-12);
}

/// What the fast way is to equal: each commune's neighbours drawn from the others, one by one.
TEST(Moran, LocalPIsThatOfPlainConditionalPermutation) {
  const auto neighbours = lattice(4, 5);
  data::MoranOptions options;
  options.permutations = 99'999;
  const auto moran = data::moran(made_up, neighbours, options);
  geo::Random random(5);
  constexpr int draws = 100'000;
  for (std::uint32_t i = 0; i < 20; ++i) {
    std::vector<double> others;
    for (std::uint32_t j = 0; j < 20; ++j)
      if (j != i) others.push_back(*made_up[j]);
    const auto k = static_cast<std::uint32_t>(neighbours[i].size());
    double lag = 0;
    for (const std::uint32_t j : neighbours[i]) lag += *made_up[j];
    int above = 0, below = 0;
    for (int m = 0; m < draws; ++m) {
      double sum = 0;
      for (std::uint32_t s = 0; s < k; ++s) {
        std::swap(others[s], others[s + random.below(19 - s)]);
        sum += others[s];
      }
      above += sum >= lag - 1e-9;
      below += sum <= lag + 1e-9;
    }
    const double p = (std::min(above, below) + 1.0) / (draws + 1);
    // Five standard errors of the difference.
    EXPECT_NEAR(moran->local_p[i], p, 5 * std::sqrt(2 * p * (1 - p) / draws)) << i;
  }
}

TEST(Moran, FindsAPlantedGapAndNothingInNoise) {
  geo::Random random(11);
  Values noise, planted;
  for (int i = 0; i < 400; ++i) {
    noise.push_back(random.share());
    const int row = i / 20, column = i % 20;
    const double there = row < 6 && column < 6 ? -1 : row > 13 && column > 13 ? 1 : 0;
    planted.push_back(*noise.back() * 0.5 + there);
  }
  const auto nothing = data::moran(noise, lattice(20, 20));
  EXPECT_LE(std::count_if(nothing->clusters.begin(), nothing->clusters.end(),
                          [](Cluster c) { return c != Cluster::none; }),
            4);
  EXPECT_GT(nothing->p, 0.01);
  const auto found = data::moran(planted, lattice(20, 20));
  EXPECT_EQ(found->p, 0.001);
  EXPECT_EQ(found->clusters[0], Cluster::low_low);
  EXPECT_EQ(found->clusters[2 * 20 + 3], Cluster::low_low);
  EXPECT_EQ(found->clusters[399], Cluster::high_high);
  EXPECT_EQ(found->clusters[10 * 20 + 10], Cluster::none);
  // One that stands out of a low corner, and one of a high corner.
  planted[2 * 20 + 2] = 0.6;
  planted[17 * 20 + 17] = 0.0;
  const auto odd = data::moran(planted, lattice(20, 20));
  EXPECT_EQ(odd->clusters[2 * 20 + 2], Cluster::high_low);
  EXPECT_EQ(odd->clusters[17 * 20 + 17], Cluster::low_high);
  EXPECT_LT(odd->local[2 * 20 + 2], 0);
}

TEST(Moran, StricterDiscoveryKeepsASubset) {
  const auto cells = lattice(20, 20);
  geo::Random random(3);
  Values values;
  for (int i = 0; i < 400; ++i) values.push_back(random.share() + (i % 20 < 8 ? 0.6 : 0));
  data::MoranOptions options;
  std::size_t before = SIZE_MAX;
  for (const double significance : {1.0, 0.2, 0.05, 0.001}) {
    options.significance = significance;
    const auto moran = data::moran(values, cells, options);
    std::size_t found = 0;
    for (std::size_t i = 0; i < 400; ++i) {
      if (moran->clusters[i] == Cluster::none) continue;
      ++found;
      EXPECT_LE(moran->local_p[i], significance);
    }
    // Benjamini and Hochberg: of `found` communes the largest p is at most found/n of the rate.
    for (std::size_t i = 0; i < 400; ++i) {
      const bool in = moran->clusters[i] != Cluster::none;
      EXPECT_EQ(in, found > 0 && moran->local_p[i] <= significance * double(found) / 400);
    }
    EXPECT_LE(found, before);
    before = found;
  }
}

TEST(Moran, TiesAreNoDiscovery) {
  // One commune has people short, all others none: wherever it lay, it would look the same.
  Values values(100, 0.0);
  values[55] = 3;
  const auto moran = data::moran(values, lattice(10, 10));
  ASSERT_TRUE(moran);
  EXPECT_EQ(moran->clusters[0], Cluster::none);
  EXPECT_GT(moran->local_p[0], 0.9);
  EXPECT_GT(moran->p, 0.5);
}

// --- Against R -------------------------------------------------------------------------------

/// Compares with R's answer; codes by unit.
void expect_as_r(const data::Moran& moran, const std::vector<std::string>& codes,
                 const r::Answer& answer, double within) {
  EXPECT_EQ(static_cast<double>(moran.n), r::numbers(answer, "n").at(0));
  EXPECT_NEAR(moran.i, r::numbers(answer, "I").at(0), within);
  EXPECT_NEAR(moran.expected, r::numbers(answer, "expected").at(0), 1e-15);
  std::map<std::string, std::size_t> unit_of;
  for (std::size_t u = 0; u < codes.size(); ++u) unit_of[codes[u]] = u;
  double worst = 0;
  for (const auto& [code, local] : answer.at("local")) {
    ASSERT_TRUE(unit_of.contains(code)) << code;
    const double ours = moran.local[unit_of[code]];
    EXPECT_NEAR(ours, local, within * std::max(1.0, std::abs(local))) << code;
    worst = std::max(worst, std::abs(ours - local));
  }
  const auto counted = std::count_if(moran.local.begin(), moran.local.end(),
                                     [](double i) { return !std::isnan(i); });
  EXPECT_EQ(static_cast<std::size_t>(counted), answer.at("local").size());
  std::vector<std::string> islands;
  for (const std::uint32_t u : moran.islands) islands.push_back(codes[u]);
  std::sort(islands.begin(), islands.end());
  std::vector<std::string> theirs;
  if (answer.contains("island"))
    for (const auto& [code, one] : answer.at("island")) theirs.push_back(code);
  std::sort(theirs.begin(), theirs.end());
  EXPECT_EQ(islands, theirs);
  // Other random numbers, so only near; spdep draws neighbours with replacement.
  EXPECT_NEAR(moran.p, r::numbers(answer, "p").at(0), 0.1);
  double off = 0;
  for (const auto& [code, p] : answer.at("folded_p"))
    off += std::abs(p - moran.local_p[unit_of[code]]) / static_cast<double>(counted);
  EXPECT_LT(off, 0.05);
  std::cout << "I " << moran.i << ", largest difference of a local I " << worst
            << ", mean difference of a p " << off << "\n";
}

TEST(DbROracle, SaysTheSameOfALattice) {
  if (!r::has("spdep")) GTEST_SKIP() << "R with spdep (r-cran-spdep) is not installed";
  const auto folder = scratch::folder() / "lattice";
  fs::create_directories(folder);
  std::vector<std::pair<std::string, std::vector<double>>> rows;
  std::vector<std::string> codes;
  Values values = made_up;
  values[7].reset();
  for (int i = 0; i < 20; ++i) {
    codes.push_back("cell" + std::to_string(i));
    rows.push_back({codes.back(), {values[std::size_t(i)].value_or(std::nan(""))}});
  }
  r::write(folder / "values.csv", "value", rows);
  r::write(folder / "size.csv", "rows,columns", {{"lattice", {4, 5}}});
  const auto answer = r::ask("lattice", folder);
  ASSERT_TRUE(answer);
  const auto moran = data::moran(values, lattice(4, 5));
  expect_as_r(*moran, codes, *answer, 1e-12);
}

/// Boundaries and values through R and through us: the same neighbours, I and local I.
void expect_same_clusters(const fs::path& boundaries, const std::vector<std::string>& codes,
                          const std::vector<geo::GeoShape>& shapes, const Values& values,
                          const std::string& name) {
  const auto folder = scratch::folder() / name;
  fs::create_directories(folder);
  std::vector<std::pair<std::string, std::vector<double>>> rows;
  for (std::size_t u = 0; u < codes.size(); ++u)
    rows.push_back({codes[u], {values[u].value_or(std::nan(""))}});
  r::write(folder / "values.csv", "value", rows);
  const auto answer = r::ask("boundaries", folder, boundaries);
  ASSERT_TRUE(answer);

  const auto start = std::chrono::steady_clock::now();
  const geo::Contiguity neighbours = geo::queen_contiguity(geo::build_borders(shapes, {}));
  std::cout << "contiguity "
            << std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()
            << " s; ";
  std::vector<std::string> links, theirs;
  for (std::size_t u = 0; u < codes.size(); ++u)
    for (const std::uint32_t v : neighbours[u]) links.push_back(codes[u] + " " + codes[v]);
  for (const auto& [link, one] : answer->at("link")) theirs.push_back(link);
  std::sort(links.begin(), links.end());
  std::sort(theirs.begin(), theirs.end());
  EXPECT_EQ(links.size(), theirs.size());
  EXPECT_TRUE(links == theirs) << "other neighbours than poly2nb's";

  const auto moran = data::moran(values, neighbours);
  ASSERT_TRUE(moran);
  expect_as_r(*moran, codes, *answer, 1e-9);
}

TEST(DbROracle, SaysTheSameOfRatesInDienBien) {
  if (!real::is_there()) GTEST_SKIP() << real::missing;
  if (!r::has("spdep sf")) GTEST_SKIP() << "R with spdep (r-cran-spdep) is not installed";
  using Kind = data::ImportKind;
  auto workspace =
      real::province("moran.sqlite", {Kind::boundaries, Kind::crosswalk, Kind::reports});
  const auto dataset = workspace.load();
  const auto gaps =
      data::gaps(*dataset, data::Indicator::activation_l2, geo::parse_date("2023-08-27").value());
  Values rates;
  std::vector<std::string> codes;
  for (std::size_t u = 0; u < gaps.size(); ++u) {
    rates.push_back(gaps[u].rate ? std::optional(gaps[u].rate->value) : std::nullopt);
    codes.push_back(dataset->communes[u].code.text);
  }
  expect_same_clusters(real::folder() / "boundaries/dien_bien.gpkg", codes,
                       data::read_shapes(workspace.database()), rates, "dien_bien");
}

TEST(DbROracle, SaysTheSameOfDensityInTheNation) {
  const fs::path file = fs::path(PHUSONG_SHARED_DATA) / "boundaries/vietnam_30m.gpkg";
  if (!fs::exists(file)) GTEST_SKIP() << "no real data beside the repository";
  if (!r::has("spdep sf")) GTEST_SKIP() << "R with spdep (r-cran-spdep) is not installed";
  const geo::Layer layer = geo::read_layer(file, {});
  const auto column = [&](const char* name) {
    return static_cast<std::size_t>(std::find(layer.columns.begin(), layer.columns.end(), name) -
                                    layer.columns.begin());
  };
  std::vector<std::string> codes;
  std::vector<geo::GeoShape> shapes;
  Values density;
  for (const geo::Feature& feature : layer.features) {
    codes.push_back(feature.values.at(column("code")));
    shapes.push_back(feature.shape);
    const std::string& people = feature.values.at(column("population"));
    density.push_back(
        people.empty() ? std::nullopt
                       : std::optional(std::log(std::stod(people) /
                                                std::stod(feature.values.at(column("area_km2"))))));
  }
  expect_same_clusters(file, codes, shapes, density, "nation");
}

}  // namespace
