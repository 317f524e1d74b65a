#include <algorithm>
#include <cmath>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/drawer.hpp"
#include "app/panels/how.hpp"
#include "app/panels/plot.hpp"

namespace app {
namespace {

std::string axis_text(data::Indicator indicator, double value, Language language) {
  return indicator == data::Indicator::teams_per_1000 ? number(language, value, 1)
                                                      : percent(language, value, 0);
}

/// Which two are looked at, and what the lines say.
void choices(const AppState& s, const Look& look, Commands& commands) {
  const Language language = s.view.language;
  const auto choose = [&](const char* id, const std::string& label, data::Indicator now,
                          bool across) {
    line(look.small, ink(render::house::muted), label);
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
    if (!ImGui::BeginCombo(id, indicator_name(now, language).c_str())) return;
    for (const data::Indicator i : data::all_indicators) {
      if (!ImGui::Selectable(indicator_name(i, language).c_str(), i == now)) continue;
      commands.emplace_back(
          command::ChooseScatter{across ? i : s.scatter_x, across ? s.scatter_y : i});
    }
    ImGui::EndCombo();
  };
  choose("##x", say(language, "app.scatter_x"), s.scatter_x, true);
  space(look, 4);
  choose("##y", say(language, "app.scatter_y"), s.scatter_y, false);
  space(look, 8);
  const auto said = [&](const data::Regression& r, render::Colour colour, const std::string& who) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::GetWindowDrawList()->AddRectFilled(
        {at.x, at.y + look.small->FontSize / 2 - look.px(1)},
        {at.x + look.px(14), at.y + look.small->FontSize / 2 + look.px(1)}, ink(colour));
    ImGui::SetCursorScreenPos({at.x + look.px(20), at.y});
    line(look.small_bold, ink(render::house::text), who);
    line(look.small, ink(render::house::muted),
         say(language, "app.regression", number(language, r.r_squared, 2),
             number(language, static_cast<double>(r.pairs))));
    space(look, 3);
  };
  const Scatter& scatter = s.derived.scatter;
  if (scatter.all) said(*scatter.all, render::house::muted, say(language, "app.regression_all"));
  if (scatter.chosen) {
    said(*scatter.chosen, render::house::selection, say(language, "app.regression_chosen"));
  }
}

void regression(const Look& look, const Plot& p, const data::Regression& r, ImU32 colour) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->PushClipRect(p.min, p.max, true);
  list->AddLine({p.x(p.x0), p.y(r.intercept + r.slope * p.x0)},
                {p.x(p.x1), p.y(r.intercept + r.slope * p.x1)}, colour, look.px(1.6));
  list->PopClipRect();
}

/// A drag over the plot selects what lies in the box, a click the point under the mouse.
void take_mouse(const AppState& s, const Look& look, const Plot& p, Commands& commands) {
  const ImGuiIO& io = ImGui::GetIO();
  const auto& points = s.derived.scatter.points;
  const ScatterPoint* nearest = nullptr;
  float best = look.px(9);
  for (const ScatterPoint& point : points) {
    const float d = std::hypot(p.x(point.x) - io.MousePos.x, p.y(point.y) - io.MousePos.y);
    if (d < best) {
      best = d;
      nearest = &point;
    }
  }
  ImGui::SetCursorScreenPos(p.min);
  const Hit h = hit(look, "plot", {p.max.x - p.min.x, p.max.y - p.min.y});
  const ImVec2 from = io.MouseClickedPos[0], to = io.MousePos;
  const bool far = std::hypot(to.x - from.x, to.y - from.y) > look.px(4);
  if (ImGui::IsItemActive() && far) {
    ImGui::GetWindowDrawList()->AddRectFilled(from, to, ink(render::house::selection, 0.12));
    ImGui::GetWindowDrawList()->AddRect(from, to, ink(render::house::selection), 0, 0,
                                        look.px(1.5));
  }
  if (ImGui::IsItemDeactivated() && far) {
    std::vector<geo::UnitIndex> inside;
    for (const ScatterPoint& point : points) {
      const float x = p.x(point.x), y = p.y(point.y);
      if (x >= std::min(from.x, to.x) && x <= std::max(from.x, to.x) &&
          y >= std::min(from.y, to.y) && y <= std::max(from.y, to.y)) {
        inside.push_back(point.unit);
      }
    }
    commands.emplace_back(command::Select{inside, how_pressed(), false});
  } else if (h.pressed && !far) {
    commands.emplace_back(command::Select{
        nearest ? std::vector<geo::UnitIndex>{nearest->unit} : std::vector<geo::UnitIndex>{},
        how_pressed(), false});
  }
  if (!h.hovered || !nearest || ImGui::IsItemActive()) return;
  commands.emplace_back(command::Hover{nearest->unit});
  const Language language = s.view.language;
  tip(look, s.dataset()->communes[nearest->unit.value].full_name + "\n" +
                indicator_name(s.scatter_x, language) + ": " +
                axis_text(s.scatter_x, nearest->x, language) + "\n" +
                indicator_name(s.scatter_y, language) + ": " +
                axis_text(s.scatter_y, nearest->y, language));
}

}  // namespace

