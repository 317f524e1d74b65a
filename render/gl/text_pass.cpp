#include "render/gl/text_pass.hpp"

#include <cmath>
#include <vector>

#include "render/gl/area_pass.hpp"

namespace render::gl {

void TextPass::draw(std::span<const PlacedText> texts, Glyphs& glyphs, float target_width,
                    float target_height, MapPainter::Counts& counts) {
  struct Instance {
    std::int32_t x, y, width, height, u, v;
    std::uint32_t ink;
  };
  std::vector<Instance> plain, haloed;
  for (const PlacedText& t : texts) {
    const TextLine& line = glyphs.line(t.text, t.size, t.bold, t.halo);
    const auto left = static_cast<std::int32_t>(std::lround(t.box.x));
    const auto baseline = static_cast<std::int32_t>(std::lround(t.box.y + line.ascent));
    for (const Glyph& g : line.glyphs) {
      (t.halo > 0 ? haloed : plain)
          .push_back({left + g.x, baseline + g.y, g.width, g.height, g.u, g.v, packed(t.colour)});
    }
  }
  const auto with_halo = static_cast<GLsizei>(haloed.size());
  haloed.insert(haloed.end(), plain.begin(), plain.end());
  if (haloed.empty()) return;

  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, atlas_);
  if (atlas_version_ != glyphs.atlas_version()) {
    atlas_version_ = glyphs.atlas_version();
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RG8, glyphs.atlas_width(), glyphs.atlas_height(), 0, GL_RG,
                 GL_UNSIGNED_BYTE, glyphs.atlas().data());
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    counts.mark_bytes += glyphs.atlas().size();
  }
  glBindVertexArray(array_);
  counts.mark_bytes += fill(buffer_, GL_ARRAY_BUFFER, haloed, GL_STREAM_DRAW);
  glVertexAttribIPointer(0, 4, GL_INT, sizeof(Instance), at(0));
  glVertexAttribIPointer(1, 2, GL_INT, sizeof(Instance), at(offsetof(Instance, u)));
  glVertexAttribIPointer(2, 1, GL_UNSIGNED_INT, sizeof(Instance), at(offsetof(Instance, ink)));
  for (const GLuint attribute : {0U, 1U, 2U}) {
    glEnableVertexAttribArray(attribute);
    glVertexAttribDivisor(attribute, 1);
  }
  program_.use();
  glUniform2f(program_.uniform("target_size"), target_width, target_height);
  glUniform1i(program_.uniform("atlas"), 0);
  if (with_halo > 0) {
    glUniform1i(program_.uniform("halo"), 1);
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, with_halo);
    counts.draws += 1;
  }
  glUniform1i(program_.uniform("halo"), 0);
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(haloed.size()));
  counts.draws += 1;
}

}  // namespace render::gl
