#pragma once
#include <vector>

#include "render/image.hpp"
#include "render/mark.hpp"

namespace test {

/// How alike two pictures of one page are, beyond edges and text.
struct Alike {
  double compared = 0;   ///< share of the map's pixels
  double different = 0;  ///< share of those compared
};
/// An edge is a pixel of `gl` within whose 3 × 3 neighbours any channel spans more than 12 of 255;
/// text is what lies in `texts`. Of the others those differ that do by more than 12 in any channel.
Alike compare(const render::Image& gl, const render::Image& page,
              const std::vector<render::PixelRect>& texts, const render::PixelRect& map);
/// Both pictures and where they differ, red, for somebody to look at.
void keep(const render::Image& gl, const render::Image& page,
          const std::vector<render::PixelRect>& texts, const char* name);

}  // namespace test
