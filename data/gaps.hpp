#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "data/dataset.hpp"
#include "data/indicator.hpp"
#include "data/quantity.hpp"

namespace data {

enum class Status : std::uint8_t { reported, silent, not_reported, estimated };
std::string_view id(Status status);  ///< "reported", "silent", "not_reported", "estimated"

/// A report older than this at the date looked at: its unit has fallen silent.
inline constexpr int silent_after_days = 14;

/// The state of a commune (or a group of them) for one indicator at a date, by the formulas of
/// docs/formulas.md. For activation: people = eligible people, reached = activated.
/// For electricity and signal: residents of settlements. teams_per_1000: residents and teams, rate
/// is teams per 1,000 residents, and there is no target.
struct Gap {
  Status status = Status::not_reported;
  std::optional<geo::Date> as_of;  ///< of the oldest part: a number is as fresh as that
  std::optional<People> eligible;  ///< P
  std::optional<People> reached;   ///< O
  double per = 1;                  ///< rate is O per this many of P: 1,000 for teams
  std::optional<Rate> rate;        ///< O/P
  std::optional<double> target;    ///< τ, ΣτP/ΣP over parts
  std::optional<Achievement> achievement;
  std::optional<People> shortfall;  ///< max(0, τP − O); groups: the sum of their communes'
  std::optional<People> unreached;  ///< max(0, P − O)
  /// Reporters that count at this date, those of them with a number, and those of these that are
  /// silent; groups: sums.
  std::uint32_t parts = 0, parts_reported = 0, parts_silent = 0;
  std::uint32_t counted = 0;  ///< groups: communes whose people are in it
};

/// The people of a commune's parts, from which its gap follows.
struct GapSum {
  double p = 0, o = 0, wanted = 0;
  bool any = false, all_have_target = true;
  void add(double people, double reached, double target);  ///< target: a share; NaN: none
  void finish(Gap& gap) const;
};

/// One Gap per commune, by UnitIndex. Linear in communes.
std::vector<Gap> gaps(const Dataset& dataset, Indicator indicator, geo::Date at);
/// ΣO/ΣP and Σ shortfall over the chosen communes; empty `units`: all.
Gap total(std::span<const Gap> gaps, std::span<const geo::UnitIndex> units = {});

/// What stands in the way, counted over a commune's settlements.
struct Barriers {
  std::uint32_t settlements = 0, no_grid = 0, weak_signal = 0, no_signal = 0, teams = 0;
  std::uint32_t no_grid_unknown = 0, signal_unknown = 0;
  std::int64_t residents = 0, residents_no_grid = 0, residents_weak_signal = 0,
               residents_no_signal = 0;
};
std::vector<Barriers> barriers(const Dataset& dataset);

/// The gaps of the units at every date of the dataset, date after date, in the order of `units`;
/// none: all of them. Reported indicators only. Linear in dates × units; nothing is kept.
void every_date(const Dataset& dataset, Indicator indicator, std::span<const geo::UnitIndex> units,
                const std::function<void(std::size_t date, std::span<const Gap>)>& visit);

/// The whole series of a commune for one indicator: its gap at every date of the dataset.
std::vector<Gap> series(const Dataset& dataset, Indicator indicator, geo::UnitIndex unit);

}  // namespace data