void draw_scatter(const AppState& s, const Look& look, Commands& commands) {
  const Language language = s.view.language;
  const ImVec2 room = ImGui::GetContentRegionAvail();
  ImGui::BeginChild("axes", {look.px(190), room.y});
  choices(s, look, commands);
  ImGui::EndChild();
  ImGui::SameLine(0, look.px(12));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const auto& points = s.derived.scatter.points;
  if (points.empty()) {
    line(look.body, ink(render::house::muted), say(language, "app.scatter_empty"));
    return;
  }
  Plot p;
  p.min = {at.x + look.px(46), at.y + look.px(4)};
  p.max = {at.x + width - look.px(14), at.y + room.y - look.px(22)};
  p.x0 = p.x1 = points.front().x;
  p.y0 = p.y1 = points.front().y;
  for (const ScatterPoint& point : points) {
    p.x0 = std::min(p.x0, point.x);
    p.x1 = std::max(p.x1, point.x);
    p.y0 = std::min(p.y0, point.y);
    p.y1 = std::max(p.y1, point.y);
  }
  const auto widen = [](double& low, double& high) {
    const double more = high > low ? (high - low) * 0.05 : 0.05;
    low -= more;
    high += more;
  };
  widen(p.x0, p.x1);
  widen(p.y0, p.y1);
  draw_y_axis(look, p, 5, [&](double v) { return axis_text(s.scatter_y, v, language); });
  draw_x_axis(look, p, 8, [&](double v) { return axis_text(s.scatter_x, v, language); });
  const Figures& f = *s.derived.figures;
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (s.derived.scatter.all) regression(look, p, *s.derived.scatter.all, ink(render::house::muted));
  if (s.derived.scatter.chosen) {
    regression(look, p, *s.derived.scatter.chosen, ink(render::house::selection));
  }
  for (const ScatterPoint& point : points) {
    const bool chosen =
        std::binary_search(s.view.selected.begin(), s.view.selected.end(), point.unit);
    const bool hovered = s.view.hovered == point.unit;
    const std::size_t unit = point.unit.value;
    const auto category = unit < f.category.size() ? f.category[unit] : std::nullopt;
    const render::Colour fill = category && *category < f.colours.size()
                                    ? f.colours[*category]
                                    : render::house::not_reported;
    const ImVec2 middle(p.x(point.x), p.y(point.y));
    const float radius = look.px(chosen || hovered ? 5.5 : 4.5);
    list->AddCircleFilled(middle, radius, ink(fill));
    list->AddCircle(middle, radius,
                    ink(chosen || hovered ? render::house::selection : render::house::muted), 0,
                    look.px(chosen || hovered ? 2.2 : 0.8));
  }
  take_mouse(s, look, p, commands);
}

}  // namespace app
