// What a meeting reads says the statement's numbers, and no others.
#include "app/statement_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <regex>

#include "app/statement_place.hpp"
#include "data/plan_store.hpp"
#include "data/sample.hpp"
#include "data/workspace.hpp"
#include "tests/data/report_lists.hpp"
#include "tests/data/tiny_workspace.hpp"

namespace {

using app::Language;
using app::StatementWords;
using data::Dataset;
using data::StatementAsk;
using data::StatementKind;
using data::StatementNumbers;

constexpr Language both[] = {Language::vietnamese, Language::english};

geo::Date day(const char* text) { return *geo::parse_date(text); }

/// Communes of 1,000 people in a row, the first half in a former district; what each has activated
/// at the last meeting and now (-1: no report).
Dataset communes(const std::vector<int>& before, const std::vector<int>& now, double target = 0.6) {
  Dataset d;
  d.provinces.push_back({geo::UnitCode("11"), "Tỉnh Điện Biên"});
  d.districts.push_back({geo::UnitCode("094"), "Huyện Mường Nhé", 0});
  d.districts.push_back({geo::UnitCode("095"), "Thị xã Mường Lay", 0});
  d.dates = {day("2023-07-30"), day("2023-08-27")};
  data::test::ReportLists lists(now.size());
  for (std::uint32_t i = 0; i < now.size(); ++i) {
    data::Commune c;
    c.code = geo::UnitCode("0310" + std::to_string(i));
    c.name = "Nậm " + std::string(1, static_cast<char>('A' + i));
    c.full_name = "Xã " + c.name;
    c.province = 0;
    c.district = 2 * i < now.size() ? 0 : 1;
    data::Part part;
    part.reporter = i;
    c.parts.push_back(part);
    d.communes.push_back(c);
    data::Reporter r;
    r.code = c.code;
    r.district = c.district;
    d.reporters.push_back(r);
    for (std::size_t w = 0; w < 2; ++w) {
      const int activated = (w == 0 ? before : now)[i];
      if (activated < 0) continue;
      data::Report report;
      report.date = d.dates[w];
      report.eligible = 1000;
      report.activated_l2 = activated;
      lists[i].push_back(report);
    }
  }
  data::test::set_reports(d, lists);
  data::Target t;
  t.scope = data::Target::Scope::province;
  t.indicator = "activation_l2";
  t.due = day("2023-12-31");
  t.share = target;
  if (target > 0) d.targets.push_back(t);
  return d;
}
std::vector<int> all(int activated, std::size_t count) {
  return std::vector<int>(count, activated);
}

StatementAsk ask_for(StatementKind kind) {
  StatementAsk ask;
  ask.kind = kind;
  ask.since = day("2023-07-30");
  ask.at = day("2023-08-27");
  return ask;
}
StatementWords words(const Dataset& d, const StatementAsk& ask, Language language) {
  return app::words_of(data::statement(d, ask), ask, d, language);
}
std::string vi(const Dataset& d, StatementKind kind) {
  return words(d, ask_for(kind), Language::vietnamese).headline;
}
std::string en(const Dataset& d, StatementKind kind) {
  return words(d, ask_for(kind), Language::english).headline;
}

/// All numbers of a text but those of dates, levels and names of indicators.
std::vector<double> numbers_in(std::string text, Language language) {
  for (const char* other :
       {R"(\d+/\d+/\d{4})", R"(từ \d+/\d+)", "\\d+\u00A0[A-Z][a-z][a-z](\u00A0\\d{4})?",
        R"(mức \d)", R"([Ll]evel \d)", R"(1[.,]000 (dân|residents))"})
    text = std::regex_replace(text, std::regex(other), "");
  const char group = language == Language::vietnamese ? '.' : ',';
  std::vector<double> out;
  const std::regex number(R"(\d+([.,]\d+)*)");
  for (std::sregex_iterator i(text.begin(), text.end(), number), end; i != end; ++i) {
    std::string digits = i->str();
    std::erase(digits, group);
    std::replace(digits.begin(), digits.end(), ',', '.');
    out.push_back(std::stod(digits));
  }
  return out;
}

/// Everything the statement can rightly say.
std::vector<double> sayable(const StatementNumbers& s) {
  std::vector<double> out{double(s.count), double(s.rows.size()), double(s.asked),
                          double(s.told),  std::abs(s.people),    s.share * 100,
                          double(s.teams), double(s.team_days),   data::silent_after_days,
                          s.share};
  if (s.target) out.push_back(*s.target * 100);
  for (const auto& gap : {s.now, s.then}) {
    if (!gap) continue;
    if (gap->rate) out.push_back(gap->rate->value * 100);
    if (gap->target) out.push_back(*gap->target * 100);
    if (gap->achievement) out.push_back(gap->achievement->value * 100);
  }
  if (s.now && s.then && s.now->rate && s.then->rate)
    out.push_back(std::abs(s.now->rate->value - s.then->rate->value) * 100);
  for (const auto& row : s.rows) {
    out.push_back(row.value);
    out.push_back(std::abs(row.share) * 100);
    out.push_back(
        static_cast<double>(std::count_if(s.rows.begin(), s.rows.end(), [&](const auto& other) {
          return std::llround(other.share * 1000) == std::llround(row.share * 1000);
        })));
  }
  return out;
}

std::size_t letters(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

void expect_honest(const Dataset& d, const StatementAsk& ask, Language language) {
  const StatementNumbers said = data::statement(d, ask);
  const StatementWords text = app::words_of(said, ask, d, language);
  SCOPED_TRACE(text.headline + " | " + text.subtitle + " | " + text.number + " " + text.words);
  EXPECT_FALSE(text.headline.empty());
  EXPECT_FALSE(text.subtitle.empty());
  EXPECT_LE(letters(text.headline), 95U) << "more than two lines";
  const auto may = sayable(said);
  std::string all = text.headline + ";" + text.number + ";" + text.words;
  for (const auto& row : said.rows) {
    const std::string& name = d.communes[row.commune.value].name;
    for (auto at = all.find(name); at != std::string::npos; at = all.find(name))
      all.replace(at, name.size(), "X");
  }
  for (const std::string& whole : {all, text.subtitle}) {
    EXPECT_THAT(whole, testing::Not(testing::ContainsRegex("[{}]|view\\.|data\\.|nan|inf")));
    EXPECT_THAT(whole, testing::Not(testing::HasSubstr("  ")));
  }
  for (const double number : numbers_in(all, language)) {
    EXPECT_TRUE(std::any_of(may.begin(), may.end(),
                            [&](double m) {
                              return std::abs(number - m) <=
                                         (number == std::floor(number) ? 0.5001 : 0.0501) ||
                                     (m > 99.9 && number == 99.9);
                            }))
        << number << " is no number of the statement";
  }
  ASSERT_EQ(text.bars.size(), said.rows.size());
  EXPECT_LE(text.bars.size(), data::most_named);
  for (std::size_t i = 0; i < text.bars.size(); ++i) {
    EXPECT_EQ(text.bars[i].commune, said.rows[i].commune);
    const auto told = numbers_in(text.bars[i].value, language);
    ASSERT_EQ(told.size(), 1U);
    const bool rate = said.kind == StatementKind::movers || said.kind == StatementKind::newly_met;
    EXPECT_NEAR(told[0], rate ? said.rows[i].share * 100 : said.rows[i].value,
                rate ? 0.051 : 0.501);
    EXPECT_GE(text.bars[i].share, 0);
    EXPECT_LE(text.bars[i].share, i == 0 ? 1 : text.bars[i - 1].share + 1e-9);
  }
  EXPECT_EQ(text.number.empty(), said.count == 0);
  if (ask.kind == StatementKind::concentrated && said.count > 0) {
    EXPECT_NEAR(numbers_in(text.number, language).at(0), said.people, 0.501);
  }
}

}  // namespace

TEST(StatementWords, WhereWeStand) {
  const Dataset d = communes(all(220, 10), all(264, 10));
  EXPECT_EQ(vi(d, StatementKind::standing),
            "Toàn tỉnh đã kích hoạt mức 2 được 26,4%, chỉ tiêu 60%, tăng 4,4 điểm % từ 30/7");
  EXPECT_EQ(en(d, StatementKind::standing),
            "The whole province: 26.4% activated at level 2, target 60%, up 4.4 points since"
            " 30\u00A0Jul");
  const auto said = words(d, ask_for(StatementKind::standing), Language::vietnamese);
  EXPECT_EQ(said.subtitle, "Kích hoạt mức 2 so với chỉ tiêu 60% · tính đến 27/8/2023");
  EXPECT_EQ(said.number, "26,4%");
  EXPECT_EQ(said.words, "số người đủ điều kiện đã kích hoạt; còn thiếu 3.360 người");
  EXPECT_FALSE(said.good);
}

TEST(StatementWords, LongNamesLeaveItTwoLines) {
  Dataset d = communes(all(177, 10), all(179, 10));
  d.districts[0].name = "Huyện Điện Biên Đông";
  StatementAsk ask = ask_for(StatementKind::standing);
  for (std::uint32_t c = 0; c < 5; ++c) ask.within.push_back(geo::UnitIndex(c));
  EXPECT_EQ(words(d, ask, Language::vietnamese).headline,
            "Huyện Điện Biên Đông đã kích hoạt mức 2 được 17,9%, chỉ tiêu 60%, tăng 0,2 điểm % từ"
            " 30/7");
  for (const Language language : both)
    for (const StatementAsk& one : data::draft(d, ask))
      EXPECT_LE(letters(words(d, one, language).headline), 95U);
  EXPECT_EQ(words(d, ask, Language::english).headline,
            "The former Điện Biên Đông district: 17.9% activated at level 2, up 0.2 points since"
            " 30\u00A0Jul")
      << "the subtitle has the target";
  // A meeting of the year before is named with it.
  ask.since = day("2023-07-30");
  ask.at = day("2024-01-07");
  EXPECT_THAT(words(d, ask, Language::vietnamese).headline, testing::EndsWith("từ 30/7/2023"));
}

TEST(StatementWords, WhenAllHaveReachedTheirTargetThatIsGoodNews) {
  const Dataset d = communes(all(220, 10), all(660, 10));
  const auto said = words(d, ask_for(StatementKind::standing), Language::vietnamese);
  EXPECT_EQ(said.headline, "Toàn tỉnh đã đạt chỉ tiêu 60%: cả 10 xã đều đạt");
  EXPECT_EQ(said.words, "số người đủ điều kiện đã kích hoạt; bằng 110,0% chỉ tiêu")
      << "a rate is no achievement, and that is not cut at 100%";
  EXPECT_TRUE(said.good);
  EXPECT_EQ(en(d, StatementKind::standing),
            "The whole province has reached the target of 60%, as have all 10 communes");
  EXPECT_EQ(vi(d, StatementKind::concentrated), "Không còn xã nào thiếu so với chỉ tiêu");
  auto now = all(660, 10);
  now[3] = -1;
  EXPECT_EQ(vi(communes(all(-1, 10), now), StatementKind::standing),
            "Toàn tỉnh: 9/10 xã có số liệu, tất cả đều đạt chỉ tiêu")
      << "nobody knows of the tenth";
  // Reached together is not reached by all.
  now = all(660, 10);
  now[3] = 500;
  const auto mixed =
      words(communes(all(-1, 10), now), ask_for(StatementKind::standing), Language::vietnamese);
  EXPECT_EQ(mixed.headline, "Toàn tỉnh đã kích hoạt mức 2 được 64,4%, chỉ tiêu 60%");
  EXPECT_THAT(mixed.words, testing::HasSubstr("còn thiếu 100 người"));
  EXPECT_FALSE(mixed.good);
}

TEST(StatementWords, WhoHoldsTheShortfall) {
  auto now = all(200, 10);
  now[4] = 100;
  Dataset d = communes(all(200, 10), now);
  EXPECT_EQ(vi(d, StatementKind::concentrated), "8 xã giữ 80% số người còn thiếu của toàn tỉnh");
  EXPECT_EQ(en(d, StatementKind::concentrated),
            "8 communes hold 80% of the people still short in the whole province");
  const auto said = words(d, ask_for(StatementKind::concentrated), Language::vietnamese);
  EXPECT_EQ(said.number, "4.100");
  EXPECT_EQ(said.words, "người còn thiếu so với chỉ tiêu");
  ASSERT_EQ(said.bars.size(), 8U);
  EXPECT_EQ(said.bars[0].value, "500");
  EXPECT_DOUBLE_EQ(said.bars[1].share, 0.8);
  // A former district by its name, all of which are short.
  StatementAsk ask = ask_for(StatementKind::concentrated);
  for (std::uint32_t c = 0; c < 5; ++c) ask.within.push_back(geo::UnitIndex(c));
  EXPECT_EQ(words(d, ask, Language::vietnamese).headline,
            "Huyện Mường Nhé: cả 5 xã đều chưa đạt chỉ tiêu, thiếu 2.100 người");
  EXPECT_EQ(words(d, ask, Language::english).headline,
            "The former Mường Nhé district: all 5 communes are below target, 2,100 people short");
  // Few, and one person of one.
  d = communes(all(600, 10), {600, 600, 600, 600, 600, 600, 600, 600, 590, 599});
  EXPECT_EQ(vi(d, StatementKind::concentrated),
            "2 xã của toàn tỉnh chưa đạt chỉ tiêu, thiếu 11 người");
  d = communes(all(600, 10), {600, 600, 600, 600, 600, 600, 600, 600, 600, 599});
  EXPECT_EQ(vi(d, StatementKind::concentrated),
            "Chỉ còn xã Nậm J chưa đạt chỉ tiêu, thiếu 1 người");
  EXPECT_EQ(en(d, StatementKind::concentrated),
            "Only the commune of Nậm J has not reached its target: 1 person short");
  EXPECT_EQ(words(d, ask_for(StatementKind::concentrated), Language::english).words,
            "person short of the target");
}

TEST(StatementWords, WhatIsOnlyNearlyAllIsNotAll) {
  std::vector<int> now(10, 599);  // short by 1 each, and one by 600
  now[0] = 0;
  EXPECT_EQ(vi(communes(all(0, 10), now), StatementKind::concentrated),
            "8 xã giữ 99,7% số người còn thiếu của toàn tỉnh");
}

TEST(StatementWords, WhoRoseMostAndWhoFell) {
  auto now = all(200, 10);
  now[4] = 324;
  now[5] = 300;
  now[6] = 150;
  Dataset d = communes(all(200, 10), now);
  const auto said = words(d, ask_for(StatementKind::movers), Language::vietnamese);
  EXPECT_EQ(said.headline, "Xã Nậm E tăng nhanh nhất: thêm 12,4 điểm %");
  EXPECT_EQ(said.subtitle, "Kích hoạt mức 2 · từ 30/7/2023 đến 27/8/2023");
  EXPECT_EQ(said.number, "+224");
  EXPECT_EQ(said.words, "người kích hoạt thêm, ở 2 xã có tỷ lệ tăng");
  EXPECT_EQ(said.bars.at(0).value, "+12,4 điểm %");
  EXPECT_TRUE(said.good);
  EXPECT_EQ(en(d, StatementKind::movers), "The commune of Nậm E rose most: up 12.4 points");
  EXPECT_EQ(vi(d, StatementKind::fallen), "Xã Nậm G có số lũy kế giảm: đính chính hay sai sót?");
  EXPECT_EQ(words(d, ask_for(StatementKind::fallen), Language::vietnamese).bars.at(0).value, "−50");
  now[5] = 324;
  EXPECT_EQ(vi(communes(all(200, 10), now), StatementKind::movers),
            "Xã Nậm E và xã Nậm F cùng tăng nhanh nhất: thêm 12,4 điểm %");
  now[7] = 324;
  EXPECT_EQ(vi(communes(all(200, 10), now), StatementKind::movers),
            "3 xã cùng tăng nhanh nhất: mỗi xã thêm 12,4 điểm %");
  EXPECT_EQ(vi(communes(all(200, 10), all(210, 10)), StatementKind::movers),
            "10 xã có tỷ lệ tăng, nhiều nhất 1,0 điểm %")
      << "eight of ten that are alike are not the first";
  EXPECT_EQ(vi(communes(all(200, 10), all(200, 10)), StatementKind::movers),
            "Không xã nào có tỷ lệ tăng");
}

TEST(StatementWords, WhoHasNewlyMetOrFallenSilent) {
  auto now = all(200, 10);
  now[4] = 612;
  EXPECT_EQ(vi(communes(all(200, 10), now), StatementKind::newly_met), "Xã Nậm E mới đạt chỉ tiêu");
  now[5] = 700;
  EXPECT_EQ(en(communes(all(200, 10), now), StatementKind::newly_met),
            "The commune of Nậm F and the commune of Nậm E have now reached their targets");
  now[6] = 700;
  const Dataset d = communes(all(200, 10), now);
  EXPECT_EQ(vi(d, StatementKind::newly_met), "3 xã của toàn tỉnh mới đạt chỉ tiêu");
  const auto met = words(d, ask_for(StatementKind::newly_met), Language::vietnamese);
  EXPECT_EQ(met.number, "3");
  EXPECT_EQ(met.words, "xã mới đạt chỉ tiêu, so với 30/7/2023");
  EXPECT_EQ(met.bars.at(2).value, "61,2%");
  now[0] = -1;
  EXPECT_EQ(vi(communes(all(200, 10), now), StatementKind::newly_silent),
            "Xã Nậm A mới im lặng: thiếu báo cáo đã 28 ngày");
  now[1] = -1;
  EXPECT_EQ(en(communes(all(200, 10), now), StatementKind::newly_silent),
            "2 communes have fallen silent: reports missing for over 14 days");
}

TEST(StatementWords, WhatIsNotKnownIsNotZero) {
  const Dataset none = communes(all(-1, 10), all(-1, 10));
  EXPECT_EQ(vi(none, StatementKind::nothing_reported),
            "Chưa xã nào của toàn tỉnh có báo cáo đến 27/8/2023");
  EXPECT_EQ(words(none, ask_for(StatementKind::nothing_reported), Language::english).number,
            "0/10");
  EXPECT_EQ(vi(none, StatementKind::standing), "Chưa có số liệu của toàn tỉnh");
  auto now = all(200, 10);
  now[0] = now[1] = -1;
  EXPECT_EQ(
      words(communes(all(-1, 10), now), ask_for(StatementKind::concentrated), Language::vietnamese)
          .subtitle,
      "Kích hoạt mức 2 so với chỉ tiêu 60% · tính đến 27/8/2023 · số liệu của 8/10 xã");
  // One commune alone: that it holds no share does not mean that nobody there is short.
  StatementAsk ask = ask_for(StatementKind::concentrated);
  ask.within = {geo::UnitIndex(4U)};
  EXPECT_EQ(words(communes(all(-1, 10), now), ask, Language::vietnamese).headline,
            "Chưa có số liệu để nói điều này");
  Dataset estimated = communes(all(200, 10), all(200, 10));
  estimated.communes[2].parts[0].estimated = true;
  EXPECT_THAT(words(estimated, ask_for(StatementKind::standing), Language::vietnamese).subtitle,
              testing::EndsWith(" · một phần là ước tính"));
}

TEST(StatementWords, SeveralTargetsAreNamedAsTheirMean) {
  Dataset d = communes(all(200, 10), all(200, 10));
  d.targets.push_back(d.targets[0]);
  d.targets[1].scope = data::Target::Scope::district;
  d.targets[1].share = 0.85;
  const auto said = words(d, ask_for(StatementKind::standing), Language::vietnamese);
  EXPECT_EQ(said.headline, "Toàn tỉnh đã kích hoạt mức 2 được 20,0%, không đổi từ 30/7");
  EXPECT_EQ(said.subtitle,
            "Kích hoạt mức 2 so với chỉ tiêu từng nơi, bình quân 72,5% · tính đến 27/8/2023");
}

TEST(StatementWords, APlanSaysWhatIsToCome) {
  const Dataset d = communes(all(200, 10), all(200, 10));
  data::KeptPlan plan;
  plan.name = "Tháng 9 (gọi 0912 345 678)";
  plan.wishes.from = day("2023-08-26");
  plan.wishes.weekends = 3;
  data::PlanResult result;
  data::PlanResult::Sent sent;
  sent.team = "T1";
  sent.commune = geo::UnitCode("03102");
  sent.weekend = 1;
  sent.days = 2;
  sent.people = 1234;
  result.trips = {sent, sent};
  result.trips->at(1).team = "T2";
  result.trips->at(1).commune = geo::UnitCode("03103");
  plan.result = result;
  StatementAsk ask = ask_for(StatementKind::plan);
  ask.plan = &plan;
  const auto said = words(d, ask, Language::vietnamese);
  EXPECT_EQ(said.headline, "Sắp tới: 2 đội phục vụ 2 xã, dự kiến thêm 2.468 người");
  EXPECT_EQ(said.subtitle, "Kích hoạt mức 2 · Phương án “Tháng 9 (gọi […])” · 2 – 10/9/2023");
  EXPECT_EQ(said.words, "người dự kiến kích hoạt thêm, 4 ngày công");
  for (const Language language : both) expect_honest(d, ask, language);
  ask.plan = nullptr;
  EXPECT_EQ(words(d, ask, Language::english).headline,
            "This plan has no weekend to come, or is another by now");
}

TEST(StatementWords, EveryKindHasAName) {
  std::set<std::string> names;
  for (int kind = 0; kind <= static_cast<int>(StatementKind::plan); ++kind)
    for (const Language language : both)
      names.insert(app::statement_name(static_cast<StatementKind>(kind), language));
  EXPECT_EQ(names.size(), 2U * (1 + static_cast<std::size_t>(StatementKind::plan)));
  EXPECT_FALSE(names.contains(""));
}

TEST(StatementPlace, IsNeverMoreThanWasAsked) {
  Dataset d = communes(all(200, 10), all(200, 10));
  const auto place = [&](const std::vector<std::uint32_t>& units, Language language) {
    std::vector<geo::UnitIndex> within;
    for (const std::uint32_t unit : units) within.emplace_back(unit);
    return app::place_name(d, within, language);
  };
  const auto vi = Language::vietnamese, en = Language::english;
  EXPECT_EQ(place({}, vi), "toàn tỉnh");
  EXPECT_EQ(place({9, 8, 7, 6, 5, 4, 3, 2, 1, 0}, vi), "toàn tỉnh");
  EXPECT_EQ(place({0, 1, 2, 3, 4}, vi), "huyện Mường Nhé");
  EXPECT_EQ(place({5, 6, 7, 8, 9}, en), "the former town of Mường Lay");
  EXPECT_EQ(place({0, 1, 2, 3}, vi), "4 xã được chọn");
  EXPECT_EQ(place({0, 0}, vi), "xã Nậm A");
  EXPECT_EQ(place({77}, vi), "nơi không còn trong tệp");
  d.provinces[0].name = "Thành phố Huế";
  EXPECT_EQ(place({}, vi), "toàn thành phố");
  d.provinces.push_back({geo::UnitCode("12"), "Tỉnh Lai Châu"});
  for (std::size_t c = 5; c < 10; ++c) d.communes[c].province = 1;
  for (auto& commune : d.communes) commune.district = -1;
  EXPECT_EQ(place({}, vi), "cả 2 tỉnh, thành phố");
  EXPECT_EQ(place({5, 6, 7, 8, 9}, vi), "tỉnh Lai Châu");
  EXPECT_EQ(place({0, 1, 2, 3, 4}, en), "the city of Huế");
  d.communes.resize(34, d.communes[0]);
  for (std::size_t c = 0; c < 34; ++c) d.communes[c].province = static_cast<std::int32_t>(c);
  EXPECT_EQ(place({}, vi), "cả nước");
  EXPECT_EQ(app::capitalised("đặc khu Hoàng Sa"), "Đặc khu Hoàng Sa");
}

TEST(DbStatementWords, SayTheNumbersOfTheStatementInBothLanguages) {
  std::set<StatementKind> tried;
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U, 6U}) {
    const auto file = tiny::fresh("words_sample.sqlite");
    data::write_sample(file, {.communes = seed == 6 ? 1U : 25U, .weeks = 10, .seed = seed});
    auto workspace = data::Workspace::open(file);
    if (seed == 2)
      workspace.database().execute(
          "UPDATE report SET activated_l2 = activated_l2 * 5 / 10 WHERE unit_id % 5 = 0"
          " AND date = (SELECT max(date) FROM report);"
          "UPDATE target SET share = share * 0.75");
    const auto dataset = workspace.load();
    StatementAsk of;
    of.at = dataset->dates.back();
    of.since = of.at + -28;
    for (const data::Indicator indicator : data::all_indicators) {
      of.indicator = indicator;
      for (const StatementAsk& ask : data::draft(*dataset, of)) {
        tried.insert(ask.kind);
        for (const Language language : both) expect_honest(*dataset, ask, language);
      }
      // And what cannot be said.
      for (int kind = 0; kind <= static_cast<int>(StatementKind::plan); ++kind) {
        StatementAsk ask = of;
        ask.kind = static_cast<StatementKind>(kind);
        ask.since = ask.at;
        for (const Language language : both) expect_honest(*dataset, ask, language);
      }
    }
  }
  EXPECT_GE(tried.size(), 7U);
}
