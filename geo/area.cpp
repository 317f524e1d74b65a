// Areas on the ellipsoid, from the edges as they are: short.
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "geo/crs.hpp"

namespace geo {
namespace {

constexpr double axis = 6378137, flattening = 1 / 298.257223563;  // WGS 84
constexpr double e2 = flattening * (2 - flattening);
constexpr double radians = std::numbers::pi / 180;

/// Powers of the latitude's distance from a middle latitude.
constexpr std::size_t terms = 7;
using Series = std::array<double, terms>;

Series product(const Series& a, const Series& b) {
  Series out{};
  for (std::size_t i = 0; i < terms; ++i) {
    for (std::size_t j = 0; i + j < terms; ++j) out[i + j] += a[i] * b[j];
  }
  return out;
}

Series inverse(const Series& a) {
  Series out{1 / a[0]};
  for (std::size_t n = 1; n < terms; ++n) {
    for (std::size_t k = 1; k <= n; ++k) out[n] -= a[k] * out[n - k] / a[0];
  }
  return out;
}

/// The area between an edge and a parallel of latitude is the integral over longitude of
/// ∫ M N cos φ dφ (M, N: radii of curvature). Latitudes here are distances from a middle one, so
/// that what is subtracted is as small as the ring, and no edge needs a sine.
class Strip {
 public:
  explicit Strip(double middle) {
    Series sine{}, cosine{};
    double factorial = 1;
    for (std::size_t k = 0; k < terms; ++k) {
      if (k > 0) factorial *= static_cast<double>(k);
      const double angle = middle + static_cast<double>(k) * std::numbers::pi / 2;
      sine[k] = std::sin(angle) / factorial;
      cosine[k] = std::cos(angle) / factorial;
    }
    Series w2 = product(sine, sine);  // 1 - e² sin² φ
    for (double& c : w2) c *= -e2;
    w2[0] += 1;
    const Series by_w2 = inverse(w2);
    const Series width = product(cosine, product(by_w2, by_w2));  // M N cos φ = a²(1-e²) cos φ / w⁴
    for (std::size_t k = 0; k < terms; ++k) {
      area_[k] = axis * axis * (1 - e2) * width[k] / static_cast<double>(k + 1);
    }
    // How far the geodesic bends away from the straight chord in latitude and longitude, from
    // φ''(λ) = G'/2E + φ'² (G'/G - E'/2E), with E = M² and G = N² cos² φ; N/M = w²/(1-e²).
    const Series n_by_m = [&] {
      Series out = w2;
      for (double& c : out) c /= 1 - e2;
      return out;
    }();
    const Series sine_cosine = product(sine, cosine);
    east_ = product(n_by_m, sine_cosine);
    north_ = product(product(sine, inverse(cosine)), inverse(n_by_m));
    const Series spread = product(sine_cosine, by_w2);
    for (std::size_t k = 0; k < terms; ++k) north_[k] = 2 * north_[k] + 3 * e2 * spread[k];
  }

  /// Below a point, per radian of longitude.
  double below(double t) const {
    double sum = 0;
    for (std::size_t k = terms; k-- > 0;) sum = (sum + area_[k]) * t;
    return sum;
  }
  /// Poleward, at the middle of an edge; both lengths squared. Small, so a few terms do.
  double bend(double t, double east2, double north2) const {
    return ((east_[0] + t * (east_[1] + t * east_[2])) * east2 +
            (north_[0] + t * (north_[1] + t * north_[2])) * north2) /
           8;
  }

 private:
  Series area_{}, east_{}, north_{};
};

/// Longer edges, and rings over more latitudes, need more terms: PROJ has them.
constexpr double longest_edge = 0.05, highest_ring = 1.5, nearest_pole = 80;  // degrees

bool short_edges(const Ring<LonLat>& ring, double& south, double& north) {
  south = north = ring.front().lat;
  LonLat before = ring.back();
  double longest = 0;
  for (const LonLat p : ring) {
    south = std::min(south, p.lat);
    north = std::max(north, p.lat);
    longest = std::max({longest, std::abs(p.lon - before.lon), std::abs(p.lat - before.lat)});
    before = p;
  }
  return longest <= longest_edge && north - south <= highest_ring &&
         std::max(std::abs(south), std::abs(north)) <= nearest_pole;
}

double ring_area(const Ring<LonLat>& ring) {
  if (ring.size() < 3) return 0;
  double south = 0, north = 0;
  if (!short_edges(ring, south, north)) return karney_area(ring);
  const double middle = (south + north) / 2;
  const Strip strip(middle * radians);
  LonLat before = ring.back();
  double t0 = (before.lat - middle) * radians, below0 = strip.below(t0), sum = 0;
  for (const LonLat p : ring) {
    const double east = (p.lon - before.lon) * radians;
    const double t1 = (p.lat - middle) * radians, below1 = strip.below(t1);
    const double half = (t0 + t1) / 2;
    const double mid = half + strip.bend(half, east * east, (t1 - t0) * (t1 - t0));
    sum += east * (below0 + 4 * strip.below(mid) + below1);  // Simpson's rule
    before = p;
    t0 = t1;
    below0 = below1;
  }
  return std::abs(sum) / 6;
}

}  // namespace

double geodesic_area(const GeoShape& shape) {
  double sum = 0;
  for (const auto& polygon : shape) {
    sum += ring_area(polygon.outer);
    for (const auto& hole : polygon.holes) sum -= ring_area(hole);
  }
  return sum;
}

}  // namespace geo
