#include "data/prepared_land.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <utility>

#include "data/wkb.hpp"
#include "geo/parallel.hpp"

namespace data {
namespace {

using geo::msg;

geo::MapCrs suiting(const std::vector<geo::GeoShape>& shapes) {
  geo::LonLat min{180, 90}, max{-180, -90};
  for (const geo::GeoShape& shape : shapes) {
    for (const auto& polygon : shape) {
      for (const geo::LonLat& p : polygon.outer) {
        min = {std::min(min.lon, p.lon), std::min(min.lat, p.lat)};
        max = {std::max(max.lon, p.lon), std::max(max.lat, p.lat)};
      }
    }
  }
  if (min.lon > max.lon) return geo::suggest_map_crs({102, 8}, {112, 24});  // nothing: the country
  return geo::suggest_map_crs(min, max);
}

}  // namespace

std::vector<geo::GeoShape> read_shapes(Database& database, const geo::Progress& progress) {
  progress.at(0, msg("data.loading_units"));
  std::vector<std::vector<std::uint8_t>> stored;
  Statement row = database.prepare(
      "SELECT AsBinary(s.geom) FROM commune_today AS c JOIN unit_state AS s ON s.id = c.state_id"
      " ORDER BY c.code");
  while (row.step()) stored.push_back(row.blob(0));
  std::vector<geo::GeoShape> shapes(stored.size());
  geo::in_parallel(stored.size(), progress, msg("data.loading_units"),
                   [&](std::size_t, std::size_t i) {
                     shapes[i] = shape_from_wkb(stored[i]);
                     stored[i] = {};
                   });
  return shapes;
}

std::optional<geo::MapCrs> chosen_crs(Database& database) {
  Statement row = database.prepare("SELECT value FROM setting WHERE key = 'map_crs'");
  if (!row.step()) return {};
  const std::string epsg = row.text(0);
  int code = 0;
  const char* const end = epsg.data() + epsg.size();
  if (std::from_chars(epsg.data(), end, code).ptr != end || code <= 0) return {};
  return geo::map_crs(code);
}

std::shared_ptr<const geo::Land> load_land(Workspace& workspace, const geo::Progress& progress) {
  const auto shapes = read_shapes(workspace.database(), progress.part(0, 0.2));
  const auto crs = chosen_crs(workspace.database());
  return geo::build_land(shapes, crs ? *crs : suiting(shapes), progress.part(0.2, 1));
}

std::shared_ptr<const geo::Land> complete_land(Workspace&, std::shared_ptr<const geo::Land> land,
                                               double, const geo::Progress&) {
  return land;
}

}  // namespace data
