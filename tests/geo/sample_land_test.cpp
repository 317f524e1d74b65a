#include "geo/sample_land.hpp"

#include <geos_c.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <numeric>
#include <set>
#include <utility>

#include "geo/error.hpp"

namespace {

using geo::GeoShape;
using geo::LonLat;
using geo::Ring;
using geo::SampleLand;

using Edge = std::pair<LonLat, LonLat>;

template <class Visit>
void for_each_ring(const GeoShape& shape, const Visit& visit) {
  for (const auto& polygon : shape) {
    visit(polygon.outer);
    for (const auto& hole : polygon.holes) visit(hole);
  }
}

std::vector<Edge> edges(const GeoShape& shape) {
  std::vector<Edge> all;
  for_each_ring(shape, [&](const Ring<LonLat>& ring) {
    for (std::size_t i = 0; i < ring.size(); ++i)
      all.emplace_back(ring[i], ring[(i + 1) % ring.size()]);
  });
  return all;
}

/// In square degrees; holes run clockwise and so count against.
double plane_area(const std::vector<Edge>& edges) {
  double twice = 0;
  for (const auto& [a, b] : edges) {
    twice += (a.lon - 103) * (b.lat - 21) - (b.lon - 103) * (a.lat - 21);
  }
  return twice / 2;
}

std::size_t vertices(const GeoShape& shape) {
  std::size_t n = 0;
  for_each_ring(shape, [&](const Ring<LonLat>& ring) { n += ring.size(); });
  return n;
}

/// Edges of the outside: those that are not met in the other direction.
std::vector<Edge> outline(const SampleLand& land) {
  std::set<Edge> open;
  for (const GeoShape& shape : land.communes) {
    for (const Edge& e : edges(shape)) {
      const auto back = open.find({e.second, e.first});
      if (back == open.end()) {
        open.insert(e);
      } else {
        open.erase(back);
      }
    }
  }
  return {open.begin(), open.end()};
}

/// GEOS, the judge of what is a simple ring and what overlaps.
class Geos {
 public:
  Geos() : context_(GEOS_init_r()) {}
  ~Geos() { GEOS_finish_r(context_); }
  Geos(const Geos&) = delete;
  Geos& operator=(const Geos&) = delete;
  using Geometry = std::unique_ptr<GEOSGeometry, std::function<void(GEOSGeometry*)>>;

  Geometry own(GEOSGeometry* g) const {
    return {g, [c = context_](GEOSGeometry* p) { GEOSGeom_destroy_r(c, p); }};
  }
  GEOSGeometry* ring(const Ring<LonLat>& r) const {
    auto* line = GEOSCoordSeq_create_r(context_, static_cast<unsigned>(r.size() + 1), 2);
    for (unsigned i = 0; i <= r.size(); ++i) {
      GEOSCoordSeq_setXY_r(context_, line, i, r[i % r.size()].lon, r[i % r.size()].lat);
    }
    return GEOSGeom_createLinearRing_r(context_, line);
  }
  Geometry polygon(const GeoShape& shape) const {
    std::vector<GEOSGeometry*> holes;
    for (const auto& h : shape.at(0).holes) holes.push_back(ring(h));
    return own(GEOSGeom_createPolygon_r(context_, ring(shape.at(0).outer), holes.data(),
                                        static_cast<unsigned>(holes.size())));
  }
  bool valid(const Geometry& g) const { return GEOSisValid_r(context_, g.get()) == 1; }
  bool contains(const Geometry& g, LonLat p) const {
    const auto point = own(GEOSGeom_createPointFromXY_r(context_, p.lon, p.lat));
    return GEOSContains_r(context_, g.get(), point.get()) == 1;
  }
  double area(const Geometry& g) const {
    double a = 0;
    GEOSArea_r(context_, g.get(), &a);
    return a;
  }
  double overlap(const Geometry& a, const Geometry& b) const {
    return area(own(GEOSIntersection_r(context_, a.get(), b.get())));
  }
  double union_area(const std::vector<Geometry>& all) const {
    std::vector<GEOSGeometry*> copies;
    for (const auto& g : all) copies.push_back(GEOSGeom_clone_r(context_, g.get()));
    const auto collection = own(GEOSGeom_createCollection_r(
        context_, GEOS_MULTIPOLYGON, copies.data(), static_cast<unsigned>(copies.size())));
    return area(own(GEOSUnaryUnion_r(context_, collection.get())));
  }

