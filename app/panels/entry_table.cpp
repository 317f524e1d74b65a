#include <algorithm>
#include <cmath>
#include <string>

#include "app/panels/draw.hpp"
#include "app/panels/entry_draw.hpp"
#include "app/panels/imgui_versions.hpp"
#include "app/panels/panels.hpp"
#include "app/panels/plan_draw.hpp"

namespace app {
namespace {

using command::OfEntry;

constexpr double head_height = 46, row_height = 28, bar_height = 50, foot_height = 30,
                 total_height = 42;  // with a line for how many of them reported

/// Where the columns stand, in Dear ImGui units from the table's left.
struct Columns {
  float number = 0, name = 0, cell = 0, cells = 0, rate = 0, end = 0;
  float left(std::size_t column) const { return cells + cell * static_cast<float>(column); }
};

Columns columns(const Look& look, float width) {
  Columns c;
  c.number = look.px(34);
  c.name = std::clamp(width * 0.24F, look.px(120), look.px(230));
  c.cells = c.number + c.name;
  c.rate = look.px(84);
  c.cell = std::max(look.px(66), (width - c.cells - c.rate - look.px(12)) / entry_columns);
  c.end = c.cells + c.cell * entry_columns + c.rate;
  return c;
}

void bar(const AppState& s, const Look& look, const EntryGrid& grid, Commands& commands) {
  const Language l = s.view.language;
  const EntryDesk& e = s.entry;
  const ImVec2 origin = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  const float middle = origin.y + look.px(bar_height / 2);
  const auto at = std::find(e.weeks.begin(), e.weeks.end(), grid.week.date);
  const bool older = at != e.weeks.end() && at + 1 != e.weeks.end();
  const bool newer = at != e.weeks.end() && at != e.weeks.begin();
  ImGui::SetCursorScreenPos({origin.x + look.px(12), middle - look.px(12)});
  if (arrow(look, "older", false, older)) commands.emplace_back(OfEntry{entry::ChooseWeek{at[1]}});
  const std::string title = say(l, "entry.week_until", date(l, grid.week.date));
  const float left = origin.x + look.px(42);
  put(look.title_bold, {left, middle - look.title_bold->FontSize / 2}, ink(render::house::text),
      title);
  ImGui::SetCursorScreenPos(
      {left + size_of(look.title_bold, title).x + look.px(6), middle - look.px(12)});
  if (arrow(look, "newer", true, newer)) commands.emplace_back(OfEntry{entry::ChooseWeek{at[-1]}});
  std::string state = say(l, "entry.all_saved");
  render::Colour colour = render::house::muted;
  if (e.read_only) {
    state = say(l, "entry.read_only");
    colour = shade::people;
  } else if (!e.broken.empty()) {
    const std::size_t here = unsaved_here(s);
    state = here > 0 ? say(l, "entry.not_saved", here)
                     : say(l, "entry.not_saved_elsewhere", e.broken.size());
    colour = shade::people;
  } else if (e.writing > 0) {
    state = say(l, "entry.saving");
  }
  const float used = left + size_of(look.title_bold, title).x + look.px(44);
  const float room = origin.x + size.x - look.px(16) - used;
  const float wide = std::min(room, size_of(look.body, state).x);
  if (wide > look.px(40))
    put_within(look.body,
               {origin.x + size.x - look.px(16) - wide, middle - look.body->FontSize / 2},
               ink(colour), state, wide + 1);
}

void heads(const AppState& s, const Look& look, const Columns& c, ImVec2 at) {
  const Language l = s.view.language;
  constexpr const char* names[] = {"entry.head_eligible", "entry.head_installed",
                                   "entry.head_l1",       "entry.head_l2",
                                   "entry.head_sessions", "entry.head_reached"};
  const float bottom = at.y + look.px(head_height) - look.px(6);
  const auto head = [&](float right, const std::string& words, float width) {
    const std::size_t cut = words.find('\n');
    const std::string first = words.substr(0, cut);
    const float line = look.small->FontSize;
    if (cut == std::string::npos) {
      put_right(look.small_bold, {right, bottom - line}, ink(render::house::muted), first);
      return;
    }
    const std::string second = words.substr(cut + 1);
    const float above = std::min(width, size_of(look.small_bold, first).x);
    put_within(look.small_bold, {right - above, bottom - 2 * line}, ink(render::house::muted),
               first, above + 1);
    const float wide = std::min(width, size_of(look.small, second).x);
    put_within(look.small, {right - wide, bottom - line}, ink(render::house::muted), second,
               wide + 1);
  };
  put(look.small_bold, {at.x + c.number, bottom - look.small->FontSize}, ink(render::house::muted),
      say(l, "entry.head_unit"));
  for (std::size_t i = 0; i < entry_columns; ++i)
    head(at.x + c.left(i + 1) - look.px(8), say(l, names[i]), c.cell - look.px(10));
  head(at.x + c.end - look.px(8), say(l, "entry.head_rate"), c.rate - look.px(10));
  ImGui::GetWindowDrawList()->AddLine({at.x, at.y + look.px(head_height) - 1},
                                      {at.x + c.end, at.y + look.px(head_height) - 1},
                                      ink(render::house::muted), look.px(1));
}

/// What has been typed so far, with a caret behind it.
void typed(const Look& look, const std::string& text, ImVec2 min, ImVec2 max) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(min, max, ink(render::house::panel));
  const float y = min.y + (max.y - min.y - look.body->FontSize) / 2;
  const float right = max.x - look.px(9), width = size_of(look.body, text).x;
  list->PushClipRect(min, max, true);
  put(look.body, {right - width, y}, ink(render::house::text), text);
  list->PopClipRect();
  list->AddLine({right + look.px(1), y}, {right + look.px(1), y + look.body->FontSize},
                ink(render::house::text), look.px(1.2));
}

void cell(const AppState& s, const Look& look, const EntryGrid& grid, EntryCell at, ImVec2 min,
          ImVec2 max) {
  const Language l = s.view.language;
  const data::WeekRow& row = grid.week.rows[at.row];
  const auto &now = row.now[at.column], &last = row.last[at.column];
  ImDrawList* list = ImGui::GetWindowDrawList();
  const EntryRange range = chosen(grid);
  const bool broken = s.entry.broken_at(at) != nullptr;
  if (broken) list->AddRectFilled(min, max, ink(shade::chip));
  if (range.contains(at) && !(range.first == range.last))
    list->AddRectFilled(min, max, ink(shade::chosen, broken ? 0.5 : 1));
  const float y = min.y + (max.y - min.y - look.body->FontSize) / 2, right = max.x - look.px(8);
  if (at == grid.cursor && grid.typing) {
    typed(look, *grid.typing, min, max);
  } else if (now) {
    put_right(look.body, {right, y}, ink(broken ? shade::people : render::house::text),
              number(l, static_cast<double>(*now)));
    // How it stands to the week before; of sessions and people reached every week stands alone.
    const bool cumulative = at.column < 4;
    if (last && cumulative && *now != *last) {
      const double by = static_cast<double>(*now - *last);
      const std::string change = (by > 0 ? "+" : "−") + number(l, std::abs(by));
      const float end =
          right - look.px(6) - size_of(look.body, number(l, static_cast<double>(*now))).x;
      const ImU32 colour = ink(by < 0 ? shade::people : render::house::muted);
      const float middle = (min.y + max.y) / 2, half = look.px(3);
      if (size_of(look.small, change).x < end - min.x - look.px(4))
        put_right(look.small, {end, middle - look.small->FontSize / 2}, colour, change);
      else  // how much stands beside the table
        list->AddTriangleFilled({end - 2 * half, middle + (by > 0 ? half : -half)},
                                {end, middle + (by > 0 ? half : -half)},
                                {end - half, middle + (by > 0 ? -half : half)}, colour);
    }
  } else if (last) {
    put_right(look.small, {right, min.y + (max.y - min.y - look.small->FontSize) / 2},
              ink(render::house::muted, 0.75), "(" + number(l, static_cast<double>(*last)) + ")");
  }
  if (broken) {
    const float edge = look.px(7);
    list->AddTriangleFilled({max.x - edge, min.y}, {max.x, min.y}, {max.x, min.y + edge},
                            ink(shade::alert));
  }
  if (at == grid.cursor) {
    const bool wrong = grid.typing && s.entry.wrong;
    list->AddRect({min.x, min.y}, {max.x, max.y},
                  ink(wrong ? shade::alert : render::house::selection), 0, 0, look.px(2));
  }
}

void rate(const AppState& s, const Look& look, const data::WeekRow& row, ImVec2 min, ImVec2 max) {
  const auto eligible = known(row, 0), activated = known(row, 3);
  if (!eligible || !activated || *eligible <= 0) return;
  const double share = static_cast<double>(*activated) / static_cast<double>(*eligible);
  const bool fresh = row.now[3].has_value();
  const bool met = row.target && share >= *row.target;
  put_right(fresh ? look.body : look.small,
            {max.x - look.px(8),
             min.y + (max.y - min.y - (fresh ? look.body : look.small)->FontSize) / 2},
            ink(share > 1 ? shade::people  // more than there are: a rule says so
                : !fresh  ? render::house::muted
                : met     ? shade::cool
                          : render::house::text),
            percent(s.view.language, share));
}

/// Of what has been reported; who has not is counted beside it, never as zero.
void totals(const AppState& s, const Look& look, const EntryGrid& grid, const Columns& c,
            ImVec2 at) {
  const Language l = s.view.language;
  const float y = at.y + look.px(5);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddLine(at, {at.x + c.end, at.y}, ink(render::house::muted), look.px(1));
  put_within(look.body_bold, {at.x + c.number, y}, ink(render::house::text), say(l, "entry.total"),
             c.name - look.px(8));
  if (unsaved_here(s) > 0)
    put_within(look.small, {at.x + c.number, y + look.body->FontSize}, ink(shade::people),
               say(l, "entry.total_unsaved"), c.name - look.px(8));
  for (std::size_t k = 0; k < entry_columns; ++k) {
    std::int64_t sum = 0;
    std::size_t reported = 0;
    for (const data::WeekRow& row : grid.week.rows) {
      if (row.now[k]) ++reported;
      sum += row.now[k].value_or(0);
    }
    const bool all = reported == grid.week.rows.size();
    const float right = at.x + c.left(k + 1) - look.px(8);
    if (reported == 0) {
      put_right(look.body, {right, y}, ink(render::house::muted), "–");
      continue;
    }
    put_right(look.body_bold, {right, y}, ink(render::house::text),
              number(l, static_cast<double>(sum)));
    if (all) continue;
    const std::string of = std::to_string(reported) + "/" + std::to_string(grid.week.rows.size());
    put_right(look.small, {right, y + look.body->FontSize}, ink(shade::people), of);
  }
}

void follow_cursor(const Look& look, const EntryGrid& grid, const Columns& c) {
  ImGuiStorage* kept = ImGui::GetStateStorage();
  const ImGuiID last = ImGui::GetID("last row");
  const EntryCell end = grid.reach == grid.anchor ? grid.cursor : grid.reach;
  const int now = static_cast<int>(end.row * entry_columns + end.column) + 1;
  if (kept->GetInt(last) == now) return;
  kept->SetInt(last, now);
  const float x = c.left(end.column), wide = ImGui::GetWindowWidth() - look.px(14);
  if (x - c.cells < ImGui::GetScrollX()) ImGui::SetScrollX(x - c.cells);
  if (x + c.cell > ImGui::GetScrollX() + wide) ImGui::SetScrollX(x + c.cell - wide);
  const float top = look.px(row_height) * static_cast<float>(end.row);
  const float scroll = ImGui::GetScrollY(), room = ImGui::GetWindowHeight();
  if (top < scroll) ImGui::SetScrollY(top);
  if (top + look.px(row_height) > scroll + room)
    ImGui::SetScrollY(top + look.px(row_height) - room);
}

void rows(const AppState& s, const Look& look, const EntryGrid& grid, const Columns& c,
          Commands& commands) {
  follow_cursor(look, grid, c);
  const float height = look.px(row_height);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(grid.week.rows.size()), height);
  ImDrawList* list = ImGui::GetWindowDrawList();
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const auto r = static_cast<std::size_t>(i);
      const data::WeekRow& row = grid.week.rows[r];
      const float y = origin.y + height * static_cast<float>(i);
      const float words = y + (height - look.body->FontSize) / 2;
      put_right(look.small,
                {origin.x + c.number - look.px(8), y + (height - look.small->FontSize) / 2},
                ink(render::house::muted), std::to_string(i + 1));
      put_within(r == grid.cursor.row ? look.body_bold : look.body, {origin.x + c.number, words},
                 ink(render::house::text), row.name, c.name - look.px(8));
      for (std::size_t k = 0; k < entry_columns; ++k)
        cell(s, look, grid, {r, k}, {origin.x + c.left(k), y},
             {origin.x + c.left(k + 1), y + height});
      rate(s, look, row, {origin.x + c.left(entry_columns), y}, {origin.x + c.end, y + height});
      list->AddLine({origin.x, y + height}, {origin.x + c.end, y + height},
                    ink(render::house::hairline), look.px(1));
    }
  }
  for (std::size_t k = 0; k <= entry_columns; ++k) {
    const float x = origin.x + c.left(k);
    list->AddLine({x, origin.y}, {x, origin.y + height * static_cast<float>(grid.week.rows.size())},
                  ink(render::house::hairline), look.px(1));
  }
  ImGui::SetCursorScreenPos(origin);
  ImGui::InvisibleButton(
      "cells",
      {std::max(c.end, 1.0F), std::max(height * static_cast<float>(grid.week.rows.size()), 1.0F)});
  if (!ImGui::IsItemHovered() && !ImGui::IsItemActive()) return;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const float row = std::floor((mouse.y - origin.y) / height);
  const float column = std::floor((mouse.x - origin.x - c.cells) / c.cell);
  const EntryCell at{
      static_cast<std::size_t>(
          std::clamp(row, 0.0F, static_cast<float>(grid.week.rows.size() - 1))),
      static_cast<std::size_t>(std::clamp(column, 0.0F, static_cast<float>(entry_columns - 1)))};
  const bool shift = ImGui::GetIO().KeyShift;
  if (ImGui::IsMouseDoubleClicked(0) && at == grid.cursor) {
    commands.emplace_back(OfEntry{entry::BeginEdit{}});
  } else if (ImGui::IsItemActivated()) {
    commands.emplace_back(OfEntry{entry::ChooseCell{at, shift}});
  } else if (ImGui::IsItemActive() && !(at == grid.reach)) {
    commands.emplace_back(OfEntry{entry::ChooseCell{at, true}});
  }
}

