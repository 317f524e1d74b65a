#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/issue.hpp"
#include "geo/point.hpp"
#include "geo/progress.hpp"

namespace geo {

/// A grid of heights above the sea in whole metres.
struct ElevationGrid {
  static constexpr std::int16_t unknown = INT16_MIN;
  LonLat min, max;  ///< outer edges of the cells
  std::size_t columns = 0, rows = 0;
  std::vector<std::int16_t> cells;  ///< by row from the north
  bool operator==(const ElevationGrid&) const = default;
};
inline constexpr std::size_t most_elevation_cells = 4'000'000;

class Elevation {
 public:
  /// Throws Error (io) when the grid is none: sizes that do not fit, an empty box.
  explicit Elevation(ElevationGrid grid);
  /// Metres, between the centres of the four cells around (bilinear). Of those that are unknown
  /// the weight goes to the known ones; nothing where these have less than half of it.
  std::optional<double> at(LonLat p) const;
  const ElevationGrid& grid() const { return grid_; }

 private:
  ElevationGrid grid_;
};

/// A way as legs and engines feel it: the mean of there and back.
struct Slopes {
  double km = 0;
  double climb_m = 0;  ///< up and down together
  double foot_km = 0;  ///< as long on the flat takes as much time on foot
  Slopes& operator+=(const Slopes& o) {
    km += o.km;
    climb_m += o.climb_m;
    foot_km += o.foot_km;
    return *this;
  }
};

/// How many times longer a walk takes at a grade (rise by run) than on the flat, by Tobler's hiking
/// function 6 km/h · exp(-3.5 |grade + 0.05|); gently downhill it is less than 1.
double tobler(double grade);

/// A line `km` long on the ground, which it follows from point to point; `stretch` times the
/// straight length. Heights every 100 m or so; where they are unknown the way is taken as even from
/// the last known one to the next.
Slopes slopes_of(std::span<const LonLat> line, const Elevation* elevation, double stretch = 1);
/// Metres between two points near each other, on the ellipsoid; exact also for far ones, only
/// slower.
double ground_metres(LonLat a, LonLat b);

struct ElevationFile {
  std::string file;  ///< name as given
  std::string crs;
  ElevationGrid grid;
  Issues issues;
};
/// The first band of a GeoTIFF, Esri ASCII grid or SRTM tile, within a box, averaged down to at
/// most `most_cells`. Refused with an Error: everything else, and what does not reach the box.
ElevationFile read_elevation(const std::filesystem::path& file, LonLat min, LonLat max,
                             const Progress& progress = {},
                             std::size_t most_cells = most_elevation_cells);

}  // namespace geo
