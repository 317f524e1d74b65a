// Briefing mode as a value, over a workspace of its own: what hands do to it, and what is kept.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "app/actions.hpp"
#include "app/apply.hpp"
#include "app/briefing_job.hpp"
#include "app/briefing_words.hpp"
#include "data/workspace.hpp"
#include "tests/app/briefing_desk.hpp"
#include "tests/app/small_desk.hpp"

using namespace app;
using desk_test::answer_briefings;
using desk_test::briefing_desk;
using desk_test::do_briefing;
using desk_test::kept_briefings;
using desk_test::of_briefing;
using desk_test::scene_of;

namespace {

std::vector<std::string> statements(const data::Briefing& briefing) {
  std::vector<std::string> out;
  for (const data::Scene& scene : briefing.scenes) out.push_back(scene.statement);
  return out;
}
std::vector<std::string> statements(const AppState& state) {
  return state.briefing.briefing() ? statements(*state.briefing.briefing())
                                   : std::vector<std::string>{};
}
/// As it is in the workspace.
std::vector<std::string> written(const AppState& state) {
  const auto kept = kept_briefings(state);
  return kept.size() == 1 ? statements(kept[0]) : std::vector<std::string>{"not one"};
}

/// With a briefing of three scenes.
AppState three() {
  AppState state = briefing_desk();
  data::Briefing briefing;
  briefing.name = "Họp tháng bảy";
  briefing.scenes = {scene_of("standing"), scene_of("concentrated"), scene_of("")};
  briefing.scenes[2].headline = "Việc cần làm";
  desk_test::keep_elsewhere(state, briefing);
  apply(state, command::ChooseMode{Mode::briefing});
  answer_briefings(state);
  return state;
}

void press(AppState& state, Shortcut key) {
  const auto command = command_for_key(state, key, false);
  ASSERT_TRUE(command) << text(key);
  apply(state, *command);
  answer_briefings(state);
}

void type_headline(AppState& state, const std::string& words) {
  of_briefing(state, briefing::BeginHeadline{});
  data::Scene scene = *state.briefing.scene_now();
  scene.headline = words;
  of_briefing(state, briefing::Edit{scene, true});
}

}  // namespace

TEST(BriefingDesk, ReadsWhatIsKeptWhenItIsEntered) {
  const AppState state = three();
  ASSERT_NE(state.briefing.briefing(), nullptr);
  EXPECT_EQ(state.briefing.briefing()->name, "Họp tháng bảy");
  EXPECT_THAT(statements(state), testing::ElementsAre("standing", "concentrated", ""));
  ASSERT_TRUE(state.briefing.all_shown());
  EXPECT_FALSE(state.briefing.shown_now()->headline.empty());
  EXPECT_EQ(state.briefing.shown[2]->headline, "Việc cần làm");
}

TEST(BriefingDesk, ANewWorkspaceHasNone) {
  const AppState state = briefing_desk();
  ASSERT_TRUE(state.briefing.book);
  EXPECT_TRUE(state.briefing.book->briefings.empty());
  EXPECT_FALSE(state.briefing.book->read_only);
  EXPECT_EQ(state.briefing.briefing(), nullptr);
}

TEST(BriefingDesk, OneKeyOfReviewMakesAMeetingOfWhatIsLookedAt) {
  AppState state = briefing_desk();
  apply(state, command::ChooseMode{Mode::review});
  apply(state, command::ChooseIndicator{data::Indicator::installed});
  apply(state, command::Select{{geo::UnitIndex(1U)}});
  press(state, {key_f1 + 7});
  const auto kept = kept_briefings(state);
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].name, "Cuộc họp 2/7/2023") << "the newest report";
  ASSERT_EQ(kept[0].scenes.size(), 1U);
  EXPECT_EQ(kept[0].scenes[0].indicator, "installed");
  ASSERT_EQ(kept[0].scenes[0].highlighted.size(), 1U);
  EXPECT_EQ(kept[0].scenes[0].highlighted[0].text, "99001");
  EXPECT_EQ(state.mode, Mode::review);
  ASSERT_TRUE(state.toast);
  EXPECT_TRUE(state.toast->steps_back);
  EXPECT_NE(say(Language::vietnamese, state.toast->message).find("Cuộc họp 2/7/2023"),
            std::string::npos);

  // The next one goes to the same meeting; undo takes it out again, and then the meeting.
  press(state, {key_f1 + 7});
  EXPECT_EQ(kept_briefings(state).at(0).scenes.size(), 2U);
  apply(state, command::Undo{});
  answer_briefings(state);
  EXPECT_EQ(kept_briefings(state).at(0).scenes.size(), 1U);
  apply(state, command::Undo{});
  answer_briefings(state);
  EXPECT_TRUE(kept_briefings(state).empty());
  apply(state, command::Redo{});
  answer_briefings(state);
  EXPECT_EQ(kept_briefings(state).at(0).name, "Cuộc họp 2/7/2023");
}

