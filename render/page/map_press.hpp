#pragma once
#include <span>

#include "render/frame.hpp"
#include "render/map_layout.hpp"
#include "render/page/press.hpp"

namespace render {

/// Prints frames as MapPainter::draw_page draws them: the same layout, by the same letters'
/// measures, which are kept from page to page.
class MapPress {
 public:
  MapPress();
  /// With its corner at `at` of the page, `scale` of the page's units to a device pixel of the
  /// layout.
  void print(Press& press, const Frame& frame, const geo::Box& box, int width, int height,
             PixelPoint at, double scale);

 private:
  void print_map(Press& press, const Frame& frame, const SheetLayout& sheet);
  void print_sheet(Press& press, const Frame& frame, const geo::Box& box, const SheetLayout& sheet);
  void print_inset(Press& press, const Frame& frame, const SheetFurniture::Inset& inset,
                   const PixelRect& where, double text_size);
  void print_texts(Press& press, std::span<const PlacedText> texts);
  Glyphs glyphs_;
};

}  // namespace render
