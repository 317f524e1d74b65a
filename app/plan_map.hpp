#pragma once
#include <cstddef>
#include <optional>

#include "app/state.hpp"
#include "render/frame.hpp"

namespace app {

/// What of a plan lies over the map.
struct PlanOnMap {
  std::shared_ptr<const PlanShown> shown;
  std::size_t weekend = 0;
  bool all_weekends = false;
  std::optional<std::size_t> row, hovered;
  std::shared_ptr<const PlanComparison> comparison;
  bool operator==(const PlanOnMap&) const = default;

  const std::vector<PlanRow>& rows() const;
};
PlanOnMap plan_on_map(const AppState& state);

namespace plan_colour {
inline constexpr render::Colour way = render::rgb(0x0b5fff, 190),
                                by_hand = render::rgb(0x7a2fb5, 210), more = render::rgb(0x0b5fff),
                                less = render::rgb(0xd95f0e);
}
/// Can a way begin or end there? Not where the land has no shape of it.
bool has_place(const geo::Land& land, geo::UnitIndex unit);
/// The colour of a commune steps back under a plan.
render::Colour under_plan(render::Colour colour);
/// What is drawn of a plan, then of the communes' own legend what still is.
render::Legend plan_legend(const render::Legend& communes, const PlanOnMap& plan,
                           Language language);

/// Homes, targets and ways between them over a frame whose colours step back; or, compared with
/// another plan, who gains and who loses.
void add_plan(render::Frame& frame, const data::Dataset& dataset, const View& view,
              const PlanOnMap& plan);

/// The row of rows_shown() whose way or target lies under a pixel.
std::optional<std::size_t> plan_row_at(const AppState& state, render::PixelPoint at);
/// The commune whose teams start there; invalid: no home lies under the pixel.
geo::UnitIndex plan_home_at(const AppState& state, render::PixelPoint at);

}  // namespace app
