// Plan mode as a value: what wishes, hands and jobs do to it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "app/actions.hpp"
#include "app/apply.hpp"
#include "app/plan_map.hpp"
#include "app/plan_work.hpp"
#include "tests/app/plan_desk.hpp"
#include "tests/app/small_desk.hpp"

using namespace app;
using desk_test::answer;
using desk_test::plan_desk;
using desk_test::visits;
using desk_test::wish;

namespace {

template <class Request>
const Request* asked(const AppState& state) {
  for (const JobRequest& request : state.requests)
    if (const auto* found = std::get_if<Request>(&request)) return found;
  return nullptr;
}

void of_plan(AppState& state, PlanCommand what) { apply(state, command::OfPlan{std::move(what)}); }

AppState planned() {
  AppState state = plan_desk();
  answer(state);
  return state;
}

}  // namespace

TEST(PlanDesk, EntersWithTheWeekendAfterTheLastReportAndAsksForTheWays) {
  const AppState state = plan_desk();
  ASSERT_TRUE(state.plan.wishes);
  EXPECT_EQ(geo::iso(state.plan.wishes->from), "2023-07-08");
  ASSERT_TRUE(asked<MakePlanGround>(state));
  EXPECT_FALSE(state.plan.shown);
}

TEST(PlanDesk, TheQuickPlanFollowsTheWays) {
  const AppState state = planned();
  ASSERT_TRUE(state.plan.shown);
  EXPECT_GT(state.plan.shown->plan.total, 0);
  EXPECT_EQ(state.plan.answered, state.plan.asked);
  EXPECT_EQ(state.plan.shown->forces.levels.size(), 1U);
  EXPECT_EQ(state.plan.shown->forces.levels[0].teams, 4U);
  EXPECT_EQ(state.plan.shown->forces.generators, 1U);
  // 1,000 and 500 and 800 eligible, 300 + 400 + 80 of them activated.
  EXPECT_DOUBLE_EQ(state.plan.shown->rates.eligible, 2300);
  EXPECT_DOUBLE_EQ(state.plan.shown->rates.before, 780);
}

TEST(PlanDesk, RowsTogetherAreTheTrips) {
  const AppState state = planned();
  const PlanShown& shown = *state.plan.shown;
  std::uint32_t days = 0, of_rows = 0, of_all = 0;
  double people = 0;
  for (const data::Trip& trip : shown.plan.trips) days += trip.days;
  for (const auto& rows : shown.rows)
    for (const PlanRow& row : rows) of_rows += row.team_days;
  for (const PlanRow& row : shown.all_rows) {
    of_all += row.team_days;
    people += row.people;
  }
  EXPECT_GT(days, 0U);
  EXPECT_EQ(of_rows, days);
  EXPECT_EQ(of_all, days);
  EXPECT_NEAR(people, shown.plan.total, 1e-6);
}

TEST(PlanDesk, AWishPlansAgainAtOnceAndTheOldPlanStaysUntilThen) {
  AppState state = planned();
  const auto before = state.plan.shown;
  data::PlanWishes wishes = *state.plan.wishes;
  wishes.weekends = 1;
  wish(state, wishes);
  ASSERT_TRUE(asked<MakePlan>(state));
  EXPECT_FALSE(asked<MakePlanGround>(state)) << "the ways are the same";
  EXPECT_EQ(state.plan.shown, before);
  answer(state);
  EXPECT_EQ(state.plan.shown->plan.weekends.size(), 1U);
}

TEST(PlanDesk, AnAnswerToAnOlderQuestionDoesNotReplaceANewerOne) {
  AppState state = planned();
  data::PlanWishes wishes = *state.plan.wishes;
  wishes.weekends = 2;
  wish(state, wishes);
  const MakePlan older = *asked<MakePlan>(state);
  wishes.weekends = 3;
  wish(state, wishes);
  answer(state);
  ASSERT_EQ(state.plan.shown->plan.weekends.size(), 3U);
  apply(state, command::OfPlan{plan::Made{older.asked, make_plan(older)}});
  EXPECT_EQ(state.plan.shown->plan.weekends.size(), 3U);
}

