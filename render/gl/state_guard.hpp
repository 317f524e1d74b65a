#pragma once
#include <epoxy/gl.h>

#include <array>

namespace render::gl {

/// Everything of OpenGL's state that the passes touch, put back as it was: the context is shared
/// with the interface's own drawing.
class StateGuard {
 public:
  StateGuard();
  ~StateGuard();
  StateGuard(const StateGuard&) = delete;
  StateGuard& operator=(const StateGuard&) = delete;

 private:
  static constexpr std::array<GLenum, 12> switches_{
      GL_BLEND,        GL_SCISSOR_TEST,      GL_DEPTH_TEST,       GL_CULL_FACE,
      GL_STENCIL_TEST, GL_MULTISAMPLE,       GL_FRAMEBUFFER_SRGB, GL_SAMPLE_ALPHA_TO_COVERAGE,
      GL_DITHER,       GL_PRIMITIVE_RESTART, GL_COLOR_LOGIC_OP,   GL_RASTERIZER_DISCARD};
  static constexpr int units_ = 2;
  struct TextureUnit {
    GLint flat = 0, buffer = 0, sampler = 0;
  };
  std::array<GLboolean, switches_.size()> enabled_{};
  std::array<TextureUnit, units_> textures_{};
  GLint active_texture_ = 0, program_ = 0, vertex_array_ = 0, array_buffer_ = 0,
        texture_buffer_ = 0;
  GLint draw_framebuffer_ = 0, read_framebuffer_ = 0, pack_buffer_ = 0, unpack_buffer_ = 0;
  GLint pack_alignment_ = 0, unpack_alignment_ = 0, pack_row_ = 0, unpack_row_ = 0;
  std::array<GLint, 4> viewport_{}, scissor_{};
  std::array<GLint, 4> blend_functions_{};
  std::array<GLint, 2> blend_equations_{}, polygon_mode_{};
  std::array<GLfloat, 4> clear_colour_{};
  std::array<GLboolean, 4> colour_mask_{};
  GLboolean depth_mask_ = GL_TRUE;
  GLint depth_function_ = GL_LESS;
};

}  // namespace render::gl
