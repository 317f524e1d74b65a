#include "geo/clean.hpp"

#include <geos_c.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <set>
#include <unordered_map>

#include "geo/crs.hpp"
#include "geo/geos_handle.hpp"
#include "geo/parallel.hpp"

namespace geo {
namespace {

using GeoRing = Ring<LonLat>;
using GeoPolygon = Polygon<LonLat>;

/// What was put right in one shape without GEOS.
struct Tidied {
  std::int64_t repeated = 0, spikes = 0, turned = 0;
  std::int64_t flat_rings = 0, same_parts = 0;
  std::optional<LonLat> at;  ///< of the last thing other than a repeated point or a turn
};

double twice_signed_area(const GeoRing& ring) {
  double twice = 0;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    twice += (ring[j].lon - ring[0].lon) * (ring[i].lat - ring[0].lat) -
             (ring[i].lon - ring[0].lon) * (ring[j].lat - ring[0].lat);
  }
  return twice;
}

/// Repeated points, and spikes that go to a point and straight back.
void tidy_points(GeoRing& ring, Tidied& tidied) {
  GeoRing out;
  out.reserve(ring.size());
  for (LonLat p : ring) {
    if (!out.empty() && out.back() == p) {
      ++tidied.repeated;
    } else if (out.size() >= 2 && out[out.size() - 2] == p) {
      ++tidied.spikes;
      tidied.at = out.back();
      out.pop_back();
    } else {
      out.push_back(p);
    }
  }
  while (out.size() > 1) {  // the same round the corner where the ring closes
    if (out.front() == out.back()) {
      ++tidied.repeated;
      out.pop_back();
    } else if (out.size() > 2 && out[out.size() - 2] == out.front()) {
      ++tidied.spikes;
      tidied.at = out.back();
      out.pop_back();
    } else if (out.size() > 2 && out[1] == out.back()) {
      ++tidied.spikes;
      tidied.at = out.front();
      out.erase(out.begin());
    } else {
      break;
    }
  }
  if (out.size() != ring.size()) ring = std::move(out);
}

/// False when the ring has no area.
bool tidy_ring(GeoRing& ring, bool outer, Tidied& tidied) {
  const std::optional<LonLat> somewhere =
      ring.empty() ? std::nullopt : std::optional<LonLat>(ring.front());
  tidy_points(ring, tidied);
  if (ring.size() < 3) {
    ++tidied.flat_rings;
    tidied.at = somewhere;
    return false;
  }
  const double twice = twice_signed_area(ring);
  const bool counter_clockwise = twice > 0;
  // A crossing ring may add up to nothing and still enclose land: GEOS decides about those.
  if (twice != 0 && counter_clockwise != outer) {
    ++tidied.turned;
    std::reverse(ring.begin(), ring.end());
  }
  return true;
}

GeoRing from_least(GeoRing ring) {
  if (!ring.empty()) {
    std::rotate(ring.begin(), std::min_element(ring.begin(), ring.end()), ring.end());
  }
  return ring;
}

void drop_same_parts(GeoShape& shape, Tidied& tidied) {
  std::set<GeoRing> seen;
  std::erase_if(shape, [&](const GeoPolygon& polygon) {
    if (shape.size() < 2 || seen.insert(from_least(polygon.outer)).second) return false;
    ++tidied.same_parts;
    tidied.at = polygon.outer.front();
    return true;
  });
}

Tidied tidy(GeoShape& shape) {
  Tidied tidied;
  for (auto& polygon : shape) {
    if (!tidy_ring(polygon.outer, true, tidied)) polygon.outer.clear();
    std::erase_if(polygon.holes, [&](GeoRing& hole) { return !tidy_ring(hole, false, tidied); });
  }
  std::erase_if(shape, [](const GeoPolygon& polygon) { return polygon.outer.empty(); });
  if (shape.size() > 1) drop_same_parts(shape, tidied);
  return tidied;
}

class Report {
 public:
  Report(Issues& issues, const std::string& file) : issues_(issues), file_(file) {}
  void add(Severity severity, Message message, const NamedShape& shape,
           std::optional<LonLat> at = std::nullopt) {
    Issue issue;
    issue.severity = severity;
    issue.message = std::move(message);
    issue.file = file_;
    issue.row = shape.row;
    issue.unit = shape.label;
    issue.at = at;
    issues_.push_back(std::move(issue));
  }

