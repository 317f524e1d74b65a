#include "app/panels/drawer.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "app/panels/draw.hpp"
#include "app/panels/histogram.hpp"
#include "app/panels/imgui_versions.hpp"

namespace app {
namespace {

void tabs(const AppState& s, const Look& look, Commands& commands) {
  const Language language = s.view.language;
  const ImVec2 origin = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddLine(origin, {origin.x + size.x, origin.y}, ink(render::house::hairline), look.px(1));
  const float height = look.px(drawer_tabs);
  const std::pair<Drawer, std::string> all[] = {
      {Drawer::table, say(language, "app.drawer_table")},
      {Drawer::histogram, say(language, "app.drawer_histogram")},
      {Drawer::scatter, say(language, "app.drawer_scatter")},
      {Drawer::time, say(language, "app.drawer_time")}};
  // On a narrow map names move together, then are cut: the last stays clear of the ×.
  float words = 0;
  for (const auto& [drawer, name] : all) words += size_of(look.body_bold, name).x;
  const float room = size.x - look.px(12 + (s.drawer == Drawer::none ? 4 : 42));
  const float pad = std::clamp((room - words) / 8, look.px(4), look.px(12));
  const float fit = std::min(1.0F, std::max(0.0F, room - 8 * pad) / std::max(words, 1.0F));
  float x = origin.x + look.px(12);
  const auto tab = [&](Drawer drawer, const std::string& name) {
    const bool open = s.drawer == drawer;
    ImFont* font = open ? look.body_bold : look.body;
    const float own = size_of(look.body_bold, name).x;
    const float name_width = std::floor(own * fit), width = name_width + 2 * pad;
    ImGui::SetCursorScreenPos({x, origin.y + look.px(1)});
    ImGui::PushID(static_cast<int>(drawer));
    const Hit h = hit(look, "tab", {width, height - look.px(1)});
    ImGui::PopID();
    put_within(font, {x + pad, origin.y + (height - font->FontSize) / 2},
               ink(open        ? render::house::accent
                   : h.hovered ? render::house::text
                               : render::house::muted),
               name, name_width + 1);
    if (h.hovered && fit < 1) tip(look, name);
    if (open) {
      const float end = pad * 2 / 3;
      list->AddRectFilled({x + end, origin.y + height - look.px(2.5)},
                          {x + width - end, origin.y + height}, ink(render::house::accent));
    }
    if (h.pressed) commands.emplace_back(command::OpenDrawer{drawer});
    x += width;
  };
  for (const auto& [drawer, name] : all) tab(drawer, name);
  if (s.drawer == Drawer::none) return;
  list->AddLine({origin.x, origin.y + height}, {origin.x + size.x, origin.y + height},
                ink(render::house::hairline), look.px(1));
  ImGui::SetCursorScreenPos({origin.x + size.x - look.px(38), origin.y + look.px(2)});
  const Hit close = row(look, "close", false, {look.px(28), height - look.px(4)});
  const ImVec2 middle((close.min.x + close.max.x) / 2, (close.min.y + close.max.y) / 2);
  const float r = look.px(4);
  list->AddLine({middle.x - r, middle.y - r}, {middle.x + r, middle.y + r},
                ink(render::house::muted), look.px(1.4));
  list->AddLine({middle.x - r, middle.y + r}, {middle.x + r, middle.y - r},
                ink(render::house::muted), look.px(1.4));
  if (close.hovered) tip(look, say(language, "app.drawer_close"));
  if (close.pressed) commands.emplace_back(command::OpenDrawer{Drawer::none});
}

}  // namespace

void draw_drawer(const AppState& s, const Look& look, Commands& commands) {
  if (!s.loaded || !s.derived.figures) return;
  tabs(s, look, commands);
  if (s.drawer == Drawer::none) return;
  const ImVec2 origin = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  const float top = look.px(drawer_tabs + 1);
  if (size.y - top < look.px(40)) return;
  ImGui::SetCursorScreenPos({origin.x, origin.y + top});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {look.px(12), look.px(8)});
  begin_padded_child("drawn");
  ImGui::PopStyleVar();
  const float height = ImGui::GetContentRegionAvail().y;
  switch (s.drawer) {
    case Drawer::none:
      break;
    case Drawer::table:
      draw_commune_table(s, look, commands);
      break;
    case Drawer::histogram:
      draw_histogram(s, look, height, true, commands);
      break;
    case Drawer::scatter:
      draw_scatter(s, look, commands);
      break;
    case Drawer::time:
      draw_time_chart(s, look, commands);
      break;
  }
  ImGui::EndChild();
}

}  // namespace app
