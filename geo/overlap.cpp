#include <geos_c.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "geo/clean.hpp"
#include "geo/crs.hpp"
#include "geo/geos_handle.hpp"
#include "geo/topology.hpp"

namespace geo {
namespace {

/// A gap is a sliver when on average it is narrower than this; wider ones are lakes and bays.
constexpr double sliver_width = 60;  // metres
/// Neighbours of a gap may miss it by the rounding of GEOS's crossings.
constexpr double touching = 0.01;  // metres

/// Degrees as metres of an equirectangular plane: equal vertices stay equal, and what is found is
/// measured again on the ellipsoid.
class Plane {
 public:
  explicit Plane(double middle_latitude)
      : east_(111'320 * std::cos(middle_latitude * 3.14159265358979 / 180)) {}
  MapPoint to_plane(LonLat p) const { return {p.lon * east_, p.lat * north_}; }
  LonLat to_lonlat(MapPoint p) const { return {p.x / east_, p.y / north_}; }

  MapShape to_plane(const GeoShape& shape) const {
    MapShape out;
    for (const auto& polygon : shape) {
      auto& to = out.emplace_back();
      for (LonLat p : polygon.outer) to.outer.push_back(to_plane(p));
      for (const auto& hole : polygon.holes) {
        auto& ring = to.holes.emplace_back();
        for (LonLat p : hole) ring.push_back(to_plane(p));
      }
    }
    return out;
  }
  GeoShape to_lonlat(const MapShape& shape) const {
    GeoShape out;
    for (const auto& polygon : shape) {
      auto& to = out.emplace_back();
      for (MapPoint p : polygon.outer) to.outer.push_back(to_lonlat(p));
      for (const auto& hole : polygon.holes) {
        auto& ring = to.holes.emplace_back();
        for (MapPoint p : hole) ring.push_back(to_lonlat(p));
      }
    }
    return out;
  }

 private:
  double east_, north_ = 110'574;
};

double middle_latitude(const std::vector<NamedShape>& shapes) {
  double least = 90, greatest = -90;
  for (const auto& named : shapes) {
    for (const auto& polygon : named.shape) {
      for (LonLat p : polygon.outer) {
        least = std::min(least, p.lat);
        greatest = std::max(greatest, p.lat);
      }
    }
  }
  return least > greatest ? 0 : (least + greatest) / 2;
}

using Pair = std::pair<std::size_t, std::size_t>;

/// Everything that the search looks at, by index of the shape.
struct Neighbourhood {
  const std::vector<NamedShape>& named;
  Plane plane;
  std::vector<MapShape> shapes;
  std::vector<Box> boxes;
  Topology topology;
  Geos geos;
  std::vector<Geos::Geometry> geometries;  ///< made when first asked for

  const GEOSGeometry* geometry(std::size_t i) {
    if (!geometries[i]) geometries[i] = geos.from(shapes[i]);
    return geometries[i].get();
  }
};

std::vector<Pair> pairs_with_common_box(const std::vector<Box>& boxes) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (!boxes[i].empty()) order.push_back(i);
  }
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return boxes[a].min.x < boxes[b].min.x; });
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (std::size_t j = i + 1; j < order.size(); ++j) {
      if (boxes[order[j]].min.x > boxes[order[i]].max.x) break;
      if (boxes[order[i]].intersects(boxes[order[j]])) {
        pairs.push_back(std::minmax(order[i], order[j]));
      }
    }
  }
  return pairs;
}

/// An edge that no neighbour runs along the other way, or that two run along the same way.
struct LooseEdge {
  Box box;
  MapPoint middle;
};

std::vector<std::vector<LooseEdge>> loose_edges(const Neighbourhood& all) {
  std::vector<std::vector<LooseEdge>> out(all.shapes.size());
  for (const Arc& arc : all.topology.arcs) {
    if (arc.left.valid() && arc.right.valid()) continue;
    const UnitIndex unit = arc.left.valid() ? arc.left : arc.right;
    for (std::size_t i = 1; i < arc.points.size(); ++i) {
      LooseEdge edge;
      edge.box.add(arc.points[i - 1]);
      edge.box.add(arc.points[i]);
      edge.middle = edge.box.centre();
      out[unit.value].push_back(edge);
    }
  }
  return out;
}

/// Arcs used by a unit that neither of their sides belongs to: it lies on top of another.
std::set<std::size_t> units_on_top(const Neighbourhood& all) {
  std::set<std::size_t> out;
  for (std::size_t u = 0; u < all.topology.units.size(); ++u) {
    for (const auto& polygon : all.topology.units[u]) {
      for (std::int32_t step : polygon.outer.steps) {
        const Arc& arc =
            all.topology.arcs[static_cast<std::size_t>(step > 0 ? step - 1 : -step - 1)];
        if (arc.left != UnitIndex(u) && arc.right != UnitIndex(u)) out.insert(u);
      }
    }
  }
  return out;
}

