#pragma once
#include <vector>

#include "app/actions.hpp"
#include "app/state.hpp"

namespace app {

/// Those of entry mode: its pages, and of the week's table a spreadsheet's keys.
void add_entry_actions(const AppState& state, std::vector<Action>& out);

}  // namespace app
