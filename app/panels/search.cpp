#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/imgui_versions.hpp"
#include "app/panels/panels.hpp"

namespace app {
namespace {
std::string kind_name(Language language, FoundKind kind) {
  switch (kind) {
    case FoundKind::commune:
      return say(language, "app.found_commune");
    case FoundKind::district:
      return say(language, "app.found_district");
    case FoundKind::settlement:
      return say(language, "app.found_settlement");
    case FoundKind::team:
      return say(language, "app.found_team");
  }
  return {};
}

/// Answers whether the mouse is over the list.
bool results(const AppState& s, const Look& look, ImVec2 top_right, Commands& commands) {
  constexpr std::size_t most_shown = 12;
  const float width = look.px(420), height = look.px(34);
  ImGui::SetNextWindowPos({top_right.x - width - look.px(16), top_right.y + look.px(6)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {look.px(8), look.px(8)});
  ImGui::Begin("##found", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_AlwaysAutoResize |
                   ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoFocusOnAppearing |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav |
                   ImGuiWindowFlags_Tooltip);
  if (s.found.empty()) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    put(look.body, {at.x + look.px(10), at.y + look.px(6)}, ink(render::house::muted),
        say(s.view.language, "app.found_nothing"));
    ImGui::Dummy({width, height});
  }
  // The list moves so that the highlighted row stays in it.
  const std::size_t first = s.found_at < most_shown ? 0 : s.found_at - most_shown + 1;
  for (std::size_t i = first; i < s.found.size() && i < first + most_shown; ++i) {
    ImGui::PushID(static_cast<int>(i));
    const Hit h = row(look, "found", i == s.found_at, {width, height});
    ImGui::PopID();
    const Found& found = s.found[i];
    const float top = h.min.y + (height - look.body->FontSize) / 2;
    const std::string kind = kind_name(s.view.language, found.kind);
    const float kind_width = size_of(look.small, kind).x;
    const float room = width - kind_width - look.px(32);
    const float used = put_within(look.body_bold, {h.min.x + look.px(10), top},
                                  ink(render::house::text), found.name, room);
    if (room - used > look.px(40)) {
      put_within(look.small, {h.min.x + look.px(18) + used, top + look.px(2)},
                 ink(render::house::muted), found.detail, room - used - look.px(10));
    }
    put_right(look.small, {h.max.x - look.px(10), top + look.px(2)}, ink(render::house::muted),
              kind);
    // The press, not the release: by then the field has lost the keyboard and the list is gone.
    if (h.hovered && ImGui::IsMouseClicked(0)) commands.emplace_back(command::GoToFound{i});
  }
  const bool hovered = ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
  ImGui::End();
  ImGui::PopStyleVar();
  return hovered;
}
}  // namespace

void draw_search(const AppState& s, const Look& look, Commands& commands) {
  // Dear ImGui gives the field the keyboard a frame or two after it was asked.
  if (s.search_wanted) ImGui::SetKeyboardFocusHere();
  std::string words = s.search;
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                      {look.px(12), (look.px(30) - look.body->FontSize) / 2});
  // Its key says more than examples do where there is no room for both.
  const std::string whole = say(s.view.language, "app.search_hint");
  const bool fits = size_of(look.body, whole).x <= ImGui::CalcItemWidth() - look.px(24);
  const bool entered =
      input("##search", fits ? whole : say(s.view.language, "app.search_hint_short"), words,
            ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
  ImGui::PopStyleVar();
  const ImVec2 corner(ImGui::GetItemRectMax());
  const bool active = ImGui::IsItemActive();
  if (s.search_wanted && (active || s.dialog != Dialog::none))
    commands.emplace_back(command::WantSearch{false});
  if (entered && !s.found.empty()) {
    commands.emplace_back(command::GoToFound{s.found_at});
    return;
  }
  if (words != s.search && active) commands.emplace_back(command::TypeSearch{words});
  if (active && key_pressed(ImGuiKey_DownArrow)) commands.emplace_back(command::StepFound{1});
  if (active && key_pressed(ImGuiKey_UpArrow)) commands.emplace_back(command::StepFound{-1});
  if (s.search.empty() || s.dialog != Dialog::none) return;
  const bool over_list = results(s, look, corner, commands);
  if (!active && !over_list && ImGui::IsMouseClicked(0))
    commands.emplace_back(command::TypeSearch{});
}

}  // namespace app
