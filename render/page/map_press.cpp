#include "render/page/map_press.hpp"

#include <algorithm>
#include <cmath>

#include "render/legend_layout.hpp"
#include "render/page/ground_press.hpp"
#include "render/page/mark_press.hpp"
#include "render/page/printed_points.hpp"

namespace render {
namespace {

void print_points(cairo_t* cairo, const PointLayer& layer, const Camera& camera,
                  const PixelRect& map, double ratio) {
  if (!drawn_at(layer, camera.metres_per_pixel, ratio)) return;
  const PointCloud& cloud = *layer.cloud;
  const std::size_t rank = rank_at(layer, camera.metres_per_pixel, ratio);
  const PixelRect paper{map.x - 8 * ratio, map.y - 8 * ratio, map.width + 16 * ratio,
                        map.height + 16 * ratio};
  const auto print = [&](std::uint32_t point) {
    const PointCloud::Point& p = cloud.points[point];
    const bool shown = layer.units_shown.empty() ||
                       (p.unit < layer.units_shown.size() && layer.units_shown[p.unit] != 0);
    const PixelPoint at = camera.to_pixel(cloud.at(point));
    const PixelPoint middle{std::floor(map.x + at.x) + 0.5, std::floor(map.y + at.y) + 0.5};
    if (!shown || !paper.contains({middle.x, middle.y, 0, 0})) return;
    print_symbol(cairo, middle, layer.styles[p.state], ratio * (point == layer.hovered ? 1.5 : 1));
  };
  for (const PointCloud::Block& block : cloud.blocks) {
    if (!block.box.intersects(camera.view())) continue;
    for (std::uint32_t i = block.first; i < block.first + block.upto[rank]; ++i) print(i);
  }
}

void print_routes(cairo_t* cairo, const Frame& frame, const Camera& camera, const PixelRect& map) {
  cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
  for (const Route& route : frame.routes) {
    const auto curve = curve_of(route, camera);
    if (curve.size() < 2) continue;
    cairo_new_path(cairo);
    for (const PixelPoint& p : curve) cairo_line_to(cairo, map.x + p.x, map.y + p.y);
    cairo_set_line_width(cairo, route.width * frame.pixel_ratio);
    set_colour(cairo, route.colour);
    cairo_stroke(cairo);
  }
}

/// The land's outline with the units that the map is of, in a box that also finds small ones.
void print_locator(cairo_t* cairo, const Frame& frame, const geo::Box& view,
                   const PixelRect& where) {
  const SheetFurniture& sheet = frame.caption.sheet;
  const double ratio = frame.pixel_ratio;
  const geo::Box& around = sheet.locator_box.empty() ? frame.land->bounds : sheet.locator_box;
  const Camera camera = fit(around, static_cast<int>(where.width), static_cast<int>(where.height),
                            std::round(5 * ratio));
  const geo::Outlines outlines = geo::outlines_in(
      geo::mesh_for(*frame.land, 4 * camera.metres_per_pixel), frame.land->boxes, camera.view());
  const auto to = [&](geo::MapPoint at) {
    const PixelPoint p = camera.to_pixel(at);
    return PixelPoint{where.x + p.x, where.y + p.y};
  };
  const auto add = [&](const geo::Outlines::Range& range) {
    cairo_new_sub_path(cairo);
    for (const PixelPoint p :
         printed_points(outlines.of(range), camera, {where.x, where.y}, 2 * ratio))
      cairo_line_to(cairo, p.x, p.y);
  };
  cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
  for (const bool located : {false, true}) {
    cairo_new_path(cairo);
    for (const auto& unit : outlines.units) {
      const bool is =
          std::find(sheet.located.begin(), sheet.located.end(), unit.unit) != sheet.located.end();
      if (is != located) continue;
      for (std::size_t r = 0; r < unit.rings.count; ++r) add(outlines.rings[unit.rings.first + r]);
    }
    // With their own edge, so that no light shines through between them.
    set_colour(cairo, located ? house::accent : rgb(0xd3d8de));
    cairo_set_line_width(cairo, 0.6 * ratio);
    cairo_fill_preserve(cairo);
    cairo_stroke(cairo);
  }
  cairo_new_path(cairo);
  for (const auto& line : outlines.lines)
    if (line.rank == geo::BorderRank::province) add(line.points);
  set_colour(cairo, rgb(0x8d9299));
  cairo_set_line_width(cairo, 0.6 * ratio);
  cairo_stroke(cairo);
  const PixelPoint a = to({view.min.x, view.max.y}), b = to({view.max.x, view.min.y});
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_MITER);
  const double margin = 3 * ratio;
  cairo_rectangle(cairo, a.x - margin, a.y - margin, b.x - a.x + 2 * margin,
                  b.y - a.y + 2 * margin);
  set_colour(cairo, house::selection);
  cairo_set_line_width(cairo, 1.2 * ratio);
  cairo_stroke(cairo);
}

/// Half of it dark: it points wherever the page is turned.
void print_arrow(cairo_t* cairo, const PixelRect& box, double ratio) {
  const double middle = box.x + box.width / 4, wide = box.width / 4;
  const auto half = [&](double side) {
    cairo_new_path(cairo);
    cairo_move_to(cairo, middle, box.y);
    cairo_line_to(cairo, middle + side * wide, box.bottom());
    cairo_line_to(cairo, middle, box.bottom() - 0.28 * box.height);
    cairo_close_path(cairo);
  };
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_MITER);
  cairo_set_line_width(cairo, ratio);
  for (const double side : {-1.0, 1.0}) {
    half(side);
    set_colour(cairo, side < 0 ? house::text : house::panel);
    cairo_fill_preserve(cairo);
    set_colour(cairo, house::text);
    cairo_stroke(cairo);
  }
}

