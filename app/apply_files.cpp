#include <algorithm>
#include <map>
#include <utility>

#include "app/apply.hpp"
#include "app/browse.hpp"
#include "app/pages/page_command.hpp"

namespace app {
namespace {

using namespace command;
constexpr auto toast_time = std::chrono::seconds(10);

void tell(AppState& s, geo::Message message, bool can_undo = false) {
  s.toast = Toast{std::move(message), can_undo, s.now + toast_time};
}

void filter_rows(ImportReview& review) {
  review.shown.clear();
  if (!review.pending) return;
  const auto& rows = review.pending->preview.rows;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool refused = rows[i].change == data::Change::refused;
    const bool differs =
        rows[i].change != data::Change::same && (rows[i].role == data::RowRole::data || refused);
    if (review.filter == RowFilter::all || (review.filter == RowFilter::refused && refused) ||
        (review.filter == RowFilter::differing && differs)) {
      review.shown.push_back(i);
    }
  }
}

/// The file of the preview is not wanted any more, or not as it was asked for. Nothing else that is
/// being done is touched.
void stop_reading(AppState& s) {
  std::erase_if(s.requests, [](const JobRequest& request) {
    return std::holds_alternative<PrepareImport>(request);
  });
  if (s.import.reading != 0) s.cancels.push_back(std::exchange(s.import.reading, 0));
}

void prepare(AppState& s, const data::ImportOptions& options, bool guess_kind) {
  stop_reading(s);
  s.import.options = options;
  s.import.pending.reset();
  s.import.error.reset();
  s.import.shown.clear();
  s.dialog = Dialog::import;
  s.requests.push_back(PrepareImport{s.loaded->file, s.import.file, options, guess_kind});
}

void start_import(AppState& s, const std::filesystem::path& file) {
  if (!s.loaded) {
    s.error = geo::Error(geo::ErrorKind::usage, geo::msg("app.no_workspace_for_import"),
                         file.filename().string(), geo::msg("app.open_a_workspace_first"));
    return;
  }
  stop_reading(s);
  s.import = ImportReview{};
  s.import.file = file;
  prepare(s, {}, true);
}

struct Files {
  AppState& s;

  void choose_path(PathPurpose purpose) {
    s.dialog = Dialog::path;
    const std::filesystem::path folder =
        !s.path.folder.empty() ? s.path.folder : first_folder(s.loaded ? s.loaded->file : "");
    s.path = browse(purpose, folder);
    if (purpose == PathPurpose::new_workspace) s.path.text = "phusong.sqlite";
    const auto of_plan = [&](const std::string& name) {
      const auto& weekends = s.plan.shown->plan.weekends;
      return weekends.empty() ? name : name + '-' + geo::iso(weekends.front().first);
    };
    const bool plan = s.mode == Mode::plan && s.plan.shown;
    if (purpose == PathPurpose::save_picture)
      s.path.text =
          (plan ? of_plan(say(s.view.language, "plan.picture_name")) : "phusong") + ".png";
    if (purpose == PathPurpose::export_table) s.path.text = "phusong.xlsx";
    if (purpose == PathPurpose::export_report)
      s.path.text = say(s.view.language, "app.report_file_name");
    if (purpose == PathPurpose::export_atlas)
      s.path.text = say(s.view.language, "app.atlas_file_name");
    if (purpose == PathPurpose::export_plan && s.plan.shown)
      s.path.text = of_plan(say(s.view.language, "plan.file_name")) + ".xlsx";
    if (const data::Briefing* now = s.briefing.briefing();
        purpose == PathPurpose::export_briefing && now != nullptr) {
      std::string name = now->name;
      std::replace(name.begin(), name.end(), '/', '-');
      s.path.text = name + ".pdf";
    }
  }
  void export_to(const std::filesystem::path& file) {
    if (!s.loaded) return;
    s.requests.push_back(ExportTable{s.loaded, s.view, s.weights, file});
  }
  void take_path(const std::filesystem::path& file) {
    s.dialog = Dialog::none;
    switch (s.path.purpose) {
      case PathPurpose::open_workspace:
        s.requests.push_back(LoadWorkspace{file});
        break;
      case PathPurpose::new_workspace:
        s.requests.push_back(CreateWorkspace{file});
        break;
      case PathPurpose::import_file:
        start_import(s, file);
        break;
      case PathPurpose::save_picture:
        if (s.loaded && s.mode == Mode::plan && s.plan.shown)
          s.requests.push_back(ExportPlan{s.loaded, s.plan.shown, s.view, file});
        else if (s.loaded)
          s.requests.push_back(SavePicture{s.loaded, s.view, file, 2400, 1600});
        break;
      case PathPurpose::export_table:
        export_to(file);
        break;
      case PathPurpose::export_plan:
        if (s.loaded && s.plan.shown)
          s.requests.push_back(ExportPlan{s.loaded, s.plan.shown, s.view, file});
        break;
      case PathPurpose::export_report:
      case PathPurpose::export_atlas:
        if (s.loaded)
          s.requests.push_back(
              ExportReport{s.loaded, s.view, s.path.purpose == PathPurpose::export_atlas, file});
        break;
      case PathPurpose::page_reads:
      case PathPurpose::page_writes:
        apply_entry(s, OfEntry{entry::TakePath{file}});
        break;
      case PathPurpose::export_briefing:
        if (const data::Briefing* now = s.briefing.briefing(); s.loaded && now != nullptr)
          s.requests.push_back(ExportBriefing{s.loaded, *now, s.view.language, file});
        break;
    }
  }

