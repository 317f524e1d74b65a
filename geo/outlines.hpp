#pragma once
#include <span>
#include <vector>

#include "geo/level_mesh.hpp"

namespace geo {

/// A part of one level as lines, for a painter that has no graphics card: the very edges of the
/// triangles and the very borders that the card draws.
struct Outlines {
  struct Range {
    std::size_t first = 0, count = 0;
  };
  struct Unit {
    std::uint32_t unit = 0;
    Box box;
    Range rings;  ///< to be filled by the odd rule
  };
  struct Line {
    BorderRank rank = BorderRank::commune;
    Sides sides;
    Box box;
    Range points;  ///< in the border's own direction
  };
  std::vector<MapPoint> points;
  std::vector<Range> rings;  ///< of points; the last is not the first again
  std::vector<Unit> units;
  std::vector<Line> lines;

  std::span<const MapPoint> of(const Range& range) const {
    return std::span(points).subspan(range.first, range.count);
  }
};

/// The units and borders with a part in `view`. `boxes` by unit. Takes time for what is in view
/// only, however large the land.
Outlines outlines_in(const LevelMesh& mesh, std::span<const Box> boxes, const Box& view);

}  // namespace geo
