#include "render/gl/border_pass.hpp"

#include <algorithm>

#include "render/gl/shade_pass.hpp"
#include "render/map_layout.hpp"

namespace render::gl {
namespace {

constexpr std::uint8_t is_dashed = 1, is_hovered = 2, is_selected = 4;

/// The ground that is wanted and `reach` pixels around it.
geo::Box view_of(const Ground& ground, double reach) {
  geo::Box view = ground.view;
  const double margin = reach * ground.camera.metres_per_pixel;
  view.min = {view.min.x - margin, view.min.y - margin};
  view.max = {view.max.x + margin, view.max.y + margin};
  return view;
}

std::size_t lines_of(const geo::LevelMesh::Block& block) {
  std::size_t lines = 0;
  for (const geo::LevelMesh::Range& range : block.lines) lines += range.count;
  return lines;
}

}  // namespace

std::array<std::uint32_t, geo::border_ranks> border_colours() {
  return {packed(strokes::province_colour), packed(strokes::district_colour),
          packed(strokes::commune_colour)};
}

BorderPass::BorderPass() {
  for (const Program* program : {&edges_, &outlines_}) {
    program->use();
    glUniform1i(program->uniform("lines"), 0);
    glUniform1i(program->uniform("sides"), 1);
  }
}

void BorderPass::begin(const Program& program, const geo::LevelMesh& mesh, BlockCache& blocks,
                       MapPainter::Counts& counts) {
  const GLuint sides = blocks.sides(mesh, counts);
  glActiveTexture(GL_TEXTURE1);
  glBindTexture(GL_TEXTURE_BUFFER, sides);
  program.use();
}

void BorderPass::bind(const BlockCache::Block& block, std::size_t lines,
                      MapPainter::Counts& counts) {
  glBindVertexArray(array_);
  if (lines > lines_) {
    std::vector<std::uint32_t> corners;
    corners.reserve(lines * 6);
    for (std::uint32_t i = 0; i < 4 * static_cast<std::uint32_t>(lines); i += 4)
      for (const std::uint32_t corner : {0U, 1U, 2U, 2U, 1U, 3U}) corners.push_back(i + corner);
    counts.geometry_bytes += fill(corners_, GL_ELEMENT_ARRAY_BUFFER, corners, GL_STATIC_DRAW);
    counts.uploads += 1;
    lines_ = lines;
  }
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_BUFFER, block.line_texture);
}

void BorderPass::draw_edges(const geo::LevelMesh& mesh, const Ground& ground, bool strokes,
                            BlockCache& blocks, MapPainter::Counts& counts) {
  if (mesh.sides.empty()) return;
  begin(edges_, mesh, blocks, counts);
  const double ratio = static_cast<double>(ground.ratio);
  const std::array widths{strokes::province * strokes::middling(ground.unit_side),
                          strokes::district * strokes::middling(ground.unit_side),
                          strokes::commune * strokes::fine(ground.unit_side)};
  const geo::Box view = view_of(ground, strokes::province * ratio);
  for (const std::size_t b : ground.blocks) {
    const geo::LevelMesh::Block& block = mesh.blocks[b];
    const std::size_t lines = lines_of(block);
    if (lines == 0 || !block.box.intersects(view)) continue;
    const BlockCache::Block& kept = blocks.block(mesh, b, counts);
    bind(kept, lines, counts);
    ground.set(edges_, block.origin);
    const geo::Box near{{view.min.x - block.origin.x, view.min.y - block.origin.y},
                        {view.max.x - block.origin.x, view.max.y - block.origin.y}};
    for (std::size_t rank = 0; rank < geo::border_ranks; ++rank) {
      batch_.clear();
      for (const BlockCache::Chunk& chunk : kept.chunks) {
        // The block's last vertex begins no line.
        if (chunk.rank == rank && chunk.box.intersects(near))
          batch_.add(chunk.first * 6, std::min(chunk.count, lines - 1 - chunk.first) * 6);
      }
      const double half = strokes ? widths[rank] * ratio / 2 : -1;
      glUniform1f(edges_.uniform("half_width"), static_cast<float>(half));
      glUniform1f(edges_.uniform("reach"), static_cast<float>(std::max(half, 0.0) + 0.5));
      glUniform1ui(edges_.uniform("rank"), static_cast<GLuint>(rank));
      batch_.draw(counts);
    }
  }
}

