#include <algorithm>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/panels.hpp"
#include "app/reasons.hpp"

namespace app {
namespace {

/// In the order of the rule, so that each has its place; those with nobody are left out.
std::vector<data::Barrier> in_order(const data::BarrierSplit& split) {
  std::vector<data::Barrier> out;
  for (const data::Barrier b : data::all_barriers) {
    if (split.of(b) >= 0.5) out.push_back(b);
  }
  return out;
}

/// With the action in words under the name, or behind it where room is short (`low`).
void one(const AppState& s, const Look& look, data::Barrier barrier, double people, double most,
         bool low, Commands& commands) {
  const Language l = s.view.language;
  const data::BarrierSplit& split = s.derived.chosen.split;
  const auto index = static_cast<std::size_t>(barrier);
  const float width = ImGui::GetContentRegionAvail().x, height = look.px(low ? 24 : 35);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({at.x - look.px(6), at.y});
  ImGui::PushID(static_cast<int>(barrier));
  const bool ranked = s.rank_column == RankColumn::barrier && s.rank_barrier == barrier;
  const Hit h = row(look, "barrier", ranked, {width + look.px(12), height});
  ImGui::PopID();
  const float longest = std::min(width * 0.2F, look.px(84));
  const float bar = std::max(longest * static_cast<float>(people / most), look.px(3));
  const float top = at.y + look.px(3), text = at.x + longest + look.px(10);
  const bool unknown = barrier == data::Barrier::unknown;
  ImGui::GetWindowDrawList()->AddRectFilled({at.x, top + look.px(2)},
                                            {at.x + bar, top + look.px(14)},
                                            ink(unknown ? shade::rail : shade::bar), look.px(2));
  const std::string count = number(l, people);
  const float room = at.x + width - text - size_of(look.body_bold, count).x - look.px(8);
  const float name = put_within(look.body, {text, at.y + look.px(1)}, ink(render::house::text),
                                say(l, data::name(barrier)), room);
  put_right(look.body_bold, {at.x + width, at.y + look.px(1)}, ink(render::house::text), count);
  const std::string action = "→ " + say(l, data::action(barrier));
  const ImU32 muted = ink(render::house::muted);
  if (!low) {
    put_within(look.small, {text, at.y + look.px(17)}, muted, action, at.x + width - text);
  } else if (room - name > look.px(60)) {
    put_within(look.small, {text + name + look.px(8), at.y + look.px(3)}, muted, action,
               room - name - look.px(12));
  }
  if (h.hovered) {
    std::string words =
        say(l, "app.reason_share", count, percent(l, people / std::max(split.total(), 1.0), 0));
    if (split.settlements[index] > 0) {
      words += " · " + say(l, "app.reason_settlements", split.settlements[index]);
    }
    tip(look, words + "\n" + action + "\n" + say(l, "app.reason_hint"));
  }
  if (h.pressed) commands.emplace_back(command::RankByBarrier{barrier});
}

}  // namespace

/// Why people are still short: each stands under one barrier, so the bars add up to the shortfall.
void draw_reasons(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const auto order = in_order(s.derived.chosen.split);
  if (order.empty() || !s.derived.chosen.gap.shortfall) return;
  space(look, 10);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  section(look, say(l, "app.heading_reasons", number(l, s.derived.chosen.split.total())));
  if (ImGui::IsItemHovered()) tip(look, say(l, "app.reasons_note"));
  const ImVec2 after = ImGui::GetCursorScreenPos();
  const std::string edit = say(l, "app.edit_rule");
  const ImVec2 words = size_of(look.small, edit);
  ImGui::SetCursorScreenPos({at.x + width - words.x, at.y});
  const Hit h = hit(look, "rule", words);
  put(look.small, h.min, ink(h.hovered ? render::house::selection : render::house::accent), edit);
  if (h.hovered) tip(look, say(l, "app.edit_rule_note"));
  if (h.pressed) commands.emplace_back(command::OpenDialog{Dialog::rule});
  ImGui::SetCursorScreenPos(after);
  double most = 1;
  for (const data::Barrier barrier : order)
    most = std::max(most, s.derived.chosen.split.of(barrier));
  const bool low =
      ImGui::GetContentRegionAvail().y < look.px(35) * static_cast<float>(order.size());
  const auto people = whole_people(s.derived.chosen.split);
  for (const data::Barrier barrier : order) {
    one(s, look, barrier, static_cast<double>(people[static_cast<std::size_t>(barrier)]), most, low,
        commands);
  }
}

}  // namespace app
