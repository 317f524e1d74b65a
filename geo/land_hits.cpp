#include <algorithm>
#include <optional>

#include "geo/error.hpp"
#include "geo/land.hpp"

namespace geo {
namespace {

/// Nothing where the map's CRS has no place for it.
std::optional<LonLat> place_of(const Land& land, MapPoint p) {
  try {
    return land.projection->to_lonlat(p);
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// Liang and Barsky: whether a part of the edge is inside the box.
bool crosses(MapPoint a, MapPoint b, const Box& box) {
  double from = 0, to = 1;
  const auto clip = [&](double start, double step, double low, double high) {
    if (step == 0) return start >= low && start <= high;
    const double t0 = (low - start) / step, t1 = (high - start) / step;
    from = std::max(from, std::min(t0, t1));
    to = std::min(to, std::max(t0, t1));
    return from <= to;
  };
  return clip(a.x, b.x - a.x, box.min.x, box.max.x) && clip(a.y, b.y - a.y, box.min.y, box.max.y);
}

bool has_border_in(const Land& land, std::uint32_t unit, const Box& box) {
  const Borders& b = land.hits->borders();
  for (std::uint32_t r = b.unit_first[unit]; r < b.unit_first[unit + 1]; ++r) {
    for (const std::int32_t step : b.steps.subspan(b.rings[r].first_step, b.rings[r].steps)) {
      const auto arc = static_cast<std::size_t>(step > 0 ? step - 1 : -step - 1);
      MapPoint before = land.projection->to_map(b.points[b.arc_first[arc]]);
      for (std::size_t i = b.arc_first[arc] + 1; i < b.arc_first[arc + 1]; ++i) {
        const MapPoint p = land.projection->to_map(b.points[i]);
        if (crosses(before, p, box)) return true;
        before = p;
      }
    }
  }
  return false;
}

bool inside(const std::array<MapPoint, 3>& triangle, MapPoint p) {
  bool odd = false;
  for (std::size_t i = 0, j = 2; i < 3; j = i++) {
    const MapPoint a = triangle[i], b = triangle[j];
    odd ^= (a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x;
  }
  return odd;
}

bool covers(const LevelMesh& mesh, const LevelMesh::Block& block, LevelMesh::Range indices,
            MapPoint p) {
  const auto corner = [&](std::uint32_t i) {
    const auto& v = mesh.vertices[block.vertices.first + mesh.indices[indices.first + i]];
    return MapPoint{double{v.x}, double{v.y}};
  };
  const MapPoint at{p.x - block.origin.x, p.y - block.origin.y};
  for (std::uint32_t i = 0; i + 2 < indices.count; i += 3) {
    if (inside({corner(i), corner(i + 1), corner(i + 2)}, at)) return true;
  }
  return false;
}

UnitIndex unit_at(const LevelMesh& mesh, const std::vector<Box>& boxes, MapPoint p) {
  UnitIndex found;
  for (const LevelMesh::Block& block : mesh.blocks) {
    if (!block.box.contains(p)) continue;
    for (const auto& part : mesh.units.subspan(block.units.first, block.units.count)) {
      if (UnitIndex(part.unit) < found && part.unit < boxes.size() &&
          boxes[part.unit].contains(p) && covers(mesh, block, part.indices, p)) {
        found = UnitIndex(part.unit);
      }
    }
  }
  return found;
}

/// Marks the units that have a border in the box.
void mark_borders_in(const LevelMesh& mesh, const Box& box, std::vector<bool>& marked) {
  for (const LevelMesh::Block& block : mesh.blocks) {
    if (!block.box.intersects(box)) continue;
    const auto at = [&](const LevelMesh::LineVertex& v) {
      return MapPoint{block.origin.x + double{v.x}, block.origin.y + double{v.y}};
    };
    for (const auto& run : mesh.runs.subspan(block.runs.first, block.runs.count)) {
      const auto line = mesh.lines.subspan(run.lines.first, run.lines.count);
      for (std::size_t i = 1; i < line.size(); ++i) {
        if (!crosses(at(line[i - 1]), at(line[i]), box)) continue;
        const Sides sides = mesh.sides[run.arc];
        if (sides.left < marked.size()) marked[sides.left] = true;
        if (sides.right < marked.size()) marked[sides.right] = true;
        break;
      }
    }
  }
}

}  // namespace

UnitIndex unit_at(const Land& land, MapPoint p) {
  if (land.hits) {
    if (!land.bounds.contains(p)) return {};
    const auto place = place_of(land, p);
    return place ? UnitIndex(land.hits->unit_at(*place)) : UnitIndex{};
  }
  if (!land.meshes.empty()) return unit_at(land.meshes.front(), land.boxes, p);
  return {};
}

std::vector<UnitIndex> units_in(const Land& land, const Box& box) {
  std::vector<UnitIndex> out;
  if (box.empty()) return out;
  std::vector<bool> marked(land.boxes.size(), false);
  if (!land.hits && !land.meshes.empty()) mark_borders_in(land.meshes.front(), box, marked);
  const UnitIndex under = unit_at(land, box.min);  // no border inside: all of the box or nothing
  const auto place = land.hits ? place_of(land, box.min) : std::nullopt;
  for (std::uint32_t u = 0; u < land.boxes.size(); ++u) {
    const Box& of_unit = land.boxes[u];
    if (!of_unit.intersects(box)) continue;
    const bool whole = box.contains(of_unit.min) && box.contains(of_unit.max);
    if (whole || marked[u] || UnitIndex(u) == under ||
        (land.hits &&
         (has_border_in(land, u, box) || (place && contains(land.hits->borders(), u, *place))))) {
      out.push_back(UnitIndex(u));
    }
  }
  return out;
}

}  // namespace geo
