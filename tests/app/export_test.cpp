#include "app/export.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "app/reasons.hpp"
#include "geo/random.hpp"
#include "tests/app/six_communes.hpp"

namespace {

using app::View;
using testing::Contains;
using testing::HasSubstr;

const data::TableOut::Cell& cell(const app::Export& out, std::size_t row, const std::string& id) {
  for (std::size_t c = 0; c < out.table.columns.size(); ++c)
    if (out.table.columns[c].id == id) return out.table.rows.at(row).at(c);
  throw std::runtime_error("no column " + id);
}
std::string text(const app::Export& out, std::size_t row, const std::string& id) {
  const auto* words = std::get_if<std::string>(&cell(out, row, id));
  return words == nullptr ? "" : *words;
}
bool is_empty(const data::TableOut::Cell& cell) {
  return std::holds_alternative<std::monostate>(cell);
}

app::Export exported(const data::Dataset& dataset, const View& view) {
  return app::make_export(dataset, app::figures(dataset, view), view, {}, "thử.sqlite");
}

TEST(Export, EveryLayerGoesOutAsItIsColoured) {
  const auto dataset = six::communes();
  for (const app::MapLayer layer : app::all_layers) {
    SCOPED_TRACE(static_cast<int>(layer));
    View view;
    view.layer = layer;
    view.since = six::week(0);
    const auto figures = app::figures(dataset, view);
    const auto out = app::make_export(dataset, figures, view, {}, "thử.sqlite");
    ASSERT_EQ(out.table.rows.size(), 6U);
    ASSERT_EQ(out.map.of_row.size(), 6U);
    ASSERT_EQ(out.units.size(), 6U);
    EXPECT_EQ(out.communes, 6U);
    std::set<std::string> labels;
    for (const auto& category : out.map.classes) {
      EXPECT_FALSE(category.label.empty());
      EXPECT_TRUE(labels.insert(category.label).second) << category.label << " twice";
    }
    for (std::size_t i = 0; i < 6; ++i) {
      const auto& shown = figures.category.at(i);
      ASSERT_EQ(out.map.of_row[i].has_value(), shown.has_value()) << i;
      EXPECT_EQ(text(out, i, "category"),
                shown ? out.map.classes.at(*out.map.of_row[i]).label : out.map.no_class_label);
      if (!shown) continue;
      const auto colour = figures.colours.at(*shown);
      const auto& hex = out.map.classes.at(*out.map.of_row[i]).colour;
      EXPECT_EQ(std::stoul(hex.substr(1), nullptr, 16),
                static_cast<unsigned long>(colour.r << 16 | colour.g << 8 | colour.b));
    }
  }
}

TEST(Export, WhatTheFilterLeavesWithTheFilterInWords) {
  const auto dataset = six::communes();
  View view;
  view.filter.districts = {1};
  view.selected = {geo::UnitIndex(4U)};
  auto out = exported(dataset, view);
  ASSERT_EQ(out.table.rows.size(), 2U);
  EXPECT_EQ(text(out, 0, "code"), "03104");
  EXPECT_EQ(text(out, 0, "selected"), "x");
  EXPECT_EQ(text(out, 1, "selected"), "");
  EXPECT_THAT(out.table.notes, Contains("Lọc theo huyện cũ: Huyện Hai"));
  EXPECT_THAT(out.table.notes, Contains("Số xã trong bảng: 2 trên tổng số 6"));
  EXPECT_THAT(out.table.notes,
              Contains("Số xã chưa báo cáo: 1. Ô của các xã này để trống, không phải là 0"));
  EXPECT_THAT(out.table.notes, Contains("Tệp làm việc: thử.sqlite"));

  view.filter.kinds = {"đặc khu"};  // none of these
  out = exported(dataset, view);
  EXPECT_EQ(out.table.rows.size(), 0U);
  EXPECT_THAT(out.table.notes, Contains("Lọc theo loại: đặc khu"));
  EXPECT_THAT(out.table.notes, Contains("Số xã trong bảng: 0 trên tổng số 6"));

  View within;
  within.within = {geo::UnitIndex(4U), geo::UnitIndex(5U)};
  EXPECT_THAT(exported(dataset, within).table.notes, Contains("Trong phạm vi: Huyện Hai"));
  EXPECT_THAT(exported(dataset, {}).table.notes, Contains("Không lọc."));
}

TEST(Export, NotReportedIsEmptyAndZeroIsZero) {
  const auto dataset = six::communes();
  const auto out = exported(dataset, {});
  EXPECT_EQ(std::get<double>(cell(out, 0, "activated")), 0);
  EXPECT_EQ(std::get<double>(cell(out, 0, "shortfall")), 400);
  for (const char* id : {"eligible", "activated", "rate", "interval_low", "smoothed", "target",
                         "shortfall", "as_of", "silent_days", "short_no_grid", "score"})
    EXPECT_TRUE(is_empty(cell(out, 5, id))) << id;
  EXPECT_EQ(text(out, 5, "status"), "chưa báo cáo");
  EXPECT_TRUE(is_empty(cell(out, 0, "teams"))) << "there is no list of teams";
  EXPECT_EQ(std::get<double>(cell(out, 0, "no_grid")), 0);
}

TEST(Export, MadeUpDataSaysSoFirst) {
  auto dataset = six::communes();
  dataset.made_up = true;
  View view;
  view.language = app::Language::english;
  const auto out = exported(dataset, view);
  EXPECT_THAT(out.table.notes.front(), HasSubstr("not real"));
  EXPECT_EQ(out.table.columns[1].title, "Commune");
}

TEST(Reasons, PeopleAreWrittenWholeAndAddUp) {
  geo::Random random(7);
  for (int round = 0; round < 500; ++round) {
    data::BarrierSplit split;
    for (double& people : split.people) people = static_cast<double>(random.below(100000)) / 997.0;
    const auto whole = app::whole_people(split);
    std::int64_t sum = 0;
    for (std::size_t b = 0; b < whole.size(); ++b) {
      sum += whole[b];
      EXPECT_LT(std::abs(static_cast<double>(whole[b]) - split.people[b]), 1);
    }
    EXPECT_EQ(sum, std::llround(split.total()));
  }
}

TEST(Reasons, OneLineSaysWhy) {
  auto dataset = six::communes();
  const auto line = [&](std::uint32_t unit, app::Language language = app::Language::vietnamese) {
    const auto figures = app::figures(dataset, View{});
    return app::explain_row(dataset, figures, geo::UnitIndex(unit), language);
  };
  // 2,000 eligible, 400 activated, target 40%: 400 short. Half live without grid, so 1,000 of the
  // 1,600 who are not activated yet do: 250 of 400.
  EXPECT_EQ(
      line(1),
      "thiếu 400 người, rào cản lớn nhất: không có điện lưới (250); 20,0% so với chỉ tiêu 40%; "
      "báo cáo 11/6/2023");
  EXPECT_THAT(
      line(1, app::Language::english),
      HasSubstr("400 people short; largest barrier: no grid electricity (250); 20.0% against"));
  EXPECT_THAT(line(0), HasSubstr("thiếu 400 người, không thấy vướng gì: cần đến tận nơi; 0,0%"));
  EXPECT_THAT(line(3), HasSubstr("vượt chỉ tiêu (đạt 112,5%); 45,0% so với chỉ tiêu 40%"));
  EXPECT_EQ(line(5), "chưa báo cáo (khác với 0)");

  dataset.settlements.clear();
  EXPECT_THAT(line(1), HasSubstr("chưa rõ vì sao"));
  dataset.targets.clear();
  EXPECT_EQ(line(1), "20,0% số người đủ điều kiện, chưa có chỉ tiêu; báo cáo 11/6/2023");
}

}  // namespace
