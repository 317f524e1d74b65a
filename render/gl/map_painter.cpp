#include "render/map_painter.hpp"

#include <epoxy/gl.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "geo/error.hpp"
#include "render/gl/area_pass.hpp"
#include "render/gl/border_pass.hpp"
#include "render/gl/mark_pass.hpp"
#include "render/gl/state_guard.hpp"
#include "render/gl/target.hpp"
#include "render/gl/text_pass.hpp"
#include "render/label_book.hpp"
#include "render/page_layout.hpp"

namespace render {
namespace {

void require_opengl() {
  if (epoxy_gl_version() < 33) {
    throw geo::Error(geo::ErrorKind::io, geo::msg("render.old_opengl", epoxy_gl_version() / 10.0),
                     "OpenGL", geo::msg("render.update_driver"));
  }
}

/// Mesa and others drawing on the processor, where every triangle counts.
bool drawn_by_software() {
  const auto* words = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
  const std::string renderer = words == nullptr ? "" : words;
  return renderer.find("llvmpipe") != std::string::npos ||
         renderer.find("softpipe") != std::string::npos ||
         renderer.find("SwiftShader") != std::string::npos;
}

/// Root of the units' mean area in logical pixels; a box is a good half of its unit's.
double unit_side(const Frame& frame, const Camera& camera) {
  if (!frame.land || frame.land->boxes.empty() || !(camera.metres_per_pixel > 0)) return 0;
  double area = 0;
  for (const geo::Box& b : frame.land->boxes) area += 0.55 * b.width() * b.height();
  return std::sqrt(area / static_cast<double>(frame.land->boxes.size())) /
         (camera.metres_per_pixel * frame.pixel_ratio);
}

/// Where circles would cover the land (a country's communes on one screen) all shrink alike, so
/// that their areas stay proportional.
double circle_scale(const Frame& frame, double side) {
  if (side <= 0) return 1;
  double covered = 0;
  for (const Circle& c : frame.circles) covered += c.radius * c.radius * 3.14159;
  const double room = 0.3 * side * side * static_cast<double>(frame.land->boxes.size());
  return covered > room ? std::sqrt(room / covered) : 1;
}

std::vector<Mark> circle_marks(const Frame& frame, const Camera& camera, const PixelRect& map,
                               double side) {
  std::vector<Mark> marks;
  const double scale = circle_scale(frame, side);
  const double stroke = std::max(1.2 * scale, 0.4) * frame.pixel_ratio;
  for (const Circle& c : frame.circles) {
    const double radius = c.radius * scale * frame.pixel_ratio;
    const PixelPoint p = camera.to_pixel(c.at);
    const PixelRect box{map.x + p.x - radius, map.y + p.y - radius, 2 * radius, 2 * radius};
    if (radius <= 0 || !box.intersects(map)) continue;
    marks.push_back({Mark::Shape::ellipse, box, rgb(0xffffff, 25), rgb(0x161616), stroke, 0});
  }
  // Small ones above large ones, so that none is hidden.
  std::stable_sort(marks.begin(), marks.end(),
                   [](const Mark& a, const Mark& b) { return a.box.width > b.box.width; });
  return marks;
}

}  // namespace

struct MapPainter::Impl {
  gl::AreaPass areas;
  gl::BorderPass borders;
  gl::MarkPass marks;
  gl::TextPass text;
  gl::Target target;
  Glyphs glyphs{find_fonts()};
  LabelBook labels;
  gl::TextRun label_run, furniture_run;
  std::uint64_t label_epoch = 0;  ///< of the glyphs in label_run
  std::vector<PixelRect> taken_in_view;
  Counts counts;
  bool software = drawn_by_software();

  /// Labels where they stand on the ground; their letters are uploaded only when those are others.
  void draw_labels(const Frame& frame, const Camera& camera, const PageLayout& page, bool is_page,
                   std::span<const PixelRect> taken, double side, gl::TextPass::Place place) {
    taken_in_view.assign(taken.begin(), taken.end());
    for (PixelRect& box : taken_in_view) {
      box.x -= page.map.x;
      box.y -= page.map.y;
    }
    const LabelView view{camera,        frame.pixel_ratio,
                         taken_in_view, circle_scale(frame, side) * frame.pixel_ratio,
                         side,          is_page};
    const bool changed = labels.settle(frame, view, glyphs);
    counts.label_placements = labels.placements();
    if (changed || label_epoch != glyphs.epoch()) {
      const double halo = 2 * frame.pixel_ratio;
      std::vector<PlacedText> texts;
      for (const LabelBook::Stand& stand : labels.stands()) {
        if (stand.hidden) continue;
        const Label& label = frame.labels[stand.label];
        const double size = label.size * frame.pixel_ratio;
        const TextLine& line = glyphs.line(label.text, size, label.bold, halo);
        const double baseline = std::round(stand.box.y + 0.92 * size);
        texts.push_back({{stand.box.x, baseline - line.ascent, stand.box.width, line.height},
                         label.text,
                         size,
                         label.bold,
                         house::text,
                         halo,
                         stand.box});
      }
      label_run.set(texts, glyphs, counts);
      label_epoch = glyphs.epoch();
    }
    const PixelRect area = area_of(view);
    place.shift = {page.map.x + labels.shift().x, page.map.y + labels.shift().y};
    place.area = {page.map.x + area.x, page.map.y + area.y, area.width, area.height};
    place.taken = taken;
    text.draw(label_run, place, glyphs, counts);
  }

