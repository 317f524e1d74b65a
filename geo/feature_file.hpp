#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "geo/polygon.hpp"

class OGRFeature;
class OGRLayer;

namespace geo {

/// NFC and trimmed. Bytes that are no UTF-8 come from a file that does not say its encoding; the
/// Vietnamese code page of Windows is the likeliest, and `guessed` says that it was taken.
std::string text_of(const char* bytes, bool& guessed);

std::vector<std::string> column_names(OGRLayer& layer);
/// WKT of what the layer declares, replaced by the EPSG code where GDAL is sure of it.
std::string declared_crs(OGRLayer& layer);

/// Coordinates as the file writes them, not yet in any CRS of ours.
using RawShape = MultiPolygon<MapPoint>;

struct GeometryTrouble {
  std::int64_t not_finite = 0, open_rings = 0;
  bool not_an_area = false;
};

/// The areas of a feature, of whatever kind its geometry is; curves as lines.
RawShape raw_shape_of(const OGRFeature& feature, GeometryTrouble& trouble);

}  // namespace geo
