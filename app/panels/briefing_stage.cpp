#include <algorithm>
#include <cmath>
#include <string>

#include "app/panels/briefing_draw.hpp"
#include "app/panels/imgui_versions.hpp"
#include "app/panels/panels.hpp"
#include "app/panels/plan_draw.hpp"

namespace app {
namespace {

using command::OfBriefing;

/// Which scene, the shape of the screen, and what leads to the room.
void bar(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const BriefingDesk& b = s.briefing;
  const ImVec2 origin = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  const float top = origin.y + look.px(9), middle = origin.y + look.px(25);
  float right = origin.x + size.x - look.px(16);
  const auto from_right = [&](float width) {
    right -= width;
    ImGui::SetCursorScreenPos({right, top});
  };
  const std::string present = say(l, "app.briefing_present"), out = say(l, "app.briefing_export");
  from_right(size_of(look.body_bold, present).x + look.px(28));
  if (button(look, "present", present, ButtonKind::primary))
    commands.emplace_back(OfBriefing{briefing::Present{false}});
  if (ImGui::IsItemHovered()) tip(look, say(l, "app.briefing_present_hint"));
  right -= look.px(8);
  from_right(size_of(look.body, out).x + look.px(28));
  if (button(look, "export", out, ButtonKind::plain, !s.job))
    commands.emplace_back(command::ChoosePath{PathPurpose::export_briefing});
  right -= look.px(14);
  // Where there is no room beside them: below the picture, which is low then.
  const bool beside = size.x > look.px(440);
  float shapes = beside ? right : origin.x + size.x - look.px(16);
  for (const bool narrow : {true, false}) {
    shapes -= look.px(48);
    ImGui::SetCursorScreenPos(
        {shapes, beside ? top + look.px(4) : origin.y + size.y - look.px(36)});
    if (pill(look, narrow ? "4:3" : "16:9", narrow ? "4:3" : "16:9", b.narrow == narrow,
             {look.px(46), look.px(24)}))
      commands.emplace_back(OfBriefing{briefing::Shape{narrow}});
  }
  if (beside) right = shapes;
  const std::size_t count = b.briefing()->scenes.size();
  ImGui::SetCursorScreenPos({origin.x + look.px(12), middle - look.px(12)});
  if (arrow(look, "before", false, b.scene > 0))
    commands.emplace_back(OfBriefing{briefing::StepScene{-1}});
  const float left = origin.x + look.px(42), room = right - left - look.px(40);
  std::string place = say(l, "app.briefing_place", b.scene + 1, count);
  if (size_of(look.body_bold, place).x > room)
    place = std::to_string(b.scene + 1) + " / " + std::to_string(count);
  put_within(look.body_bold, {left, middle - look.body_bold->FontSize / 2},
             ink(render::house::text), place, room);
  ImGui::SetCursorScreenPos(
      {left + size_of(look.body_bold, place).x + look.px(6), middle - look.px(12)});
  if (arrow(look, "after", true, b.scene + 1 < count))
    commands.emplace_back(OfBriefing{briefing::StepScene{1}});
}

}  // namespace

void draw_briefing_stage(const AppState& s, const Look& look, const PaintStage& paint,
                         Commands& commands) {
  const Language l = s.view.language;
  const ImVec2 origin = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  const ImVec2 middle(origin.x + size.x / 2, origin.y + size.y / 2);
  if (!s.loaded || s.briefing.scene_now() == nullptr) {
    const bool read = s.loaded && s.briefing.book;
    put_centred(look.title_bold, {middle.x, middle.y - look.px(20)}, ink(render::house::muted),
                read ? say(l, "app.briefing_stage_empty") : say(l, "app.briefing_reading"));
    if (read)
      put_centred(look.body, {middle.x, middle.y + look.px(8)}, ink(render::house::muted),
                  say(l, "app.briefing_stage_hint"));
    return;
  }
  bar(s, look, commands);
  const double shape = s.briefing.narrow ? 3.0 / 4 : 9.0 / 16;
  const ImVec2 ratio = ImGui::GetIO().DisplayFramebufferScale;
  const float edge = look.px(16), above = look.px(50);
  const double room = static_cast<double>(size.x - 2 * edge) * static_cast<double>(ratio.x);
  const double high = static_cast<double>(size.y - above - edge) * static_cast<double>(ratio.y);
  const int width = static_cast<int>(std::floor(std::min(room, high / shape)));
  const int height = static_cast<int>(std::floor(width * shape));
  if (width < 64 || height < 36) return;
  // Letters have a least height on a room's screen: a small stage shows a larger one, at half size.
  const int finer = height < 720 ? 2 : 1;
  const unsigned texture = paint(finer * width, finer * height);
  const ImVec2 shown(static_cast<float>(width) / ratio.x, static_cast<float>(height) / ratio.y);
  const ImVec2 at(std::floor(middle.x - shown.x / 2),
                  std::floor(origin.y + above + (size.y - above - edge - shown.y) / 2));
  const ImVec2 end(at.x + shown.x, at.y + shown.y);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled({at.x + look.px(2), at.y + look.px(3)},
                      {end.x + look.px(2), end.y + look.px(3)}, ink(render::house::text, 0.10));
  list->AddRectFilled(at, end, ink(render::house::panel));
  if (texture != 0) list->AddImage(texture_id(texture), at, end, {0, 1}, {1, 0});
  list->AddRect(at, end, ink(render::house::hairline), 0, 0, look.px(1));
  if (texture == 0)
    put_centred(look.body, {middle.x, (at.y + end.y) / 2}, ink(render::house::muted),
                say(l, "app.briefing_working"));
  ImGui::SetCursorScreenPos(at);
  ImGui::InvisibleButton("stage", shown);
  if (ImGui::IsItemHovered()) {
    if (ImGui::GetIO().MouseWheel != 0)
      commands.emplace_back(
          OfBriefing{briefing::StepScene{ImGui::GetIO().MouseWheel > 0 ? -1 : 1}});
    if (ImGui::IsMouseDoubleClicked(0)) commands.emplace_back(OfBriefing{briefing::Present{false}});
  }
}

}  // namespace app
