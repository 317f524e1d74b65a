#include <geos_c.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "geo/clean.hpp"
#include "geo/crs.hpp"
#include "geo/gaps.hpp"
#include "geo/geos_handle.hpp"
#include "geo/misfits.hpp"
#include "geo/parallel.hpp"

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

/// Everything that the search looks at, by index of the shape.
struct Neighbourhood {
  const std::vector<NamedShape>& named;
  Plane plane;
  std::vector<Box> boxes;

  MapShape shape(std::size_t i) const { return plane.to_plane(named[i].shape); }
};

/// One thread's geometries, made when first asked for.
class Geometries {
 public:
  explicit Geometries(const Neighbourhood& all) : all_(all) {
    for (std::size_t i = 0; i < all.named.size(); ++i) made_.push_back(geos_.own(nullptr));
  }
  const Geos& geos() const { return geos_; }
  const GEOSGeometry* of(std::size_t i) {
    if (!made_[i]) made_[i] = geos_.from(all_.shape(i));
    return made_[i].get();
  }

 private:
  const Neighbourhood& all_;
  Geos geos_;
  std::vector<Geos::Geometry> made_;
};

/// Pairs worth the cost of an intersection, from west to east.
std::vector<Misfit> suspects(const Neighbourhood& all, const Misfits& misfits) {
  std::vector<std::size_t> order, place(all.boxes.size());
  for (std::size_t i = 0; i < all.boxes.size(); ++i) {
    if (!all.boxes[i].empty()) order.push_back(i);
  }
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return all.boxes[a].min.x < all.boxes[b].min.x; });
  for (std::size_t k = 0; k < order.size(); ++k) place[order[k]] = k;
  std::vector<Misfit> out;
  for (const Misfit& m : misfits.units) {
    if (m.a != m.b && all.boxes[m.a].intersects(all.boxes[m.b])) out.push_back(m);
  }
  const auto key = [&](const Misfit& m) { return std::minmax({place[m.a], place[m.b]}); };
  std::sort(out.begin(), out.end(),
            [&](const Misfit& x, const Misfit& y) { return key(x) < key(y); });
  return out;
}

