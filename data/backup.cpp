#include "data/backup.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>

#if defined(__linux__)
#include <sys/vfs.h>
#elif defined(_WIN32)
#include <windows.h>
#endif

#include "data/database.hpp"
#include "data/schema.hpp"
#include "data/unfinished_file.hpp"
#include "geo/error.hpp"
#include "geo/path_text.hpp"

namespace data {
namespace {

namespace fs = std::filesystem;
using geo::msg;
using geo::utf8;

constexpr int busy_timeout_ms = 5000;
/// Copied between two looks at whether it is still wanted: 4 MiB of usual pages.
constexpr int pages_at_once = 1024;
constexpr std::string_view mark_of_restore = "-truoc-khi-khoi-phuc", mark_of_hand = "-giu-lai";

struct Closed {
  void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
};
using Connection = std::unique_ptr<sqlite3, Closed>;

[[noreturn]] void fail(int code, const fs::path& file) {
  const int primary = code & 0xff;
  if (primary == SQLITE_FULL)
    throw geo::Error(geo::ErrorKind::io, msg("data.out_disk_full"), utf8(file),
                     msg("data.out_disk_full_remedy"));
  if (primary == SQLITE_READONLY || primary == SQLITE_CANTOPEN || primary == SQLITE_PERM)
    throw geo::Error(geo::ErrorKind::io, msg("data.out_not_writable"), utf8(file),
                     msg("data.out_not_writable_remedy"));
  throw geo::Error(geo::ErrorKind::io, msg("data.backup_failed", sqlite3_errstr(code)), utf8(file),
                   msg("data.backup_failed_remedy"));
}

Connection open(const fs::path& file, int flags) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(utf8(file).c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Connection connection(raw);
  if (code != SQLITE_OK) fail(code, file);
  sqlite3_extended_result_codes(raw, 1);
  sqlite3_busy_timeout(raw, busy_timeout_ms);
  return connection;
}

/// Page by page; whoever writes to `from` meanwhile makes it begin again.
class Copying {
 public:
  Copying(sqlite3* from, sqlite3* to, fs::path written)
      : written_(std::move(written)), backup_(sqlite3_backup_init(to, "main", from, "main")) {
    if (backup_ == nullptr) fail(sqlite3_extended_errcode(to), written_);
  }
  ~Copying() {
    if (backup_ != nullptr) sqlite3_backup_finish(backup_);  // else nothing of it stays
  }
  Copying(const Copying&) = delete;
  Copying& operator=(const Copying&) = delete;

  /// Keeps all others from writing there.
  void lock() {
    const int code = step(0);
    if (code != SQLITE_OK && code != SQLITE_DONE) stop(code);
  }
  void run(const geo::Progress& progress) {
    for (int code = SQLITE_OK; code != SQLITE_DONE;) {
      code = step(pages_at_once);
      if (code != SQLITE_OK && code != SQLITE_DONE) stop(code);
      const int all = sqlite3_backup_pagecount(backup_), left = sqlite3_backup_remaining(backup_);
      progress.at(all > 0 ? 1.0 - static_cast<double>(left) / all : 0, msg("data.doing_backup"));
    }
    const int end = sqlite3_backup_finish(std::exchange(backup_, nullptr));
    if (end != SQLITE_OK) fail(end, written_);
  }

