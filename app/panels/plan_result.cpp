#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/panels/draw.hpp"
#include "app/panels/panels.hpp"
#include "app/panels/plan_draw.hpp"
#include "app/plan_words.hpp"

namespace app {
namespace {

/// "cách tối ưu không quá 0,8%": rounded up, never closer than it is.
std::string gap_words(const data::Plan& plan, Language l) {
  const double gap = plan.gap();
  if (!std::isfinite(gap)) return say(l, "plan.no_bound");
  if (gap < 5e-5) return say(l, "plan.is_best");
  return say(l, "plan.within", gap_text(gap, l));
}

/// The solver at work, or how to set it to work.
void solver(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const PlanDesk& p = s.plan;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = look.px(20);
  if (p.solving) {
    const std::string stop = say(l, "plan.stop");
    const float button = size_of(look.small, stop).x;
    const std::string doing = p.solving->stopping           ? say(l, "plan.stopping")
                              : p.solving->doing.id.empty() ? say(l, "plan.solving")
                                                            : say(l, p.solving->doing);
    put_within(look.small, at, ink(render::house::muted), doing, width - button - look.px(10));
    ImGui::SetCursorScreenPos({at.x + width - button, at.y - look.px(2)});
    if (link(look, "stop", stop)) commands.emplace_back(command::OfPlan{plan::StopSolving{}});
    const float y = at.y + height - look.px(2);
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled({at.x, y}, {at.x + width, y + look.px(3)}, ink(shade::trough),
                        look.px(1.5));
    // Of one province nobody knows how far it is: a piece that wanders is honest.
    const auto wander = static_cast<float>(std::fmod(ImGui::GetTime() * 0.4, 1.0));
    const float from = p.solving->share > 0 ? 0 : wander * 0.8F;
    const float to = p.solving->share > 0 ? static_cast<float>(p.solving->share) : from + 0.2F;
    list->AddRectFilled({at.x + width * from, y}, {at.x + width * to, y + look.px(3)},
                        ink(render::house::selection), look.px(1.5));
  } else if (p.shown && p.answered == p.asked && !p.quiet) {
    const bool kept = p.shown->kept != 0;
    const std::string words = kept                  ? say(l, "plan.as_kept")
                              : p.shown->plan.exact ? say(l, "plan.by_solver")
                                                    : say(l, "plan.quick");
    put_within(look.small, at, ink(render::house::muted), words, width - look.px(80));
    if (!p.shown->plan.exact || kept) {
      const std::string again = say(l, "plan.solve");
      ImGui::SetCursorScreenPos({at.x + width - size_of(look.small, again).x, at.y - look.px(2)});
      if (link(look, "solve", again)) commands.emplace_back(command::OfPlan{plan::Solve{}});
    }
  } else {
    put_within(look.small, at, ink(render::house::muted), say(l, "plan.being_made"), width);
  }
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({width, height});
}

/// People against teams, with a dot for the teams there are.
void curve(const AppState& s, const Look& look) {
  const Language l = s.view.language;
  space(look, 4);
  line(look.small, ink(render::house::muted), say(l, "plan.curve"));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float height = std::max(look.px(24), ImGui::GetContentRegionAvail().y - look.px(6));
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddLine({at.x, at.y + height}, {at.x + width, at.y + height}, ink(shade::trough),
                look.px(1.5));
  ImGui::Dummy({width, height});
  const bool hovered = ImGui::IsItemHovered();
  if (!s.plan.explained || s.plan.explained->curve.size() < 2) return;
  const auto& points = s.plan.explained->curve;
  double most_teams = 1, most_people = 1, teams = 0;
  for (const data::CurvePoint& c : points) {
    most_teams = std::max(most_teams, c.teams);
    most_people = std::max(most_people, c.people);
  }
  for (const PlanForce& force : s.plan.shown->forces.levels)
    teams += static_cast<double>(force.teams);
  const double now = s.plan.shown->plan.total;
  most_people = std::max(most_people, now);
  const auto place = [&](double x, double y) {
    return ImVec2(at.x + width * static_cast<float>(x / most_teams),
                  at.y + height - (height - look.px(8)) * static_cast<float>(y / most_people));
  };
  std::vector<ImVec2> drawn;
  for (const data::CurvePoint& c : points) drawn.push_back(place(c.teams, c.people));
  list->AddPolyline(drawn.data(), static_cast<int>(drawn.size()), ink(render::house::selection), 0,
                    look.px(1.8));
  list->AddCircleFilled(place(std::min(teams, most_teams), now), look.px(5),
                        ink(render::house::selection));
  if (!hovered) return;
  const float mouse = (ImGui::GetIO().MousePos.x - at.x) / width;
  const auto nearest = std::min_element(points.begin(), points.end(), [&](auto& a, auto& b) {
    const double x = static_cast<double>(mouse) * most_teams;
    return std::abs(a.teams - x) < std::abs(b.teams - x);
  });
  list->AddCircle(place(nearest->teams, nearest->people), look.px(4), ink(render::house::accent), 0,
                  look.px(1.5));
  tip(look, say(l, "plan.curve_point", number(l, nearest->teams), number(l, nearest->people)));
}

}  // namespace

void draw_plan_result(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const PlanDesk& p = s.plan;
  const ImVec2 top = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::GetWindowDrawList()->AddLine(top, {top.x + width, top.y}, ink(render::house::hairline),
                                      look.px(1));
  space(look, 8);
  section(look, say(l, "plan.heading_result"));
  if (!p.shown) {
    if (p.ground_refused && !s.job) {
      paragraph(look.small, ink(render::house::muted), say(l, "plan.stopped"));
      space(look, 4);
      if (button(look, "again", say(l, "plan.make_again"), ButtonKind::primary))
        commands.emplace_back(command::OfPlan{plan::MakeGround{}});
    } else {
      line(look.small, ink(render::house::muted), say(l, "plan.being_made"));
    }
    return;
  }
  const data::Plan& plan = p.shown->plan;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  // An older answer, while the next is on its way, is faint.
  const double sure = p.answered == p.asked ? 1 : 0.55;
  put(look.figure_bold, {at.x, at.y - look.px(6)}, ink(render::house::accent, sure),
      "+" + number(l, plan.total));
  ImGui::Dummy({width, look.figure_bold->FontSize - look.px(10)});
  line(look.small, ink(render::house::muted),
       say(l, "plan.accounts_range", number(l, plan.low), number(l, plan.high)));
  const PlanRates& r = p.shown->rates;
  if (r.eligible > 0) {
    line(look.small, ink(render::house::text),
         say(l, "plan.rate_change", percent(l, r.before / r.eligible),
             percent(l, r.after / r.eligible)));
  }
  const std::string met = p.shown->target_met
                              ? say(l, "plan.target_met", date(l, *p.shown->target_met))
                              : say(l, "plan.target_not_met");
  line(look.small, ink(render::house::muted), met);
  if (ImGui::IsItemHovered()) tip(look, say(l, "plan.target_note"));
  line(look.small, ink(render::house::text), gap_words(plan, l));
  if (ImGui::IsItemHovered()) tip(look, say(l, "plan.gap_note"));
  solver(s, look, commands);
  curve(s, look);
}

}  // namespace app
