// What a workspace lacks when its map is first shown comes later, and disturbs nobody.
#include <gmock/gmock.h>

#include <gtest/gtest.h>
#include <atomic>
#include <chrono>
#include <thread>

#include "tests/app/small_desk.hpp"
#include "tests/app/whole.hpp"

using namespace app;
using namespace app::command;
using desk_test::small_loaded;
using testing::ElementsAre;

namespace {

/// The small workspace as its first picture needs it.
std::shared_ptr<const Loaded> bare(std::uint64_t version = 1) {
  auto loaded = std::make_shared<Loaded>(*small_loaded(version));
  loaded->search.reset();
  loaded->findings.reset();
  return loaded;
}

AppState opened(const std::shared_ptr<const Loaded>& loaded) {
  AppState s;
  apply(s, ResizeMap{800, 600, 1});
  apply(s, WorkspaceLoaded{loaded});
  return s;
}

/// The requests that complete the workspace, taken from the state.
std::vector<Complete> asked(AppState& s) {
  std::vector<Complete> out;
  for (const JobRequest& request : s.requests) {
    if (const auto* complete = std::get_if<Complete>(&request)) out.push_back(*complete);
  }
  s.requests.clear();
  return out;
}

Completed searched(const std::shared_ptr<const Loaded>& of) {
  return {of, std::make_shared<const SearchIndex>(build_search(*of->dataset))};
}
Completed checked(const std::shared_ptr<const Loaded>& of) {
  return {of, std::make_shared<const std::vector<data::Finding>>()};
}

}  // namespace

TEST(Completing, AskedForOneAfterTheOtherUntilNothingIsMissing) {
  AppState s = opened(bare());
  auto first = asked(s);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].what, Missing::search);
  apply(s, HoverAt{});
  apply(s, StepDate{-1});
  EXPECT_TRUE(asked(s).empty()) << "asked once";
  apply(s, searched(first[0].loaded));
  ASSERT_TRUE(s.loaded->search);
  const auto second = asked(s);
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(second[0].what, Missing::findings);
  apply(s, checked(second[0].loaded));
  EXPECT_TRUE(s.loaded->findings);
  EXPECT_TRUE(asked(s).empty());
  EXPECT_FALSE(s.completing) << "nothing of an older state is held";
  EXPECT_FALSE(first_missing(*s.loaded));
}

TEST(Completing, LeavesWhatThePersonLooksAtAlone) {
  AppState s = opened(bare());
  const auto first = asked(s);
  apply(s, Select{{geo::UnitIndex(std::uint32_t{2})}});
  apply(s, ZoomAt{{}, 2});
  apply(s, StepDate{-1});
  apply(s, OpenDialog{Dialog::classes});
  const View view = s.view;
  const render::Camera camera = s.camera;
  const auto figures = s.derived.figures;
  const std::size_t steps = s.history.past.size();
  apply(s, searched(first[0].loaded));
  EXPECT_EQ(s.view, view);
  EXPECT_EQ(s.camera.centre, camera.centre);
  EXPECT_EQ(s.camera.metres_per_pixel, camera.metres_per_pixel);
  EXPECT_EQ(s.derived.figures, figures) << "no number is worked out again";
  EXPECT_EQ(s.history.past.size(), steps) << "it is no step of the person's";
  EXPECT_EQ(s.dialog, Dialog::classes);
}

TEST(Completing, AnAnswerAboutAWorkspaceThatWasReplacedIsVoid) {
  AppState s = opened(bare(1));
  const auto old = asked(s);
  apply(s, WorkspaceLoaded{bare(2)});  // after an import
  const auto again = asked(s);
  ASSERT_EQ(again.size(), 1U) << "asked anew for the new one";
  EXPECT_EQ(again[0].loaded, s.loaded);
  apply(s, searched(old[0].loaded));
  EXPECT_FALSE(s.loaded->search);
  apply(s, CompletingFailed{old[0].loaded, Missing::search,
                            geo::Error(geo::ErrorKind::io, geo::msg("data.disk_full"), "",
                                       geo::msg("data.disk_full_remedy"))});
  EXPECT_TRUE(s.given_up.empty());
  apply(s, searched(again[0].loaded));
  EXPECT_TRUE(s.loaded->search);
}

