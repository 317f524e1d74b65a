#include <algorithm>
#include <chrono>
#include <utility>

#include "app/apply.hpp"
#include "app/briefing_parts.hpp"
#include "app/points.hpp"
#include "app/scene_look.hpp"
#include "app/show.hpp"

namespace app {
namespace {

using namespace briefing;
using geo::msg;

/// Scenes of the chosen briefing.
struct Composing {
  AppState& s;
  BriefingDesk& b = s.briefing;

  data::Briefing* chosen() const { return chosen_briefing(s); }
  data::Scene* scene_in(data::Briefing& of) const { return app::scene_in(s, of); }
  bool may_write() const { return may_write_briefings(s); }
  /// Answers whether there was anything to change.
  template <class How>
  bool change(How how) {
    write_typed(s);
    data::Briefing* now = chosen();
    if (now == nullptr || !may_write()) return false;
    const data::Briefing before = *now;
    how(*now);
    b.scene = std::min(b.scene, now->scenes.empty() ? 0 : now->scenes.size() - 1);
    write_briefing(s, before, *now);
    return true;
  }
  template <class How>
  bool change_scene(How how) {
    if (chosen() == nullptr || scene_in(*chosen()) == nullptr) return false;
    return change([&](data::Briefing& now) { how(*scene_in(now)); });
  }

  void operator()(const Choose& c) {
    write_typed(s);
    choose_scene(s, c.id, 0);
  }
  void operator()(const ChooseScene& c) {
    write_typed(s);
    if (chosen() != nullptr && c.scene < chosen()->scenes.size()) b.scene = c.scene;
  }
  void operator()(const StepScene& c) {
    write_typed(s);
    if (chosen() == nullptr || chosen()->scenes.empty()) return;
    const auto last = static_cast<std::ptrdiff_t>(chosen()->scenes.size()) - 1;
    b.scene = static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(b.scene) + c.by, 0, last));
  }

  // The list.
  void operator()(const MoveScene& c) {
    change([&](data::Briefing& now) {
      if (c.from >= now.scenes.size() || c.to >= now.scenes.size()) return;
      data::Scene scene = std::move(now.scenes[c.from]);
      now.scenes.erase(now.scenes.begin() + static_cast<std::ptrdiff_t>(c.from));
      now.scenes.insert(now.scenes.begin() + static_cast<std::ptrdiff_t>(c.to), std::move(scene));
      b.scene = c.to;
    });
  }
  void operator()(const MoveChosen& c) {
    if (chosen() == nullptr) return;
    const auto to = static_cast<std::ptrdiff_t>(b.scene) + c.by;
    if (to >= 0 && to < static_cast<std::ptrdiff_t>(chosen()->scenes.size()))
      (*this)(MoveScene{b.scene, static_cast<std::size_t>(to)});
  }
  void put_behind(data::Briefing& now, const data::Scene& scene) {
    const std::size_t at = std::min(now.scenes.size(), now.scenes.empty() ? 0 : b.scene + 1);
    now.scenes.insert(now.scenes.begin() + static_cast<std::ptrdiff_t>(at), scene);
    b.scene = at;
  }
  void operator()(const DuplicateScene&) {
    change([&](data::Briefing& now) {
      if (const data::Scene* scene = scene_in(now)) put_behind(now, data::Scene(*scene));
    });
  }
  void operator()(const DeleteScene&) {
    if (chosen() == nullptr || scene_in(*chosen()) == nullptr) return;
    const std::size_t number = b.scene + 1;
    const bool done = change([&](data::Briefing& now) {
      now.scenes.erase(now.scenes.begin() + static_cast<std::ptrdiff_t>(b.scene));
    });
    if (done) tell_of_briefing(s, msg("app.briefing_scene_deleted", number), true);
  }
  void operator()(const CopyScene& c) {
    write_typed(s);
    if (b.scene_now() == nullptr) return;
    b.copied = *b.scene_now();
    if (c.cut) (*this)(DeleteScene{});
  }
  void operator()(const PasteScene&) {
    if (!b.copied) return;
    change([&](data::Briefing& now) { put_behind(now, *b.copied); });
  }

