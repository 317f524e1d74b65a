#include "app/panels/draw.hpp"

#include <algorithm>
#include <cfloat>
#include <string>

namespace app {

using render::house::accent;
using render::house::hairline;
using render::house::muted;

ImU32 ink(render::Colour c, double alpha) {
  return IM_COL32(c.r, c.g, c.b, static_cast<int>(c.a * alpha));
}

ImVec2 size_of(const ImFont* font, std::string_view text) {
  return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text.data(), text.data() + text.size());
}

void put(ImFont* font, ImVec2 at, ImU32 colour, std::string_view text) {
  const ImVec2 whole(static_cast<float>(static_cast<int>(at.x)),
                     static_cast<float>(static_cast<int>(at.y)));
  ImGui::GetWindowDrawList()->AddText(font, font->FontSize, whole, colour, text.data(),
                                      text.data() + text.size());
}

void put_right(ImFont* font, ImVec2 at, ImU32 colour, std::string_view text) {
  put(font, {at.x - size_of(font, text).x, at.y}, colour, text);
}

void put_centred(ImFont* font, ImVec2 at, ImU32 colour, std::string_view text) {
  put(font, {at.x - size_of(font, text).x / 2, at.y}, colour, text);
}

float put_within(ImFont* font, ImVec2 at, ImU32 colour, std::string_view text, float width) {
  const float whole = size_of(font, text).x;
  if (whole <= width) {
    put(font, at, colour, text);
    return whole;
  }
  std::string cut(text);
  const auto shorten = [&cut] {
    do {
      cut.pop_back();
    } while (!cut.empty() && (static_cast<unsigned char>(cut.back()) & 0xC0U) == 0x80U);
    if (!cut.empty() && static_cast<unsigned char>(cut.back()) >= 0xC0U) cut.pop_back();
  };
  while (!cut.empty() && size_of(font, cut + "…").x > width) shorten();
  cut += "…";
  put(font, at, colour, cut);
  return size_of(font, cut).x;
}

void line(ImFont* font, ImU32 colour, std::string_view text) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const bool cut = size_of(font, text).x > width;
  put_within(font, at, colour, text, width);
  ImGui::Dummy({width, font->FontSize});
  if (cut && ImGui::IsItemHovered()) {
    ImGui::BeginTooltip();
    ImGui::TextUnformatted(text.data(), text.data() + text.size());
    ImGui::EndTooltip();
  }
}

void paragraph(ImFont* font, ImU32 colour, std::string_view text) {
  ImGui::PushFont(font);
  ImGui::PushStyleColor(ImGuiCol_Text, colour);
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
  ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
  ImGui::PopFont();
}

void section(const Look& look, std::string_view text) {
  line(look.small_bold, ink(muted), text);
  space(look, 4);
}

void space(const Look& look, double logical) { ImGui::Dummy({1, look.px(logical)}); }

Hit hit(const Look& look, const char* id, ImVec2 size) {
  Hit out;
  out.min = ImGui::GetCursorScreenPos();
  out.max = {out.min.x + size.x, out.min.y + size.y};
  out.pressed = ImGui::InvisibleButton(id, {std::max(size.x, 1.0F), std::max(size.y, 1.0F)});
  out.hovered = ImGui::IsItemHovered();
  if (ImGui::IsItemFocused() && ImGui::GetIO().NavVisible) {
    ImGui::GetWindowDrawList()->AddRect(out.min, out.max, ink(render::house::selection), look.px(5),
                                        0, look.px(2));
  }
  return out;
}

Hit row(const Look& look, const char* id, bool chosen, ImVec2 size) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->ChannelsSplit(2);  // the background goes under what hit() draws, but is known only after
  list->ChannelsSetCurrent(1);
  const Hit out = hit(look, id, size);
  list->ChannelsSetCurrent(0);
  if (chosen || out.hovered) {
    list->AddRectFilled(out.min, out.max, ink(chosen ? shade::chosen : shade::over), look.px(5));
  }
  list->ChannelsMerge();
  return out;
}