TEST(PlanDesk, TheSolverStartsAfterQuietAndAChangeStopsItAtOnce) {
  AppState state = planned();
  EXPECT_FALSE(asked<SolvePlan>(state));
  desk_test::wait(state);
  ASSERT_TRUE(asked<SolvePlan>(state));
  EXPECT_TRUE(asked<ExplainPlan>(state));
  EXPECT_TRUE(state.plan.solving);
  const SolvePlan solve = *asked<SolvePlan>(state);
  data::PlanWishes wishes = *state.plan.wishes;
  wishes.distance = 0.9;
  wish(state, wishes);
  EXPECT_TRUE(state.plan.stop_solving);
  EXPECT_FALSE(state.plan.solving);
  answer(state);
  const auto shown = state.plan.shown;
  of_plan(state, plan::Solved{solve.asked, solve.shown});
  EXPECT_EQ(state.plan.shown, shown) << "an answer to what nobody asks any more";
}

TEST(PlanDesk, ABetterPlanReplacesTheQuickOne) {
  AppState state = planned();
  desk_test::wait(state);
  const SolvePlan solve = *asked<SolvePlan>(state);
  auto better = std::make_shared<PlanShown>(*state.plan.shown);
  better->plan.exact = true;
  of_plan(state, plan::Solved{solve.asked, better});
  of_plan(state, plan::SolveEnded{solve.asked});
  EXPECT_TRUE(state.plan.shown->plan.exact);
  EXPECT_FALSE(state.plan.solving);
}

TEST(PlanDesk, TheRowChosenIsTheSameWayInTheBetterPlan) {
  AppState state = planned();
  desk_test::wait(state);
  const SolvePlan solve = *asked<SolvePlan>(state);
  ASSERT_GE(state.plan.rows_shown().size(), 2U);
  of_plan(state, plan::ChooseRow{1});
  const PlanRow chosen = state.plan.rows_shown()[1];
  auto better = std::make_shared<PlanShown>(*state.plan.shown);
  std::reverse(better->rows[0].begin(), better->rows[0].end());
  of_plan(state, plan::Solved{solve.asked, better});
  ASSERT_TRUE(state.plan.row);
  const PlanRow& now = state.plan.rows_shown()[*state.plan.row];
  EXPECT_EQ(now.home, chosen.home);
  EXPECT_EQ(now.commune, chosen.commune);
  EXPECT_EQ(now.phone, chosen.phone);
  // Nobody goes that way any more: no other row is chosen for it.
  auto without = std::make_shared<PlanShown>(*better);
  std::erase_if(without->rows[0], [&](const PlanRow& row) {
    return row.home == chosen.home && row.commune == chosen.commune;
  });
  of_plan(state, plan::Solved{solve.asked, without});
  EXPECT_FALSE(state.plan.row);
}

TEST(PlanDesk, StoppingTheWaysIsNotAskedForAgainByItself) {
  AppState state = plan_desk();
  const PlanBasisKey key = asked<MakePlanGround>(state)->key;
  state.requests.clear();
  of_plan(state, plan::GroundStopped{key});
  desk_test::wait(state);
  EXPECT_TRUE(state.requests.empty());
  EXPECT_TRUE(state.plan.ground_refused);
  of_plan(state, plan::MakeGround{});
  EXPECT_TRUE(asked<MakePlanGround>(state));
}

TEST(PlanDesk, ATeamDroppedOnACommuneGoesThere) {
  AppState state = planned();
  // Núa Lang (1) is above its target: nobody goes there by itself.
  ASSERT_EQ(visits(state, 1), 0U);
  of_plan(state, plan::Drag{PlanDrag{geo::UnitIndex(0U), {}}});
  of_plan(state, plan::Drop{desk_test::middle_of(state, 3)});
  EXPECT_FALSE(state.plan.drag);
  ASSERT_EQ(state.plan.wishes->pairs.size(), 1U);
  const data::PlanPair& pair = state.plan.wishes->pairs[0];
  EXPECT_EQ(pair.commune.text, "99003");
  EXPECT_EQ(pair.weekend, 0U);
  EXPECT_EQ(pair.days, 2U);
  EXPECT_THAT(state.view.selected, testing::ElementsAre(geo::UnitIndex(3U)));
}

TEST(PlanDesk, DroppedBesideTheLandNobodyIsSent) {
  AppState state = planned();
  of_plan(state, plan::Drag{PlanDrag{geo::UnitIndex(0U), {}}});
  of_plan(state, plan::Drop{{1, 1}});
  EXPECT_FALSE(state.plan.drag);
  EXPECT_TRUE(state.plan.wishes->pairs.empty());
}

