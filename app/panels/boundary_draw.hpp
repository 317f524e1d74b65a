#pragma once
#include <imgui.h>

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
/// A tick, or a cross, as high as a line of text.
void mark(const Look& look, ImVec2 at, render::Colour colour, bool good);
/// The head of a column, right-aligned, in two lines where it is wider than `width`; its height.
float put_head(const Look& look, ImVec2 top_right, const std::string& words, float width);
/// Whether Enter ended the text field that was drawn last.
bool taken_by_enter();
void draw_boundary_totals(const AppState& state, const Look& look, Commands& commands);
void draw_boundary_commit(const AppState& state, const Look& look, Commands& commands);
void draw_boundary_then(const AppState& state, const Look& look, Commands& commands);

}  // namespace app
