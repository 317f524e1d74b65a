#include "data/schema.hpp"

#include <array>
#include <string>

#include "assets/assets.hpp"
#include "data/backup.hpp"
#include "data/file_head.hpp"
#include "data/load.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

using geo::Error;
using geo::ErrorKind;
using geo::msg;

/// "PhSg", where SQLite keeps what kind of file a database is.
constexpr std::int64_t application_id = 0x50685367;

/// Step i brings schema version i to i + 1.
constexpr std::array migrations{"sql/001_schema.sql",   "sql/002_judgement.sql",
                                "sql/003_prepared.sql", "sql/004_plan.sql",
                                "sql/005_briefing.sql", "sql/006_operation.sql"};
constexpr auto latest = static_cast<std::int64_t>(migrations.size());

std::int64_t pragma(Database& database, std::string_view name) {
  Statement statement = database.prepare("PRAGMA " + std::string(name));
  statement.step();
  return statement.integer(0);
}

void run_migrations(Database& database, std::int64_t from) {
  for (std::int64_t step = from; step < latest; ++step)
    database.execute(assets::text(migrations[static_cast<std::size_t>(step)]));
  database.execute("PRAGMA user_version = " + std::to_string(latest));
}

}  // namespace

FileKind identify(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return FileKind::absent;
  if (!std::filesystem::is_regular_file(file, error)) return FileKind::other;
  if (std::filesystem::file_size(file, error) == 0 && !error) return FileKind::empty;
  // The header of the SQLite file format: 16 bytes of magic, the application id at 68, big-endian.
  const std::string head = first_bytes(file, 100);
  const std::string_view magic("SQLite format 3\0", 16);
  if (head.size() != 100 || !head.starts_with(magic)) return FileKind::other;
  std::int64_t id = 0;
  for (std::size_t i = 68; i < 72; ++i) id = id * 256 + static_cast<unsigned char>(head[i]);
  return id == application_id ? FileKind::workspace : FileKind::other_database;
}

void create_schema(Database& database) {
  {
    Transaction transaction(database);
    // Without the tables for styles, rasters and ISO metadata, which would show as empty layers.
    // Only the reference systems built on WGS 84: everything in a workspace is in EPSG:4326, and
    // all 6,000 of them would make an empty workspace weigh 7 MB.
    Statement init = database.prepare("SELECT InitSpatialMetaData(0, 'WGS84')");
    if (!init.step() || init.integer(0) != 1)
      throw Error(ErrorKind::internal, msg("data.sql_failed", "InitSpatialMetaData"),
                  database.file().string(), msg("data.report_this"));
    init.reset();
    run_migrations(database, 0);
    database.execute("PRAGMA application_id = " + std::to_string(application_id));
    transaction.commit();
  }
  // After the first commit, so that the file itself (not a WAL beside it) says what it is.
  choose_journal(database, on_network(database.file()));
}

void choose_journal(Database& database, bool network) {
  if (!network) return database.execute("PRAGMA journal_mode = WAL");
  try {
    database.execute("PRAGMA journal_mode = DELETE");
  } catch (const Error& error) {
    // Others have it open as it is; whoever opens it next, alone, changes it.
    if (error.message.id != "data.locked") throw;
  }
}

bool uses_wal(const std::filesystem::path& file) {
  const std::string head = first_bytes(file, 20);
  return head.size() == 20 && head[18] == 2;  // the write version of the SQLite file format
}

bool migrate(Database& database, bool may_write) {
  const std::int64_t version = pragma(database, "user_version");
  const std::string file = database.file().string();
  if (version > latest)
    throw Error(ErrorKind::io, msg("data.newer_workspace", version, latest), file,
                msg("data.newer_workspace_remedy"));
  if (version == latest) return false;
  if (!may_write)
    throw Error(ErrorKind::io, msg("data.older_workspace", version, latest), file,
                msg("data.older_workspace_remedy"));
  Transaction transaction(database);
  // Another program may have migrated it while we waited for the lock.
  const std::int64_t now = pragma(database, "user_version");
  if (now >= latest) return false;
  run_migrations(database, now);
  write_commune_numbers(database);  // derived, and older versions knew less of it
  transaction.commit();
  return true;
}

}  // namespace data
