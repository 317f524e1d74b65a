#include "render/gl/target.hpp"

#include <algorithm>
#include <array>

#include "geo/error.hpp"

namespace render::gl {
namespace {

void filter(GLint how) {
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, how);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, how);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

}  // namespace

void allocate(const Texture& texture, GLenum format, int width, int height) {
  GLenum parts = GL_RGBA, type = GL_UNSIGNED_BYTE;
  if (format == GL_R32UI) parts = GL_RED_INTEGER, type = GL_UNSIGNED_INT;
  if (format == GL_RG32UI) parts = GL_RG_INTEGER, type = GL_UNSIGNED_INT;
  if (format == GL_DEPTH_COMPONENT16) parts = GL_DEPTH_COMPONENT, type = GL_UNSIGNED_SHORT;
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, texture);
  glTexImage2D(GL_TEXTURE_2D, 0, static_cast<GLint>(format), width, height, 0, parts, type,
               nullptr);
  filter(GL_NEAREST);
}

bool attach(const Framebuffer& target, const Texture& colour, const Texture* depth) {
  glBindFramebuffer(GL_FRAMEBUFFER, target);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, colour, 0);
  if (depth != nullptr)
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_TEXTURE_2D, *depth, 0);
  return glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
}

geo::Error too_large(int width, int height) {
  GLint most = 0;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &most);
  return {geo::ErrorKind::io, geo::msg("render.too_large", width, height, most), "OpenGL",
          geo::msg("render.smaller_picture")};
}

void Target::resize(int width, int height) {
  if (width == width_ && height == height_) return;
  GLint most = 0;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &most);
  if (width < 1 || height < 1 || width > most || height > most) throw too_large(width, height);
  while (glGetError() != GL_NO_ERROR) {  // of others
  }
  width_ = height_ = 0;
  allocate(mark_depths_, GL_DEPTH_COMPONENT16, width, height);
  // One memory, two names: drawn into as sRGB, shown as the values that it holds.
  one_memory_ = epoxy_gl_version() >= 43 || (epoxy_has_gl_extension("GL_ARB_texture_view") &&
                                             epoxy_has_gl_extension("GL_ARB_texture_storage"));
  light_ = {};
  picture_ = {};
  if (one_memory_) {
    glBindTexture(GL_TEXTURE_2D, picture_);
    glTexStorage2D(GL_TEXTURE_2D, 1, GL_RGBA8, width, height);
    filter(GL_LINEAR);
    if (glGetError() != GL_NO_ERROR) throw too_large(width, height);
    glTextureView(light_, GL_TEXTURE_2D, picture_, GL_SRGB8_ALPHA8, 0, 1, 0, 1);
  } else {
    allocate(picture_, GL_RGBA8, width, height);
    filter(GL_LINEAR);
    allocate(light_, GL_SRGB8_ALPHA8, width, height);
  }
  if (glGetError() != GL_NO_ERROR || !attach(marks_target_, light_, &mark_depths_) ||
      !attach(picture_target_, picture_, nullptr)) {
    throw too_large(width, height);
  }
  width_ = width;
  height_ = height;
}

void Target::begin_marks(const Framebuffer& ground) {
  glBindFramebuffer(GL_READ_FRAMEBUFFER, ground);
  if (one_memory_) {
    glDisable(GL_FRAMEBUFFER_SRGB);
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, picture_target_);
    glBlitFramebuffer(0, 0, width_, height_, 0, 0, width_, height_, GL_COLOR_BUFFER_BIT,
                      GL_NEAREST);
  } else {  // the values as they are
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, light_);
    glCopyTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 0, 0, width_, height_);
  }
  glBindFramebuffer(GL_FRAMEBUFFER, marks_target_);
  glViewport(0, 0, width_, height_);
  glEnable(GL_FRAMEBUFFER_SRGB);
  glEnable(GL_BLEND);
  glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
}

void Target::finish() {
  glDisable(GL_FRAMEBUFFER_SRGB);
  if (one_memory_) return;
  glBindFramebuffer(GL_READ_FRAMEBUFFER, marks_target_);
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, picture_);
  glCopyTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 0, 0, width_, height_);
}

void Target::read_back(Image& image) const {
  image.width = width_;
  image.height = height_;
  const std::size_t row = static_cast<std::size_t>(width_) * 4;
  image.rgba.resize(row * static_cast<std::size_t>(height_));
  if (image.rgba.empty()) return;
  glBindFramebuffer(GL_READ_FRAMEBUFFER, picture_target_);
  glReadPixels(0, 0, width_, height_, GL_RGBA, GL_UNSIGNED_BYTE, image.rgba.data());
  for (int top = 0, bottom = height_ - 1; top < bottom; ++top, --bottom) {
    const auto at = [&](int y) {
      return image.rgba.begin() + static_cast<std::ptrdiff_t>(row) * y;
    };
    std::swap_ranges(at(top), at(top) + static_cast<std::ptrdiff_t>(row), at(bottom));
  }
}

}  // namespace render::gl
