#include "app/plan_picture.hpp"

#include "app/picture.hpp"
#include "app/plan_map.hpp"
#include "app/plan_words.hpp"
#include "render/offscreen.hpp"

namespace app {

namespace {

/// With what a picture of the review says around it; the legend is the plan's.
Picture picture_of(const data::Dataset& dataset, std::shared_ptr<const geo::Land> land,
                   const Pool* pool, std::shared_ptr<const PlanShown> shown, View view) {
  view.hovered = {};
  view.hovered_point.reset();
  view.selected.clear();
  view.eye = render::Eye::normal;
  const Figures numbers = figures(dataset, view, {pool, &land->neighbours, nullptr});
  Picture picture =
      make_picture(dataset, std::move(land), numbers, view, PictureTheme::review, nullptr);
  PlanOnMap plan;
  plan.shown = std::move(shown);
  plan.all_weekends = true;
  add_plan(picture.frame, dataset, view, plan);
  picture.frame.caption.legend = plan_legend(picture.frame.caption.legend, plan, view.language);
  picture.frame.caption.points = nullptr;
  return picture;
}

}  // namespace

render::Image draw_plan(const data::Dataset& dataset, std::shared_ptr<const geo::Land> land,
                        const Pool* pool, std::shared_ptr<const PlanShown> shown, View view,
                        int width, int height, double pixel_ratio) {
  Picture picture = picture_of(dataset, std::move(land), pool, std::move(shown), std::move(view));
  picture.frame.pixel_ratio = pixel_ratio;
  picture.frame.caption.title.clear();
  picture.frame.caption.subtitle.clear();
  picture.frame.caption.footer.clear();
  return render::draw_picture(std::move(picture.frame), picture.box, width, height);
}

render::Image draw_plan_alone(const data::Dataset& dataset, std::shared_ptr<const geo::Land> land,
                              const Pool* pool, std::shared_ptr<const PlanShown> shown, View view,
                              int width, int height) {
  const Language language = view.language;
  const data::PlanBasis& basis = *shown->ground->basis;
  const data::Plan plan = shown->plan;
  Picture picture = picture_of(dataset, std::move(land), pool, std::move(shown), std::move(view));
  render::Caption& caption = picture.frame.caption;
  caption.title = say(language, "app.handover_title", dataset.title);
  caption.subtitle = campaign_text(plan, language);
  caption.subtitle +=
      (caption.subtitle.empty() ? "" : " · ") + plan_headline(basis, plan, language);
  picture.frame.pixel_ratio = 2;
  return render::draw_picture(std::move(picture.frame), picture.box, width, height);
}

}  // namespace app