  // The chosen scene.
  void operator()(const Edit& c) {
    if (!c.typing) {
      const auto before = b.shown_now();
      change_scene([&](data::Scene& scene) {
        const bool elsewhere = c.scene.within != scene.within;
        scene = c.scene;
        // Which communes are shown would still be the filter's.
        if (!elsewhere || !before || before->view.filter.empty()) return;
        View view = before->view;
        view.filter = {};
        scene.look = look_of(view, *s.dataset());
      });
      return;
    }
    data::Briefing* now = chosen();
    data::Scene* scene = now == nullptr ? nullptr : scene_in(*now);
    if (scene == nullptr || !may_write()) return;
    if (!b.before_typing) b.before_typing = *now;
    // A sentence holds for the numbers that whoever wrote it has seen.
    const auto shown = b.shown_now();
    const bool headline = c.scene.headline != scene->headline;
    *scene = c.scene;
    if (headline) scene->written_for = shown && shown->ask ? numbers_now(*shown) : "";
  }
  std::string numbers_now(const SceneShown& shown) const {
    return data::numbers_of(shown.statement, *s.dataset());
  }
  void operator()(const BeginHeadline&) {
    data::Briefing* now = chosen();
    data::Scene* scene = now == nullptr ? nullptr : scene_in(*now);
    const auto shown = b.shown_now();
    b.headline_wanted = false;
    if (scene == nullptr || !shown || !may_write()) return;
    if (!b.before_typing) b.before_typing = *now;
    b.typing_headline = true;
    if (!scene->headline.empty()) return;
    scene->headline = shown->words.headline;
    scene->written_for = shown->ask ? numbers_now(*shown) : "";
  }
  void operator()(const EndTyping&) { write_typed(s); }
  void operator()(const WantHeadline& c) {
    b.headline_wanted = c.wanted && b.scene_now() != nullptr;
    if (b.headline_wanted) s.panels.side_open = true;
  }
  void operator()(const KeepHeadline&) {
    const auto shown = b.shown_now();
    if (!shown || !shown->ask) return;
    change_scene([&](data::Scene& scene) { scene.written_for = numbers_now(*shown); });
  }
  void operator()(const Pace& c) {
    change([&](data::Briefing& now) { now.seconds = c.seconds; });
  }

  // The map.
  /// What is looked at.
  data::Scene looked_at() const {
    View view = s.view;
    std::optional<std::int64_t> plan;
    if (s.mode == Mode::plan && s.plan.ground) {
      view.indicator = s.plan.ground->key.indicator;
      if (s.plan.shown && s.plan.shown->kept != 0) plan = s.plan.shown->kept;
    }
    data::Scene scene =
        captured(view, *s.dataset(), *s.loaded->land, s.camera.width > 0 ? &s.camera : nullptr);
    if (plan) {
      scene.statement = data::id(data::StatementKind::plan);
      scene.plan = plan;
    }
    return scene;
  }
  void operator()(const Capture&) {
    write_typed(s);
    if (!may_write() || !s.derived.figures) return;
    const std::string name =
        say(s.view.language, "app.brief_name",
            date(s.view.language,
                 s.view.at.value_or(s.dataset()->dates.empty() ? s.derived.figures->at
                                                               : s.dataset()->dates.back())));
    const bool here = s.mode == Mode::briefing && b.scene_now() != nullptr;
    AddScene adding{s.loaded->file, b.chosen.value_or(0),
                    here ? std::optional(b.scene) : std::nullopt, looked_at(), name};
    // Seen at once: what is edited before it is written is made of it.
    if (data::Briefing* now = chosen()) {
      adding.expected = *now;
      if (!here) b.scene = now->scenes.size();
      put_behind(*now, adding.scene);
      add_step(s.history, BriefingChanged{adding.expected, *now});
      tell_of_briefing(s, msg("app.briefing_captured", b.scene + 1, now->name), true);
    }
    request_writing(s, std::move(adding));
  }
  void operator()(const Recapture&) {
    if (!s.loaded) return;
    const data::Scene now = looked_at();
    change_scene([&](data::Scene& scene) {
      scene.indicator = now.indicator;
      scene.layer = now.layer;
      scene.at = now.at;
      scene.since = now.since;
      scene.within = now.within;
      scene.look = now.look;
      scene.window = now.window;
      scene.highlighted = now.highlighted;
    });
  }
  void operator()(const Highlight&) {
    if (!s.loaded) return;
    change_scene([&](data::Scene& scene) {
      scene.highlighted.clear();
      for (const geo::UnitIndex unit : s.view.selected)
        scene.highlighted.push_back(s.dataset()->communes[unit.value].code);
    });
  }
  void operator()(const ShowOnMap&) {
    write_typed(s);
    const auto shown = b.shown_now();
    if (!shown || !s.loaded) return;
    const Language language = s.view.language;
    s.view = shown->view;
    s.view.language = language;
    s.view.at = shown->scene.at;
    s.view.since = shown->scene.since;
    s.mode = Mode::review;
    s.focus = Panel::map;
    s.camera = fitted(s, false);
    const auto& window = shown->scene.window;
    if (!window || s.camera.width <= 0) return;
    if (const auto place = place_on(geo::Projection(s.loaded->land->crs), window->centre)) {
      s.camera.centre = *place;
      s.camera.metres_per_pixel = window->metres / s.camera.width;
    }
  }

