#pragma once
#include "app/briefing_command.hpp"
#include "app/state.hpp"

namespace desk_test {

/// The small desk over a workspace of its own, in which nothing is kept yet, in briefing mode.
app::AppState briefing_desk();
/// Does what the state asks of the workspace's briefings, on this thread, until it asks no more.
void answer_briefings(app::AppState& state);
void of_briefing(app::AppState& state, app::BriefingCommand what);
/// The same, answered.
void do_briefing(app::AppState& state, app::BriefingCommand what);
/// What another program would read now.
std::vector<data::Briefing> kept_briefings(const app::AppState& state);
/// A scene that says something of the small desk's numbers.
data::Scene scene_of(const char* statement);
/// Another program's.
data::Briefing keep_elsewhere(const app::AppState& state, data::Briefing briefing);

}  // namespace desk_test
