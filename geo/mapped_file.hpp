#pragma once
#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

namespace geo {

/// Bytes, and what keeps them where they are: a mapped file, or a vector of one's own.
struct SharedBytes {
  std::span<const std::byte> bytes;
  std::shared_ptr<const void> memory;
  bool mapped = false;
};

/// A file's bytes, mapped read-only: only what is looked at is read. Empty when it is not there,
/// not a plain file, or cannot be mapped. Whoever writes such files renames new ones into place and
/// never shortens them, since a mapping reaches no further than its file.
SharedBytes map_file(const std::filesystem::path& path);

/// Once a mapped file has been looked through: what of it is not looked at again need take no
/// memory. Other bytes stay as they are.
void let_go(const SharedBytes& file);

}  // namespace geo
