#include "app/pages/boundary.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "app/pages/page_command.hpp"
#include "app/state.hpp"
#include "data/cell.hpp"

namespace app::boundary_page {
namespace {

/// Keys of items are rows of a file: whether they still speak of the same units.
bool same_items(const data::Decree& a, const data::Decree& b) {
  return std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(),
                    [](const data::DecreeItem& x, const data::DecreeItem& y) {
                      return x.key == y.key && x.old_code == y.old_code &&
                             x.old_name == y.old_name && x.new_code == y.new_code &&
                             x.new_name == y.new_name;
                    });
}

void forget_typing(State& p) {
  p.typed.clear();
  p.typed_share.clear();
  p.wrong_share = false;
  p.found.clear();
}

struct Applying {
  AppState& s;

  const State& page() const {
    static const State none;
    return s.entry.pages.boundary ? *s.entry.pages.boundary : none;
  }
  template <class How>
  void with(How how) const {
    change(s.entry.pages.boundary, how);
  }
  void ask(Job job, bool waited_for) const {
    if (!waited_for) with([](State& p) { ++p.working; });  // what is waited for may be stopped
    s.requests.emplace_back(EntryJob(page_work(std::move(job), waited_for)));
  }
  static void arrived(State& p) {
    if (p.working > 0) --p.working;
  }
  bool ours(const std::filesystem::path& file) const { return s.loaded && s.loaded->file == file; }

  void operator()(const Read&) const {
    if (!s.loaded) return;
    ask(ReadAll{s.loaded->file}, false);
    with([](State& p) { p.table.reset(); });
    if (page().step == Section::then) then();
  }
  void operator()(const Known& c) const {
    if (!ours(c.file)) return;
    with([&](State& p) {
      arrived(p);
      p.dates = c.dates;
      p.decrees = c.decrees;
      p.parts = c.parts;
      p.read_only = c.read_only;
      if (p.date && std::find(p.dates.begin(), p.dates.end(), *p.date) == p.dates.end())
        p.date.reset();
    });
    if (page().step == Section::then && !page().date) (*this)(ChooseStep{Section::then});
  }
  void operator()(const ChooseStep& c) const {
    if (c.step != Section::files && c.step != Section::then && !page().decree) return;
    with([&](State& p) {
      p.step = c.step;
      if (c.step == Section::then && !p.date && !p.dates.empty()) p.date = p.dates.back();
    });
    if (c.step == Section::totals && !page().totals) (*this)(Try{});
    if (c.step == Section::then && (!page().table || page().table->date != page().date)) then();
  }

  // The files.

  void operator()(const TypeDay& c) const {
    with([&](State& p) {
      p.day = c.text;
      p.wrong_day = false;
    });
  }
  void operator()(const DropLand&) const {
    with([](State& p) { p.land.clear(); });
  }
  void operator()(const ReadFiles&) const {
    const auto day = geo::parse_date(page().day);
    if (!s.loaded || page().crosswalk.empty() || !day) {
      with([&](State& p) { p.wrong_day = !day; });
      return;
    }
    ask(ReadDecree{s.loaded->file, {page().land, page().crosswalk, *day}}, true);
  }
  void operator()(const Drafted& c) const {
    if (!ours(c.file)) return;
    with([&](State& p) {
      // Read again for the same files: what was decided of them still holds.
      const bool same = p.draft && p.told.from == data::summary(*c.draft).from &&
                        same_items(data::judge(*p.draft, {}), data::judge(*c.draft, {}));
      if (!same) {
        p.fixes.clear();
        p.done.clear();
        p.undone.clear();
      }
      p.draft = c.draft;
      p.told = data::summary(*c.draft);
      p.committed.reset();
      p.nothing_new = false;
      p.step = Section::mapping;
    });
    judged();
  }

  // What does not map.

