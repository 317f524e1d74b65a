#pragma once
#include <vector>

#include "app/report_sheet.hpp"

namespace app {

/// The blocks of one part, beginning on a page of its own. `sheet.figures` count the part's
/// communes. `counting`: maps are only as large as they will be.
std::vector<render::Paper::Block> report_page(const ReportSheet& sheet, const ReportPart& part,
                                              bool counting);

}  // namespace app