/// Keys that write come as letters, in the order they were pressed.
void letters(const AppState& s, Commands& commands) {
  if (s.focus != Panel::map || s.dialog != Dialog::none || s.error) return;
  const ImGuiIO& io = ImGui::GetIO();
  if (io.WantTextInput || io.KeyCtrl || io.KeyAlt) return;
  std::string text;
  for (const ImWchar c : io.InputQueueCharacters) {
    if (c >= 0x20 && c < 0x7f) text += static_cast<char>(c);
  }
  if (!text.empty() && (text != " " || s.entry.grid()->typing))
    commands.emplace_back(OfEntry{entry::Type{std::move(text)}});
}

void clipboard(const AppState& s, const EntryGrid& grid, Commands& commands) {
  if (s.entry.copy_wanted) {
    ImGui::SetClipboardText(copied(grid).c_str());
    commands.emplace_back(OfEntry{entry::Copied{}});
  }
  if (s.entry.paste_wanted) {
    const char* text = ImGui::GetClipboardText();
    commands.emplace_back(OfEntry{entry::Paste{text == nullptr ? "" : text}});
  }
}

}  // namespace

std::size_t unsaved_here(const AppState& s) {
  return static_cast<std::size_t>(
      std::count_if(s.entry.broken.begin(), s.entry.broken.end(),
                    [&](const EntryBroken& b) { return s.entry.week == b.week; }));
}

