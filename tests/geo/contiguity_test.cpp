#include "geo/contiguity.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "geo/sample_land.hpp"
#include "tests/geo/small_lands.hpp"

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

geo::GeoShape square(double lon, double lat, double size = 1) {
  return {{{{lon, lat}, {lon + size, lat}, {lon + size, lat + size}, {lon, lat + size}}, {}}};
}

geo::Contiguity queen(const std::vector<geo::GeoShape>& shapes) {
  return geo::queen_contiguity(geo::build_borders(shapes, {}));
}

/// Every vertex of every unit, looked up.
geo::Contiguity by_vertices(const std::vector<geo::GeoShape>& shapes) {
  std::map<geo::LonLat, std::set<std::uint32_t>> units;
  for (std::uint32_t u = 0; u < shapes.size(); ++u) {
    for (const auto& polygon : shapes[u]) {
      for (const auto p : polygon.outer) units[p].insert(u);
      for (const auto& hole : polygon.holes) {
        for (const auto p : hole) units[p].insert(u);
      }
    }
  }
  std::vector<std::set<std::uint32_t>> sets(shapes.size());
  for (const auto& [at, here] : units) {
    for (const std::uint32_t u : here) sets[u].insert(here.begin(), here.end());
  }
  geo::Contiguity out;
  for (std::uint32_t u = 0; u < shapes.size(); ++u) {
    sets[u].erase(u);
    out.emplace_back(sets[u].begin(), sets[u].end());
  }
  return out;
}

TEST(Contiguity, SquaresMeetAlongASideAndAtACorner) {
  // 2 3
  // 0 1   and 4 far away
  const std::vector<geo::GeoShape> shapes{square(0, 0), square(1, 0), square(0, 1), square(1, 1),
                                          square(5, 5)};
  const geo::Contiguity n = queen(shapes);
  ASSERT_EQ(n.size(), 5U);
  EXPECT_THAT(n[0], ElementsAre(1, 2, 3));
  EXPECT_THAT(n[1], ElementsAre(0, 2, 3));
  EXPECT_THAT(n[2], ElementsAre(0, 1, 3));
  EXPECT_THAT(n[3], ElementsAre(0, 1, 2));
  EXPECT_THAT(n[4], IsEmpty());
}

TEST(Contiguity, CountsAVertexOnAHoleAndOnAnotherPart) {
  geo::GeoShape ring = square(0, 0, 10);
  ring[0].holes.push_back({{3, 3}, {3, 4}, {4, 4}, {4, 3}});
  geo::GeoShape parts = square(20, 20);
  parts.push_back(square(10, 10, 2)[0]);  // touches the ring's corner
  const geo::Contiguity n = queen({ring, square(3, 3), parts, {}});
  EXPECT_THAT(n[0], ElementsAre(1, 2));
  EXPECT_THAT(n[1], ElementsAre(0));
  EXPECT_THAT(n[2], ElementsAre(0));
  EXPECT_THAT(n[3], IsEmpty());
}

TEST(Contiguity, ManyUnitsMeetAtOnePoint) {
  std::vector<geo::GeoShape> slices;
  for (int i = 0; i < 8; ++i) {
    const double a = i * 0.7, b = a + 0.5;
    slices.push_back({{{{0, 0}, {std::cos(a), std::sin(a)}, {std::cos(b), std::sin(b)}}, {}}});
  }
  for (const auto& neighbours : queen(slices)) EXPECT_EQ(neighbours.size(), 7U);
}

TEST(Contiguity, NearIsNotTheSame) {
  EXPECT_THAT(queen({square(0, 0), square(1 + 4e-9, -3e-9)})[0], IsEmpty());
  // There is but one zero.
  const geo::GeoShape west{{{{-0.0, 0}, {0, 1}, {-1, 0}}, {}}};
  EXPECT_THAT(queen({square(0, 0), west})[1], ElementsAre(0));
}

TEST(Contiguity, IsSymmetricInOrderAndNeverOfItself) {
  const auto land = geo::make_sample_land(300, 3);
  const geo::Contiguity n = queen(land.communes);
  for (std::uint32_t u = 0; u < n.size(); ++u) {
    EXPECT_TRUE(std::is_sorted(n[u].begin(), n[u].end()));
    EXPECT_EQ(std::adjacent_find(n[u].begin(), n[u].end()), n[u].end());
    for (const std::uint32_t v : n[u]) {
      EXPECT_NE(u, v);
      EXPECT_TRUE(std::binary_search(n[v].begin(), n[v].end(), u));
    }
    // Who shares a border shares its vertices.
    EXPECT_TRUE(std::includes(n[u].begin(), n[u].end(), land.neighbours[u].begin(),
                              land.neighbours[u].end()));
  }
}

TEST(Contiguity, IsThatOfAllVertices) {
  std::vector<std::vector<geo::GeoShape>> lands{
      {square(0, 0), square(1, 0), square(0, 1), square(1, 1), square(5, 5), {}},
      {square(0, 0), square(0, 0), square(0.5, 0.5)},  // one upon another
      lands::four_cells_and_a_lake(),
      geo::make_sample_land(300, 3).communes,
      geo::make_sample_land(100, 4, 20).communes};
  for (const char* file : {"dien_bien.gpkg", "vietnam_30m.gpkg"})
    lands.push_back(lands::real(file));
  for (const auto& shapes : lands) {
    EXPECT_EQ(queen(shapes), by_vertices(shapes));
  }
}

}  // namespace
