#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "app/panels/boundary_draw.hpp"
#include "app/panels/draw.hpp"
#include "app/panels/imgui_versions.hpp"
#include "app/panels/panels.hpp"
#include "app/panels/plan_draw.hpp"

namespace app {

using namespace boundary_page;

const State& boundary_state(const AppState& s) {
  static const State none;
  return s.entry.pages.boundary ? *s.entry.pages.boundary : none;
}

render::Colour verdict_colour(data::Verdict verdict) {
  if (data::undecided(verdict)) return shade::people;
  if (verdict == data::Verdict::part) return shade::chip_text;
  if (verdict == data::Verdict::whole) return shade::cool;
  return render::house::muted;
}

namespace {

constexpr double form_column = 190;  ///< where the fields of a form begin

void ask_path(Commands& commands, const char* what, geo::Message title,
              std::vector<std::string> endings) {
  commands.emplace_back(
      command::OfEntry{entry::AskPath{what, std::move(title), {}, std::move(endings), false}});
}

/// The page's name with the look back beside it, and the steps of a decree.
void steps(const State& p, Language l, const Look& look, Commands& commands) {
  constexpr const char* names[] = {"boundary.step_files", "boundary.step_mapping",
                                   "boundary.step_totals", "boundary.step_commit",
                                   "boundary.step_then"};
  const auto step = [&](std::size_t i) {
    const auto of = static_cast<Section>(i);
    const bool reachable = of == Section::files || of == Section::then || p.decree;
    const bool chosen = p.step == of;
    ImGui::PushID(names[i]);
    if (button(look, "step", say(l, names[i]), chosen ? ButtonKind::primary : ButtonKind::plain,
               reachable) &&
        !chosen)
      ask(commands, ChooseStep{of});
    ImGui::PopID();
  };
  const ImVec2 top = ImGui::GetCursorPos();
  const float right = top.x + ImGui::GetContentRegionAvail().x - look.px(4);
  paragraph(look.heading_bold, ink(render::house::text), say(l, "boundary.title"));
  space(look, 8);
  const ImVec2 below = ImGui::GetCursorPos();
  ImGui::SetCursorPos({right - size_of(look.body_bold, say(l, names[4])).x - look.px(28), top.y});
  step(4);
  ImGui::SetCursorPos(below);
  for (std::size_t i = 0; i < 4; ++i) {
    if (i > 0) ImGui::SameLine(0, look.px(8));
    step(i);
  }
  space(look, 14);
}

/// A line of a form: its name, and what stands beside it.
void field(const Look& look, const std::string& name) {
  const float y = ImGui::GetCursorPosY();
  ImGui::SetCursorPosY(y + look.px(6));
  ImGui::PushFont(look.body);
  ImGui::TextUnformatted(name.c_str());
  ImGui::PopFont();
  ImGui::SameLine(look.px(form_column));
  ImGui::SetCursorPosY(y);
}

/// `none`: what is said where no file is chosen.
void file_field(const Look& look, Language l, const char* id, const std::string& name,
                const std::filesystem::path& file, const std::string& none, Commands& commands,
                geo::Message title, std::vector<std::string> endings) {
  field(look, name);
  ImGui::PushID(id);
  if (button(look, "choose", say(l, "boundary.choose")))
    ask_path(commands, id, std::move(title), std::move(endings));
  ImGui::SameLine(0, look.px(12));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string words = file.empty() ? none : file.filename().string();
  put_within(look.body, {at.x, at.y + look.px(6)},
             ink(file.empty() ? render::house::muted : render::house::text), words, look.px(420));
  ImGui::Dummy({std::min(size_of(look.body, words).x, look.px(420)), look.px(28)});
  ImGui::PopID();
}

void issues(const State& p, Language l, const Look& look) {
  if (!p.draft) return;
  space(look, 16);
  section(look, say(l, "boundary.read"));
  paragraph(look.body, ink(render::house::text),
            say(l, "boundary.read_units", p.told.units, p.told.new_units, p.told.formers));
  paragraph(look.body, ink(render::house::text), say(l, "boundary.read_rows", p.told.rows));
  constexpr std::size_t most = 6;
  std::size_t told = 0;
  for (const geo::Issue& issue : p.told.issues)
    if (issue.severity != geo::Severity::info && ++told <= most)
      paragraph(look.small, ink(shade::people), say(l, issue));
  if (told > most)
    paragraph(look.small, ink(render::house::muted), say(l, "boundary.more_issues", told - most));
}

void files(const AppState& s, const State& p, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  paragraph(look.body, ink(render::house::muted), say(l, "boundary.files_hint"));
  space(look, 14);
  file_field(look, l, "land", say(l, "boundary.land"), p.land, say(l, "boundary.no_land"), commands,
             geo::msg("boundary.land_title"),
             {".gpkg", ".geojson", ".json", ".shp", ".zip", ".tab", ".fgb", ".kml"});
  if (!p.land.empty()) {
    ImGui::SameLine(0, look.px(16));
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + look.px(6));
    if (link(look, "no_land", say(l, "boundary.without_land"))) ask(commands, DropLand{});
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() - look.px(6));
  }
  space(look, 4);
  file_field(look, l, "crosswalk", say(l, "boundary.crosswalk"), p.crosswalk,
             say(l, "boundary.no_file"), commands, geo::msg("boundary.crosswalk_title"),
             {".csv", ".xlsx", ".ods", ".tsv"});
  space(look, 4);
  field(look, say(l, "boundary.day"));
  std::string day = p.day;
  ImGui::SetNextItemWidth(look.px(150));
  if (input("##day", say(l, "boundary.day_hint"), day)) ask(commands, TypeDay{day});
  const bool may = !p.crosswalk.empty() && p.working == 0 && !s.job;
  const bool entered = taken_by_enter();
  const auto beside = [&](ImFont* font, render::Colour colour, const char* words) {
    ImGui::SameLine(0, look.px(12));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    put(font, {at.x, at.y + look.px(6)}, ink(colour), say(l, words));
    ImGui::NewLine();
  };
  if (p.wrong_day) beside(look.body, shade::people, "boundary.wrong_day");
  space(look, 16);
  ImGui::SetCursorPosX(look.px(form_column));
  if (button(look, "read", say(l, "boundary.read_files"), ButtonKind::primary, may) ||
      (may && entered))
    ask(commands, ReadFiles{});
  if (p.crosswalk.empty()) beside(look.small, render::house::muted, "boundary.crosswalk_first");
  issues(p, l, look);
}

