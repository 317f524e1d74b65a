#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "geo/polygon.hpp"

namespace data {

/// A shape as OGC well-known binary (a MultiPolygon, little-endian; rings closed as the standard
/// wants it). In SQL: GeomFromWKB(?, 4326).
std::vector<std::uint8_t> to_wkb(const geo::GeoShape& shape);

/// Polygon or MultiPolygon, either byte order, rings no longer closed. In SQL: AsBinary(geom).
/// Throws geo::Error when the bytes are not that: the file was damaged or edited elsewhere.
geo::GeoShape shape_from_wkb(std::span<const std::uint8_t> bytes);

}  // namespace data
