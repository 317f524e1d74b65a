#include "app/window/desk.hpp"

#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "app/figures.hpp"
#include "app/panels/draw.hpp"
#include "app/panels/drawer.hpp"
#include "app/panels/imgui_versions.hpp"
#include "app/panels/panels.hpp"
#include "app/plan_map.hpp"
#include "app/scene.hpp"
#include "app/window/theme.hpp"
#include "render/map_painter.hpp"

namespace app {
namespace {

/// What the map's picture was drawn from. When nothing of it changed the old picture stands; when
/// only the camera did, so does the frame.
struct Drawn {
  std::shared_ptr<const Loaded> loaded;
  std::shared_ptr<const Figures> figures;
  View view;
  PlanOnMap plan;
  Mode mode = Mode::review;
  render::Camera camera;
  double pixel_ratio = 0;

  bool is_of(const AppState& s) const {
    return loaded == s.loaded && figures == s.derived.figures && view == s.view && mode == s.mode &&
           plan == plan_on_map(s);
  }
  bool is_seen_as(const AppState& s) const {
    return camera == s.camera && pixel_ratio == s.pixel_ratio;
  }
};

/// What the stage of a briefing was drawn from.
struct Staged {
  std::shared_ptr<const Loaded> loaded;
  std::shared_ptr<const Figures> figures;
  std::shared_ptr<const SceneShown> shown;
  std::size_t number = 0, of = 0;
  int width = 0, height = 0;
  bool operator==(const Staged&) const = default;
};

struct Rect {
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
};

/// Where everything stands, in Dear ImGui units.
struct Layout {
  Rect top, rail, filters, map, drawer, side, time_line;
};

Layout layout(const AppState& s, const Look& look, ImVec2 size) {
  const Panels& panels = s.panels;
  // Of a plan the time line, the filters and the charts say nothing.
  const bool review = s.mode == Mode::review;
  const float top = look.px(48), foot = review && panels.time_line_open ? look.px(60) : 0;
  // On a narrow window the map keeps a third; the panels share what they lose.
  const float wanted_rail = panels.rail_open ? look.px(panels.rail) : 0;
  const float wanted_side = panels.side_open ? look.px(panels.side) : 0;
  // The week's table is wide: there the middle has room for all its columns before they have.
  const float room =
      s.mode == Mode::entry ? std::max(size.x * 0.4F, size.x - look.px(710)) : size.x * 0.67F;
  const float shrink = std::min(1.0F, room / std::max(1.0F, wanted_rail + wanted_side));
  const float rail = std::floor(wanted_rail * shrink), side = std::floor(wanted_side * shrink);
  const float bottom = std::max(top, size.y - foot);
  // Without communes there is nothing to filter or to chart.
  const bool land = review && s.loaded && !s.loaded->dataset->communes.empty();
  const float filters = land ? top + look.px(36) : top;
  float drawer = land ? look.px(drawer_tabs) : 0;
  if (land && s.drawer != Drawer::none) {
    drawer = std::clamp(look.px(panels.drawer), look.px(120), (bottom - top) * 0.6F);
  }
  drawer = std::floor(std::max(filters, bottom - drawer));
  return {{0, 0, size.x, top},
          {0, top, rail, bottom},
          {rail, top, size.x - side, filters},
          {rail, filters, size.x - side, drawer},
          {rail, drawer, size.x - side, bottom},
          {size.x - side, top, size.x, bottom},
          {0, bottom, size.x, size.y}};
}

/// What the background does is told once it takes long enough to be asked about.
bool lasts(const AppState& s) {
  return s.background && s.now - s.background_since > std::chrono::milliseconds(600);
}

bool touches_hover(const Command& command) {
  return std::holds_alternative<command::Hover>(command) ||
         std::holds_alternative<command::HoverAt>(command);
}

// Dear ImGui puts windows that are never brought to the front behind those it knew before, so what
// lies over the map (tools, edges of panels) has to be of the other kind.
constexpr ImGuiWindowFlags docked =
    ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
    ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoFocusOnAppearing |
    ImGuiWindowFlags_NoNavFocus;
constexpr ImGuiWindowFlags afloat = docked & ~ImGuiWindowFlags_NoBringToFrontOnFocus;
constexpr ImGuiWindowFlags still_docked = ImGuiWindowFlags_NoBringToFrontOnFocus;

}  // namespace

struct Desk::Impl {
  Look look;
  std::optional<render::MapPainter> painter;
  std::optional<Drawn> drawn;
  std::optional<render::MapPainter> stage_painter;  ///< of a briefing's scene, as a room sees it
  std::optional<Staged> staged;
  render::Frame frame;           ///< of what was drawn
  std::optional<Panel> focused;  ///< the panel that has the keyboard, as Dear ImGui sees it
  bool tell_focus = false;       ///< the state moved it: Dear ImGui has to be told this frame
  std::vector<ImWchar> typed;    ///< see give_back_typed()

