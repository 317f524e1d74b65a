// Settlements on the map: what is drawn when, what is said of it, and what a click means.
#include "app/points.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/actions.hpp"
#include "tests/app/small_desk.hpp"

using namespace app;
using namespace app::command;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

/// The small desk with some more settlements, one of them without a place.
AppState desk_with_settlements() {
  AppState s = desk_test::small_desk();
  auto loaded = std::make_shared<Loaded>(*s.loaded);
  auto dataset = std::make_shared<data::Dataset>(*loaded->dataset);
  dataset->version = 77;
  data::Settlement more = dataset->settlements[0];
  more.id = "S2";
  more.name = "Tổ 1";
  more.commune = geo::UnitIndex(std::uint32_t{0});
  more.at = geo::LonLat{103.04, 21.05};
  more.electricity = data::Electricity::grid;
  more.signal = data::Signal::good;
  more.trace = {7, 12};
  dataset->settlements.push_back(more);
  more.id = "S3";
  more.at.reset();
  more.electricity = data::Electricity::offgrid;
  dataset->settlements.push_back(more);
  loaded->points = make_points(*dataset, dataset->crs);
  loaded->dataset = dataset;
  apply(s, WorkspaceLoaded{loaded});
  return s;
}

std::vector<std::string> rows(const std::vector<render::LegendEntry>& legend) {
  std::vector<std::string> out;
  for (const auto& entry : legend) {
    out.push_back(entry.text + (entry.count.empty() ? "" : ": " + entry.count));
  }
  return out;
}

render::PixelPoint pixel_of(const AppState& s, std::uint32_t settlement) {
  const auto& cloud = *s.points.layer.cloud;
  for (std::uint32_t i = 0; i < cloud.source.size(); ++i) {
    if (cloud.source[i] == settlement) return s.camera.to_pixel(cloud.at(i));
  }
  ADD_FAILURE() << "not on the map";
  return {};
}

}  // namespace

TEST(SettlementPoints, AppearOnceTheMapIsNearEnoughUnlessAskedOtherwise) {
  AppState s = desk_with_settlements();
  EXPECT_EQ(s.view.points, PointsShown::near);
  EXPECT_TRUE(s.points.drawn) << "two in a small province: there is room";
  s.camera = render::zoom_at(s.camera, {400, 300}, 1 / 200.0);
  apply(s, PanBy{});
  EXPECT_FALSE(s.points.drawn) << "they would bury the map";
  apply(s, ShowPoints{PointsShown::always});
  EXPECT_TRUE(s.points.drawn);
  EXPECT_EQ(s.points.in_view.all, 2U);
  EXPECT_EQ(s.points.in_view.drawn, 1U) << "thinned, and counted";
  EXPECT_THAT(thinned_text(s.points.in_view, Language::english), HasSubstr("1 of 2"));
  apply(s, ToggleLayer{ToggleLayer::points});
  EXPECT_EQ(s.view.points, PointsShown::never);
  EXPECT_FALSE(s.points.drawn);
  apply(s, ToggleLayer{ToggleLayer::points});
  EXPECT_EQ(s.view.points, PointsShown::near);
}

TEST(SettlementPoints, HaveAKeyAndAName) {
  const AppState s = desk_with_settlements();
  const auto command = command_for_key(s, {'5'}, false);
  ASSERT_TRUE(command.has_value());
  EXPECT_EQ(std::get<ToggleLayer>(*command).which, ToggleLayer::points);
}

TEST(SettlementPoints, TheLegendCountsEveryStateAndThoseThatCannotBeDrawn) {
  const AppState s = desk_with_settlements();
  EXPECT_THAT(rows(s.derived.points_legend),
              ElementsAre("ĐIỂM DÂN CƯ", "chưa có điện: 1", "có điện lưới: 1",
                          "sóng yếu, lõm sóng: 1", "1 điểm chưa có tọa độ nên không vẽ được"));
}

TEST(SettlementPoints, OneBeyondTheMapIsLeftOutAndNamed) {
  AppState s = desk_with_settlements();
  auto loaded = std::make_shared<Loaded>(*s.loaded);
  auto dataset = std::make_shared<data::Dataset>(*loaded->dataset);
  dataset->version = 80;
  dataset->settlements[0].at = geo::LonLat{21.15, 103.15};  // columns swapped
  dataset->settlements[0].trace = {7, 5};
  loaded->points.reset();
  loaded->dataset = dataset;
  apply(s, WorkspaceLoaded{loaded});
  const std::size_t issues = s.loaded->issues.size(), attention = s.derived.attention.size();
  apply(s, Completed{s.loaded, make_points(*dataset, dataset->crs)});
  ASSERT_TRUE(s.loaded->points && s.loaded->points->cloud) << "the others are there";
  EXPECT_EQ(s.loaded->points->cloud->points.size(), 1U);
  EXPECT_EQ(s.loaded->points->cloud->source[0], 1U);
  EXPECT_THAT(s.loaded->points->beyond, ElementsAre(0U));
  EXPECT_THAT(
      rows(s.derived.points_legend),
      ElementsAre("ĐIỂM DÂN CƯ", "có điện lưới: 1", "1 điểm chưa có tọa độ nên không vẽ được",
                  "1 điểm có tọa độ ngoài hệ tọa độ bản đồ nên không vẽ được"));
  ASSERT_EQ(s.loaded->issues.size(), issues + 1);
  const std::string words = say(Language::vietnamese, s.loaded->issues.back());
  EXPECT_THAT(words, HasSubstr("Bản Huổi Púng"));
  EXPECT_THAT(words, HasSubstr("reports.csv"));
  EXPECT_EQ(s.loaded->issues.back().row, 5);
  EXPECT_EQ(s.derived.attention.size(), attention + 1) << "the rail leads to the list";
  const render::Camera camera = s.camera;
  look_at(s, geo::LonLat{21.15, 103.15});  // found by name: its commune is shown
  EXPECT_EQ(s.camera.centre, camera.centre);
}

