#include "render/page_layout.hpp"

#include <algorithm>
#include <cmath>

#include "render/board_layout.hpp"
#include "render/legend_layout.hpp"

namespace render {
namespace {

/// Logical pixels; text sizes of look.md's scale.
struct Sizes {
  double title, subtitle, legend, footer, margin;
};
Sizes sizes_for(double width, double height) {
  const double room = std::min(width / 1600, height / 1000);
  if (room < 0.65) return {22, 14, 12, 12, 20};
  if (room < 1.05) return {32, 17, 14, 14, 36};
  if (room < 1.6) return {46, 22, 17, 17, 50};
  const double k = room / 1.25;  // a poster without a pixel ratio
  return {46 * k, 22 * k, 17 * k, 17 * k, 50 * k};
}

constexpr Colour bar_colour = rgb(0x2f3338), watermark_colour = rgb(0xa63603);

/// Over the map's top right corner, as wide as the map allows.
constexpr double watermark_size = 1.17;  // of the page's text size
constexpr double map_margin = 14;        // logical pixels
std::vector<std::string> watermark_lines(const Frame& frame, const PageLayout& page,
                                         Glyphs& glyphs) {
  const double ratio = frame.pixel_ratio;
  return wrap(frame.watermark, page.map.width - 2 * std::round(map_margin * ratio), 2,
              watermark_size * page.text_size, true, glyphs);
}

constexpr double furniture_strip = 2.5;  // of the text size: the map's foot, for the scale bar

/// Far islands and the locator, in a column of so much room.
double frame_height(double column_width, double room, std::size_t frames) {
  return frames == 0
             ? 0
             : std::floor(std::min(0.8 * column_width, 0.62 * room / static_cast<double>(frames)));
}

}  // namespace

std::string length_text(double metres) {
  const auto whole = [](double v) { return std::to_string(std::lround(v)); };
  return metres >= 1000 ? whole(metres / 1000) + " km" : whole(metres) + " m";
}

PageLayout lay_out_page(const Caption& caption, int width, int height, double pixel_ratio,
                        Glyphs& glyphs) {
  PageLayout page;
  const double w = width, h = height;
  page.map = {0, 0, w, h};
  page.text_size = 12 * pixel_ratio;
  if (caption.title.empty() && caption.subtitle.empty() && caption.footer.empty() &&
      caption.legend.entries.empty() && !caption.board && caption.sheet.frames() == 0) {
    return page;
  }
  if (caption.board) return lay_out_board(caption, width, height, pixel_ratio, glyphs);
  const double ratio = pixel_ratio;
  const Sizes logical = sizes_for(w / ratio, h / ratio);
  const Sizes s{logical.title * ratio, logical.subtitle * ratio, logical.legend * ratio,
                logical.footer * ratio, std::round(logical.margin * ratio)};
  // With nothing said above and below it is part of a page that has margins of its own.
  const bool part = caption.title.empty() && caption.subtitle.empty() && caption.footer.empty();
  const double edge = part ? 0 : s.margin;
  const double inner = std::max(w - 2 * edge, 1.0);

  page.text_size = std::max(12 * ratio, 0.82 * s.footer);
  double top = std::round(edge * 0.7);
  top = put_lines(wrap(caption.title, inner, 2, s.title, true, glyphs), edge, top, s.title, true,
                  house::text, glyphs, page);
  top = put_lines(wrap(caption.subtitle, inner, 2, s.subtitle, false, glyphs), edge, top,
                  s.subtitle, false, house::muted, glyphs, page);
  top = std::round(top + edge * 0.4);

  const auto footer = wrap(caption.footer, inner, 2, s.footer, false, glyphs);
  const double footer_line = glyphs.line("X", s.footer, false, 0).height;
  double bottom = std::round(h - edge * 0.6 - footer_line * static_cast<double>(footer.size()));
  put_lines(footer, edge, bottom, s.footer, false, house::muted, glyphs, page);
  bottom = std::round(bottom - edge * 0.3);
  bottom = std::max(bottom, top + 1);

  double right = w - edge, gap = 0;
  const std::size_t frames = caption.sheet.frames();
  if (!caption.legend.entries.empty() || frames > 0) {
    // A legend too tall for the page is set smaller rather than cut off.
    LegendColumn column;
    double size = s.legend, column_width = 0, frame = 0;
    for (;; size *= 0.93) {
      column_width = std::min(legend_width(caption.legend, size, glyphs), std::floor(inner * 0.36));
      column_width = std::max(column_width, frames > 0 ? std::floor(inner * 0.2) : 0);
      column = lay_out_legend(caption.legend, column_width, size, ratio, glyphs);
      // The legend is to be read: frames take what it leaves, down to where they show nothing.
      const auto count = static_cast<double>(frames);
      const double most =
          frame_height(column_width, std::min(bottom - top, 2 * column_width), frames);
      const double least = std::min(most, std::round(90 * ratio));
      const double left = bottom - top - column.height;
      frame = frames == 0 ? 0 : std::clamp(std::floor(left / count - s.footer), least, most);
      if (left >= count * (least + s.footer) || size < 5 * ratio) break;
    }
    const double x = right - column_width;
    page.symbol_size = std::max(ratio, size / 13);
    place(column.content, x, top, page);
    for (std::size_t i = 0; i < frames; ++i) {
      const double y = bottom - static_cast<double>(frames - i) * (frame + s.footer) + s.footer;
      page.frames.push_back({x, std::round(y), column_width, frame});
    }
    right = x;
    gap = s.margin;
  }
  page.map = {edge, top, std::max(std::floor(right - gap - edge), 1.0), bottom - top};
  return page;
}

Camera fit_page(const Frame& frame, const geo::Box& box, const PageLayout& page, Glyphs& glyphs) {
  const double ratio = frame.pixel_ratio, margin = std::round(8 * ratio);
  const double foot = frame.show_scale_bar ? std::round(furniture_strip * page.text_size) : 0;
  const double lines = static_cast<double>(watermark_lines(frame, page, glyphs).size());
  const double line_height = glyphs.line("X", watermark_size * page.text_size, true, 0).height;
  const double head = lines > 0 ? std::round(8 * ratio) + lines * line_height : 0;
  Camera camera = fit(box, static_cast<int>(page.map.width),
                      std::max(static_cast<int>(page.map.height - foot - head), 1), margin);
  camera.height = static_cast<int>(page.map.height);
  camera.centre.y += (head - foot) / 2 * camera.metres_per_pixel;
  return camera;
}

std::vector<PixelRect> furnish_map(const Frame& frame, const Camera& camera, Glyphs& glyphs,
                                   PageLayout& page) {
  std::vector<PixelRect> taken;
  const double ratio = frame.pixel_ratio, size = page.text_size,
               margin = std::round(map_margin * ratio);
  double foot_end = page.map.x + margin;  // of what stands in the map's foot
  const double halo = std::round(1.5 * ratio);
  const PixelRect& map = page.map;
  const ScaleBar bar = scale_bar(camera, 10 * size);
  if (frame.show_scale_bar && bar.pixels > 0) {
    const double gap = std::round(14 * ratio), thick = std::round(3 * ratio);
    std::string text = length_text(bar.metres);
    const std::string whole = frame.crs_label.empty() ? text : frame.crs_label + " · " + text;
    if (text_width(whole, size, false, glyphs) + gap + bar.pixels + 2 * margin <= map.width)
      text = whole;
    const TextLine& line = glyphs.line(text, size, false, halo);
    const double x = map.x + margin,
                 y = std::round(map.bottom() - std::round(8 * ratio) - line.height);
    const double line_width = std::ceil(line.width);
    page.texts.push_back({{x, y, line_width, line.height}, text, size, false, house::muted, halo});
    const PixelRect length{x + line_width + gap,
                           std::round(y + line.ascent - size * 0.36 - thick / 2), bar.pixels,
                           thick};
    page.marks.push_back(
        {Mark::Shape::rectangle,
         {length.x - ratio, length.y - ratio, length.width + 2 * ratio, thick + 2 * ratio},
         rgb(0xffffff, 190)});
    page.marks.push_back({Mark::Shape::rectangle, length, bar_colour});
    taken.push_back({x, y, line_width + gap + bar.pixels, line.height});
    foot_end = length.right() + 1.5 * gap;
  }
  const double arrow = std::round(2.1 * size);
  if (!frame.caption.sheet.north.empty() && foot_end + arrow <= map.right()) {
    page.north = {std::round(foot_end), std::round(map.bottom() - 0.2 * size - arrow), arrow,
                  arrow};
    taken.push_back(page.north);
  }
  if (!frame.watermark.empty()) {
    const double big = watermark_size * page.text_size;
    double y = map.y + std::round(8 * ratio);
    for (const std::string& text : watermark_lines(frame, page, glyphs)) {
      const TextLine& line = glyphs.line(text, big, true, halo * 2);
      const double line_width = std::ceil(line.width);
      const PixelRect box{std::round(map.right() - margin - line_width), y, line_width,
                          line.height};
      page.texts.push_back({box, text, big, true, watermark_colour, halo * 2});
      taken.push_back(box);
      y += line.height;
    }
  }
  return taken;
}

}  // namespace render