  void draw_land(const AppState& s) {
    if (!s.loaded || !s.derived.figures || s.camera.width <= 0 || s.camera.height <= 0) return;
    if (s.mode == Mode::briefing || s.mode == Mode::entry) return;
    const bool same = drawn && drawn->is_of(s);
    if (same && drawn->is_seen_as(s)) return;
    if (!painter) painter.emplace();
    if (!same) {
      frame = make_frame(*s.dataset(), s.loaded->land, *s.derived.figures, s.view,
                         s.loaded->points.get());
      if (s.mode == Mode::plan) add_plan(frame, *s.dataset(), s.view, plan_on_map(s));
      drawn = Drawn{s.loaded, s.derived.figures, s.view, plan_on_map(s), s.mode, {}, 0};
    }
    frame.camera = drawn->camera = s.camera;
    frame.pixel_ratio = drawn->pixel_ratio = s.pixel_ratio;
    painter->draw(frame);
  }

  /// Only when something of it has changed.
  unsigned draw_stage(const AppState& s, int width, int height) {
    const BriefingDesk& b = s.briefing;
    const auto shown = b.shown_now();
    if (!s.loaded || !s.derived.figures || !shown) return 0;
    Staged now{s.loaded, s.derived.figures, shown, b.scene + 1, b.briefing()->scenes.size(), width,
               height};
    if (staged != now) {
      if (!stage_painter) stage_painter.emplace();
      const Picture picture =
          scene_picture(*s.loaded, *s.derived.figures, *shown, {now.number, now.of}, width, height);
      stage_painter->draw_page(picture.frame, picture.box, width, height);
      staged = std::move(now);
    }
    return stage_painter->texture();
  }