struct Widths {
  float row, old, arrow, now, verdict, share, all;
  bool two_lines;  ///< the verdict stands below, where there is no room beside the names
  float height;
};

void item_row(const State& p, Language l, const Look& look, const data::DecreeItem& item,
              std::size_t place, const Widths& w, Commands& commands) {
  ImGui::PushID(static_cast<int>(place));
  const Hit h = row(look, "item", item.key == p.chosen, {w.all, w.height});
  ImGui::PopID();
  float y = h.min.y + (look.px(26) - look.body->FontSize) / 2;
  float x = h.min.x + look.px(6);
  const ImU32 text = ink(render::house::text), quiet = ink(render::house::muted);
  put_within(look.small, {x, y + look.px(1)}, quiet, item.row > 0 ? std::to_string(item.row) : "–",
             w.row - look.px(6));
  const float names = x += w.row;
  const std::string old = unit_words(item.old_code, item.old_name);
  const float used = put_within(look.body, {x, y}, text, old, w.old - look.px(8));
  if (used + look.px(40) < w.old)
    put_within(look.small, {x + used + look.px(8), y + look.px(1)}, quiet, item.old_place,
               w.old - used - look.px(16));
  x += w.old;
  put(look.body, {x, y}, quiet, "→");
  x += w.arrow;
  put_within(look.body, {x, y}, text, unit_words(item.new_code, item.new_name), w.now - look.px(8));
  x += w.now;
  if (w.two_lines) {
    x = names;
    y += look.px(19);
  }
  const bool open = data::undecided(item.verdict);
  const render::Colour colour = verdict_colour(item.verdict);
  const float decided = item.fixed && !open ? look.px(18) : 0;
  if (decided > 0) mark(look, {x, y}, colour, true);
  put_within(open ? look.body_bold : look.body, {x + decided, y}, ink(colour),
             verdict_words(l, item.verdict), w.verdict - decided - look.px(8));
  const float right = h.max.x - look.px(6);
  if (p.totals)
    for (const data::DecreeShare& share : p.totals->shares)
      if (share.item == place && share.basis != data::ShareBasis::whole)
        put_right(look.body, {right, y}, text, "≈ " + percent(l, share.share));
  if (!p.totals && item.given) put_right(look.body, {right, y}, quiet, percent(l, *item.given));
  if (h.pressed) ask(commands, ChooseItem{item.key});
}

