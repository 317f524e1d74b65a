#include "render/legend_layout.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace render {
namespace {

constexpr Colour heading_colour = rgb(0x63647a), swatch_edge = rgb(0xb3b7bd),
                 bullet_colour = rgb(0xd95f0e);

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

}  // namespace

double text_width(const std::string& text, double size, bool bold, Glyphs& glyphs) {
  return std::ceil(glyphs.line(text, size, bold, 0).width);
}

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

LegendColumn lay_out_legend(const Legend& legend, double width, double size, double ratio,
                            Glyphs& glyphs, double row_height) {
  LegendColumn column;
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
    if (heading && y > 0) y += std::round(0.6 * row_height * em);
    const double indent = heading ? 0 : bullet ? std::round(1.3 * em) : swatch + gap;
    const double room = width - indent - (e.count.empty() ? 0 : counts);
    const auto lines = wrap(e.text, room, 3, size, heading, glyphs);
    const auto is_cut = [](const std::string& line) { return line.ends_with("…"); };
    column.cut |= !is_cut(e.text) && std::any_of(lines.begin(), lines.end(), is_cut);
    const double line_height = glyphs.line("X", size, heading, 0).height;
    const double text_height = line_height * static_cast<double>(lines.size());
    const double row = std::max(std::round((heading ? 0.945 : 1.0) * row_height * em),
                                text_height + std::round(0.3 * em));
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

void place(const PageLayout& content, double x, double y, PageLayout& page) {
  for (Mark mark : content.marks) {
    mark.box.x += x;
    mark.box.y += y;
    page.marks.push_back(mark);
  }
  for (PlacedSymbol symbol : content.symbols) {
    symbol.at.x += x;
    symbol.at.y += y;
    page.symbols.push_back(symbol);
  }
  for (PlacedText text : content.texts) {
    text.box.x += x;
    text.box.y += y;
    page.texts.push_back(std::move(text));
  }
}

}  // namespace render
