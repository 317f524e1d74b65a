#include <algorithm>
#include <cmath>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/imgui_versions.hpp"
#include "app/panels/panels.hpp"
#include "app/panels/plan_draw.hpp"
#include "app/plan_words.hpp"
#include "app/reasons.hpp"

namespace app {
namespace {

/// Right edges, so that every number stands under the next.
struct Columns {
  float left, way, km, kit, people;
};
Columns columns(const Look& look, float left, float width) {
  const float right = left + width;
  return {left, right - look.px(206), right - look.px(174), right - look.px(64), right};
}

/// "2 điện", "điện · 3 sóng"; "–": nothing.
std::string kit_words(const PlanRow& row, Language l) {
  if (row.phone) return say(l, "plan.by_phone");
  std::string out;
  if (row.generators > 0)
    out = row.generators > 1 ? say(l, "plan.kit_generators_short", row.generators)
                             : say(l, "plan.kit_generator_short");
  if (row.routers > 0)
    out += (out.empty() ? "" : " · ") + (row.routers > 1
                                             ? say(l, "plan.kit_routers_short", row.routers)
                                             : say(l, "plan.kit_router_short"));
  return out.empty() ? "–" : out;
}

std::string weekend_title(const PlanDesk& p, Language l) {
  if (p.all_weekends) return say(l, "plan.schedule_all");
  const data::PlanWeekend& w = p.shown->plan.weekends[p.weekend];
  return say(l, "plan.schedule", p.weekend + 1, days_text(w.first, w.days, l));
}

void heading(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const PlanDesk& p = s.plan;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const std::string out = say(l, "plan.export"), keep = say(l, "plan.keep"),
                    kept = say(l, "plan.kept_button");
  const float out_width = size_of(look.body_bold, out).x + look.px(28);
  const float keep_width = size_of(look.body, keep).x + look.px(28);
  const bool ready = p.shown && p.answered == p.asked;
  ImGui::SetCursorScreenPos({at.x + width - out_width, at.y});
  if (button(look, "export", out, ButtonKind::primary, ready && !s.job))
    commands.emplace_back(command::ChoosePath{PathPurpose::export_plan});
  ImGui::SetCursorScreenPos({at.x + width - out_width - keep_width - look.px(8), at.y});
  if (button(look, "keep", keep, ButtonKind::plain, ready && !s.job))
    commands.emplace_back(command::OfPlan{plan::AskKeep{}});
  const float kept_width = size_of(look.body, kept).x + look.px(28);
  ImGui::SetCursorScreenPos(
      {at.x + width - out_width - keep_width - kept_width - look.px(16), at.y});
  if (button(look, "kept", kept, ButtonKind::plain))
    commands.emplace_back(command::OpenDialog{Dialog::plan_kept});
  ImGui::SetCursorScreenPos(at);
  put_within(look.small_bold, {at.x, at.y + look.px(7)}, ink(render::house::muted),
             say(l, "plan.heading_schedule"),
             width - out_width - keep_width - kept_width - look.px(24));
  ImGui::Dummy({width, look.px(34)});

  // Which weekend.
  const ImVec2 line_at = ImGui::GetCursorScreenPos();
  const std::size_t weekends = p.shown->plan.weekends.size();
  if (arrow(look, "before", false, !p.all_weekends && p.weekend > 0))
    commands.emplace_back(command::OfPlan{plan::StepWeekend{-1}});
  const std::string title = weekend_title(p, l);
  const float words = size_of(look.body_bold, title).x;
  put(look.body_bold,
      {line_at.x + look.px(30), line_at.y + (look.px(24) - look.body->FontSize) / 2},
      ink(render::house::text), title);
  ImGui::SetCursorScreenPos({line_at.x + look.px(36) + words, line_at.y});
  if (arrow(look, "after", true, !p.all_weekends && p.weekend + 1 < weekends))
    commands.emplace_back(command::OfPlan{plan::StepWeekend{1}});
  const std::string all = say(l, "plan.all_weekends");
  const float all_width = size_of(look.small, all).x + look.px(20);
  ImGui::SetCursorScreenPos({line_at.x + width - all_width, line_at.y});
  if (pill(look, "all", all, p.all_weekends, {all_width, look.px(24)}))
    commands.emplace_back(command::OfPlan{plan::AllWeekends{!p.all_weekends}});
  ImGui::SetCursorScreenPos(line_at);
  ImGui::Dummy({width, look.px(28)});
}

void head(const Look& look, const Columns& c, Language l) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImU32 muted = ink(render::house::muted);
  put(look.small, {c.left, at.y}, muted, say(l, "plan.column_way"));
  put_right(look.small, {c.km, at.y}, muted, say(l, "plan.column_km"));
  put_right(look.small, {c.kit, at.y}, muted, say(l, "plan.column_kit"));
  put_right(look.small, {c.people, at.y}, muted, say(l, "plan.column_people"));
  ImGui::Dummy({1, look.px(20)});
}

void tell_row(const AppState& s, const Look& look, const PlanRow& r) {
  const Language l = s.view.language;
  const data::Dataset& dataset = *s.plan.shown->ground->basis->dataset;
  std::string words = say(l, "plan.row_teams", r.teams, r.team_days);
  if (!r.phone)
    words += "\n" + say(l, "plan.row_way", number(l, static_cast<double>(r.km)),
                        number(l, static_cast<double>(r.hours), 1));
  std::size_t told = 0;
  for (const std::uint32_t t : r.trips) {
    if (++told > 8) break;
    const data::Trip& trip = s.plan.shown->plan.trips[t];
    words += "\n· " + goer_name(dataset, goer_of(trip), l);
    if (trip.pack != data::Pack::nothing) words += " (" + pack_name(trip.pack, l) + ")";
  }
  if (r.trips.size() > 8) words += "\n" + say(l, "plan.row_more", r.trips.size() - 8);
  words += "\n" + say(l, "plan.row_hint");
  tip(look, words);
}

void one(const AppState& s, const Look& look, std::size_t index, const Columns& c,
         Commands& commands) {
  const Language l = s.view.language;
  const PlanDesk& p = s.plan;
  const PlanRow& r = p.rows_shown()[index];
  const auto& communes = s.dataset()->communes;
  const float width = ImGui::GetContentRegionAvail().x, height = look.px(27);
  const bool of_chosen =
      std::binary_search(s.view.selected.begin(), s.view.selected.end(), r.commune);
  ImGui::PushID(static_cast<int>(index));
  const Hit h = row(look, "row", of_chosen || p.hovered == index, {width, height});
  const bool taken = ImGui::IsItemActive() && ImGui::IsMouseDragging(0, look.px(6));
  const bool right_click = ImGui::IsItemHovered() && ImGui::IsMouseClicked(1);
  ImGui::PopID();
  const float y = h.min.y + (height - look.body->FontSize) / 2;
  float x = c.left;
  x += put_within(look.body, {x, y}, ink(render::house::muted), communes[r.home.value].name + " → ",
                  (c.way - c.left) * 0.55F);
  put_within(look.body_bold, {x, y}, ink(render::house::text), communes[r.commune.value].name,
             c.way - x);
  if (!r.phone)
    put_right(look.body, {c.km, y}, ink(render::house::text), number(l, static_cast<double>(r.km)));
  const std::string kit = kit_words(r, l);
  const float room = c.kit - c.km - look.px(10);
  const float kit_width = std::min(size_of(look.small, kit).x, room);
  put_within(look.small, {c.kit - kit_width, h.min.y + (height - look.small->FontSize) / 2},
             ink(render::house::muted), kit, room + 1);
  put_right(look.body_bold, {c.people, y}, ink(render::house::text), "+" + number(l, r.people));
  if (h.pressed && !p.drag) commands.emplace_back(command::OfPlan{plan::ChooseRow{index}});
  if (taken && !p.drag && !r.trips.empty() && !r.phone) {
    commands.emplace_back(
        command::OfPlan{plan::Drag{PlanDrag{r.home, p.shown->plan.trips[r.trips.back()].team}}});
  }
  if (right_click) commands.emplace_back(command::OfPlan{plan::Forbid{r.home, r.commune}});
  if (h.hovered) {
    if (p.hovered != index) commands.emplace_back(command::OfPlan{plan::HoverRow{index}});
    if (!p.drag) tell_row(s, look, r);
  } else if (p.hovered == index && ImGui::IsWindowHovered()) {
    commands.emplace_back(command::OfPlan{plan::HoverRow{}});
  }
}

/// Who was sent, or must not go, by hand; each can be taken back.
void by_hand(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const auto& pairs = s.plan.wishes->pairs;
  if (pairs.empty()) return;
  space(look, 8);
  section(look, say(l, "plan.heading_by_hand"));
  const data::Dataset& dataset = *s.dataset();
  const auto team_of = [&](const std::string& id) {
    return std::find_if(dataset.teams.begin(), dataset.teams.end(),
                        [&](const data::Team& t) { return t.id == id; });
  };
  const auto name_of = [&](const geo::UnitCode& code) {
    for (const data::Commune& c : dataset.communes)
      if (c.code == code) return c.name;
    return code.text;
  };
  std::string last;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const data::PlanPair& pair = pairs[i];
    const auto team = team_of(pair.team);
    const bool known = team != dataset.teams.end() && team->home.valid();
    const std::string home = known ? dataset.communes[team->home.value].name : pair.team;
    std::string words;
    if (pair.days == 0) {
      words = say(l, "plan.hand_forbidden", home, name_of(pair.commune));
      if (words == last) continue;  // all teams of a home together
    } else if (pair.weekend) {
      words = say(l, "plan.hand_sent", home, name_of(pair.commune), *pair.weekend + 1);
    } else {
      words = say(l, "plan.hand_sent_any", home, name_of(pair.commune));
    }
    last = words;
    ImGui::PushID(static_cast<int>(i));
    if (chip(look, "pair", words, true, ImGui::GetContentRegionAvail().x) != ChipPart::none) {
      if (pair.days == 0 && known) {
        for (std::size_t c = 0; c < dataset.communes.size(); ++c) {
          if (dataset.communes[c].code == pair.commune)
            commands.emplace_back(command::OfPlan{plan::Forbid{team->home, geo::UnitIndex(c)}});
        }
      } else {
        commands.emplace_back(command::OfPlan{plan::Free{i}});
      }
    }
    ImGui::PopID();
    space(look, 2);
  }
}

}  // namespace

