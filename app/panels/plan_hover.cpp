#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/panels.hpp"
#include "app/plan_words.hpp"

namespace app {
namespace {

void words(ImFont* font, render::Colour colour, const std::string& text) {
  ImGui::PushFont(font);
  ImGui::PushStyleColor(ImGuiCol_Text, ink(colour));
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopStyleColor();
  ImGui::PopFont();
}

}  // namespace

void draw_plan_hover(const AppState& s, const Look& look) {
  const Language l = s.view.language;
  const PlanDesk& p = s.plan;
  const auto& rows = p.rows_shown();
  if (!p.hovered || *p.hovered >= rows.size() || p.drag) return;
  const PlanRow& r = rows[*p.hovered];
  const data::PlanBasis& basis = *p.shown->ground->basis;
  const auto& communes = basis.dataset->communes;
  ImGui::BeginTooltip();
  words(look.body_bold, render::house::text,
        communes[r.home.value].name + " → " + communes[r.commune.value].name);
  words(look.small, render::house::muted, say(l, "plan.row_teams", r.teams, r.team_days));
  space(look, 3);
  words(look.body, render::house::text,
        say(l, "plan.row_way", number(l, static_cast<double>(r.km)),
            number(l, static_cast<double>(r.hours), 1)));
  if (r.generators > 0)
    words(look.body, render::house::text, say(l, "plan.row_generators", r.generators));
  if (r.routers > 0) words(look.body, render::house::text, say(l, "plan.row_routers", r.routers));
  words(look.body_bold, render::house::accent, say(l, "plan.row_people", number(l, r.people)));
  const data::Gap& gap = basis.gaps[r.commune.value];
  if (gap.shortfall)
    words(look.small, render::house::muted,
          say(l, "plan.of_short", number(l, gap.shortfall->value)));
  if (gap.status == data::Status::estimated)
    words(look.small, render::house::muted, say(l, "plan.estimated"));
  if (gap.status == data::Status::silent)
    words(look.small, render::house::muted, say(l, "plan.silent"));
  words(look.small, render::house::muted, say(l, "plan.map_hint"));
  ImGui::EndTooltip();
}

void draw_plan_drag(const AppState& s, const Look& look, Commands& commands) {
  const PlanDesk& p = s.plan;
  if (!p.drag || !s.loaded || !p.shown) return;
  const ImGuiIO& io = ImGui::GetIO();
  const ImVec2 origin = ImGui::GetWindowPos(), size = ImGui::GetWindowSize(),
               ratio = io.DisplayFramebufferScale, mouse = io.MousePos;
  const geo::Land& land = *s.loaded->land;
  const auto pixel = [&](geo::UnitIndex unit) {
    const render::PixelPoint at = s.camera.to_pixel(land.labels[unit.value].point);
    return ImVec2(origin.x + static_cast<float>(at.x) / ratio.x,
                  origin.y + static_cast<float>(at.y) / ratio.y);
  };
  const bool over_map = mouse.x >= origin.x && mouse.y >= origin.y && mouse.x < origin.x + size.x &&
                        mouse.y < origin.y + size.y;
  const render::PixelPoint at{static_cast<double>((mouse.x - origin.x) * ratio.x),
                              static_cast<double>((mouse.y - origin.y) * ratio.y)};
  const bool far = io.MouseDragMaxDistanceSqr[0] > look.px(6) * look.px(6);
  if (!io.MouseDown[0]) {
    commands.emplace_back(over_map && far ? command::OfPlan{plan::Drop{at}}
                                          : command::OfPlan{plan::Drag{}});
    if (over_map && !far) commands.emplace_back(command::SelectAt{at});
    return;
  }
  if (!far) return;
  const geo::UnitIndex to = over_map ? geo::unit_at(land, s.camera.to_map(at)) : geo::UnitIndex{};
  ImDrawList* list = ImGui::GetForegroundDrawList();
  list->AddLine(pixel(p.drag->home), mouse, ink(render::house::accent, 0.85), look.px(3));
  list->AddCircleFilled(mouse, look.px(6), ink(to.valid() ? render::house::selection : shade::dot));
  const std::string& home = s.dataset()->communes[p.drag->home.value].name;
  tip(look, to.valid() ? say(s.view.language, "plan.send_there", home,
                             s.dataset()->communes[to.value].name)
                       : say(s.view.language, "plan.send_nowhere"));
}

}  // namespace app
