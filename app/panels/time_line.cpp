#include <algorithm>
#include <cmath>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/panels.hpp"

namespace app {
namespace {

void play_button(const AppState& s, const Look& look, float middle, Commands& commands) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({at.x, middle - look.px(14)});
  const Hit h = hit(look, "play", {look.px(28), look.px(28)});
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (h.hovered) list->AddRectFilled(h.min, h.max, ink(shade::over), look.px(5));
  const float x = (h.min.x + h.max.x) / 2;
  const ImU32 colour = ink(render::house::text);
  if (s.playing) {
    list->AddRectFilled({x - look.px(5), middle - look.px(6)},
                        {x - look.px(1.5), middle + look.px(6)}, colour);
    list->AddRectFilled({x + look.px(1.5), middle - look.px(6)},
                        {x + look.px(5), middle + look.px(6)}, colour);
  } else {
    list->AddTriangleFilled({x - look.px(4), middle - look.px(6)}, {x + look.px(7), middle},
                            {x - look.px(4), middle + look.px(6)}, colour);
  }
  if (h.hovered) {
    tip_above(look, say(s.view.language, "app.action_play"),
              {x, ImGui::GetWindowPos().y - look.px(4)});
  }
  if (h.pressed) commands.emplace_back(command::Play{!s.playing});
}

/// Two weights in one line: how far along, and until when.
void told(const AppState& s, const Look& look, float left, float middle, float width) {
  const auto& dates = s.dataset()->dates;
  const Language language = s.view.language;
  const float top = middle - look.body->FontSize / 2;
  const std::string until = date(language, s.derived.figures->at);
  std::string before = say(language, "app.as_of_words") + " ";
  if (s.derived.date_index) {
    before = say(language, "app.report_number", *s.derived.date_index + 1, dates.size()) + " · " +
             before;
  }
  const float last = size_of(look.body_bold, until).x;
  const float used = put_within(look.body, {left, top}, ink(render::house::text), before,
                                std::max(width - last, look.px(20)));
  put(look.body_bold, {left + used, top}, ink(render::house::text), until);
}

void dots(const AppState& s, const Look& look, float left, float right, float middle,
          Commands& commands) {
  const auto& dates = s.dataset()->dates;
  if (dates.empty() || right - left < look.px(40)) return;
  const int days = std::max(1, dates.back() - dates.front());
  const auto x_of = [&](std::size_t i) {
    return dates.size() == 1
               ? right
               : left + (right - left) * static_cast<float>(dates[i] - dates.front()) /
                            static_cast<float>(days);
  };
  const auto nearest = [&](float x) {
    std::size_t best = 0;
    for (std::size_t i = 0; i < dates.size(); ++i) {
      if (std::abs(x_of(i) - x) < std::abs(x_of(best) - x)) best = i;
    }
    return best;
  };
  ImGui::SetCursorScreenPos({left - look.px(12), middle - look.px(16)});
  const Hit h = hit(look, "dates", {right - left + look.px(24), look.px(32)});
  const float mouse = ImGui::GetIO().MousePos.x;
  // Also on letting go: a fast drag ends between two frames.
  if (ImGui::IsItemActive() || ImGui::IsItemDeactivated()) {
    const std::size_t wanted = nearest(mouse);
    if (s.derived.date_index != wanted) commands.emplace_back(command::ChooseDate{wanted});
  }
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddLine({left, middle}, {right, middle}, ink(shade::rail), look.px(3));
  // Too many for a dot each: the line alone, and what is under the mouse is told.
  const bool roomy = (right - left) / static_cast<float>(dates.size()) > look.px(6);
  for (std::size_t i = 0; roomy && i < dates.size(); ++i) {
    list->AddCircleFilled({x_of(i), middle}, look.px(4), ink(shade::dot));
  }
  if (h.hovered) {
    const std::size_t under = nearest(mouse);
    list->AddCircleFilled({x_of(under), middle}, look.px(6), ink(shade::dot));
    tip_above(look, date(s.view.language, dates[under]),
              {x_of(under), ImGui::GetWindowPos().y - look.px(4)});
  }
  if (s.derived.date_index) {
    list->AddCircleFilled({x_of(*s.derived.date_index), middle}, look.px(9),
                          ink(render::house::selection));
  }
}

void totals(const AppState& s, const Look& look, float left, float middle, float width) {
  const data::Gap& total = s.derived.figures->total;
  const Language language = s.view.language;
  const float top = middle - look.small->FontSize / 2;
  float x = left;
  const auto part = [&](ImFont* font, const std::string& words) {
    x += put_within(font, {x, top},
                    ink(font == look.small_bold ? render::house::text : render::house::muted),
                    words, std::max(left + width - x, look.px(8)));
  };
  if (total.rate) {
    part(look.small_bold, rate_text(s.view.indicator, *total.rate, language));
    const std::string of = s.view.indicator == data::Indicator::teams_per_1000
                               ? say(language, "app.per_1000")
                           : data::is_reported(s.view.indicator) ? say(language, "app.total_rate")
                                                                 : say(language, "app.total_share");
    part(look.small, " " + of);
  } else {
    part(look.small, say(language, "app.status_not_reported"));
  }
  if (total.shortfall) {
    part(look.small, " · ");
    part(look.small_bold, number(language, total.shortfall->value));
    part(look.small, " " + say(language, "app.people_still_short"));
  }
  part(look.small, " · " + communes_of(total, s.derived.shown.size(), language));
}

}  // namespace

void draw_time_line(const AppState& s, const Look& look, Commands& commands) {
  if (!s.loaded) return;
  const ImVec2 origin = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  ImGui::GetWindowDrawList()->AddLine(origin, {origin.x + size.x, origin.y},
                                      ink(render::house::hairline), look.px(1));
  const float middle = origin.y + size.y / 2;
  const float rail = look.px(s.panels.rail_open ? s.panels.rail : 280);
  const float side = look.px(s.panels.side_open ? s.panels.side : 450);
  ImGui::SetCursorScreenPos({origin.x + look.px(12), middle});
  if (data::is_reported(s.view.indicator) && !s.dataset()->dates.empty()) {
    play_button(s, look, middle, commands);
    told(s, look, origin.x + look.px(44), middle, rail - look.px(56));
    dots(s, look, origin.x + rail + look.px(20), origin.x + size.x - side - look.px(40), middle,
         commands);
  } else {
    put_within(look.body, {origin.x + look.px(20), middle - look.body->FontSize / 2},
               ink(render::house::muted),
               data::is_reported(s.view.indicator) ? say(s.view.language, "app.no_reports_yet")
                                                   : say(s.view.language, "app.no_dates"),
               size.x - side - look.px(40));
  }
  totals(s, look, origin.x + size.x - side + look.px(20), middle, side - look.px(32));
}

}  // namespace app