TEST(PlanDesk, SendingATeamElsewhereOnTheSameWeekendReplacesTheFirst) {
  AppState state = planned();
  of_plan(state, plan::SendTo{1, geo::UnitIndex(2U)});
  of_plan(state, plan::SendTo{1, geo::UnitIndex(0U)});
  ASSERT_EQ(state.plan.wishes->pairs.size(), 1U);
  EXPECT_EQ(state.plan.wishes->pairs[0].commune.text, "99000");
  answer(state);
  const data::Plan& plan = state.plan.shown->plan;
  EXPECT_TRUE(std::any_of(plan.trips.begin(), plan.trips.end(), [](const data::Trip& trip) {
    return trip.team == 1 && trip.weekend == 0 && trip.commune.value == 0;
  }));
  EXPECT_EQ(plan.musts_missed, 0U);
}

TEST(PlanDesk, ForbiddenNobodyFromThereGoesAndAgainTheyMay) {
  AppState state = planned();
  ASSERT_GT(visits(state, 0), 0U);
  const geo::UnitIndex home(0U), commune(0U);
  of_plan(state, plan::Forbid{home, commune});
  EXPECT_EQ(state.plan.wishes->pairs.size(), 3U) << "the three teams of that home";
  answer(state);
  for (const PlanRow& row : state.plan.shown->all_rows)
    EXPECT_FALSE(row.home == home && row.commune == commune && !row.phone);
  of_plan(state, plan::Forbid{home, commune});
  EXPECT_TRUE(state.plan.wishes->pairs.empty());
}

TEST(PlanDesk, UndoTakesBackOneWishAtATime) {
  AppState state = planned();
  const data::PlanWishes first = *state.plan.wishes;
  data::PlanWishes wishes = first;
  for (const double pull : {0.5, 0.6, 0.7}) {
    wishes.barriers = pull;
    wish(state, wishes);
  }
  wishes.weekends = 4;
  wish(state, wishes);
  of_plan(state, plan::SendTo{1, geo::UnitIndex(2U)});
  apply(state, command::Undo{});
  EXPECT_TRUE(state.plan.wishes->pairs.empty());
  apply(state, command::Undo{});
  EXPECT_EQ(state.plan.wishes->weekends, first.weekends);
  EXPECT_DOUBLE_EQ(state.plan.wishes->barriers, 0.7);
  apply(state, command::Undo{});
  EXPECT_EQ(*state.plan.wishes, first) << "one pull at a slider is one step";
  EXPECT_TRUE(state.history.past.empty()) << "going to plan mode is no step";
  apply(state, command::Redo{});
  EXPECT_DOUBLE_EQ(state.plan.wishes->barriers, 0.7);
}

TEST(PlanDesk, WhyNotIsAskedOnceForACommuneThatNobodyVisits) {
  AppState state = planned();
  desk_test::wait(state);
  answer(state);
  apply(state, command::Select{{geo::UnitIndex(1U)}});
  ASSERT_TRUE(asked<AskWhyNot>(state));
  answer(state);
  ASSERT_EQ(state.plan.why.size(), 1U);
  EXPECT_EQ(state.plan.why[0].why.reason, data::WhyNot::Reason::no_shortfall);
  apply(state, command::Select{});
  apply(state, command::Select{{geo::UnitIndex(1U)}});
  EXPECT_FALSE(asked<AskWhyNot>(state)) << "it is known";
}

TEST(PlanDesk, KeysStepThroughWeekendsAndRows) {
  AppState state = planned();
  const auto press = [&](Shortcut key) {
    if (const auto command = command_for_key(state, key, false)) apply(state, *command);
  };
  press({'.'});
  EXPECT_EQ(state.plan.weekend, 1U);
  press({','});
  press({','});
  EXPECT_EQ(state.plan.weekend, 0U);
  press({'J'});
  ASSERT_EQ(state.plan.row, 0U);
  EXPECT_THAT(state.view.selected, testing::ElementsAre(state.plan.rows_shown().front().commune));
  press({key_f1 + 1});
  EXPECT_EQ(state.mode, Mode::review);
  press({key_f1 + 2});
  EXPECT_EQ(state.mode, Mode::plan);
}

