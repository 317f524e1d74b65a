#pragma once
#include "geo/point.hpp"

namespace render {

struct PixelPoint {
  double x = 0, y = 0;  ///< device pixels, y down, from the top left of the frame
};

/// Where the map is looked at from: north up.
struct Camera {
  geo::MapPoint centre;
  double metres_per_pixel = 1;  ///< device pixels
  int width = 0, height = 0;    ///< of the frame, device pixels

  PixelPoint to_pixel(geo::MapPoint p) const;
  geo::MapPoint to_map(PixelPoint p) const;
  geo::Box view() const;
  bool operator==(const Camera&) const = default;
};

/// The whole box in view with `margin` pixels on each side.
Camera fit(const geo::Box& box, int width, int height, double margin);
/// Zoomed by `factor` (2 = twice as near) so that the ground under `at` stays under it.
Camera zoom_at(const Camera& camera, PixelPoint at, double factor);
Camera pan(const Camera& camera, double dx, double dy);  ///< the ground follows the hand, pixels

/// A round length (1, 2, 5 × 10ⁿ metres) that fits in `most_pixels`.
struct ScaleBar {
  double metres = 0;
  double pixels = 0;
};
ScaleBar scale_bar(const Camera& camera, double most_pixels);

}  // namespace render
