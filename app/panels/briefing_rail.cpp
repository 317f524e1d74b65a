#include <algorithm>
#include <string>
#include <vector>

#include "app/panels/briefing_draw.hpp"
#include "app/panels/panels.hpp"
#include "app/panels/plan_draw.hpp"

namespace app {
namespace {

using briefing::AskDraft;
using command::OfBriefing;

bool may_write(const BriefingDesk& b) { return b.book && !b.book->read_only; }

double seconds_of(const data::Briefing& briefing) {
  double sum = 0;
  for (const data::Scene& scene : briefing.scenes) sum += scene.seconds.value_or(briefing.seconds);
  return sum;
}

std::string size_of_briefing(const data::Briefing& briefing, Language l) {
  if (briefing.scenes.empty()) return say(l, "app.briefing_no_scenes");
  return say(l, "app.briefing_size", briefing.scenes.size(), seconds_text(seconds_of(briefing), l));
}

/// What can be done with briefings, below the list of them.
void briefings_popup(const AppState& s, const Look& look, ImVec2 at, float width,
                     Commands& commands) {
  const Language l = s.view.language;
  const BriefingDesk& b = s.briefing;
  ImGui::SetNextWindowPos(at);
  ImGui::SetNextWindowSizeConstraints({width, 0}, {width, look.px(520)});
  if (!ImGui::BeginPopup("briefings")) return;
  const float room = ImGui::GetContentRegionAvail().x;
  for (const data::Briefing& one : b.book->briefings) {
    ImGui::PushID(static_cast<int>(one.id));
    const Hit h = row(look, "briefing", b.chosen == one.id, {room, look.px(44)});
    ImGui::PopID();
    put_within(look.body_bold, {h.min.x + look.px(8), h.min.y + look.px(3)},
               ink(render::house::text), one.name, room - look.px(16));
    put_within(look.small, {h.min.x + look.px(8), h.min.y + look.px(23)}, ink(render::house::muted),
               size_of_briefing(one, l), room - look.px(16));
    if (!h.pressed) continue;
    commands.emplace_back(OfBriefing{briefing::Choose{one.id}});
    ImGui::CloseCurrentPopup();
  }
  const ImVec2 line_at = ImGui::GetCursorScreenPos();
  ImGui::GetWindowDrawList()->AddLine({line_at.x, line_at.y + look.px(4)},
                                      {line_at.x + room, line_at.y + look.px(4)},
                                      ink(render::house::hairline), look.px(1));
  space(look, 8);
  const auto action = [&](const char* id, const std::string& words, BriefingCommand what,
                          bool enabled = true) {
    if (!enabled) ImGui::BeginDisabled();
    const Hit h = row(look, id, false, {room, look.px(27)});
    if (!enabled) ImGui::EndDisabled();
    put_within(look.body, {h.min.x + look.px(8), h.min.y + (look.px(27) - look.body->FontSize) / 2},
               ink(render::house::text, enabled ? 1 : 0.4), words, room - look.px(16));
    if (!h.pressed || !enabled) return;
    commands.emplace_back(OfBriefing{std::move(what)});
    ImGui::CloseCurrentPopup();
  };
  const bool writes = may_write(b), one = writes && b.briefing() != nullptr;
  action("draft", say(l, "app.briefing_draft"), AskDraft{}, writes && !s.dataset()->dates.empty());
  action("new", say(l, "app.briefing_new"), briefing::AskName{false}, writes);
  action("rename", say(l, "app.briefing_rename"), briefing::AskName{true}, one);
  action("duplicate", say(l, "app.briefing_duplicate"), briefing::Duplicate{}, one);
  action("delete", say(l, "app.briefing_delete"), briefing::Delete{}, one);
  ImGui::EndPopup();
}

/// Which briefing, and how long it takes.
void head(const AppState& s, const Look& look, const data::Briefing& briefing, Commands& commands) {
  const Language l = s.view.language;
  section(look, say(l, "app.briefing_heading"));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::SetCursorScreenPos({at.x - look.px(8), at.y});
  const Hit h = row(look, "briefing", false, {width + look.px(16), look.px(46)});
  put_within(look.title_bold, {at.x, at.y + look.px(2)}, ink(render::house::text), briefing.name,
             width - look.px(20));
  put_within(look.small, {at.x, at.y + look.px(27)}, ink(render::house::muted),
             size_of_briefing(briefing, l), width - look.px(20));
  const float x = h.max.x - look.px(14), y = at.y + look.px(14), r = look.px(4);
  ImGui::GetWindowDrawList()->AddTriangleFilled({x - r, y - r / 2}, {x + r, y - r / 2}, {x, y + r},
                                                ink(render::house::muted));
  if (h.hovered && size_of(look.title_bold, briefing.name).x > width - look.px(20))
    tip(look, briefing.name);
  if (h.pressed) ImGui::OpenPopup("briefings");
  briefings_popup(s, look, {h.min.x, h.max.y + look.px(4)}, std::max(width, look.px(250)),
                  commands);
}

/// "Nơi còn thiếu nhiều nhất · 27/8/2023"
std::string about(const data::Scene& scene, Language l) {
  const auto kind = data::statement_by_id(scene.statement);
  std::string out = kind ? statement_name(*kind, l) : say(l, "app.briefing_map_only");
  return out + " · " + (scene.at ? date(l, *scene.at) : say(l, "app.briefing_newest"));
}

struct Row {
  std::vector<std::string> headline;
  std::string about, seconds, mark;
  float top = 0, height = 0;
};

std::vector<Row> rows_of(const AppState& s, const Look& look, const data::Briefing& briefing,
                         float width) {
  const Language l = s.view.language;
  const BriefingDesk& b = s.briefing;
  std::vector<Row> rows;
  float top = 0;
  for (std::size_t i = 0; i < briefing.scenes.size(); ++i) {
    const data::Scene& scene = briefing.scenes[i];
    const SceneShown* shown = i < b.shown.size() ? b.shown[i].get() : nullptr;
    Row row;
    const std::string& words = shown ? shown->headline : scene.headline;
    row.headline =
        two_lines(look.body, words.empty() ? say(l, "app.briefing_untitled") : words, width);
    row.about = about(scene, l);
    row.seconds = seconds_text(scene.seconds.value_or(briefing.seconds), l);
    if (shown && shown->outdated) {
      row.mark = say(l, "app.briefing_outdated");
    } else if (shown && shown->lost > 0) {
      row.mark = say(l, "app.briefing_lost_short", shown->lost);
    }
    row.top = top;
    row.height = look.px(12) + look.body->FontSize * static_cast<float>(row.headline.size()) +
                 look.small->FontSize * (row.mark.empty() ? 1 : 2) + look.px(3);
    top += row.height + look.px(2);
    rows.push_back(std::move(row));
  }
  return rows;
}

void draw_row(const Look& look, const Row& row, std::size_t number, ImVec2 min, float left,
              float width) {
  float y = min.y + look.px(6);
  put_right(look.body_bold, {left - look.px(8), y}, ink(render::house::muted),
            std::to_string(number));
  for (std::size_t i = 0; i < row.headline.size(); ++i) {
    put_within(look.body, {left, y}, ink(render::house::text), row.headline[i], width);
    y += look.body->FontSize;
  }
  y += look.px(3);
  const float seconds = size_of(look.small, row.seconds).x;
  put_right(look.small, {left + width, y}, ink(render::house::muted), row.seconds);
  put_within(look.small, {left, y}, ink(render::house::muted), row.about,
             width - seconds - look.px(8));
  if (row.mark.empty()) return;
  y += look.small->FontSize;
  ImGui::GetWindowDrawList()->AddCircleFilled({left + look.px(4), y + look.small->FontSize / 2},
                                              look.px(4), ink(shade::alert));
  put_within(look.small_bold, {left + look.px(13), y}, ink(shade::people), row.mark,
             width - look.px(13));
}

/// The scene chosen by keys comes into sight.
void follow_chosen(const std::vector<Row>& rows, std::size_t chosen) {
  ImGuiStorage* kept = ImGui::GetStateStorage();
  const ImGuiID last = ImGui::GetID("last scene");
  const int now = static_cast<int>(chosen) + 1;
  if (kept->GetInt(last) == now || chosen >= rows.size()) return;
  kept->SetInt(last, now);
  const Row& row = rows[chosen];
  const float scroll = ImGui::GetScrollY(), room = ImGui::GetWindowHeight();
  if (row.top < scroll) ImGui::SetScrollY(row.top);
  if (row.top + row.height > scroll + room) ImGui::SetScrollY(row.top + row.height - room);
}

/// Pressed, chosen; pulled, put where the mouse lets go.
void scenes(const AppState& s, const Look& look, const data::Briefing& briefing, float height,
            Commands& commands) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float beyond = look.px(8), bar = ImGui::GetStyle().ScrollbarSize;
  const float avail = ImGui::GetContentRegionAvail().x;
  ImGui::SetCursorScreenPos({at.x - beyond, at.y});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, look.px(2)});
  ImGui::BeginChild("scenes", {avail + 2 * beyond + bar, height}, false,
                    ImGuiWindowFlags_NoNavInputs);
  const float width = avail + 2 * beyond, number = look.px(34);
  const float words = width - number - look.px(8);
  const std::vector<Row> rows = rows_of(s, look, briefing, words);
  follow_chosen(rows, s.briefing.scene);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    ImGui::PushID(static_cast<int>(i));
    const Hit h = row(look, "scene", i == s.briefing.scene, {width, rows[i].height});
    const bool far = ImGui::GetIO().MouseDragMaxDistanceSqr[0] > look.px(6) * look.px(6);
    const bool pulled = far && ImGui::IsItemActive() && may_write(s.briefing);
    const bool dropped = far && ImGui::IsItemDeactivated() && may_write(s.briefing);
    const bool twice = h.hovered && ImGui::IsMouseDoubleClicked(0);
    ImGui::PopID();
    draw_row(look, rows[i], i + 1, h.min, h.min.x + number, words);
    if (pulled || dropped) {
      std::size_t slot = 0;
      const float mouse = ImGui::GetIO().MousePos.y - origin.y;
      while (slot < rows.size() && mouse > rows[slot].top + rows[slot].height / 2) ++slot;
      const float y = origin.y +
                      (slot < rows.size() ? rows[slot].top : rows.back().top + rows.back().height) -
                      look.px(1);
      ImGui::GetWindowDrawList()->AddLine({h.min.x, y}, {h.max.x, y}, ink(render::house::selection),
                                          look.px(3));
      const std::size_t to = slot > i ? slot - 1 : slot;
      if (dropped && to != i) commands.emplace_back(OfBriefing{briefing::MoveScene{i, to}});
    } else if (twice) {
      commands.emplace_back(OfBriefing{briefing::WantHeadline{}});
    } else if (h.pressed && i != s.briefing.scene) {
      commands.emplace_back(OfBriefing{briefing::ChooseScene{i}});
    }
    if (h.hovered && !pulled) {
      const std::string& note = briefing.scenes[i].note;
      if (!note.empty()) tip(look, note);
    }
  }
  ImGui::EndChild();
  ImGui::PopStyleVar();
}

