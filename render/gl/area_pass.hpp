#pragma once
#include <array>
#include <vector>

#include "render/frame.hpp"
#include "render/gl/ground.hpp"
#include "render/gl/handles.hpp"
#include "render/gl/mesh_cache.hpp"
#include "render/map_painter.hpp"

namespace render::gl {

/// The units' colours and patterns. A level of the land is uploaded once; colours live in a
/// buffer texture of their own.
class AreaPass {
 public:
  void draw(const Frame& frame, std::size_t level, const Ground& ground,
            MapPainter::Counts& counts);

 private:
  struct Range {  ///< triangles of one unit
    std::uint32_t unit = 0;
    std::size_t first = 0, count = 0;
  };
  struct Mesh {
    VertexArray array;
    Buffer vertices, indices;
    std::vector<Range> ranges;
  };
  /// The visible triangles of units with (or without) a pattern, neighbours in the buffer joined.
  struct Batch {
    std::vector<GLsizei> lengths;
    std::vector<const void*> starts;
    std::size_t end = 0;
    void add(const Range& range);
    void draw(MapPainter::Counts& counts) const;
  };
  static void upload(Mesh& m, const geo::LandLevel& detail, MapPainter::Counts& counts);
  void upload_styles(const std::vector<AreaStyle>& areas, MapPainter::Counts& counts);

  Program plain_{"area.vert", {"area_plain.frag"}};
  Program patterned_{"area.vert", {"pattern.glsl", "area.frag"}};
  MeshCache<Mesh> meshes_;
  Buffer style_buffer_;
  Texture style_texture_;
  std::vector<std::array<std::uint32_t, 2>> styles_;
};

/// 0xRRGGBBAA, as the shaders take it.
constexpr std::uint32_t packed(Colour c) {
  return static_cast<std::uint32_t>(c.r) << 24U | static_cast<std::uint32_t>(c.g) << 16U |
         static_cast<std::uint32_t>(c.b) << 8U | c.a;
}
/// Patterns for a shader: with the bit that makes their ink white on dark fills.
std::uint32_t pattern_flags(unsigned patterns, Colour fill);

}  // namespace render::gl
