#include "render/routes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace render {

std::vector<PixelPoint> curve_of(const Route& route, const Camera& camera) {
  const PixelPoint a = camera.to_pixel(route.from), b = camera.to_pixel(route.to);
  const double dx = b.x - a.x, dy = b.y - a.y, length = std::hypot(dx, dy);
  if (!(length > 0)) return {};
  // A quadratic Bézier curve that bends to its left by an eleventh of its length.
  constexpr double bend = 0.18;
  const PixelPoint mid{(a.x + b.x) / 2 + bend * dy, (a.y + b.y) / 2 - bend * dx};
  const int pieces = std::clamp(static_cast<int>(length / 6), 8, 48);
  std::vector<PixelPoint> out;
  out.reserve(static_cast<std::size_t>(pieces) + 1);
  for (int i = 0; i <= pieces; ++i) {
    const double t = static_cast<double>(i) / pieces, u = 1 - t;
    out.push_back({u * u * a.x + 2 * u * t * mid.x + t * t * b.x,
                   u * u * a.y + 2 * u * t * mid.y + t * t * b.y});
  }
  return out;
}

double distance_to(const std::vector<PixelPoint>& curve, PixelPoint at) {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 1; i < curve.size(); ++i) {
    const PixelPoint& a = curve[i - 1];
    const double dx = curve[i].x - a.x, dy = curve[i].y - a.y, square = dx * dx + dy * dy;
    double t = square > 0 ? ((at.x - a.x) * dx + (at.y - a.y) * dy) / square : 0;
    t = std::clamp(t, 0.0, 1.0);
    least = std::min(least, std::hypot(at.x - a.x - t * dx, at.y - a.y - t * dy));
  }
  return least;
}

}  // namespace render