TEST(SettlementPoints, OfVeryManyBeyondTheMapTheListStaysReadable) {
  data::Dataset dataset = *desk_test::small_loaded()->dataset;
  dataset.settlements[0].at = geo::LonLat{21.15, 103.15};
  dataset.settlements.resize(250, dataset.settlements[0]);
  const auto points = make_points(dataset, dataset.crs);
  EXPECT_FALSE(points->cloud);
  EXPECT_EQ(points->beyond.size(), 250U);
  const geo::Issues issues = issues_of(*points, dataset, {});
  ASSERT_EQ(issues.size(), 101U);
  EXPECT_THAT(say(Language::english, issues.back().message), HasSubstr("150"));
}

TEST(SettlementPoints, FollowTheFilter) {
  AppState s = desk_with_settlements();
  Filter filter;
  filter.districts = {1};
  apply(s, ChooseFilter{filter});
  EXPECT_THAT(
      rows(s.derived.points_legend),
      ElementsAre("ĐIỂM DÂN CƯ", "có điện lưới: 1", "1 điểm chưa có tọa độ nên không vẽ được"));
  apply(s, ShowPoints{PointsShown::always});
  EXPECT_EQ(s.points.layer.units_shown.size(), 4U);
  apply(s, HoverAt{s.camera.to_pixel(s.points.layer.cloud->at(0))});
  apply(s, Fit{});
  EXPECT_EQ(s.points.in_view.all, 1U);
}

TEST(SettlementPoints, NumbersAndFiguresAreNotWorkedOutAgainForThem) {
  AppState s = desk_with_settlements();
  const auto figures = s.derived.figures;
  apply(s, ToggleLayer{ToggleLayer::points});
  apply(s, HoverAt{pixel_of(desk_with_settlements(), 1)});
  EXPECT_EQ(s.derived.figures, figures);
}

TEST(SettlementPoints, OneUnderTheMouseIsToldWithItsSource) {
  AppState s = desk_with_settlements();
  const render::PixelPoint at = pixel_of(s, 1);
  apply(s, HoverAt{at});
  ASSERT_TRUE(s.view.hovered_point.has_value());
  EXPECT_EQ(s.view.hovered, geo::UnitIndex(std::uint32_t{0}));
  const std::uint32_t settlement = s.points.layer.cloud->source[*s.view.hovered_point];
  EXPECT_EQ(settlement, 1U);
  const PointWords words =
      point_words(*s.dataset(), s.loaded->sources, settlement, Language::vietnamese);
  EXPECT_EQ(words.name, "Tổ 1");
  EXPECT_THAT(words.place, HasSubstr("Mường Na"));
  EXPECT_THAT(words.lines, ElementsAre("200 người", "có điện lưới", "sóng tốt"));
  EXPECT_EQ(words.source, "reports.csv, dòng 12");
  apply(s, HoverAt{render::PixelPoint{at.x + 60, at.y}});
  EXPECT_FALSE(s.view.hovered_point.has_value());
  apply(s, HoverAt{at});
  apply(s, Hover{});
  EXPECT_FALSE(s.view.hovered_point.has_value());
}

TEST(SettlementPoints, AClickSelectsItsCommuneAlsoFromBeyondTheBorder) {
  AppState s = desk_with_settlements();
  auto loaded = std::make_shared<Loaded>(*s.loaded);
  auto dataset = std::make_shared<data::Dataset>(*loaded->dataset);
  dataset->version = 78;
  dataset->settlements[1].at = geo::LonLat{103.15, 21.05};  // within commune 1, of commune 0
  loaded->points = make_points(*dataset, dataset->crs);
  loaded->dataset = dataset;
  apply(s, WorkspaceLoaded{loaded});
  apply(s, SelectAt{pixel_of(s, 1)});
  EXPECT_THAT(s.view.selected, ElementsAre(geo::UnitIndex(std::uint32_t{0})));
}

TEST(SettlementPoints, WithoutSettlementsNothingIsDrawnOrSaid) {
  AppState s = desk_with_settlements();
  auto loaded = std::make_shared<Loaded>(*s.loaded);
  auto dataset = std::make_shared<data::Dataset>(*loaded->dataset);
  dataset->version = 79;
  dataset->settlements.clear();
  loaded->points = make_points(*dataset, dataset->crs);
  loaded->dataset = dataset;
  apply(s, WorkspaceLoaded{loaded});
  EXPECT_FALSE(s.points.drawn);
  EXPECT_THAT(s.derived.points_legend, IsEmpty());
  EXPECT_FALSE(points_fit(*dataset, loaded->land->bounds, 1000, 800));
}
