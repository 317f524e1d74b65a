#include "app/window/pane.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <utility>

#include "app/window/glfw_window.hpp"

namespace app {

Session::Session() : before_(glfwGetCurrentContext()), own_(before_ == nullptr) {
  if (own_) begin_glfw();
}
Session::~Session() {
  if (own_) {
    glfwTerminate();
  } else {
    glfwMakeContextCurrent(before_);
  }
}

Pane::Pane(int width, int height, const std::string& title, GLFWmonitor* monitor,
           GLFWwindow* share) {
  hint_window("phusong-brief");
  glfwWindowHint(GLFW_AUTO_ICONIFY, GLFW_FALSE);  // the speaker's window may have the keyboard
  window_ = glfwCreateWindow(width, height, title.c_str(), monitor, share);
  if (window_ == nullptr) throw no_opengl();
  glfwSetWindowUserPointer(window_, this);
  glfwSetKeyCallback(window_, on_key);
  glfwSetMouseButtonCallback(window_, on_click);
  glfwSetWindowRefreshCallback(window_, [](GLFWwindow* w) { of(w).stale_ = true; });
}
Pane::~Pane() { glfwDestroyWindow(window_); }

bool Pane::closing() const { return glfwWindowShouldClose(window_) != 0; }
void Pane::size(int& width, int& height) const { glfwGetFramebufferSize(window_, &width, &height); }
std::vector<Shortcut> Pane::keys() { return std::exchange(keys_, {}); }

bool Pane::stale() {
  int width = 0, height = 0;
  size(width, height);
  const bool resized = width != width_ || height != height_;
  width_ = width;
  height_ = height;
  return std::exchange(stale_, false) || resized;
}

Pane& Pane::of(GLFWwindow* window) { return *static_cast<Pane*>(glfwGetWindowUserPointer(window)); }

void Pane::on_key(GLFWwindow* window, int key, int, int action, int mods) {
  if (action == GLFW_RELEASE || (mods & (GLFW_MOD_ALT | GLFW_MOD_SUPER)) != 0) return;
  const Shortcut pressed{key_of_glfw(key), (mods & GLFW_MOD_CONTROL) != 0,
                         (mods & GLFW_MOD_SHIFT) != 0};
  // Held down, keys that switch something would flicker.
  const bool moves = pressed.key >= key_left && pressed.key <= key_page_down;
  if (pressed.key != key_none && (action == GLFW_PRESS || moves))
    of(window).keys_.push_back(pressed);
}
void Pane::on_click(GLFWwindow* window, int button, int action, int) {
  if (action != GLFW_PRESS) return;
  if (button == GLFW_MOUSE_BUTTON_LEFT) of(window).keys_.push_back({key_right});
  if (button == GLFW_MOUSE_BUTTON_RIGHT) of(window).keys_.push_back({key_left});
}

std::vector<GLFWmonitor*> screens() {
  int count = 0;
  GLFWmonitor** const all = glfwGetMonitors(&count);
  return all == nullptr ? std::vector<GLFWmonitor*>{} : std::vector<GLFWmonitor*>(all, all + count);
}

}  // namespace app
