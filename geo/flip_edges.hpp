#pragma once
#include "geo/triangulate.hpp"

namespace geo {

/// Turns the diagonals of neighbouring triangles (Lawson 1977) until no triangle's circle holds a
/// neighbour's corner, as far as the edges of the shape allow: the same cover and points, but few
/// slivers, each of which would touch many pixels for little. Stops after a number of flips linear
/// in triangles.
void flip_edges(Triangles& triangles);

}  // namespace geo
