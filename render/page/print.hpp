#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "geo/date.hpp"
#include "render/frame.hpp"
#include "render/image.hpp"

namespace render {

/// Of a sheet; points (1/72 inch).
struct PaperSize {
  double width = 595.28, height = 841.89;  ///< A4, upright
  bool operator==(const PaperSize&) const = default;
};

/// Takes what is printed as it comes, so that a large file is never whole in memory. What it throws
/// comes out of the printing function that called it.
using Sink = std::function<void(std::string_view)>;

/// What a reader's window says of a PDF.
struct PrintAbout {
  std::string title, subject;
  std::string language;  ///< "vi", "en"
  geo::Date made;        ///< in the file, so that the same pages give the same bytes
};

/// The picture that MapPainter::draw_page draws of a frame, drawn in lines and letters by Cairo and
/// Pango; `box`, `width` and `height` as there. Error (io) when fonts are missing.
Image print_image(const Frame& frame, const geo::Box& box, int width, int height);
/// One page of `size`, which is to have the shape of width × height.
void print_svg(const Frame& frame, const geo::Box& box, int width, int height, PaperSize size,
               const Sink& sink);

/// A PDF of such pictures, one a page, each written as soon as it is drawn.
class PicturePrinter {
 public:
  PicturePrinter(const PrintAbout& about, Sink sink);
  ~PicturePrinter();
  PicturePrinter(const PicturePrinter&) = delete;
  PicturePrinter& operator=(const PicturePrinter&) = delete;

  /// `name`: in the reader's list of contents; empty: not there.
  void print(const Frame& frame, const geo::Box& box, int width, int height, PaperSize size,
             const std::string& name = {});
  /// The file is whole only after it.
  void finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace render
