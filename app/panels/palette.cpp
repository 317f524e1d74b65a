#include <algorithm>
#include <string>

#include "app/actions.hpp"
#include "app/panels/draw.hpp"
#include "app/panels/imgui_versions.hpp"
#include "app/panels/panels.hpp"

namespace app {

void draw_palette(const AppState& s, const Look& look, Commands& commands) {
  if (!begin_dialog(look, "palette", 560, 460, "")) return;
  const auto choices = find_actions(s, s.palette);
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  std::string words = s.palette;
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  const bool entered = input("##words", say(s.view.language, "app.palette_hint"), words,
                             ImGuiInputTextFlags_EnterReturnsTrue);
  ImGuiStorage* kept = ImGui::GetStateStorage();
  const ImGuiID id = ImGui::GetID("at");
  int at = ImGui::IsWindowAppearing() || words != s.palette ? 0 : kept->GetInt(id);
  if (key_pressed(ImGuiKey_DownArrow)) ++at;
  if (key_pressed(ImGuiKey_UpArrow)) --at;
  at = std::clamp(at, 0, std::max(0, static_cast<int>(choices.size()) - 1));
  kept->SetInt(id, at);
  if (words != s.palette) commands.emplace_back(command::TypePalette{words});
  space(look, 4);
  const auto run = [&](const Action& action) {
    commands.emplace_back(command::CloseDialog{});
    commands.push_back(action.command);
  };
  if (entered && !choices.empty()) run(choices[static_cast<std::size_t>(at)]);
  ImGui::BeginChild("choices", {0, 0}, false, ImGuiWindowFlags_NoNav);
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const bool highlighted = static_cast<int>(i) == at;
    const float width = ImGui::GetContentRegionAvail().x, height = look.px(30);
    ImGui::PushID(static_cast<int>(i));
    const Hit h = row(look, "choice", highlighted, {width, height});
    ImGui::PopID();
    put_within(look.body, {h.min.x + look.px(10), h.min.y + (height - look.body->FontSize) / 2},
               ink(render::house::text), say(s.view.language, choices[i].name),
               width - look.px(110));
    put_right(look.small, {h.max.x - look.px(10), h.min.y + (height - look.small->FontSize) / 2},
              ink(render::house::muted), text(choices[i].shortcut));
    if (highlighted) ImGui::SetScrollHereY(0.5F);
    if (h.pressed) run(choices[i]);
  }
  ImGui::EndChild();
  end_dialog(look);
}

}  // namespace app
