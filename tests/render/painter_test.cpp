#include "render/map_painter.hpp"

#include <epoxy/gl.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "geo/error.hpp"
#include "render/offscreen.hpp"
#include "render/palette.hpp"
#include "tests/render/golden.hpp"
#include "tests/render/square_land.hpp"

namespace {

using render::Colour;
using render::Frame;
using render::Image;
using render::MapPainter;
using render::rgb;

Colour pixel(const Image& image, int x, int y) {
  const std::size_t i = (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                         static_cast<std::size_t>(x)) *
                        4;
  return {image.rgba[i], image.rgba[i + 1], image.rgba[i + 2], image.rgba[i + 3]};
}
void expect_colour(Colour actual, Colour wanted) {
  EXPECT_EQ(actual, wanted) << int{actual.r} << ' ' << int{actual.g} << ' ' << int{actual.b};
}

class GlPainter : public ::testing::Test {
 protected:
  Image draw(const Frame& frame) {
    painter_.draw(frame);
    return painter_.read_back();
  }
  render::OffscreenContext context_;
  MapPainter painter_;
};

TEST_F(GlPainter, ColoursComeBackExactly) {
  Frame frame = test::plain_frame(test::square_land(1, 1), 64, 64, rgb(0xa63603));
  expect_colour(pixel(draw(frame), 32, 32), {166, 54, 3, 255});
  for (const std::uint32_t c : {0xe6550dU, 0xfd8d3cU, 0xfdbe85U, 0xc7e5dfU, 0x000000U, 0xffffffU,
                                0x010203U, 0x0b3a75U, 0x7f8081U, 0xf4f4f4U, 0x0a0b0cU}) {
    frame.areas[0].fill = rgb(c);
    expect_colour(pixel(draw(frame), 32, 32), rgb(c));
  }
}

TEST_F(GlPainter, EveryGreyComesBackExactlyAndSoDoesTheBackground) {
  Frame frame = test::plain_frame(test::square_land(16, 16), 64, 64, {});
  for (std::size_t i = 0; i < 256; ++i) {
    const auto v = static_cast<std::uint8_t>(i);
    frame.areas[i].fill = {v, v, v, 255};
  }
  const Image image = draw(frame);
  for (int i = 0; i < 256; ++i) {
    EXPECT_EQ(pixel(image, (i % 16) * 4 + 2, 63 - ((i / 16) * 4 + 2)).r, i);
  }
  frame.background = rgb(0xeef0f2);
  frame.camera = render::zoom_at(frame.camera, {32, 32}, 0.5);
  expect_colour(pixel(draw(frame), 1, 1), rgb(0xeef0f2));
}

TEST_F(GlPainter, HalfCoveredPixelIsHalfTheLight) {
  Frame frame = test::plain_frame(test::square_land(1, 1), 64, 64, rgb(0x000000));
  frame.background = rgb(0xffffff);
  frame.camera =
      render::pan(render::zoom_at(frame.camera, {32, 32}, 0.5), 0.5, 0);  // edge at x = 16.5
  const Image image = draw(frame);
  expect_colour(pixel(image, 15, 32), rgb(0xffffff));
  expect_colour(pixel(image, 17, 32), rgb(0x000000));
  EXPECT_NEAR(pixel(image, 16, 32).r, 188, 4);  // 128 would be a blend of encoded values
}

TEST_F(GlPainter, ATranslucentFillBlendsInLinearLight) {
  Frame frame = test::plain_frame(test::square_land(1, 1), 64, 64, rgb(0xffffff, 128));
  frame.background = rgb(0x000000);
  EXPECT_NEAR(pixel(draw(frame), 32, 32).r, 188, 2);
}

TEST_F(GlPainter, SameFrameSameBytes) {
  Frame frame = test::plain_frame(test::square_land(5, 4), 300, 240, rgb(0xe6550d));
  frame.show_borders = frame.show_scale_bar = true;
  frame.areas[3].patterns = render::pattern_hatch | render::pattern_dots;
  frame.labels.push_back({frame.land->labels[7].point, "Mường Nhé", 3, 12, true, 7});
  frame.circles.push_back({frame.land->labels[7].point, 12, 7});
  const Image first = draw(frame);
  EXPECT_EQ(draw(frame).rgba, first.rgba);
  MapPainter another;
  another.draw(frame);
  EXPECT_EQ(another.read_back().rgba, first.rgba);
}

TEST_F(GlPainter, AnotherStyleUploadsNoGeometry) {
  const auto land = test::square_land(60, 50);
  Frame frame = test::plain_frame(land, 200, 150, rgb(0xe6550d));
  frame.show_borders = true;
  painter_.draw(frame);
  const auto before = painter_.counts();
  EXPECT_GT(before.geometry_bytes, 0U);

  painter_.draw(frame);  // nothing changed
  EXPECT_EQ(painter_.counts().geometry_bytes, before.geometry_bytes);
  EXPECT_EQ(painter_.counts().style_bytes, before.style_bytes);

  for (render::AreaStyle& a : frame.areas) a.fill = rgb(0xa63603);
  frame.areas[7].patterns = render::pattern_hatch;
  frame.areas[8].selected = frame.areas[9].hovered = true;
  frame.camera = render::pan(frame.camera, 5, 5);
  painter_.draw(frame);
  const auto after = painter_.counts();
  EXPECT_EQ(after.geometry_bytes, before.geometry_bytes);
  EXPECT_GT(after.style_bytes, before.style_bytes);
  EXPECT_LT(after.style_bytes - before.style_bytes, 32 * frame.areas.size());

  frame.land = test::square_land(60, 50);  // another version
  painter_.draw(frame);
  EXPECT_GT(painter_.counts().geometry_bytes, after.geometry_bytes);
}

TEST_F(GlPainter, PatternsDoNotSwimWhilePanningNorGrowWhileZooming) {
  Frame frame = test::plain_frame(test::square_land(1, 1), 400, 300, rgb(0xa63603));
  frame.areas[0].patterns =
      render::pattern_hatch | render::pattern_dots | render::pattern_cross | render::pattern_lines;
  frame.camera = render::zoom_at(frame.camera, {200, 150}, 6);
  const Image still = draw(frame);
  const auto now = [&](double dx, double dy) {
    Frame moved = frame;
    moved.camera = render::pan(frame.camera, dx, dy);
    return draw(moved);
  };
  const Image panned = now(7, -13);
  for (int y = 20; y < 280; ++y) {
    for (int x = 20; x < 380; ++x)
      ASSERT_EQ(pixel(panned, x, y), pixel(still, x - 7, y + 13)) << x << ' ' << y;
  }
  // 10 logical pixels apart at any zoom
  frame.camera = render::zoom_at(frame.camera, {200, 150}, 1.37);
  const Image nearer = draw(frame);
  for (const Image* image : {&still, &nearer}) {
    for (int x = 20; x < 360; ++x) ASSERT_EQ(pixel(*image, x, 100), pixel(*image, x + 10, 100));
  }
}

TEST_F(GlPainter, PatternInkIsWhiteOnDarkAndDarkOnLight) {
  for (const auto pattern : {render::pattern_hatch, render::pattern_dots, render::pattern_cross}) {
    for (const Colour fill :
         {rgb(0xa63603), rgb(0xe6550d), rgb(0xfd8d3c), rgb(0xfdbe85), rgb(0xc7e5df)}) {
      Frame frame = test::plain_frame(test::square_land(1, 1), 100, 100, fill);
      frame.areas[0].patterns = pattern;
      const Image image = draw(frame);
      const double own = render::luminance(fill);
      double lightest = own, darkest = own;
      for (int i = 0; i < 100 * 100; ++i) {
        const double l = render::luminance(pixel(image, i % 100, i / 100));
        lightest = std::max(lightest, l);
        darkest = std::min(darkest, l);
      }
      if (own < 0.33) {
        EXPECT_GT(lightest, own + 0.15);
        EXPECT_GE(darkest, own - 0.01);
      } else {
        EXPECT_LT(darkest, own - 0.15);
        EXPECT_LE(lightest, own + 0.01);
      }
    }
  }
}

TEST_F(GlPainter, LinesOfDoubtAreLevelFivePixelsApartAndFainterThanBarriers) {
  for (const Colour fill : {rgb(0xa63603), rgb(0xfdbe85)}) {
    Frame frame = test::plain_frame(test::square_land(1, 1), 200, 200, fill);
    frame.areas[0].patterns = render::pattern_lines;
    frame.camera = render::zoom_at(frame.camera, {100, 100}, 6);
    const Image image = draw(frame);
    const double own = render::luminance(fill);
    double most = 0;
    for (int y = 20; y < 170; ++y) {
      EXPECT_EQ(pixel(image, 30, y), pixel(image, 150, y)) << "level";
      EXPECT_EQ(pixel(image, 30, y), pixel(image, 30, y + 5));
      const double away = render::luminance(pixel(image, 30, y)) - own;
      EXPECT_GE(own < 0.33 ? away : -away, -0.01) << "white on dark, dark on light";
      most = std::max(most, std::abs(away));
    }
    EXPECT_GT(most, 0.05);
    EXPECT_LT(most, 0.45);
  }
}

TEST_F(GlPainter, BorderWeightFollowsTheHierarchy) {
  // 4 × 1 units: a commune border at 1 km, a district border at 2 km, a province border at 3 km
  const std::vector<geo::Parents> parents{{0, 0}, {0, 0}, {1, 0}, {2, 1}};
  Frame frame = test::plain_frame(test::square_land(4, 1, parents), 400, 100, rgb(0xe6550d));
  frame.show_borders = true;
  const Image image = draw(frame);
  EXPECT_GT(render::luminance(pixel(image, 100, 50)), 0.4) << "commune: white";
  EXPECT_LT(render::luminance(pixel(image, 200, 50)), 0.2) << "district: grey";
  EXPECT_LT(render::luminance(pixel(image, 300, 50)), 0.05) << "province: dark";
  EXPECT_LT(render::luminance(pixel(image, 0, 50)), 0.05) << "outer edge: dark";
  const auto width = [&](int x) {  // pixels touched across the border
    int touched = 0;
    for (int dx = -8; dx <= 8; ++dx) touched += pixel(image, x + dx, 50) == rgb(0xe6550d) ? 0 : 1;
    return touched;
  };
  EXPECT_LE(width(100), width(200));
  EXPECT_LE(width(200), width(300));
}

TEST_F(GlPainter, SelectionIsOutlinedOnItsOuterBoundaryOnly) {
  Frame frame = test::plain_frame(test::square_land(4, 4), 200, 200, rgb(0xfdbe85));
  for (const std::size_t i : {5U, 6U})
    frame.areas[i].selected = true;  // neighbours in the second row
  const Image image = draw(frame);
  const auto is_blue = [&](int x, int y) { return pixel(image, x, y) == render::house::selection; };
  EXPECT_TRUE(is_blue(50, 125));   // left of unit 5
  EXPECT_TRUE(is_blue(150, 125));  // right of unit 6
  EXPECT_TRUE(is_blue(75, 100));
  EXPECT_TRUE(is_blue(50, 100)) << "corners are closed";
  EXPECT_FALSE(is_blue(100, 125)) << "not between the two";
}

TEST_F(GlPainter, CirclesNeverBuryTheLand) {
  Frame frame = test::plain_frame(test::square_land(40, 30), 400, 300, rgb(0xe6550d));
  for (std::uint32_t i = 0; i < 1200; ++i)
    frame.circles.push_back({frame.land->labels[i].point, 14, i});
  const Image image = draw(frame);
  int own = 0;
  for (int i = 0; i < 400 * 300; ++i)
    own += pixel(image, i % 400, i / 400) == rgb(0xe6550d) ? 1 : 0;
  EXPECT_GT(own, 400 * 300 / 3);
  frame.circles.resize(1);  // and a single one is drawn as large as asked
  const Image single = draw(frame);
  const int centre_y = 300 - 5;
  int changed = 0;
  for (int x = 0; x < 40; ++x) changed += pixel(single, x, centre_y) == rgb(0xe6550d) ? 0 : 1;
  EXPECT_NEAR(changed, 5 + 14, 2);
}

TEST_F(GlPainter, NotReportedHasADashedOutline) {
  Frame frame = test::plain_frame(test::square_land(3, 3), 240, 240, render::house::not_reported);
  frame.show_borders = true;
  for (render::AreaStyle& a : frame.areas) a.fill = rgb(0xfdbe85);
  frame.areas[4].fill = render::house::not_reported;
  frame.areas[4].patterns = render::pattern_dashed;
  const Image image = draw(frame);
  int dark_runs = 0;
  bool before = false;
  for (int x = 85; x < 155; ++x) {
    const bool dark = render::luminance(pixel(image, x, 80)) < 0.5;
    dark_runs += dark && !before ? 1 : 0;
    before = dark;
  }
  EXPECT_GE(dark_runs, 6);
  EXPECT_LE(dark_runs, 14);
}

TEST_F(GlPainter, LabelsNeverOverlapAndTheImportantOnesWin) {
  Frame frame = test::plain_frame(test::square_land(12, 12), 400, 300, rgb(0xfdbe85));
  for (std::size_t i = 0; i < 144; ++i) {
    frame.labels.push_back({frame.land->labels[i].point, "Xã Mường Phăng " + std::to_string(i),
                            static_cast<double>(i % 50), 12, true, 0});
  }
  painter_.draw(frame);
  const auto& placed = painter_.placed_labels();
  ASSERT_GT(placed.size(), 10U);
  ASSERT_LT(placed.size(), 144U);
  EXPECT_EQ(frame.labels[placed.front().label].priority, 49);
  for (std::size_t i = 0; i < placed.size(); ++i) {
    const auto& a = placed[i];
    EXPECT_GE(a.x, 0);
    EXPECT_GE(a.y, 0);
    EXPECT_LE(a.x + a.width, 400);
    EXPECT_LE(a.y + a.height, 300);
    EXPECT_EQ(a.x, std::round(a.x));
    EXPECT_EQ(a.y, std::round(a.y));
    for (std::size_t j = i + 1; j < placed.size(); ++j) {
      const auto& b = placed[j];
      EXPECT_FALSE(a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
                   b.y < a.y + a.height)
          << i << ' ' << j;
    }
  }
}

TEST_F(GlPainter, LeavesOpenGlAsItFoundIt) {
  GLuint texture = 0, array = 0, buffer = 0;
  glGenTextures(1, &texture);
  glGenVertexArrays(1, &array);
  glGenBuffers(1, &buffer);
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, texture);
  glActiveTexture(GL_TEXTURE1);
  glBindVertexArray(array);
  glBindBuffer(GL_ARRAY_BUFFER, buffer);
  glViewport(1, 2, 30, 40);
  glScissor(5, 6, 7, 8);
  glEnable(GL_SCISSOR_TEST);
  glEnable(GL_BLEND);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ZERO);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  const auto state = [] {
    std::vector<GLint> all;
    for (const GLenum what : std::initializer_list<GLenum>{
             GL_ACTIVE_TEXTURE, GL_TEXTURE_BINDING_2D, GL_VERTEX_ARRAY_BINDING,
             GL_ARRAY_BUFFER_BINDING, GL_CURRENT_PROGRAM, GL_DRAW_FRAMEBUFFER_BINDING,
             GL_READ_FRAMEBUFFER_BINDING, GL_BLEND_SRC_RGB, GL_BLEND_DST_RGB, GL_BLEND_SRC_ALPHA,
             GL_BLEND_DST_ALPHA, GL_UNPACK_ALIGNMENT}) {
      GLint value = 0;
      glGetIntegerv(what, &value);
      all.push_back(value);
    }
    for (const GLenum what :
         std::initializer_list<GLenum>{GL_SCISSOR_TEST, GL_BLEND, GL_FRAMEBUFFER_SRGB,
                                       GL_MULTISAMPLE, GL_DEPTH_TEST, GL_CULL_FACE}) {
      all.push_back(glIsEnabled(what));
    }
    for (const GLenum what : std::initializer_list<GLenum>{GL_VIEWPORT, GL_SCISSOR_BOX}) {
      std::array<GLint, 4> box{};
      glGetIntegerv(what, box.data());
      all.insert(all.end(), box.begin(), box.end());
    }
    glActiveTexture(GL_TEXTURE0);
    GLint bound = 0;
    glGetIntegerv(GL_TEXTURE_BINDING_2D, &bound);
    all.push_back(bound);
    glActiveTexture(GL_TEXTURE1);
    return all;
  };
  const auto before = state();
  Frame frame = test::plain_frame(test::square_land(2, 2), 100, 100, rgb(0xe6550d));
  frame.show_borders = frame.show_scale_bar = true;
  frame.labels.push_back({frame.land->labels[0].point, "Nà Tấu", 1, 12, false, 0});
  draw(frame);
  EXPECT_EQ(state(), before);
  EXPECT_EQ(glGetError(), static_cast<GLenum>(GL_NO_ERROR));
  glDeleteTextures(1, &texture);
  glDeleteVertexArrays(1, &array);
  glDeleteBuffers(1, &buffer);
}

