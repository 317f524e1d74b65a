#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/app/small_desk.hpp"

using namespace app;
using namespace app::command;
using desk_test::small_desk;
using desk_test::small_loaded;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

geo::UnitIndex unit(std::uint32_t i) { return geo::UnitIndex(i); }

/// The small desk with findings: one about a commune, one at a settlement of another.
AppState with_findings() {
  AppState s = small_desk();
  auto loaded = std::make_shared<Loaded>(*s.loaded);
  data::Finding one, two;
  one.key = "falling/99001";
  one.unit = unit(1);
  two.key = "outside/S1";
  two.unit = unit(3);
  two.at = geo::LonLat{103.15, 21.15};
  loaded->findings =
      std::make_shared<const std::vector<data::Finding>>(std::vector<data::Finding>{one, two});
  apply(s, WorkspaceLoaded{loaded});
  s.requests.clear();
  return s;
}

template <class Request>
const Request* asked(const AppState& s) {
  for (const JobRequest& request : s.requests) {
    if (const auto* found = std::get_if<Request>(&request)) return found;
  }
  return nullptr;
}

}  // namespace

TEST(ApplyLayers, AClickOnAClassSelectsThoseShownInItAndTheLegendSaysHowMany) {
  AppState s = small_desk();
  for (const auto& entry : s.derived.legend.entries) {
    if (!entry.category) continue;
    apply(s, SelectCategory{*entry.category});
    EXPECT_EQ(std::to_string(s.view.selected.size()) + " xã", entry.count) << entry.text;
  }
  apply(s, SelectCategory{s.derived.figures->colours.size()});
  EXPECT_THAT(s.view.selected, ElementsAre(unit(3))) << "not reported";
  apply(s, SelectCategory{*s.derived.figures->category[0], How::add});
  EXPECT_THAT(s.view.selected, testing::Contains(unit(0)));
  EXPECT_THAT(s.view.selected, testing::Contains(unit(3)));
}

TEST(ApplyLayers, DraggingABreakMakesTheClassesOnesOwn) {
  AppState s = small_desk();
  const data::Classes before = s.derived.figures->classes;
  ASSERT_GE(before.count(), 2U);
  apply(s, DragBreak{0, 0.15});
  EXPECT_EQ(s.view.choice.by, data::Classification::user_defined);
  EXPECT_DOUBLE_EQ(s.derived.figures->classes.breaks[1], 0.15);
  EXPECT_EQ(s.derived.figures->classes.count(), before.count());
  // Past its neighbour it stops.
  apply(s, DragBreak{0, 7});
  const auto& breaks = s.derived.figures->classes.breaks;
  EXPECT_LT(breaks[1], breaks[2]);
  apply(s, Undo{});
  apply(s, Undo{});
  EXPECT_EQ(s.derived.figures->classes.breaks, before.breaks);
  apply(s, DragBreak{99, 0.1});
  EXPECT_EQ(s.derived.figures->classes.breaks, before.breaks);
}

TEST(ApplyLayers, DraggingTheBorderAtTheTargetAwayLetsGoOfIt) {
  AppState s = small_desk();
  const auto first = *s.derived.figures->classes.first_at_target;
  apply(s, DragBreak{first - 1, 0.55});
  EXPECT_FALSE(s.view.choice.at_target);
  EXPECT_DOUBLE_EQ(s.derived.figures->classes.breaks[first], 0.55);
}

