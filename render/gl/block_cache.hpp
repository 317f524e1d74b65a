#pragma once
#include <memory>
#include <vector>

#include "geo/level_mesh.hpp"
#include "render/gl/handles.hpp"
#include "render/map_painter.hpp"

namespace render::gl {

/// Ranges of indices for one call; keeps its room from frame to frame.
class Batch {
 public:
  void clear();
  void add(std::size_t first, std::size_t count);  ///< joined with the one before where they touch
  void draw(MapPainter::Counts& counts) const;
  bool empty() const { return lengths_.empty(); }

 private:
  std::vector<GLsizei> lengths_;
  std::vector<const void*> starts_;
  std::size_t end_ = 0;
};

/// Blocks of levels on the graphics card, uploaded when they are first in view; within a budget of
/// bytes those used longest ago go.
class BlockCache {
 public:
  explicit BlockCache(std::size_t budget) : budget_(budget) {}

  struct Chunk {  ///< neighbouring lines of one rank, counted from the block's first
    std::size_t rank = 0, first = 0, count = 0;
    geo::Box box;  ///< metres from the block's origin
  };
  struct Block {
    std::uint64_t mesh = 0, used = 0;
    std::size_t number = 0, bytes = 0;
    VertexArray array;  ///< vertices and indices of areas
    Buffer vertices, indices, lines;
    Texture line_texture;
    std::vector<Chunk> chunks;
  };
  const Block& block(const geo::LevelMesh& mesh, std::size_t number, MapPainter::Counts& counts);
  /// A buffer texture of both sides of a level's arcs.
  GLuint sides(const geo::LevelMesh& mesh, MapPainter::Counts& counts);
  /// After each frame: what was not used in it goes while there is too much.
  void trim();
  std::size_t bytes() const { return bytes_; }

 private:
  struct SideTable {
    std::uint64_t mesh = 0, used = 0;
    std::size_t bytes = 0;
    Buffer buffer;
    Texture texture;
  };
  std::size_t budget_, bytes_ = 0;
  std::uint64_t clock_ = 1;
  std::vector<std::unique_ptr<Block>> blocks_;
  std::vector<std::unique_ptr<SideTable>> sides_;
};

}  // namespace render::gl
