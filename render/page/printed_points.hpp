#pragma once
#include <span>
#include <vector>

#include "geo/point.hpp"
#include "render/camera.hpp"

namespace render {

/// A part of the land's lines as they are printed, `corner` of the map in device pixels: on a grid
/// of a quarter of a logical pixel, which nobody sees, without what then lies where or between what
/// is there already. Both sides of a border come out alike, and a page holds a fraction of the
/// bytes.
std::vector<PixelPoint> printed_points(std::span<const geo::MapPoint> points, const Camera& camera,
                                       PixelPoint corner, double pixel_ratio);

}  // namespace render
