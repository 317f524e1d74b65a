#pragma once

struct ImFont;

namespace app {

/// Fonts and scale that every panel draws with. Sizes are those of look.md's scale, in logical
/// pixels of the em square; pictures of them are made for the screen's own pixels.
struct Look {
  float scale = 1;          ///< Dear ImGui units per logical pixel
  ImFont* small = nullptr;  ///< 12
  ImFont* small_bold = nullptr;
  ImFont* body = nullptr;  ///< 14
  ImFont* body_bold = nullptr;
  ImFont* title_bold = nullptr;    ///< 17
  ImFont* heading_bold = nullptr;  ///< 22
  ImFont* heading = nullptr;
  ImFont* figure_bold = nullptr;  ///< 32
  float px(double logical) const { return static_cast<float>(logical) * scale; }
};

}  // namespace app
