#pragma once
#include <string>
#include <vector>

#include "render/page_layout.hpp"

namespace render {

/// Device pixels, rounded up.
double text_width(const std::string& text, double size, bool bold, Glyphs& glyphs);
/// Puts lines below each other from `y` on; answers where the next would begin.
double put_lines(const std::vector<std::string>& lines, double x, double y, double size, bool bold,
                 Colour colour, Glyphs& glyphs, PageLayout& page);

/// The legend as a column of a given width; its marks and texts are relative to (0, 0).
struct LegendColumn {
  PageLayout content;
  double height = 0;
  bool cut = false;  ///< it was too narrow for some of its words
};
/// `row_height`: of an entry, in letter sizes.
LegendColumn lay_out_legend(const Legend& legend, double width, double size, double ratio,
                            Glyphs& glyphs, double row_height = 1.85);
/// As wide as it would like to be.
double legend_width(const Legend& legend, double size, Glyphs& glyphs);

/// What was laid out at (0, 0), with its corner at (x, y) of the page.
void place(const PageLayout& content, double x, double y, PageLayout& page);

}  // namespace render
