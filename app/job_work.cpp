#include <algorithm>
#include <filesystem>

#include "app/briefing_export.hpp"
#include "app/export.hpp"
#include "app/jobs.hpp"
#include "app/picture.hpp"
#include "app/plan_work.hpp"
#include "app/reasons.hpp"
#include "app/report.hpp"
#include "app/undrawn.hpp"
#include "data/boundaries_then.hpp"
#include "data/import_undo.hpp"
#include "data/kept_reasons.hpp"
#include "data/load.hpp"
#include "data/prepared_land.hpp"
#include "data/sample.hpp"
#include "render/image.hpp"
#include "render/offscreen.hpp"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace app {
namespace {

/// Writes what a person judged.
struct Keep {
  data::Workspace& workspace;
  const data::Dataset& dataset;

  void operator()(const LetFindingStand& j) const {
    data::accept_finding(workspace, j.key, j.reason);
  }
  void operator()(const FindingCounts& j) const { data::withdraw_acceptance(workspace, j.key); }
  void operator()(const PreferFigure& j) const {
    data::choose_figure(workspace, dataset, j.rivals, j.figure, j.reason);
  }
  void operator()(const data::BarrierRule& rule) const { data::keep_barrier_rule(workspace, rule); }
};

/// None while the full borders are missing: without them nobody looks where settlements lie, and a
/// list that lacks those findings must not pass for the whole of it.
std::shared_ptr<const std::vector<data::Finding>> findings_of(const Loaded& loaded,
                                                              const geo::Progress& progress) {
  if (!loaded.land->hits) return nullptr;
  auto out = data::check_quality(*loaded.dataset, loaded.land->hits.get(), progress);
  auto workspace = data::Workspace::open_for_reading(loaded.file);
  data::add_reasons(workspace, out);
  return std::make_shared<const std::vector<data::Finding>>(std::move(out));
}

bool is_whole(const geo::Land& land) {
  return land.hits && land.meshes.size() >= geo::level_sides.size();
}

/// An older workspace, or one that another program changed, opens faster the next time. Where it
/// may not be written, or somebody else is writing, it just does not.
void prepare(const std::filesystem::path& file, const geo::Progress& progress) {
  try {
    data::Workspace workspace = data::Workspace::open(file);
    data::prepare_land_apart(workspace, progress);
  } catch (const geo::Error&) {
  }
}

/// One level more, so that each is shown as soon as it is there; in the end all of them.
std::shared_ptr<const geo::Land> sharper(const Loaded& loaded, const geo::Progress& progress) {
  data::Workspace workspace = data::Workspace::open_for_reading(loaded.file);
  const auto& meshes = loaded.land->meshes;
  // A pixel as wide as today's error asks for an error of half of it.
  const double pixel = meshes.empty() ? 0 : meshes.front().tolerance;
  auto land = data::complete_land(workspace, loaded.land, pixel, progress);
  if (land == loaded.land && pixel > 0) land = data::complete_land(workspace, land, 0, progress);
  if (is_whole(*land) && !data::is_prepared(workspace)) prepare(loaded.file, progress);
  return land;
}

/// The workspace after a judgement: everything again but the land, which no judgement moves.
std::shared_ptr<const Loaded> reload(const Loaded& before, data::Workspace& workspace,
                                     const geo::Progress& progress) {
  const auto same = [](const data::Source& a, const data::Source& b) { return a.id == b.id; };
  const auto sources = workspace.sources();
  if (!std::equal(sources.begin(), sources.end(), before.sources.begin(), before.sources.end(),
                  same)) {
    return load(before.file, progress,
                before.dataset->boundaries_of);  // another program imported something meanwhile
  }
  auto loaded = std::make_shared<Loaded>(before);
  auto dataset = std::make_shared<data::Dataset>(*before.dataset);
  data::Dataset again = data::load_dataset(workspace.database(), {});
  dataset->version = again.version;
  dataset->barrier_rule = std::move(again.barrier_rule);
  dataset->acceptances = std::move(again.acceptances);
  dataset->figure_choices = std::move(again.figure_choices);
  loaded->dataset = std::move(dataset);
  loaded->findings = findings_of(*loaded, progress);
  if (before.pool) loaded->pool = std::make_shared<const Pool>(loaded->dataset, *before.pool);
  return loaded;
}

struct Work {
  const geo::Progress& progress;

