#pragma once
#include <array>
#include <span>
#include <vector>

#include "render/frame.hpp"
#include "render/gl/block_cache.hpp"
#include "render/gl/ground.hpp"
#include "render/gl/handles.hpp"

namespace render::gl {

/// 0xRRGGBBAA by geo::BorderRank.
std::array<std::uint32_t, geo::border_ranks> border_colours();

/// Borders by how they are looked at: as what owns the pixels along them, and as outlines of
/// dashed, hovered and selected units over the picture.
class BorderPass {
 public:
  BorderPass();
  /// Both sides' shares and the stroke of every pixel along a border.
  void draw_edges(const geo::LevelMesh& mesh, const Ground& ground, bool strokes,
                  BlockCache& blocks, MapPainter::Counts& counts);
  /// Blended over the picture; needs a cleared depth buffer. Not reported units are dashed along
  /// borders of communes: a heavier one hides dashes.
  void draw_outlines(const Frame& frame, const geo::LevelMesh& mesh, const Ground& ground,
                     BlockCache& blocks, MapPainter::Counts& counts);

 private:
  enum Outline : std::size_t { dashed, hovered, selected };
  void begin(const Program& program, const geo::LevelMesh& mesh, BlockCache& blocks,
             MapPainter::Counts& counts);
  void bind(const BlockCache::Block& block, std::size_t lines, MapPainter::Counts& counts);
  void draw_outline(const geo::LevelMesh& mesh, const Ground& ground, Outline outline, Colour ink,
                    double width, BlockCache& blocks, MapPainter::Counts& counts);

  Program edges_{"line.vert", {"line.glsl", "edge.frag"}};
  Program outlines_{"line.vert", {"colour.glsl", "line.glsl", "outline.frag"}};
  VertexArray array_;
  Buffer corners_;  ///< of two triangles for every line
  std::size_t lines_ = 0;
  std::vector<std::uint8_t> flags_;  ///< by unit
  Batch batch_;
};

}  // namespace render::gl
