#include <algorithm>
#include <map>
#include <utility>

#include "app/apply.hpp"
#include "app/browse.hpp"
#include "app/entry_job.hpp"
#include "app/pages/page_command.hpp"

namespace app {
namespace {

using namespace entry;

void read(AppState& s, std::optional<geo::Date> week) {
  EntryDesk& e = s.entry;
  e.asked = week;
  e.asked_newest = !week;
  s.requests.emplace_back(EntryJob(ReadWeek{s.loaded->file, week}));
}

/// By unit: what one of them breaks keeps no other from being written.
void write(AppState& s, const EntryGrid& grid, const EntryStep& step, std::string reason = {}) {
  if (step.empty()) return;
  EntryDesk& e = s.entry;
  if (e.leaving == Leaving::told) e.leaving = Leaving::no;  // there is more to be told now
  WriteWeek request{s.loaded->file, grid.week.date, {}, std::move(reason)};
  std::map<std::size_t, EntryStep> by_row;
  for (const EntryEdit& edit : step) by_row[edit.at.row].push_back(edit);
  for (auto& [row, edits] : by_row) {
    // What could not be written before is tried again together with what mends it.
    EntryStep all;
    for (auto broken = e.broken.begin(); broken != e.broken.end();) {
      if (broken->week == grid.week.date && broken->step.front().at.row == row) {
        all.insert(all.end(), broken->step.begin(), broken->step.end());
        broken = e.broken.erase(broken);
      } else {
        ++broken;
      }
    }
    for (const EntryEdit& edit : edits) {
      const auto same = std::find_if(all.begin(), all.end(),
                                     [&](const EntryEdit& one) { return one.at == edit.at; });
      if (same == all.end()) {
        all.push_back(edit);
      } else {
        same->after = edit.after;
      }
    }
    request.units.push_back({grid.week.rows[row].unit, std::move(all)});
  }
  ++e.writing;
  s.requests.emplace_back(EntryJob(std::move(request)));
}

struct Entering {
  AppState& s;
  EntryDesk& e = s.entry;

  EntryGrid* grid() const {
    const auto at = e.week ? e.grids.find(*e.week) : e.grids.end();
    return at == e.grids.end() ? nullptr : &at->second;
  }
  bool may_write() const { return grid() != nullptr && !e.read_only; }
  /// What is typed is taken first. False where it is no count: it has to be mended.
  bool settle() {
    EntryGrid* g = grid();
    if (g == nullptr) return false;
    const EntryStep step = commit_typing(*g, e.wrong);
    write(s, *g, step);
    return !e.wrong;
  }
  template <class How>
  void change(How how) {
    if (!may_write() || !settle()) return;
    write(s, *grid(), how(*grid()));
  }

