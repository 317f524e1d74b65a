#include "app/window/window.hpp"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <tuple>
#include <utility>

#include "app/actions.hpp"
#include "app/apply.hpp"
#include "app/jobs.hpp"
#include "app/panels/imgui_versions.hpp"
#include "app/settings.hpp"
#include "app/window/desk.hpp"
#include "app/window/glfw_window.hpp"
#include "app/window/presenter.hpp"

namespace app {
namespace {

using Clock = std::chrono::steady_clock;

/// Dear ImGui answers an event over a few frames (hover, then press, then what it opened).
constexpr int frames_after_event = 3;

/// Until something has to happen by itself; negative: nothing has to.
double seconds_to_wait(const AppState& state) {
  std::optional<Clock::time_point> next;
  if (state.playing) next = state.next_step;
  const PlanDesk& plan = state.plan;
  if (state.mode == Mode::plan && plan.quiet && plan.answered == plan.asked)
    next = next ? std::min(*next, *plan.quiet) : *plan.quiet;
  if (state.mode == Mode::briefing && !state.briefing.all_shown()) return 0.001;
  if (state.toast) next = next ? std::min(*next, state.toast->until) : state.toast->until;
  // A text cursor blinks.
  if (ImGui::GetIO().WantTextInput) {
    const auto blink = Clock::now() + std::chrono::milliseconds(400);
    next = next ? std::min(*next, blink) : blink;
  }
  if (!next) return -1;
  return std::max(0.001, std::chrono::duration<double>(*next - Clock::now()).count());
}

/// Hovering tells the same thing every frame; it is no reason to draw another one.
bool changes_something(const AppState& state, const Command& command) {
  if (std::holds_alternative<command::HoverAt>(command)) return false;
  if (const auto* hover = std::get_if<command::Hover>(&command)) {
    return hover->unit != state.view.hovered || state.view.hovered_point.has_value();
  }
  return true;
}

Settings settings_of(const AppState& state, const GlfwWindow& window, const Settings& before) {
  Settings out = before;
  if (state.loaded) out.workspace = std::filesystem::absolute(state.loaded->file);
  out.language = state.view.language;
  window.size(out.width, out.height);
  out.panels = state.panels;
  out.points = state.view.points;
  return out;
}

Command first_command(const std::optional<std::filesystem::path>& workspace,
                      const Settings& settings) {
  if (workspace) return command::OpenFile{*workspace};
  std::error_code failed;
  if (!settings.workspace.empty() && std::filesystem::exists(settings.workspace, failed)) {
    return command::OpenFile{settings.workspace};
  }
  return command::OpenTheSample{sample_file()};
}

/// Says what is chosen too: it is what a screen reader and the task bar tell of a window.
std::string title(const AppState& state) {
  const std::string brand = say(state.view.language, "app.brand");
  if (!state.loaded) return brand;
  std::string out;
  if (state.view.selected.size() == 1) {
    out = state.dataset()->communes[state.view.selected[0].value].full_name + " – ";
  } else if (state.view.selected.size() > 1) {
    out = say(state.view.language, "app.communes_chosen", state.view.selected.size()) + " – ";
  }
  return out + state.dataset()->title + " – " + state.loaded->file.filename().string() + " – " +
         brand;
}

/// Wakes the window from any thread, while there is one.
class Waker {
 public:
  void wake() {
    const std::scoped_lock lock(mutex_);
    if (window_) GlfwWindow::wake();
  }
  void window(bool there) {
    const std::scoped_lock lock(mutex_);
    window_ = there;
  }

