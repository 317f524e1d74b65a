#pragma once
#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "geo/point.hpp"
#include "render/camera.hpp"
#include "render/colour.hpp"

namespace render {

/// A small symbol: a body, and what lies around it. Dark on a white casing, so that it reads on any
/// fill and in grey.
struct PointStyle {
  enum class Body : std::uint8_t { dot, open_square, square, open_dot } body = Body::dot;
  enum class Around : std::uint8_t { nothing, arc, ring, sides } around = Around::nothing;
  bool small = false;  ///< quiet: nothing is amiss here
  Colour ink = rgb(0x1a1a1a);
  bool operator==(const PointStyle&) const = default;
};
/// Logical pixels from a symbol's middle to the end of its casing.
double reach_of(const PointStyle& style);

/// A symbol beside words; device pixels.
struct PlacedSymbol {
  PixelPoint at;
  PointStyle style;
};

inline constexpr std::size_t most_point_states = 16;

/// One place, as it is handed to make_cloud().
struct PointPlace {
  geo::MapPoint at;
  std::uint32_t unit = UINT32_MAX;
  std::uint32_t state = 0;  ///< below most_point_states
  double priority = 0;      ///< where there is no room for all, the higher is drawn
};

/// Places of a land, thinned once: immutable, uploaded once. Up to each rank no two points are
/// nearer than that rank's distance and none that had room is left out; where several contend, the
/// higher priority stands. What is drawn at a zoom is a beginning of every block.
struct PointCloud {
  struct Point {         ///< as the graphics card takes it
    float x, y;          ///< metres from `origin`
    std::uint32_t unit;  ///< UINT32_MAX: none
    std::uint32_t state;
  };
  struct Block {
    geo::Box box;
    std::uint32_t first = 0;
    std::vector<std::uint32_t> upto;  ///< by rank: points of this rank and before
  };
  std::uint64_t version = 0;  ///< unique per build
  geo::MapPoint origin;
  std::vector<Point> points;          ///< block after block, in a block by rank
  std::vector<std::uint32_t> source;  ///< by point: which of the places it is
  std::vector<Block> blocks;
  std::vector<double> distances;  ///< by rank, metres, falling; 0 for the last: all are drawn

  /// The last rank at which symbols stay `metres` apart; all points at the last.
  std::size_t rank_for(double metres) const;
  geo::MapPoint at(std::uint32_t point) const;
};
/// n log n; half a second for a hundred thousand.
PointCloud make_cloud(const std::vector<PointPlace>& places);

/// The points of a frame.
struct PointLayer {
  std::shared_ptr<const PointCloud> cloud;  ///< empty: none
  std::array<PointStyle, most_point_states> styles;
  /// Metres per logical pixel up to which points are drawn: farther away they would bury the map.
  double farthest = std::numeric_limits<double>::infinity();
  std::vector<std::uint8_t> units_shown;  ///< by unit, 0: its points are not; empty: all are
  std::uint32_t hovered = UINT32_MAX;     ///< a point of the cloud, drawn larger
};

/// Do these points belong into a drawing of this zoom?
bool drawn_at(const PointLayer& layer, double metres_per_pixel, double pixel_ratio);
/// The rank they are thinned to there: symbols do not touch but at the nearest zooms.
std::size_t rank_at(const PointLayer& layer, double metres_per_pixel, double pixel_ratio);

/// How many points lie in view, and how many of them are drawn.
struct PointsInView {
  std::size_t drawn = 0, all = 0;
  bool operator==(const PointsInView&) const = default;
};
PointsInView points_in_view(const PointLayer& layer, const Camera& camera, double pixel_ratio);

/// The drawn point whose symbol lies under a pixel, the nearest one.
std::optional<std::uint32_t> point_at(const PointLayer& layer, const Camera& camera,
                                      double pixel_ratio, PixelPoint pixel);

}  // namespace render
