#pragma once
#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>
#include <string>

#include "geo/date.hpp"
#include "render/colour.hpp"
#include "render/destroyed_by.hpp"

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

/// A PDF that grows in memory, and letters measured as they are printed in it.
class Press {
 public:
  Press(double width, double height, const std::string& language);
  Press(const Press&) = delete;
  Press& operator=(const Press&) = delete;

  void describe(const std::string& title, const std::string& subject, geo::Date made);
  PressLayout layout(const std::string& text, double width, const PressType& type) const;
  static double height_of(const PressLayout& layout);

  void print(const PressLayout& layout, double x, double y, Colour colour);
  void rectangle(double x, double y, double width, double height, Colour colour);
  void picture(cairo_surface_t* image, double x, double y, double scale);
  /// A line of the reader's list of contents, under another one (0: at its root); its number.
  int outline(const std::string& text, int under, std::size_t page);
  void next_page();
  std::string finish();  ///< Error (internal) when Cairo failed

 private:
  std::string bytes_;
  PressSurface surface_;
  PressContext cairo_;
  PressFonts fonts_;
  PressWords words_;
};

}  // namespace render
