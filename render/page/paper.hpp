#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "geo/date.hpp"
#include "geo/progress.hpp"
#include "render/frame.hpp"
#include "render/image.hpp"
#include "render/page/print.hpp"

namespace render {

/// A document to print: blocks one below the other, broken into pages where one is full. Lengths
/// are points (1/72 inch).
struct Paper {
  struct Heading {
    std::string text;
    int level = 0;        ///< 0: of a part, 1: of a section, 2: below that
    bool outline = true;  ///< also in the reader's list of contents
    int letters = -1;     ///< as large as those of this level; -1: of its own
  };
  struct Text {
    enum class Style { body, strong, small, lead } style = Style::body;
    std::string text;
  };
  struct Picture {
    Image image;
    double most_height = 400;  ///< as wide as the page unless it would be higher
  };
  /// The map of a frame with what its caption says around it, as MapPainter::draw_page lays it out,
  /// in lines and letters rather than pixels. As wide as the page.
  struct Map {
    std::shared_ptr<const Frame> frame;
    geo::Box box;         ///< what is to be seen
    double height = 400;  ///< points; the rest of the page where that is less and `fill`
    bool fill = false;
    double scale = 0.6;  ///< points to a logical pixel of the frame
  };
  struct Table {
    struct Column {
      std::string title;
      double share = 1;  ///< of the width, against the others
      bool right = false, strong = false;
      bool box = false;  ///< to be ticked by hand, in rows where the cell is not empty
    };
    std::vector<Column> columns;                 ///< the head is repeated on every page
    std::vector<std::vector<std::string>> rows;  ///< a missing last cell is empty
    double size = 8.5;                           ///< of the letters
    /// Rows that would begin another page are left out instead, which this says below the others.
    std::function<std::string(std::size_t rows)> left_out = {};
  };
  struct Lines {  ///< to write on by hand
    std::string title;
    std::size_t count = 4;
  };
  struct NewPage {};
  using Block = std::variant<Heading, Text, Picture, Map, Table, Lines, NewPage>;

  std::string title, subject;  ///< of the file, as a reader's window shows it
  std::string language;        ///< "vi", "en"
  geo::Date made;              ///< in the file, so that the same paper gives the same bytes
  std::string footer;          ///< at the foot of every page
  std::string warning;         ///< before it, strong; empty: none
  /// "trang 3/12"
  std::function<std::string(std::size_t page, std::size_t pages)> page_words;
  std::vector<Block> blocks;
  /// After `blocks`: parts that are made when they are printed and then let go, so that a book of
  /// thousands of pages takes no more memory than one. Asked for twice, in order: to count pages
  /// (`counting`; pictures and frames may be left out then) and to print them.
  std::size_t parts = 0;
  std::function<std::vector<Block>(std::size_t part, bool counting)> part;
  PaperSize size;
  static constexpr double margin = 42.52;
  double text_width() const { return size.width - 2 * margin; }
};

/// A PDF with its fonts in it, page after page into the sink. Headings stay with what follows, rows
/// are not cut. Error (io) when fonts are missing; `progress` is told pages.
void print_pdf(const Paper& paper, const Sink& sink, const geo::Progress& progress = {});
/// Its first page.
void print_svg(const Paper& paper, const Sink& sink, const geo::Progress& progress = {});
Image print_image(const Paper& paper, double dots_per_inch, const geo::Progress& progress = {});
/// The bytes of a small one.
std::string pdf_of(const Paper& paper, const geo::Progress& progress = {});

}  // namespace render
