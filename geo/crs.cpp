#include "geo/crs.hpp"

#include <geodesic.h>
#include <proj.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <limits>

#include "geo/error.hpp"

namespace geo {
namespace {

struct ContextDeleter {
  void operator()(PJ_CONTEXT* c) const { proj_context_destroy(c); }
};
struct PjDeleter {
  void operator()(PJ* p) const { proj_destroy(p); }
};
using Context = std::unique_ptr<PJ_CONTEXT, ContextDeleter>;
using Pj = std::unique_ptr<PJ, PjDeleter>;

Context quiet_context() {
  Context context(proj_context_create());
  proj_log_func(context.get(), nullptr, [](void*, int, const char*) {});
  proj_context_set_enable_network(context.get(), 0);  // nothing is fetched behind one's back
  return context;
}

Error no_way(const std::string& definition) {
  return Error(ErrorKind::io, msg("geo.crs_unknown", definition.substr(0, 80)), "",
               msg("geo.crs_unknown_remedy"));
}

/// One operation for all points. PROJ would choose another by where a point lies (VN-2000 has two
/// of 1 m accuracy), and neighbours would crack along the line between them.
Pj pinned_operation(PJ_CONTEXT* context, const PJ* from, const PJ* to,
                    const std::string& definition) {
  std::unique_ptr<PJ_OPERATION_FACTORY_CONTEXT, decltype(&proj_operation_factory_context_destroy)>
      factory(proj_create_operation_factory_context(context, nullptr),
              &proj_operation_factory_context_destroy);
  // Grids that are not on this computer would turn every result into infinity.
  proj_operation_factory_context_set_grid_availability_use(
      context, factory.get(), PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID);
  proj_operation_factory_context_set_spatial_criterion(context, factory.get(),
                                                       PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
  std::unique_ptr<PJ_OBJ_LIST, decltype(&proj_list_destroy)> list(
      proj_create_operations(context, from, to, factory.get()), &proj_list_destroy);
  const int n = list ? proj_list_get_count(list.get()) : 0;
  Pj chosen;
  for (int i = 0; i < n; ++i) {
    Pj candidate(proj_list_get(context, list.get(), i));
    const char* name = candidate ? proj_get_name(candidate.get()) : nullptr;
    // EPSG:6960, the seven parameters of Circular 973/2001/TT-TCĐC as revised in 2007.
    const bool national =
        name != nullptr && std::string(name).find("VN-2000 to WGS 84 (2)") != std::string::npos;
    if (!chosen || national) chosen = std::move(candidate);
    if (national) break;
  }
  if (!chosen) throw no_way(definition);
  Pj visual(proj_normalize_for_visualization(context, chosen.get()));
  if (!visual) throw no_way(definition);
  return visual;
}

bool in_metres(PJ_CONTEXT* context, const PJ* crs) {
  Pj cs(proj_crs_get_coordinate_system(context, crs));
  double factor = 0;
  return cs && proj_cs_get_type(context, cs.get()) == PJ_CS_TYPE_CARTESIAN &&
         proj_cs_get_axis_info(context, cs.get(), 0, nullptr, nullptr, nullptr, &factor, nullptr,
                               nullptr, nullptr) != 0 &&
         std::abs(factor - 1) < 1e-12;
}

bool geographic(PJ_CONTEXT* context, const PJ* crs) {
  const PJ_TYPE type = proj_get_type(crs);
  if (type == PJ_TYPE_BOUND_CRS || type == PJ_TYPE_COMPOUND_CRS) {
    const Pj inner(type == PJ_TYPE_BOUND_CRS ? proj_get_source_crs(context, crs)
                                             : proj_crs_get_sub_crs(context, crs, 0));
    return inner && geographic(context, inner.get());
  }
  return type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
}

std::string name_of(const PJ* crs) {
  const char* authority = proj_get_id_auth_name(crs, 0);
  const char* code = proj_get_id_code(crs, 0);
  const char* name = proj_get_name(crs);
  std::string out;
  if (authority != nullptr && code != nullptr) out = std::string(authority) + ":" + code + " ";
  return out + (name != nullptr ? name : "?");
}

struct Zone {
  int epsg;
  int minutes;  ///< central meridian in minutes of arc
};
/// VN-2000 / TM-3, by central meridian (EPSG 9205–9218; 5896–5899 are the older entries).
constexpr std::array zones{
    Zone{5896, 102 * 60},      Zone{9205, 103 * 60},      Zone{9206, 104 * 60},
    Zone{9207, 104 * 60 + 30}, Zone{9208, 104 * 60 + 45}, Zone{5897, 105 * 60},
    Zone{9209, 105 * 60 + 30}, Zone{9210, 105 * 60 + 45}, Zone{9211, 106 * 60},
    Zone{9212, 106 * 60 + 15}, Zone{9213, 106 * 60 + 30}, Zone{9214, 107 * 60},
    Zone{9215, 107 * 60 + 15}, Zone{9216, 107 * 60 + 30}, Zone{5899, 107 * 60 + 45},
    Zone{5898, 108 * 60},      Zone{9217, 108 * 60 + 15}, Zone{9218, 108 * 60 + 30}};

std::string zone_label(const Zone& zone) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "VN-2000 / TM-3 %d°%02d′", zone.minutes / 60,
                zone.minutes % 60);
  return text.data();
}

double nan() { return std::numeric_limits<double>::quiet_NaN(); }

}  // namespace

