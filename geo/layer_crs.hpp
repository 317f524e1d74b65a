#pragma once
#include <optional>
#include <string>

#include "geo/crs.hpp"
#include "geo/issue.hpp"
#include "geo/vector_file.hpp"

namespace geo {

/// How the raw coordinates of a layer are read.
struct LayerCrs {
  SourceCrs source;
  CrsOrigin origin = CrsOrigin::declared;
  bool swapped = false;  ///< the file writes latitude first
  Issues issues;         ///< assumed, contradicted, outside Việt Nam (without file and sheet)
};

/// What is known about a layer before its coordinates can be placed.
struct CrsEvidence {
  std::string declared;      ///< WKT or "EPSG:5897"; empty: nothing
  Box raw;                   ///< of all coordinates, as written
  std::string province;      ///< of all features, as folded_heading; empty: unknown or several
  std::optional<int> given;  ///< EPSG code by the person
};

/// What the person gave, else what the file declares unless its coordinates contradict it, else
/// what they look like.
LayerCrs decide_layer_crs(const CrsEvidence& evidence);

}  // namespace geo
