// Entry mode drawn without a window: does it look right, and does a mouse choose what it points at.
#include <gtest/gtest.h>

#include <utility>

#include "app/entry_job.hpp"
#include "app/jobs.hpp"
#include "data/sample.hpp"
#include "tests/app/desk_screen.hpp"
#include "tests/app/golden.hpp"
#include "tests/scratch.hpp"

using namespace app;
using command::OfEntry;
using desk_test::DeskScreen;

namespace {

void answer(AppState& s) {
  while (!s.requests.empty())
    for (const JobRequest& request : std::exchange(s.requests, {}))
      if (std::holds_alternative<EntryJob>(request)) app::apply(s, app::work(request, {}));
}

void enter_week(DeskScreen& screen, std::uint32_t communes) {
  const auto file = scratch::folder() / "entry_desk.sqlite";
  std::filesystem::remove(file);
  data::SampleOptions options;
  options.communes = communes;
  options.weeks = 6;
  data::write_sample(file, options);
  apply(screen.state, command::WorkspaceLoaded{load(file, {})});
  apply(screen.state, command::ChooseMode{Mode::entry});
  answer(screen.state);
  screen.settle();
}

}  // namespace

TEST(GlEntryDesk, AWeekWithABlockPastedAndARuleBroken) {
  DeskScreen screen(1600, 1000, 1);
  enter_week(screen, 8);
  AppState& s = screen.state;
  const auto& rows = s.entry.grid()->week.rows;
  const auto eligible = rows[1].now[0].value_or(rows[1].last[0].value_or(100));
  apply(s, OfEntry{entry::ChooseCell{{1, 1}}});
  apply(s, OfEntry{entry::Paste{std::to_string(eligible + 40) + "\t\t3\n"}});
  answer(s);
  apply(s, OfEntry{entry::ChooseCell{{3, 4}}});
  apply(s, OfEntry{entry::Type{"12"}});
  screen.settle();
  desk_test::expect_golden(screen.picture(), "entry_week.png");
}

TEST(GlEntryDesk, AClickChoosesTheCellUnderIt) {
  DeskScreen screen(1600, 1000, 1);
  enter_week(screen, 8);
  // The table begins right of the rail (280) and below the heads; rows are 28 high.
  screen.click(560, 143 + 28 * 2 + 14);
  screen.settle();
  EXPECT_EQ(screen.state.entry.grid()->cursor, (EntryCell{2, 0}));
  screen.type("77");
  screen.settle();
  EXPECT_EQ(screen.state.entry.grid()->typing, "77");
}
