#include "render/page/ground_press.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "render/map_layout.hpp"
#include "render/page/printed_points.hpp"

namespace render {
namespace {

/// Circles lie over circles; what is seen through more than so many is not mixed anew.
constexpr int most_depth = 2;
/// A border may be seen from so many logical pixels beside it.
constexpr double reach = 4;

PixelRect grown(const PixelRect& r, double by) {
  return {r.x - by, r.y - by, r.width + 2 * by, r.height + 2 * by};
}
PixelRect common(const PixelRect& a, const PixelRect& b) {
  const double x = std::max(a.x, b.x), y = std::max(a.y, b.y);
  return {x, y, std::max(std::min(a.right(), b.right()) - x, 0.0),
          std::max(std::min(a.bottom(), b.bottom()) - y, 0.0)};
}
PixelRect around(const std::vector<PixelPoint>& points, PixelRect box) {
  for (const PixelPoint& p : points) {
    if (box.width < 0) {
      box = {p.x, p.y, 0, 0};
      continue;
    }
    const double right = std::max(box.right(), p.x), bottom = std::max(box.bottom(), p.y);
    box.x = std::min(box.x, p.x);
    box.y = std::min(box.y, p.y);
    box.width = right - box.x;
    box.height = bottom - box.y;
  }
  return box;
}
constexpr PixelRect nothing{0, 0, -1, -1};
bool meets(const PixelRect& a, const PixelRect& b) {
  return a.x <= b.right() && b.x <= a.right() && a.y <= b.bottom() && b.y <= a.bottom();
}

/// The part of a ring on one side of each edge of the box; runs along its edges where the ring
/// leaves it, which the odd rule does not mind (Sutherland and Hodgman).
std::vector<PixelPoint> clipped(const std::vector<PixelPoint>& ring, const PixelRect& box) {
  const PixelRect whole = around(ring, nothing);
  if (box.contains(whole)) return ring;
  std::vector<PixelPoint> in = ring, out;
  const auto cut = [&](auto depth) {  // ≥ 0 inside
    out.clear();
    for (std::size_t i = 0; i < in.size(); ++i) {
      const PixelPoint &a = in[i], &b = in[(i + 1) % in.size()];
      const double from = depth(a), to = depth(b);
      if (from >= 0) out.push_back(a);
      if ((from >= 0) == (to >= 0)) continue;
      const double t = from / (from - to);
      out.push_back({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
    }
    std::swap(in, out);
  };
  cut([&](const PixelPoint& p) { return p.x - box.x; });
  cut([&](const PixelPoint& p) { return box.right() - p.x; });
  cut([&](const PixelPoint& p) { return p.y - box.y; });
  cut([&](const PixelPoint& p) { return box.bottom() - p.y; });
  return in;
}

bool inside(const std::vector<std::vector<PixelPoint>>& rings, PixelPoint p) {
  bool odd = false;
  for (const auto& ring : rings) {
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
      const PixelPoint &a = ring[i], &b = ring[j];
      odd ^= (a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x;
    }
  }
  return odd;
}

}  // namespace

GroundPress::GroundPress(cairo_t* cairo, const Frame& frame, const Camera& camera,
                         const PixelRect& map)
    : cairo_(cairo), frame_(frame), map_(map), side_(unit_side(frame, camera)) {
  if (!frame.land || frame.land->meshes.empty() || !(camera.metres_per_pixel > 0)) return;
  const PixelPoint anchor = camera.to_pixel(frame.land->bounds.min);
  anchor_ = {std::round(map.x + anchor.x), std::round(map.y + anchor.y)};
  const double margin = reach * frame.pixel_ratio * camera.metres_per_pixel;
  geo::Box view = camera.view();
  view.min = {view.min.x - margin, view.min.y - margin};
  view.max = {view.max.x + margin, view.max.y + margin};
  const PixelRect paper = grown(map, reach * frame.pixel_ratio);
  const geo::Outlines outlines = geo::outlines_in(
      geo::mesh_for(*frame.land, 2 * camera.metres_per_pixel), frame.land->boxes, view);
  const auto printed = [&](const geo::Outlines::Range& range) {
    return printed_points(outlines.of(range), camera, {map.x, map.y}, frame.pixel_ratio);
  };
  for (const geo::Outlines::Unit& u : outlines.units) {
    Unit unit{u.unit, nothing, {}};
    for (std::size_t r = u.rings.first; r < u.rings.first + u.rings.count; ++r) {
      auto ring = clipped(printed(outlines.rings[r]), paper);
      if (ring.size() < 3) continue;
      unit.box = around(ring, unit.box);
      unit.rings.push_back(std::move(ring));
    }
    if (!unit.rings.empty()) units_.push_back(std::move(unit));
  }
  for (const geo::Outlines::Line& l : outlines.lines) {
    auto points = printed(l.points);
    const PixelRect box = around(points, nothing);
    lines_.push_back({l.rank, l.sides, box, std::move(points)});
  }
  add_circles(frame, camera, map, side_, circles_);
}

const AreaStyle* GroundPress::style(std::uint32_t unit) const {
  return unit < frame_.areas.size() ? &frame_.areas[unit] : nullptr;
}

Light GroundPress::fill_of(const AreaStyle& style) const {
  return mix(light(frame_.background), light(style.fill), style.fill.a / 255.0);
}

Light GroundPress::seen(Light colour) const {
  for (int i = 0; i < depth_; ++i) colour = mix(colour, {1, 1, 1}, 25 / 255.0);
  return colour;
}

void GroundPress::set(Light colour) const { set_light(cairo_, seen(colour)); }

void GroundPress::add_path(const Unit& unit, const PixelRect& box) const {
  for (const auto& whole : unit.rings) {
    const bool all = box.contains(unit.box);
    const auto& ring = all ? whole : clipped(whole, box);
    if (ring.size() < 3) continue;
    cairo_move_to(cairo_, ring[0].x, ring[0].y);
    for (std::size_t i = 1; i < ring.size(); ++i) cairo_line_to(cairo_, ring[i].x, ring[i].y);
    cairo_close_path(cairo_);
  }
}

void GroundPress::add_path(const Line& line, const PixelRect& box) const {
  bool drawing = false;
  for (std::size_t i = 1; i < line.points.size(); ++i) {
    const PixelPoint &a = line.points[i - 1], &b = line.points[i];
    const PixelRect piece{std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x),
                          std::abs(a.y - b.y)};
    if (!meets(piece, box)) {
      drawing = false;
      continue;
    }
    if (!drawing) cairo_move_to(cairo_, a.x, a.y);
    cairo_line_to(cairo_, b.x, b.y);
    drawing = true;
  }
}

template <class Wanted>
bool GroundPress::add_lines(const PixelRect& box, Wanted wanted) const {
  const PixelRect near = grown(box, reach * frame_.pixel_ratio);
  cairo_new_path(cairo_);
  bool any = false;
  for (const Line& line : lines_) {
    if (!meets(line.box, near) || !wanted(line)) continue;
    add_path(line, near);
    any = true;
  }
  return any;
}

void GroundPress::draw_areas(const PixelRect& box) const {
  std::map<std::uint32_t, std::vector<const Unit*>> by_fill;
  std::map<std::uint32_t, Colour> fills;
  const auto key = [](Colour c) {
    return std::uint32_t{c.r} << 24U | std::uint32_t{c.g} << 16U | std::uint32_t{c.b} << 8U | c.a;
  };
  for (const Unit& unit : units_) {
    const AreaStyle* look = style(unit.unit);
    if (look == nullptr || !meets(unit.box, box)) continue;
    by_fill[key(look->fill)].push_back(&unit);
    fills[key(look->fill)] = look->fill;
  }
  // Where two areas meet neither covers the pixel, and what lies below would shine through: so one
  // of them lies below.
  cairo_set_line_cap(cairo_, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_join(cairo_, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width(cairo_, frame_.pixel_ratio);
  for (const auto& [fill, colour] : fills) {
    const bool any = add_lines(box, [&, wanted = fill](const Line& line) {
      const AreaStyle *left = style(line.sides.left), *right = style(line.sides.right);
      return left != nullptr && right != nullptr && key(left->fill) == wanted;
    });
    if (!any) continue;
    set(fill_of({colour}));
    cairo_stroke(cairo_);
  }
  cairo_set_fill_rule(cairo_, CAIRO_FILL_RULE_EVEN_ODD);
  const PixelRect near = grown(box, 1);
  for (const auto& [fill, units] : by_fill) {
    cairo_new_path(cairo_);
    for (const Unit* unit : units) add_path(*unit, near);
    set(fill_of({fills[fill]}));
    cairo_fill(cairo_);
  }
  for (const auto& [fill, units] : by_fill) {
    for (const Unit* unit : units) draw_patterns(*unit, box);
  }
}

void GroundPress::draw_patterns(const Unit& unit, const PixelRect& box) const {
  constexpr unsigned inks = pattern_hatch | pattern_dots | pattern_cross | pattern_lines;
  const AreaStyle& look = *style(unit.unit);
  if ((look.patterns & inks) == 0) return;
  cairo_save(cairo_);
  cairo_new_path(cairo_);
  add_path(unit, grown(box, 1));
  cairo_clip(cairo_);
  PatternInk ink{anchor_, frame_.pixel_ratio, {}};
  const double share = look.fill.a / 255.0;
  ink.tint = [&](Light c) { return seen(mix(light(frame_.background), c, share)); };
  ink.near = [&](PixelPoint p, double r) {
    return inside(unit.rings, p) || inside(unit.rings, {p.x - r, p.y}) ||
           inside(unit.rings, {p.x + r, p.y}) || inside(unit.rings, {p.x, p.y - r}) ||
           inside(unit.rings, {p.x, p.y + r});
  };
  press_patterns(cairo_, common(unit.box, box), look.patterns, look.fill, ink);
  cairo_restore(cairo_);
}

void GroundPress::draw_borders(const PixelRect& box) const {
  if (!frame_.show_borders) return;
  struct Rank {
    geo::BorderRank rank;
    double width;
    Colour colour;
  };
  const double fine = strokes::fine(side_), middling = strokes::middling(side_);
  const Rank ranks[] = {
      {geo::BorderRank::commune, strokes::commune * fine, strokes::commune_colour},
      {geo::BorderRank::district, strokes::district * middling, strokes::district_colour},
      {geo::BorderRank::province, strokes::province * middling, strokes::province_colour}};
  cairo_set_line_cap(cairo_, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(cairo_, CAIRO_LINE_JOIN_ROUND);
  for (const Rank& r : ranks) {
    if (!add_lines(box, [&](const Line& line) { return line.rank == r.rank; })) continue;
    cairo_set_line_width(cairo_, r.width * frame_.pixel_ratio);
    set(r.colour);
    cairo_stroke(cairo_);
  }
}

void GroundPress::draw_outlines(const PixelRect& box) const {
  const double ratio = frame_.pixel_ratio;
  if (frame_.show_borders) {
    const auto dashed = [this](std::uint32_t unit) {
      const AreaStyle* look = style(unit);
      return look != nullptr && (look->patterns & pattern_dashed) != 0;
    };
    const double dash = strokes::dash * ratio;
    cairo_set_line_cap(cairo_, CAIRO_LINE_CAP_BUTT);
    cairo_set_line_width(cairo_, strokes::dashed * strokes::fine(side_) * ratio);
    set(strokes::dashed_colour);
    cairo_set_dash(cairo_, &dash, 1, 0);
    cairo_new_path(cairo_);
    const PixelRect near = grown(box, reach * ratio);
    for (const Line& line : lines_) {
      const bool wanted = line.rank == geo::BorderRank::commune &&
                          (dashed(line.sides.left) || dashed(line.sides.right));
      if (!wanted || !meets(line.box, near)) continue;
      // Whole, so that the dashes begin where the border does.
      add_path(line, line.box);
    }
    cairo_stroke(cairo_);
    cairo_set_dash(cairo_, nullptr, 0, 0);
  }
  cairo_set_line_cap(cairo_, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(cairo_, CAIRO_LINE_JOIN_ROUND);
  const auto outline = [&](bool AreaStyle::*flag, double width, Colour colour) {
    const auto has = [&](std::uint32_t unit) {
      const AreaStyle* look = style(unit);
      return look != nullptr && look->*flag;
    };
    const bool any = add_lines(
        box, [&](const Line& line) { return has(line.sides.left) != has(line.sides.right); });
    if (!any) return;
    cairo_set_line_width(cairo_, width * ratio);
    set(colour);
    cairo_stroke(cairo_);
  };
  outline(&AreaStyle::hovered, strokes::hovered, house::accent);
  outline(&AreaStyle::selected, strokes::selected, house::selection);
}

void GroundPress::draw_circle(std::size_t number, const PixelRect& box) {
  const Mark& circle = circles_[number];
  const PixelPoint middle{circle.box.x + circle.box.width / 2,
                          circle.box.y + circle.box.height / 2};
  const double radius = circle.box.width / 2;
  const auto round = [&] {
    cairo_new_path(cairo_);
    cairo_arc(cairo_, middle.x, middle.y, radius, 0, 2 * std::numbers::pi);
  };
  round();
  if (depth_ >= most_depth) {
    cairo_set_source_rgba(cairo_, 1, 1, 1, 25 / 255.0);
    cairo_fill(cairo_);
  } else if (radius > circle.stroke_width) {
    // Looked through: all below it once more, lighter as light is mixed.
    cairo_save(cairo_);
    cairo_clip(cairo_);
    ++depth_;
    draw(common(circle.box, box), number);
    --depth_;
    cairo_restore(cairo_);
  }
  round();
  cairo_set_line_width(cairo_, circle.stroke_width);
  set(circle.stroke);
  cairo_stroke(cairo_);
}

void GroundPress::draw(const PixelRect& box, std::size_t circles) {
  set(frame_.background);
  cairo_rectangle(cairo_, box.x, box.y, box.width, box.height);
  cairo_fill(cairo_);
  draw_areas(box);
  draw_borders(box);
  draw_outlines(box);
  for (std::size_t i = 0; i < circles; ++i) {
    if (meets(circles_[i].box, box)) draw_circle(i, box);
  }
}

void GroundPress::draw() { draw(map_, circles_.size()); }

}  // namespace render
