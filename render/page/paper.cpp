#include "render/page/paper.hpp"

#include <algorithm>
#include <array>
#include <type_traits>

#include "render/page/map_press.hpp"
#include "render/page/press.hpp"

namespace render {
namespace {

constexpr double gap = 8;                 // between blocks
constexpr double pad_x = 4, pad_y = 2.5;  // in a cell
constexpr double foot = 30;               // kept for the footer
constexpr double keep = 90;               // room that a heading wants below it
constexpr double line_step = 22;          // of ruled lines
constexpr int most_cell_lines = 4;
constexpr Colour stripe = rgb(0xf4f6f9);

PressType type_of(Paper::Text::Style style) {
  switch (style) {
    case Paper::Text::Style::lead:
      return {13, true};
    case Paper::Text::Style::strong:
      return {10, true};
    case Paper::Text::Style::small:
      return {8};
    case Paper::Text::Style::body:
      break;
  }
  return {10};
}

/// RGBA over white.
PressSurface on_white(const Image& image) {
  PressSurface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, image.width, image.height));
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return surface;
  unsigned char* rows = cairo_image_surface_get_data(surface.get());
  const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get()));
  const auto width = static_cast<std::size_t>(image.width);
  for (std::size_t y = 0; y < static_cast<std::size_t>(image.height); ++y) {
    auto* to = reinterpret_cast<std::uint32_t*>(rows + y * stride);
    const std::uint8_t* from = image.rgba.data() + y * width * 4;
    for (std::size_t x = 0; x < width; ++x, from += 4) {
      const auto over = [a = from[3]](std::uint8_t c) {
        return static_cast<std::uint32_t>((c * a + 255 * (255 - a) + 127) / 255);
      };
      to[x] = over(from[0]) << 16 | over(from[1]) << 8 | over(from[2]);
    }
  }
  cairo_surface_mark_dirty(surface.get());
  return surface;
}

/// What an inch of a map is laid out in.
constexpr double map_dots = 300;

/// Sets the blocks. Done twice: first nothing is printed and the pages are counted.
class Setter {
 public:
  /// `last`: the page after which nothing is printed any more.
  Setter(const Paper& paper, Press& press, MapPress& maps, std::size_t pages, std::size_t last,
         const geo::Progress& progress)
      : paper_(paper),
        press_(press),
        maps_(maps),
        pages_(pages),
        last_(last),
        progress_(progress) {}

  std::size_t set() {
    set(paper_.blocks);
    for (std::size_t part = 0; part < paper_.parts && (pages_ == 0 || printing()); ++part) {
      if (pages_ == 0) progress_.at(0, geo::msg("render.counting_pages", page_));
      set(paper_.part(part, pages_ == 0));
    }
    end_page();
    return page_;
  }

 private:
  double text_width() const { return paper_.text_width(); }
  double page_end() const { return paper_.size.height - Paper::margin - foot; }
  void set(const std::vector<Paper::Block>& blocks) {
    for (const Paper::Block& block : blocks)
      std::visit([this](const auto& b) { this->set(b); }, block);
  }
  bool printing() const { return pages_ > 0 && page_ <= last_; }
  bool at_top() const { return y_ <= Paper::margin; }

  void end_page() {
    if (printing()) {
      progress_.at(static_cast<double>(page_) / static_cast<double>(pages_),
                   geo::msg("render.printing", page_, pages_));
      print_footer();
      press_.next_page();
    }
  }
  void new_page() {
    end_page();
    ++page_;
    y_ = Paper::margin;
  }
  void need(double height) {
    if (!at_top() && y_ + height > page_end()) new_page();
  }

  void print_footer() {
    const double y = paper_.size.height - Paper::margin - foot + 12;
    press_.rectangle(Paper::margin, y - 4, text_width(), 0.5, house::hairline);
    constexpr double number_width = 64;
    if (paper_.page_words) {
      const auto number = press_.layout(paper_.page_words(page_, pages_), number_width,
                                        {.size = 7.5, .right = true, .most_lines = 1});
      press_.print(number, paper_.size.width - Paper::margin - number_width, y, house::muted);
    }
    double x = Paper::margin, room = text_width() - number_width - gap;
    if (!paper_.warning.empty()) {
      const auto words =
          press_.layout(paper_.warning, room, {.size = 7.5, .bold = true, .most_lines = 1});
      press_.print(words, x, y, house::text);
      const auto source = press_.layout(paper_.footer, room, {.size = 7.5, .most_lines = 2});
      press_.print(source, x, y + Press::height_of(words), house::muted);
      return;
    }
    press_.print(press_.layout(paper_.footer, room, {.size = 7.5, .most_lines = 3}), x, y,
                 house::muted);
  }

