#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/small_desk.hpp"

using namespace app;
using namespace app::command;
using desk_test::middle_of;
using desk_test::small_desk;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {
geo::UnitIndex unit(std::uint32_t i) { return geo::UnitIndex(i); }
}  // namespace

TEST(Apply, OpeningAWorkspaceFitsTheMapAndShowsTheLatestDate) {
  const AppState s = small_desk();
  ASSERT_TRUE(s.derived.figures);
  EXPECT_EQ(geo::iso(s.derived.figures->at), "2023-07-02");
  EXPECT_EQ(s.derived.date_index, 2U);
  const geo::Box view = s.camera.view();
  const geo::Box& land = s.loaded->land->bounds;
  EXPECT_TRUE(view.contains(land.min) && view.contains(land.max));
  EXPECT_EQ(s.derived.ranking.size(), 4U);
}

TEST(Apply, ClickSelectsShiftAddsCtrlRemovesEmptyGroundClears) {
  AppState s = small_desk();
  apply(s, SelectAt{middle_of(s, 0)});
  EXPECT_THAT(s.view.selected, ElementsAre(unit(0)));
  apply(s, SelectAt{middle_of(s, 3), How::add});
  apply(s, SelectAt{middle_of(s, 2), How::add});
  EXPECT_THAT(s.view.selected, ElementsAre(unit(0), unit(2), unit(3)));
  apply(s, SelectAt{middle_of(s, 2), How::remove});
  EXPECT_THAT(s.view.selected, ElementsAre(unit(0), unit(3)));
  apply(s, SelectAt{{1, 1}});
  EXPECT_THAT(s.view.selected, IsEmpty());
}

TEST(Apply, ABoxSelectsWhatItTouches) {
  AppState s = small_desk();
  const render::PixelPoint a = middle_of(s, 2), b = middle_of(s, 3);
  apply(s, SelectBox{{a.x - 3, a.y - 3}, {b.x + 3, b.y + 3}});
  EXPECT_THAT(s.view.selected, ElementsAre(unit(2), unit(3)));
}

TEST(Apply, WheelKeepsTheGroundUnderTheCursor) {
  AppState s = small_desk();
  const render::PixelPoint at{123, 456};
  const geo::MapPoint before = s.camera.to_map(at);
  apply(s, ZoomAt{at, 1.25});
  const geo::MapPoint after = s.camera.to_map(at);
  EXPECT_NEAR(after.x, before.x, 1e-6);
  EXPECT_NEAR(after.y, before.y, 1e-6);
  apply(s, Fit{});
  EXPECT_TRUE(s.camera.view().contains(s.loaded->land->bounds.min));
}

TEST(Apply, ZoomStopsAtBothEnds) {
  AppState s = small_desk();
  for (int i = 0; i < 200; ++i) apply(s, ZoomAt{{}, 2});
  EXPECT_NEAR(s.camera.metres_per_pixel, 0.5, 1e-9);
  for (int i = 0; i < 200; ++i) apply(s, ZoomAt{{}, 0.5});
  EXPECT_NEAR(s.camera.metres_per_pixel, 5000, 1e-6);
}

TEST(Apply, AFittedMapStaysFittedWhenTheWindowGrowsAMovedOneStaysWhereItIs) {
  AppState s = small_desk();
  apply(s, ResizeMap{1600, 1200, 1});
  EXPECT_LT(s.loaded->land->bounds.height() / s.camera.metres_per_pixel, 1200);
  EXPECT_GT(s.loaded->land->bounds.height() / s.camera.metres_per_pixel, 800);
  apply(s, PanBy{50, 20});
  const render::Camera moved = s.camera;
  apply(s, ResizeMap{800, 600, 1});
  EXPECT_EQ(s.camera.metres_per_pixel, moved.metres_per_pixel);
  EXPECT_EQ(s.camera.centre, moved.centre);
}

TEST(Apply, TheNumbersOfTheChosenCommuneFollowTheDate) {
  AppState s = small_desk();
  apply(s, Select{{unit(0)}});
  ASSERT_TRUE(s.derived.chosen.gap.rate);
  EXPECT_DOUBLE_EQ(s.derived.chosen.gap.rate->value, 0.3);
  EXPECT_DOUBLE_EQ(s.derived.chosen.gap.shortfall->value, 300);
  apply(s, ChooseDate{0});
  EXPECT_DOUBLE_EQ(s.derived.chosen.gap.rate->value, 0.1);
  EXPECT_DOUBLE_EQ(s.derived.chosen.gap.achievement->value, 100 / 600.0);
  EXPECT_EQ(s.derived.chosen.series.size(), 3U);
  ASSERT_EQ(s.derived.chosen.traces.size(), 1U);
  EXPECT_EQ(s.derived.chosen.traces[0].file, "reports.csv");
  EXPECT_EQ(s.derived.chosen.traces[0].row, 3);
}

