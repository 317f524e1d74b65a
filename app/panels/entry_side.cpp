#include <algorithm>
#include <cmath>
#include <string>

#include "app/entry_job.hpp"
#include "app/panels/briefing_draw.hpp"
#include "app/panels/draw.hpp"
#include "app/panels/entry_draw.hpp"
#include "app/panels/panels.hpp"
#include "app/panels/plan_draw.hpp"

namespace app {
namespace {

using command::OfEntry;

constexpr std::size_t most_broken = 6;  ///< told of; the others stay marked in the table

bool reported(const data::WeekRow& row) {
  return std::any_of(row.now.begin(), row.now.begin() + 4,
                     [](const auto& count) { return count.has_value(); });
}

/// A bar that is filled so far.
void gauge(const Look& look, double share, render::Colour colour) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = look.px(6);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(at, {at.x + width, at.y + height}, ink(shade::trough), height / 2);
  const float filled = width * static_cast<float>(std::clamp(share, 0.0, 1.0));
  if (filled > 0) list->AddRectFilled(at, {at.x + filled, at.y + height}, ink(colour), height / 2);
  ImGui::Dummy({width, height});
}

/// What is told of a block that was pasted.
void pasted(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const EntryPaste& p = *s.entry.pasted;
  section(look, say(l, "entry.pasted"));
  const auto told = [&](const std::string& words, bool bad = false) {
    paragraph(look.body, ink(bad ? shade::people : render::house::text), words);
  };
  if (!p.wrong.empty()) {
    told(say(l, "entry.paste_wrong", p.wrong.size()), true);
    for (std::size_t i = 0; i < std::min<std::size_t>(p.wrong.size(), 5); ++i)
      told(say(l, "entry.paste_wrong_row", p.wrong[i].row, say(l, p.wrong[i].why)));
  } else {
    told(p.by_name > 0 ? say(l, "entry.pasted_by_name", p.cells, p.by_name)
                       : say(l, "entry.pasted_cells", p.cells));
    if (p.headings_skipped) told(say(l, "entry.paste_headings"));
    if (p.empty > 0) told(say(l, "entry.paste_empty", p.empty));
  }
  if (p.outside > 0) told(say(l, "entry.paste_outside", p.outside), true);
  if (!p.unknown_names.empty()) {
    std::string names;
    for (std::size_t i = 0; i < std::min<std::size_t>(p.unknown_names.size(), 8); ++i)
      names += (names.empty() ? "" : ", ") + p.unknown_names[i];
    if (p.unknown_names.size() > 8) names += " …";
    told(say(l, "entry.paste_unknown", p.unknown_names.size(), names), true);
  }
  if (link(look, "forget", say(l, "entry.understood")))
    commands.emplace_back(OfEntry{entry::ForgetPaste{}});
  space(look, 12);
}

/// What is wrong with a row, and its ways out.
void broken_row(const AppState& s, const Look& look, std::size_t which, Commands& commands) {
  const Language l = s.view.language;
  const EntryBroken& b = s.entry.broken[which];
  const bool refused = not_written(b);
  for (const data::RuleBreak& rule : b.breaks) {
    paragraph(look.body, ink(shade::people), say(l, rule.said));
    paragraph(look.small, ink(render::house::muted), say(l, rule.way_out));
  }
  if (b.step.size() > 1) {
    space(look, 2);
    paragraph(look.small, ink(render::house::muted), say(l, "entry.broken_row", b.step.size()));
  }
  std::string reason = s.entry.reason;
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  if (!refused && input("##reason", say(l, "entry.reason_hint"), reason))
    commands.emplace_back(OfEntry{entry::TypeReason{reason}});
  if (button(look, "stand", say(l, refused ? "entry.save_again" : "entry.let_stand"),
             ButtonKind::primary, refused || !s.entry.reason.empty()))
    commands.emplace_back(OfEntry{entry::LetStand{which}});
  ImGui::SameLine(0, look.px(8));
  if (button(look, "back", say(l, "entry.take_back")))
    commands.emplace_back(OfEntry{entry::TakeBack{which}});
}

/// Rules that keep units' numbers from being written: of the row with the cursor everything, first,
/// so that its way out is on the screen; of the others one sentence each.
void broken(const AppState& s, const Look& look, const EntryGrid& grid, Commands& commands) {
  const Language l = s.view.language;
  const EntryDesk& e = s.entry;
  const auto row_of = [&](std::size_t i) { return e.broken[i].step.front().at.row; };
  std::vector<std::size_t> here;
  for (std::size_t i = 0; i < e.broken.size(); ++i)
    if (e.broken[i].week == grid.week.date) here.push_back(i);
  if (here.empty()) return;
  std::stable_partition(here.begin(), here.end(),
                        [&](std::size_t i) { return row_of(i) == grid.cursor.row; });
  section(look, say(l, "entry.broken_heading"));
  for (std::size_t i = 0; i < std::min(here.size(), most_broken); ++i) {
    const std::size_t row = row_of(here[i]);
    const EntryBroken& b = e.broken[here[i]];
    ImGui::PushID(static_cast<int>(row));
    if (link(look, "go", grid.week.rows[row].name))
      commands.emplace_back(OfEntry{entry::GoToRow{row}});
    if (row == grid.cursor.row || here.size() == 1)
      broken_row(s, look, here[i], commands);
    else if (!b.breaks.empty())
      paragraph(look.small, ink(shade::people), say(l, b.breaks.front().said));
    ImGui::PopID();
    space(look, 10);
  }
  if (here.size() > most_broken) {
    paragraph(look.body, ink(shade::people),
              say(l, "entry.broken_more", here.size() - most_broken));
    space(look, 10);
  }
}

void numbers(const AppState& s, const Look& look, const data::WeekRow& row) {
  const Language l = s.view.language;
  constexpr const char* names[] = {"entry.name_eligible", "entry.name_installed",
                                   "entry.name_l1",       "entry.name_l2",
                                   "entry.name_sessions", "entry.name_reached"};
  const float width = ImGui::GetContentRegionAvail().x, height = look.px(24);
  const float change = width, now = width - look.px(70), last = now - look.px(84);
  ImVec2 at = ImGui::GetCursorScreenPos();
  const auto head = [&](float right, const char* id) {
    put_right(look.small, {at.x + right, at.y}, ink(render::house::muted), say(l, id));
  };
  head(last, "entry.column_last");
  head(now, "entry.column_now");
  head(change, "entry.column_change");
  at.y += look.px(20);
  const auto told = [&](const std::optional<std::int64_t>& count) {
    return count ? number(l, static_cast<double>(*count)) : std::string("–");
  };
  for (std::size_t i = 0; i < entry_columns; ++i, at.y += height) {
    put_within(look.body, at, ink(render::house::text), say(l, names[i]), last - look.px(80));
    put_right(look.body, {at.x + last, at.y}, ink(render::house::muted), told(row.last[i]));
    put_right(look.body_bold, {at.x + now, at.y}, ink(render::house::text), told(row.now[i]));
    if (!row.now[i] || !row.last[i] || i > 3) continue;
    const double by = static_cast<double>(*row.now[i] - *row.last[i]);
    put_right(look.body, {at.x + change, at.y}, ink(by < 0 ? shade::people : render::house::muted),
              (by > 0   ? "+"
               : by < 0 ? "−"
                        : "") +
                  number(l, std::abs(by)));
  }
  ImGui::Dummy({width, look.px(20) + height * entry_columns});
}

void unit(const AppState& s, const Look& look, const EntryGrid& grid) {
  const Language l = s.view.language;
  const data::WeekRow& row = grid.week.rows[grid.cursor.row];
  paragraph(look.heading_bold, ink(render::house::text), row.name);
  std::string below = row.district;
  if (!below.empty()) below += " · ";
  below += row.last_at ? say(l, "entry.last_report", date(l, *row.last_at))
                       : say(l, "entry.never_reported");
  paragraph(look.small, ink(render::house::muted), below);
  space(look, 10);
  const auto eligible = known(row, 0), activated = known(row, 3);
  if (eligible && activated && *eligible > 0) {
    const double share = static_cast<double>(*activated) / static_cast<double>(*eligible);
    put(look.figure_bold, ImGui::GetCursorScreenPos(),
        ink(row.target && share >= *row.target && share <= 1 ? shade::cool : shade::people),
        percent(l, share));
    ImGui::Dummy({1, look.figure_bold->FontSize + look.px(2)});
    paragraph(look.small, ink(render::house::muted), say(l, "entry.rate_words"));
    if (row.target && *row.target > 0) {
      space(look, 6);
      gauge(look, share / *row.target, shade::gauge);
      const double wanted = *row.target * static_cast<double>(*eligible);  // as the ranking has it
      const double missing = std::max(0.0, wanted - static_cast<double>(*activated));
      paragraph(look.body, ink(render::house::text),
                missing >= 0.5 ? say(l, "entry.to_target", percent(l, share / *row.target),
                                     percent(l, *row.target, 0), number(l, missing))
                               : say(l, "entry.target_met", percent(l, share / *row.target),
                                     percent(l, *row.target, 0)));
    }
    space(look, 12);
  }
  numbers(s, look, row);
}

}  // namespace

