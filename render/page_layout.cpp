#include "render/page_layout.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

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

constexpr Colour heading_colour = rgb(0x63647a), swatch_edge = rgb(0xb3b7bd),
                 bar_colour = rgb(0x2f3338), bullet_colour = rgb(0xd95f0e),
                 watermark_colour = rgb(0xa63603);

double text_width(const std::string& text, double size, bool bold, Glyphs& glyphs) {
  return std::ceil(glyphs.line(text, size, bold, 0).width);
}

/// Puts lines below each other from `y` on; answers where the next would begin.
double put_lines(const std::vector<std::string>& lines, double x, double y, double size, bool bold,
                 Colour colour, Glyphs& glyphs, PageLayout& page) {
  for (const std::string& line : lines) {
    const TextLine& measured = glyphs.line(line, size, bold, 0);
    page.texts.push_back(
        {{std::round(x), std::round(y), std::ceil(measured.width), measured.height},
         line,
         size,
         bold,
         colour,
         0});
    y += measured.height;
  }
  return std::ceil(y);
}

/// Takes the last character (not byte) off.
void shorten(std::string& text) {
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xc0U) == 0x80)
    text.pop_back();
  if (!text.empty()) text.pop_back();
  while (!text.empty() && text.back() == ' ') text.pop_back();
}

std::string cut(std::string text, double width, double size, bool bold, Glyphs& glyphs) {
  // By whole shares first: measuring draws every letter.
  for (double wide = text_width(text, size, bold, glyphs); wide > 1.5 * width && text.size() > 8;
       wide = text_width(text, size, bold, glyphs)) {
    text.resize(
        std::min(text.size() - 1,
                 static_cast<std::size_t>(static_cast<double>(text.size()) * 1.3 * width / wide)));
    shorten(text);
  }
  while (!text.empty() && text_width(text + "…", size, bold, glyphs) > width) shorten(text);
  return text + "…";
}

/// The legend as a column of a given width; the page's marks and texts are relative to (0, 0).
struct Column {
  PageLayout content;
  double height = 0;
};

/// The square of a 3×3 map with what grows each way beside it; answers where the next row begins.
double lay_out_grid(const LegendGrid& grid, double width, double y, double size, Glyphs& glyphs,
                    PageLayout& page) {
  const double side = std::round(2.6 * size), gap = std::max(1.0, std::round(0.12 * size));
  y = put_lines(wrap(grid.up, width, 2, size, false, glyphs), 0, y + std::round(0.3 * size), size,
                false, house::text, glyphs, page);
  y += std::round(0.3 * size);
  for (std::size_t i = 0; i < grid.cells.size(); ++i) {
    const double row = 2 - static_cast<double>(i / 3), at = static_cast<double>(i % 3);
    const PixelRect cell{at * (side + gap), y + row * (side + gap), side, side};
    page.marks.push_back({Mark::Shape::rectangle, cell, grid.cells[i]});
  }
  // The numbers stand in a square of their own beside it: on the colours not all could be read.
  const double left = 3 * (side + gap) + std::round(1.2 * size);
  const double line = glyphs.line("0", size, false, 0).height;
  for (std::size_t i = 0; i < grid.counts.size(); ++i) {
    const double row = 2 - static_cast<double>(i / 3), at = static_cast<double>(i % 3);
    const double wide = text_width(grid.counts[i], size, false, glyphs);
    const double x = left + at * side + side - wide;
    if (x + wide > width) break;
    put_lines({grid.counts[i]}, x, y + row * (side + gap) + (side - line) / 2, size, false,
              house::muted, glyphs, page);
  }
  y += 3 * (side + gap) + std::round(0.3 * size);
  y = put_lines(wrap(grid.across, width, 2, size, false, glyphs), 0, y, size, false, house::text,
                glyphs, page);
  return y + std::round(0.5 * size);
}