  void judged() const {
    if (!page().draft) return;
    with([](State& p) {
      p.decree = std::make_shared<const data::Decree>(data::judge(*p.draft, p.fixes));
      p.totals.reset();
      p.nothing_new = false;
      if (p.item() == nullptr) p.chosen.clear();
    });
  }
  /// A step of a person, which can be taken back.
  template <class How>
  void fix(How how) const {
    if (!page().draft || page().committed) return;
    with([&](State& p) {
      data::DecreeFixes before = p.fixes;
      how(p);
      if (p.fixes == before) return;
      p.done.push_back(std::move(before));
      p.undone.clear();
      forget_typing(p);
    });
    judged();
  }
  void operator()(const ShowProblems& c) const {
    with([&](State& p) { p.only_problems = c.only; });
  }
  void operator()(const ChooseItem& c) const {
    with([&](State& p) {
      p.chosen = c.key;
      forget_typing(p);
    });
  }
  void operator()(const NextItem& c) const {
    const auto shown = page().shown();
    if (shown.empty()) return;
    const auto& items = page().decree->items;
    const auto at = std::find_if(shown.begin(), shown.end(),
                                 [&](std::size_t i) { return items[i].key == page().chosen; });
    const auto last = static_cast<std::ptrdiff_t>(shown.size()) - 1;
    const std::ptrdiff_t next =
        at == shown.end() ? 0 : std::clamp<std::ptrdiff_t>(at - shown.begin() + c.by, 0, last);
    (*this)(ChooseItem{items[shown[static_cast<std::size_t>(next)]].key});
  }
  void operator()(const TypeName& c) const {
    if (!page().draft || page().item() == nullptr) return;
    with([&](State& p) {
      p.typed = c.text;
      const data::Verdict v = p.item()->verdict;
      p.for_former = v == data::Verdict::unknown_former || v == data::Verdict::ambiguous ||
                     v == data::Verdict::no_predecessor;
      p.found = data::find_choices(*p.draft, p.typed, p.for_former);
    });
  }
  void operator()(const TypeShare& c) const {
    with([&](State& p) {
      p.typed_share = c.text;
      p.wrong_share = false;
    });
  }
  void operator()(const TakeUnit& c) const {
    fix([&](State& p) {
      if (p.chosen.empty()) return;
      data::DecreeFix& f = p.fixes[p.chosen];
      f.leave = false;
      (c.former ? f.former : f.unit) = c.code;
    });
  }
  void operator()(const TakeShare&) const {
    if (page().item() == nullptr || !page().item()->takes_share()) return;
    const auto n =
        data::read_number(page().typed_share, data::Quantity::share, data::NumberStyle::unknown);
    const bool good = n.taken() && n.value > 0 && n.value <= 1;
    with([&](State& p) { p.wrong_share = !good; });
    if (!good) return;
    fix([&](State& p) {
      data::DecreeFix& f = p.fixes[p.chosen];
      f.leave = false;
      f.share = n.value;
    });
  }
  void operator()(const Accept&) const {
    fix([](State& p) {
      if (!p.chosen.empty()) p.fixes[p.chosen] = {};
    });
  }
  void operator()(const Leave&) const {
    fix([](State& p) {
      if (p.chosen.empty()) return;
      p.fixes[p.chosen] = {};
      p.fixes[p.chosen].leave = true;
    });
  }
  void operator()(const LeaveRest&) const {
    fix([](State& p) {
      for (const data::DecreeItem& item : p.decree->items)
        if (data::undecided(item.verdict)) {
          p.fixes[item.key] = {};
          p.fixes[item.key].leave = true;
        }
    });
  }
  void operator()(const Forget&) const {
    fix([](State& p) { p.fixes.erase(p.chosen); });
  }

  // Totals, and the commit.

