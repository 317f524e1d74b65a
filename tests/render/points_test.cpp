// Settlements as points: thinned so that symbols never touch, never silently, uploaded once.
#include "render/points.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "geo/random.hpp"
#include "render/map_painter.hpp"
#include "render/offscreen.hpp"
#include "tests/render/square_land.hpp"

namespace {

using render::PointCloud;
using render::PointLayer;
using render::PointPlace;

std::vector<PointPlace> random_places(std::size_t count, std::uint64_t seed) {
  geo::Random random(seed);
  std::vector<PointPlace> places;
  for (std::size_t i = 0; i < count; ++i) {
    // Half of them crowd in a tenth of the land.
    const double side = i % 2 == 0 ? 30'000 : 3'000;
    places.push_back({{500'000 + side * random.share(), 2'300'000 + side * random.share()},
                      static_cast<std::uint32_t>(random.below(9)),
                      random.below(16),
                      std::floor(5 * random.share())});
  }
  return places;
}

std::vector<std::uint32_t> beginning(const PointCloud& cloud, std::size_t rank) {
  std::vector<std::uint32_t> out;
  for (const PointCloud::Block& block : cloud.blocks) {
    for (std::uint32_t i = 0; i < block.upto[rank]; ++i) out.push_back(block.first + i);
  }
  return out;
}

TEST(Points, EveryPlaceIsThereOnceWhereItWas) {
  const auto places = random_places(5000, 1);
  const PointCloud cloud = render::make_cloud(places);
  ASSERT_EQ(cloud.points.size(), places.size());
  EXPECT_EQ(std::set<std::uint32_t>(cloud.source.begin(), cloud.source.end()).size(),
            places.size());
  EXPECT_EQ(beginning(cloud, cloud.distances.size() - 1).size(), places.size());
  for (std::uint32_t i = 0; i < cloud.points.size(); ++i) {
    const PointPlace& place = places[cloud.source[i]];
    EXPECT_NEAR(cloud.at(i).x, place.at.x, 0.01);
    EXPECT_NEAR(cloud.at(i).y, place.at.y, 0.01);
    EXPECT_EQ(cloud.points[i].unit, place.unit);
    EXPECT_EQ(cloud.points[i].state, place.state);
  }
  for (const PointCloud::Block& block : cloud.blocks) {
    EXPECT_LE(block.upto.back(), 1024U);
    for (std::uint32_t i = 0; i < block.upto.back(); ++i)
      EXPECT_TRUE(block.box.contains(places[cloud.source[block.first + i]].at));
  }
}

TEST(Points, AtEveryRankNoneIsTooNearAndNoneThatHadRoomIsLeftOut) {
  const auto places = random_places(1500, 2);
  const PointCloud cloud = render::make_cloud(places);
  const auto distance = [&](std::uint32_t a, std::uint32_t b) {
    const auto p = places[cloud.source[a]].at, q = places[cloud.source[b]].at;
    return std::hypot(p.x - q.x, p.y - q.y);
  };
  ASSERT_GT(cloud.distances.size(), 6U);
  for (std::size_t rank = 0; rank + 1 < cloud.distances.size(); ++rank) {
    const auto drawn = beginning(cloud, rank);
    std::set<std::uint32_t> in(drawn.begin(), drawn.end());
    for (std::uint32_t a = 0; a < cloud.points.size(); ++a) {
      double nearest = 1e9;
      for (const std::uint32_t b : drawn) {
        if (a != b) nearest = std::min(nearest, distance(a, b));
      }
      if (in.contains(a)) {
        ASSERT_GE(nearest, cloud.distances[rank]) << rank;
      } else {
        ASSERT_LT(nearest, cloud.distances[rank]) << rank;
      }
    }
  }
}

TEST(Points, OfTwoThatContendTheOneWithTheHigherPriorityStands) {
  const std::vector<PointPlace> places{
      {{1000, 1000}, 0, 1, 1}, {{1300, 1000}, 0, 2, 3}, {{1000, 1400}, 0, 3, 2}};
  const PointCloud cloud = render::make_cloud(places);
  const auto first = beginning(cloud, 0);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(cloud.source[first[0]], 1U);
  EXPECT_TRUE(render::make_cloud({}).blocks.empty());
  // Two at one place are both there in the end.
  const PointCloud twins = render::make_cloud({{{5, 5}, 0, 0, 0}, {{5, 5}, 0, 0, 0}});
  EXPECT_EQ(beginning(twins, twins.rank_for(1)).size(), 2U);
  EXPECT_EQ(beginning(twins, twins.rank_for(1000)).size(), 1U);
}

/// 40 × 30 kilometres with 4,000 places.
struct Scene {
  Scene() : frame(test::plain_frame(test::square_land(40, 30), 800, 600, render::rgb(0xa63603))) {
    geo::Random random(4);
    std::vector<PointPlace> places;
    const geo::Box& box = frame.land->bounds;
    for (int i = 0; i < 4000; ++i) {
      const double x = random.share(), y = random.share();
      places.push_back(
          {{box.min.x + x * box.width(), box.min.y + y * box.height()},
           static_cast<std::uint32_t>(y * 30) * 40 + static_cast<std::uint32_t>(x * 40),
           random.below(16)});
    }
    frame.points.cloud = std::make_shared<const PointCloud>(render::make_cloud(places));
    for (std::size_t i = 0; i < render::most_point_states; ++i) {
      frame.points.styles[i].body = static_cast<render::PointStyle::Body>(i % 4);
      frame.points.styles[i].around = static_cast<render::PointStyle::Around>(i / 4);
    }
  }
  render::PointsInView seen() const {
    return render::points_in_view(frame.points, frame.camera, frame.pixel_ratio);
  }
  render::Frame frame;
};

TEST(Points, WhatIsLeftOutIsCounted) {
  Scene scene;
  EXPECT_EQ(scene.seen().all, 4000U);
  EXPECT_LT(scene.seen().drawn, 2500U);
  EXPECT_GT(scene.seen().drawn, 500U);
  scene.frame.camera = render::zoom_at(scene.frame.camera, {400, 300}, 30);
  const render::PointsInView near = scene.seen();
  EXPECT_EQ(near.drawn, near.all);
  EXPECT_GT(near.all, 0U);
  scene.frame.points.farthest = scene.frame.camera.metres_per_pixel / 2;
  EXPECT_EQ(scene.seen().drawn, 0U);
  EXPECT_EQ(scene.seen().all, near.all);
}

TEST(Points, HiddenUnitsTakeTheirPointsAlong) {
  Scene scene;
  scene.frame.points.units_shown.assign(1200, 0);
  std::fill_n(scene.frame.points.units_shown.begin(), 600, std::uint8_t{1});
  EXPECT_NEAR(static_cast<double>(scene.seen().all), 2000, 150);
}

TEST(Points, UnderTheMouseIsTheNearestThatIsDrawn) {
  Scene scene;
  const auto& cloud = *scene.frame.points.cloud;
  const std::size_t rank = render::rank_at(scene.frame.points, 50, 1);
  for (const std::uint32_t point : beginning(cloud, rank)) {
    const auto at = scene.frame.camera.to_pixel(cloud.at(point));
    const auto found =
        render::point_at(scene.frame.points, scene.frame.camera, 1, {at.x + 1.5, at.y - 1});
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(*found, point);
  }
  const auto drawn = beginning(cloud, rank);
  const std::set<std::uint32_t> in(drawn.begin(), drawn.end());
  geo::Random random(9);
  for (int i = 0; i < 500; ++i) {
    const auto found = render::point_at(scene.frame.points, scene.frame.camera, 1,
                                        {800 * random.share(), 600 * random.share()});
    if (found) {
      EXPECT_TRUE(in.contains(*found)) << "only what is seen is told of";
    }
  }
}

class GlPoints : public ::testing::Test {
 protected:
  render::Image draw() {
    painter.draw(scene.frame);
    return painter.read_back();
  }
  Scene scene;
  render::OffscreenContext context;
  render::MapPainter painter;
};

TEST_F(GlPoints, AreUploadedOnceInOneDrawWhateverIsPannedZoomedOrStyled) {
  auto cloud = std::move(scene.frame.points.cloud);
  draw();
  const auto without = painter.counts();
  scene.frame.points.cloud = std::move(cloud);
  draw();
  const auto first = painter.counts();
  EXPECT_EQ(first.geometry_bytes - without.geometry_bytes, 4000U * 16);
  scene.frame.points.styles[3].ink = render::rgb(0xff0000);
  scene.frame.points.hovered = 17;
  const std::uint64_t draws = painter.counts().draws;
  draw();
  const std::uint64_t a_frame = painter.counts().draws - draws;
  scene.frame.camera = render::pan(scene.frame.camera, 20, -10);
  draw();
  scene.frame.camera = render::zoom_at(scene.frame.camera, {300, 200}, 3);
  draw();
  EXPECT_EQ(painter.counts().geometry_bytes, first.geometry_bytes);
  scene.frame.points.cloud = nullptr;
  const std::uint64_t before = painter.counts().draws;
  draw();
  EXPECT_EQ(painter.counts().draws - before, a_frame - 1) << "all points in one draw";
}

TEST_F(GlPoints, EachStandsWhereItIsDarkOnAWhiteCasing) {
  scene.frame.camera = render::zoom_at(scene.frame.camera, {400, 300}, 20);
  const render::Image image = draw();
  const auto& cloud = *scene.frame.points.cloud;
  const auto light = [&](double x, double y) {
    const std::size_t i = (static_cast<std::size_t>(y) * 800 + static_cast<std::size_t>(x)) * 4;
    return render::luminance({image.rgba[i], image.rgba[i + 1], image.rgba[i + 2], 255});
  };
  const double ground = render::luminance(render::rgb(0xa63603));
  int seen = 0;
  for (std::uint32_t i = 0; i < cloud.points.size(); ++i) {
    const auto at = scene.frame.camera.to_pixel(cloud.at(i));
    if (at.x < 10 || at.y < 10 || at.x > 790 || at.y > 590) continue;
    ++seen;
    double darkest = 1, lightest = 0;
    for (int dy = -6; dy <= 6; ++dy) {
      for (int dx = -6; dx <= 6; ++dx) {
        darkest = std::min(darkest, light(at.x + dx, at.y + dy));
        lightest = std::max(lightest, light(at.x + dx, at.y + dy));
      }
    }
    EXPECT_LT(darkest, 0.5 * ground) << i;
    EXPECT_GT(lightest, 0.6) << i;
  }
  EXPECT_GT(seen, 3);
}

}  // namespace