/// Nothing is there yet: what can be done.
void first_steps(const AppState& s, const Look& look, const std::string& words,
                 Commands& commands) {
  const Language l = s.view.language;
  paragraph(look.body, ink(render::house::text), words);
  space(look, 10);
  const bool writes = may_write(s.briefing);
  const double width = static_cast<double>(ImGui::GetContentRegionAvail().x / look.scale);
  if (button(look, "draft", say(l, "app.briefing_draft"), ButtonKind::primary,
             writes && !s.dataset()->dates.empty(), width))
    commands.emplace_back(OfBriefing{AskDraft{}});
  space(look, 2);
  paragraph(look.small, ink(render::house::muted), say(l, "app.briefing_draft_note"));
  space(look, 10);
  if (button(look, "capture", say(l, "app.briefing_capture_button"), ButtonKind::plain, writes,
             width))
    commands.emplace_back(OfBriefing{briefing::Capture{}});
  space(look, 2);
  paragraph(look.small, ink(render::house::muted), say(l, "app.briefing_capture_note"));
}

void warnings(const AppState& s, const Look& look) {
  const Language l = s.view.language;
  if (s.briefing.book->read_only)
    paragraph(look.small, ink(shade::people), say(l, "app.briefing_read_only"));
  for (const geo::Issue& issue : s.briefing.book->issues)
    paragraph(look.small, ink(shade::people), say(l, issue));
}

}  // namespace