 private:
  Issues& issues_;
  const std::string& file_;
};

/// GEOS says in English what is wrong; a person reads it in her own language.
Message wording(const std::string& reason, double square_metres) {
  const auto says = [&reason](const char* part) { return reason.find(part) != std::string::npos; };
  if (says("Hole lies outside")) return msg("geo.repaired_hole_outside", square_metres);
  if (says("Holes are nested")) return msg("geo.repaired_nested_holes", square_metres);
  if (says("Nested shells")) return msg("geo.repaired_nested_parts", square_metres);
  if (says("Interior is disconnected")) return msg("geo.repaired_disconnected", square_metres);
  if (says("elf-intersection")) return msg("geo.repaired_crossing", square_metres);
  return msg("geo.repaired_other", reason, square_metres);
}

/// Valid shapes are left as they are, bit for bit. Whether it was changed.
bool repair(const Geos& geos, NamedShape& named, Report& report) {
  const Geos::Geometry geometry = geos.from(named.shape);
  char* reason = nullptr;
  GEOSGeometry* place = nullptr;
  if (geometry &&
      GEOSisValidDetail_r(geos.get(), geometry.get(),
                          GEOSVALID_ALLOW_SELFTOUCHING_RING_FORMING_HOLE, &reason, &place) == 1) {
    return false;
  }
  const Geos::Geometry place_owned = geos.own(place);
  const std::string why = reason != nullptr ? reason : "?";
  GEOSFree_r(geos.get(), reason);
  std::optional<LonLat> at = named.shape.front().outer.front();
  double lon = 0, lat = 0;
  if (place != nullptr && GEOSGeomGetX_r(geos.get(), place, &lon) == 1 &&
      GEOSGeomGetY_r(geos.get(), place, &lat) == 1) {
    at = LonLat{lon, lat};
  }

  // "Structure": shells add, holes take away, so that an overlap of two parts stays land.
  GEOSMakeValidParams* params = GEOSMakeValidParams_create_r(geos.get());
  GEOSMakeValidParams_setMethod_r(geos.get(), params, GEOS_MAKE_VALID_STRUCTURE);
  GEOSMakeValidParams_setKeepCollapsed_r(geos.get(), params, 0);
  const Geos::Geometry valid =
      geometry ? geos.own(GEOSMakeValidWithParams_r(geos.get(), geometry.get(), params))
               : geos.own(nullptr);
  GEOSMakeValidParams_destroy_r(geos.get(), params);
  GeoShape repaired = geos.to_shape<LonLat>(valid.get());
  std::erase_if(repaired, [](const GeoPolygon& p) { return p.outer.size() < 3; });
  named.shape = std::move(repaired);
  const double area = geodesic_area(named.shape);
  if (!named.shape.empty()) report.add(Severity::warning, wording(why, area), named, at);
  return true;
}

/// Square metres, good to a per cent; enough to tell land from rounding.
double rough_area(const GeoRing& ring) {
  const double east = 111'320 * std::cos(ring.front().lat * 3.14159265358979 / 180);
  return std::abs(twice_signed_area(ring)) / 2 * east * 110'574;
}

/// Parts that rounding has blown up from a line.
struct Flat {
  std::int64_t dropped = 0;
  std::optional<LonLat> at;
};
/// Only parts that are simple rings: the wings of a crossing one may add up to nothing.
template <class IsSimple>
void drop_flat_parts(GeoShape& shape, Flat& flat, IsSimple is_simple) {
  constexpr double least = 1e-3;  // square metres; a kilometre times the last digit of a degree
  std::erase_if(shape, [&](const GeoPolygon& polygon) {
    if (!is_simple(polygon) || rough_area(polygon.outer) >= least) return false;
    ++flat.dropped;
    flat.at = polygon.outer.front();
    return true;
  });
}

void tell(const Tidied& tidied, const NamedShape& shape, Report& report) {
  if (tidied.spikes > 0) {
    report.add(Severity::info, msg("geo.spikes_cut", tidied.spikes), shape, tidied.at);
  }
  if (tidied.flat_rings > 0) {
    report.add(Severity::warning, msg("geo.rings_without_area", tidied.flat_rings), shape,
               tidied.at);
  }
  if (tidied.same_parts > 0) {
    report.add(Severity::warning, msg("geo.same_part_twice", tidied.same_parts), shape, tidied.at);
  }
}

std::size_t hash_of(const GeoRing& ring) {
  std::size_t h = ring.size();
  for (LonLat p : ring) {  // order does not count, so that the first vertex does not either
    h += (std::bit_cast<std::uint64_t>(p.lon) * 0x9e3779b97f4a7c15ULL) ^
         std::bit_cast<std::uint64_t>(p.lat);
  }
  return h;
}

bool same_land(const GeoShape& a, const GeoShape& b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](const auto& p, const auto& q) {
           return p.outer.size() == q.outer.size() && p.holes.size() == q.holes.size() &&
                  from_least(p.outer) == from_least(q.outer);
         });
}

void tell_same_shapes(const std::vector<NamedShape>& shapes, Report& report) {
  std::unordered_multimap<std::size_t, std::size_t> seen;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    if (shapes[i].shape.empty()) continue;
    const std::size_t hash = hash_of(shapes[i].shape.front().outer);
    const auto [from, to] = seen.equal_range(hash);
    const auto twin = std::find_if(from, to, [&](const auto& entry) {
      return same_land(shapes[entry.second].shape, shapes[i].shape);
    });
    if (twin == to) {
      seen.emplace(hash, i);
    } else {
      report.add(Severity::warning, msg("geo.same_shape_twice", shapes[twin->second].label),
                 shapes[i], shapes[i].shape.front().outer.front());
    }
  }
}