  void set(const Paper::Heading& heading) {
    constexpr std::array<double, 3> sizes = {17, 12.5, 10.5};
    const int level = std::clamp(heading.level, 0, 2);
    const int letters = heading.letters < 0 ? level : std::min(heading.letters, 2);
    const auto words = press_.layout(
        heading.text, text_width(),
        {.size = sizes[static_cast<std::size_t>(letters)], .bold = true, .most_lines = 3});
    const double height = Press::height_of(words);
    if (!at_top()) y_ += gap * (level == 0 ? 1.5 : 0.75);
    need(height + keep);
    if (printing()) {
      press_.print(words, Paper::margin, y_, house::accent);
      if (heading.outline) add_outline(heading.text, level);
    }
    y_ += height + gap / 2;
  }
  void add_outline(const std::string& text, int level) {
    const auto at = static_cast<std::size_t>(level);
    parents_[at + 1] = press_.outline(text, parents_[at], page_);
    for (std::size_t deeper = at + 2; deeper < parents_.size(); ++deeper)
      parents_[deeper] = parents_[at + 1];
  }

  void set(const Paper::Text& text) {
    const PressType type = type_of(text.style);
    const auto words = press_.layout(text.text, text_width(), type);
    const double height = Press::height_of(words);
    need(std::min(height, page_end() - Paper::margin));
    if (printing())
      press_.print(words, Paper::margin, y_,
                   text.style == Paper::Text::Style::small ? house::muted : house::text);
    y_ += height + gap / 2;
  }

  void set(const Paper::Picture& picture) {
    if (picture.image.width <= 0 || picture.image.height <= 0) return;
    const double scale =
        std::min(text_width() / picture.image.width, picture.most_height / picture.image.height);
    const double height = picture.image.height * scale;
    need(height);
    if (printing()) {
      const double x = Paper::margin + (text_width() - picture.image.width * scale) / 2;
      press_.picture(on_white(picture.image).get(), x, y_, scale);
    }
    y_ += height + gap;
  }

  void set(const Paper::Map& map) {
    if (!at_top()) y_ += gap / 2;
    const double height = height_of(map);
    need(height);
    if (printing() && map.frame) {
      // Laid out as fine as it may be printed, so that whole pixels do not show.
      Frame frame = *map.frame;
      frame.pixel_ratio = map.scale * map_dots / 72;
      const auto dots = [](double points) { return static_cast<int>(points * map_dots / 72); };
      maps_.print(press_, frame, map.box, dots(text_width()), dots(height), {Paper::margin, y_},
                  72 / map_dots);
    }
    y_ += height + gap;
  }
  /// What is left of the page where the map fills it.
  double height_of(const Paper::Map& map) const {
    const double page = page_end() - Paper::margin,
                 left = page_end() - (at_top() ? Paper::margin : y_);
    if (map.fill && left >= std::min(map.height, keep)) return left;
    return std::min(map.height, page);
  }

  void set(const Paper::Lines& lines) {
    if (!lines.title.empty()) set(Paper::Heading{lines.title, 2, false});
    for (std::size_t i = 0; i < lines.count; ++i) {
      if (y_ + line_step > page_end()) return;  // room to write on is no reason for a page
      y_ += line_step;
      if (printing())
        press_.rectangle(Paper::margin, y_ - 0.25, text_width(), 0.5, house::hairline);
    }
    y_ += gap;
  }
  void set(const Paper::NewPage&) {
    if (!at_top()) new_page();
  }

