#include "app/window/theme.hpp"

#include <imgui.h>
#if __has_include(<imgui_freetype.h>)
#include <imgui_freetype.h>
#else
#include <misc/freetype/imgui_freetype.h>
#endif

#include <cmath>

#include "app/panels/draw.hpp"
#include "geo/error.hpp"
#include "render/fonts.hpp"

namespace app {
namespace {

/// Latin with all of Vietnamese, composed and decomposed, and the signs of text.
const ImWchar latin[] = {0x0020, 0x024F, 0x0300, 0x036F, 0x1E00, 0x1EFF, 0x2010, 0x2027,
                         0x2030, 0x203A, 0x20AB, 0x20AB, 0x2116, 0x2122, 0};
/// One huge number is all that is written so large.
const ImWchar signed_numbers[] = {0x0020, 0x0020, 0x0025, 0x0025, 0x002B, 0x0039,
                                  0x2013, 0x2013, 0x2212, 0x2212, 0};
/// What Noto Sans lacks: arrows, ≈ ≠ ≤ ≥, ▲ ▶ ▸ ▼.
const ImWchar signs[] = {0x2032, 0x2033, 0x2190, 0x2199, 0x2212, 0x2212,
                         0x2248, 0x2265, 0x25A0, 0x25CF, 0};

/// Dear ImGui counts a font's size from ascender to descender; the scale of look.md is in ems.
constexpr double line_of_em = 1.362;  // Noto Sans

ImFont* add(const std::filesystem::path& file, const std::filesystem::path& fallback, double em,
            double scale, const ImWchar* letters = latin) {
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  const auto size = static_cast<float>(std::round(em * scale * line_of_em));
  ImFontConfig config;
  config.OversampleH = config.OversampleV = 1;
  config.PixelSnapH = true;
  config.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
  ImFont* font = atlas->AddFontFromFileTTF(file.string().c_str(), size, &config, letters);
  if (!fallback.empty()) {
    config.MergeMode = true;
    // DejaVu's em fills more of its line; this keeps its signs as large as the letters.
    const auto merged = static_cast<float>(std::round(em * scale * 1.164));
    atlas->AddFontFromFileTTF(fallback.string().c_str(), merged, &config, signs);
  }
  return font;
}

void colours() {
  ImGui::StyleColorsLight();
  ImVec4* c = ImGui::GetStyle().Colors;
  const auto set = [c](int which, render::Colour colour, double alpha = 1) {
    c[which] = ImGui::ColorConvertU32ToFloat4(ink(colour, alpha));
  };
  namespace house = render::house;
  set(ImGuiCol_Text, house::text);
  set(ImGuiCol_TextDisabled, house::muted);
  set(ImGuiCol_WindowBg, house::panel);
  set(ImGuiCol_ChildBg, house::panel, 0);
  set(ImGuiCol_PopupBg, house::panel);
  set(ImGuiCol_Border, house::hairline);
  set(ImGuiCol_FrameBg, render::rgb(0xf3f4f6));
  set(ImGuiCol_FrameBgHovered, shade::over);
  set(ImGuiCol_FrameBgActive, house::panel);
  set(ImGuiCol_ScrollbarBg, house::panel, 0);
  set(ImGuiCol_ScrollbarGrab, shade::rail);
  set(ImGuiCol_ScrollbarGrabHovered, shade::dot);
  set(ImGuiCol_ScrollbarGrabActive, shade::bar);
  set(ImGuiCol_Button, shade::button, 0);
  set(ImGuiCol_ButtonHovered, shade::over);
  set(ImGuiCol_ButtonActive, shade::trough);
  set(ImGuiCol_Header, shade::chosen);
  set(ImGuiCol_HeaderHovered, shade::over);
  set(ImGuiCol_HeaderActive, shade::chosen);
  set(ImGuiCol_TableHeaderBg, render::rgb(0xf5f6f8));
  set(ImGuiCol_TableBorderLight, render::rgb(0xeceef1));
  set(ImGuiCol_TableBorderStrong, house::hairline);
  set(ImGuiCol_TableRowBgAlt, house::panel);
  set(ImGuiCol_NavHighlight, house::selection);
  set(ImGuiCol_TextSelectedBg, house::selection, 0.25);
  set(ImGuiCol_ModalWindowDimBg, render::rgb(0x20262e), 0.35);
}

void sizes(const Look& look) {
  ImGuiStyle& style = ImGui::GetStyle();
  style = ImGuiStyle();
  style.WindowPadding = {look.px(12), look.px(10)};
  style.DisplaySafeAreaPadding = {look.px(8), look.px(8)};  // tooltips keep off the window's edges
  style.FramePadding = {look.px(10), look.px(5)};
  style.ItemSpacing = {look.px(8), look.px(2)};
  style.ItemInnerSpacing = {look.px(6), look.px(4)};
  style.CellPadding = {look.px(8), look.px(4)};
  style.ScrollbarSize = look.px(10);
  style.ScrollbarRounding = look.px(5);
  style.WindowRounding = 0;
  style.PopupRounding = look.px(8);
  style.ChildRounding = look.px(6);
  style.FrameRounding = look.px(6);
  style.WindowBorderSize = 0;
  style.PopupBorderSize = look.px(1);
  style.ChildBorderSize = look.px(1);
  style.FrameBorderSize = look.px(1);
  style.WindowMinSize = {1, 1};
  style.DisabledAlpha = 0.6F;
  style.CircleTessellationMaxError = 0.15F;
}

}  // namespace

Look dress(double scale) {
  Look look;
  look.scale = static_cast<float>(scale);
  const render::FontFiles files = render::find_fonts();
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  atlas->Clear();
  atlas->FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas->Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  look.body = add(files.regular, files.fallback, 13.5, scale);  // the first is the default
  look.body_bold = add(files.bold, files.fallback_bold, 13.5, scale);
  look.small = add(files.regular, files.fallback, 12, scale);
  look.small_bold = add(files.bold, files.fallback_bold, 12, scale);
  look.title_bold = add(files.bold, files.fallback_bold, 17, scale);
  look.heading = add(files.regular, files.fallback, 22, scale);
  look.heading_bold = add(files.bold, files.fallback_bold, 22, scale);
  look.figure_bold = add(files.bold, {}, 32, scale, signed_numbers);
  if (!atlas->Build()) {
    throw geo::Error(geo::ErrorKind::io, geo::msg("app.font_unreadable"), files.regular.string(),
                     geo::msg("app.install_fonts"));
  }
  sizes(look);
  colours();
  return look;
}

}  // namespace app
