#pragma once
#include "render/frame.hpp"
#include "render/gl/block_cache.hpp"
#include "render/gl/ground.hpp"
#include "render/gl/handles.hpp"

namespace render::gl {

/// The units' areas in view, and with the own program which unit owns each pixel's centre.
class AreaPass {
 public:
  template <class Wanted>
  void draw(const Program& program, const geo::Land& land, const geo::LevelMesh& mesh,
            const Ground& ground, BlockCache& blocks, MapPainter::Counts& counts, Wanted wanted) {
    program.use();
    for (const std::size_t b : ground.blocks) {
      const geo::LevelMesh::Block& block = mesh.blocks[b];
      if (!block.box.intersects(ground.view)) continue;
      batch_.clear();
      for (const auto& part : mesh.units.subspan(block.units.first, block.units.count)) {
        if (part.unit < land.boxes.size() && wanted(part.unit) &&
            land.boxes[part.unit].intersects(ground.view)) {
          batch_.add(part.indices.first - block.indices.first, part.indices.count);
        }
      }
      if (batch_.empty()) continue;
      const BlockCache::Block& kept = blocks.block(mesh, b, counts);
      ground.set(program, block.origin);
      glBindVertexArray(kept.array);
      batch_.draw(counts);
    }
  }
  const Program& owners() const { return owners_; }

 private:
  Program owners_{"area.vert", {"area.frag"}};
  Batch batch_;
};

}  // namespace render::gl
