#include "render/gl/state_guard.hpp"

namespace render::gl {
namespace {
GLint get(GLenum what) {
  GLint value = 0;
  glGetIntegerv(what, &value);
  return value;
}
GLuint name(GLint value) { return static_cast<GLuint>(value); }
GLenum word(GLint value) { return static_cast<GLenum>(value); }
void put(GLenum what, GLboolean on) { on == GL_TRUE ? glEnable(what) : glDisable(what); }
}  // namespace

StateGuard::StateGuard() {
  for (std::size_t i = 0; i < switches_.size(); ++i) enabled_[i] = glIsEnabled(switches_[i]);
  active_texture_ = get(GL_ACTIVE_TEXTURE);
  for (int i = 0; i < units_; ++i) {
    glActiveTexture(GL_TEXTURE0 + static_cast<GLenum>(i));
    textures_[static_cast<std::size_t>(i)] = {
        get(GL_TEXTURE_BINDING_2D), get(GL_TEXTURE_BINDING_BUFFER), get(GL_SAMPLER_BINDING)};
    glBindSampler(static_cast<GLuint>(i), 0);
  }
  program_ = get(GL_CURRENT_PROGRAM);
  vertex_array_ = get(GL_VERTEX_ARRAY_BINDING);
  array_buffer_ = get(GL_ARRAY_BUFFER_BINDING);
  texture_buffer_ = get(GL_TEXTURE_BUFFER);
  draw_framebuffer_ = get(GL_DRAW_FRAMEBUFFER_BINDING);
  read_framebuffer_ = get(GL_READ_FRAMEBUFFER_BINDING);
  pack_buffer_ = get(GL_PIXEL_PACK_BUFFER_BINDING);
  unpack_buffer_ = get(GL_PIXEL_UNPACK_BUFFER_BINDING);
  pack_alignment_ = get(GL_PACK_ALIGNMENT);
  unpack_alignment_ = get(GL_UNPACK_ALIGNMENT);
  pack_row_ = get(GL_PACK_ROW_LENGTH);
  unpack_row_ = get(GL_UNPACK_ROW_LENGTH);
  glGetIntegerv(GL_VIEWPORT, viewport_.data());
  glGetIntegerv(GL_SCISSOR_BOX, scissor_.data());
  blend_functions_ = {get(GL_BLEND_SRC_RGB), get(GL_BLEND_DST_RGB), get(GL_BLEND_SRC_ALPHA),
                      get(GL_BLEND_DST_ALPHA)};
  blend_equations_ = {get(GL_BLEND_EQUATION_RGB), get(GL_BLEND_EQUATION_ALPHA)};
  glGetIntegerv(GL_POLYGON_MODE, polygon_mode_.data());
  glGetFloatv(GL_COLOR_CLEAR_VALUE, clear_colour_.data());
  glGetBooleanv(GL_COLOR_WRITEMASK, colour_mask_.data());
  glGetBooleanv(GL_DEPTH_WRITEMASK, &depth_mask_);
  depth_function_ = get(GL_DEPTH_FUNC);

  for (const GLenum s : switches_) glDisable(s);
  glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
  glBindBuffer(GL_PIXEL_UNPACK_BUFFER, 0);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glPixelStorei(GL_PACK_ROW_LENGTH, 0);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  glPolygonMode(GL_FRONT_AND_BACK, GL_FILL);
  glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  glDepthMask(GL_TRUE);
  glDepthFunc(GL_LESS);
  glBlendEquation(GL_FUNC_ADD);
}

StateGuard::~StateGuard() {
  for (std::size_t i = 0; i < switches_.size(); ++i) put(switches_[i], enabled_[i]);
  for (int i = 0; i < units_; ++i) {
    const TextureUnit& unit = textures_[static_cast<std::size_t>(i)];
    glActiveTexture(GL_TEXTURE0 + static_cast<GLenum>(i));
    glBindTexture(GL_TEXTURE_2D, name(unit.flat));
    glBindTexture(GL_TEXTURE_BUFFER, name(unit.buffer));
    glBindSampler(static_cast<GLuint>(i), name(unit.sampler));
  }
  glActiveTexture(word(active_texture_));
  glUseProgram(name(program_));
  glBindVertexArray(name(vertex_array_));
  glBindBuffer(GL_ARRAY_BUFFER, name(array_buffer_));
  glBindBuffer(GL_TEXTURE_BUFFER, name(texture_buffer_));
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, name(draw_framebuffer_));
  glBindFramebuffer(GL_READ_FRAMEBUFFER, name(read_framebuffer_));
  glBindBuffer(GL_PIXEL_PACK_BUFFER, name(pack_buffer_));
  glBindBuffer(GL_PIXEL_UNPACK_BUFFER, name(unpack_buffer_));
  glPixelStorei(GL_PACK_ALIGNMENT, pack_alignment_);
  glPixelStorei(GL_UNPACK_ALIGNMENT, unpack_alignment_);
  glPixelStorei(GL_PACK_ROW_LENGTH, pack_row_);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, unpack_row_);
  glViewport(viewport_[0], viewport_[1], viewport_[2], viewport_[3]);
  glScissor(scissor_[0], scissor_[1], scissor_[2], scissor_[3]);
  glBlendFuncSeparate(word(blend_functions_[0]), word(blend_functions_[1]),
                      word(blend_functions_[2]), word(blend_functions_[3]));
  glBlendEquationSeparate(word(blend_equations_[0]), word(blend_equations_[1]));
  glPolygonMode(GL_FRONT_AND_BACK, word(polygon_mode_[0]));
  glClearColor(clear_colour_[0], clear_colour_[1], clear_colour_[2], clear_colour_[3]);
  glDepthMask(depth_mask_);
  glDepthFunc(word(depth_function_));
  glColorMask(colour_mask_[0], colour_mask_[1], colour_mask_[2], colour_mask_[3]);
}

}  // namespace render::gl
