#pragma once
#include <span>
#include <vector>

#include "geo/borders.hpp"

namespace geo {

/// What the spans of built Borders look into.
struct BorderArrays {
  std::vector<LonLat> points;
  std::vector<std::uint32_t> arc_first;
  std::vector<Sides> sides;
  std::vector<BorderRank> ranks;
  std::vector<float> weights;
  std::vector<Borders::Ring> rings;
  std::vector<std::uint32_t> unit_first;
  std::vector<std::int32_t> steps;
  std::vector<Parents> parents;
  std::vector<Borders::Stretch> stretches;
  std::vector<std::uint32_t> stretch_first;
};

/// All but ranks, weights and parents. One thread, linear in vertices.
BorderArrays cut_into_arcs(std::span<const GeoShape> shapes);

}  // namespace geo