TEST(Apply, NotReportedIsNotZeroAndStandsLastHoweverSorted) {
  AppState s = small_desk();
  for (const RankColumn column : {RankColumn::rate, RankColumn::achievement}) {
    apply(s, SortRanking{column});
    EXPECT_EQ(s.derived.ranking.back().unit, unit(3));
    apply(s, SortRanking{column});
    EXPECT_EQ(s.derived.ranking.back().unit, unit(3));
  }
  EXPECT_FALSE(s.derived.figures->gaps[3].rate);
}

TEST(Apply, SortingTwiceTurnsTheRankingRound) {
  AppState s = small_desk();
  EXPECT_EQ(s.derived.ranking[0].unit, unit(2));  // 400 of 800 × 60% short
  apply(s, SortRanking{RankColumn::rate});
  EXPECT_EQ(s.derived.ranking[0].unit, unit(2));  // 10%
  apply(s, SortRanking{RankColumn::rate});
  EXPECT_EQ(s.derived.ranking[0].unit, unit(1));  // 80%
  apply(s, SortRanking{RankColumn::name});
  EXPECT_EQ(s.derived.ranking[0].unit, unit(2));  // Bản Đông, Điện Xa, Mường Na, Núa Lang
  EXPECT_EQ(s.derived.ranking[1].unit, unit(3));
}

TEST(Apply, UndoGoesBackThroughSelectionIndicatorAndDateAndRedoForward) {
  AppState s = small_desk();
  apply(s, Select{{unit(1)}});
  apply(s, ChooseIndicator{data::Indicator::electricity});
  apply(s, Select{{unit(2)}});
  apply(s, Undo{});
  EXPECT_THAT(s.view.selected, ElementsAre(unit(1)));
  apply(s, Undo{});
  EXPECT_EQ(s.view.indicator, data::Indicator::activation_l2);
  EXPECT_EQ(s.derived.figures->indicator, data::Indicator::activation_l2);
  apply(s, Redo{});
  EXPECT_EQ(s.view.indicator, data::Indicator::electricity);
  apply(s, Undo{});
  apply(s, Undo{});
  EXPECT_THAT(s.view.selected, IsEmpty());
  apply(s, Undo{});
  EXPECT_THAT(s.view.selected, IsEmpty());
}

TEST(Apply, DraggingAlongTheTimeLineIsOneStep) {
  AppState s = small_desk();
  apply(s, Select{{unit(0)}});
  apply(s, ChooseDate{1});
  apply(s, ChooseDate{0});
  apply(s, Undo{});
  EXPECT_EQ(s.derived.date_index, 2U);
  EXPECT_THAT(s.view.selected, ElementsAre(unit(0)));
}

TEST(Apply, PlayingWalksTheDatesAndStopsAtTheLast) {
  AppState s = small_desk();
  auto now = std::chrono::steady_clock::time_point{} + std::chrono::hours(1);
  apply(s, Tick{now});
  apply(s, Play{true});
  EXPECT_EQ(s.derived.date_index, 0U) << "from the end it starts again";
  now += std::chrono::milliseconds(100);
  apply(s, Tick{now});
  EXPECT_EQ(s.derived.date_index, 0U);
  for (int i = 0; i < 5; ++i) {
    now += std::chrono::seconds(1);
    apply(s, Tick{now});
  }
  EXPECT_EQ(s.derived.date_index, 2U);
  EXPECT_FALSE(s.playing);
}

TEST(Apply, AFormerDistrictLimitsRankingAndTotals) {
  AppState s = small_desk();
  apply(s, Select{{unit(0), unit(2)}});
  apply(s, ChooseWithin{1});
  EXPECT_EQ(s.derived.ranking.size(), 2U);
  EXPECT_DOUBLE_EQ(s.derived.figures->total.eligible->value, 1500);
  EXPECT_THAT(s.view.selected, ElementsAre(unit(0)));
  apply(s, ChooseWithin{-1});
  EXPECT_EQ(s.derived.ranking.size(), 4U);
}

TEST(Apply, SearchWithoutAccentsFindsAndGoesThere) {
  AppState s = small_desk();
  apply(s, TypeSearch{"dien xa"});
  ASSERT_FALSE(s.found.empty());
  EXPECT_EQ(s.found[0].name, "Xã Điện Xa");
  apply(s, GoToFound{0});
  EXPECT_THAT(s.view.selected, ElementsAre(unit(3)));
  EXPECT_TRUE(s.search.empty());
  EXPECT_TRUE(s.loaded->land->boxes[3].contains(s.camera.centre));
  apply(s, TypeSearch{"huoi pung"});
  ASSERT_EQ(s.found.size(), 1U);
  EXPECT_EQ(s.found[0].kind, FoundKind::settlement);
  apply(s, TypeSearch{"huyen bac"});
  ASSERT_EQ(s.found.size(), 1U);
  apply(s, GoToFound{0});
  EXPECT_THAT(s.view.selected, ElementsAre(unit(2), unit(3)));
}

