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

/// What the file declares (WKT; empty: nothing), unless the coordinates contradict it or the
/// person gave an EPSG code. `raw` is the box of all coordinates as written.
LayerCrs decide_layer_crs(const std::string& declared, const Box& raw, std::optional<int> given);

}  // namespace geo
