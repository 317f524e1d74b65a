#include "app/show.hpp"

#include <algorithm>
#include <utility>

#include "app/jobs.hpp"
#include "app/points.hpp"
#include "data/meeting.hpp"
#include "data/plan_to_come.hpp"
#include "data/prepared_land.hpp"
#include "data/workspace.hpp"

namespace app {
namespace {

using geo::msg;

data::Briefing chosen(const ShowAsked& asked, std::vector<data::Briefing> kept,
                      const Loaded& loaded, std::span<const data::KeptPlan> plans) {
  const auto found = std::find_if(kept.begin(), kept.end(), [&](const data::Briefing& b) {
    return asked.id ? b.id == *asked.id : asked.name.empty() || b.name == asked.name;
  });
  if (found != kept.end()) return std::move(*found);
  if (asked.id || !asked.name.empty()) {
    std::string names;
    for (const data::Briefing& b : kept) names += (names.empty() ? "" : ", ") + b.name;
    throw geo::Error(geo::ErrorKind::usage, msg("cli.no_such_briefing", asked.name), "--name",
                     kept.empty() ? msg("cli.no_briefing_kept") : msg("cli.choose_one_of", names));
  }
  const data::Dataset& dataset = *loaded.dataset;
  data::StatementAsk of;
  of.at = date_shown(dataset, std::nullopt);
  of.since = of.at + -data::days_between_meetings;
  of.plan = data::coming_plan(plans, of.indicator, of.at);
  return drafted(dataset, of, briefing_name(dataset, asked.language));
}

}  // namespace

std::string briefing_name(const data::Dataset& dataset, Language language) {
  return say(language, "app.brief_name", date(language, date_shown(dataset, std::nullopt)));
}

std::shared_ptr<const Show> read_show(const ShowAsked& asked, const geo::Progress& progress) {
  auto loaded = std::make_shared<Loaded>(*load(asked.workspace, progress.part(0, 0.5)));
  data::Workspace workspace = data::Workspace::open_for_reading(asked.workspace);
  const data::OneMoment moment(workspace.database());
  loaded->points = make_points(*loaded->dataset, loaded->land->crs);
  loaded->land = data::complete_land(workspace, loaded->land,
                                     least_pixel(loaded->land->bounds, asked.width, asked.width),
                                     progress.part(0.5, 0.8));
  geo::Issues issues;
  std::vector<data::KeptPlan> plans = data::kept_plans(workspace, &issues);
  data::Briefing briefing = chosen(asked, data::briefings(workspace, &issues), *loaded, plans);
  return make_show(std::move(loaded), std::move(briefing), std::move(plans), asked.language,
                   progress.part(0.8, 1), std::move(issues));
}

std::shared_ptr<const Show> make_show(std::shared_ptr<const Loaded> loaded, data::Briefing briefing,
                                      std::vector<data::KeptPlan> plans, Language language,
                                      const geo::Progress& progress, geo::Issues issues) {
  auto show = std::make_shared<Show>();
  show->issues = std::move(issues);
  show->loaded = std::move(loaded);
  show->briefing = std::move(briefing);
  show->plans = std::move(plans);
  const Loaded& of = *show->loaded;
  std::vector<std::pair<View, std::shared_ptr<const Figures>>> made;
  const auto figures_of = [&](View view) {
    view.selected.clear();  // what is chosen changes no number
    for (const auto& [known, its] : made)
      if (known == view) return its;
    return made.emplace_back(view, std::make_shared<const Figures>(figures_in(of, view))).second;
  };
  const std::size_t count = show->briefing.scenes.size();
  for (std::size_t i = 0; i < count; ++i) {
    progress.at(static_cast<double>(i) / static_cast<double>(count), msg("app.doing_brief"));
    const SceneShown& shown = show->scenes.emplace_back(
        shown_of(show->briefing.scenes[i], *of.dataset, show->plans, language, figures_of));
    show->figures.push_back(figures_of(shown.view));
  }
  return show;
}

Picture picture_of(const Show& show, std::size_t scene, int width, int height) {
  return scene_picture(*show.loaded, *show.figures.at(scene), show.scenes.at(scene),
                       {scene + 1, show.scenes.size()}, width, height);
}

}  // namespace app
