// A date in the boundaries of that day, or of today.
#include <algorithm>
#include <string>
#include <vector>

#include "app/panels/boundary_draw.hpp"
#include "app/panels/briefing_draw.hpp"
#include "app/panels/draw.hpp"
#include "app/panels/plan_draw.hpp"

namespace app {
namespace {

using namespace boundary_page;

std::string days_words(Language l, const data::UnitDays& days) {
  if (!days.from && !days.to) return say(l, "boundary.always");
  if (!days.to) return say(l, "boundary.since", date(l, *days.from));
  if (!days.from) return say(l, "boundary.until", date(l, *days.to));
  return date(l, *days.from) + " – " + date(l, *days.to);
}

/// The same day, in the same boundaries, on the map.
void show_on_map(const AppState& s, const State& p, Commands& commands) {
  const auto& days = s.dataset()->dates;
  const auto at = std::find(days.begin(), days.end(), p.date);
  if (at == days.end()) return;
  commands.emplace_back(command::ChooseMode{Mode::review});
  commands.emplace_back(command::ChooseDate{static_cast<std::size_t>(at - days.begin())});
  if (p.boundaries == data::Boundaries::then)
    commands.emplace_back(command::OpenFile{s.loaded->file, p.date});
}

void choices(const AppState& s, const State& p, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  std::vector<std::string> dates;
  std::size_t chosen = 0;
  for (std::size_t i = p.dates.size(); i-- > 0;) {
    if (p.date == p.dates[i]) chosen = dates.size();
    dates.push_back(date(l, p.dates[i]));
  }
  ImGui::BeginChild("choose", {look.px(330), look.px(34)}, false,
                    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  if (const auto taken = choice(look, "date", say(l, "boundary.date"), dates, chosen, true))
    ask(commands, ChooseDate{p.dates[p.dates.size() - 1 - *taken]});
  ImGui::EndChild();
  float buttons = look.px(96);
  for (const char* id : {"boundary.of_then", "boundary.of_today", "boundary.on_map"})
    buttons += size_of(look.body_bold, say(l, id)).x;
  if (ImGui::GetContentRegionAvail().x > look.px(330 + 24) + buttons) {
    ImGui::SameLine(0, look.px(24));
  } else {
    space(look, 2);
  }
  for (const auto& [boundaries, id] : {std::pair{data::Boundaries::then, "boundary.of_then"},
                                       std::pair{data::Boundaries::today, "boundary.of_today"}}) {
    const bool on = p.boundaries == boundaries;
    if (button(look, id, say(l, id), on ? ButtonKind::primary : ButtonKind::plain) && !on)
      ask(commands, ChooseBoundaries{boundaries});
    ImGui::SameLine(0, look.px(8));
  }
  ImGui::SameLine(0, look.px(16));
  if (button(look, "map", say(l, "boundary.on_map"), ButtonKind::plain, p.table && !s.job))
    show_on_map(s, p, commands);
}

}  // namespace

void draw_boundary_then(const AppState& s, const Look& look, Commands& commands) {
  const State& p = boundary_state(s);
  const Language l = s.view.language;
  if (p.dates.empty()) {
    paragraph(look.body, ink(render::house::muted), say(l, "boundary.no_dates"));
    return;
  }
  choices(s, p, look, commands);
  space(look, 6);
  if (!p.table) {
    paragraph(look.body, ink(render::house::muted), say(l, "boundary.reading"));
    return;
  }
  const ThenTable& t = *p.table;
  paragraph(
      look.body_bold, ink(render::house::text),
      say(l, "boundary.then_totals", t.rows.size(), number(l, t.eligible), number(l, t.activated)));
  paragraph(look.small, ink(render::house::muted), say(l, "boundary.then_hint", t.unknown));
  space(look, 8);
  const float width = ImGui::GetContentRegionAvail().x - look.px(16);
  // Where there is no room beside the name, its days stand below it.
  const bool narrow = width < look.px(660);
  const float height = look.px(narrow ? 42 : 25), number_width = look.px(narrow ? 86 : 112);
  const float name = narrow ? width - 3 * number_width : width * 0.25F;
  const float days = narrow ? 0 : width * 0.19F;
  const float from = width - name - days - 3 * number_width - look.px(16);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImU32 quiet = ink(render::house::muted), text = ink(render::house::text);
  put(look.small, {at.x + look.px(6), at.y}, quiet, say(l, "boundary.head_unit"));
  if (!narrow) put(look.small, {at.x + name, at.y}, quiet, say(l, "boundary.head_days"));
  const float numbers = at.x + name + days;
  float heads = 0, right = numbers;
  for (const char* head : {"boundary.eligible", "boundary.l2", "boundary.head_rate"})
    heads = std::max(heads, put_head(look, {right += number_width, at.y}, say(l, head),
                                     number_width - look.px(10)));
  if (from > look.px(40))
    put_within(look.small, {right + look.px(16), at.y}, quiet, say(l, "boundary.head_from"), from);
  ImGui::Dummy({width, heads + look.px(4)});
  ImGui::BeginChild("then", {0, 0});
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(t.rows.size()), height);
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const ThenRow& r = t.rows[static_cast<std::size_t>(i)];
      const ImVec2 o = ImGui::GetCursorScreenPos();
      const float y = o.y + (look.px(25) - look.body->FontSize) / 2;
      put_within(look.body, {o.x + look.px(6), y}, text, unit_words(r.days.code, r.name),
                 name - look.px(14));
      const ImVec2 below{narrow ? o.x + look.px(6) : o.x + name, y + look.px(narrow ? 18 : 1)};
      put_within(look.small, below, quiet, days_words(l, r.days),
                 (narrow ? name : days) - look.px(8));
      const float x = o.x + name + days;
      const std::string about = r.estimated ? "≈ " : "";
      const auto told = [&](float column, const std::optional<double>& people) {
        put_right(look.body, {x + column, y}, r.estimated ? ink(shade::chip_text) : text,
                  people ? about + number(l, *people) : "–");
      };
      told(number_width, r.eligible);
      told(2 * number_width, r.activated);
      if (r.eligible && r.activated && *r.eligible > 0)
        put_right(look.body, {x + 3 * number_width, y}, text,
                  percent(l, *r.activated / *r.eligible));
      std::string sources;
      for (const std::string& source : r.from) sources += (sources.empty() ? "" : ", ") + source;
      if (from > look.px(40))
        put_within(look.small, {x + 3 * number_width + look.px(16), y + look.px(1)}, quiet, sources,
                   from);
      ImGui::Dummy({width, height});
    }
  ImGui::EndChild();
}

}  // namespace app
