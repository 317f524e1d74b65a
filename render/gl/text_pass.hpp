#pragma once
#include <span>
#include <vector>

#include "render/gl/handles.hpp"
#include "render/glyphs.hpp"
#include "render/map_painter.hpp"
#include "render/mark.hpp"

namespace render::gl {

/// Lines of text on the graphics card: uploaded once, drawn wherever the ground has moved to.
class TextRun {
 public:
  void set(std::span<const PlacedText> texts, Glyphs& glyphs, MapPainter::Counts& counts);

 private:
  friend class TextPass;
  struct Instance {
    std::int32_t x, y, width, height, u, v;
    std::uint32_t ink;
    std::int32_t left, top, right, bottom;  ///< of the whole line
  };
  VertexArray array_;
  Buffer buffer_;
  GLsizei haloed_ = 0, all_ = 0;
  std::vector<Instance> instances_, plain_;
};

/// All halos first, so that none eats its neighbour's letters.
class TextPass {
 public:
  /// Where a run lies and what of it is seen: lines wholly in `area` and clear of what is taken.
  /// Device pixels of the target.
  struct Place {
    float target_width = 1, target_height = 1;
    PixelPoint shift;  ///< whole
    PixelRect area;
    std::span<const PixelRect> taken;  ///< at most `most_taken`
  };
  static constexpr std::size_t most_taken = 8;
  void draw(const TextRun& run, const Place& place, Glyphs& glyphs, MapPainter::Counts& counts);

 private:
  Program program_{"text.vert", {"text.frag"}};
  Texture atlas_;
  std::uint64_t atlas_version_ = 0;
};

}  // namespace render::gl
