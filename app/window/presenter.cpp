#include "app/window/presenter.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "app/follower.hpp"
#include "app/presentation.hpp"
#include "app/window/pane.hpp"
#include "data/clock.hpp"
#include "geo/error.hpp"
#include "render/map_painter.hpp"
#include "render/notes_layout.hpp"
#include "render/slides.hpp"

namespace app {
namespace {

using geo::msg;
using Clock = Presentation::Clock;

constexpr double fade_seconds = 0.4;
constexpr double frame_seconds = 1.0 / 60;
constexpr int frames_after_change = 3;

/// The one asked for; the second one where there are two: the first is the speaker's. Null: none.
GLFWmonitor* screen_of(const PresentOrder& order) {
  const auto all = screens();
  if (all.empty()) return nullptr;
  const int last = static_cast<int>(all.size());
  if (!order.screen) return all[all.size() > 1 ? 1 : 0];
  return all[static_cast<std::size_t>(std::clamp(*order.screen, 1, last) - 1)];
}

void require_screen(const PresentOrder& order) {
  const auto all = screens();
  if (!order.screen ||
      (*order.screen >= 1 && static_cast<std::size_t>(*order.screen) <= all.size()))
    return;
  throw geo::Error(geo::ErrorKind::usage, msg("cli.no_such_screen", *order.screen, all.size()),
                   "--screen", msg("cli.no_such_screen_remedy"));
}

std::string clock_text() { return data::local_moment(std::chrono::system_clock::now()).time; }

std::string spent_text(Clock::duration spent) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(spent).count();
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%lld:%02lld", static_cast<long long>(seconds / 60),
                static_cast<long long>(seconds % 60));
  return text.data();
}

class Presenter {
 public:
  explicit Presenter(const PresentOrder& order) : order_(order), show_(order.show) {
    require_screen(order);
    open_room();
    glfwMakeContextCurrent(room_->get());
    glfwSwapInterval(1);
    painter_ = std::make_unique<render::MapPainter>();
    slides_ = std::make_unique<render::Slides>(slots_.size() + 1);
    now_.seconds = seconds_of(*show_);
    now_.at = now_.seconds.empty() ? 0 : std::min(order.from, now_.seconds.size() - 1);
    now_.loop = order.loop;
    now_.notes = order.notes;
    now_.began = now_.since = Clock::now();
  }
  ~Presenter() {
    glfwMakeContextCurrent(room_->get());
    slides_.reset();
    painter_.reset();
  }
  Presenter(const Presenter&) = delete;
  Presenter& operator=(const Presenter&) = delete;

  void run() {
    Follower follower(order_.follow, [] { glfwPostEmptyEvent(); });
    while (!now_.left && !room_->closing()) {
      const double wait = seconds_to_wait();
      if (wait < 0) {
        glfwWaitEvents();
      } else if (wait > 0) {
        glfwWaitEventsTimeout(wait);
      } else {
        glfwPollEvents();
      }
      const Clock::time_point time = Clock::now();
      hear(time);
      tick(now_, time);
      if (auto newer = follower.take()) take(std::move(newer), time);
      keep_on_screen();
      draw_room(time);
      tend_notes(time);
      if (!fading(time)) draw_ahead();
    }
  }

 private:
  /// A picture on the graphics card, and what it is of.
  struct Slot {
    std::shared_ptr<const Show> show;
    std::size_t scene = 0;
    int width = 0, height = 0;
    bool is(const std::shared_ptr<const Show>& s, std::size_t i, int w, int h) const {
      return show == s && scene == i && width == w && height == h;
    }
  };

  static std::vector<double> seconds_of(const Show& show) {
    std::vector<double> out;
    for (const data::Scene& scene : show.briefing.scenes)
      out.push_back(scene.seconds.value_or(show.briefing.seconds));
    return out;
  }

  void open_room() {
    const std::string title = without_contacts(show_->briefing.name);
    if (order_.window) {
      room_ = std::make_unique<Pane>(order_.window->width, order_.window->height, title, nullptr,
                                     nullptr);
    } else {
      GLFWmonitor* screen = screen_of(order_);
      const GLFWvidmode* mode = screen != nullptr ? glfwGetVideoMode(screen) : nullptr;
      room_ = std::make_unique<Pane>(mode != nullptr ? mode->width : 1280,
                                     mode != nullptr ? mode->height : 720, title, screen, nullptr);
    }
    glfwSetInputMode(room_->get(), GLFW_CURSOR, GLFW_CURSOR_HIDDEN);
  }

  /// A screen that is unplugged leaves its window behind: it goes to one that is there.
  void keep_on_screen() {
    if (order_.window || glfwGetWindowMonitor(room_->get()) != nullptr) return;
    GLFWmonitor* screen = screen_of(order_);
    const GLFWvidmode* mode = screen != nullptr ? glfwGetVideoMode(screen) : nullptr;
    if (mode == nullptr) return;  // none at all, for now
    glfwSetWindowMonitor(room_->get(), screen, 0, 0, mode->width, mode->height, GLFW_DONT_CARE);
  }

