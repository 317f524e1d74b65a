#pragma once
#include <vector>

#include "render/frame.hpp"
#include "render/glyphs.hpp"
#include "render/label_book.hpp"
#include "render/page_layout.hpp"

namespace render {

/// How heavy borders are drawn, by whoever draws them; logical pixels.
namespace strokes {
inline constexpr double commune = 0.9, district = 1.5, province = 2.0, dashed = 1.4, hovered = 2.4,
                        selected = 4.0, dash = 3.5;
inline constexpr Colour commune_colour = rgb(0xffffff), district_colour = rgb(0x4d4d4d),
                        province_colour = rgb(0x2a2a2a), dashed_colour = rgb(0x7a8088);
/// Seen from far away communes are a few pixels wide: their borders must not hide their colours.
double fine(double unit_side);
double middling(double unit_side);
}  // namespace strokes

/// Root of the units' mean area in logical pixels; a box is a good half of its unit's.
double unit_side(const Frame& frame, const Camera& camera);
/// Where circles would cover the land (a country's communes on one screen) all shrink alike, so
/// that their areas stay proportional.
double circle_scale(const Frame& frame, double unit_side);
/// The circles in view, small ones after large ones so that none is hidden.
void add_circles(const Frame& frame, const Camera& camera, const PixelRect& map, double unit_side,
                 std::vector<Mark>& marks);
void add_pins(const Frame& frame, const Camera& camera, const PixelRect& map,
              std::vector<Mark>& marks);

/// The label as it is written where it stands.
PlacedText text_of(const Label& label, const PixelRect& stands, double pixel_ratio, Glyphs& glyphs);

/// A page that stands alone: what stands where, and how the map is looked at.
struct SheetLayout {
  PageLayout page;
  Camera camera;      ///< of page.map
  PointLayer points;  ///< those that belong into a map of this zoom
};
SheetLayout lay_out_sheet(const Frame& frame, const geo::Box& box, int width, int height,
                          Glyphs& glyphs);

}  // namespace render
