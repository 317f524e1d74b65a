#include "app/entry_job.hpp"

#include <chrono>

#include "app/briefing_job.hpp"
#include "app/pages/page_command.hpp"
#include "data/clock.hpp"
#include "data/workspace.hpp"

namespace app {
namespace {

struct Work {
  const geo::Progress& progress;
  EntryCommand operator()(const ReadWeek& r) const {
    const bool read_only = is_read_only(r.workspace);
    data::Workspace workspace = data::Workspace::open_for_reading(r.workspace);
    const data::OneMoment moment(workspace.database());
    const auto dataset = workspace.load();
    std::vector<geo::Date> weeks = data::weeks_of(*dataset, data::local_today());
    // The week that others have begun; else the one that is due.
    const geo::Date newest = dataset->dates.empty() ? weeks.front() : dataset->dates.back();
    return entry::Known{r.workspace, data::week_of(workspace, *dataset, r.week.value_or(newest)),
                        std::move(weeks), !r.week, read_only};
  }
  /// What cannot be written (no room, another program's lock) stays in the table with the reason:
  /// nobody loses what was typed.
  EntryCommand operator()(const WriteWeek& r) const {
    try {
      return write(r);
    } catch (const geo::Error& error) {
      entry::Written out{r.workspace, 0, {}};
      for (const WriteWeek::Unit& unit : r.units) {
        const data::RecordKey record = data::report_record(unit.unit, r.week);
        out.broken.push_back(
            {r.week, unit.step, {{"not_written", record, {}, error.message, error.remedy}}});
      }
      return out;
    }
  }
  static EntryCommand write(const WriteWeek& r) {
    data::Workspace workspace = data::Workspace::open(r.workspace);
    entry::Written out{r.workspace, 0, {}};
    std::vector<data::FieldChange> all;
    for (const WriteWeek::Unit& unit : r.units) {
      const data::RecordKey record = data::report_record(unit.unit, r.week);
      std::vector<data::FieldChange> changes;
      for (const EntryEdit& edit : unit.step) {
        const auto field = data::field_of(static_cast<data::Count>(edit.at.column));
        changes.push_back({record, std::string(field), {}, r.reason, {}});
        if (edit.after) changes.back().value = std::to_string(*edit.after);
      }
      auto breaks = r.reason.empty() ? data::broken_rules(workspace, record, changes)
                                     : std::vector<data::RuleBreak>{};
      if (!breaks.empty()) {
        out.broken.push_back({r.week, unit.step, std::move(breaks)});
        continue;
      }
      out.cells += changes.size();
      all.insert(all.end(), changes.begin(), changes.end());
    }
    if (!all.empty()) data::enter(workspace, all);
    return out;
  }
  EntryCommand operator()(const PageWork& r) const { return work_on(r, progress); }
};

}  // namespace

EntryCommand work_on(const EntryJob& job, const geo::Progress& progress) {
  return std::visit(Work{progress}, job);
}

EntryCommand failure(const EntryJob& job, const geo::Error& error) {
  if (const auto* page = std::get_if<PageWork>(&job))
    return entry::Failed{{}, false, error, page_failure(*page)};
  if (const auto* write = std::get_if<WriteWeek>(&job))
    return entry::Failed{write->workspace, true, error, {}};
  return entry::Failed{std::get<ReadWeek>(job).workspace, false, error, {}};
}

}  // namespace app
