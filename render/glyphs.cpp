#include "render/glyphs.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_GLYPH_H
#include FT_OUTLINE_H
#include FT_STROKER_H

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>
#include <unordered_map>

#include "geo/error.hpp"
#include "render/destroyed_by.hpp"

namespace render {
namespace {

/// Dark strokes blended in linear light come out thinner than the font was drawn for.
std::uint8_t inked(std::uint8_t covered) {
  static const auto table = [] {
    std::array<std::uint8_t, 256> out{};
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = static_cast<std::uint8_t>(
          std::lround(255 * std::pow(static_cast<double>(i) / 255, 0.66)));
    return out;
  }();
  return table[covered];
}

constexpr int width_of_atlas = 1024;
constexpr int tall_atlas = 2048;  // rows; enough for every commune's name at a few sizes

using Library = std::unique_ptr<FT_LibraryRec_, DestroyedBy<FT_Done_FreeType>>;
using Face = std::unique_ptr<FT_FaceRec_, DestroyedBy<FT_Done_Face>>;
using Stroker = std::unique_ptr<FT_StrokerRec_, DestroyedBy<FT_Stroker_Done>>;
using GlyphImage = std::unique_ptr<FT_GlyphRec_, DestroyedBy<FT_Done_Glyph>>;

Face open_face(FT_Library library, const std::filesystem::path& file) {
  FT_Face face = nullptr;
  if (FT_New_Face(library, file.string().c_str(), 0, &face) != 0) {
    throw geo::Error(geo::ErrorKind::io, geo::msg("render.bad_font"), file.string(),
                     geo::msg("render.install_fonts", "fonts-noto-core fonts-dejavu-core"));
  }
  return Face(face);
}

/// One code point off the front of UTF-8; U+FFFD for a byte that is none.
char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const unsigned first = byte(at++);
  if (first < 0x80) return first;
  const int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
  if (more == 0) return 0xfffd;
  char32_t code = first & (0x3fU >> more);
  for (int i = 0; i < more; ++i) {
    if ((byte(at) & 0xc0U) != 0x80) return 0xfffd;
    code = (code << 6U) | (byte(at++) & 0x3fU);
  }
  return code;
}

/// A code point in a size: its glyph, and how far the pen goes on.
struct Letter {
  std::size_t face = 0;
  FT_UInt glyph = 0;
  double advance = 0;
};
/// Found thousands of times when labels are placed, so packed: code point, bold, size.
std::uint64_t letter_key(char32_t code, long size64, bool bold) {
  return code | (bold ? 1U << 21U : 0U) | static_cast<std::uint64_t>(size64) << 22U;
}

struct Drawn {
  std::int32_t left = 0, top = 0, u = 0, v = 0, width = 0, height = 0;
};
using GlyphKey =
    std::tuple<std::size_t, FT_UInt, long, int, long>;  // face, glyph, size, phase, halo

}  // namespace

struct Glyphs::Impl {
  Library library;
  std::array<Face, 4> faces;  // regular, bold, fallback, fallback bold
  Stroker stroker;
  std::unordered_map<std::string, TextLine> lines;
  std::map<GlyphKey, Drawn> drawn;
  std::unordered_map<std::uint64_t, Letter> letters;
  std::vector<std::uint8_t> atlas;
  int rows = 0, shelf_x = 0, shelf_y = 0, shelf_height = 0;
  std::uint64_t version = 1, epoch = 0;

  void forget() {
    lines.clear();
    drawn.clear();
    letters.clear();
    ++epoch;
    rows = 256;
    atlas.assign(static_cast<std::size_t>(width_of_atlas) * static_cast<std::size_t>(rows) * 2, 0);
    shelf_x = shelf_y = shelf_height = 0;
    ++version;
  }

