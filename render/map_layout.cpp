#include "render/map_layout.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace render {

double strokes::fine(double unit_side) { return std::clamp(unit_side / 24, 0.25, 1.0); }
double strokes::middling(double unit_side) { return std::clamp(unit_side / 12, 0.4, 1.0); }

double unit_side(const Frame& frame, const Camera& camera) {
  if (!frame.land || frame.land->boxes.empty() || !(camera.metres_per_pixel > 0)) return 0;
  double area = 0;
  for (const geo::Box& b : frame.land->boxes) area += 0.55 * b.width() * b.height();
  return std::sqrt(area / static_cast<double>(frame.land->boxes.size())) /
         (camera.metres_per_pixel * frame.pixel_ratio);
}

double circle_scale(const Frame& frame, double side) {
  if (side <= 0) return 1;
  double covered = 0;
  for (const Circle& c : frame.circles) covered += c.radius * c.radius * 3.14159;
  const double room = 0.3 * side * side * static_cast<double>(frame.land->boxes.size());
  return covered > room ? std::sqrt(room / covered) : 1;
}

void add_circles(const Frame& frame, const Camera& camera, const PixelRect& map, double side,
                 std::vector<Mark>& marks) {
  const double scale = circle_scale(frame, side);
  const double stroke = std::max(1.2 * scale, 0.4) * frame.pixel_ratio;
  for (const Circle& c : frame.circles) {
    const double radius = c.radius * scale * frame.pixel_ratio;
    const PixelPoint p = camera.to_pixel(c.at);
    const PixelRect box{map.x + p.x - radius, map.y + p.y - radius, 2 * radius, 2 * radius};
    if (radius <= 0 || !box.intersects(map)) continue;
    marks.push_back({Mark::Shape::ellipse, box, rgb(0xffffff, 25), rgb(0x161616), stroke, 0});
  }
  std::sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) {
    return std::tuple(-a.box.width, a.box.y, a.box.x) < std::tuple(-b.box.width, b.box.y, b.box.x);
  });
}

void add_pins(const Frame& frame, const Camera& camera, const PixelRect& map,
              std::vector<Mark>& marks) {
  const double edge = 2 * frame.pixel_ratio;
  for (const Pin& pin : frame.pins) {
    const double side = pin.size * frame.pixel_ratio + edge;
    const PixelPoint p = camera.to_pixel(pin.at);
    const PixelRect box{map.x + p.x - side / 2, map.y + p.y - side / 2, side, side};
    const bool dot = pin.shape == Pin::Shape::dot;
    marks.push_back({dot ? Mark::Shape::ellipse : Mark::Shape::rectangle, box, pin.fill,
                     house::panel, edge, 0});
  }
}

PlacedText text_of(const Label& label, const PixelRect& stands, double pixel_ratio,
                   Glyphs& glyphs) {
  const double size = label.size * pixel_ratio, halo = 2 * pixel_ratio;
  const TextLine& line = glyphs.line("X", size, label.bold, 0);  // high as any other
  const double baseline = std::round(stands.y + 0.92 * size);
  return {{stands.x, baseline - line.ascent, stands.width, line.height},
          label.text,
          size,
          label.bold,
          house::text,
          halo,
          stands};
}

SheetLayout lay_out_sheet(const Frame& frame, const geo::Box& box, int width, int height,
                          Glyphs& glyphs) {
  SheetLayout sheet;
  const auto lay_out = [&](const Caption& caption) {
    sheet.page = lay_out_page(caption, width, height, frame.pixel_ratio, glyphs);
    sheet.camera = fit_page(frame, box, sheet.page, glyphs);
  };
  lay_out(frame.caption);
  sheet.points = frame.points;
  if (!drawn_at(sheet.points, sheet.camera.metres_per_pixel, frame.pixel_ratio)) {
    sheet.points.cloud = nullptr;
  } else if (frame.caption.points) {
    // What is said of them takes room from the map, which decides how many are drawn.
    sheet.points.farthest = std::numeric_limits<double>::infinity();
    for (int round = 0; round < 2; ++round) {
      Caption caption = frame.caption;
      for (LegendEntry& entry :
           frame.caption.points(points_in_view(sheet.points, sheet.camera, frame.pixel_ratio))) {
        caption.legend.entries.push_back(std::move(entry));
      }
      lay_out(caption);
    }
  }
  return sheet;
}

}  // namespace render