void draw_plan_side(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const PlanDesk& p = s.plan;
  if (!p.shown) {
    section(look, say(l, "plan.heading_schedule"));
    line(look.small, ink(render::house::muted),
         p.ground_refused ? say(l, "plan.stopped") : say(l, "plan.being_made"));
    return;
  }
  heading(s, look, commands);
  const float room = ImGui::GetContentRegionAvail().y;
  // Whole rows, where there are more than fit.
  const float line_height = look.px(27) + ImGui::GetStyle().ItemSpacing.y;
  const float lines = std::floor(
      (room - look.px(28) - std::clamp(room * 0.44F, look.px(200), look.px(400))) / line_height);
  const ImVec2 left = ImGui::GetCursorScreenPos();
  const float avail = ImGui::GetContentRegionAvail().x;
  const Columns c = columns(look, left.x, avail);
  head(look, c, l);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({at.x - look.px(8), at.y});
  // Rows reach beyond the text on both sides; so does the scroll bar.
  const float beyond = look.px(8), bar = std::max(beyond, ImGui::GetStyle().ScrollbarSize);
  begin_padded_child("schedule", std::max(3.0F, lines) * line_height, beyond + avail + bar);
  ImGui::PopStyleVar();
  const auto& rows = p.rows_shown();
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(rows.size()), look.px(27) + ImGui::GetStyle().ItemSpacing.y);
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
      one(s, look, static_cast<std::size_t>(i), c, commands);
  }
  // The row reached by keys is brought into view.
  ImGuiStorage* kept = ImGui::GetStateStorage();
  const ImGuiID last = ImGui::GetID("last row");
  const int chosen = p.row ? static_cast<int>(*p.row) + 1 : 0;
  if (chosen > 0 && kept->GetInt(last) != chosen) {
    const float y = line_height * static_cast<float>(chosen - 1);
    if (y < ImGui::GetScrollY() || y + line_height > ImGui::GetScrollY() + ImGui::GetWindowHeight())
      ImGui::SetScrollY(std::max(0.0F, y - ImGui::GetWindowHeight() / 2));
  }
  kept->SetInt(last, chosen);
  if (rows.empty()) {
    ImGui::SetCursorPosX(look.px(8));
    paragraph(look.body, ink(render::house::muted),
              p.all_weekends ? say(l, "plan.nobody_goes") : say(l, "plan.nobody_goes_then"));
  }
  ImGui::EndChild();
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {look.px(8), 0});
  const ImVec2 below = ImGui::GetCursorScreenPos();
  ImGui::GetWindowDrawList()->AddLine({left.x, below.y}, {left.x + avail, below.y},
                                      ink(render::house::hairline), look.px(1));
  ImGui::SetCursorScreenPos({below.x - beyond, below.y + look.px(2)});
  begin_padded_child("about", 0, beyond + avail + bar);
  ImGui::PopStyleVar();
  draw_plan_why(s, look, commands);
  by_hand(s, look, commands);
  ImGui::EndChild();
}

}  // namespace app
