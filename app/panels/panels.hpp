#pragma once
#include <functional>

#include "app/command.hpp"
#include "app/panels/look.hpp"
#include "app/state.hpp"

/// Each draws into the window or popup that the desk has begun for it, reads the state, and answers
/// with commands. None computes or changes anything.
namespace app {

void draw_top_bar(const AppState& state, const Look& look, Commands& commands);
void draw_menu(const AppState& state, const Look& look, Commands& commands);
void draw_search(const AppState& state, const Look& look, Commands& commands);
void draw_rail(const AppState& state, const Look& look, Commands& commands);
void draw_layers(const AppState& state, const Look& look, Commands& commands);
void draw_legend(const AppState& state, const Look& look, Commands& commands);
void draw_two_way(const AppState& state, const Look& look, Commands& commands);
void draw_filters(const AppState& state, const Look& look, Commands& commands);
/// `texture`: the painter's last drawing, 0 for none.
void draw_map(const AppState& state, const Look& look, unsigned texture, Commands& commands);
void draw_map_tools(const AppState& state, const Look& look, Commands& commands);
void draw_hover(const AppState& state, const Look& look);
void draw_point_hover(const AppState& state, const Look& look);
void draw_side(const AppState& state, const Look& look, Commands& commands);
void draw_numbers(const AppState& state, const Look& look);
void draw_series(const AppState& state, const Look& look);
void draw_trust(const AppState& state, const Look& look);
void draw_reasons(const AppState& state, const Look& look, Commands& commands);
void draw_rivals(const AppState& state, const Look& look, Commands& commands);
void draw_ranking(const AppState& state, const Look& look, Commands& commands);
void draw_time_line(const AppState& state, const Look& look, Commands& commands);

// Plan mode.
void draw_plan_rail(const AppState& state, const Look& look, Commands& commands);
void draw_plan_result(const AppState& state, const Look& look, Commands& commands);
void draw_plan_side(const AppState& state, const Look& look, Commands& commands);
void draw_plan_why(const AppState& state, const Look& look, Commands& commands);
void draw_plan_hover(const AppState& state, const Look& look);
/// A team in the hand, over everything; let go of over the map it is sent there.
void draw_plan_drag(const AppState& state, const Look& look, Commands& commands);

// Briefing mode.
void draw_briefing_rail(const AppState& state, const Look& look, Commands& commands);
/// Draws the chosen scene so large (device pixels) and answers its texture; 0: not worked out yet.
using PaintStage = std::function<unsigned(int width, int height)>;
void draw_briefing_stage(const AppState& state, const Look& look, const PaintStage& paint,
                         Commands& commands);
void draw_briefing_side(const AppState& state, const Look& look, Commands& commands);

// Entry mode.
void draw_entry_rail(const AppState& state, const Look& look, Commands& commands);
void draw_entry_page_list(const AppState& state, const Look& look, Commands& commands);
void draw_entry_table(const AppState& state, const Look& look, Commands& commands);
void draw_entry_side(const AppState& state, const Look& look, Commands& commands);
/// Whatever page is shown: the week's table, or one of those below.
void draw_entry_stage(const AppState& state, const Look& look, Commands& commands);
void draw_entry_aside(const AppState& state, const Look& look, Commands& commands);
void draw_district_page(const AppState& state, const Look& look, Commands& commands);
void draw_district_side(const AppState& state, const Look& look, Commands& commands);
void draw_records_page(const AppState& state, const Look& look, Commands& commands);
void draw_records_side(const AppState& state, const Look& look, Commands& commands);
void draw_exchange_page(const AppState& state, const Look& look, Commands& commands);
void draw_exchange_side(const AppState& state, const Look& look, Commands& commands);
void draw_history_page(const AppState& state, const Look& look, Commands& commands);
void draw_history_side(const AppState& state, const Look& look, Commands& commands);
void draw_boundary_page(const AppState& state, const Look& look, Commands& commands);
void draw_boundary_side(const AppState& state, const Look& look, Commands& commands);
void draw_safety_page(const AppState& state, const Look& look, Commands& commands);
void draw_safety_side(const AppState& state, const Look& look, Commands& commands);

// Over the desk.
void draw_palette(const AppState& state, const Look& look, Commands& commands);
void draw_path_dialog(const AppState& state, const Look& look, Commands& commands);
void draw_import_dialog(const AppState& state, const Look& look, Commands& commands);
void draw_issues_dialog(const AppState& state, const Look& look, Commands& commands);
void draw_classes_dialog(const AppState& state, const Look& look, Commands& commands);
void draw_weights_dialog(const AppState& state, const Look& look, Commands& commands);
void draw_rule_dialog(const AppState& state, const Look& look, Commands& commands);
void draw_findings_dialog(const AppState& state, const Look& look, Commands& commands);
void draw_reason_dialog(const AppState& state, const Look& look, Commands& commands);
void draw_plan_numbers(const AppState& state, const Look& look, Commands& commands);
void draw_plan_teams(const AppState& state, const Look& look, Commands& commands);
void draw_plan_keep(const AppState& state, const Look& look, Commands& commands);
void draw_plan_kept(const AppState& state, const Look& look, Commands& commands);
void draw_briefing_name(const AppState& state, const Look& look, Commands& commands);
void draw_briefing_draft(const AppState& state, const Look& look, Commands& commands);
void draw_error(const AppState& state, const Look& look, Commands& commands);
void draw_toast(const AppState& state, const Look& look, Commands& commands);
void draw_job(const AppState& state, const Look& look, Commands& commands);

}  // namespace app
