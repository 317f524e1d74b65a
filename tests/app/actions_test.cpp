#include "app/actions.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/app/small_desk.hpp"

using namespace app;

TEST(Actions, NoTwoHaveTheSameKey) {
  const AppState s = desk_test::small_desk();
  std::set<std::string> keys;
  for (const Action& action : actions(s)) {
    if (action.shortcut.key == key_none) continue;
    EXPECT_TRUE(keys.insert(text(action.shortcut)).second) << text(action.shortcut);
  }
}

TEST(Actions, EveryOneHasANameInBothLanguages) {
  const AppState s = desk_test::small_desk();
  for (const Action& action : actions(s)) {
    for (const Language language : {Language::vietnamese, Language::english}) {
      EXPECT_NE(say(language, action.name), action.name.id);
    }
  }
}

TEST(Actions, WhileTypingLettersBelongToTheTextAndCtrlToTheDesk) {
  const AppState s = desk_test::small_desk();
  EXPECT_FALSE(command_for_key(s, {'0'}, true));
  EXPECT_TRUE(command_for_key(s, {'0'}, false));
  EXPECT_TRUE(command_for_key(s, {'F', true}, true));
  EXPECT_FALSE(command_for_key(s, {'A', true}, true)) << "selects the text";
}

TEST(Actions, ArrowsMoveTheMapOnlyWhileItHasTheKeyboard) {
  AppState s = desk_test::small_desk();
  ASSERT_TRUE(command_for_key(s, {key_left}, false));
  app::apply(s, command::CyclePanels{1});
  EXPECT_NE(s.focus, Panel::map);
  EXPECT_FALSE(command_for_key(s, {key_left}, false));
}

TEST(Actions, EscClosesWhatIsOnTopFirst) {
  AppState s = desk_test::small_desk();
  app::apply(s, command::Select{{geo::UnitIndex(std::uint32_t{1})}});
  app::apply(s, command::OpenDialog{Dialog::palette});
  app::apply(s, *command_for_key(s, {key_escape}, false));
  EXPECT_EQ(s.dialog, Dialog::none);
  EXPECT_FALSE(s.view.selected.empty());
  app::apply(s, *command_for_key(s, {key_escape}, false));
  EXPECT_TRUE(s.view.selected.empty());
}

TEST(Actions, ThePaletteFindsWithoutAccents) {
  const AppState s = desk_test::small_desk();
  const auto found = find_actions(s, "nhap du lieu");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<command::ChoosePath>(found[0].command));
}

TEST(Actions, WhatCannotBeDoneIsOff) {
  const AppState empty;
  EXPECT_FALSE(command_for_key(empty, {'I', true}, false));
  EXPECT_FALSE(command_for_key(empty, {'Z', true}, false));
}
