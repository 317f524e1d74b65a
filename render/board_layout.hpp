#pragma once
#include "render/page_layout.hpp"

namespace render {

/// No text of a screen for a meeting is lower than this share of the screen's height.
inline constexpr double least_board_text = 1.0 / 45;

/// A caption with a board: headline and subtitle above, map to the left, number, bars and legend to
/// the right, source and page below. What has no room is told ("+2"), never cut off.
PageLayout lay_out_board(const Caption& caption, int width, int height, double pixel_ratio,
                         Glyphs& glyphs);

}  // namespace render
