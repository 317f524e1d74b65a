#pragma once
#include "app/command.hpp"
#include "app/pages/exchange.hpp"
#include "app/panels/look.hpp"
#include "app/panels/page_ask.hpp"
#include "app/state.hpp"

namespace app {

// What the page of packages is drawn of.

void draw_exchange_inbox(const AppState& state, const Look& look, const exchange_page::State& page,
                         Commands& commands);
/// The conflict that is chosen: both sides, and the way to decide it.
void draw_exchange_decision(const AppState& state, const Look& look,
                            const exchange_page::State& page, Commands& commands);
/// What packages would bring that contradicts, or that their author may not change.
void draw_received_side(const AppState& state, const Look& look,
                        const exchange_page::Received& received);

}  // namespace app
