#pragma once
#include <cairo.h>
#include <pango/pangocairo.h>

#include <exception>
#include <memory>
#include <string>

#include "render/colour.hpp"
#include "render/destroyed_by.hpp"
#include "render/mark.hpp"
#include "render/page/print.hpp"

namespace render {

using PressSurface = std::unique_ptr<cairo_surface_t, DestroyedBy<cairo_surface_destroy>>;
using PressContext = std::unique_ptr<cairo_t, DestroyedBy<cairo_destroy>>;
using PressFonts = std::unique_ptr<PangoFontMap, DestroyedBy<g_object_unref>>;
using PressWords = std::unique_ptr<PangoContext, DestroyedBy<g_object_unref>>;
using PressLayout = std::unique_ptr<PangoLayout, DestroyedBy<g_object_unref>>;

struct PressType {
  double size = 9;  ///< points
  bool bold = false, right = false;
  int most_lines = 0;  ///< then "…"; 0: as many as it takes
};

/// Pages that leave as they are printed (PDF; SVG has one), or one picture; and letters measured as
/// they are printed. A page is measured in points, a picture in pixels / `scale`.
class Press {
 public:
  enum class To { pdf, svg, image };
  Press(To to, PaperSize size, const std::string& language, Sink sink, double scale = 1);
  Press(const Press&) = delete;
  Press& operator=(const Press&) = delete;

  void describe(const PrintAbout& about);
  void resize(PaperSize size);  ///< of the page that begins; PDF only
  PressLayout layout(const std::string& text, double width, const PressType& type) const;
  static double height_of(const PressLayout& layout);

  void print(const PressLayout& layout, double x, double y, Colour colour);
  void rectangle(double x, double y, double width, double height, Colour colour);
  void picture(cairo_surface_t* image, double x, double y, double scale);

  /// A line whose place is decided: never wider than its box.
  struct Placed {
    PressLayout layout;
    double x = 0, y = 0, squeeze = 1;
  };
  Placed place(const PlacedText& text, double ascent) const;
  void halo(const Placed& text, double width);
  void print(const Placed& text, Colour colour);

  /// A line of the reader's list of contents, under another one (0: at its root); its number.
  int outline(const std::string& text, int under, std::size_t page);
  void next_page();  ///< throws what the sink threw
  void finish();     ///< the same; Error (internal) when Cairo failed
  Image image() const;
  cairo_t* cairo() const { return cairo_.get(); }

 private:
  static cairo_status_t take(void* press, const unsigned char* data, unsigned int length);
  void check() const;
  void pass_on(std::size_t keep);  ///< all but the last so many bytes
  void name_language();
  PressLayout plain_layout(const std::string& text, double size, bool bold) const;

  To to_;
  Sink sink_;
  std::string language_, held_;  ///< held_: bytes that are not yet handed on
  bool finishing_ = false;
  std::size_t inserted_ = 0;    ///< bytes that Cairo knows nothing of
  std::exception_ptr refused_;  ///< by the sink
  PressSurface surface_;
  PressContext cairo_;
  PressFonts fonts_;
  PressWords words_;
};

}  // namespace render
