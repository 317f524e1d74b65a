#include "app/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "app/points.hpp"
#include "app/report_parts.hpp"
#include "tests/app/six_communes.hpp"

namespace {

using app::Language;
using app::ReportPart;
using render::Paper;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Kind = ReportPart::Kind;
using Swatch = render::LegendEntry::Swatch;

/// The six communes with a province more: the last of them lies in it.
data::Dataset two_provinces() {
  data::Dataset d = six::communes();
  d.title = "Cả nước";
  d.provinces.push_back({geo::UnitCode("12"), "Tỉnh Kia"});
  d.communes[5].province = 1;
  d.communes[5].district = -1;
  return d;
}

std::shared_ptr<app::ReportBasis> basis(data::Dataset dataset) {
  auto out = std::make_shared<app::ReportBasis>();
  out->dataset = std::make_shared<const data::Dataset>(std::move(dataset));
  out->land = six::squares(6);
  out->pool = std::make_shared<const app::Pool>(out->dataset);
  return out;
}

app::ReportAsk ask(bool atlas = true) {
  app::ReportAsk out;
  out.atlas = atlas;
  return out;
}

template <class Block>
std::vector<Block> all(const std::vector<Paper::Block>& blocks) {
  std::vector<Block> out;
  for (const Paper::Block& block : blocks)
    if (const auto* one = std::get_if<Block>(&block)) out.push_back(*one);
  return out;
}

/// What a table has under a heading, row by row; empty: it has no such column.
std::vector<std::string> column(const Paper::Table& table, const std::string& title) {
  std::vector<std::string> out;
  for (std::size_t c = 0; c < table.columns.size(); ++c)
    if (table.columns[c].title == title)
      for (const auto& row : table.rows) out.push_back(c < row.size() ? row[c] : "");
  return out;
}

std::vector<std::pair<Kind, int>> kinds(const std::vector<ReportPart>& parts) {
  std::vector<std::pair<Kind, int>> out;
  for (const ReportPart& part : parts) out.emplace_back(part.kind, part.level);
  return out;
}

TEST(ReportParts, EveryUnitComesBeforeThoseInIt) {
  const data::Dataset one = six::communes(), two = two_provinces();
  EXPECT_THAT(kinds(app::report_parts(one, {}, false)),
              ElementsAre(std::pair(Kind::summary, 0), std::pair(Kind::district, 1),
                          std::pair(Kind::district, 1), std::pair(Kind::ranking, 0),
                          std::pair(Kind::findings, 0)));
  const auto atlas = app::report_parts(one, {}, true);
  ASSERT_THAT(atlas, SizeIs(1 + 2 + 6 + 2));
  EXPECT_EQ(atlas[2].kind, Kind::commune);
  EXPECT_EQ(atlas[2].level, 2);
  EXPECT_EQ(atlas[6].kind, Kind::district);
  EXPECT_EQ(app::place_name(one, atlas[6]), "Huyện Hai");

  const auto nation = app::report_parts(two, {}, true);
  // Summary, province, two districts and five communes, province, its commune, ranking, findings.
  EXPECT_THAT(kinds(nation), ElementsAre(std::pair(Kind::summary, 0), std::pair(Kind::province, 0),
                                         std::pair(Kind::district, 1), std::pair(Kind::commune, 2),
                                         std::pair(Kind::commune, 2), std::pair(Kind::commune, 2),
                                         std::pair(Kind::commune, 2), std::pair(Kind::district, 1),
                                         std::pair(Kind::commune, 2), std::pair(Kind::province, 0),
                                         std::pair(Kind::commune, 1), std::pair(Kind::ranking, 0),
                                         std::pair(Kind::findings, 0)));
  EXPECT_EQ(app::place_name(two, nation[0]), "Cả nước");
  EXPECT_EQ(app::place_name(two, nation[9]), "Tỉnh Kia");
}

TEST(ReportParts, OfOneDistrictTheSummaryIsItsPageAndOfOneCommuneItsOwn) {
  const data::Dataset d = six::communes();
  const std::vector<geo::UnitIndex> district = {geo::UnitIndex(std::size_t{4}),
                                                geo::UnitIndex(std::size_t{5})};
  const auto parts = app::report_parts(d, district, true);
  EXPECT_THAT(kinds(parts), ElementsAre(std::pair(Kind::summary, 0), std::pair(Kind::commune, 1),
                                        std::pair(Kind::commune, 1), std::pair(Kind::ranking, 0),
                                        std::pair(Kind::findings, 0)));
  EXPECT_EQ(app::place_name(d, parts[0]), "Huyện Hai");
  const auto commune = app::report_parts(d, {district[0]}, false);
  EXPECT_THAT(kinds(commune),
              ElementsAre(std::pair(Kind::commune, 0), std::pair(Kind::findings, 0)))
      << "a ranking of one says nothing";
  EXPECT_EQ(app::place_name(d, commune[0]), "Xã số 4");
}

TEST(Report, CountingPagesSeesTheSameBlocksAsPrintingThem) {
  const Paper paper = app::report_paper(basis(two_provinces()), ask());
  ASSERT_EQ(paper.parts, 13U);
  for (std::size_t i = 0; i < paper.parts; ++i) {
    const auto counted = paper.part(i, true), printed = paper.part(i, false);
    ASSERT_EQ(counted.size(), printed.size()) << i;
    for (std::size_t b = 0; b < counted.size(); ++b) {
      ASSERT_EQ(counted[b].index(), printed[b].index());
      if (const auto* map = std::get_if<Paper::Map>(&counted[b])) {
        EXPECT_EQ(map->frame, nullptr);
        EXPECT_EQ(map->height, std::get<Paper::Map>(printed[b]).height);
      }
      if (const auto* table = std::get_if<Paper::Table>(&counted[b])) {
        EXPECT_EQ(table->rows, std::get<Paper::Table>(printed[b]).rows);
      }
    }
    EXPECT_THAT(all<Paper::Heading>(printed), testing::Not(IsEmpty()));
  }
}

TEST(Report, ACommunesMapAndLegendAreItsOwn) {
  const auto from = basis(six::communes());
  const Paper paper = app::report_paper(from, ask());
  const auto parts = app::report_parts(*from->dataset, {}, true);
  const app::Figures figures =
      app::figures(*from->dataset, data::Indicator::activation_l2, six::week(1));
  for (std::size_t i = 0; i < paper.parts; ++i) {
    if (parts[i].kind != Kind::commune) continue;
    const std::uint32_t unit = parts[i].units.front().value;
    SCOPED_TRACE(unit);
    const auto maps = all<Paper::Map>(paper.part(i, false));
    ASSERT_THAT(maps, SizeIs(1));
    const render::Frame& frame = *maps[0].frame;
    EXPECT_TRUE(frame.areas[unit].selected);
    const geo::Box& own = from->land->boxes[unit];
    EXPECT_TRUE(maps[0].box.contains(own.min) && maps[0].box.contains(own.max));
    EXPECT_LT(maps[0].box.width(), 2 * own.width());
    // Its class alone, once; of one without a number the row that says so.
    std::vector<std::size_t> categories;
    for (const auto& entry : frame.caption.legend.entries) {
      if (!entry.category) continue;
      categories.push_back(*entry.category);
      EXPECT_EQ(entry.count, "1 xã");
      EXPECT_EQ(entry.colour, frame.areas[unit].fill);
    }
    EXPECT_THAT(categories, ElementsAre(figures.category[unit].value_or(figures.colours.size())));
  }
}

TEST(Report, ADistrictsLegendCountsItsCommunesOnceEach) {
  const auto from = basis(six::communes());
  const Paper paper = app::report_paper(from, ask(false));
  for (const std::size_t part : {0U, 1U, 2U}) {
    const auto maps = all<Paper::Map>(paper.part(part, false));
    ASSERT_THAT(maps, SizeIs(1));
    int communes = 0;
    for (const auto& entry : maps[0].frame->caption.legend.entries)
      if (entry.category) communes += std::stoi(entry.count);
    EXPECT_EQ(communes, part == 0 ? 6 : part == 1 ? 4 : 2) << part;
  }
}

TEST(Report, TheRankingKeepsRatesAchievementsAndWhatIsMissingApart) {
  const Paper paper = app::report_paper(basis(six::communes()), ask(false));
  const auto tables = all<Paper::Table>(paper.part(paper.parts - 2, false));
  ASSERT_THAT(tables, SizeIs(1));
  const Paper::Table& table = tables[0];
  // By hand: shortfall max(0, τP − O) of 0.4·1000 − 0, 0.4·2000 − 400, 0.4·4000 − 1200 …
  EXPECT_THAT(column(table, "Xã, phường"),
              ElementsAre("Xã số 0", "Xã số 1", "Xã số 2", "Xã số 4", "Xã số 3", "Xã số 5",
                          "Tổng, số liệu của 5/6 xã"));
  EXPECT_THAT(column(table, "Còn thiếu (người)"),
              ElementsAre("400", "400", "400", "75", "0", "–", "1.275"));
  EXPECT_THAT(column(table, "Đã đạt (người)"),
              ElementsAre("0", "400", "1.200", "350", "450", "–", "2.400"));
  EXPECT_THAT(column(table, "Tỷ lệ"),
              ElementsAre("0,0%", "20,0%", "30,0%", "70,0%", "45,0%", "–", "28,2%"));
  EXPECT_THAT(column(table, "Mức đạt chỉ tiêu"),
              ElementsAre("0,0%", "50,0%", "75,0%", "82,4%", "112,5%", "–", "66,2%"));
  EXPECT_THAT(column(table, "Tình trạng")[5], "chưa báo cáo");
  EXPECT_THAT(column(table, "Huyện cũ")[0], "Huyện Một");
}

TEST(Report, AProvincesDistrictsAndBarriersAddUp) {
  const Paper paper = app::report_paper(basis(six::communes()), ask(false));
  const auto tables = all<Paper::Table>(paper.part(0, false));
  ASSERT_GE(tables.size(), 3U);
  // Numbers, barriers, former districts.
  EXPECT_THAT(column(tables[0], "Còn thiếu (người)"), ElementsAre("1.275"));
  int people = 0;
  for (std::string words : column(tables[1], "Còn thiếu (người)")) {
    std::erase(words, '.');
    people += std::stoi(words);
  }
  EXPECT_EQ(people, 1275);
  EXPECT_THAT(column(tables[2], "Huyện cũ"), ElementsAre("Huyện Một", "Huyện Hai", "Tổng"));
  EXPECT_THAT(column(tables[2], "Còn thiếu (người)"), ElementsAre("1.200", "75", "1.275"));
  EXPECT_THAT(column(tables[2], "Xã chưa báo cáo"), ElementsAre("0", "1", "1"));
}

TEST(Report, RecentReportsSayWhatWasGained) {
  const auto from = basis(six::communes());
  const auto parts = app::report_parts(*from->dataset, {}, true);
  const Paper paper = app::report_paper(from, ask());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].kind != Kind::commune) continue;
    const auto tables = all<Paper::Table>(paper.part(i, false));
    const auto history = std::find_if(tables.begin(), tables.end(), [](const Paper::Table& table) {
      return !column(table, "Báo cáo tính đến").empty();
    });
    ASSERT_NE(history, tables.end());
    const auto gained = column(*history, "Thêm");
    const std::string first[] = {"0", "+200", "+600", "+225", "+175", "–"};
    EXPECT_THAT(gained, ElementsAre(first[parts[i].units.front().value], "–"));
  }
}

