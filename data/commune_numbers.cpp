#include <algorithm>
#include <chrono>
#include <set>

#include "data/authority.hpp"
#include "data/barrier_split.hpp"
#include "data/clock.hpp"
#include "data/gaps.hpp"
#include "data/load.hpp"
#include "data/operation_store.hpp"
#include "data/workspace.hpp"

namespace data {
namespace {

template <class Quantity>
std::optional<double> number(const std::optional<Quantity>& quantity) {
  if (!quantity) return std::nullopt;
  return quantity->value;
}
std::optional<std::string> day(const std::optional<geo::Date>& date) {
  if (!date) return std::nullopt;
  return geo::iso(*date);
}

void write(Database& database, const Dataset& dataset, std::optional<geo::Date> latest,
           std::string_view which) {
  // With no report at all the date only chooses among targets, and then none has a use.
  const geo::Date at = latest.value_or(geo::Date{});

  const auto l2 = gaps(dataset, Indicator::activation_l2, at);
  const auto l1 = gaps(dataset, Indicator::activation_l1, at);
  const auto installed = gaps(dataset, Indicator::installed, at);
  const auto electricity = gaps(dataset, Indicator::electricity, at);
  const auto signal_any = gaps(dataset, Indicator::signal_any, at);
  const auto signal_good = gaps(dataset, Indicator::signal_good, at);
  const auto teams = gaps(dataset, Indicator::teams_per_1000, at);
  const auto barrier = barriers(dataset);
  const auto split = split_shortfall(dataset, l2);

  // Same order as Dataset::communes.
  Statement id = database.prepare("SELECT id, state_id FROM commune_today" + std::string(which) +
                                  " ORDER BY code");
  Statement insert = database.prepare(
      "INSERT INTO commune_number (unit_id, state_id, code, name, full_name, kind, province,"
      " former_district, area_km2, at, as_of, status, eligible, installed, activated_l1,"
      " activated_l2, rate, target, achievement, shortfall, unreached, rate_installed, rate_l1,"
      " electricity, signal_any, signal_good, teams_per_1000, settlements, no_grid, weak_signal,"
      " no_signal, teams, main_barrier, short_no_grid, short_signal, short_away,"
      " short_no_smartphone, short_own_sim, short_visit, short_unknown) VALUES (?, ?, ?, ?, ?, ?, "
      "?,"
      " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
      "?,"
      " ?, ?)");
  for (std::size_t c = 0; c < dataset.communes.size() && id.step(); ++c) {
    const Commune& commune = dataset.communes[c];
    const auto name_of = [](const auto& list, std::int32_t i) {
      return i < 0 ? std::string() : list[static_cast<std::size_t>(i)].name;
    };
    int n = 0;
    const auto put = [&](const auto& value) { insert.bind(++n, value); };
    put(id.integer(0));
    put(id.integer(1));
    put(commune.code.text);
    put(commune.name);
    put(commune.full_name);
    put(commune.kind);
    put(name_of(dataset.provinces, commune.province));
    put(name_of(dataset.districts, commune.district));
    put(commune.area_m2 / 1e6);
    put(day(latest));
    put(day(l2[c].as_of));
    put(data::id(l2[c].status));
    put(number(l2[c].eligible));
    put(number(installed[c].reached));
    put(number(l1[c].reached));
    put(number(l2[c].reached));
    put(number(l2[c].rate));
    put(l2[c].target);
    put(number(l2[c].achievement));
    put(number(l2[c].shortfall));
    put(number(l2[c].unreached));
    put(number(installed[c].rate));
    put(number(l1[c].rate));
    put(number(electricity[c].rate));
    put(number(signal_any[c].rate));
    put(number(signal_good[c].rate));
    put(number(teams[c].rate));
    put(barrier[c].settlements);
    put(barrier[c].no_grid);
    put(barrier[c].weak_signal);
    put(barrier[c].no_signal);
    put(barrier[c].teams);
    const auto worst = main_barrier(split[c]);
    put(worst ? std::optional(data::id(*worst)) : std::nullopt);
    for (const Barrier b : all_barriers)  // in the order of the columns
      put(l2[c].shortfall ? std::optional(split[c].of(b)) : std::nullopt);
    insert.run();
  }
}

/// More records than that are as quickly written all at once.
constexpr std::size_t most_records = 200;

std::optional<std::string> text(Database& database, std::string_view sql) {
  Statement row = database.prepare(sql);
  if (!row.step() || row.is_null(0)) return std::nullopt;
  return row.text(0);
}

/// The units whose numbers may be others after operations on these records; empty: anybody's may.
std::optional<std::set<std::int64_t>> touched(Database& database,
                                              std::span<const RecordKey> records,
                                              const std::string& at) {
  std::set<std::int64_t> out;
  Authority authority(database);
  const auto home = [&](Statement row, const std::string& code) {
    row.bind(1, code);
    while (row.step())
      for (const int column : {0, 1})
        if (!row.is_null(column)) out.insert(row.integer(column));
  };
  for (const RecordKey& record : records) {
    if (record.kind == RecordKind::activity) continue;  // no number of a commune
    if (record.kind == RecordKind::report) {
      const auto key = report_key(record);
      const auto unit = key ? authority.id_of(key->unit) : std::nullopt;
      if (!unit) continue;
      if (geo::iso(key->date) > at) return std::nullopt;
      out.insert(*unit);
      continue;
    }
    // Where it is, and wherever anybody ever said it was.
    const bool team = record.kind == RecordKind::team;
    home(database.prepare(team ? "SELECT unit_id, former_unit_id FROM team WHERE code = ?"
                               : "SELECT unit_id, former_unit_id FROM settlement WHERE code = ?"),
         record.key);
    for (const Operation& operation : operations_of(database, record)) {
      const bool place = operation.field == "unit" || operation.field == "former_unit";
      const auto unit = place && operation.value ? unit_key(*operation.value) : std::nullopt;
      const auto id = unit ? authority.id_of(*unit) : std::nullopt;
      if (id) out.insert(*id);
    }
  }
  return out;
}

/// With all that the crosswalk connects them with, and places that name two units, into
/// temp.some_unit.
void connect(Database& database, const std::set<std::int64_t>& units) {
  database.execute(
      "CREATE TEMP TABLE IF NOT EXISTS some_unit (id INTEGER PRIMARY KEY);"
      "DELETE FROM temp.some_unit;");
  std::string sql = "WITH RECURSIVE connected (id) AS (SELECT ?1";
  for (const auto& [table, former] :
       {std::pair("current_crosswalk", "former_id"), std::pair("settlement", "former_unit_id"),
        std::pair("team", "former_unit_id")}) {
    const std::string from = std::string(" FROM connected AS k JOIN ") + table + " AS t ON t.";
    const std::string other = former;
    sql += " UNION SELECT t.unit_id" + from + other + " = k.id WHERE t.unit_id IS NOT NULL" +
           " UNION SELECT t." + other + from + "unit_id = k.id WHERE t." + other + " IS NOT NULL";
  }
  sql += ") INSERT OR IGNORE INTO temp.some_unit SELECT id FROM connected";
  Statement insert = database.prepare(sql);
  for (const std::int64_t unit : units) insert.bind(1, unit).run();
}

/// Whether nothing but the rows of communes connected with what was touched can be others.
bool only_rows(Database& database, std::span<const RecordKey> records, const std::string& at) {
  if (records.size() > most_records) return false;
  // A number of people as a target is shared out among all.
  if (text(database, "SELECT 1 FROM current_target WHERE share IS NULL LIMIT 1")) return false;
  // What was taken back of the latest date may have been all of it.
  if (text(database,
           "SELECT 1 FROM report WHERE source_id ="
           " (SELECT id FROM source WHERE kind = 'entries') AND cleared <> 0"
           " AND date = '" +
               at + "' LIMIT 1"))
    return false;
  const auto units = touched(database, records, at);
  if (!units) return false;
  connect(database, *units);
  return true;
}

}  // namespace

void write_commune_numbers(Workspace& workspace) { write_commune_numbers(workspace.database()); }

void write_commune_numbers(Database& database) {
  database.execute("DELETE FROM commune_number");
  const Dataset dataset = load_dataset(database, {.committed = false});
  std::optional<geo::Date> latest;
  if (!dataset.dates.empty()) latest = dataset.dates.back();
  write(database, dataset, latest, {});
}

void write_commune_numbers_of(Database& database, std::span<const RecordKey> records) {
  const auto at = text(database, "SELECT at FROM commune_number LIMIT 1");
  if (!at || !only_rows(database, records, *at)) return write_commune_numbers(database);
  const auto latest = geo::parse_date(*at);
  geo::Date today = local_today();
  if (latest) today = std::max(today, *latest);
  const Dataset some =
      load_dataset(database, {.committed = false, .as_of = today, .some_units = true});
  if (some.communes.empty()) return;
  database.execute("DELETE FROM commune_number WHERE unit_id IN temp.some_unit");
  write(database, some, latest, " WHERE id IN temp.some_unit");
}

}  // namespace data
