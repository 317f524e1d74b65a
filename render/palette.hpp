#pragma once
#include <cstddef>
#include <vector>

#include "render/colour.hpp"

namespace render {

/// `below` warm colours, darkest first (the largest gap), then `above` cool ones: ColorBrewer
/// Oranges and PuBuGn/BuGn, ordered in grey print as well, safe for colour-blind eyes.
std::vector<Colour> target_palette(std::size_t below, std::size_t above);
/// Sequential, lightest first (ColorBrewer Blues), for indicators without a target.
std::vector<Colour> sequential_palette(std::size_t classes);

}  // namespace render
