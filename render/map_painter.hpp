#pragma once
#include <functional>
#include <memory>
#include <vector>

#include "render/frame.hpp"
#include "render/image.hpp"

namespace render {

class Glyphs;
struct PageLayout;

struct PlacedLabel {
  std::size_t label = 0;  ///< index into Frame::labels
  double x = 0, y = 0;    ///< top left, device pixels
  double width = 0, height = 0;
};

/// Draws frames with OpenGL 3.3 core in the context current on this thread. Geometry is uploaded
/// block by block when it first comes into view; a change of style uploads only the style buffer
/// and draws no geometry.
class MapPainter {
 public:
  MapPainter();  ///< Error when the context lacks what is needed
  ~MapPainter();
  MapPainter(const MapPainter&) = delete;
  MapPainter& operator=(const MapPainter&) = delete;

  /// Into an own target of frame.camera.width × height. The caption is not drawn: the window's
  /// panels say it.
  void draw(const Frame& frame);
  /// A whole page of width × height device pixels: the map with `box` in view and its caption
  /// around it; frame.camera does not count.
  void draw_page(const Frame& frame, const geo::Box& box, int width, int height);
  /// A page without a map, as it was laid out with this painter's letters: `lay_out` is given them.
  void draw_layout(int width, int height, const std::function<PageLayout(Glyphs& glyphs)>& lay_out);
  /// The last drawing, to be copied from within OpenGL.
  struct Drawing {
    unsigned framebuffer = 0;
    int width = 0, height = 0;
  };
  Drawing drawing() const;
  /// The last drawing as a GL texture (RGBA8, sRGB-encoded values, y up) for the window to show;
  /// 0 before the first.
  unsigned texture() const;
  /// The last drawing read back; into an image whose room is used again.
  void read_back(Image& image) const;
  Image read_back() const {
    Image image;
    read_back(image);
    return image;
  }
  /// Where the last drawing's labels ended up.
  const std::vector<PlacedLabel>& placed_labels() const;

  struct Counts {                      ///< since construction; for tests and benchmarks
    std::uint64_t geometry_bytes = 0;  ///< areas and borders
    std::uint64_t style_bytes = 0;     ///< colours and patterns, 8 bytes a unit
    std::uint64_t mark_bytes = 0;      ///< circles, labels, glyphs
    std::uint64_t uploads = 0;         ///< blocks and buffers of geometry and styles
    std::uint64_t draws = 0;
    std::uint64_t label_placements = 0;
  };
  Counts counts() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Makes the buffer that is bound (the window's own) white and ready for width × height pixels.
void clear_screen(int width, int height);
/// Waits until all that was asked of the graphics is drawn.
void finish_drawing();

}  // namespace render
