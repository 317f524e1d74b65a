#include <algorithm>
#include <cmath>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/imgui_versions.hpp"
#include "app/panels/panels.hpp"
#include "app/panels/plan_draw.hpp"
#include "app/plan_words.hpp"

namespace app {
namespace {

using Wishes = data::PlanWishes;

/// "8 cuối tuần · 2/9 – 22/10/2023", and the holidays in it.
void campaign(const AppState& s, const Look& look, Wishes& w) {
  const Language l = s.view.language;
  section(look, say(l, "plan.heading_campaign"));
  const auto weekends = data::weekends_of(w);
  const int by = stepper(look, "weekends", say(l, "plan.weekends"), number(l, w.weekends),
                         w.weekends > 1, w.weekends < 52);
  w.weekends = static_cast<std::uint32_t>(static_cast<int>(w.weekends) + by);
  if (weekends.empty()) return;
  const int week =
      stepper(look, "from", say(l, "plan.from"), date(l, weekends.front().first), true, true);
  if (week != 0) w.from = weekends.front().first + (7 * week);
  const data::PlanWeekend& last = weekends.back();
  line(look.small, ink(render::house::muted),
       say(l, "plan.until", date(l, last.first + (static_cast<int>(last.days) - 1))));
  for (const data::PlanWeekend& weekend : weekends) {
    if (weekend.holiday.empty()) continue;
    paragraph(look.small, ink(render::house::muted),
              say(l, "plan.holiday_force", holiday_name(weekend.holiday, l),
                  days_text(weekend.first, weekend.days, l), number(l, w.rule.holiday_force, 1)));
  }
}

std::string level_words(const PlanForce& force, Language l) {
  switch (force.level) {
    case geo::UnitLevel::province:
      return say(l, "plan.teams_province", force.teams);
    case geo::UnitLevel::district:
      return say(l, "plan.teams_district", force.teams);
    default:
      return say(l, "plan.teams_commune", force.teams);
  }
}

bool& takes_part(Wishes& w, geo::UnitLevel level) {
  return level == geo::UnitLevel::province   ? w.provincial
         : level == geo::UnitLevel::district ? w.district
                                             : w.commune;
}

void level(const AppState& s, const Look& look, const PlanForce& force, Wishes& w) {
  const Language l = s.view.language;
  bool& on = takes_part(w, force.level);
  PlanForce told = force;
  if (!on) told.teams = force.of;
  ImGui::PushID(static_cast<int>(force.level));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float right = at.x + ImGui::GetContentRegionAvail().x;
  ImGui::SetCursorScreenPos({at.x - look.px(4), at.y});
  if (tick(look, "goes", level_words(told, l), on)) on = !on;
  if (on) {
    put_right(look.body, {right, at.y + (look.px(26) - look.body->FontSize) / 2},
              ink(render::house::text),
              say(l, "plan.people", number(l, static_cast<double>(force.people))));
  }
  ImGui::PopID();
}

void kit(const AppState& s, const Look& look, const char* id, const std::string& name,
         std::uint32_t on_record, std::optional<std::uint32_t>& pieces) {
  const std::uint32_t now = pieces.value_or(on_record);
  const int by = stepper(look, id, name, number(s.view.language, now), now > 0, now < 9999);
  if (by == 0) return;
  const auto wanted = static_cast<std::uint32_t>(static_cast<int>(now) + by);
  pieces = wanted == on_record ? std::nullopt : std::optional(wanted);
}

void forces(const AppState& s, const Look& look, Wishes& w, Commands& commands) {
  const Language l = s.view.language;
  space(look, 10);
  section(look, say(l, "plan.heading_forces"));
  if (!s.plan.shown) {
    line(look.small, ink(render::house::muted), say(l, "plan.being_made"));
    return;
  }
  const PlanForces& f = s.plan.shown->forces;
  for (const PlanForce& force : f.levels) level(s, look, force, w);
  if (f.levels.empty()) line(look.body, ink(shade::alert), say(l, "plan.no_teams"));
  kit(s, look, "generators", say(l, "plan.generators"), f.generators, w.generators);
  kit(s, look, "routers", say(l, "plan.routers"), f.routers, w.routers);
  if (link(look, "teams", say(l, "plan.choose_teams"))) {
    commands.emplace_back(command::OpenDialog{Dialog::plan_teams});
  }
  if (w.generators || w.routers || !w.absent.empty() || !w.extra.empty()) {
    ImGui::SameLine(0, look.px(14));
    if (link(look, "record", say(l, "plan.as_on_record"))) {
      w.generators.reset();
      w.routers.reset();
      w.absent.clear();
      w.extra.clear();
    }
  }
}

void priorities(const AppState& s, const Look& look, Wishes& w) {
  const Language l = s.view.language;
  space(look, 10);
  section(look, say(l, "plan.heading_priorities"));
  slim_slider(look, "##people", say(l, "plan.priority_people"), w.people,
              say(l, "plan.priority_people_note"));
  slim_slider(look, "##barriers", say(l, "plan.priority_barriers"), w.barriers,
              say(l, "plan.priority_barriers_note"));
  slim_slider(look, "##fairness", say(l, "plan.priority_fairness"), w.fairness,
              say(l, "plan.priority_fairness_note"));
  slim_slider(look, "##distance", say(l, "plan.priority_distance"), w.distance,
              say(l, "plan.priority_distance_note"));
  slim_slider(look, "##crowded", say(l, "plan.priority_crowded"), w.crowded,
              say(l, "plan.priority_crowded_note"));
}

/// A limit that may be none: below its least it is.
void limit(const AppState& s, const Look& look, const char* id, const std::string& name,
           std::optional<std::uint32_t>& value, std::uint32_t first) {
  const Language l = s.view.language;
  const std::string shown = value ? number(l, *value) : say(l, "plan.no_limit");
  const int by = stepper(look, id, name, shown, value.has_value(), !value || *value < 999);
  if (by > 0) value = value ? *value + 1 : first;
  if (by < 0) value = *value > 1 ? std::optional(*value - 1) : std::nullopt;
}

void limits(const AppState& s, const Look& look, Wishes& w, Commands& commands) {
  const Language l = s.view.language;
  space(look, 8);
  section(look, say(l, "plan.heading_limits"));
  const std::string km =
      w.most_km ? say(l, "plan.km", number(l, *w.most_km)) : say(l, "plan.no_limit");
  const int by = stepper(look, "km", say(l, "plan.most_km"), km, !w.most_km || *w.most_km > 10,
                         w.most_km && *w.most_km < 200);
  if (by > 0) w.most_km = *w.most_km >= 195 ? std::nullopt : std::optional(*w.most_km + 5);
  if (by < 0) w.most_km = w.most_km ? *w.most_km - 5 : 195;
  limit(s, look, "a weekend", say(l, "plan.days_a_weekend"), w.team_days_a_weekend, 8);
  limit(s, look, "in all", say(l, "plan.days_in_all"), w.team_days, 40);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({at.x - look.px(4), at.y});
  if (tick(look, "phone", say(l, "plan.phone"), w.phone)) w.phone = !w.phone;
  space(look, 2);
  if (link(look, "numbers", say(l, "plan.numbers"))) {
    commands.emplace_back(command::OpenDialog{Dialog::plan_numbers});
  }
  space(look, 8);
}

}  // namespace

void draw_plan_rail(const AppState& s, const Look& look, Commands& commands) {
  if (!s.plan.wishes) return;
  // What came of it keeps its place; the wishes above it scroll.
  const float room = ImGui::GetContentRegionAvail().y;
  const float result = std::min(look.px(288), std::max(look.px(232), room * 0.3F));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {look.px(8), 0});
  const ImVec2 left = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::SetCursorScreenPos({left.x - look.px(8), left.y});
  // As wide as the panel lets it be seen, its scroll bar too.
  begin_padded_child("wishes", room - result, width + look.px(16));
  ImGui::PopStyleVar();
  Wishes wishes = *s.plan.wishes;
  campaign(s, look, wishes);
  forces(s, look, wishes, commands);
  priorities(s, look, wishes);
  limits(s, look, wishes, commands);
  if (wishes != *s.plan.wishes) commands.emplace_back(command::OfPlan{plan::Wish{wishes}});
  ImGui::EndChild();
  draw_plan_result(s, look, commands);
}

}  // namespace app
