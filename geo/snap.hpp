#pragma once
#include <string>
#include <vector>

#include "geo/clean.hpp"

namespace geo {

/// Coordinates rounded to five decimals are off by up to 0.8 m: so much apart, two borders are one.
inline constexpr double default_snap = 1;  // metres

/// Share (0…1) of the inner borders that meets a neighbour within `metres` but not exactly. Cheap:
/// of very many vertices only some are looked at.
double almost_meeting(const Borders& borders, double metres);

/// Moves vertices of borders that almost meet another unit's onto it, by at most `metres`, and puts
/// vertices that lie on a neighbour's edge into that edge. What fits already stays as it is, bit
/// for bit. Tells how many vertices of how many units moved, and how far; nothing moved, nothing
/// told. A shape whose border would cross itself stays as it was, with a warning. Cut and clean
/// again afterwards.
Issues snap(std::vector<NamedShape>& shapes, const Borders& borders, const std::string& file,
            double metres);

}  // namespace geo
