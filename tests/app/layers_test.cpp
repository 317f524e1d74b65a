#include "app/layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "app/derive_parts.hpp"
#include "tests/app/six_communes.hpp"
#include "tests/data/report_lists.hpp"

using data::test::change_reports;
using Reports = std::vector<data::Report>;
using app::Language;
using app::MapLayer;
using data::Indicator;
using testing::Each;
using testing::ElementsAre;

namespace {

/// Whatever is shown: every commune has one colour, told in the legend with its count.
void expect_sound(const data::Dataset& d, const app::View& view, const std::string& what) {
  geo::Contiguity in_a_row(d.communes.size());
  for (std::uint32_t i = 1; i < in_a_row.size(); ++i) {
    in_a_row[i - 1].push_back(i);
    in_a_row[i].push_back(i - 1);
  }
  const app::Figures f = app::figures(d, view, {nullptr, &in_a_row, nullptr});
  ASSERT_EQ(f.category.size(), d.communes.size()) << what;
  ASSERT_EQ(f.class_counts.size(), f.colours.size()) << what;
  std::size_t counted = f.not_reported;
  for (const std::size_t n : f.class_counts) counted += n;
  EXPECT_EQ(counted, d.communes.size()) << what;
  for (const auto& c : f.category) EXPECT_TRUE(!c || *c < f.colours.size()) << what;
  const auto land = six::squares(d.communes.size());
  const render::Frame frame = app::make_frame(d, land, f, view);
  for (std::size_t i = 0; i < d.communes.size(); ++i) {
    const auto expected = f.category[i] ? f.colours[*f.category[i]] : render::house::not_reported;
    EXPECT_EQ(frame.areas[i].fill, expected) << what << ' ' << i;
    EXPECT_EQ((frame.areas[i].patterns & render::pattern_dashed) != 0, !f.category[i]) << what;
  }
  for (const Language language : {Language::vietnamese, Language::english}) {
    const render::Legend legend = app::legend(f, d, language);
    EXPECT_FALSE(legend.entries.empty()) << what;
    for (const auto& entry : legend.entries) {
      EXPECT_FALSE(entry.text.empty()) << what;
      if (entry.category && *entry.category < f.colours.size()) {
        EXPECT_EQ(entry.colour, f.colours[*entry.category]) << what;
      }
    }
    EXPECT_EQ(legend.grid.has_value(), f.layer == MapLayer::two_way) << what;
  }
  const app::Pool pool(d);
  std::vector<geo::UnitIndex> shown;
  for (std::size_t i = 0; i < d.communes.size(); ++i) shown.emplace_back(i);
  const app::Histogram h = app::histogram(f, pool, shown, {});
  const auto values = app::classed_values(f);
  EXPECT_EQ(std::accumulate(h.all.begin(), h.all.end(), std::size_t{0}),
            static_cast<std::size_t>(
                std::count_if(values.begin(), values.end(), [](const auto& v) { return !!v; })))
      << what;
}

void expect_every_layer_sound(const data::Dataset& d, const std::string& what) {
  for (const MapLayer layer : app::all_layers) {
    for (const Indicator indicator : data::all_indicators) {
      for (const data::Classification by : data::all_classifications) {
        app::View view;
        view.layer = layer;
        view.indicator = indicator;
        view.choice.by = by;
        view.choice.inner_breaks = {0.2, 0.3};
        expect_sound(d, view,
                     what + ", layer " + std::to_string(static_cast<int>(layer)) + ", " +
                         std::string(data::id(indicator)) + ", " + std::string(data::id(by)));
        if (layer != MapLayer::gap && layer != MapLayer::performance) break;
      }
    }
  }
}

void set_all(data::Dataset& d, std::int64_t eligible, std::int64_t activated) {
  change_reports(d, [&](Reports& reports) {
    for (data::Report& report : reports) {
      report.eligible = eligible;
      report.activated_l2 = activated;
    }
  });
}

/// Of squares in `side` rows and columns: who touches whom, also at a corner.
geo::Contiguity touching(std::uint32_t side) {
  geo::Contiguity out(std::size_t{side} * side);
  for (std::uint32_t a = 0; a < out.size(); ++a) {
    for (std::uint32_t b = 0; b < out.size(); ++b) {
      const auto near = [](std::uint32_t p, std::uint32_t q) { return p <= q + 1 && q <= p + 1; };
      if (a != b && near(a % side, b % side) && near(a / side, b / side)) out[a].push_back(b);
    }
  }
  return out;
}

/// Communes with the rates given, each reported twice.
data::Dataset chessboard(const std::vector<double>& rates) {
  data::Dataset d;
  d.crs = {9205, "VN-2000 / TM-3 103°00′"};
  d.provinces.push_back({geo::UnitCode("11"), "Tỉnh Thử"});
  d.dates = {six::week(0), six::week(1)};
  data::test::ReportLists lists(rates.size());
  for (std::size_t i = 0; i < rates.size(); ++i) {
    data::Commune c;
    c.code = geo::UnitCode(std::to_string(10000 + i));
    c.name = c.full_name = "Xã " + std::to_string(i);
    c.province = 0;
    data::Part part;
    part.reporter = static_cast<std::uint32_t>(i);
    c.parts = {part};
    d.communes.push_back(c);
    data::Reporter r;
    r.code = c.code;
    for (int w = 0; w < 2; ++w) {
      data::Report report;
      report.date = six::week(w);
      report.eligible = 100000;
      report.activated_l2 = std::llround(rates[i] * 100000);
      lists[i].push_back(report);
    }
    d.reporters.push_back(r);
  }
  data::test::set_reports(d, lists);
  return d;
}

}  // namespace

