#include "render/board_layout.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "render/fonts.hpp"
#include "render/notes_layout.hpp"
#include "render/palette.hpp"
#include "tests/render/sound_page.hpp"

namespace {

using render::Board;
using render::Caption;
using render::Glyphs;
using render::LegendEntry;
using render::PageLayout;
using render::PixelRect;
using Swatch = LegendEntry::Swatch;

/// As much as a scene can say.
Caption crowded() {
  Caption c;
  c.title = "8 xã giữ 29% số người còn thiếu so với chỉ tiêu của toàn tỉnh";
  c.subtitle = "Kích hoạt mức 2 so với chỉ tiêu 60% · tính đến 27/8/2023 · số liệu của 45 xã";
  c.footer =
      "Nguồn: weekly_reports_2023.csv, targets_2023.csv, dien_bien.gpkg · số liệu 27/8/2023 "
      "· DỮ LIỆU MẪU – không phải số liệu thật";
  const auto palette = render::target_palette(5, 1);
  c.legend.entries = {{Swatch::heading, {}, "SO VỚI CHỈ TIÊU 60%", ""},
                      {Swatch::colour, palette[0], "dưới 20%", "19 xã"},
                      {Swatch::colour, palette[1], "20 – 26%", "8 xã"},
                      {Swatch::colour, palette[2], "26 – 32%", "9 xã"},
                      {Swatch::colour, palette[3], "32 – 40%", "6 xã"},
                      {Swatch::colour, palette[4], "40 – 60%", "3 xã"},
                      {Swatch::colour, palette[5], "từ 60%", "0 xã"},
                      {Swatch::dashed, {}, "chưa báo cáo (khác với 0)", "2 xã"},
                      {Swatch::cross, {}, "ước tính (chia theo phần)", "1 xã"},
                      {Swatch::heading, {}, "RÀO CẢN (phủ lên màu)", ""},
                      {Swatch::hatch, {}, "≥ 3 bản chưa có điện lưới", ""},
                      {Swatch::dots, {}, "≥ 7 bản sóng yếu, không sóng", ""},
                      {Swatch::circle, {}, "số người còn thiếu so với chỉ tiêu", ""}};
  Board board;
  board.number = "161.954";
  board.words = "người còn thiếu so với chỉ tiêu";
  board.bar_colour = render::rgb(0xd95f0e);
  board.number_colour = render::rgb(0x8a2c04);
  const char* names[] = {"Mường Nhé", "Điện Biên Phủ", "Xa Dung",  "Si Pa Phìn",
                         "Thanh Yên", "Na Sang",       "Tìa Dình", "Na Son"};
  double share = 1;
  for (const char* name : names) {
    board.bars.push_back({name, "7.223", share});
    share -= 0.09;
  }
  board.page = "3 / 12";
  board.mark = "Câu này viết cho số liệu cũ; số liệu nay đã khác";
  c.board = board;
  return c;
}

struct Screen {
  int width, height;
};
constexpr Screen screens[] = {{1280, 720},  {1366, 768},  {1920, 1080}, {2560, 1440},
                              {3840, 2160}, {1024, 768},  {1600, 1200}, {1920, 1200},
                              {2048, 1536}, {1280, 1024}, {3440, 1440}};

double ratio_for(Screen screen) { return std::ceil(screen.height / 45.0) / 12; }

TEST(Board, NoTextIsLowerThanAFortyFifthOfAnyScreen) {
  Glyphs glyphs(render::find_fonts());
  for (const Screen screen : screens) {
    const PageLayout page =
        render::lay_out_board(crowded(), screen.width, screen.height, ratio_for(screen), glyphs);
    ASSERT_FALSE(page.texts.empty());
    for (const auto& text : page.texts)
      EXPECT_GE(text.size, screen.height / 45.0) << text.text << " at " << screen.height;
    EXPECT_GE(page.text_size, screen.height / 45.0);
  }
}

TEST(Board, NothingLeavesTheScreenOrLiesOverAnything) {
  Glyphs glyphs(render::find_fonts());
  for (const Screen screen : screens) {
    glyphs.begin_frame();
    const PageLayout page =
        render::lay_out_board(crowded(), screen.width, screen.height, ratio_for(screen), glyphs);
    test::expect_sound(page, screen.width, screen.height);
  }
}

TEST(Board, TheMapIsTheHero) {
  Glyphs glyphs(render::find_fonts());
  for (const Screen screen : screens) {
    const PageLayout page =
        render::lay_out_board(crowded(), screen.width, screen.height, ratio_for(screen), glyphs);
    const double share = page.map.width * page.map.height / (1.0 * screen.width * screen.height);
    EXPECT_GT(share, 0.3) << screen.width << "x" << screen.height;
  }
}

TEST(Board, EveryBarIsToldOrCounted) {
  Glyphs glyphs(render::find_fonts());
  for (const Screen screen : screens) {
    const Caption caption = crowded();
    const PageLayout page =
        render::lay_out_board(caption, screen.width, screen.height, ratio_for(screen), glyphs);
    std::set<std::string> texts;
    for (const auto& text : page.texts) texts.insert(text.text);
    std::size_t told = 0;
    for (const Board::Bar& bar : caption.board->bars) told += texts.count(bar.name);
    const std::size_t bars = caption.board->bars.size();
    EXPECT_TRUE(told == bars || texts.contains("+" + std::to_string(bars - told)))
        << told << " at " << screen.width << "x" << screen.height;
    // The squarer the screen, the more of its height the legend takes; what is left out is counted.
    const double shape = 1.0 * screen.width / screen.height;
    EXPECT_GE(told, shape > 1.5 ? 5U : 2U) << screen.width << "x" << screen.height;
  }
}

TEST(Board, BarsAreAsLongAsTheirShares) {
  Glyphs glyphs(render::find_fonts());
  const Caption caption = crowded();
  const PageLayout page = render::lay_out_board(caption, 1920, 1080, 2, glyphs);
  std::vector<double> lengths;
  for (const auto& mark : page.marks)
    if (mark.fill == caption.board->bar_colour) lengths.push_back(mark.box.width);
  ASSERT_EQ(lengths.size(), caption.board->bars.size());
  for (std::size_t i = 0; i < lengths.size(); ++i)
    EXPECT_NEAR(lengths[i] / lengths[0], caption.board->bars[i].share, 0.01);
}

/// WCAG 2: (lighter + 0.05) / (darker + 0.05).
double contrast(render::Colour a, render::Colour b) {
  const double x = render::luminance(a), y = render::luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

TEST(Board, TextHasTheContrastOfWcagAa) {
  Glyphs glyphs(render::find_fonts());
  const PageLayout page = render::lay_out_board(crowded(), 1280, 720, 16 / 12.0, glyphs);
  for (const auto& text : page.texts)
    EXPECT_GE(contrast(text.colour, render::house::panel), 4.5) << text.text;
}

TEST(Board, LongAndEmptyWordsFitAsWell) {
  Glyphs glyphs(render::find_fonts());
  Caption caption = crowded();
  std::string longest;
  for (int i = 0; i < 60; ++i) longest += "Nậm Nèn ";
  caption.title = caption.subtitle = caption.footer = caption.board->words = longest;
  caption.board->number = "1.234.567.890.123";
  for (Board::Bar& bar : caption.board->bars) bar.name = longest;
  const auto whole = [&](const Caption& c) {
    glyphs.begin_frame();
    const PageLayout page = render::lay_out_board(c, 1280, 720, 16 / 12.0, glyphs);
    const PixelRect screen{0, 0, 1280, 720};
    for (const PixelRect& box : test::boxes(page))
      EXPECT_TRUE(screen.contains(box)) << box.x << ' ' << box.y << ' ' << box.width;
  };
  whole(caption);
  Caption empty;
  empty.board = Board{};
  whole(empty);
  caption.board->bars.clear();
  caption.legend.entries.clear();
  whole(caption);
}

TEST(Board, NoScreenCutsAWordOfTheLegend) {
  Glyphs glyphs(render::find_fonts());
  Caption english = crowded();
  const char* words[] = {"AGAINST THE TARGET OF 60%",
                         "under 20%",
                         "20 – 26%",
                         "26 – 32%",
                         "32 – 40%",
                         "40 – 60%",
                         "60% and more",
                         "not reported (other than 0)",
                         "estimated (apportioned)",
                         "BARRIERS (over the colour)",
                         "≥ 3 settlements without grid electricity",
                         "≥ 7 settlements with weak or no signal",
                         "people short of the target"};
  for (std::size_t i = 0; i < english.legend.entries.size(); ++i) {
    LegendEntry& entry = english.legend.entries[i];
    entry.text = words[i];
    if (!entry.count.empty()) entry.count = "19 communes";
  }
  for (const Caption& caption : {crowded(), english}) {
    for (const Screen screen : screens) {
      glyphs.begin_frame();
      const PageLayout page =
          render::lay_out_board(caption, screen.width, screen.height, ratio_for(screen), glyphs);
      std::string all;
      for (const auto& text : page.texts) all += text.text + " ";
      EXPECT_EQ(all.find("…"), std::string::npos) << screen.width << "×" << screen.height << all;
      EXPECT_NE(all.find(caption.legend.entries[1].text), std::string::npos) << all;
    }
  }
}

TEST(Notes, FitEveryWindowAndKeepTheirPicturesApart) {
  Glyphs glyphs(render::find_fonts());
  render::Notes notes{"8 xã giữ 29% số người còn thiếu của toàn tỉnh",
                      "Nhắc: điện lưới ở Mường Nhé.\n\nHỏi: ai nhận máy phát?",
                      "TIẾP THEO",
                      "3 xã mới đạt chỉ tiêu",
                      "3 / 7",
                      "14:05",
                      "12:34",
                      "→ tiếp · Esc thoát"};
  for (const Screen screen : {Screen{640, 400}, {1100, 720}, {1920, 1080}}) {
    for (int longer = 0; longer < 2; ++longer) {
      glyphs.begin_frame();
      const auto layout = render::lay_out_notes(notes, screen.width, screen.height, glyphs);
      const PixelRect whole{0, 0, screen.width + 0.0, screen.height + 0.0};
      EXPECT_TRUE(whole.contains(layout.now));
      EXPECT_TRUE(whole.contains(layout.next));
      EXPECT_FALSE(layout.now.intersects(layout.next));
      for (const auto& text : layout.page.texts) {
        EXPECT_TRUE(whole.contains(text.box)) << text.text;
        EXPECT_FALSE(text.box.intersects(layout.now)) << text.text;
        EXPECT_FALSE(text.box.intersects(layout.next)) << text.text;
      }
      for (int i = 0; i < 200; ++i) notes.note += " và còn nữa, còn nữa";
    }
  }
}

}  // namespace
