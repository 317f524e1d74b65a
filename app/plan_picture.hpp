#pragma once
#include <memory>

#include "app/plan_state.hpp"
#include "app/view.hpp"
#include "geo/land.hpp"
#include "render/image.hpp"

namespace app {

struct Pool;

/// The map of a plan with the ways of all its weekends, for a printed page that says the rest
/// itself. `pool` may be empty.
render::Image draw_plan(const data::Dataset& dataset, std::shared_ptr<const geo::Land> land,
                        const Pool* pool, std::shared_ptr<const PlanShown> shown, View view,
                        int width, int height, double pixel_ratio);
/// The same as a picture that stands alone: with what it is, when, what comes of it, and whence.
render::Image draw_plan_alone(const data::Dataset& dataset, std::shared_ptr<const geo::Land> land,
                              const Pool* pool, std::shared_ptr<const PlanShown> shown, View view,
                              int width, int height);

}  // namespace app
