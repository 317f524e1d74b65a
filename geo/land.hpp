#pragma once
#include <array>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "geo/borders.hpp"
#include "geo/contiguity.hpp"
#include "geo/fast_projection.hpp"
#include "geo/hit_index.hpp"
#include "geo/label_point.hpp"
#include "geo/level_mesh.hpp"
#include "geo/progress.hpp"
#include "geo/unit.hpp"

namespace geo {

/// The land of a dataset in one map CRS: immutable, shared by the map, hit tests and analysis.
struct Land {
  /// Unique per set of units, boxes and labels; the same land with one more level has the same.
  std::uint64_t version = 0;
  std::string key;  ///< names what it was made of, in the cache; empty: nobody asked
  MapCrs crs;
  std::shared_ptr<const FastProjection> projection;
  Box bounds;
  std::vector<Box> boxes;          ///< by UnitIndex
  std::vector<LabelPoint> labels;  ///< by UnitIndex
  Contiguity neighbours;           ///< queen
  std::vector<LevelMesh> meshes;   ///< finest first; the fine ones may still be missing
  /// Full detail and where it is; missing while only coarse levels are there.
  std::shared_ptr<const HitIndex> hits;
};

/// Square roots of the levels' least weights, in metres, finest first. The deviation that each
/// causes is measured and is the level's tolerance.
inline constexpr std::array level_sides{0.0, 5.0, 12.0, 26.0, 55.0, 160.0, 480.0};

std::uint64_t next_land_version();

/// Boxes, labels and neighbours; no meshes yet.
std::shared_ptr<const Land> land_of(std::shared_ptr<const Borders> borders, const MapCrs& crs,
                                    const Progress& progress = {});
/// The same land with one more level, which shares all the rest.
std::shared_ptr<const Land> with_mesh(const Land& land, LevelMesh mesh);
/// The same land with its full borders.
std::shared_ptr<const Land> with_borders(const Land& land, std::shared_ptr<const Borders> borders);

/// All of it: cuts, simplifies, projects and triangulates.
std::shared_ptr<const Land> build_land(const std::vector<GeoShape>& shapes, const MapCrs& crs,
                                       std::span<const Parents> parents,
                                       const Progress& progress = {});
inline std::shared_ptr<const Land> build_land(const std::vector<GeoShape>& shapes,
                                              const MapCrs& crs, const Progress& progress = {}) {
  return build_land(shapes, crs, {}, progress);
}

/// The coarsest level whose error stays under half a pixel, else the finest there is; an empty one
/// where there is none.
const LevelMesh& mesh_for(const Land& land, double metres_per_pixel);
/// The unit under a point, invalid when there is none: the first where they overlap. At full
/// detail, or at the finest level there is while the full borders are missing.
UnitIndex unit_at(const Land& land, MapPoint p);
/// Units with any part inside the box, in index order.
std::vector<UnitIndex> units_in(const Land& land, const Box& box);

}  // namespace geo
