#include <algorithm>
#include <string>
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

std::string verdict_words(Language l, const data::DecreeItem& item) {
  constexpr const char* words[] = {
      "boundary.whole",          "boundary.part",         "boundary.unchanged",
      "boundary.elsewhere",      "boundary.twice",        "boundary.left",
      "boundary.unknown_former", "boundary.unknown_unit", "boundary.ambiguous",
      "boundary.shares",         "boundary.no_successor", "boundary.no_predecessor"};
  return say(l, words[static_cast<std::size_t>(item.verdict)]);
}

render::Colour verdict_colour(data::Verdict verdict) {
  if (data::undecided(verdict)) return shade::people;
  if (verdict == data::Verdict::part) return shade::chip_text;
  if (verdict == data::Verdict::whole) return shade::cool;
  return render::house::muted;
}

std::string basis_words(Language l, data::ShareBasis basis) {
  constexpr const char* words[] = {"boundary.by_whole",     "boundary.by_given",
                                   "boundary.by_residents", "boundary.by_land",
                                   "boundary.by_area",      "boundary.by_equally"};
  return say(l, words[static_cast<std::size_t>(basis)]);
}

std::string unit_words(const std::string& code, const std::string& name) {
  if (code.empty() && name.empty()) return "–";
  return code.empty() || name.empty() ? code + name : code + " " + name;
}

namespace {

void ask_path(Commands& commands, const char* what, geo::Message title,
              std::vector<std::string> endings) {
  commands.emplace_back(
      command::OfEntry{entry::AskPath{what, std::move(title), {}, std::move(endings), false}});
}

void steps(const State& p, Language l, const Look& look, Commands& commands) {
  constexpr const char* names[] = {"boundary.step_files", "boundary.step_mapping",
                                   "boundary.step_totals", "boundary.step_commit",
                                   "boundary.step_then"};
  for (std::size_t i = 0; i < 5; ++i) {
    if (i == 4) ImGui::SameLine(0, look.px(28));
    const auto step = static_cast<Section>(i);
    const bool reachable = step == Section::files || step == Section::then || p.decree;
    const std::string words = say(l, names[i]);
    const bool chosen = p.step == step;
    ImGui::PushID(names[i]);
    if (button(look, "step", words, chosen ? ButtonKind::primary : ButtonKind::plain, reachable) &&
        !chosen)
      boundary_command(commands, ChooseStep{step});
    ImGui::PopID();
    if (i < 3) ImGui::SameLine(0, look.px(8));
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
  ImGui::SameLine(look.px(190));
  ImGui::SetCursorPosY(y);
}

void file_field(const Look& look, Language l, const char* id, const std::string& name,
                const std::filesystem::path& file, Commands& commands, geo::Message title,
                std::vector<std::string> endings) {
  field(look, name);
  ImGui::PushID(id);
  if (button(look, "choose", say(l, "boundary.choose")))
    ask_path(commands, id, std::move(title), std::move(endings));
  ImGui::SameLine(0, look.px(12));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  put_within(look.body, {at.x, at.y + look.px(6)},
             ink(file.empty() ? render::house::muted : render::house::text),
             file.empty() ? say(l, "boundary.no_file") : file.filename().string(), look.px(420));
  ImGui::Dummy({look.px(430), look.px(28)});
  ImGui::PopID();
  space(look, 4);
}

void issues(const State& p, Language l, const Look& look) {
  if (!p.draft) return;
  space(look, 16);
  section(look, say(l, "boundary.read"));
  paragraph(look.body, ink(render::house::text),
            say(l, "boundary.read_units", p.told.units, p.told.new_units, p.told.formers));
  paragraph(look.body, ink(render::house::text), say(l, "boundary.read_rows", p.told.rows));
  std::size_t told = 0;
  for (const geo::Issue& issue : p.told.issues) {
    if (issue.severity == geo::Severity::info) continue;
    if (++told > 6) break;
    paragraph(look.small, ink(shade::people), say(l, issue));
  }
  if (told > 6)
    paragraph(look.small, ink(render::house::muted),
              say(l, "boundary.more_issues", p.told.issues.size()));
}

void files(const AppState& s, const State& p, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  paragraph(look.body, ink(render::house::muted), say(l, "boundary.files_hint"));
  space(look, 14);
  file_field(look, l, "land", say(l, "boundary.land"), p.land, commands,
             geo::msg("boundary.land_title"),
             {".gpkg", ".geojson", ".json", ".shp", ".zip", ".tab", ".fgb", ".kml"});
  if (!p.land.empty()) {
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + look.px(190));
    if (link(look, "no_land", say(l, "boundary.without_land")))
      boundary_command(commands, DropLand{});
  }
  file_field(look, l, "crosswalk", say(l, "boundary.crosswalk"), p.crosswalk, commands,
             geo::msg("boundary.crosswalk_title"), {".csv", ".xlsx", ".ods", ".tsv"});
  field(look, say(l, "boundary.day"));
  std::string day = p.day;
  ImGui::SetNextItemWidth(look.px(150));
  if (input("##day", say(l, "boundary.day_hint"), day)) boundary_command(commands, TypeDay{day});
  if (p.wrong_day) {
    ImGui::SameLine(0, look.px(12));
    line(look.body, ink(shade::people), say(l, "boundary.wrong_day"));
  }
  space(look, 16);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + look.px(190));
  if (button(look, "read", say(l, "boundary.read_files"), ButtonKind::primary,
             !p.crosswalk.empty() && p.working == 0 && !s.job))
    boundary_command(commands, ReadFiles{});
  issues(p, l, look);
}

