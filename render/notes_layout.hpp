#pragma once
#include <string>

#include "render/page_layout.hpp"

namespace render {

/// What only the one who speaks sees, beside what the room sees.
struct Notes {
  std::string headline, note;       ///< of the scene that stands; the note in paragraphs
  std::string next_title, next;     ///< "Tiếp theo", its headline
  std::string place, clock, spent;  ///< "3 / 7", "14:05", "12:34"
  std::string help;                 ///< what the keys do
};
struct NotesLayout {
  PageLayout page;
  PixelRect now, next;  ///< where the pictures of both scenes go
};
/// The scene that stands to the left, clock and next scene to the right, the note below. A note
/// that is too long for its room is set smaller, then cut with an ellipsis.
NotesLayout lay_out_notes(const Notes& notes, int width, int height, Glyphs& glyphs);

}  // namespace render