/// Where the largest part of a geometry is, and all of its area on the ellipsoid.
struct Found {
  double square_metres = 0;
  LonLat at;
};
Found measured(const Neighbourhood& all, const Geos& geos, const GEOSGeometry* geometry) {
  Found found;
  const MapShape shape = geos.to_shape<MapPoint>(geometry);
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
  const Geos::Geometry part = geos.from(*largest);
  const Geos::Geometry inside =
      part ? geos.own(GEOSPointOnSurface_r(geos.get(), part.get())) : geos.own(nullptr);
  MapPoint p = largest->outer.front();
  if (inside && GEOSisEmpty_r(geos.get(), inside.get()) == 0) {
    GEOSGeomGetX_r(geos.get(), inside.get(), &p.x);
    GEOSGeomGetY_r(geos.get(), inside.get(), &p.y);
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

/// What two shapes have in common, when it is worth telling.
std::optional<Issue> overlap_of(const Neighbourhood& all, Geometries& geometries, const Misfit& m,
                                const std::string& file, double least_m2) {
  const Geos& geos = geometries.geos();
  const GEOSGeometry* first = geometries.of(m.a);
  const GEOSGeometry* second = geometries.of(m.b);
  if (first == nullptr || second == nullptr) return {};
  const NamedShape &a = all.named[m.a], &b = all.named[m.b];
  const Geos::Geometry common = geos.own(GEOSIntersection_r(geos.get(), first, second));
  if (!common) {  // only for shapes that are not valid, which clean() has spoken about
    return issue(msg("geo.overlap_unknown", a.label, b.label), a, file,
                 a.shape.front().outer.front());
  }
  const Found found = measured(all, geos, common.get());
  if (found.square_metres < least_m2 || found.square_metres <= 0) return {};
  return issue(msg("geo.overlap", a.label, b.label, found.square_metres), a, file, found.at);
}

/// The lines that may lie around gaps, cut where they cross.
Geos::Geometry loose_lines(const Neighbourhood& all, const Geos& geos, const Borders& borders,
                           const Misfits& misfits) {
  std::vector<GEOSGeometry*> lines;
  for (const std::uint32_t arc : arcs_around_gaps(borders, misfits)) {
    const std::uint32_t from = borders.arc_first[arc];
    const std::uint32_t n = borders.arc_first[arc + 1] - from;
    GEOSCoordSequence* sequence = GEOSCoordSeq_create_r(geos.get(), n, 2);
    if (sequence == nullptr) continue;
    for (std::uint32_t i = 0; i < n; ++i) {
      const MapPoint p = all.plane.to_plane(borders.points[from + i]);
      GEOSCoordSeq_setXY_r(geos.get(), sequence, i, p.x, p.y);
    }
    if (GEOSGeometry* line = GEOSGeom_createLineString_r(geos.get(), sequence)) {
      lines.push_back(line);
    }
  }
  const Geos::Geometry raw = geos.own(GEOSGeom_createCollection_r(
      geos.get(), GEOS_MULTILINESTRING, lines.data(), static_cast<unsigned>(lines.size())));
  return raw ? geos.own(GEOSNode_r(geos.get(), raw.get())) : geos.own(nullptr);
}

bool covered(const Neighbourhood& all, LonLat at) {
  const MapPoint p = all.plane.to_plane(at);
  for (std::size_t i = 0; i < all.boxes.size(); ++i) {
    if (all.boxes[i].contains(p) && contains(all.shape(i), p)) return true;
  }
  return false;
}

/// The faces between loose borders, with the context that they belong to.
struct Faces {
  Geos geos;
  Geos::Geometry all = geos.own(nullptr);
};

void find_faces(const Neighbourhood& all, const Borders& borders, const Misfits& misfits,
                Faces& faces) {
  const Geos::Geometry lines = loose_lines(all, faces.geos, borders, misfits);
  if (!lines) return;
  const GEOSGeometry* all_lines[] = {lines.get()};
  faces.all = faces.geos.own(GEOSPolygonize_r(faces.geos.get(), all_lines, 1));
}

/// Those that nobody covers, that are narrow, and lie between two units.
void find_slivers(const Neighbourhood& all, const Faces& faces, const std::string& file,
                  double least_m2, Issues& issues, const Progress& progress) {
  Geometries geometries(all);
  const Geos& geos = faces.geos;
  GEOSContextHandle_t context = geos.get();
  const int n = faces.all ? GEOSGetNumGeometries_r(context, faces.all.get()) : 0;
  for (int k = 0; k < n; ++k) {
    progress.at(static_cast<double>(k) / n, msg("geo.finding_slivers"));
    const GEOSGeometry* face = GEOSGetGeometryN_r(context, faces.all.get(), k);
    double size = 0, perimeter = 0;
    GEOSArea_r(context, face, &size);
    GEOSLength_r(context, face, &perimeter);
    if (size < least_m2 / 2 || 2 * size > sliver_width * perimeter) continue;
    const Found found = measured(all, geos, face);
    if (found.square_metres < least_m2 || covered(all, found.at)) continue;
    const Box box = bounds(geos.to_shape<MapPoint>(face));
    std::string names;
    const NamedShape* first = nullptr;
    int count = 0;
    for (std::size_t i = 0; i < all.boxes.size(); ++i) {
      const Box& other = all.boxes[i];
      if (!other.intersects(box) || geometries.of(i) == nullptr ||
          GEOSDistanceWithin_r(context, face, geometries.of(i), touching) != 1) {
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

Issues find_overlaps_and_slivers(const std::vector<NamedShape>& shapes, const Borders& borders,
                                 const Misfits& misfits, const std::string& file, double least_m2,
                                 const Progress& progress) {
  Issues issues;
  Neighbourhood all{shapes, Plane(middle_latitude(shapes)), {}};
  for (const NamedShape& named : shapes) {
    Box& box = all.boxes.emplace_back();
    for (const auto& polygon : named.shape) {
      for (const LonLat p : polygon.outer) box.add(all.plane.to_plane(p));
    }
  }
  const std::vector<Misfit> pairs = suspects(all, misfits);
  std::vector<std::optional<Issue>> found(pairs.size());
  std::vector<std::optional<Geometries>> geometries(thread_count());
  Faces faces;
  // The faces first: GEOS cuts the whole coast in one go, beside which all others are done.
  in_parallel(pairs.size() + 1, progress.part(0, 0.9), msg("geo.finding_overlaps"),
              [&](std::size_t thread, std::size_t i) {
                if (i == 0) return find_faces(all, borders, misfits, faces);
                if (!geometries[thread]) geometries[thread].emplace(all);
                found[i - 1] = overlap_of(all, *geometries[thread], pairs[i - 1], file, least_m2);
              });
  for (auto& one : found) {
    if (one) issues.push_back(std::move(*one));
  }
  find_slivers(all, faces, file, least_m2, issues, progress.part(0.9, 1));
  return issues;
}

Issues find_overlaps_and_slivers(const std::vector<NamedShape>& shapes, const std::string& file,
                                 double least_m2, const Progress& progress) {
  std::vector<GeoShape> bare;
  for (const NamedShape& named : shapes) bare.push_back(named.shape);
  const Borders borders = build_borders(bare, {}, progress.part(0, 0.4));
  const Misfits misfits = find_misfits(borders, progress.part(0.4, 0.5));
  return find_overlaps_and_slivers(shapes, borders, misfits, file, least_m2, progress.part(0.5, 1));
}

}  // namespace geo
