// Roads and heights: read, cut to the communes' surroundings, compared with what is current.
#include <algorithm>
#include <utility>

#include "data/import_records.hpp"
#include "data/ways.hpp"
#include "geo/error.hpp"
#include "geo/path_text.hpp"

namespace data {
namespace {

using geo::msg;
using geo::Severity;

/// Ways may lead about through the neighbourhood: some 30 km.
constexpr double margin = 0.3;

struct GeoBox {
  geo::LonLat min, max;
};

/// Of the communes of today; nothing: there are none.
std::optional<GeoBox> box_of(Database& database) {
  auto row = database.prepare(
      "SELECT min(MbrMinX(s.geom)), min(MbrMinY(s.geom)), max(MbrMaxX(s.geom)),"
      " max(MbrMaxY(s.geom)) FROM commune_today AS c JOIN unit_state AS s ON s.id = c.state_id");
  if (!row.step() || row.is_null(0)) return std::nullopt;
  return GeoBox{{row.real(0), row.real(1)}, {row.real(2), row.real(3)}};
}

bool meets(const geo::RoadLine& road, const GeoBox& box) {
  geo::LonLat min = road.points.front(), max = min;
  for (const geo::LonLat p : road.points) {
    min = {std::min(min.lon, p.lon), std::min(min.lat, p.lat)};
    max = {std::max(max.lon, p.lon), std::max(max.lat, p.lat)};
  }
  return max.lon >= box.min.lon - margin && min.lon <= box.max.lon + margin &&
         max.lat >= box.min.lat - margin && min.lat <= box.max.lat + margin;
}

std::string name_of(const std::filesystem::path& file) {
  // The folders of someone's computer are nobody's business in a workspace that is passed on.
  return geo::utf8(file.filename());
}

void tell(ImportPreview& preview, Severity severity, geo::Message message) {
  preview.issues.push_back(
      {severity, std::move(message), preview.file, preview.sheet, {}, {}, {}, {}});
}

void add_issues(ImportPreview& preview, geo::Issues issues) {
  for (auto& issue : issues) {
    issue.file = preview.file;
    issue.sheet = preview.sheet;
    preview.issues.push_back(std::move(issue));
  }
}

FieldReading field(const geo::RoadFile& roads, std::string id, std::optional<std::size_t> column,
                   bool given) {
  FieldReading out;
  out.field = std::move(id);
  out.column = column;
  if (column) out.heading = roads.columns[*column];
  out.given = given;
  return out;
}

}  // namespace

Preparation prepare_roads(Workspace& workspace, const std::filesystem::path& file,
                          const ImportOptions& options, const geo::Progress& progress) {
  geo::RoadOptions read;
  read.layer = options.sheet;
  read.where = options.where;
  const auto given = [&](const char* id) {
    const auto found = options.mapping.find(id);
    return found == options.mapping.end() ? std::string() : found->second;
  };
  read.class_column = given("class");
  read.speed_column = given("speed");
  geo::RoadFile roads = geo::read_roads(file, read, progress.part(0, 0.5));

  Preparation out;
  auto& preview = out.preview;
  preview.kind = ImportKind::roads;
  preview.file = name_of(file);
  preview.sheet = roads.layer;
  preview.columns = roads.columns;
  preview.crs = roads.crs;
  preview.fields = {field(roads, "class", roads.class_column, !read.class_column.empty()),
                    field(roads, "speed", roads.speed_column, !read.speed_column.empty())};
  add_issues(preview, std::move(roads.issues));

  auto& lines = roads.lines;
  if (const auto box = box_of(workspace.database())) {
    const std::size_t all = lines.size();
    std::erase_if(lines, [&](const geo::RoadLine& road) { return !meets(road, *box); });
    if (lines.empty())
      throw geo::Error(geo::ErrorKind::io, msg("data.roads_elsewhere"), preview.file,
                       msg("data.roads_elsewhere_remedy"));
    if (lines.size() < all)
      tell(preview, Severity::info, msg("data.roads_cut", all - lines.size()));
  }
  geo::Issues joined;
  geo::join_loose_ends(lines, options.snap.value_or(geo::default_road_join), joined);
  add_issues(preview, std::move(joined));
  add_issues(preview, geo::Roads(lines, nullptr, progress.part(0.5, 0.9)).told_pieces());

  const auto current = load_roads(workspace.database(), progress.part(0.9, 1));
  const auto count = static_cast<std::int64_t>(lines.size());
  if (geo::hash_of(current) == geo::hash_of(lines)) {
    preview.same = count;
    return out;
  }
  if (!current.empty()) tell(preview, Severity::info, msg("data.roads_replaced", current.size()));
  preview.added = count;
  out.records.roads = std::move(lines);
  return out;
}

Preparation prepare_elevation(Workspace& workspace, const std::filesystem::path& file,
                              const ImportOptions& /*options*/, const geo::Progress& progress) {
  const auto box = box_of(workspace.database());
  if (!box)
    throw geo::Error(geo::ErrorKind::usage, msg("data.elevation_without_communes"), name_of(file),
                     msg("data.elevation_without_communes_remedy"));
  // The ways at the border may run a little outside.
  constexpr double beside = 0.05;
  auto elevation = geo::read_elevation(file, {box->min.lon - beside, box->min.lat - beside},
                                       {box->max.lon + beside, box->max.lat + beside}, progress);
  Preparation out;
  auto& preview = out.preview;
  preview.kind = ImportKind::elevation;
  preview.file = name_of(file);
  preview.crs = elevation.crs;
  add_issues(preview, std::move(elevation.issues));
  const auto current = load_elevation(workspace.database());
  if (current && *current == elevation.grid) {
    preview.same = 1;
    return out;
  }
  preview.added = 1;
  out.records.elevation = std::move(elevation.grid);
  return out;
}

}  // namespace data
