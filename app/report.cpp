#include "app/report.hpp"

#include "app/file_names.hpp"
#include "app/layers.hpp"
#include "app/loaded.hpp"
#include "app/points.hpp"
#include "app/print_file.hpp"
#include "app/report_pages.hpp"
#include "data/kept_reasons.hpp"
#include "data/prepared_land.hpp"
#include "data/rank.hpp"

namespace app {
namespace {

/// The day that the report is of. Without reports nothing is of a day; the paper is of the last
/// import then, so that printing it again gives the same bytes.
geo::Date day_of(const ReportBasis& basis, const View& view) {
  if (view.at) return *view.at;
  if (!basis.dataset->dates.empty()) return basis.dataset->dates.back();
  if (!basis.sources.empty())
    if (const auto day = geo::parse_date(basis.sources.back().imported_at.substr(0, 10)))
      return *day;
  return {};
}

std::shared_ptr<ReportSheet> sheet_of(std::shared_ptr<const ReportBasis> basis, ReportAsk ask) {
  const data::Dataset& dataset = *basis->dataset;
  auto sheet = std::make_shared<ReportSheet>();
  ask.view.at = day_of(*basis, ask.view);
  ask.view.within.clear();
  ask.view.filter = {};
  sheet->figures =
      figures(dataset, ask.view,
              {basis->pool.get(), basis->land ? &basis->land->neighbours : nullptr, nullptr});
  if (data::is_reported(ask.view.indicator)) {
    for (auto date = dataset.dates.rbegin();
         date != dataset.dates.rend() && sheet->dates.size() <= dates_shown; ++date) {
      if (*date > *ask.view.at) continue;
      sheet->dates.push_back(*date);
      sheet->history.push_back(data::gaps(dataset, ask.view.indicator, *date));
    }
  }
  sheet->settlements.resize(dataset.communes.size());
  for (std::uint32_t i = 0; i < dataset.settlements.size(); ++i)
    if (const auto unit = dataset.settlements[i].commune; unit.valid())
      sheet->settlements[unit.value].push_back(i);
  sheet->teams.resize(dataset.communes.size());
  for (std::uint32_t i = 0; i < dataset.teams.size(); ++i)
    if (const auto unit = dataset.teams[i].home; unit.valid())
      sheet->teams[unit.value].push_back(i);
  sheet->basis = std::move(basis);
  sheet->ask = std::move(ask);
  return sheet;
}

/// The same on every page: where it comes from, and that maps and tables tell the same day.
std::string footer_of(const ReportSheet& sheet) {
  const Language language = sheet.language();
  constexpr std::size_t most = 3;
  const std::string files = listed(source_names(sheet.dataset()), most, language);
  std::string out = sheet.dataset().title;
  if (!files.empty()) out += " · " + say(language, "view.sources", files);
  if (data::is_reported(sheet.figures.indicator) && !sheet.dataset().dates.empty())
    out += " · " + say(language, "view.numbers_of", date(language, sheet.figures.at));
  return out;
}

}  // namespace

ReportBasis report_basis(data::Workspace& workspace, const geo::Progress& progress) {
  ReportBasis basis;
  const data::OneMoment moment(workspace.database());
  basis.dataset = workspace.load(progress.part(0, 0.3));
  if (basis.dataset->communes.empty())
    throw geo::Error(geo::ErrorKind::io, geo::msg("cli.no_communes"), workspace.file().string(),
                     geo::msg("cli.no_communes_remedy"));
  basis.land = data::complete_land(workspace, data::load_land(workspace, progress.part(0.3, 0.5)),
                                   0, progress.part(0.5, 0.8));
  basis.pool = std::make_shared<const Pool>(basis.dataset);
  basis.points = make_points(*basis.dataset, basis.land->crs);
  basis.findings =
      data::check_quality(*basis.dataset, basis.land->hits.get(), progress.part(0.8, 1));
  data::add_reasons(workspace, basis.findings);
  basis.sources = workspace.sources();
  return basis;
}

ReportBasis report_basis(const Loaded& loaded, const geo::Progress& progress) {
  ReportBasis basis;
  basis.dataset = loaded.dataset;
  auto workspace = data::Workspace::open_for_reading(loaded.file);
  basis.land = data::complete_land(workspace, loaded.land, 0, progress.part(0, 0.6));
  basis.pool = loaded.pool;
  basis.points = loaded.points ? loaded.points : make_points(*loaded.dataset, basis.land->crs);
  if (loaded.findings) {
    basis.findings = *loaded.findings;
  } else {
    basis.findings =
        data::check_quality(*loaded.dataset, basis.land->hits.get(), progress.part(0.6, 1));
    data::add_reasons(workspace, basis.findings);
  }
  basis.sources = loaded.sources;
  return basis;
}

render::Paper report_paper(std::shared_ptr<const ReportBasis> basis, const ReportAsk& ask) {
  const data::Dataset& dataset = *basis->dataset;
  std::vector<geo::UnitIndex> within;
  if (!ask.within.empty()) within = data::communes_within(dataset, ask.within);
  const auto sheet = sheet_of(std::move(basis), ask);
  const auto parts =
      std::make_shared<const std::vector<ReportPart>>(report_parts(dataset, within, ask.atlas));
  const Language language = ask.view.language;
  render::Paper paper;
  paper.title = say(language, "app.report_title", place_name(dataset, parts->front()));
  paper.subject = indicator_name(ask.view.indicator, language);
  paper.language = language_tag(language);
  paper.made = sheet->figures.at;
  paper.footer = footer_of(*sheet);
  if (dataset.made_up) paper.warning = say(language, "view.watermark");
  paper.page_words = [language](std::size_t page, std::size_t pages) {
    return say(language, "app.handover_page", page, pages);
  };
  paper.size = ask.size;
  paper.parts = parts->size();
  paper.part = [sheet, parts](std::size_t i, bool counting) {
    look_within(sheet->figures, (*parts)[i].units);
    return report_page(*sheet, (*parts)[i], counting);
  };
  return paper;
}

void require_pdf(const std::filesystem::path& file) {
  const std::string extension = extension_of(file);
  if (extension == ".pdf") return;
  throw geo::Error(geo::ErrorKind::usage, geo::msg("app.out_unknown_kind", extension),
                   file.string(), geo::msg("app.report_only_pdf_remedy"));
}

void write_report(std::shared_ptr<const ReportBasis> basis, const ReportAsk& ask,
                  const std::filesystem::path& file, const geo::Progress& progress) {
  require_pdf(file);
  print_file(file, [&](const render::Sink& sink) {
    render::print_pdf(report_paper(std::move(basis), ask), sink, progress);
  });
}

void export_report(const std::filesystem::path& file_of_workspace, const ReportAsk& ask,
                   const std::filesystem::path& file, const geo::Progress& progress) {
  require_pdf(file);
  auto workspace = data::Workspace::open_for_reading(file_of_workspace);
  print_file(file, [&](const render::Sink& sink) {  // first, in case there is no such folder
    const auto basis =
        std::make_shared<const ReportBasis>(report_basis(workspace, progress.part(0, 0.2)));
    render::print_pdf(report_paper(basis, ask), sink, progress.part(0.2, 1));
  });
}

}  // namespace app
