#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/how.hpp"
#include "app/panels/panels.hpp"

namespace app {
namespace {

void draw_attention(const AppState& s, const Look& look, Commands& commands) {
  const std::vector<data::Finding>* findings = s.loaded->findings.get();
  const bool any = findings != nullptr && !findings->empty();
  const bool unchecked = checks_given_up(s);
  if (s.derived.attention.empty() && !any && !unchecked) return;
  space(look, 12);
  section(look, say(s.view.language, "app.heading_attention"));
  int id = 0;
  const auto one = [&](const std::string& words, bool grave) {
    const float width = ImGui::GetContentRegionAvail().x, left = look.px(22);
    const ImVec2 whole = look.body->CalcTextSizeA(look.body->FontSize, FLT_MAX, width - left,
                                                  words.data(), words.data() + words.size());
    ImGui::PushID(id++);
    const Hit h = row(look, "attention", false, {width, whole.y + look.px(6)});
    ImGui::PopID();
    ImGui::GetWindowDrawList()->AddCircleFilled(
        {h.min.x + look.px(8), h.min.y + look.px(3) + look.body->FontSize / 2}, look.px(4),
        ink(grave ? shade::alert : render::rgb(0xe6a55a)));
    ImGui::GetWindowDrawList()->AddText(
        look.body, look.body->FontSize, {h.min.x + left, h.min.y + look.px(3)},
        ink(render::house::text), words.data(), words.data() + words.size(), width - left);
    return h.pressed;
  };
  for (const Attention& item : s.derived.attention) {
    if (!one(say(s.view.language, item.message), item.grave)) continue;
    if (item.units.empty()) {
      commands.emplace_back(command::OpenDialog{Dialog::issues});
    } else {
      commands.emplace_back(command::Select{item.units, how_pressed(), false});
    }
  }
  if (unchecked && one(say(s.view.language, "app.attention_unchecked"), true)) {
    commands.emplace_back(command::OpenDialog{Dialog::findings});
  }
  if (!any) return;
  const auto open = std::count_if(findings->begin(), findings->end(),
                                  [](const data::Finding& f) { return !f.accepted; });
  if (one(say(s.view.language, "app.attention_findings", open), open > 0)) {
    commands.emplace_back(command::OpenDialog{Dialog::findings});
  }
}

}  // namespace

void draw_rail(const AppState& s, const Look& look, Commands& commands) {
  section(look, say(s.view.language, "app.heading_indicators"));
  for (const data::Indicator indicator : data::all_indicators) {
    const float width = ImGui::GetContentRegionAvail().x + look.px(16), height = look.px(26);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos({at.x - look.px(8), at.y});
    ImGui::PushID(static_cast<int>(indicator));
    const bool chosen = s.view.indicator == indicator;
    const Hit h = row(look, "indicator", chosen, {width, height});
    ImGui::PopID();
    put_within(look.body, {h.min.x + look.px(14), h.min.y + (height - look.body->FontSize) / 2},
               ink(chosen ? render::house::accent : render::house::text),
               indicator_name(indicator, s.view.language), width - look.px(20));
    if (h.pressed) commands.emplace_back(command::ChooseIndicator{indicator});
  }
  if (!s.loaded || !s.derived.figures) return;
  space(look, 10);
  draw_layers(s, look, commands);
  space(look, 10);
  draw_legend(s, look, commands);
  draw_attention(s, look, commands);
}

}  // namespace app