  template <class Draw>
  void panel(const char* name, const Rect& r, const AppState& s, std::optional<Panel> which,
             ImVec2 padding, ImGuiWindowFlags flags, Commands& commands, Draw draw) {
    if (r.x1 - r.x0 < 1 || r.y1 - r.y0 < 1) return;
    ImGui::SetNextWindowPos({r.x0, r.y0});
    ImGui::SetNextWindowSize({r.x1 - r.x0, r.y1 - r.y0});
    if (which && s.focus == *which && tell_focus) ImGui::SetNextWindowFocus();
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padding);
    ImGui::Begin(name, nullptr, (which ? docked : afloat) | flags);
    ImGui::PopStyleVar();
    if (which && !tell_focus && s.focus != *which &&
        ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows)) {
      commands.emplace_back(command::FocusPanel{*which});
      focused = *which;
    }
    draw();
    if (which && s.focus_shown && s.focus == *which) {
      // Over what lies in the panel, but never over a dialog.
      ImDrawList* list = s.dialog == Dialog::none && !s.error ? ImGui::GetForegroundDrawList()
                                                              : ImGui::GetWindowDrawList();
      list->AddRect({r.x0 + 1, r.y0 + 1}, {r.x1 - 1, r.y1 - 1}, ink(render::house::selection, 0.7),
                    0, 0, look.px(2));
    }
    ImGui::End();
  }

  void splitter(const char* name, float x, float y0, float y1, Panel which, Commands& commands) {
    ImGui::SetNextWindowPos({x - look.px(4), y0});
    ImGui::SetNextWindowSize({look.px(8), y1 - y0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::Begin(name, nullptr, afloat | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav);
    ImGui::PopStyleVar();
    ImGui::InvisibleButton("drag", {look.px(8), std::max(1.0F, y1 - y0)});
    const bool active = ImGui::IsItemActive();
    if (active || ImGui::IsItemHovered()) {
      ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
      ImGui::GetWindowDrawList()->AddLine({x, y0}, {x, y1}, ink(render::house::selection, 0.6),
                                          look.px(2));
    } else {
      ImGui::GetWindowDrawList()->AddLine({x, y0}, {x, y1}, ink(render::house::hairline),
                                          look.px(1));
    }
    if (active && ImGui::GetIO().MouseDelta.x != 0) {
      const float mouse = ImGui::GetIO().MousePos.x;
      const float width = which == Panel::rail ? mouse : ImGui::GetIO().DisplaySize.x - mouse;
      commands.emplace_back(command::ResizePanel{which, static_cast<double>(width / look.scale)});
    }
    if (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(0)) {
      commands.emplace_back(command::TogglePanel{which});
    }
    ImGui::End();
  }

  void drawer_edge(const Rect& r, Commands& commands) {
    ImGui::SetNextWindowPos({r.x0, r.y0 - look.px(4)});
    ImGui::SetNextWindowSize({r.x1 - r.x0, look.px(8)});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::Begin("##drawer edge", nullptr,
                 afloat | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav);
    ImGui::PopStyleVar();
    ImGui::InvisibleButton("drag", {std::max(1.0F, r.x1 - r.x0), look.px(8)});
    const bool active = ImGui::IsItemActive();
    if (active || ImGui::IsItemHovered()) {
      ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeNS);
      ImGui::GetWindowDrawList()->AddLine({r.x0, r.y0}, {r.x1, r.y0},
                                          ink(render::house::selection, 0.6), look.px(2));
    }
    if (active && ImGui::GetIO().MouseDelta.y != 0) {
      const float height = r.y1 - ImGui::GetIO().MousePos.y;
      commands.emplace_back(command::ResizeDrawer{static_cast<double>(height / look.scale)});
    }
    ImGui::End();
  }

  void panels(const AppState& s, Commands& commands) {
    const Layout at = layout(s, look, ImGui::GetIO().DisplaySize);
    tell_focus = focused != s.focus;
    focused = s.focus;
    const ImGuiWindowFlags still =
        ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;
    ImGui::PushStyleColor(ImGuiCol_WindowBg, ink(render::house::ground));
    const bool form = s.mode == Mode::entry && s.entry.pages.shown != EntryPage::week;
    const ImGuiWindowFlags own_keys = form ? ImGuiWindowFlags_None : ImGuiWindowFlags_NoNav;
    panel("##map", at.map, s, Panel::map, {0, 0}, still | own_keys, commands, [&] {
      if (s.mode == Mode::briefing) {
        const auto paint = [&](int width, int height) { return draw_stage(s, width, height); };
        draw_briefing_stage(s, look, paint, commands);
        return;
      }
      if (s.mode == Mode::entry) {
        draw_entry_stage(s, look, commands);
        return;
      }
      const unsigned texture = painter && drawn ? painter->texture() : 0;
      draw_map(s, look, texture, commands);
    });
    ImGui::PopStyleColor();
    // Of the map as far as the keyboard is concerned.
    panel("##filters", at.filters, s, {}, {0, 0}, still | still_docked, commands,
          [&] { draw_filters(s, look, commands); });
    panel("##drawer", at.drawer, s, Panel::drawer, {0, 0}, still, commands,
          [&] { draw_drawer(s, look, commands); });
    panel("##time line", at.time_line, s, Panel::time_line, {0, 0}, still, commands,
          [&] { draw_time_line(s, look, commands); });
    rail_and_side(s, at, commands);
    panel("##top", at.top, s, Panel::top, {0, 0}, still, commands,
          [&] { draw_top_bar(s, look, commands); });
    const bool map = s.mode == Mode::review || s.mode == Mode::plan;
    if (map && s.loaded && !s.loaded->dataset->communes.empty()) {
      const Rect tools{at.map.x1 - look.px(46), at.map.y1 - look.px(14 + 4 * 32),
                       at.map.x1 - look.px(14), at.map.y1 - look.px(14)};
      ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, look.px(7));
      ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, look.px(1));
      panel("##tools", tools, s, {}, {look.px(1), look.px(1)}, still | ImGuiWindowFlags_NoNav,
            commands, [&] { draw_map_tools(s, look, commands); });
      ImGui::PopStyleVar(2);
    }
    if (s.panels.rail_open) {
      splitter("##rail edge", at.rail.x1, at.rail.y0, at.rail.y1, Panel::rail, commands);
    }
    if (s.panels.side_open) {
      splitter("##side edge", at.side.x0, at.side.y0, at.side.y1, Panel::side, commands);
    }
    if (s.drawer != Drawer::none && s.mode == Mode::review) drawer_edge(at.drawer, commands);
  }

  void rail_and_side(const AppState& s, const Layout& at, Commands& commands) {
    const auto scrolling = [&](const char* id, ImGuiWindowFlags flags, auto draw) {
      // Rows reach half the padding beyond the text on both sides.
      ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {look.px(16), 0});
      begin_padded_child(id, 0, 0, flags);
      ImGui::PopStyleVar();
      draw(s, look, commands);
      ImGui::EndChild();
    };
    const ImGuiWindowFlags still =
        ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;
    const bool briefing = s.mode == Mode::briefing;
    const auto rail = briefing                ? draw_briefing_rail
                      : s.mode == Mode::entry ? draw_entry_rail
                      : s.mode == Mode::plan  ? draw_plan_rail
                                              : draw_rail;
    const auto side = briefing                ? draw_briefing_side
                      : s.mode == Mode::entry ? draw_entry_aside
                      : s.mode == Mode::plan  ? draw_plan_side
                                              : draw_side;
    // The keys of a briefing's list are the desk's own: see actions().
    const ImGuiWindowFlags keys = briefing ? ImGuiWindowFlags_NoNavInputs : ImGuiWindowFlags_None;
    const ImVec2 padding(look.px(4), look.px(18));
    panel("##rail", at.rail, s, Panel::rail, padding, still | keys, commands,
          [&] { scrolling(briefing ? "briefing" : "content", keys, rail); });
    panel("##side", at.side, s, Panel::side, padding, still, commands,
          [&] { scrolling(briefing ? "scene" : "content", ImGuiWindowFlags_None, side); });
  }

  void over(const AppState& s, Commands& commands) {
    if (s.toast) draw_toast(s, look, commands);
    if (s.job ? s.dialog != Dialog::import : lasts(s)) draw_job(s, look, commands);
    const Dialog dialog = s.error ? Dialog::none : s.dialog;
    // What stands at the edge of the desk is about the map: that stays as bright as it is.
    const bool aside = dialog == Dialog::classes || dialog == Dialog::weights ||
                       dialog == Dialog::findings || dialog == Dialog::plan_kept ||
                       dialog == Dialog::plan_numbers;
    ImGui::GetStyle().Colors[ImGuiCol_ModalWindowDimBg].w = aside ? 0 : 0.35F;
    const auto one = [](bool wanted, const char* id, auto draw) {
      if (wanted) {
        draw();
      } else {
        shut_dialog(id);
      }
    };
    one(dialog == Dialog::path, "path", [&] { draw_path_dialog(s, look, commands); });
    one(dialog == Dialog::import, "import", [&] { draw_import_dialog(s, look, commands); });
    one(dialog == Dialog::issues, "issues", [&] { draw_issues_dialog(s, look, commands); });
    one(dialog == Dialog::classes, "classes", [&] { draw_classes_dialog(s, look, commands); });
    one(dialog == Dialog::weights, "weights", [&] { draw_weights_dialog(s, look, commands); });
    one(dialog == Dialog::rule, "rule", [&] { draw_rule_dialog(s, look, commands); });
    one(dialog == Dialog::findings, "findings", [&] { draw_findings_dialog(s, look, commands); });
    one(dialog == Dialog::accept || dialog == Dialog::figure, "reason",
        [&] { draw_reason_dialog(s, look, commands); });
    one(dialog == Dialog::plan_numbers, "plan numbers",
        [&] { draw_plan_numbers(s, look, commands); });
    one(dialog == Dialog::plan_teams, "plan teams", [&] { draw_plan_teams(s, look, commands); });
    one(dialog == Dialog::plan_keep, "plan keep", [&] { draw_plan_keep(s, look, commands); });
    one(dialog == Dialog::plan_kept, "plan kept", [&] { draw_plan_kept(s, look, commands); });
    one(dialog == Dialog::briefing_name, "briefing name",
        [&] { draw_briefing_name(s, look, commands); });
    one(dialog == Dialog::briefing_draft, "briefing draft",
        [&] { draw_briefing_draft(s, look, commands); });
    one(dialog == Dialog::palette, "palette", [&] { draw_palette(s, look, commands); });
    one(s.error.has_value(), "error", [&] { draw_error(s, look, commands); });
  }
};

