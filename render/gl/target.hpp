#pragma once
#include "geo/error.hpp"
#include "render/colour.hpp"
#include "render/gl/handles.hpp"
#include "render/image.hpp"

namespace render::gl {

/// A texture's room, nearest pixels, left bound; the first error is OpenGL's.
void allocate(const Texture& texture, GLenum format, int width, int height);
/// Both as the target's; it stays bound. False when OpenGL cannot draw into them.
bool attach(const Framebuffer& target, const Texture& colour, const Texture* depth);
geo::Error too_large(int width, int height);

/// The picture of a map, which blends in linear light and is handed out as sRGB-encoded RGBA8.
class Target {
 public:
  /// Made anew when the size changes. Error when the graphics cannot hold so large a picture.
  void resize(int width, int height);
  /// Begun as a copy of `ground`, of the same size, sRGB-encoded; bound, with premultiplied
  /// blending in linear light.
  void begin_marks(const Framebuffer& ground);
  void finish();  ///< the picture is whole
  const Texture& picture() const { return picture_; }
  GLuint framebuffer() const { return picture_target_; }
  int width() const { return width_; }
  int height() const { return height_; }
  void read_back(Image& image) const;

 private:
  Texture mark_depths_, picture_;
  Texture
      light_;  ///< the picture as sRGB: a view of the same memory, or a copy where there are none
  Framebuffer marks_target_, picture_target_;
  int width_ = 0, height_ = 0;
  bool one_memory_ = false;
};

}  // namespace render::gl
