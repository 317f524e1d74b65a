#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "geo/image.hpp"
#include "geo/land.hpp"

namespace geo {

/// Names a land by what it is made of: 32 characters. Some gigabytes of coordinates a second.
std::string land_key(std::span<const GeoShape> shapes, std::span<const Parents> parents,
                     const MapCrs& crs);

/// Images look into what they are made of, which must stay while they are used.
Image image_of(const Borders& borders, std::string_view key);
Image image_of(const LevelMesh& mesh, std::string_view key);
/// CRS, boxes, labels and neighbours of a land; small, and sealed when written.
Image tables_of(const Land& land, std::string_view key);

/// Back from their bytes, without a copy: they look into the image's memory and keep it. Nothing
/// when it is damaged, foreign, or any offset or index leads outside; coordinates are taken as they
/// are. Linear in the bytes but for the borders' points.
std::optional<Borders> borders_from(SharedBytes image, std::string_view key);
std::optional<LevelMesh> level_from(SharedBytes image, std::string_view key, std::size_t units);
/// A land without meshes and without full borders.
std::shared_ptr<const Land> land_from(SharedBytes image, std::string_view key);

}  // namespace geo
