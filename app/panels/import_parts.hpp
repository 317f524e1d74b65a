#pragma once
#include "app/command.hpp"
#include "app/panels/look.hpp"
#include "app/state.hpp"

namespace app {

/// Which column of the file holds what; each can be told otherwise.
void draw_import_fields(const AppState& state, const Look& look, Commands& commands);
/// How each row was understood, `height` units high.
void draw_import_rows(const AppState& state, const Look& look, float height);

}  // namespace app