 private:
  std::mutex mutex_;
  bool window_ = false;
};

/// Dear ImGui lets go of the window before its context goes, whichever way the loop ends.
struct Listening {
  GlfwWindow& window;
  Waker& waker;
  Listening(GlfwWindow& w, Waker& k) : window(w), waker(k) {
    window.listen();
    waker.window(true);
  }
  ~Listening() {
    waker.window(false);
    window.stop_listening();
  }
  Listening(const Listening&) = delete;
  Listening& operator=(const Listening&) = delete;
};

/// What was typed last is written too: ~Jobs waits for it, once the window has gone.
void write_last(AppState& state, Jobs& jobs) {
  app::apply(state, command::Quit{});
  hand_over(state, jobs);
}

/// The briefing asked for, of what the desk has loaded already; back here when somebody leaves.
/// What goes wrong is told as of any other command.
void present_for(const AppState& state, const PresentAsked& asked, GlfwWindow& window) {
  const auto& book = state.briefing.book;
  if (!state.loaded || !book) return;
  const auto briefing =
      std::find_if(book->briefings.begin(), book->briefings.end(),
                   [&](const data::Briefing& b) { return b.id == asked.briefing; });
  if (briefing == book->briefings.end()) return;
  const Language language = state.view.language;
  PresentOrder order;
  order.show = make_show(state.loaded, *briefing,
                         book->plans ? *book->plans : std::vector<data::KeptPlan>{}, language);
  order.follow = {state.loaded->file, {}, briefing->id, language};
  order.from = asked.scene;
  order.other_keys = [&window] { return window.take().keys; };
  present(order);
}

}  // namespace

int run_window(const std::optional<std::filesystem::path>& workspace,
               std::optional<Language> language) {
  const std::filesystem::path kept = settings_file();
  const Settings settings = read_settings(kept);

  AppState state;
  state.view.language = language            ? *language
                        : settings.language ? *settings.language
                                            : language_of_locale();
  state.panels = settings.panels;
  state.view.points = settings.points;
  state.now = Clock::now();

  // Reading starts before the window is there, and the window is gone before the jobs have ended.
  Waker waker;
  Jobs jobs([&waker] { waker.wake(); });
  app::apply(state, first_command(workspace, settings));
  hand_over(state, jobs);

  GlfwWindow window(settings.width, settings.height, say(state.view.language, "app.brand").c_str());
  Desk desk(window.content_scale());
  const Listening listening(window, waker);

  const auto take = [&](const Command& command) {
    if (std::holds_alternative<command::CancelBackground>(command)) jobs.cancel_background();
    app::apply(state, command);
  };
  std::string shown_title;
  int frames = frames_after_event;
  while (!state.quit) {
    window.wait(frames > 0 ? 0 : seconds_to_wait(state));
    const bool woken = frames <= 0;
    frames = woken ? frames_after_event : frames - 1;

    app::apply(state, command::Tick{Clock::now()});
    for (const Command& command : jobs.take()) app::apply(state, command);
    if (window.asked_to_close()) app::apply(state, command::Quit{});
    const GlfwWindow::Happened happened = window.take();
    for (const std::filesystem::path& file : happened.dropped)
      app::apply(state, command::DropFile{file});
    for (const Shortcut& key : happened.keys) {
      const bool in_table = state.mode == Mode::entry && state.focus == Panel::map &&
                            state.entry.pages.shown == EntryPage::week;
      // Where Tab visits text fields only, it goes from panel to panel as F6 does.
      if (!tab_visits_everything && key.key == key_tab && !key.ctrl && !key.alt && !desk.typing() &&
          state.dialog == Dialog::none && !in_table) {
        app::apply(state, command::CyclePanels{key.shift ? -1 : 1});
      }
      const bool typing = desk.typing() || state.search_wanted;
      if (const auto command = command_for_key(state, key, typing)) take(*command);
    }

    window.begin_frame();
    int width = 0, height = 0;
    window.framebuffer(width, height);
    Commands commands;
    desk.draw(state, width, height, commands);
    window.show();
    desk.give_back_typed();
    for (const Command& command : commands) {
      if (changes_something(state, command)) frames = frames_after_event;
      const auto under = [&state] {
        return std::tuple(state.view.hovered, state.view.hovered_point, state.plan.hovered);
      };
      const auto hovered = under();
      take(command);
      if (under() != hovered) frames = frames_after_event;
    }
    hand_over(state, jobs);
    if (const auto asked = std::exchange(state.briefing.present, std::nullopt)) {
      try {
        present_for(state, *asked, window);
      } catch (const geo::Error& error) {
        app::apply(state, command::JobFailed{error});
      }
      frames = frames_after_event;
    }
    if (title(state) != shown_title) window.title(shown_title = title(state));
  }
  write_last(state, jobs);
  write_settings(settings_of(state, window, settings), kept);
  return 0;
}

}  // namespace app
