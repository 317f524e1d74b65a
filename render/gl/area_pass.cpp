#include "render/gl/area_pass.hpp"

#include <algorithm>
#include <cmath>

#include "geo/error.hpp"

namespace render::gl {

std::uint32_t pattern_flags(unsigned patterns, Colour fill) {
  constexpr unsigned dark = 256;
  // Between the second and third orange of the target palette (0.25 and 0.42).
  return patterns | (luminance(fill) < 0.33 ? dark : 0U);
}

void AreaPass::upload(Mesh& m, const geo::LandLevel& detail, MapPainter::Counts& counts) {
  glBindVertexArray(m.array);
  counts.geometry_bytes += fill(m.vertices, GL_ARRAY_BUFFER, detail.vertices, GL_STATIC_DRAW);
  counts.geometry_bytes += fill(m.indices, GL_ELEMENT_ARRAY_BUFFER, detail.indices, GL_STATIC_DRAW);
  using Vertex = geo::LandLevel::Vertex;
  glEnableVertexAttribArray(0);
  glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof(Vertex), at(offsetof(Vertex, x)));
  glEnableVertexAttribArray(1);
  glVertexAttribIPointer(1, 1, GL_UNSIGNED_INT, sizeof(Vertex), at(offsetof(Vertex, unit)));
  for (std::size_t i = 0; i < detail.indices.size(); i += 3) {
    const std::uint32_t unit = detail.vertices[detail.indices[i]].unit;
    if (m.ranges.empty() || m.ranges.back().unit != unit) m.ranges.push_back({unit, i, 0});
    m.ranges.back().count += 3;
  }
}

void AreaPass::upload_styles(const std::vector<AreaStyle>& areas, MapPainter::Counts& counts) {
  std::vector<std::array<std::uint32_t, 2>> styles;
  styles.reserve(areas.size());
  for (const AreaStyle& a : areas)
    styles.push_back({packed(a.fill), pattern_flags(a.patterns, a.fill)});
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_BUFFER, style_texture_);
  if (styles == styles_) return;
  GLint most = 0;
  glGetIntegerv(GL_MAX_TEXTURE_BUFFER_SIZE, &most);
  if (styles.size() > static_cast<std::size_t>(most)) {
    throw geo::Error(geo::ErrorKind::io, geo::msg("render.too_many_units", styles.size(), most),
                     "OpenGL", geo::msg("render.update_driver"));
  }
  counts.style_bytes += fill(style_buffer_, GL_TEXTURE_BUFFER, styles, GL_STREAM_DRAW);
  glTexBuffer(GL_TEXTURE_BUFFER, GL_RG32UI, style_buffer_);
  styles_ = std::move(styles);
}

void AreaPass::Batch::add(const Range& range) {
  if (!lengths.empty() && end == range.first) {
    lengths.back() += static_cast<GLsizei>(range.count);
  } else {
    lengths.push_back(static_cast<GLsizei>(range.count));
    starts.push_back(at(range.first * sizeof(std::uint32_t)));
  }
  end = range.first + range.count;
}

void AreaPass::Batch::draw(MapPainter::Counts& counts) const {
  if (lengths.empty()) return;
  glMultiDrawElements(GL_TRIANGLES, lengths.data(), GL_UNSIGNED_INT, starts.data(),
                      static_cast<GLsizei>(lengths.size()));
  counts.draws += 1;
}

void AreaPass::draw(const Frame& frame, std::size_t level, const Ground& ground,
                    MapPainter::Counts& counts) {
  const geo::Land& land = *frame.land;
  upload_styles(frame.areas, counts);
  const Mesh& m =
      meshes_.get(land, level, [&](Mesh& made) { upload(made, land.levels[level], counts); });

  const geo::Box view = ground.camera.view();
  Batch plain, patterned;
  for (const Range& r : m.ranges) {
    if (r.unit >= frame.areas.size() || !land.boxes[r.unit].intersects(view)) continue;
    constexpr unsigned inked = pattern_hatch | pattern_dots | pattern_cross | pattern_lines;
    ((frame.areas[r.unit].patterns & inked) != 0 ? patterned : plain).add(r);
  }
  const bool opaque = std::all_of(frame.areas.begin(), frame.areas.end(),
                                  [](const AreaStyle& a) { return a.fill.a == 255; });
  if (opaque) {  // nothing to blend: blending and encoding every sample would cost
    glDisable(GL_BLEND);
    glDisable(GL_FRAMEBUFFER_SRGB);
  }
  glBindVertexArray(m.array);
  for (const Program* program : {&plain_, &patterned_}) {
    program->use();
    ground.set(*program);
    glUniform1i(program->uniform("styles"), 0);
    glUniform1i(program->uniform("encoded"), opaque ? 1 : 0);
    if (program == &plain_) plain.draw(counts);
  }
  // On a whole pixel, so that dots look alike; the patterns repeat every 10 logical pixels.
  const double period = 10.0 * static_cast<double>(ground.ratio);
  const auto phase = [period](double pixel) {
    return static_cast<float>(std::fmod(std::round(pixel), period));
  };
  const PixelPoint origin = ground.camera.to_pixel(land.origin);
  glUniform2f(patterned_.uniform("anchor"), phase(ground.map.x + origin.x),
              phase(ground.map.y + origin.y));
  glUniform1f(patterned_.uniform("ratio"), ground.ratio);
  patterned.draw(counts);
  glEnable(GL_BLEND);
  glEnable(GL_FRAMEBUFFER_SRGB);
}

}  // namespace render::gl
