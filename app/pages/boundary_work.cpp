// What the page of boundary changes has done on a job's thread.
#include "app/briefing_job.hpp"
#include "app/pages/boundary_job.hpp"
#include "data/gaps.hpp"
#include "data/import_undo.hpp"

namespace app::boundary_page {
namespace {

std::shared_ptr<const ThenTable> table(const data::DatasetThen& of, const ReadThen& asked) {
  auto out = std::make_shared<ThenTable>();
  out->date = asked.date;
  out->boundaries = asked.boundaries;
  const data::Dataset& dataset = *of.dataset;
  const auto gaps = data::gaps(dataset, data::Indicator::activation_l2, asked.date);
  for (std::size_t i = 0; i < dataset.communes.size(); ++i) {
    const data::Commune& commune = dataset.communes[i];
    ThenRow& row = out->rows.emplace_back();
    row.name = commune.full_name;
    row.days = of.days[i];
    if (gaps[i].eligible) row.eligible = gaps[i].eligible->value;
    if (gaps[i].reached) row.activated = gaps[i].reached->value;
    out->eligible += row.eligible.value_or(0);
    out->activated += row.activated.value_or(0);
    out->unknown += !row.eligible;
    for (const data::Part& part : commune.parts) {
      const data::Reporter& reporter = dataset.reporters[part.reporter];
      row.estimated = row.estimated || (part.estimated && row.eligible);
      if (reporter.former && row.from.size() < 6) row.from.push_back(reporter.name);
    }
  }
  return out;
}

struct Work {
  const geo::Progress& progress;

  Command operator()(const ReadAll& r) const {
    auto workspace = data::Workspace::open_for_reading(r.workspace);
    const data::OneMoment moment(workspace.database());
    return Known{r.workspace, workspace.load()->dates, data::decree_days(workspace),
                 data::estimated_parts(workspace), is_read_only(r.workspace)};
  }
  Command operator()(const ReadDecree& r) const {
    auto workspace = data::Workspace::open_for_reading(r.workspace);
    return Drafted{r.workspace, data::read_decree(workspace, r.files, progress)};
  }
  Command operator()(const TryDecree& r) const {
    auto workspace = data::Workspace::open(r.workspace);
    return Tried{r.workspace, r.decree,
                 std::make_shared<const data::DecreeTotals>(
                     data::try_decree(workspace, *r.draft, *r.decree, progress))};
  }
  Command operator()(const CommitDecree& r) const {
    auto workspace = data::Workspace::open(r.workspace);
    auto done = data::commit_decree(workspace, *r.draft, *r.decree, progress);
    return Committed{r.workspace, done.source,
                     std::make_shared<const data::DecreeTotals>(std::move(done.totals))};
  }
  Command operator()(const UndoDecree& r) const {
    auto workspace = data::Workspace::open(r.workspace);
    const auto undone = data::take_back_import(workspace, r.source);
    if (!undone)
      throw geo::Error(geo::ErrorKind::usage, geo::msg("boundary.undo_overtaken"),
                       r.workspace.string(), geo::msg("boundary.undo_overtaken_remedy"));
    return Undone{r.workspace, undone->held};
  }
  Command operator()(const ReadThen& r) const {
    auto workspace = data::Workspace::open_for_reading(r.workspace);
    const bool then = r.boundaries == data::Boundaries::then;
    return Then{r.workspace, table(then ? data::load_then(workspace, r.date, progress)
                                        : data::load_then(workspace, data::forever, progress),
                                   r)};
  }
};

}  // namespace

Command work_on(const Job& job, const geo::Progress& progress) {
  return std::visit(Work{progress}, job);
}

}  // namespace app::boundary_page
