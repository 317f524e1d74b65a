#pragma once
#include <string>

#include "render/colour.hpp"

namespace render {

/// Device pixels, y down.
struct PixelRect {
  double x = 0, y = 0, width = 0, height = 0;
  double right() const { return x + width; }
  double bottom() const { return y + height; }
  bool operator==(const PixelRect&) const = default;
  bool intersects(const PixelRect& o) const {
    return x < o.right() && o.x < right() && y < o.bottom() && o.y < bottom();
  }
  bool contains(const PixelRect& o) const {
    return x <= o.x && y <= o.y && right() >= o.right() && bottom() >= o.bottom();
  }
};

/// What is drawn on the paper rather than on the ground: circles, swatches of a legend, the scale
/// bar.
struct Mark {
  enum class Shape { rectangle, ellipse } shape = Shape::rectangle;
  PixelRect box;  ///< the stroke runs along its edge, half inside
  Colour fill;
  Colour stroke = rgb(0, 0);
  double stroke_width = 0;  ///< device pixels
  unsigned patterns = 0;    ///< render::Pattern
};

/// A line of text whose place is decided.
struct PlacedText {
  PixelRect box;  ///< x, y whole pixels
  std::string text;
  double size = 12;  ///< device pixels
  bool bold = false;
  Colour colour = house::text;
  double halo = 0;        ///< device pixels of white around it
  PixelRect stands = {};  ///< of a label: the box it was placed with
};

}  // namespace render