TEST(ApplyLayers, AFilterLimitsEveryPanelAndFollowsTheDate) {
  AppState s = small_desk();
  apply(s, Select{{unit(0), unit(3)}});
  Filter filter;
  filter.categories = {*s.derived.figures->category[0]};
  apply(s, ChooseFilter{filter});
  EXPECT_EQ(s.view.within, s.derived.shown);
  EXPECT_THAT(s.view.within, testing::Contains(unit(0)));
  EXPECT_THAT(s.view.selected, ElementsAre(unit(0))) << "what is filtered out is not selected";
  EXPECT_EQ(s.derived.ranking.size(), s.view.within.size());
  apply(s, ChooseDate{0});  // commune 0 had 10% then
  for (const geo::UnitIndex u : s.derived.shown) {
    EXPECT_EQ(s.derived.figures->category[u.value], filter.categories[0]);
  }
  apply(s, ChooseFilter{});
  EXPECT_THAT(s.view.within, IsEmpty());
  EXPECT_EQ(s.derived.ranking.size(), 4U);
  apply(s, Undo{});
  EXPECT_EQ(s.view.filter, filter);
}

TEST(ApplyLayers, AFilterThatNothingPassesShowsNothing) {
  AppState s = small_desk();
  Filter filter;
  filter.kinds = {"đặc khu"};
  apply(s, ChooseFilter{filter});
  EXPECT_TRUE(s.derived.shown.empty());
  EXPECT_TRUE(s.derived.ranking.empty());
  EXPECT_FALSE(s.derived.chosen.gap.rate);
  EXPECT_FALSE(s.derived.figures->total.rate);
}

TEST(ApplyLayers, AnotherLayerForgetsTheCategoriesOfTheOneBefore) {
  AppState s = small_desk();
  Filter filter;
  filter.categories = {0};
  filter.districts = {1};
  apply(s, ChooseFilter{filter});
  apply(s, ChooseLayer{MapLayer::silence});
  EXPECT_THAT(s.view.filter.categories, IsEmpty());
  EXPECT_THAT(s.view.filter.districts, ElementsAre(1));
  EXPECT_EQ(s.derived.figures->layer, MapLayer::silence);
  EXPECT_EQ(s.derived.shown.size(), 2U);
}

TEST(ApplyLayers, ScoresFollowTheirWeightsAndStabilityIsKnownWhereItIsWanted) {
  AppState s = small_desk();
  apply(s, TogglePanel{Panel::side});
  apply(s, ChooseFirst{3});
  EXPECT_TRUE(s.derived.stays.empty()) << "nobody looks at the ranking";
  apply(s, TogglePanel{Panel::side});
  apply(s, SortRanking{RankColumn::score});
  ASSERT_EQ(s.derived.stays.size(), 4U);
  for (std::size_t i = 1; i < s.derived.ranking.size(); ++i) {
    const double a = s.derived.score[s.derived.ranking[i - 1].unit.value],
                 b = s.derived.score[s.derived.ranking[i].unit.value];
    EXPECT_TRUE(std::isnan(b) || a >= b);
  }
  data::Weights weights;
  weights.of = {0, 1, 0, 0, 0, -3};  // by rate alone; a negative weight is none
  apply(s, ChooseWeights{weights});
  EXPECT_EQ(s.weights.of[5], 0);
  EXPECT_EQ(s.derived.ranking[0].unit, unit(2)) << "10%";
  apply(s, ChooseFirst{1});
  EXPECT_DOUBLE_EQ(s.derived.stays[2], 1);
  EXPECT_DOUBLE_EQ(s.derived.stays[1], 0);
  apply(s, Undo{});
  EXPECT_EQ(s.weights, data::Weights{});
}

TEST(ApplyLayers, PullingAtAWeightIsOneStepOfUndo) {
  AppState s = small_desk();
  const std::size_t before = s.history.past.size();
  for (const double weight : {1.0, 2.0, 3.0, 4.0}) {
    data::Weights weights;
    weights.of[1] = weight + 10;
    apply(s, ChooseWeights{weights});
  }
  EXPECT_EQ(s.history.past.size(), before + 1);
  EXPECT_EQ(s.rank_column, RankColumn::score) << "who pulls at a weight sees what it does";
  apply(s, Undo{});
  EXPECT_EQ(s.weights, data::Weights{});
}

