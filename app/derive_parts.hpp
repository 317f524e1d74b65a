#pragma once
#include "app/derived.hpp"
#include "app/pool.hpp"

namespace app {

// What derive() is made of.

std::vector<data::RankRow> ranking(const data::Dataset& dataset, const Derived& derived,
                                   const DeriveKey& key);
/// `all`: nothing was selected, the units are all that is shown. The series is left to series_of.
Chosen choose(const Loaded& loaded, const Figures& figures,
              const std::vector<geo::UnitIndex>& units, bool all);
/// The gap of the units together at every date; empty where the indicator has no dates, or where
/// those of all communes are not there yet.
std::vector<data::Gap> series_of(const Pool& pool, const data::Dataset& dataset,
                                 const Figures& figures, const std::vector<geo::UnitIndex>& units);
/// What the layer's classes are made of: the rate, smoothed or changed; by UnitIndex.
std::vector<std::optional<double>> classed_values(const Figures& figures);
Histogram histogram(const Figures& figures, const Pool& pool,
                    const std::vector<geo::UnitIndex>& shown,
                    const std::vector<geo::UnitIndex>& selected);
Scatter scatter(const Pool& pool, geo::Date at, data::Indicator x, data::Indicator y,
                const std::vector<geo::UnitIndex>& shown,
                const std::vector<geo::UnitIndex>& selected);
std::vector<TimeLine> time_lines(const data::Dataset& dataset, const Pool& pool,
                                 const Figures& figures, const std::vector<geo::UnitIndex>& shown,
                                 const std::vector<geo::UnitIndex>& selected);

}  // namespace app
