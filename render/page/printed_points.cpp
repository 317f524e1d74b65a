#include "render/page/printed_points.hpp"

#include <cmath>

namespace render {
namespace {

/// On the straight way from `a` to `c`. The grid makes this exact.
bool between(PixelPoint a, PixelPoint b, PixelPoint c) {
  const double x = b.x - a.x, y = b.y - a.y, u = c.x - b.x, v = c.y - b.y;
  return std::abs(x * v - y * u) < 1e-9 && x * u + y * v > 0;
}

}  // namespace

std::vector<PixelPoint> printed_points(std::span<const geo::MapPoint> points, const Camera& camera,
                                       PixelPoint corner, double pixel_ratio) {
  const double step = pixel_ratio / 4;
  std::vector<PixelPoint> out;
  for (const geo::MapPoint point : points) {
    const PixelPoint p = camera.to_pixel(point);
    const PixelPoint at{std::round((corner.x + p.x) / step) * step,
                        std::round((corner.y + p.y) / step) * step};
    if (!out.empty() && at.x == out.back().x && at.y == out.back().y) continue;
    if (out.size() > 1 && between(out[out.size() - 2], out.back(), at)) out.pop_back();
    out.push_back(at);
  }
  return out;
}

}  // namespace render
