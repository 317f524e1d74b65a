#include <algorithm>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/panels.hpp"

namespace app {
namespace {
std::string need_text(Language language, const NeedCount& need) {
  switch (need.need) {
    case Need::own_sim:
      return say(language, "app.need_own_sim");
    case Need::smartphone:
      return say(language, "app.need_smartphone");
    case Need::away:
      return say(language, "app.need_away");
    case Need::signal:
      return say(language, "app.need_signal", need.settlements);
    case Need::electricity:
      return say(language, "app.need_electricity", need.settlements);
  }
  return {};
}
}  // namespace

void draw_needs(const AppState& s, const Look& look) {
  const auto& needs = s.derived.chosen.needs;
  if (needs.empty()) return;
  const Language language = s.view.language;
  space(look, 12);
  section(look, say(language, "app.heading_needs"));
  if (ImGui::IsItemHovered()) tip(look, say(language, "app.needs_note"));
  const float width = ImGui::GetContentRegionAvail().x, longest = width * 0.34F;
  for (const NeedCount& need : needs) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float bar =
        std::max(longest * static_cast<float>(need.people / needs.front().people), look.px(3));
    const float height = look.px(22), top = at.y + look.px(3);
    ImGui::GetWindowDrawList()->AddRectFilled({at.x, top}, {at.x + bar, at.y + height - look.px(3)},
                                              ink(shade::bar), look.px(2));
    put_within(look.body, {at.x + bar + look.px(10), at.y + (height - look.body->FontSize) / 2},
               ink(render::house::text),
               need_text(language, need) + " · " + number(language, need.people),
               width - bar - look.px(10));
    ImGui::Dummy({width, height});
  }
}

}  // namespace app