struct Widths {
  float row, old, arrow, now, verdict, share;
};

void item_row(const State& p, Language l, const Look& look, const data::DecreeItem& item,
              std::size_t place, const Widths& w, Commands& commands) {
  const float height = look.px(26), width = ImGui::GetContentRegionAvail().x;
  ImGui::PushID(static_cast<int>(place));
  const Hit h = row(look, "item", item.key == p.chosen, {width, height});
  ImGui::PopID();
  const float y = h.min.y + (height - look.body->FontSize) / 2;
  float x = h.min.x + look.px(6);
  const ImU32 text = ink(render::house::text), quiet = ink(render::house::muted);
  put_within(look.small, {x, y + look.px(1)}, quiet, item.row > 0 ? std::to_string(item.row) : "–",
             w.row - look.px(6));
  x += w.row;
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
  const bool open = data::undecided(item.verdict);
  put_within(open ? look.body_bold : look.body, {x, y}, ink(verdict_colour(item.verdict)),
             verdict_words(l, item), w.verdict - look.px(8));
  if (p.totals)
    for (const data::DecreeShare& share : p.totals->shares)
      if (share.item == place && share.basis != data::ShareBasis::whole)
        put_right(look.body, {h.max.x - look.px(6), y}, text, "≈ " + percent(l, share.share));
  if (!p.totals && item.given)
    put_right(look.body, {h.max.x - look.px(6), y}, quiet, percent(l, *item.given));
  if (h.pressed) boundary_command(commands, ChooseItem{item.key});
}

