#include <algorithm>
#include <cmath>
#include <string>

#include "app/file_names.hpp"
#include "app/panels/history_parts.hpp"
#include "app/panels/list_draw.hpp"
#include "app/panels/plan_draw.hpp"

namespace app {

using namespace history_page;
using render::house::muted;
using render::house::text;

namespace {

std::string people_text(Language l, const std::optional<data::People>& people) {
  return people ? number(l, people->value) : say(l, "history.none");
}
std::string rate_text(Language l, const data::Gap& gap) {
  return gap.rate ? percent(l, gap.rate->value) : say(l, "history.none");
}
std::string achieved_text(Language l, const data::Gap& gap) {
  return gap.achievement ? percent(l, gap.achievement->value) : say(l, "history.none");
}
std::string place_name(Language l, const std::string& name) {
  return name.empty() ? say(l, "history.no_district") : name;
}

/// One moment that is typed, with what is wrong with it.
void moment(const AppState& s, const Look& look, const char* id, const std::string& name,
            const std::string& hint, std::string& value) {
  const Language l = s.view.language;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  put(look.body, {at.x, at.y + look.px(6)}, ink(muted), name);
  ImGui::SetCursorScreenPos({at.x + size_of(look.body, name).x + look.px(10), at.y});
  ImGui::SetNextItemWidth(look.px(170));
  input(id, hint, value, ImGuiInputTextFlags_AutoSelectAll);
  if (!value.empty() && !utc_of(value, DayMeans::last_second)) {
    ImGui::SameLine(0, look.px(8));
    const ImVec2 here = ImGui::GetCursorScreenPos();
    put(look.small, {here.x, here.y + look.px(7)}, ink(shade::people), say(l, "history.no_moment"));
    ImGui::Dummy({size_of(look.small, say(l, "history.no_moment")).x, 1});
  }
}

void missing(Language l, const Look& look, const data::KnownState& state) {
  for (const data::ImportTakenBack& one : state.missing)
    paragraph(look.small, ink(shade::people),
              say(l, "history.missing", time_words(l, state.time), one.source.file,
                  time_words(l, one.taken_back_at)));
}

}  // namespace

void draw_known_state(const AppState& s, const Look& look, const State& page, Commands& commands) {
  const Language l = s.view.language;
  std::string typed = page.moment;
  moment(s, look, "##moment", say(l, "history.at"), say(l, "history.moment_hint"), typed);
  if (typed != page.moment) ask(commands, TypeMoments{typed, page.then, page.later});
  ImGui::SameLine(0, look.px(10));
  if (button(look, "look", say(l, "history.look"), ButtonKind::primary,
             utc_of(page.moment, DayMeans::last_second).has_value() && !s.job))
    ask(commands, LookAt{});
  if (!page.known) return;
  const data::KnownState& k = *page.known;
  space(look, 14);
  paragraph(look.title_bold, ink(text), say(l, "history.known_at", time_words(l, k.time)));
  if (k.communes == 0) return paragraph(look.body, ink(muted), say(l, "history.known_nothing"));
  missing(l, look, k);
  space(look, 4);
  paragraph(look.body, ink(text),
            say(l, "history.known_records", k.operations, k.imports, k.reports));
  paragraph(look.body, ink(text),
            say(l, "history.known_places", k.communes, k.settlements, k.teams, k.activities));
  paragraph(look.body, ink(text),
            k.newest_report ? say(l, "history.known_newest", date(l, *k.newest_report))
                            : say(l, "history.known_no_report"));
  space(look, 12);
  section(look, say(l, "history.totals_heading"));
  const ListShape shape = list_shape(look, {{say(l, "history.head_place")},
                                            {say(l, "history.head_eligible"), 130, true},
                                            {say(l, "history.head_activated"), 130, true},
                                            {say(l, "history.head_rate"), 90, true},
                                            {say(l, "history.head_achieved"), 110, true}});
  list_heads(look, shape);
  ImGui::BeginChild("districts", ImGui::GetContentRegionAvail());
  int id = 0;
  const auto one = [&](const std::string& name, const data::Gap& gap, bool all) {
    list_row(look, id++, false, shape,
             {{name, text, all},
              {people_text(l, gap.eligible), text, all},
              {people_text(l, gap.reached), text, all},
              {rate_text(l, gap), text, all},
              {achieved_text(l, gap), muted, all}});
  };
  one(say(l, "history.all"), k.whole, true);
  for (const auto& place : k.districts) one(place_name(l, place.name), place.gap, false);
  ImGui::EndChild();
}

namespace {

void totals(const AppState& s, const Look& look, const data::StateDifference& is) {
  const Language l = s.view.language;
  const ListShape shape = list_shape(look, {{say(l, "history.head_place")},
                                            {say(l, "history.head_l2_then"), 92, true},
                                            {say(l, "history.head_l2_later"), 92, true},
                                            {say(l, "history.head_change"), 66, true},
                                            {say(l, "history.head_rate_then"), 80, true},
                                            {say(l, "history.head_rate_later"), 80, true}});
  list_heads(look, shape);
  int id = 0;
  const auto one = [&](const std::string& name, const data::Gap& a, const data::Gap& b, bool all) {
    const double by = (b.reached ? b.reached->value : 0) - (a.reached ? a.reached->value : 0);
    const bool both = a.reached && b.reached;
    const std::string change = !both ? std::string()
                               : std::abs(by) < 0.5
                                   ? "0"
                                   : (by > 0 ? "+" : "−") + number(l, std::abs(by));
    list_row(look, id++, false, shape,
             {{name, text, all},
              {people_text(l, a.reached), muted, all},
              {people_text(l, b.reached), text, all},
              {change, by < 0 ? shade::people : text, all},
              {rate_text(l, a), muted, all},
              {rate_text(l, b), text, all}});
  };
  const float row_height = list_height(look) + ImGui::GetStyle().ItemSpacing.y;
  const std::size_t rows = is.places.size() + 1;
  ImGui::BeginChild("totals", {0, std::min(row_height * static_cast<float>(rows) + look.px(6),
                                           ImGui::GetContentRegionAvail().y * 0.4F)});
  one(say(l, "history.all"), is.then.whole, is.later.whole, true);
  for (const data::PlaceDifference& place : is.places)
    one(place_name(l, place.name), place.then, place.later, false);
  ImGui::EndChild();
}

void differences(const AppState& s, const Look& look, const Difference& difference) {
  const Language l = s.view.language;
  const data::StateDifference& is = difference.is;
  const ListShape shape = list_shape(look, {{say(l, "exchange.head_record")},
                                            {say(l, "exchange.head_field"), 160},
                                            {say(l, "history.head_then"), 110, true},
                                            {say(l, "history.head_later"), 110, true}});
  list_heads(look, shape);
  ImGui::BeginChild("differences", ImGui::GetContentRegionAvail());
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(is.fields.size()),
                list_height(look) + ImGui::GetStyle().ItemSpacing.y);
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const data::FieldDifference& d = is.fields[static_cast<std::size_t>(i)];
      const auto value = [&](const std::optional<std::string>& one) {
        return value_words(l, d.record.kind, d.field, one, difference.names);
      };
      list_row(look, i, false, shape,
               {{record_words(l, d.record, d.name)},
                {entry_field_text(l, d.field)},
                {value(d.then), muted},
                {value(d.later), text, true}});
    }
  }
  ImGui::EndChild();
}

}  // namespace

