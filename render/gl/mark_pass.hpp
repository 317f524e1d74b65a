#pragma once
#include <span>

#include "render/gl/handles.hpp"
#include "render/map_painter.hpp"
#include "render/mark.hpp"

namespace render::gl {

/// Circles, swatches, bars: one instanced draw, edges antialiased by their distance.
class MarkPass {
 public:
  void draw(std::span<const Mark> marks, float target_width, float target_height, float ratio,
            MapPainter::Counts& counts);

 private:
  Program program_{"mark.vert", {"pattern.glsl", "mark.frag"}};
  VertexArray array_;
  Buffer buffer_;
};

}  // namespace render::gl
