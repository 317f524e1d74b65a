#pragma once
#include <algorithm>
#include <memory>
#include <vector>

#include "geo/borders.hpp"

namespace geo {

/// Even-odd test over all rings of a unit, at full detail. A place near a border of two units is in
/// exactly one of them, whichever it falls to on the very edge.
bool contains(const Borders& borders, std::uint32_t unit, LonLat p);

/// Degrees; empty until something is added.
struct LonLatBox {
  LonLat min{1e300, 1e300}, max{-1e300, -1e300};
  bool contains(LonLat p) const {
    return p.lon >= min.lon && p.lon <= max.lon && p.lat >= min.lat && p.lat <= max.lat;
  }
  void add(LonLat low, LonLat high) {
    min = {std::min(min.lon, low.lon), std::min(min.lat, low.lat)};
    max = {std::max(max.lon, high.lon), std::max(max.lat, high.lat)};
  }
};

/// Which unit lies where, at full detail: a grid of the units' boxes, and the stretches of the
/// borders, most of which are passed over by their bounds. Made in a millisecond or so for the
/// nation; may be asked by any thread.
class HitIndex {
 public:
  explicit HitIndex(std::shared_ptr<const Borders> borders);

  /// The unit under a place, the first where they overlap; UINT32_MAX: none.
  std::uint32_t unit_at(LonLat p) const;
  const Borders& borders() const { return *borders_; }

 private:
  std::size_t column(double lon) const;
  std::size_t row(double lat) const;

  std::shared_ptr<const Borders> borders_;
  std::vector<LonLatBox> boxes_;  ///< by unit, rounded outwards
  LonLatBox bounds_;
  std::size_t columns_ = 0, rows_ = 0;
  std::vector<std::uint32_t> first_;  ///< cell i: units_[first_[i]] … units_[first_[i + 1] - 1]
  std::vector<std::uint32_t> units_;
};

}  // namespace geo
