#include "render/gl/border_pass.hpp"

#include <algorithm>
#include <cmath>

#include "render/gl/area_pass.hpp"

namespace render::gl {
namespace {

constexpr std::size_t chunk_size = 512;

// Logical pixels.
constexpr double commune_width = 0.9, district_width = 1.5, province_width = 2.0,
                 dashed_width = 1.4, hovered_width = 2.4, selected_width = 4.0, dash_length = 3.5;
constexpr Colour commune_colour = rgb(0xffffff), district_colour = rgb(0x4d4d4d),
                 province_colour = rgb(0x2a2a2a), dashed_colour = rgb(0x7a8088);

bool has(const std::vector<std::uint8_t>& flags, std::uint32_t unit, std::uint8_t bit) {
  return unit < flags.size() && (flags[unit] & bit) != 0;
}

}  // namespace

void BorderPass::measure(Mesh& m, const Border& border) {
  float run = 0;
  const geo::LandLevel::Segment* before = nullptr;
  for (const geo::LandLevel::Segment& s : border) {
    if (before == nullptr || before->x1 != s.x0 || before->y1 != s.y0) run = 0;
    m.along.push_back(run);
    run += std::hypot(s.x1 - s.x0, s.y1 - s.y0);
    before = &s;
  }
}

std::size_t BorderPass::upload(Lines& lines, const std::vector<Segment>& segments, GLenum usage) {
  lines.chunks.clear();
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (i % chunk_size == 0) lines.chunks.push_back({i, 0, {}});
    Chunk& chunk = lines.chunks.back();
    ++chunk.count;
    const Segment& s = segments[i];
    chunk.box.add(geo::MapPoint{static_cast<double>(s.x0), static_cast<double>(s.y0)});
    chunk.box.add(geo::MapPoint{static_cast<double>(s.x1), static_cast<double>(s.y1)});
  }
  if (segments.empty()) return 0;
  glBindVertexArray(lines.array);
  const std::size_t bytes = fill(lines.buffer, GL_ARRAY_BUFFER, segments, usage);
  for (const GLuint attribute : {0U, 1U}) {
    glEnableVertexAttribArray(attribute);
    glVertexAttribDivisor(attribute, 1);
  }
  return bytes;
}

void BorderPass::sort_by_rank(Mesh& m, const Border& border, const Frame& frame,
                              MapPainter::Counts& counts) {
  std::vector<std::array<std::uint32_t, 2>> hierarchy;
  hierarchy.reserve(frame.areas.size());
  for (const AreaStyle& a : frame.areas) hierarchy.push_back({a.district, a.province});
  if (m.hierarchy == hierarchy && !m.by_rank[province].chunks.empty()) return;
  m.hierarchy = std::move(hierarchy);

  std::array<std::vector<Segment>, ranks> sorted;
  for (std::size_t i = 0; i < border.size(); ++i) {
    const geo::LandLevel::Segment& s = border[i];
    std::size_t rank = commune;
    if (s.left >= m.hierarchy.size() || s.right >= m.hierarchy.size()) {
      rank = province;  // the outer edge
    } else if (m.hierarchy[s.left][1] != m.hierarchy[s.right][1]) {
      rank = province;
    } else if (m.hierarchy[s.left][0] != m.hierarchy[s.right][0]) {
      rank = district;
    }
    sorted[rank].push_back({s.x0, s.y0, s.x1, s.y1, m.along[i]});
  }
  for (std::size_t r = 0; r < ranks; ++r) {
    counts.geometry_bytes += upload(m.by_rank[r], sorted[r], GL_STATIC_DRAW);
  }
}

void BorderPass::pick_outlines(Mesh& m, const Border& border, const Frame& frame,
                               MapPainter::Counts& counts) {
  std::vector<std::uint8_t> flags;
  flags.reserve(frame.areas.size());
  constexpr std::uint8_t is_dashed = 1, is_hovered = 2, is_selected = 4;
  std::uint8_t any = 0;
  for (const AreaStyle& a : frame.areas) {
    const auto flag =
        static_cast<std::uint8_t>(((a.patterns & pattern_dashed) != 0 ? is_dashed : 0) |
                                  (a.hovered ? is_hovered : 0) | (a.selected ? is_selected : 0));
    flags.push_back(flag);
    any |= flag;
  }
  if (m.flags == flags) return;
  m.flags = std::move(flags);

  std::array<std::vector<Segment>, outlines> picked;
  for (std::size_t i = 0; any != 0 && i < border.size(); ++i) {
    const geo::LandLevel::Segment& s = border[i];
    const Segment segment{s.x0, s.y0, s.x1, s.y1, m.along[i]};
    const auto differs = [&](std::uint8_t bit) {
      return has(m.flags, s.left, bit) != has(m.flags, s.right, bit);
    };
    if (has(m.flags, s.left, is_dashed) || has(m.flags, s.right, is_dashed)) {
      picked[dashed].push_back(segment);
    }
    if (differs(is_hovered)) picked[hovered].push_back(segment);
    if (differs(is_selected)) picked[selected].push_back(segment);
  }
  for (std::size_t o = 0; o < outlines; ++o) {
    counts.style_bytes += upload(m.outlined[o], picked[o], GL_STREAM_DRAW);
  }
}