TEST(BriefingDesk, WhatIsOfferedToBeUndoneIsTheLastStep) {
  AppState state = briefing_desk();
  apply(state, command::ChooseMode{Mode::review});
  press(state, {key_f1 + 7});
  ASSERT_TRUE(state.toast);
  apply(state, command::ChooseIndicator{data::Indicator::electricity});
  EXPECT_FALSE(state.toast) << "its button would undo the other step";
}

TEST(BriefingDesk, KeysWalkTheListAndReorderIt) {
  AppState state = three();
  press(state, {key_down});
  EXPECT_EQ(state.briefing.scene, 1U);
  press(state, {key_end});
  EXPECT_EQ(state.briefing.scene, 2U);
  press(state, {key_down});
  EXPECT_EQ(state.briefing.scene, 2U);
  press(state, {key_up, false, false, true});
  EXPECT_EQ(state.briefing.scene, 1U) << "the scene stays chosen";
  EXPECT_THAT(statements(state), testing::ElementsAre("standing", "", "concentrated"));
  EXPECT_EQ(written(state), statements(state));
  press(state, {key_home});
  EXPECT_EQ(state.briefing.scene, 0U);
  press(state, {key_down, false, false, true});
  EXPECT_THAT(written(state), testing::ElementsAre("", "standing", "concentrated"));
  apply(state, command::Undo{});
  apply(state, command::Undo{});
  answer_briefings(state);
  EXPECT_THAT(written(state), testing::ElementsAre("standing", "concentrated", ""));
  EXPECT_EQ(statements(state), written(state));
}

TEST(BriefingDesk, ArrowsBelongToTheFormWhileItHasTheKeyboard) {
  AppState state = three();
  apply(state, command::FocusPanel{Panel::side});
  EXPECT_FALSE(command_for_key(state, {key_down}, false));
  EXPECT_FALSE(command_for_key(state, {key_delete}, false));
  EXPECT_TRUE(command_for_key(state, {key_f1 + 4}, false));
}

TEST(BriefingDesk, ASceneIsDraggedToAnotherPlace) {
  AppState state = three();
  do_briefing(state, briefing::MoveScene{0, 2});
  EXPECT_THAT(written(state), testing::ElementsAre("concentrated", "", "standing"));
  EXPECT_EQ(state.briefing.scene, 2U);
  do_briefing(state, briefing::MoveScene{2, 7});
  EXPECT_THAT(written(state), testing::ElementsAre("concentrated", "", "standing"));
}

TEST(BriefingDesk, ScenesAreDuplicatedCopiedAndDeleted) {
  AppState state = three();
  do_briefing(state, briefing::DuplicateScene{});
  EXPECT_THAT(written(state), testing::ElementsAre("standing", "standing", "concentrated", ""));
  EXPECT_EQ(state.briefing.scene, 1U);
  do_briefing(state, briefing::CopyScene{true});
  EXPECT_THAT(written(state), testing::ElementsAre("standing", "concentrated", ""));
  press(state, {key_end});
  do_briefing(state, briefing::PasteScene{});
  EXPECT_THAT(written(state), testing::ElementsAre("standing", "concentrated", "", "standing"));
  for (int i = 0; i < 4; ++i) press(state, {key_delete});
  EXPECT_TRUE(written(state).empty());
  EXPECT_EQ(state.briefing.scene_now(), nullptr);
  EXPECT_FALSE(command_for_key(state, {key_delete}, false));
  ASSERT_TRUE(state.toast);
  EXPECT_TRUE(state.toast->steps_back);
  apply(state, command::Undo{});
  answer_briefings(state);
  EXPECT_EQ(written(state).size(), 1U);
}

