#pragma once
#include <cstdint>
#include <optional>
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

/// A LineString, either way.
std::vector<std::uint8_t> line_to_wkb(std::span<const geo::LonLat> line);
std::vector<geo::LonLat> line_from_wkb(std::span<const std::uint8_t> bytes);

/// The same as SpatiaLite keeps it in a table (its BLOB-Geometry, EPSG:4326), to be bound or read
/// without a conversion by SQL functions.
std::vector<std::uint8_t> to_stored(const geo::GeoShape& shape);
/// Nothing when it is another kind of geometry (of another program: compressed, with heights):
/// then ask for AsBinary(geom).
std::optional<geo::GeoShape> shape_from_stored(std::span<const std::uint8_t> bytes);

}  // namespace data
