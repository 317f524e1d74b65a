#include "app/apply.hpp"

#include <algorithm>
#include <iterator>

namespace app {
namespace {

constexpr std::size_t longest_history = 200;

/// Dragging along the time line (or playing it), dragging a break and pulling at a weight or a
/// priority are one step each, however many frames they take.
enum class Gesture : std::uint8_t {
  none,
  date,
  breaks,
  weights,
  people,
  barriers,
  fairness,
  distance,
  crowded
};
/// The one priority of a plan that differs.
Gesture pulled(const data::PlanWishes& a, const data::PlanWishes& b) {
  using W = data::PlanWishes;
  constexpr std::pair<double W::*, Gesture> sliders[] = {{&W::people, Gesture::people},
                                                         {&W::barriers, Gesture::barriers},
                                                         {&W::fairness, Gesture::fairness},
                                                         {&W::distance, Gesture::distance},
                                                         {&W::crowded, Gesture::crowded}};
  for (const auto& [slider, gesture] : sliders) {
    W c = a;
    c.*slider = b.*slider;
    if (c == b && a != b) return gesture;
  }
  return Gesture::none;
}
Gesture gesture(const ViewPoint& a, const ViewPoint& b) {
  const auto only = [&](auto member) {
    ViewPoint c = a;
    c.*member = b.*member;
    return c == b && !(a.*member == b.*member);
  };
  if (only(&ViewPoint::at)) return Gesture::date;
  if (only(&ViewPoint::weights)) return Gesture::weights;
  if (a.wishes && b.wishes && only(&ViewPoint::wishes)) return pulled(*a.wishes, *b.wishes);
  constexpr auto dragged = data::Classification::user_defined;
  const bool breaks = a.choice.by == dragged && b.choice.by == dragged;
  return breaks && only(&ViewPoint::choice) ? Gesture::breaks : Gesture::none;
}

void remember(AppState& state, const ViewPoint& before) {
  const ViewPoint now = view_point(state);
  if (now == before) return;
  std::vector<Step>& past = state.history.past;
  state.history.future.clear();
  if (const Gesture now_done = gesture(before, now); now_done != Gesture::none && !past.empty()) {
    const auto* last = std::get_if<ViewPoint>(&past.back());
    if (last && gesture(*last, before) == now_done) return;
  }
  add_step(state.history, before);
}

void forget_offer(AppState& state) {
  if (state.toast && state.toast->steps_back) state.toast.reset();
}

void undo(AppState& state) {
  write_typed(state);
  forget_offer(state);
  std::vector<Step>& past = state.history.past;
  if (past.empty()) return;
  if (const auto* point = std::get_if<ViewPoint>(&past.back())) {
    state.history.future.push_back(view_point(state));
    set_view_point(state, *point);
    past.pop_back();
  } else if (const auto* accepted = std::get_if<FindingAccepted>(&past.back())) {
    if (!state.loaded) return;
    state.requests.push_back(KeepJudgement{state.loaded, FindingCounts{accepted->key}});
    state.history.future.push_back(*accepted);
    past.pop_back();
  } else if (const auto* kept = std::get_if<KeptPlanChanged>(&past.back())) {
    if (!state.loaded) return;
    state.requests.push_back(ChangeKeptPlan{state.loaded->file, kept->after, kept->before, false});
    state.history.future.push_back(*kept);
    past.pop_back();
  } else if (const auto* told = std::get_if<BriefingChanged>(&past.back())) {
    if (!state.loaded) return;
    step_briefing(state, *told, true);
    state.history.future.push_back(*told);
    past.pop_back();
  } else if (state.loaded && !state.job) {
    // The step goes when the job has taken the import back; see ImportTakenBack.
    state.requests.push_back(
        TakeBackImport{state.loaded->file, std::get<ImportDone>(past.back()).source});
  }
}

void redo(AppState& state) {
  write_typed(state);
  std::vector<Step>& future = state.history.future;
  if (future.empty()) return;
  if (const auto* point = std::get_if<ViewPoint>(&future.back())) {
    state.history.past.push_back(view_point(state));
    set_view_point(state, *point);
  } else if (const auto* accepted = std::get_if<FindingAccepted>(&future.back())) {
    if (!state.loaded) return;
    state.requests.push_back(
        KeepJudgement{state.loaded, LetFindingStand{accepted->key, accepted->reason}});
    state.history.past.push_back(*accepted);
  } else if (const auto* kept = std::get_if<KeptPlanChanged>(&future.back())) {
    if (!state.loaded) return;
    state.requests.push_back(ChangeKeptPlan{state.loaded->file, kept->before, kept->after, false});
    state.history.past.push_back(*kept);
  } else if (const auto* told = std::get_if<BriefingChanged>(&future.back())) {
    if (!state.loaded) return;
    step_briefing(state, *told, false);
    state.history.past.push_back(*told);
  } else if (const auto* import = std::get_if<ImportDone>(&future.back())) {
    // Its rows are gone; only the file can bring them again, and a person looks at it first.
    state.toast = Toast{geo::msg("app.import_again", import->file), false,
                        state.now + std::chrono::seconds(10)};
  }
  future.pop_back();
}

/// That of many communes takes longer than a frame.
void ask_for_stability(AppState& s, const DeriveKey& key) {
  const Derived& d = s.derived;
  if (!key.stays || !d.stays.empty() || d.scores.units.empty()) return;
  const StabilityAsked asked{key.dataset, d.figures, key.weights, key.first_k};
  if (s.stability == asked) return;
  s.stability = asked;
  s.requests.push_back(FindStability{++s.stability_asked, d.scores, key.weights, key.first_k});
}

/// What the workspace lacks is done in the background, one after the other.
void ask_for_the_rest(AppState& s) {
  const auto& up = s.given_up;
  const bool early =
      !s.derived.key->all_dates && std::find(up.begin(), up.end(), Missing::all_dates) == up.end();
  const auto what = early ? Missing::all_dates : first_missing(*s.loaded, up);
  const auto indicator = early ? s.derived.key->view.indicator : data::Indicator{};
  if (!what) {
    s.completing.reset();  // it holds what is not shown any more
    return;
  }
  const auto& asked = s.completing;
  const bool same = asked && asked->what == *what && asked->indicator == indicator &&
                    asked->loaded->dataset == s.loaded->dataset &&
                    asked->loaded->land == s.loaded->land;
  if (same) return;
  s.completing = Complete{s.loaded, *what, indicator};
  s.requests.push_back(*s.completing);
}

DeriveKey key_of(const AppState& s) {
  DeriveKey key;
  key.dataset = s.loaded->dataset->version;
  key.beyond = s.loaded->points ? s.loaded->points->beyond.size() : 0;
  key.view = s.view;
  // Under a plan the map is of the numbers that it is made from.
  if (s.mode == Mode::plan && s.plan.ground) {
    key.view.indicator = s.plan.ground->key.indicator;
    key.view.at = s.plan.ground->basis->at;
  }
  // In a briefing all numbers are of the scene.
  if (s.mode == Mode::briefing) {
    if (const auto shown = s.briefing.shown_now()) key.view = shown->view;
  }
  key.all_dates = !s.loaded->pool || s.loaded->pool->at_once(key.view.indicator);
  key.view.hovered = {};
  key.view.hovered_point.reset();
  if (!key.view.filter.empty()) key.view.within.clear();
  key.column = s.rank_column;
  key.ascending = s.rank_ascending;
  key.rank_barrier = s.rank_barrier;
  key.weights = s.weights;
  key.first_k = s.first_k;
  key.scatter_x = s.scatter_x;
  key.scatter_y = s.scatter_y;
  key.scatter = s.drawer == Drawer::scatter;
  key.time_lines = s.drawer == Drawer::time;
  key.stays = s.mode != Mode::briefing && s.mode != Mode::entry &&
              (s.panels.side_open || s.dialog == Dialog::weights);
  return key;
}

void bring_up_to_date(AppState& s) {
  follow_briefing(s);
  derive(s.derived, key_of(s), *s.loaded);
  const bool briefing = s.mode == Mode::briefing;
  if (!briefing && !s.view.filter.empty()) {
    // The filter follows the date and the layer; what it leaves out is not selected either.
    s.view.within = s.derived.figures->within;
    std::vector<geo::UnitIndex> kept;
    std::set_intersection(s.view.selected.begin(), s.view.selected.end(), s.view.within.begin(),
                          s.view.within.end(), std::back_inserter(kept));
    if (kept != s.view.selected) {
      s.view.selected = std::move(kept);
      derive(s.derived, key_of(s), *s.loaded);
    }
  }
  ask_for_stability(s, key_of(s));
  ask_for_the_rest(s);
  follow_plan(s);
  if (briefing) return;
  bring_up_to_date(s.points, s.loaded->points, *s.dataset(), s.derived.figures, s.view, s.camera,
                   s.pixel_ratio);
}

/// What a person does, as against what a job answers after it has replaced the communes.
bool is_step(const Command& command) {
  const auto* of_plan = std::get_if<command::OfPlan>(&command);
  if (of_plan && std::holds_alternative<plan::GroundMade>(of_plan->what)) return false;
  return !std::holds_alternative<command::ChooseMode>(command) &&
         !std::holds_alternative<command::WorkspaceLoaded>(command) &&
         !std::holds_alternative<command::JudgementKept>(command) &&
         !std::holds_alternative<command::Completed>(command);
}

}  // namespace

void add_step(History& history, Step step) {
  history.past.push_back(std::move(step));
  history.future.clear();
  if (history.past.size() > longest_history) history.past.erase(history.past.begin());
}

ViewPoint view_point(const AppState& state) {
  const View& v = state.view;
  // What a filter leaves follows from it, and from the date.
  const auto within = v.filter.empty() ? v.within : std::vector<geo::UnitIndex>{};
  return {v.indicator, v.at,    within,   v.selected,    v.layer,           v.across,
          v.choice,    v.since, v.filter, state.weights, state.plan.wishes, state.plan.travel};
}

void set_view_point(AppState& state, const ViewPoint& point) {
  state.view.indicator = point.indicator;
  state.view.at = point.at;
  state.view.within = point.within;
  state.view.selected = point.selected;
  state.view.layer = point.layer;
  state.view.across = point.across;
  state.view.choice = point.choice;
  state.view.since = point.since;
  state.view.filter = point.filter;
  state.weights = point.weights;
  // What was before plan mode was entered says nothing of them.
  if (point.wishes) state.plan.wishes = point.wishes;
  if (point.travel) state.plan.travel = point.travel;
}

void apply(AppState& state, const Command& command) {
  if (std::holds_alternative<command::Undo>(command)) {
    undo(state);
  } else if (std::holds_alternative<command::Redo>(command)) {
    redo(state);
  } else {
    const ViewPoint before = view_point(state);
    const std::size_t steps = state.history.past.size();
    apply_view(state, command);
    apply_layers(state, command);
    apply_judgement(state, command);
    apply_files(state, command);
    apply_plan(state, command);
    apply_briefing(state, command);
    apply_entry(state, command);
    if (state.loaded) bring_up_to_date(state);
    if (is_step(command)) remember(state, before);
    // What is offered to be undone is the last step, and no other.
    if (state.history.past.size() > steps && !std::holds_alternative<command::OfBriefing>(command))
      forget_offer(state);
    return;
  }
  if (state.loaded) bring_up_to_date(state);
}

}  // namespace app
