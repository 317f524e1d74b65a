#include "geo/fast_projection.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/error.hpp"

namespace geo {
namespace {

constexpr int terms = 5;  ///< degree 4: an error of micrometres over a square degree
using Row = std::array<double, terms>;
using Table = std::array<Row, terms>;

/// Chebyshev's places between -1 and 1.
Row nodes() {
  Row out{};
  for (std::size_t i = 0; i < terms; ++i) {
    out[i] = std::cos((2 * static_cast<double>(i) + 1) / (2 * terms) * std::numbers::pi);
  }
  return out;
}

/// The coefficients of the polynomial with these values at the nodes (Newton's divided
/// differences, multiplied out).
Row coefficients(const Row& at, Row values) {
  for (std::size_t k = 1; k < terms; ++k) {
    for (std::size_t i = terms - 1; i >= k; --i) {
      values[i] = (values[i] - values[i - 1]) / (at[i] - at[i - k]);
    }
  }
  Row out{};
  for (std::size_t k = terms; k-- > 0;) {
    for (std::size_t i = terms - 1; i > 0; --i) out[i] = out[i - 1] - at[k] * out[i];
    out[0] = values[k] - at[k] * out[0];
  }
  return out;
}

/// Values by [u][v] at the nodes → coefficients of uⁱvʲ.
Table coefficients(const Row& at, const Table& values) {
  Table by_v{}, out{};
  for (std::size_t i = 0; i < terms; ++i) by_v[i] = coefficients(at, values[i]);
  for (std::size_t j = 0; j < terms; ++j) {
    Row column{};
    for (std::size_t i = 0; i < terms; ++i) column[i] = by_v[i][j];
    column = coefficients(at, column);
    for (std::size_t i = 0; i < terms; ++i) out[i][j] = column[i];
  }
  return out;
}

double value(const Row& c, double v) {
  return (((c[4] * v + c[3]) * v + c[2]) * v + c[1]) * v + c[0];
}
double slope(const Row& c, double v) {
  return ((4 * c[4] * v + 3 * c[3]) * v + 2 * c[2]) * v + c[1];
}
double value(const Table& t, double u, double v) {
  double sum = 0;
  for (std::size_t i = terms; i-- > 0;) sum = sum * u + value(t[i], v);
  return sum;
}

constexpr int across = 360, up = 180;
constexpr double good_enough = 1e-4;  ///< metres

}  // namespace

struct FastProjection::Tile {
  double lon = 0, lat = 0;  ///< its middle
  bool good = false;
  Table x{}, y{};

  MapPoint at(LonLat p) const {
    const double u = (p.lon - lon) * 2, v = (p.lat - lat) * 2;
    return {value(x, u, v), value(y, u, v)};
  }
  /// Where it would have to be for its map point to move by d (Newton's step).
  LonLat step(LonLat p, MapPoint d) const {
    const double u = (p.lon - lon) * 2, v = (p.lat - lat) * 2;
    double xu = 0, yu = 0, xv = 0, yv = 0;
    for (std::size_t i = terms; i-- > 0;) {
      if (i > 0) {
        xu = xu * u + static_cast<double>(i) * value(x[i], v);
        yu = yu * u + static_cast<double>(i) * value(y[i], v);
      }
      xv = xv * u + slope(x[i], v);
      yv = yv * u + slope(y[i], v);
    }
    const double det = xu * yv - xv * yu;
    return {(d.x * yv - d.y * xv) / det / 2, (d.y * xu - d.x * yu) / det / 2};
  }
};

FastProjection::FastProjection(const MapCrs& crs) : crs_(crs), tiles_(across * up) {}
FastProjection::~FastProjection() = default;

const Projection& FastProjection::exact() const {
  if (!exact_) exact_ = std::make_unique<const Projection>(crs_);
  return *exact_;
}

std::unique_ptr<FastProjection::Tile> FastProjection::make_tile(int lon, int lat) const {
  auto out = std::make_unique<Tile>();
  out->lon = lon - 180 + 0.5;
  out->lat = lat - 90 + 0.5;
  const Projection& projection = exact();
  const auto place = [&](double u, double v) { return LonLat{out->lon + u / 2, out->lat + v / 2}; };
  try {
    const Row at = nodes();
    Table x{}, y{};
    for (std::size_t i = 0; i < terms; ++i) {
      for (std::size_t j = 0; j < terms; ++j) {
        const MapPoint p = projection.to_map(place(at[i], at[j]));
        x[i][j] = p.x;
        y[i][j] = p.y;
      }
    }
    out->x = coefficients(at, x);
    out->y = coefficients(at, y);
    out->good = true;
    for (const double u : {-1.0, -0.6, 0.2, 1.0}) {
      for (const double v : {-1.0, -0.3, 0.7, 1.0}) {
        const MapPoint p = projection.to_map(place(u, v)), q = out->at(place(u, v));
        if (!(std::hypot(p.x - q.x, p.y - q.y) <= good_enough)) out->good = false;
      }
    }
  } catch (const Error&) {  // not all of the square degree is on this map
    out->good = false;
  }
  return out;
}

/// Null outside the world.
const FastProjection::Tile* FastProjection::tile(LonLat p) const {
  if (!(p.lon >= -180 && p.lon < 180 && p.lat >= -90 && p.lat < 90)) return nullptr;
  const int lon = static_cast<int>(p.lon + 180), lat = static_cast<int>(p.lat + 90);
  auto& slot = tiles_[static_cast<std::size_t>(lat * across + lon)];
  if (const Tile* made = slot.load(std::memory_order_acquire)) return made;
  const std::lock_guard lock(mutex_);
  if (const Tile* made = slot.load(std::memory_order_acquire)) return made;
  owned_.push_back(make_tile(lon, lat));
  const Tile* made = owned_.back().get();
  slot.store(made, std::memory_order_release);
  if (made->good && anchor_.load() == nullptr) anchor_.store(made, std::memory_order_release);
  return made;
}

MapPoint FastProjection::to_map(LonLat p) const {
  const Tile* const near = tile(p);
  if (near != nullptr && near->good) return near->at(p);
  const std::lock_guard lock(mutex_);
  return exact().to_map(p);
}

LonLat FastProjection::to_lonlat(MapPoint p) const {
  if (const Tile* near = anchor_.load(std::memory_order_acquire)) {
    LonLat guess{near->lon, near->lat};
    for (int i = 0; i < 10 && near != nullptr && near->good; ++i) {
      const MapPoint at = near->at(guess);
      const LonLat step = near->step(guess, {p.x - at.x, p.y - at.y});
      if (!(std::abs(step.lon) < 30 && std::abs(step.lat) < 30)) break;
      guess = {guess.lon + step.lon, guess.lat + step.lat};
      // The next step would be its square: nothing.
      if (std::max(std::abs(step.lon), std::abs(step.lat)) < 1e-7) return guess;
      near = tile(guess);
    }
  }
  LonLat found;
  {
    const std::lock_guard lock(mutex_);
    found = exact().to_lonlat(p);
  }
  tile(found);  // an anchor for the next one
  return found;
}

}  // namespace geo
