// Briefing mode drawn without a window: does it look right, and do a person's mouse and keys edit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "app/jobs.hpp"
#include "data/sample.hpp"
#include "tests/app/briefing_desk.hpp"
#include "tests/app/desk_screen.hpp"
#include "tests/app/golden.hpp"
#include "tests/app/whole.hpp"
#include "tests/scratch.hpp"

using namespace app;
using desk_test::answer_briefings;
using desk_test::DeskScreen;
using desk_test::do_briefing;
using desk_test::kept_briefings;
using desk_test::of_briefing;

namespace {

/// The sample in a file of its own.
std::shared_ptr<const Loaded> sample() {
  static int number = 0;
  static const auto file = [] {
    auto made = scratch::folder() / "briefing_sample.sqlite";
    data::write_sample(made, {});
    return made;
  }();
  static const auto loaded = desk_test::whole(load(file, {}));
  auto own = std::make_shared<Loaded>(*loaded);
  own->file = scratch::folder() / ("briefing_sample" + std::to_string(++number) + ".sqlite");
  std::filesystem::copy_file(file, own->file);
  return own;
}

/// A draft since the last meeting, with one headline written by hand, of other numbers.
void show_draft(DeskScreen& screen) {
  apply(screen.state, command::WorkspaceLoaded{sample()});
  apply(screen.state, command::ChooseMode{Mode::briefing});
  answer_briefings(screen.state);
  of_briefing(screen.state, briefing::AskDraft{});
  do_briefing(screen.state, briefing::MakeDraft{});
  screen.state.toast.reset();
  screen.settle();
}
void edit_second(DeskScreen& screen) {
  of_briefing(screen.state, briefing::ChooseScene{1});
  data::Scene scene = *screen.state.briefing.scene_now();
  scene.headline = "Tám xã đông dân giữ một phần tư số người còn thiếu";
  scene.written_for = "concentrated 8 70000 250";
  scene.note = "Hỏi xã Mường Na vì sao chưa có máy phát điện.\nNhắc lịch cuối tuần.";
  scene.seconds = 20;
  do_briefing(screen.state, briefing::Edit{scene, false});
  screen.settle();
}

}  // namespace

TEST(GlBriefingDesk, LooksAsItShould) {
  DeskScreen screen(1600, 1000, 1);
  show_draft(screen);
  edit_second(screen);
  desk_test::expect_golden(screen.picture(), "briefing_desk.png");
}

TEST(GlBriefingDesk, LooksAsItShouldOnASmallScreenInEnglish) {
  DeskScreen screen(1366, 768, 1);
  apply(screen.state, command::ChooseLanguage{Language::english});
  show_draft(screen);
  of_briefing(screen.state, briefing::Shape{true});
  screen.settle();
  desk_test::expect_golden(screen.picture(), "briefing_desk_small.png");
}

TEST(GlBriefingDesk, LooksAsItShouldOnAFineScreen) {
  DeskScreen screen(3200, 2000, 2);
  show_draft(screen);
  edit_second(screen);
  desk_test::expect_golden(screen.picture(), "briefing_desk_2x.png");
}

TEST(GlBriefingDesk, SaysWhatToDoWhereNothingIsKept) {
  DeskScreen screen(1366, 768, 1);
  apply(screen.state, command::WorkspaceLoaded{sample()});
  apply(screen.state, command::ChooseMode{Mode::briefing});
  answer_briefings(screen.state);
  screen.settle();
  desk_test::expect_golden(screen.picture(), "briefing_desk_empty.png");
  EXPECT_TRUE(screen.state.briefing.book);
}

TEST(GlBriefingDesk, TheDraftIsAskedForInADialog) {
  DeskScreen screen(1366, 768, 1);
  apply(screen.state, command::WorkspaceLoaded{sample()});
  apply(screen.state, command::ChooseMode{Mode::briefing});
  answer_briefings(screen.state);
  of_briefing(screen.state, briefing::AskDraft{});
  screen.settle();
  desk_test::expect_golden(screen.picture(), "briefing_desk_draft.png");
}

