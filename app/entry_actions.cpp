#include "app/entry_actions.hpp"

#include <algorithm>

#include "app/pages/page_command.hpp"

namespace app {
namespace {

/// A spreadsheet's keys, while the keyboard is in the table.
void add_week_actions(const AppState& s, std::vector<Action>& out) {
  const EntryGrid* grid = s.entry.grid();
  const bool there = grid != nullptr && !grid->week.rows.empty();
  const bool writes = there && !s.entry.read_only;
  const auto add = [&out](geo::Message name, Shortcut shortcut, EntryCommand what, bool enabled,
                          MenuGroup group = MenuGroup::entry) {
    out.push_back({std::move(name), group, shortcut, command::OfEntry{std::move(what)}, enabled,
                   false, true});
  };
  constexpr MenuGroup hidden = MenuGroup::hidden;
  const auto moves = [&](int key, EntryMove where, EntryMove most, bool to_edge) {
    for (const bool shift : {false, true}) {
      add(geo::msg("entry.action_move"), {key, false, shift}, entry::Move{where, shift}, there,
          hidden);
      add(geo::msg("entry.action_move"), {key, true, shift}, entry::Move{most, shift, to_edge},
          there, hidden);
    }
  };
  moves(key_left, EntryMove::left, EntryMove::left, true);
  moves(key_right, EntryMove::right, EntryMove::right, true);
  moves(key_up, EntryMove::up, EntryMove::up, true);
  moves(key_down, EntryMove::down, EntryMove::down, true);
  moves(key_home, EntryMove::home, EntryMove::top, false);
  moves(key_end, EntryMove::end, EntryMove::bottom, false);
  constexpr std::size_t page = 20;
  for (const bool shift : {false, true}) {
    add(geo::msg("entry.action_move"), {key_page_up, false, shift},
        entry::Move{EntryMove::up, shift, false, page}, there, hidden);
    add(geo::msg("entry.action_move"), {key_page_down, false, shift},
        entry::Move{EntryMove::down, shift, false, page}, there, hidden);
    add(geo::msg("entry.action_next"), {key_enter, false, shift}, entry::Take{false, shift}, there,
        hidden);
    add(geo::msg("entry.action_next"), {key_tab, false, shift}, entry::Take{true, shift}, there,
        hidden);
  }
  // The keys that change the sheet of a spreadsheet.
  const auto& weeks = s.entry.weeks;  // newest first
  const auto at =
      grid == nullptr ? weeks.end() : std::find(weeks.begin(), weeks.end(), grid->week.date);
  const bool older = at != weeks.end() && at + 1 != weeks.end();
  const bool newer = at != weeks.end() && at != weeks.begin();
  add(geo::msg("entry.action_earlier_week"), {key_page_up, true},
      entry::ChooseWeek{older ? at[1] : geo::Date{}}, older);
  add(geo::msg("entry.action_later_week"), {key_page_down, true},
      entry::ChooseWeek{newer ? at[-1] : geo::Date{}}, newer);
  add(geo::msg("entry.action_edit"), {key_f1 + 1}, entry::BeginEdit{}, writes);
  add(geo::msg("entry.action_erase"), {key_backspace}, entry::EraseLetter{}, writes, hidden);
  add(geo::msg("entry.action_clear"), {key_delete}, entry::Clear{}, writes);
  add(geo::msg("entry.action_fill_down"), {'D', true}, entry::FillDown{}, writes);
  add(geo::msg("entry.action_copy"), {'C', true}, entry::WantCopy{}, there);
  add(geo::msg("entry.action_cut"), {'X', true}, entry::WantCopy{true}, writes);
  add(geo::msg("entry.action_paste"), {'V', true}, entry::WantPaste{}, writes);
  add(geo::msg("entry.action_all"), {'A', true}, entry::ChooseAll{}, there);
  add(geo::msg("app.action_undo"), {'Z', true}, entry::Back{}, writes && !grid->done.empty());
  add(geo::msg("app.action_redo"), {'Z', true, true}, entry::Again{},
      writes && !grid->undone.empty());
  add(geo::msg("app.action_redo"), {'Y', true}, entry::Again{}, writes && !grid->undone.empty(),
      hidden);
}

/// Through the list of units with the keyboard, as through the week's table.
void add_district_actions(const AppState& s, std::vector<Action>& out) {
  const auto& page = s.entry.pages.district;
  const bool there = page && page->progress && !page->progress->units.empty();
  const auto of = [](district_page::Command what) {
    return command::OfEntry{of_page(std::move(what))};
  };
  constexpr int screen = 15, all = 1'000'000;
  constexpr std::pair<int, int> keys[] = {{key_up, -1},           {key_down, 1},
                                          {key_page_up, -screen}, {key_page_down, screen},
                                          {key_home, -all},       {key_end, all}};
  for (const auto& [key, by] : keys)
    out.push_back({geo::msg("district.action_move"),
                   MenuGroup::hidden,
                   {key},
                   of(district_page::Move{by}),
                   there,
                   false,
                   true});
  out.push_back({geo::msg("district.action_export"),
                 MenuGroup::entry,
                 {},
                 of(district_page::AskExport{}),
                 there});
}

}  // namespace

void add_entry_actions(const AppState& s, std::vector<Action>& out) {
  constexpr std::pair<EntryPage, const char*> pages[] = {
      {EntryPage::week, "entry.page_week"},  {EntryPage::district, "district.title"},
      {EntryPage::records, "records.title"}, {EntryPage::exchange, "exchange.title"},
      {EntryPage::history, "history.title"}, {EntryPage::boundary, "boundary.title"},
      {EntryPage::safety, "safety.title"},
  };
  const EntryPage shown = s.entry.pages.shown;
  for (const auto& [page, name] : pages)
    out.push_back({geo::msg(name),
                   MenuGroup::entry,
                   {},
                   command::OfEntry{entry::ChoosePage{page}},
                   true,
                   page == shown});
  if (shown == EntryPage::week) return add_week_actions(s, out);
  if (shown == EntryPage::district) add_district_actions(s, out);
  const auto step = [&](geo::Message name, Shortcut shortcut, EntryCommand what, MenuGroup group) {
    out.push_back(
        {std::move(name), group, shortcut, command::OfEntry{std::move(what)}, !s.entry.read_only});
  };
  step(geo::msg("app.action_undo"), {'Z', true}, entry::Back{}, MenuGroup::entry);
  step(geo::msg("app.action_redo"), {'Z', true, true}, entry::Again{}, MenuGroup::entry);
  step(geo::msg("app.action_redo"), {'Y', true}, entry::Again{}, MenuGroup::hidden);
}

}  // namespace app
