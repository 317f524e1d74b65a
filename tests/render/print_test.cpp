#include "render/page/print.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "render/map_layout.hpp"
#include "render/map_painter.hpp"
#include "render/offscreen.hpp"
#include "render/page/paper.hpp"
#include "render/palette.hpp"
#include "tests/render/full_frame.hpp"
#include "tests/render/pdf_tools.hpp"
#include "tests/render/same_picture.hpp"
#include "tests/render/square_land.hpp"

namespace {

using render::Frame;
using render::LegendEntry;
using render::PixelRect;
using Swatch = LegendEntry::Swatch;

/// Everything that a frame can hold.
Frame crowded(int communes_between = 1) {
  Frame frame = test::full_frame(1600, 1000);
  const auto land = frame.land;
  using namespace render;
  constexpr std::uint32_t inks[] = {pattern_none,  pattern_hatch, pattern_dots,
                                    pattern_cross, pattern_lines, pattern_hatch | pattern_dots};
  for (std::size_t i = 0; i < frame.areas.size(); ++i) {
    if ((frame.areas[i].patterns & pattern_dashed) == 0) frame.areas[i].patterns = inks[i % 6];
    if (i % 11 == 5) frame.areas[i].fill.a = 120;
  }
  frame.areas[20].selected = frame.areas[21].selected = true;
  frame.areas[60].hovered = true;
  for (std::size_t i = 0; i + 40 < land->labels.size();
       i += 40 * static_cast<std::size_t>(communes_between)) {
    frame.routes.push_back({land->labels[i].point, land->labels[i + 40].point, 3, rgb(0xd95f0e)});
    frame.pins.push_back({land->labels[i].point, Pin::Shape::square, 14, rgb(0x0b3a75)});
    frame.pins.push_back({land->labels[i + 40].point, Pin::Shape::dot, 14, rgb(0x0b5fff)});
  }
  std::vector<PointPlace> places;
  for (std::uint32_t i = 0; i < land->labels.size(); ++i)
    places.push_back(
        {{land->boxes[i].min.x * 0.3 + land->labels[i].point.x * 0.7, land->labels[i].point.y},
         i,
         i % 8,
         1.0 * i});
  frame.points.cloud = std::make_shared<const PointCloud>(make_cloud(places));
  for (std::size_t i = 0; i < 8; ++i) {
    frame.points.styles[i] = {static_cast<PointStyle::Body>(i % 4),
                              static_cast<PointStyle::Around>(i / 2), i < 2, rgb(0x1a1a1a)};
  }
  frame.crs_label = "VN-2000";
  const auto palette = target_palette(4, 1);
  frame.caption.title = "Kích hoạt mức 2 so với chỉ tiêu 60%";
  frame.caption.subtitle = "Tỉnh Mẫu · 332 xã · tính đến 27/8/2023";
  frame.caption.footer = "Nguồn: bao_cao_tuan.csv · số liệu mô phỏng";
  frame.caption.legend.entries = {
      {Swatch::heading, {}, "SO VỚI CHỈ TIÊU 60%", ""},
      {Swatch::colour, palette[0], "dưới 20%", "19 xã"},
      {Swatch::colour, palette[4], "từ 40%", "3 xã"},
      {Swatch::dashed, {}, "chưa báo cáo (khác với 0)", "2 xã"},
      {Swatch::hatch, {}, "≥ 3 bản chưa có điện lưới", ""},
      {Swatch::dots, {}, "≥ 7 bản sóng yếu", ""},
      {Swatch::cross, {}, "ước tính", ""},
      {Swatch::lines, {}, "chưa chắc chắn", ""},
      {Swatch::circle, {}, "số người còn thiếu", ""},
      {Swatch::point, {}, "bản không sóng", "7", {}, frame.points.styles[3]},
      {Swatch::bullet, {}, "4 xã im lặng", ""}};
  return frame;
}

std::vector<PixelRect> texts_of(const Frame& frame, const geo::Box& box, int width, int height) {
  render::Glyphs glyphs(render::find_fonts());
  render::SheetLayout sheet = render::lay_out_sheet(frame, box, width, height, glyphs);
  render::furnish_map(frame, sheet.camera, glyphs, sheet.page);
  std::vector<PixelRect> out;
  for (const render::PlacedText& text : sheet.page.texts) out.push_back(text.box);
  return out;
}

void expect_same(const Frame& frame, const geo::Box& box, int width, int height, const char* name) {
  const render::OffscreenContext context;
  render::MapPainter painter;
  painter.draw_page(frame, box, width, height);
  const render::Image gl = painter.read_back();
  std::vector<PixelRect> texts = texts_of(frame, box, width, height);
  const PixelRect map = texts.empty() ? PixelRect{} : [&] {
    render::Glyphs glyphs(render::find_fonts());
    return render::lay_out_sheet(frame, box, width, height, glyphs).page.map;
  }();
  for (const render::PlacedLabel& label : painter.placed_labels())
    texts.push_back({map.x + label.x - 3, map.y + label.y - 3, label.width + 6, label.height + 6});
  const render::Image page = render::print_image(frame, box, width, height);
  const test::Alike alike = test::compare(gl, page, texts);
  EXPECT_GT(alike.compared, 0.4) << name;
  EXPECT_LT(alike.different, 0.01) << name;
  test::keep(gl, page, texts, name);
  testing::Test::RecordProperty(std::string(name) + "_different", std::to_string(alike.different));
  std::printf("%s: compared %.3f different %.5f\n", name, alike.compared, alike.different);
}

TEST(GlAndPage, DrawTheSamePicture) {
  const Frame frame = crowded();
  expect_same(frame, frame.land->bounds, 1920, 1080, "same_whole");
  Frame fine = crowded();
  fine.pixel_ratio = 2;
  expect_same(fine, fine.land->boxes[100], 2000, 2800, "same_near");
}

}  // namespace
