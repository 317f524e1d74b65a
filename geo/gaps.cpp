#include "geo/gaps.hpp"

#include <algorithm>
#include <cmath>

namespace geo {
namespace {

constexpr std::uint32_t outside = UINT32_MAX;

/// An arc with the outside on its left.
struct Coast {
  std::uint32_t arc;
  bool forwards;
};

struct Bounds {
  LonLat min{1e300, 1e300}, max{-1e300, -1e300};
  bool holds(const Bounds& o) const {
    return min.lon <= o.min.lon && min.lat <= o.min.lat && max.lon >= o.max.lon &&
           max.lat >= o.max.lat;
  }
};

/// Where one goes when the outside stays on the left.
struct Walk {
  std::vector<std::uint32_t> arcs;
  double twice_area = 0;  ///< positive: the outside is inside, a gap
  Bounds bounds;
  bool misfit = false;
};

class Walker {
 public:
  Walker(const Borders& borders, const Misfits& misfits) : b_(borders), misfits_(misfits) {
    for (std::uint32_t arc = 0; arc < b_.arcs(); ++arc) {
      const Sides s = b_.sides[arc];
      if ((s.left == outside) == (s.right == outside)) continue;
      const Coast coast{arc, s.left == outside};
      starts_.push_back({point(coast, 0), angle(coast), coast});
    }
    std::sort(starts_.begin(), starts_.end(), [](const Start& a, const Start& c) {
      if (a.at != c.at) return a.at < c.at;
      return a.angle != c.angle ? a.angle < c.angle : a.coast.arc < c.coast.arc;
    });
    walked_.resize(starts_.size());
  }

  std::vector<Walk> walks() {
    std::vector<Walk> out;
    for (std::size_t i = 0; i < starts_.size(); ++i) {
      if (!walked_[i]) out.push_back(walk(i));
    }
    return out;
  }

 private:
  struct Start {
    LonLat at;
    double angle;
    Coast coast;
  };

  std::uint32_t size(Coast c) const { return b_.arc_first[c.arc + 1] - b_.arc_first[c.arc]; }
  LonLat point(Coast c, std::uint32_t i) const {
    return b_.points[c.forwards ? b_.arc_first[c.arc] + i : b_.arc_first[c.arc + 1] - 1 - i];
  }
  static double angle_of(LonLat from, LonLat to) {
    return std::atan2(to.lat - from.lat, to.lon - from.lon);
  }
  double angle(Coast c) const { return angle_of(point(c, 0), point(c, 1)); }

  /// The one to the right of where we come from, as one sees it looking back.
  std::size_t after(Coast c) const {
    const LonLat at = point(c, size(c) - 1);
    const double back = angle_of(at, point(c, size(c) - 2));
    const auto from = std::lower_bound(starts_.begin(), starts_.end(), at,
                                       [](const Start& s, LonLat p) { return s.at < p; });
    auto best = starts_.end(), last = starts_.end();
    for (auto i = from; i != starts_.end() && i->at == at; ++i) {
      if (i->angle < back) best = i;
      last = i;
    }
    return static_cast<std::size_t>((best != starts_.end() ? best : last) - starts_.begin());
  }

  Walk walk(std::size_t first) {
    Walk out;
    const LonLat origin = starts_[first].at;
    std::size_t i = first;
    while (i != starts_.size() && !walked_[i]) {
      walked_[i] = true;
      const Coast c = starts_[i].coast;
      out.arcs.push_back(c.arc);
      out.misfit = out.misfit || misfits_.arcs[c.arc] != 0;
      LonLat a = point(c, 0);
      for (std::uint32_t k = 1; k < size(c); ++k) {
        const LonLat p = point(c, k);
        out.twice_area += (a.lon - origin.lon) * (p.lat - origin.lat) -
                          (p.lon - origin.lon) * (a.lat - origin.lat);
        out.bounds.min = {std::min(out.bounds.min.lon, p.lon), std::min(out.bounds.min.lat, p.lat)};
        out.bounds.max = {std::max(out.bounds.max.lon, p.lon), std::max(out.bounds.max.lat, p.lat)};
        a = p;
      }
      i = after(c);
    }
    out.misfit = out.misfit || i != first;  // did not come home: something does not fit
    return out;
  }

  const Borders& b_;
  const Misfits& misfits_;
  std::vector<Start> starts_;
  std::vector<bool> walked_;
};

}  // namespace

std::vector<std::uint32_t> arcs_around_gaps(const Borders& borders, const Misfits& misfits) {
  const std::vector<Walk> walks = Walker(borders, misfits).walks();
  const auto around = [](const Walk& w) { return w.misfit || w.twice_area > 0; };
  std::vector<Bounds> gaps;
  for (const Walk& w : walks) {
    if (around(w)) gaps.push_back(w.bounds);
  }
  std::vector<std::uint32_t> out;
  for (const Walk& w : walks) {
    const bool in_gap = std::any_of(gaps.begin(), gaps.end(),
                                    [&](const Bounds& gap) { return gap.holds(w.bounds); });
    if (around(w) || in_gap) out.insert(out.end(), w.arcs.begin(), w.arcs.end());
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace geo
