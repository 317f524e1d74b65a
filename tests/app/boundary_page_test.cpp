// The page of boundary changes, from the files of a decree to its commit and back: what is asked
// for, done by its jobs, and then read from the workspace.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "app/apply.hpp"
#include "app/entry_job.hpp"
#include "app/jobs.hpp"
#include "app/pages/page_command.hpp"
#include "app/state.hpp"
#include "data/boundary_change.hpp"
#include "geo/error.hpp"
#include "tests/data/made_decree.hpp"

namespace {

namespace boundary = app::boundary_page;
using boundary::Section;
using data::Verdict;
using data::test::written;
using decree::clear_rows;
using decree::doubtful_rows;
using decree::head;

geo::Date day(const char* text) { return *geo::parse_date(text); }

/// A desk on the small land, with the page open.
class Page {
 public:
  explicit Page(const std::string& of) : name(of), workspace(decree::before(of)) {
    app::apply(state, app::command::WorkspaceLoaded{app::load(workspace.file(), {})});
    app::apply(state, app::command::ChooseMode{app::Mode::entry});
    app::apply(state, app::command::OfEntry{app::entry::ChoosePage{app::EntryPage::boundary}});
    answer();
  }
  /// As the page itself asks for it.
  void say(app::EntryCommand what) {
    app::apply(state, app::command::OfEntry{std::move(what)});
    answer();
  }
  void ask(boundary::Command what) { say(app::of_page(std::move(what))); }
  /// Does what was asked for, until nothing is; what cannot be done is told as the window would.
  void answer() {
    while (!state.requests.empty())
      for (const app::JobRequest& request : std::exchange(state.requests, {}))
        if (const auto* job = std::get_if<app::EntryJob>(&request))
          app::apply(state, app::command::OfEntry{done(*job)});
  }
  void choose_file(const char* what, const std::filesystem::path& file) {
    say(app::entry::AskPath{what, geo::msg("boundary.crosswalk_title"), {}, {}, false});
    say(app::entry::TakePath{file});
    state.dialog = app::Dialog::none;
  }
  void type_files(const std::string& rows) {
    choose_file("land", decree::land(name));
    choose_file("crosswalk", written(name + "_decree.csv", rows));
    ask(boundary::TypeDay{"1/1/2027"});
  }
  void read(const std::string& rows) {
    type_files(rows);
    ask(boundary::ReadFiles{});
  }
  void commit() {
    ask(boundary::ChooseStep{Section::totals});
    ask(boundary::Commit{});
  }
  /// Somebody else's import.
  void write_beside() {
    tiny::Import import(workspace, "targets");
    import.target(import.unit("00041", "commune", "2025-07-01"), 0.5);
    import.done();
  }
  const boundary::State& page() const { return *state.entry.pages.boundary; }
  std::string words() const {
    std::string out;
    for (const auto& i : page().decree->items)
      out += i.key + ":" + std::string(data::id(i.verdict)) + " ";
    return out;
  }
  std::string error() const { return state.error ? state.error->message.id : ""; }
  std::string held() { return data::test::dump(workspace); }

  std::string name;
  data::Workspace workspace;
  app::AppState state;

 private:
  static app::EntryCommand done(const app::EntryJob& job) {
    try {
      return app::work_on(job, {});
    } catch (const geo::Error& error) {
      return app::failure(job, error);
    }
  }
};

std::vector<std::string> names(const boundary::ThenTable& table) {
  std::vector<std::string> out;
  for (const boundary::ThenRow& row : table.rows) out.push_back(row.name);
  return out;
}

}  // namespace

