#pragma once
#include "data/database.hpp"
#include "data/unit_key.hpp"
#include "geo/polygon.hpp"

namespace data {

/// The latest boundary of a unit; empty: it has none here.
geo::GeoShape unit_shape(Database& database, std::int64_t unit);

/// How far a point lies outside of a shape, in metres along the ground; 0 within it, or where there
/// is no shape. Linear in its points.
double metres_outside(const geo::GeoShape& shape, geo::LonLat point);

}  // namespace data
