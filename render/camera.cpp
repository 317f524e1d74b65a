#include "render/camera.hpp"

#include <algorithm>
#include <cmath>

namespace render {
namespace {
// From a rice field to the whole country on a thumbnail; beyond this, floats on the GPU blur.
constexpr double nearest_metres_per_pixel = 0.05, farthest_metres_per_pixel = 50'000;
}  // namespace

PixelPoint Camera::to_pixel(geo::MapPoint p) const {
  return {(p.x - centre.x) / metres_per_pixel + width / 2.0,
          height / 2.0 - (p.y - centre.y) / metres_per_pixel};
}

geo::MapPoint Camera::to_map(PixelPoint p) const {
  return {centre.x + (p.x - width / 2.0) * metres_per_pixel,
          centre.y - (p.y - height / 2.0) * metres_per_pixel};
}

geo::Box Camera::view() const {
  geo::Box box;
  box.add(to_map({0, 0}));
  box.add(to_map({static_cast<double>(width), static_cast<double>(height)}));
  return box;
}

Camera fit(const geo::Box& box, int width, int height, double margin) {
  Camera camera;
  camera.width = width;
  camera.height = height;
  if (box.empty()) return camera;
  camera.centre = box.centre();
  // A margin wider than the frame would turn the map inside out.
  const double across = std::max(width - 2 * margin, 1.0),
               down = std::max(height - 2 * margin, 1.0);
  camera.metres_per_pixel = std::clamp(std::max(box.width() / across, box.height() / down),
                                       nearest_metres_per_pixel, farthest_metres_per_pixel);
  return camera;
}

Camera zoom_at(const Camera& camera, PixelPoint at, double factor) {
  if (!std::isfinite(factor) || factor <= 0) return camera;
  const geo::MapPoint ground = camera.to_map(at);
  Camera zoomed = camera;
  zoomed.metres_per_pixel = std::clamp(camera.metres_per_pixel / factor, nearest_metres_per_pixel,
                                       farthest_metres_per_pixel);
  zoomed.centre = {ground.x - (at.x - camera.width / 2.0) * zoomed.metres_per_pixel,
                   ground.y + (at.y - camera.height / 2.0) * zoomed.metres_per_pixel};
  return zoomed;
}

Camera pan(const Camera& camera, double dx, double dy) {
  Camera moved = camera;
  moved.centre.x -= dx * camera.metres_per_pixel;
  moved.centre.y += dy * camera.metres_per_pixel;
  return moved;
}

ScaleBar scale_bar(const Camera& camera, double most_pixels) {
  const double most = most_pixels * camera.metres_per_pixel;
  if (!(most > 0) || !std::isfinite(most)) return {};
  const double power = std::pow(10.0, std::floor(std::log10(most)));
  double metres = power;
  for (const double step : {2.0, 5.0, 10.0}) {
    if (step * power <= most) metres = step * power;
  }
  return {metres, metres / camera.metres_per_pixel};
}

}  // namespace render
