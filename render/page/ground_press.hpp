#pragma once
#include <cairo.h>

#include <vector>

#include "geo/outlines.hpp"
#include "render/frame.hpp"
#include "render/mark.hpp"
#include "render/page/pattern_press.hpp"

namespace render {

/// The land of a frame as lines: what ground_pass, border_pass and the circles of mark_pass draw.
class GroundPress {
 public:
  /// In device pixels of the layout that `map` is part of.
  GroundPress(cairo_t* cairo, const Frame& frame, const Camera& camera, const PixelRect& map);
  void draw();

 private:
  struct Unit {
    std::uint32_t unit = 0;
    PixelRect box;
    std::vector<std::vector<PixelPoint>> rings;
  };
  struct Line {
    geo::BorderRank rank = geo::BorderRank::commune;
    geo::Sides sides;
    PixelRect box;
    std::vector<PixelPoint> points;
  };
  const AreaStyle* style(std::uint32_t unit) const;
  Light fill_of(const AreaStyle& style) const;
  Light seen(Light colour) const;
  void set(Light colour) const;
  void set(Colour colour) const { set(light(colour)); }
  void add_path(const Unit& unit, const PixelRect& box) const;
  void add_path(const Line& line, const PixelRect& box) const;
  /// The ground and the first `circles` circles.
  void draw(const PixelRect& box, std::size_t circles);
  void draw_circle(std::size_t circle, const PixelRect& box);
  void draw_areas(const PixelRect& box) const;
  void draw_patterns(const Unit& unit, const PixelRect& box) const;
  void draw_borders(const PixelRect& box) const;
  void draw_outlines(const PixelRect& box) const;
  template <class Wanted>
  bool add_lines(const PixelRect& box, Wanted wanted) const;

  cairo_t* cairo_;
  const Frame& frame_;
  PixelRect map_;
  double side_ = 0;
  PixelPoint anchor_;
  std::vector<Unit> units_;
  std::vector<Line> lines_;
  std::vector<Mark> circles_;
  int depth_ = 0;  ///< of circles that are looked through
};

}  // namespace render