TEST(DbBoundaryPage, FilesAndADayMakeADraftThatShowsItsProblems) {
  Page p("page_draft");
  EXPECT_EQ(p.page().dates.size(), 4U);
  EXPECT_EQ(p.page().decrees, std::vector{day("2025-07-01")});
  EXPECT_TRUE(p.page().parts.empty());

  p.ask(boundary::ReadFiles{});
  EXPECT_TRUE(p.page().wrong_day) << "there is none yet";
  p.ask(boundary::ChooseStep{Section::mapping});
  EXPECT_EQ(p.page().step, Section::files) << "nothing was read";
  p.type_files(doubtful_rows);
  EXPECT_FALSE(p.page().land.empty());
  p.ask(boundary::TypeDay{"31/2/2027"});
  EXPECT_FALSE(p.page().wrong_day) << "it is not held against who still types";
  p.ask(boundary::ReadFiles{});
  EXPECT_TRUE(p.page().wrong_day);
  EXPECT_FALSE(p.page().draft);

  p.ask(boundary::TypeDay{"1/1/2027"});
  p.ask(boundary::ReadFiles{});
  ASSERT_TRUE(p.page().draft) << p.error();
  EXPECT_EQ(p.page().step, Section::mapping);
  EXPECT_EQ(p.page().told.from, day("2027-01-01"));
  EXPECT_EQ(p.page().told.rows, 6U);
  EXPECT_EQ(p.page().told.units, 4U);
  EXPECT_EQ(p.page().told.new_units, 1U);
  EXPECT_EQ(p.words(),
            "r2:unchanged r3:unknown_former r4:shares r5:unknown_unit r6:ambiguous r7:elsewhere "
            "f00021:no_successor n00051:no_predecessor ");
  EXPECT_EQ(p.page().decree->open(), 6U);
  EXPECT_EQ(p.page().shown(), (std::vector<std::size_t>{1, 2, 3, 4, 6, 7}));
  p.ask(boundary::ShowProblems{false});
  EXPECT_EQ(p.page().shown().size(), 8U);
  EXPECT_EQ(p.page().working, 0U);
}

TEST(DbBoundaryPage, AFileThatIsNoCrosswalkIsSaidAndLeavesThePageAsItIs) {
  Page p("page_no_crosswalk");
  p.read("màu,số\nxanh,1\n");
  EXPECT_EQ(p.error(), "data.decree_no_crosswalk");
  EXPECT_FALSE(p.page().draft);
  EXPECT_EQ(p.page().step, Section::files);
  EXPECT_EQ(p.page().working, 0U) << "it can be tried again";
}

TEST(DbBoundaryPage, EveryDecisionIsAStepThatGoesBackAndForth) {
  Page p("page_steps");
  p.read(doubtful_rows);
  ASSERT_TRUE(p.page().decree) << p.error();
  p.ask(boundary::NextItem{1});
  ASSERT_EQ(p.page().chosen, "r3") << "the first problem";
  ASSERT_FALSE(p.page().item()->formers.empty());
  p.ask(boundary::TakeUnit{p.page().item()->formers[0].code, true});
  ASSERT_TRUE(p.page().item()) << "it stays chosen";
  EXPECT_EQ(p.page().item()->verdict, Verdict::whole);
  EXPECT_EQ(p.page().item()->old_code, "00021");
  EXPECT_EQ(p.page().shown().front(), 1U) << "and in the list, to be looked at again";
  EXPECT_EQ(p.words().find("f00021"), std::string::npos) << "the unit has a successor now";

  p.ask(boundary::ChooseItem{"r5"});
  p.ask(boundary::TypeName{"suoi nho"});
  EXPECT_FALSE(p.page().for_former);
  ASSERT_FALSE(p.page().found.empty());
  p.ask(boundary::TakeUnit{p.page().found[0].code, p.page().for_former});
  EXPECT_EQ(p.page().item()->new_code, "00051");
  EXPECT_TRUE(p.page().typed.empty());
  EXPECT_EQ(p.page().decree->open(), 1U) << p.words();
  p.ask(boundary::TakeUnit{"00051", false});
  EXPECT_EQ(p.page().done.size(), 2U) << "the same again is no step";

  p.ask(boundary::ChooseItem{"r6"});
  p.ask(boundary::Accept{});
  EXPECT_EQ(p.page().decree->open(), 0U) << p.words();

  const auto all = p.page().fixes;
  p.ask(boundary::TypeName{"suoi"});
  ASSERT_FALSE(p.page().found.empty());
  p.say(app::entry::Back{});
  EXPECT_TRUE(p.page().typed.empty());
  EXPECT_TRUE(p.page().found.empty()) << "that was for the step taken back";
  EXPECT_EQ(p.page().item()->verdict, Verdict::ambiguous);
  p.say(app::entry::Back{});
  p.say(app::entry::Back{});
  EXPECT_TRUE(p.page().fixes.empty());
  EXPECT_EQ(p.page().decree->open(), 6U);
  p.say(app::entry::Back{});  // there is nothing more
  EXPECT_EQ(p.page().decree->open(), 6U);
  for (int i = 0; i < 4; ++i) p.say(app::entry::Again{});
  EXPECT_EQ(p.page().fixes, all);
  EXPECT_EQ(p.page().decree->open(), 0U);

  p.say(app::entry::Back{});
  p.ask(boundary::ChooseItem{"r6"});
  p.ask(boundary::Leave{});
  p.say(app::entry::Again{});
  EXPECT_EQ(p.page().item()->verdict, Verdict::left) << "what was decided since stands";
  EXPECT_EQ(p.page().decree->open(), 0U) << p.words();
}

