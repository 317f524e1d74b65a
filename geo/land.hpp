#pragma once
#include <memory>
#include <vector>

#include "geo/borders.hpp"
#include "geo/contiguity.hpp"
#include "geo/crs.hpp"
#include "geo/label_point.hpp"
#include "geo/level_mesh.hpp"
#include "geo/progress.hpp"
#include "geo/topology.hpp"

namespace geo {

/// One level of detail, ready to be uploaded: floats relative to `Land::origin`.
struct LandLevel {
  double tolerance = 0;  ///< metres on the ground a border may be off by
  struct Vertex {
    float x, y;  ///< metres from Land::origin
    std::uint32_t unit;
  };
  std::vector<Vertex> vertices;
  std::vector<std::uint32_t> indices;  ///< triangles
  struct Segment {
    float x0, y0, x1, y1;       ///< metres from Land::origin
    std::uint32_t left, right;  ///< unit, or UINT32_MAX for outside
  };
  std::vector<Segment> segments;  ///< every border once
};

/// The land of a dataset in one map CRS: immutable, shared by the map, hit tests and analysis.
struct Land {
  std::uint64_t version = 0;  ///< unique per build; meshes on the GPU are keyed by it
  MapCrs crs;
  MapPoint origin;
  Box bounds;
  std::vector<MapShape> shapes;    ///< full detail, by UnitIndex
  std::vector<Box> boxes;          ///< by UnitIndex
  std::vector<LabelPoint> labels;  ///< by UnitIndex
  Topology topology;
  std::vector<LandLevel> levels;  ///< from full detail to coarse

  std::shared_ptr<const Borders> borders;  ///< full detail; may be missing while levels are coarse
  std::vector<LevelMesh> meshes;           ///< finest first; the fine ones may still be missing
  Contiguity neighbours;                   ///< queen
};

/// Projects, cuts into arcs, simplifies and triangulates.
std::shared_ptr<const Land> build_land(const std::vector<GeoShape>& shapes, const MapCrs& crs,
                                       std::span<const Parents> parents,
                                       const Progress& progress = {});
inline std::shared_ptr<const Land> build_land(const std::vector<GeoShape>& shapes,
                                              const MapCrs& crs, const Progress& progress = {}) {
  return build_land(shapes, crs, {}, progress);
}

/// The coarsest level whose error stays under half a pixel.
const LandLevel& level_for(const Land& land, double metres_per_pixel);
const LevelMesh& mesh_for(const Land& land, double metres_per_pixel);
/// The unit under a point, invalid when there is none. `land.shapes` at full detail.
UnitIndex unit_at(const Land& land, MapPoint p);
/// Units with any part inside the box, in index order.
std::vector<UnitIndex> units_in(const Land& land, const Box& box);

}  // namespace geo
