#pragma once
#include <cstdint>
#include <vector>

#include "geo/point.hpp"
#include "geo/polygon.hpp"

namespace geo {

/// The land of a made-up province: communes with fractal borders whose vertices neighbours share
/// bit for bit, grouped into contiguous former districts. Small town wards around the capital,
/// large communes far from it. Everything is by commune; those of one district follow one another.
struct SampleLand {
  std::vector<GeoShape> communes;                      ///< WGS 84, on a grid of 10⁻⁷ degrees
  std::vector<std::uint32_t> districts;                ///< former district, 0 … district_count-1
  std::uint32_t district_count = 0;                    ///< district 0 holds the capital
  std::uint32_t capital = 0;                           ///< the commune in the middle of the town
  std::vector<std::vector<std::uint32_t>> neighbours;  ///< share a border, in order
  std::vector<std::vector<LonLat>> sites;              ///< sample_sites places strictly inside
  std::vector<std::uint32_t> flawed;  ///< communes whose border overlaps a neighbour and gapes
};
inline constexpr std::uint32_t sample_sites = 40;

/// `communes` from 1 to 20,000 (Error otherwise); `flaws` of them get a border that is wrong on
/// purpose (fewer where there are not that many neighbours). Same arguments, same land on every
/// computer, in time linear in communes (but for a logarithm). About 200 km² a commune, up to the
/// size of the whole country. A map of land cannot lie in the open sea, so it is placed around
/// 103°E 21°N, where real provinces are: whoever shows it must say that it is made up.
SampleLand make_sample_land(std::uint32_t communes, std::uint64_t seed, std::uint32_t flaws = 0);

}  // namespace geo
