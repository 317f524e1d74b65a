#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/view.hpp"
#include "data/dataset.hpp"
#include "data/gaps.hpp"
#include "data/spatial_statistics.hpp"
#include "data/statistics.hpp"
#include "geo/land.hpp"
#include "render/frame.hpp"

namespace app {

struct Pool;
struct Points;

/// What a dataset and a view give: every number that panels and map show. Computed once per
/// (dataset version, indicator, date, within), never in a panel.
struct Figures {
  data::Indicator indicator = data::Indicator::activation_l2;
  geo::Date at;
  std::vector<data::Gap> gaps;           ///< by UnitIndex
  std::vector<data::Barriers> barriers;  ///< by UnitIndex
  /// Of the rate (or its change), pooled over all dates unless asked not to.
  data::Classes classes;
  /// Nothing of all dates is there yet: classes and circles are those of the date, for now.
  bool early = false;
  /// One per category: per class, then two where communes are held to targets of their own (at the
  /// common level but below their own; below the common level but at their own); or per cell,
  /// cluster or step of the layer.
  std::vector<render::Colour> colours;
  ClassChoice choice;  ///< as the classes were asked for
  /// What the classes are anchored at: the share that most eligible people are held to.
  std::optional<double> target;
  std::size_t other_targets = 0;          ///< communes within that are held to another one
  std::vector<std::size_t> class_counts;  ///< communes within per class at the date
  std::size_t not_reported = 0, estimated = 0;
  std::size_t silent = 0;        ///< communes with a part whose latest report is too old
  std::size_t incomplete = 0;    ///< communes with a number, but with parts that never reported
  std::uint32_t hatch_from = 1;  ///< settlements without grid from which a commune is hatched
  std::uint32_t dots_from = 1;   ///< settlements with no or weak signal from which it is dotted
  double largest_circle = 14;    ///< radius of nine in ten at most, logical pixels
  double people_per_circle_area = 0;  ///< people in a circle of that radius; 0: no circles
  data::Gap total;                    ///< of the communes within

  // What the layers beyond the gap add; each filled only where the layer (or a panel) needs it.
  MapLayer layer = MapLayer::gap;
  std::vector<geo::UnitIndex> within;  ///< communes that count; empty with `none`: none at all
  bool none = false;                   ///< the filter leaves no commune
  /// The class, cell, cluster or step each commune is coloured by: an index into `colours`; empty:
  /// no number. `class_counts` counts these.
  std::vector<std::optional<std::size_t>> category;
  std::vector<data::BarrierSplit> splits;  ///< by UnitIndex; people short by what blocks them
  std::vector<std::optional<data::Interval>> intervals;  ///< of the rate, 95%
  std::vector<bool> uncertain;  ///< gap layer: the interval crosses a class break
  std::vector<std::optional<data::Rate>> smoothed;
  std::optional<data::Moran> moran;
  std::vector<data::RateChange> changes;
  std::vector<std::optional<int>> silent_days;  ///< age of the oldest part's report at the date
  /// The 3×3 map: two breaks across (signal, electricity, teams) and two up (the rate), so that
  /// cell = 3·row + column, row 0 the lowest rate, column 0 the least signal.
  Across across = Across::signal;
  std::vector<double> across_breaks, up_breaks;
  geo::Date since;                  ///< the change layer's first date
  std::size_t uncertain_count = 0;  ///< communes within
};

/// What figures() need not work out again.
struct FiguresFrom {
  const Pool* pool = nullptr;                   ///< of the same dataset
  const geo::Contiguity* neighbours = nullptr;  ///< by UnitIndex; without: no clusters
  const Figures* before = nullptr;              ///< of the same dataset
  /// Without: what needs all dates is left out, see Figures::early. With it takes as long as it
  /// takes, where the pool does not have it.
  bool all_dates = true;
};
/// Everything about a view. `view.filter` is applied to find the communes within; without a filter
/// those of `view.within` count. Linear in communes, but for clusters and what `from` lacks.
Figures figures(const data::Dataset& dataset, const View& view, const FiguresFrom& from = {});
/// What a filter leaves, in index order. `figures` of the layer and date shown.
std::vector<geo::UnitIndex> filtered(const data::Dataset& dataset, const Figures& figures,
                                     const Filter& filter);
/// The date shown when none is asked for: the latest report, or today when there is none.
geo::Date date_shown(const data::Dataset& dataset, std::optional<geo::Date> at);
/// Those of the gap layer. `within` limits counts and total, never the classes.
Figures figures(const data::Dataset& dataset, data::Indicator indicator,
                std::optional<geo::Date> at, std::span<const geo::UnitIndex> within = {},
                const Figures* before = nullptr);

/// Does it have a number that not all of its parts (former communes) contribute to?
bool is_incomplete(const data::Gap& gap);
/// How old a number is: "báo cáo 27/8/2023", "im lặng từ …", or how many of its parts are silent
/// and since when the oldest is.
std::string freshness(const data::Gap& gap, Language language);
/// "3.321 xã"; where not all of them have numbers, of how many these are: "số liệu của 45/3.321
/// xã".
std::string communes_of(const data::Gap& total, std::size_t communes, Language language);

/// The legend that the rail and the `render` command both show; it matches the map by construction.
render::Legend legend(const Figures& figures, const data::Dataset& dataset, Language language);

/// The same legend to other eyes.
void see_as(render::Legend& legend, render::Eye eye);

/// Do barriers lie over the colours of this layer?
bool has_patterns(MapLayer layer);
/// The fewest decimals (at most two) that write every value as it is.
int decimals_of(const std::vector<double>& values);

/// What the weight of borders follows, by commune.
std::vector<geo::Parents> border_parents(const data::Dataset& dataset);

/// The drawing of a view. The camera and pixel_ratio are the caller's.
render::Frame make_frame(const data::Dataset& dataset, std::shared_ptr<const geo::Land> land,
                         const Figures& figures, const View& view, const Points* points = nullptr);

/// "dưới 20%", "20 – 26%", "từ 40%"
std::vector<std::string> class_names(const data::Classes& classes, data::Indicator indicator,
                                     Language language);
/// "Kích hoạt mức 2"
std::string indicator_name(data::Indicator indicator, Language language);
/// A rate of the indicator: "26,4%", or teams per 1,000 residents "1,8".
std::string rate_text(data::Indicator indicator, data::Rate rate, Language language);

}  // namespace app
