#include "render/page/printed_points.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace {

using geo::MapPoint;
using render::PixelPoint;

/// A coast of many more points than a page has dots.
std::vector<MapPoint> coast(std::uint32_t seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> step(0, 3);
  std::vector<MapPoint> out{{0, 0}};
  for (int i = 0; i < 4000; ++i)
    out.push_back({out.back().x + 2 + step(random), out.back().y + step(random)});
  return out;
}

render::Camera camera_at(double metres_per_pixel) {
  render::Camera camera;
  camera.centre = {2000, 0};
  camera.width = camera.height = 400;
  camera.metres_per_pixel = metres_per_pixel;
  return camera;
}

double away(PixelPoint p, PixelPoint a, PixelPoint b) {
  const double x = b.x - a.x, y = b.y - a.y, length = x * x + y * y;
  const double t =
      length > 0 ? std::clamp(((p.x - a.x) * x + (p.y - a.y) * y) / length, 0.0, 1.0) : 0;
  return std::hypot(p.x - a.x - t * x, p.y - a.y - t * y);
}

TEST(PrintedPoints, LieWhereTheLineLiesInFarFewerPoints) {
  for (const double ratio : {1.0, 3.0}) {
    const auto line = coast(7);
    const render::Camera camera = camera_at(40);
    const auto printed = render::printed_points(line, camera, {30, 40}, ratio);
    EXPECT_LT(printed.size(), line.size() / 2);
    for (const MapPoint point : line) {
      const PixelPoint p = camera.to_pixel(point);
      double nearest = 1e9;
      for (std::size_t i = 0; i + 1 < printed.size(); ++i)
        nearest = std::min(nearest, away({p.x + 30, p.y + 40}, printed[i], printed[i + 1]));
      ASSERT_LE(nearest, 0.18 * ratio);  // half a diagonal of the grid
    }
  }
}

TEST(PrintedPoints, OfABorderAreTheSameFromBothSides) {
  auto line = coast(11);
  const auto there = render::printed_points(line, camera_at(10), {0, 0}, 1);
  std::reverse(line.begin(), line.end());
  auto back = render::printed_points(line, camera_at(10), {0, 0}, 1);
  std::reverse(back.begin(), back.end());
  ASSERT_EQ(there.size(), back.size());
  for (std::size_t i = 0; i < there.size(); ++i) {
    EXPECT_EQ(there[i].x, back[i].x);
    EXPECT_EQ(there[i].y, back[i].y);
  }
}

TEST(PrintedPoints, OfWhatIsSmallerThanADotAreOne) {
  const std::vector<MapPoint> speck{{0, 0}, {0.1, 0}, {0.1, 0.1}, {0, 0.1}};
  EXPECT_EQ(render::printed_points(speck, camera_at(100), {0, 0}, 1).size(), 1U);
  EXPECT_TRUE(render::printed_points({}, camera_at(100), {0, 0}, 1).empty());
}

}  // namespace