  void hear(Clock::time_point time) {
    for (const Shortcut& key : room_->keys()) press(now_, key, time);
    if (order_.other_keys)
      for (const Shortcut& key : order_.other_keys()) press(now_, key, time);
    if (!notes_) return;
    for (const Shortcut& key : notes_->keys()) press(now_, key, time);
    if (notes_->closing()) now_.notes = false;
  }

  void take(std::shared_ptr<const Show> newer, Clock::time_point time) {
    // The scene that stood may have moved in its list.
    std::size_t at = now_.at;
    const auto &before = show_->briefing.scenes, &scenes = newer->briefing.scenes;
    const bool stays = at < before.size() && at < scenes.size() && scenes[at] == before[at];
    if (at < before.size() && !stays) {
      const auto same = std::find(scenes.begin(), scenes.end(), before[at]);
      if (same != scenes.end()) at = static_cast<std::size_t>(same - scenes.begin());
    }
    show_ = std::move(newer);
    take_scenes(now_, seconds_of(*show_), at, time);
  }

  bool fading(Clock::time_point time) const {
    return order_.fade && from_ &&
           std::chrono::duration<double>(time - faded_from_).count() < fade_seconds;
  }

  double seconds_to_wait() const {
    const Clock::time_point time = Clock::now();
    // A fade ends with a frame of its own; and what is drawn while a window changes its size is
    // lost on some systems.
    if (fading(time) || std::get<2>(room_drawn_) < 1 || again_ > 0 || notes_again_ > 0)
      return frame_seconds;
    double wait = seconds_left(now_, time);
    if (wait >= 0) wait = std::max(wait, 0.001);
    if (now_.notes) wait = wait < 0 ? 1 : std::min(wait, 1.0);  // its clock
    return wait;
  }

  /// The slot that holds a scene, drawn now where none does; never over what is on the screen.
  std::size_t slot_of(std::size_t scene, int width, int height) {
    for (std::size_t i = 0; i < slots_.size(); ++i)
      if (slots_[i].is(show_, scene, width, height)) return i;
    std::size_t free = 0;
    while (room_slot_ == free || from_ == free) ++free;
    glfwMakeContextCurrent(room_->get());
    const Picture picture = picture_of(*show_, scene, width, height);
    painter_->draw_page(picture.frame, picture.box, width, height);
    slides_->keep(free, *painter_);
    slots_[free] = {show_, scene, width, height};
    return free;
  }

  void draw_room(Clock::time_point time) {
    int width = 0, height = 0;
    room_->size(width, height);
    if (room_->stale()) again_ = frames_after_change;
    const bool stale = again_ > 0;
    if (width < 1 || height < 1) return;  // iconified
    again_ -= stale ? 1 : 0;
    std::optional<std::size_t> slot;
    if (!fading(time)) from_.reset();
    if (!show_->scenes.empty()) slot = slot_of(now_.at, width, height);
    if (slot != room_slot_) {
      // Only from a picture of the same size: after a move to another screen it just stands.
      const bool alike = room_slot_ && slot && slots_[*room_slot_].width == width &&
                         slots_[*room_slot_].height == height;
      from_ = alike ? room_slot_ : std::nullopt;
      room_slot_ = slot;
      faded_from_ = time;
    }
    const double done = std::chrono::duration<double>(time - faded_from_).count() / fade_seconds;
    const double share = fading(time) ? std::clamp(done, 0.0, 1.0) : 1;
    if (!stale && room_drawn_ == std::tuple(room_slot_, now_.blank, share, show_.get())) return;
    room_drawn_ = {room_slot_, now_.blank, share, show_.get()};
    name_room();
    const render::PixelRect whole{0, 0, static_cast<double>(width), static_cast<double>(height)};
    std::vector<render::Slides::Shown> shown;
    using Blank = Presentation::Blank;
    if (now_.blank == Blank::no && room_slot_) {
      if (share < 1 && from_) shown.push_back({*from_, whole, 1});
      shown.push_back({*room_slot_, whole, share * share * (3 - 2 * share)});
    }
    glfwMakeContextCurrent(room_->get());
    slides_->show(shown, now_.blank == Blank::black ? render::rgb(0) : render::house::panel, width,
                  height);
    glfwSwapBuffers(room_->get());
  }

  /// What a screen reader and the task bar tell of it.
  void name_room() {
    std::string title = without_contacts(show_->briefing.name);
    if (!show_->scenes.empty()) {
      title = std::to_string(now_.at + 1) + " / " + std::to_string(show_->scenes.size()) + " · " +
              show_->scenes[now_.at].headline + " · " + title;
    }
    if (title == title_) return;
    title_ = std::move(title);
    glfwSetWindowTitle(room_->get(), title_.c_str());
  }

