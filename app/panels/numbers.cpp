#include <algorithm>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/panels.hpp"
#include "app/reasons.hpp"

namespace app {
namespace {
/// Warm below the commune's own target, the darker the further its class is from it; cool from
/// there on. Dark enough to be read on white.
render::Colour rate_colour(const Figures& figures, const data::Gap& gap) {
  if (!gap.achievement) return render::house::text;
  if (gap.achievement->value >= 1) return shade::cool;
  // The colours of other layers do not stand for classes of the rate.
  const auto at = figures.layer == MapLayer::gap ? figures.classes.of(gap.rate->value)
                                                 : std::optional<std::size_t>{};
  const bool dark = at && *at < figures.colours.size() && figures.colours[*at].r < 0xc0;
  return dark ? figures.colours[*at] : render::rgb(0xb3450a);
}
}  // namespace

/// A rate is coloured text, an achievement plain text over a gauge, people a number beside a circle
/// like those of the map: the three never look alike.
void draw_numbers(const AppState& s, const Look& look) {
  const data::Gap& gap = s.derived.chosen.gap;
  const Figures& figures = *s.derived.figures;
  const Language language = s.view.language;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, column = width / 3;
  const float caption = at.y + look.heading->FontSize + look.px(6);
  const std::string none = "–";
  ImDrawList* list = ImGui::GetWindowDrawList();
  const auto told = [&](int i, const std::string& words) {
    put_within(look.small, {at.x + column * static_cast<float>(i), caption},
               ink(render::house::muted), words, column - look.px(8));
  };

  put(look.heading_bold, at, gap.rate ? ink(rate_colour(figures, gap)) : ink(render::house::muted),
      gap.rate ? rate_text(figures.indicator, *gap.rate, language) : none);
  told(0, say(language, figures.indicator == data::Indicator::teams_per_1000 ? "app.per_1000"
                        : data::is_reported(figures.indicator)               ? "app.of_eligible"
                                                                             : "app.of_residents"));

  if (gap.target) {
    const ImVec2 second(at.x + column, at.y);
    put(look.heading, second, ink(gap.achievement ? render::house::text : render::house::muted),
        gap.achievement ? percent(language, gap.achievement->value) : none);
    const float gauge_top = at.y + look.heading->FontSize + look.px(1);
    const float gauge = std::min(column - look.px(16), look.px(110));
    list->AddRectFilled({second.x, gauge_top}, {second.x + gauge, gauge_top + look.px(4)},
                        ink(shade::trough), look.px(2));
    if (gap.achievement) {
      const float share = std::clamp(static_cast<float>(gap.achievement->value), 0.0F, 1.0F);
      list->AddRectFilled({second.x, gauge_top},
                          {second.x + std::max(gauge * share, look.px(2)), gauge_top + look.px(4)},
                          ink(gap.achievement->value >= 1 ? shade::cool : shade::gauge),
                          look.px(2));
    }
    told(1, say(language, "app.of_target", target_text(*gap.target, language)));

    const ImVec2 third(at.x + 2 * column, at.y);
    const float radius = look.px(7);
    list->AddCircle({third.x + radius, at.y + look.heading->FontSize / 2}, radius,
                    ink(render::house::text), 0, look.px(1.4));
    put(look.heading_bold, {third.x + look.px(22), at.y},
        ink(gap.shortfall ? shade::people : render::house::muted),
        gap.shortfall ? number(language, gap.shortfall->value) : none);
    told(2, say(language, "app.people_still_short"));
  } else if (gap.eligible) {
    put(look.heading, {at.x + column, at.y}, ink(render::house::text),
        number(language, gap.eligible->value));
    told(1, say(language, "app.people_counted"));
  }
  ImGui::Dummy({width, caption - at.y + look.small->FontSize});
}

}  // namespace app