 private:
  GEOSContextHandle_t context_;
};

struct Size {
  std::uint32_t communes;
  std::uint64_t seed;
};

class SampleLandOf : public testing::TestWithParam<Size> {};

TEST_P(SampleLandOf, HasNeighboursThatShareEveryVertex) {
  const SampleLand land = geo::make_sample_land(GetParam().communes, GetParam().seed);
  ASSERT_EQ(land.communes.size(), GetParam().communes);
  std::map<Edge, int> used;
  double sum = 0;
  for (const GeoShape& shape : land.communes) {
    ASSERT_EQ(shape.size(), 1U);
    const auto mine = edges(shape);
    const double area = plane_area(mine);
    EXPECT_GT(area, 0) << "the outer ring runs counter-clockwise";
    sum += area;
    for (const Edge& e : mine) ++used[e];
  }
  for (const auto& [edge, times] : used) ASSERT_EQ(times, 1) << "an edge walked twice the same way";
  // Every edge is either walked back by one neighbour or part of the outline: no gap, no overlap.
  const auto outside = outline(land);
  EXPECT_NEAR(plane_area(outside), sum, sum * 1e-9);
  std::set<LonLat> starts;
  for (const Edge& e : outside)
    EXPECT_TRUE(starts.insert(e.first).second) << "outline touches itself";
}

TEST_P(SampleLandOf, HasSimpleRingsThatDoNotOverlap) {
  const SampleLand land = geo::make_sample_land(GetParam().communes, GetParam().seed);
  const Geos geos;
  std::vector<Geos::Geometry> shapes;
  double sum = 0;
  for (std::size_t i = 0; i < land.communes.size(); ++i) {
    shapes.push_back(geos.polygon(land.communes[i]));
    ASSERT_TRUE(geos.valid(shapes.back())) << "commune " << i;
    sum += geos.area(shapes.back());
  }
  EXPECT_NEAR(geos.union_area(shapes), sum, sum * 1e-9);
}

TEST_P(SampleLandOf, HasItsSitesInside) {
  const SampleLand land = geo::make_sample_land(GetParam().communes, GetParam().seed);
  const Geos geos;
  for (std::size_t i = 0; i < land.communes.size(); ++i) {
    ASSERT_EQ(land.sites[i].size(), geo::sample_sites);
    const auto shape = geos.polygon(land.communes[i]);
    for (const LonLat p : land.sites[i]) {
      ASSERT_TRUE(geos.contains(shape, p)) << "commune " << i << " site " << p.lon << ' ' << p.lat;
    }
  }
}

/// District numbers in use, and that each is one piece over shared borders.
void expect_contiguous_districts(const SampleLand& land) {
  std::vector<std::vector<std::uint32_t>> members(land.district_count);
  for (std::uint32_t i = 0; i < land.districts.size(); ++i)
    members.at(land.districts[i]).push_back(i);
  EXPECT_TRUE(std::is_sorted(land.districts.begin(), land.districts.end()));
  EXPECT_EQ(land.districts.at(land.capital), 0U);
  for (std::uint32_t d = 0; d < land.district_count; ++d) {
    ASSERT_FALSE(members[d].empty()) << "district " << d << " has no commune";
    std::set<std::uint32_t> reached{members[d].front()};
    std::vector<std::uint32_t> stack{members[d].front()};
    while (!stack.empty()) {
      const std::uint32_t c = stack.back();
      stack.pop_back();
      for (const std::uint32_t next : land.neighbours[c]) {
        if (land.districts[next] == d && reached.insert(next).second) stack.push_back(next);
      }
    }
    EXPECT_EQ(reached.size(), members[d].size()) << "district " << d << " is in pieces";
    EXPECT_LE(members[d].size(), 18U);
    EXPECT_GE(members[d].size(), land.communes.size() >= 45 ? 3U : 1U);
  }
}

TEST_P(SampleLandOf, HasContiguousDistricts) {
  expect_contiguous_districts(geo::make_sample_land(GetParam().communes, GetParam().seed));
}

TEST_P(SampleLandOf, IsTheSameEachTime) {
  const SampleLand once = geo::make_sample_land(GetParam().communes, GetParam().seed);
  const SampleLand again = geo::make_sample_land(GetParam().communes, GetParam().seed);
  EXPECT_EQ(once.communes, again.communes);
  EXPECT_EQ(once.districts, again.districts);
  EXPECT_EQ(once.sites, again.sites);
  EXPECT_NE(once.communes,
            geo::make_sample_land(GetParam().communes, GetParam().seed + 1).communes);
}

INSTANTIATE_TEST_SUITE_P(Sizes, SampleLandOf,
                         testing::Values(Size{1, 1}, Size{1, 77}, Size{2, 1}, Size{2, 5},
                                         Size{3, 1}, Size{3, 9}, Size{7, 1}, Size{7, 1234567},
                                         Size{12, 0}, Size{45, 1}, Size{45, 2},
                                         Size{45, UINT64_MAX}, Size{200, 1}, Size{200, 42}),
                         [](const auto& size) {
                           return std::to_string(size.param.communes) + "_seed_" +
                                  std::to_string(size.param.seed);
                         });

TEST(SampleLandTest, HoldsForManySeeds) {
  const Geos geos;
  for (std::uint64_t seed = 100; seed < 160; ++seed) {
    const SampleLand land = geo::make_sample_land(static_cast<std::uint32_t>(1 + seed % 23), seed);
    double area = 0;
    for (const GeoShape& shape : land.communes) {
      ASSERT_TRUE(geos.valid(geos.polygon(shape))) << "seed " << seed;
      area += plane_area(edges(shape));
    }
    ASSERT_NEAR(plane_area(outline(land)), area, area * 1e-9) << "seed " << seed;
    expect_contiguous_districts(land);
  }
}

// The numbers of this land were written down once: on another computer, with another compiler or
// with another version of a library they must come out the same.
TEST(SampleLandTest, IsTheSameOnEveryComputer) {
  const SampleLand land = geo::make_sample_land(45, 1);
  std::uint64_t sum = 14695981039346656037U;  // FNV-1a over whole 10⁻⁷ degrees
  const auto add = [&](double degrees) {
    sum = (sum ^ static_cast<std::uint64_t>(std::llround(degrees * 1e7))) * 1099511628211U;
  };
  for (const GeoShape& shape : land.communes) {
    for_each_ring(shape, [&](const Ring<LonLat>& ring) {
      for (const LonLat p : ring) {
        add(p.lon);
        add(p.lat);
      }
    });
  }
  EXPECT_EQ(sum, 10389862846913315670U);
}

TEST(SampleLandTest, LooksLikeAProvince) {
  const SampleLand land = geo::make_sample_land(200, 1);
  std::vector<double> areas;
  std::size_t all_vertices = 0;
  for (const GeoShape& shape : land.communes) {
    areas.push_back(plane_area(edges(shape)));
    all_vertices += vertices(shape);
    EXPECT_GE(vertices(shape), 40U);
    EXPECT_LE(vertices(shape), 1500U);
  }
  const double mean = static_cast<double>(all_vertices) / 200;
  EXPECT_GE(mean, 100);
  EXPECT_LE(mean, 450);
  // 200 km² a commune, about 11,500 km² to a square degree here.
  EXPECT_NEAR(std::accumulate(areas.begin(), areas.end(), 0.0) * 11'500, 200 * 200,
              200 * 200 * 0.05);
  // Wards in town are small, communes far out large.
  const double capital = areas[land.capital];
  std::sort(areas.begin(), areas.end());
  EXPECT_LT(capital, areas[100]);
  EXPECT_GT(areas[180] / areas[20], 2.5);
  // Not a rectangle, not a disc: the outline is much longer than a circle's around the same area.
  double around = 0;
  for (const auto& [a, b] : outline(land)) around += std::hypot(a.lon - b.lon, a.lat - b.lat);
  const double total = std::accumulate(areas.begin(), areas.end(), 0.0);
  EXPECT_GT(around * around / (4 * std::acos(-1.0) * total), 3);
}

TEST(SampleLandTest, FlawedBordersOverlapALittleAndStayValid) {
  const std::uint32_t wanted = 6;
  const SampleLand land = geo::make_sample_land(60, 3, wanted);
  const SampleLand clean = geo::make_sample_land(60, 3);
  ASSERT_EQ(land.flawed.size(), wanted);
  const Geos geos;
  std::set<std::uint32_t> changed;
  for (std::uint32_t i = 0; i < 60; ++i) {
    if (land.communes[i] != clean.communes[i]) changed.insert(i);
    ASSERT_TRUE(geos.valid(geos.polygon(land.communes[i])));
  }
  EXPECT_EQ(changed, std::set<std::uint32_t>(land.flawed.begin(), land.flawed.end()));
  for (const std::uint32_t i : land.flawed) {
    const auto shape = geos.polygon(land.communes[i]);
    const auto before = geos.polygon(clean.communes[i]);
    double overlap = 0;
    for (const std::uint32_t n : land.neighbours[i]) {
      overlap += geos.overlap(shape, geos.polygon(clean.communes[n]));
    }
    EXPECT_GT(overlap * 11.5e9, 1000) << "square metres";
    EXPECT_LT(overlap, 0.01 * geos.area(before));
    const double kept = geos.overlap(shape, before);
    EXPECT_GT((geos.area(before) - kept) * 11.5e9, 1000) << "the gap, square metres";
  }
  EXPECT_TRUE(geo::make_sample_land(1, 3, 5).flawed.empty());
}

TEST(SampleLandTest, FiveThousandCommunes) {
  const SampleLand land = geo::make_sample_land(5'000, 1);
  ASSERT_EQ(land.communes.size(), 5'000U);
  std::size_t interior = 0;
  for (const auto& n : land.neighbours) {
    EXPECT_FALSE(n.empty());
    interior += n.size();
  }
  EXPECT_NEAR(static_cast<double>(interior) / 5'000, 6, 0.5);  // Euler: just under 6 on average
  std::size_t points = 0;
  double area = 0;
  for (const GeoShape& shape : land.communes) {
    points += vertices(shape);
    area += plane_area(edges(shape));
  }
  EXPECT_LT(points, 5'000U * 450);
  EXPECT_NEAR(area * 11'500, 330'000, 330'000 * 0.05);
  EXPECT_GT(land.district_count, 5'000U / 14);
  expect_contiguous_districts(land);
}

TEST(SampleLandTest, RefusesOtherSizes) {
  EXPECT_THROW(geo::make_sample_land(0, 1), geo::Error);
  EXPECT_THROW(geo::make_sample_land(20'001, 1), geo::Error);
}

}  // namespace
