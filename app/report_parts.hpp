#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "app/language.hpp"
#include "data/dataset.hpp"

namespace app {

/// A part of a report that begins a page of its own.
struct ReportPart {
  enum class Kind : std::uint8_t {
    summary,
    province,
    district,
    commune,
    ranking,
    findings
  } kind = Kind::summary;
  std::int32_t index = -1;  ///< of the province or former district
  int level = 0;            ///< in the list of contents
  std::vector<geo::UnitIndex> units;
};

/// The parts of a report about `within` (empty: all communes), in the order of its pages: every
/// unit before those that lie in it. A report about one commune has a page of that commune instead
/// of a summary. Linear in communes.
std::vector<ReportPart> report_parts(const data::Dataset& dataset,
                                     const std::vector<geo::UnitIndex>& within, bool atlas);

/// What a part is about: "Tỉnh Điện Biên", "Xã Mường Nhé"; of several units that are no whole unit
/// the workspace's name.
std::string place_name(const data::Dataset& dataset, const ReportPart& part);

/// The rows of a table of the units in a part: provinces of a country, former districts of a
/// province, each with its communes. Empty where there is only one.
struct UnitGroup {
  std::string name;  ///< "" where no former district is known
  std::vector<geo::UnitIndex> units;
};
std::vector<UnitGroup> groups_in(const data::Dataset& dataset,
                                 const std::vector<geo::UnitIndex>& units);

}  // namespace app
