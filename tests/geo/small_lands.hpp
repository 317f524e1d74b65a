#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "geo/polygon.hpp"

/// Lands small enough to be checked by hand, in degrees around 103°E 21°N.
namespace lands {

/// Two by two cells of 0.01° with wavy borders, and a lake in the first that is the fifth unit.
std::vector<geo::GeoShape> four_cells_and_a_lake();
/// A ring round a place, `bumpy` so that a simplification has something to leave out.
geo::Ring<geo::LonLat> circle(geo::LonLat centre, double radius, int points, double bumpy = 0);
/// A wavy line from a to b with a point at either end.
geo::Ring<geo::LonLat> wavy(geo::LonLat a, geo::LonLat b, unsigned seed, int points = 40);
/// Adds all but the last point of a line, which begins the next one.
void append(geo::Ring<geo::LonLat>& ring, geo::Ring<geo::LonLat> line, bool backwards);
/// The same shape, each ring from its least vertex on.
geo::GeoShape from_least(geo::GeoShape shape);
/// Shapes of a file of the shared data; empty where there is none.
std::vector<geo::GeoShape> real(const std::string& file);

}  // namespace lands
