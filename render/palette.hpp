#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "render/colour.hpp"

namespace render {

/// `below` warm colours, darkest first (the largest gap), then `above` cool ones: ColorBrewer
/// Oranges and PuBuGn/BuGn, ordered in grey print as well, safe for colour-blind eyes.
std::vector<Colour> target_palette(std::size_t below, std::size_t above);
/// Sequential, lightest first (ColorBrewer Blues), for indicators without a target.
std::vector<Colour> sequential_palette(std::size_t classes);

/// A ColorBrewer ramp that is safe for colour-blind eyes and ordered in grey print.
struct Palette {
  std::string_view id;     ///< "Oranges", "PuOr"
  bool diverging = false;  ///< two hues that meet at the target
};
const std::vector<Palette>& palettes();
/// `below` classes under the middle and `above` from it up (sequential ramps: all in one, the
/// largest gap darkest). Empty for an id that is not in palettes().
std::vector<Colour> palette(std::string_view id, std::size_t below, std::size_t above);
/// The nine colours of a 3×3 map, cell = 3·row + column, safe for colour-blind eyes.
std::vector<Colour> two_way_palette();

/// How a colour looks to an eye without one kind of cone (Viénot, Brettel and Mollon), or in grey.
enum class Eye { normal, protanopia, deuteranopia, tritanopia, grey };
Colour as_seen(Colour colour, Eye eye);

}  // namespace render
