#pragma once
#include <array>
#include <vector>

#include "render/frame.hpp"
#include "render/gl/ground.hpp"
#include "render/gl/handles.hpp"
#include "render/map_painter.hpp"

namespace render::gl {

/// From who owns the pixels to their colours: another style uploads 8 bytes a unit and draws no
/// geometry. Most pixels are plain; the dearer programs run only where they are needed.
class ShadePass {
 public:
  ShadePass();
  /// True when the styles are not those of last time.
  bool set_styles(const Frame& frame, MapPainter::Counts& counts);
  /// Over the target that is bound, whose depths are those of the edges. `anchor`: the pixel from
  /// which patterns repeat. `draw_units(program, wanted)` draws the areas of the wanted units.
  template <class DrawUnits>
  void draw(const Texture& owners, const Texture& edges, const Ground& ground, PixelPoint anchor,
            MapPainter::Counts& counts, DrawUnits draw_units) const {
    begin(ground, anchor);
    draw_whole(plain_, owners, counts);
    if (any_inked_) draw_units(inked_, [this](std::uint32_t unit) { return inked(unit); });
    draw_edges(edges, counts);
  }

 private:
  using Style = std::array<std::uint32_t, 2>;
  static bool inked(const Style& style);
  bool inked(std::uint32_t unit) const {
    return unit + 1U < styles_.size() && inked(styles_[unit + 1U]);
  }
  void begin(const Ground& ground, PixelPoint anchor) const;
  void draw_whole(const Program& program, const Texture& source, MapPainter::Counts& counts) const;
  void draw_edges(const Texture& edges, MapPainter::Counts& counts) const;
  Program plain_{"whole.vert", {"colour.glsl", "plain.frag"}};
  Program inked_{"area.vert", {"colour.glsl", "pattern.glsl", "shade.glsl", "inked.frag"}};
  Program blend_{"whole.vert", {"colour.glsl", "pattern.glsl", "shade.glsl", "blend.frag"}};
  bool any_inked_ = false;
  VertexArray empty_;
  Buffer buffer_;
  Texture texture_;
  std::vector<Style> styles_, now_;
};

/// 0xRRGGBBAA, as the shaders take it.
constexpr std::uint32_t packed(Colour c) {
  return static_cast<std::uint32_t>(c.r) << 24U | static_cast<std::uint32_t>(c.g) << 16U |
         static_cast<std::uint32_t>(c.b) << 8U | c.a;
}
/// Patterns for a shader: with the bit that makes their ink white on dark fills.
std::uint32_t pattern_flags(unsigned patterns, Colour fill);

}  // namespace render::gl