  void operator()(const ChooseWeek& c) {
    if (grid() != nullptr && !settle()) return;
    e.pasted.reset();
    if (e.grids.contains(c.week)) e.week = c.week;
    read(s, c.week);
  }
  void operator()(const entry::Move& c) {
    if (settle()) move(*grid(), c.where, c.extend, c.most, c.by);
  }
  void operator()(const ChooseCell& c) {
    if (settle()) choose(*grid(), c.at, c.extend);
  }
  void operator()(const ChooseAll&) {
    if (settle()) choose_all(*grid());
  }
  void operator()(const GoToRow& c) {
    if (settle()) choose(*grid(), {c.row, grid()->cursor.column}, false);
  }
  void operator()(const Type& c) {
    if (!may_write()) return;
    e.wrong.reset();
    grid()->typing = grid()->typing.value_or("") + c.text;
  }
  void operator()(const BeginEdit&) {
    if (!may_write() || grid()->typing || grid()->week.rows.empty()) return;
    const EntryCell at = grid()->cursor;
    const auto& value = grid()->week.rows[at.row].now[at.column];
    grid()->typing = value ? std::to_string(*value) : "";
  }
  void operator()(const EraseLetter&) {
    if (!may_write()) return;
    std::optional<std::string>& typing = grid()->typing;
    e.wrong.reset();
    if (!typing) {
      typing = "";
      return;
    }
    while (!typing->empty() && (static_cast<unsigned char>(typing->back()) & 0xc0U) == 0x80U)
      typing->pop_back();
    if (!typing->empty()) typing->pop_back();
  }
  void operator()(const Take& c) {
    if (settle()) next_cell(*grid(), c.by_tab, c.back);
  }
  void operator()(const entry::Drop&) {
    // Escape in the search field leads back to the table.
    if (s.focus == Panel::top) {
      s.focus = Panel::map;
      apply_view(s, command::TypeSearch{""});
      return;
    }
    if (grid() == nullptr) return;
    grid()->typing.reset();
    e.wrong.reset();
  }
  void operator()(const Clear&) {
    change([](EntryGrid& g) { return clear_chosen(g); });
  }
  void operator()(const entry::FillDown&) {
    change([](EntryGrid& g) { return fill_down(g); });
  }
  void operator()(const WantPaste&) { e.paste_wanted = may_write(); }
  void operator()(const entry::Paste& c) {
    e.paste_wanted = false;
    if (!may_write() || !settle()) return;
    EntryPaste pasted = paste(*grid(), c.text);
    write(s, *grid(), pasted.step);
    e.pasted = std::move(pasted);
  }
  void operator()(const ForgetPaste&) { e.pasted.reset(); }
  void operator()(const WantCopy& c) {
    if (!settle()) return;
    e.copy_wanted = true;
    e.cut_after_copy = c.cut && may_write();
  }
  void operator()(const Copied&) {
    e.copy_wanted = false;
    if (std::exchange(e.cut_after_copy, false)) (*this)(Clear{});
  }
  /// Cells that have another number by now are left alone, and that is said.
  EntryStep told(const std::vector<EntryStep>& steps, EntryStep (*how)(EntryGrid&), EntryGrid& g) {
    const std::size_t cells = steps.empty() ? 0 : steps.back().size();
    EntryStep step = how(g);
    if (step.size() < cells)
      s.toast = Toast{geo::msg("entry.changed_since", cells - step.size()), false,
                      s.now + std::chrono::seconds(10)};
    return step;
  }
  void operator()(const Back&) {
    if (e.pages.shown != EntryPage::week) return step_page(s, true);
    change([this](EntryGrid& g) { return told(g.done, undo, g); });
  }
  void operator()(const Again&) {
    if (e.pages.shown != EntryPage::week) return step_page(s, false);
    change([this](EntryGrid& g) { return told(g.undone, redo, g); });
  }
  void operator()(const ToggleTelex&) {
    s.panels.telex = !s.panels.telex;
    s.toast = Toast{geo::msg(s.panels.telex ? "entry.telex_on" : "entry.telex_off"), false,
                    s.now + std::chrono::seconds(5)};
  }
  void operator()(const entry::TypeReason& c) { e.reason = c.text; }
  void operator()(const LetStand& c) {
    if (c.broken >= e.broken.size()) return;
    const EntryBroken broken = e.broken[c.broken];
    if (e.reason.empty() && !not_written(broken)) return;
    const auto of = e.grids.find(broken.week);
    if (of == e.grids.end()) return;
    e.broken.erase(e.broken.begin() + static_cast<std::ptrdiff_t>(c.broken));
    write(s, of->second, broken.step, std::exchange(e.reason, {}));
  }
  void operator()(const entry::TakeBack& c) {
    if (c.broken >= e.broken.size()) return;
    const EntryBroken broken = e.broken[c.broken];
    e.broken.erase(e.broken.begin() + static_cast<std::ptrdiff_t>(c.broken));
    const auto of = e.grids.find(broken.week);
    if (of == e.grids.end()) return;
    // It was never written, so there is nothing to write now.
    for (const EntryEdit& edit : broken.step)
      of->second.week.rows[edit.at.row].now[edit.at.column] = edit.before;
    read(s, broken.week);  // it may be another number by now
  }