TEST(Layers, EveryLayerTellsEveryCommune) { expect_every_layer_sound(six::communes(), "six"); }

TEST(Layers, AwkwardTruths) {
  auto one = six::communes();
  one.communes.resize(1);
  one.settlements.resize(1);
  expect_every_layer_sound(one, "one commune");

  auto equal = six::communes();
  set_all(equal, 1000, 250);
  expect_every_layer_sound(equal, "all values equal");

  auto zero = six::communes();
  set_all(zero, 1000, 0);
  expect_every_layer_sound(zero, "all zero");

  auto none = six::communes();
  set_all(none, 0, 0);
  expect_every_layer_sound(none, "no denominators");

  auto silent = six::communes();
  change_reports(silent, [](Reports& reports) { reports.clear(); });
  expect_every_layer_sound(silent, "no report");

  auto above = six::communes();
  change_reports(above, 3, [](Reports& r) { r[1].activated_l2 = 722; });  // 180.5% of 40% of 1,000
  change_reports(above, 4, [](Reports& r) { r[1].activated_l2 = 900; });  // more than there are
  expect_every_layer_sound(above, "180% of the target");

  data::Dataset empty;
  for (const MapLayer layer : app::all_layers) {
    app::View view;
    view.layer = layer;
    EXPECT_TRUE(app::figures(empty, view).category.empty());
  }
}

TEST(Layers, UncertainWhereTheIntervalCrossesABreakOnly) {
  const auto d = six::communes();
  app::View view;
  view.choice.by = data::Classification::user_defined;
  view.choice.at_target = false;
  view.choice.inner_breaks = {0.21, 0.5};
  const auto f = app::figures(d, view);
  for (std::size_t i = 0; i < f.gaps.size(); ++i) {
    if (!f.gaps[i].rate) {
      EXPECT_FALSE(f.uncertain[i]);
      continue;
    }
    const auto& interval = *f.intervals[i];
    EXPECT_LE(interval.low, f.gaps[i].rate->value);
    EXPECT_GE(interval.high, f.gaps[i].rate->value);
    const auto crosses = [&](double b) { return interval.low < b && b <= interval.high; };
    EXPECT_EQ(f.uncertain[i], crosses(0.21) || crosses(0.5)) << i;
  }
  EXPECT_TRUE(f.uncertain[1]);   // 20% of 2,000: 18.3 – 21.8%
  EXPECT_FALSE(f.uncertain[2]);  // 30% of 4,000: 28.6 – 31.4%
  EXPECT_EQ(f.uncertain_count, 1U);
  const auto frame = app::make_frame(d, six::squares(6), f, view);
  EXPECT_NE(frame.areas[1].patterns & render::pattern_lines, 0U);
  view.show_uncertain = false;
  EXPECT_EQ(app::make_frame(d, six::squares(6), f, view).areas[1].patterns & render::pattern_lines,
            0U);
}

