#pragma once
#include <optional>

#include "app/briefing_job.hpp"
#include "app/state.hpp"

namespace app {

// What apply_briefing() is made of.

data::Briefing* chosen_briefing(AppState& state);
data::Scene* scene_in(const AppState& state, data::Briefing& briefing);  ///< the chosen one
void choose_scene(AppState& state, std::int64_t briefing, std::size_t scene);
/// The book without it; where it was chosen, the next one is.
void drop_briefing(AppState& state, std::int64_t id);
void tell_of_briefing(AppState& state, geo::Message message, bool steps_back = false);
/// To be written; counted until it is.
void request_writing(AppState& state, BriefingJob job);
/// Else says that the workspace can only be read.
bool may_write_briefings(AppState& state);
/// What the desk shows already goes to the workspace, and undo knows of it.
void write_briefing(AppState& state, std::optional<data::Briefing> before,
                    std::optional<data::Briefing> after);

/// Whole briefings, and what jobs answer; see apply_briefing().
void apply_briefings(AppState& state, const BriefingCommand& command);

}  // namespace app