  void operator()(const entry::Known& c) {
    if (!s.loaded || c.file != s.loaded->file) return;
    if (c.newest ? !e.asked_newest : e.asked != c.week.date) return;
    e.asked.reset();
    e.asked_newest = false;
    e.read_only = c.read_only;
    e.weeks = c.weeks;
    if (std::find(e.weeks.begin(), e.weeks.end(), c.week.date) == e.weeks.end())
      e.weeks.push_back(c.week.date);
    std::sort(e.weeks.rbegin(), e.weeks.rend());
    e.week = c.week.date;
    EntryGrid& g = e.grids[c.week.date];
    // What was asked to be written since it was read is not in it yet: the next reading has it.
    if (e.writing > 0) return read(s, c.week.date);
    const auto same_units = [](const data::WeekRow& a, const data::WeekRow& b) {
      return a.unit == b.unit;
    };
    const bool same = std::equal(g.week.rows.begin(), g.week.rows.end(), c.week.rows.begin(),
                                 c.week.rows.end(), same_units);
    if (!same) {
      g = EntryGrid{};  // cells are told by row: steps of other rows would hit the wrong ones
      std::erase_if(e.broken, [&](const EntryBroken& b) { return b.week == c.week.date; });
    }
    g.week = c.week;
    for (const EntryBroken& broken : e.broken) {
      if (broken.week != c.week.date) continue;
      for (const EntryEdit& edit : broken.step)
        g.week.rows[edit.at.row].now[edit.at.column] = edit.after;
    }
  }
  void operator()(const Written& c) {
    if (!s.loaded || c.file != s.loaded->file) return;
    if (e.writing > 0) --e.writing;
    e.wrote = e.wrote || c.cells > 0;
    for (EntryBroken broken : c.broken) {
      // What was typed over meanwhile is on its way by itself.
      const auto of = e.grids.find(broken.week);
      if (of == e.grids.end()) continue;
      std::erase_if(broken.step, [&](const EntryEdit& edit) {
        return of->second.week.rows[edit.at.row].now[edit.at.column] != edit.after;
      });
      if (!broken.step.empty()) e.broken.push_back(std::move(broken));
    }
    if (c.cells > 0 && e.writing == 0) try_again();
    if (e.leaving == Leaving::waits && e.writing == 0) leave();
  }
  /// What was written may have mended what could not be.
  void try_again() {
    for (const EntryBroken& broken : std::exchange(e.broken, {}))
      if (const auto of = e.grids.find(broken.week); of != e.grids.end())
        write(s, of->second, broken.step);
  }
  /// What is not saved is said once before the desk closes; nobody loses numbers unawares.
  void leave() {
    if (e.leaving != Leaving::told && e.writing > 0) {
      e.leaving = Leaving::waits;
      s.quit = false;
      return;
    }
    s.quit = e.leaving == Leaving::told || !show_unsaved();
    if (s.quit) return;
    e.leaving = Leaving::told;
    e.told_at = s.now;
  }
  /// In the table, or in the form of a team, settlement or activity. False: there is nothing.
  bool show_unsaved() {
    const auto show = [&](EntryPage page, geo::Message said, geo::Message way_out) {
      s.mode = Mode::entry;
      e.pages.shown = page;
      s.error = geo::Error(geo::ErrorKind::usage, std::move(said), "", std::move(way_out));
      return true;
    };
    if (!e.broken.empty()) {
      e.week = e.broken.front().week;
      return show(EntryPage::week, geo::msg("entry.leaving", e.broken.size()),
                  geo::msg("entry.leaving_way_out"));
    }
    if (e.wrong && grid() != nullptr && grid()->typing)
      return show(EntryPage::week, *e.wrong, geo::msg("entry.leaving_cell"));
    const std::size_t drafts = records_page::unsaved(s);
    return drafts > 0 && show(EntryPage::records, geo::msg("records.leaving", drafts),
                              geo::msg("records.leaving_way_out"));
  }
  void operator()(const ChoosePage& c) {
    if (grid() != nullptr && !settle()) return;
    e.pages.shown = c.page;
    s.focus = Panel::map;
    open();
  }
  void operator()(const OfPage& c) { apply_page(s, *c.what); }
  void operator()(const AskPath& c) {
    const auto folder =
        !s.path.folder.empty() ? s.path.folder : first_folder(s.loaded ? s.loaded->file : "");
    e.path_asked = c;
    s.dialog = Dialog::path;
    s.path =
        browse(c.writes ? PathPurpose::page_writes : PathPurpose::page_reads, folder, c.endings);
    s.path.text = c.name;
  }
  void operator()(const TakePath& c) {
    if (e.path_asked) take_page_path(s, std::exchange(e.path_asked, {})->what, c.file);
  }
  /// What is shown is read again.
  void open() {
    if (e.pages.shown == EntryPage::week) {
      if (!e.asked && !e.asked_newest) read(s, e.week);
    } else {
      open_page(s);
    }
  }