  // The room.
  void operator()(const Shape& c) { b.narrow = c.narrow; }
  void operator()(const Present& c) {
    write_typed(s);
    if (chosen() == nullptr || chosen()->scenes.empty()) return;
    b.present_soon = PresentAsked{chosen()->id, c.from_first ? 0 : b.scene};
  }
  template <class Other>
  void operator()(const Other&) {}
};

}  // namespace

void apply_briefing(AppState& state, const Command& command) {
  BriefingDesk& b = state.briefing;
  if (const auto* c = std::get_if<command::OfBriefing>(&command)) {
    std::visit(Composing{state}, c->what);
    apply_briefings(state, c->what);
    return;
  }
  const bool again = std::holds_alternative<command::WorkspaceLoaded>(command);
  if (std::holds_alternative<command::ChooseMode>(command)) {
    write_typed(state);
    b.headline_wanted = false;
    if (state.mode == Mode::briefing) state.focus = Panel::rail;
  } else if (std::holds_alternative<command::Quit>(command)) {
    write_typed(state);
  } else if (!again) {
    return;
  }
  // Another program may have changed them since.
  if (state.mode != Mode::briefing || !state.loaded || b.asked) return;
  b.asked = true;
  state.requests.emplace_back(BriefingJob(ReadBriefings{state.loaded->file}));
}

void write_typed(AppState& s) {
  BriefingDesk& b = s.briefing;
  const bool headline = std::exchange(b.typing_headline, false);
  std::optional<data::Briefing> before = std::exchange(b.before_typing, std::nullopt);
  if (!before || !s.loaded || !b.book) return;
  data::Briefing* now = chosen_briefing(s);
  if (now == nullptr || now->id != before->id) return;
  data::Scene* scene = scene_in(s, *now);
  const auto shown = b.shown_now();
  // The computed sentence, or none at all, is the computed sentence.
  const bool computed = scene != nullptr && shown && scene->headline == shown->words.headline;
  const bool blank =
      scene != nullptr && scene->headline.find_first_not_of(" \t") == std::string::npos;
  if (headline && (computed || blank)) {
    scene->headline.clear();
    scene->written_for.clear();
  }
  write_briefing(s, std::move(before), *now);
}

void step_briefing(AppState& s, const BriefingChanged& step, bool back) {
  const auto& from = back ? step.after : step.before;
  const auto& to = back ? step.before : step.after;
  BriefingDesk& b = s.briefing;
  request_writing(s, ChangeBriefing{s.loaded->file, from, to, false, !b.book});
  if (!b.book) return;
  // Seen at once: what is edited before it is written is made of it.
  const std::int64_t id = to ? to->id : from->id;
  if (!to) return drop_briefing(s, id);
  auto& all = b.book->briefings;
  const auto at = std::find_if(all.begin(), all.end(),
                               [id](const data::Briefing& one) { return one.id <= id; });
  if (at != all.end() && at->id == id) {
    *at = *to;
  } else {
    all.insert(at, *to);
  }
  choose_scene(s, id, first_difference(from, *to));
}

}  // namespace app