  Command operator()(const LoadWorkspace& r) const {
    return command::WorkspaceLoaded{load(r.file, progress, r.boundaries_of)};
  }
  Command operator()(const CreateWorkspace& r) const {
    data::Workspace::create(r.file);
    return command::WorkspaceCreated{r.file};
  }
  Command operator()(const OpenSample& r) const {
    if (!std::filesystem::exists(r.file)) {
      if (r.file.has_parent_path()) std::filesystem::create_directories(r.file.parent_path());
      // Under another name until it is whole: cancelling leaves no half sample behind.
      std::filesystem::path half = r.file;
      half += ".part";
      std::filesystem::remove(half);
      data::write_sample(half, {}, progress.part(0, 0.6));
      std::filesystem::rename(half, r.file);
    }
    return command::WorkspaceLoaded{load(r.file, progress.part(0.6, 1))};
  }
  Command operator()(const PrepareImport& r) const {
    data::ImportOptions options = r.options;
    if (r.guess_kind) options.kind = data::guess_import_kind(r.file);
    data::Workspace workspace = data::Workspace::open(r.workspace);
    return command::ImportPrepared{options,
                                   data::prepare_import(workspace, r.file, options, progress)};
  }
  Command operator()(const WriteImport& r) const {
    data::Workspace workspace = data::Workspace::open(r.workspace);
    return command::ImportWritten{data::write_import(workspace, r.pending, progress)};
  }
  Command operator()(const TakeBackImport& r) const {
    progress.at(0, geo::msg("app.doing_take_back"));
    data::Workspace workspace = data::Workspace::open(r.workspace);
    const auto undone = r.source != 0 ? data::take_back_import(workspace, r.source)
                                      : data::take_back_last_import(workspace);
    if (!undone) return command::ImportTakenBack{std::nullopt, r.source};
    return command::ImportTakenBack{undone->source};
  }
  Command operator()(const SavePicture& r) const {
    progress.at(0, geo::msg("app.doing_picture"));
    View view = r.view;
    view.hovered = {};
    view.hovered_point.reset();
    view.eye = render::Eye::normal;  // a preview is for the screen
    const data::Dataset& dataset = *r.loaded->dataset;
    const Figures numbers = figures_in(*r.loaded, view);
    Picture picture = make_picture(dataset, r.loaded->land, numbers, view, PictureTheme::review,
                                   r.loaded->points.get());
    picture.frame.pixel_ratio = 1.5;
    data::Workspace workspace = data::Workspace::open_for_reading(r.loaded->file);
    picture.frame.land = data::complete_land(workspace, r.loaded->land,
                                             least_pixel(picture.box, r.width, r.height), progress);
    render::write_png(render::draw_picture(picture.frame, picture.box, r.width, r.height), r.file);
    return command::PictureSaved{r.file};
  }
  Command operator()(const FindStability& r) const {
    return command::StabilityFound{r.asked, data::stability(r.scores, r.weights, r.k)};
  }
  Command operator()(const KeepJudgement& r) const {
    progress.at(0, geo::msg("app.doing_judgement"));
    data::Workspace workspace = data::Workspace::open(r.loaded->file);
    std::visit(Keep{workspace, *r.loaded->dataset}, r.judgement);
    return command::JudgementKept{reload(*r.loaded, workspace, progress)};
  }
  Command operator()(const Complete& r) const {
    switch (r.what) {
      case Missing::points:
        progress.at(0, geo::msg("app.doing_points"));
        return command::Completed{r.loaded, make_points(*r.loaded->dataset, r.loaded->land->crs)};
      case Missing::search:
        return command::Completed{
            r.loaded, std::make_shared<const SearchIndex>(build_search(*r.loaded->dataset))};
      case Missing::land:
        return command::Completed{r.loaded, sharper(*r.loaded, progress)};
      case Missing::findings:
        return command::Completed{r.loaded, findings_of(*r.loaded, progress)};
      case Missing::all_dates:
        r.loaded->pool->of(r.indicator, progress);
        return command::Completed{r.loaded, r.indicator};
    }
    throw geo::Error(geo::ErrorKind::internal, geo::msg("app.internal_error"), "Missing",
                     geo::msg("app.tell_the_makers"));
  }
  Command operator()(const MakePlanGround& r) const {
    auto ground = make_plan_ground(r, progress);
    data::Workspace workspace = data::Workspace::open_for_reading(r.loaded->file);
    auto kept = data::kept_plans(workspace);
    auto outdated = outdated_plans(*r.loaded, *ground, kept);
    return command::OfPlan{
        plan::GroundMade{std::move(ground), std::move(kept), std::move(outdated)}};
  }
  Command operator()(const MakePlan& r) const {
    return command::OfPlan{plan::Made{r.asked, make_plan(r)}};
  }
  Command operator()(const ExplainPlan& r) const {
    return command::OfPlan{plan::Explained{r.asked, r.shown, explain_plan(r, progress)}};
  }
  Command operator()(const AskWhyNot& r) const {
    return command::OfPlan{plan::WhyFound{
        r.shown, {r.commune, data::why_not(at_hand(*r.shown), r.commune, progress)}}};
  }
  Command operator()(const SolvePlan& r) const {
    return command::OfPlan{plan::Solved{r.asked, solve_plan(r, progress)}};
  }
  Command operator()(const ChangeKeptPlan& r) const { return command::OfPlan{change_kept_plan(r)}; }
  Command operator()(const ExportPlan& r) const {
    progress.at(0, geo::msg("app.doing_export"));
    write_plan(r, progress);
    return command::TableExported{r.file};
  }
  Command operator()(const BriefingJob& r) const { return command::OfBriefing{work_on(r)}; }
  Command operator()(const EntryJob& r) const { return command::OfEntry{work_on(r, progress)}; }
  Command operator()(const ExportBriefing& r) const {
    progress.at(0, geo::msg("app.doing_export"));
    require_handout(r.to);
    data::Workspace workspace = data::Workspace::open_for_reading(r.loaded->file);
    auto loaded = std::make_shared<Loaded>(*r.loaded);
    loaded->land = data::complete_land(workspace, loaded->land, 0, progress.part(0, 0.1));
    if (!loaded->points) loaded->points = make_points(*loaded->dataset, loaded->land->crs);
    const auto show = make_show(std::move(loaded), r.briefing, data::kept_plans(workspace),
                                r.language, progress.part(0.1, 0.2));
    export_briefing(*show, r.language, r.to, {}, progress.part(0.2, 1));
    return command::OfBriefing{briefing::Exported{r.to}};
  }
  Command operator()(const ExportReport& r) const {
    progress.at(0, geo::msg("app.doing_report"));
    require_pdf(r.file);
    ReportAsk ask;
    // What the desk has chosen, filtered or hidden is no part of the report.
    ask.view.indicator = r.view.indicator;
    ask.view.at = r.view.at;
    ask.view.language = r.view.language;
    ask.view.choice = r.view.choice;
    ask.atlas = r.atlas;
    const data::Dataset& dataset = *r.loaded->dataset;
    if (const auto d = district_asked(dataset, r.view.filter); d >= 0)
      ask.within = dataset.districts[static_cast<std::size_t>(d)].code.text;
    const auto basis =
        std::make_shared<const ReportBasis>(report_basis(*r.loaded, progress.part(0, 0.1)));
    write_report(basis, ask, r.file, progress.part(0.1, 1));
    return command::TableExported{r.file};
  }
  Command operator()(const ExportTable& r) const {
    progress.at(0, geo::msg("app.doing_export"));
    const data::Dataset& dataset = *r.loaded->dataset;
    const Figures numbers = figures_in(*r.loaded, r.view);
    export_file(make_export(dataset, numbers, r.view, r.weights, r.loaded->file), r.file, progress);
    return command::TableExported{r.file};
  }
};

}  // namespace

