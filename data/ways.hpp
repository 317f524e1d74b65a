#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "data/workspace.hpp"
#include "geo/elevation.hpp"
#include "geo/progress.hpp"
#include "geo/roads.hpp"

namespace data {

/// What a workspace has to measure ways by: the latest roads and heights.
struct Ways {
  std::vector<geo::RoadLine> roads;
  std::optional<geo::ElevationGrid> elevation;
};
std::vector<geo::RoadLine> load_roads(Database& database, const geo::Progress& progress = {});
/// Nothing where there are none, or where they were damaged.
std::optional<geo::ElevationGrid> load_elevation(Database& database);
Ways load_ways(Workspace& workspace, const geo::Progress& progress = {});

struct WaysInfo {
  std::size_t lines = 0, cells = 0;
  double km = 0;
};
WaysInfo info_of_ways(Workspace& workspace);

// As the tables have them.
std::string_view word_of(geo::RoadClass way);
std::vector<std::uint8_t> to_blob(std::span<const std::int16_t> cells);

}  // namespace data