TEST(BriefingDesk, WhatIsTypedIsSeenAtOnceAndWrittenInTheEndAsOneStep) {
  AppState state = three();
  const std::size_t steps = state.history.past.size();
  type_headline(state, "Còn t");
  type_headline(state, "Còn thiếu nhiều");
  EXPECT_EQ(state.briefing.shown_now()->headline, "Còn thiếu nhiều");
  EXPECT_TRUE(state.requests.empty());
  EXPECT_EQ(kept_briefings(state)[0].scenes[0].headline, "");
  do_briefing(state, briefing::EndTyping{});
  EXPECT_EQ(kept_briefings(state)[0].scenes[0].headline, "Còn thiếu nhiều");
  EXPECT_EQ(state.history.past.size(), steps + 1);
  EXPECT_FALSE(state.briefing.shown_now()->outdated);
  apply(state, command::Undo{});
  answer_briefings(state);
  EXPECT_EQ(kept_briefings(state)[0].scenes[0].headline, "");
}

TEST(BriefingDesk, WhatIsTypedIsWrittenWhateverComesNext) {
  AppState state = three();
  type_headline(state, "Một");
  press(state, {key_down});
  EXPECT_EQ(kept_briefings(state)[0].scenes[0].headline, "Một");
  type_headline(state, "Hai");
  apply(state, command::ChooseMode{Mode::review});
  answer_briefings(state);
  EXPECT_EQ(kept_briefings(state)[0].scenes[1].headline, "Hai");
  apply(state, command::ChooseMode{Mode::briefing});
  answer_briefings(state);
  type_headline(state, "Ba");
  apply(state, command::Quit{});
  EXPECT_EQ(state.briefing.writing, 1U) << "the window waits for it";
  answer_briefings(state);
  EXPECT_EQ(state.briefing.writing, 0U);
  EXPECT_EQ(kept_briefings(state)[0].scenes[1].headline, "Ba");
}

TEST(BriefingDesk, AHeadlineLeftAsComputedStaysComputed) {
  AppState state = three();
  const std::string computed = state.briefing.shown_now()->words.headline;
  of_briefing(state, briefing::BeginHeadline{});
  EXPECT_EQ(state.briefing.scene_now()->headline, computed) << "there to be edited";
  do_briefing(state, briefing::EndTyping{});
  EXPECT_EQ(state.briefing.scene_now()->headline, "");
  type_headline(state, "  ");
  do_briefing(state, briefing::EndTyping{});
  EXPECT_EQ(state.briefing.scene_now()->headline, "");
  EXPECT_EQ(state.briefing.shown_now()->headline, computed);
}

TEST(BriefingDesk, AnEditedHeadlineIsMarkedWhenItsNumbersChangeAndCanBeKept) {
  AppState state = three();
  type_headline(state, "Đã được gần một phần ba");
  do_briefing(state, briefing::EndTyping{});
  ASSERT_FALSE(state.briefing.shown_now()->outdated);
  // Mường Na reports another hundred.
  auto dataset = std::make_shared<data::Dataset>(*state.loaded->dataset);
  dataset->version = 77;
  dataset->targets[0].share = 0.8;
  auto loaded = std::make_shared<Loaded>(*state.loaded);
  loaded->dataset = dataset;
  apply(state, command::WorkspaceLoaded{loaded});
  answer_briefings(state);
  ASSERT_EQ(state.mode, Mode::briefing);
  ASSERT_TRUE(state.briefing.shown_now());
  EXPECT_TRUE(state.briefing.shown_now()->outdated);
  EXPECT_EQ(state.briefing.shown_now()->headline, "Đã được gần một phần ba");
  do_briefing(state, briefing::KeepHeadline{});
  EXPECT_FALSE(state.briefing.shown_now()->outdated);
  EXPECT_EQ(kept_briefings(state)[0].scenes[0].headline, "Đã được gần một phần ba");
}

