#pragma once
#include <array>
#include <vector>

#include "render/frame.hpp"
#include "render/gl/ground.hpp"
#include "render/gl/handles.hpp"
#include "render/gl/mesh_cache.hpp"
#include "render/map_painter.hpp"

namespace render::gl {

/// Borders, heavier over lighter, then dashed, hovered and selected outlines. Segments are sorted
/// by rank once per level and hierarchy; outlines are picked anew when their units change.
class BorderPass {
 public:
  void draw(const Frame& frame, std::size_t level, const Ground& ground,
            MapPainter::Counts& counts);

 private:
  struct Segment {
    float x0, y0, x1, y1;  ///< metres from the land's origin
    float along;           ///< metres along its border, for dashes
  };
  struct Chunk {  ///< neighbours in the buffer and on the ground
    std::size_t first = 0, count = 0;
    geo::Box box;  ///< relative to the land's origin
  };
  struct Lines {
    VertexArray array;
    Buffer buffer;
    std::vector<Chunk> chunks;
  };
  enum Rank : std::size_t { commune, district, province, ranks };
  enum Outline : std::size_t { dashed, hovered, selected, outlines };
  struct Mesh {
    std::vector<float> along;  ///< by segment of the level
    std::array<Lines, ranks> by_rank;
    std::vector<std::array<std::uint32_t, 2>> hierarchy;  ///< what by_rank was sorted by
    std::array<Lines, outlines> outlined;
    std::vector<std::uint8_t> flags;  ///< what outlined was picked by
  };
  using Border = std::vector<geo::LandLevel::Segment>;
  static void measure(Mesh& m, const Border& border);
  static void sort_by_rank(Mesh& m, const Border& border, const Frame& frame,
                           MapPainter::Counts& counts);
  static void pick_outlines(Mesh& m, const Border& border, const Frame& frame,
                            MapPainter::Counts& counts);
  static std::size_t upload(Lines& lines, const std::vector<Segment>& segments, GLenum usage);
  void stroke(const Lines& lines, const Ground& ground, Colour colour, double width, double dash,
              MapPainter::Counts& counts);

  Program program_{"border.vert", {"border.frag"}};
  MeshCache<Mesh> meshes_;
};

}  // namespace render::gl
