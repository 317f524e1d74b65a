#include "geo/snap.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "geo/crs.hpp"
#include "geo/sample_land.hpp"

namespace {

using geo::GeoShape;
using geo::LonLat;
using geo::NamedShape;

std::vector<NamedShape> named(const std::vector<GeoShape>& shapes) {
  std::vector<NamedShape> out;
  for (std::size_t i = 0; i < shapes.size(); ++i)
    out.push_back({"xã " + std::to_string(i), static_cast<std::int64_t>(i), shapes[i]});
  return out;
}

double rounded_to(double value, double step) { return std::round(value / step) * step; }
void round_to(GeoShape& shape, double step) {
  for (auto& polygon : shape)
    for (LonLat& p : polygon.outer) p = {rounded_to(p.lon, step), rounded_to(p.lat, step)};
}

double perimeter(const GeoShape& shape) {
  double sum = 0;
  for (const auto& polygon : shape)
    for (std::size_t i = 0, j = polygon.outer.size() - 1; i < polygon.outer.size(); j = i++)
      sum += geo::geodesic_distance(polygon.outer[j], polygon.outer[i]).value;
  return sum;
}

/// Vertices of borders that have a unit on both sides, as a share of what they should be.
double shared(const geo::Borders& b) {
  double n = 0;
  for (std::size_t arc = 0; arc < b.arcs(); ++arc)
    if (b.sides[arc].left != UINT32_MAX && b.sides[arc].right != UINT32_MAX)
      n += b.arc_first[arc + 1] - b.arc_first[arc] - 1;
  return n;
}

struct Snapped {
  std::vector<NamedShape> shapes;
  geo::Issues issues;
  double share = 0;
  geo::CleanLand land;
};
Snapped snapped(const std::vector<GeoShape>& shapes, double metres = geo::default_snap) {
  Snapped out;
  out.shapes = named(shapes);
  out.land = geo::clean_and_cut(out.shapes, "f");
  out.share = geo::almost_meeting(out.land.borders, metres);
  out.issues = geo::snap(out.shapes, out.land.borders, "f", metres);
  out.land = geo::clean_and_cut(out.shapes, "f");
  return out;
}

const std::vector<GeoShape>& land() {
  static const auto shapes = geo::make_sample_land(30, 4).communes;
  return shapes;
}

TEST(Snap, LeavesWhatFitsAloneBitForBit) {
  const Snapped s = snapped(land());
  EXPECT_EQ(s.share, 0);
  EXPECT_TRUE(s.issues.empty());
  for (std::size_t i = 0; i < s.shapes.size(); ++i) EXPECT_EQ(s.shapes[i].shape, land()[i]);
}

TEST(Snap, RoundedNeighboursShareTheirBordersAgain) {
  auto shapes = land();
  for (std::size_t i = 0; i < shapes.size(); i += 2) round_to(shapes[i], 1e-5);
  const double before = shared(geo::build_borders(shapes, {}));
  const double whole = shared(geo::build_borders(land(), {}));
  ASSERT_LT(before, whole * 0.7);
  const Snapped s = snapped(shapes);
  EXPECT_GT(s.share, 0.1);
  EXPECT_GT(shared(s.land.borders), whole * 0.98);
  EXPECT_FALSE(s.issues.empty());
  for (const geo::Issue& issue : s.issues) {
    EXPECT_EQ(issue.message.id, "geo.snapped");
    EXPECT_LE(std::get<double>(issue.message.args[1]), geo::default_snap);
  }
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const double change = geo::geodesic_area(s.shapes[i].shape) - geo::geodesic_area(shapes[i]);
    EXPECT_LE(std::abs(change), perimeter(shapes[i]) * geo::default_snap) << i;
  }
  EXPECT_TRUE(geo::find_overlaps_and_slivers(s.shapes, "f").empty());
}

TEST(Snap, MissingVerticesAreAddedToTheNeighboursEdges) {
  // Every third vertex of a straight-lined grid is missing on one side: T-junctions.
  const auto box = [](double x, int steps) {
    GeoShape shape(1);
    for (int i = 0; i <= steps; ++i) shape[0].outer.push_back({x + 0.1 * i / steps, 21});
    for (int i = 1; i <= steps; ++i) shape[0].outer.push_back({x + 0.1, 21 + 0.1 * i / steps});
    for (int i = 1; i <= steps; ++i) shape[0].outer.push_back({x + 0.1 - 0.1 * i / steps, 21.1});
    for (int i = 1; i < steps; ++i) shape[0].outer.push_back({x, 21.1 - 0.1 * i / steps});
    return shape;
  };
  const std::vector<GeoShape> shapes{box(105, 3), box(105.1, 10)};
  const Snapped s = snapped(shapes);
  EXPECT_GT(s.share, 0.1);
  EXPECT_EQ(shared(s.land.borders), 10 + 2);  // thirds and tenths: two more than the ten edges
  EXPECT_TRUE(geo::find_overlaps_and_slivers(s.shapes, "f").empty());
}

TEST(Snap, OneSideShiftedComesBackAndNothingMovesFurther) {
  auto shapes = land();
  for (auto& polygon : shapes[5])
    for (LonLat& p : polygon.outer) p.lon += 5e-6;  // half a metre
  const Snapped s = snapped(shapes);
  EXPECT_GT(shared(s.land.borders), shared(geo::build_borders(land(), {})) * 0.99);
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    for (const LonLat p : shapes[i][0].outer) {  // every vertex is still there, near where it was
      double nearest = 1e9;
      for (const LonLat q : s.shapes[i].shape[0].outer) {
        if (std::abs(p.lon - q.lon) < 1e-4 && std::abs(p.lat - q.lat) < 1e-4) {
          nearest = std::min(nearest, geo::geodesic_distance(p, q).value);
        }
      }
      EXPECT_LE(nearest, 1.01);
    }
  }
}

TEST(Snap, HoweverFarNoBorderBeginsToCrossItself) {
  std::vector<GeoShape> shapes = land();
  for (GeoShape& shape : shapes) round_to(shape, 1e-4);
  auto clean = named(shapes);
  geo::clean(clean, "f");
  for (std::size_t i = 0; i < shapes.size(); ++i) shapes[i] = clean[i].shape;
  std::size_t left_alone = 0;
  for (const double metres : {20.0, 200.0, 2000.0}) {
    const Snapped s = snapped(shapes, metres);
    for (const geo::Issue& issue : s.land.issues)
      EXPECT_EQ(issue.severity, geo::Severity::info) << metres << " m: " << issue.message.id;
    for (const geo::Issue& issue : s.issues)
      left_alone += issue.message.id == "geo.snap_would_cross";
  }
  EXPECT_GT(left_alone, 0U) << "far too far: some would have crossed";
}

TEST(Snap, FurtherApartThanTheToleranceStaysAndZeroIsNever) {
  auto shapes = land();
  for (auto& polygon : shapes[5])
    for (LonLat& p : polygon.outer) p.lon += 1e-4;  // ten metres
  const Snapped far = snapped(shapes, 0.2);
  EXPECT_LT(far.share, 0.01);
  EXPECT_TRUE(snapped(shapes, 0).issues.empty());
}

}  // namespace
