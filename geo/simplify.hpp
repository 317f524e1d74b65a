#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "geo/point.hpp"

namespace geo {

/// Memory for weigh_points, used again for the next line.
struct WeightScratch {
  std::vector<MapPoint> metres;
  std::vector<std::uint32_t> before, after;
  std::vector<std::uint64_t> heap;
};

/// Degrees as metres on the ground around a line: longitude shrinks with the cosine of its mean
/// latitude. Right to a percent for lines of up to a degree or so.
struct GroundScale {
  explicit GroundScale(std::span<const LonLat> line);
  MapPoint operator()(LonLat p) const {
    return {(p.lon - origin.lon) * lon_metres, (p.lat - origin.lat) * lat_metres};
  }
  LonLat origin;
  double lon_metres = 0, lat_metres = 0;  ///< of a degree
};

/// Visvalingam and Whyatt (1993): points are taken out by the smallest triangle they make with
/// their neighbours; a point's weight is that area in m² (at least the square of its distance from
/// the line that replaces it, so that a thin spike is not lost early), never less than that of a
/// point taken out before. End points weigh infinitely. O(n log n).
void weigh_points(std::span<const LonLat> line, std::span<float> weights, WeightScratch& scratch);
/// How far, in metres, the line of the points with at least this weight strays from the full one.
double greatest_deviation(std::span<const LonLat> line, std::span<const float> weights,
                          double least_weight);

}  // namespace geo
