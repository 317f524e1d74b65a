#include "data/dataset.hpp"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cmath>

#include "data/clock.hpp"
#include "data/load.hpp"
#include "data/load_units.hpp"
#include "data/place_records.hpp"
#include "data/prepared_land.hpp"
#include "data/snapshot.hpp"
#include "data/workspace.hpp"
#include "geo/cache_folder.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

using geo::msg;

std::int64_t id_or_zero(const Statement& row, int column) {
  return row.is_null(column) ? 0 : row.integer(column);
}

/// Finds each reporter's column, and the dates on which any of them reported.
void place_reports(const UnitPlaces& places, Dataset& dataset) {
  const Reports& reports = dataset.reports;
  std::vector<std::uint32_t> columns;
  for (std::size_t u = 0; u < reports.units().size(); ++u) {
    const auto at = places.reporters.find(reports.units()[u]);
    if (at == places.reporters.end()) continue;  // a unit that no commune of today comes from
    dataset.reporters[at->second].column = static_cast<std::uint32_t>(u);
    columns.push_back(static_cast<std::uint32_t>(u));
  }
  for (std::size_t d = 0; d < reports.dates().size(); ++d)
    if (columns.size() == reports.units().size() ||
        std::any_of(columns.begin(), columns.end(), [&](auto u) { return reports.has(d, u); }))
      dataset.dates.push_back(reports.dates()[d]);
}

std::optional<std::int64_t> maybe(std::int64_t count) {
  if (count == SettlementRecord::missing) return std::nullopt;
  return count;
}
std::optional<double> maybe(double share) {
  if (std::isnan(share)) return std::nullopt;
  return share;
}

std::optional<geo::Date> maybe_day(std::int32_t day) {
  if (day == no_day) return std::nullopt;
  return geo::Date{std::chrono::sys_days(std::chrono::days(day))};
}

void place_settlements(const PlaceRecords& records, const UnitPlaces& places, LandHolder& land,
                       Dataset& dataset) {
  dataset.settlements.reserve(records.settlements.size());
  for (const SettlementRecord& r : records.settlements) {
    Settlement& s = dataset.settlements.emplace_back();
    s.id = records.at(r.code);
    s.name = records.at(r.name);
    s.kind = records.at(r.kind);
    s.commune = place_of_today(places, land, r.unit, r.former_unit, r.lon, r.lat).commune;
    if (!std::isnan(r.lon) && !std::isnan(r.lat)) s.at = geo::LonLat{r.lon, r.lat};
    s.households = maybe(r.households);
    s.residents = maybe(r.residents);
    s.eligible = maybe(r.eligible);
    s.electricity = static_cast<Electricity>(r.electricity);
    s.signal = static_cast<Signal>(r.signal);
    s.electricity_as_of = maybe_day(r.electricity_as_of);
    s.signal_as_of = maybe_day(r.signal_as_of);
    s.electricity_source = records.at(r.electricity_source);
    s.signal_source = records.at(r.signal_source);
    s.smartphone_share = maybe(r.smartphone);
    s.own_sim_share = maybe(r.own_sim);
    s.away_share = maybe(r.away);
    s.road = records.at(r.road);
    s.trace = {r.source, r.row};
  }
}

/// `at`: teams that were closed by that day are kept apart.
void place_teams(const PlaceRecords& records, const UnitPlaces& places, LandHolder& land,
                 geo::Date at, Dataset& dataset) {
  dataset.teams.reserve(records.teams.size());
  for (const TeamRecord& r : records.teams) {
    const auto closed_on = maybe_day(r.closed_on);
    Team& t = closed_on && *closed_on <= at ? dataset.closed_teams.emplace_back()
                                            : dataset.teams.emplace_back();
    t.closed_on = closed_on;
    if (!std::isnan(r.lon) && !std::isnan(r.lat)) t.at = geo::LonLat{r.lon, r.lat};
    t.id = records.at(r.code);
    t.name = records.at(r.name);
    t.kind = records.at(r.kind);
    t.level = static_cast<geo::UnitLevel>(r.level);
    t.home = place_of_today(places, land, r.unit, r.former_unit, r.lon, r.lat).commune;
    t.members = r.members;
    t.union_members = r.union_members;
    t.generator = r.generator != 0;
    t.mobile_router = r.mobile_router != 0;
    t.vehicle = records.at(r.vehicle);
    t.trace = {r.source, r.row};
  }
}

