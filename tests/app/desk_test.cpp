// The desk drawn without a window: does a person's mouse reach the state, and does it look right.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "app/jobs.hpp"
#include "data/sample.hpp"
#include "tests/app/desk_screen.hpp"
#include "tests/app/golden.hpp"
#include "tests/app/small_desk.hpp"
#include "tests/app/whole.hpp"
#include "tests/scratch.hpp"

using namespace app;
using desk_test::DeskScreen;
using desk_test::expect_golden;
using testing::ElementsAre;

namespace {

std::filesystem::path output(const std::string& name) {
  std::filesystem::create_directories(PHUSONG_OUTPUT_DIR);
  return std::filesystem::path(PHUSONG_OUTPUT_DIR) / name;
}

std::shared_ptr<const Loaded> sample() {
  static const auto loaded = [] {
    const auto file = scratch::folder() / "desk_sample.sqlite";
    data::write_sample(file, {});
    return desk_test::whole(load(file, {}));
  }();
  return loaded;
}

/// The commune with the most people short is chosen, so that every part of the desk has content.
void show_sample(DeskScreen& screen) {
  apply(screen.state, command::WorkspaceLoaded{sample()});
  screen.settle();
  apply(screen.state, command::Select{{screen.state.derived.ranking.at(3).unit}});
  screen.settle();
}

/// Below the top bar and the filters.
constexpr double map_top = 48 + 36;

/// The screen point over the middle of a commune of the map panel; a mouse stands on whole pixels.
struct Point {
  double x, y;
};
Point over(const DeskScreen& screen, std::uint32_t unit) {
  const render::PixelPoint p = desk_test::middle_of(screen.state, unit);
  return {std::round(p.x + screen.state.panels.rail), std::round(p.y + map_top)};
}

}  // namespace

TEST(GlDesk, LooksAsItShould) {
  DeskScreen screen(1600, 1000, 1);
  show_sample(screen);
  expect_golden(screen.picture(), "desk_review.png");
}

TEST(GlDesk, LooksAsItShouldOnAFineScreen) {
  DeskScreen screen(3200, 2000, 2);
  show_sample(screen);
  expect_golden(screen.picture(), "desk_review_2x.png");
}

TEST(GlDesk, DrawerShowsTheDistributionWithTheSelection) {
  DeskScreen screen(1366, 768, 1);
  apply(screen.state, command::WorkspaceLoaded{sample()});
  apply(screen.state, command::OpenDrawer{Drawer::histogram});
  screen.settle();
  std::vector<geo::UnitIndex> first;
  for (std::size_t i = 0; i < 12; ++i) first.push_back(screen.state.derived.ranking.at(i).unit);
  apply(screen.state, command::Select{first});
  screen.settle();
  expect_golden(screen.picture(), "desk_drawer.png");
}

TEST(GlDesk, TwoWayLayerHasASquareLegend) {
  DeskScreen screen(1366, 768, 1);
  apply(screen.state, command::WorkspaceLoaded{sample()});
  apply(screen.state, command::ChooseLayer{MapLayer::two_way});
  apply(screen.state, command::ChooseAcross{Across::electricity});
  screen.settle();
  expect_golden(screen.picture(), "desk_two_way.png");
}

TEST(GlDesk, ClustersLayerHasItsLegend) {
  DeskScreen screen(1366, 768, 1);
  apply(screen.state, command::WorkspaceLoaded{sample()});
  apply(screen.state, command::ChooseLayer{MapLayer::clusters});
  screen.settle();
  expect_golden(screen.picture(), "desk_clusters.png");
}

TEST(GlDesk, ClassesAreChosenBesideTheMap) {
  DeskScreen screen(1600, 1000, 1);
  apply(screen.state, command::WorkspaceLoaded{sample()});
  apply(screen.state, command::OpenDialog{Dialog::classes});
  screen.settle();
  expect_golden(screen.picture(), "desk_classes.png");
}

TEST(GlDesk, FindingsAreListedBesideTheMap) {
  DeskScreen screen(1600, 1000, 1);
  apply(screen.state, command::WorkspaceLoaded{sample()});
  apply(screen.state, command::OpenDialog{Dialog::findings});
  screen.settle();
  expect_golden(screen.picture(), "desk_findings.png");
}

