#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/panels.hpp"
#include "app/reasons.hpp"
#include "data/indicator.hpp"

namespace app {
namespace {

std::string indicator_said(const std::string& id, Language l) {
  const auto known = data::indicator_by_id(id);
  return known ? indicator_name(*known, l) : id;
}

std::string day_said(const std::string& as_of, Language l) {
  const auto day = geo::parse_date(as_of);
  return day ? date(l, *day) : as_of;
}

void one(const AppState& s, const Look& look, std::size_t group, const data::RivalFigures& rivals,
         std::size_t index, Commands& commands) {
  const Language l = s.view.language;
  const data::Figure& f = s.dataset()->figures[index];
  const bool chosen = rivals.chosen && rivals.figures[*rivals.chosen] == index;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = look.px(38);
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (chosen) {
    list->AddRectFilled({at.x - look.px(6), at.y}, {at.x + width + look.px(6), at.y + height},
                        ink(shade::chosen), look.px(5));
  }
  const std::string use = chosen ? say(l, "app.figure_chosen") : say(l, "app.figure_use");
  const float button_width = size_of(look.small, use).x + look.px(18);
  const float room = width - button_width - look.px(10);
  const float value = put_within(look.body_bold, {at.x, at.y + look.px(1)},
                                 ink(render::house::text), figure_text(f, l), room * 0.6F);
  put_within(look.small, {at.x + value + look.px(8), at.y + look.px(3)}, ink(render::house::muted),
             f.as_of.empty() ? "" : say(l, "app.figure_as_of", day_said(f.as_of, l)),
             room - value - look.px(8));
  put_within(look.small, {at.x, at.y + look.px(19)}, ink(render::house::muted),
             chosen && !rivals.reason.empty() ? say(l, "app.figure_reason", rivals.reason)
                                              : f.source_document,
             room);
  ImGui::SetCursorScreenPos({at.x + width - button_width, at.y + look.px(7)});
  ImGui::PushID(static_cast<int>(index));
  const bool pressed = pill(look, "use", use, chosen, {button_width, look.px(24)});
  if (ImGui::IsItemHovered()) {
    tip(look, f.source_document + (f.note.empty() ? "" : "\n" + f.note) +
                  (chosen ? "\n" + say(l, "app.figure_withdraw_hint") : ""));
  }
  ImGui::PopID();
  if (pressed) {
    commands.emplace_back(command::AskFigure{group, chosen ? std::nullopt : std::optional(index)});
  }
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({width, height});
}

}  // namespace

/// What others have published about the same, side by side, and which of it is to be shown.
void draw_rivals(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const auto& all = s.derived.rivals;
  if (all.empty()) return;
  space(look, 10);
  section(look, say(l, "app.heading_figures"));
  for (std::size_t g = 0; g < all.size(); ++g) {
    const data::RivalFigures& rivals = all[g];
    ImGui::PushID(static_cast<int>(g));
    line(look.small_bold, ink(render::house::text),
         rivals.scope + " · " + indicator_said(rivals.indicator, l));
    if (rivals.contradict) {
      line(look.small, ink(shade::chip_text), say(l, "app.figures_contradict"));
    }
    for (const std::size_t index : rivals.figures) one(s, look, g, rivals, index, commands);
    ImGui::PopID();
    space(look, 4);
  }
}

}  // namespace app
