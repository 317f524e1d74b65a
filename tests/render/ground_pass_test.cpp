#include <gtest/gtest.h>

#include "render/map_painter.hpp"
#include "render/offscreen.hpp"
#include "tests/render/full_frame.hpp"

// Ground that moves by whole pixels is copied, and what comes in is drawn: no picture may show it.

namespace {

using render::Frame;
using render::MapPainter;

class GlGroundPass : public ::testing::Test {
 protected:
  /// Labels keep their places while the ground moves, which a painter without a past cannot know.
  static Frame unlabelled(int width, int height) {
    Frame frame = test::full_frame(width, height);
    frame.labels.clear();
    return frame;
  }
  render::Image drawn(const Frame& frame) {
    painter_.draw(frame);
    return painter_.read_back();
  }
  static render::Image drawn_anew(const Frame& frame) {
    MapPainter fresh;
    fresh.draw(frame);
    return fresh.read_back();
  }
  void expect_as_drawn_anew(const Frame& frame, const std::string& what) {
    const render::Image kept = drawn(frame), fresh = drawn_anew(frame);
    // Pixels whose middle lies on a border to within a float.
    EXPECT_LT(render::difference(kept, fresh, 3), 2e-5) << what;
  }
  std::uint64_t draws(const Frame& frame) {
    const auto before = painter_.counts().draws;
    painter_.draw(frame);
    return painter_.counts().draws - before;
  }
  render::OffscreenContext context_;
  MapPainter painter_;
};

TEST_F(GlGroundPass, PanningLooksLikeDrawingAnew) {
  Frame frame = unlabelled(640, 480);
  frame.camera.metres_per_pixel /= 3;
  painter_.draw(frame);
  const std::pair<double, double> steps[] = {{40, 0},  {-7, 0},   {0, 31},   {0, -90},
                                             {13, 17}, {-200, 5}, {3, -250}, {-1, -1},
                                             {630, 0}, {0, 470},  {-900, 0}};
  for (const auto& [dx, dy] : steps) {
    frame.camera = render::pan(frame.camera, dx, dy);
    expect_as_drawn_anew(frame, std::to_string(dx) + ", " + std::to_string(dy));
  }
}

TEST_F(GlGroundPass, PanningByPartsOfPixelsIsDrawnAnew) {
  Frame frame = unlabelled(320, 240);
  painter_.draw(frame);
  for (const double part : {0.5, 0.25, 0.1}) {
    frame.camera = render::pan(frame.camera, 20 + part, part);
    expect_as_drawn_anew(frame, std::to_string(part));
  }
}

TEST_F(GlGroundPass, ManySmallDifferencesDoNotAddUp) {
  Frame frame = unlabelled(320, 240);
  painter_.draw(frame);
  // As a hand would that is a little less than whole each time: 1/8 of a pixel in the end.
  for (int i = 0; i < 40; ++i) {
    frame.camera = render::pan(frame.camera, 2 - 1.0 / 320, 0);
    painter_.draw(frame);
  }
  expect_as_drawn_anew(frame, "drift");
}

TEST_F(GlGroundPass, AnotherStyleAfterPanningIsDrawnAnew) {
  Frame frame = unlabelled(640, 480);
  painter_.draw(frame);
  frame.camera = render::pan(frame.camera, -64, 24);
  painter_.draw(frame);
  for (std::size_t i = 0; i < frame.areas.size(); i += 3) {
    frame.areas[i].fill = render::rgb(0x0b3a75);
    frame.areas[i].patterns = render::pattern_dots;
  }
  expect_as_drawn_anew(frame, "another style");
  frame.background = render::rgb(0xffffff);
  frame.camera = render::pan(frame.camera, 10, 10);
  expect_as_drawn_anew(frame, "another background, and moved");
}

TEST_F(GlGroundPass, HoverAndStillDrawNoGround) {
  Frame frame = unlabelled(640, 480);
  frame.camera.metres_per_pixel /= 3;
  painter_.draw(frame);
  const std::uint64_t still = draws(frame);
  frame.camera = render::pan(frame.camera, 5, 0);
  const std::uint64_t panned = draws(frame);
  EXPECT_EQ(draws(frame), still) << "only what lies over the ground";
  EXPECT_GT(panned, still) << "the strip";
  frame.areas[3].fill = render::rgb(0xa63603);
  EXPECT_GT(draws(frame), still);
}

TEST_F(GlGroundPass, PagesAndWindowsMayTakeTurns) {
  Frame frame = unlabelled(320, 240);
  const render::Image wanted = drawn(frame);
  painter_.draw_page(frame, frame.land->bounds, 320, 240);
  EXPECT_EQ(drawn(frame).rgba, wanted.rgba);
  frame.camera.width = 300;
  painter_.draw(frame);
  frame.camera.width = 320;
  EXPECT_EQ(drawn(frame).rgba, wanted.rgba);
}

}  // namespace
