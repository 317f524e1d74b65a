#include "render/camera.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace {

using render::Camera;
using render::PixelPoint;

TEST(Camera, PixelsAndGroundAreEachOthersInverse) {
  const Camera camera{{512'345.6, 2'391'234.5}, 37.25, 1600, 1000};
  for (const PixelPoint p : {PixelPoint{0, 0}, {1600, 1000}, {12.5, 777.25}}) {
    const PixelPoint back = camera.to_pixel(camera.to_map(p));
    EXPECT_NEAR(back.x, p.x, 1e-6);
    EXPECT_NEAR(back.y, p.y, 1e-6);
  }
}

TEST(Camera, NorthIsUp) {
  const Camera camera{{0, 0}, 10, 100, 100};
  EXPECT_LT(camera.to_pixel({0, 100}).y, camera.to_pixel({0, -100}).y);
  EXPECT_GT(camera.to_pixel({100, 0}).x, camera.to_pixel({-100, 0}).x);
}

TEST(Camera, FitKeepsTheWholeBoxInsideTheMargin) {
  for (const auto& [w, h] : {std::pair{1600, 1000}, {300, 900}, {900, 300}}) {
    geo::Box box;
    box.add(geo::MapPoint{100'000, 2'000'000});
    box.add(geo::MapPoint{180'000, 2'150'000});
    const Camera camera = render::fit(box, w, h, 20);
    const PixelPoint low = camera.to_pixel(box.min), high = camera.to_pixel(box.max);
    EXPECT_GE(low.x, 20 - 1e-6);
    EXPECT_LE(high.x, w - 20 + 1e-6);
    EXPECT_GE(high.y, 20 - 1e-6);
    EXPECT_LE(low.y, h - 20 + 1e-6);
    // and touches it one way: nothing smaller would do
    EXPECT_TRUE(std::abs(low.x - 20) < 1e-6 || std::abs(high.y - 20) < 1e-6);
  }
}

TEST(Camera, FitOfNothingOrOfAPointIsStillACamera) {
  EXPECT_GT(render::fit({}, 100, 100, 10).metres_per_pixel, 0);
  geo::Box point;
  point.add(geo::MapPoint{5, 5});
  const Camera camera = render::fit(point, 100, 100, 80);
  EXPECT_GT(camera.metres_per_pixel, 0);
  EXPECT_EQ(camera.centre, (geo::MapPoint{5, 5}));
}

TEST(Camera, ZoomKeepsTheGroundUnderTheCursor) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> x(0, 1600), y(0, 1000), factor(0.5, 2);
  Camera camera{{500'000, 2'400'000}, 80, 1600, 1000};
  for (int i = 0; i < 500; ++i) {
    const PixelPoint at{x(random), y(random)};
    const geo::MapPoint before = camera.to_map(at);
    camera = render::zoom_at(camera, at, factor(random));
    const PixelPoint after = camera.to_pixel(before);
    ASSERT_NEAR(after.x, at.x, 1e-6);
    ASSERT_NEAR(after.y, at.y, 1e-6);
  }
}

TEST(Camera, ZoomIsBoundedAndRefusesNonsense) {
  const Camera camera{{0, 0}, 10, 100, 100};
  for (const double bad : {0.0, -1.0, std::nan(""), static_cast<double>(INFINITY)}) {
    EXPECT_EQ(render::zoom_at(camera, {50, 50}, bad).metres_per_pixel, 10);
  }
  EXPECT_GT(render::zoom_at(camera, {50, 50}, 1e30).metres_per_pixel, 0);
  EXPECT_LT(render::zoom_at(camera, {50, 50}, 1e-30).metres_per_pixel, 1e7);
}

TEST(Camera, PanMovesTheGroundWithTheHand) {
  const Camera camera{{0, 0}, 10, 100, 100};
  const geo::MapPoint ground = camera.to_map({30, 40});
  const PixelPoint now = render::pan(camera, 12, -7).to_pixel(ground);
  EXPECT_NEAR(now.x, 42, 1e-9);
  EXPECT_NEAR(now.y, 33, 1e-9);
}

TEST(ScaleBar, IsOneTwoOrFiveTimesAPowerOfTenAndTheLongestThatFits) {
  for (double mpp = 0.07; mpp < 40'000; mpp *= 1.13) {
    const Camera camera{{0, 0}, mpp, 800, 600};
    const render::ScaleBar bar = render::scale_bar(camera, 120);
    EXPECT_LE(bar.pixels, 120 + 1e-9);
    EXPECT_GT(bar.pixels, 120 / 2.5 - 1e-9);
    EXPECT_NEAR(bar.pixels * mpp, bar.metres, bar.metres * 1e-9);
    const double leading =
        bar.metres / std::pow(10, std::floor(std::log10(bar.metres * 1.0000001)));
    EXPECT_TRUE(std::abs(leading - 1) < 1e-6 || std::abs(leading - 2) < 1e-6 ||
                std::abs(leading - 5) < 1e-6)
        << bar.metres;
  }
  const Camera camera{{0, 0}, 250, 800, 600};
  EXPECT_DOUBLE_EQ(render::scale_bar(camera, 80).metres, 20'000);
  EXPECT_DOUBLE_EQ(render::scale_bar(camera, 80).pixels, 80);
}

}  // namespace