TEST(GlBriefingDesk, TheTabLeadsThere) {
  DeskScreen screen(1600, 1000, 1);
  apply(screen.state, command::WorkspaceLoaded{sample()});
  screen.settle();
  screen.click(996, 24);
  EXPECT_EQ(screen.state.mode, Mode::briefing);
  EXPECT_EQ(screen.state.focus, Panel::rail);
}

TEST(GlBriefingDesk, AClickChoosesASceneAndAPullMovesIt) {
  DeskScreen screen(1600, 1000, 1);
  show_draft(screen);
  const auto before = screen.state.briefing.briefing()->scenes;
  ASSERT_GE(before.size(), 4U);
  screen.click(150, 225);
  const std::size_t clicked = screen.state.briefing.scene;
  EXPECT_GT(clicked, 0U);
  screen.move(150, 225);
  screen.press();
  screen.move(150, 200);
  screen.move(150, 142);
  screen.release();
  answer_briefings(screen.state);
  screen.settle();
  const auto& after = screen.state.briefing.briefing()->scenes;
  EXPECT_EQ(after[0], before[clicked]);
  EXPECT_EQ(screen.state.briefing.scene, 0U);
  EXPECT_EQ(kept_briefings(screen.state)[0].scenes, after);
}

TEST(GlBriefingDesk, AHeadlineIsTypedWithKeysOnly) {
  DeskScreen screen(1600, 1000, 1);
  show_draft(screen);
  const std::string computed = screen.state.briefing.shown_now()->words.headline;
  screen.key({key_down});
  screen.key({key_up});
  EXPECT_EQ(screen.state.briefing.scene, 0U);
  screen.key({key_f1 + 1});
  screen.settle();
  // The whole sentence is chosen: what is typed comes in its place.
  screen.type("Hơn nửa đường");
  EXPECT_EQ(screen.state.briefing.scene_now()->headline, "Hơn nửa đường");
  EXPECT_TRUE(screen.state.briefing.before_typing);
  screen.enter();
  answer_briefings(screen.state);
  screen.settle();
  EXPECT_FALSE(screen.state.briefing.before_typing);
  EXPECT_EQ(kept_briefings(screen.state)[0].scenes[0].headline, "Hơn nửa đường");
  EXPECT_EQ(screen.state.briefing.shown_now()->words.headline, computed);
  screen.key({'Z', true});
  answer_briefings(screen.state);
  EXPECT_EQ(kept_briefings(screen.state)[0].scenes[0].headline, "");
}

TEST(GlBriefingDesk, KeysPressedJustBeforeQuittingAreWritten) {
  DeskScreen screen(1600, 1000, 1);
  show_draft(screen);
  screen.key({key_f1 + 1});
  screen.settle();
  screen.type("go do");
  // One frame sees the last letters and Ctrl+Q.
  screen.modifiers(true, false);
  apply(screen.state, command::Quit{});
  screen.type(" dang");
  apply(screen.state, command::Quit{});
  answer_briefings(screen.state);
  EXPECT_EQ(kept_briefings(screen.state)[0].scenes[0].headline, "go do dang");
}

TEST(GlBriefingDesk, TheStageIsDrawnAgainOnlyWhenTheSceneChanges) {
  DeskScreen screen(1600, 1000, 1);
  show_draft(screen);
  const render::Image first = screen.picture();
  screen.settle();
  EXPECT_LT(render::difference(first, screen.picture(), 0), 1e-9);
  screen.key({key_down});
  screen.settle();
  EXPECT_GT(render::difference(first, screen.picture(), 24), 0.01);
}

TEST(GlBriefingDesk, NothingAsksForAnotherFrameByItself) {
  DeskScreen screen(1600, 1000, 1);
  show_draft(screen);
  screen.move(800, 500);
  screen.settle();
  screen.state.requests.clear();
  const BriefingDesk& b = screen.state.briefing;
  const auto shown = b.shown;
  const std::size_t steps = screen.state.history.past.size();
  screen.settle();
  EXPECT_EQ(b.shown, shown) << "worked out once";
  EXPECT_EQ(screen.state.history.past.size(), steps);
  EXPECT_EQ(b.writing, 0U);
  EXPECT_TRUE(screen.state.requests.empty());
}
