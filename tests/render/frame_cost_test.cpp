#include <epoxy/gl.h>
#include <gtest/gtest.h>

#include <functional>

#include "geo/sample_land.hpp"
#include "render/gl/block_cache.hpp"
#include "render/map_painter.hpp"
#include "render/offscreen.hpp"
#include "render/palette.hpp"
#include "tests/allocations.hpp"
#include "tests/render/full_frame.hpp"
#include "tests/render/golden.hpp"
#include "tests/render/square_land.hpp"

// What a frame costs, by counts that noise cannot touch.

namespace {

using render::Frame;
using render::MapPainter;
using test::full_frame;
using test::made_up_land;

class GlFrameCost : public ::testing::Test {
 protected:
  /// What one more frame adds to the counts.
  MapPainter::Counts cost(const Frame& frame) {
    const auto before = painter_.counts();
    painter_.draw(frame);
    const auto after = painter_.counts();
    return {after.geometry_bytes - before.geometry_bytes,
            after.style_bytes - before.style_bytes,
            after.mark_bytes - before.mark_bytes,
            after.uploads - before.uploads,
            after.draws - before.draws,
            after.label_placements - before.label_placements};
  }
  render::OffscreenContext context_;
  MapPainter painter_;
};

TEST_F(GlFrameCost, AnotherStyleUploadsEightBytesAUnitAndDrawsNoAreas) {
  Frame frame = full_frame(640, 480);
  frame.circles.clear();
  for (render::AreaStyle& area : frame.areas) area.patterns = render::pattern_none;
  painter_.draw(frame);
  for (render::AreaStyle& area : frame.areas) area.fill = render::rgb(0xa63603);
  const auto restyled = cost(frame);
  EXPECT_EQ(restyled.geometry_bytes, 0U);
  EXPECT_EQ(restyled.style_bytes, 8 * (frame.areas.size() + 1));
  EXPECT_EQ(restyled.uploads, 1U);
  EXPECT_EQ(restyled.mark_bytes, 0U);
  frame.circles.clear();
  frame.labels.clear();
  frame.watermark.clear();
  frame.show_scale_bar = false;
  painter_.draw(frame);
  frame.areas[3].fill = render::rgb(0x0b3a75);
  EXPECT_EQ(cost(frame).draws, 2U) << "all pixels, and those along borders";
}

TEST_F(GlFrameCost, PanningWithinWhatIsThereUploadsNoGeometry) {
  Frame frame = full_frame(640, 480);
  painter_.draw(frame);
  for (int step = 1; step < 5; ++step) {
    frame.camera = render::pan(frame.camera, 13.5, -7);
    const auto panned = cost(frame);
    EXPECT_EQ(panned.geometry_bytes, 0U);
    EXPECT_EQ(panned.style_bytes, 0U);
    EXPECT_EQ(panned.uploads, 0U);
    EXPECT_LT(panned.draws, 40U);
  }
}

TEST_F(GlFrameCost, HoverAndSelectionUploadNoStyle) {
  Frame frame = full_frame(640, 480);
  painter_.draw(frame);
  frame.areas[17].hovered = frame.areas[5].selected = true;
  const auto marked = cost(frame);
  EXPECT_EQ(marked.geometry_bytes + marked.style_bytes + marked.uploads, 0U);
}

TEST_F(GlFrameCost, OnlyBlocksInViewAreUploaded) {
  const auto land = made_up_land();
  const geo::LevelMesh& finest = land->meshes.front();
  ASSERT_GT(finest.blocks.size(), 1U);
  Frame frame = full_frame(640, 480);
  frame.camera = render::fit(land->boxes[0], 640, 480, 0);
  frame.camera.metres_per_pixel = std::min(frame.camera.metres_per_pixel, 1.0);
  ASSERT_EQ(&geo::mesh_for(*land, frame.camera.metres_per_pixel), &finest);
  const auto first = cost(frame);
  constexpr std::uint64_t others = 3;  // styles, sides, corners of lines
  EXPECT_GT(first.uploads, others);
  EXPECT_LT(first.uploads, others + finest.blocks.size());
  frame.camera.centre = land->labels[331].point;
  EXPECT_GT(cost(frame).geometry_bytes, 0U) << "another block";
  frame.camera.centre = land->labels[0].point;
  EXPECT_EQ(cost(frame).geometry_bytes, 0U) << "kept";
}

TEST_F(GlFrameCost, BlocksUsedLongestAgoGoOverTheBudget) {
  const geo::LevelMesh& mesh = made_up_land()->meshes.front();
  MapPainter::Counts counts;
  render::gl::BlockCache measure(1U << 30U);
  const std::size_t one = measure.block(mesh, 0, counts).bytes;
  render::gl::BlockCache cache(one * 2 + one / 2);
  const auto uploaded = [&](std::size_t number) {
    const std::uint64_t before = counts.uploads;
    cache.block(mesh, number, counts);
    cache.trim();
    return counts.uploads > before;
  };
  EXPECT_TRUE(uploaded(0));
  EXPECT_FALSE(uploaded(0));
  for (std::size_t number = 1; number < mesh.blocks.size(); ++number) {
    EXPECT_TRUE(uploaded(number));
    EXPECT_LE(cache.bytes(), one * 2 + one / 2);
  }
  EXPECT_TRUE(uploaded(0)) << "it had gone";
}

TEST_F(GlFrameCost, ASteadyFrameAllocatesNothing) {
  const Frame first = full_frame(640, 480);
  Frame restyled = first;
  for (render::AreaStyle& area : restyled.areas) area.fill = render::rgb(0xa63603);
  const auto allocated = [&](const std::function<void(Frame&, int)>& change) {
    Frame frame = first;
    std::uint64_t sum = 0;
    for (int step = 0; step < 12; ++step) {
      change(frame, step);
      const std::uint64_t before = test::allocations();
      painter_.draw(frame);
      if (step >= 6) sum += test::allocations() - before;
    }
    return sum;
  };
  EXPECT_EQ(allocated([](Frame&, int) {}), 0U);
  EXPECT_EQ(allocated([](Frame& frame, int step) {
              frame.camera = render::pan(frame.camera, step % 2 == 0 ? 3 : -3, 1);
            }),
            0U)
      << "pan";
  EXPECT_EQ(allocated([](Frame& frame, int step) {
              for (render::AreaStyle& area : frame.areas) area.hovered = false;
              frame.areas[static_cast<std::size_t>(step % 3)].hovered = true;
            }),
            0U)
      << "hover";
  EXPECT_EQ(allocated([](Frame& frame, int step) {
              for (render::AreaStyle& area : frame.areas) area.selected = false;
              frame.areas[static_cast<std::size_t>(step % 3)].selected = true;
            }),
            0U)
      << "select";
  EXPECT_EQ(allocated([&](Frame& frame, int step) {
              std::copy(step % 2 == 0 ? first.areas.begin() : restyled.areas.begin(),
                        step % 2 == 0 ? first.areas.end() : restyled.areas.end(),
                        frame.areas.begin());
            }),
            0U)
      << "restyle";
}

TEST_F(GlFrameCost, GoldenAtFiveZooms) {
  Frame frame = full_frame(300, 220);
  frame.watermark.clear();
  frame.circles.clear();
  frame.labels.clear();
  frame.areas[30].selected = true;
  const geo::MapPoint place = frame.land->labels[30].point;
  for (int zoom = 0; zoom < 5; ++zoom) {
    painter_.draw(frame);
    test::expect_golden(painter_.read_back(), "zoom_" + std::to_string(zoom));
    frame.camera = render::zoom_at(frame.camera, frame.camera.to_pixel(place), 2.5);
  }
}

}  // namespace
