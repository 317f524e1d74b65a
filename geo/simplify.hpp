#pragma once
#include <vector>

#include "geo/point.hpp"

namespace geo {

/// Visvalingam and Whyatt (1993): points are taken out by the smallest triangle they make with
/// their neighbours; a point's weight is that area in m² (at least the square of its distance from
/// the line that replaces it, so that a thin spike is not lost early), never less than that of a
/// point taken out before. End points weigh infinitely. O(n log n).
std::vector<double> visvalingam_weights(const std::vector<MapPoint>& points);

/// How far, in metres, the line of the points with at least this weight strays from the full one.
double greatest_deviation(const std::vector<MapPoint>& points, const std::vector<double>& weights,
                          double least_weight);

}  // namespace geo
