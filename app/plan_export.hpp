#pragma once
#include <filesystem>
#include <functional>

#include "app/language.hpp"
#include "data/plan.hpp"
#include "geo/progress.hpp"
#include "render/image.hpp"

namespace app {

/// Draws the map of a plan in so many pixels, `pixel_ratio` of them to a logical one.
using PlanMap = std::function<render::Image(int width, int height, double pixel_ratio)>;

/// By the extension: .xlsx (all tables), .pdf (to print: one page of the whole, schedule, kit, a
/// page for every team), .ics (an entry for every team and weekend) or .csv (the schedule). `map`
/// is for the first page of the PDF; empty: there is none. Error (usage) for any other extension,
/// which require_plan_exportable says before any work is done; Error (io) when it cannot be
/// written, and then what was there is as it was.
void export_plan(const data::PlanBasis& basis, const data::Plan& plan,
                 const std::filesystem::path& file, Language language, const PlanMap& map = {},
                 const geo::Progress& progress = {});
void require_plan_exportable(const std::filesystem::path& file);

}  // namespace app
