#include "geo/hit_index.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "geo/contiguity.hpp"
#include "geo/random.hpp"
#include "geo/sample_land.hpp"
#include "tests/geo/small_lands.hpp"

namespace {

using geo::Borders;
using geo::GeoShape;
using geo::HitIndex;
using geo::LonLat;
using geo::Ring;

std::shared_ptr<const Borders> borders_of(const std::vector<GeoShape>& shapes) {
  return std::make_shared<const Borders>(geo::build_borders(shapes, {}));
}

bool odd(const Ring<LonLat>& ring, LonLat p) {
  bool inside = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const LonLat a = ring[i], b = ring[j];
    inside ^= (a.lat > p.lat) != (b.lat > p.lat) &&
              p.lon < (b.lon - a.lon) * (p.lat - a.lat) / (b.lat - a.lat) + a.lon;
  }
  return inside;
}

/// Every edge of every ring.
bool contains(const GeoShape& shape, LonLat p) {
  bool inside = false;
  for (const auto& polygon : shape) {
    inside ^= odd(polygon.outer, p);
    for (const auto& hole : polygon.holes) inside ^= odd(hole, p);
  }
  return inside;
}

std::uint32_t first_of(const std::vector<GeoShape>& shapes, LonLat p) {
  for (std::uint32_t u = 0; u < shapes.size(); ++u) {
    if (contains(shapes[u], p)) return u;
  }
  return UINT32_MAX;
}

geo::LonLatBox bounds(const std::vector<GeoShape>& shapes) {
  geo::LonLatBox box;
  for (const auto& shape : shapes) {
    for (const auto& polygon : shape) {
      for (const LonLat p : polygon.outer) box.add(p, p);
    }
  }
  return box;
}

void expect_the_same(const std::vector<GeoShape>& shapes, int places) {
  const HitIndex hits(borders_of(shapes));
  const geo::LonLatBox box = bounds(shapes);
  const double width = box.max.lon - box.min.lon, height = box.max.lat - box.min.lat;
  geo::Random random(static_cast<std::uint64_t>(places));
  int found = 0;
  for (int i = 0; i < places; ++i) {
    const LonLat p{box.min.lon + (1.1 * random.share() - 0.05) * width,
                   box.min.lat + (1.1 * random.share() - 0.05) * height};
    const std::uint32_t unit = hits.unit_at(p);
    EXPECT_EQ(unit, first_of(shapes, p)) << p.lon << " " << p.lat;
    found += unit != UINT32_MAX ? 1 : 0;
  }
  EXPECT_GT(found, places / 10);
}

TEST(HitIndex, SaysWhatEveryEdgeSays) {
  expect_the_same(lands::four_cells_and_a_lake(), 20'000);
  expect_the_same(geo::make_sample_land(1, 2).communes, 500);
  expect_the_same(geo::make_sample_land(90, 3).communes, 3000);
  expect_the_same(geo::make_sample_land(60, 4, 10).communes, 3000);  // with overlaps and gaps
}

TEST(HitIndex, OfRealLandSaysWhatEveryEdgeSays) {
  const auto shapes = lands::real("dien_bien.gpkg");
  if (shapes.empty()) GTEST_SKIP() << "no shared data beside the repository";
  expect_the_same(shapes, 600);
}

TEST(HitIndex, OnABorderItIsOneOfBothAndNeverNeither) {
  const auto shapes = geo::make_sample_land(80, 8).communes;
  const auto borders = borders_of(shapes);
  const HitIndex hits(borders);
  geo::Random random(5);
  int tried = 0;
  for (std::size_t arc = 0; arc < borders->arcs(); ++arc) {
    const geo::Sides sides = borders->sides[arc];
    if (sides.left == UINT32_MAX || sides.right == UINT32_MAX) continue;
    for (std::size_t i = borders->arc_first[arc] + 1; i + 1 < borders->arc_first[arc + 1]; ++i) {
      // A vertex, and a place on the edge after it.
      const LonLat a = borders->points[i], b = borders->points[i + 1];
      const double t = random.share();
      for (const LonLat p : {a, LonLat{a.lon + t * (b.lon - a.lon), a.lat + t * (b.lat - a.lat)}}) {
        const std::uint32_t unit = hits.unit_at(p);
        EXPECT_TRUE(unit == sides.left || unit == sides.right) << p.lon << " " << p.lat;
        EXPECT_NE(geo::contains(*borders, sides.left, p), geo::contains(*borders, sides.right, p));
        ++tried;
      }
    }
  }
  EXPECT_GT(tried, 1000);
}

TEST(HitIndex, AHairBesideABorderItIsTheUnitOfThatSide) {
  // Borders that run straight north, so that the sides can be told by hand.
  const auto square = [](double lon, double lat) {
    return GeoShape{{{{lon, lat}, {lon + 1, lat}, {lon + 1, lat + 1}, {lon, lat + 1}}, {}}};
  };
  const HitIndex hits(borders_of({square(103, 21), square(104, 21), square(103, 22)}));
  for (const double lat : {21.0001, 21.5, 21.9999}) {
    EXPECT_EQ(hits.unit_at({std::nextafter(104.0, 0), lat}), 0U);
    EXPECT_EQ(hits.unit_at({std::nextafter(104.0, 200), lat}), 1U);
  }
  EXPECT_EQ(hits.unit_at({103.5, std::nextafter(22.0, 0)}), 0U);
  EXPECT_EQ(hits.unit_at({103.5, std::nextafter(22.0, 90)}), 2U);
  EXPECT_EQ(hits.unit_at({104.5, 22.5}), UINT32_MAX);
  EXPECT_EQ(hits.unit_at({0, 0}), UINT32_MAX);
  EXPECT_EQ(hits.unit_at({std::nan(""), 21.5}), UINT32_MAX);
  EXPECT_EQ(HitIndex(borders_of({})).unit_at({103, 21}), UINT32_MAX);
  EXPECT_EQ(HitIndex(borders_of({{}, {}})).unit_at({103, 21}), UINT32_MAX);
}

TEST(HitIndex, WhereUnitsOverlapTheFirstWins) {
  const Ring<LonLat> large{{103, 21}, {104, 21}, {104, 22}, {103, 22}};
  const Ring<LonLat> small{{103.4, 21.4}, {103.6, 21.4}, {103.6, 21.6}, {103.4, 21.6}};
  EXPECT_EQ(HitIndex(borders_of({{{large, {}}}, {{small, {}}}})).unit_at({103.5, 21.5}), 0U);
  EXPECT_EQ(HitIndex(borders_of({{{small, {}}}, {{large, {}}}})).unit_at({103.5, 21.5}), 0U);
  EXPECT_EQ(HitIndex(borders_of({{{small, {}}}, {{large, {}}}})).unit_at({103.2, 21.5}), 1U);
  EXPECT_EQ(HitIndex(borders_of({{{large, {}}}, {{large, {}}}})).unit_at({103.2, 21.5}), 0U);
}

}  // namespace
