#include "data/rivals.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "data/sample.hpp"
#include "tests/data/real_province.hpp"
#include "tests/data/tiny_workspace.hpp"

namespace {

using data::Dataset;
using data::Figure;
using data::RivalFigures;
using testing::ElementsAre;

Figure figure(double value, const std::string& qualifier, const std::string& as_of = "2023-06-30",
              const std::string& kind = "cumulative") {
  Figure f;
  f.scope_level = "province";
  f.scope = "Hà Tĩnh";
  f.indicator = "teams";
  f.value = value;
  f.qualifier = qualifier;
  f.unit = "team";
  f.as_of = as_of;
  f.kind = kind;
  f.source_document = std::to_string(value);
  return f;
}

bool contradict(Figure a, Figure b) {
  Dataset dataset;
  dataset.figures = {std::move(a), std::move(b)};
  const auto rivals = data::rival_figures(dataset);
  EXPECT_EQ(rivals.size(), 1u);
  return rivals[0].contradict;
}

TEST(Rivals, ContradictAsTheirWordsAllow) {
  EXPECT_FALSE(contradict(figure(300, "exact"), figure(300, "exact")));
  EXPECT_TRUE(contradict(figure(300, "exact"), figure(299, "exact")));
  EXPECT_FALSE(contradict(figure(300, "nearly"), figure(285, "exact")));
  EXPECT_FALSE(contradict(figure(300, "nearly"), figure(300, "exact")));
  EXPECT_TRUE(contradict(figure(300, "nearly"), figure(301, "exact")));
  EXPECT_TRUE(contradict(figure(300, "nearly"), figure(269, "exact")));
  EXPECT_FALSE(contradict(figure(300, "more_than"), figure(301, "exact")));
  EXPECT_FALSE(contradict(figure(300, "more_than"), figure(5000, "exact")));
  EXPECT_TRUE(contradict(figure(300, "more_than"), figure(299, "exact")));
  EXPECT_TRUE(contradict(figure(300, "more_than"), figure(299, "nearly")));
  EXPECT_FALSE(contradict(figure(300, "more_than"), figure(200, "more_than")));
}

TEST(Rivals, OnlyOfOneKindUnitAndTime) {
  EXPECT_FALSE(contradict(figure(300, "exact"), figure(200, "exact", "2023-06-30", "period")));
  EXPECT_FALSE(contradict(figure(300, "exact", "from 2023-04-15", "period"),
                          figure(200, "exact", "2023", "period")));
  EXPECT_TRUE(
      contradict(figure(300, "exact", "2023", "period"), figure(200, "exact", "2023", "period")));
  EXPECT_FALSE(contradict(figure(30, "exact", "2023-05-31", "state"),
                          figure(20, "exact", "2023-06-30", "state")))
      << "a state may get better";
  EXPECT_FALSE(contradict(figure(200, "exact", "2023-05-31"), figure(300, "exact", "2023-06-30")));
  EXPECT_TRUE(contradict(figure(300, "exact", "2023-05-31"), figure(200, "exact", "2023-06-30")))
      << "what adds up does not fall";
  Figure people = figure(200, "exact");
  people.unit = "person";
  EXPECT_FALSE(contradict(figure(300, "exact"), people));
}

TEST(Rivals, AreOneScopeHoweverItIsWritten) {
  Dataset dataset;
  dataset.figures = {figure(300, "exact", "2023-12-31"), figure(216, "exact", "2023-06-30")};
  dataset.figures[1].scope = "Tỉnh HÀ TĨNH";
  auto other = figure(1, "exact");
  other.scope_level = "district";
  dataset.figures.push_back(other);
  const auto rivals = data::rival_figures(dataset);
  ASSERT_EQ(rivals.size(), 2u);
  EXPECT_THAT(rivals[0].figures, ElementsAre(1, 0)) << "oldest first";
  EXPECT_THAT(rivals[1].figures, ElementsAre(2));
  EXPECT_FALSE(rivals[1].contradict);
}

TEST(DbRivals, AChoiceIsKeptAndTakenBack) {
  const auto file = tiny::fresh("rivals.sqlite");
  data::write_sample(file, {5, 2, 1});
  auto workspace = data::Workspace::open(file);
  const auto of_teams = [](const std::vector<RivalFigures>& all) {
    return *std::find_if(all.begin(), all.end(), [](const RivalFigures& r) {
      return r.indicator == "community_digital_teams";
    });
  };
  auto dataset = workspace.load();
  const auto contradicting = data::rival_figures(*dataset);
  EXPECT_EQ(std::count_if(contradicting.begin(), contradicting.end(),
                          [](const RivalFigures& r) { return r.contradict; }),
            2);
  auto teams = of_teams(contradicting);
  ASSERT_EQ(teams.figures.size(), 2u);
  EXPECT_EQ(teams.chosen, std::nullopt);

  data::choose_figure(workspace, *dataset, teams, teams.figures[0], "đếm được");
  data::choose_figure(workspace, *dataset, teams, teams.figures[1], "báo sau, có danh sách");
  dataset = workspace.load();
  teams = of_teams(data::rival_figures(*dataset));
  EXPECT_EQ(teams.chosen, 1u);
  EXPECT_EQ(teams.reason, "báo sau, có danh sách");
  EXPECT_FALSE(teams.at.empty());

  data::choose_figure(workspace, *dataset, teams, std::nullopt, "");
  EXPECT_EQ(of_teams(data::rival_figures(*workspace.load())).chosen, std::nullopt);
  EXPECT_EQ(tiny::count(workspace, "figure_choice"), 3);
}

TEST(DbRivals, AreThoseOfTheUnitsChosen) {
  const auto file = tiny::fresh("rivals_of.sqlite");
  data::write_sample(file, {5, 2, 1});
  auto workspace = data::Workspace::open(file);
  Dataset dataset = *workspace.load();
  const std::vector<geo::UnitIndex> first{geo::UnitIndex(std::size_t{0})};
  const std::size_t of_province = data::rival_figures_of(dataset, first).size();
  EXPECT_EQ(of_province, data::rival_figures(dataset).size());
  // By name, where the import could not tell the unit; a commune's own only for itself.
  Figure own = figure(7, "exact");
  own.scope_level = "commune";
  own.scope = dataset.communes[1].full_name;
  Figure elsewhere = figure(7, "exact");
  dataset.figures.push_back(own);
  dataset.figures.push_back(elsewhere);
  EXPECT_EQ(data::rival_figures_of(dataset, first).size(), of_province);
  EXPECT_EQ(data::rival_figures_of(dataset, {geo::UnitIndex(std::size_t{1})}).size(),
            of_province + 1);
  EXPECT_TRUE(data::rival_figures_of(dataset, {}).empty());
}

TEST(DbRivals, PublishedFigures) {
  if (!real::is_there()) GTEST_SKIP() << real::missing;
  using Kind = data::ImportKind;
  auto workspace = real::province("published.sqlite", {Kind::boundaries, Kind::figures});
  const auto dataset = workspace.load();
  const auto rivals = data::rival_figures(*dataset);
  std::size_t figures = 0;
  for (const RivalFigures& r : rivals) {
    figures += r.figures.size();
    // Their only quarrel is of scope: 14,500 in a period against 200,000 altogether, which are two
    // indicators. No two numbers of one thing at one time differ.
    EXPECT_FALSE(r.contradict) << r.scope << ' ' << r.indicator;
  }
  EXPECT_EQ(figures, dataset->figures.size());
  EXPECT_GT(figures, 40u);
  // Those of Điện Biên and of the former district that the commune was in.
  std::vector<geo::UnitIndex> nam_po;
  for (std::size_t c = 0; c < dataset->communes.size(); ++c)
    if (dataset->communes[c].name == "Si Pa Phìn") nam_po.push_back(geo::UnitIndex(c));
  ASSERT_EQ(nam_po.size(), 1u);
  std::size_t of_province = 0, of_district = 0;
  for (const RivalFigures& r : data::rival_figures_of(*dataset, nam_po)) {
    EXPECT_TRUE(r.scope == "Điện Biên" || r.scope == "Nậm Pồ") << r.scope;
    ++(r.scope == "Điện Biên" ? of_province : of_district);
  }
  EXPECT_EQ(of_province, 8u);
  EXPECT_EQ(of_district, 4u);
}

}  // namespace
