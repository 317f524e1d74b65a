// Plan mode drawn without a window: does it look right, and does a person's mouse move teams.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "app/jobs.hpp"
#include "data/sample.hpp"
#include "tests/app/desk_screen.hpp"
#include "tests/app/golden.hpp"
#include "tests/app/plan_desk.hpp"
#include "tests/app/small_desk.hpp"
#include "tests/app/whole.hpp"
#include "tests/scratch.hpp"

using namespace app;
using desk_test::DeskScreen;

namespace {

std::shared_ptr<const Loaded> sample() {
  static const auto loaded = [] {
    const auto file = scratch::folder() / "plan_sample.sqlite";
    data::write_sample(file, {});
    return desk_test::whole(load(file, {}));
  }();
  return loaded;
}

/// The plan of the sample, with what is said of it; a commune that somebody visits is chosen.
void show_plan_of_sample(DeskScreen& screen) {
  apply(screen.state, command::WorkspaceLoaded{sample()});
  screen.settle();
  apply(screen.state, command::ChooseMode{Mode::plan});
  desk_test::answer(screen.state);
  desk_test::wait(screen.state);
  desk_test::answer(screen.state);
  // The solver is another program: its turn is not part of the picture.
  screen.state.plan.solving.reset();
  apply(screen.state, command::OfPlan{plan::ChooseRow{3}});
  screen.settle();
}

struct Point {
  double x, y;
};
/// Where a commune's home or target stands on the screen: below the top bar, beside the rail.
Point over(const DeskScreen& screen, std::uint32_t unit) {
  const render::PixelPoint p =
      screen.state.camera.to_pixel(screen.state.loaded->land->labels[unit].point);
  return {std::round(p.x + screen.state.panels.rail), std::round(p.y + 48)};
}

}  // namespace

TEST(GlPlanDesk, LooksAsItShould) {
  DeskScreen screen(1600, 1000, 1);
  show_plan_of_sample(screen);
  desk_test::expect_golden(screen.picture(), "desk_plan.png");
}

TEST(GlPlanDesk, LooksAsItShouldOnASmallScreenInEnglish) {
  DeskScreen screen(1366, 768, 1);
  apply(screen.state, command::ChooseLanguage{Language::english});
  show_plan_of_sample(screen);
  desk_test::expect_golden(screen.picture(), "desk_plan_small.png");
}

TEST(GlPlanDesk, LooksAsItShouldOnAFineScreen) {
  DeskScreen screen(3200, 2000, 2);
  show_plan_of_sample(screen);
  desk_test::expect_golden(screen.picture(), "desk_plan_2x.png");
}

TEST(GlPlanDesk, TheMapIsOfTheNumbersThatThePlanIsMadeFrom) {
  DeskScreen screen(1000, 700, 1);
  show_plan_of_sample(screen);
  const geo::Date last = screen.state.derived.figures->at;
  const geo::Date early = sample()->dataset->dates[2];
  ASSERT_LT(early, last);
  data::PlanWishes wishes = *screen.state.plan.wishes;
  wishes.from = early + 1;
  desk_test::wish(screen.state, wishes);
  desk_test::answer(screen.state);
  screen.settle();
  EXPECT_EQ(screen.state.derived.figures->at, early);
  apply(screen.state, command::ChooseMode{Mode::review});
  screen.settle();
  EXPECT_EQ(screen.state.derived.figures->at, last);
}

TEST(GlPlanDesk, TheTabLeadsThereAndBack) {
  DeskScreen screen(1600, 1000, 1);
  apply(screen.state, command::WorkspaceLoaded{sample()});
  screen.settle();
  screen.click(756, 24);
  EXPECT_EQ(screen.state.mode, Mode::plan);
  screen.settle();
  screen.click(636, 24);
  EXPECT_EQ(screen.state.mode, Mode::review);
}

TEST(GlPlanDesk, ATeamIsDraggedFromItsHomeToACommune) {
  DeskScreen screen(1280, 800, 1);
  screen.state = desk_test::plan_desk();
  desk_test::answer(screen.state);
  screen.settle();
  apply(screen.state, command::Fit{});
  screen.settle();
  const Point home = over(screen, 0), to = over(screen, 3);
  screen.move(home.x, home.y);
  screen.press();
  ASSERT_TRUE(screen.state.plan.drag);
  screen.move((home.x + to.x) / 2, (home.y + to.y) / 2);
  screen.move(to.x, to.y);
  screen.release();
  screen.settle();
  EXPECT_FALSE(screen.state.plan.drag);
  ASSERT_EQ(screen.state.plan.wishes->pairs.size(), 1U);
  EXPECT_EQ(screen.state.plan.wishes->pairs[0].commune.text, "99003");
}

TEST(GlPlanDesk, ANumberOfTheWaysIsToldOnceWhenTheMouseLetsGo) {
  DeskScreen screen(820, 2200, 1);
  screen.state = desk_test::plan_desk();
  desk_test::answer(screen.state);
  apply(screen.state, command::OpenDialog{Dialog::plan_numbers});
  screen.settle();
  // The sliders stand below one another at the right; those of the ways are the last ones.
  const auto& p = screen.state.plan;
  const auto before = p.travel.value_or(p.ground->travel);
  std::size_t steps = 0;
  bool found = false;
  for (double y = 2120; y > 400 && !found; y -= 30) {
    const auto wishes = p.wishes;
    steps = screen.state.history.past.size();
    screen.state.requests.clear();
    screen.move(720, y);
    screen.press();
    for (int i = 1; i <= 4; ++i) {
      screen.move(720 + 4 * i, y);
      EXPECT_TRUE(!p.travel || p.travel == before) << "while it is pulled";
    }
    screen.release();
    screen.settle();
    EXPECT_EQ(p.wishes, wishes);
    found = p.travel && *p.travel != before;
  }
  ASSERT_TRUE(found);
  const auto writes =
      std::count_if(screen.state.requests.begin(), screen.state.requests.end(),
                    [](const JobRequest& r) { return std::holds_alternative<MakePlanGround>(r); });
  EXPECT_EQ(writes, 1);
  EXPECT_EQ(screen.state.history.past.size(), steps + 1);
  apply(screen.state, command::Undo{});
  EXPECT_TRUE(!p.travel || *p.travel == before);
}

TEST(GlPlanDesk, AClickOnAHomeChoosesItsCommuneAndSendsNobody) {
  DeskScreen screen(1280, 800, 1);
  screen.state = desk_test::plan_desk();
  desk_test::answer(screen.state);
  screen.settle();
  const Point home = over(screen, 0);
  screen.click(home.x, home.y);
  EXPECT_TRUE(screen.state.plan.wishes->pairs.empty());
  EXPECT_THAT(screen.state.view.selected, testing::ElementsAre(geo::UnitIndex(0U)));
}

TEST(GlPlanDesk, ARightClickOnAWayForbidsIt) {
  DeskScreen screen(1280, 800, 1);
  screen.state = desk_test::plan_desk();
  desk_test::answer(screen.state);
  screen.settle();
  const auto& rows = screen.state.plan.rows_shown();
  ASSERT_FALSE(rows.empty());
  const PlanRow row = rows.front();
  const Point target = over(screen, row.commune.value);
  screen.move(target.x, target.y);
  screen.settle(3);
  ASSERT_TRUE(screen.state.plan.hovered);
  screen.press(1);
  screen.release(1);
  ASSERT_FALSE(screen.state.plan.wishes->pairs.empty());
  EXPECT_EQ(screen.state.plan.wishes->pairs[0].days, 0U);
}
