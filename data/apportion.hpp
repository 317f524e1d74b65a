#pragma once
#include <cstdint>
#include <optional>
#include <span>

namespace data {

/// One row of a crosswalk: a former unit and one of the units that took it over.
struct Link {
  std::int64_t former = 0, unit = 0;  ///< unit ids
  bool whole = true;
  std::optional<double> given;  ///< share as the crosswalk says, above 0 up to 1
  /// Residents of the former unit's settlements in this unit; empty: the unit has no settlements
  /// at all, so that nothing is known.
  std::optional<double> residents;
  std::optional<double> area;  ///< of the common land, or of the whole unit
  // the answer
  double share = 1;
  bool estimated = false;
};

/// Gives every link of one former unit its share; together they make exactly 1, so that totals
/// before and after are equal. Alone and whole: 1. Else the shares given; what they leave goes to
/// the others by residents, where all of them have settlements, else by area, else equally. Shares
/// given for all that do not make 1 are scaled. All but the first case are estimates.
void apportion(std::span<Link> links);

}  // namespace data
