#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "data/apportion.hpp"
#include "data/dataset.hpp"
#include "data/workspace.hpp"
#include "geo/land.hpp"

namespace data {

/// In whose boundaries a date is shown.
enum class Boundaries : std::uint8_t { today, then };

/// A commune with its days, as it was known on a day.
struct UnitDays {
  std::string code;
  std::optional<geo::Date> from, to;  ///< first and last day; empty: since ever, until today
};

/// A workspace as Workspace::load reads it, in the boundaries of a day: its communes are the units
/// of that day, each with its own reports and those of the units before it; what later decrees did
/// is not there. Units whose boundary nobody has drawn have no area. Reads only.
struct DatasetThen {
  std::shared_ptr<const Dataset> dataset;
  std::vector<UnitDays> days;  ///< by commune
};
inline constexpr geo::Date forever{std::chrono::sys_days(std::chrono::days(2932896))};  ///< 9999
DatasetThen load_then(Workspace& workspace, geo::Date day, const geo::Progress& progress = {});
/// The land of these units, by the same UnitIndex; units without a boundary have an empty box.
std::shared_ptr<const geo::Land> land_then(Workspace& workspace, geo::Date day,
                                           const geo::Progress& progress = {});

/// A former unit that was split, and what one unit of today takes from it: an estimate, and why.
struct EstimatedPart {
  std::string former_code, former, code, name;
  double share = 1;
  ShareBasis basis = ShareBasis::equally;
};
std::vector<EstimatedPart> estimated_parts(Workspace& workspace);

/// The days on which decrees took effect, as the crosswalks tell; in order.
std::vector<geo::Date> decree_days(Workspace& workspace);

}  // namespace data
