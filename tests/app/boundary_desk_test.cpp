// The page of boundary changes drawn without a window: does a row that does not map look right, and
// can it be decided with mouse and keys.
#include <gtest/gtest.h>

#include "app/jobs.hpp"
#include "tests/app/desk_screen.hpp"
#include "tests/app/entry_pages.hpp"
#include "tests/app/golden.hpp"
#include "tests/data/made_decree.hpp"

using namespace app;
namespace boundary = app::boundary_page;
using desk_test::DeskScreen;

namespace {

/// A decree whose row 3 names a former unit that there is not, chosen.
void read_decree(DeskScreen& screen, const std::string& name) {
  AppState& s = screen.state;
  const auto file = decree::before(name).file();
  apply(s, command::WorkspaceLoaded{load(file, {})});
  apply(s, command::ChooseMode{Mode::entry});
  apply(s, command::OfEntry{entry::ChoosePage{EntryPage::boundary}});
  desk_test::answer_entries(s);
  desk_test::give_path(s, "land", decree::land(name));
  desk_test::give_path(s, "crosswalk",
                       data::test::written(name + "_decree.csv", decree::doubtful_rows));
  desk_test::on_page(s, boundary::TypeDay{"1/1/2027"});
  desk_test::on_page(s, boundary::ReadFiles{});
  desk_test::on_page(s, boundary::ChooseItem{"r3"});
  screen.settle();
}

}  // namespace

TEST(GlBoundaryDesk, ARowThatDoesNotMapAndWhomItMayMean) {
  DeskScreen screen(1600, 1000, 1);
  read_decree(screen, "boundary_desk");
  desk_test::expect_golden(screen.picture(), "boundary_mapping.png");
}