TEST(DbBoundaryPage, ARowCanBeLeftAloneAndForgotten) {
  Page p("page_left");
  p.read(doubtful_rows);
  ASSERT_TRUE(p.page().decree) << p.error();
  p.ask(boundary::Leave{});
  EXPECT_TRUE(p.page().fixes.empty()) << "none is chosen";
  p.ask(boundary::ChooseItem{"r3"});
  p.ask(boundary::Leave{});
  EXPECT_EQ(p.page().item()->verdict, Verdict::left);
  EXPECT_EQ(p.page().decree->open(), 5U) << p.words();
  p.ask(boundary::Forget{});
  EXPECT_EQ(p.page().item()->verdict, Verdict::unknown_former);
  p.ask(boundary::LeaveRest{});
  EXPECT_EQ(p.page().decree->open(), 0U) << p.words();
  EXPECT_EQ(p.page().decree->count(Verdict::left), 6U) << p.words();
  p.say(app::entry::Back{});
  EXPECT_EQ(p.page().decree->open(), 6U) << "all of them were one step";
}

TEST(DbBoundaryPage, AShareIsTakenWhereItIsOne) {
  Page p("page_shares");
  p.read(head +
         "00031,Xã Suối Lớn,00031,Xã Suối Lớn,part,0.5,\n"
         "00031,Xã Suối Lớn,00051,Xã Suối Nhỏ,part,0.4,\n"
         "00021,Xã Cao Sơn,00011,Xã An Hòa,whole,,\n");
  ASSERT_TRUE(p.page().decree) << p.error();
  p.ask(boundary::ChooseItem{"r2"});
  ASSERT_EQ(p.page().item()->verdict, Verdict::shares);
  for (const char* wrong : {"", "nhiều", "0", "1,5"}) {
    p.ask(boundary::TypeShare{wrong});
    p.ask(boundary::TakeShare{});
    EXPECT_TRUE(p.page().fixes.empty()) << wrong;
  }
  p.ask(boundary::TypeShare{"0,6"});
  p.ask(boundary::TakeShare{});
  EXPECT_EQ(p.page().item()->given, 0.6);
  EXPECT_EQ(p.page().item()->verdict, Verdict::part);
  EXPECT_TRUE(p.page().typed_share.empty());
  EXPECT_EQ(p.page().decree->open(), 0U) << p.words();
}