TEST(Apply, WhatNeedsAttentionIsCountedFromTheData) {
  const AppState s = small_desk();
  bool silent = false, missing = false;
  for (const Attention& a : s.derived.attention) {
    if (a.message.id == "app.attention_silent") {
      silent = true;
      EXPECT_THAT(a.units, ElementsAre(unit(2)));
    }
    if (a.message.id == "app.attention_not_reported") {
      missing = true;
      EXPECT_THAT(a.units, ElementsAre(unit(3)));
    }
  }
  EXPECT_TRUE(silent);
  EXPECT_TRUE(missing);
}

TEST(Apply, ReloadingKeepsTheSelectionByCode) {
  AppState s = small_desk();
  apply(s, Select{{unit(3)}});
  auto fewer = std::make_shared<data::Dataset>(*desk_test::small_loaded(2)->dataset);
  fewer->communes.erase(fewer->communes.begin());
  auto shapes = desk_test::small_shapes();
  shapes.erase(shapes.begin());
  fewer->settlements.clear();  // they point at communes by index
  auto loaded = std::make_shared<Loaded>(*desk_test::small_loaded(2));
  loaded->dataset = fewer;
  loaded->land = geo::build_land(shapes, fewer->crs);
  apply(s, WorkspaceLoaded{loaded});
  EXPECT_THAT(s.view.selected, ElementsAre(unit(2)));
  EXPECT_EQ(s.derived.ranking.size(), 3U);
}

TEST(Apply, AnImportIsReadShownWrittenAndTakenBackByJobs) {
  AppState s = small_desk();
  apply(s, DropFile{"/somewhere/weekly.csv"});
  ASSERT_EQ(s.requests.size(), 1U);
  EXPECT_TRUE(std::get<PrepareImport>(s.requests[0]).guess_kind);
  EXPECT_EQ(s.dialog, Dialog::import);
  data::PendingImport pending;
  pending.preview.added = 1;
  pending.preview.rows.resize(3);
  pending.preview.rows[0].change = data::Change::added;
  pending.preview.rows[1].change = data::Change::refused;
  pending.preview.rows[2].change = data::Change::same;
  apply(s, ImportPrepared{{}, pending});
  EXPECT_EQ(s.import.shown.size(), 3U);
  apply(s, FilterImport{RowFilter::refused});
  EXPECT_THAT(s.import.shown, ElementsAre(1U));
  apply(s, FilterImport{RowFilter::differing});
  EXPECT_THAT(s.import.shown, ElementsAre(0U, 1U));
  s.requests.clear();
  apply(s, AcceptImport{});
  ASSERT_EQ(s.requests.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<WriteImport>(s.requests[0]));
  EXPECT_EQ(s.dialog, Dialog::none);
  s.requests.clear();
  data::Source source;
  source.id = 9;
  source.rows = 1;
  apply(s, ImportWritten{source});
  ASSERT_TRUE(s.toast);
  EXPECT_TRUE(s.toast->can_undo);
  ASSERT_EQ(s.requests.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<LoadWorkspace>(s.requests[0]));
  s.requests.clear();
  apply(s, Undo{});
  ASSERT_EQ(s.requests.size(), 1U);
  ASSERT_TRUE(std::holds_alternative<TakeBackImport>(s.requests[0]));
  EXPECT_EQ(std::get<TakeBackImport>(s.requests[0]).source, 9) << "this one and no other";
  apply(s, ImportTakenBack{source});
  EXPECT_TRUE(s.history.past.empty());
}

TEST(Apply, AnImportThatIsNotTheLatestAnyMoreIsNoStepToUndo) {
  AppState s = small_desk();
  data::Source source;
  source.id = 9;
  apply(s, ImportWritten{source});
  s.requests.clear();
  apply(s, ImportTakenBack{{}, 9});
  EXPECT_TRUE(s.history.past.empty());
  EXPECT_TRUE(s.requests.empty());
  ASSERT_TRUE(s.toast);
  EXPECT_EQ(s.toast->message.id, "app.import_overtaken");
}

TEST(Apply, ClosingThePreviewWhileTheFileIsReadForgetsIt) {
  AppState s = small_desk();
  apply(s, DropFile{"/somewhere/weekly.csv"});
  apply(s, CloseDialog{});
  apply(s, ImportPrepared{{}, {}});
  EXPECT_EQ(s.dialog, Dialog::none);
  EXPECT_FALSE(s.import.pending);
}

TEST(Apply, ADroppedFileWithoutAWorkspaceSaysWhatToDo) {
  AppState s;
  apply(s, DropFile{"/somewhere/weekly.csv"});
  ASSERT_TRUE(s.error);
  EXPECT_TRUE(s.requests.empty());
  apply(s, DismissError{});
  EXPECT_FALSE(s.error);
}