Command work(const JobRequest& request, const geo::Progress& progress) {
  Command answer = std::visit(Work{progress}, request);
#ifdef __GLIBC__
  malloc_trim(0);  // what many threads worked with would otherwise stay ours
#endif
  return answer;
}

std::size_t undrawn_communes(const data::Dataset& dataset, const std::filesystem::path& file) {
  const std::size_t all = dataset.communes.size(), missing = undrawn(dataset);
  if (missing > 0 && missing == all)
    throw geo::Error(geo::ErrorKind::usage,
                     geo::msg("view.then_undrawn", geo::iso(*dataset.boundaries_of), all),
                     file.filename().string(), geo::msg("view.then_undrawn_remedy"));
  return missing;
}

namespace {

void tell_undrawn(Loaded& loaded) {
  const data::Dataset& dataset = *loaded.dataset;
  const std::size_t undrawn = undrawn_communes(dataset, loaded.file);
  if (undrawn == 0) return;
  geo::Issue& issue = loaded.issues.emplace_back();
  issue.severity = geo::Severity::warning;
  issue.message = geo::msg("view.then_some_undrawn", geo::iso(*dataset.boundaries_of), undrawn,
                           dataset.communes.size());
}

}  // namespace

std::shared_ptr<const Loaded> load(const std::filesystem::path& file, const geo::Progress& progress,
                                   std::optional<geo::Date> boundaries_of) {
  progress.at(0, geo::msg("app.doing_open"));
  data::Workspace workspace = data::Workspace::open_for_reading(file);
  auto loaded = std::make_shared<Loaded>();
  loaded->file = file;
  const data::OneMoment moment(workspace.database());  // of the units and of their land
  if (boundaries_of)
    loaded->dataset = data::load_then(workspace, *boundaries_of, progress.part(0, 0.4)).dataset;
  else
    loaded->dataset = workspace.load(progress.part(0, 0.4));
  loaded->sources = workspace.sources();
  loaded->issues = workspace.issues();
  if (boundaries_of) {
    loaded->land = data::land_then(workspace, *boundaries_of, progress.part(0.4, 0.85));
    tell_undrawn(*loaded);
  } else {
    loaded->land = data::load_land(workspace, progress.part(0.4, 0.85));
  }
  loaded->pool = std::make_shared<const Pool>(loaded->dataset);
  loaded->pool->of(View{}.indicator, progress.part(0.85, 1));  // what the window begins with
  loaded->pool->places();
  progress.at(1, geo::msg("app.doing_open"));
  return loaded;
}

