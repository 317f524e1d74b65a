#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/command.hpp"
#include "app/state.hpp"

namespace app {

/// Keys by the letter on them, or one of these.
enum Key : int {
  key_none = 0,
  key_left = 256,
  key_right,
  key_up,
  key_down,
  key_home,
  key_end,
  key_page_up,
  key_page_down,
  key_enter,
  key_escape,
  key_tab,
  key_space,
  key_delete,
  key_backspace,
  key_f1,
  key_f6 = key_f1 + 5,
};
struct Shortcut {
  int key = key_none;  ///< a capital letter, digit or sign, or a Key
  bool ctrl = false, shift = false, alt = false;
  bool operator==(const Shortcut&) const = default;
};
std::string text(const Shortcut& shortcut);  ///< "Ctrl+Shift+Z"

enum class MenuGroup : std::uint8_t {
  file,
  edit,
  map,
  panels,
  plan,
  entry,
  briefing,
  language,
  hidden
};

/// One thing a person can ask for, whichever way: menu, key, button or palette.
struct Action {
  geo::Message name;
  MenuGroup group = MenuGroup::file;
  Shortcut shortcut;
  Command command;
  bool enabled = true;
  bool checked = false;
  /// Its key counts only while the map has the keyboard; of a briefing: the list or the stage.
  bool map_only = false;
};
std::vector<Action> actions(const AppState& state);
/// "Khoảng cách so với chỉ tiêu"
geo::Message layer_name(MapLayer layer);

/// What a key asks for. While text is being typed only keys with Ctrl and Esc are ours.
std::optional<Command> command_for_key(const AppState& state, Shortcut pressed, bool typing);

/// Actions whose name holds the words, accents aside: for the palette.
std::vector<Action> find_actions(const AppState& state, const std::string& words);

}  // namespace app
