#pragma once
#include <memory>
#include <string>

#include "app/actions.hpp"
#include "app/apply.hpp"
#include "app/window/desk.hpp"
#include "render/image.hpp"
#include "render/offscreen.hpp"

namespace desk_test {

/// A desk without a window: an OpenGL context, a picture to draw into, a mouse and a keyboard.
class DeskScreen {
 public:
  DeskScreen(int width, int height, double scale);
  ~DeskScreen();

  app::AppState state;

  /// Draws and applies what the panels ask for, until they ask for nothing new (at most `frames`).
  void settle(int frames = 12);
  void move(double x, double y);  ///< mouse, in screen units
  void press(int button = 0);
  void release(int button = 0);
  void click(double x, double y);
  void wheel(double turns);
  void modifiers(bool ctrl, bool shift);
  void type(const std::string& text);
  void key(app::Shortcut shortcut);  ///< as the window's key callback would
  void enter();
  render::Image picture();

 private:
  void frame();
  int width_, height_;
  render::OffscreenContext context_;
  std::unique_ptr<app::Desk> desk_;
  unsigned framebuffer_ = 0, colour_ = 0;
};

}  // namespace desk_test
