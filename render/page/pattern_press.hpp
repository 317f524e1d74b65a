#pragma once
#include <cairo.h>

#include <functional>

#include "render/camera.hpp"
#include "render/frame.hpp"
#include "render/mark.hpp"

namespace render {

/// A colour in linear light, where the graphics card blends.
struct Light {
  double r = 0, g = 0, b = 0;
};
Light light(Colour colour);
void set_light(cairo_t* cairo, Light colour);
Light mix(Light from, Light to, double share);

/// Draws what pattern.glsl draws, as strokes and dots over `where`, which the caller has clipped to
/// the area. `tint`: of every ink; `near`: whether a dot there can be seen, empty: all can.
struct PatternInk {
  PixelPoint anchor;
  double ratio = 1;
  std::function<Light(Light)> tint;
  std::function<bool(PixelPoint, double radius)> near = {};
};
void press_patterns(cairo_t* cairo, const PixelRect& where, unsigned patterns, Colour fill,
                    const PatternInk& ink);

}  // namespace render
