#include "app/panels/draw.hpp"
#include "app/panels/panels.hpp"

namespace app {
namespace {
enum class Icon { plus, minus, fit, box };

void icon(const Look& look, Icon what, ImVec2 middle, ImU32 colour) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float r = look.px(6), weight = look.px(1.6);
  const auto stroke = [&](float x0, float y0, float x1, float y1) {
    list->AddLine({middle.x + x0 * r, middle.y + y0 * r}, {middle.x + x1 * r, middle.y + y1 * r},
                  colour, weight);
  };
  switch (what) {
    case Icon::plus:
      stroke(0, -1, 0, 1);
      stroke(-1, 0, 1, 0);
      break;
    case Icon::minus:
      stroke(-1, 0, 1, 0);
      break;
    case Icon::fit:
      for (const float x : {-1.0F, 1.0F}) {
        for (const float y : {-1.0F, 1.0F}) {
          stroke(x, y, x * 0.35F, y);
          stroke(x, y, x, y * 0.35F);
        }
      }
      break;
    case Icon::box:
      for (float at = -1; at < 1; at += 0.8F) {
        stroke(at, -1, at + 0.4F, -1);
        stroke(at, 1, at + 0.4F, 1);
        stroke(-1, at, -1, at + 0.4F);
        stroke(1, at, 1, at + 0.4F);
      }
      break;
  }
}
}  // namespace

void draw_map_tools(const AppState& s, const Look& look, Commands& commands) {
  const ImVec2 size(look.px(30), look.px(30));
  const auto tool = [&](const char* id, Icon what, const std::string& name, bool on,
                        Command command) {
    const Hit h = hit(look, id, size);
    ImDrawList* list = ImGui::GetWindowDrawList();
    if (on || h.hovered) {
      list->AddRectFilled(h.min, h.max, ink(on ? shade::chosen : shade::over), look.px(5));
    }
    icon(look, what, {(h.min.x + h.max.x) / 2, (h.min.y + h.max.y) / 2},
         ink(on ? render::house::selection : render::house::text));
    if (h.hovered) tip(look, name);
    if (h.pressed) commands.push_back(std::move(command));
  };
  const Language language = s.view.language;
  tool("in", Icon::plus, say(language, "app.action_zoom_in") + " (+)", false,
       command::ZoomAt{{}, 1.4});
  tool("out", Icon::minus, say(language, "app.action_zoom_out") + " (-)", false,
       command::ZoomAt{{}, 1 / 1.4});
  tool("fit", Icon::fit, say(language, "app.action_fit") + " (0)", false, command::Fit{});
  tool("box", Icon::box, say(language, "app.action_box") + " (B)", s.box_tool,
       command::ToggleBoxTool{});
}

}  // namespace app