  /// Shelf packing with one empty pixel between glyphs.
  void reserve(Drawn& glyph) {
    if (shelf_x + glyph.width + 1 > width_of_atlas) {
      shelf_y += shelf_height + 1;
      shelf_x = shelf_height = 0;
    }
    glyph.u = shelf_x;
    glyph.v = shelf_y;
    shelf_x += glyph.width + 1;
    shelf_height = std::max(shelf_height, glyph.height);
    while (shelf_y + glyph.height > rows) rows *= 2;
    atlas.resize(static_cast<std::size_t>(width_of_atlas) * static_cast<std::size_t>(rows) * 2, 0);
    ++version;
  }

  void paint(FT_Glyph image, const Drawn& glyph, std::size_t channel) {
    const auto* source = reinterpret_cast<FT_BitmapGlyph>(image);
    const auto dx = source->left - glyph.left;
    const auto dy = glyph.top - source->top;
    for (int y = 0; y < static_cast<int>(source->bitmap.rows); ++y) {
      for (int x = 0; x < static_cast<int>(source->bitmap.width); ++x) {
        const int u = glyph.u + dx + x, v = glyph.v + dy + y;
        if (x + dx < 0 || y + dy < 0 || x + dx >= glyph.width || y + dy >= glyph.height) continue;
        auto& texel =
            atlas[(static_cast<std::size_t>(v) * width_of_atlas + static_cast<std::size_t>(u)) * 2 +
                  channel];
        const std::uint8_t covered = source->bitmap.buffer[y * source->bitmap.pitch + x];
        texel = std::max(texel, channel == 0 ? inked(covered) : covered);
      }
    }
  }

  static GlyphImage rasterise(GlyphImage image) {
    FT_Glyph raw = image.release();
    if (FT_Glyph_To_Bitmap(&raw, FT_RENDER_MODE_NORMAL, nullptr, 1) != 0) {
      FT_Done_Glyph(raw);
      return nullptr;
    }
    return GlyphImage(raw);
  }

  Drawn draw(FT_Face face, int phase, double halo) {
    FT_Glyph raw = nullptr;
    if (face->glyph->format != FT_GLYPH_FORMAT_OUTLINE || FT_Get_Glyph(face->glyph, &raw) != 0)
      return {};
    FT_Outline_Translate(&reinterpret_cast<FT_OutlineGlyph>(raw)->outline, phase * 16, 0);
    GlyphImage outline(raw);
    GlyphImage ring;
    if (halo > 0) {
      FT_Glyph copy = nullptr;
      if (FT_Glyph_Copy(outline.get(), &copy) == 0) {
        FT_Stroker_Set(stroker.get(), std::lround(halo * 64), FT_STROKER_LINECAP_ROUND,
                       FT_STROKER_LINEJOIN_ROUND, 0);
        if (FT_Glyph_Stroke(&copy, stroker.get(), 1) == 0) {
          ring = rasterise(GlyphImage(copy));
        } else {
          FT_Done_Glyph(copy);
        }
      }
    }
    const GlyphImage fill = rasterise(std::move(outline));
    if (!fill) return {};
    const auto* largest = reinterpret_cast<FT_BitmapGlyph>(ring ? ring.get() : fill.get());
    Drawn glyph{largest->left,
                largest->top,
                0,
                0,
                static_cast<int>(largest->bitmap.width),
                static_cast<int>(largest->bitmap.rows)};
    if (glyph.width == 0 || glyph.height == 0) return glyph;
    reserve(glyph);
    paint(fill.get(), glyph, 0);
    if (ring) {
      paint(ring.get(), glyph, 1);
      paint(fill.get(), glyph, 1);  // the ring alone is hollow
    }
    return glyph;
  }

  static long size_in_64ths(double size) { return std::max(std::lround(size * 64), 64L); }

  /// The glyph's outline into the face's slot.
  FT_Face load(const Letter& letter, long size64) {
    const FT_Face face = faces[letter.face].get();
    FT_Set_Char_Size(face, size64, size64, 72, 72);
    const FT_Int32 how = FT_LOAD_NO_BITMAP | FT_LOAD_TARGET_LIGHT;
    return FT_Load_Glyph(face, letter.glyph, how) == 0 ? face : nullptr;
  }

