#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <unordered_map>
#include <utility>
#include <vector>

#include "geo/point.hpp"

namespace geo {

/// Where a point comes nearest to a segment, on the plane that touches the ground at the point.
struct Nearest {
  double metres = 0, along = 0;  ///< along: 0…1 of the segment
};
inline Nearest nearest_on(LonLat p, LonLat a, LonLat b) {
  constexpr double degree = 111'195;  // metres, of latitude
  const double squeeze = std::cos(p.lat * std::numbers::pi / 180);
  const double ax = (a.lon - p.lon) * squeeze, ay = a.lat - p.lat;
  const double dx = (b.lon - a.lon) * squeeze, dy = b.lat - a.lat;
  const double length2 = dx * dx + dy * dy;
  const double t = length2 > 0 ? std::clamp(-(ax * dx + ay * dy) / length2, 0.0, 1.0) : 0;
  return {std::hypot(ax + t * dx, ay + t * dy) * degree, t};
}

/// Segments by the cells of a grid that they pass, for looking around a point.
class SegmentGrid {
 public:
  explicit SegmentGrid(double cell_degrees) : cell_(cell_degrees) {}

  void add(std::uint32_t id, LonLat a, LonLat b) {
    const double longest = std::max(std::abs(a.lon - b.lon), std::abs(a.lat - b.lat));
    const auto steps = static_cast<std::uint32_t>(std::ceil(longest / cell_ * 2)) + 1;
    std::uint64_t last = UINT64_MAX;
    for (std::uint32_t i = 0; i <= steps; ++i) {
      const double t = static_cast<double>(i) / steps;
      const std::uint64_t key =
          key_of(column(a.lon + t * (b.lon - a.lon)), column(a.lat + t * (b.lat - a.lat)));
      if (key == last) continue;
      entries_.emplace_back(key, id);
      last = key;
    }
  }
  /// After the last add().
  void sort() { std::sort(entries_.begin(), entries_.end()); }

  /// Calls visit(id) for the segments around a point, ring of cells by ring; before each ring asks
  /// done(metres within which all have been visited). A segment may be visited more than once.
  template <class Visit, class Done>
  void around(LonLat p, double metres, const Visit& visit, const Done& done) const {
    const double ring_metres =
        cell_ * 110'574 * std::cos(std::min(89.0, std::abs(p.lat) + 1) * std::numbers::pi / 180);
    const auto rings = static_cast<std::int64_t>(std::ceil(metres / ring_metres)) + 1;
    const std::int64_t x = column(p.lon), y = column(p.lat);
    for (std::int64_t r = 0; r <= rings; ++r) {
      // The nearest point of ring r is r - 1 cells away; one more, for corners cut by add().
      if (done(static_cast<double>(std::max<std::int64_t>(0, r - 2)) * ring_metres)) return;
      for (std::int64_t dy = -r; dy <= r; ++dy) {
        const std::int64_t step = std::abs(dy) == r || r == 0 ? 1 : 2 * r;
        for (std::int64_t dx = -r; dx <= r; dx += step) in_cell(key_of(x + dx, y + dy), visit);
      }
    }
  }

 private:
  std::int64_t column(double degrees) const {
    return static_cast<std::int64_t>(std::floor(degrees / cell_));
  }
  static std::uint64_t key_of(std::int64_t x, std::int64_t y) {
    return static_cast<std::uint64_t>(y + (std::int64_t{1} << 31)) << 32 |
           static_cast<std::uint64_t>(x + (std::int64_t{1} << 31));
  }
  template <class Visit>
  void in_cell(std::uint64_t key, const Visit& visit) const {
    auto it = std::lower_bound(entries_.begin(), entries_.end(), std::pair(key, std::uint32_t{0}));
    for (; it != entries_.end() && it->first == key; ++it) visit(it->second);
  }

  double cell_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> entries_;  ///< cell, id
};

/// Numbers for points; those within a centimetre of one another get the same.
class PointNumbers {
 public:
  std::uint32_t of(LonLat p) {
    constexpr double cell = 1e-6, near = 9e-8;  // degrees: 11 cm, 1 cm
    const auto low = [](double v) {
      return static_cast<std::int64_t>(std::floor((v - near) / cell));
    };
    const auto high = [](double v) {
      return static_cast<std::int64_t>(std::floor((v + near) / cell));
    };
    const double squeeze = std::cos(p.lat * std::numbers::pi / 180);
    for (std::int64_t y = low(p.lat); y <= high(p.lat); ++y) {
      for (std::int64_t x = low(p.lon); x <= high(p.lon); ++x) {
        const auto found = first_.find(key_of(x, y));
        if (found == first_.end()) continue;
        for (std::uint32_t i = found->second; i != none; i = next_[i]) {
          if (std::hypot((points_[i].lon - p.lon) * squeeze, points_[i].lat - p.lat) <= near)
            return i;
        }
      }
    }
    const auto number = static_cast<std::uint32_t>(points_.size());
    points_.push_back(p);
    const auto [it, is_new] =
        first_.emplace(key_of(static_cast<std::int64_t>(std::floor(p.lon / cell)),
                              static_cast<std::int64_t>(std::floor(p.lat / cell))),
                       number);
    next_.push_back(is_new ? none : it->second);
    it->second = number;
    return number;
  }
  const std::vector<LonLat>& points() const { return points_; }

 private:
  static constexpr std::uint32_t none = UINT32_MAX;
  static std::uint64_t key_of(std::int64_t x, std::int64_t y) {
    return static_cast<std::uint64_t>(y + (std::int64_t{1} << 31)) << 32 |
           static_cast<std::uint64_t>(x + (std::int64_t{1} << 31));
  }
  std::vector<LonLat> points_;
  std::vector<std::uint32_t> next_;  ///< in the same cell
  std::unordered_map<std::uint64_t, std::uint32_t> first_;
};

}  // namespace geo
