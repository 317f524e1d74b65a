#pragma once
#include "app/command.hpp"
#include "app/state.hpp"

namespace app {

/// The only thing that changes the state. Does no long work: it leaves requests for jobs.
void apply(AppState& state, const Command& command);

// The two halves of it. Each does nothing for the other's commands.
void apply_view(AppState& state, const Command& command);
void apply_files(AppState& state, const Command& command);

ViewPoint view_point(const AppState& state);
void set_view_point(AppState& state, const ViewPoint& point);
/// The map's camera with the whole land, or the selected communes, in view.
render::Camera fitted(const AppState& state, bool selected);
/// A workspace was opened anew or again: keeps what is looked at where it still exists.
void take_loaded(AppState& state, std::shared_ptr<const Loaded> loaded);

}  // namespace app