MapCrs suggest_map_crs(LonLat min, LonLat max) {
  const double centre = (min.lon + max.lon) / 2;
  if (!std::isfinite(centre)) return map_crs(3405);
  const Zone* best = &zones.front();
  for (const Zone& zone : zones) {
    if (std::abs(zone.minutes / 60.0 - centre) < std::abs(best->minutes / 60.0 - centre)) {
      best = &zone;
    }
  }
  if (std::abs(best->minutes / 60.0 - centre) > 10) {  // not Việt Nam: WGS 84 / UTM
    const double wrapped = centre - 360 * std::floor((centre + 180) / 360);
    const int zone = std::min(60, 1 + static_cast<int>((wrapped + 180) / 6));
    return map_crs((min.lat + max.lat < 0 ? 32700 : 32600) + zone);
  }
  return max.lon - min.lon > 4 ? map_crs(3405) : map_crs(best->epsg);
}

MapCrs map_crs(int epsg) {
  const Context context = quiet_context();
  const std::string definition = "EPSG:" + std::to_string(epsg);
  const Pj crs(proj_create(context.get(), definition.c_str()));
  if (!crs || proj_is_crs(crs.get()) == 0) throw no_way(definition);
  if (!in_metres(context.get(), crs.get())) {
    throw Error(ErrorKind::usage, msg("geo.crs_not_metres", name_of(crs.get())), "",
                msg("geo.crs_not_metres_remedy"));
  }
  for (const Zone& zone : zones) {
    if (zone.epsg == epsg) return {epsg, zone_label(zone)};
  }
  return {epsg, proj_get_name(crs.get())};
}

struct Projection::Impl {
  Context context = quiet_context();
  Pj operation;  ///< map → WGS 84
};

Projection::Projection(const MapCrs& crs) : impl_(std::make_unique<Impl>()) {
  PJ_CONTEXT* context = impl_->context.get();
  const std::string definition = "EPSG:" + std::to_string(crs.epsg);
  const Pj map(proj_create(context, definition.c_str()));
  const Pj wgs84(proj_create(context, "EPSG:4326"));
  if (!map || !wgs84) throw no_way(definition);
  impl_->operation = pinned_operation(context, map.get(), wgs84.get(), definition);
}
Projection::Projection(Projection&&) noexcept = default;
Projection& Projection::operator=(Projection&&) noexcept = default;
Projection::~Projection() = default;

MapPoint Projection::to_map(LonLat p) const {
  const PJ_COORD c = proj_trans(impl_->operation.get(), PJ_INV, proj_coord(p.lon, p.lat, 0, 0));
  if (!std::isfinite(c.xy.x) || !std::isfinite(c.xy.y)) {
    throw Error(ErrorKind::io, msg("geo.point_outside_crs", p.lon, p.lat), "",
                msg("geo.point_outside_crs_remedy"));
  }
  return {c.xy.x, c.xy.y};
}

