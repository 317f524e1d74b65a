#include <algorithm>
#include <chrono>

#include "app/apply.hpp"

namespace app {
namespace {

/// Of a frame, for what is not on the stage.
constexpr auto most_a_frame = std::chrono::milliseconds(30);

using Shown = std::shared_ptr<const SceneShown>;

/// The same scene, wherever it stood.
Shown known(const std::vector<Shown>& before, const data::Scene& scene, std::size_t at) {
  const auto same = [&](const Shown& shown) { return shown && shown->scene == scene; };
  if (at < before.size() && same(before[at])) return before[at];
  const auto found = std::find_if(before.begin(), before.end(), same);
  return found == before.end() ? nullptr : *found;
}

}  // namespace

const data::Briefing* BriefingDesk::briefing() const {
  if (!book || !chosen) return nullptr;
  const auto found = std::find_if(book->briefings.begin(), book->briefings.end(),
                                  [&](const data::Briefing& one) { return one.id == *chosen; });
  return found == book->briefings.end() ? nullptr : &*found;
}

const data::Scene* BriefingDesk::scene_now() const {
  const data::Briefing* now = briefing();
  return now != nullptr && scene < now->scenes.size() ? &now->scenes[scene] : nullptr;
}

std::shared_ptr<const SceneShown> BriefingDesk::shown_now() const {
  return scene_now() != nullptr && scene < shown.size() ? shown[scene] : nullptr;
}

bool BriefingDesk::all_shown() const {
  return std::find(shown.begin(), shown.end(), nullptr) == shown.end();
}

void follow_briefing(AppState& s) {
  BriefingDesk& b = s.briefing;
  if (b.of != s.loaded->file) {
    BriefingDesk fresh;
    fresh.of = s.loaded->file;
    fresh.narrow = b.narrow;
    b = std::move(fresh);
  }
  if (b.present_soon && b.writing == 0 && !b.before_typing) {
    b.present = b.present_soon;
    b.present_soon.reset();
  }
  if (s.mode != Mode::briefing) return;
  const data::Briefing* briefing = b.briefing();
  if (briefing == nullptr) {
    b.shown.clear();
    return;
  }
  const BriefingDesk::ShownOf of{s.loaded->dataset->version, s.view.language, b.book->plans};
  std::vector<Shown> before = std::move(b.shown);
  if (b.shown_of != of) before.clear();
  b.shown_of = of;
  const auto& scenes = briefing->scenes;
  b.shown.assign(scenes.size(), nullptr);
  for (std::size_t i = 0; i < scenes.size(); ++i) {
    b.shown[i] = known(before, scenes[i], i);
    if (b.shown[i] || i >= before.size() || !before[i]) continue;
    if (auto words = reworded(*before[i], scenes[i], *s.dataset()))
      b.shown[i] = std::make_shared<const SceneShown>(std::move(*words));
  }
  const auto figures_of = [&](const View& view) {
    return std::make_shared<const Figures>(figures_in(*s.loaded, view));
  };
  const auto show = [&](std::size_t i) {
    if (!b.shown[i])
      b.shown[i] = std::make_shared<const SceneShown>(
          shown_of(scenes[i], *s.dataset(), *b.book->plans, s.view.language, figures_of));
  };
  if (b.scene < scenes.size()) show(b.scene);
  const auto until = std::chrono::steady_clock::now() + most_a_frame;
  for (std::size_t i = 0; i < scenes.size() && std::chrono::steady_clock::now() < until; ++i)
    show(i);
}

}  // namespace app