TEST(Report, FindingsStandByKindWithWhyTheyAreLeft) {
  const auto from = basis(six::communes());
  for (const std::uint32_t unit : {1U, 4U}) {
    data::Finding& f = from->findings.emplace_back();
    f.check = data::Check::falling;
    f.message = geo::msg("view.report_of", unit == 1 ? "MỘT" : "BỐN");
    f.unit = geo::UnitIndex(unit);
  }
  from->findings[1].accepted = data::Acceptance{"key", "đếm lại rồi", "ai đó", ""};
  data::Finding& nowhere = from->findings.emplace_back();
  nowhere.check = data::Check::team_without_commune;
  nowhere.message = geo::msg("view.report_of", "ĐỘI");

  app::ReportAsk all_of = ask(false);
  Paper paper = app::report_paper(from, all_of);
  auto tables = all<Paper::Table>(paper.part(paper.parts - 1, false));
  ASSERT_THAT(tables, SizeIs(2));
  EXPECT_THAT(column(tables[0], "Xã, phường"), ElementsAre("Xã số 1", "Xã số 4"));
  EXPECT_THAT(column(tables[0], "Điều cần xem lại")[1],
              testing::AllOf(testing::HasSubstr("BỐN"), testing::HasSubstr("đếm lại rồi"),
                             testing::Not(testing::HasSubstr("ai đó"))));
  EXPECT_THAT(column(tables[1], "Xã, phường"), ElementsAre("–"));

  all_of.within = "Huyện Hai";
  paper = app::report_paper(from, all_of);
  tables = all<Paper::Table>(paper.part(paper.parts - 1, false));
  ASSERT_THAT(tables, SizeIs(1));
  EXPECT_THAT(column(tables[0], "Xã, phường"), ElementsAre("Xã số 4"));
}

}  // namespace
