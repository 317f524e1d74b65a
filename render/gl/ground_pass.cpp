#include "render/gl/ground_pass.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "render/gl/target.hpp"

namespace render::gl {
namespace {

/// Of a pixel: less is not seen in what a border covers, which is kept in 255 steps.
constexpr double whole_pixel = 1.0 / 256;

/// Where the land and its strokes can be, whole pixels of the map.
PixelRect land_in(const Frame& frame, const Camera& camera, const PixelRect& map) {
  const double margin = std::ceil(widest_stroke * frame.pixel_ratio);
  const PixelPoint a = camera.to_pixel({frame.land->bounds.min.x, frame.land->bounds.max.y}),
                   b = camera.to_pixel({frame.land->bounds.max.x, frame.land->bounds.min.y});
  const double left = std::clamp(std::floor(a.x) - margin, 0.0, map.width),
               top = std::clamp(std::floor(a.y) - margin, 0.0, map.height),
               right = std::clamp(std::ceil(b.x) + margin, left, map.width),
               bottom = std::clamp(std::ceil(b.y) + margin, top, map.height);
  return {map.x + left, map.y + top, right - left, bottom - top};
}

PixelRect both(const PixelRect& a, const PixelRect& b) {
  const double x = std::max(a.x, b.x), y = std::max(a.y, b.y);
  return {x, y, std::min(a.right(), b.right()) - x, std::min(a.bottom(), b.bottom()) - y};
}

/// `rect` with y down, as scissors take it.
void scissor(const PixelRect& rect, int height) {
  glEnable(GL_SCISSOR_TEST);
  glScissor(static_cast<GLint>(rect.x), height - static_cast<GLint>(rect.bottom()),
            static_cast<GLsizei>(rect.width), static_cast<GLsizei>(rect.height));
}

}  // namespace

bool GroundPass::Seen::alike(const Seen& o) const {
  const auto all = [](const Seen& s) {
    return std::tuple(s.mesh, s.camera.metres_per_pixel, s.camera.width, s.camera.height, s.map.x,
                      s.map.y, s.map.width, s.map.height, s.ratio, s.unit_side, s.strokes);
  };
  return all(*this) == all(o);
}

void GroundPass::resize(int width, int height) {
  if (width == width_ && height == height_) return;
  width_ = height_ = 0;
  spare_.reset();
  allocate(owners_.units, GL_R32UI, width, height);
  allocate(owners_.edges, GL_RG32UI, width, height);
  allocate(owners_.depths, GL_DEPTH_COMPONENT16, width, height);
  if (glGetError() != GL_NO_ERROR || !attach(owners_.units_target, owners_.units, nullptr) ||
      !attach(owners_.edges_target, owners_.edges, &owners_.depths)) {
    throw too_large(width, height);
  }
  shaded_ = make_shaded(width, height);
  width_ = width;
  height_ = height;
}

GroundPass::Shaded GroundPass::make_shaded(int width, int height) const {
  Shaded made;
  allocate(made.colours, GL_RGBA8, width, height);
  if (glGetError() != GL_NO_ERROR || !attach(made.target, made.colours, &owners_.depths))
    throw too_large(width, height);
  return made;
}

/// Moves what is kept to where it lies now; the strips are what comes into view.
void GroundPass::move_to(const Seen& now, int width, int height) {
  strips_.clear();
  const PixelRect& map = now.map;
  double right = map.width, down = map.height;
  bool whole = false;
  if (seen_ && width_ == width && height_ == height && seen_->alike(now)) {
    const geo::MapPoint from = seen_->camera.centre, to = now.camera.centre;
    const double dx = (from.x - to.x) / now.camera.metres_per_pixel,
                 dy = (to.y - from.y) / now.camera.metres_per_pixel;
    right = std::round(dx);
    down = std::round(dy);
    whole = std::abs(dx - right) < whole_pixel && std::abs(dy - down) < whole_pixel;
    if (whole && right == 0 && down == 0 && (in_style_ || owners_whole_)) return;
  }
  const bool fills = map == PixelRect{0, 0, width + 0.0, height + 0.0};
  const double beside = std::abs(right), over = std::abs(down);
  if (!whole || !in_style_ || !fills || beside >= map.width || over >= map.height) {
    resize(width, height);
    seen_ = now;
    in_style_ = false;
    owners_whole_ = true;
    strips_.push_back(map);
    return;
  }
  copy(static_cast<int>(right), static_cast<int>(down));
  owners_whole_ = false;
  // Not where the camera is but where the pixels are: small differences must not add up.
  seen_->camera = pan(seen_->camera, right, down);
  seen_->anchor = {seen_->anchor.x + right, seen_->anchor.y + down};
  if (beside > 0) strips_.push_back({right > 0 ? 0 : map.width - beside, 0, beside, map.height});
  if (over > 0) {
    strips_.push_back(
        {std::max(right, 0.0), down > 0 ? 0 : map.height - over, map.width - beside, over});
  }
}

void GroundPass::copy(int dx, int dy) {
  if (!spare_) spare_ = make_shaded(width_, height_);
  const int w = width_ - std::abs(dx), h = height_ - std::abs(dy);
  const int from_x = std::max(-dx, 0), from_y = std::max(dy, 0);  // y up
  const int to_x = std::max(dx, 0), to_y = std::max(-dy, 0);
  glBindFramebuffer(GL_READ_FRAMEBUFFER, shaded_.target);
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, spare_->target);
  glBlitFramebuffer(from_x, from_y, from_x + w, from_y + h, to_x, to_y, to_x + w, to_y + h,
                    GL_COLOR_BUFFER_BIT, GL_NEAREST);
  std::swap(shaded_, *spare_);
}

