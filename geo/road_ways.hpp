#pragma once
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "geo/roads.hpp"

namespace geo {

/// How somebody gets about.
struct RoadPace {
  /// By RoadClass: over the flat where the layer gives no speed, and the most where it does.
  std::array<double, 3> kmh{35, 15, 4}, most_kmh{60, 30, 4};
  std::array<bool, 3> walks{false, false, true};  ///< that class, at foot_kmh
  double foot_kmh = 4, foot_detour = 1.4;         ///< to the road
  double motor_climb = 0;  ///< a metre up or down takes as long as so many on the flat
  double to_road_km = 15;
};

struct RoadWay {
  double hours = std::numeric_limits<double>::infinity(), km = hours;
  bool reachable() const { return hours < std::numeric_limits<double>::infinity(); }
};

/// The fastest ways between places over roads. Whoever passes a place may use its paths to the
/// roads too, so that a way over a third place is never faster than the direct one.
class RoadWays {
 public:
  RoadWays(const Roads& roads, std::span<const LonLat> places, const RoadPace& pace,
           const Elevation* elevation = nullptr);

  /// To every place for which `wanted` (by place; empty: all); stops when all these are reached.
  std::vector<RoadWay> from(std::size_t place, const std::vector<bool>& wanted = {}) const;
  /// Places too far from any road.
  const std::vector<bool>& cut_off() const { return cut_off_; }

 private:
  struct Arc {
    std::uint32_t to;
    float hours, km;
  };
  std::size_t places_ = 0;
  std::vector<bool> cut_off_;
  std::vector<std::uint32_t> piece_of_;  ///< by place: of all places and roads that hang together
  std::vector<std::uint32_t> first_;     ///< by node, into arcs_; places first
  std::vector<Arc> arcs_;
};

}  // namespace geo
