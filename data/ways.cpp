#include "data/ways.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "data/snapshot_key.hpp"
#include "data/wkb.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

using geo::msg;

constexpr std::array<std::string_view, 3> words{"car", "motorbike", "foot"};

}  // namespace

std::string_view word_of(geo::RoadClass way) { return words.at(static_cast<std::size_t>(way)); }

std::vector<std::uint8_t> to_blob(std::span<const std::int16_t> cells) {
  std::vector<std::uint8_t> out;
  out.reserve(cells.size() * 2);
  for (const std::int16_t cell : cells) {
    const auto bits = static_cast<std::uint16_t>(cell);
    out.push_back(static_cast<std::uint8_t>(bits & 0xff));
    out.push_back(static_cast<std::uint8_t>(bits >> 8));
  }
  return out;
}

std::vector<geo::RoadLine> load_roads(Database& database, const geo::Progress& progress) {
  std::vector<geo::RoadLine> out;
  const auto expected = static_cast<double>(
      std::max<std::int64_t>(1, one_number(database, "SELECT count(*) FROM current_road")));
  Statement row = database.prepare(
      "SELECT source_row, class, speed_kmh, AsBinary(geom) FROM current_road ORDER BY id");
  while (row.step()) {
    if (out.size() % 4096 == 0)
      progress.at(std::min(1.0, static_cast<double>(out.size()) / expected),
                  msg("data.loading_roads"));
    if (row.is_null(3)) continue;  // another program took the line away
    geo::RoadLine& road = out.emplace_back();
    road.row = row.maybe_integer(0).value_or(0);
    const std::string word = row.text(1);
    for (std::size_t i = 0; i < words.size(); ++i)
      if (word == words[i]) road.way = static_cast<geo::RoadClass>(i);
    road.speed_kmh = static_cast<float>(row.maybe_real(2).value_or(0));
    road.points = line_from_wkb(row.blob(3));
    if (road.points.size() < 2) out.pop_back();
  }
  return out;
}

std::optional<geo::ElevationGrid> load_elevation(Database& database) {
  Statement row = database.prepare(
      "SELECT west, south, east, north, columns, rows, cells FROM elevation"
      " ORDER BY source_id DESC LIMIT 1");
  if (!row.step()) return std::nullopt;
  geo::ElevationGrid grid;
  grid.min = {row.real(0), row.real(1)};
  grid.max = {row.real(2), row.real(3)};
  if (row.integer(4) < 1 || row.integer(5) < 1) return std::nullopt;
  grid.columns = static_cast<std::size_t>(row.integer(4));
  grid.rows = static_cast<std::size_t>(row.integer(5));
  const auto bytes = row.blob(6);
  if (grid.columns > geo::most_elevation_cells || grid.rows > geo::most_elevation_cells ||
      bytes.size() != grid.columns * grid.rows * 2)
    return std::nullopt;
  grid.cells.reserve(bytes.size() / 2);
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2)
    grid.cells.push_back(static_cast<std::int16_t>(
        static_cast<std::uint16_t>(bytes[i] | static_cast<std::uint16_t>(bytes[i + 1]) << 8)));
  return grid;
}

Ways load_ways(Workspace& workspace, const geo::Progress& progress) {
  const OneMoment moment(workspace.database());
  return {load_roads(workspace.database(), progress), load_elevation(workspace.database())};
}

WaysInfo info_of_ways(Workspace& workspace) {
  WaysInfo info;
  Statement row = workspace.database().prepare(
      "SELECT count(*), ifnull(total(GreatCircleLength(geom)) / 1000, 0) FROM current_road");
  if (row.step()) {
    info.lines = static_cast<std::size_t>(row.integer(0));
    info.km = row.real(1);
  }
  info.cells = static_cast<std::size_t>(std::max<std::int64_t>(
      0, one_number(workspace.database(),
                    "SELECT columns * rows FROM elevation ORDER BY source_id DESC LIMIT 1")));
  return info;
}

}  // namespace data
