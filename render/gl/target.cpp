#include "render/gl/target.hpp"

#include <algorithm>
#include <array>

#include "geo/error.hpp"

namespace render::gl {
namespace {

bool complete(const Framebuffer& target, const Texture& colour, const Texture* depth) {
  glBindFramebuffer(GL_FRAMEBUFFER, target);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, colour, 0);
  if (depth != nullptr)
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_TEXTURE_2D, *depth, 0);
  return glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
}

void filter(GLint how) {
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, how);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, how);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

}  // namespace

void Target::resize(int width, int height) {
  if (width == width_ && height == height_) return;
  GLint most = 0;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &most);
  const geo::Error too_large(geo::ErrorKind::io, geo::msg("render.too_large", width, height, most),
                             "OpenGL", geo::msg("render.smaller_picture"));
  if (width < 1 || height < 1 || width > most || height > most) throw too_large;
  while (glGetError() != GL_NO_ERROR) {  // of others
  }
  width_ = height_ = 0;
  glActiveTexture(GL_TEXTURE0);
  const auto image = [&](const Texture& texture, GLenum inner, GLenum format, GLenum type) {
    glBindTexture(GL_TEXTURE_2D, texture);
    glTexImage2D(GL_TEXTURE_2D, 0, static_cast<GLint>(inner), width, height, 0, format, type,
                 nullptr);
  };
  image(owners_, GL_R32UI, GL_RED_INTEGER, GL_UNSIGNED_INT);
  filter(GL_NEAREST);
  image(edges_, GL_RG32UI, GL_RG_INTEGER, GL_UNSIGNED_INT);
  filter(GL_NEAREST);
  for (const Texture* depths : {&edge_depths_, &mark_depths_}) {
    image(*depths, GL_DEPTH_COMPONENT16, GL_DEPTH_COMPONENT, GL_UNSIGNED_SHORT);
    filter(GL_NEAREST);
  }
  // One memory, two names: drawn into as sRGB, shown as the values that it holds.
  one_memory_ = epoxy_gl_version() >= 43 || (epoxy_has_gl_extension("GL_ARB_texture_view") &&
                                             epoxy_has_gl_extension("GL_ARB_texture_storage"));
  light_ = {};
  picture_ = {};
  if (one_memory_) {
    glBindTexture(GL_TEXTURE_2D, picture_);
    glTexStorage2D(GL_TEXTURE_2D, 1, GL_RGBA8, width, height);
    filter(GL_LINEAR);
    if (glGetError() != GL_NO_ERROR) throw too_large;
    glTextureView(light_, GL_TEXTURE_2D, picture_, GL_SRGB8_ALPHA8, 0, 1, 0, 1);
  } else {
    image(picture_, GL_RGBA8, GL_RGBA, GL_UNSIGNED_BYTE);
    filter(GL_LINEAR);
    image(light_, GL_SRGB8_ALPHA8, GL_RGBA, GL_UNSIGNED_BYTE);
    filter(GL_NEAREST);
  }
  if (glGetError() != GL_NO_ERROR || !complete(owners_target_, owners_, nullptr) ||
      !complete(edges_target_, edges_, &edge_depths_) ||
      !complete(light_target_, light_, &edge_depths_) ||
      !complete(marks_target_, light_, &mark_depths_) ||
      !complete(picture_target_, picture_, nullptr)) {
    throw too_large;
  }
  width_ = width;
  height_ = height;
}

void Target::begin_owners() {
  glBindFramebuffer(GL_FRAMEBUFFER, owners_target_);
  glViewport(0, 0, width_, height_);
  constexpr std::array<GLuint, 4> background{};
  glClearBufferuiv(GL_COLOR, 0, background.data());
}

void Target::begin_edges() {
  glBindFramebuffer(GL_FRAMEBUFFER, edges_target_);
  constexpr GLfloat far = 1;
  glClearBufferfv(GL_DEPTH, 0, &far);
}

void Target::begin_picture(Colour background) {
  glBindFramebuffer(GL_FRAMEBUFFER, light_target_);
  glViewport(0, 0, width_, height_);
  glDisable(GL_FRAMEBUFFER_SRGB);
  glDisable(GL_BLEND);
  const auto share = [](std::uint8_t v) { return static_cast<float>(v) / 255.0F; };
  const std::array<float, 4> clear{share(background.r), share(background.g), share(background.b),
                                   1};
  glClearBufferfv(GL_COLOR, 0, clear.data());
}

void Target::begin_marks() {
  glBindFramebuffer(GL_FRAMEBUFFER, marks_target_);
  glEnable(GL_FRAMEBUFFER_SRGB);
  glEnable(GL_BLEND);
  glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
}

void Target::finish() {
  glDisable(GL_FRAMEBUFFER_SRGB);
  if (one_memory_) return;
  glBindFramebuffer(GL_READ_FRAMEBUFFER, light_target_);
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