/// Up and down go through the list, as in every table.
void list_keys(const AppState& s, Commands& commands) {
  if (s.dialog != Dialog::none || s.error || ImGui::GetIO().WantTextInput) return;
  if (!ImGui::IsWindowFocused(ImGuiFocusedFlags_RootAndChildWindows)) return;
  if (key_pressed(ImGuiKey_DownArrow)) ask(commands, NextItem{1});
  if (key_pressed(ImGuiKey_UpArrow)) ask(commands, NextItem{-1});
}

void mapping(const AppState& s, const State& p, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const std::size_t open = p.decree->open();
  paragraph(look.body_bold, ink(open > 0 ? shade::people : shade::cool),
            open > 0 ? say(l, "boundary.open", open) : say(l, "boundary.all_decided"));
  const auto n = [&](data::Verdict v) { return p.decree->count(v); };
  paragraph(look.small, ink(render::house::muted),
            say(l, "boundary.counts", n(data::Verdict::whole), n(data::Verdict::part),
                n(data::Verdict::unchanged), n(data::Verdict::left), n(data::Verdict::elsewhere)));
  space(look, 8);
  if (button(look, "next", say(l, "boundary.to_totals"), ButtonKind::primary,
             open == 0 && p.working == 0 && !s.job))
    ask(commands, ChooseStep{Section::totals});
  if (open > 0) {
    ImGui::SameLine(0, look.px(8));
    if (button(look, "rest", say(l, "boundary.leave_rest", open), ButtonKind::plain, !p.committed))
      ask(commands, LeaveRest{});
  }
  space(look, 4);
  if (tick(look, "problems", say(l, "boundary.only_problems"), p.only_problems))
    ask(commands, ShowProblems{!p.only_problems});
  space(look, 4);
  const std::vector<std::size_t> shown = p.shown();
  if (shown.empty()) {
    paragraph(look.body, ink(render::house::muted), say(l, "boundary.no_problems"));
    return;
  }
  const float width = ImGui::GetContentRegionAvail().x - look.px(14);
  Widths w{look.px(44), 0, look.px(26), 0, look.px(190), look.px(70), width, false, look.px(26)};
  w.two_lines = width < look.px(660);
  if (w.two_lines) w.height = look.px(46);
  const float both = width - w.row - w.arrow - (w.two_lines ? look.px(6) : w.verdict + w.share);
  w.old = both * (w.two_lines ? 0.5F : 0.55F);
  w.now = both - w.old;
  if (w.two_lines) w.verdict = width - w.row - w.share;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImU32 quiet = ink(render::house::muted);
  float x = at.x + look.px(6);
  put_within(look.small, {x, at.y}, quiet, say(l, "boundary.head_row"), w.row - look.px(8));
  put(look.small, {x += w.row, at.y}, quiet, say(l, "boundary.head_old"));
  put(look.small, {x += w.old + w.arrow, at.y}, quiet, say(l, "boundary.head_new"));
  if (!w.two_lines) {
    put(look.small, {x += w.now, at.y}, quiet, say(l, "boundary.head_verdict"));
    put_right(look.small, {at.x + width - look.px(6), at.y}, quiet, say(l, "boundary.head_share"));
  }
  ImGui::Dummy({width, look.px(20)});
  // Once something is decided beside it, the arrows go through the list again.
  const auto steps_taken = static_cast<int>(p.done.size());
  int* const seen = ImGui::GetStateStorage()->GetIntRef(ImGui::GetID("steps"), steps_taken);
  if (std::exchange(*seen, steps_taken) != steps_taken) ImGui::SetNextWindowFocus();
  ImGui::BeginChild("items", {0, 0}, false, ImGuiWindowFlags_NoNav);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(shown.size()), w.height);
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const std::size_t place = shown[static_cast<std::size_t>(i)];
      item_row(p, l, look, p.decree->items[place], place, w, commands);
    }
  list_keys(s, commands);
  ImGui::EndChild();
}

}  // namespace

void draw_boundary_page(const AppState& s, const Look& look, Commands& commands) {
  const State& p = boundary_state(s);
  const Language l = s.view.language;
  steps(p, l, look, commands);
  switch (p.step) {
    case Section::files:
      return files(s, p, look, commands);
    case Section::mapping:
      if (p.decree) mapping(s, p, look, commands);
      return;
    case Section::totals:
      if (p.decree) draw_boundary_totals(s, look, commands);
      return;
    case Section::commit:
      if (p.decree) draw_boundary_commit(s, look, commands);
      return;
    case Section::then:
      return draw_boundary_then(s, look, commands);
  }
}

}  // namespace app
