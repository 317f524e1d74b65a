#include "app/pages/history.hpp"

#include <utility>

#include "app/pages/page_command.hpp"
#include "app/state.hpp"

namespace app::history_page {
namespace {

/// A week before a moment that is given in UTC, as people type it.
std::string week_before(const std::string& utc) {
  const auto day = geo::parse_date(std::string_view(utc).substr(0, 10));
  return day ? date(Language::vietnamese, *day + -7) : std::string();
}

struct Applying {
  AppState& s;

  const std::shared_ptr<const State>& page() const { return s.entry.pages.history; }
  template <class How>
  void with(How how) const {
    change(s.entry.pages.history, how);
  }
  void ask(Job job, bool waited_for = false) const {
    if (!waited_for) with([](State& p) { p.asked = true; });
    s.requests.emplace_back(EntryJob(page_work(std::move(job), waited_for)));
  }
  bool of_this(const std::filesystem::path& file) const {
    return s.loaded && s.loaded->file == file;
  }
  bool may_write() const {
    return s.loaded && page() && page()->imports && !page()->imports->read_only;
  }

  void operator()(const Read&) const {
    if (!s.loaded) return;
    with([](State& p) {
      ++p.query;
      p.reading = true;
    });
    ask(ReadAll{s.loaded->file, page()->filter, page()->query});
  }
  void operator()(const ChoosePart& c) const {
    with([&](State& p) {
      p.part = c.part;
      p.sure = false;
      p.told.reset();
    });
  }
  void operator()(const TypeFilter& c) const {
    if (!s.loaded || (page() && page()->filter == c.filter)) return;
    with([&](State& p) {
      p.filter = c.filter;
      p.chosen.reset();
      p.sure = false;
      p.reading = true;
      ++p.query;
    });
    ask(ReadPart{s.loaded->file, c.filter, page()->query, nullptr});
  }
  void operator()(const More&) const {
    if (!s.loaded || !page() || page()->reading || !page()->entered || !page()->entered->more)
      return;
    with([](State& p) { p.reading = true; });
    ask(ReadPart{s.loaded->file, page()->filter, page()->query, page()->entered});
  }
  void operator()(const ChooseRow& c) const {
    with([&](State& p) {
      p.chosen = c.row;
      p.sure = false;
      p.told.reset();
    });
  }
  void operator()(const Undo& c) const {
    if (!may_write() || !page()->entered || !page()->chosen ||
        *page()->chosen >= page()->entered->rows.size())
      return;
    with([&](State& p) { p.sure = !c.sure; });
    if (c.sure)
      ask(UndoBatch{s.loaded->file, page()->entered->rows[*page()->chosen].operation.batch->uuid});
  }
  void operator()(const UndoImport& c) const {
    if (!may_write() || page()->imports->there.empty()) return;
    with([&](State& p) { p.sure = !c.sure; });
    const bool there = page() && page()->imports && !page()->imports->there.empty();
    if (c.sure && there)
      ask(TakeBackImport{s.loaded->file, page()->imports->there.front().id}, true);
  }
  void operator()(const NotSure&) const {
    with([](State& p) { p.sure = false; });
  }
  void operator()(const TypeMoments& c) const {
    with([&](State& p) {
      p.moment = c.moment;
      p.then = c.then;
      p.later = c.later;
    });
  }
  void operator()(const LookAt&) const {
    if (!s.loaded || !page()) return;
    if (const auto time = utc_of(page()->moment, DayMeans::last_second))
      ask(LookBack{s.loaded->file, *time}, true);
  }
  void operator()(const Compare&) const {
    if (!s.loaded || !page()) return;
    const auto then = utc_of(page()->then, DayMeans::last_second);
    // Nothing typed: as it is now, and nothing is later than that.
    const auto later = page()->later.empty() ? std::optional<std::string>("9999-12-31T23:59:59Z")
                                             : utc_of(page()->later, DayMeans::last_second);
    if (then && later) ask(CompareStates{s.loaded->file, *then, *later}, true);
  }

  void operator()(const Known& c) const {
    if (!of_this(c.file)) return;
    with([&](State& p) {
      p.asked = false;
      p.imports = c.imports;
      if (p.moment.empty()) p.moment = week_before(c.imports->now);
      if (p.then.empty()) p.then = week_before(c.imports->now);
      if (p.query != c.query) return;
      p.reading = false;
      p.entered = c.entered;
      p.chosen.reset();
      p.sure = false;
    });
  }
  void operator()(const PartRead& c) const {
    if (!of_this(c.file)) return;
    with([&](State& p) {
      p.asked = false;
      if (p.query != c.query) return;
      p.reading = false;
      p.entered = c.entered;
    });
  }
  void operator()(const Undone& c) const {
    if (!of_this(c.file)) return;
    if (c.wrote) s.entry.wrote = true;
    // The desk's own undo must not take another import for it.
    std::erase_if(s.history.past, [&](const Step& step) {
      const auto* done = std::get_if<ImportDone>(&step);
      return done != nullptr && done->source == c.source;
    });
    with([&](State& p) {
      p.sure = false;
      p.told = c.told;
    });
    (*this)(Read{});
  }
  void operator()(const StateKnown& c) const {
    if (of_this(c.file)) with([&](State& p) { p.known = c.known; });
  }
  void operator()(const Compared& c) const {
    if (!of_this(c.file)) return;
    with([&](State& p) {
      p.difference = c.difference;
      p.exported.reset();
    });
  }
  void operator()(const Exported& c) const {
    if (of_this(c.file)) with([&](State& p) { p.exported = c.out; });
  }
};

}  // namespace

void opened(AppState& s) { apply(s, Read{}); }
void failed(AppState& s) {
  change(s.entry.pages.history, [](State& page) { page.asked = page.reading = page.sure = false; });
}
void apply(AppState& s, const Command& command) { std::visit(Applying{s}, command); }
void step(AppState&, bool) {}  // what is taken back here is chosen by hand

void take_path(AppState& s, const std::string& what, const std::filesystem::path& file) {
  const auto& page = s.entry.pages.history;
  if (what == "difference" && s.loaded && page && page->difference)
    s.requests.emplace_back(EntryJob(
        page_work(Job(Export{s.loaded->file, file, page->difference, s.view.language}), true)));
}

}  // namespace app::history_page
