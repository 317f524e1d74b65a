#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "app/panels/draw.hpp"
#include "app/panels/issue_list.hpp"
#include "app/panels/panels.hpp"

namespace app {
namespace {
std::string severity_text(Language language, geo::Severity severity) {
  switch (severity) {
    case geo::Severity::error:
      return say(language, "app.issues_refused");
    case geo::Severity::warning:
      return say(language, "app.issues_warnings");
    case geo::Severity::info:
      return say(language, "app.issues_notes");
  }
  return {};
}
}  // namespace

void draw_issue_list(const Look& look, Language language, const geo::Issues& issues) {
  // What was refused stands above what was only noted.
  std::vector<const geo::Issue*> ordered;
  for (const geo::Issue& issue : issues) ordered.push_back(&issue);
  std::stable_sort(ordered.begin(), ordered.end(), [](const geo::Issue* a, const geo::Issue* b) {
    return a->severity > b->severity;
  });
  int id = 0;
  std::optional<geo::Severity> group;
  const float width = ImGui::GetContentRegionAvail().x, left = look.px(20);
  for (const geo::Issue* shown : ordered) {
    const geo::Issue& issue = *shown;
    if (group != issue.severity) {
      if (group) space(look, 6);
      group = issue.severity;
      const auto count = std::count_if(issues.begin(), issues.end(), [&](const geo::Issue& other) {
        return other.severity == issue.severity;
      });
      line(look.small_bold, ink(render::house::muted),
           say(language, "app.issues_counted", severity_text(language, issue.severity), count));
      space(look, 2);
    }
    const std::string words = say(language, issue);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 whole = look.body->CalcTextSizeA(look.body->FontSize, FLT_MAX, width - left,
                                                  words.data(), words.data() + words.size());
    ImGui::PushID(id++);
    if (ImGui::IsRectVisible({width, whole.y})) {
      const render::Colour colour = issue.severity == geo::Severity::error ? render::rgb(0xb42318)
                                    : issue.severity == geo::Severity::warning ? shade::alert
                                                                               : shade::dot;
      ImGui::GetWindowDrawList()->AddCircleFilled(
          {at.x + look.px(7), at.y + look.body->FontSize / 2}, look.px(4), ink(colour));
      ImGui::GetWindowDrawList()->AddText(look.body, look.body->FontSize, {at.x + left, at.y},
                                          ink(render::house::text), words.data(),
                                          words.data() + words.size(), width - left);
    }
    ImGui::Dummy({width, whole.y + look.px(4)});
    ImGui::PopID();
  }
}

void draw_issues_dialog(const AppState& s, const Look& look, Commands& commands) {
  const Language language = s.view.language;
  if (!begin_dialog(look, "issues", 860, 620, say(language, "app.issues_title"))) return;
  ImGui::BeginChild("issues", {0, -look.px(32 + 14)});
  if (!s.loaded || s.loaded->issues.empty()) {
    line(look.body, ink(render::house::muted), say(language, "app.no_issues"));
  } else {
    draw_issue_list(look, language, s.loaded->issues);
  }
  ImGui::EndChild();
  space(look, 4);
  if (button(look, "close", say(language, "app.button_close"), ButtonKind::primary, true, 110)) {
    commands.emplace_back(command::CloseDialog{});
  }
  end_dialog(look);
}

}  // namespace app
