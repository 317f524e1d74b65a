#pragma once
#include <span>
#include <vector>

#include "render/gl/handles.hpp"
#include "render/map_painter.hpp"
#include "render/mark.hpp"

namespace render::gl {

/// Marks on the graphics card, uploaded only when they are others.
class MarkRun {
 public:
  void set(std::span<const Mark> marks, MapPainter::Counts& counts);

 private:
  friend class MarkPass;
  struct Instance {
    float x, y, width, height;
    std::uint32_t fill, stroke, flags, unused;
    float stroke_width;
    bool operator==(const Instance&) const = default;
  };
  VertexArray array_;
  Buffer buffer_;
  std::vector<Instance> instances_, now_;
};

/// Circles, swatches, bars: one instanced draw, edges antialiased by their distance.
class MarkPass {
 public:
  void draw(const MarkRun& run, float target_width, float target_height, float ratio,
            MapPainter::Counts& counts);

 private:
  Program program_{"mark.vert", {"pattern.glsl", "mark.frag"}};
};

}  // namespace render::gl
