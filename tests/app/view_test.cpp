#include "app/figures.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "app/picture.hpp"
#include "app/reasons.hpp"
#include "tests/app/six_communes.hpp"
#include "tests/data/report_lists.hpp"

using app::Language;
using data::Indicator;
using six::squares;
using six::week;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

namespace {

constexpr auto vi = Language::vietnamese;
constexpr auto en = Language::english;

std::vector<const render::LegendEntry*> of_kind(const render::Legend& legend,
                                                render::LegendEntry::Swatch swatch) {
  std::vector<const render::LegendEntry*> found;
  for (const auto& entry : legend.entries) {
    if (entry.swatch == swatch) found.push_back(&entry);
  }
  return found;
}

std::size_t areas_filled(const render::Frame& frame, render::Colour colour) {
  return static_cast<std::size_t>(
      std::count_if(frame.areas.begin(), frame.areas.end(),
                    [colour](const render::AreaStyle& area) { return area.fill == colour; }));
}

std::set<std::size_t> with_pattern(const render::Frame& frame, std::uint32_t pattern) {
  std::set<std::size_t> found;
  for (std::size_t i = 0; i < frame.areas.size(); ++i) {
    if ((frame.areas[i].patterns & pattern) != 0) found.insert(i);
  }
  return found;
}

app::View plain(Language language = vi) {
  app::View view;
  view.language = language;
  return view;
}

}  // namespace

TEST(View, NamesClassesTheReadersWay) {
  const data::Classes target{{0, 0.2, 0.26, 0.32, 0.4, 1}, 4};
  EXPECT_THAT(app::class_names(target, Indicator::activation_l2, vi),
              ElementsAre("dưới 20%", "20 – 26%", "26 – 32%", "32 – 40%", "từ 40%"));
  EXPECT_THAT(app::class_names(target, Indicator::activation_l2, en),
              ElementsAre("under 20%", "20 – 26%", "26 – 32%", "32 – 40%", "40% and over"));
  const data::Classes halves{{0, 0.125, 0.6, 1}, 2};
  EXPECT_THAT(app::class_names(halves, Indicator::installed, vi),
              ElementsAre("dưới 12,5%", "12,5 – 60,0%", "từ 60,0%"));
  const data::Classes teams{{0.25, 0.75, 1.25, 3}, {}};
  EXPECT_THAT(app::class_names(teams, Indicator::teams_per_1000, vi),
              ElementsAre("dưới 0,75", "0,75 – 1,25", "từ 1,25"));
}

TEST(View, NamesASingleClass) {
  EXPECT_THAT(app::class_names({{0, 0.6}, 1}, Indicator::activation_l2, vi),
              ElementsAre("dưới 60%"));
  EXPECT_THAT(app::class_names({{0.6, 1}, 0}, Indicator::activation_l2, vi), ElementsAre("từ 60%"));
  EXPECT_THAT(app::class_names({{0.2, 0.6}, {}}, Indicator::electricity, vi),
              ElementsAre("20 – 60%"));
  EXPECT_THAT(app::class_names({{1, 1}, {}}, Indicator::electricity, vi), ElementsAre("100%"));
  EXPECT_TRUE(app::class_names({}, Indicator::electricity, vi).empty());
}

TEST(View, AnchorsClassesAtTheTargetOfMostPeople) {
  const auto d = six::communes();
  const auto f = app::figures(d, Indicator::activation_l2, {});
  ASSERT_TRUE(f.target);
  EXPECT_DOUBLE_EQ(*f.target, 0.4);
  ASSERT_TRUE(f.classes.first_at_target);
  EXPECT_DOUBLE_EQ(f.classes.breaks[*f.classes.first_at_target], 0.4);
  EXPECT_EQ(f.other_targets, 1u);  // commune 4; commune 5 has no eligible people
  EXPECT_EQ(f.at, week(1));
  // Two more, for those that are held to a target of their own.
  EXPECT_EQ(f.colours.size(), f.classes.count() + 2);
  EXPECT_EQ(f.class_counts.size(), f.colours.size());
}

TEST(View, ACommuneBelowItsOwnHigherTargetIsNotDrawnAsIfItHadReachedIt) {
  const auto d = six::communes();
  const auto f = app::figures(d, Indicator::activation_l2, {});
  // Commune 4: 70%, past the common 40% but short of its own 85%.
  EXPECT_EQ(f.classes.of(f.gaps[4].rate->value), f.classes.first_at_target);
  EXPECT_EQ(f.category[4], f.classes.count());
  EXPECT_EQ(f.class_counts[f.classes.count()], 1u);
  EXPECT_GT(f.gaps[4].shortfall->value, 0);
  // Commune 3 has reached the common target, which is its own: cool.
  EXPECT_EQ(f.category[3], f.classes.first_at_target);
  bool told = false;
  const render::Legend legend = app::legend(f, d, vi);
  for (const auto* entry : of_kind(legend, render::LegendEntry::Swatch::colour)) {
    told = told || (entry->text == "đạt mức chung, chưa đạt chỉ tiêu riêng" &&
                    entry->colour == f.colours[f.classes.count()]);
  }
  EXPECT_TRUE(told);
}

