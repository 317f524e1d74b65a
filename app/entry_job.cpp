#include "app/entry_job.hpp"

#include <chrono>

#include "app/briefing_job.hpp"
#include "data/workspace.hpp"

namespace app {
namespace {

geo::Date today() {
  return {std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())};
}

struct Work {
  EntryCommand operator()(const ReadWeek& r) const {
    const bool read_only = is_read_only(r.workspace);
    data::Workspace workspace = data::Workspace::open_for_reading(r.workspace);
    const data::OneMoment moment(workspace.database());
    const auto dataset = workspace.load();
    std::vector<geo::Date> weeks = data::weeks_of(*dataset, today());
    // The week that others have begun; else the one that is due.
    const geo::Date newest = dataset->dates.empty() ? weeks.front() : dataset->dates.back();
    return entry::Known{r.workspace, data::week_of(workspace, *dataset, r.week.value_or(newest)),
                        std::move(weeks), !r.week, read_only};
  }
  EntryCommand operator()(const WriteWeek& r) const {
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
};

}  // namespace

EntryCommand work_on(const EntryJob& job) { return std::visit(Work{}, job); }

EntryCommand failure(const EntryJob& job, const geo::Error& error) {
  return std::visit(
      [&](const auto& r) {
        return entry::Failed{r.workspace, std::is_same_v<std::decay_t<decltype(r)>, WriteWeek>,
                             error};
      },
      job);
}

}  // namespace app
