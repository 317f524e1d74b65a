#include "app/scene.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>

#include "app/scene_look.hpp"
#include "app/show.hpp"
#include "render/board_layout.hpp"
#include "tests/app/small_desk.hpp"

namespace {

using app::Language;
using app::SceneShown;
using app::View;

/// The small desk's data with another number for the first commune.
std::shared_ptr<const app::Loaded> small(std::uint64_t version = 1) {
  return desk_test::small_loaded(version);
}

data::Scene concentrated() {
  data::Scene scene;
  scene.statement = "concentrated";
  return scene;
}

TEST(Scene, OfAViewShowsThatViewAgain) {
  const auto loaded = small();
  View view;
  view.indicator = data::Indicator::activation_l1;
  view.layer = app::MapLayer::change;
  view.at = loaded->dataset->dates[1];
  view.since = loaded->dataset->dates[0];
  view.selected = {geo::UnitIndex(1U), geo::UnitIndex(3U)};
  view.choice.by = data::Classification::user_defined;
  view.choice.inner_breaks = {0.125, 0.5};
  view.choice.palette = render::palettes().front().id;
  view.across = app::Across::teams;
  view.show_barriers = false;
  view.show_circles = false;
  view.points = app::PointsShown::always;
  view.filter.districts = {1};
  view.filter.kinds = {"xã"};
  view.filter.barriers = {data::Barrier::no_grid};
  view.filter.categories = {0, 2};
  const data::Scene scene = app::captured(view, *loaded->dataset, *loaded->land, nullptr);
  const SceneShown shown = app::shown_of(scene, *loaded->dataset, {}, view.language);
  EXPECT_EQ(shown.view, view);
  EXPECT_EQ(shown.lost, 0U);
  view.filter = {};
  view.within = {geo::UnitIndex(0U), geo::UnitIndex(2U)};
  const data::Scene some = app::captured(view, *loaded->dataset, *loaded->land, nullptr);
  EXPECT_EQ(app::shown_of(some, *loaded->dataset, {}, view.language).view, view);
}

TEST(Scene, KeepsTheMapsWindowUnlessAllIsSeen) {
  const auto loaded = small();
  render::Camera camera = render::fit(loaded->land->bounds, 800, 600, 8);
  const View view;
  EXPECT_FALSE(app::captured(view, *loaded->dataset, *loaded->land, &camera).window);
  camera = render::zoom_at(camera, {400, 300}, 4);
  const data::Scene near = app::captured(view, *loaded->dataset, *loaded->land, &camera);
  ASSERT_TRUE(near.window);
  const SceneShown shown = app::shown_of(near, *loaded->dataset, {}, view.language);
  const app::Figures f = app::figures(*loaded->dataset, shown.view);
  const app::Picture picture = app::scene_picture(*loaded, f, shown, {1, 1}, 1920, 1080);
  EXPECT_NEAR(picture.box.width(), camera.metres_per_pixel * 800, 1e-3);
  EXPECT_NEAR((picture.box.min.x + picture.box.max.x) / 2, camera.centre.x, 1e-3);
  EXPECT_NEAR(picture.box.min.y, camera.centre.y, 1e-3);
}

TEST(Scene, AWindowThatTheMapSystemDoesNotReachShowsAll) {
  const auto loaded = small();
  data::Scene scene = concentrated();
  scene.window = data::Scene::Window{{15, 0}, 50'000};
  const SceneShown shown = app::shown_of(scene, *loaded->dataset, {}, Language::vietnamese);
  const app::Figures f = app::figures(*loaded->dataset, shown.view);
  const app::Picture picture = app::scene_picture(*loaded, f, shown, {1, 1}, 1280, 720);
  EXPECT_TRUE(std::isfinite(picture.box.width()));
  render::Camera camera = render::fit(loaded->land->bounds, 800, 600, 8);
  camera.centre = {2e9, 2e9};  // panned far beyond the world
  const data::Scene far = app::captured(shown.view, *loaded->dataset, *loaded->land, &camera);
  EXPECT_TRUE(!far.window || std::isfinite(far.window->centre.lon));
}

TEST(Scene, AnEditedHeadlineIsMarkedOnceItsNumbersAreOthers) {
  const auto loaded = small();
  const data::Dataset& dataset = *loaded->dataset;
  data::Scene scene = concentrated();
  const SceneShown computed = app::shown_of(scene, dataset, {}, Language::vietnamese);
  EXPECT_EQ(computed.headline, computed.words.headline);
  EXPECT_FALSE(computed.outdated);
  scene.headline = "Mường Na cần thêm tổ";
  scene.written_for = data::numbers_of(computed.statement, dataset);
  const SceneShown edited = app::shown_of(scene, dataset, {}, Language::vietnamese);
  EXPECT_EQ(edited.headline, scene.headline);
  EXPECT_FALSE(edited.outdated);
  EXPECT_EQ(edited.words.headline, computed.words.headline) << "the computed one is still known";
  scene.at = dataset.dates[0];  // other numbers
  EXPECT_TRUE(app::shown_of(scene, dataset, {}, Language::vietnamese).outdated);
  scene.at.reset();
  EXPECT_FALSE(app::shown_of(scene, dataset, {}, Language::english).outdated)
      << "the language changes no number";
  const app::Figures f = app::figures(dataset, edited.view);
  SceneShown stale = edited;
  stale.outdated = true;
  EXPECT_TRUE(
      app::scene_picture(*loaded, f, edited, {1, 2}, 1280, 720).frame.caption.board->mark.empty());
  EXPECT_FALSE(
      app::scene_picture(*loaded, f, stale, {1, 2}, 1280, 720).frame.caption.board->mark.empty());
}

TEST(Scene, NoContactReachesTheRoom) {
  const auto loaded = small();
  data::Scene scene = concentrated();
  scene.headline = "Gọi anh Páo 0912 345 678 hoặc pao@example.org";
  scene.note = "0912345678";
  const SceneShown shown = app::shown_of(scene, *loaded->dataset, {}, Language::vietnamese);
  EXPECT_EQ(shown.headline.find("0912"), std::string::npos) << shown.headline;
  EXPECT_EQ(shown.headline.find('@'), std::string::npos) << shown.headline;
  const app::Figures f = app::figures(*loaded->dataset, shown.view);
  const app::Picture picture = app::scene_picture(*loaded, f, shown, {1, 1}, 1280, 720);
  const render::Caption& caption = picture.frame.caption;
  for (const std::string& words : {caption.title, caption.subtitle, caption.footer,
                                   caption.board->number, caption.board->words})
    EXPECT_EQ(words.find("0912"), std::string::npos) << words;
}

TEST(Scene, WhatIsNoMoreIsLeftOutAndCounted) {
  const auto loaded = small();
  data::Scene scene = concentrated();
  scene.within = {geo::UnitCode("99999"), loaded->dataset->communes[1].code};
  scene.highlighted = {geo::UnitCode("88888")};
  const SceneShown shown = app::shown_of(scene, *loaded->dataset, {}, Language::vietnamese);
  EXPECT_EQ(shown.lost, 2U);
  EXPECT_EQ(shown.view.within, std::vector{geo::UnitIndex(1U)});
  EXPECT_TRUE(shown.view.selected.empty());
}

TEST(Scene, OfAPlanThatIsGoneSaysSo) {
  const auto loaded = small();
  data::Scene scene;
  scene.statement = "plan";
  scene.plan = 7;
  const SceneShown shown = app::shown_of(scene, *loaded->dataset, {}, Language::vietnamese);
  EXPECT_FALSE(shown.ask);
  EXPECT_FALSE(shown.headline.empty());
  const app::Figures f = app::figures(*loaded->dataset, shown.view);
  EXPECT_FALSE(
      app::scene_picture(*loaded, f, shown, {1, 1}, 1280, 720).frame.caption.title.empty());
}

TEST(Scene, ALookThatIsBrokenChangesNothing) {
  const auto loaded = small();
  const View plain;
  std::mt19937 random(3);
  View view;
  view.filter.districts = {0};
  const std::string good = app::look_of(view, *loaded->dataset);
  for (const char* bad :
       {"", "{", "null", "[]", "7", "{\"classes\": 3}", "{\"filter\": {\"districts\": [1, null]}}",
        "{\"classes\": {\"count\": 99999999999999999999, \"breaks\": [\"x\"], \"palette\": "
        "\"?\"}}"}) {
    View read;
    app::take_look(read, bad, *loaded->dataset);
    EXPECT_EQ(read.filter, plain.filter) << bad;
    EXPECT_LE(read.choice.classes, 9U) << bad;
    EXPECT_EQ(read.choice.palette, "") << bad;
  }
  for (int i = 0; i < 2000; ++i) {  // and never breaks anything
    std::string bytes = good;
    for (int k = 0; k < 3; ++k) bytes[random() % bytes.size()] = static_cast<char>(random() % 256);
    View read;
    app::take_look(read, bytes, *loaded->dataset);
    static_cast<void>(app::figures(*loaded->dataset, read));
  }
}

TEST(Scene, EveryScreenOfADraftKeepsItsLettersLarge) {
  const auto loaded = small();
  data::StatementAsk of;
  of.at = loaded->dataset->dates.back();
  of.since = loaded->dataset->dates.front();
  const auto show =
      app::make_show(loaded, app::drafted(*loaded->dataset, of, "Họp"), {}, Language::vietnamese);
  ASSERT_FALSE(show->scenes.empty());
  for (const int height : {720, 768, 1080, 2160}) {
    for (std::size_t i = 0; i < show->scenes.size(); ++i) {
      const app::Picture picture = app::picture_of(*show, i, height * 4 / 3, height);
      const render::Frame& frame = picture.frame;
      for (const render::Label& label : frame.labels)
        EXPECT_GE(label.size * frame.pixel_ratio, height / 45.0) << label.text;
      EXPECT_EQ(frame.caption.board->page,
                std::to_string(i + 1) + " / " + std::to_string(show->scenes.size()));
      EXPECT_FALSE(frame.caption.title.empty());
      EXPECT_FALSE(frame.caption.footer.empty());
    }
  }
}

TEST(Scene, EveryScreenOfADraftKeepsItsOrderInGrey) {
  const auto loaded = small();
  data::StatementAsk of;
  of.at = loaded->dataset->dates.back();
  of.since = loaded->dataset->dates.front();
  const auto show =
      app::make_show(loaded, app::drafted(*loaded->dataset, of, "Họp"), {}, Language::vietnamese);
  ASSERT_FALSE(show->scenes.empty());
  for (std::size_t i = 0; i < show->scenes.size(); ++i) {
    const render::Frame frame = app::picture_of(*show, i, 1280, 720).frame;
    std::vector<double> grey;
    for (const render::LegendEntry& entry : frame.caption.legend.entries)
      if (entry.swatch == render::LegendEntry::Swatch::colour && entry.category)
        grey.push_back(render::luminance(entry.colour));
    ASSERT_GT(grey.size(), 1U) << show->scenes[i].headline;
    // Changes are darker the larger they are, either way, and what cannot be compared is pale; all
    // else is lighter, or darker, in order.
    const bool two_ways = show->scenes[i].view.layer == app::MapLayer::change;
    int turns = 0;
    for (std::size_t k = 1; k < grey.size(); ++k) {
      EXPECT_GT(std::abs(grey[k] - grey[k - 1]), 0.01)
          << show->scenes[i].headline << ", class " << k;
      if (k > 1) turns += (grey[k] > grey[k - 1]) != (grey[k - 1] > grey[k - 2]) ? 1 : 0;
    }
    EXPECT_LE(turns, two_ways ? 2 : 0)
        << show->scenes[i].headline << ": " << testing::PrintToString(grey);
    EXPECT_GT(render::luminance(frame.background), *std::min_element(grey.begin(), grey.end()));
  }
}

TEST(Scene, OfADraftFollowsNewReportsOnlyFromTheNewest) {
  const auto loaded = small();
  data::StatementAsk of;
  of.since = loaded->dataset->dates[0];
  of.at = loaded->dataset->dates.back();
  for (const data::Scene& scene : app::drafted(*loaded->dataset, of, "a").scenes)
    EXPECT_FALSE(scene.at) << scene.statement;
  of.at = loaded->dataset->dates[1];
  for (const data::Scene& scene : app::drafted(*loaded->dataset, of, "a").scenes)
    EXPECT_EQ(scene.at, of.at) << scene.statement;
}

}  // namespace