TEST(GlDesk, ChecksThatWereStoppedAreSaidToBeMissingAndCanBeAskedForAgain) {
  DeskScreen screen(1600, 1000, 1);
  AppState& s = screen.state;
  auto early = std::make_shared<Loaded>(*sample());
  auto land = std::make_shared<geo::Land>(*early->land);
  land->hits.reset();
  early->land = land;
  early->findings.reset();
  apply(s, command::WorkspaceLoaded{early});
  apply(s, command::OpenDialog{Dialog::findings});
  screen.settle();
  const render::Image checking = screen.picture();
  apply(s, command::CancelBackground{});
  screen.settle();
  const render::Image stopped = screen.picture();
  render::write_png(stopped, output("desk_unchecked.png"));
  EXPECT_GT(render::difference(stopped, checking, 24), 0.001);
  s.requests.clear();
  const auto asked = [&] {
    return std::any_of(s.requests.begin(), s.requests.end(), [&](const JobRequest& request) {
      const auto* open = std::get_if<LoadWorkspace>(&request);
      return open != nullptr && open->file == early->file;
    });
  };
  // The button stands at the left of the panel, below the words.
  for (int y = 130; y < 420 && !asked() && s.dialog == Dialog::findings; y += 10) {
    screen.click(100, y);
  }
  EXPECT_TRUE(asked()) << "see " << output("desk_unchecked.png");
}

TEST(GlDesk, EveryLayerDrawerAndDialogDrawsInBothLanguages) {
  for (const auto& loaded : {sample(), desk_test::small_loaded()}) {
    DeskScreen screen(1100, 760, 1);
    apply(screen.state, command::WorkspaceLoaded{loaded});
    apply(screen.state, command::Select{{geo::UnitIndex(std::uint32_t{0})}});
    for (const Language language : {Language::english, Language::vietnamese}) {
      apply(screen.state, command::ChooseLanguage{language});
      for (const MapLayer layer : all_layers) {
        apply(screen.state, command::ChooseLayer{layer});
        screen.settle(3);
        EXPECT_EQ(screen.state.view.layer, layer);
      }
      for (const Drawer drawer :
           {Drawer::table, Drawer::histogram, Drawer::scatter, Drawer::time}) {
        apply(screen.state, command::OpenDrawer{drawer});
        screen.settle(3);
        EXPECT_EQ(screen.state.drawer, drawer);
      }
      apply(screen.state, command::OpenDrawer{Drawer::none});
      for (const Dialog dialog :
           {Dialog::classes, Dialog::weights, Dialog::rule, Dialog::findings}) {
        apply(screen.state, command::OpenDialog{dialog});
        screen.settle(3);
        EXPECT_EQ(screen.state.dialog, dialog);
        apply(screen.state, command::CloseDialog{});
        screen.settle(2);
      }
      for (const RankColumn column : {RankColumn::score, RankColumn::rate, RankColumn::as_of}) {
        apply(screen.state, command::SortRanking{column});
        screen.settle(2);
      }
    }
  }
}

TEST(GlDesk, ABarOfTheDistributionSelectsItsCommunes) {
  DeskScreen screen(1366, 768, 1);
  apply(screen.state, command::WorkspaceLoaded{sample()});
  apply(screen.state, command::OpenDrawer{Drawer::histogram});
  screen.settle();
  const Histogram h = screen.state.derived.histogram;
  // The plot of the drawer: from the map's left edge to its right one, above the time line.
  const double left = screen.state.panels.rail + 12 + 34;
  const double right = 1366 - screen.state.panels.side - 12 - 16;
  const double foot = 768 - 60 - 8 - 24;
  std::size_t bar = 0;
  for (std::size_t i = 0; i < h.all.size(); ++i) {
    if (h.all[i] > h.all[bar]) bar = i;
  }
  const double x =
      left + (right - left) * (static_cast<double>(bar) + 0.5) / static_cast<double>(h.all.size());
  screen.click(std::round(x), foot - 10);
  std::vector<geo::UnitIndex> wanted = h.units.at(bar);
  std::sort(wanted.begin(), wanted.end());
  EXPECT_EQ(screen.state.view.selected, wanted);
  EXPECT_EQ(screen.state.derived.histogram.chosen.at(bar), wanted.size());
}

TEST(GlDesk, ClickShiftClickAndCtrlClickSelect) {
  DeskScreen screen(1200, 800, 1);
  apply(screen.state, command::WorkspaceLoaded{desk_test::small_loaded()});
  screen.settle();
  const Point first = over(screen, 0), second = over(screen, 1);
  screen.click(first.x, first.y);
  EXPECT_THAT(screen.state.view.selected, ElementsAre(geo::UnitIndex(std::uint32_t{0})));
  screen.modifiers(false, true);
  screen.click(second.x, second.y);
  EXPECT_EQ(screen.state.view.selected.size(), 2U);
  screen.modifiers(true, false);
  screen.click(first.x, first.y);
  screen.modifiers(false, false);
  EXPECT_THAT(screen.state.view.selected, ElementsAre(geo::UnitIndex(std::uint32_t{1})));
}

