#include "app/window/glfw_window.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
// after GLFW
#include <backends/imgui_impl_glfw.h>
#include <imgui.h>
#include <langinfo.h>

#include <algorithm>
#include <clocale>
#include <cmath>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace app {
namespace {

/// With the C locale every typed Vietnamese letter is lost; numbers stay as programs write them.
void prepare_locale() {
  std::setlocale(LC_ALL, "");
#ifdef CODESET
  if (std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0) std::setlocale(LC_CTYPE, "C.UTF-8");
#endif
  std::setlocale(LC_NUMERIC, "C");
}

/// GLFW's own words.
std::string why() {
  const char* text = nullptr;
  glfwGetError(&text);
  return text != nullptr ? text : "GLFW";
}

}  // namespace

void begin_glfw() {
  if (glfwInit()) return;
  throw geo::Error(geo::ErrorKind::io, geo::msg("app.no_display"), why(),
                   geo::msg("app.no_display_remedy"));
}

void hint_window(const char* instance) {
  glfwDefaultWindowHints();
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "phusong");
  glfwWindowHintString(GLFW_X11_INSTANCE_NAME, instance);
}

geo::Error no_opengl() {
  return {geo::ErrorKind::io, geo::msg("app.no_opengl"), why(), geo::msg("app.install_driver")};
}

int key_of_glfw(int key) {
  switch (key) {
    case GLFW_KEY_LEFT:
      return key_left;
    case GLFW_KEY_RIGHT:
      return key_right;
    case GLFW_KEY_UP:
      return key_up;
    case GLFW_KEY_DOWN:
      return key_down;
    case GLFW_KEY_HOME:
      return key_home;
    case GLFW_KEY_END:
      return key_end;
    case GLFW_KEY_PAGE_UP:
      return key_page_up;
    case GLFW_KEY_PAGE_DOWN:
      return key_page_down;
    case GLFW_KEY_ENTER:
    case GLFW_KEY_KP_ENTER:
      return key_enter;
    case GLFW_KEY_ESCAPE:
      return key_escape;
    case GLFW_KEY_TAB:
      return key_tab;
    case GLFW_KEY_SPACE:
      return key_space;
    case GLFW_KEY_DELETE:
      return key_delete;
    case GLFW_KEY_BACKSPACE:
      return key_backspace;
    case GLFW_KEY_KP_ADD:
      return '+';
    case GLFW_KEY_KP_SUBTRACT:
      return '-';
    default:
      break;
  }
  if (key >= GLFW_KEY_KP_0 && key <= GLFW_KEY_KP_9) return '0' + (key - GLFW_KEY_KP_0);
  if (key >= GLFW_KEY_F1 && key <= GLFW_KEY_F12) return key_f1 + (key - GLFW_KEY_F1);
  if (key > GLFW_KEY_SPACE && key <= GLFW_KEY_GRAVE_ACCENT) return key;  // as in ASCII
  return key_none;
}

struct GlfwWindow::Impl {
  GLFWwindow* window = nullptr;
  /// Letters and keys in the order they came: of "12, Tab, 34" in one slow frame the 34 belongs
  /// behind the Tab. Dear ImGui and the desk get one run of letters a frame; see take().
  struct Typed {
    Shortcut key;
    unsigned letter = 0;  ///< 0: a key
    bool moves() const { return letter == 0 && (key.key >= 256 || key.ctrl || key.alt); }
  };
  std::vector<Typed> typed;
  std::vector<unsigned> letters;  ///< of this frame
  std::vector<std::filesystem::path> dropped;
  bool listening = false;
#if IMGUI_VERSION_NUM < 18700
  struct Tap {
    int key = 0, mods = 0;  ///< GLFW's
  };
  std::vector<Tap> tapped, kept_down;  ///< see begin_frame()
#endif

  static Impl& of(GLFWwindow* window) {
    return *static_cast<Impl*>(glfwGetWindowUserPointer(window));
  }

  static void on_key(GLFWwindow* window, int key, int, int action, int mods) {
#if IMGUI_VERSION_NUM < 18700
    if (action == GLFW_PRESS && key >= 0) of(window).tapped.push_back({key, mods});
#endif
    if (action == GLFW_RELEASE || (mods & GLFW_MOD_SUPER) != 0) return;
    Shortcut pressed{key_of_glfw(key), (mods & GLFW_MOD_CONTROL) != 0, (mods & GLFW_MOD_SHIFT) != 0,
                     (mods & GLFW_MOD_ALT) != 0};
    // A plus is a shifted equals sign on most keyboards.
    if (pressed.key == '=' && pressed.shift) pressed = {'+', pressed.ctrl, false};
    if (pressed.key != key_none) of(window).typed.push_back({pressed});
  }
  static void on_letter(GLFWwindow* window, unsigned letter) {
    if (letter != 0) of(window).typed.push_back({{}, letter});
  }
  static void on_drop(GLFWwindow* window, int count, const char** paths) {
    for (int i = 0; i < count; ++i) of(window).dropped.emplace_back(paths[i]);
  }
};

