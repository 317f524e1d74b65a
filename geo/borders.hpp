#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "geo/point.hpp"
#include "geo/polygon.hpp"
#include "geo/progress.hpp"

namespace geo {

inline constexpr std::size_t stretch_edges = 32;

/// What a border divides, heaviest first. The outer edge of the land is a province's.
enum class BorderRank : std::uint8_t { province, district, commune };
inline constexpr std::size_t border_ranks = 3;

/// What a unit lies in; UINT32_MAX: unknown, which is like no other.
struct Parents {
  std::uint32_t district = UINT32_MAX, province = UINT32_MAX;
  bool operator==(const Parents&) const = default;
};

/// The units on both sides of an arc in its direction; UINT32_MAX: outside all units.
struct Sides {
  std::uint32_t left = UINT32_MAX, right = UINT32_MAX;
  bool operator==(const Sides&) const = default;
};

/// Shapes cut into shared arcs by exact vertex equality, at full detail and in WGS 84 as stored, so
/// that every shared vertex is shared bit for bit, a border is there once, and neighbours
/// simplified together can never crack. Plain arrays: the spans look into memory (built, or a file
/// mapped) that `memory` keeps alive.
struct Borders {
  std::span<const LonLat> points;            ///< of all arcs, one after the other
  std::span<const std::uint32_t> arc_first;  ///< arc i: points [arc_first[i], arc_first[i + 1])
  std::span<const Sides> sides;              ///< by arc
  std::span<const BorderRank> ranks;         ///< by arc
  /// Visvalingam's effective area (m²) by point, made non-decreasing inwards so that "keep weight
  /// >= t" is a valid simplification for any t; ends of arcs are infinite, and so are as many
  /// points as every ring needs to stay a triangle: islets stay visible.
  std::span<const float> weights;
  struct Ring {
    std::uint32_t unit = 0,
                  polygon = 0;  ///< polygon counts within the unit; its first ring is outer
    std::uint32_t first_step = 0, steps = 0;
  };
  std::span<const Ring> rings;                ///< in unit order
  std::span<const std::uint32_t> unit_first;  ///< unit u: rings [unit_first[u], unit_first[u + 1])
  /// +1+i forwards, -1-i backwards along arc i.
  std::span<const std::int32_t> steps;
  std::span<const Parents> parents;  ///< by unit, may be empty
  /// The bounds of `stretch_edges` edges of an arc, rounded outwards: what hit tests pass over.
  struct Stretch {
    float west, south, east, north;
  };
  std::span<const Stretch> stretches;
  std::span<const std::uint32_t> stretch_first;  ///< arc i: from [stretch_first[i] on
  std::shared_ptr<const void> memory;

  std::size_t arcs() const { return sides.size(); }
  std::size_t units() const { return unit_first.empty() ? 0 : unit_first.size() - 1; }
};

/// Linear in vertices; on all cores. Shapes must be clean. `parents` by unit, may be empty.
Borders build_borders(std::span<const GeoShape> shapes, std::span<const Parents> parents,
                      const Progress& progress = {});

/// What a border between these is; without parents every inner border is a commune's.
BorderRank rank_between(std::span<const Parents> parents, Sides sides);

/// A unit's shape with the points whose weight is at least `least_weight` (m²); 0: as it came.
GeoShape shape_of(const Borders& borders, std::uint32_t unit, double least_weight = 0);

}  // namespace geo
