#pragma once
#include <vector>

#include "render/frame.hpp"
#include "render/glyphs.hpp"
#include "render/mark.hpp"

namespace render {

/// Everything around or over the map that does not move with the ground.
struct PageLayout {
  PixelRect map;          ///< whole pixels
  double text_size = 12;  ///< of what stands in the map, device pixels
  std::vector<Mark> marks;
  std::vector<PlacedText> texts;
  std::vector<PlacedSymbol> symbols;
  double symbol_size = 1;  ///< device pixels of a symbol's pixel
  /// Of caption.sheet, for who prints it: its insets and then the locator, below the legend or, for
  /// want of one, at the map's right.
  std::vector<PixelRect> frames;
  PixelRect north = {};  ///< the arrow and its letter
};

/// Title and subtitle above the map, legend to its right, footer below, in width × height device
/// pixels. Text is wrapped, then cut with an ellipsis; nothing overlaps or leaves the page. Without
/// words the map takes it all.
PageLayout lay_out_page(const Caption& caption, int width, int height, double pixel_ratio,
                        Glyphs& glyphs);

/// Adds scale bar (bottom left) and watermark (top right) of the map in `page.map`; answers the
/// boxes that labels keep clear of.
std::vector<PixelRect> furnish_map(const Frame& frame, const Camera& camera, Glyphs& glyphs,
                                   PageLayout& page);

/// "20 km"
std::string length_text(double metres);

/// The box fitted into the page's map, clear of the scale bar and the watermark.
Camera fit_page(const Frame& frame, const geo::Box& box, const PageLayout& page, Glyphs& glyphs);

/// At most `most_lines` lines no wider than `width`, the last cut with an ellipsis where text is
/// left.
std::vector<std::string> wrap(const std::string& text, double width, std::size_t most_lines,
                              double size, bool bold, Glyphs& glyphs);

}  // namespace render
