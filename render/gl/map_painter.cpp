#include "render/map_painter.hpp"

#include <epoxy/gl.h>

#include <algorithm>
#include <optional>
#include <string>

#include "geo/error.hpp"
#include "render/gl/area_pass.hpp"
#include "render/gl/border_pass.hpp"
#include "render/gl/ground_pass.hpp"
#include "render/gl/mark_pass.hpp"
#include "render/gl/point_pass.hpp"
#include "render/gl/route_pass.hpp"
#include "render/gl/shade_pass.hpp"
#include "render/gl/state_guard.hpp"
#include "render/gl/target.hpp"
#include "render/gl/text_pass.hpp"
#include "render/label_book.hpp"
#include "render/map_layout.hpp"

namespace render {
namespace {

void require_opengl() {
  if (epoxy_gl_version() < 33) {
    throw geo::Error(geo::ErrorKind::io, geo::msg("render.old_opengl", epoxy_gl_version() / 10.0),
                     "OpenGL", geo::msg("render.update_driver"));
  }
}

/// What does not move with the ground, as it was laid out.
struct Furniture {
  double metres_per_pixel = 0, ratio = 0;
  int width = 0, height = 0;
  bool scale_bar = false;
  std::string crs, watermark;
  PageLayout page;
  std::vector<PixelRect> taken;

