#include <algorithm>
#include <cmath>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/drawer.hpp"
#include "app/panels/plot.hpp"
#include "app/reasons.hpp"

namespace app {
namespace {

/// Told apart by colour-blind eyes too (Okabe and Ito); the total is the dark one.
constexpr render::Colour line_colours[] = {
    render::rgb(0x0072b2), render::rgb(0xd55e00), render::rgb(0x009e73), render::rgb(0xcc79a7),
    render::rgb(0x56b4e9), render::rgb(0xb58900), render::rgb(0x6a3d9a), render::rgb(0x7f7f7f)};

std::string name_of(const AppState& s, const TimeLine& t) {
  return t.unit.valid() ? s.dataset()->communes[t.unit.value].name
                        : say(s.view.language, "app.time_all");
}

bool silent(const data::Gap& gap) { return gap.parts_silent > 0 && gap.parts_silent == gap.parts; }

}  // namespace

void draw_time_chart(const AppState& s, const Look& look, Commands& commands) {
  const Language language = s.view.language;
  const auto& dates = s.dataset()->dates;
  const auto& lines = s.derived.time_lines;
  if (lines.empty() || dates.size() < 2) {
    line(look.body, ink(render::house::muted),
         s.derived.figures->early && dates.size() > 1 ? say(language, "app.all_dates_not_yet")
         : data::is_reported(s.view.indicator)        ? say(language, "app.no_reports_yet")
                                                      : say(language, "app.no_dates"));
    return;
  }
  const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  const float names = look.px(150);
  Plot p;
  p.min = {at.x + look.px(44), at.y + look.px(6)};
  p.max = {at.x + room.x - names, at.y + room.y - look.px(22)};
  p.x1 = std::max(1, dates.back() - dates.front());
  const std::optional<double> target = s.derived.chosen.gap.target;
  double most = target.value_or(0);
  for (const TimeLine& t : lines) {
    for (const data::Gap& gap : t.series) most = std::max(most, gap.rate ? gap.rate->value : 0);
  }
  p.y1 = most > 0 ? most * 1.08 : 1;
  const auto x_of = [&](std::size_t i) { return p.x(dates[i] - dates.front()); };
  draw_y_axis(look, p, 5, [&](double v) { return percent(language, v, 0); });
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddLine({p.min.x, p.max.y}, {p.max.x, p.max.y}, ink(render::house::hairline), look.px(1));
  float last_word = -1e9F;
  for (std::size_t i = 0; i < dates.size(); ++i) {
    const std::string words = date(language, dates[i]);
    const float half = size_of(look.small, words).x / 2;
    if (x_of(i) - half < last_word + look.px(14) || x_of(i) + half > p.max.x + look.px(30))
      continue;
    put_centred(look.small, {x_of(i), p.max.y + look.px(4)}, ink(render::house::muted), words);
    last_word = x_of(i) + half;
  }
  if (target) {
    dashes({p.min.x, p.y(*target)}, {p.max.x, p.y(*target)}, ink(shade::cool), look.px(5),
           look.px(1.4));
    put(look.small, {p.min.x + look.px(6), p.y(*target) - look.small->FontSize}, ink(shade::cool),
        say(language, "app.target", target_text(*target, language)));
  }
  if (s.derived.date_index) {
    const float x = x_of(*s.derived.date_index);
    list->AddLine({x, p.min.y}, {x, p.max.y}, ink(render::house::selection, 0.35), look.px(1.5));
  }
  // Names stand at the ends of their lines, moved apart where they would meet.
  std::vector<std::pair<float, std::size_t>> ends;
  for (std::size_t l = 0; l < lines.size(); ++l) {
    const TimeLine& t = lines[l];
    const bool all = !t.unit.valid();
    const render::Colour colour =
        all ? render::house::text : line_colours[(l + 7) % std::size(line_colours)];
    const float weight = look.px(all || s.view.hovered == t.unit ? 2.6 : 1.7);
    std::optional<ImVec2> before;
    for (std::size_t i = 0; i < t.series.size() && i < dates.size(); ++i) {
      if (!t.series[i].rate) continue;  // the line goes on over a week without a number, dashed
      const ImVec2 here(x_of(i), p.y(t.series[i].rate->value));
      if (before && silent(t.series[i])) {
        dashes(*before, here, ink(colour), look.px(4), weight);
      } else if (before) {
        list->AddLine(*before, here, ink(colour), weight);
      } else {
        list->AddCircleFilled(here, weight, ink(colour));
      }
      before = here;
    }
    if (before) ends.emplace_back(before->y, l);
  }
  std::sort(ends.begin(), ends.end());
  float free_from = at.y;
  for (const auto& [y, l] : ends) {
    const TimeLine& t = lines[l];
    const float top = std::max(y - look.small->FontSize / 2, free_from);
    free_from = top + look.small->FontSize;
    if (free_from > at.y + room.y) break;
    const render::Colour colour =
        !t.unit.valid() ? render::house::text : line_colours[(l + 7) % std::size(line_colours)];
    ImGui::SetCursorScreenPos({p.max.x + look.px(8), top});
    ImGui::PushID(static_cast<int>(l));
    const Hit h = hit(look, "name", {names - look.px(12), look.small->FontSize});
    ImGui::PopID();
    put_within(t.unit.valid() ? look.small : look.small_bold, {h.min.x, top}, ink(colour),
               name_of(s, t), names - look.px(12));
    if (h.hovered && t.unit.valid()) commands.emplace_back(command::Hover{t.unit});
  }
  // The date under the mouse: what each line says there; a click goes to that date.
  ImGui::SetCursorScreenPos(p.min);
  const Hit h = hit(look, "chart", {p.max.x - p.min.x, p.max.y - p.min.y});
  if (!h.hovered) return;
  std::size_t nearest = 0;
  const float mouse = ImGui::GetIO().MousePos.x;
  for (std::size_t i = 0; i < dates.size(); ++i) {
    if (std::abs(x_of(i) - mouse) < std::abs(x_of(nearest) - mouse)) nearest = i;
  }
  list->AddLine({x_of(nearest), p.min.y}, {x_of(nearest), p.max.y}, ink(render::house::muted, 0.6),
                look.px(1));
  std::string words = date(language, dates[nearest]);
  for (const TimeLine& t : lines) {
    if (nearest >= t.series.size()) continue;
    const data::Gap& gap = t.series[nearest];
    words += "\n" + name_of(s, t) + ": " +
             (gap.rate ? rate_text(s.view.indicator, *gap.rate, language)
                       : say(language, "app.status_word_not_reported"));
    if (gap.rate && silent(gap)) words += " · " + say(language, "app.status_word_silent");
  }
  tip(look, words);
  if (h.pressed) commands.emplace_back(command::ChooseDate{nearest});
}

}  // namespace app
