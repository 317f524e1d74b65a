// The history as a value: what was entered, taken back, known and compared.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "data/import_undo.hpp"
#include "tests/app/entry_pages.hpp"
#include "tests/data/zone.hpp"

using namespace app;
using namespace app::history_page;
using desk_test::entry_desk;
using desk_test::give_path;
using desk_test::on_page;

namespace {

const history_page::State& page(const AppState& state) { return *state.entry.pages.history; }
AppState desk(data::Workspace& of) { return entry_desk(of.file(), EntryPage::history); }
data::FieldChange members(const std::string& n) {
  return ::entry::change(::entry::team, "members", n);
}
data::FieldChange activated(int commune, const std::string& n) {
  return ::entry::change(::entry::report(commune, "2025-08-17"), "activated_l2", n);
}
/// As if everything so far had been there since a day in August.
void long_ago(data::Workspace& w, const std::string& day) {
  w.database().execute("DROP TRIGGER IF EXISTS operation_stays; UPDATE source SET imported_at = '" +
                       day +
                       "T00:00:00Z' WHERE kind <> 'entries'; UPDATE operation SET received_at = '" +
                       day + "T00:00:00Z' WHERE received_at > '2025-12-31'");
}

}  // namespace

TEST(DbHistoryPage, ListsTheNewestFirstWithWhatItReplaced) {
  auto w = ::entry::workspace("history_list.sqlite");
  ::entry::enter(w, {activated(1, "125"), members("7")});
  data::set_author_unit(w, ::entry::commune(1));
  ::entry::enter(w, members("8"));
  AppState state = desk(w);
  ASSERT_TRUE(page(state).entered);
  const auto& rows = page(state).entered->rows;
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].operation.value, "8");
  EXPECT_EQ(rows[0].replaced, "7");
  EXPECT_FALSE(rows[0].replaced_import);
  EXPECT_EQ(rows[0].author_name, "xã Xã số 1");
  EXPECT_EQ(rows[2].of_batch, 2U);
  for (const auto& row : rows) {
    if (row.operation.field == "activated_l2") {
      EXPECT_EQ(row.replaced, "120") << "the import's";
      EXPECT_TRUE(row.replaced_import);
      EXPECT_EQ(row.record_name, "xã Xã số 1");
    }
  }
  on_page(state, TypeFilter{{"xa so 1", {}, {}, {}}});
  ASSERT_EQ(page(state).entered->rows.size(), 1U);
  EXPECT_EQ(page(state).entered->rows[0].operation.field, "activated_l2");
  on_page(state, TypeFilter{{{}, "tinh thu", {}, {}}});
  EXPECT_EQ(page(state).entered->rows.size(), 2U);
  on_page(state, TypeFilter{{{}, {}, {}, "1/1/2020"}});
  EXPECT_TRUE(page(state).entered->rows.empty());
}

TEST(DbHistoryPage, ALongHistoryComesInParts) {
  auto w = ::entry::workspace("history_long.sqlite");
  std::vector<data::FieldChange> changes;
  for (int week = 0; week < 400; ++week)
    changes.push_back(::entry::change(
        data::report_record(::entry::commune(2), ::entry::day("2010-01-03") + 7 * week), "sessions",
        std::to_string(week + 1)));
  data::enter(w, changes, {.file = {}, .sheet = {}, .let_stand = true});
  AppState state = desk(w);
  EXPECT_EQ(page(state).entered->rows.size(), 300U);
  EXPECT_TRUE(page(state).entered->more);
  on_page(state, More{});
  EXPECT_EQ(page(state).entered->rows.size(), 400U);
  EXPECT_FALSE(page(state).entered->more);
  std::set<data::Uuid> seen;
  for (const auto& row : page(state).entered->rows) seen.insert(row.operation.uuid);
  EXPECT_EQ(seen.size(), 400U);
  on_page(state, More{});
  EXPECT_EQ(page(state).entered->rows.size(), 400U);
}

TEST(DbHistoryPage, AnUndoIsAskedAboutAndSaysWhatItLeftAlone) {
  auto w = ::entry::workspace("history_undo.sqlite");
  ::entry::enter(w, {activated(1, "125"), members("7")});
  ::entry::enter(w, members("9"));
  AppState state = desk(w);
  const auto& rows = page(state).entered->rows;
  std::size_t at = 0;
  while (rows[at].of_batch != 2) ++at;
  on_page(state, ChooseRow{at});
  on_page(state, history_page::Undo{false});
  EXPECT_TRUE(page(state).sure);
  EXPECT_EQ(data::all_operations(w.database()).size(), 3U);
  on_page(state, history_page::Undo{true});
  ASSERT_TRUE(page(state).told);
  EXPECT_EQ(page(state).told->said, geo::msg("history.undone", 1));
  ASSERT_EQ(page(state).told->left.size(), 1U);
  EXPECT_EQ(page(state).told->left[0].field, "members");
  EXPECT_TRUE(state.entry.wrote);
  EXPECT_EQ(page(state).entered->rows.size(), 4U) << "the undo is in the history";
  EXPECT_EQ(page(state).entered->rows[0].operation.value, "120");
}

