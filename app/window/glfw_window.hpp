#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "app/actions.hpp"
#include "geo/error.hpp"

namespace app {

/// What a key of GLFW is to the desk; key_none: nothing.
int key_of_glfw(int key);

/// Error (io) "app.no_display" without a display.
void begin_glfw();
/// For a window with an OpenGL context of ours: what is its own is hinted after it. `instance`:
/// what window managers tell it by.
void hint_window(const char* instance);
/// What to throw where GLFW made no window of it.
geo::Error no_opengl();

/// The window of the operating system, its OpenGL context (current here while it lives) and what a
/// person does to it. Dear ImGui hears of the mouse and keys once listen() was called.
class GlfwWindow {
 public:
  GlfwWindow(int width, int height,
             const char* title);  ///< Error (io) "app.no_display" without a display
  ~GlfwWindow();
  GlfwWindow(const GlfwWindow&) = delete;
  GlfwWindow& operator=(const GlfwWindow&) = delete;

  double content_scale() const;  ///< logical pixels per screen unit, at least 1
  /// Connects Dear ImGui (whose context exists by now) with the window.
  void listen();
  void stop_listening();  ///< before Dear ImGui's context goes
  void begin_frame();
  void show();                                      ///< swaps buffers
  void size(int& width, int& height) const;         ///< screen units
  void framebuffer(int& width, int& height) const;  ///< device pixels
  bool asked_to_close();                            ///< since last asked
  void title(const std::string& text);

  /// Sleeps until something happens or `seconds` have passed (negative: for ever).
  void wait(double seconds);
  static void wake();  ///< from any thread

  /// What happened since last asked: of what was typed, up to the first key that moves something
  /// after a letter; the rest is of the next frame.
  struct Happened {
    std::vector<Shortcut> keys;
    std::vector<std::filesystem::path> dropped;
  };
  Happened take();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace app
