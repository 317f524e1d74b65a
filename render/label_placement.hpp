#pragma once
#include <span>
#include <vector>

#include "render/camera.hpp"
#include "render/map_painter.hpp"
#include "render/mark.hpp"

namespace render {

/// A label that would like to stand centred on its anchor; device pixels.
struct LabelWish {
  std::size_t label = 0;  ///< index into Frame::labels
  PixelPoint anchor;
  double width = 0, height = 0;
  double priority = 0;
  double circle = 0;  ///< radius of the circle on the same anchor; 0: none
};

/// Greedily, higher priority first (then lower index): just below the circle on the anchor, or
/// above it, so that both can be read; without one centred on the anchor; else a little aside.
/// Boxes are whole pixels, lie inside `area`, and keep `gap` pixels (thrice that across) to each
/// other and to `taken`. An anchor outside `area` has no label.
std::vector<PlacedLabel> place_labels(std::vector<LabelWish> wishes, const PixelRect& area,
                                      std::span<const PixelRect> taken, double gap);

/// Does `other` come nearer to a standing box than labels may?
bool crowds(const PixelRect& box, const PixelRect& other, double gap);

}  // namespace render
