#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "app/command.hpp"
#include "app/panels/look.hpp"
#include "app/state.hpp"

namespace app {

// What the panels of plan mode are built of.

/// A number between − and +, at the right edge of a line with its name; answers which was pressed:
/// −1, +1 or 0.
int stepper(const Look& look, const char* id, std::string_view name, const std::string& value,
            bool less, bool more);
/// The same without a name, so wide, at the cursor.
int small_stepper(const Look& look, const char* id, const std::string& value, float width,
                  bool less, bool more);
/// A thin slider under its name, 0 … 1; keys work too. Answers true when it was pulled.
bool slim_slider(const Look& look, const char* id, std::string_view name, double& value,
                 std::string_view note);
/// Words that do something; in the flow.
bool link(const Look& look, const char* id, std::string_view text);
/// What the signs on the map say; or, compared with a kept plan, with which one, and the way back.
/// Over the map's lower left corner, in its window.
void draw_plan_legend(const AppState& state, const Look& look, Commands& commands);
/// ‹ or ›, a small button.
bool arrow(const Look& look, const char* id, bool right, bool enabled);

}  // namespace app