TEST(Layers, SilenceIsTheAgeOfTheOldestReport) {
  auto d = six::communes();
  d.dates.push_back(six::week(10));
  change_reports(d, 0, [](Reports& r) { r.back().date = six::week(10); });
  app::View view;
  view.layer = MapLayer::silence;
  const auto f = app::figures(d, view);
  EXPECT_EQ(f.silent_days[0], 0);
  EXPECT_EQ(f.category[0], 0U);
  EXPECT_EQ(f.silent_days[1], 63);
  EXPECT_EQ(f.category[1], 4U);
  EXPECT_FALSE(f.category[5]);  // never
  view.at = six::week(2);
  EXPECT_EQ(app::figures(d, view).category[1], 0U);  // seven days
  view.at = six::week(2) + 1;
  EXPECT_EQ(app::figures(d, view).category[1], 1U);
}

TEST(Layers, ChangeIsSymmetricAroundNothing) {
  auto d = six::communes();
  app::View view;
  view.layer = MapLayer::change;
  const auto f = app::figures(d, view);
  EXPECT_EQ(f.since, six::week(0));
  const auto& breaks = f.classes.breaks;
  ASSERT_EQ(breaks.size(), 7U);
  for (std::size_t i = 0; i < breaks.size(); ++i) {
    EXPECT_DOUBLE_EQ(breaks[i], -breaks[breaks.size() - 1 - i]);
  }
  EXPECT_EQ(breaks[3], 0);
  EXPECT_DOUBLE_EQ(*f.changes[3].rate, 0.225);
  EXPECT_DOUBLE_EQ(breaks[4], 0.2);  // two thirds of 22.5 points, made round
  EXPECT_EQ(f.category[3], 4U);
  EXPECT_EQ(f.category[0], 3U) << "a new report that says the same: rose by under";
  EXPECT_FALSE(f.category[5]);
  // Without a new report there is no change to speak of.
  change_reports(d, 2, [](Reports& r) { r.pop_back(); });
  EXPECT_EQ(app::figures(d, view).category[2], 6U);
  view.indicator = Indicator::electricity;
  EXPECT_EQ(app::figures(d, view).layer, MapLayer::gap) << "electricity has no dates";
}

TEST(Layers, TwoWayNeedsBothNumbers) {
  auto d = six::communes();
  std::erase_if(d.settlements,
                [](const data::Settlement& s) { return s.commune == geo::UnitIndex(1U); });
  app::View view;
  view.layer = MapLayer::two_way;
  view.across = app::Across::electricity;
  const auto f = app::figures(d, view);
  ASSERT_EQ(f.colours.size(), 9U);
  EXPECT_FALSE(f.category[1]) << "no settlement tells";
  EXPECT_FALSE(f.category[5]) << "never reported";
  // Commune 0: nobody activated, all on the grid. Commune 4: 70%, one in five on the grid.
  EXPECT_EQ(f.category[0], 2U);
  EXPECT_EQ(f.category[4], 6U);
  ASSERT_EQ(f.up_breaks.size(), 2U);
  EXPECT_DOUBLE_EQ(f.up_breaks[1], 0.4);
  EXPECT_LT(f.across_breaks[0], f.across_breaks[1]);
}

