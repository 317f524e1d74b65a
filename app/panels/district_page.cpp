#include <algorithm>
#include <cmath>

#include "app/district_words.hpp"
#include "app/panels/briefing_draw.hpp"
#include "app/panels/draw.hpp"
#include "app/panels/imgui_versions.hpp"
#include "app/panels/page_ask.hpp"
#include "app/panels/panels.hpp"
#include "app/panels/plan_draw.hpp"

namespace app {
namespace {

using district_page::State;

constexpr double row_height = 30, head_height = 42;
constexpr ImGuiWindowFlags still =
    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;

const State* state_of(const AppState& s) { return s.entry.pages.district.get(); }

/// What is shown, and the way out on paper.
void heading(const AppState& s, const Look& look, const data::DistrictProgress& d,
             Commands& commands) {
  const Language l = s.view.language;
  const float width = ImGui::GetContentRegionAvail().x, height = look.px(32);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string out = say(l, "district.export");
  const float out_width = size_of(look.body, out).x + look.px(28);
  put_within(look.heading_bold, at, ink(render::house::text),
             d.name + " · " + say(l, "district.week_until", date(l, d.week)),
             width - out_width - look.px(16));
  ImGui::SetCursorScreenPos({at.x + width - out_width, at.y});
  if (button(look, "export", out, ButtonKind::plain, !d.units.empty(), 0))
    ask(commands, district_page::AskExport{});
  ImGui::SetCursorScreenPos({at.x, at.y + height});
  ImGui::Dummy({1, look.px(6)});
}

/// Which week, and whose units.
void choices(const AppState& s, const Look& look, const State& page, Commands& commands) {
  const Language l = s.view.language;
  const data::DistrictProgress& d = *page.progress;
  const float width = ImGui::GetContentRegionAvail().x, height = look.px(30);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float week_width = std::min(look.px(240), width * 0.44F);
  const float scope_width = std::min(look.px(350), width - week_width - look.px(18));

  ImGui::BeginChild("which week", {week_width, height}, false, still);
  std::vector<std::string> weeks;
  std::size_t week = 0;
  for (std::size_t i = 0; i < page.weeks.size(); ++i) {
    if (page.weeks[i] == d.week) week = i;
    weeks.push_back(date(l, page.weeks[i]));
  }
  if (const auto taken = choice(look, "week", say(l, "district.week"), weeks, week, true))
    ask(commands, district_page::ChooseWeek{page.weeks[*taken]});
  ImGui::EndChild();

  if (d.scopes.size() > 1) {
    ImGui::SetCursorScreenPos({at.x + week_width + look.px(18), at.y});
    ImGui::BeginChild("whose units", {scope_width, height}, false, still);
    std::vector<std::string> names;
    std::size_t scope = d.scopes.size();
    for (std::size_t i = 0; i < d.scopes.size(); ++i) {
      if (d.scopes[i].unit == d.of) scope = i;
      names.push_back(d.scopes[i].name);
    }
    if (const auto taken =
            choice(look, "scope", say(l, "district.scope"), names, scope, true, d.name))
      ask(commands, district_page::ChooseScope{d.scopes[*taken].unit});
    ImGui::EndChild();
  }
  ImGui::SetCursorScreenPos({at.x, at.y + height});
  ImGui::Dummy({1, look.px(10)});
}

/// The sums, large, side by side. A rate, an achievement and people do not look alike.
void sums(const AppState& s, const Look& look, const data::DistrictProgress& d) {
  const Language l = s.view.language;
  const data::ProgressSum& now = d.now;
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImFont* const large = width < look.px(640) ? look.title_bold : look.heading_bold;
  float x = at.x;
  const auto figure = [&](double share, const std::string& name, const std::string& value,
                          const std::string& unit, const std::string& note, render::Colour colour) {
    const float cell = width * static_cast<float>(share), room = cell - look.px(12);
    put_within(look.small_bold, {x, at.y}, ink(render::house::muted), name, room);
    const float wide = put_within(large, {x, at.y + look.px(18)}, ink(colour), value, room);
    const float left = room - wide - look.px(5);
    if (!unit.empty() && left >= size_of(look.small, unit).x)
      put(look.small,
          {x + wide + look.px(5),
           at.y + look.px(18) + large->FontSize * 0.84F - look.small->FontSize * 0.84F},
          ink(render::house::muted), unit);
    put_within(look.small, {x, at.y + look.px(48)}, ink(render::house::muted), note, room);
    x += cell;
  };
  const std::size_t silent = d.units.size() - d.reported;
  const bool any = now.counted > 0;
  const std::string people = say(l, "district.people");
  figure(0.22, say(l, "district.figure_reported"),
         say(l, "district.figure_of_units", d.reported, d.units.size()), say(l, "district.units"),
         silent > 0 ? say(l, "district.figure_silent", silent) : say(l, "district.figure_all"),
         silent > 0 ? shade::people : shade::cool);
  figure(0.24, say(l, "district.figure_l2"), any ? number(l, now.activated.value) : "–",
         any ? people : "",
         now.change ? say(l, "district.figure_change", change_text(now.change, l)) : "",
         render::house::text);
  figure(0.15, say(l, "district.figure_rate"), share_text(now.rate, l), "",
         now.points ? say(l, "district.figure_points", points_text(now.points, l)) : "",
         render::house::text);
  figure(0.18, say(l, "district.figure_achievement"), share_text(now.achievement, l), "",
         now.target ? say(l, "district.figure_target", percent(l, *now.target, 0))
                    : say(l, "district.figure_no_target"),
         shade::gauge);
  figure(0.21, say(l, "district.figure_missing"), people_text(now.missing, l),
         now.missing ? people : "", now.missing ? say(l, "district.figure_missing_of") : "",
         shade::people);
  ImGui::Dummy({width, look.px(66)});
  if (d.latest.counted > now.counted) {
    // What the others had last; the first sum is of the week alone.
    line(look.small, ink(render::house::muted),
         say(l, "district.latest_line", d.latest.counted - now.counted,
             number(l, d.latest.activated.value), share_text(d.latest.rate, l),
             people_text(d.latest.missing, l)));
  }
  space(look, 8);
}

/// Right edges of the columns of numbers, left edges of those with words; 0: there is no room, and
/// the number stands beside the list alone.
struct Columns {
  float number = 0, name = 0, about = 0, about_room = 0, l2 = 0, change = 0, rate = 0, points = 0,
        achievement = 0, missing = 0, end = 0;
};
Columns columns(const Look& look, float width) {
  Columns c;
  c.number = c.name = look.px(30);
  c.end = width - look.px(8);
  const float cell = std::clamp(width * 0.088F, look.px(62), look.px(84));
  float left = c.end;
  const auto column = [&](float& right, float more = 0) {
    right = left;
    left -= cell + look.px(more);
  };
  column(c.missing, 4);
  if (width >= look.px(560)) column(c.achievement, 20);
  if (width >= look.px(700)) column(c.points);
  column(c.rate);
  if (width >= look.px(480)) column(c.change);
  column(c.l2);
  const float words = left - c.number;
  c.about = c.number + words * 0.53F;
  c.about_room = left - c.about + look.px(4);
  return c;
}

void heads(const AppState& s, const Look& look, const Columns& c, ImVec2 at) {
  const Language l = s.view.language;
  const float bottom = at.y + look.px(head_height) - look.px(6), line = look.small->FontSize;
  const auto right = [&](float x, const std::string& words) {
    if (x <= 0) return;
    const std::size_t cut = words.find('\n');
    put_right(look.small_bold, {at.x + x, bottom - 2 * line}, ink(render::house::muted),
              words.substr(0, cut));
    if (cut != std::string::npos)
      put_right(look.small, {at.x + x, bottom - line}, ink(render::house::muted),
                words.substr(cut + 1));
  };
  put(look.small_bold, {at.x + c.name, bottom - line}, ink(render::house::muted),
      say(l, "district.head_unit"));
  put(look.small_bold, {at.x + c.about, bottom - line}, ink(render::house::muted),
      say(l, "district.head_about"));
  right(c.l2, say(l, "district.head_l2_short"));
  right(c.change, say(l, "district.head_change_short"));
  right(c.rate, say(l, "district.head_rate_short"));
  right(c.points, say(l, "district.head_points_short"));
  right(c.achievement, say(l, "district.head_achievement_short"));
  right(c.missing, say(l, "district.head_missing_short"));
  ImGui::GetWindowDrawList()->AddLine({at.x, at.y + look.px(head_height) - 1},
                                      {at.x + c.end, at.y + look.px(head_height) - 1},
                                      ink(render::house::muted), look.px(1));
}

std::string about(const State& page, const data::UnitProgress& u, Language l) {
  if (u.questions.empty()) return say(l, "district.nothing_to_ask");
  const std::size_t all = u.questions.size(), ticked = page.ticked_of(u);
  if (ticked == all) return say(l, "district.all_asked");
  std::string name = ask_name(u.questions.front().ask, l);
  if (u.weeks_silent && *u.weeks_silent > 1)
    name = say(l, "district.silent_weeks", *u.weeks_silent);
  if (ticked > 0) return say(l, "district.some_asked", name, ticked, all);
  return all > 1 ? say(l, "district.more_questions", name, all - 1) : name;
}

/// A thin bar below the number: how much of the target is reached.
void reached(const Look& look, float left, float right, float y, double share) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float height = look.px(3);
  list->AddRectFilled({left, y}, {right, y + height}, ink(shade::trough));
  const float filled = (right - left) * static_cast<float>(std::clamp(share, 0.0, 1.0));
  list->AddRectFilled({left, y}, {left + filled, y + height},
                      ink(share >= 1 ? shade::cool : shade::gauge));
}

void unit_row(const AppState& s, const Look& look, const State& page, const Columns& c,
              std::size_t i, Commands& commands) {
  const Language l = s.view.language;
  const data::UnitProgress& u = page.progress->units[i];
  const bool chosen = page.chosen == u.unit;
  const float height = look.px(row_height);
  ImGui::PushID(static_cast<int>(i));
  const Hit h = row(look, "unit", chosen, {c.end, height});
  ImGui::PopID();
  if (h.pressed) ask(commands, district_page::ChooseUnit{u.unit});
  const float x = h.min.x, y = h.min.y + (height - look.body->FontSize) / 2;
  const float y_small = h.min.y + (height - look.small->FontSize) / 2;
  put_right(look.small, {x + c.number - look.px(8), y_small}, ink(render::house::muted),
            std::to_string(i + 1));
  put_within(chosen ? look.body_bold : look.body, {x + c.name, y}, ink(render::house::text), u.name,
             c.about - c.name - look.px(10));
  const std::string what = about(page, u, l);
  const bool open = !u.questions.empty() && page.ticked_of(u) < u.questions.size();
  const bool grave = open && u.questions.front().ask < data::Ask::let_stand;
  put_within(look.body, {x + c.about, y},
             ink(grave  ? shade::people
                 : open ? shade::chip_text
                        : render::house::muted),
             what, c.about_room);
  const auto value = [&](float right, const std::string& text, render::Colour colour) {
    if (right <= 0) return;
    // Of an older report: smaller, in brackets, as the week's table has it.
    const bool fresh = u.counted;
    const bool none = text == "–";
    put_right(fresh ? look.body : look.small, {x + right, fresh ? y : y_small},
              ink(fresh && !none ? colour : render::house::muted),
              fresh || none ? text : "(" + text + ")");
  };
  const bool met = u.missing && u.missing->value <= 0;
  value(c.l2, people_text(u.activated, l), render::house::text);
  value(c.change, u.counted ? change_text(u.change, l) : "–",
        u.change && u.change->value < 0 ? shade::people : render::house::muted);
  value(c.rate, share_text(u.rate, l), met ? shade::cool : render::house::text);
  value(c.points, u.counted ? points_text(u.points, l) : "–",
        u.points && *u.points < 0 ? shade::people : render::house::muted);
  value(c.achievement, share_text(u.achievement, l), shade::gauge);
  if (u.achievement && u.counted && c.achievement > 0)
    reached(look, x + c.achievement - look.px(64), x + c.achievement, h.max.y - look.px(5),
            u.achievement->value);
  value(c.missing, people_text(u.missing, l), met ? render::house::muted : shade::people);
  ImGui::GetWindowDrawList()->AddLine({x, h.max.y}, {x + c.end, h.max.y},
                                      ink(render::house::hairline), look.px(1));
}

/// The chosen row stays in sight when the keyboard moves it.
void follow(const Look& look, const State& page) {
  const data::UnitProgress* unit = page.unit();
  if (unit == nullptr) return;
  const int at = static_cast<int>(unit - page.progress->units.data());
  ImGuiStorage* kept = ImGui::GetStateStorage();
  const ImGuiID last = ImGui::GetID("last row");
  if (kept->GetInt(last, -1) == at) return;
  kept->SetInt(last, at);
  const float top = look.px(row_height) * static_cast<float>(at);
  const float scroll = ImGui::GetScrollY(), room = ImGui::GetWindowHeight();
  if (top < scroll) ImGui::SetScrollY(top);
  if (top + look.px(row_height) > scroll + room)
    ImGui::SetScrollY(top + look.px(row_height) - room);
}

void questions(const AppState& s, const Look& look, const State& page, const data::UnitProgress& u,
               Commands& commands) {
  const Language l = s.view.language;
  section(look, say(l, "district.side_heading"));
  if (u.questions.empty())
    paragraph(look.body, ink(render::house::muted), say(l, "district.side_none_to_ask"));
  for (std::size_t i = 0; i < u.questions.size(); ++i) {
    const data::Question& q = u.questions[i];
    const std::string key = district_page::tick_key(u, q);
    const bool on = page.ticked.contains(key);
    ImGui::PushID(static_cast<int>(i));
    if (tick(look, "asked", ask_name(q.ask, l), on)) ask(commands, district_page::Tick{key});
    ImGui::PopID();
    paragraph(look.body, ink(on ? render::house::muted : render::house::text),
              question_text(q, u, l));
    space(look, 8);
  }
}

void numbers(const AppState& s, const Look& look, const data::UnitProgress& u) {
  const Language l = s.view.language;
  section(look, say(l, "district.side_numbers"));
  const float width = ImGui::GetContentRegionAvail().x, height = look.px(24);
  const float now = width, last = width - look.px(96);
  ImVec2 at = ImGui::GetCursorScreenPos();
  put_right(look.small, {at.x + last, at.y}, ink(render::house::muted),
            say(l, "district.side_last"));
  put_right(look.small, {at.x + now, at.y}, ink(render::house::muted),
            u.counted ? say(l, "district.side_now") : say(l, "district.side_newest"));
  at.y += look.px(20);
  const auto both = [&](const std::string& name, const std::string& before,
                        const std::string& value) {
    put_within(look.body, at, ink(render::house::text), name, last - look.px(70));
    put_right(look.body, {at.x + last, at.y}, ink(render::house::muted), before);
    put_right(look.body_bold, {at.x + now, at.y}, ink(render::house::text), value);
    at.y += height;
  };
  const auto one = [&](const std::string& name, const std::string& value, render::Colour colour) {
    const float wide = size_of(look.body_bold, value).x;
    put_within(look.body, at, ink(render::house::text), name, width - wide - look.px(8));
    put_right(look.body_bold, {at.x + now, at.y}, ink(colour), value);
    at.y += height;
  };
  both(say(l, "district.side_l2"), u.counted ? people_text(u.before, l) : "–",
       people_text(u.activated, l));
  both(say(l, "district.side_rate"), u.counted ? share_text(u.rate_before, l) : "–",
       share_text(u.rate, l));
  int lines = 2;
  if (u.change) {
    one(say(l, "district.side_change"),
        say(l, "district.side_change_value", change_text(u.change, l), points_text(u.points, l)),
        u.change->value < 0 ? shade::people : render::house::text);
    ++lines;
  }
  if (u.achievement) {
    one(say(l, "district.side_target", percent(l, *u.target, 0)), share_text(u.achievement, l),
        shade::gauge);
    one(say(l, "district.side_missing"), say(l, "district.side_people", people_text(u.missing, l)),
        u.missing->value > 0 ? shade::people : shade::cool);
    lines += 2;
  }
  ImGui::Dummy({width, look.px(20) + height * static_cast<float>(lines)});
}

}  // namespace

