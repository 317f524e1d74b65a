#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace data {

/// A window that has a workspace open, by what it wrote of itself: nothing about a person.
struct Holder {
  std::int64_t process = 0;  ///< 0: it was just writing it
  std::string computer;
  std::string since;  ///< UTC, ISO 8601
  bool here = false;  ///< on this computer
  bool self = false;  ///< this very process
  bool operator==(const Holder&) const = default;
};

/// While it lives no other window may write the workspace. Ends with the process, however that
/// ends: what lies on the disk afterwards keeps nobody out.
class WindowLock {
 public:
  ~WindowLock();
  WindowLock(const WindowLock&) = delete;
  WindowLock& operator=(const WindowLock&) = delete;

 private:
  friend struct WindowClaim claim_window(const std::filesystem::path& workspace);
  struct Impl;
  explicit WindowLock(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Neither: where locks are not known, or nothing can be written beside the workspace.
struct WindowClaim {
  std::shared_ptr<const WindowLock> lock;
  std::optional<Holder> elsewhere;
};
/// A file of its own beside the workspace ("tinh.sqlite.window"), because closing the workspace's
/// own file would let go of SQLite's locks (POSIX). Never throws for what the disk does.
WindowClaim claim_window(const std::filesystem::path& workspace);
/// Who has it, without claiming it; empty: nobody, or it cannot be told.
std::optional<Holder> window_of(const std::filesystem::path& workspace);

}  // namespace data
