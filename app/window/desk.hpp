#pragma once
#include <memory>

#include "app/command.hpp"
#include "app/state.hpp"

namespace app {

/// Draws the desk with Dear ImGui into whatever OpenGL context is current: the window's, or one
/// without a window in tests. Makes Dear ImGui's context, fonts and theme, and the map's painter.
class Desk {
 public:
  /// `scale`: screen units per logical pixel (1, 1.5, 2).
  explicit Desk(double scale);
  ~Desk();
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  /// One frame, to the framebuffer that is bound. Input, display size and time are in Dear ImGui's
  /// io. `width` × `height` device pixels.
  void draw(const AppState& state, int width, int height, Commands& commands);
  /// Text is being typed, as of the last frame: keys without Ctrl are not for the desk.
  bool typing() const;
  /// What was typed since the search was asked for and its field does not have the keyboard yet:
  /// the next frame gets it again. Call between frames.
  void give_back_typed();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace app