void draw_compared(const AppState& s, const Look& look, const State& page, Commands& commands) {
  const Language l = s.view.language;
  std::string then = page.then, later = page.later;
  moment(s, look, "##then", say(l, "history.then"), say(l, "history.moment_hint"), then);
  ImGui::SameLine(0, look.px(16));
  moment(s, look, "##later", say(l, "history.later"), say(l, "history.now"), later);
  if (then != page.then || later != page.later)
    ask(commands, TypeMoments{page.moment, then, later});
  ImGui::SameLine(0, look.px(10));
  const bool good = utc_of(page.then, DayMeans::last_second) &&
                    (page.later.empty() || utc_of(page.later, DayMeans::last_second));
  if (button(look, "compare", say(l, "history.compare"), ButtonKind::primary, good && !s.job))
    ask(commands, Compare{});
  if (!page.difference) return;
  const data::StateDifference& is = page.difference->is;
  ImGui::SameLine(0, look.px(8));
  if (button(look, "export", say(l, "history.export"), ButtonKind::plain, !s.job))
    commands.emplace_back(command::OfEntry{entry::AskPath{"difference",
                                                          geo::msg("history.export_title"),
                                                          say(l, "history.export_name"),
                                                          {".xlsx", ".csv"},
                                                          true}});
  space(look, 14);
  paragraph(look.title_bold, ink(text),
            say(l, "history.compared", is.all, time_words(l, is.then.time),
                time_words(l, is.later.time)));
  if (page.exported)
    paragraph(look.small, ink(shade::cool), say(l, "history.exported", file_name(*page.exported)));
  missing(l, look, is.then);
  missing(l, look, is.later);
  if (is.all > is.fields.size())
    paragraph(look.small, ink(shade::people), say(l, "history.out_cut", is.fields.size(), is.all));
  space(look, 8);
  totals(s, look, is);
  space(look, 12);
  if (is.fields.empty()) return paragraph(look.body, ink(muted), say(l, "history.no_difference"));
  differences(s, look, *page.difference);
}

}  // namespace app
