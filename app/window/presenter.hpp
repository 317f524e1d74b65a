#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "app/actions.hpp"
#include "app/show.hpp"

namespace app {

/// How a briefing is to be shown.
struct PresentOrder {
  std::shared_ptr<const Show> show;
  ShowAsked follow;           ///< read again whenever somebody wrote to the workspace
  std::size_t from = 0;       ///< the first scene
  bool loop = false;          ///< unattended
  bool fade = true;           ///< from scene to scene
  bool notes = false;         ///< with the speaker's window
  std::optional<int> screen;  ///< from 1; empty: the second one where there are two
  struct Size {
    int width = 0, height = 0;
  };
  /// Keys pressed in the desk's window meanwhile; they lead the show too. Empty: there is none.
  std::function<std::vector<Shortcut>()> other_keys;
  std::optional<Size> window;  ///< in a window of this size rather than on the whole screen
};

/// Shows it until somebody leaves: a window for the room that nobody needs to touch, and on request
/// one for the speaker. The workspace is only read. With a window of the desk open it takes turns
/// with it. Error (io) without a display, (usage) for a screen that is not there.
void present(const PresentOrder& order);

}  // namespace app
