#pragma once
#include "render/colour.hpp"
#include "render/gl/handles.hpp"
#include "render/image.hpp"

namespace render::gl {

/// A multisampled picture that blends in linear light, and its resolved copy in sRGB-encoded RGBA8.
class Target {
 public:
  /// Made anew when the size changes. Error when the graphics cannot hold so large a picture.
  void resize(int width, int height);
  void begin(Colour background);  ///< bound, cleared, blending premultiplied
  void resolve();
  const Texture& resolved() const { return resolved_; }
  int width() const { return width_; }
  int height() const { return height_; }
  Image read_back() const;

 private:
  Program program_{"resolve.vert", {"resolve.frag"}};
  VertexArray empty_;
  Texture samples_texture_, resolved_;
  Framebuffer samples_target_, resolved_target_;
  int width_ = 0, height_ = 0, samples_ = 1;
};

}  // namespace render::gl
