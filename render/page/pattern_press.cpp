#include "render/page/pattern_press.hpp"

#include <algorithm>
#include <cmath>

namespace render {
namespace {

double to_linear(std::uint8_t v) {
  const double c = v / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}
double encoded(double c) {
  return c <= 0.0031308 ? c * 12.92 : 1.055 * std::pow(c, 1 / 2.4) - 0.055;
}

/// The first of start + k · step that is not below `least`.
double first_from(double start, double step, double least) {
  return start + std::ceil((least - start) / step) * step;
}

/// x + y = start + k · step, or x − y.
void add_diagonals(cairo_t* cairo, const PixelRect& box, double start, double step, bool falling) {
  const double sign = falling ? -1 : 1;
  const double low = falling ? box.x - box.bottom() : box.x + box.y,
               high = falling ? box.right() - box.y : box.right() + box.bottom();
  for (double c = first_from(start, step, low); c <= high; c += step) {
    // sign · y = c − x, from the box's left to its right
    const auto y_at = [&](double x) { return sign * (c - x); };
    const double a = falling ? c + box.y : c - box.bottom(),
                 b = falling ? c + box.bottom() : c - box.y;
    const double from = std::max(box.x, a), to = std::min(box.right(), b);
    if (from >= to) continue;
    cairo_move_to(cairo, from, y_at(from));
    cairo_line_to(cairo, to, y_at(to));
  }
}

}  // namespace

void set_light(cairo_t* cairo, Light c) {
  cairo_set_source_rgb(cairo, encoded(c.r), encoded(c.g), encoded(c.b));
}

Light light(Colour c) { return {to_linear(c.r), to_linear(c.g), to_linear(c.b)}; }

Light mix(Light from, Light to, double share) {
  return {from.r + (to.r - from.r) * share, from.g + (to.g - from.g) * share,
          from.b + (to.b - from.b) * share};
}

void press_patterns(cairo_t* cairo, const PixelRect& where, unsigned patterns, Colour fill,
                    const PatternInk& ink) {
  const bool dark = luminance(fill) < 0.33;
  const double ratio = ink.ratio, period = 10 * ratio;
  const Light white{1, 1, 1}, under = light(fill);
  const auto ink_of = [&](Light on_light, double share) {
    set_light(cairo, ink.tint(mix(under, dark ? white : on_light, share)));
  };
  const double more = 2 * ratio;
  const PixelRect box{where.x - more, where.y - more, where.width + 2 * more,
                      where.height + 2 * more};
  cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT);
  cairo_new_path(cairo);
  const PixelPoint o = ink.anchor;
  if ((patterns & pattern_lines) != 0) {
    for (double y = first_from(o.y + 0.5, period / 2, box.y); y <= box.bottom(); y += period / 2) {
      cairo_move_to(cairo, box.x, y);
      cairo_line_to(cairo, box.right(), y);
    }
    cairo_set_line_width(cairo, 0.8 * ratio);
    ink_of({0.022, 0.022, 0.022}, dark ? 0.5 : 0.38);
    cairo_stroke(cairo);
  }
  if ((patterns & pattern_cross) != 0) {
    add_diagonals(cairo, box, o.x + o.y, period, false);
    add_diagonals(cairo, box, o.x - o.y, period, true);
    cairo_set_line_width(cairo, 0.7 * ratio);
    ink_of({0.022, 0.022, 0.022}, dark ? 0.55 : 0.6);
    cairo_stroke(cairo);
  }
  if ((patterns & pattern_hatch) != 0) {
    add_diagonals(cairo, box, o.x + o.y + period / 2, period, false);
    cairo_set_line_width(cairo, (dark ? 1.1 : 1.2) * ratio);  // white on dark looks wider
    ink_of({0.010, 0.010, 0.010}, 1);
    cairo_stroke(cairo);
  }
  if ((patterns & pattern_dots) != 0) {
    const double radius = (dark ? 1.75 : 1.85) * ratio;
    // A line without a length under a round cap: few bytes a dot.
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    for (double y = first_from(o.y, period, box.y); y <= box.bottom(); y += period) {
      for (double x = first_from(o.x, period, box.x); x <= box.right(); x += period) {
        if (ink.near && !ink.near({x, y}, radius)) continue;
        cairo_move_to(cairo, x, y);
        cairo_line_to(cairo, x, y);
      }
    }
    cairo_set_line_width(cairo, 2 * radius);
    ink_of({0.010, 0.030, 0.120}, 1);
    cairo_stroke(cairo);
  }
}

}  // namespace render
