#include "render/page/press.hpp"

#include <cairo-pdf.h>
#include <cairo-svg.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "geo/error.hpp"
#include "render/page/mark_press.hpp"

namespace render {
namespace {

PangoFontMap* new_fonts() {
  PangoFontMap* fonts = pango_cairo_font_map_new();
  // Sizes are in points of the page.
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts), 72);
  return fonts;
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

std::string one_line(const std::string& text) {
  std::string out = printable(text);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c >= 0 && c < ' '; }, ' ');
  return out;
}

/// The end of a PDF, which says where its table of objects begins, is shorter.
constexpr std::size_t file_end = 64;

}  // namespace

cairo_status_t Press::take(void* press, const unsigned char* data, unsigned int length) {
  auto& self = *static_cast<Press*>(press);
  if (self.refused_) return CAIRO_STATUS_WRITE_ERROR;
  try {
    self.held_.append(reinterpret_cast<const char*>(data), length);
    self.name_language();
    self.pass_on(self.to_ == To::pdf ? file_end : 0);
  } catch (...) {  // no exception may pass through Cairo
    self.refused_ = std::current_exception();
    return CAIRO_STATUS_WRITE_ERROR;
  }
  return CAIRO_STATUS_SUCCESS;
}

Press::Press(To to, PaperSize size, const std::string& language, Sink sink, double scale)
    : to_(to), sink_(std::move(sink)), language_(language), fonts_(new_fonts()) {
  switch (to) {
    case To::pdf:
      surface_.reset(cairo_pdf_surface_create_for_stream(take, this, size.width, size.height));
      break;
    case To::svg:
      surface_.reset(cairo_svg_surface_create_for_stream(take, this, size.width, size.height));
      cairo_svg_surface_set_document_unit(surface_.get(), CAIRO_SVG_UNIT_PT);
      break;
    case To::image:
      surface_.reset(cairo_image_surface_create(
          CAIRO_FORMAT_RGB24, static_cast<int>(std::lround(size.width * scale)),
          static_cast<int>(std::lround(size.height * scale))));
      break;
  }
  cairo_.reset(cairo_create(surface_.get()));
  cairo_scale(cairo_.get(), scale, scale);
  words_.reset(pango_font_map_create_context(fonts_.get()));
  // The same letters at the same places whatever they are printed on.
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(words_.get(), options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(words_.get(), FALSE);
  if (!language.empty())
    pango_context_set_language(words_.get(), pango_language_from_string(language.c_str()));
}

void Press::pass_on(std::size_t keep) {
  if (held_.size() <= keep) return;
  sink_(std::string_view(held_).substr(0, held_.size() - keep));
  held_.erase(0, held_.size() - keep);
}

/// Cairo has no word for a file's language. Its catalogue is the last of its objects, so what is
/// put into it moves nothing but the table of objects behind it; where another Cairo writes it in
/// other words, nothing is put in.
void Press::name_language() {
  if (!finishing_ || to_ != To::pdf || inserted_ > 0 || language_.empty()) return;
  constexpr std::string_view catalogue = "\n<< /Type /Catalog\n";
  const std::size_t at = held_.find(catalogue);
  if (at == std::string::npos) return;
  const std::string words = "   /Lang (" + language_ + ")\n";
  held_.insert(at + catalogue.size(), words);
  inserted_ = words.size();
}

void Press::resize(PaperSize size) {
  cairo_pdf_surface_set_size(surface_.get(), size.width, size.height);
}

void Press::describe(const PrintAbout& about) {
  if (to_ != To::pdf) return;
  const auto set = [this](cairo_pdf_metadata_t what, const std::string& text) {
    cairo_pdf_surface_set_metadata(surface_.get(), what, one_line(text).c_str());
  };
  set(CAIRO_PDF_METADATA_TITLE, about.title);
  set(CAIRO_PDF_METADATA_SUBJECT, about.subject);
  set(CAIRO_PDF_METADATA_CREATOR, "Phủ Sóng");
  const std::string day = geo::iso(about.made) + "T00:00:00Z";
  set(CAIRO_PDF_METADATA_CREATE_DATE, day);
  set(CAIRO_PDF_METADATA_MOD_DATE, day);
}

PressLayout Press::plain_layout(const std::string& text, double size, bool bold) const {
  PressLayout layout(pango_layout_new(words_.get()));
  PangoFontDescription* font = pango_font_description_new();
  pango_font_description_set_family_static(font, "Noto Sans, DejaVu Sans");
  pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
  pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);
  // Names read from the left even when a stray letter of another script begins them.
  pango_layout_set_auto_dir(layout.get(), FALSE);
  const std::string clean = printable(text);
  pango_layout_set_text(layout.get(), clean.data(), static_cast<int>(clean.size()));
  return layout;
}

