#include <cmath>

#include "app/panels/draw.hpp"
#include "app/panels/imgui_versions.hpp"
#include "app/panels/panels.hpp"
#include "app/panels/plan_draw.hpp"
#include "app/plan_map.hpp"

namespace app {
namespace {

using command::How;

How how(bool plain_adds) {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.KeyCtrl) return How::remove;
  return io.KeyShift || plain_adds ? How::add : How::replace;
}

/// Device pixels from the top left of the map.
render::PixelPoint pixel(ImVec2 point, ImVec2 origin) {
  const ImVec2 ratio = ImGui::GetIO().DisplayFramebufferScale;
  return {static_cast<double>((point.x - origin.x) * ratio.x),
          static_cast<double>((point.y - origin.y) * ratio.y)};
}

bool dragged_far(const Look& look, ImVec2 from, ImVec2 to) {
  return std::hypot(to.x - from.x, to.y - from.y) > look.px(4);
}

/// Nobody from there is to go there; or they may again.
void forbid_hovered(const AppState& s, Commands& commands) {
  const auto& rows = s.plan.rows_shown();
  if (*s.plan.hovered >= rows.size()) return;
  const PlanRow& row = rows[*s.plan.hovered];
  commands.emplace_back(command::OfPlan{plan::Forbid{row.home, row.commune}});
}

void take_mouse(const AppState& s, const Look& look, ImVec2 origin, Commands& commands) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool hovered = ImGui::IsItemHovered();
  const bool active = ImGui::IsItemActive();
  // Which kind of drag was begun is told by where and with what the button went down; the window's
  // storage keeps that for the length of the drag.
  ImGuiStorage* kept = ImGui::GetStateStorage();
  const ImGuiID boxing_id = ImGui::GetID("boxing");
  if (s.plan.drag) {
    draw_plan_drag(s, look, commands);
    return;
  }
  if (ImGui::IsItemActivated() && io.MouseDown[0] && s.mode == Mode::plan && !s.box_tool) {
    const geo::UnitIndex home = plan_home_at(s, pixel(io.MousePos, origin));
    if (home.valid()) {
      commands.emplace_back(command::OfPlan{plan::Drag{PlanDrag{home, {}}}});
      return;
    }
  }
  if (ImGui::IsItemActivated()) {
    kept->SetBool(boxing_id, io.MouseDown[0] && (io.KeyShift || s.box_tool));
  }
  const bool boxing = kept->GetBool(boxing_id);
  const int pressed = io.MouseDown[0] || io.MouseReleased[0]   ? 0
                      : io.MouseDown[1] || io.MouseReleased[1] ? 1
                                                               : 2;
  const ImVec2 from = io.MouseClickedPos[pressed];

  if (active && boxing) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled(from, io.MousePos, ink(render::house::selection, 0.12));
    list->AddRect(from, io.MousePos, ink(render::house::selection), 0, 0, look.px(1.5));
  } else if (active && (io.MouseDelta.x != 0 || io.MouseDelta.y != 0) &&
             (pressed != 0 || dragged_far(look, from, io.MousePos))) {
    const ImVec2 ratio = io.DisplayFramebufferScale;
    commands.emplace_back(command::PanBy{static_cast<double>(io.MouseDelta.x * ratio.x),
                                         static_cast<double>(io.MouseDelta.y * ratio.y)});
  }
  if (ImGui::IsItemDeactivated() && pressed == 0) {
    const bool far = dragged_far(look, from, io.MousePos);
    if (boxing && far) {
      commands.emplace_back(
          command::SelectBox{pixel(from, origin), pixel(io.MousePos, origin), how(false)});
    } else if (!far && hovered && io.MouseDragMaxDistanceSqr[0] < look.px(4) * look.px(4)) {
      commands.emplace_back(command::SelectAt{pixel(io.MousePos, origin), how(false)});
    }
    kept->SetBool(boxing_id, false);
  }
  if (!hovered) return;
  if (ImGui::IsMouseDoubleClicked(0)) commands.emplace_back(command::Fit{});
  if (io.MouseWheel != 0) {
    commands.emplace_back(command::ZoomAt{pixel(io.MousePos, origin),
                                          std::pow(1.25, static_cast<double>(io.MouseWheel))});
  }
  if (!active) commands.emplace_back(command::HoverAt{pixel(io.MousePos, origin)});
  if (active && !boxing && dragged_far(look, from, io.MousePos)) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
  }
  const bool on_way = s.mode == Mode::plan && s.plan.hovered && s.loaded;
  if (on_way && ImGui::IsMouseClicked(1)) forbid_hovered(s, commands);
  if (active || !s.loaded) return;
  if (on_way) {
    draw_plan_hover(s, look);
  } else if (s.view.hovered_point) {
    draw_point_hover(s, look);
  } else if (s.view.hovered.valid()) {
    draw_hover(s, look);
  }
}

void welcome(const AppState& s, const Look& look, ImVec2 origin, ImVec2 size) {
  const ImVec2 middle(origin.x + size.x / 2, origin.y + size.y / 2);
  const Language language = s.view.language;
  if (s.loaded) {
    put_centred(look.title_bold, {middle.x, middle.y - look.px(20)}, ink(render::house::text),
                say(language, "app.empty_workspace"));
    put_centred(look.body, {middle.x, middle.y + look.px(8)}, ink(render::house::muted),
                say(language, "app.empty_workspace_hint"));
  } else if (!s.job) {
    put_centred(look.body, middle, ink(render::house::muted), say(language, "app.nothing_open"));
  }
}

}  // namespace

void draw_map(const AppState& s, const Look& look, unsigned texture, Commands& commands) {
  const ImVec2 origin = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  const ImVec2 ratio = ImGui::GetIO().DisplayFramebufferScale;
  const int width = static_cast<int>(size.x * ratio.x), height = static_cast<int>(size.y * ratio.y);
  const double pixel_ratio = static_cast<double>(look.scale * ratio.x);
  if (width != s.camera.width || height != s.camera.height ||
      std::abs(pixel_ratio - s.pixel_ratio) > 1e-6) {
    commands.emplace_back(command::ResizeMap{width, height, pixel_ratio});
  }
  ImDrawList* list = ImGui::GetWindowDrawList();
  const bool land = s.loaded && !s.loaded->dataset->communes.empty();
  if (texture != 0 && land) {
    list->AddImage(texture_id(texture), origin, {origin.x + size.x, origin.y + size.y}, {0, 1},
                   {1, 0});
  } else {
    welcome(s, look, origin, size);
  }
  ImGui::SetCursorScreenPos(origin);
  ImGui::InvisibleButton("land", {std::max(size.x, 1.0F), std::max(size.y, 1.0F)},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonMiddle |
                             ImGuiButtonFlags_MouseButtonRight);
  take_mouse(s, look, origin, commands);
  if (land && s.mode == Mode::plan) draw_plan_legend(s, look, commands);
}

}  // namespace app
