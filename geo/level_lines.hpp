#pragma once
#include <span>
#include <vector>

#include "geo/borders.hpp"
#include "geo/fast_projection.hpp"

namespace geo {

/// The lines of one level: of each arc the points that are kept, projected.
struct LevelLines {
  std::vector<std::uint32_t> first;  ///< arc i: points [first[i], first[i + 1])
  std::vector<MapPoint> points;
  /// Of arcs that are drawn; equal on both sides where there is no border. Narrow pockets close up:
  /// their two sides become one border between what lies beyond.
  std::vector<Sides> sides;
  std::vector<BorderRank> ranks;
  double tolerance = 0;

  std::span<const MapPoint> of(std::size_t arc) const {
    return std::span(points).subspan(first[arc], first[arc + 1] - first[arc]);
  }
};
LevelLines level_lines(const Borders& borders, const FastProjection& projection,
                       double least_weight, const Progress& progress);

/// Calls ring(points) for each ring of a unit; points(f) calls f(MapPoint) along it.
template <class Ring>
void for_each_ring(const Borders& b, const LevelLines& lines, std::uint32_t unit, Ring&& ring) {
  for (std::uint32_t r = b.unit_first[unit]; r < b.unit_first[unit + 1]; ++r) {
    ring([&](auto&& point) {
      for (const std::int32_t step : b.steps.subspan(b.rings[r].first_step, b.rings[r].steps)) {
        const auto of = lines.of(static_cast<std::size_t>(step > 0 ? step - 1 : -step - 1));
        for (std::size_t k = 0; k + 1 < of.size(); ++k) {  // its last point begins the next arc
          point(step > 0 ? of[k] : of[of.size() - 1 - k]);
        }
      }
    });
  }
}

}  // namespace geo