TEST(DbBoundaryPage, TotalsAreShownAndACommitGoesBack) {
  Page p("page_commit");
  const auto was = p.held();
  p.read(clear_rows);
  ASSERT_TRUE(p.page().decree) << p.error();
  EXPECT_EQ(p.words(), "r2:whole r3:whole r4:part r5:part r6:unchanged ");
  p.ask(boundary::Commit{});
  EXPECT_FALSE(p.page().committed) << "nobody has seen its totals";

  p.ask(boundary::ChooseStep{Section::totals});
  ASSERT_TRUE(p.page().totals) << p.error();
  ASSERT_EQ(p.page().totals->days.size(), 4U);
  EXPECT_TRUE(p.page().totals->equal());
  for (const auto& of : p.page().totals->days) {
    EXPECT_GT(of.before[0], 0) << geo::iso(of.date);
    EXPECT_EQ(of.before, of.after) << geo::iso(of.date);
  }
  EXPECT_EQ(p.held(), was) << "a look changed something";

  p.state.entry.read_only = true;
  p.ask(boundary::Commit{});
  EXPECT_FALSE(p.page().committed);
  p.state.entry.read_only = false;
  ASSERT_FALSE(p.state.entry.grids.empty());
  p.ask(boundary::ChooseStep{Section::commit});
  p.ask(boundary::Commit{});
  ASSERT_TRUE(p.page().committed) << p.error();
  EXPECT_EQ(p.page().step, Section::commit);
  EXPECT_TRUE(p.page().totals->equal());
  EXPECT_TRUE(p.state.entry.wrote);
  EXPECT_TRUE(p.state.entry.grids.empty()) << "their rows are units of before";
  EXPECT_EQ(p.page().decrees, (std::vector{day("2025-07-01"), day("2027-01-01")}));
  EXPECT_EQ(p.page().parts.size(), 2U) << "of the one that was split";
  const auto now = p.workspace.load();
  ASSERT_EQ(now->communes.size(), 4U);
  EXPECT_EQ(now->communes[2].full_name, "Xã Tên Mới");

  // What is committed is not changed by a slip.
  const auto committed = p.held();
  p.ask(boundary::ChooseItem{"r3"});
  p.ask(boundary::Leave{});
  p.ask(boundary::Commit{});
  EXPECT_TRUE(p.page().fixes.empty());
  EXPECT_EQ(p.held(), committed);

  p.state.entry.wrote = false;
  p.ask(boundary::UndoCommit{});
  EXPECT_FALSE(p.page().committed) << p.error();
  EXPECT_EQ(p.held(), was);
  EXPECT_TRUE(p.state.entry.wrote);
  EXPECT_EQ(p.page().decrees.size(), 1U);
  EXPECT_TRUE(p.page().parts.empty());
  EXPECT_EQ(p.page().step, Section::mapping);
  EXPECT_EQ(p.page().working, 0U);
  p.commit();  // the draft was read again
  EXPECT_TRUE(p.page().committed) << p.error();
}

// Trying writes and takes back: it needs a file that can be written, and nobody else writing.
TEST(DbBoundaryPage, NothingIsTriedOrKeptBesideOtherWriting) {
  Page p("page_held");
  p.read(clear_rows);
  ASSERT_TRUE(p.page().decree) << p.error();
  app::EntryDesk& e = p.state.entry;
  const auto refused = [&](const boundary::Command& what) {
    boundary::apply(p.state, what);
    return p.state.requests.empty();
  };
  e.writing = 1;
  EXPECT_EQ(boundary::held_back(p.state, false)->id, "boundary.week_writing");
  EXPECT_TRUE(refused(boundary::Try{}));
  e.writing = 0;
  e.read_only = true;
  EXPECT_EQ(boundary::held_back(p.state, false)->id, "boundary.read_only");
  EXPECT_TRUE(refused(boundary::Try{}));
  e.read_only = false;
  EXPECT_FALSE(boundary::held_back(p.state, true));
  p.ask(boundary::Try{});
  ASSERT_TRUE(p.page().totals) << p.error();

  // Also before anybody looked at a week of it.
  p.ask(boundary::Known{p.workspace.file(), {}, {}, {}, true});
  EXPECT_EQ(boundary::held_back(p.state, true)->id, "boundary.read_only");
  EXPECT_TRUE(refused(boundary::Commit{}));
  p.ask(boundary::Known{p.workspace.file(), {}, {}, {}, false});
  e.broken.push_back({day("2026-11-15"), {}, {}});
  EXPECT_FALSE(boundary::held_back(p.state, false)) << "a look keeps nothing";
  EXPECT_EQ(boundary::held_back(p.state, true)->id, "boundary.week_broken");
  EXPECT_TRUE(refused(boundary::Commit{}));
  e.broken.clear();
  p.ask(boundary::Commit{});
  ASSERT_TRUE(p.page().committed) << p.error();
  e.writing = 1;
  EXPECT_TRUE(refused(boundary::UndoCommit{}));
  e.writing = 0;

  // What came in meanwhile is of rows that are no more, and that is said.
  e.broken.push_back({day("2026-11-15"), {}, {}});
  boundary::apply(p.state, boundary::Undone{p.workspace.file()});
  EXPECT_TRUE(e.broken.empty());
  ASSERT_TRUE(p.state.toast);
  EXPECT_EQ(p.state.toast->message.id, "boundary.unsaved_lost");
}

