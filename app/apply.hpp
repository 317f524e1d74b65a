#pragma once
#include "app/command.hpp"
#include "app/state.hpp"

namespace app {

/// The only thing that changes the state. Does no long work: it leaves requests for jobs.
void apply(AppState& state, const Command& command);

// The parts of it. Each does nothing for the others' commands.
void apply_view(AppState& state, const Command& command);
void apply_layers(AppState& state, const Command& command);
void apply_judgement(AppState& state, const Command& command);
void apply_files(AppState& state, const Command& command);
void apply_plan(AppState& state, const Command& command);
void apply_briefing(AppState& state, const Command& command);
void apply_entry(AppState& state, const Command& command);
/// Something typed that no file has yet is shown, with the ways out. False: all is saved.
bool tell_unsaved(AppState& state);

/// In plan mode: the plan follows from the wishes. Asks for what is not there yet.
void follow_plan(AppState& state);
/// Another workspace, or the same read again: its communes may be others.
void forget_plan(AppState& state, bool again);

/// In briefing mode: its scenes by the data of now.
void follow_briefing(AppState& state);
/// What was typed goes to the workspace.
void write_typed(AppState& state);
/// A step of briefings goes back (or is done again).
void step_briefing(AppState& state, const BriefingChanged& step, bool back);

ViewPoint view_point(const AppState& state);
void set_view_point(AppState& state, const ViewPoint& point);
/// The map's camera with the whole land, or the selected communes, in view.
render::Camera fitted(const AppState& state, bool selected);
/// The map's camera moves to a settlement.
void look_at(AppState& state, geo::LonLat at);
/// What is found follows from the words typed.
void find(AppState& state);
/// `view.within` follows from the filter; see Filter.
void refilter(AppState& state);
/// A selection after a click on these units.
std::vector<geo::UnitIndex> combined(const std::vector<geo::UnitIndex>& now,
                                     std::vector<geo::UnitIndex> units, command::How how);
/// A workspace was opened anew or again: keeps what is looked at where it still exists.
void take_loaded(AppState& state, std::shared_ptr<const Loaded> loaded);

}  // namespace app