/// Whether an inner border of `a`, one that `b` has no part in, runs through `b`.
bool reaches_into(const Neighbourhood& all, std::size_t a, std::size_t b) {
  for (const auto& polygon : all.topology.units[a]) {
    for (std::int32_t step : polygon.outer.steps) {
      const Arc& arc = all.topology.arcs[static_cast<std::size_t>(step > 0 ? step - 1 : -step - 1)];
      if (arc.left == UnitIndex(b) || arc.right == UnitIndex(b)) continue;
      const MapPoint p = arc.points[arc.points.size() / 2 - 1],
                     q = arc.points[arc.points.size() / 2];
      const MapPoint middle{(p.x + q.x) / 2, (p.y + q.y) / 2};
      return all.boxes[b].contains(middle) && contains(all.shapes[b], middle);
    }
  }
  return false;
}

/// Pairs worth the cost of an intersection. Two valid shapes whose borders are shared edge by edge
/// cannot overlap without a loose edge inside the common box, an edge used twice the same way, or
/// one lying wholly in the other.
std::vector<Pair> suspects(const Neighbourhood& all) {
  const auto loose = loose_edges(all);
  const auto on_top = units_on_top(all);
  std::vector<Pair> out;
  for (const auto& [a, b] : pairs_with_common_box(all.boxes)) {
    const auto into = [&](std::size_t from, std::size_t to) {
      return std::any_of(loose[from].begin(), loose[from].end(), [&](const LooseEdge& edge) {
        return edge.box.intersects(all.boxes[to]) &&
               (contains(all.shapes[to], edge.middle) ||
                std::any_of(loose[to].begin(), loose[to].end(), [&](const LooseEdge& other) {
                  return other.box.intersects(edge.box);
                }));
      });
    };
    if (on_top.contains(a) || on_top.contains(b) || into(a, b) || into(b, a) ||
        reaches_into(all, a, b) || reaches_into(all, b, a)) {
      out.emplace_back(a, b);
    }
  }
  return out;
}

/// Where the largest part of a geometry is, and all of its area on the ellipsoid.
struct Found {
  double square_metres = 0;
  LonLat at;
};
Found measured(const Neighbourhood& all, const GEOSGeometry* geometry) {
  Found found;
  const MapShape shape = all.geos.to_shape<MapPoint>(geometry);
  const Polygon<MapPoint>* largest = nullptr;
  double largest_area = 0;
  for (const auto& polygon : shape) {
    const double size = area({polygon});
    if (largest == nullptr || size > largest_area) {
      largest = &polygon;
      largest_area = size;
    }
  }
  if (largest == nullptr) return found;
  found.square_metres = geodesic_area(all.plane.to_lonlat(shape));
  const Geos::Geometry part = all.geos.from(*largest);
  const Geos::Geometry inside =
      part ? all.geos.own(GEOSPointOnSurface_r(all.geos.get(), part.get())) : all.geos.own(nullptr);
  MapPoint p = largest->outer.front();
  if (inside && GEOSisEmpty_r(all.geos.get(), inside.get()) == 0) {
    GEOSGeomGetX_r(all.geos.get(), inside.get(), &p.x);
    GEOSGeomGetY_r(all.geos.get(), inside.get(), &p.y);
  }
  found.at = all.plane.to_lonlat(p);
  return found;
}

Issue issue(Message message, const NamedShape& first, const std::string& file, LonLat at) {
  Issue out;
  out.severity = Severity::warning;
  out.message = std::move(message);
  out.file = file;
  out.row = first.row;
  out.unit = first.label;
  out.at = at;
  return out;
}

void find_overlaps(Neighbourhood& all, const std::string& file, double least_m2, Issues& issues,
                   const Progress& progress) {
  const std::vector<Pair> pairs = suspects(all);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    progress.at(static_cast<double>(i) / static_cast<double>(pairs.size()),
                msg("geo.finding_overlaps"));
    const auto [a, b] = pairs[i];
    const GEOSGeometry* first = all.geometry(a);
    const GEOSGeometry* second = all.geometry(b);
    if (first == nullptr || second == nullptr) continue;
    const Geos::Geometry common = all.geos.own(GEOSIntersection_r(all.geos.get(), first, second));
    if (!common) {  // only for shapes that are not valid, which clean() has spoken about
      issues.push_back(issue(msg("geo.overlap_unknown", all.named[a].label, all.named[b].label),
                             all.named[a], file, all.named[a].shape.front().outer.front()));
      continue;
    }
    const Found found = measured(all, common.get());
    if (found.square_metres < least_m2 || found.square_metres <= 0) continue;
    issues.push_back(
        issue(msg("geo.overlap", all.named[a].label, all.named[b].label, found.square_metres),
              all.named[a], file, found.at));
  }
}