TEST(DbBoundaryPage, AShareIsOnlyOfWhatTakesOne) {
  Page p("page_no_share");
  p.read(head +
         "00031,Xã Suối Lớn,00051,Xã Suối Nhỏ,part,0.4,\n"
         "00021,Xã Cao Sơn,00011,Xã An Hòa,whole,,\n"
         "00041,Xã Tên Cũ,00041,Xã Tên Mới,whole,,\n");
  ASSERT_TRUE(p.page().decree) << p.error();
  p.ask(boundary::ChooseItem{"i00031"});
  ASSERT_TRUE(p.page().item());
  EXPECT_EQ(p.page().item()->verdict, Verdict::part);
  p.ask(boundary::TypeShare{"0,5"});
  p.ask(boundary::TakeShare{});
  EXPECT_TRUE(p.page().fixes.empty()) << "it is what the other part leaves";
}

TEST(DbBoundaryPage, WhatWasDecidedIsStillThereAfterACommitIsTakenBack) {
  Page p("page_decided");
  p.read(doubtful_rows);
  ASSERT_TRUE(p.page().decree) << p.error();
  p.ask(boundary::ChooseItem{"r3"});
  p.ask(boundary::TakeUnit{"00021", true});
  p.ask(boundary::ChooseItem{"r5"});
  p.ask(boundary::TakeUnit{"00051", false});
  p.ask(boundary::ChooseItem{"r6"});
  p.ask(boundary::Accept{});
  p.commit();
  ASSERT_TRUE(p.page().committed) << p.error();
  p.say(app::entry::Back{});
  EXPECT_EQ(p.page().fixes.size(), 3U) << "a committed decree has no steps";
  p.ask(boundary::UndoCommit{});
  EXPECT_EQ(p.page().fixes.size(), 3U);
  EXPECT_EQ(p.page().decree->open(), 0U) << p.words();
  p.say(app::entry::Back{});
  EXPECT_EQ(p.page().decree->open(), 1U) << p.words();
}

TEST(DbBoundaryPage, NothingIsCommittedWhileSomethingIsUndecided) {
  Page p("page_undecided");
  const auto was = p.held();
  p.read(doubtful_rows);
  ASSERT_TRUE(p.page().decree) << p.error();
  p.commit();
  ASSERT_GT(p.page().decree->open(), 0U);
  EXPECT_FALSE(p.page().committed);
  EXPECT_EQ(p.error(), "");
  EXPECT_EQ(p.held(), was);

  // A job that was asked for all the same refuses too.
  p.state.requests.emplace_back(app::EntryJob(app::page_work(
      boundary::Job(boundary::CommitDecree{p.workspace.file(), p.page().draft, p.page().decree}),
      true)));
  p.answer();
  EXPECT_EQ(p.error(), "data.decree_undecided");
  EXPECT_FALSE(p.page().committed);
  EXPECT_EQ(p.held(), was);
}

