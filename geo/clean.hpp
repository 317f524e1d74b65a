#pragma once
#include <string>
#include <vector>

#include "geo/issue.hpp"
#include "geo/polygon.hpp"
#include "geo/progress.hpp"

namespace geo {

/// One shape with the name it is reported under.
struct NamedShape {
  std::string label;  ///< code and name
  std::int64_t row = 0;
  GeoShape shape;
};

/// Repairs in place and reports: repeated points, unclosed and spiked rings, self-crossing rings
/// (GEOS MakeValid, areas kept only), hole outside its shell, wrong orientation, duplicate parts.
/// Shapes that are valid are not touched, so shared vertices stay shared bit for bit.
/// A shape that has no area left becomes empty, with an Issue at error level.
Issues clean(std::vector<NamedShape>& shapes, const std::string& file,
             const Progress& progress = {});

/// Neighbours that overlap, and slivers between them (gaps enclosed by shapes, and narrow), each
/// with its area in square metres and its place; nothing is changed. Areas below `least_m2` are not
/// told.
Issues find_overlaps_and_slivers(const std::vector<NamedShape>& shapes, const std::string& file,
                                 double least_m2 = 100, const Progress& progress = {});

}  // namespace geo