TEST(View, ACommuneAtItsOwnLowerTargetIsNotDrawnAsIfItWereShort) {
  auto d = six::communes();
  d.targets[1].share = 0.2;  // of the second district: commune 4
  data::test::change_reports(d, 4, [](auto& r) { r[1].activated_l2 = 150; });
  const auto f = app::figures(d, Indicator::activation_l2, {});
  EXPECT_DOUBLE_EQ(*f.target, 0.4);
  EXPECT_EQ(f.category[4], f.classes.count() + 1);
}

TEST(View, LegendNeverMovesAlongTheTimeLine) {
  const auto d = six::communes();
  const auto first = app::figures(d, Indicator::activation_l2, week(0));
  const auto last = app::figures(d, Indicator::activation_l2, week(1));
  EXPECT_EQ(first.classes.breaks, last.classes.breaks);
  EXPECT_EQ(first.colours, last.colours);
  EXPECT_DOUBLE_EQ(first.people_per_circle_area, last.people_per_circle_area);
  EXPECT_NE(first.class_counts, last.class_counts);  // the communes do move
}

TEST(View, ScaleOfOtherFiguresIsTheOneThatWouldBeWorkedOut) {
  const auto d = six::communes();
  const auto first = app::figures(d, Indicator::activation_l2, week(0));
  const auto fresh = app::figures(d, Indicator::activation_l2, week(1));
  const auto same = app::figures(d, Indicator::activation_l2, week(1), {}, &first);
  EXPECT_EQ(same.classes.breaks, fresh.classes.breaks);
  EXPECT_EQ(same.classes.first_at_target, fresh.classes.first_at_target);
  EXPECT_EQ(same.colours, fresh.colours);
  EXPECT_EQ(same.target, fresh.target);
  EXPECT_EQ(same.people_per_circle_area, fresh.people_per_circle_area);
  EXPECT_EQ(same.class_counts, fresh.class_counts);
  // Another indicator has its own.
  const auto electricity = app::figures(d, Indicator::electricity, week(1), {}, &first);
  EXPECT_EQ(electricity.classes.breaks, app::figures(d, Indicator::electricity, {}).classes.breaks);
}

TEST(View, LegendMatchesTheMap) {
  const auto d = six::communes();
  for (const Indicator indicator : data::all_indicators) {
    const auto f = app::figures(d, indicator, {});
    const auto frame = app::make_frame(d, squares(6), f, plain());
    const auto legend = app::legend(f, d, vi);
    ASSERT_EQ(frame.areas.size(), 6u);
    std::size_t told = 0;
    for (const auto* entry : of_kind(legend, render::LegendEntry::Swatch::colour)) {
      const std::size_t drawn = areas_filled(frame, entry->colour);
      EXPECT_EQ(entry->count, std::to_string(drawn) + " xã") << data::id(indicator);
      told += drawn;
    }
    for (const auto* entry : of_kind(legend, render::LegendEntry::Swatch::dashed)) {
      EXPECT_EQ(entry->colour, render::house::not_reported);
      told += areas_filled(frame, entry->colour);
    }
    EXPECT_EQ(told, 6u) << data::id(indicator) << ": an area's colour is not in the legend";
  }
}

TEST(View, NotReportedIsNotZero) {
  const auto d = six::communes();
  const auto f = app::figures(d, Indicator::activation_l2, {});
  const auto frame = app::make_frame(d, squares(6), f, plain());
  ASSERT_TRUE(f.gaps[0].rate);
  EXPECT_DOUBLE_EQ(f.gaps[0].rate->value, 0);
  EXPECT_EQ(frame.areas[0].fill, f.colours.front());
  EXPECT_EQ(frame.areas[5].fill, render::house::not_reported);
  EXPECT_EQ(with_pattern(frame, render::pattern_dashed), std::set<std::size_t>{5});
  EXPECT_EQ(f.not_reported, 1u);
}

