#include "render/gl/shade_pass.hpp"

#include <algorithm>
#include <cmath>

#include "geo/error.hpp"
#include "render/gl/border_pass.hpp"

namespace render::gl {

std::uint32_t pattern_flags(unsigned patterns, Colour fill) {
  constexpr unsigned dark = 256;
  // Between the second and third orange of the target palette (0.25 and 0.42).
  return patterns | (luminance(fill) < 0.33 ? dark : 0U);
}

ShadePass::ShadePass() {
  for (const Program* program : {&plain_, &inked_, &blend_}) {
    program->use();
    glUniform1i(program->uniform("owners"), 0);
    glUniform1i(program->uniform("edges"), 0);
    glUniform1i(program->uniform("styles"), 1);
  }
  const auto colours = border_colours();
  glUniform3uiv(blend_.uniform("border_colours"), 1, colours.data());
}

bool ShadePass::set_styles(const Frame& frame, MapPainter::Counts& counts) {
  now_.clear();
  now_.push_back({packed({frame.background.r, frame.background.g, frame.background.b}), 0});
  for (const AreaStyle& a : frame.areas) {
    // The eye's luminance costs three powers; neighbours in order often look alike.
    const Style& before = now_.back();
    const std::uint32_t fill = packed(a.fill);
    const bool alike = now_.size() > 1 && before[0] == fill;
    constexpr std::uint32_t dark = 256;
    now_.push_back({fill, alike && a.patterns < dark ? (before[1] & dark) | a.patterns
                                                     : pattern_flags(a.patterns, a.fill)});
  }
  glActiveTexture(GL_TEXTURE1);
  glBindTexture(GL_TEXTURE_BUFFER, texture_);
  if (now_ == styles_) return false;
  GLint most = 0;
  glGetIntegerv(GL_MAX_TEXTURE_BUFFER_SIZE, &most);
  if (now_.size() > static_cast<std::size_t>(most)) {
    throw geo::Error(geo::ErrorKind::io,
                     geo::msg("render.too_many_units", frame.areas.size(), most), "OpenGL",
                     geo::msg("render.update_driver"));
  }
  counts.style_bytes += fill(buffer_, GL_TEXTURE_BUFFER, now_, GL_STREAM_DRAW);
  counts.uploads += 1;
  glTexBuffer(GL_TEXTURE_BUFFER, GL_RG32UI, buffer_);
  std::swap(styles_, now_);
  any_inked_ = std::any_of(styles_.begin() + 1, styles_.end(),
                           [](const Style& style) { return inked(style); });
  return true;
}

bool ShadePass::inked(const Style& style) {
  constexpr unsigned inks = pattern_hatch | pattern_dots | pattern_cross | pattern_lines;
  return (style[1] & inks) != 0 || (style[0] & 255U) != 255;
}

void ShadePass::begin(const Ground& ground, PixelPoint anchor) const {
  // The patterns repeat every 10 logical pixels.
  const double period = 10.0 * static_cast<double>(ground.ratio);
  const auto phase = [period](double pixel) {
    return static_cast<float>(std::fmod(pixel, period));
  };
  for (const Program* program : {&inked_, &blend_}) {
    program->use();
    glUniform2f(program->uniform("target_size"), ground.target_width, ground.target_height);
    glUniform2f(program->uniform("anchor"), phase(anchor.x), phase(anchor.y));
    glUniform1f(program->uniform("ratio"), ground.ratio);
  }
  glActiveTexture(GL_TEXTURE1);
  glBindTexture(GL_TEXTURE_BUFFER, texture_);
}

void ShadePass::draw_whole(const Program& program, const Texture& source,
                           MapPainter::Counts& counts) const {
  program.use();
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, source);
  glBindVertexArray(empty_);
  glDrawArrays(GL_TRIANGLES, 0, 3);
  counts.draws += 1;
}

void ShadePass::draw_edges(const Texture& edges, MapPainter::Counts& counts) const {
  glEnable(GL_DEPTH_TEST);
  glDepthMask(GL_FALSE);
  glDepthFunc(GL_GREATER);  // where a border is nearer
  draw_whole(blend_, edges, counts);
  glDepthFunc(GL_LESS);
  glDepthMask(GL_TRUE);
  glDisable(GL_DEPTH_TEST);
}

}  // namespace render::gl
