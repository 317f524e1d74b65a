#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace data {

/// What a share follows from.
enum class ShareBasis : std::uint8_t {
  whole,      ///< alone, nothing is shared
  given,      ///< the crosswalk says it
  residents,  ///< of the settlements in each part
  land,       ///< that each part has in common with the former unit
  area,       ///< of the units that took it over, as the former one's boundary is not known
  equally     ///< nothing is known
};
std::string_view id(ShareBasis basis);

/// One row of a crosswalk: a former unit and one of the units that took it over.
struct Link {
  std::int64_t former = 0, unit = 0;  ///< unit ids
  bool whole = true;
  std::optional<double> given;  ///< share as the crosswalk says, above 0 up to 1
  /// Residents of the former unit's settlements in this unit; empty: the unit has no settlements
  /// at all, so that nothing is known.
  std::optional<double> residents;
  std::optional<double> area;  ///< of the common land, or of the whole unit
  bool common_land = false;    ///< which of both
  // the answer
  double share = 1;
  bool estimated = false;
  ShareBasis basis = ShareBasis::whole;
};

/// Gives every link of one former unit its share; together they make exactly 1, so that totals
/// before and after are equal. Alone and whole: 1. Else the shares given; what they leave goes to
/// the others by residents, where all of them have settlements, else by area, else equally. Shares
/// given for all that do not make 1 are scaled. All but the first case are estimates.
void apportion(std::span<Link> links);

}  // namespace data
