#pragma once
#include <span>

#include "render/gl/handles.hpp"
#include "render/glyphs.hpp"
#include "render/map_painter.hpp"
#include "render/mark.hpp"

namespace render::gl {

/// Lines of text: all halos first, so that none eats its neighbour's letters.
class TextPass {
 public:
  void draw(std::span<const PlacedText> texts, Glyphs& glyphs, float target_width,
            float target_height, MapPainter::Counts& counts);

 private:
  Program program_{"text.vert", {"text.frag"}};
  VertexArray array_;
  Buffer buffer_;
  Texture atlas_;
  std::uint64_t atlas_version_ = 0;
};

}  // namespace render::gl