void BorderPass::draw_outline(const geo::LevelMesh& mesh, const Ground& ground, Outline outline,
                              Colour ink, double width, BlockCache& blocks,
                              MapPainter::Counts& counts) {
  const double ratio = static_cast<double>(ground.ratio), half = width * ratio / 2;
  const std::uint8_t flag = outline == dashed    ? is_dashed
                            : outline == hovered ? is_hovered
                                                 : is_selected;
  const auto has = [&](std::uint32_t unit) {
    return unit < flags_.size() && (flags_[unit] & flag) != 0;
  };
  glUniform1f(outlines_.uniform("half_width"), static_cast<float>(half));
  glUniform1f(outlines_.uniform("reach"), static_cast<float>(half + 0.5));
  glUniform1f(outlines_.uniform("dash"),
              outline == dashed ? static_cast<float>(strokes::dash * ratio) : 0.0F);
  glUniform1f(outlines_.uniform("slice"), 0.66F - 0.33F * static_cast<float>(outline));
  glUniform1ui(outlines_.uniform("ink"), packed(ink));
  for (const std::size_t b : ground.blocks) {
    const geo::LevelMesh::Block& block = mesh.blocks[b];
    const std::size_t first = block.lines[0].first, lines = lines_of(block);
    const geo::LevelMesh::Range& communes =
        block.lines[static_cast<std::size_t>(geo::BorderRank::commune)];
    batch_.clear();
    for (const auto& run : mesh.runs.subspan(block.runs.first, block.runs.count)) {
      const geo::Sides sides = mesh.sides[run.arc];
      const bool left = has(sides.left), right = has(sides.right);
      const bool wanted =
          outline == dashed ? (left || right) && run.lines.first >= communes.first : left != right;
      if (wanted && run.lines.count > 1)
        batch_.add((run.lines.first - first) * 6, (run.lines.count - 1) * 6);
    }
    if (batch_.empty()) continue;
    bind(blocks.block(mesh, b, counts), lines, counts);
    ground.set(outlines_, block.origin);
    // A pixel is inked once, by the nearest line: found first, then drawn.
    glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_FALSE);
    glDepthMask(GL_TRUE);
    glDepthFunc(GL_LESS);
    batch_.draw(counts);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glDepthMask(GL_FALSE);
    glDepthFunc(GL_EQUAL);
    batch_.draw(counts);
  }
  glDepthMask(GL_TRUE);
  glDepthFunc(GL_LESS);
}

void BorderPass::draw_outlines(const Frame& frame, const geo::LevelMesh& mesh, const Ground& ground,
                               BlockCache& blocks, MapPainter::Counts& counts) {
  std::uint8_t any = 0;
  flags_.clear();
  for (const AreaStyle& a : frame.areas) {
    const bool dashes = frame.show_borders && (a.patterns & pattern_dashed) != 0;
    const auto flags = static_cast<std::uint8_t>(
        (dashes ? is_dashed : 0) | (a.hovered ? is_hovered : 0) | (a.selected ? is_selected : 0));
    flags_.push_back(flags);
    any |= flags;
  }
  if (any == 0 || mesh.sides.empty()) return;
  begin(outlines_, mesh, blocks, counts);
  glEnable(GL_DEPTH_TEST);
  constexpr GLfloat far = 1;
  glClearBufferfv(GL_DEPTH, 0, &far);
  const auto draw = [&](Outline outline, std::uint8_t flag, Colour ink, double width) {
    if ((any & flag) != 0) draw_outline(mesh, ground, outline, ink, width, blocks, counts);
  };
  draw(dashed, is_dashed, strokes::dashed_colour,
       strokes::dashed * strokes::fine(ground.unit_side));
  draw(hovered, is_hovered, house::accent, strokes::hovered);
  draw(selected, is_selected, house::selection, strokes::selected);
  glDisable(GL_DEPTH_TEST);
}

}  // namespace render::gl
