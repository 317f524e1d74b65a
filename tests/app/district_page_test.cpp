// The page of a district's progress: what it asks jobs for, what it holds on to, and its way into
// the week's table. And the list that is printed from it.
#include "app/pages/district.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/actions.hpp"
#include "app/district_export.hpp"
#include "app/district_words.hpp"
#include "app/pages/page_command.hpp"
#include "tests/app/small_desk.hpp"
#include "tests/render/pdf_tools.hpp"

namespace {

using namespace app;
namespace page = app::district_page;
using testing::HasSubstr;
using testing::Not;

geo::Date day(const char* text) { return *geo::parse_date(text); }

data::WeekRow row(int i, std::optional<std::int64_t> now, std::optional<std::int64_t> last) {
  data::WeekRow r;
  r.unit = {geo::UnitLevel::commune, "0000" + std::to_string(i), ""};
  r.name = "Xã Số " + std::to_string(i);
  r.now[3] = now;
  if (now) r.now[0] = 1000;
  r.last[0] = 1000;
  r.last[3] = last;
  if (last) r.last_at = day("2023-08-20");
  r.target = 0.8;
  return r;
}

/// Three communes: one is silent, one stands still for four weeks, of one there is nothing to ask.
std::shared_ptr<const data::DistrictProgress> three() {
  auto table = std::make_shared<data::Week>();
  table->date = day("2023-08-27");
  table->rows = {row(1, 300, 280), row(2, {}, 1234), row(3, 500, 500)};
  auto d = std::make_shared<data::DistrictProgress>();
  d->week = table->date;
  d->of = {geo::UnitLevel::district, "097", ""};
  d->name = "Huyện Mường Chà";
  for (std::size_t i = 0; i < table->rows.size(); ++i) {
    auto u = data::progress_of(table->rows[i], d->week);
    u.row = i;
    d->reported += u.reported ? 1U : 0U;
    std::vector<data::Report> reports;
    for (int back = i == 2 ? 4 : 1; back >= 0; --back) {
      data::Report r;
      r.date = d->week + -7 * back;
      r.activated_l2 = back == 0 ? table->rows[i].now[3] : table->rows[i].last[3];
      if (r.activated_l2) reports.push_back(r);
    }
    data::ask_about_numbers(u, reports, d->week, false);
    d->units.push_back(std::move(u));
  }
  d->now = data::sum_of(d->units, true);
  d->latest = data::sum_of(d->units, false);
  data::order_by_urgency(d->units);
  d->table = table;
  d->scopes = {{d->of, d->name}};
  return d;
}

AppState desk() {
  AppState s = desk_test::small_desk();
  s.mode = Mode::entry;
  s.entry.of = s.loaded->file;
  s.entry.pages.shown = EntryPage::district;
  page::opened(s);
  return s;
}
/// The jobs asked for since, of this page.
std::vector<page::Job> jobs(AppState& s) {
  std::vector<page::Job> out;
  for (const JobRequest& request : s.requests)
    if (const auto* job = std::get_if<EntryJob>(&request))
      if (const auto* work = std::get_if<PageWork>(job))
        if (const auto* mine = std::get_if<page::Job>(&work->what->what)) out.push_back(*mine);
  s.requests.clear();
  return out;
}
void answer(AppState& s) {
  const auto progress = three();
  page::apply(s, page::Known{s.loaded->file,
                             s.entry.pages.district->ask,
                             progress,
                             {progress->week, progress->week + -7}});
}
const page::State& state(const AppState& s) { return *s.entry.pages.district; }

}  // namespace

TEST(DistrictPage, WhomToRingFirstIsChosenAndTheKeyboardGoesOn) {
  AppState s = desk();
  ASSERT_EQ(jobs(s).size(), 1U);
  answer(s);
  ASSERT_NE(state(s).unit(), nullptr);
  EXPECT_EQ(state(s).unit()->name, "Xã Số 2");
  const auto press = [&](int key) {
    const auto command = command_for_key(s, {key}, false);
    ASSERT_TRUE(command);
    apply_entry(s, *command);
  };
  press(key_down);
  EXPECT_EQ(state(s).unit()->name, "Xã Số 3");
  press(key_end);
  EXPECT_EQ(state(s).unit()->name, "Xã Số 1");
  press(key_down);
  EXPECT_EQ(state(s).unit()->name, "Xã Số 1") << "there is none below";
  press(key_home);
  EXPECT_EQ(state(s).unit()->name, "Xã Số 2");
  answer(s);
  EXPECT_EQ(state(s).unit()->name, "Xã Số 2") << "read again, the choice stays";
}

TEST(DistrictPage, AnAnswerToAnOlderQuestionIsVoid) {
  AppState s = desk();
  page::apply(s, page::ChooseWeek{day("2023-08-20")});
  const auto asked = jobs(s);
  ASSERT_EQ(asked.size(), 2U);
  EXPECT_EQ(std::get<page::ReadAll>(asked[1]).ask.week, day("2023-08-20"));
  page::apply(s, page::Known{s.loaded->file, std::get<page::ReadAll>(asked[0]).ask, three(), {}});
  EXPECT_EQ(state(s).progress, nullptr);
  page::apply(s, page::Known{s.loaded->file, std::get<page::ReadAll>(asked[1]).ask, three(), {}});
  EXPECT_NE(state(s).progress, nullptr);
  page::apply(s, page::Known{"another.sqlite", state(s).ask, nullptr, {}});
  EXPECT_NE(state(s).progress, nullptr);
}