  void operator()(const OpenDialog& c) {
    s.dialog = c.dialog;
    s.palette.clear();
  }
  void operator()(const CloseDialog&) {
    if (s.dialog == Dialog::import) {
      stop_reading(s);
      s.import = ImportReview{};
    }
    // A preview ends with its dialog: nobody should wonder later why the map is grey.
    if (s.dialog == Dialog::classes) s.view.eye = render::Eye::normal;
    s.dialog = Dialog::none;
  }
  void operator()(const TypePalette& c) { s.palette = c.text; }
  void operator()(const AskFigure& c) {
    s.dialog = Dialog::figure;
    s.rivals_asked = c.rivals;
    s.figure_asked = c.figure;
    s.reason.clear();
  }
  void operator()(const TypeReason& c) { s.reason = c.text; }
  void operator()(const ChoosePath& c) { choose_path(c.purpose); }
  void operator()(const TypePath& c) { s.path.text = c.text; }
  void operator()(const AcceptPath& c) {
    const std::filesystem::path path = resolve(s.path.folder, c.text);
    std::error_code failed;
    if (std::filesystem::is_directory(path, failed)) {
      const std::vector<std::string> endings = std::move(s.path.endings);
      s.path = browse(s.path.purpose, path, endings);
    } else if (!c.text.empty()) {
      take_path(path);
    }
  }
  void operator()(const OpenFile& c) {
    s.requests.push_back(LoadWorkspace{c.file, c.boundaries_of});
  }
  void operator()(const OpenTheSample& c) { s.requests.push_back(OpenSample{c.file}); }
  void operator()(const DropFile& c) {
    const std::string extension = c.file.extension().string();
    if (extension == ".sqlite") {
      s.requests.push_back(LoadWorkspace{c.file});
    } else if (extension == ".phusong" && s.loaded) {
      // A package is looked at where packages are.
      if (s.mode != Mode::entry) apply(s, ChooseMode{Mode::entry});
      if (s.entry.pages.shown != EntryPage::exchange)
        apply(s, OfEntry{entry::ChoosePage{EntryPage::exchange}});
      apply(s, OfEntry{of_page(exchange_page::AddFiles{{c.file}})});
    } else {
      start_import(s, c.file);
    }
  }
  void operator()(const ChangeImport& c) {
    if (s.loaded && s.dialog == Dialog::import) prepare(s, c.options, false);
  }
  void operator()(const TypeImportDate& c) {
    s.import.date_text = c.text;
    const auto date = geo::parse_date(c.text);
    if (date && s.import.options.date != date && s.loaded) {
      data::ImportOptions options = s.import.options;
      options.date = date;
      prepare(s, options, false);
    }
  }
  void operator()(const FilterImport& c) {
    s.import.filter = c.filter;
    filter_rows(s.import);
  }
  void operator()(const AcceptImport&) {
    if (!s.import.pending || !s.loaded) return;
    s.requests.push_back(WriteImport{s.loaded->file, *s.import.pending});
    s.import = ImportReview{};
    s.dialog = Dialog::none;
  }
  void operator()(const TakeBack&) {
    s.toast.reset();
    if (s.loaded) s.requests.push_back(TakeBackImport{s.loaded->file});
  }
  void operator()(const DismissError&) { s.error.reset(); }
  void operator()(const DismissToast&) { s.toast.reset(); }
  void operator()(const CancelJob&) {
    if (!s.job) return;
    s.job->cancelling = true;
    s.cancels.push_back(s.job->ticket);
  }
  void operator()(const Tick& c) {
    if (s.toast && c.now >= s.toast->until) s.toast.reset();
  }
  void operator()(const Quit&) { s.quit = true; }