TEST(BriefingDesk, NumbersOfAHeadlineAreToldToAPerson) {
  EXPECT_EQ(told_numbers("concentrated 8 161954 287 99001=7223,45", data::Indicator::activation_l2,
                         Language::vietnamese),
            "8 xã · 161.954 người · 28,7%");
  EXPECT_EQ(told_numbers("standing 45 161954 264 now - then -", data::Indicator::activation_l2,
                         Language::vietnamese),
            "đạt 26,4%, còn thiếu 161.954 người");
  EXPECT_EQ(
      told_numbers("standing 45 0 1800 now - then -", data::Indicator::teams_per_1000,
                   Language::vietnamese),
      "đạt " + rate_text(data::Indicator::teams_per_1000, data::Rate(1.8), Language::vietnamese))
      << "a number of teams is no share, and without a target nobody falls short";
  EXPECT_EQ(told_numbers("newly_met -", data::Indicator::activation_l2, Language::vietnamese),
            "không còn gì để nói");
  EXPECT_EQ(told_numbers("", data::Indicator::activation_l2, Language::vietnamese), "");
  EXPECT_EQ(told_numbers("nonsense", data::Indicator::activation_l2, Language::vietnamese), "");
}

TEST(BriefingDesk, NumbersAreReadAsTheyAreWritten) {
  const AppState state = three();
  const SceneShown& shown = *state.briefing.shown[0];
  const std::string told = told_numbers(data::numbers_of(shown.statement, *state.dataset()),
                                        shown.view.indicator, Language::vietnamese);
  // 780 of 2,300; short: 300 of Mường Na, 400 of Bản Đông.
  EXPECT_EQ(told, "đạt 33,9%, còn thiếu 700 người");
}

TEST(BriefingDesk, BriefingsAreMadeNamedCopiedAndDeleted) {
  AppState state = three();
  of_briefing(state, briefing::AskName{true});
  EXPECT_EQ(state.dialog, Dialog::briefing_name);
  EXPECT_EQ(state.briefing.name, "Họp tháng bảy");
  of_briefing(state, briefing::TypeName{"Họp giao ban"});
  do_briefing(state, briefing::TakeName{});
  EXPECT_EQ(state.dialog, Dialog::none);
  EXPECT_EQ(kept_briefings(state)[0].name, "Họp giao ban");

  do_briefing(state, briefing::Duplicate{});
  ASSERT_EQ(kept_briefings(state).size(), 2U);
  EXPECT_EQ(state.briefing.briefing()->name, "Họp giao ban – bản sao");
  EXPECT_EQ(state.briefing.briefing()->scenes.size(), 3U);

  of_briefing(state, briefing::AskName{false});
  of_briefing(state, briefing::TypeName{"Họp giao ban"});
  do_briefing(state, briefing::TakeName{});
  EXPECT_EQ(state.dialog, Dialog::briefing_name) << "another one's name";
  of_briefing(state, briefing::TypeName{"Chưa có gì"});
  do_briefing(state, briefing::TakeName{});
  ASSERT_EQ(kept_briefings(state).size(), 3U);
  EXPECT_EQ(state.briefing.briefing()->name, "Chưa có gì");

  do_briefing(state, briefing::Delete{});
  EXPECT_EQ(kept_briefings(state).size(), 2U);
  ASSERT_NE(state.briefing.briefing(), nullptr) << "another one is shown";
  apply(state, command::Undo{});
  answer_briefings(state);
  EXPECT_EQ(kept_briefings(state).size(), 3U);
  EXPECT_EQ(state.briefing.briefing()->name, "Chưa có gì");
}

TEST(BriefingDesk, ADraftAsksForTwoDatesAndAName) {
  AppState state = briefing_desk();
  of_briefing(state, briefing::AskDraft{});
  EXPECT_EQ(state.dialog, Dialog::briefing_draft);
  EXPECT_EQ(geo::iso(state.briefing.draft.at), "2023-07-02");
  EXPECT_EQ(geo::iso(state.briefing.draft.since), "2023-06-04") << "four weeks before";
  EXPECT_EQ(state.briefing.name, "Cuộc họp 2/7/2023");
  DraftWish wish = state.briefing.draft;
  std::swap(wish.at, wish.since);
  of_briefing(state, briefing::WishDraft{wish});
  EXPECT_EQ(state.briefing.name, "Cuộc họp 4/6/2023");
  do_briefing(state, briefing::MakeDraft{});
  EXPECT_EQ(state.dialog, Dialog::briefing_draft) << "backwards";
  std::swap(wish.at, wish.since);
  of_briefing(state, briefing::WishDraft{wish});
  do_briefing(state, briefing::MakeDraft{});
  EXPECT_EQ(state.dialog, Dialog::none);
  const auto kept = kept_briefings(state);
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_GE(kept[0].scenes.size(), 2U);
  EXPECT_EQ(state.briefing.briefing()->id, kept[0].id);
  for (const auto& shown : state.briefing.shown) {
    ASSERT_TRUE(shown);
    EXPECT_FALSE(shown->headline.empty());
  }
}

