#include "render/page_layout.hpp"

#include <gtest/gtest.h>

#include "render/map_painter.hpp"
#include "render/offscreen.hpp"
#include "render/palette.hpp"
#include "tests/render/golden.hpp"
#include "tests/render/sound_page.hpp"
#include "tests/render/square_land.hpp"

namespace {

using render::Caption;
using render::Glyphs;
using render::LegendEntry;
using render::PageLayout;
using render::PixelRect;
using test::expect_sound;
using Swatch = LegendEntry::Swatch;

Caption full_caption() {
  Caption c;
  c.title = "Kích hoạt mức 2 so với chỉ tiêu 60%";
  c.subtitle = "Tỉnh Điện Biên · 45 xã, phường · tính đến 27/8/2023";
  c.footer = "Nguồn: weekly_reports_2023.csv, dien_bien.gpkg · số liệu mô phỏng";
  const auto palette = render::target_palette(4, 1);
  c.legend.entries = {{Swatch::heading, {}, "SO VỚI CHỈ TIÊU 60%", ""},
                      {Swatch::colour, palette[0], "dưới 20%", "19 xã"},
                      {Swatch::colour, palette[1], "20 – 26%", "8 xã"},
                      {Swatch::colour, palette[2], "26 – 32%", "9 xã"},
                      {Swatch::colour, palette[3], "32 – 40%", "6 xã"},
                      {Swatch::colour, palette[4], "từ 40%", "3 xã"},
                      {Swatch::dashed, {}, "chưa báo cáo (khác với 0)", "2 xã"},
                      {Swatch::heading, {}, "RÀO CẢN (phủ lên màu)", ""},
                      {Swatch::hatch, {}, "≥ 3 bản chưa có điện lưới", ""},
                      {Swatch::dots, {}, "≥ 7 bản sóng yếu, lõm sóng", ""},
                      {Swatch::cross, {}, "ước tính (chia theo phần)", ""},
                      {Swatch::circle, {}, "số người còn thiếu so chỉ tiêu", ""},
                      {Swatch::heading, {}, "CẦN CHÚ Ý", ""},
                      {Swatch::bullet, {}, "4 xã im lặng từ tuần 10", ""}};
  return c;
}

struct Size {
  int width, height;
  double ratio;
};
constexpr Size sizes[] = {{800, 600, 1},     {1600, 1000, 1}, {3200, 2000, 2}, {1920, 1080, 1},
                          {2400, 1500, 1.5}, {3200, 2000, 1}, {480, 360, 1}};

TEST(PageLayout, ASquareOfNineStandsClearOfTheRows) {
  Glyphs glyphs(render::find_fonts());
  Caption caption = full_caption();
  render::LegendGrid grid;
  grid.cells = render::two_way_palette();
  grid.counts = {"12", "3", "0", "7", "5", "1", "0", "2", "15"};
  grid.across = "dân có sóng tốt (ranh giới 62,1% và 90,4%) →";
  grid.up = "tỷ lệ (ranh giới 24% và 60%) ↑";
  caption.legend.grid = grid;
  for (const Size& s : sizes) {
    const PageLayout page = render::lay_out_page(caption, s.width, s.height, s.ratio, glyphs);
    expect_sound(page, s.width, s.height);
    if (s.width < 800) continue;  // where the legend does not fit it is left out
    std::vector<PixelRect> cells;
    for (const auto& mark : page.marks) {
      for (const render::Colour cell : grid.cells) {
        if (mark.fill == cell && mark.shape == render::Mark::Shape::rectangle)
          cells.push_back(mark.box);
      }
    }
    ASSERT_EQ(cells.size(), 9U);
    EXPECT_GT(cells[0].y, cells[3].y) << "row 0, the lowest rate, is at the bottom";
    EXPECT_LT(cells[0].x, cells[1].x);
  }
}

TEST(PageLayout, NothingOverlapsOrLeavesThePage) {
  Glyphs glyphs(render::find_fonts());
  for (const Size& s : sizes) {
    const PageLayout page =
        render::lay_out_page(full_caption(), s.width, s.height, s.ratio, glyphs);
    expect_sound(page, s.width, s.height);
    EXPECT_GT(page.map.width, s.width * 0.4) << s.width;
    EXPECT_GT(page.map.height, s.height * 0.5) << s.width;
  }
}

TEST(PageLayout, LongWordsAreWrappedAndCutNotClipped) {
  Glyphs glyphs(render::find_fonts());
  Caption c = full_caption();
  for (int i = 0; i < 40; ++i) {
    c.title += " và rất nhiều chữ nữa";
    c.footer += ", mot_ten_tep_dai_khong_co_cho_ngat_dong.csv";
  }
  c.legend.entries[1].text = std::string(300, 'W');
  c.legend.entries[8].text = c.title;
  for (const Size& s : sizes) {
    expect_sound(render::lay_out_page(c, s.width, s.height, s.ratio, glyphs), s.width, s.height);
  }
  const auto lines = render::wrap(c.title, 400, 2, 20, true, glyphs);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_TRUE(lines[1].ends_with("…"));
  for (const auto& line : lines) EXPECT_LE(glyphs.line(line, 20, true, 0).width, 400);
}

TEST(PageLayout, ADensePageIsTheSamePageTwiceAsFine) {
  Glyphs glyphs(render::find_fonts());
  const PageLayout one = render::lay_out_page(full_caption(), 1600, 1000, 1, glyphs);
  const PageLayout two = render::lay_out_page(full_caption(), 3200, 2000, 2, glyphs);
  ASSERT_EQ(one.texts.size(), two.texts.size());
  for (std::size_t i = 0; i < one.texts.size(); ++i) {
    EXPECT_EQ(one.texts[i].text, two.texts[i].text);
    EXPECT_DOUBLE_EQ(one.texts[i].size * 2, two.texts[i].size);
    EXPECT_NEAR(one.texts[i].box.y * 2, two.texts[i].box.y, 24);
  }
}

TEST(PageLayout, WithoutWordsTheMapTakesIt) {
  Glyphs glyphs(render::find_fonts());
  const PageLayout page = render::lay_out_page({}, 640, 480, 1, glyphs);
  EXPECT_EQ(page.map.width, 640);
  EXPECT_EQ(page.map.height, 480);
  EXPECT_TRUE(page.texts.empty());
}

TEST(PageLayout, ScaleBarAndWatermarkLieInTheMap) {
  Glyphs glyphs(render::find_fonts());
  render::Frame frame;
  frame.crs_label = "VN-2000 / TM-3 103°00′";
  frame.watermark = "DỮ LIỆU MẪU – không phải số liệu thật";
  for (const Size& s : sizes) {
    frame.pixel_ratio = s.ratio;
    PageLayout page = render::lay_out_page(full_caption(), s.width, s.height, s.ratio, glyphs);
    page.texts.clear();
    page.marks.clear();
    geo::Box box;
    box.add(geo::MapPoint{0, 0});
    box.add(geo::MapPoint{150'000, 190'000});
    const render::Camera camera = render::fit_page(frame, box, page, glyphs);
    const auto taken = render::furnish_map(frame, camera, glyphs, page);
    EXPECT_GE(taken.size(), 2U);
    for (const PixelRect& b : taken) EXPECT_TRUE(page.map.contains(b)) << s.width;
    for (const auto& t : page.texts)
      EXPECT_TRUE(page.map.contains(t.box))
          << t.text << " at " << t.box.x << ' ' << t.box.y << " in " << page.map.x << ' '
          << page.map.y << ' ' << page.map.width << ' ' << page.map.height;
    for (const auto& m : page.marks) EXPECT_TRUE(page.map.contains(m.box));
    // and the land stays clear of both
    const render::PixelPoint low = camera.to_pixel(box.min), high = camera.to_pixel(box.max);
    for (PixelRect b : taken) {
      b.x -= page.map.x;
      b.y -= page.map.y;
      EXPECT_FALSE(b.intersects({low.x, high.y, high.x - low.x, low.y - high.y}));
    }
  }
}

TEST(Glyphs, VietnameseAndTheSignsThatNotoSansLacksAllHaveGlyphs) {
  Glyphs glyphs(render::find_fonts());
  // Two letters without a glyph would be the same empty box.
  for (const auto& [a, b] : {std::pair{"≥", "≤"}, {"ộ", "ỗ"}, {"Đ", "D"}, {"′", "°"}, {"→", "▸"}}) {
    EXPECT_FALSE(glyphs.line(a, 14, false, 0).glyphs.empty());
    const auto& x = glyphs.line(a, 40, false, 0).glyphs.at(0);
    const auto& y = glyphs.line(b, 40, false, 0).glyphs.at(0);
    EXPECT_NE(x.u + 10'000 * x.v, y.u + 10'000 * y.v) << a << b;
  }
  EXPECT_GT(glyphs.line("Mường Nhé", 24, true, 0).width,
            glyphs.line("Mường Nhé", 12, true, 0).width * 1.9);
}

TEST(Glyphs, BrokenUtf8IsShownNotReadBeyond) {
  Glyphs glyphs(render::find_fonts());
  EXPECT_GT(glyphs.line("a\xc3", 14, false, 2).width, 0);
  EXPECT_GT(glyphs.line("\xff\xfe\xf0\x9f", 14, false, 2).width, 0);
  EXPECT_EQ(glyphs.line("", 14, false, 2).width, 0);
}

TEST(GlPage, GoldenPage) {
  std::vector<geo::Parents> parents;
  for (std::uint32_t i = 0; i < 30; ++i) parents.push_back({i % 5 < 2 ? 0U : 1U, 0});
  const auto land = test::square_land(5, 6, parents);
  render::Frame frame = test::plain_frame(land, 1, 1, {});
  const auto palette = render::target_palette(4, 1);
  for (std::uint32_t i = 0; i < frame.areas.size(); ++i) {
    frame.areas[i].fill = palette[i % 5];
    frame.areas[i].patterns = i % 4;
    frame.labels.push_back({land->labels[i].point, "Nà Tấu", static_cast<double>(i), 12, true, i});
  }
  frame.background = render::rgb(0xffffff);
  frame.show_borders = frame.show_scale_bar = true;
  frame.crs_label = land->crs.label;
  frame.watermark = "DỮ LIỆU MẪU";
  frame.caption = full_caption();
  test::expect_golden(render::draw_picture(frame, land->bounds, 640, 480), "page");
}

TEST(GlPage, DrawsBesideAContextOfItsOwnThread) {
  const render::OffscreenContext context;
  render::MapPainter painter;
  render::Frame frame = test::plain_frame(test::square_land(1, 1), 32, 32, render::rgb(0xa63603));
  painter.draw(frame);
  const auto before = painter.read_back();
  EXPECT_EQ(render::draw_picture(frame, frame.land->bounds, 64, 48).width, 64);
  painter.draw(frame);
  EXPECT_EQ(painter.read_back().rgba, before.rgba);
}

}  // namespace
