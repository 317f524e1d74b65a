#include "data/snapshot.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "data/entries.hpp"
#include "data/reports_file.hpp"
#include "geo/cache_folder.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

using geo::msg;

/// From the columns as both queries below have them.
Report stored_report(const Statement& row, const Database& database) {
  Report report;
  report.date = stored_date(row, 1, database);
  report.eligible = row.maybe_integer(2);
  report.installed = row.maybe_integer(3);
  report.activated_l1 = row.maybe_integer(4);
  report.activated_l2 = row.maybe_integer(5);
  report.sessions = row.maybe_integer(6);
  report.reached = row.maybe_integer(7);
  report.trace = {row.integer(8), row.integer(9)};
  return report;
}

/// Reads rows into a builder, in the order of their sources.
class RowReader {
 public:
  RowReader(Database& database, ReportsBuilder& builder, const geo::Progress& progress)
      : database_(database), builder_(builder), progress_(progress) {}

  /// Rows of imports after `after` up to `last`. False: a row of a source below `least`, or of one
  /// below that of the row before it; then what was read is of no use.
  bool read(std::int64_t after, std::int64_t last, std::int64_t least, std::string_view order) {
    Statement row = database_.prepare(
        "SELECT unit_id, date, eligible, installed, activated_l1, activated_l2, sessions, reached,"
        " source_id, source_row FROM report WHERE id > ? AND id <= ? AND +source_id <> ? " +
        std::string(order));
    row.bind(1, after).bind(2, last).bind(3, entries_source(database_));
    std::int64_t id = 0;
    std::uint32_t unit = 0;
    const double total = std::max(1.0, static_cast<double>(last - after));
    while (row.step()) {
      if (rows++ % 65'536 == 0)
        progress_.at(std::min(1.0, static_cast<double>(rows) / total), msg("data.loading_reports"));
      if (rows == 1 || row.integer(0) != id) {
        id = row.integer(0);
        unit = builder_.unit(id);
      }
      const Report report = stored_report(row, database_);
      if (report.trace.source < least) return false;
      if (report.trace.source > least) sources.insert(least = report.trace.source);
      builder_.add(unit, report);
    }
    return true;
  }

  std::uint64_t rows = 0;
  std::set<std::int64_t> sources;

 private:
  Database& database_;
  ReportsBuilder& builder_;
  const geo::Progress& progress_;
};

/// What people entered lies over all imports, and is read anew each time.
Reports with_entries(Database& database, Reports reports, std::uint64_t& rows,
                     std::string_view which = {}) {
  const std::int64_t source = entries_source(database);
  if (source == 0) return reports;
  ReportsBuilder builder(std::move(reports));
  Statement row = database.prepare(
      "SELECT unit_id, date, eligible, installed, activated_l1, activated_l2, sessions, reached,"
      " source_id, source_row, cleared FROM report WHERE source_id = ?" +
      std::string(which));
  row.bind(1, source);
  while (row.step()) {
    ++rows;
    const std::uint32_t unit = builder.unit(row.integer(0));
    const Report report = stored_report(row, database);
    builder.add(unit, report);
    std::vector<Count> cleared;
    for (int i = 0; i < 6; ++i)
      if ((row.integer(10) >> i & 1) != 0) cleared.push_back(static_cast<Count>(i));
    if (!cleared.empty()) builder.clear(unit, report.date, cleared);
  }
  return builder.finish();
}

}  // namespace

Reports read_some_reports(Database& database) {
  ReportsBuilder builder;
  Statement row = database.prepare(
      "SELECT unit_id, date, eligible, installed, activated_l1, activated_l2, sessions, reached,"
      " source_id, source_row FROM report WHERE unit_id IN temp.some_unit AND +source_id <> ?"
      " ORDER BY source_id, id");
  row.bind(1, entries_source(database));
  while (row.step()) builder.add(builder.unit(row.integer(0)), stored_report(row, database));
  std::uint64_t rows = 0;
  return with_entries(database, builder.finish(), rows, " AND unit_id IN temp.some_unit");
}

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

Reports read_reports(Database& database, const SnapshotUse& use, const geo::Progress& progress,
                     ReportsRead* how) {
  const std::filesystem::path& cache = use.cache;
  SnapshotOf now;
  now.stamp = snapshot_stamp(database, "numbers");
  now.last_row = one_number(database,
                            "SELECT max(id) FROM report WHERE +source_id NOT IN"
                            " (SELECT id FROM source WHERE kind = 'entries')");
  const auto tokens = source_tokens(database);
  const std::string key = snapshot_key("numbers", now.stamp);

  std::optional<ReportsFile::Read> kept;
  if (!cache.empty()) kept = ReportsFile::read(geo::map_file(cache / key / ReportsFile::name));
  if (kept && (kept->of.stamp != now.stamp || kept->of.last_row > now.last_row ||
               !all_stand(kept->of.sources, tokens)))
    kept.reset();
  if (kept) geo::touch_cache(cache, key);

  ReportsRead read;
  std::set<std::int64_t> sources;
  Reports out;
  const auto take = [&](Reports base, std::int64_t after, std::int64_t least,
                        std::string_view order) {
    ReportsBuilder builder(std::move(base));
    if (after == 0) {  // all at once, so that every date has room for all of them
      Statement unit = database.prepare(
          "SELECT id FROM unit WHERE EXISTS (SELECT 1 FROM report WHERE report.unit_id = unit.id)"
          " ORDER BY id");
      while (unit.step()) builder.unit(unit.integer(0));
    }
    RowReader reader(database, builder, progress);
    const bool done = reader.read(after, now.last_row, least, order);
    read.rows += reader.rows;
    if (!done) return false;
    sources.merge(reader.sources);
    out = builder.finish();
    return true;
  };
  if (kept) {
    const std::int64_t newest = kept->of.sources.empty() ? 0 : kept->of.sources.back().id;
    for (const SourceToken& source : kept->of.sources) sources.insert(source.id);
    // The plus: sort those few, rather than walk the index of sources from its beginning.
    read.from_snapshot = take(kept->reports, kept->of.last_row, newest, "ORDER BY +source_id, id");
  }
  // Imports follow one another, so their rows come in the order of their sources. Where another
  // program wrote rows, that may not be so.
  if (!read.from_snapshot) {
    sources.clear();
    if (!take({}, 0, 0, "") && !take({}, 0, 0, "ORDER BY source_id, id")) return {};
  }

  // A few new rows are read again each time rather than all written again.
  const std::uint64_t worth =
      read.from_snapshot ? std::max(use.least_rows, static_cast<std::uint64_t>(now.last_row) / 50)
                         : use.least_rows;
  if (use.may_keep && !cache.empty() && read.rows >= worth) {
    if (auto held = tokens_of(sources, tokens)) {
      now.sources = std::move(*held);
      read.kept = ReportsFile::write(out, now, cache, key);
    }
    if (read.kept) geo::trim_cache(cache, key);
  }
  out = with_entries(database, std::move(out), read.entries);
  if (how != nullptr) *how = read;
  return out;
}

}  // namespace data