TEST(View, PatternsSetTheUpperThirdApartAndTheLegendSaysFromWhere) {
  const auto d = six::communes();
  const auto f = app::figures(d, Indicator::activation_l2, {});
  // 1, 2, 3, 4, 5 settlements off the grid: the upper third begins at 4.
  EXPECT_EQ(f.hatch_from, 4u);
  const auto frame = app::make_frame(d, squares(6), f, plain());
  EXPECT_EQ(with_pattern(frame, render::pattern_hatch), (std::set<std::size_t>{4, 5}));
  EXPECT_TRUE(with_pattern(frame, render::pattern_dots).empty());
  const auto legend = app::legend(f, d, vi);
  ASSERT_EQ(of_kind(legend, render::LegendEntry::Swatch::hatch).size(), 1u);
  EXPECT_EQ(of_kind(legend, render::LegendEntry::Swatch::hatch)[0]->text,
            "≥ 4 bản chưa có điện lưới");
  EXPECT_TRUE(of_kind(legend, render::LegendEntry::Swatch::dots).empty());

  auto view = plain();
  view.show_barriers = false;
  EXPECT_TRUE(with_pattern(app::make_frame(d, squares(6), f, view), render::pattern_hatch).empty());
}

TEST(View, CirclesAreProportionalInArea) {
  const auto d = six::communes();
  const auto f = app::figures(d, Indicator::activation_l2, {});
  const auto frame = app::make_frame(d, squares(6), f, plain());
  ASSERT_FALSE(frame.circles.empty());
  for (const auto& circle : frame.circles) {
    EXPECT_LE(circle.radius, 24);
    const double people = f.gaps[circle.unit].shortfall->value;
    EXPECT_NEAR(circle.radius * circle.radius / people,
                f.largest_circle * f.largest_circle / f.people_per_circle_area, 1e-9);
    EXPECT_EQ(circle.at, (geo::MapPoint{circle.unit * 1000.0 + 500, 500}));
  }
  // Commune 3 is past its target, commune 5 is unknown: no circle.
  std::set<std::uint32_t> units;
  for (const auto& circle : frame.circles) units.insert(circle.unit);
  EXPECT_EQ(units, (std::set<std::uint32_t>{0, 1, 2, 4}));
}

TEST(View, LabelsWinByPeopleShort) {
  const auto d = six::communes();
  const auto f = app::figures(d, Indicator::activation_l2, {});
  auto view = plain();
  view.selected = {geo::UnitIndex(3U)};
  auto frame = app::make_frame(d, squares(6), f, view);
  ASSERT_EQ(frame.labels.size(), 6u);
  const auto priority = [&](std::uint32_t unit) { return frame.labels[unit].priority; };
  EXPECT_TRUE(frame.labels[3].must);  // selected
  EXPECT_FALSE(frame.labels[0].must);
  EXPECT_GT(priority(0), priority(4));  // 400 people short, 75
  EXPECT_GT(priority(4), priority(5));
  EXPECT_TRUE(frame.areas[3].selected);

  view.show_labels = false;
  frame = app::make_frame(d, squares(6), f, view);
  ASSERT_EQ(frame.labels.size(), 1u);
  EXPECT_EQ(frame.labels[0].text, "Xã số 3");
}

TEST(View, WithinLimitsCountsAndTotalButNotColours) {
  const auto d = six::communes();
  const std::vector<geo::UnitIndex> within = {geo::UnitIndex(0U), geo::UnitIndex(2U)};
  const auto all = app::figures(d, Indicator::activation_l2, {});
  const auto some = app::figures(d, Indicator::activation_l2, {}, within);
  EXPECT_EQ(all.classes.breaks, some.classes.breaks);
  EXPECT_DOUBLE_EQ(some.total.eligible->value, 5000);
  EXPECT_DOUBLE_EQ(some.total.reached->value, 1200);
  std::size_t counted = some.not_reported;
  for (const std::size_t n : some.class_counts) counted += n;
  EXPECT_EQ(counted, 2u);

  auto view = plain();
  view.within = within;
  const auto whole = app::make_frame(d, squares(6), all, plain());
  const auto frame = app::make_frame(d, squares(6), some, view);
  EXPECT_EQ(frame.areas[0].fill, whole.areas[0].fill);
  EXPECT_NE(frame.areas[1].fill, whole.areas[1].fill);
  EXPECT_GT(render::luminance(frame.areas[1].fill), render::luminance(whole.areas[1].fill));
  EXPECT_EQ(frame.areas[4].patterns, render::pattern_none);
  EXPECT_EQ(frame.labels.size(), 2u);
  for (const auto& circle : frame.circles) EXPECT_TRUE(circle.unit == 0 || circle.unit == 2);
}

TEST(View, BordersFollowTheHierarchy) {
  const auto d = six::communes();
  const auto parents = app::border_parents(d);
  ASSERT_EQ(parents.size(), 6U);
  EXPECT_EQ(parents[0].district, parents[3].district);
  EXPECT_NE(parents[3].district, parents[4].district);
  EXPECT_EQ(parents[0].province, parents[5].province);
}

