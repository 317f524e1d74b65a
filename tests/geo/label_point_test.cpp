#include "geo/label_point.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using geo::MapPoint;
using geo::MapShape;
using geo::Ring;

Ring<MapPoint> square(double x, double y, double size) {
  return {{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}};
}

TEST(LabelPoint, IsTheCentreOfTheLargestCircle) {
  const auto label = geo::label_point({{square(0, 0, 100), {}}});
  EXPECT_NEAR(label.point.x, 50, 1);
  EXPECT_NEAR(label.point.y, 50, 1);
  EXPECT_NEAR(label.radius, 50, 1);
}

TEST(LabelPoint, KeepsOutOfHolesAndInTheLargestPart) {
  MapShape shape{{square(0, 0, 10), {}}, {square(1000, 0, 100), {square(1020, 20, 60)}}};
  const auto label = geo::label_point(shape);
  EXPECT_TRUE(geo::contains(shape, label.point));
  EXPECT_GT(label.point.x, 900);
  EXPECT_NEAR(label.radius, 20 * (2 - std::sqrt(2.0)), 1);  // in a corner of the frame
}

TEST(LabelPoint, LiesInsideACrescent) {
  Ring<MapPoint> ring;
  for (int i = 0; i <= 400; ++i) {
    const double a = i * 3.14159 / 400;
    ring.push_back({1000 * std::cos(a), 1000 * std::sin(a)});
  }
  for (int i = 400; i >= 0; --i) {
    const double a = i * 3.14159 / 400;
    ring.push_back({900 * std::cos(a), 900 * std::sin(a)});
  }
  const auto label = geo::label_point({{ring, {}}});
  EXPECT_TRUE(geo::contains({{ring, {}}}, label.point));
  EXPECT_NEAR(label.radius, 50, 5);
}

TEST(LabelPoint, OfNothingIsSomewhereWithoutRoom) {
  EXPECT_EQ(geo::label_point({}).radius, 0);
  const auto flat = geo::label_point({{{{5, 5}, {7, 5}}, {}}});
  EXPECT_EQ(flat.radius, 0);
  EXPECT_EQ(flat.point, (MapPoint{6, 5}));
}

}  // namespace
