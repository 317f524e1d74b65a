#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/dataset.hpp"
#include "data/gaps.hpp"
#include "geo/message.hpp"

namespace data {

/// Every person short stands under exactly one of these.
enum class Barrier : std::uint8_t {
  no_grid,        ///< lives where there is no grid electricity
  signal,         ///< lives where there is no or weak signal
  away,           ///< away for work
  no_smartphone,  ///< no smartphone
  own_sim,        ///< SIM card in another name
  visit,          ///< nothing known stands in the way: needs a visit
  unknown         ///< the commune has no settlements on record that could tell
};
inline constexpr std::size_t barrier_count = 7;
inline constexpr Barrier all_barriers[] = {Barrier::no_grid,       Barrier::signal,  Barrier::away,
                                           Barrier::no_smartphone, Barrier::own_sim, Barrier::visit,
                                           Barrier::unknown};
std::string_view id(Barrier barrier);  ///< "no_grid", "signal", "own_sim" …
std::optional<Barrier> barrier_by_id(std::string_view id);
geo::Message name(Barrier barrier);  ///< "Không có điện lưới"
geo::Message action(Barrier barrier);  ///< what it leads to: "Máy phát điện và bộ ngoại tuyến"

/// People short by what blocks them. The people add up to the commune's shortfall.
struct BarrierSplit {
  std::array<double, barrier_count> people{};
  std::array<std::uint32_t, barrier_count> settlements{};  ///< where it holds somebody back
  double of(Barrier barrier) const { return people[static_cast<std::size_t>(barrier)]; }
  double total() const;
};

/// One BarrierSplit per commune, by UnitIndex, with the rule of the dataset (barrier_rule.hpp);
/// the formula is in docs/formulas.md. All zero where there is no shortfall. Linear in settlements.
std::vector<BarrierSplit> split_shortfall(const Dataset& dataset, std::span<const Gap> gaps);
std::vector<BarrierSplit> split_shortfall(const Dataset& dataset, std::span<const Gap> gaps,
                                          const BarrierRule& rule);  ///< to try another one
/// The sum over the chosen communes; empty `units`: all.
BarrierSplit total(std::span<const BarrierSplit> splits, std::span<const geo::UnitIndex> units);

/// What each commune's worst barrier is: the one with most people, `visit` and `unknown` only when
/// they are the only ones. Empty without a shortfall.
std::optional<Barrier> main_barrier(const BarrierSplit& split);

}  // namespace data
