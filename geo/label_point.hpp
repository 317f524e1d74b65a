#pragma once
#include "geo/polygon.hpp"

namespace geo {

/// Where a label or a circle sits best: the centre of the largest circle inside the shape
/// (GEOS MaximumInscribedCircle on a simplified copy), and that circle's radius in metres.
struct LabelPoint {
  MapPoint point;
  double radius = 0;
};
LabelPoint label_point(const MapShape& shape);

}  // namespace geo
