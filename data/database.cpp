#include "data/database.hpp"

// spatialite.h leans on sqlite3.h without including it.
#include <sqlite3.h>

#include <spatialite.h>

#include <algorithm>
#include <utility>

#include "data/file_head.hpp"
#include "geo/error.hpp"
#include "geo/path_text.hpp"

namespace data {
namespace {

using geo::Error;
using geo::ErrorKind;
using geo::msg;
using geo::utf8;

/// How long a writer waits for another program's transaction before it gives up.
constexpr int busy_timeout_ms = 5000;

[[noreturn]] void fail(int code, const std::string& detail, const std::string& file) {
  switch (code & 0xff) {
    case SQLITE_FULL:
      throw Error(ErrorKind::io, msg("data.disk_full"), file, msg("data.disk_full_remedy"));
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      throw Error(ErrorKind::io, msg("data.read_only"), file, msg("data.read_only_remedy"));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Error(ErrorKind::io, msg("data.locked"), file, msg("data.locked_remedy"));
    case SQLITE_NOTADB:
      throw Error(ErrorKind::io, msg("data.not_a_database"), file,
                  msg("data.not_a_workspace_remedy"));
    case SQLITE_CORRUPT:
      throw Error(ErrorKind::io, msg("data.damaged", detail), file, msg("data.damaged_remedy"));
    case SQLITE_CANTOPEN:
      throw Error(ErrorKind::io, msg("data.cannot_open"), file, msg("data.cannot_open_remedy"));
    case SQLITE_INTERRUPT:
      throw Error(ErrorKind::io, msg("data.took_too_long"), file, msg("data.took_too_long_remedy"));
    case SQLITE_IOERR:
      // The shared memory file of the WAL cannot grow: the disk it lies on is full.
      if (code == SQLITE_IOERR_SHMSIZE)
        throw Error(ErrorKind::io, msg("data.disk_full"), file, msg("data.disk_full_remedy"));
      throw Error(ErrorKind::io, msg("data.disk_error", detail), file,
                  msg("data.disk_error_remedy"));
    default:
      throw Error(ErrorKind::internal, msg("data.sql_failed", detail), file,
                  msg("data.report_this"));
  }
}

[[noreturn]] void fail(sqlite3* connection, const std::string& file) {
  fail(sqlite3_extended_errcode(connection), sqlite3_errmsg(connection), file);
}

/// A file: URI, for the parameters a plain name cannot carry.
std::string immutable_uri(const std::string& path) {
  std::string uri = "file:";
  for (const char c : path) {
    if (c == '%' || c == '?' || c == '#') {
      constexpr char hex[] = "0123456789ABCDEF";
      const auto byte = static_cast<unsigned char>(c);
      uri += '%';
      uri += hex[byte >> 4];
      uri += hex[byte & 15];
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

}  // namespace

std::string first_bytes(const std::filesystem::path& file, std::size_t count) {
  sqlite3_vfs* const disk = sqlite3_vfs_find(nullptr);
  if (disk == nullptr) return {};
  const auto longest = static_cast<std::size_t>(disk->mxPathname) + 1;
  std::string full(longest, '\0');
  if (disk->xFullPathname(disk, utf8(file).c_str(), static_cast<int>(longest), full.data()) !=
      SQLITE_OK)
    return {};
  const char* const name = sqlite3_create_filename(full.c_str(), "", "", 0, nullptr);
  if (name == nullptr) return {};
  std::vector<std::max_align_t> room(
      static_cast<std::size_t>(disk->szOsFile) / sizeof(std::max_align_t) + 1);
  auto* const opened = reinterpret_cast<sqlite3_file*>(room.data());
  std::string out;
  int flags = 0;
  if (disk->xOpen(disk, name, opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB, &flags) ==
      SQLITE_OK) {
    sqlite3_int64 size = 0;
    opened->pMethods->xFileSize(opened, &size);
    out.resize(std::min(count, static_cast<std::size_t>(std::max<sqlite3_int64>(0, size))));
    if (!out.empty() &&
        opened->pMethods->xRead(opened, out.data(), static_cast<int>(out.size()), 0) != SQLITE_OK)
      out.clear();
  }
  if (opened->pMethods != nullptr) opened->pMethods->xClose(opened);
  sqlite3_free_filename(name);
  return out;
}

struct Database::Impl {
  std::filesystem::path file;
  std::string name;
  sqlite3* connection = nullptr;
  void* spatialite = nullptr;
  std::chrono::steady_clock::time_point deadline;  ///< of a foreign file

  void open(const std::string& target, int flags) {
    const int code =
        sqlite3_open_v2(target.c_str(), &connection, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    if (code != SQLITE_OK) {
      if (connection == nullptr) fail(code, sqlite3_errstr(code), name);
      fail(connection, name);
    }
    sqlite3_extended_result_codes(connection, 1);
    sqlite3_busy_timeout(connection, busy_timeout_ms);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  }
  void close() {
    // close_v2: a Statement that outlives us by mistake must not leak the file.
    sqlite3_close_v2(std::exchange(connection, nullptr));
  }
  /// The first read tells whether the file can be used at all.
  int probe() {
    return sqlite3_exec(connection, "SELECT count(*) FROM sqlite_master", nullptr, nullptr,
                        nullptr);
  }
  void load_spatialite() {
    spatialite = spatialite_alloc_connection();
    spatialite_init_ex(connection, spatialite, 0);
  }
  void run(const char* sql) {
    if (sqlite3_exec(connection, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
      fail(connection, name);
  }

  ~Impl() {
    close();
    if (spatialite != nullptr) spatialite_cleanup_ex(spatialite);
  }
};

Database::Database(const std::filesystem::path& file, OpenMode mode)
    : impl_(std::make_unique<Impl>()) {
  Impl& db = *impl_;
  db.file = file;
  db.name = utf8(file);

  std::error_code ignored;
  const bool exists = std::filesystem::exists(file, ignored);
  if (mode == OpenMode::create) {
    // Nothing in it: left behind by a program that was killed while creating it.
    if (exists && !(std::filesystem::is_regular_file(file, ignored) &&
                    std::filesystem::file_size(file, ignored) == 0))
      throw Error(ErrorKind::io, msg("data.already_there"), db.name,
                  msg("data.already_there_remedy"));
  } else if (!exists) {
    throw Error(ErrorKind::io, msg("data.no_such_file"), db.name, msg("data.no_such_file_remedy"));
  } else if (!std::filesystem::is_regular_file(file, ignored)) {
    throw Error(ErrorKind::io, msg("data.not_a_database"), db.name,
                msg("data.not_a_workspace_remedy"));
  }

  if (mode == OpenMode::read_only) {
    // Opened for writing where that is allowed, and then told not to: a connection that may not
    // write leaves the WAL's two files behind when it closes.
    db.open(db.name, SQLITE_OPEN_READWRITE);
    const int code = db.probe();
    if (code != SQLITE_OK) {
      // A workspace in WAL mode on read-only media: SQLite cannot make the files it keeps beside
      // it. Nobody else can write there either, so it may be read as it is, unless changes wait
      // in a WAL that could not be read either.
      const std::filesystem::path wal = db.name + "-wal";
      const bool changes_wait =
          std::filesystem::exists(wal, ignored) && std::filesystem::file_size(wal, ignored) > 0;
      const int primary = code & 0xff;
      const bool media =
          primary == SQLITE_CANTOPEN || primary == SQLITE_READONLY || primary == SQLITE_IOERR;
      if (!media || changes_wait) fail(db.connection, db.name);
      db.close();
      db.open(immutable_uri(db.name), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    }
  } else {
    const int create = mode == OpenMode::create ? SQLITE_OPEN_CREATE : 0;
    db.open(db.name, SQLITE_OPEN_READWRITE | create);
    // SQLite falls back to reading when it may not write; say so now, not at the first import.
    if (sqlite3_db_readonly(db.connection, "main") == 1) fail(SQLITE_READONLY, "", db.name);
  }
  if (db.probe() != SQLITE_OK) fail(db.connection, db.name);

  db.load_spatialite();
  if (mode == OpenMode::read_only) db.run("PRAGMA query_only = ON");
  // The WAL is flushed at every commit: what was said to be saved survives a power cut.
  db.run("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;");
}

Database Database::foreign(const std::filesystem::path& file, const ForeignLimits& limits) {
  auto impl = std::make_unique<Impl>();
  Impl& db = *impl;
  db.file = file;
  db.name = utf8(file);
  db.deadline = std::chrono::steady_clock::now() + limits.time;
  db.open(immutable_uri(db.name), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
  const auto set = [&](int option, int value) {
    sqlite3_db_config(db.connection, option, value, nullptr);
  };
  set(SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0);
  set(SQLITE_DBCONFIG_ENABLE_TRIGGER, 0);
  set(SQLITE_DBCONFIG_ENABLE_VIEW, 0);
  set(SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0);
  set(SQLITE_DBCONFIG_DQS_DDL, 0);
  set(SQLITE_DBCONFIG_DQS_DML, 0);
  sqlite3_limit(db.connection, SQLITE_LIMIT_LENGTH, limits.bytes);
  sqlite3_limit(db.connection, SQLITE_LIMIT_SQL_LENGTH, 10'000);
  sqlite3_limit(db.connection, SQLITE_LIMIT_COLUMN, 100);
  sqlite3_limit(db.connection, SQLITE_LIMIT_EXPR_DEPTH, 20);
  sqlite3_limit(db.connection, SQLITE_LIMIT_COMPOUND_SELECT, 3);
  sqlite3_limit(db.connection, SQLITE_LIMIT_VDBE_OP, 25'000);
  sqlite3_limit(db.connection, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_progress_handler(
      db.connection, 1000,
      [](void* of) {
        return std::chrono::steady_clock::now() > static_cast<Impl*>(of)->deadline ? 1 : 0;
      },
      &db);
  db.run(
      "PRAGMA query_only = ON; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;"
      " PRAGMA temp_store = MEMORY;");
  if (db.probe() != SQLITE_OK) fail(db.connection, db.name);
  return Database(std::move(impl));
}

Database Database::copy_in_memory() {
  auto impl = std::make_unique<Impl>();
  Impl& db = *impl;
  db.file = impl_->file;
  db.name = impl_->name;
  db.open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  sqlite3_backup* const backup =
      sqlite3_backup_init(db.connection, "main", impl_->connection, "main");
  if (backup == nullptr) fail(db.connection, db.name);
  sqlite3_backup_step(backup, -1);
  const int code = sqlite3_backup_finish(backup);
  if (code != SQLITE_OK) fail(code, sqlite3_errstr(code), db.name);
  db.load_spatialite();
  db.run("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;");
  return Database(std::move(impl));
}

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

const std::filesystem::path& Database::file() const { return impl_->file; }
std::int64_t Database::last_insert_id() const {
  return sqlite3_last_insert_rowid(impl_->connection);
}

struct Statement::Impl {
  sqlite3_stmt* statement = nullptr;
  const Database::Impl* database = nullptr;

  void check(int code) const {
    if (code != SQLITE_OK) fail(database->connection, database->name);
  }
  ~Impl() { sqlite3_finalize(statement); }
};

Statement Database::prepare(std::string_view sql) {
  auto statement = std::make_unique<Statement::Impl>();
  statement->database = impl_.get();
  statement->check(sqlite3_prepare_v2(impl_->connection, sql.data(), static_cast<int>(sql.size()),
                                      &statement->statement, nullptr));
  return Statement(std::move(statement));
}

void Database::execute(std::string_view sql) {
  const char* next = sql.data();
  const char* const end = sql.data() + sql.size();
  while (next != end) {
    Statement::Impl one;
    one.database = impl_.get();
    one.check(sqlite3_prepare_v2(impl_->connection, next, static_cast<int>(end - next),
                                 &one.statement, &next));
    if (one.statement == nullptr) continue;  // white space or a comment
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW) code = sqlite3_step(one.statement);
    if (code != SQLITE_DONE) fail(impl_->connection, impl_->name);
  }
}

Statement::Statement(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Statement::Statement(Statement&&) noexcept = default;
Statement& Statement::operator=(Statement&&) noexcept = default;
Statement::~Statement() = default;

Statement& Statement::bind(int parameter, std::string_view text) {
  // An empty view may have no data at all, which SQLite would take for NULL.
  impl_->check(sqlite3_bind_text64(impl_->statement, parameter, text.empty() ? "" : text.data(),
                                   text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}
Statement& Statement::bind(int parameter, std::int64_t number) {
  impl_->check(sqlite3_bind_int64(impl_->statement, parameter, number));
  return *this;
}
Statement& Statement::bind(int parameter, double number) {
  impl_->check(sqlite3_bind_double(impl_->statement, parameter, number));
  return *this;
}
Statement& Statement::bind_null(int parameter) {
  impl_->check(sqlite3_bind_null(impl_->statement, parameter));
  return *this;
}
Statement& Statement::bind_blob(int parameter, std::span<const std::uint8_t> bytes) {
  impl_->check(sqlite3_bind_blob64(impl_->statement, parameter, bytes.data(), bytes.size(),
                                   SQLITE_TRANSIENT));
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(impl_->statement);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) {
    // Reading the message first: reset may replace it.
    const int extended = sqlite3_extended_errcode(impl_->database->connection);
    const std::string detail = sqlite3_errmsg(impl_->database->connection);
    sqlite3_reset(impl_->statement);
    fail(extended, detail, impl_->database->name);
  }
  return false;
}
void Statement::run() {
  while (step()) {
  }
  reset();
}
void Statement::reset() { sqlite3_reset(impl_->statement); }

StoredAs Statement::stored_as(int column) const {
  switch (sqlite3_column_type(impl_->statement, column)) {
    case SQLITE_INTEGER:
      return StoredAs::integer;
    case SQLITE_FLOAT:
      return StoredAs::real;
    case SQLITE_TEXT:
      return StoredAs::text;
    case SQLITE_BLOB:
      return StoredAs::blob;
    default:
      return StoredAs::null;
  }
}
bool Statement::is_null(int column) const {
  return sqlite3_column_type(impl_->statement, column) == SQLITE_NULL;
}
std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(impl_->statement, column);
}
double Statement::real(int column) const { return sqlite3_column_double(impl_->statement, column); }
std::string Statement::text(int column) const {
  const unsigned char* text = sqlite3_column_text(impl_->statement, column);
  if (text == nullptr) return {};
  const int size = sqlite3_column_bytes(impl_->statement, column);
  return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)};
}
std::vector<std::uint8_t> Statement::blob(int column) const {
  const auto* bytes =
      static_cast<const std::uint8_t*>(sqlite3_column_blob(impl_->statement, column));
  if (bytes == nullptr) return {};
  return {bytes, bytes + sqlite3_column_bytes(impl_->statement, column)};
}
std::optional<std::int64_t> Statement::maybe_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}
std::optional<double> Statement::maybe_real(int column) const {
  if (is_null(column)) return std::nullopt;
  return real(column);
}

Transaction::Transaction(Database& database) : database_(database) {
  database_.execute("BEGIN IMMEDIATE");
}
Transaction::~Transaction() {
  if (!open_) return;
  try {
    database_.execute("ROLLBACK");
  } catch (const Error&) {
    // SQLite has already rolled back (a full disk, a failed write): there is nothing left to undo.
  }
}
void Transaction::commit() {
  database_.execute("COMMIT");
  open_ = false;
}

OneMoment::OneMoment(Database& database) : database_(database) {
  database_.execute("SAVEPOINT moment");
}
OneMoment::~OneMoment() {
  try {
    database_.execute("RELEASE moment");
  } catch (const Error&) {
    // Already rolled back by SQLite; nothing was written here.
  }
}

}  // namespace data
