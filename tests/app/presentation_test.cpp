#include "app/presentation.hpp"

#include <gtest/gtest.h>

#include <random>

namespace {

using app::Presentation;
using app::Shortcut;
using Blank = Presentation::Blank;
using std::chrono::milliseconds;
using std::chrono::seconds;

struct Room {
  Presentation show;
  Presentation::Clock::time_point now{};
  explicit Room(std::size_t scenes, bool loop = false) {
    show.seconds.assign(scenes, 12);
    show.loop = loop;
    show.began = show.since = now;
  }
  std::size_t press(int key) {
    app::press(show, {key}, now);
    return show.at;
  }
  void wait(milliseconds time) {
    now += time;
    app::tick(show, now);
  }
};

TEST(Presentation, KeysOfABoardAndOfARemoteGoOnAndBack) {
  Room room(4);
  EXPECT_EQ(room.press(app::key_right), 1U);
  EXPECT_EQ(room.press(app::key_page_down), 2U);  // a remote's
  EXPECT_EQ(room.press(app::key_space), 3U);
  EXPECT_EQ(room.press(app::key_down), 3U) << "the last one stands";
  EXPECT_EQ(room.press(app::key_page_up), 2U);
  EXPECT_EQ(room.press(app::key_left), 1U);
  EXPECT_EQ(room.press(app::key_up), 0U);
  EXPECT_EQ(room.press(app::key_backspace), 0U) << "before the first there is none";
  EXPECT_EQ(room.press(app::key_end), 3U);
  EXPECT_EQ(room.press(app::key_home), 0U);
  EXPECT_FALSE(room.show.left);
  room.press(app::key_f1 + 4);  // F5, with which a remote begins a show
  EXPECT_EQ(room.show.at, 0U);
  room.press(app::key_escape);
  EXPECT_TRUE(room.show.left);
}

TEST(Presentation, ABlankScreenComesBackWhereItWas) {
  Room room(3);
  room.press(app::key_right);
  for (const int key : {int{'B'}, int{'.'}}) {  // a remote sends the full stop
    room.press(key);
    EXPECT_EQ(room.show.blank, Blank::black);
    EXPECT_EQ(room.press(app::key_page_down), 1U) << "the first key only brings it back";
    EXPECT_EQ(room.show.blank, Blank::no);
  }
  room.press('B');
  room.press('W');
  EXPECT_EQ(room.show.blank, Blank::white);
  room.press('W');
  EXPECT_EQ(room.show.blank, Blank::no);
  room.press('B');
  room.press(app::key_escape);
  EXPECT_TRUE(room.show.left) << "Escape always leaves";
}

TEST(Presentation, DigitsJumpAndTwoOfThemAreOneNumber) {
  Room room(14);
  EXPECT_EQ(room.press('3'), 2U);
  room.wait(seconds(2));
  EXPECT_EQ(room.press('1'), 0U);
  room.wait(milliseconds(300));
  EXPECT_EQ(room.press('2'), 11U);
  room.wait(milliseconds(300));
  EXPECT_EQ(room.press('9'), 8U) << "129 is none: 9 begins anew";
  room.wait(seconds(2));
  EXPECT_EQ(room.press('0'), 8U) << "there is no scene 0";
  room.press('B');
  EXPECT_EQ(room.press('5'), 4U);
  EXPECT_EQ(room.show.blank, Blank::no);
}

TEST(Presentation, ALoopGoesRoundByItself) {
  Room room(3, true);
  room.show.seconds = {5, 10, 20};
  EXPECT_DOUBLE_EQ(app::seconds_left(room.show, room.now), 5);
  room.wait(milliseconds(4999));
  EXPECT_EQ(room.show.at, 0U);
  room.wait(milliseconds(1));
  EXPECT_EQ(room.show.at, 1U);
  room.wait(seconds(9));
  room.press(app::key_left);  // somebody wants to see it again
  EXPECT_EQ(room.show.at, 0U);
  room.wait(seconds(4));
  EXPECT_EQ(room.show.at, 0U) << "and has all of its time";
  room.wait(seconds(1));
  room.wait(seconds(10));
  room.wait(seconds(20));
  EXPECT_EQ(room.show.at, 0U) << "from the last to the first";
  EXPECT_EQ(room.press(app::key_left), 2U) << "and back";
  room.press('B');
  EXPECT_LT(app::seconds_left(room.show, room.now), 0) << "a blank screen waits";
  room.wait(seconds(1000));
  EXPECT_EQ(room.show.at, 2U);
  room.press('L');
  room.press('B');
  EXPECT_LT(app::seconds_left(room.show, room.now), 0);
}

TEST(Presentation, ASleepingComputerDoesNotRushThroughTheScenesItMissed) {
  Room room(3, true);
  room.wait(seconds(100'000));
  EXPECT_EQ(room.show.at, 1U);
  room.wait(seconds(1));
  EXPECT_EQ(room.show.at, 1U);
}

TEST(Presentation, AnEditedBriefingLeavesASceneThatIsThere) {
  Room room(5);
  room.press(app::key_end);
  app::take_scenes(room.show, {1, 2}, 4, room.now);
  EXPECT_EQ(room.show.at, 1U);
  app::take_scenes(room.show, {}, 0, room.now);
  for (const int key :
       {int{app::key_right}, int{app::key_left}, int{app::key_home}, int{app::key_end}, int{'1'}})
    EXPECT_EQ(room.press(key), 0U);
  room.wait(seconds(60));
}

TEST(Presentation, WhateverIsPressedASceneThatIsThereStands) {
  std::mt19937 random(7);
  for (const std::size_t scenes : {1U, 2U, 11U}) {
    Room room(scenes, true);
    for (int i = 0; i < 20'000; ++i) {
      const int key = static_cast<int>(random() % 300);
      if (key == app::key_escape) continue;
      app::press(room.show, {key, random() % 9 == 0, random() % 2 == 0}, room.now);
      room.wait(milliseconds(random() % 3000));
      ASSERT_LT(room.show.at, scenes);
      ASSERT_FALSE(room.show.left);
    }
  }
}

}  // namespace