Column lay_out_legend(const Legend& legend, double width, double size, double ratio,
                      Glyphs& glyphs) {
  Column column;
  const double em = size, swatch = std::round(2.5 * em), gap = std::round(0.7 * em);
  double counts = 0;
  for (const LegendEntry& e : legend.entries) {
    if (!e.count.empty()) counts = std::max(counts, text_width(e.count, size, false, glyphs) + gap);
  }
  double y = 0;
  bool grid_due = legend.grid.has_value();
  for (const LegendEntry& e : legend.entries) {
    if (grid_due && e.swatch != LegendEntry::Swatch::heading) {
      y = lay_out_grid(*legend.grid, width, y, size, glyphs, column.content);
      grid_due = false;
    }
    using Swatch = LegendEntry::Swatch;
    const bool heading = e.swatch == Swatch::heading, bullet = e.swatch == Swatch::bullet;
    if (heading && y > 0) y += std::round(1.1 * em);
    const double indent = heading ? 0 : bullet ? std::round(1.3 * em) : swatch + gap;
    const double room = width - indent - (e.count.empty() ? 0 : counts);
    const auto lines = wrap(e.text, room, 3, size, heading, glyphs);
    const double line_height = glyphs.line("X", size, heading, 0).height;
    const double text_height = line_height * static_cast<double>(lines.size());
    const double row =
        std::max(std::round(heading ? 1.75 * em : 1.85 * em), text_height + std::round(0.3 * em));
    const double middle = y + row / 2;
    put_lines(lines, indent, y + (row - text_height) / 2, size, heading,
              heading ? heading_colour : house::text, glyphs, column.content);
    if (!e.count.empty()) {
      put_lines({e.count}, width - text_width(e.count, size, false, glyphs),
                y + (row - line_height) / 2, size, false, house::muted, glyphs, column.content);
    }
    const auto box = [&](double w, double h) {
      return PixelRect{std::round((swatch - w) / 2), std::round(middle - h / 2), std::round(w),
                       std::round(h)};
    };
    const PixelRect block = box(swatch, 1.3 * em);
    std::vector<Mark>& marks = column.content.marks;
    const double hair = std::max(1.0, std::round(ratio));
    switch (e.swatch) {
      case Swatch::heading:
        break;
      case Swatch::colour:
        marks.push_back({Mark::Shape::rectangle, block, e.colour});
        break;
      case Swatch::hatch:
        marks.push_back(
            {Mark::Shape::rectangle, block, rgb(0xffffff), swatch_edge, hair, pattern_hatch});
        break;
      case Swatch::dots:
        marks.push_back(
            {Mark::Shape::rectangle, block, rgb(0xffffff), swatch_edge, hair, pattern_dots});
        break;
      case Swatch::cross:
        marks.push_back(
            {Mark::Shape::rectangle, block, rgb(0xffffff), swatch_edge, hair, pattern_cross});
        break;
      case Swatch::lines:
        marks.push_back(
            {Mark::Shape::rectangle, block, rgb(0xffffff), swatch_edge, hair, pattern_lines});
        break;
      case Swatch::dashed:
        marks.push_back({Mark::Shape::rectangle, block, house::not_reported, rgb(0x8d9299), hair,
                         pattern_dashed});
        break;
      case Swatch::circle:
        marks.push_back({Mark::Shape::ellipse, box(1.6 * em, 1.6 * em), rgb(0xffffff),
                         rgb(0x1a1a1a), 1.2 * ratio});
        break;
      case Swatch::point:
        column.content.symbols.push_back({{std::round(swatch / 2), std::round(middle)}, e.point});
        break;
      case Swatch::bullet:
        marks.push_back({Mark::Shape::ellipse,
                         {std::round(0.25 * em), std::round(middle - 0.28 * em),
                          std::round(0.56 * em), std::round(0.56 * em)},
                         e.colour.a == 0 || e.colour == Colour{} ? bullet_colour : e.colour});
        break;
    }
    y += row;
  }
  column.height = y;
  return column;
}

double legend_width(const Legend& legend, double size, Glyphs& glyphs) {
  double rows = 0, counts = 0;
  for (const LegendEntry& e : legend.entries) {
    const bool heading = e.swatch == LegendEntry::Swatch::heading;
    rows = std::max(rows, text_width(e.text, size, heading, glyphs) + (heading ? 0 : 3.3 * size));
    if (!e.count.empty())
      counts = std::max(counts, text_width(e.count, size, false, glyphs) + 1.6 * size);
  }
  if (legend.grid) rows = std::max(rows, 17.6 * size);  // two squares side by side
  return std::ceil(rows + counts);
}

