// Writing a prepared import: one transaction, prepared statements, nothing decided any more.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "data/database.hpp"
#include "data/import_operations.hpp"
#include "data/import_records.hpp"
#include "data/prepared_land.hpp"
#include "data/ways.hpp"
#include "data/wkb.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

using geo::msg;

/// Ids of units, made when they are not there yet.
class UnitIds {
 public:
  explicit UnitIds(Database& database)
      : database_(database),
        insert_(database.prepare(
            "INSERT OR IGNORE INTO unit (code, level, valid_from) VALUES (?, ?, ?)")),
        select_(database.prepare(
            "SELECT id FROM unit WHERE code = ? AND level = ? AND valid_from = ?")) {}

  std::int64_t of(const UnitKey& key) {
    if (const auto found = ids_.find(key); found != ids_.end()) return found->second;
    insert_.bind(1, key.code).bind(2, level_word(key.level)).bind(3, key.valid_from).run();
    select_.bind(1, key.code).bind(2, level_word(key.level)).bind(3, key.valid_from);
    select_.step();
    const auto id = select_.integer(0);
    select_.reset();
    ids_.emplace(key, id);
    return id;
  }
  std::optional<std::int64_t> of(const std::optional<UnitKey>& key) {
    if (!key) return {};
    return of(*key);
  }

 private:
  Database& database_;
  Statement insert_, select_;
  std::map<UnitKey, std::int64_t> ids_;
};

/// Progress over all records, told now and then.
class Counter {
 public:
  Counter(const geo::Progress& progress, std::size_t all) : progress_(progress), all_(all) {}
  void step() {
    if (++done_ % 256 == 1)
      progress_.at(static_cast<double>(done_) / static_cast<double>(all_ + 1),
                   msg("data.doing_write"));
  }

 private:
  const geo::Progress& progress_;
  std::size_t all_, done_ = 0;
};

void write_units(Database& db, UnitIds& ids, const ImportRecords& records, std::int64_t source,
                 Counter& counter) {
  auto insert = db.prepare(
      "INSERT INTO unit_state (unit_id, source_id, source_row, name, full_name, kind, parent_id,"
      " former_district_id, published_area_km2, published_population, area_m2, geom)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const auto& [u, row] : records.units) {
    counter.step();
    const auto unit = ids.of(u.key);
    insert.bind(1, unit).bind(2, source).bind(3, row);
    insert.bind(4, u.name).bind(5, u.full_name).bind(6, u.kind);
    insert.bind(7, ids.of(u.province)).bind(8, ids.of(u.district));
    insert.bind(9, u.area_km2).bind(10, u.population);
    if (u.shape.empty()) {
      insert.bind_null(11).bind_null(12);
    } else {
      insert.bind(11, u.area_m2).bind_blob(12, to_stored(u.shape));
    }
    insert.run();
  }
}

void write_crosswalk(Database& db, UnitIds& ids, const ImportRecords& records, std::int64_t source,
                     Counter& counter) {
  auto insert = db.prepare(
      "INSERT INTO crosswalk (former_id, unit_id, part, share, changed_on, source_id, source_row)"
      " VALUES (?, ?, ?, ?, ?, ?, ?)");
  for (const auto& [c, row] : records.crosswalk) {
    counter.step();
    insert.bind(1, ids.of(c.former))
        .bind(2, c.heir ? ids.of(*c.heir) : c.unit)
        .bind(3, c.whole ? "whole" : "part");
    insert.bind(4, c.share).bind(5, c.changed_on).bind(6, source).bind(7, row).run();
  }
}

