#pragma once
#include "render/colour.hpp"
#include "render/gl/handles.hpp"
#include "render/image.hpp"

namespace render::gl {

/// What a map is drawn into: who owns each pixel, what lies along borders, then the picture, which
/// blends in linear light and is handed out as sRGB-encoded RGBA8.
class Target {
 public:
  /// Made anew when the size changes. Error when the graphics cannot hold so large a picture.
  void resize(int width, int height);
  void begin_owners();  ///< bound and cleared: 0 is the background
  void begin_edges();   ///< bound, depths cleared: no border is near
  /// Bound with the edges' depths and cleared; encoded values are stored as they are.
  void begin_picture(Colour background);
  void begin_marks();  ///< from here on premultiplied blending in linear light, other depths
  void finish();       ///< the picture is whole
  const Texture& owners() const { return owners_; }
  const Texture& edges() const { return edges_; }
  const Texture& picture() const { return picture_; }
  int width() const { return width_; }
  int height() const { return height_; }
  void read_back(Image& image) const;

 private:
  Texture owners_, edges_, edge_depths_, mark_depths_, picture_;
  Texture
      light_;  ///< the picture as sRGB: a view of the same memory, or a copy where there are none
  Framebuffer owners_target_, edges_target_, light_target_, marks_target_, picture_target_;
  int width_ = 0, height_ = 0;
  bool one_memory_ = false;
};

}  // namespace render::gl