std::string length_text(double metres) {
  const auto whole = [](double v) { return std::to_string(std::lround(v)); };
  return metres >= 1000 ? whole(metres / 1000) + " km" : whole(metres) + " m";
}

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

}  // namespace

std::vector<std::string> wrap(const std::string& text, double width, std::size_t most_lines,
                              double size, bool bold, Glyphs& glyphs) {
  std::vector<std::string> lines;
  std::istringstream words(text);
  std::string word, line;
  bool left_over = false;
  while (words >> word) {
    const std::string longer = line.empty() ? word : line + " " + word;
    if (line.empty() || text_width(longer, size, bold, glyphs) <= width) {
      line = longer;
    } else if (lines.size() + 1 < most_lines) {
      lines.push_back(line);
      line = word;
    } else {
      line = longer;
      left_over = true;
      break;
    }
  }
  if (!line.empty()) lines.push_back(line);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool cut_off = left_over && i + 1 == lines.size();
    if (cut_off || text_width(lines[i], size, bold, glyphs) > width) {
      lines[i] = cut(lines[i], width, size, bold, glyphs);
    }
  }
  return lines;
}

PageLayout lay_out_page(const Caption& caption, int width, int height, double pixel_ratio,
                        Glyphs& glyphs) {
  PageLayout page;
  const double w = width, h = height;
  page.map = {0, 0, w, h};
  page.text_size = 12 * pixel_ratio;
  if (caption.title.empty() && caption.subtitle.empty() && caption.footer.empty() &&
      caption.legend.entries.empty()) {
    return page;
  }
  const double ratio = pixel_ratio;
  const Sizes logical = sizes_for(w / ratio, h / ratio);
  const Sizes s{logical.title * ratio, logical.subtitle * ratio, logical.legend * ratio,
                logical.footer * ratio, std::round(logical.margin * ratio)};
  const double inner = std::max(w - 2 * s.margin, 1.0);

  page.text_size = std::max(12 * ratio, 0.82 * s.footer);
  double top = std::round(s.margin * 0.7);
  top = put_lines(wrap(caption.title, inner, 2, s.title, true, glyphs), s.margin, top, s.title,
                  true, house::text, glyphs, page);
  top = put_lines(wrap(caption.subtitle, inner, 2, s.subtitle, false, glyphs), s.margin, top,
                  s.subtitle, false, house::muted, glyphs, page);
  top = std::round(top + s.margin * 0.4);

  const auto footer = wrap(caption.footer, inner, 2, s.footer, false, glyphs);
  const double footer_line = glyphs.line("X", s.footer, false, 0).height;
  double bottom = std::round(h - s.margin * 0.6 - footer_line * static_cast<double>(footer.size()));
  put_lines(footer, s.margin, bottom, s.footer, false, house::muted, glyphs, page);
  bottom = std::round(bottom - s.margin * 0.3);
  bottom = std::max(bottom, top + 1);

  double right = w - s.margin;
  if (!caption.legend.entries.empty()) {
    // A legend too tall for the page is set smaller rather than cut off.
    Column column;
    double size = s.legend, column_width = 0;
    for (;; size *= 0.93) {
      column_width = std::min(legend_width(caption.legend, size, glyphs), std::floor(inner * 0.36));
      column = lay_out_legend(caption.legend, column_width, size, ratio, glyphs);
      if (column.height <= bottom - top || size < 5 * ratio) break;
    }
    const double x = right - column_width;
    for (Mark& m : column.content.marks) {
      m.box.x += x;
      m.box.y += top;
      page.marks.push_back(m);
    }
    page.symbol_size = std::max(ratio, size / 13);
    for (PlacedSymbol& symbol : column.content.symbols) {
      symbol.at.x += x;
      symbol.at.y += top;
      page.symbols.push_back(symbol);
    }
    for (PlacedText& t : column.content.texts) {
      t.box.x += x;
      t.box.y += top;
      page.texts.push_back(t);
    }
    right = x - s.margin;
  }
  page.map = {s.margin, top, std::max(std::floor(right - s.margin), 1.0), bottom - top};
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
