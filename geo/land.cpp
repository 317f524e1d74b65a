#include "geo/land.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>

#include "geo/parallel.hpp"

namespace geo {
namespace {

std::vector<Box> boxes_of(const Borders& b, const FastProjection& projection,
                          const Progress& progress) {
  std::vector<Box> of_arcs(b.arcs());
  in_parallel(b.arcs(), progress, msg("geo.projecting_land"), [&](std::size_t, std::size_t arc) {
    for (std::size_t i = b.arc_first[arc]; i < b.arc_first[arc + 1]; ++i) {
      of_arcs[arc].add(projection.to_map(b.points[i]));
    }
  });
  std::vector<Box> boxes(b.units());
  for (const Borders::Ring& ring : b.rings) {
    for (const std::int32_t step : b.steps.subspan(ring.first_step, ring.steps)) {
      boxes[ring.unit].add(of_arcs[static_cast<std::size_t>(step > 0 ? step - 1 : -step - 1)]);
    }
  }
  return boxes;
}

MapShape projected(const GeoShape& shape, const FastProjection& projection) {
  MapShape out;
  const auto ring = [&](const Ring<LonLat>& from) {
    Ring<MapPoint> to;
    to.reserve(from.size());
    for (const LonLat p : from) to.push_back(projection.to_map(p));
    return to;
  };
  for (const auto& polygon : shape) {
    auto& to = out.emplace_back();
    to.outer = ring(polygon.outer);
    for (const auto& hole : polygon.holes) to.holes.push_back(ring(hole));
  }
  return out;
}

/// On a coarse shape, which GEOS answers a hundred times faster; on the full one where that gives a
/// place outside.
LabelPoint label_of(const Borders& b, std::uint32_t unit, const Box& box,
                    const FastProjection& projection) {
  const double step = std::sqrt(box.width() * box.height()) / 60;
  const LabelPoint label = label_point(projected(shape_of(b, unit, step * step), projection));
  if (b.unit_first[unit] == b.unit_first[unit + 1] ||
      contains(b, unit, projection.to_lonlat(label.point))) {
    return label;
  }
  return label_point(projected(shape_of(b, unit), projection));
}

}  // namespace

std::uint64_t next_land_version() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

std::shared_ptr<const Land> land_of(std::shared_ptr<const Borders> borders, const MapCrs& crs,
                                    const Progress& progress) {
  auto land = std::make_shared<Land>();
  land->version = next_land_version();
  land->crs = crs;
  land->projection = std::make_shared<const FastProjection>(crs);
  land->boxes = boxes_of(*borders, *land->projection, progress.part(0, 0.2));
  for (const Box& box : land->boxes) land->bounds.add(box);
  land->labels.resize(land->boxes.size());
  in_parallel(land->labels.size(), progress.part(0.2, 1), msg("geo.placing_labels"),
              [&](std::size_t, std::size_t i) {
                const auto unit = static_cast<std::uint32_t>(i);
                land->labels[i] = label_of(*borders, unit, land->boxes[i], *land->projection);
              });
  land->neighbours = queen_contiguity(*borders);
  land->hits = std::make_shared<const HitIndex>(std::move(borders));
  return land;
}

std::shared_ptr<const Land> with_mesh(const Land& land, LevelMesh mesh) {
  auto out = std::make_shared<Land>(land);
  const auto finer = [&](const LevelMesh& other) { return other.tolerance >= mesh.tolerance; };
  const auto at = std::find_if(out->meshes.begin(), out->meshes.end(), finer);
  out->meshes.insert(at, std::move(mesh));
  return out;
}

std::shared_ptr<const Land> with_borders(const Land& land, std::shared_ptr<const Borders> borders) {
  auto out = std::make_shared<Land>(land);
  out->hits = std::make_shared<const HitIndex>(std::move(borders));
  return out;
}

std::shared_ptr<const Land> build_land(const std::vector<GeoShape>& shapes, const MapCrs& crs,
                                       std::span<const Parents> parents, const Progress& progress) {
  auto borders =
      std::make_shared<const Borders>(build_borders(shapes, parents, progress.part(0, 0.2)));
  Land land = *land_of(borders, crs, progress.part(0.2, 0.3));
  double from = 0.3;
  for (auto side = level_sides.rbegin(); side != level_sides.rend(); ++side) {
    // Each is a good half of all that is left, since each coarser one is half as large.
    const double to = *side > 0 ? from + 0.1 : 1;
    land.meshes.insert(land.meshes.begin(),
                       build_level(*borders, *land.projection, *side, progress.part(from, to)));
    from = to;
  }
  return std::make_shared<const Land>(std::move(land));
}

const LevelMesh& mesh_for(const Land& land, double metres_per_pixel) {
  static const LevelMesh none;
  if (land.meshes.empty()) return none;
  const LevelMesh* best = &land.meshes.front();
  for (const LevelMesh& mesh : land.meshes) {
    if (mesh.tolerance <= metres_per_pixel / 2) best = &mesh;
  }
  return *best;
}

}  // namespace geo
