// From operations to the rows that everything else reads.
#include "data/entries.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "data/author.hpp"
#include "data/cell.hpp"
#include "data/operation_fields.hpp"
#include "data/report_counts.hpp"

namespace data {
namespace {

constexpr std::array<const char*, 4> tables{"report", "team", "settlement", "activity"};

std::int64_t number(Database& database, const std::string& sql) {
  Statement row = database.prepare(sql);
  return row.step() ? row.integer(0) : 0;
}

/// Puts what a row says into values, field by field.
class Values {
 public:
  Values(const Statement& row, ImportedRecord& out, Authority& authority)
      : row_(row), out_(out), authority_(authority) {}
  void text(const char* field, int column) {
    if (auto text = row_.text(column); !text.empty()) out_.values[field] = std::move(text);
  }
  void whole(std::string_view field, int column) {
    if (!row_.is_null(column))
      out_.values[std::string(field)] = std::to_string(row_.integer(column));
  }
  void share(const char* field, int column) {
    if (!row_.is_null(column)) out_.values[field] = plain_number(row_.real(column));
  }
  void unit(const char* field, int column) {
    if (row_.is_null(column)) return;
    const UnitKey unit = authority_.key_of(row_.integer(column));
    out_.values[field] = unit_text(unit);
    if (!out_.home) out_.home = unit;  // today's before the former one
  }
  void place(int lon, int lat) {
    if (!row_.is_null(lon) && !row_.is_null(lat))
      out_.values["place"] = place_text(row_.real(lon), row_.real(lat));
  }

 private:
  const Statement& row_;
  ImportedRecord& out_;
  Authority& authority_;
};

void imported_report(Database& database, const RecordKey& record, Authority& authority,
                     ImportedRecord& out) {
  const auto key = report_key(record);
  if (!key) return;
  out.home = key->unit;
  const auto unit = authority.id_of(key->unit);
  if (!unit) return;
  Statement row = database.prepare(
      "SELECT eligible, installed, activated_l1, activated_l2, sessions, reached FROM report"
      " WHERE unit_id = ? AND date = ? AND source_id <> ? ORDER BY source_id");
  row.bind(1, *unit).bind(2, geo::iso(key->date)).bind(3, entries_source(database));
  while (row.step()) {  // per count, the latest that has a number
    out.exists = true;
    Values values(row, out, authority);
    for (const Count count : all_counts) values.whole(field_of(count), static_cast<int>(count));
  }
}

void imported_team(Database& database, const RecordKey& record, Authority& authority,
                   ImportedRecord& out) {
  Statement row = database.prepare(
      "SELECT name, level, kind, unit_id, former_unit_id, members, union_members, established_on,"
      " closed_on, generator, mobile_router, vehicle, lon, lat FROM team"
      " WHERE code = ? AND source_id <> ? ORDER BY source_id DESC LIMIT 1");
  row.bind(1, record.key).bind(2, entries_source(database));
  if (!row.step()) return;
  out.exists = true;
  Values values(row, out, authority);
  values.text("name", 0);
  values.text("level", 1);
  values.text("kind", 2);
  values.unit("unit", 3);
  values.unit("former_unit", 4);
  values.whole("members", 5);
  values.whole("union_members", 6);
  values.text("established_on", 7);
  values.text("closed_on", 8);
  values.whole("generator", 9);
  values.whole("mobile_router", 10);
  values.text("vehicle", 11);
  values.place(12, 13);
}

void imported_settlement(Database& database, const RecordKey& record, Authority& authority,
                         ImportedRecord& out) {
  Statement row = database.prepare(
      "SELECT name, kind, unit_id, former_unit_id, households, residents, eligible, electricity,"
      " electricity_as_of, electricity_source, signal, signal_as_of, signal_source,"
      " smartphone_share, own_sim_share, away_share, road, X(geom), Y(geom) FROM settlement"
      " WHERE code = ? AND source_id <> ? ORDER BY source_id DESC LIMIT 1");
  row.bind(1, record.key).bind(2, entries_source(database));
  if (!row.step()) return;
  out.exists = true;
  Values values(row, out, authority);
  values.text("name", 0);
  values.text("kind", 1);
  values.unit("unit", 2);
  values.unit("former_unit", 3);
  values.whole("households", 4);
  values.whole("residents", 5);
  values.whole("eligible", 6);
  int column = 7;
  for (const char* field : {"electricity", "electricity_as_of", "electricity_source", "signal",
                            "signal_as_of", "signal_source"})
    values.text(field, column++);
  for (const char* field : {"smartphone_share", "own_sim_share", "away_share"})
    values.share(field, column++);
  values.text("road", 16);
  values.place(17, 18);
}

/// Binds the fields of a record to the columns of its row.
class Row {
 public:
  Row(Statement& insert, const RecordNow& now, Authority& authority)
      : insert_(insert), now_(now), authority_(authority) {}
  void text(const char* field, std::string_view otherwise = {}) {
    const auto value = now_.value(field);
    insert_.bind(++n_, value ? std::string_view(*value) : otherwise);
  }
  void maybe_text(const char* field) { insert_.bind(++n_, now_.value(field)); }
  void whole(std::string_view field) {
    std::optional<std::int64_t> out;
    if (const auto value = now_.value(field)) out = read<std::int64_t>(*value);
    insert_.bind(++n_, out);
  }
  void share(const char* field) {
    std::optional<double> out;
    if (const auto value = now_.value(field)) out = read<double>(*value);
    insert_.bind(++n_, out);
  }
  void unit(const char* field) {
    std::optional<std::int64_t> out;
    if (const auto value = now_.value(field))
      if (const auto unit = unit_key(*value)) out = authority_.id_of(*unit);
    insert_.bind(++n_, out);
  }
  void place() {
    const auto value = now_.value("place");
    const auto place = value ? place_value(*value) : std::nullopt;
    insert_.bind(++n_, place ? std::optional(place->lon) : std::nullopt);
    insert_.bind(++n_, place ? std::optional(place->lat) : std::nullopt);
  }
  template <class T>
  void own(const T& value) {
    insert_.bind(++n_, value);
  }
  void trace(std::int64_t source) {
    own(source);
    own(latest());
  }

