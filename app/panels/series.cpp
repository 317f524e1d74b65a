#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/panels/draw.hpp"
#include "app/panels/panels.hpp"
#include "app/reasons.hpp"

namespace app {

/// The rate over the report dates with the target as a line: dots where a report came, gaps where
/// there was none yet.
void draw_series(const AppState& s, const Look& look) {
  const auto& series = s.derived.chosen.series;
  const auto& dates = s.dataset()->dates;
  if (series.empty() && s.derived.figures->early) {
    space(look, 4);  // the room that it will take, so that nothing jumps when it comes
    const float top = ImGui::GetCursorPosY();
    line(look.small, ink(render::house::muted), say(s.view.language, "app.all_dates_not_yet"));
    ImGui::SetCursorPosY(top);
    ImGui::Dummy({1, look.px(76)});
    return;
  }
  if (series.size() < 2 || series.size() != dates.size()) return;
  space(look, 4);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = look.px(76);
  const float left = at.x, right = at.x + width - look.px(8);
  const float top = at.y + look.px(16), bottom = at.y + height - look.px(4);
  const std::optional<double> target = s.derived.chosen.gap.target;
  double most = target.value_or(0);
  for (const data::Gap& gap : series) most = std::max(most, gap.rate ? gap.rate->value : 0);
  if (most <= 0) most = 1;
  const int days = std::max(1, dates.back() - dates.front());
  const auto x_of = [&](std::size_t i) {
    return left +
           (right - left) * static_cast<float>(dates[i] - dates.front()) / static_cast<float>(days);
  };
  const auto y_of = [&](double rate) {
    return bottom - (bottom - top) * static_cast<float>(rate / most);
  };
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddLine({left, bottom}, {right, bottom}, ink(render::house::hairline), look.px(1));
  if (target) {
    const float y = y_of(*target);
    for (float x = left; x < right; x += look.px(8)) {
      list->AddLine({x, y}, {std::min(x + look.px(5), right), y}, ink(shade::cool), look.px(1.3));
    }
    put_right(look.small, {right, y - look.small->FontSize}, ink(shade::cool),
              say(s.view.language, "app.target", target_text(*target, s.view.language)));
  }
  std::vector<ImVec2> run;
  const auto flush = [&] {
    if (run.size() > 1) {
      list->AddPolyline(run.data(), static_cast<int>(run.size()), ink(render::house::selection), 0,
                        look.px(1.8));
    } else if (run.size() == 1) {
      list->AddCircleFilled(run[0], look.px(2), ink(render::house::selection));
    }
    run.clear();
  };
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (series[i].rate) {
      run.push_back({x_of(i), y_of(series[i].rate->value)});
    } else {
      flush();
    }
  }
  flush();
  if (s.derived.date_index && series[*s.derived.date_index].rate) {
    list->AddCircleFilled(
        {x_of(*s.derived.date_index), y_of(series[*s.derived.date_index].rate->value)}, look.px(4),
        ink(render::house::selection));
  }
  ImGui::Dummy({width, height});
  if (ImGui::IsItemHovered()) {
    std::size_t nearest = 0;
    const float mouse = ImGui::GetIO().MousePos.x;
    for (std::size_t i = 0; i < dates.size(); ++i) {
      if (std::abs(x_of(i) - mouse) < std::abs(x_of(nearest) - mouse)) nearest = i;
    }
    const data::Gap& gap = series[nearest];
    tip(look, date(s.view.language, dates[nearest]) + " · " +
                  (gap.rate ? rate_text(s.view.indicator, *gap.rate, s.view.language)
                            : say(s.view.language, "app.status_not_reported")));
  }
}

}  // namespace app
