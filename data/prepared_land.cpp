#include "data/prepared_land.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <span>
#include <string>
#include <utility>

#include "data/load_units.hpp"
#include "data/wkb.hpp"
#include "geo/land_cache.hpp"
#include "geo/land_image.hpp"
#include "geo/parallel.hpp"
#include "geo/renumber.hpp"

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
  std::vector<std::int64_t> states;
  Statement row = database.prepare(
      "SELECT s.id, s.geom FROM commune_today AS c JOIN unit_state AS s ON s.id = c.state_id"
      " ORDER BY c.code");
  while (row.step()) {
    states.push_back(row.integer(0));
    stored.push_back(row.blob(1));
  }
  std::vector<geo::GeoShape> shapes(stored.size());
  std::vector<std::uint8_t> other(stored.size());
  geo::in_parallel(stored.size(), progress, msg("data.loading_units"),
                   [&](std::size_t, std::size_t i) {
                     auto shape = shape_from_stored(stored[i]);
                     other[i] = shape ? 0 : 1;
                     if (shape) shapes[i] = std::move(*shape);
                     stored[i] = {};
                   });
  Statement converted = database.prepare("SELECT AsBinary(geom) FROM unit_state WHERE id = ?");
  for (std::size_t i = 0; i < other.size(); ++i) {
    if (other[i] == 0) continue;  // of another program: compressed, or with heights
    converted.bind(1, states[i]);
    if (converted.step() && !converted.is_null(0)) shapes[i] = shape_from_wkb(converted.blob(0));
    converted.reset();
  }
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

