#include "render/board_layout.hpp"

#include <algorithm>
#include <cmath>

#include "render/legend_layout.hpp"

namespace render {
namespace {

constexpr Colour mark_colour = rgb(0x9c2a00);

/// Shares of the screen's height.
constexpr double title_size = 0.046, subtitle_size = 0.027, number_size = 0.105, words_size = 0.031,
                 bar_size = 0.03, bar_step = 0.0535, small = least_board_text;

/// The number's line, of which the air above the digits is left out, in letter sizes.
constexpr double number_step = 1.2, number_air = 0.2;

double line_height(double size, bool bold, Glyphs& glyphs) {
  return glyphs.line("X", size, bold, 0).height;
}

/// The first `count` entries, and the others.
std::pair<Legend, Legend> parted(const Legend& legend, std::size_t count) {
  const auto cut = legend.entries.begin() + static_cast<std::ptrdiff_t>(count);
  return {{{legend.entries.begin(), cut}, legend.grid}, {{cut, legend.entries.end()}, {}}};
}

/// In one column, or side by side in two where that is lower: parted where both come out alike.
/// `whole`: no word is cut where there is a way to set it.
LegendColumn board_legend(const Legend& legend, double width, double size, double ratio, bool tight,
                          bool whole, Glyphs& glyphs) {
  const double row = tight ? 1.3 : 1.42;
  LegendColumn best = lay_out_legend(legend, std::min(width, legend_width(legend, size, glyphs)),
                                     size, ratio, glyphs, row);
  if (width < 22 * size) return best;
  const double gap = std::round(1.4 * size), room = width - gap;
  const auto heading = [&](std::size_t i) {
    return legend.entries[i].swatch == LegendEntry::Swatch::heading;
  };
  for (std::size_t count = 2; count < legend.entries.size(); ++count) {
    if (heading(count - 1)) continue;  // a heading stays with what it is of
    const auto [first, second] = parted(legend, count);
    const double one = legend_width(first, size, glyphs), two = legend_width(second, size, glyphs);
    // The first as wide as it likes to be; long lines of the other one are broken.
    const double left =
        std::floor(one + two <= room ? one : std::clamp(one, 0.3 * room, 0.56 * room));
    LegendColumn out = lay_out_legend(first, left, size, ratio, glyphs, row);
    const LegendColumn beside =
        lay_out_legend(second, std::floor(std::min(two, room - left)), size, ratio, glyphs, row);
    place(beside.content, std::round(left + gap), 0, out.content);
    out.height = std::max(out.height, beside.height);
    out.cut |= beside.cut;
    // A little higher, but parted where its parts are parted, reads better.
    const double fair = heading(count) && !tight ? 0.9 : 1;
    const bool better = whole && out.cut != best.cut ? best.cut : fair * out.height < best.height;
    if (better) best = std::move(out);
  }
  return best;
}

/// How number and bars are set: as large as there is room for.
struct Set {
  double number = 0, words = 0, bar = 0, step = 0;
  std::size_t bars = 0;  ///< that have room
};

class Side {
 public:
  Side(const Board& board, double width, double height, Glyphs& glyphs)
      : board_(board), width_(width), screen_(height), glyphs_(glyphs) {}

  /// In so much height: letters shrink down to the least, then bars go.
  Set fitted(double room) const {
    Set set;
    for (double scale = 1; scale > 0.6; scale -= 0.04) {
      set = sized(scale, board_.bars.size());
      if (height_of(set) <= room) return set;
    }
    while (set.bars > 0 && height_of(set) > room) --set.bars;
    return set;
  }

  double height_of(const Set& set) const {
    double y = 0;
    if (!board_.number.empty()) y += number_step * set.number;
    y += static_cast<double>(words(set).size()) * line_height(set.words, false, glyphs_);
    if (set.bars > 0) {
      y += 0.6 * set.step + static_cast<double>(set.bars) * set.step;
      if (set.bars < board_.bars.size()) y += set.step;
    }
    return y;
  }

  void put(const Set& set, double x, double y, PageLayout& page) const {
    if (!board_.number.empty()) {
      // The line of so large letters has more air above them than the eye wants.
      const double air = std::round(number_air * set.number);
      put_lines({board_.number}, x, y - air, set.number, true, board_.number_colour, glyphs_, page);
      y += std::ceil(number_step * set.number);
    }
    y = put_lines(words(set), x, y, set.words, false, house::text, glyphs_, page);
    if (set.bars == 0) return;
    y += std::round(0.6 * set.step);
    double names = 0, values = 0;
    for (std::size_t i = 0; i < set.bars; ++i) {
      names = std::max(names, text_width(board_.bars[i].name, set.bar, false, glyphs_));
      values = std::max(values, text_width(board_.bars[i].value, set.bar, true, glyphs_));
    }
    names = std::min(names, std::floor(0.45 * width_));
    const double gap = std::round(0.7 * set.bar);
    const double left = x + names + gap;
    const double longest = std::max(width_ - names - values - 2 * gap, 1.0);
    const double line = line_height(set.bar, false, glyphs_);
    for (std::size_t i = 0; i < set.bars; ++i, y += set.step) {
      const Board::Bar& bar = board_.bars[i];
      const double middle = y + set.step / 2, top = std::round(middle - line / 2);
      put_lines(wrap(bar.name, names, 1, set.bar, false, glyphs_), x, top, set.bar, false,
                house::text, glyphs_, page);
      const double length = std::round(std::clamp(bar.share, 0.0, 1.0) * longest);
      const double thick = std::round(0.58 * set.step);
      if (length > 0) {
        page.marks.push_back({Mark::Shape::rectangle,
                              {left, std::round(middle - thick / 2), length, thick},
                              board_.bar_colour});
      }
      put_lines({bar.value}, left + length + gap, top, set.bar, true, house::text, glyphs_, page);
    }
    if (set.bars < board_.bars.size()) {
      put_lines({"+" + std::to_string(board_.bars.size() - set.bars)}, x,
                std::round(y + (set.step - line) / 2), set.bar, false, house::muted, glyphs_, page);
    }
  }

