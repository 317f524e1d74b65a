// Labels keep their place on the ground, whatever the hand does to the map.
#include "render/label_book.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "geo/random.hpp"
#include "render/fonts.hpp"
#include "tests/render/square_land.hpp"

namespace {

using render::Camera;
using render::Frame;
using render::Label;
using render::LabelBook;
using render::LabelWish;
using render::PixelRect;
using render::PlacedLabel;

PixelRect box_of(const PlacedLabel& p) { return {p.x, p.y, p.width, p.height}; }

std::vector<LabelWish> random_wishes(geo::Random& random, std::size_t count) {
  std::vector<LabelWish> wishes;
  for (std::size_t i = 0; i < count; ++i) {
    wishes.push_back({i,
                      {random.share() * 900 - 50, random.share() * 700 - 50},
                      std::ceil(20 + 80 * random.share()),
                      15,
                      std::floor(random.share() * 40),
                      random.share() < 0.3 ? 20 * random.share() : 0});
  }
  return wishes;
}

class PlacingAtRandom : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(PlacingAtRandom, NoneOverlapsAllAreInsideAndWhatIsTakenStaysClear) {
  geo::Random random(GetParam());
  const PixelRect area{3, 5, 790, 588};
  const std::vector<PixelRect> taken{{600.5, 20.25, 150, 30}, {-10, 560, 200, 60}};
  const auto placed = render::place_labels(random_wishes(random, 400), area, taken, 2);
  ASSERT_GT(placed.size(), 40U);
  for (std::size_t i = 0; i < placed.size(); ++i) {
    EXPECT_TRUE(area.contains(box_of(placed[i])));
    for (const PixelRect& box : taken) EXPECT_FALSE(box.intersects(box_of(placed[i])));
    for (std::size_t j = i + 1; j < placed.size(); ++j) {
      EXPECT_FALSE(render::crowds(box_of(placed[i]), box_of(placed[j]), 2)) << i << ' ' << j;
    }
  }
}

TEST_P(PlacingAtRandom, LesserWishesMoveNoGreaterOnes) {
  geo::Random random(GetParam());
  const PixelRect area{0, 0, 800, 600};
  std::vector<LabelWish> wishes = random_wishes(random, 300);
  const auto alone = render::place_labels(wishes, area, {}, 2);
  for (LabelWish& lesser : random_wishes(random, 300)) {
    lesser.label += 300;
    lesser.priority -= 100;
    wishes.push_back(lesser);
  }
  const auto together = render::place_labels(wishes, area, {}, 2);
  ASSERT_GT(together.size(), alone.size());
  for (std::size_t i = 0; i < alone.size(); ++i) {
    EXPECT_EQ(together[i].label, alone[i].label);
    EXPECT_EQ(box_of(together[i]), box_of(alone[i]));
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, PlacingAtRandom, ::testing::Range<std::uint64_t>(1, 9));

/// A square land with a name for every unit, looked at near enough that half of them fit.
class Book : public ::testing::Test {
 protected:
  Book() : frame(test::plain_frame(test::square_land(30, 30), 800, 600, render::rgb(0xfdbe85))) {
    geo::Random random(7);
    for (std::uint32_t i = 0; i < 900; ++i) {
      frame.labels.push_back({frame.land->labels[i].point, "Mường Na " + std::to_string(i),
                              std::floor(100 * random.share()), 12, true, i});
    }
    frame.camera.metres_per_pixel = 25;
  }
  bool settle() {
    return book.settle(frame, {frame.camera, frame.pixel_ratio, taken, 1, 80, false}, glyphs);
  }
  std::map<std::size_t, PixelRect> seen() const {
    std::map<std::size_t, PixelRect> out;
    for (const PlacedLabel& p : book.in_view()) out[p.label] = box_of(p);
    return out;
  }
  Frame frame;
  std::vector<PixelRect> taken{{20, 560, 180, 20}};
  render::Glyphs glyphs{render::find_fonts()};
  LabelBook book;
};

TEST_F(Book, PanningMovesEveryLabelExactlyWithTheGround) {
  settle();
  geo::Random random(3);
  const std::uint64_t first = book.placements();
  std::size_t stayed = 0, came = 0;
  for (int i = 0; i < 120; ++i) {
    const auto before = seen();
    const double dx = std::round(80 * random.share() - 40),
                 dy = std::round(60 * random.share() - 30);
    frame.camera = render::pan(frame.camera, dx, dy);
    settle();
    const auto now = seen();
    ASSERT_GT(now.size(), 30U) << i;
    for (const auto& [label, box] : now) {
      const auto was = before.find(label);
      if (was == before.end()) {
        // New ones come in at the edges, or from below what does not move.
        const PixelRect inner{45, 45, 800 - 90, 600 - 90};
        const bool covered =
            PixelRect{box.x - dx, box.y - dy, box.width, box.height}.intersects(taken[0]);
        EXPECT_FALSE(inner.contains(box) && !covered) << i << ' ' << label;
        ++came;
        continue;
      }
      ++stayed;
      EXPECT_EQ(box.x, was->second.x + dx) << i << ' ' << label;
      EXPECT_EQ(box.y, was->second.y + dy) << i << ' ' << label;
    }
    for (const auto& [label, box] : before) {
      const PixelRect moved{box.x + dx, box.y + dy, box.width, box.height};
      const PixelRect inner{10, 10, 780, 580};
      if (!inner.contains(moved) || moved.intersects(taken[0])) continue;
      EXPECT_TRUE(now.contains(label)) << "in view, so it may not go: " << label;
    }
  }
  EXPECT_GT(stayed, 3000U);
  EXPECT_GT(came, 100U);
  EXPECT_LT(book.placements(), first + 30) << "placed for more than is in view";
}

TEST_F(Book, NoneOverlapsHoweverFarTheMapWasPanned) {
  geo::Random random(5);
  for (int i = 0; i < 60; ++i) {
    frame.camera =
        render::pan(frame.camera, 200 * random.share() - 100, 200 * random.share() - 100);
    settle();
    const auto& placed = book.in_view();
    for (std::size_t a = 0; a < placed.size(); ++a) {
      for (std::size_t b = a + 1; b < placed.size(); ++b)
        ASSERT_FALSE(render::crowds(box_of(placed[a]), box_of(placed[b]), 2));
    }
  }
}

TEST_F(Book, AnotherStyleHoverOrSelectionPlacesNothingAgain) {
  settle();
  const auto before = seen();
  const std::uint64_t placements = book.placements();
  for (Label& label : frame.labels) label.priority = -label.priority;  // another indicator
  frame.areas[17].hovered = true;
  EXPECT_FALSE(settle());
  EXPECT_EQ(seen(), before);
  EXPECT_EQ(book.placements(), placements);

  const std::size_t chosen = before.begin()->first;
  frame.labels[chosen].must = true;  // it stands already
  settle();
  EXPECT_EQ(seen(), before);
  frame.labels[chosen].must = false;
  settle();
  EXPECT_EQ(seen(), before);
  EXPECT_EQ(book.placements(), placements);

  frame.camera = render::zoom_at(frame.camera, {400, 300}, 1.25);
  EXPECT_TRUE(settle());
  EXPECT_EQ(book.placements(), placements + 1) << "zooming places anew, once";
}

TEST_F(Book, ASelectedLabelStandsAndTheOthersComeBackToTheirPlaces) {
  settle();
  const auto before = seen();
  std::size_t chosen = 900;
  for (std::size_t i = 0; i < 900 && chosen == 900; ++i) {
    const auto at = frame.camera.to_pixel(frame.labels[i].at);
    const bool middle = at.x > 200 && at.x < 600 && at.y > 200 && at.y < 400;
    if (middle && !before.contains(i)) chosen = i;
  }
  ASSERT_LT(chosen, 900U);
  frame.labels[chosen].must = true;
  EXPECT_TRUE(settle());
  const auto now = seen();
  ASSERT_TRUE(now.contains(chosen));
  for (const auto& [label, box] : now) {
    if (label == chosen) continue;
    EXPECT_EQ(before.at(label), box) << "nothing else moves";
    EXPECT_FALSE(render::crowds(now.at(chosen), box, 2));
  }
  EXPECT_LT(before.size() - (now.size() - 1), 4U) << "only what it covers goes";
  const PixelRect there = now.at(chosen);
  frame.camera = render::pan(frame.camera, 13, -8);
  settle();
  EXPECT_EQ(seen().at(chosen), (PixelRect{there.x + 13, there.y - 8, there.width, there.height}));
  frame.camera = render::pan(frame.camera, -13, 8);
  frame.labels[chosen].must = false;
  settle();
  EXPECT_EQ(seen(), before);
}

TEST_F(Book, WhereAFilterTakesNamesAwayTheOthersStay) {
  settle();
  const auto before = seen();
  std::vector<Label> fewer;
  std::vector<std::size_t> was;
  for (std::size_t i = 0; i < frame.labels.size(); ++i) {
    if (i % 3 == 0) continue;
    fewer.push_back(frame.labels[i]);
    was.push_back(i);
  }
  frame.labels = fewer;
  EXPECT_TRUE(settle());
  std::size_t kept = 0;
  for (const auto& [label, box] : seen()) {
    const auto old = before.find(was[label]);
    if (old == before.end()) continue;
    EXPECT_EQ(box, old->second);
    ++kept;
  }
  const auto left =
      std::count_if(before.begin(), before.end(), [](const auto& p) { return p.first % 3 != 0; });
  EXPECT_EQ(kept, static_cast<std::size_t>(left));
}

TEST_F(Book, WhereUnitsAreSmallOnlyThoseWithRoomAreNamed) {
  frame.camera.metres_per_pixel = 200;  // a unit is 5 pixels wide, its name 80
  book.settle(frame, {frame.camera, 1, taken, 1, 3.7, false}, glyphs);
  EXPECT_TRUE(book.in_view().empty());
  frame.labels[450].must = true;
  book.settle(frame, {frame.camera, 1, taken, 1, 3.7, false}, glyphs);
  ASSERT_EQ(book.in_view().size(), 1U);
  EXPECT_EQ(book.in_view()[0].label, 450U);
}

TEST_F(Book, WidthsAreThoseOfTheLinesDrawn) {
  for (const char* text : {"Mường Phăng", "Điện Biên Phủ", "Đặc khu Trường Sa", "", "A"}) {
    for (const bool bold : {false, true}) {
      for (const double size : {12.0, 18.0, 24.0})
        EXPECT_EQ(glyphs.width(text, size, bold), glyphs.line(text, size, bold, 2).width) << text;
    }
  }
}

}  // namespace
