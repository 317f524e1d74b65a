#include "app/panels/draw.hpp"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <string>

#include "app/panels/imgui_versions.hpp"
#include "app/telex.hpp"

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

namespace {

/// Dear ImGui would also break after dots and commas, within "1.575". Only a word that is wider
/// than a line by itself is left to it.
std::string broken_at_spaces(const ImFont* font, std::string_view text, float width) {
  std::string out;
  const float blank = size_of(font, " ").x;
  float used = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
    const float word = size_of(font, text.substr(0, end)).x;
    if (used > 0 && used + word > width && out.back() == ' ') {
      out.back() = '\n';
      used = 0;
    }
    out += text.substr(0, end);
    used += word;
    if (end == text.size()) break;
    out += text[end];
    used = text[end] == '\n' ? 0 : used + blank;
    text.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace

void paragraph(ImFont* font, ImU32 colour, std::string_view text) {
  const std::string lines = broken_at_spaces(font, text, ImGui::GetContentRegionAvail().x - 1);
  ImGui::PushFont(font);
  ImGui::PushStyleColor(ImGuiCol_Text, colour);
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(lines.data(), lines.data() + lines.size());
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
  out.pressed = out.pressed || (!enter_presses_focused && ImGui::IsItemFocused() &&
                                ImGui::GetIO().NavVisible && key_pressed(ImGuiKey_Enter));
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

namespace {

/// The box of a choice among others.
void choice_box(const Look& look, const Hit& h, bool chosen, double round) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(h.min, h.max,
                      ink(chosen      ? shade::chosen
                          : h.hovered ? shade::over
                                      : render::house::panel),
                      look.px(round));
  list->AddRect(h.min, h.max, ink(chosen ? accent : hairline), look.px(round), 0, look.px(1));
}

}  // namespace

bool pill(const Look& look, const char* id, std::string_view text, bool chosen, ImVec2 size) {
  const Hit h = hit(look, id, size);
  choice_box(look, h, chosen, 5);
  const float width = std::min(size_of(look.small, text).x, size.x - look.px(8));
  const bool cut = size_of(look.small, text).x > width;
  put_within(look.small,
             {(h.min.x + h.max.x - width) / 2, (h.min.y + h.max.y - look.small->FontSize) / 2},
             ink(chosen ? accent : render::house::text), text, width + 1);
  if (cut && h.hovered) tip(look, text);
  return h.pressed;
}

bool tick(const Look& look, const char* id, std::string_view text, bool on, bool enabled) {
  const float box = look.px(16), height = look.px(26);
  if (!enabled) ImGui::BeginDisabled();
  const Hit h = row(look, id, false, {box + look.px(20) + size_of(look.body, text).x, height});
  if (!enabled) ImGui::EndDisabled();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const double faint = enabled ? 1 : 0.45;
  const ImVec2 at(h.min.x + look.px(4), h.min.y + (height - box) / 2);
  const ImVec2 end(at.x + box, at.y + box);
  if (on) {
    list->AddRectFilled(at, end, ink(accent, faint), look.px(3));
    const ImVec2 mark[] = {{at.x + box * 0.22F, at.y + box * 0.52F},
                           {at.x + box * 0.42F, at.y + box * 0.72F},
                           {at.x + box * 0.78F, at.y + box * 0.28F}};
    list->AddPolyline(mark, 3, ink(render::house::panel), 0, look.px(1.8));
  } else {
    list->AddRect(at, end, ink(muted, faint), look.px(3), 0, look.px(1.2));
  }
  put(look.body, {end.x + look.px(8), h.min.y + (height - look.body->FontSize) / 2},
      ink(render::house::text, faint), text);
  return h.pressed && enabled;
}

ChipPart chip(const Look& look, const char* id, std::string_view text, bool chosen, float most) {
  const float height = look.px(24), end = look.px(20);
  const float width = std::min(size_of(look.small, text).x + look.px(12) + end, most);
  const Hit h = hit(look, id, {width, height});
  ImDrawList* list = ImGui::GetWindowDrawList();
  choice_box(look, h, chosen, 12);
  const ImU32 colour = ink(chosen ? accent : render::house::text);
  const float room = width - look.px(10) - end;
  put_within(look.small, {h.min.x + look.px(10), h.min.y + (height - look.small->FontSize) / 2},
             colour, text, room + 1);
  if (h.hovered && size_of(look.small, text).x > room + 1) tip(look, text);
  const ImVec2 middle(h.max.x - end / 2 - look.px(2), h.min.y + height / 2);
  const bool on_cross = chosen && h.hovered && ImGui::GetIO().MousePos.x > h.max.x - end;
  const float r = look.px(3);
  if (chosen) {
    const ImU32 cross = ink(on_cross ? render::house::text : muted);
    list->AddLine({middle.x - r, middle.y - r}, {middle.x + r, middle.y + r}, cross, look.px(1.4));
    list->AddLine({middle.x - r, middle.y + r}, {middle.x + r, middle.y - r}, cross, look.px(1.4));
  } else {
    list->AddTriangleFilled({middle.x - r, middle.y - r / 2}, {middle.x + r, middle.y - r / 2},
                            {middle.x, middle.y + r}, ink(muted));
  }
  if (!h.pressed) return ChipPart::none;
  return on_cross ? ChipPart::cross : ChipPart::whole;
}

void dashes(ImVec2 from, ImVec2 to, ImU32 colour, float dash, float weight) {
  const float dx = to.x - from.x, dy = to.y - from.y;
  const float length = std::sqrt(dx * dx + dy * dy);
  if (!(length > 0)) return;
  const auto point = [&](float d) {
    return ImVec2(from.x + dx * d / length, from.y + dy * d / length);
  };
  for (float at = 0; at < length; at += dash * 1.7F) {
    ImGui::GetWindowDrawList()->AddLine(point(at), point(std::min(at + dash, length)), colour,
                                        weight);
  }
}

namespace {

bool telex_on = false;

/// Of the text field that has the keyboard, during one frame.
struct Typing {
  std::string& text;
  bool by_keys = false;  ///< not pasted
  std::string letters;   ///< come since the last frame

  void take(ImGuiInputTextCallbackData* data) {
    switch (data->EventFlag) {
      case ImGuiInputTextFlags_CallbackResize:
        text.resize(static_cast<std::size_t>(data->BufTextLen));
        data->Buf = text.data();
        break;
      case ImGuiInputTextFlags_CallbackCharFilter:
        letters += data->EventChar < 0x80 ? static_cast<char>(data->EventChar) : '\0';
        break;
      case ImGuiInputTextFlags_CallbackEdit:
        write_telex(data);
        break;
      default:
        break;
    }
  }
  void write_telex(ImGuiInputTextCallbackData* data) {
    const std::string before(data->Buf, static_cast<std::size_t>(data->CursorPos));
    if (!by_keys || letters.empty() || !std::string_view(before).ends_with(letters)) return;
    std::string after = before.substr(0, before.size() - letters.size());
    for (const char key : letters) after = telex_typed(after, key);
    if (after == before) return;
    data->DeleteChars(0, data->CursorPos);
    data->InsertChars(0, after.data(), after.data() + after.size());
    data->CursorPos = static_cast<int>(after.size());
  }
};

}  // namespace

void type_with_telex(bool on) { telex_on = on; }

bool input(const char* id, const std::string& hint, std::string& text, ImGuiInputTextFlags flags) {
  Typing typing{text, !ImGui::GetIO().InputQueueCharacters.empty(), {}};
  const auto call = [](ImGuiInputTextCallbackData* data) {
    static_cast<Typing*>(data->UserData)->take(data);
    return 0;
  };
  if (telex_on) flags |= ImGuiInputTextFlags_CallbackCharFilter | ImGuiInputTextFlags_CallbackEdit;
  return ImGui::InputTextWithHint(id, hint.c_str(), text.data(), text.capacity() + 1,
                                  flags | ImGuiInputTextFlags_CallbackResize, call, &typing);
}

void tip(const Look& look, std::string_view text) {
  ImGui::BeginTooltip();
  ImGui::PushFont(look.small);
  const float width = look.px(360);
  const std::string lines = broken_at_spaces(look.small, text, width - ImGui::GetCursorPosX() - 1);
  ImGui::PushTextWrapPos(width);
  ImGui::TextUnformatted(lines.data(), lines.data() + lines.size());
  ImGui::PopTextWrapPos();
  ImGui::PopFont();
  ImGui::EndTooltip();
}

void tip_above(const Look& look, std::string_view text, ImVec2 at) {
  ImGui::SetNextWindowPos({std::max(at.x, look.px(90)), at.y}, ImGuiCond_Always, {0.5F, 1});
  tip(look, text);
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

bool begin_aside(const Look& look, const char* id, Edge edge, double width,
                 std::string_view title) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float top = look.px(48), gap = look.px(8);
  const ImVec2 size(std::min(look.px(width), screen.x - 2 * gap), screen.y - top - 2 * gap);
  if (!ImGui::IsPopupOpen(id)) ImGui::OpenPopup(id);
  const float left = edge == Edge::left ? gap : screen.x - gap - size.x;
  ImGui::SetNextWindowPos({left, top + gap});
  ImGui::SetNextWindowSize(size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {look.px(20), look.px(18)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, look.px(10));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, look.px(1));  // white on white
  const bool open =
      ImGui::BeginPopupModal(id, nullptr,
                             ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize |
                                 ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopStyleVar(3);
  if (!open) return false;
  line(look.title_bold, ink(render::house::text), title);
  space(look, 6);
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