void draw_district_page(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const State* page = state_of(s);
  if (page == nullptr || !page->progress) {
    line(look.body, ink(render::house::muted), say(l, "district.reading"));
    return;
  }
  const data::DistrictProgress& d = *page->progress;
  heading(s, look, d, commands);
  choices(s, look, *page, commands);
  if (d.units.empty()) {
    line(look.body, ink(render::house::muted), say(l, "district.no_units", d.name));
    return;
  }
  sums(s, look, d);
  const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  const Columns c = columns(look, room.x - look.px(10));
  heads(s, look, c, at);
  const float foot = look.px(24), head = look.px(head_height);
  ImGui::SetCursorScreenPos({at.x, at.y + head});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  ImGui::BeginChild("units", {room.x, std::max(room.y - head - foot, look.px(60))}, false,
                    ImGuiWindowFlags_NoNav);
  follow(look, *page);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(d.units.size()), look.px(row_height));
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
      unit_row(s, look, *page, c, static_cast<std::size_t>(i), commands);
  ImGui::EndChild();
  ImGui::PopStyleVar(2);
  put_within(look.small, {at.x, at.y + room.y - look.small->FontSize - look.px(2)},
             ink(render::house::muted), say(l, "district.hint"), room.x);
}

void draw_district_side(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const State* page = state_of(s);
  const data::UnitProgress* u = page == nullptr ? nullptr : page->unit();
  if (u == nullptr) return;
  paragraph(look.heading_bold, ink(render::house::text), u->name);
  std::string below = u->district;
  const auto add = [&](const std::string& words) { below += (below.empty() ? "" : " · ") + words; };
  if (u->last_at)
    add(say(l, "district.side_since", date(l, *u->last_at)));
  else
    add(say(l, "entry.never_reported"));
  paragraph(look.small, ink(render::house::muted), below);
  space(look, 12);
  questions(s, look, *page, *u, commands);
  space(look, 6);
  numbers(s, look, *u);
  space(look, 8);
  if (button(look, "table", say(l, "district.go_to_table"), ButtonKind::primary))
    ask(commands, district_page::GoToTable{});
}

}  // namespace app
