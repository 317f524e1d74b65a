#include "render/notes_layout.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "render/legend_layout.hpp"

namespace render {
namespace {

constexpr Colour frame_colour = rgb(0x8d9299);

/// Paragraphs wrapped, one below the other.
std::vector<std::string> paragraphs(const std::string& text, double width, double size,
                                    Glyphs& glyphs) {
  std::vector<std::string> out;
  std::istringstream lines(text);
  constexpr std::size_t most = 200;
  for (std::string line; std::getline(lines, line) && out.size() < most;) {
    const auto wrapped = wrap(line, width, most, size, false, glyphs);
    if (wrapped.empty()) out.emplace_back();
    out.insert(out.end(), wrapped.begin(), wrapped.end());
  }
  return out;
}

void put_note(const std::string& note, const PixelRect& room, double size, double least,
              Glyphs& glyphs, PageLayout& page) {
  std::vector<std::string> lines;
  double line = 0;
  for (;; size = std::max(std::floor(0.9 * size), least)) {
    lines = paragraphs(note, room.width, size, glyphs);
    line = glyphs.line("X", size, false, 0).height;
    if (line * static_cast<double>(lines.size()) <= room.height || size <= least) break;
  }
  const auto fit = static_cast<std::size_t>(std::max(std::floor(room.height / line), 1.0));
  if (lines.size() > fit) {
    lines.resize(fit);
    lines.back() += " …";
  }
  put_lines(lines, room.x, room.y, size, false, house::text, glyphs, page);
}

}  // namespace

NotesLayout lay_out_notes(const Notes& notes, int width, int height, Glyphs& glyphs) {
  NotesLayout out;
  const double w = width, h = height, margin = std::round(0.025 * h);
  const double body = std::max(std::round(0.032 * h), 12.0), large = std::round(0.075 * h),
               least = std::max(std::round(h / 45), 12.0);
  PageLayout& page = out.page;
  page.map = {0, 0, w, h};
  page.text_size = least;
  const double left = std::floor(0.58 * w), x = left + margin, side = std::max(w - x - margin, 1.0);
  const auto frame = [&](const PixelRect& at) {
    page.marks.push_back({Mark::Shape::rectangle, at, house::ground, frame_colour, 1});
  };
  out.now = {margin, margin, left - margin, std::round((left - margin) * 9 / 16)};
  out.now.height = std::min(out.now.height, std::round(0.6 * h));
  frame(out.now);

  double y = put_lines({notes.clock}, x, margin * 0.5, large, true, house::accent, glyphs, page);
  const double spent = text_width(notes.spent, large, false, glyphs);
  if (text_width(notes.clock, large, true, glyphs) + spent + margin < side)
    put_lines({notes.spent}, w - margin - spent, margin * 0.5, large, false, house::muted, glyphs,
              page);
  y = put_lines({notes.place}, x, y, body, true, house::text, glyphs, page);
  y = put_lines(wrap(notes.next_title, side, 1, least, false, glyphs), x, y + margin, least, false,
                house::muted, glyphs, page);
  out.next = {x, y, side, std::round(std::min(side * 9 / 16, 0.36 * h))};
  frame(out.next);
  put_lines(wrap(notes.next, side, 2, least, true, glyphs), x, out.next.bottom() + margin / 2,
            least, true, house::text, glyphs, page);

  y = put_lines(wrap(notes.headline, out.now.width, 2, body, true, glyphs), margin,
                out.now.bottom() + margin / 2, body, true, house::text, glyphs, page);
  const auto help = wrap(notes.help, w - 2 * margin, 2, least, false, glyphs);
  const double foot = glyphs.line("X", least, false, 0).height * static_cast<double>(help.size());
  put_lines(help, margin, h - margin / 2 - foot, least, false, house::muted, glyphs, page);
  const PixelRect room{margin, y + margin / 2, out.now.width,
                       std::max(h - margin - foot - y - margin / 2, 1.0)};
  put_note(notes.note, room, body, least, glyphs, page);
  return out;
}

}  // namespace render