void draw_entry_table(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const ImVec2 origin = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  const EntryGrid* grid = s.entry.grid();
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (grid == nullptr || grid->week.rows.empty()) {
    const std::string words = grid == nullptr ? say(l, "entry.reading")
                                              : say(l, "entry.no_units", grid->week.author_name);
    put_centred(look.body, {origin.x + size.x / 2, origin.y + size.y / 2},
                ink(render::house::muted), words);
    return;
  }
  list->AddRectFilled(origin, {origin.x + size.x, origin.y + size.y}, ink(render::house::panel));
  bar(s, look, *grid, commands);
  const float left = look.px(8), top = look.px(bar_height), foot = look.px(foot_height);
  const Columns c = columns(look, size.x - left - look.px(16));
  ImGui::SetCursorScreenPos({origin.x + left, origin.y + top + look.px(head_height)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::BeginChild("week",
                    {size.x - left, size.y - top - look.px(head_height + total_height) - foot},
                    false, ImGuiWindowFlags_NoNav | ImGuiWindowFlags_HorizontalScrollbar);
  ImGui::PopStyleVar();
  rows(s, look, *grid, c, commands);
  const float scrolled = ImGui::GetScrollX();
  ImGui::EndChild();
  // Heads and sums stay above and below their columns, however narrow the table is.
  list->PushClipRect({origin.x + left, origin.y}, {origin.x + size.x, origin.y + size.y}, true);
  heads(s, look, c, {origin.x + left - scrolled, origin.y + top});
  totals(s, look, *grid, c,
         {origin.x + left - scrolled, origin.y + size.y - foot - look.px(total_height)});
  list->PopClipRect();
  const std::string hint = s.entry.wrong ? say(l, *s.entry.wrong) : say(l, "entry.hint");
  put_within(s.entry.wrong ? look.body_bold : look.small,
             {origin.x + look.px(16),
              origin.y + size.y - (foot + (s.entry.wrong ? look.body : look.small)->FontSize) / 2},
             ink(s.entry.wrong ? shade::people : render::house::muted), hint, size.x - look.px(32));
  letters(s, commands);
  clipboard(s, *grid, commands);
}

}  // namespace app
