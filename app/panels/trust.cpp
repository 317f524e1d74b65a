#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/panels.hpp"
#include "app/reasons.hpp"

namespace app {

/// How far the number can be trusted and what it is held against, in a line or two.
void draw_trust(const AppState& s, const Look& look) {
  const Language l = s.view.language;
  const Chosen& chosen = s.derived.chosen;
  const data::Gap& gap = chosen.gap;
  const ImU32 muted = ink(render::house::muted);
  if (gap.target) {
    const std::string target = target_text(*gap.target, l);
    line(look.small, muted,
         chosen.target_of.empty() ? say(l, "app.target_of_several", target)
                                  : say(l, "app.target_of", target, chosen.target_of));
  }
  std::string words;
  if (chosen.interval) {
    words = say(l, "app.interval", number(l, chosen.interval->low * 100, 1),
                percent(l, chosen.interval->high));
  }
  if (gap.unreached) {
    words +=
        (words.empty() ? "" : " · ") + say(l, "app.unreached", number(l, gap.unreached->value));
  }
  if (!words.empty()) {
    line(look.small, muted, words);
    if (chosen.interval && ImGui::IsItemHovered()) tip(look, say(l, "app.interval_note"));
  }
  const bool rate_above = gap.rate && data::is_reported(s.view.indicator) && gap.rate->value > 1;
  const bool above = gap.achievement && gap.achievement->value > 1;
  if (!rate_above && !above) return;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string flag =
      rate_above ? say(l, "app.flag_rate_above", rate_text(s.view.indicator, *gap.rate, l))
                 : say(l, "app.flag_above", percent(l, gap.achievement->value, 2));
  const float width = ImGui::GetContentRegionAvail().x, height = look.px(22);
  const float used = std::min(size_of(look.small_bold, flag).x + look.px(16), width);
  ImGui::GetWindowDrawList()->AddRectFilled(at, {at.x + used, at.y + height},
                                            ink(rate_above ? shade::chip : render::rgb(0xdff3ec)),
                                            look.px(11));
  put_within(look.small_bold, {at.x + look.px(8), at.y + (height - look.small_bold->FontSize) / 2},
             ink(rate_above ? shade::chip_text : render::rgb(0x0f6b53)), flag, used - look.px(12));
  ImGui::Dummy({width, height + look.px(2)});
}

}  // namespace app