  struct Row {
    std::vector<PressLayout> cells;
    double height = 0;
  };
  Row row_of(const Paper::Table& table, const std::vector<double>& widths,
             const std::vector<std::string>& texts, bool head) const {
    Row row;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const Paper::Table::Column& column = table.columns[c];
      row.cells.push_back(press_.layout(c < texts.size() ? texts[c] : std::string(),
                                        widths[c] - 2 * pad_x,
                                        {.size = head ? 7.5 : table.size,
                                         .bold = column.strong && !head,
                                         .right = column.right,
                                         .most_lines = most_cell_lines}));
      row.height = std::max(row.height, Press::height_of(row.cells.back()) + 2 * pad_y);
    }
    return row;
  }
  void print_row(const Row& row, const std::vector<double>& widths, Colour colour) {
    double x = Paper::margin;
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      press_.print(row.cells[c], x + pad_x, y_ + pad_y, colour);
      x += widths[c];
    }
  }
  void print_boxes(const Paper::Table& table, const std::vector<double>& widths,
                   const std::vector<std::string>& texts) {
    constexpr double side = 9, line = 0.6;
    double x = Paper::margin + pad_x;
    const double y = y_ + pad_y + 1;
    for (std::size_t c = 0; c < table.columns.size(); x += widths[c++]) {
      if (!table.columns[c].box || c >= texts.size() || texts[c].empty()) continue;
      for (const double edge : {0.0, side - line}) {
        press_.rectangle(x + edge, y, line, side, house::muted);
        press_.rectangle(x, y + edge, side, line, house::muted);
      }
    }
  }
  /// Does a row that ends at `y` leave room to say what is left out after it?
  bool fits_above_rest(const Paper::Table& table, std::size_t row, double y) const {
    const bool last = row + 1 == table.rows.size();
    if (last) return y <= page_end();
    const auto rest = press_.layout(table.left_out(table.rows.size() - row - 1), text_width(),
                                    type_of(Paper::Text::Style::small));
    return y + gap / 2 + Press::height_of(rest) <= page_end();
  }
  void set(const Paper::Table& table) {
    if (table.columns.empty()) return;
    double shares = 0;
    for (const auto& column : table.columns) shares += column.share;
    std::vector<double> widths;
    std::vector<std::string> titles;
    for (const auto& column : table.columns) {
      widths.push_back(text_width() * column.share / shares);
      titles.push_back(column.title);
    }
    const Row head = row_of(table, widths, titles, true);
    const auto set_head = [&] {
      if (printing()) {
        print_row(head, widths, house::muted);
        press_.rectangle(Paper::margin, y_ + head.height - 0.75, text_width(), 0.75, house::muted);
      }
      y_ += head.height;
    };
    bool first = true, striped = false;
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      const Row row = row_of(table, widths, table.rows[r], false);
      if (table.left_out &&
          !fits_above_rest(table, r, y_ + row.height + (first ? head.height : 0))) {
        if (!first) y_ += gap / 2;
        set(Paper::Text{Paper::Text::Style::small, table.left_out(table.rows.size() - r)});
        return;
      }
      if (first) {
        need(head.height + row.height);
        set_head();
      } else if (y_ + row.height > page_end()) {
        new_page();
        set_head();
        striped = false;
      }
      first = false;
      if (printing()) {
        if (striped) press_.rectangle(Paper::margin, y_, text_width(), row.height, stripe);
        print_row(row, widths, house::text);
        print_boxes(table, widths, table.rows[r]);
      }
      striped = !striped;
      y_ += row.height;
    }
    if (first) {  // a head alone says what there is none of
      need(head.height);
      set_head();
    }
    y_ += gap;
  }

  const Paper& paper_;
  Press& press_;
  MapPress& maps_;
  std::size_t pages_, last_, page_ = 1;
  const geo::Progress& progress_;
  double y_ = Paper::margin;
  std::array<int, 4> parents_{};
};

}  // namespace

namespace {

void print(const Paper& paper, Press& press, std::size_t last, const geo::Progress& progress) {
  MapPress maps;  // says which fonts are missing, where Pango would draw boxes
  press.describe({paper.title, paper.subject, paper.language, paper.made});
  const std::size_t pages = Setter(paper, press, maps, 0, last, progress).set();
  Setter(paper, press, maps, pages, last, progress).set();
  press.finish();
}

}  // namespace

void print_pdf(const Paper& paper, const Sink& sink, const geo::Progress& progress) {
  Press press(Press::To::pdf, paper.size, paper.language, sink);
  print(paper, press, SIZE_MAX, progress);
}

void print_svg(const Paper& paper, const Sink& sink, const geo::Progress& progress) {
  Press press(Press::To::svg, paper.size, paper.language, sink);
  print(paper, press, 1, progress);
}

Image print_image(const Paper& paper, double dots_per_inch, const geo::Progress& progress) {
  Press press(Press::To::image, paper.size, paper.language, {}, dots_per_inch / 72);
  press.rectangle(0, 0, paper.size.width, paper.size.height, rgb(0xffffff));
  print(paper, press, 1, progress);
  return press.image();
}

std::string pdf_of(const Paper& paper, const geo::Progress& progress) {
  std::string bytes;
  print_pdf(
      paper, [&bytes](std::string_view part) { bytes += part; }, progress);
  return bytes;
}

}  // namespace render
