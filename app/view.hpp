#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/language.hpp"
#include "data/barrier_split.hpp"
#include "data/classification.hpp"
#include "data/indicator.hpp"
#include "geo/date.hpp"
#include "geo/unit.hpp"
#include "render/palette.hpp"

namespace app {

/// What the colours of the map say.
enum class MapLayer : std::uint8_t {
  gap,          ///< the indicator's rate in classes, against the target
  two_way,      ///< the rate × what stands in its way, 3×3
  performance,  ///< the rate smoothed (shrunk to the district's), to compare small communes fairly
  clusters,     ///< local Moran's I of the smoothed rate
  change,       ///< of the rate between two dates
  silence       ///< how long communes have not reported
};
inline constexpr MapLayer all_layers[] = {MapLayer::gap,         MapLayer::two_way,
                                          MapLayer::performance, MapLayer::clusters,
                                          MapLayer::change,      MapLayer::silence};
/// The other side of the 3×3 map.
enum class Across : std::uint8_t { signal, electricity, teams };

/// How the colours of the gap and performance layers are cut.
struct ClassChoice {
  data::Classification by = data::Classification::target;
  std::size_t classes = 6;  ///< at most; with Target: one from the target up, the rest below
  bool at_target = true;    ///< one break lies at the target, whatever the classification
  bool pooled = true;       ///< over all dates, so that the legend never moves
  std::vector<double> inner_breaks;  ///< UserDefined
  std::string palette;  ///< id of render::palettes(); empty: warm and cool at the target
  bool operator==(const ClassChoice&) const = default;
};

/// Which communes are looked at; within a list any, between lists all must hold. Empty: no limit.
struct Filter {
  std::vector<std::int32_t> districts;  ///< former districts
  std::vector<std::string> kinds;       ///< "xã", "phường" …
  std::vector<std::size_t> categories;  ///< of the layer shown; Figures::colours.size(): no number
  std::vector<data::Barrier> barriers;  ///< the main barrier
  bool empty() const {
    return districts.empty() && kinds.empty() && categories.empty() && barriers.empty();
  }
  bool operator==(const Filter&) const = default;
};

/// When settlements are drawn as points.
enum class PointsShown : std::uint8_t {
  near,    ///< once the map is near enough for them
  always,  ///< thinned where they would touch
  never
};

/// What is to be shown: a value, compared to know whether anything must be computed again.
struct View {
  data::Indicator indicator = data::Indicator::activation_l2;
  MapLayer layer = MapLayer::gap;
  Across across = Across::signal;
  ClassChoice choice;
  render::Eye eye = render::Eye::normal;  ///< whose eyes the map is previewed for
  std::optional<geo::Date> at;            ///< empty: the latest report date
  std::optional<geo::Date> since;      ///< the change layer's first date; empty: four weeks before
  Filter filter;                       ///< communes outside are drawn faint
  std::vector<geo::UnitIndex> within;  ///< empty: all communes; what `filter` leaves
  std::vector<geo::UnitIndex> selected;  ///< in index order
  geo::UnitIndex hovered;
  std::optional<std::uint32_t> hovered_point;  ///< of the cloud of settlements
  bool show_barriers = true, show_circles = true, show_labels = true;
  PointsShown points = PointsShown::near;
  bool show_uncertain = true;  ///< hatch where the interval crosses a class break
  Language language = Language::vietnamese;
  bool operator==(const View&) const = default;
};

}  // namespace app