  void operator()(const entry::Failed& c) {
    if (c.page.what) {
      apply_page(s, *c.page.what);
      s.error = c.error;
      return;
    }
    if (!s.loaded || c.file != s.loaded->file) return;
    if (c.wrote && e.writing > 0) --e.writing;
    e.asked.reset();
    e.asked_newest = false;
    s.error = c.error;
    // What the table shows is not what the workspace holds: it is read again.
    if (c.wrote && e.week) read(s, e.week);
  }
};

}  // namespace

const EntryGrid* EntryDesk::grid() const {
  const auto at = week ? grids.find(*week) : grids.end();
  return at == grids.end() ? nullptr : &at->second;
}

const EntryBroken* EntryDesk::broken_at(EntryCell cell) const {
  const auto at = std::find_if(broken.begin(), broken.end(), [&](const EntryBroken& b) {
    return week && b.week == *week &&
           std::any_of(b.step.begin(), b.step.end(),
                       [&](const auto& edit) { return edit.at == cell; });
  });
  return at == broken.end() ? nullptr : &*at;
}

namespace {

/// Another file on its way in would take what is not saved with it: that is said first, once.
void keep_from_leaving(AppState& s) {
  EntryDesk& e = s.entry;
  if (!s.loaded || e.leaving == Leaving::told) return;
  const auto another = [&](const JobRequest& request) {
    const auto* open = std::get_if<LoadWorkspace>(&request);
    return (open != nullptr && open->file != s.loaded->file) ||
           std::holds_alternative<OpenSample>(request) ||
           std::holds_alternative<CreateWorkspace>(request);
  };
  if (std::none_of(s.requests.begin(), s.requests.end(), another) || !tell_unsaved(s)) return;
  std::erase_if(s.requests, another);
  e.leaving = Leaving::told;
  e.told_at = s.now;
}

}  // namespace

bool tell_unsaved(AppState& s) { return Entering{s}.show_unsaved(); }

void apply_entry(AppState& s, const Command& command) {
  EntryDesk& e = s.entry;
  // Told long ago, and worked on since: whoever leaves now is told again.
  if (e.leaving == Leaving::told && !s.error && s.now - e.told_at > std::chrono::seconds(30))
    e.leaving = Leaving::no;
  keep_from_leaving(s);
  if (s.loaded && e.of != s.loaded->file) {
    e = EntryDesk{};
    e.of = s.loaded->file;
  }
  if (const auto* c = std::get_if<command::OfEntry>(&command)) {
    if (s.loaded || std::holds_alternative<entry::ToggleTelex>(c->what))
      std::visit(Entering{s}, c->what);
    return;
  }
  const bool loaded = std::holds_alternative<command::WorkspaceLoaded>(command);
  const auto* mode = std::get_if<command::ChooseMode>(&command);
  if (mode == nullptr && !loaded && !std::holds_alternative<command::Quit>(command)) return;
  if (!s.loaded) return;
  if (!loaded) Entering{s}.settle();
  if (std::holds_alternative<command::Quit>(command)) return Entering{s}.leave();
  if (mode != nullptr && s.mode == Mode::entry) s.focus = Panel::map;
  if (s.mode != Mode::entry) {
    // The map and the ranking are to show what was entered.
    if (mode != nullptr && std::exchange(e.wrote, false))
      s.requests.emplace_back(LoadWorkspace{s.loaded->file});
    return;
  }
  Entering{s}.open();
}

}  // namespace app
