#include "render/page/print.hpp"

#include <utility>

#include "render/page/map_press.hpp"
#include "render/page/press.hpp"

namespace render {

Image print_image(const Frame& frame, const geo::Box& box, int width, int height) {
  Press press(Press::To::image, {width + 0.0, height + 0.0}, {}, {});
  MapPress().print(press, frame, box, width, height, {0, 0}, 1);
  press.next_page();
  press.finish();
  return press.image();
}

void print_svg(const Frame& frame, const geo::Box& box, int width, int height, PaperSize size,
               const Sink& sink) {
  Press press(Press::To::svg, size, {}, sink);
  MapPress().print(press, frame, box, width, height, {0, 0}, size.width / width);
  press.next_page();
  press.finish();
}

struct PicturePrinter::Impl {
  Press press;
  MapPress map;
  std::size_t pages = 0;
};

PicturePrinter::PicturePrinter(const PrintAbout& about, Sink sink)
    : impl_(new Impl{{Press::To::pdf, {}, about.language, std::move(sink)}, {}, 0}) {
  impl_->press.describe(about);
}
PicturePrinter::~PicturePrinter() = default;

void PicturePrinter::print(const Frame& frame, const geo::Box& box, int width, int height,
                           PaperSize size, const std::string& name) {
  impl_->press.resize(size);
  ++impl_->pages;
  impl_->map.print(impl_->press, frame, box, width, height, {0, 0}, size.width / width);
  if (!name.empty()) impl_->press.outline(name, 0, impl_->pages);
  impl_->press.next_page();
}

void PicturePrinter::finish() { impl_->press.finish(); }

}  // namespace render