TEST(Layers, ClustersAreFoundAndIslandsLeftOut) {
  // Low in the west, high in the east.
  std::vector<double> rates;
  for (int i = 0; i < 64; ++i) rates.push_back(i % 8 < 4 ? 0.1 : 0.5);
  const auto d = chessboard(rates);
  geo::Contiguity neighbours = touching(8);
  for (auto& of : neighbours) std::erase(of, 0U);
  neighbours[0].clear();  // an island
  app::View view;
  view.layer = MapLayer::clusters;
  EXPECT_FALSE(app::figures(d, view).moran) << "nobody knows who is whose neighbour";
  const auto f = app::figures(d, view, {nullptr, &neighbours, nullptr});
  ASSERT_TRUE(f.moran);
  EXPECT_GT(f.moran->i, 0.5);
  EXPECT_LT(f.moran->p, 0.01);
  EXPECT_FALSE(f.category[0]) << "an island";
  EXPECT_EQ(f.category[8 * 3 + 1], app::cluster_low_low);
  EXPECT_EQ(f.category[8 * 3 + 6], app::cluster_high_high);
  const auto again = app::figures(d, view, {nullptr, nullptr, &f});
  EXPECT_EQ(again.moran->clusters, f.moran->clusters);
}

TEST(Layers, PerformanceKeepsTheClassesOfTheGap) {
  const auto d = six::communes();
  app::View view;
  const auto gap = app::figures(d, view);
  view.layer = MapLayer::performance;
  const auto f = app::figures(d, view);
  EXPECT_EQ(f.classes.breaks, gap.classes.breaks);
  EXPECT_THAT(f.uncertain, Each(false));
  ASSERT_TRUE(f.smoothed[4]);
}

TEST(Layers, AFilterLeavesThoseThatHoldInEveryList) {
  auto d = six::communes();
  for (std::size_t i = 0; i < 6; ++i) d.communes[i].kind = i < 3 ? "xã" : "phường";
  app::View view;
  view.filter.districts = {0};
  view.filter.kinds = {"phường"};
  auto f = app::figures(d, view);
  EXPECT_THAT(f.within, ElementsAre(geo::UnitIndex(3U)));
  EXPECT_DOUBLE_EQ(f.total.eligible->value, 1000);
  view.filter.districts = {1};
  view.filter.kinds = {"xã"};
  f = app::figures(d, view);
  EXPECT_TRUE(f.none) << "nothing is not everything";
  EXPECT_FALSE(f.total.rate);
  EXPECT_THAT(f.class_counts, Each(0U));
  const auto frame = app::make_frame(d, six::squares(6), f, view);
  EXPECT_TRUE(frame.circles.empty());
  view.filter = {};
  const auto all = app::figures(d, view);
  view.filter.categories = {all.colours.size()};  // no number
  EXPECT_THAT(app::figures(d, view).within, ElementsAre(geo::UnitIndex(5U)));
}

TEST(Layers, OtherEyesSeeTheSameMapInOtherColours) {
  const auto d = six::communes();
  app::View view;
  const auto f = app::figures(d, view);
  const auto normal = app::make_frame(d, six::squares(6), f, view);
  view.eye = render::Eye::deuteranopia;
  const auto seen = app::make_frame(d, six::squares(6), f, view);
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_EQ(seen.areas[i].fill, render::as_seen(normal.areas[i].fill, view.eye));
  }
  render::Legend legend = app::legend(f, d, Language::english);
  app::see_as(legend, view.eye);
  for (const auto& entry : legend.entries) {
    if (entry.swatch != render::LegendEntry::Swatch::colour) continue;
    EXPECT_EQ(entry.colour, render::as_seen(f.colours[*entry.category], view.eye));
  }
}

TEST(Layers, APoolSaysWhatIsWorkedOutAtTheDate) {
  const auto d = six::communes();
  const app::Pool pool(d);
  for (const Indicator indicator : data::all_indicators) {
    for (const geo::Date at : {six::week(0), six::week(1), six::week(0) + 3, six::week(9)}) {
      const app::Pool::Gaps kept = pool.gaps(indicator, at);
      const std::vector<data::Gap>& looked_up = *kept;
      const auto fresh = data::gaps(d, indicator, at);
      ASSERT_EQ(looked_up.size(), fresh.size());
      for (std::size_t i = 0; i < fresh.size(); ++i) {
        EXPECT_EQ(looked_up[i].rate, fresh[i].rate);
        EXPECT_EQ(looked_up[i].shortfall, fresh[i].shortfall);
        EXPECT_EQ(looked_up[i].status, fresh[i].status);
        EXPECT_EQ(looked_up[i].as_of, fresh[i].as_of);
      }
    }
  }
}
