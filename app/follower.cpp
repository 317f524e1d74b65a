#include "app/follower.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "data/workspace.hpp"
#include "geo/error.hpp"

namespace app {
namespace {

constexpr std::chrono::seconds every{2};

/// Changes with every write of another connection, as this connection sees it.
std::int64_t version_of(data::Workspace& workspace) {
  data::Statement row = workspace.database().prepare("PRAGMA data_version");
  return row.step() ? row.integer(0) : 0;
}

/// What tells that a file was written where the connection cannot: one that only reads a disk it
/// may not write to, or the file that was there before another one was put in its place.
struct Stamp {
  std::filesystem::file_time_type at{};
  std::uintmax_t size = 0, waiting = 0;
  bool operator==(const Stamp&) const = default;
};
Stamp stamp_of(const std::filesystem::path& file) {
  std::error_code ignored;
  Stamp stamp;
  stamp.at = std::filesystem::last_write_time(file, ignored);
  stamp.size = std::filesystem::file_size(file, ignored);
  std::filesystem::path waiting = file;
  stamp.waiting = std::filesystem::file_size(waiting += "-wal", ignored);
  if (ignored) stamp.waiting = 0;
  return stamp;
}

}  // namespace

struct Follower::Impl {
  ShowAsked asked;
  std::function<void()> wake;
  std::mutex mutex;
  std::condition_variable_any told;
  std::shared_ptr<const Show> newest;
  std::jthread thread;  // last: it ends before what it uses

  /// False when it is time to end.
  bool sleep(const std::stop_token& stop) {
    std::unique_lock lock(mutex);
    told.wait_for(lock, stop, every, [] { return false; });
    return !stop.stop_requested();
  }

  void follow(const std::stop_token& stop) {
    std::optional<data::Workspace> workspace;
    std::int64_t seen = 0;
    Stamp stamp;
    bool due = false;  // what is shown is older than what could be read
    const geo::Progress until_stopped{
        [&stop](double, const geo::Message&) { return !stop.stop_requested(); }};
    do {
      try {
        const Stamp now = stamp_of(asked.workspace);
        if (workspace && now != stamp && version_of(*workspace) == seen) workspace.reset();
        stamp = now;
        const bool opened = !workspace.has_value();
        if (opened) workspace = data::Workspace::open_for_reading(asked.workspace);
        const std::int64_t version = version_of(*workspace);
        // Who shows it may have read it long ago: the first look reads it too.
        due = due || opened || version != seen;
        seen = version;
        if (!due) continue;
        auto show = read_show(asked, until_stopped);
        due = false;
        const std::scoped_lock lock(mutex);
        newest = std::move(show);
        wake();
      } catch (const geo::Cancelled&) {
        return;
      } catch (const geo::Error& error) {
        // The briefing was deleted: what is shown stays, until somebody writes again.
        due = error.kind != geo::ErrorKind::usage;
        if (due) workspace.reset();
      } catch (const std::exception&) {
        workspace.reset();  // opened again the next time, and read whatever its version is
        due = true;
      }
    } while (sleep(stop));
  }
};

Follower::Follower(ShowAsked asked, std::function<void()> wake) : impl_(std::make_unique<Impl>()) {
  impl_->asked = std::move(asked);
  impl_->wake = std::move(wake);
  impl_->thread = std::jthread([this](const std::stop_token& stop) { impl_->follow(stop); });
}
Follower::~Follower() = default;

std::shared_ptr<const Show> Follower::take() {
  const std::scoped_lock lock(impl_->mutex);
  return std::exchange(impl_->newest, nullptr);
}

}  // namespace app
