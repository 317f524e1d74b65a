#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "render/gl/ground.hpp"
#include "render/gl/handles.hpp"
#include "render/map_painter.hpp"
#include "render/points.hpp"

namespace render::gl {

/// Settlements: 16 bytes a point, uploaded once a cloud; a zoom draws a beginning of each block in
/// view, in one call.
class PointPass {
 public:
  void draw(const PointLayer& layer, const Ground& ground, MapPainter::Counts& counts);
  /// The same symbols on the page; device pixels of the target.
  void draw(std::span<const PlacedSymbol> symbols, float target_width, float target_height,
            float ratio, MapPainter::Counts& counts);

 private:
  void upload(const PointCloud& cloud, MapPainter::Counts& counts);
  void upload_units(const std::vector<std::uint8_t>& shown, MapPainter::Counts& counts);
  void set_styles(std::span<const PointStyle> styles) const;

  Program program_{"point.vert", {"point.frag"}};
  VertexArray array_, page_array_;
  Buffer points_, page_points_, unit_buffer_;
  Texture unit_texture_;
  std::uint64_t cloud_ = 0;  ///< version of what is in points_
  std::vector<std::uint8_t> units_;
  std::vector<GLint> firsts_;
  std::vector<GLsizei> lengths_;
};

}  // namespace render::gl