  /// The next scene is drawn while nothing else is to be done.
  void draw_ahead() {
    if (now_.at + 1 >= show_->scenes.size() && !now_.loop) return;
    int width = 0, height = 0;
    room_->size(width, height);
    if (width < 1 || height < 1 || show_->scenes.size() < 2) return;
    slot_of((now_.at + 1) % show_->scenes.size(), width, height);
  }

  void tend_notes(Clock::time_point time) {
    if (!now_.notes) {
      notes_.reset();
      return;
    }
    if (!notes_) open_notes();
    int width = 0, height = 0;
    notes_->size(width, height);
    const std::string clock = clock_text(), spent = spent_text(time - now_.began);
    if (notes_->stale()) notes_again_ = frames_after_change;
    const bool stale = notes_again_ > 0;
    notes_again_ -= stale ? 1 : 0;
    const auto wanted = std::tuple(show_.get(), now_.at, now_.loop, clock, spent);
    if (width < 1 || height < 1 || (!stale && notes_drawn_ == wanted)) return;
    notes_drawn_ = wanted;
    draw_notes(clock, spent, width, height);
  }

  void open_notes() {
    const auto all = screens();
    const std::string title = say(order_.follow.language, "app.brief_notes_title",
                                  without_contacts(show_->briefing.name));
    notes_ = std::make_unique<Pane>(1100, 720, title, nullptr, room_->get());
    // On the screen that the room does not see.
    GLFWmonitor* room = glfwGetWindowMonitor(room_->get());
    for (GLFWmonitor* screen : all) {
      if (screen == room || room == nullptr) continue;
      int x = 0, y = 0, w = 0, h = 0;
      glfwGetMonitorWorkarea(screen, &x, &y, &w, &h);
      glfwSetWindowPos(notes_->get(), x + std::max((w - 1100) / 2, 0),
                       y + std::max((h - 720) / 2, 0));
      break;
    }
  }

  void draw_notes(const std::string& clock, const std::string& spent, int width, int height) {
    const Language language = order_.follow.language;
    const std::size_t count = show_->scenes.size();
    const bool last = now_.at + 1 >= count && !now_.loop;
    render::Notes notes;
    notes.clock = clock;
    notes.spent = spent;
    notes.next_title = say(language, "app.brief_next");
    notes.help = say(language, "app.brief_keys");
    if (count > 0) {
      const SceneShown& scene = show_->scenes[now_.at];
      notes.headline = scene.headline;
      notes.note = scene.scene.note.empty() ? say(language, "app.brief_no_note") : scene.scene.note;
      notes.next =
          last ? say(language, "app.brief_last") : show_->scenes[(now_.at + 1) % count].headline;
      notes.place = std::to_string(now_.at + 1) + " / " + std::to_string(count);
      if (now_.loop) notes.place += " · " + say(language, "app.brief_looping");
    }
    glfwMakeContextCurrent(room_->get());
    render::NotesLayout layout;
    painter_->draw_layout(width, height, [&](render::Glyphs& glyphs) {
      layout = render::lay_out_notes(notes, width, height, glyphs);
      return layout.page;
    });
    slides_->keep(notes_slot_, *painter_);
    const render::PixelRect whole{0, 0, static_cast<double>(width), static_cast<double>(height)};
    std::vector<render::Slides::Shown> shown{{notes_slot_, whole, 1}};
    if (room_slot_) shown.push_back({*room_slot_, layout.now, 1});
    int w = 0, h = 0;
    room_->size(w, h);
    if (count > 0 && !last && w > 0 && h > 0)
      shown.push_back({slot_of((now_.at + 1) % count, w, h), layout.next, 1});
    render::finish_drawing();  // before another context looks at it
    glfwMakeContextCurrent(notes_->get());
    glfwSwapInterval(0);  // two windows must not wait for each other
    slides_->show(shown, render::house::panel, width, height);
    glfwSwapBuffers(notes_->get());
    glfwMakeContextCurrent(room_->get());
  }

  const PresentOrder& order_;
  const Session session_;
  std::shared_ptr<const Show> show_;
  Presentation now_;
  std::unique_ptr<Pane> room_, notes_;
  std::unique_ptr<render::MapPainter> painter_;
  std::unique_ptr<render::Slides> slides_;
  std::array<Slot, 3> slots_;  ///< what stands, what it fades from, what comes next
  static constexpr std::size_t notes_slot_ = 3;
  std::optional<std::size_t> room_slot_, from_;
  Clock::time_point faded_from_;
  std::string title_;
  int again_ = 0, notes_again_ = 0;  ///< frames still to be drawn after a change of size
  std::tuple<std::optional<std::size_t>, Presentation::Blank, double, const Show*> room_drawn_;
  std::tuple<const Show*, std::size_t, bool, std::string, std::string> notes_drawn_;
};

}  // namespace

void present(const PresentOrder& order) {
  if (order.show->scenes.empty()) {
    throw geo::Error(geo::ErrorKind::usage, msg("app.brief_no_scenes"), order.show->briefing.name,
                     msg("app.brief_no_scenes_remedy"));
  }
  Presenter(order).run();
}

}  // namespace app
