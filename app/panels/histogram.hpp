#pragma once
#include "app/command.hpp"
#include "app/panels/look.hpp"
#include "app/state.hpp"

namespace app {

/// Bars in the colours of their classes, those selected darker, the target as a line, and breaks
/// that can be dragged. A click on a bar selects its communes where `selects`.
void draw_histogram(const AppState& state, const Look& look, float height, bool selects,
                    Commands& commands);

}  // namespace app