/// One shape on its own.
struct Cleaned {
  Tidied tidied;
  Flat flat;
  Issues repairs;
  bool had_something = false;
  std::optional<LonLat> somewhere;
};

/// What needs no knowledge of crossings.
void tidy(NamedShape& named, Cleaned& out) {
  out.had_something = !named.shape.empty();
  if (out.had_something && !named.shape.front().outer.empty()) {
    out.somewhere = named.shape.front().outer.front();
  }
  out.tidied = tidy(named.shape);
  drop_flat_parts(named.shape, out.flat,
                  [](const GeoPolygon& p) { return p.outer.size() == 3 && p.holes.empty(); });
}

/// The borders of all, and where they do not fit.
void cut(std::vector<NamedShape>& shapes, CleanLand& out, const Progress& progress) {
  std::vector<GeoShape> bare;
  bare.reserve(shapes.size());
  for (NamedShape& named : shapes) bare.push_back(std::move(named.shape));
  out.borders = build_borders(bare, {}, progress.part(0, 0.6));
  for (std::size_t i = 0; i < shapes.size(); ++i) shapes[i].shape = std::move(bare[i]);
  out.misfits = find_misfits(out.borders, progress.part(0.6, 1));
}

/// Whether anything was changed.
bool repair_all(std::vector<NamedShape>& shapes, const Misfits& misfits, const std::string& file,
                std::vector<Cleaned>& cleaned, const Progress& progress) {
  std::vector<std::uint8_t> changed(shapes.size());
  const std::vector<Geos> geos(thread_count());
  in_parallel(shapes.size(), progress, msg("geo.cleaning"), [&](std::size_t t, std::size_t i) {
    GeoShape& shape = shapes[i].shape;
    const auto unit = static_cast<std::uint32_t>(i);
    Report report(cleaned[i].repairs, file);
    if (!shape.empty() && misfits.has(unit, unit)) changed[i] = repair(geos[t], shapes[i], report);
    const std::int64_t flat = cleaned[i].flat.dropped;
    drop_flat_parts(shape, cleaned[i].flat, [](const GeoPolygon&) { return true; });
    if (cleaned[i].flat.dropped > flat) changed[i] = 1;
  });
  return std::find(changed.begin(), changed.end(), 1) != changed.end();
}

Issues told(const std::vector<NamedShape>& shapes, const std::string& file,
            std::vector<Cleaned>& cleaned) {
  Issues issues;
  Report report(issues, file);
  std::int64_t turned = 0, repeated = 0, with_repeated = 0;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const NamedShape& named = shapes[i];
    Cleaned& one = cleaned[i];
    turned += one.tidied.turned;
    repeated += one.tidied.repeated;
    with_repeated += one.tidied.repeated > 0 ? 1 : 0;
    tell(one.tidied, named, report);
    std::move(one.repairs.begin(), one.repairs.end(), std::back_inserter(issues));
    if (one.flat.dropped > 0) {
      report.add(Severity::warning, msg("geo.rings_without_area", one.flat.dropped), named,
                 one.flat.at);
    }
    if (one.had_something && named.shape.empty()) {
      report.add(Severity::error, msg("geo.no_area_left"), named, one.somewhere);
    }
  }
  tell_same_shapes(shapes, report);
  // Harmless and in nearly every shape: one line for the file, not one for each.
  const auto add_summary = [&](Message message) {
    Issue& issue = issues.emplace_back();
    issue.severity = Severity::info;
    issue.message = std::move(message);
    issue.file = file;
  };
  if (turned > 0) add_summary(msg("geo.rings_turned", turned));
  if (repeated > 0) add_summary(msg("geo.repeated_points", repeated, with_repeated));
  return issues;
}

}  // namespace

CleanLand clean_and_cut(std::vector<NamedShape>& shapes, const std::string& file,
                        const Progress& progress) {
  CleanLand out;
  std::vector<Cleaned> cleaned(shapes.size());
  in_parallel(shapes.size(), progress.part(0, 0.1), msg("geo.cleaning"),
              [&](std::size_t, std::size_t i) { tidy(shapes[i], cleaned[i]); });
  cut(shapes, out, progress.part(0.1, 0.7));
  if (repair_all(shapes, out.misfits, file, cleaned, progress.part(0.7, 0.8))) {
    cut(shapes, out, progress.part(0.8, 1));
  }
  out.issues = told(shapes, file, cleaned);
  return out;
}

Issues clean(std::vector<NamedShape>& shapes, const std::string& file, const Progress& progress) {
  return clean_and_cut(shapes, file, progress).issues;
}

}  // namespace geo