namespace {

/// Of these the workspace holds the images itself: the coarsest, enough for a first picture.
constexpr std::size_t levels_held = 2;
constexpr std::size_t levels = geo::level_sides.size();

std::string part_name(std::size_t level) { return "level-" + std::to_string(level); }

/// As land_key writes them. It names a folder, and the file may be anybody's.
bool is_key(std::string_view text) {
  return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// The key of the land that was prepared; empty where it is out of date, or there is none.
std::string prepared_key(Database& database) {
  Statement row = database.prepare(
      "SELECT p.key FROM prepared_land AS p JOIN stamp AS s ON s.what = 'land'"
      " WHERE p.part = 'tables' AND p.stamp = s.version");
  std::string key = row.step() ? row.text(0) : std::string();
  return is_key(key) ? key : std::string();
}

std::int64_t land_stamp(Database& database) {
  Statement row = database.prepare("SELECT version FROM stamp WHERE what = 'land'");
  return row.step() ? row.integer(0) : 0;
}

/// As many units as there are communes, in the CRS that was chosen: whoever wrote it.
bool suits(Database& database, const geo::Land& land) {
  Statement row = database.prepare("SELECT count(*) FROM commune_today");
  const auto chosen = chosen_crs(database);
  return row.step() && row.integer(0) == static_cast<std::int64_t>(land.boxes.size()) &&
         (!chosen || chosen->epsg == land.crs.epsg);
}

geo::SharedBytes held(Database& database, const std::string& part) {
  Statement row = database.prepare("SELECT bytes FROM prepared_land WHERE part = ?");
  row.bind(1, part);
  if (!row.step()) return {};
  auto bytes = std::make_shared<const std::vector<std::uint8_t>>(row.blob(0));
  return {std::as_bytes(std::span(*bytes)), bytes};
}

/// Districts and provinces by commune, which the weight of borders follows.
std::vector<geo::Parents> read_parents(Database& database) {
  Dataset dataset;
  load_units(database, dataset, {}, false, {});
  const auto index = [](std::int32_t i) {
    return i < 0 ? UINT32_MAX : static_cast<std::uint32_t>(i);
  };
  std::vector<geo::Parents> parents;
  parents.reserve(dataset.communes.size());
  for (const Commune& c : dataset.communes) {
    parents.push_back({index(c.district), index(c.province)});
  }
  return parents;
}

/// What a land is made of.
struct Ground {
  std::vector<geo::GeoShape> shapes;
  std::vector<geo::Parents> parents;
  geo::MapCrs crs;
  std::string key;
};

Ground read_ground(Database& database, const geo::Progress& progress) {
  Ground out;
  out.shapes = read_shapes(database, progress);
  out.parents = read_parents(database);
  out.parents.resize(out.shapes.size());
  const auto chosen = chosen_crs(database);
  out.crs = chosen ? *chosen : suiting(out.shapes);
  out.key = geo::land_key(out.shapes, out.parents, out.crs);
  return out;
}

/// Gets the parts of one land from wherever they are: the cache folder, the workspace, or made anew
/// from its boundaries and kept in the cache. A cache that cannot be written to is no error.
class Parts {
 public:
  Parts(Database& database, std::string key) : database_(database), key_(std::move(key)) {}
  Parts(Database& database, Ground ground, std::shared_ptr<const geo::Borders> borders = {})
      : Parts(database, ground.key) {
    ground_ = std::move(ground);
    if (!borders) return;
    borders_ = std::move(borders);
    ground_->shapes = {};
    cache_.put_borders(key_, *borders_);
  }

  /// Boxes, labels and neighbours; null where only the boundaries could tell.
  std::shared_ptr<const geo::Land> tables() {
    auto land = cache_.tables(key_);
    if (!land) land = geo::land_from(held(database_, "tables"), key_);
    return land ? named(*land) : nullptr;
  }
  std::shared_ptr<const geo::Land> make_tables(const geo::Progress& progress) {
    if (!find_borders(progress.part(0, 0.6))) return nullptr;
    const auto land = named(*geo::land_of(borders_, ground_->crs, progress.part(0.6, 1)));
    cache_.put_tables(key_, *land);
    return land;
  }
  /// Null where the boundaries are others by now.
  std::shared_ptr<const geo::Land> with_level(const geo::Land& land, std::size_t level,
                                              const geo::Progress& progress) {
    auto mesh = cache_.level(key_, level, land.boxes.size());
    if (!mesh && level + levels_held >= levels) {
      mesh = geo::level_from(held(database_, part_name(level)), key_, land.boxes.size());
    }
    if (mesh) return geo::with_mesh(land, std::move(*mesh));
    if (land.hits) borders_ = {land.hits, &land.hits->borders()};
    if (!find_borders(progress.part(0, 0.5))) return nullptr;
    mesh = geo::build_level(*borders_, *land.projection, geo::level_sides[level],
                            progress.part(0.5, 1));
    // Kept, it need not also lie in memory: a mapped file gives way to others.
    if (!cache_.put_level(key_, level, *mesh)) {
      if (auto kept = cache_.level(key_, level, land.boxes.size())) mesh = std::move(kept);
    }
    // Borders that had to be made are there for the next level too.
    const auto with = made_ && !land.hits ? geo::with_borders(land, borders_) : nullptr;
    return geo::with_mesh(with ? *with : land, std::move(*mesh));
  }
  std::shared_ptr<const geo::Land> with_borders(const geo::Land& land,
                                                const geo::Progress& progress) {
    return find_borders(progress) ? geo::with_borders(land, borders_) : nullptr;
  }

 private:
  std::shared_ptr<const geo::Land> named(geo::Land land) const {
    land.key = key_;
    return std::make_shared<const geo::Land>(std::move(land));
  }
  bool find_borders(const geo::Progress& progress) {
    if (borders_) return true;
    if (!ground_) borders_ = cache_.borders(key_);
    if (borders_) return true;
    if (!ground_) ground_ = read_ground(database_, progress.part(0, 0.3));
    if (ground_->key != key_) return false;
    borders_ = cache_.borders(key_);
    if (borders_) return true;
    borders_ = std::make_shared<const geo::Borders>(
        geo::build_borders(ground_->shapes, ground_->parents, progress.part(0.3, 1)));
    ground_->shapes = {};
    made_ = true;
    if (!cache_.put_borders(key_, *borders_)) {
      if (auto kept = cache_.borders(key_)) borders_ = std::move(kept);
    }
    return true;
  }

  Database& database_;
  std::string key_;
  geo::LandCache cache_;
  std::optional<Ground> ground_;
  std::shared_ptr<const geo::Borders> borders_;
  bool made_ = false;
};

/// Levels are there from the coarsest on.
std::shared_ptr<const geo::Land> with_levels(Parts& parts, std::shared_ptr<const geo::Land> land,
                                             std::size_t count, const geo::Progress& progress) {
  while (land && land->meshes.size() < count) {
    const double done = static_cast<double>(land->meshes.size()) / static_cast<double>(count);
    land = parts.with_level(*land, levels - 1 - land->meshes.size(), progress.part(done, 1));
  }
  return land;
}

}  // namespace

std::shared_ptr<const geo::Land> load_land(Workspace& workspace, const geo::Progress& progress) {
  Database& database = workspace.database();
  const OneMoment moment(database);
  if (const std::string key = prepared_key(database); !key.empty()) {
    Parts parts(database, key);
    auto land = parts.tables();
    if (land && suits(database, *land)) {
      land = with_levels(parts, std::move(land), levels_held, progress);
      if (land) return land;
    }
  }
  Parts parts(database, read_ground(database, progress.part(0, 0.2)));
  auto land = parts.tables();
  if (!land) land = parts.make_tables(progress.part(0.2, 0.7));
  return with_levels(parts, std::move(land), levels_held, progress.part(0.7, 1));
}

std::shared_ptr<const geo::Land> whole_land(Database& database, const geo::Progress& progress) {
  Parts parts(database, read_ground(database, progress.part(0, 0.2)));
  auto land = parts.tables();
  if (!land) land = parts.make_tables(progress.part(0.2, 0.6));
  land = with_levels(parts, std::move(land), levels, progress.part(0.6, 0.9));
  return land ? parts.with_borders(*land, progress.part(0.9, 1)) : nullptr;
}

std::shared_ptr<const geo::Land> complete_land(Workspace& workspace,
                                               std::shared_ptr<const geo::Land> land,
                                               double metres_per_pixel,
                                               const geo::Progress& progress) {
  const auto enough = [&](const geo::Land& l) {
    return l.meshes.size() >= levels || (metres_per_pixel > 0 && !l.meshes.empty() &&
                                         l.meshes.front().tolerance <= metres_per_pixel / 2);
  };
  Parts parts(workspace.database(), land->key);
  while (!enough(*land)) {
    const auto done = static_cast<double>(land->meshes.size());
    const auto part = progress.part(done / levels, (done + 1) / levels);
    auto finer = parts.with_level(*land, levels - 1 - land->meshes.size(), part);
    if (!finer) return land;  // the boundaries are others by now: this land stays as it is
    land = std::move(finer);
  }
  if (metres_per_pixel > 0 || land->hits) return land;
  auto whole = parts.with_borders(*land, progress);
  return whole ? whole : land;
}

bool is_prepared(Workspace& workspace) {
  Database& database = workspace.database();
  const std::string key = prepared_key(database);
  const auto land = key.empty() ? nullptr : geo::land_from(held(database, "tables"), key);
  return land && suits(database, *land);
}

namespace {

void keep_in_workspace(Database& database, const geo::Land& land) {
  database.execute("DELETE FROM prepared_land");
  Statement insert = database.prepare(
      "INSERT INTO prepared_land (part, key, stamp, bytes)"
      " SELECT ?, ?, version, ? FROM stamp WHERE what = 'land'");
  const auto keep = [&](const std::string& part, geo::Image image, bool sealed) {
    const std::vector<std::byte> bytes = image.bytes(sealed);
    insert.bind(1, part).bind(2, land.key);
    insert.bind_blob(3, {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    insert.run();
  };
  keep("tables", geo::tables_of(land, land.key), true);
  for (std::size_t i = 0; i < levels_held && i < land.meshes.size(); ++i) {
    const std::size_t from_last = land.meshes.size() - 1 - i;
    keep(part_name(levels - 1 - i), geo::image_of(land.meshes[from_last], land.key), false);
  }
}

/// Whether a unit of the borders has as many points as a shape: a last look before they are taken
/// for the same.
bool as_long(const geo::Borders& b, std::uint32_t unit, const geo::GeoShape& shape) {
  std::size_t in_borders = 0, in_shape = 0;
  for (std::uint32_t r = b.unit_first[unit]; r < b.unit_first[unit + 1]; ++r) {
    for (const std::int32_t step : b.steps.subspan(b.rings[r].first_step, b.rings[r].steps)) {
      const auto arc = static_cast<std::size_t>(step > 0 ? step - 1 : -step - 1);
      in_borders += b.arc_first[arc + 1] - b.arc_first[arc] - 1;
    }
  }
  for (const auto& polygon : shape) {
    in_shape += polygon.outer.size();
    for (const auto& hole : polygon.holes) in_shape += hole.size();
  }
  return in_borders == in_shape;
}

}  // namespace

void prepare_land(Workspace& workspace, const geo::Progress& progress) {
  if (is_prepared(workspace)) return;
  keep_in_workspace(workspace.database(), *load_land(workspace, progress));
}

void prepare_land_apart(Workspace& workspace, const geo::Progress& progress) {
  if (is_prepared(workspace)) return;
  Database& database = workspace.database();
  const std::int64_t stamp = land_stamp(database);
  const auto land = load_land(workspace, progress);
  Transaction transaction(database);
  if (land_stamp(database) == stamp) keep_in_workspace(database, *land);
  transaction.commit();
}

void prepare_land(Workspace& workspace, const geo::Borders& borders,
                  std::span<const std::uint32_t> order, const geo::Progress& progress) {
  if (is_prepared(workspace)) return;
  Database& database = workspace.database();
  Ground ground = read_ground(database, progress.part(0, 0.2));
  bool same = order.size() == ground.shapes.size() && order.size() == borders.units();
  for (std::size_t i = 0; same && i < order.size(); ++i) {
    same = order[i] < borders.units() && as_long(borders, order[i], ground.shapes[i]);
  }
  if (!same) return prepare_land(workspace, progress);
  auto mine = std::make_shared<const geo::Borders>(geo::renumbered(borders, order, ground.parents));
  Parts parts(database, std::move(ground), std::move(mine));
  auto land = parts.make_tables(progress.part(0.2, 0.6));
  land = with_levels(parts, std::move(land), levels_held, progress.part(0.6, 1));
  if (land) keep_in_workspace(database, *land);
}

}  // namespace data