TEST(ApplyLayers, DraggingABreakIsOneStepAfterTheFirst) {
  AppState s = small_desk();
  ASSERT_GE(s.derived.figures->classes.count(), 2U);
  const double start = s.derived.figures->classes.breaks[1];
  apply(s, DragBreak{0, start * 0.99});
  const std::size_t begun = s.history.past.size();
  for (int i = 2; i < 30; ++i) apply(s, DragBreak{0, start * (1 - 0.01 * i)});
  EXPECT_LE(s.history.past.size(), begun + 1);
}

TEST(ApplyLayers, ThePreviewForOtherEyesEndsWithItsDialog) {
  AppState s = small_desk();
  apply(s, OpenDialog{Dialog::classes});
  apply(s, ChooseEye{render::Eye::grey});
  EXPECT_EQ(s.view.eye, render::Eye::grey);
  apply(s, CloseDialog{});
  EXPECT_EQ(s.view.eye, render::Eye::normal);
}

TEST(ApplyLayers, ClassesOfOneIndicatorDoNotFilterAnother) {
  AppState s = small_desk();
  Filter filter;
  filter.categories = {0};
  apply(s, ChooseFilter{filter});
  apply(s, ChooseIndicator{data::Indicator::installed});
  EXPECT_TRUE(s.view.filter.categories.empty());
}

TEST(ApplyLayers, AJudgementOfAnotherWorkspaceIsLeftAlone) {
  AppState s = small_desk();
  auto other = std::make_shared<Loaded>(*s.loaded);
  other->file = "other.sqlite";
  const auto now = s.loaded;
  apply(s, JudgementKept{other});
  EXPECT_EQ(s.loaded, now);
}

TEST(ApplyLayers, StabilityOfACountryIsAskedOfAJobOnce) {
  AppState s = small_desk();
  auto dataset = std::make_shared<data::Dataset>(*s.loaded->dataset);
  auto loaded = std::make_shared<Loaded>(*s.loaded);
  auto shapes = desk_test::small_shapes();
  for (std::size_t i = dataset->communes.size(); i <= stability_at_once; ++i) {
    dataset->communes.push_back(dataset->communes[0]);
    dataset->communes.back().code = geo::UnitCode(std::to_string(i));
    shapes.push_back(shapes[0]);
  }
  dataset->version = 77;
  loaded->land = geo::build_land(shapes, dataset->crs);
  loaded->dataset = dataset;
  apply(s, WorkspaceLoaded{loaded});
  apply(s, SortRanking{RankColumn::score});
  ASSERT_TRUE(asked<FindStability>(s));
  const FindStability first = *asked<FindStability>(s);
  s.requests.clear();
  apply(s, HoverAt{});
  EXPECT_FALSE(asked<FindStability>(s)) << "it is on its way";
  data::Weights weights;
  weights.of[0] = 9;
  apply(s, ChooseWeights{weights});
  ASSERT_TRUE(asked<FindStability>(s));
  const FindStability second = *asked<FindStability>(s);
  const std::vector<double> stays(first.scores.units.size(), 0.5);
  apply(s, StabilityFound{first.asked, stays});
  EXPECT_TRUE(s.derived.stays.empty()) << "an answer to another question";
  apply(s, StabilityFound{second.asked, stays});
  EXPECT_EQ(s.derived.stays.size(), dataset->communes.size());
}

TEST(ApplyLayers, RankingByABarrierCountsThePeopleBehindIt) {
  AppState s = small_desk();
  apply(s, RankByBarrier{data::Barrier::no_grid});
  EXPECT_EQ(s.rank_column, RankColumn::barrier);
  const auto& splits = s.derived.figures->splits;
  double before = INFINITY;
  for (const data::RankRow& row : s.derived.ranking) {
    if (!row.gap.shortfall) continue;
    EXPECT_NEAR(splits[row.unit.value].total(), row.gap.shortfall->value, 1e-6);
    EXPECT_LE(splits[row.unit.value].of(data::Barrier::no_grid), before);
    before = splits[row.unit.value].of(data::Barrier::no_grid);
  }
  EXPECT_NEAR(s.derived.chosen.split.total(), s.derived.chosen.gap.shortfall->value, 1e-6);
}

