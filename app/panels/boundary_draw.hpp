#pragma once
#include <string>

#include "app/command.hpp"
#include "app/entry_command.hpp"
#include "app/pages/page_command.hpp"
#include "app/panels/look.hpp"
#include "app/state.hpp"
#include "render/colour.hpp"

namespace app {

// What the page of boundary changes is built of.

template <class What>
void boundary_command(Commands& commands, What what) {
  commands.emplace_back(command::OfEntry{of_page(boundary_page::Command(std::move(what)))});
}
/// The state of the page, an empty one where there is none yet.
const boundary_page::State& boundary_state(const AppState& state);
std::string verdict_words(Language language, const data::DecreeItem& item);
render::Colour verdict_colour(data::Verdict verdict);
std::string basis_words(Language language, data::ShareBasis basis);
/// "00011 Xã An Hòa"; a dash where there is nothing.
std::string unit_words(const std::string& code, const std::string& name);
void draw_boundary_then(const AppState& state, const Look& look, Commands& commands);

}  // namespace app
