#pragma once
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "geo/cache_folder.hpp"
#include "geo/land.hpp"

namespace geo {

/// What was made of a land, in files of a cache folder that are mapped and read without a copy: its
/// tables, each of the `level_sides`, its full borders. Whatever is missing, damaged or foreign is
/// answered by nothing, and is to be made again; several programs may look and write at once.
class LandCache {
 public:
  explicit LandCache(std::filesystem::path folder = cache_folder(),
                     std::uint64_t limit = cache_limit);

  /// A land without meshes and full borders; marks the key as used.
  std::shared_ptr<const Land> tables(const std::string& key) const;
  std::optional<LevelMesh> level(const std::string& key, std::size_t level,
                                 std::size_t units) const;
  std::shared_ptr<const Borders> borders(const std::string& key) const;

  /// Answer why not when something could not be written; the land is none the worse for it.
  std::optional<Message> put_tables(const std::string& key, const Land& land) const;
  std::optional<Message> put_level(const std::string& key, std::size_t level,
                                   const LevelMesh& mesh) const;
  std::optional<Message> put_borders(const std::string& key, const Borders& borders) const;

 private:
  std::filesystem::path folder_;
  std::uint64_t limit_;
};

}  // namespace geo