void draw_entry_rail(const AppState& s, const Look& look, Commands& commands) {
  const Language l = s.view.language;
  const EntryGrid* grid = s.entry.grid();
  section(look, say(l, "entry.heading"));
  draw_entry_page_list(s, look, commands);
  if (s.entry.pages.shown != EntryPage::week) return;
  if (grid == nullptr) {
    paragraph(look.body, ink(render::house::muted), say(l, "entry.reading"));
    return;
  }
  paragraph(look.title_bold, ink(render::house::text), grid->week.author_name);
  paragraph(look.small, ink(render::house::muted), say(l, "entry.in_the_name_of"));
  space(look, 12);
  section(look, say(l, "entry.heading_week"));
  std::vector<std::string> weeks;
  std::size_t chosen_week = 0;
  for (std::size_t i = 0; i < s.entry.weeks.size(); ++i) {
    if (s.entry.weeks[i] == grid->week.date) chosen_week = i;
    weeks.push_back(date(l, s.entry.weeks[i]));
  }
  if (const auto taken = choice(look, "week", say(l, "entry.week"), weeks, chosen_week, true))
    commands.emplace_back(OfEntry{entry::ChooseWeek{s.entry.weeks[*taken]}});
  space(look, 12);

  const auto& rows = grid->week.rows;
  const auto done = static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), reported));
  section(look, say(l, "entry.heading_progress"));
  const std::size_t unsaved = unsaved_here(s);
  paragraph(look.body, ink(render::house::text), say(l, "entry.progress", done, rows.size()));
  if (unsaved > 0)
    paragraph(look.small, ink(shade::people), say(l, "entry.progress_unsaved", unsaved));
  space(look, 2);
  gauge(look, rows.empty() ? 0 : static_cast<double>(done) / static_cast<double>(rows.size()),
        done == rows.size() ? shade::cool : shade::bar);
  space(look, 12);
  if (done == rows.size()) return;
  section(look, say(l, "entry.heading_missing"));
  const float height = look.px(24), width = ImGui::GetContentRegionAvail().x;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (reported(rows[i])) continue;
    ImGui::PushID(static_cast<int>(i));
    const Hit h = row(look, "missing", i == grid->cursor.row, {width, height});
    ImGui::PopID();
    const float y = h.min.y + (height - look.body->FontSize) / 2;
    const std::string since = rows[i].last_at ? date(l, *rows[i].last_at) : "–";
    const float wide = size_of(look.small, since).x;
    put_within(look.body, {h.min.x + look.px(4), y}, ink(render::house::text), rows[i].name,
               width - wide - look.px(16));
    put_right(look.small, {h.max.x - look.px(4), y + look.px(1)}, ink(render::house::muted), since);
    if (h.pressed) commands.emplace_back(OfEntry{entry::GoToRow{i}});
  }
}

void draw_entry_side(const AppState& s, const Look& look, Commands& commands) {
  const EntryGrid* grid = s.entry.grid();
  if (grid == nullptr || grid->week.rows.empty()) return;
  if (s.entry.pasted) pasted(s, look, commands);
  broken(s, look, *grid, commands);
  unit(s, look, *grid);
}

}  // namespace app
