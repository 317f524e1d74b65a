#pragma once
#include "app/figures.hpp"
#include "app/pool.hpp"

namespace app {

// What figures() is made of: each fills the colours and the category of every commune for one
// layer, from the gaps and classes that are there already.
void colour_by_class(Figures& f, const Pool& pool, bool smoothed);
void colour_two_way(Figures& f, const View& view, const Pool& pool);
void colour_clusters(Figures& f, const FiguresFrom& from);
void colour_change(Figures& f, const data::Dataset& dataset, const View& view, const Pool& pool);
void colour_silence(Figures& f);

/// Counts and total of other communes (empty: of all), in index order; all else stays. Linear in
/// these communes, so that a page for each can be made from the same figures.
void look_within(Figures& figures, std::vector<geo::UnitIndex> within);

/// The layer that can be shown: only reported numbers change over time or fall silent.
MapLayer layer_shown(MapLayer asked, data::Indicator indicator);
/// The indicator across the 3×3 map.
data::Indicator indicator_of(Across across);
/// Days that the steps of silence begin at: 0, 8, 15, 29, 57.
inline constexpr int silence_from[] = {0, 8, 15, 29, 57};

// Categories of the layers that are not classes of a value.
inline constexpr std::size_t cluster_low_low = 0, cluster_low_high = 1, cluster_high_low = 2,
                             cluster_high_high = 3, cluster_none = 4;

}  // namespace app
