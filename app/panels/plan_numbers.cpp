#include <algorithm>
#include <cmath>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/imgui_versions.hpp"
#include "app/panels/panels.hpp"
#include "app/panels/plan_draw.hpp"

namespace app {
namespace {

/// A step that writes well over the range, so that a slider stops at round numbers.
double step_of(double least, double most) {
  const double range = most - least;
  return range <= 2 ? 0.01 : range <= 20 ? 0.1 : range <= 200 ? 0.5 : 1;
}

/// Does a slider tell every stop on its way, or only where it is let go of?
enum class Tells { on_the_way, let_go };

/// What it is, its value to be pulled, its unit and where it is from.
bool number_row(const Look& look, Language l, std::string_view id, const std::string& what,
                const std::string& unit, const std::string& source, double least, double most,
                Tells tells, double& value) {
  ImGui::PushID(id.data(), id.data() + id.size());
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, slider = look.px(190);
  const float words = width - slider - look.px(12);
  put_within(look.body, {at.x, at.y + look.px(1)}, ink(render::house::text), what, words);
  put_within(look.small, {at.x, at.y + look.px(20)}, ink(render::house::muted), source, words);
  ImGui::SetCursorScreenPos({at.x + width - slider, at.y + look.px(2)});
  ImGui::SetNextItemWidth(slider);
  const double step = step_of(least, most);
  const int decimals = step >= 1 ? 0 : step >= 0.1 ? 1 : 2;
  const double before = value;
  // On its way a value that is told when let go of stands nowhere but here.
  ImGuiStorage* held = ImGui::GetStateStorage();
  const ImGuiID pulled_to = ImGui::GetID("pulled to"), pulling = ImGui::GetID("pulling");
  const auto stop = [&](float at_slider) {
    return std::clamp(std::round(static_cast<double>(at_slider) / step) * step, least, most);
  };
  if (held->GetBool(pulling)) value = stop(held->GetFloat(pulled_to));
  std::string shown = number(l, value, decimals) + (unit.empty() ? "" : " " + unit);
  for (std::size_t i = 0; (i = shown.find('%', i)) != std::string::npos; i += 2)
    shown.insert(i, "%");
  auto pulled = static_cast<float>(value);
  bool changed =
      ImGui::SliderFloat("##value", &pulled, static_cast<float>(least), static_cast<float>(most),
                         shown.c_str(), ImGuiSliderFlags_AlwaysClamp | ImGuiSliderFlags_NoInput);
  if (changed) value = stop(pulled);
  if (tells == Tells::let_go) {
    const bool goes_on = ImGui::IsItemActive() && (changed || held->GetBool(pulling));
    if (goes_on) held->SetFloat(pulled_to, static_cast<float>(value));
    changed = held->GetBool(pulling) && ImGui::IsItemDeactivated() && value != before;
    held->SetBool(pulling, goes_on);
    if (!changed) value = before;
  }
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({width, look.px(42)});
  if (ImGui::IsItemHovered() && ImGui::GetIO().MousePos.x < at.x + words)
    tip(look, what + "\n" + source);
  ImGui::PopID();
  return changed;
}

/// What the reports say of a session, with its spread.
void learned(const AppState& s, const Look& look) {
  const Language l = s.view.language;
  const data::LearnedProductivity& from = s.plan.ground->learned;
  if (from.reporters == 0 || from.sessions <= 0) {
    paragraph(look.small, ink(render::house::muted), say(l, "plan.learned_nothing"));
    return;
  }
  paragraph(look.small, ink(render::house::text),
            say(l, "plan.learned", number(l, from.per_session, 1), number(l, from.low, 1),
                number(l, from.high, 1), number(l, from.sessions), from.reporters));
  paragraph(look.small, ink(render::house::text),
            say(l, "plan.learned_ease", percent(l, from.ease, 0),
                number(l, from.per_session / from.ease, 1)));
  paragraph(look.small, ink(render::house::muted),
            say(l, "plan.learned_quartiles", number(l, from.lower_quartile, 1),
                number(l, from.median, 1), number(l, from.upper_quartile, 1)));
  if (from.sessions < data::sessions_to_learn)
    paragraph(look.small, ink(shade::alert), say(l, "plan.learned_few", data::sessions_to_learn));
}

}  // namespace

void draw_plan_numbers(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const PlanDesk& p = s.plan;
  if (!begin_aside(look, "plan numbers", Edge::right, 560, say(l, "plan.numbers_title"))) return;
  paragraph(look.small, ink(render::house::muted), say(l, "plan.numbers_note"));
  space(look, 8);
  const float foot = look.px(52);
  begin_padded_child("numbers", ImGui::GetContentRegionAvail().y - foot);
  if (p.wishes && p.ground) {
    section(look, say(l, "plan.numbers_work"));
    learned(s, look);
    space(look, 8);
    data::PlanWishes wishes = *p.wishes;
    bool changed = false;
    for (const data::PlanCoefficient& c : data::plan_coefficients(wishes.rule)) {
      double value = wishes.rule.*(c.value);
      if (number_row(look, l, c.id, say(l, c.what), say(l, c.unit), say(l, c.source), c.least,
                     c.most, Tells::on_the_way, value)) {
        wishes.rule.*(c.value) = value;
        changed = true;
      }
    }
    if (changed) commands.emplace_back(command::OfPlan{plan::Wish{wishes}});
    space(look, 12);
    section(look, say(l, "plan.numbers_ways"));
    paragraph(look.small, ink(render::house::muted), say(l, "plan.numbers_ways_note"));
    space(look, 6);
    data::TravelRule rule = p.travel.value_or(p.ground->travel);
    bool ways = false;
    for (const data::TravelNumber& n : data::travel_numbers()) {
      double value = rule.*(n.value);
      const std::string unit = n.unit.empty() ? "×" : std::string(n.unit);
      if (number_row(look, l, n.id, say(l, n.what), unit, say(l, n.source), n.least, n.most,
                     Tells::let_go, value)) {
        rule.*(n.value) = value;
        ways = true;
      }
    }
    if (ways) commands.emplace_back(command::OfPlan{plan::Travel{rule}});
  }
  ImGui::EndChild();
  space(look, 8);
  if (button(look, "close", say(l, "app.button_done"), ButtonKind::primary, true, 110))
    commands.emplace_back(command::CloseDialog{});
  ImGui::SameLine(0, look.px(10));
  const bool usual = !p.wishes || !p.ground || p.wishes->rule == p.ground->usual;
  if (button(look, "usual", say(l, "plan.usual"), ButtonKind::plain, !usual))
    commands.emplace_back(command::OfPlan{plan::UsualRule{}});
  end_dialog(look);
}

}  // namespace app