void clip_to(cairo_t* cairo, const PixelRect& box) {
  cairo_new_path(cairo);
  cairo_rectangle(cairo, box.x, box.y, box.width, box.height);
  cairo_clip(cairo);
}

}  // namespace

MapPress::MapPress() : glyphs_(find_fonts()) {}

void MapPress::print_texts(Press& press, std::span<const PlacedText> texts) {
  // Halos of all below the letters of all.
  std::vector<Press::Placed> placed;
  for (const PlacedText& text : texts) {
    const double ascent = glyphs_.line("X", text.size, text.bold, 0).ascent;
    placed.push_back(press.place(text, ascent));
    press.halo(placed.back(), text.halo);
  }
  for (std::size_t i = 0; i < texts.size(); ++i) press.print(placed[i], texts[i].colour);
}

void MapPress::print_map(Press& press, const Frame& frame, const SheetLayout& sheet) {
  cairo_t* cairo = press.cairo();
  const PixelRect& map = sheet.page.map;
  cairo_save(cairo);
  clip_to(cairo, map);
  GroundPress(cairo, frame, sheet.camera, map).draw();
  print_points(cairo, sheet.points, sheet.camera, map, frame.pixel_ratio);
  print_routes(cairo, frame, sheet.camera, map);
  std::vector<Mark> pins;
  add_pins(frame, sheet.camera, map, pins);
  for (const Mark& pin : pins) print_mark(cairo, pin, frame.pixel_ratio);
  cairo_restore(cairo);
}

void MapPress::print_inset(Press& press, const Frame& frame, const SheetFurniture::Inset& inset,
                           const PixelRect& where, double text_size) {
  const double ratio = frame.pixel_ratio;
  const Camera camera = fit(inset.box, static_cast<int>(where.width),
                            static_cast<int>(where.height), std::round(10 * ratio));
  clip_to(press.cairo(), where);
  GroundPress(press.cairo(), frame, camera, where).draw();
  // Each has a scale of its own.
  const ScaleBar bar = scale_bar(camera, 5 * text_size);
  const std::string words = length_text(bar.metres);
  const double height = glyphs_.line("X", text_size, false, 0).height;
  const PlacedText text{{where.x + 5 * ratio, where.bottom() - height - 2 * ratio,
                         text_width(words, text_size, false, glyphs_), height},
                        words,
                        text_size,
                        false,
                        house::muted,
                        1.5 * ratio};
  print_texts(press, {&text, 1});
  set_colour(press.cairo(), house::text);
  cairo_rectangle(press.cairo(), text.box.right() + 5 * ratio, text.box.y + 0.55 * height,
                  bar.pixels, 1.5 * ratio);
  cairo_fill(press.cairo());
}