TEST(GlDesk, WheelZoomsToTheCursorAndDragPans) {
  DeskScreen screen(1200, 800, 1);
  apply(screen.state, command::WorkspaceLoaded{desk_test::small_loaded()});
  screen.settle();
  const Point at = over(screen, 2);
  const render::PixelPoint pixel{at.x - screen.state.panels.rail, at.y - map_top};
  const geo::MapPoint ground = screen.state.camera.to_map(pixel);
  const double before = screen.state.camera.metres_per_pixel;
  screen.move(at.x, at.y);
  screen.wheel(2);
  EXPECT_LT(screen.state.camera.metres_per_pixel, before);
  EXPECT_NEAR(screen.state.camera.to_map(pixel).x, ground.x, 1);
  screen.press();
  screen.move(at.x + 50, at.y + 30);
  screen.move(at.x + 100, at.y + 60);
  screen.release();
  EXPECT_NEAR(screen.state.camera.to_map({pixel.x + 100, pixel.y + 60}).x, ground.x,
              6 * screen.state.camera.metres_per_pixel);
  EXPECT_TRUE(screen.state.view.selected.empty()) << "a drag is no click";
}

TEST(GlDesk, HoverTellsTheCommuneAndLeavingForgetsIt) {
  DeskScreen screen(1200, 800, 1);
  apply(screen.state, command::WorkspaceLoaded{desk_test::small_loaded()});
  screen.settle();
  const Point at = over(screen, 3);
  screen.move(at.x, at.y);
  EXPECT_EQ(screen.state.view.hovered, geo::UnitIndex(std::uint32_t{3}));
  screen.move(600, 20);
  EXPECT_FALSE(screen.state.view.hovered.valid());
}

TEST(GlDesk, ShiftDragSelectsABox) {
  DeskScreen screen(1200, 800, 1);
  apply(screen.state, command::WorkspaceLoaded{desk_test::small_loaded()});
  screen.settle();
  const Point a = over(screen, 2), b = over(screen, 3);
  screen.modifiers(false, true);
  screen.move(a.x, a.y);
  screen.press();
  screen.move((a.x + b.x) / 2, a.y + 10);
  screen.move(b.x, b.y + 10);
  screen.release();
  screen.modifiers(false, false);
  EXPECT_EQ(screen.state.view.selected.size(), 2U);
}

TEST(GlDesk, SearchTypedWithoutAccentsGoesThere) {
  DeskScreen screen(1200, 800, 1);
  apply(screen.state, command::WorkspaceLoaded{desk_test::small_loaded()});
  screen.settle();
  screen.key({'F', true});
  screen.type("dien xa");
  EXPECT_EQ(screen.state.search, "dien xa");
  screen.enter();
  EXPECT_THAT(screen.state.view.selected, ElementsAre(geo::UnitIndex(std::uint32_t{3})));
  EXPECT_TRUE(screen.state.search.empty());
}

TEST(GlDesk, EveryDialogOpensDrawsAndClosesInBothLanguages) {
  DeskScreen screen(1200, 800, 1);
  apply(screen.state, command::WorkspaceLoaded{desk_test::small_loaded()});
  for (const Language language : {Language::english, Language::vietnamese}) {
    apply(screen.state, command::ChooseLanguage{language});
    for (const Dialog dialog : {Dialog::palette, Dialog::issues}) {
      apply(screen.state, command::OpenDialog{dialog});
      screen.settle();
      apply(screen.state, command::CloseDialog{});
      screen.settle();
    }
    apply(screen.state, command::ChoosePath{PathPurpose::import_file});
    screen.settle();
    apply(screen.state, command::DropFile{"/nowhere/file.csv"});
    data::PendingImport pending;
    pending.preview.columns = {"Xã", "Số"};
    pending.preview.fields = {{"code", 0, "Xã", true, false}, {"eligible", 1, "Số", false, false}};
    pending.preview.rows.resize(2);
    pending.preview.added = 2;
    apply(screen.state, command::ImportPrepared{{}, pending});
    screen.settle();
    apply(screen.state, command::CloseDialog{});
    screen.settle();
    apply(screen.state,
          command::JobFailed{geo::Error(geo::ErrorKind::io, geo::msg("app.internal_error"), "x",
                                        geo::msg("app.tell_the_makers"))});
    screen.settle();
    apply(screen.state, command::DismissError{});
    screen.settle();
  }
  // Nothing is left that would keep the mouse from the map.
  const Point at = over(screen, 1);
  screen.click(at.x, at.y);
  EXPECT_THAT(screen.state.view.selected, ElementsAre(geo::UnitIndex(std::uint32_t{1})));
}
