#include "app/panels/plan_draw.hpp"

#include <algorithm>

#include "app/panels/draw.hpp"

namespace app {

int small_stepper(const Look& look, const char* id, const std::string& value, float width,
                  bool less, bool more) {
  ImGui::PushID(id);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = look.px(26), box = look.px(24);
  const auto one = [&](const char* sign, float x, bool enabled) {
    ImGui::SetCursorScreenPos({x, at.y + look.px(1)});
    if (!enabled) ImGui::BeginDisabled();
    const Hit h = row(look, sign, false, {box, box});
    if (!enabled) ImGui::EndDisabled();
    const ImVec2 m((h.min.x + h.max.x) / 2, (h.min.y + h.max.y) / 2);
    const float r = look.px(4.5);
    const ImU32 colour = ink(render::house::accent, enabled ? 1 : 0.3);
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddLine({m.x - r, m.y}, {m.x + r, m.y}, colour, look.px(1.6));
    if (sign[0] == '+') list->AddLine({m.x, m.y - r}, {m.x, m.y + r}, colour, look.px(1.6));
    return h.pressed && enabled;
  };
  int by = 0;
  if (one("-", at.x, less)) by = -1;
  put_centred(look.body, {at.x + width / 2, at.y + (height - look.body->FontSize) / 2},
              ink(render::house::text), value);
  if (one("+", at.x + width - box, more)) by = 1;
  ImGui::PopID();
  return by;
}

int stepper(const Look& look, const char* id, std::string_view name, const std::string& value,
            bool less, bool more) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = look.px(26);
  const float steps =
      2 * look.px(24) + std::max(look.px(44), size_of(look.body, value).x + look.px(8));
  const float room = width - steps - look.px(6);
  ImFont* font = size_of(look.body, name).x > room ? look.small : look.body;
  put_within(font, {at.x, at.y + (height - font->FontSize) / 2}, ink(render::house::text), name,
             room);
  const bool cut = size_of(font, name).x > room;
  ImGui::SetCursorScreenPos({at.x + width - steps, at.y});
  const int by = small_stepper(look, id, value, steps, less, more);
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({width, height});
  if (cut && ImGui::IsItemHovered()) tip(look, name);
  return by;
}

bool slim_slider(const Look& look, const char* id, std::string_view name, double& value,
                 std::string_view note) {
  line(look.body, ink(render::house::text), name);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  // Dear ImGui's own, for mouse and keys; what is seen of it is drawn over it.
  ImGui::PushStyleColor(ImGuiCol_FrameBg, 0);
  ImGui::PushStyleColor(ImGuiCol_FrameBgHovered, 0);
  ImGui::PushStyleColor(ImGuiCol_FrameBgActive, 0);
  ImGui::PushStyleColor(ImGuiCol_SliderGrab, 0);
  ImGui::PushStyleColor(ImGuiCol_SliderGrabActive, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0, look.px(1)});
  ImGui::PushStyleVar(ImGuiStyleVar_GrabMinSize, look.px(12));
  auto shown = static_cast<float>(value);
  ImGui::SetNextItemWidth(width);
  const bool pulled = ImGui::SliderFloat(id, &shown, 0, 1, "",
                                         ImGuiSliderFlags_AlwaysClamp | ImGuiSliderFlags_NoInput);
  ImGui::PopStyleVar(3);
  ImGui::PopStyleColor(5);
  const bool hovered = ImGui::IsItemHovered(), active = ImGui::IsItemActive();
  if (pulled) value = static_cast<double>(static_cast<int>(shown * 100 + 0.5F)) / 100;
  const float middle = (ImGui::GetItemRectMin().y + ImGui::GetItemRectMax().y) / 2;
  const float knob = look.px(7);
  const float x = at.x + knob + (width - 2 * knob) * static_cast<float>(value);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled({at.x, middle - look.px(2)}, {at.x + width, middle + look.px(2)},
                      ink(shade::trough), look.px(2));
  list->AddRectFilled({at.x, middle - look.px(2)}, {x, middle + look.px(2)},
                      ink(render::house::selection), look.px(2));
  list->AddCircleFilled({x, middle}, active || hovered ? knob + look.px(1) : knob,
                        ink(render::house::selection));
  if (hovered && !active && !note.empty()) tip(look, note);
  space(look, 2);
  return pulled;
}

bool link(const Look& look, const char* id, std::string_view text) {
  const ImVec2 words = size_of(look.small, text);
  const Hit h = hit(look, id, {words.x, words.y + look.px(4)});
  put(look.small, {h.min.x, h.min.y + look.px(2)},
      ink(h.hovered ? render::house::selection : render::house::accent), text);
  return h.pressed;
}

bool arrow(const Look& look, const char* id, bool right, bool enabled) {
  const float side = look.px(24);
  if (!enabled) ImGui::BeginDisabled();
  const Hit h = row(look, id, false, {side, side});
  if (!enabled) ImGui::EndDisabled();
  const ImVec2 m((h.min.x + h.max.x) / 2, (h.min.y + h.max.y) / 2);
  const float r = look.px(4), to = right ? r : -r;
  const ImVec2 points[] = {{m.x - to / 2, m.y - r}, {m.x + to / 2, m.y}, {m.x - to / 2, m.y + r}};
  ImGui::GetWindowDrawList()->AddPolyline(points, 3, ink(render::house::accent, enabled ? 1 : 0.3),
                                          0, look.px(1.8));
  return h.pressed && enabled;
}

}  // namespace app