/// Up and down go through the list, as in every table.
void list_keys(const AppState& s, Commands& commands) {
  if (s.dialog != Dialog::none || s.error || ImGui::GetIO().WantTextInput) return;
  if (!ImGui::IsWindowFocused(ImGuiFocusedFlags_RootAndChildWindows)) return;
  if (key_pressed(ImGuiKey_DownArrow)) boundary_command(commands, NextItem{1});
  if (key_pressed(ImGuiKey_UpArrow)) boundary_command(commands, NextItem{-1});
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
  if (tick(look, "problems", say(l, "boundary.only_problems"), p.only_problems))
    boundary_command(commands, ShowProblems{!p.only_problems});
  ImGui::SameLine(0, look.px(20));
  if (button(look, "rest", say(l, "boundary.leave_rest", open), ButtonKind::plain,
             open > 0 && !p.committed))
    boundary_command(commands, LeaveRest{});
  ImGui::SameLine(0, look.px(8));
  if (button(look, "next", say(l, "boundary.to_totals"), ButtonKind::primary,
             open == 0 && p.working == 0 && !s.job))
    boundary_command(commands, ChooseStep{Section::totals});
  space(look, 10);
  const std::vector<std::size_t> shown = p.shown();
  if (shown.empty()) {
    paragraph(look.body, ink(render::house::muted), say(l, "boundary.no_problems"));
    return;
  }
  const float width = ImGui::GetContentRegionAvail().x - look.px(14);
  Widths w{look.px(44), 0, look.px(26), 0, look.px(196), look.px(70)};
  w.old = (width - w.row - w.arrow - w.verdict - w.share) * 0.55F;
  w.now = (width - w.row - w.arrow - w.verdict - w.share) * 0.45F;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImU32 quiet = ink(render::house::muted);
  float x = at.x + look.px(6);
  put_within(look.small, {x, at.y}, quiet, say(l, "boundary.head_row"), w.row - look.px(8));
  put(look.small, {x += w.row, at.y}, quiet, say(l, "boundary.head_old"));
  put(look.small, {x += w.old + w.arrow, at.y}, quiet, say(l, "boundary.head_new"));
  put(look.small, {x += w.now, at.y}, quiet, say(l, "boundary.head_verdict"));
  put_right(look.small, {at.x + width - look.px(6), at.y}, quiet, say(l, "boundary.head_share"));
  ImGui::Dummy({width, look.px(20)});
  ImGui::BeginChild("items", {0, 0}, false, ImGuiWindowFlags_NoNav);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(shown.size()), look.px(26));
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const std::size_t place = shown[static_cast<std::size_t>(i)];
      item_row(p, l, look, p.decree->items[place], place, w, commands);
    }
  list_keys(s, commands);
  ImGui::EndChild();
}

constexpr const char* count_names[] = {"boundary.eligible", "boundary.installed",
                                       "boundary.l1",       "boundary.l2",
                                       "boundary.sessions", "boundary.reached"};

void totals(const AppState& s, const State& p, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  if (!p.totals) {
    paragraph(look.body, ink(render::house::muted), say(l, "boundary.totals_asked"));
    space(look, 10);
    if (button(look, "try", say(l, "boundary.try"), ButtonKind::primary, p.working == 0 && !s.job))
      boundary_command(commands, Try{});
    return;
  }
  const data::DecreeTotals& t = *p.totals;
  const bool equal = t.equal();
  paragraph(
      look.title_bold, ink(equal ? shade::cool : shade::people),
      equal ? say(l, "boundary.equal", t.days.size()) : say(l, "boundary.differ", t.losses.size()));
  paragraph(look.small, ink(render::house::muted), say(l, "boundary.totals_hint"));
  if (t.unshown > 0)
    paragraph(look.small, ink(render::house::muted), say(l, "boundary.unshown", t.unshown));
  if (t.homeless_settlements + t.homeless_teams > 0)
    paragraph(look.small, ink(shade::chip_text),
              say(l, "boundary.homeless", t.homeless_settlements, t.homeless_teams));
  for (const data::DecreeLoss& loss : t.losses)
    paragraph(look.body, ink(shade::people),
              say(l, loss.after < 1 ? "boundary.lost" : "boundary.doubled",
                  unit_words(loss.code, loss.name), percent(l, loss.before, 0),
                  percent(l, loss.after, 0)));
  space(look, 8);
  if (button(look, "on", say(l, "boundary.to_commit"), ButtonKind::primary, equal))
    boundary_command(commands, ChooseStep{Section::commit});
  space(look, 10);
  const float width = ImGui::GetContentRegionAvail().x - look.px(16), date_width = look.px(100);
  const float each = (width - date_width) / 6, height = look.px(24);
  ImVec2 at = ImGui::GetCursorScreenPos();
  for (std::size_t c = 0; c < 6; ++c)
    put_right(look.small, {at.x + date_width + each * static_cast<float>(c + 1), at.y},
              ink(render::house::muted), say(l, count_names[c]));
  ImGui::Dummy({width, look.px(22)});
  ImGui::BeginChild("days", {0, 0});
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(t.days.size()), height);
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const auto& day = t.days[t.days.size() - 1 - static_cast<std::size_t>(i)];
      at = ImGui::GetCursorScreenPos();
      put(look.body, at, ink(render::house::text), date(l, day.date));
      for (std::size_t c = 0; c < 6; ++c) {
        const bool same = day.before[c] == day.after[c];
        const std::string after = number(l, static_cast<double>(day.after[c]));
        put_right(same ? look.body : look.body_bold,
                  {at.x + date_width + each * static_cast<float>(c + 1), at.y},
                  ink(same ? render::house::text : shade::people),
                  same ? after : number(l, static_cast<double>(day.before[c])) + " → " + after);
      }
      ImGui::Dummy({width, height});
    }
  ImGui::EndChild();
}

