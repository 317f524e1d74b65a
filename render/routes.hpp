#pragma once
#include <vector>

#include "geo/point.hpp"
#include "render/camera.hpp"
#include "render/colour.hpp"

namespace render {

/// A curve over the ground from one place to another; one there and one back do not cover each
/// other. Where both are the same place there is nothing to draw.
struct Route {
  geo::MapPoint from, to;
  double width = 3;  ///< logical pixels
  Colour colour = house::selection;
};

/// Stands for a place, the same size on screen at any zoom: where routes begin and where they end.
struct Pin {
  geo::MapPoint at;
  enum class Shape : std::uint8_t { square, dot } shape = Shape::dot;
  double size = 14;  ///< across, logical pixels, without its white edge
  Colour fill = house::selection;
};

/// The route on the screen, as the ends of short straight pieces.
std::vector<PixelPoint> curve_of(const Route& route, const Camera& camera);
/// How far a pixel is from the curve, device pixels.
double distance_to(const std::vector<PixelPoint>& curve, PixelPoint at);

}  // namespace render