TEST(Completing, AFailureLeavesAWorkingDeskSaysSoAndGoesOnWithTheNext) {
  AppState s = opened(bare());
  const auto first = asked(s);
  apply(s, CompletingFailed{first[0].loaded, Missing::search,
                            geo::Error(geo::ErrorKind::io, geo::msg("data.disk_full"), "",
                                       geo::msg("data.disk_full_remedy"))});
  apply(s, BackgroundEnded{});
  EXPECT_FALSE(s.error) << "no dialog in the way";
  ASSERT_TRUE(s.toast);
  EXPECT_EQ(s.toast->message.id, "data.disk_full");
  const auto next = asked(s);
  ASSERT_EQ(next.size(), 1U);
  EXPECT_EQ(next[0].what, Missing::findings);
  apply(s, SelectAt{desk_test::middle_of(s, 1)});
  EXPECT_THAT(s.view.selected, ElementsAre(geo::UnitIndex(std::uint32_t{1})));
  apply(s, checked(next[0].loaded));
  EXPECT_TRUE(asked(s).empty()) << "what failed is not tried for ever";
}

TEST(Completing, StoppedByHandItIsNotBegunAgain) {
  AppState s = opened(bare());
  EXPECT_EQ(asked(s).size(), 1U);
  apply(s, BackgroundProgress{0.5, geo::msg("app.doing_open")});
  EXPECT_TRUE(s.background);
  apply(s, CancelBackground{});
  EXPECT_FALSE(s.background);
  const auto next = asked(s);
  ASSERT_EQ(next.size(), 1U);
  EXPECT_EQ(next[0].what, Missing::findings);
}

TEST(Completing, WhatIsNotCheckedIsNeverTakenForChecked) {
  auto early = std::make_shared<Loaded>(*small_loaded());
  early->findings.reset();
  auto land = std::make_shared<geo::Land>(*early->land);
  land->hits.reset();  // as long as only prepared levels are there
  early->land = land;
  AppState s = opened(early);
  const auto sharpening = asked(s);
  ASSERT_EQ(sharpening.size(), 1U);
  EXPECT_EQ(sharpening[0].what, Missing::land);
  EXPECT_FALSE(checks_given_up(s)) << "on its way";
  apply(s, CancelBackground{});
  EXPECT_TRUE(asked(s).empty()) << "without borders there is nothing to check with";
  EXPECT_FALSE(s.loaded->findings);
  EXPECT_TRUE(checks_given_up(s));
  apply(s, OpenFile{s.loaded->file});  // the way out
  apply(s, WorkspaceLoaded{early});
  EXPECT_FALSE(checks_given_up(s));
  EXPECT_EQ(asked(s).size(), 1U) << "begun again";
  auto whole = std::make_shared<Loaded>(*early);
  whole->land = small_loaded()->land;
  apply(s, Completed{early, whole->land});
  const auto checking = asked(s);
  ASSERT_EQ(checking.size(), 1U);
  EXPECT_EQ(checking[0].what, Missing::findings);
  apply(s, CancelBackground{});
  EXPECT_TRUE(checks_given_up(s));
}

// Classes are of all dates: of very many that takes longer than a frame.

