#include "render/slides.hpp"

#include <epoxy/gl.h>

#include <algorithm>
#include <vector>

#include "render/gl/handles.hpp"
#include "render/gl/state_guard.hpp"
#include "render/gl/target.hpp"
#include "render/map_painter.hpp"

namespace render {
namespace {

struct Slot {
  gl::Texture picture;
  gl::Framebuffer target;
  int width = 0, height = 0;  ///< of the texture
  bool held = false;
};

}  // namespace

struct Slides::Impl {
  gl::Program program{"slide.vert", {"slide.frag"}};
  std::vector<Slot> slots;
};

Slides::Slides(std::size_t slots) : impl_(std::make_unique<Impl>()) {
  for (std::size_t i = 0; i < slots; ++i) impl_->slots.emplace_back();
}
Slides::~Slides() = default;

void Slides::keep(std::size_t slot, const MapPainter& painter) {
  const gl::StateGuard guard;
  Slot& to = impl_->slots.at(slot);
  const MapPainter::Drawing drawing = painter.drawing();
  if (to.width != drawing.width || to.height != drawing.height) {
    gl::allocate(to.picture, GL_RGBA8, drawing.width, drawing.height);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    if (!gl::attach(to.target, to.picture, nullptr))
      throw gl::too_large(drawing.width, drawing.height);
    to.width = drawing.width;
    to.height = drawing.height;
  }
  glDisable(GL_FRAMEBUFFER_SRGB);
  glDisable(GL_SCISSOR_TEST);
  glBindFramebuffer(GL_READ_FRAMEBUFFER, drawing.framebuffer);
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, to.target);
  glBlitFramebuffer(0, 0, to.width, to.height, 0, 0, to.width, to.height, GL_COLOR_BUFFER_BIT,
                    GL_NEAREST);
  to.held = true;
}

void Slides::show(std::span<const Shown> pictures, Colour ground, int width, int height) const {
  const gl::StateGuard guard;
  glViewport(0, 0, width, height);
  glDisable(GL_SCISSOR_TEST);
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_FRAMEBUFFER_SRGB);
  glClearColor(static_cast<GLfloat>(ground.r) / 255, static_cast<GLfloat>(ground.g) / 255,
               static_cast<GLfloat>(ground.b) / 255, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  glEnable(GL_BLEND);
  glBlendFunc(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA);
  // Vertex arrays are of one context only, and this may be another window's.
  const gl::VertexArray empty;
  glBindVertexArray(empty);
  impl_->program.use();
  glUniform1i(impl_->program.uniform("picture"), 0);
  glActiveTexture(GL_TEXTURE0);
  for (const Shown& shown : pictures) {
    const Slot& slot = impl_->slots.at(shown.slot);
    if (!slot.held || shown.opacity <= 0) continue;
    const double scale = std::min(shown.at.width / slot.width, shown.at.height / slot.height);
    const double w = slot.width * scale, h = slot.height * scale;
    const double x = shown.at.x + (shown.at.width - w) / 2,
                 y = shown.at.y + (shown.at.height - h) / 2;
    glVertexAttrib4f(0, static_cast<GLfloat>(2 * x / width - 1),
                     static_cast<GLfloat>(1 - 2 * (y + h) / height),
                     static_cast<GLfloat>(2 * w / width), static_cast<GLfloat>(2 * h / height));
    glVertexAttrib1f(1, static_cast<GLfloat>(shown.opacity));
    glBindTexture(GL_TEXTURE_2D, slot.picture);
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
  }
}

}  // namespace render
