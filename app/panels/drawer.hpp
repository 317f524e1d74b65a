#pragma once
#include "app/command.hpp"
#include "app/panels/look.hpp"
#include "app/state.hpp"

namespace app {

/// Height of the row of tabs that is always there, logical pixels.
inline constexpr double drawer_tabs = 32;

/// The tabs, and under them what is open. One file each.
void draw_drawer(const AppState& state, const Look& look, Commands& commands);
void draw_commune_table(const AppState& state, const Look& look, Commands& commands);
void draw_scatter(const AppState& state, const Look& look, Commands& commands);
void draw_time_chart(const AppState& state, const Look& look, Commands& commands);

}  // namespace app