 private:
  int step(int pages) {
    for (int waits = 0;; ++waits) {
      const int code = sqlite3_backup_step(backup_, pages);
      const bool busy = (code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED;
      if (!busy || waits >= busy_timeout_ms / 20) return code;
      sqlite3_sleep(20);
    }
  }
  [[noreturn]] void stop(int code) {
    const int end = sqlite3_backup_finish(std::exchange(backup_, nullptr));
    fail(end == SQLITE_OK ? code : end, written_);
  }

  fs::path written_;
  sqlite3_backup* backup_;
};

void copy(sqlite3* from, sqlite3* to, const fs::path& written, const geo::Progress& progress) {
  Copying(from, to, written).run(progress);
}

/// In one file, without a WAL beside it.
void close_up(sqlite3* connection, const fs::path& file) {
  const int code =
      sqlite3_exec(connection, "PRAGMA journal_mode = DELETE", nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code, file);
}

Backup copy_into(const fs::path& workspace, const fs::path& file, const geo::Progress& progress) {
  std::error_code stop;
  fs::create_directories(file.parent_path(), stop);
  if (stop == std::errc::no_space_on_device) fail(SQLITE_FULL, file);
  if (stop == std::errc::permission_denied || stop == std::errc::read_only_file_system ||
      stop == std::errc::operation_not_permitted)
    fail(SQLITE_READONLY, file);  // whatever else is wrong is said below
  UnfinishedFile unfinished(file);
  {
    const Connection from = open(workspace, SQLITE_OPEN_READWRITE);
    const Connection to = open(unfinished.path(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    copy(from.get(), to.get(), file, progress);
    close_up(to.get(), file);
  }
  unfinished.finish();
  return {file, {}};
}

std::string name_of_day(const fs::path& workspace, geo::Date day) {
  return utf8(workspace.stem()) + "-" + geo::iso(day);
}

/// One that does not go by itself: of a day there may be several.
fs::path free_name(const fs::path& workspace, geo::Date day, std::string_view mark) {
  for (int number = 1;; ++number) {
    fs::path file = backup_folder(workspace) / (name_of_day(workspace, day) + std::string(mark) +
                                                (number > 1 ? "-" + std::to_string(number) : ""));
    file += workspace.extension();
    if (!fs::exists(file)) return file;
  }
}

/// "-giu-lai", "-giu-lai-2" …
bool is_one_of(std::string_view rest, std::string_view mark) {
  if (!rest.starts_with(mark)) return false;
  rest.remove_prefix(mark.size());
  return rest.empty() ||
         (rest.front() == '-' && rest.find_first_not_of("0123456789", 1) == rest.npos);
}

/// Of a backup: our own file, and long enough for a country's reports to be counted.
Database reading(const fs::path& backup) {
  return Database::foreign(backup, {std::chrono::seconds(20), 1 << 20});
}

/// What a program that was killed left half made, an hour ago or more: a younger one may be on its
/// way.
void tidy_up(const fs::path& folder) {
  std::error_code stop;
  const auto old = fs::file_time_type::clock::now() - std::chrono::hours(1);
  std::vector<fs::path> left;
  for (fs::directory_iterator at(folder, stop), none; !stop && at != none; at.increment(stop)) {
    std::error_code unknown;
    const auto written = fs::last_write_time(at->path(), unknown);
    if (!unknown && written < old &&
        utf8(at->path().filename()).find(".part.") != std::string::npos)
      left.push_back(at->path());
  }
  for (const fs::path& file : left) fs::remove(file, stop);
}

bool has_operations(Database& database) {
  Statement row = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'operation'");
  return row.step();
}

}  // namespace

fs::path backup_folder(const fs::path& workspace) {
  fs::path folder = workspace;
  return folder += ".backups";
}

std::vector<Backup> backups(const fs::path& workspace) {
  std::vector<Backup> out;
  std::error_code stop;
  const std::string stem = utf8(workspace.stem()) + "-", end = utf8(workspace.extension());
  for (fs::directory_iterator at(backup_folder(workspace), stop), none; !stop && at != none;
       at.increment(stop)) {
    std::string name = utf8(at->path().filename());
    constexpr std::size_t day_length = 10;
    if (!name.starts_with(stem) || !name.ends_with(end)) continue;
    name = name.substr(stem.size(), name.size() - stem.size() - end.size());
    const auto day = geo::parse_date(name.substr(0, std::min(day_length, name.size())));
    if (!day || geo::iso(*day) != name.substr(0, day_length)) continue;
    const std::string rest = name.substr(day_length);
    const bool before = is_one_of(rest, mark_of_restore), by_hand = is_one_of(rest, mark_of_hand);
    if (!rest.empty() && !before && !by_hand) continue;  // half made, or somebody's own
    out.push_back({at->path(), *day, before, by_hand});
  }
  std::sort(out.begin(), out.end(), [](const Backup& a, const Backup& b) {
    return a.day != b.day ? a.day > b.day : utf8(a.file) > utf8(b.file);
  });
  return out;
}

std::vector<geo::Date> days_to_drop(std::vector<geo::Date> days, std::size_t daily,
                                    std::size_t weekly) {
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  std::vector<geo::Date> drop;
  std::size_t weeks = 0;
  std::optional<int> last_week;
  for (std::size_t back = 0; back < days.size(); ++back) {
    const geo::Date day = days[days.size() - 1 - back];
    if (back < daily) continue;
    // Weeks since 1970; which day they begin on does not matter.
    const int since = day - geo::Date{};
    const int week = since / 7;
    if (last_week != week && weeks < weekly) {
      last_week = week;
      ++weeks;
      continue;
    }
    drop.push_back(day);
  }
  std::reverse(drop.begin(), drop.end());
  return drop;
}

std::optional<Backup> back_up(const fs::path& workspace, geo::Date day,
                              const geo::Progress& progress) {
  std::vector<Backup> there = backups(workspace);
  const auto of_day = [&](const Backup& b) {
    return b.day == day && !b.before_restore && !b.by_hand;
  };
  if (std::any_of(there.begin(), there.end(), of_day)) return std::nullopt;
  fs::path file = backup_folder(workspace) / name_of_day(workspace, day);
  file += workspace.extension();
  tidy_up(backup_folder(workspace));
  Backup made = copy_into(workspace, file, progress);
  made.day = day;
  std::vector<geo::Date> days{day};
  const auto daily = [](const Backup& b) { return !b.before_restore && !b.by_hand; };
  for (const Backup& b : there)
    if (daily(b)) days.push_back(b.day);
  const auto drop = days_to_drop(days);
  for (const Backup& b : there) {
    std::error_code ignored;  // one that stays does no harm
    if (daily(b) && std::find(drop.begin(), drop.end(), b.day) != drop.end())
      fs::remove(b.file, ignored);
  }
  return made;
}

Backup back_up_by_hand(const fs::path& workspace, geo::Date day, const geo::Progress& progress) {
  Backup made = copy_into(workspace, free_name(workspace, day, mark_of_hand), progress);
  made.day = day;
  made.by_hand = true;
  return made;
}

BackupHolds held_in(const fs::path& backup) {
  Database database = reading(backup);
  BackupHolds out;
  const auto number = [&](std::string_view sql) {
    Statement row = database.prepare(sql);
    return row.step() ? row.integer(0) : 0;
  };
  if (has_operations(database)) out.operations = number("SELECT count(*) FROM operation");
  out.reports = number("SELECT count(*) FROM (SELECT DISTINCT unit_id, date FROM report)");
  out.imports = number("SELECT count(*) FROM source WHERE kind <> 'entries'");
  Statement row = database.prepare("SELECT max(date) FROM report");
  if (row.step()) out.newest = row.text(0);
  return out;
}

LostByRestore lost_by_restore(const fs::path& workspace, const fs::path& backup) {
  Database then = reading(backup), now(workspace, OpenMode::read_only);
  const OneMoment moment(now);
  LostByRestore out;
  std::set<std::vector<std::uint8_t>> operations;
  if (has_operations(then)) {
    Statement row = then.prepare("SELECT uuid FROM operation");
    while (row.step()) operations.insert(row.blob(0));
  }
  const auto when = [&](const std::string& at) {
    if (out.first.empty() || at < out.first) out.first = at;
    out.last = std::max(out.last, at);
  };
  if (has_operations(now)) {
    Statement row = now.prepare("SELECT uuid, received_at FROM operation");
    while (row.step()) {
      if (operations.contains(row.blob(0))) continue;
      ++out.operations;
      when(row.text(1));
    }
  }
  // An import's id is never given again, but another copy may have given it too.
  std::set<std::string> imports;
  const std::string imported =
      "SELECT id || ' ' || kind || ' ' || file || ' ' || imported_at,"
      " imported_at FROM source WHERE kind <> 'entries'";
  Statement old = then.prepare(imported);
  while (old.step()) imports.insert(old.text(0));
  Statement row = now.prepare(imported);
  while (row.step()) {
    if (imports.contains(row.text(0))) continue;
    ++out.imports;
    when(row.text(1));
  }
  const auto author = [](Database& database) {
    Statement set = database.prepare("SELECT value FROM setting WHERE key = 'author_unit'");
    return set.step() ? set.text(0) : std::string();
  };
  out.author = author(then) != author(now);
  return out;
}

Backup restore(const fs::path& workspace, const fs::path& backup, geo::Date today,
               const geo::Progress& progress) {
  if (identify(backup) != FileKind::workspace)
    throw geo::Error(geo::ErrorKind::io, msg("data.backup_is_none"), utf8(backup),
                     msg("data.backup_is_none_remedy"));
  {
    // A page that cannot be read must not take the place of one that can.
    const Connection from = open(backup, SQLITE_OPEN_READWRITE);
    bool sound = false;
    const auto look = [](void* out, int, char** values, char**) {
      *static_cast<bool*>(out) = values[0] != nullptr && std::string_view(values[0]) == "ok";
      return 0;
    };
    const int code = sqlite3_exec(from.get(), "PRAGMA quick_check(1)", look, &sound, nullptr);
    if (code != SQLITE_OK || !sound)
      throw geo::Error(geo::ErrorKind::io, msg("data.backup_damaged"), utf8(backup),
                       msg("data.backup_damaged_remedy"));
  }
  const fs::path kept = free_name(workspace, today, mark_of_restore);
  const Connection from = open(backup, SQLITE_OPEN_READWRITE);
  const Connection to = open(workspace, SQLITE_OPEN_READWRITE);
  Copying back(from.get(), to.get(), workspace);
  // With a WAL others read while it is locked, so nobody can write between the two copies. Else
  // nobody could read either.
  const bool wal = uses_wal(workspace);
  if (wal) back.lock();
  Backup before = copy_into(workspace, kept, progress.part(0, 0.5));
  before.day = today;
  before.before_restore = true;
  back.run(progress.part(0.5, 1));
  return before;
}

bool on_network(const fs::path& file) {
#if defined(__linux__)
  struct statfs where {};
  if (statfs(file.c_str(), &where) != 0) return false;
  // NFS, SMB, CIFS, SMB2, AFS, Coda, 9P, CEPH (linux/magic.h).
  constexpr unsigned kinds[] = {0x6969,     0x517B,     0xFF534D42, 0xFE534D42,
                                0x5346414F, 0x73757245, 0x01021997, 0x00C36400};
  const auto kind = static_cast<unsigned>(where.f_type);
  return std::find(std::begin(kinds), std::end(kinds), kind) != std::end(kinds);
#elif defined(_WIN32)
  const fs::path root = fs::absolute(file).root_path();
  return root.wstring().starts_with(L"\\\\") || GetDriveTypeW(root.c_str()) == DRIVE_REMOTE;
#else
  static_cast<void>(file);
  return false;
#endif
}

}  // namespace data