TEST(ApplyLayers, ChartsShareTheSelection) {
  AppState s = small_desk();
  EXPECT_TRUE(s.derived.scatter.points.empty()) << "closed";
  apply(s, OpenDrawer{Drawer::scatter});
  apply(s, ChooseScatter{data::Indicator::activation_l2, data::Indicator::activation_l2});
  ASSERT_EQ(s.derived.scatter.points.size(), 3U);
  ASSERT_TRUE(s.derived.scatter.all);
  EXPECT_NEAR(s.derived.scatter.all->slope, 1, 1e-12);
  EXPECT_FALSE(s.derived.scatter.chosen);
  apply(s, Select{{unit(0), unit(1), unit(2)}});
  EXPECT_TRUE(s.derived.scatter.chosen);
  std::size_t chosen = 0;
  for (const std::size_t n : s.derived.histogram.chosen) chosen += n;
  EXPECT_EQ(chosen, 3U);
  apply(s, OpenDrawer{Drawer::time});
  ASSERT_EQ(s.derived.time_lines.size(), 4U);  // all, and the three
  EXPECT_FALSE(s.derived.time_lines[0].unit.valid());
  EXPECT_EQ(s.derived.time_lines[1].unit, unit(2)) << "most people short first";
  apply(s, OpenDrawer{Drawer::time});
  EXPECT_EQ(s.drawer, Drawer::none);
  EXPECT_TRUE(s.derived.time_lines.empty());
}

TEST(ApplyLayers, TheTargetIsSomebodys) {
  AppState s = small_desk();
  apply(s, Select{{unit(0)}});
  EXPECT_EQ(s.derived.chosen.target_of, "Tỉnh Thử");
  ASSERT_TRUE(s.derived.chosen.interval);
  EXPECT_LT(s.derived.chosen.interval->low, 0.3);
  EXPECT_GT(s.derived.chosen.interval->high, 0.3);
}

TEST(ApplyJudgement, AFindingZoomsToItsPlace) {
  AppState s = with_findings();
  apply(s, OpenDialog{Dialog::findings});
  apply(s, GoToFinding{0});
  EXPECT_THAT(s.view.selected, ElementsAre(unit(1)));
  EXPECT_TRUE(s.loaded->land->boxes[1].contains(s.camera.centre));
  EXPECT_EQ(s.dialog, Dialog::none);
  apply(s, GoToFinding{1});
  const geo::Projection projection(s.loaded->land->crs);
  EXPECT_EQ(s.camera.centre, projection.to_map({103.15, 21.15}));
  EXPECT_LE(s.camera.metres_per_pixel, 60);
  apply(s, GoToFinding{9});
  EXPECT_THAT(s.view.selected, ElementsAre(unit(3)));
}

TEST(ApplyJudgement, AcceptingNeedsAReasonAndCanBeUndone) {
  AppState s = with_findings();
  apply(s, AskReason{"falling/99001"});
  EXPECT_EQ(s.dialog, Dialog::accept);
  apply(s, AcceptFinding{"falling/99001", ""});
  EXPECT_FALSE(asked<KeepJudgement>(s));
  apply(s, AcceptFinding{"falling/99001", "đã gọi hỏi xã"});
  ASSERT_TRUE(asked<KeepJudgement>(s));
  EXPECT_EQ(std::get<LetFindingStand>(asked<KeepJudgement>(s)->judgement).reason, "đã gọi hỏi xã");
  s.requests.clear();
  apply(s, Undo{});
  ASSERT_TRUE(asked<KeepJudgement>(s));
  EXPECT_EQ(std::get<FindingCounts>(asked<KeepJudgement>(s)->judgement).key, "falling/99001");
  s.requests.clear();
  apply(s, Redo{});
  ASSERT_TRUE(asked<KeepJudgement>(s));
  EXPECT_TRUE(std::holds_alternative<LetFindingStand>(asked<KeepJudgement>(s)->judgement));
  s.requests.clear();
  apply(s, AcceptFinding{"no such finding", "x"});
  EXPECT_TRUE(s.requests.empty());
}