void write_settlements(Database& db, const ImportRecords& records, std::int64_t source,
                       Counter& counter) {
  auto insert = db.prepare(
      "INSERT INTO settlement (code, name, kind, unit_id, former_unit_id, households, residents,"
      " eligible, electricity, signal, smartphone_share, own_sim_share, away_share, road,"
      " source_id, source_row, geom) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
      " ?13, ?14, ?15, ?16, CASE WHEN ?17 IS NULL THEN NULL ELSE MakePoint(?17, ?18, 4326) END)");
  for (const auto& [s, row] : records.settlements) {
    counter.step();
    insert.bind(1, s.code).bind(2, s.name).bind(3, s.kind).bind(4, s.unit).bind(5, s.former_unit);
    insert.bind(6, s.households).bind(7, s.residents).bind(8, s.eligible);
    insert.bind(9, s.electricity).bind(10, s.signal).bind(11, s.smartphone_share);
    insert.bind(12, s.own_sim_share).bind(13, s.away_share).bind(14, s.road);
    insert.bind(15, source).bind(16, row).bind(17, s.lon).bind(18, s.lat).run();
  }
}

void write_teams(Database& db, const ImportRecords& records, std::int64_t source,
                 Counter& counter) {
  auto insert = db.prepare(
      "INSERT INTO team (code, name, level, kind, unit_id, former_unit_id, members, union_members,"
      " established_on, generator, mobile_router, vehicle, source_id, source_row)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const auto& [t, row] : records.teams) {
    counter.step();
    insert.bind(1, t.code).bind(2, t.name).bind(3, t.level).bind(4, t.kind).bind(5, t.unit);
    insert.bind(6, t.former_unit).bind(7, t.members).bind(8, t.union_members);
    insert.bind(9, t.established_on).bind(10, t.generator).bind(11, t.mobile_router);
    insert.bind(12, t.vehicle).bind(13, source).bind(14, row).run();
  }
}

void write_reports(Database& db, const ImportRecords& records, std::int64_t source,
                   Counter& counter) {
  auto insert = db.prepare(
      "INSERT INTO report (unit_id, date, eligible, installed, activated_l1, activated_l2,"
      " sessions, reached, source_id, source_row) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const auto& [r, row] : records.reports) {
    counter.step();
    insert.bind(1, r.unit).bind(2, r.date);
    for (std::size_t i = 0; i < r.counts.size(); ++i)
      insert.bind(static_cast<int>(i) + 3, r.counts[i]);
    insert.bind(9, source).bind(10, row).run();
  }
}

void write_targets(Database& db, UnitIds& ids, const ImportRecords& records, std::int64_t source,
                   Counter& counter) {
  auto insert = db.prepare(
      "INSERT INTO target (unit_id, indicator, due, share, count, source_id, source_row)"
      " VALUES (?, ?, ?, ?, ?, ?, ?)");
  for (const auto& [t, row] : records.targets) {
    counter.step();
    const auto unit = t.unit ? *t.unit : ids.of(UnitKey{geo::UnitLevel::country, "VN", ""});
    insert.bind(1, unit).bind(2, t.indicator).bind(3, t.due).bind(4, t.share).bind(5, t.count);
    insert.bind(6, source).bind(7, row).run();
  }
}

void write_figures(Database& db, const ImportRecords& records, std::int64_t source,
                   Counter& counter) {
  auto insert = db.prepare(
      "INSERT INTO figure (scope_level, scope, indicator, value, qualifier, measure, as_of, kind,"
      " document, note, unit_id, source_id, source_row)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const auto& [f, row] : records.figures) {
    counter.step();
    insert.bind(1, f.scope_level).bind(2, f.scope).bind(3, f.indicator).bind(4, f.value);
    insert.bind(5, f.qualifier).bind(6, f.measure).bind(7, f.as_of).bind(8, f.kind);
    insert.bind(9, f.document).bind(10, f.note).bind(11, f.unit).bind(12, source).bind(13, row);
    insert.run();
  }
}

void write_roads(Database& db, const ImportRecords& records, std::int64_t source,
                 Counter& counter) {
  auto insert = db.prepare(
      "INSERT INTO road (source_id, source_row, class, speed_kmh, geom)"
      " VALUES (?, ?, ?, ?, GeomFromWKB(?, 4326))");
  for (const geo::RoadLine& road : records.roads) {
    counter.step();
    insert.bind(1, source).bind(2, road.row).bind(3, word_of(road.way));
    if (road.speed_kmh > 0)
      insert.bind(4, static_cast<double>(road.speed_kmh));
    else
      insert.bind_null(4);
    insert.bind_blob(5, line_to_wkb(road.points)).run();
  }
}