TEST(DbBoundaryPage, ADraftOfBeforeAnotherImportIsNotCommitted) {
  Page p("page_overtaken");
  p.read(clear_rows);
  p.ask(boundary::ChooseStep{Section::totals});
  ASSERT_TRUE(p.page().totals) << p.error();
  p.write_beside();
  const auto was = p.held();
  p.ask(boundary::Commit{});
  EXPECT_NE(p.error(), "");
  EXPECT_FALSE(p.page().committed);
  EXPECT_EQ(p.held(), was);
  p.state.error.reset();
  p.ask(boundary::ReadFiles{});
  p.commit();
  EXPECT_TRUE(p.page().committed) << p.error();
}

TEST(DbBoundaryPage, ACommitIsTakenBackOnlyWhileItIsTheLatestImport) {
  Page p("page_late_undo");
  p.read(clear_rows);
  p.commit();
  ASSERT_TRUE(p.page().committed) << p.error();
  p.write_beside();
  const auto was = p.held();
  p.ask(boundary::UndoCommit{});
  EXPECT_EQ(p.error(), "boundary.undo_overtaken");
  EXPECT_TRUE(p.page().committed);
  EXPECT_EQ(p.held(), was);
  EXPECT_EQ(p.page().working, 0U);
}

TEST(DbBoundaryPage, ASecondTimeThereIsNothingNew) {
  Page p("page_twice");
  p.read(clear_rows);
  p.commit();
  ASSERT_TRUE(p.page().committed) << p.error();
  const auto was = p.held();
  p.ask(boundary::Anew{});
  EXPECT_EQ(p.page().step, Section::files);
  EXPECT_FALSE(p.page().draft);
  EXPECT_FALSE(p.page().committed);
  EXPECT_EQ(p.page().decrees.size(), 2U) << "that is not of the one decree";
  p.read(clear_rows);
  p.commit();
  EXPECT_TRUE(p.page().nothing_new) << p.error();
  EXPECT_FALSE(p.page().committed);
  EXPECT_EQ(p.held(), was);
}

TEST(DbBoundaryPage, ADateInTheBoundariesOfItsDayHasTheSamePeople) {
  Page p("page_then");
  p.read(clear_rows);
  p.commit();
  ASSERT_TRUE(p.page().committed) << p.error();
  p.ask(boundary::ChooseStep{Section::then});
  EXPECT_EQ(p.page().date, day("2026-11-15")) << "the latest";
  EXPECT_EQ(p.page().boundaries, data::Boundaries::then);
  ASSERT_TRUE(p.page().table) << p.error();
  ASSERT_EQ(p.page().table->rows.size(), 4U);
  const boundary::ThenRow& gone = p.page().table->rows[1];
  EXPECT_EQ(gone.name, "Xã Cao Sơn");
  EXPECT_EQ(gone.days.to, day("2026-12-31"));
  EXPECT_EQ(gone.eligible, 1001 + 7 * 5);
  EXPECT_EQ(gone.activated, 333 + 5);
  EXPECT_FALSE(gone.estimated);
  EXPECT_EQ(p.page().table->unknown, 0U);

  for (const char* date : {"2026-11-15", "2026-11-08", "2026-11-01", "2025-06-01"}) {
    p.ask(boundary::ChooseBoundaries{data::Boundaries::then});
    p.ask(boundary::ChooseDate{day(date)});
    const auto then = p.page().table;
    p.ask(boundary::ChooseBoundaries{data::Boundaries::today});
    const auto today = p.page().table;
    ASSERT_TRUE(then && today && then != today) << p.error();
    EXPECT_EQ(then->date, day(date));
    EXPECT_EQ(today->date, day(date));
    EXPECT_EQ(names(*today),
              (std::vector<std::string>{"Xã An Hòa", "Xã Suối Lớn", "Xã Tên Mới", "Xã Suối Nhỏ"}));
    EXPECT_GT(then->eligible, 0) << date;
    EXPECT_NEAR(then->eligible, today->eligible, 1e-6) << date;
    EXPECT_NEAR(then->activated, today->activated, 1e-6) << date;
    EXPECT_EQ(then->rows.size() == 4 ? then->rows[3].name : "Xã Tên Cũ", "Xã Tên Cũ") << date;
    EXPECT_EQ(today->rows[1].estimated, today->rows[1].eligible.has_value());
    EXPECT_FALSE(today->rows[2].estimated) << "it only got another name";
  }
  p.ask(boundary::ChooseBoundaries{data::Boundaries::then});
  ASSERT_EQ(p.page().table->rows.size(), 1U) << "of that long ago";
  EXPECT_EQ(p.page().table->eligible, 999);
}

