#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "geo/land.hpp"

namespace render::gl {

/// The few meshes last used, one per level of the land: full detail of a country is hundreds of
/// megabytes. Those of another land are dropped as soon as this one is drawn.
template <class Mesh>
class MeshCache {
 public:
  /// The mesh of a level; where there is none, an empty one is handed to `build` first. Good until
  /// the next call.
  template <class Build>
  Mesh& get(const geo::Land& land, std::size_t level, Build build) {
    std::erase_if(kept_, [&](const Kept& k) { return k.land != land.version; });
    auto found =
        std::find_if(kept_.begin(), kept_.end(), [&](const Kept& k) { return k.level == level; });
    if (found == kept_.end()) {
      if (kept_.size() >= most) {
        kept_.erase(std::min_element(kept_.begin(), kept_.end(),
                                     [](const Kept& a, const Kept& b) { return a.used < b.used; }));
      }
      kept_.push_back({land.version, level, 0, {}});
      found = kept_.end() - 1;
      build(found->mesh);
    }
    found->used = ++clock_;
    return found->mesh;
  }

 private:
  static constexpr std::size_t most = 3;
  struct Kept {
    std::uint64_t land = 0;
    std::size_t level = 0;
    std::uint64_t used = 0;
    Mesh mesh;
  };
  std::vector<Kept> kept_;
  std::uint64_t clock_ = 0;
};

}  // namespace render::gl
