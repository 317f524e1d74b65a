#pragma once
#include <filesystem>
#include <random>
#include <string>
#include <system_error>

namespace scratch {

/// A folder of this process alone, gone when it ends: CTest runs cases side by side, each in a
/// process of its own, and they may not share a file. Pictures worth keeping go to
/// PHUSONG_OUTPUT_DIR instead.
inline const std::filesystem::path& folder() {
  struct Folder {
    std::filesystem::path path = std::filesystem::path(PHUSONG_OUTPUT_DIR) /
                                 ("scratch-" + std::to_string(std::random_device{}()));
    Folder() { std::filesystem::create_directories(path); }
    ~Folder() {
      std::error_code ignored;
      std::filesystem::remove_all(path, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
  };
  static const Folder one;
  return one.path;
}

}  // namespace scratch