void commit(const AppState& s, const State& p, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  if (p.committed) {
    paragraph(look.title_bold, ink(shade::cool),
              say(l, "boundary.committed", date(l, p.told.from)));
    paragraph(look.body, ink(render::house::text), say(l, "boundary.committed_hint"));
    space(look, 12);
    if (button(look, "undo", say(l, "boundary.undo"), ButtonKind::plain,
               p.working == 0 && !s.job && !s.entry.read_only))
      boundary_command(commands, UndoCommit{});
    ImGui::SameLine(0, look.px(8));
    if (button(look, "anew", say(l, "boundary.anew"))) boundary_command(commands, Anew{});
    return;
  }
  if (p.nothing_new) {
    paragraph(look.body, ink(render::house::text), say(l, "boundary.nothing_new"));
    return;
  }
  const std::size_t open = p.decree->open();
  const auto told = [&](bool good, const std::string& words) {
    paragraph(look.body, ink(good ? shade::cool : shade::people), (good ? "✓ " : "✗ ") + words);
  };
  told(open == 0, open == 0 ? say(l, "boundary.all_decided") : say(l, "boundary.open", open));
  told(p.totals && p.totals->equal(), !p.totals ? say(l, "boundary.totals_unknown")
                                      : p.totals->equal()
                                          ? say(l, "boundary.equal", p.totals->days.size())
                                          : say(l, "boundary.differ", p.totals->losses.size()));
  if (s.entry.read_only) told(false, say(l, "boundary.read_only"));
  space(look, 8);
  paragraph(
      look.body, ink(render::house::text),
      say(l, "boundary.commit_words", date(l, p.told.from), p.decree->count(data::Verdict::whole),
          p.decree->count(data::Verdict::part), p.decree->count(data::Verdict::left)));
  space(look, 12);
  const bool may = open == 0 && p.totals && p.totals->equal() && !s.entry.read_only;
  if (button(look, "commit", say(l, "boundary.commit"), ButtonKind::primary,
             may && p.working == 0 && !s.job))
    boundary_command(commands, Commit{});
}

}  // namespace

void draw_boundary_page(const AppState& s, const Look& look, Commands& commands) {
  const State& p = boundary_state(s);
  const Language l = s.view.language;
  paragraph(look.heading_bold, ink(render::house::text), say(l, "boundary.title"));
  space(look, 8);
  steps(p, l, look, commands);
  switch (p.step) {
    case Section::files:
      return files(s, p, look, commands);
    case Section::mapping:
      if (p.decree) mapping(s, p, look, commands);
      return;
    case Section::totals:
      if (p.decree) totals(s, p, look, commands);
      return;
    case Section::commit:
      if (p.decree) commit(s, p, look, commands);
      return;
    case Section::then:
      return draw_boundary_then(s, look, commands);
  }
}

}  // namespace app
