#pragma once
#include <optional>

#include "app/language.hpp"
#include "data/plan.hpp"
#include "render/page/paper.hpp"

namespace app {

/// Pixels of the map on the first page, at 220 to the inch.
inline constexpr int plan_map_width = 1558, plan_map_height = 1330;
/// Device pixels to a logical one there: the letters of the map come out at about 7 points.
inline constexpr double plan_map_ratio = 1.8;

/// The plan to print: the whole on one page, then the schedule by weekend, the kit list, and a page
/// for every team that is sent. Same plan, same pages.
render::Paper plan_paper(const data::PlanBasis& basis, const data::Plan& plan, Language language,
                         std::optional<render::Image> map);

}  // namespace app
