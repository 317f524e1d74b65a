#include "render/page/mark_press.hpp"

#include <cmath>
#include <numbers>

#include "render/frame.hpp"
#include "render/page/pattern_press.hpp"

namespace render {
namespace {

constexpr double whole_turn = 2 * std::numbers::pi;

void add_ellipse(cairo_t* cairo, const PixelRect& box) {
  cairo_save(cairo);
  cairo_translate(cairo, box.x + box.width / 2, box.y + box.height / 2);
  cairo_scale(cairo, box.width / 2, box.height / 2);
  cairo_new_sub_path(cairo);
  cairo_arc(cairo, 0, 0, 1, 0, whole_turn);
  cairo_restore(cairo);
}

}  // namespace

void set_colour(cairo_t* cairo, Colour c) {
  cairo_set_source_rgba(cairo, c.r / 255.0, c.g / 255.0, c.b / 255.0, c.a / 255.0);
}

void print_mark(cairo_t* cairo, const Mark& mark, double ratio) {
  const PixelRect& box = mark.box;
  if (!(box.width > 0 && box.height > 0)) return;
  const auto add_path = [&] {
    cairo_new_path(cairo);
    if (mark.shape == Mark::Shape::ellipse) {
      add_ellipse(cairo, box);
    } else {
      cairo_rectangle(cairo, box.x, box.y, box.width, box.height);
    }
  };
  if (mark.fill.a > 0) {
    add_path();
    set_colour(cairo, mark.fill);
    cairo_fill(cairo);
  }
  if (mark.patterns != 0) {
    cairo_save(cairo);
    add_path();
    cairo_clip(cairo);
    press_patterns(cairo, box, mark.patterns, mark.fill,
                   {{box.x, box.y}, ratio, [](Light c) { return c; }});
    cairo_restore(cairo);
  }
  if (mark.stroke.a == 0 || !(mark.stroke_width > 0)) return;
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_MITER);
  cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_width(cairo, mark.stroke_width);
  set_colour(cairo, mark.stroke);
  if ((mark.patterns & pattern_dashed) == 0) {
    add_path();
  } else {
    const double dash = 3 * ratio;
    cairo_set_dash(cairo, &dash, 1, 0);
    cairo_new_path(cairo);
    for (const double y : {box.y, box.bottom()}) {
      cairo_move_to(cairo, box.x, y);
      cairo_line_to(cairo, box.right(), y);
    }
    for (const double x : {box.x, box.right()}) {
      cairo_move_to(cairo, x, box.y);
      cairo_line_to(cairo, x, box.bottom());
    }
  }
  cairo_stroke(cairo);
  cairo_set_dash(cairo, nullptr, 0, 0);
}

void print_symbol(cairo_t* cairo, PixelPoint at, const PointStyle& style, double pixel) {
  using Body = PointStyle::Body;
  using Around = PointStyle::Around;
  const auto disc = [&](double radius) {
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, 0, 0, radius, 0, whole_turn);
  };
  const auto square = [&](double half) {
    cairo_rectangle(cairo, -half, -half, 2 * half, 2 * half);
  };
  const auto line_around = [&](double width) {
    constexpr double radius = 5.7;
    cairo_new_path(cairo);
    if (style.around == Around::ring) disc(radius);
    if (style.around == Around::arc) {  // what lies above −1.2
      const double end = std::asin(1.2 / radius);
      cairo_arc(cairo, 0, 0, radius, std::numbers::pi + end, whole_turn - end);
    }
    if (style.around == Around::sides) {
      const double end = std::asin(1.6 / radius);
      cairo_arc(cairo, 0, 0, radius, -end, end);
      cairo_new_sub_path(cairo);
      cairo_arc(cairo, 0, 0, radius, std::numbers::pi - end, std::numbers::pi + end);
    }
    cairo_set_line_width(cairo, width);
    cairo_stroke(cairo);
  };
  cairo_save(cairo);
  cairo_translate(cairo, at.x, at.y);
  cairo_scale(cairo, pixel, pixel);
  cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_MITER);
  const double dot = style.around == Around::nothing ? 2.3 : 2.6;
  set_colour(cairo, rgb(0xffffff, style.ink.a));
  if (style.around != Around::nothing) line_around(3.5);
  cairo_new_path(cairo);
  if (style.body == Body::dot) {
    disc(dot + 1.1);
  } else if (style.body == Body::open_dot) {
    disc(4);
  } else {
    square(4.5);
  }
  cairo_fill(cairo);
  set_colour(cairo, style.ink);
  if (style.around != Around::nothing) line_around(1.5);
  cairo_new_path(cairo);
  cairo_set_line_width(cairo, 1.1);
  switch (style.body) {
    case Body::dot:
      disc(dot);
      cairo_fill(cairo);
      break;
    case Body::square:
      square(3.4);
      cairo_fill(cairo);
      break;
    case Body::open_dot:
      disc(2.25);
      cairo_stroke(cairo);
      break;
    case Body::open_square:
      square(3);
      cairo_stroke(cairo);
      break;
  }
  cairo_restore(cairo);
}

}  // namespace render