TEST(ApplyJudgement, AKeptJudgementLeavesWhatIsLookedAtAsItIs) {
  AppState s = with_findings();
  apply(s, Select{{unit(2)}});
  apply(s, PanBy{31, 7});
  const render::Camera camera = s.camera;
  auto loaded = std::make_shared<Loaded>(*s.loaded);
  auto dataset = std::make_shared<data::Dataset>(*loaded->dataset);
  dataset->version = 9;
  loaded->dataset = dataset;
  apply(s, JudgementKept{loaded});
  EXPECT_EQ(s.loaded, loaded);
  EXPECT_THAT(s.view.selected, ElementsAre(unit(2)));
  EXPECT_EQ(s.camera.centre, camera.centre);
  apply(s, Undo{});
  EXPECT_THAT(s.view.selected, IsEmpty()) << "the selection is what is undone";
}

TEST(ApplyJudgement, TheRuleIsEditedAndKeptOnlyWhenItDiffers) {
  AppState s = small_desk();
  apply(s, OpenDialog{Dialog::rule});
  EXPECT_EQ(s.rule, s.dataset()->barrier_rule);
  apply(s, KeepRule{});
  EXPECT_FALSE(asked<KeepJudgement>(s));
  data::BarrierRule rule;
  rule.weak_signal = 1;
  apply(s, EditRule{rule});
  apply(s, KeepRule{});
  ASSERT_TRUE(asked<KeepJudgement>(s));
  EXPECT_EQ(std::get<data::BarrierRule>(asked<KeepJudgement>(s)->judgement), rule);
}

TEST(ApplyFiles, TheTableIsExportedAsItIsShown) {
  AppState s = small_desk();
  apply(s, ChoosePath{PathPurpose::export_table});
  EXPECT_EQ(s.path.text, "phusong.xlsx");
  apply(s, AcceptPath{"/tmp/nowhere/table.csv"});
  ASSERT_TRUE(asked<ExportTable>(s));
  EXPECT_EQ(asked<ExportTable>(s)->file, "/tmp/nowhere/table.csv");
}

TEST(ApplyFiles, AReportIsPrintedWithOrWithoutPagesOfCommunes) {
  AppState s = small_desk();
  for (const bool atlas : {false, true}) {
    apply(s, ChoosePath{atlas ? PathPurpose::export_atlas : PathPurpose::export_report});
    EXPECT_TRUE(s.path.text.ends_with(".pdf")) << s.path.text;
    apply(s, AcceptPath{"/tmp/nowhere/report.pdf"});
    ASSERT_TRUE(asked<ExportReport>(s));
    EXPECT_EQ(asked<ExportReport>(s)->file, "/tmp/nowhere/report.pdf");
    EXPECT_EQ(asked<ExportReport>(s)->atlas, atlas);
    EXPECT_EQ(asked<ExportReport>(s)->loaded, s.loaded);
    s.requests.clear();
  }
}

TEST(ApplyFiles, RedoOfAnImportThatWasTakenBackSaysWhatToDo) {
  AppState s = small_desk();
  data::Source source;
  source.id = 9;
  source.rows = 1;
  source.file = "week.csv";
  apply(s, ImportWritten{source});
  apply(s, Undo{});
  apply(s, ImportTakenBack{source});
  ASSERT_FALSE(s.history.future.empty());
  apply(s, Redo{});
  ASSERT_TRUE(s.toast);
  EXPECT_EQ(s.toast->message.id, "app.import_again");
  EXPECT_TRUE(s.history.future.empty());
}