TEST_F(GlPainter, TheTextureHoldsEncodedValues) {
  Frame frame = test::plain_frame(test::square_land(1, 1), 16, 16, rgb(0xa63603));
  EXPECT_EQ(painter_.texture(), 0U);
  painter_.draw(frame);
  ASSERT_NE(painter_.texture(), 0U);
  glBindTexture(GL_TEXTURE_2D, painter_.texture());
  GLint format = 0;
  glGetTexLevelParameteriv(GL_TEXTURE_2D, 0, GL_TEXTURE_INTERNAL_FORMAT, &format);
  EXPECT_EQ(format, GL_RGBA8) << "an sRGB format would be decoded once too often";
  std::vector<std::uint8_t> texels(16 * 16 * 4);
  glGetTexImage(GL_TEXTURE_2D, 0, GL_RGBA, GL_UNSIGNED_BYTE, texels.data());
  EXPECT_EQ(texels[0], 166);
  EXPECT_EQ(texels[1], 54);
  EXPECT_EQ(texels[2], 3);
}

TEST_F(GlPainter, NothingLoadedYetIsAnEmptyGround) {
  Frame frame;
  frame.camera = {{0, 0}, 100, 80, 60};
  frame.show_scale_bar = false;
  const Image image = draw(frame);
  for (int i = 0; i < 80 * 60; ++i) ASSERT_EQ(pixel(image, i % 80, i / 80), render::house::ground);
}

