#pragma once
#include <filesystem>
#include <vector>

#include "app/language.hpp"
#include "data/district_progress.hpp"
#include "data/table_out.hpp"
#include "render/page/paper.hpp"

namespace app {

/// A list to read out on the telephone: the sums, then whom to ring and what to ask, with a box to
/// tick and room for the answer; at the end those of whom there is nothing to ask. Units alone, no
/// persons. Same numbers, same pages.
render::Paper district_paper(const data::DistrictProgress& district, Language language);
/// Questions, a row each; and the numbers, a row for every unit.
std::vector<data::TableOut> district_tables(const data::DistrictProgress& district,
                                            Language language);

/// .pdf or .xlsx. Error (usage) for any other extension, which require_district_exportable says
/// before any work is done; Error (io) when it cannot be written.
void export_district(const data::DistrictProgress& district, const std::filesystem::path& file,
                     Language language, const geo::Progress& progress = {});
void require_district_exportable(const std::filesystem::path& file);

}  // namespace app
