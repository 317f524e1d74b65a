#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "geo/date.hpp"
#include "geo/progress.hpp"
#include "render/image.hpp"

namespace render {

/// A document to print on A4, upright: blocks one below the other, broken into pages where one is
/// full. Lengths are points (1/72 inch).
struct Paper {
  struct Heading {
    std::string text;
    int level = 0;        ///< 0: of a part, 1: of a section, 2: below that
    bool outline = true;  ///< also in the reader's list of contents
  };
  struct Text {
    enum class Style { body, strong, small, lead } style = Style::body;
    std::string text;
  };
  struct Picture {
    Image image;
    double most_height = 400;  ///< as wide as the page unless it would be higher
  };
  struct Table {
    struct Column {
      std::string title;
      double share = 1;  ///< of the width, against the others
      bool right = false, strong = false;
    };
    std::vector<Column> columns;                 ///< the head is repeated on every page
    std::vector<std::vector<std::string>> rows;  ///< a missing last cell is empty
  };
  struct Lines {  ///< to write on by hand
    std::string title;
    std::size_t count = 4;
  };
  struct NewPage {};
  using Block = std::variant<Heading, Text, Picture, Table, Lines, NewPage>;

  std::string title, subject;  ///< of the file, as a reader's window shows it
  std::string language;        ///< "vi", "en"
  geo::Date made;              ///< in the file, so that the same paper gives the same bytes
  std::string footer;          ///< at the foot of every page
  std::string warning;         ///< before it, strong; empty: none
  /// "trang 3/12"
  std::function<std::string(std::size_t page, std::size_t pages)> page_words;
  std::vector<Block> blocks;

  static constexpr double width = 595.28, height = 841.89, margin = 42.52;
  static constexpr double text_width = width - 2 * margin;
};

/// The bytes of a PDF with its fonts in it. Headings stay with what follows, rows are not cut.
/// Error (io) when fonts are missing; `progress` is told pages.
std::string pdf_of(const Paper& paper, const geo::Progress& progress = {});

}  // namespace render