 private:
  template <class T>
  static T read(const std::string& text) {
    T out{};
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
  }
  /// The operation by which it became what it is.
  std::int64_t latest() const {
    const Operation* last = nullptr;
    for (const auto& [name, field] : now_.state.fields) {
      const Operation& shown = now_.operations[field.heads.front()];
      if (last == nullptr || earlier(*last, shown)) last = &shown;
    }
    return last == nullptr ? 0 : last->id;
  }

  Statement& insert_;
  const RecordNow& now_;
  Authority& authority_;
  int n_ = 0;
};

/// Writes the rows of records, one prepared statement a table.
class EntriesWriter {
 public:
  EntriesWriter(Database& database, std::int64_t source)
      : database_(database),
        source_(source),
        authority_(database),
        report_(database.prepare(
            "INSERT INTO report (eligible, installed, activated_l1, activated_l2, sessions,"
            " reached, unit_id, date, cleared, source_id, source_row)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")),
        team_(database.prepare(
            "INSERT INTO team (code, name, level, kind, unit_id, former_unit_id, members,"
            " union_members, established_on, closed_on, generator, mobile_router, vehicle, lon,"
            " lat, source_id, source_row) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
            " ?)")),
        settlement_(database.prepare(
            "INSERT INTO settlement (code, name, kind, unit_id, former_unit_id, households,"
            " residents, eligible, electricity, electricity_as_of, electricity_source, signal,"
            " signal_as_of, signal_source, smartphone_share, own_sim_share, away_share, road,"
            " geom, source_id, source_row) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
            " ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
            " CASE WHEN ?19 IS NULL THEN NULL ELSE MakePoint(?19, ?20, 4326) END, ?21, ?22)")),
        activity_(database.prepare(
            "INSERT INTO activity (uuid, team, date, unit_id, sessions, reached, activations,"
            " source_id, source_row) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {}

  void write(const RecordKey& record) {
    const RecordNow now = record_now(database_, record, authority_);
    remove(record);
    if (now.state.fields.empty() || is_gone(now)) return;
    switch (record.kind) {
      case RecordKind::report:
        return report(now);
      case RecordKind::team:
        return team(now);
      case RecordKind::settlement:
        return settlement(now);
      case RecordKind::activity:
        return activity(now);
    }
  }

 private:
  void remove(const RecordKey& record) {
    if (record.kind == RecordKind::report) {
      const auto key = report_key(record);
      const auto unit = key ? authority_.id_of(key->unit) : std::nullopt;
      if (!unit) return;
      database_.prepare("DELETE FROM report WHERE unit_id = ? AND date = ? AND source_id = ?")
          .bind(1, *unit)
          .bind(2, geo::iso(key->date))
          .bind(3, source_)
          .run();
      return;
    }
    const char* const column = record.kind == RecordKind::activity ? "uuid" : "code";
    database_
        .prepare("DELETE FROM " + std::string(tables.at(static_cast<std::size_t>(record.kind))) +
                 " WHERE " + column + " = ? AND source_id = ?")
        .bind(1, record.key)
        .bind(2, source_)
        .run();
  }

  /// Made by hand and taken back again, every field of it. A report stays: it is its unit's.
  static bool is_gone(const RecordNow& now) {
    if (now.record.kind == RecordKind::report || now.imported.exists) return false;
    return std::none_of(now.state.fields.begin(), now.state.fields.end(),
                        [&](const auto& field) { return now.value(field.first).has_value(); });
  }

  /// Only what was entered: an import of the same week keeps speaking for all other counts.
  void report(const RecordNow& now) {
    const auto key = report_key(now.record);
    Row row(report_, now, authority_);
    std::int64_t cleared = 0;
    for (const Count count : all_counts) {
      const std::string_view field = field_of(count);
      const bool entered = now.field(field) != nullptr;
      if (entered && !now.value(field)) cleared |= std::int64_t{1} << static_cast<int>(count);
      if (entered)
        row.whole(field);
      else
        row.own(std::optional<std::int64_t>());
    }
    row.own(authority_.id_of(key->unit));
    row.own(geo::iso(key->date));
    row.own(cleared);
    row.trace(source_);
    report_.run();
  }
  void team(const RecordNow& now) {
    Row row(team_, now, authority_);
    row.own(now.record.key);
    row.text("name", now.record.key);
    row.text("level", "commune");
    row.text("kind");
    row.unit("unit");
    row.unit("former_unit");
    row.whole("members");
    row.whole("union_members");
    row.maybe_text("established_on");
    row.maybe_text("closed_on");
    row.whole("generator");
    row.whole("mobile_router");
    row.text("vehicle");
    row.place();
    row.trace(source_);
    team_.run();
  }
  void settlement(const RecordNow& now) {
    Row row(settlement_, now, authority_);
    row.own(now.record.key);
    row.text("name", now.record.key);
    row.text("kind");
    row.unit("unit");
    row.unit("former_unit");
    row.whole("households");
    row.whole("residents");
    row.whole("eligible");
    row.maybe_text("electricity");
    row.maybe_text("electricity_as_of");
    row.text("electricity_source");
    row.maybe_text("signal");
    row.maybe_text("signal_as_of");
    row.text("signal_source");
    row.share("smartphone_share");
    row.share("own_sim_share");
    row.share("away_share");
    row.text("road");
    row.place();
    row.trace(source_);
    settlement_.run();
  }
  void activity(const RecordNow& now) {
    Row row(activity_, now, authority_);
    row.own(now.record.key);
    row.text("team");
    row.maybe_text("date");
    row.unit("unit");
    row.whole("sessions");
    row.whole("reached");
    row.whole("activations");
    row.trace(source_);
    activity_.run();
  }

  Database& database_;
  std::int64_t source_;
  Authority authority_;
  Statement report_, team_, settlement_, activity_;
};

/// An import has written rows since: then the entries' would no longer be the latest.
bool overtaken(Database& database, std::int64_t source) {
  for (const char* table : {"report", "team", "settlement"})
    if (number(database, "SELECT EXISTS (SELECT 1 FROM " + std::string(table) +
                             " WHERE source_id > " + std::to_string(source) + ")") != 0)
      return true;
  return false;
}

}  // namespace

std::int64_t entries_source(Database& database) {
  return number(database, "SELECT id FROM source WHERE kind = 'entries'");
}

ImportedRecord imported_record(Database& database, const RecordKey& record, Authority& authority) {
  ImportedRecord out;
  if (record.kind == RecordKind::report) imported_report(database, record, authority, out);
  if (record.kind == RecordKind::team) imported_team(database, record, authority, out);
  if (record.kind == RecordKind::settlement) imported_settlement(database, record, authority, out);
  return out;
}

const FieldState* RecordNow::field(std::string_view name) const {
  const auto found = state.fields.find(std::string(name));
  return found == state.fields.end() ? nullptr : &found->second;
}

std::optional<std::string> RecordNow::value(std::string_view name) const {
  if (const FieldState* const entered = field(name))
    return operations[entered->heads.front()].value;
  const auto found = imported.values.find(name);
  if (found == imported.values.end()) return std::nullopt;
  return found->second;
}

RecordNow record_now(Database& database, const RecordKey& record, Authority& authority) {
  RecordNow out;
  out.record = record;
  out.imported = imported_record(database, record, authority);
  out.operations = operations_of(database, record);
  out.state = state_of(record, out.operations, out.imported.home, authority);
  return out;
}

void write_entries(Database& database, std::span<const RecordKey> records) {
  const std::int64_t source = entries_source(database);
  if (source == 0 || overtaken(database, source)) return write_all_entries(database);
  EntriesWriter writer(database, source);
  for (const RecordKey& record : records) writer.write(record);
}

void write_all_entries(Database& database) {
  const std::int64_t old = entries_source(database);
  const bool any = holds_operations(database);
  if (old == 0 && !any) return;
  for (const char* table : tables)
    database.prepare("DELETE FROM " + std::string(table) + " WHERE source_id = ?")
        .bind(1, old)
        .run();
  std::int64_t source = old;
  if (old == 0 || !any || overtaken(database, old)) {
    database.prepare("DELETE FROM source WHERE id = ?").bind(1, old).run();
    if (!any) return;
    database
        .prepare(
            "INSERT INTO source (kind, file, imported_at, imported_by) VALUES ('entries', '', ?,"
            " '')")
        .bind(1, utc_now())
        .run();
    source = database.last_insert_id();
  }
  EntriesWriter writer(database, source);
  for (const RecordKey& record : records_with_operations(database)) writer.write(record);
}

}  // namespace data
