#pragma once
#include <string>
#include <vector>

#include "geo/borders.hpp"
#include "geo/issue.hpp"
#include "geo/misfits.hpp"
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

/// The same, with what was worked out on the way: the borders of the clean shapes, by their place
/// in the list, and where they do not fit.
struct CleanLand {
  Issues issues;
  Borders borders;
  Misfits misfits;
};
CleanLand clean_and_cut(std::vector<NamedShape>& shapes, const std::string& file,
                        const Progress& progress = {});

/// Neighbours that overlap, and slivers between them (gaps enclosed by shapes, and narrow), each
/// with its area in square metres and its place; nothing is changed. Areas below `least_m2` are not
/// told.
Issues find_overlaps_and_slivers(const std::vector<NamedShape>& shapes, const std::string& file,
                                 double least_m2 = 100, const Progress& progress = {});
Issues find_overlaps_and_slivers(const std::vector<NamedShape>& shapes, const Borders& borders,
                                 const Misfits& misfits, const std::string& file,
                                 double least_m2 = 100, const Progress& progress = {});

}  // namespace geo
