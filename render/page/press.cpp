#include "render/page/press.hpp"

#include <cairo-pdf.h>

#include <cmath>

#include "geo/error.hpp"

namespace render {
namespace {

cairo_status_t take(void* to, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

PangoFontMap* new_fonts() {
  PangoFontMap* fonts = pango_cairo_font_map_new();
  // Sizes are in points of the page.
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts), 72);
  return fonts;
}

void set_colour(cairo_t* cairo, Colour c) {
  cairo_set_source_rgba(cairo, c.r / 255.0, c.g / 255.0, c.b / 255.0, c.a / 255.0);
}

/// Pango stops at a byte that is not UTF-8 and at a zero.
std::string printable(const std::string& text) {
  std::string out;
  const char* at = text.c_str();
  const char* end = at + text.size();
  while (at < end) {
    const char* bad = nullptr;
    if (g_utf8_validate(at, end - at, &bad)) return out.append(at, end);
    out.append(at, bad);
    out += "\ufffd";
    at = bad + 1;
  }
  return out;
}

}  // namespace

Press::Press(double width, double height, const std::string& language)
    : surface_(cairo_pdf_surface_create_for_stream(take, &bytes_, width, height)),
      cairo_(cairo_create(surface_.get())),
      fonts_(new_fonts()),
      words_(pango_font_map_create_context(fonts_.get())) {
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(words_.get(), options);
  cairo_font_options_destroy(options);
  pango_context_set_language(words_.get(), pango_language_from_string(language.c_str()));
}

void Press::describe(const std::string& title, const std::string& subject, geo::Date made) {
  const auto set = [this](cairo_pdf_metadata_t what, const std::string& text) {
    cairo_pdf_surface_set_metadata(surface_.get(), what, printable(text).c_str());
  };
  set(CAIRO_PDF_METADATA_TITLE, title);
  set(CAIRO_PDF_METADATA_SUBJECT, subject);
  set(CAIRO_PDF_METADATA_CREATOR, "Phủ Sóng");
  const std::string day = geo::iso(made) + "T00:00:00Z";
  set(CAIRO_PDF_METADATA_CREATE_DATE, day);
  set(CAIRO_PDF_METADATA_MOD_DATE, day);
}

PressLayout Press::layout(const std::string& text, double width, const PressType& type) const {
  PressLayout layout(pango_layout_new(words_.get()));
  PangoFontDescription* font = pango_font_description_new();
  pango_font_description_set_family_static(font, "Noto Sans, DejaVu Sans");
  pango_font_description_set_absolute_size(font, type.size * PANGO_SCALE);
  pango_font_description_set_weight(font, type.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);
  pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout.get(), type.right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  // Vietnamese is not hyphenated: what does not fit is cut without a sign that is no letter of it.
  PangoAttrList* attributes = pango_attr_list_new();
  pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
  pango_layout_set_attributes(layout.get(), attributes);
  pango_attr_list_unref(attributes);
  // Names read from the left even when a stray letter of another script begins them.
  pango_layout_set_auto_dir(layout.get(), FALSE);
  if (type.most_lines > 0) {
    pango_layout_set_height(layout.get(), -type.most_lines);
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
  }
  const std::string clean = printable(text);
  pango_layout_set_text(layout.get(), clean.data(), static_cast<int>(clean.size()));
  return layout;
}

double Press::height_of(const PressLayout& layout) {
  int width = 0, height = 0;
  pango_layout_get_size(layout.get(), &width, &height);
  return static_cast<double>(height) / PANGO_SCALE;
}

void Press::print(const PressLayout& layout, double x, double y, Colour colour) {
  set_colour(cairo_.get(), colour);
  cairo_move_to(cairo_.get(), x, y);
  pango_cairo_show_layout(cairo_.get(), layout.get());
}

void Press::rectangle(double x, double y, double width, double height, Colour colour) {
  set_colour(cairo_.get(), colour);
  cairo_rectangle(cairo_.get(), x, y, width, height);
  cairo_fill(cairo_.get());
}

void Press::picture(cairo_surface_t* image, double x, double y, double scale) {
  cairo_save(cairo_.get());
  cairo_translate(cairo_.get(), x, y);
  cairo_scale(cairo_.get(), scale, scale);
  cairo_set_source_surface(cairo_.get(), image, 0, 0);
  cairo_paint(cairo_.get());
  cairo_restore(cairo_.get());
}

int Press::outline(const std::string& text, int under, std::size_t page) {
  const std::string to = "page=" + std::to_string(page);
  return cairo_pdf_surface_add_outline(surface_.get(), under, printable(text).c_str(), to.c_str(),
                                       under == CAIRO_PDF_OUTLINE_ROOT
                                           ? CAIRO_PDF_OUTLINE_FLAG_OPEN
                                           : static_cast<cairo_pdf_outline_flags_t>(0));
}

void Press::next_page() { cairo_show_page(cairo_.get()); }

std::string Press::finish() {
  cairo_status_t status = cairo_status(cairo_.get());
  cairo_surface_finish(surface_.get());
  if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(surface_.get());
  if (status != CAIRO_STATUS_SUCCESS) {
    throw geo::Error(geo::ErrorKind::internal,
                     geo::msg("render.page_failed", cairo_status_to_string(status)), "Cairo",
                     geo::msg("render.page_failed_remedy"));
  }
  return std::move(bytes_);
}

}  // namespace render
