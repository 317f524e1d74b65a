#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/barrier_split.hpp"
#include "data/gaps.hpp"

namespace data {

enum class RankBy { shortfall, rate, achievement, barrier, score };
std::optional<RankBy> rank_by_id(std::string_view id);

/// What the orders by barrier and by score are taken from; by UnitIndex.
struct RankOn {
  std::span<const BarrierSplit> splits = {};
  Barrier barrier = Barrier::no_grid;  ///< most people short because of it first
  std::span<const double> score = {};  ///< highest first; NaN: none
};

struct RankRow {
  geo::UnitIndex unit;
  Gap gap;
  Barriers barriers;
};

/// Worst first: most people short (of all or behind one barrier), lowest rate, lowest achievement,
/// highest score; communes without a number last; ties by code. Only the communes in `units`.
std::vector<RankRow> rank(const Dataset& dataset, std::span<const Gap> gaps,
                          std::span<const Barriers> barriers, RankBy by,
                          std::span<const geo::UnitIndex> units, const RankOn& on = {});

/// The communes of a unit named by code or name (province, former district or commune; accents,
/// case and kind word do not matter). Empty `within`: all. Error (usage) when there is none, more
/// than one, or it has no commune of today.
std::vector<geo::UnitIndex> communes_within(const Dataset& dataset, std::string_view within);

}  // namespace data