TEST(BriefingDesk, WhatAnotherProgramChangedIsNotWrittenOver) {
  AppState state = three();
  data::Briefing theirs = *state.briefing.briefing();
  theirs.scenes.pop_back();
  desk_test::keep_elsewhere(state, theirs);
  do_briefing(state, briefing::Pace{20});
  EXPECT_EQ(kept_briefings(state)[0].scenes.size(), 2U);
  EXPECT_EQ(kept_briefings(state)[0].seconds, 12);
  EXPECT_EQ(state.briefing.briefing()->scenes.size(), 2U) << "read again";
  ASSERT_TRUE(state.toast);
  EXPECT_EQ(state.toast->message.id, "app.briefing_theirs");
  EXPECT_TRUE(state.history.past.empty());
  do_briefing(state, briefing::Pace{20});
  EXPECT_EQ(kept_briefings(state)[0].seconds, 20);
}

TEST(BriefingDesk, AnAnswerToAnOlderChangeDoesNotUndoANewerOne) {
  AppState state = three();
  of_briefing(state, briefing::DeleteScene{});
  ASSERT_EQ(state.requests.size(), 1U);
  const auto first = std::get<BriefingJob>(state.requests[0]);
  state.requests.clear();
  of_briefing(state, briefing::DeleteScene{});
  apply(state, command::OfBriefing{work_on(first)});
  EXPECT_EQ(state.briefing.briefing()->scenes.size(), 1U);
  answer_briefings(state);
  EXPECT_EQ(state.briefing.briefing()->scenes.size(), 1U);
  EXPECT_EQ(written(state).size(), 1U);
}

TEST(BriefingDesk, WhatIsEditedBeforeAnUndoIsWrittenIsMadeOfWhatItBroughtBack) {
  AppState state = three();
  do_briefing(state, briefing::DeleteScene{});
  apply(state, command::Undo{});
  EXPECT_THAT(statements(state), testing::ElementsAre("standing", "concentrated", ""));
  of_briefing(state, briefing::Pace{20});
  answer_briefings(state);
  EXPECT_THAT(written(state), testing::ElementsAre("standing", "concentrated", ""));
  EXPECT_EQ(kept_briefings(state)[0].seconds, 20);
  apply(state, command::Undo{});
  apply(state, command::Undo{});
  apply(state, command::Redo{});
  apply(state, command::Redo{});
  of_briefing(state, briefing::DeleteScene{});
  answer_briefings(state);
  EXPECT_EQ(kept_briefings(state)[0].seconds, 20);
  EXPECT_EQ(written(state), statements(state));
  EXPECT_FALSE(state.toast && state.toast->message.id == "app.briefing_theirs");
  EXPECT_FALSE(state.error);
}

TEST(BriefingDesk, AnUndoneDeletionIsEditedAtOnce) {
  AppState state = three();
  do_briefing(state, briefing::Delete{});
  EXPECT_TRUE(kept_briefings(state).empty());
  apply(state, command::Undo{});
  ASSERT_NE(state.briefing.briefing(), nullptr);
  of_briefing(state, briefing::Pace{20});
  answer_briefings(state);
  ASSERT_EQ(kept_briefings(state).size(), 1U);
  EXPECT_EQ(kept_briefings(state)[0].seconds, 20);
}

TEST(BriefingDesk, WhatIsEditedBeforeACaptureIsWrittenIsKeptWithIt) {
  AppState state = three();
  of_briefing(state, briefing::Capture{});
  EXPECT_EQ(statements(state).size(), 4U) << "seen at once";
  EXPECT_EQ(state.briefing.scene, 1U);
  of_briefing(state, briefing::Pace{20});
  of_briefing(state, briefing::Capture{});
  type_headline(state, "Mới");
  of_briefing(state, briefing::EndTyping{});
  answer_briefings(state);
  const data::Briefing kept = kept_briefings(state).at(0);
  ASSERT_EQ(kept.scenes.size(), 5U);
  EXPECT_EQ(kept.seconds, 20);
  EXPECT_EQ(kept.scenes[2].headline, "Mới");
  EXPECT_EQ(kept.scenes, state.briefing.briefing()->scenes);
  for (int i = 0; i < 4; ++i) apply(state, command::Undo{});
  answer_briefings(state);
  EXPECT_EQ(written(state).size(), 3U);
  EXPECT_EQ(kept_briefings(state)[0].seconds, 12);
}