  void operator()(const Try&) const {
    if (!page().decree || page().committed || held_back(s, false)) return;
    ask(TryDecree{s.loaded->file, page().draft, page().decree}, true);
  }
  void operator()(const Tried& c) const {
    if (!ours(c.file)) return;
    with([&](State& p) {
      if (p.decree == c.decree) p.totals = c.totals;  // else it was fixed meanwhile
    });
  }
  /// The rows of the week's tables are units of before; what was typed there meanwhile and breaks a
  /// rule cannot stay.
  void units_changed() const {
    EntryDesk& e = s.entry;
    e.wrote = true;
    e.grids.clear();
    if (!e.broken.empty())
      s.toast = Toast{geo::msg("boundary.unsaved_lost", e.broken.size()), false,
                      s.now + std::chrono::seconds(10)};
    e.broken.clear();
  }
  void operator()(const Commit&) const {
    const State& p = page();
    if (!p.decree || p.committed || held_back(s, true)) return;
    if (p.decree->open() > 0 || !p.totals || !p.totals->equal()) return;
    ask(CommitDecree{s.loaded->file, p.draft, p.decree}, true);
  }
  void operator()(const Committed& c) const {
    if (!ours(c.file)) return;
    with([&](State& p) {
      p.committed = c.source;
      p.nothing_new = !c.source;
      p.totals = c.totals;
      p.table.reset();
      p.step = Section::commit;
    });
    if (c.source) units_changed();
    ask(ReadAll{c.file}, false);
  }
  void operator()(const UndoCommit&) const {
    if (!page().committed || held_back(s, true)) return;
    ask(UndoDecree{s.loaded->file, page().committed->id}, true);
  }
  void operator()(const Undone& c) const {
    if (!ours(c.file)) return;
    with([](State& p) {
      p.committed.reset();
      p.totals.reset();
      p.table.reset();
      p.step = Section::mapping;
    });
    s.toast =
        Toast{c.held > 0 ? geo::msg("boundary.undone_held", c.held) : geo::msg("boundary.undone"),
              false, s.now + std::chrono::seconds(12)};
    units_changed();  // which may have something graver to tell
    ask(ReadAll{c.file}, false);
    (*this)(ReadFiles{});  // the draft is of before
  }
  void operator()(const Anew&) const {
    with([](State& p) {
      State next;
      next.working = p.working;
      next.dates = p.dates;
      next.decrees = p.decrees;
      next.parts = p.parts;
      p = std::move(next);
    });
  }

  // Looking back.

  void then() const {
    if (!s.loaded || !page().date) return;
    ask(ReadThen{s.loaded->file, *page().date, page().boundaries}, true);
  }
  void operator()(const ChooseDate& c) const {
    with([&](State& p) { p.date = c.date; });
    then();
  }
  void operator()(const ChooseBoundaries& c) const {
    with([&](State& p) { p.boundaries = c.boundaries; });
    then();
  }
  void operator()(const Then& c) const {
    if (!ours(c.file)) return;
    with([&](State& p) {
      if (p.date == c.table->date && p.boundaries == c.table->boundaries) p.table = c.table;
    });
  }
};

}  // namespace

const data::DecreeItem* State::item() const {
  if (!decree || chosen.empty()) return nullptr;
  const auto at = std::find_if(decree->items.begin(), decree->items.end(),
                               [&](const data::DecreeItem& i) { return i.key == chosen; });
  return at == decree->items.end() ? nullptr : &*at;
}

std::vector<std::size_t> State::shown() const {
  std::vector<std::size_t> out;
  if (!decree) return out;
  for (std::size_t i = 0; i < decree->items.size(); ++i) {
    const data::DecreeItem& item = decree->items[i];
    // What was decided stays in the list, so that it can be looked at again.
    if (!only_problems || data::undecided(item.verdict) || item.fixed) out.push_back(i);
  }
  return out;
}

std::optional<geo::Message> held_back(const AppState& s, bool kept) {
  const EntryDesk& e = s.entry;
  if (e.read_only || (e.pages.boundary && e.pages.boundary->read_only))
    return geo::msg("boundary.read_only");
  if (!s.loaded || e.writing > 0) return geo::msg("boundary.week_writing");
  if (kept && !e.broken.empty()) return geo::msg("boundary.week_broken", e.broken.size());
  return {};
}

void opened(AppState& s) { apply(s, Read{}); }
void failed(AppState& s) {
  change(s.entry.pages.boundary, [](State& page) {
    if (page.working > 0) --page.working;
  });
}
void apply(AppState& s, const Command& command) { std::visit(Applying{s}, command); }

void step(AppState& s, bool back) {
  const Applying applying{s};
  const State& page = applying.page();
  if (page.committed || (back ? page.done : page.undone).empty()) return;
  applying.with([&](State& p) {
    auto& from = back ? p.done : p.undone;
    auto& to = back ? p.undone : p.done;
    to.push_back(std::exchange(p.fixes, from.back()));
    from.pop_back();
    forget_typing(p);
  });
  applying.judged();
}

void take_path(AppState& s, const std::string& what, const std::filesystem::path& file) {
  change(s.entry.pages.boundary, [&](State& p) { (what == "land" ? p.land : p.crosswalk) = file; });
}

}  // namespace app::boundary_page
