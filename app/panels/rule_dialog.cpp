#include <algorithm>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/panels.hpp"

namespace app {
namespace {

using Rule = data::BarrierRule;

/// The barriers in the order in which they count, each to be moved or left out.
bool order(const AppState& s, const Look& look, Rule& rule) {
  const Language l = s.view.language;
  const bool in_order = rule.counting == Rule::Counting::order;
  bool changed = false;
  std::optional<std::pair<std::size_t, std::size_t>> swapped;
  std::optional<std::size_t> dropped;
  for (std::size_t i = 0; i < rule.order.size(); ++i) {
    const auto barrier = data::barrier_by_id(rule.order[i]);
    if (!barrier) continue;
    ImGui::PushID(static_cast<int>(i));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, height = look.px(28);
    const std::string place = in_order ? number(l, static_cast<double>(i + 1)) + "." : "•";
    put(look.body, {at.x, at.y + look.px(4)}, ink(render::house::muted), place);
    ImGui::SetCursorScreenPos({at.x + look.px(22), at.y + look.px(1)});
    if (tick(look, "counts", say(l, data::name(*barrier)), true)) dropped = i;
    const auto arrow = [&](const char* id, bool up, bool can) {
      ImGui::SetCursorScreenPos({at.x + width - look.px(up ? 60 : 30), at.y});
      if (!can) ImGui::BeginDisabled();
      const Hit h = row(look, id, false, {look.px(28), look.px(26)});
      if (!can) ImGui::EndDisabled();
      const ImVec2 m((h.min.x + h.max.x) / 2, (h.min.y + h.max.y) / 2);
      const float r = look.px(5), tip_y = up ? m.y - r : m.y + r,
                  base = up ? m.y + r / 2 : m.y - r / 2;
      ImGui::GetWindowDrawList()->AddTriangleFilled({m.x - r, base}, {m.x + r, base}, {m.x, tip_y},
                                                    ink(render::house::text, can ? 1 : 0.25));
      return h.pressed && can;
    };
    if (in_order && arrow("up", true, i > 0)) swapped = {i - 1, i};
    if (in_order && arrow("down", false, i + 1 < rule.order.size())) swapped = {i, i + 1};
    ImGui::SetCursorScreenPos(at);
    ImGui::Dummy({width, height});
    ImGui::PopID();
  }
  for (const data::Barrier barrier : data::all_barriers) {
    const std::string id(data::id(barrier));
    if (barrier == data::Barrier::visit || barrier == data::Barrier::unknown) continue;
    if (std::find(rule.order.begin(), rule.order.end(), id) != rule.order.end()) continue;
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + look.px(22));
    if (tick(look, id.c_str(), say(l, data::name(barrier)), false)) {
      rule.order.push_back(id);
      changed = true;
    }
  }
  if (swapped) std::swap(rule.order[swapped->first], rule.order[swapped->second]);
  if (dropped) rule.order.erase(rule.order.begin() + static_cast<std::ptrdiff_t>(*dropped));
  return changed || swapped || dropped;
}

bool share(const AppState& s, const Look& look, const char* id, const std::string& name,
           double& value) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, slider = look.px(190);
  put_within(look.body, {at.x, at.y + look.px(5)}, ink(render::house::text), name,
             width - slider - look.px(8));
  ImGui::SetCursorScreenPos({at.x + width - slider, at.y});
  ImGui::SetNextItemWidth(slider);
  auto percent_held = static_cast<float>(value * 100);
  const std::string shown = percent(s.view.language, value, 0) + "%";  // %% is a percent sign
  const bool changed = ImGui::SliderFloat(id, &percent_held, 0, 100, shown.c_str(),
                                          ImGuiSliderFlags_AlwaysClamp | ImGuiSliderFlags_NoInput);
  if (changed) value = static_cast<double>(static_cast<int>(percent_held + 0.5F)) / 100;
  space(look, 3);
  return changed;
}

}  // namespace

void draw_rule_dialog(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  if (!begin_dialog(look, "rule", 560, 0, say(l, "app.rule_title"))) return;
  paragraph(look.body, ink(render::house::muted), say(l, "app.rule_note"));
  space(look, 10);
  Rule rule = s.rule;
  bool changed = false;
  const float half = (ImGui::GetContentRegionAvail().x - look.px(8)) / 2;
  if (pill(look, "order", say(l, "app.rule_in_order"), rule.counting == Rule::Counting::order,
           {half, look.px(28)})) {
    rule.counting = Rule::Counting::order;
    changed = true;
  }
  ImGui::SameLine(0, look.px(8));
  if (pill(look, "shares", say(l, "app.rule_by_shares"), rule.counting == Rule::Counting::shares,
           {half, look.px(28)})) {
    rule.counting = Rule::Counting::shares;
    changed = true;
  }
  space(look, 4);
  paragraph(look.small, ink(render::house::muted),
            rule.counting == Rule::Counting::order ? say(l, "app.rule_in_order_note")
                                                   : say(l, "app.rule_by_shares_note"));
  space(look, 6);
  changed |= order(s, look, rule);
  space(look, 10);
  section(look, say(l, "app.rule_shares_heading"));
  changed |= share(s, look, "##none", say(l, "app.rule_no_electricity"), rule.no_electricity);
  changed |= share(s, look, "##off", say(l, "app.rule_offgrid"), rule.offgrid_electricity);
  changed |= share(s, look, "##nosignal", say(l, "app.rule_no_signal"), rule.no_signal);
  changed |= share(s, look, "##weak", say(l, "app.rule_weak_signal"), rule.weak_signal);
  if (changed) commands.emplace_back(command::EditRule{rule});
  space(look, 12);
  const bool differs = s.loaded && s.rule != s.dataset()->barrier_rule;
  if (button(look, "keep", say(l, "app.button_keep_rule"), ButtonKind::primary, differs && !s.job,
             120)) {
    commands.emplace_back(command::KeepRule{});
  }
  ImGui::SameLine(0, look.px(10));
  if (button(look, "cancel", say(l, "app.button_cancel"), ButtonKind::plain, true, 110)) {
    commands.emplace_back(command::CloseDialog{});
  }
  ImGui::SameLine(0, look.px(10));
  if (button(look, "default", say(l, "app.weights_default"), ButtonKind::quiet, s.rule != Rule{})) {
    commands.emplace_back(command::EditRule{});
  }
  end_dialog(look);
}

}  // namespace app
