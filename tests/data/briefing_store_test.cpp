#include "data/briefing_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#ifndef _WIN32
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#endif

#include <limits>

#include "data/plan_store.hpp"
#include "data/workspace.hpp"
#include "geo/error.hpp"
#include "tests/data/tiny_workspace.hpp"

namespace {

using data::Briefing;
using data::Scene;
using data::Workspace;
using testing::ElementsAre;
using testing::Field;

Scene full_scene() {
  Scene scene;
  scene.indicator = "installed";
  scene.layer = "rate";
  scene.at = geo::parse_date("2023-08-27");
  scene.since = geo::parse_date("2023-07-30");
  scene.within = {geo::UnitCode("03202"), geo::UnitCode("03127")};
  scene.look = R"({"classes":"target"})";
  scene.window = Scene::Window{{102.5, 21.75}, 40'000};
  scene.highlighted = {geo::UnitCode("03202")};
  scene.statement = "barrier";
  scene.barrier = "no_grid";
  scene.plan = 7;
  scene.headline = "Cần “máy phát” ngay\nở 3 xã";
  scene.written_for = "barrier:no_grid 3 120";
  scene.note = "nói chậm";
  scene.seconds = 20.5;
  return scene;
}

Scene titled(const std::string& headline) {
  Scene scene;
  scene.headline = headline;
  return scene;
}

Briefing briefing_named(const std::string& name) {
  Briefing briefing;
  briefing.name = name;
  briefing.seconds = 8;
  briefing.scenes = {full_scene(), titled("hai"), titled("ba")};
  return briefing;
}

Workspace workspace(const std::string& name = "briefings.sqlite") {
  return Workspace::create(tiny::fresh(name));
}

std::vector<std::string> headlines(const Briefing& briefing) {
  std::vector<std::string> out;
  for (const Scene& scene : briefing.scenes) out.push_back(scene.headline);
  return out;
}

}  // namespace

TEST(DbBriefingStore, ABriefingComesBackAsItWasKept) {
  auto file = workspace();
  const Briefing kept = data::keep_briefing(file, briefing_named("Giao ban tháng 8"));
  EXPECT_GT(kept.id, 0);
  EXPECT_THAT(kept.made_at, testing::MatchesRegex("20..-..-..T..:..:..Z"));
  EXPECT_THAT(data::briefings(file), ElementsAre(kept));
  EXPECT_EQ(kept.scenes, briefing_named("x").scenes);
}

TEST(DbBriefingStore, IsThereAgainInAnotherProgramAlsoOneThatOnlyReads) {
  const auto path = tiny::fresh("briefings_again.sqlite");
  Briefing kept;
  {
    auto file = Workspace::create(path);
    kept = data::keep_briefing(file, briefing_named("A"));
  }
  auto reader = Workspace::open_for_reading(path);
  EXPECT_THAT(data::briefings(reader), ElementsAre(kept));
  EXPECT_THROW(data::keep_briefing(reader, kept), geo::Error);
}

TEST(DbBriefingStore, WrittenAgainItIsWhollyTheNewOne) {
  auto file = workspace();
  Briefing kept = data::keep_briefing(file, briefing_named("A"));
  kept.name = "B";
  kept.seconds = 30;
  std::swap(kept.scenes[0], kept.scenes[2]);
  kept.scenes.erase(kept.scenes.begin() + 1);
  const Briefing again = data::keep_briefing(file, kept);
  EXPECT_EQ(again.made_at, kept.made_at);
  const auto read = data::briefings(file);
  EXPECT_THAT(read, ElementsAre(again));
  EXPECT_EQ(read[0].scenes, kept.scenes);
  EXPECT_EQ(tiny::count(file, "scene"), 2) << "none of the old ones is left behind";
  kept.made_at = "1999";  // is not the caller's to say
  EXPECT_EQ(data::keep_briefing(file, kept).made_at, again.made_at);
  kept.scenes.clear();
  data::keep_briefing(file, kept);
  EXPECT_TRUE(data::briefings(file)[0].scenes.empty());
}

TEST(DbBriefingStore, SeveralStandSideBySide) {
  auto file = workspace();
  const Briefing a = data::keep_briefing(file, briefing_named("A"));
  Briefing other = briefing_named("B");
  other.scenes = {titled("b1")};
  const Briefing b = data::keep_briefing(file, other);
  EXPECT_NE(a.id, b.id);
  EXPECT_THAT(data::briefings(file),
              ElementsAre(Field(&Briefing::name, "B"), Field(&Briefing::name, "A")))
      << "the newest first";
  file.database().execute("UPDATE briefing SET changed_at = '2020-01-01T00:00:00Z' WHERE id = " +
                          std::to_string(b.id));
  EXPECT_THAT(data::briefings(file),
              ElementsAre(Field(&Briefing::name, "A"), Field(&Briefing::name, "B")));
  EXPECT_THAT(headlines(data::briefings(file)[1]), ElementsAre("b1"));
}

TEST(DbBriefingStore, NamesAreThereAndOnlyOnce) {
  auto file = workspace();
  const Briefing a = data::keep_briefing(file, briefing_named("A"));
  for (const char* name : {"A", "", "  ", "\t\n"}) {
    try {
      data::keep_briefing(file, briefing_named(name));
      ADD_FAILURE() << "kept as “" << name << "”";
    } catch (const geo::Error& error) {
      EXPECT_EQ(error.kind, geo::ErrorKind::usage);
      EXPECT_FALSE(error.remedy.id.empty());
    }
  }
  EXPECT_THAT(data::briefings(file), ElementsAre(a));
  EXPECT_EQ(tiny::count(file, "scene"), 3);
  EXPECT_NO_THROW(data::keep_briefing(file, a)) << "its own name is its own";
}

TEST(DbBriefingStore, DeletedItTakesItsScenesAlongAndMayComeBack) {
  auto file = workspace();
  const Briefing a = data::keep_briefing(file, briefing_named("A"));
  data::delete_briefing(file, a.id);
  EXPECT_TRUE(data::briefings(file).empty());
  EXPECT_EQ(tiny::count(file, "scene"), 0);
  // Its id is nobody else's meanwhile.
  const Briefing b = data::keep_briefing(file, briefing_named("B"));
  EXPECT_NE(b.id, a.id);
  const Briefing back = data::keep_briefing(file, a);
  EXPECT_EQ(back.id, a.id);
  EXPECT_EQ(back.made_at, a.made_at);
  EXPECT_EQ(data::briefings(file).size(), 2U);
}

TEST(DbBriefingStore, APlanThatIsDeletedLeavesTheScene) {
  auto file = workspace();
  data::KeptPlan plan;
  plan.name = "P";
  plan.wishes.from = *geo::parse_date("2023-09-02");
  plan = data::keep_plan(file, plan);
  Briefing briefing = briefing_named("A");
  briefing.scenes[0].plan = plan.id;
  data::keep_briefing(file, briefing);
  data::delete_plan(file, plan.id);
  EXPECT_EQ(data::briefings(file)[0].scenes[0].plan, plan.id);
}

TEST(DbBriefingStore, WhatNoSceneCanHaveIsNotKept) {
  auto file = workspace();
  const auto refused = [&](const auto& change) {
    Briefing briefing = briefing_named("A");
    change(briefing);
    EXPECT_THROW(data::keep_briefing(file, briefing), geo::Error);
    EXPECT_TRUE(data::briefings(file).empty());
  };
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  refused([&](Briefing& b) { b.seconds = nan; });
  refused([](Briefing& b) { b.seconds = 0; });
  refused([](Briefing& b) { b.scenes[1].seconds = 1e9; });
  refused([](Briefing& b) { b.scenes[1].indicator = "weather"; });
  refused([](Briefing& b) { b.scenes[0].statement = "gossip"; });
  refused([](Briefing& b) { b.scenes[0].barrier = "none"; });
  refused([&](Briefing& b) { b.scenes[0].window->metres = nan; });
  refused([](Briefing& b) { b.scenes[0].window->centre.lon = 1000; });
  refused([](Briefing& b) { b.scenes[0].look = "{"; });
}

TEST(DbBriefingStore, ARowThatIsNoSceneIsLeftOutAndTheOthersAreShown) {
  const char* broken[] = {"within = '[1, 2]'",
                          "within = '{\"a\": \"03202\"}'",
                          "within = 'x'",
                          "highlighted = '[\"a\"'",
                          "highlighted = '[null]'",
                          "at = '2023-02-30'",
                          "at = ''",
                          "since = 'hôm qua'",
                          "seconds = 0",
                          "seconds = -5",
                          "seconds = 9e999",
                          "metres = NULL",
                          "lon = NULL",
                          "metres = 0",
                          "metres = 9e999",
                          "lat = 91",
                          "lon = -9e999",
                          "indicator = ''",
                          "indicator = 'x'",
                          "layer = ''",
                          "statement = 'x'",
                          "barrier = 'x'",
                          "look = '{\"a\"'",
                          "look = 'NaN'",
                          "look = '[]'"};
  for (const std::string edit : broken) {
    SCOPED_TRACE(edit);
    auto file = workspace("briefing_broken.sqlite");
    data::keep_briefing(file, briefing_named("A"));
    file.database().execute("UPDATE scene SET " + edit + " WHERE position = 0");
    geo::Issues issues;
    const auto read = data::briefings(file, &issues);
    ASSERT_EQ(read.size(), 1U);
    EXPECT_THAT(headlines(read[0]), ElementsAre("hai", "ba"));
    ASSERT_EQ(issues.size(), 1U);
    EXPECT_EQ(issues[0].message.id, "data.scene_unreadable");
    EXPECT_EQ(issues[0].message.args.at(0), geo::arg(1)) << "which one, as a person counts";
    EXPECT_EQ(data::briefings(file).size(), 1U) << "nobody asked for issues";
  }
}

TEST(DbBriefingStore, SecondsThatCannotBeAreAsUsualAndSaidSo) {
  auto file = workspace();
  data::keep_briefing(file, briefing_named("A"));
  for (const char* seconds : {"9e999", "-1", "0", "3601"}) {
    file.database().execute(std::string("UPDATE briefing SET seconds = ") + seconds);
    geo::Issues issues;
    const auto read = data::briefings(file, &issues);
    ASSERT_EQ(read.size(), 1U);
    EXPECT_EQ(read[0].seconds, Briefing{}.seconds);
    EXPECT_EQ(read[0].scenes.size(), 3U);
    EXPECT_EQ(issues.size(), 1U);
  }
}

TEST(DbBriefingStore, TwoProgramsWriteOneAfterTheOther) {
  const auto path = tiny::fresh("briefings_two.sqlite");
  auto one = Workspace::create(path);
  auto two = Workspace::open(path);
  const Briefing a = data::keep_briefing(one, briefing_named("A"));
  Briefing seen = data::briefings(two).at(0);
  seen.scenes.resize(1);
  const Briefing by_two = data::keep_briefing(two, seen);
  EXPECT_THAT(data::briefings(one), ElementsAre(by_two)) << "the last one written, whole";
  EXPECT_THROW(data::keep_briefing(two, briefing_named("A")), geo::Error);
  EXPECT_NE(data::keep_briefing(two, briefing_named("B")).id, a.id);
}

#ifndef _WIN32
TEST(DbBriefingStore, KilledWhileWritingItIsTheOldOneOrTheNewOneWhole) {
  const auto path = tiny::fresh("briefings_killed.sqlite");
  Briefing kept;
  {
    auto file = Workspace::create(path);
    kept = briefing_named("A");
    kept.scenes.assign(40, titled("cũ"));
    kept = data::keep_briefing(file, kept);
  }
  int old_ones = 0, rounds = 0;
  for (int microseconds = 0; microseconds < 60'000; microseconds += 3'000, ++rounds) {
    const pid_t child = fork();
    if (child == 0) {
      auto file = Workspace::open(path);
      Briefing next = kept;
      for (;;) {
        next.scenes.assign(next.scenes.size() == 40 ? 70 : 40,
                           titled(next.scenes.size() == 40 ? "mới" : "cũ"));
        data::keep_briefing(file, next);
      }
    }
    usleep(static_cast<useconds_t>(20'000 + microseconds));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    auto file = Workspace::open(path);
    geo::Issues issues;
    const auto read = data::briefings(file, &issues);
    ASSERT_EQ(read.size(), 1U);
    EXPECT_TRUE(issues.empty());
    const bool old = read[0].scenes.at(0).headline == "cũ";
    old_ones += old ? 1 : 0;
    EXPECT_THAT(headlines(read[0]),
                testing::AllOf(testing::SizeIs(old ? 40 : 70), testing::Each(old ? "cũ" : "mới")));
  }
  RecordProperty("old", old_ones);
  RecordProperty("new", rounds - old_ones);
}
#endif
