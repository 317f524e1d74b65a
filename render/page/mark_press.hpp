#pragma once
#include <cairo.h>

#include "render/mark.hpp"
#include "render/points.hpp"

namespace render {

void set_colour(cairo_t* cairo, Colour colour);
/// As mark.frag draws it; `ratio`: device pixels of a logical one.
void print_mark(cairo_t* cairo, const Mark& mark, double ratio);
/// As point.frag draws it; `pixel`: device pixels of one of the symbol's.
void print_symbol(cairo_t* cairo, PixelPoint at, const PointStyle& style, double pixel);

}  // namespace render
