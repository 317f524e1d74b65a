#include <string>

#include "app/actions.hpp"
#include "app/panels/draw.hpp"
#include "app/panels/panels.hpp"

namespace app {

void draw_menu(const AppState& s, const Look& look, Commands& commands) {
  if (!ImGui::BeginPopup("main menu")) return;
  const ImVec2 size(look.px(330), look.px(23));
  std::optional<MenuGroup> group;
  int id = 0;
  for (const Action& action : actions(s)) {
    if (action.group == MenuGroup::hidden) continue;
    if (group && *group != action.group) {
      const ImVec2 at = ImGui::GetCursorScreenPos();
      ImGui::GetWindowDrawList()->AddLine({at.x, at.y + look.px(4)},
                                          {at.x + size.x, at.y + look.px(4)},
                                          ink(render::house::hairline), look.px(1));
      space(look, 8);
    }
    group = action.group;
    ImGui::PushID(id++);
    if (!action.enabled) ImGui::BeginDisabled();
    const Hit h = row(look, "action", false, size);
    if (!action.enabled) ImGui::EndDisabled();
    ImGui::PopID();
    const float top = h.min.y + (size.y - look.body->FontSize) / 2;
    if (action.checked) {
      ImGui::GetWindowDrawList()->AddCircleFilled({h.min.x + look.px(11), h.min.y + size.y / 2},
                                                  look.px(3.5), ink(render::house::accent));
    }
    put_within(look.body, {h.min.x + look.px(24), top},
               ink(render::house::text, action.enabled ? 1 : 0.4),
               say(s.view.language, action.name), size.x - look.px(120));
    const std::string keys = text(action.shortcut);
    put_right(look.small, {h.max.x - look.px(8), h.min.y + (size.y - look.small->FontSize) / 2},
              ink(render::house::muted), keys);
    if (h.pressed && action.enabled) {
      commands.push_back(action.command);
      ImGui::CloseCurrentPopup();
    }
  }
  ImGui::EndPopup();
}

}  // namespace app