void write_elevation(Database& db, const geo::ElevationGrid& grid, std::int64_t source) {
  auto insert = db.prepare(
      "INSERT INTO elevation (source_id, west, south, east, north, columns, rows, cells)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  insert.bind(1, source).bind(2, grid.min.lon).bind(3, grid.min.lat).bind(4, grid.max.lon);
  insert.bind(5, grid.max.lat).bind(6, grid.columns).bind(7, grid.rows);
  insert.bind_blob(8, to_blob(grid.cells)).run();
}

/// The communes of today among the shapes of the file; empty when one of them is not there.
std::vector<std::uint32_t> order_of_today(Database& db, const std::vector<UnitKey>& shapes) {
  std::map<std::pair<std::string, std::string>, std::uint32_t> by_key;
  for (std::uint32_t i = 0; i < shapes.size(); ++i) {
    by_key.emplace(std::pair(shapes[i].code, shapes[i].valid_from), i);
  }
  std::vector<std::uint32_t> order;
  auto row = db.prepare("SELECT code, valid_from FROM commune_today ORDER BY code");
  while (row.step()) {
    const auto found = by_key.find({row.text(0), row.text(1)});
    if (found == by_key.end()) return {};
    order.push_back(found->second);
  }
  return order;
}

/// What is shown first, prepared while the borders are still at hand.
void prepare(Workspace& workspace, const ImportRecords& records, const geo::Progress& progress) {
  try {
    if (records.borders) {
      const auto order = order_of_today(workspace.database(), records.border_units);
      prepare_land(workspace, *records.borders, order, progress);
    } else {
      prepare_land(workspace, progress);
    }
  } catch (const geo::Error&) {
    // Coordinates that the map's system does not reach, say: the import is none the worse for it,
    // and who opens the map is told.
    workspace.database().execute("DELETE FROM prepared_land");
  }
}

}  // namespace

std::optional<Source> write_import(Workspace& workspace, const PendingImport& pending,
                                   const geo::Progress& progress) {
  const auto& records = *pending.records;
  const auto& preview = pending.preview;
  if (records.size() == 0) return {};
  auto& db = workspace.database();
  Transaction transaction(db);
  if (state_of(workspace) != records.state)
    throw geo::Error(geo::ErrorKind::usage, msg("data.import_overtaken"), preview.file,
                     msg("data.remedy_import_again"));
  const bool as_operations = becomes_operations(workspace, preview.kind);
  Entered entered;
  if (as_operations) {
    entered = enter_records(workspace, records, preview);
    if (!entered.batch) return {};  // all of it is there already
  }
  const auto source =
      begin_source(workspace, std::string(id(preview.kind)), preview.file, preview.sheet);
  if (as_operations) {
    db.prepare("UPDATE source SET batch = ? WHERE id = ?")
        .bind_blob(1, entered.batch->bytes)
        .bind(2, source)
        .run();
  } else {
    // Statements end before the transaction does.
    UnitIds ids(db);
    const geo::Progress rows = progress.part(0, 0.5);
    Counter counter(rows, records.size());
    write_units(db, ids, records, source, counter);
    write_crosswalk(db, ids, records, source, counter);
    write_settlements(db, records, source, counter);
    write_teams(db, records, source, counter);
    write_reports(db, records, source, counter);
    write_targets(db, ids, records, source, counter);
    write_figures(db, records, source, counter);
    write_roads(db, records, source, counter);
    if (records.elevation) write_elevation(db, *records.elevation, source);
  }
  end_source(workspace, source, preview.added + preview.changed, preview.issues);
  if (records.look) records.look(workspace);
  prepare(workspace, records, progress.part(0.5, 1));
  progress.at(1, msg("data.doing_write"));
  transaction.commit();
  for (auto& s : workspace.sources()) {
    if (s.id == source) return std::move(s);
  }
  return {};
}

}  // namespace data