std::optional<Missing> first_missing(const Loaded& loaded, std::span<const Missing> except) {
  const auto wanted = [&](Missing what) {
    return std::find(except.begin(), except.end(), what) == except.end();
  };
  if (!loaded.points && wanted(Missing::points)) return Missing::points;
  if (!loaded.search && wanted(Missing::search)) return Missing::search;
  if (!is_whole(*loaded.land) && wanted(Missing::land)) return Missing::land;
  if (!loaded.findings && loaded.land->hits && wanted(Missing::findings)) return Missing::findings;
  return std::nullopt;
}

bool checks_given_up(const AppState& state) {
  return state.loaded && !state.loaded->findings && !first_missing(*state.loaded, state.given_up);
}

std::shared_ptr<const Loaded> completed(const Loaded& loaded, const command::Completed& found) {
  struct Take {
    const Loaded& of;
    Loaded& into;
    bool operator()(const std::shared_ptr<const SearchIndex>& search) const {
      into.search = search;
      return of.dataset == into.dataset;
    }
    bool operator()(const std::shared_ptr<const geo::Land>& land) const {
      const bool same = of.land == into.land;
      into.land = land;
      return same;
    }
    bool operator()(const std::shared_ptr<const std::vector<data::Finding>>& findings) const {
      into.findings = findings;
      return of.dataset == into.dataset;
    }
    bool operator()(data::Indicator) const { return of.pool == into.pool; }
    bool operator()(const std::shared_ptr<const Points>& points) const {
      into.points = points;
      const auto beyond = issues_of(*points, *of.dataset, of.sources);
      into.issues.insert(into.issues.end(), beyond.begin(), beyond.end());
      return of.dataset == into.dataset;
    }
  };
  auto more = std::make_shared<Loaded>(loaded);
  return std::visit(Take{*found.of, *more}, found.part) ? more : nullptr;
}

}  // namespace app