void draw_briefing_rail(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const BriefingDesk& b = s.briefing;
  if (!b.book || !s.loaded) {
    section(look, say(l, "app.briefing_heading"));
    line(look.body, ink(render::house::muted),
         b.asked ? say(l, "app.briefing_reading") : say(l, "app.briefing_unread"));
    return;
  }
  const data::Briefing* briefing = b.briefing();
  if (briefing == nullptr) {
    section(look, say(l, "app.briefing_heading"));
    warnings(s, look);
    first_steps(s, look, say(l, "app.briefing_none"), commands);
    return;
  }
  head(s, look, *briefing, commands);
  warnings(s, look);
  space(look, 8);
  if (briefing->scenes.empty()) {
    first_steps(s, look, say(l, "app.briefing_empty"), commands);
    return;
  }
  const float foot = look.px(74);
  scenes(s, look, *briefing, std::max(look.px(90), ImGui::GetContentRegionAvail().y - foot),
         commands);
  space(look, 6);
  const bool writes = may_write(b);
  const auto act = [&](const char* id, const std::string& words, BriefingCommand what) {
    if (link(look, id, words) && writes) commands.emplace_back(OfBriefing{std::move(what)});
  };
  act("add", say(l, "app.briefing_add_link"), briefing::Capture{});
  ImGui::SameLine(0, look.px(14));
  act("duplicate", say(l, "app.briefing_duplicate_link"), briefing::DuplicateScene{});
  ImGui::SameLine(0, look.px(14));
  act("delete", say(l, "app.briefing_delete_link"), briefing::DeleteScene{});
  paragraph(look.small, ink(render::house::muted), say(l, "app.briefing_list_hint"));
}

}  // namespace app
