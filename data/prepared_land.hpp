#pragma once
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "data/workspace.hpp"
#include "geo/land.hpp"
#include "geo/polygon.hpp"
#include "geo/progress.hpp"

namespace data {

/// The boundaries of the communes of today in the order of Dataset::communes. Parsed on all cores.
std::vector<geo::GeoShape> read_shapes(Database& database, const geo::Progress& progress = {});

/// The map CRS that was set for a workspace; empty: one that suits its land is chosen.
std::optional<geo::MapCrs> chosen_crs(Database& database);

/// The land of a workspace, by UnitIndex: from the cache folder, else the coarse levels that were
/// prepared in the workspace, else built from its shapes (an older workspace, or one that another
/// program changed), which is told to `progress` and kept for the next time. With the coarse levels
/// alone where that is quicker: complete_land brings the others. A file opened for reading is never
/// written to.
std::shared_ptr<const geo::Land> load_land(Workspace& workspace,
                                           const geo::Progress& progress = {});

/// The land of the communes that the database shows at the moment, whole; what was prepared in the
/// workspace is of today's and is left alone.
std::shared_ptr<const geo::Land> whole_land(Database& database, const geo::Progress& progress = {});

/// Writes what load_land looks for first, where it is out of date. Call it in the Transaction that
/// changed boundaries, districts or provinces.
void prepare_land(Workspace& workspace, const geo::Progress& progress = {});
/// The same when somebody has their borders already: commune i is unit order[i] of these.
void prepare_land(Workspace& workspace, const geo::Borders& borders,
                  std::span<const std::uint32_t> order, const geo::Progress& progress = {});
/// In a short Transaction of its own once the work is done, so that nobody waits for it; nothing is
/// written where somebody changed the boundaries meanwhile.
void prepare_land_apart(Workspace& workspace, const geo::Progress& progress = {});
bool is_prepared(Workspace& workspace);

/// The same land, with the levels that a map of so many metres a pixel needs; 0: all, and the full
/// borders. The one given when it has them already, or when the boundaries are others by now.
std::shared_ptr<const geo::Land> complete_land(Workspace& workspace,
                                               std::shared_ptr<const geo::Land> land,
                                               double metres_per_pixel = 0,
                                               const geo::Progress& progress = {});

}  // namespace data