TEST(BriefingDesk, ACaptureIsAddedToWhatAnotherProgramMadeOfTheBriefing) {
  AppState state = three();
  data::Briefing theirs = *state.briefing.briefing();
  theirs.scenes.pop_back();
  desk_test::keep_elsewhere(state, theirs);
  do_briefing(state, briefing::Capture{});
  EXPECT_EQ(kept_briefings(state)[0].scenes.size(), 3U);
  EXPECT_EQ(kept_briefings(state)[0].scenes, state.briefing.briefing()->scenes);
  EXPECT_EQ(state.history.past.size(), 1U);
  apply(state, command::Undo{});
  answer_briefings(state);
  EXPECT_EQ(kept_briefings(state)[0].scenes, theirs.scenes);
}

TEST(BriefingDesk, WhatIsTypedWhileADraftIsMadeIsKept) {
  AppState state = three();
  const std::int64_t id = state.briefing.briefing()->id;
  of_briefing(state, briefing::AskDraft{});
  of_briefing(state, briefing::MakeDraft{});
  type_headline(state, "Trong lúc chờ");
  answer_briefings(state);
  const auto kept = kept_briefings(state);
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_NE(state.briefing.briefing()->id, id) << "the draft is shown";
  const auto first =
      std::find_if(kept.begin(), kept.end(), [id](const data::Briefing& b) { return b.id == id; });
  ASSERT_NE(first, kept.end());
  EXPECT_EQ(first->scenes.at(0).headline, "Trong lúc chờ");
}

TEST(BriefingDesk, NobodyWritesBetweenWhatIsReadAndWhatIsWritten) {
  AppState state = three();
  data::Briefing theirs = *state.briefing.briefing();
  of_briefing(state, briefing::Pace{20});
  const auto job = std::get<BriefingJob>(state.requests.at(0));
  data::Workspace other = data::Workspace::open(state.loaded->file);
  std::optional<BriefingCommand> answer;
  {
    data::Transaction transaction(other.database());
    std::thread desk([&] { answer = work_on(job); });
    // Long enough for it to have read, if it does not wait for the other one's writing.
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    theirs.name = "Của người khác";
    data::put_briefing(other, theirs);
    transaction.commit();
    desk.join();
  }
  ASSERT_TRUE(answer);
  EXPECT_TRUE(std::get<briefing::Changed>(*answer).theirs);
  EXPECT_EQ(kept_briefings(state)[0].name, "Của người khác");
  EXPECT_EQ(kept_briefings(state)[0].seconds, 12);
}

TEST(BriefingDesk, WhatCannotBeWrittenIsToldAndReadAgain) {
  AppState state = three();
  of_briefing(state, briefing::DeleteScene{});
  const auto job = std::get<BriefingJob>(state.requests.at(0));
  state.requests.clear();
  const geo::Error error(geo::ErrorKind::io, geo::msg("data.read_only"), "x",
                         geo::msg("data.read_only_remedy"));
  apply(state, command::OfBriefing{failure(job, error)});
  EXPECT_TRUE(state.error);
  answer_briefings(state);
  EXPECT_EQ(state.briefing.briefing()->scenes.size(), 3U);
  EXPECT_TRUE(state.history.past.empty());
}

TEST(BriefingDesk, AWorkspaceThatCanOnlyBeReadIsShownAndPresented) {
  AppState state = three();
  BriefingBook book = *state.briefing.book;
  book.read_only = true;
  of_briefing(state, briefing::Known{state.loaded->file, book});
  do_briefing(state, briefing::DeleteScene{});
  EXPECT_EQ(state.briefing.briefing()->scenes.size(), 3U);
  EXPECT_EQ(written(state).size(), 3U);
  ASSERT_TRUE(state.toast);
  EXPECT_EQ(state.toast->message.id, "app.briefing_read_only");
  EXPECT_FALSE(command_for_key(state, {key_delete}, false));
  press(state, {key_f1 + 4});
  EXPECT_TRUE(state.briefing.present);
}