TEST(DbBoundaryPage, AnAnswerForWhatIsNotAskedAnyMoreIsDropped) {
  Page p("page_late");
  p.read(clear_rows);
  ASSERT_TRUE(p.page().decree) << p.error();
  boundary::apply(p.state, boundary::ChooseStep{Section::totals});  // on its way
  boundary::apply(p.state, boundary::ChooseItem{"r3"});
  boundary::apply(p.state, boundary::Leave{});
  p.answer();
  EXPECT_FALSE(p.page().totals) << "of the decree as it was";
  p.ask(boundary::Known{"elsewhere.sqlite", {}, {}, {}});
  EXPECT_EQ(p.page().dates.size(), 4U);
}

// Looking back before the dates are known shows one as soon as they are.
TEST(DbBoundaryPage, LookingBackWaitsForTheDates) {
  Page p("page_then_early");
  p.state.entry.pages.boundary.reset();
  app::open_page(p.state);
  boundary::apply(p.state, boundary::ChooseStep{Section::then});
  p.answer();
  EXPECT_EQ(p.page().date, day("2026-11-15"));
  EXPECT_TRUE(p.page().table);
}

// What is stopped has no answer; the page waits for none.
TEST(DbBoundaryPage, WhatIsStoppedCanBeAskedForAgain) {
  Page p("page_stopped");
  p.type_files(clear_rows);
  boundary::apply(p.state, boundary::ReadFiles{});
  ASSERT_EQ(p.state.requests.size(), 1U);
  p.state.requests.clear();
  EXPECT_EQ(p.page().working, 0U) << "no button of the page would work again";
}

// Row 3 of another file is another row.
TEST(DbBoundaryPage, DecisionsAreOfTheRowsTheyWereMadeFor) {
  Page p("page_other_file");
  p.read(head +
         ",Xã Cao Xơn,00011,Xã An Hòa,whole,,unmatched\n"
         "00041,Xã Tên Cũ,00041,Xã Tên Mới,whole,,\n");
  ASSERT_TRUE(p.page().decree) << p.error();
  p.ask(boundary::ChooseItem{"r2"});
  p.ask(boundary::TakeUnit{"00021", true});
  EXPECT_EQ(p.page().item()->old_code, "00021");
  p.ask(boundary::ReadFiles{});
  EXPECT_EQ(p.page().fixes.size(), 1U) << "the same rows read again";
  p.read(head +
         "00041,Xã Tên Cũ,00041,Xã Tên Mới,whole,,\n"
         ",Xã Cao Xơn,00011,Xã An Hòa,whole,,unmatched\n");
  EXPECT_TRUE(p.page().fixes.empty()) << p.words();
  EXPECT_TRUE(p.page().done.empty());
}

// What was decided since makes it another decree, which can be committed.
TEST(DbBoundaryPage, NothingNewHoldsOnlyForTheDecreeItWasSaidOf) {
  Page p("page_nothing_new");
  p.read(clear_rows);
  p.commit();
  p.ask(boundary::Anew{});
  p.read(clear_rows);
  p.commit();
  ASSERT_TRUE(p.page().nothing_new) << p.error();
  p.ask(boundary::ChooseItem{"r4"});
  p.ask(boundary::TypeShare{"0,5"});
  p.ask(boundary::TakeShare{});
  ASSERT_EQ(p.page().fixes.size(), 1U);
  EXPECT_FALSE(p.page().nothing_new);
}
