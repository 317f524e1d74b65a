#include "data/dataset.hpp"

#include <algorithm>
#include <atomic>
#include <charconv>

#include "data/load.hpp"
#include "data/load_units.hpp"
#include "data/workspace.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

using geo::msg;

/// One moment of the workspace, whatever others write meanwhile. A savepoint, because we may be
/// inside an import's transaction.
class Snapshot {
 public:
  explicit Snapshot(Database& database) : database_(database) {
    database_.execute("SAVEPOINT load");
  }
  ~Snapshot() {
    try {
      database_.execute("RELEASE load");
    } catch (const geo::Error&) {
      // Already rolled back by SQLite; nothing was written here.
    }
  }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  Database& database_;
};

std::int64_t id_or_zero(const Statement& row, int column) {
  return row.is_null(column) ? 0 : row.integer(column);
}

/// Only the ISO form that we write ourselves: a million of these are read at once.
geo::Date stored_date(const Statement& row, int column, const Database& database) {
  const std::string text = row.text(column);
  int year = 0;
  unsigned month = 0, day = 0;
  const char* p = text.data();
  if (text.size() == 10 && text[4] == '-' && text[7] == '-' &&
      std::from_chars(p, p + 4, year).ptr == p + 4 &&
      std::from_chars(p + 5, p + 7, month).ptr == p + 7 &&
      std::from_chars(p + 8, p + 10, day).ptr == p + 10) {
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                           std::chrono::day(day)};
    if (date.ok()) return {date};
  }
  throw geo::Error(geo::ErrorKind::io, msg("data.damaged", text), database.file().string(),
                   msg("data.damaged_remedy"));
}

