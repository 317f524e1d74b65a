#include "app/plan_export.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "app/file_names.hpp"
#include "app/plan_book.hpp"
#include "app/plan_calendar.hpp"
#include "app/plan_pages.hpp"
#include "data/unfinished_file.hpp"

namespace app {
namespace {

void write(const std::string& bytes, const std::filesystem::path& file) {
  data::UnfinishedFile unfinished(file);
  unfinished.write(bytes);
  unfinished.finish();
}

}  // namespace

void require_plan_exportable(const std::filesystem::path& file) {
  const std::string extension = extension_of(file);
  for (const char* known : {".xlsx", ".pdf", ".ics", ".csv"})
    if (extension == known) return;
  throw geo::Error(geo::ErrorKind::usage, geo::msg("app.out_unknown_kind", extension),
                   file.string(), geo::msg("app.handover_unknown_kind_remedy"));
}

void export_plan(const data::PlanBasis& basis, const data::Plan& plan,
                 const std::filesystem::path& file, Language language, const PlanMap& map,
                 const geo::Progress& progress) {
  require_plan_exportable(file);
  progress.at(0, geo::msg("app.handover_exporting"));
  const std::string extension = extension_of(file);
  if (extension == ".xlsx") {
    std::vector<data::TableOut> sheets = {
        overview_table(basis, plan, language), schedule_table(basis, plan, language),
        team_table(basis, plan, language), kit_table(basis, plan, language),
        commune_table(basis, plan, language)};
    sheets[1].notes.clear();  // the overview says them already
    const data::PlanReview review = data::review_of(*basis.dataset, plan);
    if (review.compared > 0) sheets.push_back(review_table(*basis.dataset, plan, review, language));
    data::write_xlsx(sheets, basis.dataset->title, file);
  } else if (extension == ".csv") {
    data::write_csv(schedule_table(basis, plan, language), file);
  } else if (extension == ".ics") {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    write(calendar_of(basis, plan, language, now), file);
  } else {
    data::UnfinishedFile unfinished(
        file);  // first, so that nothing is drawn for a folder that is not
    std::optional<render::Image> picture;
    if (map && !plan.trips.empty()) picture = map(plan_map_width, plan_map_height, plan_map_ratio);
    const render::Paper paper = plan_paper(basis, plan, language, std::move(picture));
    unfinished.write(render::pdf_of(paper, progress.part(0.2, 1)));
    unfinished.finish();
  }
}

}  // namespace app
