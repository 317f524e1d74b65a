#include "render/gl/point_pass.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "render/gl/shade_pass.hpp"

namespace render::gl {
namespace {

using Point = PointCloud::Point;

/// Each point says its own size while this stands.
class SizedPoints {
 public:
  SizedPoints() : was_(glIsEnabled(GL_PROGRAM_POINT_SIZE)) { glEnable(GL_PROGRAM_POINT_SIZE); }
  ~SizedPoints() {
    if (was_ == GL_FALSE) glDisable(GL_PROGRAM_POINT_SIZE);
  }
  SizedPoints(const SizedPoints&) = delete;
  SizedPoints& operator=(const SizedPoints&) = delete;

 private:
  GLboolean was_;
};

void describe_points() {
  glEnableVertexAttribArray(0);
  glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof(Point), at(offsetof(Point, x)));
  glEnableVertexAttribArray(1);
  glVertexAttribIPointer(1, 2, GL_UNSIGNED_INT, sizeof(Point), at(offsetof(Point, unit)));
}

}  // namespace

void PointPass::upload(const PointCloud& cloud, MapPainter::Counts& counts) {
  glBindVertexArray(array_);
  if (cloud_ == cloud.version) return;
  counts.geometry_bytes += fill(points_, GL_ARRAY_BUFFER, cloud.points, GL_STATIC_DRAW);
  describe_points();
  cloud_ = cloud.version;
}

void PointPass::upload_units(const std::vector<std::uint8_t>& shown, MapPainter::Counts& counts) {
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_BUFFER, unit_texture_);
  if (shown.empty() || shown == units_) return;
  counts.style_bytes += fill(unit_buffer_, GL_TEXTURE_BUFFER, shown, GL_STREAM_DRAW);
  glTexBuffer(GL_TEXTURE_BUFFER, GL_R8UI, unit_buffer_);
  units_ = shown;
}

void PointPass::set_styles(std::span<const PointStyle> styles) const {
  std::array<GLuint, 2 * most_point_states> words{};
  for (std::size_t i = 0; i < styles.size(); ++i) {
    const auto reach = static_cast<GLuint>(std::lround(8 * reach_of(styles[i])));
    words[2 * i] = packed(styles[i].ink);
    words[2 * i + 1] = static_cast<GLuint>(styles[i].body) |
                       static_cast<GLuint>(styles[i].around) << 8U | reach << 16U;
  }
  glUniform2uiv(program_.uniform("styles"), most_point_states, words.data());
}

void PointPass::draw(const PointLayer& layer, const Ground& ground, MapPainter::Counts& counts) {
  const double metres = ground.camera.metres_per_pixel;
  const auto ratio = static_cast<double>(ground.ratio);
  if (!drawn_at(layer, metres, ratio)) return;
  const PointCloud& cloud = *layer.cloud;
  const std::size_t rank = rank_at(layer, metres, ratio);
  const geo::Box& view = ground.view;
  firsts_.clear();
  lengths_.clear();
  for (const PointCloud::Block& block : cloud.blocks) {
    if (block.upto[rank] == 0 || !block.box.intersects(view)) continue;
    firsts_.push_back(static_cast<GLint>(block.first));
    lengths_.push_back(static_cast<GLsizei>(block.upto[rank]));
  }
  if (firsts_.empty()) return;
  upload(cloud, counts);
  upload_units(layer.units_shown, counts);
  program_.use();
  ground.set(program_, cloud.origin);
  glUniform1f(program_.uniform("ratio"), ground.ratio);
  glUniform1i(program_.uniform("units"), 0);
  glUniform1i(program_.uniform("some_hidden"), layer.units_shown.empty() ? 0 : 1);
  glUniform1i(program_.uniform("hovered"),
              layer.hovered == UINT32_MAX ? -1 : static_cast<GLint>(layer.hovered));
  set_styles(layer.styles);
  const SizedPoints sized;
  glMultiDrawArrays(GL_POINTS, firsts_.data(), lengths_.data(),
                    static_cast<GLsizei>(firsts_.size()));
  counts.draws += 1;
}

void PointPass::draw(std::span<const PlacedSymbol> symbols, float target_width, float target_height,
                     float ratio, MapPainter::Counts& counts) {
  if (symbols.empty()) return;
  const SizedPoints sized;
  // A legend has a handful of symbols, each with a style of its own.
  for (std::size_t first = 0; first < symbols.size(); first += most_point_states) {
    const auto part = symbols.subspan(first, std::min(most_point_states, symbols.size() - first));
    std::vector<Point> points;
    std::vector<PointStyle> styles;
    for (const PlacedSymbol& symbol : part) {
      points.push_back({static_cast<float>(symbol.at.x), static_cast<float>(-symbol.at.y),
                        UINT32_MAX, static_cast<std::uint32_t>(styles.size())});
      styles.push_back(symbol.style);
    }
    glBindVertexArray(page_array_);
    counts.mark_bytes += fill(page_points_, GL_ARRAY_BUFFER, points, GL_STREAM_DRAW);
    describe_points();
    program_.use();
    glUniform2f(program_.uniform("shift"), 0, 0);
    glUniform1f(program_.uniform("scale"), 1);
    glUniform2f(program_.uniform("centre"), 0, 0);
    glUniform2f(program_.uniform("target_size"), target_width, target_height);
    glUniform1f(program_.uniform("ratio"), ratio);
    glUniform1i(program_.uniform("some_hidden"), 0);
    glUniform1i(program_.uniform("hovered"), -1);
    set_styles(styles);
    glDrawArrays(GL_POINTS, 0, static_cast<GLsizei>(points.size()));
    counts.draws += 1;
  }
}

}  // namespace render::gl