TEST(PlanDesk, AKeptPlanComesBackAndItsDeletionCanBeUndone) {
  AppState state = planned();
  of_plan(state, plan::AskKeep{});
  EXPECT_EQ(state.dialog, Dialog::plan_keep);
  EXPECT_FALSE(state.plan.name.empty());
  of_plan(state, plan::TypeName{"Thử"});
  of_plan(state, plan::Keep{});
  const auto* keep = asked<ChangeKeptPlan>(state);
  ASSERT_TRUE(keep && keep->after);
  EXPECT_EQ(keep->after->name, "Thử");
  ASSERT_TRUE(keep->after->result);
  EXPECT_NEAR(keep->after->result->total, state.plan.shown->plan.total, 1e-9);
  data::KeptPlan written = *keep->after;
  written.id = 1;
  state.requests.clear();
  of_plan(state, plan::KeptChanged{{written}, std::nullopt, written, true});
  of_plan(state, plan::DeleteKept{1});
  ASSERT_TRUE(asked<ChangeKeptPlan>(state));
  EXPECT_FALSE(asked<ChangeKeptPlan>(state)->after);
  state.requests.clear();
  of_plan(state, plan::KeptChanged{{}, written, std::nullopt, true});
  apply(state, command::Undo{});
  ASSERT_TRUE(asked<ChangeKeptPlan>(state));
  EXPECT_EQ(asked<ChangeKeptPlan>(state)->after, written);
  EXPECT_FALSE(asked<ChangeKeptPlan>(state)->step);
}

TEST(PlanDesk, ComparedWithItselfNothingDiffersAndWithLessItGains) {
  AppState state = planned();
  data::KeptPlan same;
  same.id = 1;
  same.name = "như thế";
  same.wishes = *state.plan.wishes;
  same.result = data::result_of(*state.plan.ground->basis, state.plan.shown->plan);
  data::KeptPlan less = same;
  less.id = 2;
  less.result->communes.clear();
  state.plan.kept = {same, less};
  of_plan(state, plan::Compare{1});
  ASSERT_TRUE(state.plan.comparison);
  EXPECT_TRUE(state.plan.comparison->rows.empty());
  of_plan(state, plan::Compare{2});
  ASSERT_FALSE(state.plan.comparison->rows.empty());
  EXPECT_NEAR(state.plan.comparison->total.here, state.plan.shown->plan.total, 1e-6);
  EXPECT_EQ(state.plan.comparison->total.there, 0);
}

namespace {

/// What is shown, kept without its last trip: no plan that would be made again.
data::KeptPlan kept_with_one_trip_less(const AppState& state) {
  data::KeptPlan kept;
  kept.id = 1;
  kept.name = "A";
  kept.wishes = *state.plan.wishes;
  kept.result = data::result_of(*state.plan.ground->basis, state.plan.shown->plan);
  const auto& last = kept.result->trips->back();
  kept.result->total -= last.people;
  for (auto& commune : kept.result->communes) {
    if (commune.code == last.commune && !last.phone) commune.team_days -= last.days;
  }
  kept.result->trips->pop_back();
  return kept;
}

}  // namespace

TEST(PlanDesk, AKeptPlanIsShownAsItWasKeptAndTheSolverLeavesItAlone) {
  AppState state = planned();
  const data::KeptPlan kept = kept_with_one_trip_less(state);
  const std::size_t trips = state.plan.shown->plan.trips.size();
  ASSERT_GT(trips, 1U);
  state.plan.kept = {kept};
  of_plan(state, plan::OpenKept{1});
  answer(state);
  EXPECT_EQ(state.plan.shown->kept, 1);
  EXPECT_EQ(state.plan.shown->plan.trips.size(), trips - 1);
  EXPECT_EQ(state.plan.shown->plan.total, kept.result->total);
  desk_test::wait(state);
  EXPECT_TRUE(asked<ExplainPlan>(state));
  EXPECT_FALSE(asked<SolvePlan>(state));
  of_plan(state, plan::Compare{1});
  ASSERT_TRUE(state.plan.comparison);
  EXPECT_TRUE(state.plan.comparison->rows.empty());
  // Kept again under another name it is the same plan still.
  of_plan(state, plan::AskKeep{});
  of_plan(state, plan::TypeName{"B"});
  of_plan(state, plan::Keep{});
  ASSERT_TRUE(asked<ChangeKeptPlan>(state));
  EXPECT_EQ(asked<ChangeKeptPlan>(state)->after->result, kept.result);
  // A wish makes another plan; its undoing shows the kept one again.
  state.requests.clear();
  data::PlanWishes wishes = *state.plan.wishes;
  wishes.distance = 0.9;
  wish(state, wishes);
  answer(state);
  EXPECT_EQ(state.plan.shown->kept, 0);
  EXPECT_EQ(state.plan.shown->plan.trips.size(), trips);
  apply(state, command::Undo{});
  answer(state);
  EXPECT_EQ(state.plan.shown->kept, 1);
}