void load_reports(Database& database, const UnitPlaces& places, Dataset& dataset,
                  const geo::Progress& progress) {
  // Later sources come later: what they leave empty they do not take back.
  Statement row = database.prepare(
      "SELECT unit_id, date, eligible, installed, activated_l1, activated_l2, sessions, reached,"
      " source_id, source_row FROM report ORDER BY unit_id, date, source_id");
  const double units = std::max<double>(1, static_cast<double>(dataset.reporters.size()));
  double done = 0;
  std::int64_t id = 0;
  std::uint32_t unit = 0;
  ReportsBuilder builder;
  while (row.step()) {
    if (row.integer(0) != id) {
      id = row.integer(0);
      unit = builder.unit(id);
      progress.at(std::min(1.0, ++done / units), msg("data.loading_reports"));
    }
    Report report;
    report.date = stored_date(row, 1, database);
    report.eligible = row.maybe_integer(2);
    report.installed = row.maybe_integer(3);
    report.activated_l1 = row.maybe_integer(4);
    report.activated_l2 = row.maybe_integer(5);
    report.sessions = row.maybe_integer(6);
    report.reached = row.maybe_integer(7);
    report.trace = {row.integer(8), row.integer(9)};
    builder.add(unit, report);
  }
  dataset.reports = builder.finish();
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

template <class Enum, std::size_t N>
Enum by_word(const std::string& word, const std::string_view (&words)[N]) {
  for (std::size_t i = 0; i < N; ++i)
    if (word == words[i]) return static_cast<Enum>(i);
  return Enum{};
}

void load_settlements(Database& database, const UnitPlaces& places, Dataset& dataset) {
  constexpr std::string_view electricity[] = {"", "grid", "offgrid", "none"};
  constexpr std::string_view signal[] = {"", "good", "weak", "none"};
  Statement row = database.prepare(
      "SELECT code, name, kind, unit_id, former_unit_id, X(geom), Y(geom), households, residents,"
      " eligible, electricity, signal, smartphone_share, own_sim_share, away_share, road,"
      " source_id, source_row FROM current_settlement ORDER BY code");
  while (row.step()) {
    Settlement s;
    s.id = row.text(0);
    s.name = row.text(1);
    s.kind = row.text(2);
    s.commune = places.commune(id_or_zero(row, 3), id_or_zero(row, 4));
    if (!row.is_null(5) && !row.is_null(6)) s.at = geo::LonLat{row.real(5), row.real(6)};
    s.households = row.maybe_integer(7);
    s.residents = row.maybe_integer(8);
    s.eligible = row.maybe_integer(9);
    s.electricity = by_word<Electricity>(row.text(10), electricity);
    s.signal = by_word<Signal>(row.text(11), signal);
    s.smartphone_share = row.maybe_real(12);
    s.own_sim_share = row.maybe_real(13);
    s.away_share = row.maybe_real(14);
    s.road = row.text(15);
    s.trace = {row.integer(16), row.integer(17)};
    dataset.settlements.push_back(std::move(s));
  }
}

void load_teams(Database& database, const UnitPlaces& places, Dataset& dataset) {
  Statement row = database.prepare(
      "SELECT code, name, kind, level, unit_id, former_unit_id, members, union_members, generator,"
      " mobile_router, vehicle, source_id, source_row FROM current_team ORDER BY code");
  while (row.step()) {
    Team t;
    t.id = row.text(0);
    t.name = row.text(1);
    t.kind = row.text(2);
    const std::string level = row.text(3);
    t.level = level == "province"   ? geo::UnitLevel::province
              : level == "district" ? geo::UnitLevel::district
                                    : geo::UnitLevel::commune;
    t.home = places.commune(id_or_zero(row, 4), id_or_zero(row, 5));
    t.members = id_or_zero(row, 6);
    t.union_members = id_or_zero(row, 7);
    t.generator = id_or_zero(row, 8) > 0;
    t.mobile_router = id_or_zero(row, 9) > 0;
    t.vehicle = row.text(10);
    t.trace = {row.integer(11), row.integer(12)};
    dataset.teams.push_back(std::move(t));
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

geo::MapCrs choose_crs(const Dataset& dataset, const std::string& epsg) {
  int code = 0;
  const char* const end = epsg.data() + epsg.size();
  if (std::from_chars(epsg.data(), end, code).ptr == end && code > 0) return geo::map_crs(code);
  geo::LonLat min{180, 90}, max{-180, -90};
  for (const geo::GeoShape& shape : dataset.shapes)
    for (const auto& polygon : shape)
      for (const geo::LonLat& p : polygon.outer) {
        min = {std::min(min.lon, p.lon), std::min(min.lat, p.lat)};
        max = {std::max(max.lon, p.lon), std::max(max.lat, p.lat)};
      }
  if (min.lon > max.lon)
    return geo::suggest_map_crs({102, 8}, {112, 24});  // nothing yet: the country
  return geo::suggest_map_crs(min, max);
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

Dataset load_dataset(Database& database, bool shapes, const geo::Progress& progress) {
  const Snapshot snapshot(database);
  Dataset dataset;
  dataset.version = next_version();
  const UnitPlaces places = load_units(database, dataset, shapes, progress.part(0, 0.6));
  load_reports(database, places, dataset, progress.part(0.6, 0.95));
  progress.at(0.95, msg("data.loading_tables"));
  load_settlements(database, places, dataset);
  load_teams(database, places, dataset);
  load_targets(database, places, dataset);
  load_figures(database, places, dataset);
  load_judgements(database, dataset);
  Statement row =
      database.prepare("SELECT file, kind FROM source GROUP BY file, kind ORDER BY max(id) DESC");
  while (row.step()) dataset.source_files.push_back({row.text(0), row.text(1)});
  dataset.made_up = setting(database, "made_up") == "1";
  dataset.title = choose_title(dataset, setting(database, "title"), database);
  if (shapes) dataset.crs = choose_crs(dataset, setting(database, "map_crs"));
  return dataset;
}

std::shared_ptr<const Dataset> Workspace::load(const geo::Progress& progress) {
  return std::make_shared<const Dataset>(load_dataset(database_, true, progress));
}

}  // namespace data
