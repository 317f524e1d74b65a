#include "render/gl/text_pass.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "render/gl/shade_pass.hpp"

namespace render::gl {

void TextRun::set(std::span<const PlacedText> texts, Glyphs& glyphs, MapPainter::Counts& counts) {
  instances_.clear();
  plain_.clear();
  for (const PlacedText& t : texts) {
    const TextLine& line = glyphs.line(t.text, t.size, t.bold, t.halo);
    const auto whole = [](double v) { return static_cast<std::int32_t>(std::lround(v)); };
    const std::int32_t left = whole(t.box.x), baseline = whole(t.box.y + line.ascent);
    for (const Glyph& g : line.glyphs) {
      (t.halo > 0 ? instances_ : plain_)
          .push_back({left + g.x, baseline + g.y, g.width, g.height, g.u, g.v, packed(t.colour),
                      whole(t.stands.x), whole(t.stands.y), whole(t.stands.right()),
                      whole(t.stands.bottom())});
    }
  }
  haloed_ = static_cast<GLsizei>(instances_.size());
  instances_.insert(instances_.end(), plain_.begin(), plain_.end());
  all_ = static_cast<GLsizei>(instances_.size());
  if (all_ == 0) return;

  glBindVertexArray(array_);
  counts.mark_bytes += fill(buffer_, GL_ARRAY_BUFFER, instances_, GL_STATIC_DRAW);
  glVertexAttribIPointer(0, 4, GL_INT, sizeof(Instance), at(0));
  glVertexAttribIPointer(1, 2, GL_INT, sizeof(Instance), at(offsetof(Instance, u)));
  glVertexAttribIPointer(2, 1, GL_UNSIGNED_INT, sizeof(Instance), at(offsetof(Instance, ink)));
  glVertexAttribIPointer(3, 4, GL_INT, sizeof(Instance), at(offsetof(Instance, left)));
  for (const GLuint attribute : {0U, 1U, 2U, 3U}) {
    glEnableVertexAttribArray(attribute);
    glVertexAttribDivisor(attribute, 1);
  }
}

void TextPass::draw(const TextRun& run, const Place& place, Glyphs& glyphs,
                    MapPainter::Counts& counts) {
  if (run.all_ == 0) return;
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
  glBindVertexArray(run.array_);
  program_.use();
  const auto whole = [](double v) { return static_cast<GLint>(std::lround(v)); };
  glUniform2f(program_.uniform("target_size"), place.target_width, place.target_height);
  glUniform2i(program_.uniform("shift"), whole(place.shift.x), whole(place.shift.y));
  glUniform4i(program_.uniform("area"), whole(place.area.x), whole(place.area.y),
              whole(place.area.right()), whole(place.area.bottom()));
  std::array<GLint, 4 * most_taken> taken{};
  const std::size_t count = std::min(place.taken.size(), most_taken);
  for (std::size_t i = 0; i < count; ++i) {
    const PixelRect& box = place.taken[i];
    // Outwards: to touch a part of a pixel is to touch it.
    taken[4 * i] = static_cast<GLint>(std::floor(box.x));
    taken[4 * i + 1] = static_cast<GLint>(std::floor(box.y));
    taken[4 * i + 2] = static_cast<GLint>(std::ceil(box.right()));
    taken[4 * i + 3] = static_cast<GLint>(std::ceil(box.bottom()));
  }
  glUniform4iv(program_.uniform("taken"), most_taken, taken.data());
  glUniform1i(program_.uniform("taken_count"), static_cast<GLint>(count));
  glUniform1i(program_.uniform("atlas"), 0);
  if (run.haloed_ > 0) {
    glUniform1i(program_.uniform("halo"), 1);
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, run.haloed_);
    counts.draws += 1;
  }
  glUniform1i(program_.uniform("halo"), 0);
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, run.all_);
  counts.draws += 1;
}

}  // namespace render::gl
