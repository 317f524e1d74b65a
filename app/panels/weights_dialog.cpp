#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/panels.hpp"

namespace app {
namespace {

std::string criterion_name(Language l, data::Criterion c) {
  switch (c) {
    case data::Criterion::shortfall:
      return say(l, "app.criterion_shortfall");
    case data::Criterion::rate:
      return say(l, "app.criterion_rate");
    case data::Criterion::achievement:
      return say(l, "app.criterion_achievement");
    case data::Criterion::barriers:
      return say(l, "app.criterion_barriers");
    case data::Criterion::silence:
      return say(l, "app.criterion_silence");
    case data::Criterion::teams:
      return say(l, "app.criterion_teams");
  }
  return {};
}

}  // namespace

void draw_weights_dialog(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  if (!begin_aside(look, "weights", Edge::left, 420, say(l, "app.weights_title"))) return;
  paragraph(look.body, ink(render::house::muted), say(l, "app.weights_note"));
  space(look, 10);
  // All at zero are scored as the default, so its shares are shown.
  const bool any = s.weights.of != decltype(s.weights.of){};
  const data::Weights used = any ? s.weights : data::Weights{};
  double sum = 0;
  for (const double w : used.of) sum += w;
  for (const data::Criterion c : data::all_criteria) {
    const auto i = static_cast<std::size_t>(c);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    put_within(look.body, at, ink(render::house::text), criterion_name(l, c), width - look.px(60));
    put_right(look.body_bold, {at.x + width, at.y},
              ink(used.of[i] > 0 ? render::house::accent : render::house::muted),
              percent(l, used.of[i] / sum, 0));
    ImGui::Dummy({width, look.body->FontSize + look.px(2)});
    auto weight = static_cast<float>(s.weights.of[i]);
    ImGui::PushID(static_cast<int>(i));
    ImGui::SetNextItemWidth(width);
    const std::string shown = number(l, s.weights.of[i], 1);
    if (ImGui::SliderFloat("##weight", &weight, 0, 10, shown.c_str(),
                           ImGuiSliderFlags_AlwaysClamp | ImGuiSliderFlags_NoInput)) {
      data::Weights weights = s.weights;
      weights.of[i] = static_cast<double>(weight);
      commands.emplace_back(command::ChooseWeights{weights});
    }
    ImGui::PopID();
    space(look, 8);
  }
  line(look.small, ink(render::house::muted), say(l, "app.first_k"));
  space(look, 2);
  const std::size_t choices[] = {3, 5, 10, 20};
  for (const std::size_t k : choices) {
    if (k != choices[0]) ImGui::SameLine(0, look.px(6));
    ImGui::PushID(static_cast<int>(k));
    if (pill(look, "first", number(l, static_cast<double>(k)), s.first_k == k,
             {look.px(48), look.px(26)})) {
      commands.emplace_back(command::ChooseFirst{k});
    }
    ImGui::PopID();
  }
  space(look, 6);
  paragraph(look.small, ink(render::house::muted), say(l, "app.stays_note", s.first_k));
  space(look, 14);
  if (button(look, "close", say(l, "app.button_done"), ButtonKind::primary, true, 110)) {
    commands.emplace_back(command::CloseDialog{});
  }
  ImGui::SameLine(0, look.px(10));
  if (button(look, "default", say(l, "app.weights_default"), ButtonKind::plain,
             s.weights != data::Weights{})) {
    commands.emplace_back(command::ChooseWeights{});
  }
  end_dialog(look);
}

}  // namespace app
