#include "app/pages/district.hpp"

#include <algorithm>
#include <chrono>

#include "app/apply.hpp"
#include "app/district_export.hpp"
#include "app/pages/page_command.hpp"
#include "app/state.hpp"
#include "data/clock.hpp"
#include "data/workspace.hpp"

namespace app::district_page {
namespace {

constexpr auto toast_time = std::chrono::seconds(8);

bool same(const data::ProgressAsk& a, const data::ProgressAsk& b) {
  return a.week == b.week && a.of == b.of;
}

struct Applying {
  AppState& s;

  void operator()(const Read&) const {
    if (!s.loaded) return;
    change(s.entry.pages.district, [](State& page) { ++page.asked; });
    s.requests.emplace_back(
        EntryJob(page_work(Job(ReadAll{s.loaded->file, s.entry.pages.district->ask}))));
  }
  void operator()(const ChooseWeek& c) const {
    change(s.entry.pages.district, [&](State& page) { page.ask.week = c.week; });
    (*this)(Read{});
  }
  void operator()(const ChooseScope& c) const {
    change(s.entry.pages.district, [&](State& page) { page.ask.of = c.of; });
    (*this)(Read{});
  }
  void operator()(const ChooseUnit& c) const {
    change(s.entry.pages.district, [&](State& page) { page.chosen = c.unit; });
  }
  void operator()(const Move& c) const {
    change(s.entry.pages.district, [&](State& page) {
      const data::UnitProgress* unit = page.unit();
      if (unit == nullptr) return;
      const auto& units = page.progress->units;
      const auto at = static_cast<std::ptrdiff_t>(unit - units.data());
      const auto last = static_cast<std::ptrdiff_t>(units.size()) - 1;
      page.chosen =
          units[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at + c.by, 0, last))].unit;
    });
  }
  void operator()(const Tick& c) const {
    change(s.entry.pages.district, [&](State& page) {
      if (!page.ticked.insert(c.key).second) page.ticked.erase(c.key);
    });
  }
  void operator()(const GoToTable&) const {
    const auto page = s.entry.pages.district;
    const data::UnitProgress* unit = page ? page->unit() : nullptr;
    if (unit == nullptr) return;
    const geo::Date week = page->progress->week;
    const std::size_t row = unit->row;
    // A week that was never looked at is there at once, and read again behind it.
    if (!s.entry.grids.contains(week)) s.entry.grids[week].week = *page->progress->table;
    for (EntryCommand next :
         {EntryCommand(entry::ChooseWeek{week}), EntryCommand(entry::ChoosePage{EntryPage::week})})
      apply_entry(s, command::OfEntry(std::move(next)));
    // Not where something typed has to be mended first.
    const EntryGrid* grid = s.entry.grid();
    if (grid == nullptr || grid->week.date != week || row >= grid->week.rows.size() ||
        grid->week.rows[row].unit != unit->unit)
      return;
    apply_entry(s, command::OfEntry(entry::GoToRow{row}));
  }
  void operator()(const AskExport&) const {
    const auto page = s.entry.pages.district;
    if (!page || !page->progress || page->progress->units.empty()) return;
    const std::string name = say(s.view.language, "district.export_name") + '-' +
                             geo::iso(page->progress->week) + ".pdf";
    apply_entry(s, command::OfEntry(entry::AskPath{
                       "list", geo::msg("district.export_title"), name, {".pdf", ".xlsx"}, true}));
  }
  void operator()(const Known& c) const {
    if (!s.loaded || s.loaded->file != c.file) return;
    change(s.entry.pages.district, [&](State& page) {
      if (page.asked > 0) --page.asked;
      if (!same(page.ask, c.ask)) return;
      page.progress = c.progress;
      page.weeks = c.weeks;
      if (page.unit() == nullptr && !c.progress->units.empty())
        page.chosen = c.progress->units.front().unit;
    });
  }
  void operator()(const Exported& c) const {
    s.toast =
        Toast{geo::msg("district.exported", c.file.string()), false, s.now + toast_time, false};
  }
};

struct Work {
  const geo::Progress& progress;
  Command operator()(const ReadAll& r) const {
    data::Workspace workspace = data::Workspace::open_for_reading(r.workspace);
    const data::OneMoment moment(workspace.database());
    const auto dataset = workspace.load();
    auto weeks = data::weeks_of(*dataset, data::local_today());
    data::ProgressAsk ask = r.ask;
    if (!ask.week && dataset->dates.empty()) ask.week = weeks.front();
    return Known{r.workspace, r.ask,
                 std::make_shared<const data::DistrictProgress>(
                     data::district_progress(workspace, *dataset, ask)),
                 std::move(weeks)};
  }
  Command operator()(const Export& r) const {
    export_district(*r.progress, r.file, r.language, progress);
    return Exported{r.file};
  }
};

}  // namespace

const data::UnitProgress* State::unit() const {
  if (!progress || !chosen) return nullptr;
  const auto at = std::find_if(progress->units.begin(), progress->units.end(),
                               [&](const data::UnitProgress& u) { return u.unit == *chosen; });
  return at == progress->units.end() ? nullptr : &*at;
}

std::size_t State::ticked_of(const data::UnitProgress& unit) const {
  return static_cast<std::size_t>(
      std::count_if(unit.questions.begin(), unit.questions.end(),
                    [&](const data::Question& q) { return ticked.contains(tick_key(unit, q)); }));
}

std::string tick_key(const data::UnitProgress& unit, const data::Question& question) {
  return data::unit_text(unit.unit) + ' ' + question.key;
}

void opened(AppState& s) {
  // One goes to and fro between this and the week's table: its week is this one's.
  if (const EntryGrid* grid = s.entry.grid())
    change(s.entry.pages.district, [&](State& page) {
      if (page.table_week != grid->week.date) page.ask.week = grid->week.date;
      page.table_week = grid->week.date;
    });
  apply(s, Read{});
}
void failed(AppState& s) {
  change(s.entry.pages.district, [](State& page) {
    if (page.asked > 0) --page.asked;
  });
}
void apply(AppState& s, const Command& command) { std::visit(Applying{s}, command); }
void step(AppState&, bool) {}
void take_path(AppState& s, const std::string&, const std::filesystem::path& file) {
  const auto page = s.entry.pages.district;
  if (!page || !page->progress) return;
  s.requests.emplace_back(
      EntryJob(page_work(Job(Export{page->progress, file, s.view.language}), true)));
}
Command work_on(const Job& job, const geo::Progress& progress) {
  return std::visit(Work{progress}, job);
}

}  // namespace app::district_page
