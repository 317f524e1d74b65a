#pragma once
#include <string>
#include <vector>

#include "app/actions.hpp"

struct GLFWmonitor;
struct GLFWwindow;

namespace app {

/// GLFW, begun here unless a desk's window began it; the desk's context is current again at the
/// end. Error (io) without a display.
class Session {
 public:
  Session();
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

 private:
  GLFWwindow* before_;
  bool own_;
};

/// A window that only hears keys and clicks; its context shares textures with another one's.
class Pane {
 public:
  /// On the whole of `monitor`, else a window; Error (io) where there is no OpenGL.
  Pane(int width, int height, const std::string& title, GLFWmonitor* monitor, GLFWwindow* share);
  ~Pane();
  Pane(const Pane&) = delete;
  Pane& operator=(const Pane&) = delete;

  GLFWwindow* get() const { return window_; }
  bool closing() const;
  void size(int& width, int& height) const;  ///< device pixels
  std::vector<Shortcut> keys();              ///< since last asked; a click goes on, or back
  /// What is in it was lost, or it is of another size now.
  bool stale();

 private:
  static Pane& of(GLFWwindow* window);
  static void on_key(GLFWwindow* window, int key, int code, int action, int mods);
  static void on_click(GLFWwindow* window, int button, int action, int mods);

  GLFWwindow* window_ = nullptr;
  std::vector<Shortcut> keys_;
  int width_ = 0, height_ = 0;
  bool stale_ = true;
};

/// Those that are connected, the main one first.
std::vector<GLFWmonitor*> screens();

}  // namespace app