bool button(const Look& look, const char* id, std::string_view text, ButtonKind kind, bool enabled,
            double least_width) {
  ImFont* font = kind == ButtonKind::primary ? look.body_bold : look.body;
  const ImVec2 words = size_of(font, text);
  const ImVec2 size(std::max(words.x + look.px(28), look.px(least_width)), look.px(32));
  if (!enabled) ImGui::BeginDisabled();
  const Hit h = hit(look, id, size);
  if (!enabled) ImGui::EndDisabled();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const double faint = enabled ? 1 : 0.45;
  const bool down = enabled && ImGui::IsItemActive();
  if (kind == ButtonKind::primary) {
    list->AddRectFilled(h.min, h.max, ink(accent, faint * (h.hovered || down ? 0.88 : 1)),
                        look.px(6));
  } else if (kind == ButtonKind::plain) {
    list->AddRectFilled(h.min, h.max, ink(h.hovered ? shade::trough : render::house::panel),
                        look.px(6));
    list->AddRect(h.min, h.max, ink(hairline), look.px(6), 0, look.px(1));
  } else if (h.hovered) {
    list->AddRectFilled(h.min, h.max, ink(shade::over), look.px(6));
  }
  const ImU32 colour =
      kind == ButtonKind::primary ? ink(render::house::panel) : ink(render::house::text, faint);
  put_centred(font, {(h.min.x + h.max.x) / 2, (h.min.y + h.max.y - words.y) / 2}, colour, text);
  return h.pressed && enabled;
}

bool input(const char* id, const std::string& hint, std::string& text, ImGuiInputTextFlags flags) {
  const auto grow = [](ImGuiInputTextCallbackData* data) {
    if (data->EventFlag == ImGuiInputTextFlags_CallbackResize) {
      auto& grown = *static_cast<std::string*>(data->UserData);
      grown.resize(static_cast<std::size_t>(data->BufTextLen));
      data->Buf = grown.data();
    }
    return 0;
  };
  return ImGui::InputTextWithHint(id, hint.c_str(), text.data(), text.capacity() + 1,
                                  flags | ImGuiInputTextFlags_CallbackResize, grow, &text);
}

void tip(const Look& look, std::string_view text) {
  ImGui::BeginTooltip();
  ImGui::PushFont(look.small);
  ImGui::PushTextWrapPos(look.px(360));
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
  ImGui::PopTextWrapPos();
  ImGui::PopFont();
  ImGui::EndTooltip();
}

bool begin_dialog(const Look& look, const char* id, double width, double height,
                  std::string_view title) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const ImVec2 size(std::min(look.px(width), screen.x - look.px(32)),
                    height > 0 ? std::min(look.px(height), screen.y - look.px(32)) : 0);
  if (!ImGui::IsPopupOpen(id)) ImGui::OpenPopup(id);
  ImGui::SetNextWindowPos({screen.x / 2, screen.y / 2}, ImGuiCond_Always, {0.5F, 0.5F});
  ImGui::SetNextWindowSize(size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {look.px(24), look.px(20)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, look.px(10));
  const bool open =
      ImGui::BeginPopupModal(id, nullptr,
                             ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize |
                                 ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopStyleVar(2);
  if (!open) return false;
  if (!title.empty()) {
    line(look.title_bold, ink(render::house::text), title);
    space(look, 8);
  }
  return true;
}

void end_dialog(const Look&) { ImGui::EndPopup(); }

void shut_dialog(const char* id) {
  if (!ImGui::IsPopupOpen(id)) return;
  ImGui::PushStyleVar(ImGuiStyleVar_Alpha, 0.001F);  // at 0 its content is skipped, closing too
  if (ImGui::BeginPopupModal(id, nullptr, ImGuiWindowFlags_NoDecoration)) {
    ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
}

}  // namespace app