void BorderPass::stroke(const Lines& lines, const Ground& ground, Colour colour, double width,
                        double dash, MapPainter::Counts& counts) {
  if (lines.chunks.empty()) return;
  const double ratio = static_cast<double>(ground.ratio);
  glUniform1f(program_.uniform("half_width"), static_cast<float>(width * ratio / 2));
  const bool thin = width * ratio < 2.3;
  glUniform1i(program_.uniform("thin"), thin ? 1 : 0);
  glUniform1f(program_.uniform("dash"), static_cast<float>(dash * ratio));
  glUniform1ui(program_.uniform("border_colour"), packed(colour));
  glBindVertexArray(lines.array);
  glBindBuffer(GL_ARRAY_BUFFER, lines.buffer);

  geo::Box view = ground.camera.view();
  const double reach = width * ratio * ground.camera.metres_per_pixel;
  const geo::MapPoint origin{ground.camera.centre.x + ground.shift_x,
                             ground.camera.centre.y + ground.shift_y};
  view.min = {view.min.x - origin.x - reach, view.min.y - origin.y - reach};
  view.max = {view.max.x - origin.x + reach, view.max.y - origin.y + reach};
  for (std::size_t c = 0; c < lines.chunks.size(); ++c) {
    if (!lines.chunks[c].box.intersects(view)) continue;
    const std::size_t first = lines.chunks[c].first;
    std::size_t count = lines.chunks[c].count;
    while (c + 1 < lines.chunks.size() && lines.chunks[c + 1].box.intersects(view)) {
      count += lines.chunks[++c].count;
    }
    // OpenGL 3.3 has no first instance: the attributes start there instead.
    glVertexAttribPointer(0, 4, GL_FLOAT, GL_FALSE, sizeof(Segment), at(first * sizeof(Segment)));
    glVertexAttribPointer(1, 1, GL_FLOAT, GL_FALSE, sizeof(Segment),
                          at(first * sizeof(Segment) + offsetof(Segment, along)));
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, thin ? 4 : 8, static_cast<GLsizei>(count));
    counts.draws += 1;
  }
}

void BorderPass::draw(const Frame& frame, std::size_t level, const Ground& ground,
                      MapPainter::Counts& counts) {
  const Border& border = frame.land->levels[level].segments;
  Mesh& m = meshes_.get(*frame.land, level, [&](Mesh& made) { measure(made, border); });
  sort_by_rank(m, border, frame, counts);
  pick_outlines(m, border, frame, counts);

  // All opaque: nothing to blend, so the encoded colours are stored as they are.
  glDisable(GL_BLEND);
  glDisable(GL_FRAMEBUFFER_SRGB);
  program_.use();
  ground.set(program_);
  if (frame.show_borders) {
    // Seen from far away communes are a few pixels wide: their borders must not hide their colours.
    const double fine = std::clamp(ground.unit_side / 24, 0.25, 1.0),
                 middling = std::clamp(ground.unit_side / 12, 0.4, 1.0);
    stroke(m.by_rank[commune], ground, commune_colour, commune_width * fine, 0, counts);
    stroke(m.outlined[dashed], ground, dashed_colour, dashed_width * fine, dash_length, counts);
    stroke(m.by_rank[district], ground, district_colour, district_width * middling, 0, counts);
    stroke(m.by_rank[province], ground, province_colour, province_width * middling, 0, counts);
  }
  stroke(m.outlined[hovered], ground, house::accent, hovered_width, 0, counts);
  stroke(m.outlined[selected], ground, house::selection, selected_width, 0, counts);
  glEnable(GL_BLEND);
  glEnable(GL_FRAMEBUFFER_SRGB);
}

}  // namespace render::gl
