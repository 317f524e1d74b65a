#include "geo/cache_folder.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <system_error>
#include <vector>

#ifdef _WIN32
#include <io.h>
#else
#include <unistd.h>
#endif

namespace geo {
namespace {

namespace fs = std::filesystem;

struct Closer {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Closer>;

#ifdef _WIN32
constexpr const char* home_variable = "LOCALAPPDATA";
constexpr const char* below_home = "";
File open_new(const fs::path& path) { return File(_wfopen(path.c_str(), L"wbx")); }
bool sync(std::FILE* file) { return std::fflush(file) == 0 && _commit(_fileno(file)) == 0; }
#else
constexpr const char* home_variable = "HOME";
constexpr const char* below_home = ".cache";
File open_new(const fs::path& path) { return File(std::fopen(path.c_str(), "wbx")); }
bool sync(std::FILE* file) { return std::fflush(file) == 0 && ::fsync(::fileno(file)) == 0; }
#endif

fs::path from_environment(const char* variable) {
  const char* value = std::getenv(variable);
  if (value == nullptr || *value == 0) return {};
  const std::string text(value);
  return fs::path(std::u8string(text.begin(), text.end()));
}

/// Unlike that of any other thread, program or computer that shares the folder.
std::string own_name(const std::string& name) {
  static std::atomic<std::uint32_t> last{0};
  std::random_device random;
  std::string out = name;
  for (const std::uint32_t part : {std::uint32_t{random()}, std::uint32_t{random()}, ++last}) {
    out += '.' + std::to_string(part);
  }
  return out + ".part";
}

bool is_part(const fs::path& path) { return path.extension() == ".part"; }

std::error_code last_error() { return {errno, std::generic_category()}; }

std::error_code write_synced(const fs::path& path,
                             std::span<const std::span<const std::byte>> parts) {
  errno = 0;
  const File file = open_new(path);
  if (!file) return last_error();
  for (const auto part : parts) {
    if (!part.empty() && std::fwrite(part.data(), 1, part.size(), file.get()) != part.size()) {
      return last_error();
    }
  }
  return sync(file.get()) ? std::error_code{} : last_error();
}

/// A key's folder, how large, and when it was last used.
struct Entry {
  fs::path path;
  std::uint64_t bytes = 0;
  fs::file_time_type used;
};

Entry measure(const fs::path& path) {
  std::error_code ignored;
  Entry entry{path, 0, fs::last_write_time(path, ignored)};
  const auto yesterday = fs::file_time_type::clock::now() - std::chrono::hours(24);
  for (fs::directory_iterator it(path, ignored), end; it != end; it.increment(ignored)) {
    const auto size = fs::file_size(it->path(), ignored);
    if (is_part(it->path()) && fs::last_write_time(it->path(), ignored) < yesterday) {
      fs::remove(it->path(), ignored);
    } else if (size != static_cast<std::uintmax_t>(-1)) {
      entry.bytes += size;
    }
  }
  return entry;
}

}  // namespace

fs::path cache_folder() {
  if (const fs::path own = from_environment("PHUSONG_CACHE"); !own.empty()) return own / "phusong";
  if (const fs::path xdg = from_environment("XDG_CACHE_HOME"); xdg.is_absolute()) {
    return xdg / "phusong";
  }
  const fs::path home = from_environment(home_variable);
  return home.is_absolute() ? home / below_home / "phusong" : fs::path{};
}

std::optional<Message> write_cache_file(const fs::path& folder, const std::string& key,
                                        const std::string& name,
                                        std::span<const std::span<const std::byte>> parts) {
  if (folder.empty()) return msg("geo.cache_nowhere");
  const fs::path to = folder / key;
  std::error_code failed;
  fs::create_directories(to, failed);
  const fs::path part = to / own_name(name);
  if (!failed) failed = write_synced(part, parts);
  if (!failed) fs::rename(part, to / name, failed);
  if (!failed) return {};
  std::error_code ignored;
  fs::remove(part, ignored);
  return msg("geo.cache_not_written", folder.string(), failed.message());
}

void touch_cache(const fs::path& folder, const std::string& key) {
  std::error_code ignored;
  fs::last_write_time(folder / key, fs::file_time_type::clock::now(), ignored);
}

void trim_cache(const fs::path& folder, const std::string& keep, std::uint64_t limit) {
  std::error_code ignored;
  std::vector<Entry> entries;
  std::uint64_t total = 0;
  for (fs::directory_iterator it(folder, ignored), end; it != end; it.increment(ignored)) {
    if (!it->is_directory(ignored) || it->is_symlink(ignored)) continue;
    entries.push_back(measure(it->path()));
    total += entries.back().bytes;
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.used < b.used; });
  for (const Entry& entry : entries) {
    if (total <= limit) return;
    if (entry.path.filename() == keep) continue;
    fs::remove_all(entry.path, ignored);  // on Windows a mapped file stays until it is let go
    total -= entry.bytes;
  }
}

}  // namespace geo
