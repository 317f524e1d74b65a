// Pages of entry mode drawn without a window, on the screen of an office's laptop.
#include <gtest/gtest.h>

#include <utility>

#include "app/entry_job.hpp"
#include "app/jobs.hpp"
#include "app/pages/page_command.hpp"
#include "data/sample.hpp"
#include "tests/app/desk_screen.hpp"
#include "tests/app/golden.hpp"
#include "tests/data/made_decree.hpp"
#include "tests/scratch.hpp"

using namespace app;
using command::OfEntry;
using desk_test::DeskScreen;

namespace {

struct PageScreen : DeskScreen {
  PageScreen() : DeskScreen(1366, 768, 1) {}

  void open(const std::filesystem::path& file, EntryPage page) {
    apply(state, command::WorkspaceLoaded{load(file, {})});
    apply(state, command::ChooseMode{Mode::entry});
    answer();
    say(entry::ChoosePage{page});
  }
  void say(EntryCommand what) {
    apply(state, OfEntry{std::move(what)});
    answer();
  }
  template <class Command>
  void ask(Command what) {
    say(of_page(std::move(what)));
  }
  void take(const char* what, const std::filesystem::path& file) {
    say(entry::AskPath{what, {}, {}, {}, false});
    state.dialog = Dialog::none;
    say(entry::TakePath{file});
  }
  void answer() {
    while (!state.requests.empty())
      for (const JobRequest& request : std::exchange(state.requests, {}))
        if (std::holds_alternative<EntryJob>(request)) app::apply(state, app::work(request, {}));
  }
  void looks_like(const char* golden) {
    for (int i = 0; i < 3; ++i) {  // what is drawn may ask for something
      settle();
      answer();
    }
    ASSERT_FALSE(state.error) << state.error->message.id;
    desk_test::expect_golden(picture(), golden);
  }
};

std::filesystem::path sample(const char* name) {
  const auto file = scratch::folder() / name;
  std::filesystem::remove(file);
  data::SampleOptions options;
  options.communes = 12;
  options.weeks = 6;
  data::write_sample(file, options);
  // The day stands in the forms.
  data::Workspace::open(file).database().execute(
      "UPDATE source SET imported_at = '2026-01-05T03:00:00Z'");
  return file;
}

}  // namespace

TEST(GlEntryPages, TheListOfADistrictLooksAsItShould) {
  PageScreen screen;
  screen.open(sample("pages_district.sqlite"), EntryPage::district);
  screen.looks_like("entry_district.png");
}

TEST(GlEntryPages, ATeamsFormWithItsMapLooksAsItShould) {
  PageScreen screen;
  screen.open(sample("pages_records.sqlite"), EntryPage::records);
  const auto& page = *screen.state.entry.pages.records;
  ASSERT_FALSE(page.shown.empty());
  screen.ask(records_page::Command(
      records_page::Choose{page.book->rows(page.kind)[page.shown[1]].record}));
  screen.ask(records_page::Command(records_page::TypeField{"members", "many"}));
  screen.ask(records_page::Command(records_page::ToggleMap{}));
  screen.looks_like("entry_team.png");
}

TEST(GlEntryPages, ADecreeThatDoesNotMapYetLooksAsItShould) {
  PageScreen screen;
  const auto workspace = decree::before("pages_decree");
  screen.open(workspace.file(), EntryPage::boundary);
  screen.take("land", decree::land("pages_decree"));
  screen.take("crosswalk", data::test::written("pages_decree.csv", decree::doubtful_rows));
  screen.ask(boundary_page::Command(boundary_page::TypeDay{"1/1/2027"}));
  screen.ask(boundary_page::Command(boundary_page::ReadFiles{}));
  screen.looks_like("entry_decree.png");
}
