#include <cstdint>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/panels.hpp"

namespace app {
namespace {
void line_of(ImFont* font, render::Colour colour, const std::string& words) {
  ImGui::PushFont(font);
  ImGui::PushStyleColor(ImGuiCol_Text, ink(colour));
  ImGui::TextUnformatted(words.c_str());
  ImGui::PopStyleColor();
  ImGui::PopFont();
}
}  // namespace

void draw_point_hover(const AppState& s, const Look& look) {
  const Language l = s.view.language;
  const std::uint32_t point = *s.view.hovered_point;
  if (!s.points.layer.cloud || point >= s.points.layer.cloud->source.size()) return;
  const PointWords words =
      point_words(*s.dataset(), s.loaded->sources, s.points.layer.cloud->source[point], l);
  ImGui::BeginTooltip();
  line_of(look.body_bold, render::house::text, words.name);
  line_of(look.small, render::house::muted, words.place);
  space(look, 3);
  for (const std::string& told : words.lines) line_of(look.body, render::house::text, told);
  if (!words.source.empty()) line_of(look.small, render::house::muted, words.source);
  ImGui::EndTooltip();
}

void draw_hover(const AppState& s, const Look& look) {
  const data::Dataset& dataset = *s.dataset();
  const Figures& figures = *s.derived.figures;
  const data::Commune& commune = dataset.communes[s.view.hovered.value];
  const data::Gap& gap = figures.gaps[s.view.hovered.value];
  const data::Barriers& barriers = figures.barriers[s.view.hovered.value];
  const Language language = s.view.language;
  const auto muted = [&](const std::string& words) {
    line_of(look.small, render::house::muted, words);
  };
  ImGui::BeginTooltip();
  line_of(look.body_bold, render::house::text, commune.full_name);
  if (commune.district >= 0) {
    muted(say(language, "app.former_district",
              dataset.districts[static_cast<std::size_t>(commune.district)].name));
  }
  space(look, 3);
  if (gap.rate) {
    ImGui::PushFont(look.body_bold);
    const std::string rate = rate_text(figures.indicator, *gap.rate, language);
    ImGui::TextUnformatted(rate.c_str());
    ImGui::PopFont();
    ImGui::SameLine(0, look.px(8));
    ImGui::TextUnformatted(indicator_name(figures.indicator, language).c_str());
    if (gap.shortfall) {
      ImGui::TextUnformatted(
          say(language, "app.people_short", number(language, gap.shortfall->value)).c_str());
    }
  } else {
    ImGui::TextUnformatted(say(language, "app.status_not_reported").c_str());
  }
  if (barriers.no_grid > 0) {
    ImGui::TextUnformatted(say(language, "app.barrier_no_grid", barriers.no_grid).c_str());
  }
  if (barriers.weak_signal + barriers.no_signal > 0) {
    ImGui::TextUnformatted(
        say(language, "app.barrier_signal", barriers.weak_signal, barriers.no_signal).c_str());
  }
  if (gap.as_of) muted(freshness(gap, language));
  if (gap.status == data::Status::estimated) muted(say(language, "app.status_estimated"));
  ImGui::EndTooltip();
}

}  // namespace app
