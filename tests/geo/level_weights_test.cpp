#include "geo/level_weights.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "geo/clean.hpp"
#include "geo/random.hpp"
#include "geo/sample_land.hpp"
#include "tests/geo/small_lands.hpp"

namespace {

using geo::Borders;
using geo::GeoShape;
using geo::LonLat;
using geo::Ring;

/// Every unit with the points that its arcs keep.
std::vector<geo::NamedShape> shapes_at(const Borders& b, const std::vector<double>& least) {
  std::vector<geo::NamedShape> out(b.units());
  for (std::uint32_t unit = 0; unit < b.units(); ++unit) {
    out[unit].label = std::to_string(unit);
    std::uint32_t polygon = UINT32_MAX;
    for (std::uint32_t r = b.unit_first[unit]; r < b.unit_first[unit + 1]; ++r) {
      Ring<LonLat> ring;
      for (const std::int32_t step : b.steps.subspan(b.rings[r].first_step, b.rings[r].steps)) {
        const auto arc = static_cast<std::size_t>(step > 0 ? step - 1 : -step - 1);
        const std::size_t first = b.arc_first[arc], last = b.arc_first[arc + 1] - 1;
        for (std::size_t k = 0; k < last - first; ++k) {
          const std::size_t i = step > 0 ? first + k : last - k;
          if (double{b.weights[i]} >= least[arc]) ring.push_back(b.points[i]);
        }
      }
      if (b.rings[r].polygon != polygon) out[unit].shape.push_back({});
      auto& to = out[unit].shape.back();
      (b.rings[r].polygon != polygon ? to.outer : to.holes.emplace_back()) = std::move(ring);
      polygon = b.rings[r].polygon;
    }
  }
  return out;
}

std::ptrdiff_t overlaps(const std::vector<geo::NamedShape>& shapes) {
  const auto issues = geo::find_overlaps_and_slivers(shapes, "", 1);
  return std::count_if(issues.begin(), issues.end(),
                       [](const geo::Issue& issue) { return issue.message.id == "geo.overlap"; });
}

/// Narrow communes between bends of a river and its arms, 60 m apart: simplified each for itself
/// they cross.
std::vector<GeoShape> strips(std::uint64_t seed) {
  geo::Random random(seed);
  std::vector<Ring<LonLat>> lines(7);
  for (std::size_t k = 0; k < lines.size(); ++k) {
    for (int i = 0; i <= 300; ++i) {
      const double t = i / 300.0, noise = i % 300 == 0 ? 0 : 2e-4 * random.share();
      const double lat = 21 + 6e-4 * static_cast<double>(k) + 4e-3 * std::sin(20 * t) + noise;
      lines[k].push_back({103 + 0.1 * t, lat});
    }
  }
  std::vector<GeoShape> shapes;
  for (std::size_t k = 0; k + 1 < lines.size(); ++k) {
    Ring<LonLat> ring = lines[k];
    ring.insert(ring.end(), lines[k + 1].rbegin(), lines[k + 1].rend());
    shapes.push_back({{std::move(ring), {}}});
  }
  return shapes;
}

TEST(LevelWeights, NeighboursNeverOverlap) {
  std::vector<std::vector<GeoShape>> all{lands::four_cells_and_a_lake(),
                                         geo::make_sample_land(150, 4).communes};
  for (std::uint64_t seed = 1; seed <= 10; ++seed) all.push_back(strips(seed));
  int helped = 0;
  for (const auto& shapes : all) {
    const Borders borders = geo::build_borders(shapes, {});
    ASSERT_EQ(overlaps(shapes_at(borders, std::vector<double>(borders.arcs(), 0))), 0);
    for (const double side : {10.0, 50.0, 100.0, 500.0, 2000.0}) {
      const std::vector<double> same(borders.arcs(), side * side);
      const auto least = geo::level_weights(borders, side * side);
      EXPECT_EQ(overlaps(shapes_at(borders, least)), 0) << side;
      const auto without = overlaps(shapes_at(borders, same));
      helped += without > 0 ? 1 : 0;
    }
  }
  EXPECT_GE(helped, 10) << "hardly anything would have overlapped: this test shows nothing";
}

TEST(LevelWeights, OfRealLandNeighboursNeverOverlap) {
  std::vector<geo::NamedShape> land;
  for (auto& shape : lands::real("vietnam_30m.gpkg")) land.push_back({"", 0, std::move(shape)});
  if (land.empty()) GTEST_SKIP() << "no shared data beside the repository";
  const Borders borders = geo::clean_and_cut(land, "").borders;
  const auto before = overlaps(shapes_at(borders, std::vector<double>(borders.arcs(), 0)));
  for (const double side : {120.0, 500.0}) {
    EXPECT_LE(overlaps(shapes_at(borders, geo::level_weights(borders, side * side))), before)
        << side;
  }
}

TEST(LevelWeights, AShoreDoesNotPassOverAnIslet) {
  // A bay 300 m deep with an islet in it; without the bay, the islet lay in the land.
  const Ring<LonLat> land{{103, 21},         {103.05, 21},     {103.05, 21.02}, {103.026, 21.02},
                          {103.025, 21.017}, {103.024, 21.02}, {103, 21.02}};
  const Ring<LonLat> islet = lands::circle({103.025, 21.0185}, 1e-4, 12, 0.05);
  const Borders borders =
      geo::build_borders(std::vector<GeoShape>{{{land, {}}}, {{islet, {}}}}, {});
  constexpr double side = 1000;
  EXPECT_GT(overlaps(shapes_at(borders, std::vector<double>(borders.arcs(), side * side))), 0);
  EXPECT_EQ(overlaps(shapes_at(borders, geo::level_weights(borders, side * side))), 0);
  // Far out at sea it may keep to its triangle.
  const Borders apart = geo::build_borders(
      std::vector<GeoShape>{{{land, {}}}, {{lands::circle({103.2, 21.3}, 1e-4, 12, 0.05), {}}}},
      {});
  const auto least = geo::level_weights(apart, side * side);
  EXPECT_EQ(least, std::vector<double>(2, side * side));
}

}  // namespace
