#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "geo/issue.hpp"
#include "geo/polygon.hpp"
#include "geo/progress.hpp"

namespace geo {

/// One feature as read: still dirty.
struct Feature {
  std::int64_t id = 0;              ///< OGR feature id, what Issue::row says for boundaries
  std::vector<std::string> values;  ///< one per Layer::columns, NFC text, trimmed; empty = null
  GeoShape shape;  ///< WGS 84; rings as in the file (non-finite points already taken out)
};

enum class CrsOrigin { declared, assumed, given };

struct Layer {
  std::string file;  ///< name as given
  std::string name;  ///< layer name
  std::vector<std::string> columns;
  std::string crs;  ///< name of the CRS the file was read in ("EPSG:5897 VN-2000 / TM-3 105")
  CrsOrigin crs_origin = CrsOrigin::declared;
  std::vector<Feature> features;
  Issues issues;  ///< CRS assumed, empty or non-finite geometry, geometry that is not an area
};

struct LayerInfo {
  std::string name;
  std::int64_t features = 0;
  bool areas = false;  ///< polygons, or unknown
  bool lines = false;  ///< and nothing else
  std::vector<std::string> columns;
};

struct ReadOptions {
  std::string layer;        ///< empty: the only one with areas, else Error listing them
  std::string where;        ///< OGR SQL condition, empty: all
  std::optional<int> epsg;  ///< the CRS to assume instead of the file's
};

/// GeoPackage, GeoJSON, Shapefile (plain or zipped), MapInfo TAB/MIF (plain or zipped), FlatGeobuf,
/// KML, SpatiaLite. Everything else, /vsi… names, URLs, folders, archives that unpack beyond
/// reason, and files whose content is not what the name says are refused with an Error.
std::vector<LayerInfo> list_layers(const std::filesystem::path& file);
Layer read_layer(const std::filesystem::path& file, const ReadOptions& options,
                 const Progress& progress = {});

/// A regular file on this computer, small enough to be read: throws the Error a person can act on
/// otherwise. `max_unpacked` bytes for zip-based formats (zip, xlsx, ods). Also used for tables.
void require_plain_file(const std::filesystem::path& file, std::uintmax_t max_bytes,
                        std::uintmax_t max_unpacked);

}  // namespace geo
