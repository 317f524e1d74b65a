#pragma once
#include <imgui.h>

#include <string>
#include <string_view>

#include "app/panels/look.hpp"
#include "render/colour.hpp"

namespace app {

namespace shade {  ///< beside render::house
inline constexpr render::Colour chosen = render::rgb(0xe1ebfb), over = render::rgb(0xf0f3f8),
                                bar = render::rgb(0x5a7db3), gauge = render::rgb(0x33506f),
                                trough = render::rgb(0xe6e9ee), rail = render::rgb(0xc3cbd9),
                                dot = render::rgb(0x98a9c9), alert = render::rgb(0xd95f0e),
                                people = render::rgb(0x8c2d04), cool = render::rgb(0x1a9675),
                                button = render::rgb(0xe9ecf0), chip = render::rgb(0xfff0d6),
                                chip_text = render::rgb(0x7a4a00);
}

ImU32 ink(render::Colour colour, double alpha = 1);

ImVec2 size_of(const ImFont* font, std::string_view text);
void put(ImFont* font, ImVec2 at, ImU32 colour, std::string_view text);
void put_right(ImFont* font, ImVec2 top_right, ImU32 colour, std::string_view text);
void put_centred(ImFont* font, ImVec2 top_middle, ImU32 colour, std::string_view text);
/// Cut with … when it is wider; answers the width drawn.
float put_within(ImFont* font, ImVec2 at, ImU32 colour, std::string_view text, float width);

/// One line in the flow of the window, cut with … at its right edge (and told whole on hover).
void line(ImFont* font, ImU32 colour, std::string_view text);
/// Several lines in the flow, broken at words.
void paragraph(ImFont* font, ImU32 colour, std::string_view text);
/// The small heading of a section.
void section(const Look& look, std::string_view text);
void space(const Look& look, double logical);

/// Takes clicks and keyboard focus (drawn as a ring) over a rectangle at the cursor.
struct Hit {
  bool pressed = false, hovered = false;
  ImVec2 min, max;
};
Hit hit(const Look& look, const char* id, ImVec2 size);
/// A hit with the background of a row in a list.
Hit row(const Look& look, const char* id, bool chosen, ImVec2 size);

enum class ButtonKind : unsigned char { plain, primary, quiet };
bool button(const Look& look, const char* id, std::string_view text,
            ButtonKind kind = ButtonKind::plain, bool enabled = true, double least_width = 0);

/// A small choice that stands among others; cut with … where it is too narrow.
bool pill(const Look& look, const char* id, std::string_view text, bool chosen, ImVec2 size);
/// A box to be ticked with its words; answers true when it was pressed.
bool tick(const Look& look, const char* id, std::string_view text, bool on, bool enabled = true);
/// A rounded background with text, "Huyện Nậm Pồ ▾"; a chosen one can be taken away with its ×.
enum class ChipPart : unsigned char { none, whole, cross };
ChipPart chip(const Look& look, const char* id, std::string_view text, bool chosen, float most);
/// A line made of dashes, from left to right.
void dashes(ImVec2 from, ImVec2 to, ImU32 colour, float dash, float weight);

/// One line of text to be edited, with a hint while it is empty; true when it changed, or on Enter
/// with that flag.
/// All text fields of the frame write Vietnamese by the Telex rules, or take letters as they are.
void type_with_telex(bool on);
bool input(const char* id, const std::string& hint, std::string& text,
           ImGuiInputTextFlags flags = 0);

void tip(const Look& look, std::string_view text);  ///< at the mouse
/// Over what it tells about, so that neither a date nor a knob below it is covered.
void tip_above(const Look& look, std::string_view text, ImVec2 bottom_middle);

/// A centred white dialog over a dimmed desk; end with end_dialog() when it answers true.
bool begin_dialog(const Look& look, const char* id, double width, double height,
                  std::string_view title);
/// A dialog at the desk's left or right edge that leaves the map to be seen.
enum class Edge : unsigned char { left, right };
bool begin_aside(const Look& look, const char* id, Edge edge, double width, std::string_view title);
void end_dialog(const Look& look);
/// Takes a dialog that is no longer wanted off Dear ImGui's hands; without that it keeps the mouse.
void shut_dialog(const char* id);

}  // namespace app