TEST(DbHistoryPage, AnImportThatIsTakenBackStaysToBeReadOf) {
  auto w = ::entry::workspace("history_import.sqlite");
  {
    tiny::Import import(w, "reports", "tuan_35.csv");
    import.report(import.unit("10001", "commune", "2025-07-01"), "2025-08-31", 1100, 140, 240);
    import.done();
  }
  long_ago(w, "2025-09-01");
  AppState state = desk(w);
  ASSERT_EQ(page(state).imports->there.size(), 2U);
  EXPECT_EQ(page(state).imports->there[0].file, "tuan_35.csv");
  on_page(state, UndoImport{false});
  EXPECT_EQ(w.sources().size(), 2U);
  on_page(state, UndoImport{true});
  EXPECT_EQ(w.sources().size(), 1U);
  ASSERT_TRUE(page(state).told);
  EXPECT_EQ(page(state).told->said.id, "history.import_undone");
  ASSERT_EQ(page(state).imports->taken_back.size(), 1U);
  EXPECT_EQ(page(state).imports->taken_back[0].source.file, "tuan_35.csv");
  EXPECT_EQ(page(state).imports->taken_back[0].source.imported_at, "2025-09-01T00:00:00Z");
  // A look at the past says what it lacks.
  on_page(state, TypeMoments{"2/9/2025", {}, {}});
  on_page(state, LookAt{});
  ASSERT_TRUE(page(state).known);
  ASSERT_EQ(page(state).known->missing.size(), 1U);
  EXPECT_EQ(page(state).known->reports, 7U);
  on_page(state, TypeMoments{"31/8/2025", {}, {}});
  on_page(state, LookAt{});
  EXPECT_TRUE(page(state).known->missing.empty()) << "it was not there yet";
}

TEST(DbHistoryPage, TwoMomentsAreComparedAndExported) {
  auto w = ::entry::workspace("history_compare.sqlite");
  long_ago(w, "2025-08-18");
  ::entry::enter(w, {activated(1, "125"), members("7")});
  long_ago(w, "2025-08-20");
  w.database().execute(
      "UPDATE source SET imported_at = '2025-08-18T00:00:00Z' WHERE kind <> 'entries'");
  AppState state = desk(w);
  on_page(state, TypeMoments{{}, "19/8/2025", "19/8/2025 giờ nào"});
  on_page(state, history_page::Compare{});
  EXPECT_FALSE(page(state).difference) << "no moment";
  on_page(state, TypeMoments{{}, "19/8/2025", {}});
  on_page(state, history_page::Compare{});
  ASSERT_TRUE(page(state).difference);
  const data::StateDifference& is = page(state).difference->is;
  ASSERT_EQ(is.fields.size(), 2U);
  EXPECT_EQ(is.fields[0].field, "activated_l2");
  EXPECT_EQ(is.fields[0].then, "120");
  EXPECT_EQ(is.fields[0].later, "125");
  EXPECT_EQ(is.fields[1].record, ::entry::team);
  EXPECT_EQ(is.then.operations, 0U);
  EXPECT_EQ(is.later.operations, 2U);
  EXPECT_EQ(is.later.whole.reached->value - is.then.whole.reached->value, 5);
  const auto csv = scratch::folder() / "difference.csv", xlsx = scratch::folder() / "d.xlsx";
  give_path(state, "difference", csv);
  EXPECT_EQ(page(state).exported, csv);
  std::ifstream in(csv);
  std::stringstream text;
  text << in.rdbuf();
  EXPECT_THAT(text.str(), testing::HasSubstr("activated_l2"));
  EXPECT_THAT(text.str(), testing::HasSubstr("125"));
  give_path(state, "difference", xlsx);
  EXPECT_GT(std::filesystem::file_size(xlsx), 3000U);
  give_path(state, "difference", scratch::folder() / "d.docx");
  ASSERT_TRUE(state.error);
  EXPECT_EQ(state.error->message.id, "history.not_exportable");
}

TEST(HistoryPage, MomentsAreReadAndWrittenByThisComputersClock) {
  const test::Zone vietnam("ICT-7");
  EXPECT_EQ(utc_of("27/8/2023", DayMeans::first_second), "2023-08-26T17:00:00Z");
  EXPECT_EQ(utc_of("27/8/2023", DayMeans::last_second), "2023-08-27T16:59:59Z");
  EXPECT_EQ(utc_of(" 27/8/2023 14:30 ", DayMeans::last_second), "2023-08-27T07:30:00Z");
  EXPECT_EQ(utc_of("2023-08-27T14:30Z", DayMeans::last_second), "2023-08-27T14:30:00Z");
  for (const char* wrong : {"", " ", "27/13/2023", "27/8/2023 24:00", "27/8/2023 1", "hôm qua"})
    EXPECT_FALSE(utc_of(wrong, DayMeans::last_second)) << wrong;
  EXPECT_EQ(time_words(Language::vietnamese, "2023-08-26T17:05:00Z"), "27/8/2023 00:05");
  EXPECT_EQ(time_words(Language::vietnamese, "2023-08-26T16:30:00Z"), "26/8/2023 23:30");
  EXPECT_EQ(utc_of("26/8/2023 23:30", DayMeans::last_second), "2023-08-26T16:30:00Z");
  EXPECT_EQ(time_words(Language::vietnamese, "gì đó"), "gì đó");
}
