#include "geo/land.hpp"
namespace geo {
const LandLevel& level_for(const Land& land, double metres_per_pixel) {
  const LandLevel* best = &land.levels.front();
  for (const LandLevel& l : land.levels) {
    if (l.tolerance < metres_per_pixel / 2) best = &l;
  }
  return *best;
}
}  // namespace geo