void MapPress::print_sheet(Press& press, const Frame& frame, const geo::Box& box,
                           const SheetLayout& layout) {
  const SheetFurniture& sheet = frame.caption.sheet;
  const PageLayout& page = layout.page;
  const double ratio = frame.pixel_ratio, size = 0.92 * page.text_size;
  cairo_t* cairo = press.cairo();
  for (std::size_t i = 0; i < page.frames.size(); ++i) {
    if (!frame.land) break;
    const PixelRect& where = page.frames[i];
    cairo_save(cairo);
    if (i < sheet.insets.size()) {
      print_inset(press, frame, sheet.insets[i], where, size);
    } else {
      set_colour(cairo, house::panel);
      clip_to(cairo, where);
      cairo_paint(cairo);
      print_locator(cairo, frame, box, where);
    }
    cairo_restore(cairo);
    print_mark(cairo, {Mark::Shape::rectangle, where, rgb(0, 0), rgb(0x8d9299), ratio}, ratio);
    if (i >= sheet.insets.size()) continue;
    const double height = glyphs_.line("X", size, true, 0).height;
    const PlacedText name{{where.x, where.y - height, where.width, height},
                          sheet.insets[i].name,
                          size,
                          true,
                          house::text};
    print_texts(press, {&name, 1});
  }
  if (!sheet.located.empty()) {  // what lies around the map is cut off here
    print_mark(cairo, {Mark::Shape::rectangle, page.map, rgb(0, 0), house::hairline, ratio}, ratio);
  }
  if (page.north.width <= 0) return;
  print_arrow(cairo, page.north, ratio);
  const double height = glyphs_.line("X", page.text_size, true, 0).height;
  const PlacedText letter{
      {page.north.x + 0.62 * page.north.width, page.north.y + (page.north.height - height) / 2,
       0.5 * page.north.width, height},
      sheet.north,
      page.text_size,
      true,
      house::text,
      1.5 * ratio};
  print_texts(press, {&letter, 1});
}

void MapPress::print(Press& press, const Frame& frame, const geo::Box& box, int width, int height,
                     PixelPoint at, double scale) {
  glyphs_.begin_frame();
  SheetLayout sheet = lay_out_sheet(frame, box, width, height, glyphs_);
  PageLayout& page = sheet.page;
  const std::vector<PixelRect> taken = furnish_map(frame, sheet.camera, glyphs_, page);
  cairo_t* cairo = press.cairo();
  cairo_save(cairo);
  cairo_translate(cairo, at.x, at.y);
  cairo_scale(cairo, scale, scale);
  const double edge = frame.pixel_ratio;  // of frames along it
  clip_to(cairo, {-edge, -edge, width + 2 * edge, height + 2 * edge});
  Colour background = frame.background;
  background.a = 255;
  set_colour(cairo, background);
  cairo_paint(cairo);
  print_map(press, frame, sheet);
  for (const Mark& mark : page.marks) print_mark(cairo, mark, frame.pixel_ratio);
  for (const PlacedSymbol& symbol : page.symbols) {
    const PixelPoint middle{std::floor(symbol.at.x) + 0.5, std::floor(symbol.at.y) + 0.5};
    print_symbol(cairo, middle, symbol.style, page.symbol_size);
  }
  print_texts(press, page.texts);
  print_sheet(press, frame, box, sheet);

  std::vector<PixelRect> taken_in_view = taken;
  for (PixelRect& rect : taken_in_view) {
    rect.x -= page.map.x;
    rect.y -= page.map.y;
  }
  const double side = unit_side(frame, sheet.camera);
  LabelBook labels;
  labels.settle(frame,
                {sheet.camera, frame.pixel_ratio, taken_in_view,
                 circle_scale(frame, side) * frame.pixel_ratio, side, true},
                glyphs_);
  std::vector<PlacedText> texts;
  for (const PlacedLabel& label : labels.in_view()) {
    texts.push_back(text_of(frame.labels[label.label],
                            {page.map.x + label.x, page.map.y + label.y, label.width, label.height},
                            frame.pixel_ratio, glyphs_));
  }
  print_texts(press, texts);
  cairo_restore(cairo);
}

}  // namespace render
