#include "geo/land_cache.hpp"

#include <utility>

#include "geo/land_image.hpp"

namespace geo {
namespace {

std::string level_name(std::size_t level) { return "level-" + std::to_string(level); }

std::optional<Message> write(const std::filesystem::path& folder, const std::string& key,
                             const std::string& name, std::uint64_t limit, Image image,
                             bool sealed = false) {
  auto why = write_cache_file(folder, key, name, image.parts(sealed));
  trim_cache(folder, key, limit);
  return why;
}

}  // namespace

LandCache::LandCache(std::filesystem::path folder, std::uint64_t limit)
    : folder_(std::move(folder)), limit_(limit) {}

std::shared_ptr<const Land> LandCache::tables(const std::string& key) const {
  if (folder_.empty()) return nullptr;
  auto land = land_from(map_file(folder_ / key / "tables"), key);
  if (land) touch_cache(folder_, key);
  return land;
}

std::optional<LevelMesh> LandCache::level(const std::string& key, std::size_t level,
                                          std::size_t units) const {
  if (folder_.empty()) return {};
  auto mesh = level_from(map_file(folder_ / key / level_name(level)), key, units);
  if (mesh) touch_cache(folder_, key);
  return mesh;
}

std::shared_ptr<const Borders> LandCache::borders(const std::string& key) const {
  if (folder_.empty()) return nullptr;
  auto found = borders_from(map_file(folder_ / key / "borders"), key);
  if (!found) return nullptr;
  touch_cache(folder_, key);
  return std::make_shared<const Borders>(std::move(*found));
}

std::optional<Message> LandCache::put_tables(const std::string& key, const Land& land) const {
  return write(folder_, key, "tables", limit_, tables_of(land, key), true);
}

std::optional<Message> LandCache::put_level(const std::string& key, std::size_t level,
                                            const LevelMesh& mesh) const {
  return write(folder_, key, level_name(level), limit_, image_of(mesh, key));
}

std::optional<Message> LandCache::put_borders(const std::string& key,
                                              const Borders& borders) const {
  return write(folder_, key, "borders", limit_, image_of(borders, key));
}

}  // namespace geo