TEST(BriefingDesk, PresentsFromTheFirstOrTheChosenSceneOnceAllIsWritten) {
  AppState state = three();
  const std::int64_t id = state.briefing.briefing()->id;
  press(state, {key_down});
  press(state, {key_enter});
  EXPECT_EQ(state.briefing.present, (PresentAsked{id, 1}));
  state.briefing.present.reset();
  press(state, {key_f1 + 4, false, true});
  EXPECT_EQ(state.briefing.present, (PresentAsked{id, 1}));
  state.briefing.present.reset();
  type_headline(state, "Mới");
  of_briefing(state, briefing::Present{true});
  EXPECT_FALSE(state.briefing.present) << "the room would read what was before";
  answer_briefings(state);
  EXPECT_EQ(state.briefing.present, (PresentAsked{id, 0}));
}

TEST(BriefingDesk, TheMapIsShownAndCapturedAgain) {
  AppState state = three();
  data::Scene scene = *state.briefing.scene_now();
  scene.at = *geo::parse_date("2023-06-18");
  scene.indicator = "activation_l2";
  do_briefing(state, briefing::Edit{scene, false});
  of_briefing(state, briefing::ShowOnMap{});
  EXPECT_EQ(state.mode, Mode::review);
  EXPECT_EQ(state.view.at, scene.at);
  EXPECT_EQ(geo::iso(state.derived.figures->at), "2023-06-18");
  apply(state, command::ZoomAt{{}, 3});
  apply(state, command::ChooseMode{Mode::briefing});
  answer_briefings(state);
  do_briefing(state, briefing::Recapture{});
  const data::Scene kept = kept_briefings(state)[0].scenes[0];
  ASSERT_TRUE(kept.window);
  EXPECT_NEAR(kept.window->metres, state.camera.metres_per_pixel * state.camera.width, 1);
  EXPECT_EQ(kept.statement, "standing") << "what is said stays";
  EXPECT_EQ(kept.at, scene.at);
}

TEST(BriefingDesk, ItsNumbersAreOfTheSceneAndTheReviewComesBackAsItWas) {
  AppState state = three();
  const geo::Date newest = state.derived.figures->at;
  data::Scene scene = *state.briefing.scene_now();
  scene.at = *geo::parse_date("2023-06-04");
  do_briefing(state, briefing::Edit{scene, false});
  EXPECT_EQ(geo::iso(state.derived.figures->at), "2023-06-04");
  apply(state, command::ChooseMode{Mode::review});
  EXPECT_EQ(state.derived.figures->at, newest);
  EXPECT_FALSE(state.view.at);
}

TEST(BriefingDesk, NoTwoActionsHaveTheSameKey) {
  const AppState state = three();
  std::vector<std::string> keys;
  for (const Action& action : actions(state)) {
    if (action.shortcut.key != key_none) keys.push_back(text(action.shortcut));
    for (const Language language : {Language::vietnamese, Language::english})
      EXPECT_NE(say(language, action.name), action.name.id);
  }
  std::sort(keys.begin(), keys.end());
  EXPECT_EQ(std::adjacent_find(keys.begin(), keys.end()), keys.end());
}

TEST(BriefingDesk, AnotherWorkspaceHasItsOwn) {
  AppState state = three();
  const AppState other = briefing_desk();
  apply(state, command::WorkspaceLoaded{other.loaded});
  EXPECT_EQ(state.mode, Mode::review);
  EXPECT_FALSE(state.briefing.book);
  apply(state, command::ChooseMode{Mode::briefing});
  answer_briefings(state);
  EXPECT_EQ(state.briefing.briefing(), nullptr);
}

TEST(BriefingDesk, ScenesThatCannotBeReadAreTold) {
  AppState state = three();
  {
    data::Workspace workspace = data::Workspace::open(state.loaded->file);
    workspace.database().prepare("UPDATE scene SET indicator = 'x' WHERE position = 1").run();
  }
  apply(state, command::ChooseMode{Mode::briefing});
  answer_briefings(state);
  EXPECT_EQ(state.briefing.briefing()->scenes.size(), 2U);
  EXPECT_EQ(state.briefing.book->issues.size(), 1U);
}
