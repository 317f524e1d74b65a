#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "render/fonts.hpp"

namespace render {

/// A glyph's place in a line and in the atlas; whole device pixels.
struct Glyph {
  std::int32_t x = 0, y = 0;  ///< from the line's left end and baseline, y down
  std::int32_t u = 0, v = 0, width = 0, height = 0;
};
struct TextLine {
  double width = 0;   ///< device pixels, without halo
  double ascent = 0;  ///< from the line's top to its baseline
  double height = 0;
  std::vector<Glyph> glyphs;
};

/// Text → glyphs in one atlas of two bytes a pixel: what the letter inks, coverage of its halo.
/// Letters stand on quarter pixels across and whole ones down, so small text is even and crisp.
class Glyphs {
 public:
  explicit Glyphs(const FontFiles& fonts);  ///< Error when a file is not a font
  ~Glyphs();
  Glyphs(const Glyphs&) = delete;
  Glyphs& operator=(const Glyphs&) = delete;

  /// Forgets everything once the atlas is large (many sizes of zooms); lines from before are void.
  void begin_frame();
  /// NFC text; sizes in device pixels. Valid until the next begin_frame().
  const TextLine& line(const std::string& text, double size, bool bold, double halo);
  /// TextLine::width of a line that need not be drawn.
  double width(std::string_view text, double size, bool bold);

  int atlas_width() const;
  int atlas_height() const;
  const std::vector<std::uint8_t>& atlas() const;
  std::uint64_t atlas_version() const;  ///< changes whenever the atlas does
  std::uint64_t epoch() const;          ///< changes when everything was forgotten

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace render