Desk::Desk(double scale) : impl_(std::make_unique<Impl>()) {
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;  // the desk keeps its own settings
  io.LogFilename = nullptr;
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  try {
    impl_->look = dress(scale);
    if (!ImGui_ImplOpenGL3_Init("#version 330 core")) {
      throw geo::Error(geo::ErrorKind::io, geo::msg("app.no_opengl"), "OpenGL 3.3",
                       geo::msg("app.install_driver"));
    }
  } catch (...) {
    ImGui::DestroyContext();
    throw;
  }
}

Desk::~Desk() {
  impl_->painter.reset();
  impl_->stage_painter.reset();
  ImGui_ImplOpenGL3_Shutdown();
  ImGui::DestroyContext();
}

void Desk::draw(const AppState& state, int width, int height, Commands& commands) {
  impl_->draw_land(state);
  ImGui_ImplOpenGL3_NewFrame();
  if (state.quit) take_all_typed();
  ImGui::NewFrame();
  type_with_telex(state.panels.telex);
  // In the frame that gives it the keyboard a field drops what was typed.
  impl_->typed.clear();
  if (state.search_wanted) {
    auto& queue = ImGui::GetIO().InputQueueCharacters;
    for (const ImWchar c : queue) impl_->typed.push_back(c);
    queue.resize(0);
  }
  const std::size_t before = commands.size();
  impl_->panels(state, commands);
  impl_->over(state, commands);
  // A commune is under the mouse only while a panel says so.
  if ((state.view.hovered.valid() || state.view.hovered_point) &&
      std::none_of(commands.begin() + static_cast<std::ptrdiff_t>(before), commands.end(),
                   touches_hover)) {
    commands.emplace_back(command::Hover{});
  }
  ImGui::Render();
  render::clear_screen(width, height);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

bool Desk::typing() const { return ImGui::GetIO().WantTextInput; }

void Desk::give_back_typed() {
  for (const ImWchar c : impl_->typed) ImGui::GetIO().AddInputCharacter(c);
  impl_->typed.clear();
}

}  // namespace app