void GroundPass::draw_owners(const Frame& frame, const geo::LevelMesh* mesh, const Ground& part,
                             const PixelRect& strip, AreaPass& areas, BorderPass& borders,
                             BlockCache& blocks, MapPainter::Counts& counts) {
  const bool whole = strip == part.map;  // then what lies around the map is cleared too
  const auto begin = [&](const Framebuffer& target) {
    glBindFramebuffer(GL_FRAMEBUFFER, target);
    if (whole) {
      glDisable(GL_SCISSOR_TEST);
    } else {
      scissor(strip, height_);
    }
  };
  begin(owners_.units_target);
  constexpr std::array<GLuint, 4> background{};
  glClearBufferuiv(GL_COLOR, 0, background.data());
  scissor(strip, height_);
  if (mesh != nullptr) {
    areas.draw(areas.owners(), *frame.land, *mesh, part, blocks, counts,
               [](std::uint32_t) { return true; });
  }
  begin(owners_.edges_target);
  constexpr GLfloat far = 1;
  glClearBufferfv(GL_DEPTH, 0, &far);
  scissor(strip, height_);
  glEnable(GL_DEPTH_TEST);
  if (mesh != nullptr) borders.draw_edges(*mesh, part, frame.show_borders, blocks, counts);
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_SCISSOR_TEST);
}

void GroundPass::draw_shades(const Frame& frame, const geo::LevelMesh* mesh, const Ground& part,
                             const PixelRect& strip, PixelPoint anchor, AreaPass& areas,
                             const ShadePass& shade, BlockCache& blocks,
                             MapPainter::Counts& counts) {
  glBindFramebuffer(GL_FRAMEBUFFER, shaded_.target);
  if (strip != part.map) scissor(strip, height_);
  const auto share = [](std::uint8_t v) { return static_cast<float>(v) / 255.0F; };
  const Colour b = frame.background;
  const std::array<float, 4> background{share(b.r), share(b.g), share(b.b), 1};
  glClearBufferfv(GL_COLOR, 0, background.data());
  const PixelRect land =
      mesh == nullptr ? PixelRect{} : both(strip, land_in(frame, part.camera, part.map));
  if (land.width > 0 && land.height > 0) {
    scissor(land, height_);
    shade.draw(owners_.units, owners_.edges, part, anchor, counts,
               [&](const Program& program, auto wanted) {
                 areas.draw(program, *frame.land, *mesh, part, blocks, counts, wanted);
               });
  }
  glDisable(GL_SCISSOR_TEST);
}

void GroundPass::draw(const Frame& frame, const geo::LevelMesh* mesh, const Ground& ground,
                      bool restyled, AreaPass& areas, BorderPass& borders, const ShadePass& shade,
                      BlockCache& blocks, MapPainter::Counts& counts) {
  Seen now{mesh == nullptr ? 0 : mesh->id,
           ground.camera,
           ground.map,
           frame.pixel_ratio,
           ground.unit_side,
           frame.show_borders,
           {}};
  if (mesh != nullptr) {
    const PixelPoint p = ground.camera.to_pixel(frame.land->bounds.min);
    now.anchor = {std::round(ground.map.x + p.x), std::round(ground.map.y + p.y)};
  }
  if (restyled) in_style_ = false;
  move_to(now, static_cast<int>(ground.target_width), static_cast<int>(ground.target_height));
  if (strips_.empty() && in_style_) return;
  glViewport(0, 0, width_, height_);
  glDisable(GL_BLEND);
  glDisable(GL_FRAMEBUFFER_SRGB);
  Ground part = ground;
  part.camera = seen_->camera;
  const auto look_at = [&](const PixelRect& strip) {
    const PixelPoint corner{strip.x - part.map.x, strip.y - part.map.y};
    part.view = {};
    part.view.add(part.camera.to_map(corner));
    part.view.add(part.camera.to_map({corner.x + strip.width, corner.y + strip.height}));
  };
  Seen drawn = *seen_;
  seen_.reset();  // half drawn it is of nothing: an upload may fail
  for (const PixelRect& strip : strips_) {
    look_at(strip);
    draw_owners(frame, mesh, part, strip, areas, borders, blocks, counts);
  }
  if (!in_style_) strips_.assign(1, part.map);
  for (const PixelRect& strip : strips_) {
    look_at(strip);
    draw_shades(frame, mesh, part, strip, drawn.anchor, areas, shade, blocks, counts);
  }
  in_style_ = true;
  seen_ = drawn;
}

}  // namespace render::gl