  /// Borders may be off by `detail` × half a pixel.
  void paint(const Frame& frame, const Camera& camera, PageLayout page, int width, int height,
             double detail, bool is_page) {
    const gl::StateGuard guard;
    target.resize(width, height);
    target.begin(frame.background);
    const auto w = static_cast<float>(width), h = static_cast<float>(height);
    const auto ratio = static_cast<float>(frame.pixel_ratio);

    const std::vector<PixelRect> taken = furnish_map(frame, camera, glyphs, page);
    const double side = unit_side(frame, camera);
    glEnable(GL_SCISSOR_TEST);
    glScissor(static_cast<GLint>(page.map.x), height - static_cast<GLint>(page.map.bottom()),
              static_cast<GLsizei>(page.map.width), static_cast<GLsizei>(page.map.height));
    if (frame.land && !frame.land->levels.empty() && camera.metres_per_pixel > 0) {
      const geo::Land& land = *frame.land;
      const auto level = static_cast<std::size_t>(
          &geo::level_for(land, detail * camera.metres_per_pixel) - land.levels.data());
      gl::Ground ground;
      ground.camera = camera;
      ground.map = page.map;
      ground.shift_x = land.origin.x - camera.centre.x;
      ground.shift_y = land.origin.y - camera.centre.y;
      ground.target_width = w;
      ground.target_height = h;
      ground.ratio = ratio;
      ground.unit_side = side;
      areas.draw(frame, level, ground, counts);
      borders.draw(frame, level, ground, counts);
    }
    marks.draw(circle_marks(frame, camera, page.map, side), w, h, ratio, counts);
    glDisable(GL_SCISSOR_TEST);
    marks.draw(page.marks, w, h, ratio, counts);
    furniture_run.set(page.texts, glyphs, counts);
    gl::TextPass::Place place{
        w, h, {}, {0, 0, static_cast<double>(width), static_cast<double>(height)}, {}};
    text.draw(furniture_run, place, glyphs, counts);
    draw_labels(frame, camera, page, is_page, taken, side, place);
    target.resolve();
  }
};

MapPainter::MapPainter() {
  require_opengl();
  impl_ = std::make_unique<Impl>();
}
MapPainter::~MapPainter() = default;

void MapPainter::draw(const Frame& frame) {
  impl_->glyphs.begin_frame();
  PageLayout page;
  page.map = {0, 0, static_cast<double>(frame.camera.width),
              static_cast<double>(frame.camera.height)};
  page.text_size = 12 * frame.pixel_ratio;
  // A map being moved is drawn a little coarser where there is no graphics card; a page never is.
  impl_->paint(frame, frame.camera, std::move(page), frame.camera.width, frame.camera.height,
               impl_->software ? 2 : 1, false);
}

void MapPainter::draw_page(const Frame& frame, const geo::Box& box, int width, int height) {
  impl_->glyphs.begin_frame();
  PageLayout page = lay_out_page(frame.caption, width, height, frame.pixel_ratio, impl_->glyphs);
  const Camera camera = fit_page(frame, box, page, impl_->glyphs);
  impl_->paint(frame, camera, std::move(page), width, height, 1, true);
}

unsigned MapPainter::texture() const {
  return impl_->target.width() > 0 ? static_cast<GLuint>(impl_->target.resolved()) : 0;
}

Image MapPainter::read_back() const {
  const gl::StateGuard guard;
  return impl_->target.read_back();
}

const std::vector<PlacedLabel>& MapPainter::placed_labels() const {
  return impl_->labels.in_view();
}

MapPainter::Counts MapPainter::counts() const { return impl_->counts; }

void clear_screen(int width, int height) {
  glViewport(0, 0, width, height);
  glDisable(GL_SCISSOR_TEST);
  glClearColor(1, 1, 1, 1);
  glClear(GL_COLOR_BUFFER_BIT);
}

}  // namespace render