TEST(View, MadeUpDataIsLabelled) {
  auto d = six::communes();
  const auto f = app::figures(d, Indicator::activation_l2, {});
  EXPECT_TRUE(app::make_frame(d, squares(6), f, plain()).watermark.empty());
  d.made_up = true;
  EXPECT_EQ(app::make_frame(d, squares(6), f, plain()).watermark,
            "DỮ LIỆU MẪU – không phải số liệu thật");
  EXPECT_EQ(app::make_frame(d, squares(6), f, plain(en)).watermark,
            "SAMPLE DATA – not real numbers");
}

TEST(View, FooterNamesTheFilesThePictureIsMadeOf) {
  auto d = six::communes();
  d.source_files = {{"week2.xlsx", "reports"},   {"teams.csv", "teams"},
                    {"week1.xlsx", "reports"},   {"figures.csv", "figures"},
                    {"bản.csv", "settlements"},  {"chỉ tiêu.csv", "targets"},
                    {"cũ-mới.csv", "crosswalk"}, {"land.gpkg", "boundaries"}};
  const auto footer = [&](Indicator indicator, const app::View& view) {
    const auto f = app::figures(d, indicator, {});
    return app::make_picture(d, squares(6), f, view, app::PictureTheme::review)
        .frame.caption.footer;
  };
  auto view = plain(en);
  EXPECT_EQ(footer(Indicator::electricity, view), "Sources: bản.csv, land.gpkg");
  EXPECT_EQ(footer(Indicator::teams_per_1000, view), "Sources: teams.csv, bản.csv, land.gpkg");
  const std::string day = " · numbers up to 11\u00a0Jun\u00a02023";
  EXPECT_EQ(footer(Indicator::activation_l2, view),
            "Sources: week2.xlsx, chỉ tiêu.csv, land.gpkg, bản.csv and 1 more" + day);
  // Without the patterns nothing is drawn from the settlements.
  view.show_barriers = false;
  EXPECT_EQ(footer(Indicator::activation_l2, view),
            "Sources: week2.xlsx, chỉ tiêu.csv, land.gpkg, week1.xlsx" + day);
}

TEST(View, PictureNamesADistrictOnlyWhereOneWasAskedFor) {
  const auto d = six::communes();
  const auto caption = [&](const app::Filter& filter) {
    auto view = plain();
    view.filter = filter;
    const auto f = app::figures(d, view);
    view.within = f.within;
    return app::make_picture(d, squares(6), f, view, app::PictureTheme::review).frame.caption;
  };
  app::Filter filter;
  filter.districts = {1};
  EXPECT_THAT(caption(filter).title, StartsWith("Huyện Hai"));
  EXPECT_THAT(caption(filter).subtitle, HasSubstr("2 xã"));
  // Some communes of a district are not the district.
  filter.barriers = {data::Barrier::no_grid};
  EXPECT_THAT(caption(filter).title, StartsWith("Tỉnh Thử"));
  EXPECT_THAT(caption(filter).subtitle, HasSubstr("Lọc theo huyện cũ: Huyện Hai"));
  // What leaves no commune at all counts none, not all six.
  filter = {};
  filter.kinds = {"đặc khu"};
  EXPECT_THAT(caption(filter).title, StartsWith("Tỉnh Thử"));
  EXPECT_THAT(caption(filter).subtitle, HasSubstr("Lọc theo loại: đặc khu · 0 "));
}

TEST(View, PublishedValuesKeepTheirUnitAndQualifier) {
  const auto said = [](double value, const char* unit, const char* qualifier = "exact") {
    data::Figure f;
    f.value = value;
    f.unit = unit;
    f.qualifier = qualifier;
    return app::figure_text(f, vi);
  };
  EXPECT_EQ(said(1.8064, "share of target"), "180,64%");
  EXPECT_EQ(said(0.8, "ratio"), "80%");
  EXPECT_EQ(said(97, "percent"), "97%");
  EXPECT_EQ(said(14500, "account"), "14.500");
  EXPECT_THAT(said(0.424, "ratio", "nearly"), HasSubstr("42,4%"));
  EXPECT_NE(said(0.424, "ratio", "nearly"), said(0.424, "ratio"));
}

TEST(View, HasNothingToShowWithoutData) {
  const data::Dataset empty;
  const auto f = app::figures(empty, Indicator::activation_l2, {});
  const auto frame = app::make_frame(empty, nullptr, f, plain());
  EXPECT_TRUE(frame.areas.empty());
  EXPECT_TRUE(of_kind(app::legend(f, empty, vi), render::LegendEntry::Swatch::colour).empty());
}
