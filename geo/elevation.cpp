#include "geo/elevation.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/crs.hpp"
#include "geo/error.hpp"

namespace geo {
namespace {

constexpr double sample_metres = 100;
/// Steeper is no way but a cliff between two samples.
constexpr double steepest = 0.7;
constexpr double downhill = 0.05, steepness = 3.5;  // Tobler 1993

double walk(double grade) {
  const double g = std::clamp(grade, -steepest, steepest);
  return std::exp(steepness * (std::abs(g + downhill) - downhill));
}

}  // namespace

Elevation::Elevation(ElevationGrid grid) : grid_(std::move(grid)) {
  const bool box = grid_.min.lon < grid_.max.lon && grid_.min.lat < grid_.max.lat &&
                   std::abs(grid_.min.lon) <= 360 && std::abs(grid_.max.lon) <= 360;
  const bool sizes = grid_.columns > 0 && grid_.rows > 0 && grid_.columns <= most_elevation_cells &&
                     grid_.rows <= most_elevation_cells &&
                     grid_.columns * grid_.rows == grid_.cells.size();
  if (!box || !sizes)
    throw Error(ErrorKind::io, msg("geo.elevation_no_grid", grid_.columns, grid_.rows), "",
                msg("geo.elevation_again"));
}

std::optional<double> Elevation::at(LonLat p) const {
  const ElevationGrid& g = grid_;
  if (!(p.lon >= g.min.lon && p.lon <= g.max.lon && p.lat >= g.min.lat && p.lat <= g.max.lat))
    return std::nullopt;
  // In cells, from the centre of the first.
  const double x =
      (p.lon - g.min.lon) / (g.max.lon - g.min.lon) * static_cast<double>(g.columns) - 0.5;
  const double y =
      (g.max.lat - p.lat) / (g.max.lat - g.min.lat) * static_cast<double>(g.rows) - 0.5;
  const double left = std::floor(x), top = std::floor(y);
  double sum = 0, weight = 0;
  for (int dy = 0; dy < 2; ++dy) {
    for (int dx = 0; dx < 2; ++dx) {
      const double w = (dx == 0 ? 1 - (x - left) : x - left) * (dy == 0 ? 1 - (y - top) : y - top);
      // Beyond the outermost centres the outermost cells go on.
      const auto column =
          static_cast<std::size_t>(std::clamp(left + dx, 0.0, static_cast<double>(g.columns - 1)));
      const auto row =
          static_cast<std::size_t>(std::clamp(top + dy, 0.0, static_cast<double>(g.rows - 1)));
      const std::int16_t cell = g.cells[row * g.columns + column];
      if (cell == ElevationGrid::unknown) continue;
      sum += w * cell;
      weight += w;
    }
  }
  if (weight < 0.5) return std::nullopt;
  return sum / weight;
}

double tobler(double grade) { return walk(grade); }

double ground_metres(LonLat a, LonLat b) {
  const double dlon = b.lon - a.lon, dlat = b.lat - a.lat;
  if (std::abs(dlon) > 0.02 || std::abs(dlat) > 0.02) return geodesic_distance(a, b).value;
  // On the plane that touches the ellipsoid midway: 1e-7 of the length off at most.
  constexpr double axis = 6378137, e2 = 0.0066943799901413165, radian = std::numbers::pi / 180;
  const double lat = (a.lat + b.lat) / 2 * radian, sine = std::sin(lat);
  const double w2 = 1 - e2 * sine * sine, w = std::sqrt(w2);
  const double x = dlon * radian * axis / w * std::cos(lat);
  const double y = dlat * radian * axis * (1 - e2) / (w2 * w);
  return std::hypot(x, y);
}

Slopes slopes_of(std::span<const LonLat> line, const Elevation* elevation, double stretch) {
  Slopes out;
  std::optional<double> last;  // height
  double since = 0, even = 0;  // metres since then; not yet between two known heights
  const auto sample = [&](LonLat p) {
    const auto height = elevation->at(p);
    if (!height) return;
    if (last && since > 0) {
      const double grade = (*height - *last) / since;
      out.climb_m += std::abs(*height - *last);
      out.foot_km += since / 1000 * (walk(grade) + walk(-grade)) / 2;
    } else {
      even += since;
    }
    last = height;
    since = 0;
  };
  double next = 0;  // metres along the line to the next sample
  for (std::size_t i = 1; i < line.size(); ++i) {
    const LonLat a = line[i - 1], b = line[i];
    const double metres = ground_metres(a, b) * stretch;
    out.km += metres / 1000;
    if (elevation == nullptr) continue;
    double done = 0;
    while (next <= metres) {
      const double t = metres > 0 ? next / metres : 0;
      since += next - done;
      done = next;
      sample({a.lon + t * (b.lon - a.lon), a.lat + t * (b.lat - a.lat)});
      next += sample_metres * stretch;
    }
    since += metres - done;
    next -= metres;
  }
  if (elevation == nullptr) {
    out.foot_km = out.km;
    return out;
  }
  if (!line.empty() && since > 0) sample(line.back());
  out.foot_km += (even + since) / 1000;
  return out;
}

}  // namespace geo