  bool is_of(const Frame& f) const {
    return metres_per_pixel == f.camera.metres_per_pixel && ratio == f.pixel_ratio &&
           width == f.camera.width && height == f.camera.height && scale_bar == f.show_scale_bar &&
           crs == f.crs_label && watermark == f.watermark;
  }
};

/// On the card: some 60 blocks of borders at full detail and their areas.
constexpr std::size_t geometry_budget = std::size_t{256} << 20U;

}  // namespace

struct MapPainter::Impl {
  gl::BlockCache blocks{geometry_budget};
  gl::AreaPass areas;
  gl::BorderPass borders;
  gl::GroundPass under;
  gl::ShadePass shade;
  gl::MarkPass marks;
  gl::PointPass points;
  gl::RoutePass routes;
  gl::MarkRun circle_run, pin_run, furniture_marks;
  std::vector<Mark> circles;
  std::vector<std::size_t> blocks_in_view;
  gl::TextPass text;
  gl::Target target;
  Glyphs glyphs{find_fonts()};
  LabelBook labels;
  gl::TextRun label_run, furniture_run;
  std::uint64_t label_epoch = 0, furniture_epoch = 0;  ///< of the glyphs in those runs
  std::optional<Furniture> furniture;                  ///< in furniture_run
  std::vector<PixelRect> taken_in_view;
  Counts counts;

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
      std::vector<PlacedText> texts;
      for (const LabelBook::Stand& stand : labels.stands()) {
        if (stand.hidden) continue;
        texts.push_back(text_of(frame.labels[stand.label], stand.box, frame.pixel_ratio, glyphs));
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

  /// A unit that lies beyond the view may still have a stroke in it.
  void find_blocks(const Frame& frame, const geo::LevelMesh* mesh, const Camera& camera) {
    blocks_in_view.clear();
    if (mesh == nullptr) return;
    geo::Box view = camera.view();
    const double reach = gl::widest_stroke * frame.pixel_ratio * camera.metres_per_pixel;
    view.min = {view.min.x - reach, view.min.y - reach};
    view.max = {view.max.x + reach, view.max.y + reach};
    for (std::size_t b = 0; b < mesh->blocks.size(); ++b) {
      const geo::LevelMesh::Block& block = mesh->blocks[b];
      if (!block.box.intersects(view)) continue;
      const auto units = mesh->units.subspan(block.units.first, block.units.count);
      if (std::any_of(units.begin(), units.end(), [&](const geo::LevelMesh::UnitPart& part) {
            return part.unit < frame.land->boxes.size() &&
                   frame.land->boxes[part.unit].intersects(view);
          })) {
        blocks_in_view.push_back(b);
      }
    }
  }

  static void scissor(const PixelRect& map, int height) {
    glEnable(GL_SCISSOR_TEST);
    glScissor(static_cast<GLint>(map.x), height - static_cast<GLint>(map.bottom()),
              static_cast<GLsizei>(map.width), static_cast<GLsizei>(map.height));
  }

  /// Around and over the map; laid out anew only when it is another. A page's is not kept.
  void furnish(const Frame& frame, const Camera& camera, PageLayout* page) {
    if (page == nullptr && furniture && furniture->is_of(frame)) return;
    Furniture now{camera.metres_per_pixel,
                  frame.pixel_ratio,
                  page == nullptr ? camera.width : -1,
                  camera.height,
                  frame.show_scale_bar,
                  frame.crs_label,
                  frame.watermark,
                  {},
                  {}};
    if (page != nullptr) {
      now.page = std::move(*page);
    } else {
      now.page.map = {0, 0, camera.width + 0.0, camera.height + 0.0};
      now.page.text_size = 12 * frame.pixel_ratio;
    }
    now.taken = furnish_map(frame, camera, glyphs, now.page);
    furniture_marks.set(now.page.marks, counts);
    furniture = std::move(now);
    furniture_epoch = 0;
  }

  void paint(const Frame& frame, const Camera& camera, PageLayout* laid_out, int width, int height,
             const PointLayer& places) {
    const gl::StateGuard guard;
    target.resize(width, height);
    const auto w = static_cast<float>(width), h = static_cast<float>(height);
    const auto ratio = static_cast<float>(frame.pixel_ratio);

    furnish(frame, camera, laid_out);
    const PageLayout& page = furniture->page;
    const double side = unit_side(frame, camera);
    const geo::LevelMesh* mesh = nullptr;
    if (frame.land && !frame.land->meshes.empty() && camera.metres_per_pixel > 0)
      mesh = &geo::mesh_for(*frame.land, camera.metres_per_pixel);
    find_blocks(frame, mesh, camera);
    const gl::Ground ground{camera, page.map, w, h, ratio, side, camera.view(), blocks_in_view};
    const bool restyled = shade.set_styles(frame, counts);
    under.draw(frame, mesh, ground, restyled, areas, borders, shade, blocks, counts);
    target.begin_marks(under.shaded());
    scissor(page.map, height);
    if (mesh != nullptr) borders.draw_outlines(frame, *mesh, ground, blocks, counts);
    blocks.trim();
    circles.clear();
    add_circles(frame, camera, page.map, side, circles);
    circle_run.set(circles, counts);
    marks.draw(circle_run, w, h, ratio, counts);
    points.draw(places, ground, counts);
    routes.draw(frame.routes, ground, counts);
    std::vector<Mark> pins;
    add_pins(frame, camera, page.map, pins);
    pin_run.set(pins, counts);
    marks.draw(pin_run, w, h, ratio, counts);
    glDisable(GL_SCISSOR_TEST);
    marks.draw(furniture_marks, w, h, ratio, counts);
    points.draw(page.symbols, w, h, static_cast<float>(page.symbol_size), counts);
    gl::TextPass::Place place{
        w, h, {}, {0, 0, static_cast<double>(width), static_cast<double>(height)}, {}};
    if (furniture_epoch != glyphs.epoch()) furniture_run.set(page.texts, glyphs, counts);
    furniture_epoch = glyphs.epoch();
    text.draw(furniture_run, place, glyphs, counts);
    draw_labels(frame, camera, page, laid_out != nullptr, furniture->taken, side, place);
    target.finish();
  }
};

MapPainter::MapPainter() {
  require_opengl();
  impl_ = std::make_unique<Impl>();
}
MapPainter::~MapPainter() = default;

void MapPainter::draw(const Frame& frame) {
  impl_->glyphs.begin_frame();
  impl_->paint(frame, frame.camera, nullptr, frame.camera.width, frame.camera.height, frame.points);
}

void MapPainter::draw_page(const Frame& frame, const geo::Box& box, int width, int height) {
  impl_->glyphs.begin_frame();
  SheetLayout sheet = lay_out_sheet(frame, box, width, height, impl_->glyphs);
  impl_->paint(frame, sheet.camera, &sheet.page, width, height, sheet.points);
}

void MapPainter::draw_layout(int width, int height,
                             const std::function<PageLayout(Glyphs&)>& lay_out) {
  impl_->glyphs.begin_frame();
  Frame frame;
  frame.background = house::panel;
  frame.show_scale_bar = false;
  Camera camera;
  camera.width = width;
  camera.height = height;
  PageLayout page = lay_out(impl_->glyphs);
  impl_->paint(frame, camera, &page, width, height, {});
}

MapPainter::Drawing MapPainter::drawing() const {
  const gl::Target& target = impl_->target;
  return {target.framebuffer(), target.width(), target.height()};
}

unsigned MapPainter::texture() const {
  return impl_->target.width() > 0 ? static_cast<GLuint>(impl_->target.picture()) : 0;
}

void MapPainter::read_back(Image& image) const {
  const gl::StateGuard guard;
  impl_->target.read_back(image);
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

void finish_drawing() { glFinish(); }

}  // namespace render
