#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "geo/crs.hpp"
#include "geo/polygon.hpp"

namespace geo {

/// The land of a made-up province: cells with fractal borders whose vertices neighbours share bit
/// for bit, grouped into former districts. Same arguments, same land on every computer.
struct SampleLand {
  std::vector<GeoShape> communes;        ///< WGS 84
  std::vector<std::uint32_t> districts;  ///< former district of each commune, 0…n-1, contiguous
  std::uint32_t district_count = 0;
};

/// `communes` from 1 to 20,000 (Error otherwise). Linear in communes. Lies in no real province's place: in
/// the open sea is wrong for a map of land, so it is placed around 103°E 21°N and labelled as made up.
SampleLand make_sample_land(std::uint32_t communes, std::uint64_t seed);

}  // namespace geo
