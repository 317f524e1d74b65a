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
Frame crowded() {
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
  for (std::size_t i = 0; i + 40 < land->labels.size(); i += 40) {
    frame.routes.push_back({land->labels[i].point, land->labels[i + 40].point, 3, rgb(0x0b5fff)});
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

/// Where the layout puts words, and the map.
struct Laid {
  std::vector<PixelRect> texts;
  PixelRect map;
};
Laid lay_out(const Frame& frame, const geo::Box& box, int width, int height) {
  render::Glyphs glyphs(render::find_fonts());
  render::SheetLayout sheet = render::lay_out_sheet(frame, box, width, height, glyphs);
  render::furnish_map(frame, sheet.camera, glyphs, sheet.page);
  Laid out{{}, sheet.page.map};
  for (const render::PlacedText& text : sheet.page.texts) out.texts.push_back(text.box);
  return out;
}

struct Both {
  render::Image gl, page;
  std::vector<PixelRect> texts;
  PixelRect map;
};
Both draw_both(const Frame& frame, const geo::Box& box, int width, int height) {
  const render::OffscreenContext context;
  render::MapPainter painter;
  painter.draw_page(frame, box, width, height);
  Laid laid = lay_out(frame, box, width, height);
  for (const render::PlacedLabel& label : painter.placed_labels()) {
    laid.texts.push_back(
        {laid.map.x + label.x - 3, laid.map.y + label.y - 3, label.width + 6, label.height + 6});
  }
  return {painter.read_back(), render::print_image(frame, box, width, height), laid.texts,
          laid.map};
}

void expect_same(const Frame& frame, const geo::Box& box, int width, int height, const char* name) {
  const Both both = draw_both(frame, box, width, height);
  const test::Alike alike = test::compare(both.gl, both.page, both.texts, both.map);
  EXPECT_GT(alike.compared, 0.4) << name;
  EXPECT_LT(alike.different, 0.01) << name;
  if (testing::Test::HasFailure()) test::keep(both.gl, both.page, both.texts, name);
}

TEST(GlAndPage, DrawTheSamePicture) {
  const Frame frame = crowded();
  expect_same(frame, frame.land->bounds, 1920, 1080, "same_whole");
}

TEST(GlAndPage, DrawTheSamePictureFromNearAndFine) {
  Frame frame = crowded();
  frame.pixel_ratio = 2;
  expect_same(frame, frame.land->boxes[100], 1400, 1980, "same_near");
}

TEST(GlAndPage, DrawTheSameBriefing) {
  Frame frame = crowded();
  frame.background = render::house::panel;
  render::Board board;
  board.number = "161.954";
  board.words = "người còn thiếu so với chỉ tiêu";
  for (int i = 0; i < 6; ++i)
    board.bars.push_back({"Mường Nhé " + std::to_string(i), "7.223", 1 - 0.15 * i});
  board.page = "3 / 7";
  board.mark = "số liệu đã khác";
  frame.caption.board = board;
  frame.pixel_ratio = 1080 / 45.0 / 12;
  expect_same(frame, frame.land->bounds, 1920, 1080, "same_briefing");
}

TEST(GlAndPage, AreHeldBesideEachOtherStrictlyEnough) {
  // A test that could not fail would say nothing: one commune of another colour is found.
  Frame frame = crowded();
  Both both = draw_both(frame, frame.land->boxes[100], 900, 700);
  frame.areas[100].fill = render::rgb(0x3b7d3b);
  both.page = render::print_image(frame, frame.land->boxes[100], 900, 700);
  EXPECT_GT(test::compare(both.gl, both.page, both.texts, both.map).different, 0.01);
  frame = crowded();
  frame.areas[100].patterns ^= render::pattern_hatch;
  both.page = render::print_image(frame, frame.land->boxes[100], 900, 700);
  EXPECT_GT(test::compare(both.gl, both.page, both.texts, both.map).different, 0.01);
}

render::PrintAbout about() {
  return {"Bản tin họp", "Tỉnh Mẫu", "vi", *geo::parse_date("2023-08-27")};
}
std::string pictures(const std::vector<Frame>& frames, int width, int height) {
  std::string bytes;
  render::PicturePrinter printer(about(), [&](std::string_view part) { bytes += part; });
  std::size_t number = 0;
  for (const Frame& frame : frames) {
    printer.print(frame, frame.land->bounds, width, height, {720, 720.0 * height / width},
                  "Page " + std::to_string(++number));
  }
  printer.finish();
  return bytes;
}

#define NEEDS_POPPLER \
  if (!pdf_tools::have()) GTEST_SKIP() << "pdftotext and pdffonts (poppler-utils) are not here"

TEST(Print, APdfSaysTheWordsOfMapAndLegend) {
  NEEDS_POPPLER;
  const Frame frame = crowded();
  const pdf_tools::Pdf pdf(pictures({frame, frame}, 1600, 1000));
  EXPECT_EQ(pdf.pages(), 2);
  EXPECT_EQ(pdf.fonts_missing(), "");
  const std::string text = pdf.text(2);
  for (const char* words : {"Kích hoạt mức 2 so với chỉ tiêu 60%", "≥ 3 bản chưa có điện lưới",
                            "chưa báo cáo (khác với 0)", "19 xã", "VN-2000", "DỮ LIỆU MẪU",
                            "bao_cao_tuan.csv", "Xã 331"})
    EXPECT_THAT(text, testing::HasSubstr(words));
  // No picture of a map: lines.
  EXPECT_EQ(pdf_tools::output_of("pdfimages -list '" + pdf.file.string() + "' | tail -n +3"), "");
}

TEST(Print, TheSamePicturesGiveTheSameBytes) {
  const Frame frame = crowded();
  const std::string bytes = pictures({frame}, 1600, 1000);
  EXPECT_TRUE(pictures({frame}, 1600, 1000) == bytes);
  EXPECT_NE(bytes.find("/Title (Page 1)"), std::string::npos);
  // Its language is put in behind Cairo's back: a reader must still find every object.
  EXPECT_NE(bytes.find("/Lang (vi)"), std::string::npos);
  const auto table = bytes.rfind("startxref\n");
  ASSERT_NE(table, std::string::npos);
  EXPECT_EQ(bytes.substr(std::stoull(bytes.substr(table + 10)), 5), "xref\n");
}

TEST(Print, WhatTheSinkThrowsComesOut) {
  struct DiskFull {};
  const Frame frame = crowded();
  render::PicturePrinter printer(about(), [](std::string_view) { throw DiskFull(); });
  EXPECT_THROW(
      {
        for (int i = 0; i < 20; ++i) printer.print(frame, frame.land->bounds, 400, 300, {400, 300});
        printer.finish();
      },
      DiskFull);
}

TEST(Print, OddWordsAndLandsDoNotStopThePress) {
  NEEDS_POPPLER;
  Frame frame = crowded();
  frame.caption.title = std::string("a\0b", 3) + "\xff\xfe tên";
  frame.labels[100].text = std::string("\0\xc3", 2);
  frame.labels[331].text = "Xã \xe1\xba ngắn";
  frame.areas.resize(50);  // fewer than units
  frame.circles.push_back({{1e12, -1e12}, 1e6, 3});
  frame.caption.legend.entries[1].text = "\xf0\x9f";
  const pdf_tools::Pdf odd(pictures({frame}, 800, 600));
  EXPECT_THAT(odd.text(), testing::HasSubstr("tên"));
  frame.land = nullptr;
  geo::Box none;
  EXPECT_EQ(render::print_image(frame, none, 300, 200).width, 300);
}

render::Paper sheet(render::PaperSize size) {
  render::Paper paper;
  paper.title = "Bản đồ";
  paper.language = "vi";
  paper.made = *geo::parse_date("2023-08-27");
  paper.size = size;
  Frame frame = crowded();
  frame.caption.title.clear();
  frame.caption.subtitle.clear();
  frame.caption.footer.clear();
  frame.caption.sheet = {"B", {{"Đảo Xa", frame.land->boxes[3]}}, {1, 2, 3}, {}};
  render::Paper::Map map;
  map.box = frame.land->boxes[2];
  map.frame = std::make_shared<const Frame>(std::move(frame));
  map.fill = true;
  paper.blocks = {render::Paper::Heading{"Bản đồ toàn tỉnh", 0}, map};
  return paper;
}

TEST(Print, ASheetOfAnySizeHoldsItsMap) {
  NEEDS_POPPLER;
  for (const render::PaperSize size : {render::PaperSize{595.28, 841.89},
                                       {841.89, 595.28},
                                       {841.89, 1190.55},
                                       {1190.55, 841.89}}) {
    const pdf_tools::Pdf pdf(render::pdf_of(sheet(size)));
    EXPECT_EQ(pdf.pages(), 1) << size.width;
    const std::string info = pdf_tools::output_of("pdfinfo '" + pdf.file.string() + "'");
    EXPECT_THAT(info, testing::HasSubstr(std::to_string(static_cast<int>(size.width))));
    const std::string text = pdf.text();
    for (const char* words : {"Bản đồ toàn tỉnh", "Đảo Xa", "từ 40%"})
      EXPECT_THAT(text, testing::HasSubstr(words)) << size.width;
  }
}

TEST(Print, ASheetIsAlsoAPictureAndSvg) {
  const render::Paper paper = sheet({841.89, 595.28});
  const render::Image image = render::print_image(paper, 72);
  EXPECT_EQ(image.width, 842);
  EXPECT_EQ(image.height, 595);
  std::size_t inked = 0;
  for (std::size_t i = 0; i < image.rgba.size(); i += 4) inked += image.rgba[i] < 250 ? 1U : 0U;
  EXPECT_GT(inked, image.rgba.size() / 4 / 20);
  std::string svg;
  render::print_svg(paper, [&](std::string_view part) { svg += part; });
  EXPECT_THAT(svg, testing::HasSubstr("<svg"));
  EXPECT_THAT(svg, testing::HasSubstr("</svg>"));
  EXPECT_THAT(svg, testing::HasSubstr("841.89"));
}

TEST(Print, PartsAreMadeWhenTheyArePrinted) {
  NEEDS_POPPLER;
  render::Paper paper = sheet({});
  const auto map = paper.blocks.back();
  std::vector<std::pair<std::size_t, bool>> asked;
  paper.blocks.clear();
  paper.parts = 3;
  paper.part = [&](std::size_t part, bool counting) {
    asked.emplace_back(part, counting);
    std::vector<render::Paper::Block> blocks = {
        render::Paper::Heading{"Phần " + std::to_string(part), 0}, map, render::Paper::NewPage{}};
    if (counting) std::get<render::Paper::Map>(blocks[1]).frame = nullptr;
    if (part == 2) blocks.pop_back();
    return blocks;
  };
  std::string bytes;
  render::print_pdf(paper, [&](std::string_view part) { bytes += part; });
  EXPECT_EQ(asked, (std::vector<std::pair<std::size_t, bool>>{
                       {0, true}, {1, true}, {2, true}, {0, false}, {1, false}, {2, false}}));
  const pdf_tools::Pdf pdf(bytes);
  EXPECT_EQ(pdf.pages(), 3);
  EXPECT_THAT(pdf.text(3), testing::HasSubstr("Phần 2"));
  std::size_t told = 0;
  const geo::Progress stop{[&](double, const geo::Message&) { return ++told < 5; }};
  EXPECT_THROW(render::print_pdf(
                   paper, [](std::string_view) {}, stop),
               geo::Cancelled);
}

}  // namespace
