#include "render/fonts.hpp"

#include <fontconfig/fontconfig.h>

#include <memory>
#include <optional>
#include <string>

#include "geo/error.hpp"
#include "render/destroyed_by.hpp"

namespace render {
namespace {

using Config = std::unique_ptr<FcConfig, DestroyedBy<FcConfigDestroy>>;
using Pattern = std::unique_ptr<FcPattern, DestroyedBy<FcPatternDestroy>>;

const FcChar8* fc(const char* text) { return reinterpret_cast<const FcChar8*>(text); }

/// fontconfig always answers something; only the family asked for counts.
std::optional<std::filesystem::path> find(FcConfig* config, const char* family, bool bold) {
  const Pattern wanted(FcPatternCreate());
  FcPatternAddString(wanted.get(), FC_FAMILY, fc(family));
  FcPatternAddInteger(wanted.get(), FC_WEIGHT, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
  FcPatternAddInteger(wanted.get(), FC_SLANT, FC_SLANT_ROMAN);
  FcPatternAddInteger(wanted.get(), FC_WIDTH, FC_WIDTH_NORMAL);
  FcPatternAddBool(wanted.get(), FC_VARIABLE, FcFalse);
  FcConfigSubstitute(config, wanted.get(), FcMatchPattern);
  FcDefaultSubstitute(wanted.get());
  FcResult result = FcResultNoMatch;
  const Pattern found(FcFontMatch(config, wanted.get(), &result));
  FcChar8 *name = nullptr, *file = nullptr;
  if (!found || FcPatternGetString(found.get(), FC_FAMILY, 0, &name) != FcResultMatch ||
      FcStrCmpIgnoreCase(name, fc(family)) != 0 ||
      FcPatternGetString(found.get(), FC_FILE, 0, &file) != FcResultMatch) {
    return std::nullopt;
  }
  return std::filesystem::path(reinterpret_cast<const char*>(file));
}

}  // namespace

FontFiles find_fonts() {
  const Config config(FcInitLoadConfigAndFonts());
  const auto noto = find(config.get(), "Noto Sans", false);
  const auto noto_bold = find(config.get(), "Noto Sans", true);
  const auto dejavu = find(config.get(), "DejaVu Sans", false);
  const auto dejavu_bold = find(config.get(), "DejaVu Sans", true);
  const auto regular = noto ? noto : dejavu;
  if (!regular) {
    throw geo::Error(geo::ErrorKind::io, geo::msg("render.no_fonts"), "fontconfig",
                     geo::msg("render.install_fonts", "fonts-noto-core fonts-dejavu-core"));
  }
  FontFiles fonts;
  fonts.regular = *regular;
  fonts.bold = noto_bold ? *noto_bold : dejavu_bold.value_or(*regular);
  fonts.fallback = dejavu.value_or(*regular);
  fonts.fallback_bold = dejavu_bold.value_or(fonts.fallback);
  return fonts;
}

}  // namespace render