  const Letter& letter(char32_t code, long size64, bool bold) {
    const auto [at, fresh] = letters.try_emplace(letter_key(code, size64, bold));
    Letter& found = at->second;
    if (!fresh) return found;
    found.face = bold ? 1 : 0;
    found.glyph = FT_Get_Char_Index(faces[found.face].get(), code);
    if (found.glyph == 0) {
      const std::size_t fallback = bold ? 3 : 2;
      const FT_UInt other = FT_Get_Char_Index(faces[fallback].get(), code);
      if (other != 0) {
        found.face = fallback;
        found.glyph = other;
      }
    }
    const FT_Face face = load(found, size64);
    if (face != nullptr) {
      found.advance = static_cast<double>(face->glyph->linearHoriAdvance) / 65536;
    }
    return found;
  }

  TextLine lay_out(const std::string& text, double size, bool bold, double halo) {
    TextLine line;
    const long size64 = size_in_64ths(size);
    const FT_FaceRec& first = *faces[bold ? 1 : 0];
    const double em = static_cast<double>(size64) / 64 / first.units_per_EM;
    line.ascent = std::round(first.ascender * em);
    line.height = line.ascent + std::round(-first.descender * em);

    double pen = 0;
    for (std::size_t at = 0; at < text.size();) {
      const Letter& l = letter(next_code_point(text, at), size64, bold);
      const auto quarters = static_cast<int>(std::floor(pen * 4 + 0.5));
      const int phase = quarters & 3;
      const GlyphKey key{l.face, l.glyph, size64, phase, std::lround(halo * 64)};
      auto known = drawn.find(key);
      if (known == drawn.end()) {
        const FT_Face face = load(l, size64);
        known = drawn.emplace(key, face == nullptr ? Drawn{} : draw(face, phase, halo)).first;
      }
      const Drawn& d = known->second;
      if (d.width > 0) {
        line.glyphs.push_back({(quarters >> 2) + d.left, -d.top, d.u, d.v, d.width, d.height});
      }
      pen += l.advance;
    }
    line.width = pen;
    return line;
  }
};

Glyphs::Glyphs(const FontFiles& fonts) : impl_(std::make_unique<Impl>()) {
  FT_Library library = nullptr;
  FT_Stroker stroker = nullptr;
  if (FT_Init_FreeType(&library) != 0) throw std::bad_alloc();
  impl_->library.reset(library);
  if (FT_Stroker_New(library, &stroker) != 0) throw std::bad_alloc();
  impl_->stroker.reset(stroker);
  impl_->faces = {open_face(library, fonts.regular), open_face(library, fonts.bold),
                  open_face(library, fonts.fallback), open_face(library, fonts.fallback_bold)};
  impl_->forget();
}
Glyphs::~Glyphs() = default;

void Glyphs::begin_frame() {
  if (impl_->rows > tall_atlas || impl_->lines.size() > 20'000) impl_->forget();
}

const TextLine& Glyphs::line(const std::string& text, double size, bool bold, double halo) {
  const std::string key = std::to_string(std::lround(size * 64)) + (bold ? "b" : "r") +
                          std::to_string(std::lround(halo * 64)) + ":" + text;
  const auto known = impl_->lines.find(key);
  if (known != impl_->lines.end()) return known->second;
  return impl_->lines.emplace(key, impl_->lay_out(text, size, bold, halo)).first->second;
}

double Glyphs::width(std::string_view text, double size, bool bold) {
  const long size64 = Impl::size_in_64ths(size);
  double pen = 0;
  for (std::size_t at = 0; at < text.size();) {
    pen += impl_->letter(next_code_point(text, at), size64, bold).advance;
  }
  return pen;
}

int Glyphs::atlas_width() const { return width_of_atlas; }
int Glyphs::atlas_height() const { return impl_->rows; }
const std::vector<std::uint8_t>& Glyphs::atlas() const { return impl_->atlas; }
std::uint64_t Glyphs::atlas_version() const { return impl_->version; }
std::uint64_t Glyphs::epoch() const { return impl_->epoch; }

}  // namespace render
