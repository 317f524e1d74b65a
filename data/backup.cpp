#include "data/backup.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#if defined(__linux__)
#include <sys/vfs.h>
#elif defined(_WIN32)
#include <windows.h>
#endif

#include "data/schema.hpp"
#include "data/unfinished_file.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

namespace fs = std::filesystem;
using geo::msg;

constexpr int busy_timeout_ms = 5000;
/// Copied between two looks at whether it is still wanted: 4 MiB of usual pages.
constexpr int pages_at_once = 1024;
constexpr std::string_view mark_of_restore = "-truoc-khi-khoi-phuc";

std::string utf8(const fs::path& path) {
  const auto text = path.u8string();
  return {text.begin(), text.end()};
}

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
void copy(sqlite3* from, sqlite3* to, const fs::path& written, const geo::Progress& progress) {
  sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
  if (backup == nullptr) fail(sqlite3_extended_errcode(to), written);
  int code = SQLITE_OK;
  try {
    for (int waits = 0; code != SQLITE_DONE;) {
      code = sqlite3_backup_step(backup, pages_at_once);
      const bool busy = (code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED;
      if (busy && ++waits <= busy_timeout_ms / 20) {
        sqlite3_sleep(20);
      } else if (code != SQLITE_OK && code != SQLITE_DONE) {
        break;
      }
      const int all = sqlite3_backup_pagecount(backup), left = sqlite3_backup_remaining(backup);
      progress.at(all > 0 ? 1.0 - static_cast<double>(left) / all : 0, msg("data.doing_backup"));
    }
  } catch (...) {
    sqlite3_backup_finish(backup);
    throw;
  }
  const int end = sqlite3_backup_finish(backup);
  if (code != SQLITE_DONE) fail(end == SQLITE_OK ? code : end, written);
}

/// In one file, without a WAL beside it.
void close_up(sqlite3* connection, const fs::path& file) {
  const int code =
      sqlite3_exec(connection, "PRAGMA journal_mode = DELETE", nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code, file);
}

Backup copy_into(const fs::path& workspace, const fs::path& file, const geo::Progress& progress) {
  std::error_code ignored;
  fs::create_directories(file.parent_path(), ignored);  // what is wrong with it is said below
  UnfinishedFile unfinished(file);
  {
    const Connection from = open(workspace, SQLITE_OPEN_READWRITE);
    const Connection to = open(unfinished.path(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    copy(from.get(), to.get(), file, progress);
    close_up(to.get(), file);
  }
  unfinished.finish();
  return {file, {}, false};
}

std::string name_of_day(const fs::path& workspace, geo::Date day) {
  return utf8(workspace.stem()) + "-" + geo::iso(day);
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
    const bool before = rest.starts_with(mark_of_restore);
    if (!rest.empty() && !before) continue;
    out.push_back({at->path(), *day, before});
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
  const auto of_day = [&](const Backup& b) { return b.day == day && !b.before_restore; };
  if (std::any_of(there.begin(), there.end(), of_day)) return std::nullopt;
  fs::path file = backup_folder(workspace) / name_of_day(workspace, day);
  file += workspace.extension();
  Backup made = copy_into(workspace, file, progress);
  made.day = day;
  std::vector<geo::Date> days{day};
  for (const Backup& b : there)
    if (!b.before_restore) days.push_back(b.day);
  const auto drop = days_to_drop(days);
  for (const Backup& b : there) {
    std::error_code ignored;  // one that stays does no harm
    if (!b.before_restore && std::find(drop.begin(), drop.end(), b.day) != drop.end())
      fs::remove(b.file, ignored);
  }
  return made;
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
  fs::path kept;
  for (int number = 1; kept.empty() || fs::exists(kept); ++number) {
    kept =
        backup_folder(workspace) / (name_of_day(workspace, today) + std::string(mark_of_restore) +
                                    (number > 1 ? "-" + std::to_string(number) : ""));
    kept += workspace.extension();
  }
  Backup before = copy_into(workspace, kept, progress.part(0, 0.5));
  before.day = today;
  before.before_restore = true;
  const Connection from = open(backup, SQLITE_OPEN_READWRITE);
  const Connection to = open(workspace, SQLITE_OPEN_READWRITE);
  copy(from.get(), to.get(), workspace, progress.part(0.5, 1));
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