bool has_teams(Database& database, geo::Date at) {
  Statement row = database.prepare(
      "SELECT 1 FROM current_team WHERE closed_on IS NULL OR closed_on > ? LIMIT 1");
  row.bind(1, geo::iso(at));
  return row.step();
}

void load_activities(Database& database, const UnitPlaces& places, Dataset& dataset) {
  Statement row = database.prepare(
      "SELECT uuid, team, date, unit_id, sessions, reached, activations, source_id, source_row"
      " FROM activity ORDER BY date, uuid");
  while (row.step()) {
    Activity& a = dataset.activities.emplace_back();
    a.id = row.text(0);
    a.team = row.text(1);
    if (!row.is_null(2)) a.date = stored_date(row, 2, database);
    a.commune = places.commune(id_or_zero(row, 3), id_or_zero(row, 3));
    a.sessions = row.maybe_integer(4);
    a.reached = row.maybe_integer(5);
    a.activations = row.maybe_integer(6);
    a.trace = {row.integer(7), row.integer(8)};
  }
}

void load_targets(Database& database, const UnitPlaces& places, Dataset& dataset) {
  Statement row = database.prepare(
      "SELECT t.unit_id, u.level, t.indicator, t.due, t.share, t.count, t.source_id, t.source_row"
      " FROM current_target AS t JOIN unit AS u ON u.id = t.unit_id"
      " ORDER BY u.level, u.code, t.indicator, t.due");
  while (row.step()) {
    using Scope = Target::Scope;
    Target t;
    const auto find = [&](const auto& map, Scope scope) {
      const auto found = map.find(row.integer(0));
      if (found == map.end()) return false;
      t.scope = scope;
      t.index = found->second;
      return true;
    };
    const std::string level = row.text(1);
    if (level == "country") {
      t.scope = Scope::country;
    } else if (level == "province") {
      if (!find(places.provinces, Scope::province)) continue;
    } else if (level == "district") {
      if (!find(places.districts, Scope::district)) continue;
    } else if (!find(places.communes, Scope::commune) && !find(places.reporters, Scope::reporter)) {
      continue;  // a unit without a boundary in this workspace
    }
    t.indicator = row.text(2);
    t.due = stored_date(row, 3, database);
    t.share = row.maybe_real(4);
    t.count = row.maybe_integer(5);
    t.trace = {row.integer(6), row.integer(7)};
    dataset.targets.push_back(std::move(t));
  }
}

std::string setting(Database& database, std::string_view key) {
  Statement row = database.prepare("SELECT value FROM setting WHERE key = ?");
  row.bind(1, key);
  return row.step() ? row.text(0) : std::string();
}

void load_figures(Database& database, const UnitPlaces& places, Dataset& dataset) {
  Statement row = database.prepare(
      "SELECT scope_level, scope, indicator, value, qualifier, measure, as_of, kind, document,"
      " note, source_id, source_row, unit_id FROM current_figure ORDER BY id");
  while (row.step()) {
    Figure figure{row.text(0),
                  row.text(1),
                  row.text(2),
                  row.real(3),
                  row.text(4),
                  row.text(5),
                  row.text(6),
                  row.text(7),
                  row.text(8),
                  row.text(9),
                  {row.integer(10), row.integer(11)}};
    const auto& of_level = figure.scope_level == "province"   ? places.provinces
                           : figure.scope_level == "district" ? places.districts
                                                              : places.communes;
    const auto found = of_level.find(id_or_zero(row, 12));
    if (found != of_level.end()) figure.place = static_cast<std::int32_t>(found->second);
    dataset.figures.push_back(std::move(figure));
  }
}

