#include <algorithm>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/panels.hpp"
#include "app/plan_reasons.hpp"
#include "app/plan_words.hpp"

namespace app {
namespace {

/// "1, 3, 8": the weekends on which somebody visits the commune.
std::string weekends_to(const PlanShown& shown, geo::UnitIndex unit) {
  std::string out;
  for (std::size_t w = 0; w < shown.rows.size(); ++w) {
    const bool any =
        std::any_of(shown.rows[w].begin(), shown.rows[w].end(),
                    [&](const PlanRow& row) { return row.commune == unit && !row.phone; });
    if (any) out += (out.empty() ? "" : ", ") + std::to_string(w + 1);
  }
  return out;
}

/// Where they come from, those that bring most first.
std::string homes_to(const AppState& s, geo::UnitIndex unit) {
  std::string out;
  for (const PlanRow& row : s.plan.shown->all_rows)
    if (row.commune == unit && !row.phone)
      out += (out.empty() ? "" : ", ") + s.dataset()->communes[row.home.value].name;
  return out;
}

void bullet(const Look& look, const std::string& words, bool grave = true) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::GetWindowDrawList()->AddCircleFilled(
      {at.x + look.px(5), at.y + look.body->FontSize / 2 + look.px(1)}, look.px(3.5),
      ink(grave ? shade::alert : shade::dot));
  ImGui::Indent(look.px(18));
  paragraph(look.body, ink(render::house::text), words);
  ImGui::Unindent(look.px(18));
  space(look, 2);
}

/// The commune chosen: why nobody is sent there, or who is.
void why(const AppState& s, const Look& look) {
  const Language l = s.view.language;
  const PlanDesk& p = s.plan;
  if (s.view.selected.size() != 1) {
    section(look, say(l, "plan.heading_why_none"));
    paragraph(look.small, ink(render::house::muted), say(l, "plan.why_choose"));
    return;
  }
  const geo::UnitIndex unit = s.view.selected[0];
  const std::string& name = s.dataset()->communes[unit.value].full_name;
  std::uint32_t teams = 0, days = 0;
  double people = 0, phoned = 0;
  for (const PlanRow& row : p.shown->all_rows) {
    if (row.commune != unit) continue;
    (row.phone ? phoned : people) += row.people;
    if (row.phone) continue;
    teams += row.teams;
    days += row.team_days;
  }
  if (days > 0) {
    section(look, say(l, "plan.heading_sent", name));
    bullet(look, say(l, "plan.sent", teams, days, number(l, people)), false);
    bullet(look, say(l, "plan.sent_when", weekends_to(*p.shown, unit), homes_to(s, unit)), false);
    if (phoned >= 0.5) bullet(look, say(l, "plan.phoned", number(l, phoned)), false);
    const auto& gap = p.shown->ground->basis->gaps[unit.value];
    if (gap.shortfall)
      bullet(look, say(l, "plan.of_short", number(l, gap.shortfall->value)), false);
    if (gap.status == data::Status::estimated) bullet(look, say(l, "plan.estimated"), false);
    return;
  }
  section(look, say(l, "plan.heading_why", name));
  const auto found =
      std::find_if(p.why.begin(), p.why.end(), [&](const PlanWhy& w) { return w.commune == unit; });
  if (found == p.why.end()) {
    line(look.small, ink(render::house::muted), say(l, "plan.why_looking"));
  } else {
    for (const std::string& words : why_not_text(found->why, *s.dataset(), l)) bullet(look, words);
  }
  if (phoned >= 0.5) bullet(look, say(l, "plan.phoned", number(l, phoned)), false);
}

void uses(const AppState& s, const Look& look) {
  const Language l = s.view.language;
  const PlanDesk& p = s.plan;
  const auto& all = p.explained ? p.explained->uses : p.shown->uses;
  if (all.empty()) return;
  space(look, 10);
  section(look, say(l, "plan.heading_uses"));
  const float width = ImGui::GetContentRegionAvail().x;
  for (const data::PlanUse& use : all) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float left = at.x + width * 0.42F, right = at.x + width - look.px(46);
    const double share = use.limit > 0 ? std::clamp(use.used / use.limit, 0.0, 1.0) : 0;
    ImGui::PushID(static_cast<int>(use.what));
    const Hit h = hit(look, "use", {width, look.px(24)});
    ImGui::PopID();
    const float y = at.y + (look.px(24) - look.body->FontSize) / 2;
    put_within(look.body, {at.x, y}, ink(render::house::text), use_name(use.what, l),
               left - at.x - look.px(8));
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float middle = at.y + look.px(12), half = look.px(5);
    list->AddRectFilled({left, middle - half}, {right, middle + half}, ink(shade::trough),
                        look.px(2));
    const float end = left + (right - left) * static_cast<float>(share);
    list->AddRectFilled({left, middle - half}, {end, middle + half},
                        ink(share >= 0.9 ? shade::alert : shade::bar), look.px(2));
    put_right(look.small, {at.x + width, at.y + (look.px(24) - look.small->FontSize) / 2},
              ink(render::house::text), use.limit > 0 ? percent(l, share, 0) : "–");
    if (h.hovered) tip(look, use_detail(use, l));
  }
}

void conflicts(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const PlanDesk& p = s.plan;
  if (p.explained && !p.explained->conflicts.empty()) {
    space(look, 10);
    section(look, say(l, "plan.heading_conflicts"));
    for (const data::PlanConflict& c : p.explained->conflicts)
      bullet(look, conflict_text(c, *s.dataset(), p.shown->plan.wishes, l));
  }
  if (p.shown->problems.left_out.empty() && p.shown->problems.issues.empty()) return;
  space(look, 10);
  section(look, say(l, "plan.heading_left_out"));
  if (!p.shown->problems.left_out.empty()) {
    bullet(look, say(l, "plan.left_out", p.shown->problems.left_out.size()));
    if (ImGui::IsItemHovered()) tip(look, say(l, "plan.left_out_note"));
  }
  for (const geo::Issue& issue : p.shown->problems.issues) bullet(look, say(l, issue));
  static_cast<void>(commands);
}

}  // namespace

void draw_plan_why(const AppState& s, const Look& look, Commands& commands) {
  space(look, 10);
  why(s, look);
  conflicts(s, look, commands);
  uses(s, look);
}

}  // namespace app
