#include "app/apply.hpp"

#include <algorithm>

namespace app {
namespace {

constexpr std::size_t longest_history = 200;

/// Dragging along the time line or playing it is one step, however many dates it passes.
bool only_date_differs(const ViewPoint& a, const ViewPoint& b) {
  ViewPoint c = a;
  c.at = b.at;
  return c == b && a.at != b.at;
}

void remember(AppState& state, const ViewPoint& before) {
  const ViewPoint now = view_point(state);
  if (now == before) return;
  std::vector<Step>& past = state.history.past;
  state.history.future.clear();
  if (only_date_differs(before, now) && !past.empty()) {
    const auto* last = std::get_if<ViewPoint>(&past.back());
    if (last && only_date_differs(*last, before)) return;
  }
  past.push_back(before);
  if (past.size() > longest_history) past.erase(past.begin());
}

void undo(AppState& state) {
  std::vector<Step>& past = state.history.past;
  if (past.empty()) return;
  if (const auto* point = std::get_if<ViewPoint>(&past.back())) {
    state.history.future.push_back(view_point(state));
    set_view_point(state, *point);
    past.pop_back();
  } else if (state.loaded && !state.job) {
    // The step goes when the job has taken the import back; see ImportTakenBack.
    state.requests.push_back(TakeBackImport{state.loaded->file});
  }
}

void redo(AppState& state) {
  std::vector<Step>& future = state.history.future;
  if (future.empty()) return;
  if (const auto* point = std::get_if<ViewPoint>(&future.back())) {
    state.history.past.push_back(view_point(state));
    set_view_point(state, *point);
  }
  future.pop_back();
}

/// What a person does, as against what a job answers after it has replaced the communes.
bool is_step(const Command& command) {
  return !std::holds_alternative<command::WorkspaceLoaded>(command);
}

}  // namespace

ViewPoint view_point(const AppState& state) {
  const View& v = state.view;
  return {v.indicator, v.at,     v.within, v.selected, v.layer,
          v.across,    v.choice, v.since,  v.filter,   state.weights};
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
}

void apply(AppState& state, const Command& command) {
  if (std::holds_alternative<command::Undo>(command)) {
    undo(state);
  } else if (std::holds_alternative<command::Redo>(command)) {
    redo(state);
  } else {
    const ViewPoint before = view_point(state);
    apply_view(state, command);
    apply_files(state, command);
    if (is_step(command)) remember(state, before);
  }
  if (state.loaded) {
    derive(state.derived,
           {state.loaded->dataset->version, state.view.indicator, state.view.at, state.view.within,
            state.view.selected, state.view.language, state.rank_column, state.rank_ascending},
           *state.loaded);
  }
}

}  // namespace app