namespace {
/// The small workspace with a report date for every day since 1952, of which nothing is known yet.
std::shared_ptr<const Loaded> many_dates() {
  auto loaded = std::make_shared<Loaded>(*small_loaded(9));
  auto dataset = std::make_shared<data::Dataset>(*loaded->dataset);
  const geo::Date last = dataset->dates.back();
  dataset->dates.clear();
  for (int before = 26'000; before >= 0; --before) dataset->dates.push_back(last + -before);
  loaded->dataset = dataset;
  loaded->pool = std::make_shared<const Pool>(dataset);
  return loaded;
}
std::vector<std::string> legend_of(const AppState& s) {
  std::vector<std::string> out;
  for (const auto& entry : s.derived.legend.entries) out.push_back(entry.text);
  return out;
}
}  // namespace

TEST(Completing, TheMapShowsTheClassesOfItsDateUntilThoseOfAllDatesAreThere) {
  const auto loaded = many_dates();
  AppState s = opened(loaded);
  const std::string note = say(Language::vietnamese, "view.classes_early");
  EXPECT_TRUE(s.derived.figures->early);
  EXPECT_FALSE(loaded->pool->at_once(data::Indicator::activation_l2))
      << "not worked out on the window's thread";
  EXPECT_THAT(legend_of(s), testing::Contains(note));
  EXPECT_TRUE(s.derived.chosen.series.empty());
  EXPECT_EQ(s.derived.figures->gaps[0].reached->value, 300) << "every number of the date is right";
  EXPECT_EQ(s.derived.figures->target, 0.6);
  ASSERT_TRUE(s.derived.figures->category[1]);
  auto first = asked(s);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].what, Missing::all_dates);
  EXPECT_EQ(first[0].indicator, data::Indicator::activation_l2);
  apply(s, HoverAt{});
  EXPECT_TRUE(asked(s).empty()) << "asked once";

  app::apply(s, work(first[0], {}));
  const Figures straight = figures(*loaded->dataset, s.view);
  EXPECT_FALSE(s.derived.figures->early);
  EXPECT_EQ(s.derived.figures->classes.breaks, straight.classes.breaks);
  EXPECT_EQ(s.derived.figures->category, straight.category);
  EXPECT_EQ(s.derived.figures->people_per_circle_area, straight.people_per_circle_area);
  EXPECT_EQ(s.derived.chosen.series.size(), loaded->dataset->dates.size());
  EXPECT_THAT(legend_of(s), testing::Not(testing::Contains(note)));
  EXPECT_TRUE(asked(s).empty());
  EXPECT_EQ(s.history.past.size(), 0U) << "it is no step of the person's";

  apply(s, ChooseIndicator{data::Indicator::installed});
  EXPECT_TRUE(s.derived.figures->early);
  apply(s, ChooseIndicator{data::Indicator::electricity});
  EXPECT_FALSE(s.derived.figures->early) << "it has no dates";
  apply(s, ChooseIndicator{data::Indicator::activation_l2});
  EXPECT_FALSE(s.derived.figures->early) << "kept";
}

TEST(Completing, ClassesThatWereStoppedAreAskedForWithTheNextIndicator) {
  AppState s = opened(many_dates());
  EXPECT_EQ(asked(s).size(), 1U);
  apply(s, CancelBackground{});
  apply(s, StepDate{-1});
  EXPECT_TRUE(asked(s).empty());
  EXPECT_TRUE(s.derived.figures->early) << "and the legend goes on saying so";
  apply(s, ChooseIndicator{data::Indicator::installed});
  const auto next = asked(s);
  ASSERT_EQ(next.size(), 1U);
  EXPECT_EQ(next[0].indicator, data::Indicator::installed);
}

TEST(Completing, TheWindowNeverWaitsForAJobThatWorksOutTheSame) {
  const auto loaded = many_dates();
  std::atomic<bool> begun{false}, go_on{false};
  const auto late = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  const geo::Progress held{[&](double, const geo::Message&) {
    begun = true;
    while (!go_on && std::chrono::steady_clock::now() < late) std::this_thread::yield();
    return true;
  }};
  std::thread exporting([&] { loaded->pool->of(data::Indicator::activation_l2, held); });
  while (!begun) std::this_thread::yield();
  AppState s = opened(loaded);
  apply(s, StepDate{-1});
  const Pool again(loaded->dataset, *loaded->pool);  // as after a judgement
  EXPECT_LT(std::chrono::steady_clock::now(), late) << "it would have waited until then";
  EXPECT_TRUE(s.derived.figures->early);
  EXPECT_FALSE(again.at_once(data::Indicator::activation_l2));
  go_on = true;
  exporting.join();
  apply(s, HoverAt{});
  EXPECT_FALSE(s.derived.figures->early) << "whoever worked it out";
}

TEST(Completing, WordsTypedEarlyAreLookedUpOnceThereIsAnIndex) {
  AppState s = opened(bare());
  const auto first = asked(s);
  apply(s, TypeSearch{"dien xa"});
  EXPECT_TRUE(s.found.empty());
  apply(s, searched(first[0].loaded));
  ASSERT_FALSE(s.found.empty());
  EXPECT_EQ(s.found[0].name, "Xã Điện Xa");
}
