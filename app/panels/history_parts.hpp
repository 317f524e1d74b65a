#pragma once
#include "app/command.hpp"
#include "app/pages/history.hpp"
#include "app/panels/look.hpp"
#include "app/panels/page_ask.hpp"
#include "app/state.hpp"

namespace app {

// What the page of the history is drawn of.

/// "a state as it was known", and two of them compared.
void draw_known_state(const AppState& state, const Look& look, const history_page::State& page,
                      Commands& commands);
void draw_compared(const AppState& state, const Look& look, const history_page::State& page,
                   Commands& commands);

}  // namespace app