TEST(DistrictPage, WhatWasAskedIsHeldAsLongAsTheQuestionIsTheSame) {
  AppState s = desk();
  answer(s);
  const auto& unit = *state(s).unit();
  ASSERT_EQ(unit.questions.size(), 1U);
  const std::string key = page::tick_key(unit, unit.questions[0]);
  page::apply(s, page::Tick{key});
  EXPECT_EQ(state(s).ticked_of(*state(s).unit()), 1U);
  answer(s);
  EXPECT_EQ(state(s).ticked_of(*state(s).unit()), 1U);
  page::apply(s, page::Tick{key});
  EXPECT_EQ(state(s).ticked_of(*state(s).unit()), 0U);
}

TEST(DistrictPage, GoesToTheUnitsRowInTheWeeksTable) {
  AppState s = desk();
  answer(s);
  page::apply(s, page::GoToTable{});
  EXPECT_EQ(s.entry.pages.shown, EntryPage::week);
  ASSERT_NE(s.entry.grid(), nullptr);
  EXPECT_EQ(s.entry.grid()->week.date, day("2023-08-27"));
  EXPECT_EQ(s.entry.grid()->cursor.row, 1U);
  // The workspace is read behind it, and the row stays.
  apply_entry(s, command::OfEntry(entry::Known{
                     s.loaded->file, *three()->table, {day("2023-08-27")}, false, false}));
  EXPECT_EQ(s.entry.grid()->cursor.row, 1U);
}

TEST(DistrictPage, TheListIsPrintedFromWhatIsShown) {
  AppState s = desk();
  answer(s);
  jobs(s);
  page::apply(s, page::AskExport{});
  ASSERT_TRUE(s.entry.path_asked);
  EXPECT_EQ(s.path.text, "goi-dien-2023-08-27.pdf");
  page::take_path(s, s.entry.path_asked->what, "x/list.pdf");
  const auto asked = jobs(s);
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(std::get<page::Export>(asked[0]).progress, state(s).progress);
}

TEST(DistrictWords, SayWhoSpokeAndKeepThreeKindsOfNumbersApart) {
  const auto d = three();
  const auto said = district_sentences(*d, Language::vietnamese);
  ASSERT_EQ(said.size(), 3U);
  EXPECT_EQ(said[0], "2 trên 3 xã đã báo cáo tuần này, 1 xã chưa.");
  EXPECT_EQ(said[1],
            "Ở 2 xã có số tuần này: 800 người kích hoạt mức 2, bằng 40,0% người đủ điều kiện; "
            "+20 người so với báo cáo trước (2 xã so được); còn thiếu 800 người, đạt 50,0% so với "
            "chỉ tiêu 80%.");
  EXPECT_THAT(said[2], HasSubstr("2.034 người")) << "800 and the 1,234 of before";
  const auto& silent = d->units[0];
  EXPECT_EQ(question_text(silent.questions[0], silent, Language::english),
            "We have had no report this week. The last one is of " +
                date(Language::english, day("2023-08-20")) +
                ", a week before, with 1,234 people activated at level 2. How many are there now?");
}

TEST(DistrictList, OnPaperNamesEveryUnitAndWhatToAsk) {
  if (!pdf_tools::have()) GTEST_SKIP() << "pdftotext and pdffonts (poppler-utils) are not here";
  const auto d = three();
  const pdf_tools::Pdf pdf(render::pdf_of(district_paper(*d, Language::vietnamese)), "calls.pdf");
  const std::string text = pdf.text();
  for (const auto& u : d->units) EXPECT_THAT(text, HasSubstr(u.name));
  EXPECT_THAT(text, HasSubstr("Chưa nhận được báo cáo"));
  EXPECT_THAT(text, HasSubstr("Đã báo cáo, không có gì phải hỏi"));
  EXPECT_THAT(text, Not(HasSubstr("district.")));
  EXPECT_EQ(pdf.fonts_missing(), "");
}

TEST(DistrictList, AsTablesHasARowForEveryQuestionAndForEveryUnit) {
  const auto d = three();
  const auto tables = district_tables(*d, Language::vietnamese);
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_EQ(tables[0].rows.size(), 2U);
  ASSERT_EQ(tables[1].rows.size(), 3U);
  for (const auto& table : tables)
    for (const auto& cells : table.rows) EXPECT_EQ(cells.size(), table.columns.size());
  // Silent: what it had last, of which day, and no change.
  EXPECT_EQ(std::get<double>(tables[1].rows[0][6]), 1234);
  EXPECT_EQ(std::get<geo::Date>(tables[1].rows[0][4]), day("2023-08-20"));
  EXPECT_TRUE(std::holds_alternative<std::monostate>(tables[1].rows[0][8]));
}