PressLayout Press::layout(const std::string& text, double width, const PressType& type) const {
  PressLayout layout = plain_layout(text, type.size, type.bold);
  pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout.get(), type.right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  // Vietnamese is not hyphenated: what does not fit is cut without a sign that is no letter of it.
  PangoAttrList* attributes = pango_attr_list_new();
  pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
  pango_layout_set_attributes(layout.get(), attributes);
  pango_attr_list_unref(attributes);
  if (type.most_lines > 0) {
    pango_layout_set_height(layout.get(), -type.most_lines);
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
  }
  return layout;
}

Press::Placed Press::place(const PlacedText& text, double ascent) const {
  Placed placed{plain_layout(text.text, text.size, text.bold), text.box.x, 0, 1};
  pango_layout_set_single_paragraph_mode(placed.layout.get(), TRUE);
  // Measured without pairs drawn together, so printed without.
  PangoAttrList* attributes = pango_attr_list_new();
  pango_attr_list_insert(attributes, pango_attr_font_features_new("kern=0, liga=0"));
  pango_layout_set_attributes(placed.layout.get(), attributes);
  pango_attr_list_unref(attributes);
  int width = 0, height = 0;
  pango_layout_get_size(placed.layout.get(), &width, &height);
  const double wide = static_cast<double>(width) / PANGO_SCALE;
  if (text.box.width > 0 && wide > text.box.width) placed.squeeze = text.box.width / wide;
  placed.y = text.box.y + ascent -
             static_cast<double>(pango_layout_get_baseline(placed.layout.get())) / PANGO_SCALE;
  return placed;
}

void Press::halo(const Placed& text, double width) {
  if (!(width > 0)) return;
  cairo_t* cairo = cairo_.get();
  cairo_save(cairo);
  cairo_translate(cairo, text.x, text.y);
  cairo_scale(cairo, text.squeeze, 1);
  cairo_new_path(cairo);
  pango_cairo_layout_path(cairo, text.layout.get());
  cairo_set_source_rgb(cairo, 1, 1, 1);
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width(cairo, 2 * width);
  cairo_stroke(cairo);
  cairo_restore(cairo);
}

void Press::print(const Placed& text, Colour colour) {
  cairo_t* cairo = cairo_.get();
  cairo_save(cairo);
  cairo_translate(cairo, text.x, text.y);
  cairo_scale(cairo, text.squeeze, 1);
  set_colour(cairo, colour);
  cairo_move_to(cairo, 0, 0);
  pango_cairo_show_layout(cairo, text.layout.get());
  cairo_restore(cairo);
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
  if (to_ != To::pdf) return 0;
  const std::string to = "page=" + std::to_string(page);
  return cairo_pdf_surface_add_outline(surface_.get(), under, one_line(text).c_str(), to.c_str(),
                                       under == CAIRO_PDF_OUTLINE_ROOT
                                           ? CAIRO_PDF_OUTLINE_FLAG_OPEN
                                           : static_cast<cairo_pdf_outline_flags_t>(0));
}

void Press::next_page() {
  cairo_show_page(cairo_.get());
  check();
}

void Press::finish() {
  check();
  finishing_ = true;
  if (to_ != To::image) cairo_surface_finish(surface_.get());
  check();
  constexpr std::string_view where = "startxref\n";
  const std::size_t at = inserted_ == 0 ? std::string::npos : held_.rfind(where);
  if (at != std::string::npos) {
    const std::size_t number = at + where.size(), end = held_.find('\n', number);
    const std::size_t table = std::stoull(held_.substr(number, end - number));
    held_.replace(number, end - number, std::to_string(table + inserted_));
  }
  pass_on(0);
}

void Press::check() const {
  if (refused_) std::rethrow_exception(refused_);
  cairo_status_t status = cairo_surface_status(surface_.get());
  if (status == CAIRO_STATUS_SUCCESS) status = cairo_status(cairo_.get());
  if (status == CAIRO_STATUS_SUCCESS || status == CAIRO_STATUS_SURFACE_FINISHED) return;
  throw geo::Error(geo::ErrorKind::internal,
                   geo::msg("render.page_failed", cairo_status_to_string(status)), "Cairo",
                   geo::msg("render.page_failed_remedy"));
}

Image Press::image() const {
  cairo_surface_flush(surface_.get());
  Image image;
  image.width = cairo_image_surface_get_width(surface_.get());
  image.height = cairo_image_surface_get_height(surface_.get());
  const unsigned char* rows = cairo_image_surface_get_data(surface_.get());
  const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface_.get()));
  const auto width = static_cast<std::size_t>(image.width);
  image.rgba.reserve(width * static_cast<std::size_t>(image.height) * 4);
  for (std::size_t y = 0; y < static_cast<std::size_t>(image.height); ++y) {
    const auto* row = reinterpret_cast<const std::uint32_t*>(rows + y * stride);
    for (std::size_t x = 0; x < width; ++x) {
      const std::uint32_t pixel = row[x];
      for (const unsigned shift : {16U, 8U, 0U})
        image.rgba.push_back(static_cast<std::uint8_t>(pixel >> shift));
      image.rgba.push_back(255);
    }
  }
  return image;
}

}  // namespace render
