#include "app/plan_picture.hpp"

#include "app/picture.hpp"
#include "app/plan_map.hpp"
#include "render/offscreen.hpp"

namespace app {

render::Image draw_plan(const data::Dataset& dataset, std::shared_ptr<const geo::Land> land,
                        const Pool* pool, std::shared_ptr<const PlanShown> shown, View view,
                        int width, int height, double pixel_ratio) {
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
  picture.frame.pixel_ratio = pixel_ratio;
  picture.frame.caption.title.clear();
  picture.frame.caption.subtitle.clear();
  picture.frame.caption.footer.clear();
  return render::draw_picture(std::move(picture.frame), picture.box, width, height);
}

}  // namespace app
