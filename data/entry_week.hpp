#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/dataset.hpp"
#include "data/report_counts.hpp"
#include "data/unit_key.hpp"
#include "data/workspace.hpp"

namespace data {

using ReportCounts = std::array<std::optional<std::int64_t>, report_counts>;  ///< by Count

/// A unit that reports: what it has reported of a week, and the latest before.
struct WeekRow {
  UnitKey unit;
  std::string name, district;        ///< "Xã Mường Tùng", "Huyện Mường Chà"
  ReportCounts now, last;            ///< last: of each count, the latest before the week
  std::optional<geo::Date> last_at;  ///< of the latest report before; empty: it never reported
  std::optional<double> target;      ///< share of eligible people at level 2 that holds on the day
};
/// The communes of that day that lie under the author unit of the workspace, in code order: those
/// that report, or should. Not reported stays empty, which is not zero.
struct Week {
  geo::Date date;
  UnitKey author;
  std::string author_name;
  std::vector<WeekRow> rows;
};
/// `dataset`: as loaded from it. Linear in units.
Week week_of(Workspace& workspace, const Dataset& dataset, geo::Date date);

/// The Sundays (or whatever day reports end on) to choose from, newest first: every date with
/// reports, the one a week after the newest, and the latest of that day of the week until `today`.
std::vector<geo::Date> weeks_of(const Dataset& dataset, geo::Date today);

}  // namespace data