TEST(PlanDesk, APlanKeptWithoutItsTripsIsMadeAnewAndThatIsSaid) {
  AppState state = planned();
  data::KeptPlan kept = kept_with_one_trip_less(state);
  kept.result->trips.reset();
  state.plan.kept = {kept};
  of_plan(state, plan::OpenKept{1});
  answer(state);
  EXPECT_EQ(state.plan.shown->kept, 0);
  ASSERT_TRUE(state.toast);
  EXPECT_EQ(state.toast->message.id, "plan.kept_made_anew");
}

TEST(PlanDesk, KeptPlansAreComparedByWhoGoesWhen) {
  AppState state = planned();
  data::KeptPlan other = kept_with_one_trip_less(state);
  other.result = data::result_of(*state.plan.ground->basis, state.plan.shown->plan);
  std::uint32_t days = 0, moved = 0;
  for (auto& sent : *other.result->trips) {
    if (sent.phone) continue;
    days += sent.days;
    if (moved > 0) continue;
    moved = sent.days;  // the same people of the same commune, by somebody else
    sent.team = "another";
  }
  ASSERT_GT(moved, 0U);
  state.plan.kept = {other};
  of_plan(state, plan::Compare{1});
  ASSERT_TRUE(state.plan.comparison && state.plan.comparison->by_trips);
  EXPECT_EQ(state.plan.comparison->total.same_days, days - moved);
  EXPECT_EQ(state.plan.comparison->rows.size(), 1U);
}

TEST(PlanDesk, AKeptPlanOfOtherNumbersIsMarked) {
  AppState state = planned();
  data::KeptPlan same = kept_with_one_trip_less(state), other = same, old = same;
  other.id = 2;
  other.result->made_from = "0";
  old.id = 3;
  old.result->trips.reset();
  EXPECT_THAT(outdated_plans(*state.loaded, *state.plan.ground, {same, other, old}),
              testing::ElementsAre(2));
  state.plan.kept = {same, other};
  state.plan.outdated = {2};
  data::KeptPlan again = other;
  again.result = same.result;
  of_plan(state, plan::KeptChanged{{same, again}, other, again, true});
  EXPECT_TRUE(state.plan.outdated.empty()) << "kept anew";
}

TEST(PlanDesk, AnotherWorkspaceForgetsThePlanAndTheSameOneKeepsItsWishes) {
  AppState state = planned();
  data::PlanWishes wishes = *state.plan.wishes;
  wishes.weekends = 3;
  wish(state, wishes);
  auto again = std::make_shared<Loaded>(*state.loaded);
  auto dataset = std::make_shared<data::Dataset>(*again->dataset);
  dataset->version = 3;
  again->dataset = dataset;
  again->pool.reset();
  apply(state, command::WorkspaceLoaded{again});
  EXPECT_EQ(state.mode, Mode::plan);
  EXPECT_EQ(state.plan.wishes->weekends, 3U);
  EXPECT_FALSE(state.plan.shown) << "its communes may be others";
  auto other = std::make_shared<Loaded>(*again);
  other->file = "/nowhere/other.sqlite";
  apply(state, command::WorkspaceLoaded{other});
  EXPECT_EQ(state.mode, Mode::review);
  EXPECT_FALSE(state.plan.wishes);
}

TEST(PlanDesk, OverTheMapARowLiesUnderItsTargetAndAHomeUnderItsSquare) {
  AppState state = planned();
  const auto& land = *state.loaded->land;
  const geo::UnitIndex home = state.plan.shown->homes.front();
  const render::PixelPoint square = state.camera.to_pixel(land.labels[home.value].point);
  EXPECT_EQ(plan_home_at(state, square), home);
  EXPECT_FALSE(plan_home_at(state, {square.x + 60, square.y}).valid());
  const PlanRow& row = state.plan.rows_shown().front();
  const auto found =
      plan_row_at(state, state.camera.to_pixel(land.labels[row.commune.value].point));
  ASSERT_TRUE(found);
  EXPECT_EQ(state.plan.rows_shown()[*found].commune, row.commune);
  EXPECT_FALSE(plan_row_at(state, {2, 2}));
}