LonLat Projection::to_lonlat(MapPoint p) const {
  const PJ_COORD c = proj_trans(impl_->operation.get(), PJ_FWD, proj_coord(p.x, p.y, 0, 0));
  if (!std::isfinite(c.xy.x) || !std::isfinite(c.xy.y)) {
    throw Error(ErrorKind::io, msg("geo.point_outside_crs", p.x, p.y), "",
                msg("geo.point_outside_crs_remedy"));
  }
  return {c.xy.x, c.xy.y};
}

MapShape Projection::to_map(const GeoShape& shape) const {
  const auto ring_to_map = [this](const Ring<LonLat>& ring) {
    Ring<MapPoint> out;
    out.reserve(ring.size());
    for (LonLat p : ring) out.push_back(to_map(p));
    return out;
  };
  MapShape out;
  out.reserve(shape.size());
  for (const auto& polygon : shape) {
    auto& to = out.emplace_back();
    to.outer = ring_to_map(polygon.outer);
    to.holes.reserve(polygon.holes.size());
    for (const auto& hole : polygon.holes) to.holes.push_back(ring_to_map(hole));
  }
  return out;
}

struct SourceCrs::Impl {
  Context context = quiet_context();
  Pj operation;  ///< source → WGS 84
  std::string name;
  bool degrees = false, rough = false, same = false;
};

SourceCrs::SourceCrs(const std::string& definition) : impl_(std::make_unique<Impl>()) {
  PJ_CONTEXT* context = impl_->context.get();
  const Pj crs(proj_create(context, definition.c_str()));
  const Pj wgs84(proj_create(context, "EPSG:4326"));
  if (!crs || !wgs84 || proj_is_crs(crs.get()) == 0) throw no_way(definition);
  impl_->operation = pinned_operation(context, crs.get(), wgs84.get(), definition);
  impl_->rough =
      proj_coordoperation_has_ballpark_transformation(context, impl_->operation.get()) != 0;
  impl_->name = name_of(crs.get());
  impl_->degrees = geographic(context, crs.get());
  impl_->same = std::string_view(proj_pj_info(impl_->operation.get()).id) == "noop";
}
SourceCrs::SourceCrs(SourceCrs&&) noexcept = default;
SourceCrs& SourceCrs::operator=(SourceCrs&&) noexcept = default;
SourceCrs::~SourceCrs() = default;

LonLat SourceCrs::to_lonlat(double x, double y) const {
  if (impl_->same) return {x, y};
  const PJ_COORD c = proj_trans(impl_->operation.get(), PJ_FWD, proj_coord(x, y, 0, 0));
  if (!std::isfinite(c.xy.x) || !std::isfinite(c.xy.y)) return {nan(), nan()};
  return {c.xy.x, c.xy.y};
}
const std::string& SourceCrs::name() const { return impl_->name; }
bool SourceCrs::degrees() const { return impl_->degrees; }
bool SourceCrs::rough() const { return impl_->rough; }

namespace {
geod_geodesic wgs84_ellipsoid() {
  geod_geodesic g;
  geod_init(&g, 6378137, 1 / 298.257223563);
  return g;
}

}  // namespace

double karney_area(const Ring<LonLat>& ring) {
  if (ring.size() < 3) return 0;
  const geod_geodesic g = wgs84_ellipsoid();
  geod_polygon polygon;
  geod_polygon_init(&polygon, 0);
  for (LonLat p : ring) geod_polygon_addpoint(&g, &polygon, p.lat, p.lon);
  double square_metres = 0;
  geod_polygon_compute(&g, &polygon, 0, 1, &square_metres, nullptr);
  return std::abs(square_metres);
}

Meters geodesic_distance(LonLat a, LonLat b) {
  const geod_geodesic g = wgs84_ellipsoid();
  double metres = 0;
  geod_inverse(&g, a.lat, a.lon, b.lat, b.lon, &metres, nullptr, nullptr);
  return Meters(metres);
}

}  // namespace geo