/// What people decided: the rule of barriers, the findings let stand, the figures chosen.
void load_judgements(Database& database, Dataset& dataset) {
  if (const std::string rule = setting(database, "barrier_rule"); !rule.empty()) {
    try {
      dataset.barrier_rule = barrier_rule_of(rule);
    } catch (const geo::Error& error) {
      // Somebody edited the setting by hand: as clear as from a file, but not the caller's usage.
      throw geo::Error(geo::ErrorKind::io, error.message,
                       database.file().string() + ": barrier_rule: " + error.where,
                       msg("data.kept_rule_remedy"));
    }
  }
  Statement accepted = database.prepare(
      "SELECT key, reason, decided_by, decided_at FROM current_acceptance ORDER BY key");
  while (accepted.step())
    dataset.acceptances.push_back(
        {accepted.text(0), accepted.text(1), accepted.text(2), accepted.text(3)});
  Statement chosen = database.prepare(
      "SELECT scope_level, scope, indicator, document, as_of, reason, decided_by, decided_at"
      " FROM current_figure_choice ORDER BY id");
  while (chosen.step())
    dataset.figure_choices.push_back({chosen.text(0), chosen.text(1), chosen.text(2),
                                      chosen.text(3), chosen.text(4), chosen.text(5),
                                      chosen.text(6), chosen.text(7)});
}

std::string choose_title(const Dataset& dataset, std::string given, const Database& database) {
  if (!given.empty()) return given;
  // Names only: a title is shown in either language. Several provinces are known by their file.
  if (dataset.provinces.size() == 1) return dataset.provinces.front().name;
  return database.file().stem().string();
}

std::uint64_t next_version() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

}  // namespace

Dataset load_dataset(Database& database, const LoadOptions& options,
                     const geo::Progress& progress) {
  const OneMoment snapshot(database);
  Dataset dataset;
  dataset.version = next_version();
  const SnapshotUse use{.cache = geo::cache_folder(), .may_keep = options.committed};
  const bool some = options.some_units;
  const PlaceRecords records = some ? read_some_places(database) : read_places(database, use);
  dataset.reports =
      some ? read_some_reports(database) : read_reports(database, use, progress.part(0, 0.6));
  const UnitPlaces places = load_units(database, dataset, records, some, progress.part(0.6, 0.95));
  progress.at(0.95, msg("data.loading_tables"));
  place_reports(places, dataset);
  LandHolder land(database);
  place_settlements(records, places, land, dataset);
  geo::Date today = options.as_of.value_or(local_today());
  if (!dataset.dates.empty()) today = std::max(today, dataset.dates.back());
  place_teams(records, places, land, today, dataset);
  dataset.texts = records.memory;
  load_targets(database, places, dataset);
  load_judgements(database, dataset);
  dataset.crs = chosen_crs(database).value_or(geo::MapCrs{});
  if (some) {
    // Where there are teams at all, a commune without one has none; else it is not known.
    if (dataset.teams.empty() && has_teams(database, today)) dataset.teams.emplace_back();
    return dataset;
  }
  load_activities(database, places, dataset);
  load_figures(database, places, dataset);
  Statement row = database.prepare(
      "SELECT file, kind FROM source WHERE kind <> 'entries' GROUP BY file, kind"
      " ORDER BY max(id) DESC");
  while (row.step()) dataset.source_files.push_back({row.text(0), row.text(1)});
  dataset.made_up = setting(database, "made_up") == "1";
  dataset.title = choose_title(dataset, setting(database, "title"), database);
  return dataset;
}

std::shared_ptr<const Dataset> Workspace::load(const geo::Progress& progress) {
  return std::make_shared<const Dataset>(load_dataset(database_, {}, progress));
}

}  // namespace data