GlfwWindow::GlfwWindow(int width, int height, const char* title) : impl_(std::make_unique<Impl>()) {
  prepare_locale();
  begin_glfw();
  hint_window("phusong");
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
  impl_->window = glfwCreateWindow(width, height, title, nullptr, nullptr);
  if (!impl_->window) {
    const geo::Error failed = no_opengl();
    glfwTerminate();
    throw failed;
  }
  glfwMakeContextCurrent(impl_->window);
  glfwSwapInterval(1);
  glfwSetWindowUserPointer(impl_->window, impl_.get());
}

GlfwWindow::~GlfwWindow() {
  if (impl_->window) glfwDestroyWindow(impl_->window);
  glfwTerminate();
}

double GlfwWindow::content_scale() const {
  float x = 1, y = 1;
  glfwGetWindowContentScale(impl_->window, &x, &y);
  // Where the framebuffer is larger than the window the system scales already.
  int width = 0, height = 0, pixels = 0, lines = 0;
  size(width, height);
  framebuffer(pixels, lines);
  const double already = width > 0 ? static_cast<double>(pixels) / width : 1;
  return std::clamp(static_cast<double>(x) / already, 1.0, 4.0);
}

void GlfwWindow::listen() {
  // Ours first: the backend of Dear ImGui calls those that it finds installed.
  glfwSetKeyCallback(impl_->window, Impl::on_key);
  glfwSetDropCallback(impl_->window, Impl::on_drop);
  ImGui_ImplGlfw_InitForOpenGL(impl_->window, true);
  glfwSetCharCallback(impl_->window, Impl::on_letter);  // in its place: letters wait for keys
  impl_->listening = true;
}

void GlfwWindow::stop_listening() {
  if (impl_->listening) ImGui_ImplGlfw_Shutdown();
  impl_->listening = false;
}

void GlfwWindow::begin_frame() {
  for (const unsigned letter : impl_->letters) ImGui::GetIO().AddInputCharacter(letter);
  impl_->letters.clear();
#if IMGUI_VERSION_NUM < 18700
  // Dear ImGui looks at its keys once a frame: one pressed and let go in between was never pressed
  // for it. Such a key stays down for one frame.
  ImGuiIO& io = ImGui::GetIO();
  const auto is_down = [&](int key) { return glfwGetKey(impl_->window, key) == GLFW_PRESS; };
  std::vector<Impl::Tap>& before = impl_->kept_down;
  for (const Impl::Tap& tap : before) io.KeysDown[tap.key] = is_down(tap.key);
  if (!before.empty()) {
    io.KeyCtrl = is_down(GLFW_KEY_LEFT_CONTROL) || is_down(GLFW_KEY_RIGHT_CONTROL);
    io.KeyShift = is_down(GLFW_KEY_LEFT_SHIFT) || is_down(GLFW_KEY_RIGHT_SHIFT);
  }
  std::vector<Impl::Tap> kept, later;
  for (const Impl::Tap& tap : impl_->tapped) {
    const bool again = std::any_of(before.begin(), before.end(),
                                   [&](const Impl::Tap& one) { return one.key == tap.key; });
    if (again) {
      later.push_back(tap);  // up for a frame first, else the second tap is none
    } else if (!io.KeysDown[tap.key]) {
      io.KeysDown[tap.key] = true;
      kept.push_back(tap);
      // What was held along with it may be up again as well.
      io.KeyCtrl = io.KeyCtrl || (tap.mods & GLFW_MOD_CONTROL) != 0;
      io.KeyShift = io.KeyShift || (tap.mods & GLFW_MOD_SHIFT) != 0;
    }
  }
  before = std::move(kept);
  impl_->tapped = std::move(later);
#endif
  ImGui_ImplGlfw_NewFrame();
}
void GlfwWindow::show() { glfwSwapBuffers(impl_->window); }
void GlfwWindow::size(int& width, int& height) const {
  glfwGetWindowSize(impl_->window, &width, &height);
}
void GlfwWindow::framebuffer(int& width, int& height) const {
  glfwGetFramebufferSize(impl_->window, &width, &height);
}
bool GlfwWindow::asked_to_close() {
  const bool asked = glfwWindowShouldClose(impl_->window) != 0;
  glfwSetWindowShouldClose(impl_->window, GLFW_FALSE);
  return asked;
}
void GlfwWindow::title(const std::string& text) { glfwSetWindowTitle(impl_->window, text.c_str()); }

void GlfwWindow::wait(double seconds) {
  const bool waited_for = !impl_->typed.empty();  // what the last frame left over
  if (seconds < 0 && !waited_for) {
    glfwWaitEvents();
  } else if (seconds > 0 && !waited_for) {
    glfwWaitEventsTimeout(seconds);
  } else {
    glfwPollEvents();
  }
}

void GlfwWindow::wake() { glfwPostEmptyEvent(); }

GlfwWindow::Happened GlfwWindow::take() {
  Happened out;
  out.dropped = std::exchange(impl_->dropped, {});
  // Letters that no frame was drawn for were typed to nobody.
  impl_->letters.clear();
  auto& typed = impl_->typed;
  auto at = typed.begin();
  for (; at != typed.end() && !(at->moves() && !impl_->letters.empty()); ++at) {
    if (at->letter != 0)
      impl_->letters.push_back(at->letter);
    else
      out.keys.push_back(at->key);
  }
  typed.erase(typed.begin(), at);
  return out;
}

}  // namespace app
