#include <algorithm>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/imgui_versions.hpp"
#include "app/panels/panels.hpp"

namespace app {
namespace {
constexpr ImGuiWindowFlags afloat =
    ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_AlwaysAutoResize |
    ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing;

void begin_card(const Look& look, const char* id, double from_bottom) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({screen.x / 2, screen.y - look.px(from_bottom)}, ImGuiCond_Always,
                          {0.5F, 1});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {look.px(16), look.px(10)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, look.px(8));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, look.px(1));
  ImGui::Begin(id, nullptr, afloat);
}
double above_foot(const AppState& s, double more) {
  return (s.panels.time_line_open && s.mode == Mode::review ? 76 : 16) + more;
}
void end_card() {
  ImGui::End();
  ImGui::PopStyleVar(3);
}
}  // namespace

void draw_error(const AppState& s, const Look& look, Commands& commands) {
  const Language language = s.view.language;
  if (!begin_dialog(look, "error", 560, 0, say(language, "app.error_title"))) return;
  paragraph(look.body_bold, ink(render::house::text), say(language, s.error->message));
  space(look, 2);
  if (!s.error->where.empty()) {
    paragraph(look.small, ink(render::house::muted), s.error->where);
    space(look, 2);
  }
  paragraph(look.body, ink(render::house::text), say(language, s.error->remedy));
  space(look, 12);
  if (button(look, "ok", say(language, "app.button_understood"), ButtonKind::primary, true, 120) ||
      key_pressed(ImGuiKey_Enter)) {
    commands.emplace_back(command::DismissError{});
    ImGui::CloseCurrentPopup();
  }
  end_dialog(look);
}

void draw_toast(const AppState& s, const Look& look, Commands& commands) {
  begin_card(look, "##toast", above_foot(s, 0));
  const std::string words = say(s.view.language, s.toast->message);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  put(look.body, {at.x, at.y + (look.px(32) - look.body->FontSize) / 2}, ink(render::house::text),
      words);
  ImGui::Dummy({size_of(look.body, words).x, look.px(32)});
  if (s.toast->can_undo) {
    ImGui::SameLine(0, look.px(16));
    if (button(look, "undo", say(s.view.language, "app.button_take_back"), ButtonKind::plain)) {
      commands.emplace_back(command::TakeBack{});
    }
  }
  if (s.toast->steps_back) {
    ImGui::SameLine(0, look.px(16));
    if (button(look, "step back", say(s.view.language, "app.action_undo"), ButtonKind::plain)) {
      commands.emplace_back(command::Undo{});
    }
  }
  ImGui::SameLine(0, look.px(8));
  if (button(look, "close", "×", ButtonKind::quiet)) commands.emplace_back(command::DismissToast{});
  end_card();
}

void draw_job(const AppState& s, const Look& look, Commands& commands) {
  const JobStatus& job = s.job ? *s.job : *s.background;
  begin_card(look, "##job", above_foot(s, s.toast ? 64 : 0));
  const std::string words =
      job.cancelling ? say(s.view.language, "app.job_cancelling") : say(s.view.language, job.doing);
  const float width = look.px(320);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  put_within(look.body, at, ink(render::house::text), words, width);
  const float top = at.y + look.body->FontSize + look.px(5);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled({at.x, top}, {at.x + width, top + look.px(5)}, ink(shade::trough),
                      look.px(2.5));
  const auto share = static_cast<float>(std::clamp(job.share, 0.0, 1.0));
  list->AddRectFilled({at.x, top}, {at.x + width * share, top + look.px(5)},
                      ink(render::house::selection), look.px(2.5));
  ImGui::Dummy({width, look.px(32)});
  ImGui::SameLine(0, look.px(16));
  if (button(look, "cancel", say(s.view.language, "app.button_cancel"), ButtonKind::plain,
             !job.cancelling)) {
    commands.emplace_back(s.job ? Command(command::CancelJob{})
                                : Command(command::CancelBackground{}));
  }
  end_card();
}

}  // namespace app
