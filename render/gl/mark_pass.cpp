#include "render/gl/mark_pass.hpp"

#include "render/gl/shade_pass.hpp"

namespace render::gl {

void MarkRun::set(std::span<const Mark> marks, MapPainter::Counts& counts) {
  constexpr std::uint32_t ellipse = 512;
  now_.clear();
  for (const Mark& m : marks) {
    now_.push_back(
        {static_cast<float>(m.box.x), static_cast<float>(m.box.y), static_cast<float>(m.box.width),
         static_cast<float>(m.box.height), packed(m.fill), packed(m.stroke),
         pattern_flags(m.patterns, m.fill) | (m.shape == Mark::Shape::ellipse ? ellipse : 0U), 0,
         static_cast<float>(m.stroke_width)});
  }
  if (now_ == instances_) return;
  std::swap(now_, instances_);
  if (instances_.empty()) return;
  glBindVertexArray(array_);
  counts.mark_bytes += fill(buffer_, GL_ARRAY_BUFFER, instances_, GL_STREAM_DRAW);
  glVertexAttribPointer(0, 4, GL_FLOAT, GL_FALSE, sizeof(Instance), at(0));
  glVertexAttribIPointer(1, 4, GL_UNSIGNED_INT, sizeof(Instance), at(offsetof(Instance, fill)));
  glVertexAttribPointer(2, 1, GL_FLOAT, GL_FALSE, sizeof(Instance),
                        at(offsetof(Instance, stroke_width)));
  for (const GLuint attribute : {0U, 1U, 2U}) {
    glEnableVertexAttribArray(attribute);
    glVertexAttribDivisor(attribute, 1);
  }
}

void MarkPass::draw(const MarkRun& run, float target_width, float target_height, float ratio,
                    MapPainter::Counts& counts) {
  if (run.instances_.empty()) return;
  glBindVertexArray(run.array_);
  program_.use();
  glUniform2f(program_.uniform("target_size"), target_width, target_height);
  glUniform1f(program_.uniform("ratio"), ratio);
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(run.instances_.size()));
  counts.draws += 1;
}

}  // namespace render::gl
