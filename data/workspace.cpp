#include "data/workspace.hpp"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "data/author.hpp"
#include "data/backup.hpp"
#include "data/import_undo.hpp"
#include "data/prepared_land.hpp"
#include "data/schema.hpp"
#include "data/wkb.hpp"
#include "geo/crs.hpp"
#include "geo/error.hpp"
#include "geo/parallel.hpp"

namespace data {
namespace {

using geo::Error;
using geo::ErrorKind;
using geo::msg;

constexpr std::array<std::string_view, 3> severities{"info", "warning", "error"};

std::string to_json(const std::vector<geo::Arg>& args) {
  nlohmann::json out = nlohmann::json::array();
  for (const geo::Arg& arg : args)
    std::visit([&](const auto& value) { out.push_back(value); }, arg);
  // Text from a damaged file may hold bytes that are no UTF-8; they must not end the import.
  return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<geo::Arg> args_from_json(const std::string& text) {
  std::vector<geo::Arg> args;
  const nlohmann::json list = nlohmann::json::parse(text, nullptr, false);
  for (const nlohmann::json& value : list) {
    if (value.is_string())
      args.push_back(geo::arg(value.get<std::string>()));
    else if (value.is_number_integer())
      args.push_back(geo::arg(value.get<std::int64_t>()));
    else if (value.is_number())
      args.push_back(geo::arg(value.get<double>()));
  }
  return args;
}

/// Measured once, here: the whole country has seven million points, and that takes seconds.
void measure_areas(Database& database, std::int64_t source) {
  Statement shape = database.prepare(
      "SELECT id, AsBinary(geom) FROM unit_state"
      " WHERE source_id = ? AND geom IS NOT NULL AND area_m2 IS NULL");
  Statement update = database.prepare("UPDATE unit_state SET area_m2 = ? WHERE id = ?");
  std::vector<std::pair<std::int64_t, double>> areas;
  std::vector<std::vector<std::uint8_t>> shapes;
  shape.bind(1, source);
  while (shape.step()) {
    areas.emplace_back(shape.integer(0), 0);
    shapes.push_back(shape.blob(1));
  }
  geo::in_parallel(shapes.size(), {}, msg("data.doing_areas"), [&](std::size_t, std::size_t i) {
    areas[i].second = geo::geodesic_area(shape_from_wkb(shapes[i]));
  });
  for (const auto& [id, area] : areas) update.bind(1, area).bind(2, id).run();
}

}  // namespace

Workspace::Workspace(Database database) : database_(std::move(database)) {}

Workspace Workspace::create(const std::filesystem::path& file) {
  Database database(file, OpenMode::create);
  try {
    create_schema(database);
  } catch (...) {
    // Ours and unfinished: leave nothing behind. (The file is still open here, which Windows
    // minds: there it stays, empty, and counts as not there the next time.)
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
    throw;
  }
  return Workspace(std::move(database));
}

Workspace Workspace::open(const std::filesystem::path& file, OpenMode mode) {
  if (mode == OpenMode::create) return create(file);
  switch (identify(file)) {
    case FileKind::absent:  // Database says so
    case FileKind::workspace:
      break;
    case FileKind::other_database:
      throw Error(ErrorKind::io, msg("data.not_a_workspace"), file.string(),
                  msg("data.not_a_workspace_remedy"));
    case FileKind::empty:
    case FileKind::other:
      throw Error(ErrorKind::io, msg("data.not_a_database"), file.string(),
                  msg("data.not_a_workspace_remedy"));
  }
  Database database(file, mode);
  migrate(database, mode == OpenMode::read_write);
  // Another program may have chosen another one while it had the file, or it was copied to a
  // network since.
  if (mode == OpenMode::read_write) choose_journal(database, on_network(file));
  return Workspace(std::move(database));
}

Workspace Workspace::open_for_reading(const std::filesystem::path& file) {
  if (on_network(file) && uses_wal(file)) {
    try {
      open(file);
    } catch (const Error&) {  // it is read as it is
    }
  }
  try {
    return open(file, OpenMode::read_only);
  } catch (const Error& older) {
    if (older.message.id != "data.older_workspace") throw;
    try {
      open(file);
    } catch (const Error&) {
      throw older;
    }
  }
  return open(file, OpenMode::read_only);
}

Workspace Workspace::open_or_create(const std::filesystem::path& file) {
  const FileKind kind = identify(file);
  return kind == FileKind::absent || kind == FileKind::empty ? create(file) : open(file);
}

std::optional<std::string> Workspace::setting(const std::string& key) {
  Statement row = database_.prepare("SELECT value FROM setting WHERE key = ?");
  row.bind(1, key);
  if (!row.step()) return std::nullopt;
  return row.text(0);
}

void Workspace::set_setting(const std::string& key, const std::string& value) {
  database_
      .prepare(
          "INSERT INTO setting (key, value) VALUES (?, ?)"
          " ON CONFLICT (key) DO UPDATE SET value = excluded.value")
      .bind(1, key)
      .bind(2, value)
      .run();
}

std::vector<Source> Workspace::sources() {
  Statement row = database_.prepare(
      "SELECT id, kind, file, sheet, imported_at, imported_by, rows FROM source"
      " WHERE kind <> 'entries' ORDER BY id");
  std::vector<Source> out;
  while (row.step())
    out.push_back({row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5),
                   row.integer(6)});
  return out;
}

geo::Issues Workspace::issues() {
  Statement row = database_.prepare(
      "SELECT severity, message_id, message_args, file, sheet, row, column_name, unit, lon, lat"
      " FROM issue ORDER BY source_id DESC, id");
  geo::Issues out;
  while (row.step()) {
    geo::Issue issue;
    for (std::size_t i = 0; i < severities.size(); ++i)
      if (row.text(0) == severities[i]) issue.severity = static_cast<geo::Severity>(i);
    issue.message = {row.text(1), args_from_json(row.text(2))};
    issue.file = row.text(3);
    issue.sheet = row.text(4);
    issue.row = row.maybe_integer(5);
    issue.column = row.text(6);
    issue.unit = row.text(7);
    if (!row.is_null(8) && !row.is_null(9)) issue.at = geo::LonLat{row.real(8), row.real(9)};
    out.push_back(std::move(issue));
  }
  return out;
}

std::int64_t begin_source(Workspace& workspace, const std::string& kind, const std::string& file,
                          const std::string& sheet) {
  workspace.database()
      .prepare(
          "INSERT INTO source (kind, file, sheet, imported_at, imported_by) VALUES (?, ?, ?, ?, ?)")
      .bind(1, kind)
      .bind(2, file)
      .bind(3, sheet)
      .bind(4, utc_now())
      .bind(5, account_name())
      .run();
  return workspace.database().last_insert_id();
}

void end_source(Workspace& workspace, std::int64_t source, std::int64_t rows,
                const geo::Issues& issues) {
  Database& database = workspace.database();
  database.prepare("UPDATE source SET rows = ? WHERE id = ?").bind(1, rows).bind(2, source).run();
  Statement insert = database.prepare(
      "INSERT INTO issue (source_id, severity, message_id, message_args, file, sheet, row,"
      " column_name, unit, lon, lat) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const geo::Issue& issue : issues) {
    insert.bind(1, source)
        .bind(2, severities[static_cast<std::size_t>(issue.severity)])
        .bind(3, issue.message.id)
        .bind(4, to_json(issue.message.args))
        .bind(5, issue.file)
        .bind(6, issue.sheet)
        .bind(7, issue.row)
        .bind(8, issue.column)
        .bind(9, issue.unit);
    if (issue.at)
      insert.bind(10, issue.at->lon).bind(11, issue.at->lat);
    else
      insert.bind_null(10).bind_null(11);
    insert.run();
  }
  measure_areas(database, source);
  write_all_entries(database);
  write_commune_numbers(workspace);
}

}  // namespace data