 private:
  Set sized(double scale, std::size_t bars) const {
    const double least = std::ceil(small * screen_);
    Set set;
    set.number = std::round(number_size * screen_ * scale);
    // However long the number is, it stays on one line.
    while (set.number > 2 * least && text_width(board_.number, set.number, true, glyphs_) > width_)
      set.number *= 0.94;
    set.words = std::max(least, std::round(words_size * screen_ * scale));
    set.bar = std::max(least, std::round(bar_size * screen_ * scale));
    set.step = std::max(std::ceil(line_height(set.bar, true, glyphs_)),
                        std::round(bar_step * screen_ * scale));
    set.bars = bars;
    return set;
  }
  std::vector<std::string> words(const Set& set) const {
    return board_.words.empty() ? std::vector<std::string>{}
                                : wrap(board_.words, width_, 3, set.words, false, glyphs_);
  }

  const Board& board_;
  double width_, screen_;
  Glyphs& glyphs_;
};

}  // namespace

PageLayout lay_out_board(const Caption& caption, int width, int height, double pixel_ratio,
                         Glyphs& glyphs) {
  const Board& board = *caption.board;
  const double w = width, h = height, ratio = pixel_ratio;
  const double least = std::ceil(small * h), margin = std::round(std::min(0.0315 * w, 0.056 * h));
  const double inner = std::max(w - 2 * margin, 1.0);
  PageLayout page;
  page.text_size = std::max(12 * ratio, least);

  double top = std::round(0.028 * h);
  const double title = std::round(title_size * h), subtitle = std::round(subtitle_size * h);
  top = put_lines(wrap(caption.title, inner, 2, title, true, glyphs), margin, top, title, true,
                  house::text, glyphs, page);
  top = put_lines(wrap(caption.subtitle, inner, 2, subtitle, false, glyphs), margin, top, subtitle,
                  false, house::muted, glyphs, page);
  if (!board.mark.empty()) {
    top = put_lines(wrap(board.mark, inner, 1, least, true, glyphs), margin, top, least, true,
                    mark_colour, glyphs, page);
  }
  top = std::round(top + 0.018 * h);

  const double page_width = board.page.empty() ? 0 : text_width(board.page, least, false, glyphs);
  const double foot = line_height(least, false, glyphs);
  const auto footer = wrap(caption.footer, inner - page_width - (page_width > 0 ? 2 * least : 0), 2,
                           least, false, glyphs);
  const double lines = static_cast<double>(std::max<std::size_t>(footer.size(), 1));
  double bottom = std::round(h - 0.018 * h - foot * lines);
  put_lines(footer, margin, bottom, least, false, house::muted, glyphs, page);
  if (!board.page.empty()) {
    put_lines({board.page}, w - margin - page_width, std::round(h - 0.018 * h - foot), least, false,
              house::muted, glyphs, page);
  }
  bottom = std::max(std::round(bottom - 0.012 * h), top + 1);

  // A screen of 4:3 gives the words more of its width than one of 16:9.
  const bool told = !board.number.empty() || !board.bars.empty();
  const double share = w < 1.5 * h ? 0.48 : 0.41;
  double column = std::floor(inner * share);
  if (!told && !caption.legend.entries.empty())
    column = std::min(column, std::ceil(legend_width(caption.legend, least, glyphs)));
  const double x = std::round(w - margin - column);
  // Its rows move together before a bar is left out.
  const auto legend_of = [&](bool tight, bool whole) {
    return caption.legend.entries.empty()
               ? LegendColumn{}
               : board_legend(caption.legend, column, least, ratio, tight, whole, glyphs);
  };
  LegendColumn legend = legend_of(false, true);
  page.symbol_size = std::max(ratio, least / 13);
  double legend_top = told ? bottom - legend.height : top;
  if (told) {
    const Side side(board, column, h, glyphs);
    const auto room = [&] { return bottom - top - legend.height - std::round(0.02 * h); };
    Set set = side.fitted(room());
    const auto again = [&](bool whole) {
      legend = legend_of(true, whole);
      set = side.fitted(room());
      legend_top = bottom - legend.height;
    };
    if (set.bars < board.bars.size() || side.height_of(set) > room()) again(true);
    if (side.height_of(set) > room()) again(false);  // rather a word cut than words over words
    side.put(set, x, top, page);
    // Not far below where there is little to tell.
    legend_top = std::min(legend_top, top + side.height_of(set) + 0.12 * h);
  }
  place(legend.content, x, std::round(std::max(legend_top, top)), page);
  const double right = caption.legend.entries.empty() && !told ? w - margin : x - margin;
  page.map = {margin, top, std::max(std::floor(right - margin), 1.0), bottom - top};
  return page;
}

}  // namespace render