TEST_F(GlPainter, APictureTooLargeIsAnError) {
  Frame frame;
  frame.camera = {{0, 0}, 100, 400'000, 60};
  EXPECT_THROW(painter_.draw(frame), geo::Error);
  frame.camera = {{0, 0}, 100, 0, 60};
  EXPECT_THROW(painter_.draw(frame), geo::Error);
  frame.camera = {{0, 0}, 100, 40, 60};  // and the painter goes on
  EXPECT_EQ(draw(frame).width, 40);
}

TEST(GlOffscreen, WithoutADriverItSaysWhatToInstall) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        setenv("__EGL_VENDOR_LIBRARY_FILENAMES", "/nonexistent.json", 1);
        setenv("__EGL_VENDOR_LIBRARY_DIRS", "/nonexistent", 1);
        try {
          const render::OffscreenContext context;
        } catch (const geo::Error& e) {
          std::fprintf(stderr, "%s\n", e.what());
          std::_Exit(e.kind == geo::ErrorKind::io ? 3 : 1);
        }
        std::_Exit(0);
      },
      ::testing::ExitedWithCode(3), "render.install_egl libegl1");
}

Frame golden_frame(double ratio) {
  std::vector<geo::Parents> parents;
  for (std::uint32_t i = 0; i < 24; ++i)
    parents.push_back({i % 6 < 3 ? 0U : 1U, i % 6 < 5 ? 0U : 1U});
  const auto land = test::square_land(6, 4, parents);
  Frame frame =
      test::plain_frame(land, static_cast<int>(480 * ratio), static_cast<int>(300 * ratio), {});
  frame.pixel_ratio = ratio;
  frame.camera = render::fit(land->bounds, frame.camera.width, frame.camera.height, 26 * ratio);
  frame.show_borders = frame.show_scale_bar = true;
  frame.crs_label = land->crs.label;
  const auto palette = render::target_palette(4, 1);
  const std::array<const char*, 4> names{"Mường Nhé", "Sín Thầu", "Quảng Lâm", "Điện Biên Phủ"};
  for (std::uint32_t i = 0; i < 24; ++i) {
    render::AreaStyle& a = frame.areas[i];
    a.fill = palette[i % 5];
    a.patterns = (i / 5) % 8;
    const geo::MapPoint at = land->labels[i].point;
    if (i % 2 == 0) frame.circles.push_back({at, 5.0 + i, i});
    frame.labels.push_back({at, names[i % 4], static_cast<double>(i), 12, true, i});
  }
  frame.areas[9].patterns = render::pattern_dashed;
  frame.areas[9].fill = render::house::not_reported;
  frame.areas[14].selected = frame.areas[15].selected = true;
  frame.areas[7].hovered = true;
  return frame;
}

TEST_F(GlPainter, GoldenMap) { test::expect_golden(draw(golden_frame(1)), "map"); }
TEST_F(GlPainter, GoldenMapOnADenseScreen) { test::expect_golden(draw(golden_frame(2)), "map_2x"); }

}  // namespace
