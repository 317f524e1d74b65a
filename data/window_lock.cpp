#include "data/window_lock.hpp"

#include <array>
#include <sstream>
#include <utility>

#ifndef _WIN32
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

#include "data/author.hpp"

namespace data {

namespace fs = std::filesystem;

#ifdef F_OFD_SETLK

namespace {

/// Links lead to the same workspace, so they must lead to the same lock.
fs::path lock_file(const fs::path& workspace) {
  std::error_code ignored;
  fs::path file = fs::weakly_canonical(workspace, ignored);
  if (file.empty()) file = workspace;
  return file += ".window";
}

std::string computer() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return {};
  return name.data();
}

struct flock whole_file(short type) {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  return lock;
}

Holder read_holder(int file) {
  std::array<char, 600> text{};
  const ssize_t size = pread(file, text.data(), text.size() - 1, 0);
  Holder out;
  if (size <= 0) return out;
  std::istringstream lines(std::string(text.data(), static_cast<std::size_t>(size)));
  std::string process;
  std::getline(lines, process);
  std::getline(lines, out.computer);
  std::getline(lines, out.since);
  out.process = std::atoll(process.c_str());
  out.here = !out.computer.empty() && out.computer == computer();
  out.self = out.here && out.process == getpid();
  return out;
}

void write_holder(int file) {
  const std::string text = std::to_string(getpid()) + '\n' + computer() + '\n' + utc_now() + '\n';
  // What others read of it is a courtesy: the lock is what counts.
  if (ftruncate(file, 0) == 0 && pwrite(file, text.data(), text.size(), 0) < 0) return;
}

/// Closed at the end of its scope, unless it is kept.
class Opened {
 public:
  explicit Opened(int file) : file_(file) {}
  ~Opened() {
    if (file_ >= 0) close(file_);
  }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;
  int get() const { return file_; }
  int keep() { return std::exchange(file_, -1); }

 private:
  int file_;
};

/// Another window may have taken the file away between opening and locking it.
bool still_there(int file, const fs::path& path) {
  struct stat opened {
  }, named{};
  return fstat(file, &opened) == 0 && stat(path.c_str(), &named) == 0 &&
         opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
}

}  // namespace

struct WindowLock::Impl {
  int file = -1;
  fs::path path;
};

WindowLock::WindowLock(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

WindowLock::~WindowLock() {
  unlink(impl_->path.c_str());  // while it is still ours
  close(impl_->file);
}

WindowClaim claim_window(const fs::path& workspace) {
  const fs::path path = lock_file(workspace);
  constexpr int tries = 20;
  for (int i = 0; i < tries; ++i) {
    Opened file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
    if (file.get() < 0) {
      // Of another account, perhaps: then nothing can be claimed, but who has it can be told.
      return {nullptr, window_of(workspace)};
    }
    struct flock wanted = whole_file(F_WRLCK);
    if (fcntl(file.get(), F_OFD_SETLK, &wanted) != 0) {
      if (errno != EAGAIN && errno != EACCES) return {};  // this disk knows no locks
      return {nullptr, read_holder(file.get())};
    }
    if (!still_there(file.get(), path)) continue;
    write_holder(file.get());
    auto impl = std::make_unique<WindowLock::Impl>();
    impl->file = file.keep();
    impl->path = path;
    return {std::shared_ptr<const WindowLock>(new WindowLock(std::move(impl))), std::nullopt};
  }
  return {};
}

std::optional<Holder> window_of(const fs::path& workspace) {
  const Opened file(open(lock_file(workspace).c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return std::nullopt;
  struct flock other = whole_file(F_WRLCK);
  if (fcntl(file.get(), F_OFD_GETLK, &other) != 0 || other.l_type == F_UNLCK) return std::nullopt;
  return read_holder(file.get());
}

#else  // Without locks of an open file, windows are not told apart.

struct WindowLock::Impl {};
WindowLock::WindowLock(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
WindowLock::~WindowLock() = default;
WindowClaim claim_window(const fs::path&) { return {}; }
std::optional<Holder> window_of(const fs::path&) { return std::nullopt; }

#endif

}  // namespace data
