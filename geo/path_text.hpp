#pragma once
#include <filesystem>
#include <string>

namespace geo {

/// As libraries and people take it, whatever this computer keeps its names in.
inline std::string utf8(const std::filesystem::path& path) {
  const auto text = path.u8string();
  return {text.begin(), text.end()};
}

}  // namespace geo