  void operator()(const WorkspaceLoaded& c) { take_loaded(s, c.loaded); }
  void operator()(const WorkspaceCreated& c) {
    tell(s, geo::msg("app.workspace_created", c.file.filename().string()));
    s.requests.push_back(LoadWorkspace{c.file});
  }
  void operator()(const ImportPrepared& c) {
    if (s.dialog != Dialog::import) return;  // closed while the file was being read
    s.import.options = c.options;
    s.import.pending = c.pending;
    if (s.import.date_text.empty() && c.pending.preview.date) {
      s.import.date_text = date(s.view.language, *c.pending.preview.date);
    }
    filter_rows(s.import);
  }
  void operator()(const ImportFailed& c) {
    if (s.dialog != Dialog::import) return;
    s.import.options = c.options;
    s.import.error = c.error;
  }
  void operator()(const ImportWritten& c) {
    if (!c.source) {
      tell(s, geo::msg("app.import_changed_nothing"));
      return;
    }
    add_step(s.history, ImportDone{c.source->id, c.source->file});
    tell(s, geo::msg("app.import_written", c.source->rows, c.source->file), true);
    s.requests.push_back(LoadWorkspace{s.loaded->file});
  }
  void operator()(const ImportTakenBack& c) {
    const auto gone = std::erase_if(s.history.past, [&](const Step& step) {
      const auto* done = std::get_if<ImportDone>(&step);
      return done && done->source == (c.source ? c.source->id : c.overtaken);
    });
    if (!c.source) {
      tell(s, geo::msg(c.overtaken != 0 ? "app.import_overtaken" : "app.nothing_to_take_back"));
      return;
    }
    if (gone > 0) s.history.future.push_back(ImportDone{c.source->id, c.source->file});
    tell(s, geo::msg("app.import_taken_back", c.source->file));
    s.requests.push_back(LoadWorkspace{s.loaded->file});
  }
  void operator()(const PictureSaved& c) {
    tell(s, geo::msg("app.picture_saved", c.file.string()));
  }
  void operator()(const TableExported& c) {
    const std::string kind = c.file.extension().string(), file = c.file.string();
    tell(s, kind == ".pdf"   ? geo::msg("plan.exported_to_print", file)
            : kind == ".ics" ? geo::msg("plan.exported_calendar", file)
            : kind == ".png" ? geo::msg("app.picture_saved", file)
                             : geo::msg("app.table_exported", file));
  }
  void operator()(const StabilityFound& c) {
    const bool still = s.stability && s.stability->figures == s.derived.figures &&
                       s.stability->weights == s.weights && s.stability->k == s.first_k &&
                       c.stays.size() == s.derived.scores.units.size();
    if (c.asked != s.stability_asked || !still) return;
    keep_stability(s.derived, s.derived.scores, c.stays);
  }
  void operator()(const JobProgress& c) {
    if (!s.job || s.job->ticket != c.ticket) s.job = JobStatus{c.ticket, 0, {}, false};
    s.job->share = c.share;
    s.job->doing = c.doing;
  }
  void operator()(const JobFailed& c) { s.error = c.error; }
  void operator()(const Completed& c) {
    auto more = s.loaded ? completed(*s.loaded, c) : nullptr;
    if (!more) return;
    // Nothing finer came: there is no use in asking again.
    if (const auto* land = std::get_if<std::shared_ptr<const geo::Land>>(&c.part);
        land != nullptr && *land == c.of->land) {
      s.given_up.push_back(Missing::land);
    }
    s.loaded = std::move(more);
    // Words typed before there was anything to look them up in.
    if (!s.search.empty() && s.found.empty()) find(s);
  }
  void operator()(const CompletingFailed& c) {
    // The map stands as it is: that is no reason to stop a person's work with a dialog.
    if (!s.loaded || c.of->dataset != s.loaded->dataset) return;
    s.given_up.push_back(c.what);
    tell(s, c.error.message);
  }
  void operator()(const BackgroundProgress& c) {
    if (!s.background) {
      s.background.emplace();
      s.background_since = s.now;
    }
    s.background->share = c.share;
    s.background->doing = c.doing;
  }
  void operator()(const BackgroundEnded&) { s.background.reset(); }
  void operator()(const CancelBackground&) {
    if (s.completing) s.given_up.push_back(s.completing->what);
    s.background.reset();
  }
  void operator()(const JobEnded&) { s.job.reset(); }
  void operator()(const ImportBeingRead& c) { s.import.reading = c.ticket; }
  template <class Other>
  void operator()(const Other&) {}
};

/// Units of the old dataset by their codes in the new one.
std::vector<geo::UnitIndex> carried(const std::vector<geo::UnitIndex>& units,
                                    const data::Dataset& from, const data::Dataset& to) {
  std::map<std::string, geo::UnitIndex> by_code;
  for (std::size_t i = 0; i < to.communes.size(); ++i) {
    by_code.emplace(to.communes[i].code.text, geo::UnitIndex(i));
  }
  std::vector<geo::UnitIndex> out;
  for (const geo::UnitIndex unit : units) {
    const auto found = by_code.find(from.communes[unit.value].code.text);
    if (found != by_code.end()) out.push_back(found->second);
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// Former districts are told by their place in a list that may have changed; classes may be others.
void carry_filter(Filter& filter, const data::Dataset& from, const data::Dataset& to) {
  std::vector<std::int32_t> districts;
  for (const std::int32_t d : filter.districts) {
    if (d < 0) continue;
    const geo::UnitCode& code = from.districts[static_cast<std::size_t>(d)].code;
    for (std::size_t i = 0; i < to.districts.size(); ++i) {
      if (to.districts[i].code == code) districts.push_back(static_cast<std::int32_t>(i));
    }
  }
  filter.districts = std::move(districts);
  filter.categories.clear();
}

}  // namespace

void take_loaded(AppState& s, std::shared_ptr<const Loaded> loaded) {
  const std::shared_ptr<const Loaded> before = std::move(s.loaded);
  s.loaded = std::move(loaded);
  s.view.hovered = {};
  s.view.hovered_point.reset();
  s.search.clear();
  s.found.clear();
  s.completing.reset();
  s.given_up.clear();
  if (s.dialog == Dialog::figure) s.dialog = Dialog::none;  // the figures may be others
  const bool again = before && before->file == s.loaded->file;
  forget_plan(s, again);
  if (!again) {
    s.view.selected.clear();
    s.view.within.clear();
    s.view.at.reset();
    s.view.since.reset();
    s.view.filter = {};
    s.history = {};
    s.playing = false;
  } else {
    const auto carry = [&](std::vector<geo::UnitIndex>& units) {
      units = carried(units, *before->dataset, *s.loaded->dataset);
    };
    carry(s.view.selected);
    carry(s.view.within);
    carry_filter(s.view.filter, *before->dataset, *s.loaded->dataset);
    for (auto* steps : {&s.history.past, &s.history.future}) {
      for (Step& step : *steps) {
        if (auto* point = std::get_if<ViewPoint>(&step)) {
          carry(point->selected);
          carry(point->within);
          carry_filter(point->filter, *before->dataset, *s.loaded->dataset);
        }
      }
    }
  }
  if (!again || before->land->bounds != s.loaded->land->bounds) s.camera = fitted(s, false);
}

void apply_files(AppState& state, const Command& command) { std::visit(Files{state}, command); }

}  // namespace app
