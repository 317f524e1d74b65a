#include "render/gl/route_pass.hpp"

#include <algorithm>
#include <cmath>

#include "render/gl/shade_pass.hpp"

namespace render::gl {

void RoutePass::add(const Route& route, const Ground& ground) {
  const auto curve = curve_of(route, ground.camera);
  if (curve.size() < 2) return;
  const double half = route.width * static_cast<double>(ground.ratio) / 2;
  const double reach = half + 1;  // for the soft edge
  firsts_.push_back(static_cast<GLint>(now_.size()));
  for (std::size_t i = 0; i < curve.size(); ++i) {
    const PixelPoint& before = curve[i == 0 ? 0 : i - 1];
    const PixelPoint& after = curve[std::min(i + 1, curve.size() - 1)];
    const double dx = after.x - before.x, dy = after.y - before.y, length = std::hypot(dx, dy);
    for (const double side : {-1.0, 1.0}) {
      now_.push_back({static_cast<float>(ground.map.x + curve[i].x - side * reach * dy / length),
                      static_cast<float>(ground.map.y + curve[i].y + side * reach * dx / length),
                      static_cast<float>(side * reach), static_cast<float>(half),
                      packed(route.colour)});
    }
  }
  lengths_.push_back(static_cast<GLsizei>(now_.size()) - firsts_.back());
}

void RoutePass::draw(std::span<const Route> routes, const Ground& ground,
                     MapPainter::Counts& counts) {
  now_.clear();
  firsts_.clear();
  lengths_.clear();
  for (const Route& route : routes) add(route, ground);
  if (now_.empty()) return;
  glBindVertexArray(array_);
  if (now_ != vertices_) {
    std::swap(now_, vertices_);
    counts.mark_bytes += fill(buffer_, GL_ARRAY_BUFFER, vertices_, GL_STREAM_DRAW);
    glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof(Vertex), at(0));
    glVertexAttribPointer(1, 2, GL_FLOAT, GL_FALSE, sizeof(Vertex), at(offsetof(Vertex, across)));
    glVertexAttribIPointer(2, 1, GL_UNSIGNED_INT, sizeof(Vertex), at(offsetof(Vertex, ink)));
    for (const GLuint attribute : {0U, 1U, 2U}) glEnableVertexAttribArray(attribute);
  }
  program_.use();
  glUniform2f(program_.uniform("target_size"), ground.target_width, ground.target_height);
  glMultiDrawArrays(GL_TRIANGLE_STRIP, firsts_.data(), lengths_.data(),
                    static_cast<GLsizei>(firsts_.size()));
  counts.draws += 1;
}

}  // namespace render::gl