/// The outer sides of all arcs, cut where they cross.
Geos::Geometry loose_lines(const Neighbourhood& all) {
  std::vector<GEOSGeometry*> lines;
  GEOSContextHandle_t context = all.geos.get();
  for (const Arc& arc : all.topology.arcs) {
    if (arc.left.valid() && arc.right.valid()) continue;
    GEOSCoordSequence* sequence =
        GEOSCoordSeq_create_r(context, static_cast<unsigned>(arc.points.size()), 2);
    if (sequence == nullptr) continue;
    for (unsigned i = 0; i < arc.points.size(); ++i) {
      GEOSCoordSeq_setXY_r(context, sequence, i, arc.points[i].x, arc.points[i].y);
    }
    if (GEOSGeometry* line = GEOSGeom_createLineString_r(context, sequence)) lines.push_back(line);
  }
  const Geos::Geometry raw = all.geos.own(GEOSGeom_createCollection_r(
      context, GEOS_MULTILINESTRING, lines.data(), static_cast<unsigned>(lines.size())));
  return raw ? all.geos.own(GEOSNode_r(context, raw.get())) : all.geos.own(nullptr);
}

bool covered(const Neighbourhood& all, LonLat at) {
  const MapPoint p = all.plane.to_plane(at);
  for (std::size_t i = 0; i < all.shapes.size(); ++i) {
    if (all.boxes[i].contains(p) && contains(all.shapes[i], p)) return true;
  }
  return false;
}

/// Faces between loose borders that nobody covers, that are narrow, and lie between two units.
void find_slivers(Neighbourhood& all, const std::string& file, double least_m2, Issues& issues,
                  const Progress& progress) {
  GEOSContextHandle_t context = all.geos.get();
  const Geos::Geometry lines = loose_lines(all);
  if (!lines) return;
  const GEOSGeometry* all_lines[] = {lines.get()};
  const Geos::Geometry faces = all.geos.own(GEOSPolygonize_r(context, all_lines, 1));
  const int n = faces ? GEOSGetNumGeometries_r(context, faces.get()) : 0;
  for (int k = 0; k < n; ++k) {
    progress.at(static_cast<double>(k) / n, msg("geo.finding_slivers"));
    const GEOSGeometry* face = GEOSGetGeometryN_r(context, faces.get(), k);
    double size = 0, perimeter = 0;
    GEOSArea_r(context, face, &size);
    GEOSLength_r(context, face, &perimeter);
    if (size < least_m2 / 2 || 2 * size > sliver_width * perimeter) continue;
    const Found found = measured(all, face);
    if (found.square_metres < least_m2 || covered(all, found.at)) continue;
    const Box box = bounds(all.geos.to_shape<MapPoint>(face));
    std::string names;
    const NamedShape* first = nullptr;
    int count = 0;
    for (std::size_t i = 0; i < all.shapes.size(); ++i) {
      const Box& other = all.boxes[i];
      if (!other.intersects(box) || all.geometry(i) == nullptr ||
          GEOSDistanceWithin_r(context, face, all.geometry(i), touching) != 1) {
        continue;
      }
      if (first == nullptr) first = &all.named[i];
      names += (count++ == 0 ? "" : "; ") + all.named[i].label;
    }
    if (count < 2) continue;
    issues.push_back(issue(msg("geo.sliver", names, found.square_metres, 2 * size / perimeter),
                           *first, file, found.at));
  }
}

}  // namespace

Issues find_overlaps_and_slivers(const std::vector<NamedShape>& shapes, const std::string& file,
                                 double least_m2, const Progress& progress) {
  Issues issues;
  progress.at(0, msg("geo.cutting_borders"));
  Neighbourhood all{shapes, Plane(middle_latitude(shapes)), {}, {}, {}, {}, {}};
  for (const NamedShape& named : shapes) {
    all.shapes.push_back(all.plane.to_plane(named.shape));
    all.boxes.push_back(bounds(all.shapes.back()));
    all.geometries.push_back(all.geos.own(nullptr));
  }
  all.topology = build_topology(all.shapes);
  find_overlaps(all, file, least_m2, issues, progress.part(0.3, 0.8));
  find_slivers(all, file, least_m2, issues, progress.part(0.8, 1));
  return issues;
}

}  // namespace geo
