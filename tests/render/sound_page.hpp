#pragma once
#include <vector>

#include "render/page_layout.hpp"

namespace test {

/// Of every text and mark, and of the map.
std::vector<render::PixelRect> boxes(const render::PageLayout& page);
/// Nothing leaves the page, and nothing lies over anything.
void expect_sound(const render::PageLayout& page, int width, int height);

}  // namespace test
