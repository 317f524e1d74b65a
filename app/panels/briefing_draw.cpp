#include "app/panels/briefing_draw.hpp"

#include <algorithm>
#include <cmath>

namespace app {

std::optional<std::size_t> choice(const Look& look, const char* id, std::string_view name,
                                  const std::vector<std::string>& values, std::size_t chosen,
                                  bool enabled, const std::string& shown) {
  ImGui::PushID(id);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = look.px(28);
  const float left = std::min(look.px(128), width * 0.36F);
  put_within(look.body, {at.x, at.y + (height - look.body->FontSize) / 2},
             ink(render::house::muted), name, left - look.px(6));
  ImGui::SetCursorScreenPos({at.x + left, at.y});
  if (!enabled) ImGui::BeginDisabled();
  const Hit h = hit(look, "choice", {width - left, height});
  if (!enabled) ImGui::EndDisabled();
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (enabled) {
    list->AddRectFilled(h.min, h.max, ink(h.hovered ? shade::over : render::rgb(0xf3f4f6)),
                        look.px(6));
    const float x = h.max.x - look.px(12), y = (h.min.y + h.max.y) / 2, r = look.px(3.5);
    list->AddTriangleFilled({x - r, y - r / 2}, {x + r, y - r / 2}, {x, y + r},
                            ink(render::house::muted));
  }
  const std::string& text = chosen < values.size() ? values[chosen] : shown;
  const float room = width - left - look.px(32);
  put_within(look.body, {h.min.x + look.px(10), h.min.y + (height - look.body->FontSize) / 2},
             ink(render::house::text, enabled ? 1 : 0.6), text, room);
  if (h.hovered && size_of(look.body, text).x > room) tip(look, text);
  if (h.pressed && enabled) ImGui::OpenPopup("list");
  std::optional<std::size_t> out;
  const float row_height = look.px(27);
  const float wanted =
      static_cast<float>(values.size()) * (row_height + ImGui::GetStyle().ItemSpacing.y) +
      look.px(22);
  ImGui::SetNextWindowSize({width - left, std::min(wanted, look.px(330))});
  ImGui::SetNextWindowPos({h.min.x, h.max.y + look.px(3)}, ImGuiCond_Appearing);
  if (ImGui::BeginPopup("list", ImGuiWindowFlags_NoMove)) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      ImGui::PushID(static_cast<int>(i));
      const float row_width = ImGui::GetContentRegionAvail().x;
      const Hit r = row(look, "value", i == chosen, {row_width, row_height});
      if (i == chosen && ImGui::IsWindowAppearing()) {
        ImGui::SetItemDefaultFocus();
        ImGui::SetScrollHereY(0.5F);
      }
      ImGui::PopID();
      put_within(look.body,
                 {r.min.x + look.px(8), r.min.y + (row_height - look.body->FontSize) / 2},
                 ink(render::house::text), values[i], row_width - look.px(16));
      if (r.hovered && size_of(look.body, values[i]).x > row_width - look.px(16))
        tip(look, values[i]);
      if (!r.pressed) continue;
      if (i != chosen) out = i;
      ImGui::CloseCurrentPopup();
    }
    ImGui::EndPopup();
  }
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({width, height + look.px(3)});
  ImGui::PopID();
  return out;
}

std::vector<std::string> two_lines(const ImFont* font, const std::string& text, float width) {
  if (size_of(font, text).x <= width) return {text};
  std::size_t end = 0;
  for (std::size_t at = text.find(' '); at != std::string::npos; at = text.find(' ', at + 1)) {
    if (size_of(font, std::string_view(text).substr(0, at)).x > width) break;
    end = at;
  }
  if (end == 0) return {text};
  return {text.substr(0, end), text.substr(end + 1)};
}

bool input_lines(const Look& look, const char* id, const std::string& hint, std::string& text,
                 ImVec2 size) {
  const auto grow = [](ImGuiInputTextCallbackData* data) {
    if (data->EventFlag == ImGuiInputTextFlags_CallbackResize) {
      auto& grown = *static_cast<std::string*>(data->UserData);
      grown.resize(static_cast<std::size_t>(data->BufTextLen));
      data->Buf = grown.data();
    }
    return 0;
  };
  // Dear ImGui breaks no lines while it lets one type; what only stands there is shown whole.
  ImGui::PushID(id);
  ImGuiStorage* kept = ImGui::GetStateStorage();
  const ImGuiID typing_id = ImGui::GetID("typing");
  const bool typing = kept->GetBool(typing_id);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (!typing) ImGui::PushStyleColor(ImGuiCol_Text, 0);
  const bool changed = ImGui::InputTextMultiline("##lines", text.data(), text.capacity() + 1, size,
                                                 ImGuiInputTextFlags_CallbackResize, grow, &text);
  if (!typing) ImGui::PopStyleColor();
  kept->SetBool(typing_id, ImGui::IsItemActive());
  if (!typing) {
    const ImVec2 padding = ImGui::GetStyle().FramePadding;
    const std::string& words = text.empty() ? hint : text;
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->PushClipRect(at, {at.x + size.x, at.y + size.y}, true);
    list->AddText(look.body, look.body->FontSize, {at.x + padding.x, at.y + padding.y},
                  ink(text.empty() ? render::house::muted : render::house::text), words.data(),
                  words.data() + words.size(), size.x - 2 * padding.x);
    list->PopClipRect();
  }
  ImGui::PopID();
  return changed;
}

std::string seconds_text(double seconds, Language language) {
  const auto whole = static_cast<long long>(std::llround(seconds));
  if (whole < 60) return say(language, "app.briefing_seconds", whole);
  if (whole % 60 == 0) return say(language, "app.briefing_minutes", whole / 60);
  return say(language, "app.briefing_minutes_seconds", whole / 60, whole % 60);
}

}  // namespace app
