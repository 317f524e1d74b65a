#pragma once
#include <imgui.h>

#include <string>

#include "app/command.hpp"
#include "app/decree_words.hpp"
#include "app/panels/look.hpp"
#include "app/panels/page_ask.hpp"
#include "app/state.hpp"
#include "render/colour.hpp"

namespace app {

// What the page of boundary changes is built of.

/// The state of the page, an empty one where there is none yet.
const boundary_page::State& boundary_state(const AppState& state);
render::Colour verdict_colour(data::Verdict verdict);
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
