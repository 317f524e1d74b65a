#include "render/gl/target.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "geo/error.hpp"

namespace render::gl {
namespace {
float linear(std::uint8_t encoded) {
  const double c = encoded / 255.0;
  return static_cast<float>(c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4));
}
bool complete(const Framebuffer& target, GLenum kind, const Texture& texture) {
  glBindFramebuffer(GL_FRAMEBUFFER, target);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, kind, texture, 0);
  return glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
}
}  // namespace

void Target::resize(int width, int height) {
  if (width == width_ && height == height_) return;
  GLint most = 0, colour = 0, any = 0;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &most);
  glGetIntegerv(GL_MAX_COLOR_TEXTURE_SAMPLES, &colour);
  glGetIntegerv(GL_MAX_SAMPLES, &any);
  const geo::Error too_large(geo::ErrorKind::io, geo::msg("render.too_large", width, height, most),
                             "OpenGL", geo::msg("render.smaller_picture"));
  if (width < 1 || height < 1 || width > most || height > most) throw too_large;
  while (glGetError() != GL_NO_ERROR) {  // of others
  }
  samples_ = std::clamp(std::min(colour, any), 1, 4);
  width_ = height_ = 0;
  glBindTexture(GL_TEXTURE_2D_MULTISAMPLE, samples_texture_);
  glTexImage2DMultisample(GL_TEXTURE_2D_MULTISAMPLE, samples_, GL_SRGB8_ALPHA8, width, height,
                          GL_TRUE);
  glBindTexture(GL_TEXTURE_2D, resolved_);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  if (glGetError() != GL_NO_ERROR ||
      !complete(samples_target_, GL_TEXTURE_2D_MULTISAMPLE, samples_texture_) ||
      !complete(resolved_target_, GL_TEXTURE_2D, resolved_)) {
    throw too_large;
  }
  width_ = width;
  height_ = height;
}

void Target::begin(Colour background) {
  glBindFramebuffer(GL_FRAMEBUFFER, samples_target_);
  glViewport(0, 0, width_, height_);
  glEnable(GL_FRAMEBUFFER_SRGB);
  glEnable(GL_MULTISAMPLE);
  glEnable(GL_BLEND);
  glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  const std::array<float, 4> clear{linear(background.r), linear(background.g), linear(background.b),
                                   1};
  glClearBufferfv(GL_COLOR, 0, clear.data());
}

void Target::resolve() {
  glBindFramebuffer(GL_FRAMEBUFFER, resolved_target_);
  glDisable(GL_FRAMEBUFFER_SRGB);
  glDisable(GL_BLEND);
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D_MULTISAMPLE, samples_texture_);
  glBindVertexArray(empty_);
  program_.use();
  glUniform1i(program_.uniform("source"), 0);
  glUniform1i(program_.uniform("samples"), samples_);
  glDrawArrays(GL_TRIANGLES, 0, 3);
}

Image Target::read_back() const {
  Image image{width_, height_, {}};
  const std::size_t row = static_cast<std::size_t>(width_) * 4;
  image.rgba.resize(row * static_cast<std::size_t>(height_));
  if (image.rgba.empty()) return image;
  glBindFramebuffer(GL_READ_FRAMEBUFFER, resolved_target_);
  glReadPixels(0, 0, width_, height_, GL_RGBA, GL_UNSIGNED_BYTE, image.rgba.data());
  for (int top = 0, bottom = height_ - 1; top < bottom; ++top, --bottom) {
    const auto at = [&](int y) {
      return image.rgba.begin() + static_cast<std::ptrdiff_t>(row) * y;
    };
    std::swap_ranges(at(top), at(top) + static_cast<std::ptrdiff_t>(row), at(bottom));
  }
  return image;
}

}  // namespace render::gl
