#include "geo/snap.hpp"

#include <geos_c.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "geo/geos_handle.hpp"
#include "geo/random.hpp"

namespace geo {
namespace {

constexpr std::uint32_t outside = UINT32_MAX;

/// Metres of a plane that fits around a place; differences of a few metres are all that is asked.
struct Ground {
  double east, north = 110'574;
  explicit Ground(LonLat at) : east(111'320 * std::cos(at.lat * 3.14159265358979 / 180)) {}
  MapPoint from(LonLat o, LonLat p) const {
    return {(p.lon - o.lon) * east, (p.lat - o.lat) * north};
  }
};

double apart(LonLat a, LonLat b) {
  const MapPoint d = Ground(a).from(a, b);
  return std::hypot(d.x, d.y);
}

/// How far p is from the edge, and where along it (0…1) the nearest place is.
struct Beside {
  double metres, share;
};
Beside beside(LonLat p, LonLat a, LonLat b) {
  const Ground ground(p);
  const MapPoint u = ground.from(p, a), v = ground.from(p, b);
  const double x = v.x - u.x, y = v.y - u.y, length2 = x * x + y * y;
  const double t = length2 > 0 ? std::clamp(-(u.x * x + u.y * y) / length2, 0.0, 1.0) : 0;
  return {std::hypot(u.x + t * x, u.y + t * y), t};
}

/// The unit on the only side of a border that has no neighbour on the other.
std::optional<std::uint32_t> loose_unit(Sides s) {
  if ((s.left == outside) == (s.right == outside)) return {};
  return s.left == outside ? s.right : s.left;
}

/// Places by cell, a few metres wide, so that what is near lies in a few cells.
class Cells {
 public:
  Cells(LonLat around, double metres)
      : lon_(2 * metres / std::max(1.0, Ground(around).east)), lat_(2 * metres / 110'574) {}
  void put(LonLat p, std::uint32_t what) { cells_[key(column(p.lon), row(p.lat))].push_back(what); }
  /// Everything in the cells of the box of a and b and around it.
  template <class Each>
  void near(LonLat a, LonLat b, Each each) const {
    const std::int64_t left = column(std::min(a.lon, b.lon)) - 1;
    const std::int64_t right = column(std::max(a.lon, b.lon)) + 1;
    const std::int64_t top = row(std::max(a.lat, b.lat)) + 1;
    for (std::int64_t y = row(std::min(a.lat, b.lat)) - 1; y <= top; ++y) {
      for (std::int64_t x = left; x <= right; ++x) {
        const auto found = cells_.find(key(x, y));
        if (found == cells_.end()) continue;
        for (const std::uint32_t what : found->second) each(what);
      }
    }
  }
  /// A long edge goes through many cells: in pieces of a cell or so.
  template <class Each>
  void along(LonLat a, LonLat b, Each each) const {
    const double cells = std::max(std::abs(b.lon - a.lon) / lon_, std::abs(b.lat - a.lat) / lat_);
    const int pieces = static_cast<int>(std::min(cells, 1e6)) + 1;
    LonLat from = a;
    for (int i = 1; i <= pieces; ++i) {
      const double t = static_cast<double>(i) / pieces;
      const LonLat to{a.lon + t * (b.lon - a.lon), a.lat + t * (b.lat - a.lat)};
      near(from, to, each);
      from = to;
    }
  }

 private:
  std::int64_t column(double lon) const {
    return static_cast<std::int64_t>(std::floor(lon / lon_));
  }
  std::int64_t row(double lat) const { return static_cast<std::int64_t>(std::floor(lat / lat_)); }
  static std::uint64_t key(std::int64_t x, std::int64_t y) {
    return spread_bits(static_cast<std::uint64_t>(x) * 0x9e3779b97f4a7c15ULL ^
                       static_cast<std::uint64_t>(y));
  }
  double lon_, lat_;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> cells_;
};

/// A place that stays, and the units whose borders run through it.
struct Anchor {
  LonLat at;
  std::vector<std::uint32_t> units;
  bool has(std::uint32_t unit) const {
    return std::find(units.begin(), units.end(), unit) != units.end();
  }
};

class Snapper {
 public:
  Snapper(const Borders& borders, double metres)
      : b_(borders),
        metres_(metres),
        cells_(borders.points.empty() ? LonLat{} : borders.points.front(), metres) {
    // Where borders meet already, vertices stay first.
    for (std::uint32_t arc = 0; arc < b_.arcs(); ++arc) {
      const Sides s = b_.sides[arc];
      const bool shared = s.left != outside && s.right != outside;
      for (const std::uint32_t i : {b_.arc_first[arc], b_.arc_first[arc + 1] - 1}) {
        for (const std::uint32_t unit : {s.left, s.right}) {
          if (unit != outside) junction_[b_.points[i]].push_back(unit);
        }
        if (shared) junction_[b_.points[i]].push_back(outside);
      }
    }
    for (const auto& [at, units] : junction_) {
      if (std::find(units.begin(), units.end(), outside) != units.end()) keep(at, units);
    }
    each_loose([&](std::uint32_t unit, std::uint32_t first, std::uint32_t last) {
      for (std::uint32_t i = first; i < last; ++i) settle(b_.points[i], unit);
    });
    each_loose([&](std::uint32_t unit, std::uint32_t first, std::uint32_t last) {
      for (std::uint32_t i = first; i + 1 < last; ++i) fill(b_.points[i], b_.points[i + 1], unit);
    });
  }

  LonLat moved(LonLat p) const {
    const auto found = moves_.find(p);
    return found == moves_.end() ? p : found->second;
  }
  /// To be put between two vertices that follow each other, in this direction.
  std::vector<LonLat> between(LonLat a, LonLat b) const {
    const auto found = filled_.find(std::minmax(a, b));
    if (found == filled_.end()) return {};
    std::vector<LonLat> out = found->second;
    if (b < a) std::reverse(out.begin(), out.end());
    return out;
  }
  bool anything() const { return !moves_.empty() || !filled_.empty(); }

 private:
  template <class Each>
  void each_loose(Each each) const {
    for (std::uint32_t arc = 0; arc < b_.arcs(); ++arc) {
      const auto unit = loose_unit(b_.sides[arc]);
      if (unit) each(*unit, b_.arc_first[arc], b_.arc_first[arc + 1]);
    }
  }

  void keep(LonLat p, std::vector<std::uint32_t> units) {
    settled_.emplace(p, true);
    cells_.put(p, static_cast<std::uint32_t>(anchors_.size()));
    anchors_.push_back({p, std::move(units)});
  }

  /// Onto the nearest place of another unit, else it stays and others may come to it.
  void settle(LonLat p, std::uint32_t unit) {
    if (!settled_.emplace(p, true).second) return;
    std::uint32_t best = outside;
    double nearest = metres_;
    cells_.near(p, p, [&](std::uint32_t i) {
      const double distance = apart(p, anchors_[i].at);
      if (distance > nearest || anchors_[i].has(unit)) return;
      if (distance == nearest && best != outside && anchors_[best].at < anchors_[i].at) return;
      best = i;
      nearest = distance;
    });
    const auto at = junction_.find(p);
    std::vector<std::uint32_t> units{unit};
    if (at != junction_.end()) units = at->second;
    if (best == outside) return keep(p, std::move(units));
    moves_.emplace(p, anchors_[best].at);
    auto& there = anchors_[best].units;
    there.insert(there.end(), units.begin(), units.end());
  }

  /// Places of other units that lie on an edge, as it is after the moves.
  void fill(LonLat from, LonLat to, std::uint32_t unit) {
    const LonLat a = moved(from), b = moved(to);
    if (a == b) return;
    std::map<double, LonLat> on;
    cells_.along(a, b, [&](std::uint32_t i) {
      const Anchor& anchor = anchors_[i];
      if (anchor.at == a || anchor.at == b || anchor.has(unit)) return;
      const Beside where = beside(anchor.at, a, b);
      if (where.metres <= metres_ && where.share > 0 && where.share < 1) {
        on.emplace(where.share, anchor.at);
      }
    });
    if (on.empty()) return;
    std::vector<LonLat> points;
    for (const auto& [share, p] : on) points.push_back(p);
    if (to < from) std::reverse(points.begin(), points.end());
    filled_.emplace(std::minmax(from, to), std::move(points));
  }

  const Borders& b_;
  double metres_;
  Cells cells_;
  std::map<LonLat, std::vector<std::uint32_t>> junction_;
  std::vector<Anchor> anchors_;
  std::map<LonLat, bool> settled_;
  std::map<LonLat, LonLat> moves_;
  std::map<std::pair<LonLat, LonLat>, std::vector<LonLat>> filled_;
};

bool is_valid(const Geos& geos, const GeoShape& shape) {
  const Geos::Geometry g = geos.from(shape);
  return g && GEOSisValid_r(geos.get(), g.get()) == 1;
}

struct Told {
  std::int64_t vertices = 0, added = 0;
  double greatest = 0;
  std::optional<LonLat> at;
};

void snap_ring(Ring<LonLat>& ring, const Snapper& snapper, Told& told) {
  Ring<LonLat> out;
  out.reserve(ring.size());
  const auto put = [&](LonLat p) {
    if (out.empty() || out.back() != p) out.push_back(p);
  };
  bool changed = false;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const LonLat p = ring[i], next = ring[i + 1 == ring.size() ? 0 : i + 1];
    const LonLat q = snapper.moved(p);
    if (q != p) {
      changed = true;
      ++told.vertices;
      const double far = apart(p, q);
      if (far > told.greatest) {
        told.greatest = far;
        told.at = p;
      }
    }
    put(q);
    for (const LonLat on : snapper.between(p, next)) {
      changed = true;
      ++told.added;
      if (!told.at) told.at = on;
      put(on);
    }
  }
  while (out.size() > 1 && out.front() == out.back()) out.pop_back();
  if (changed) ring = std::move(out);
}

}  // namespace

double almost_meeting(const Borders& b, double metres) {
  if (b.points.empty()) return 0;
  std::size_t loose = 0, shared = 0;
  for (std::uint32_t arc = 0; arc < b.arcs(); ++arc) {
    const std::size_t n = b.arc_first[arc + 1] - b.arc_first[arc] - 1;
    (loose_unit(b.sides[arc]) ? loose : shared) += n;
  }
  const std::size_t stride = loose / 50'000 + 1;
  struct Sample {
    LonLat at;
    std::uint32_t unit;
    bool near = false;
  };
  std::vector<Sample> samples;
  Cells cells(b.points.front(), std::max(metres, 50.0));
  std::size_t k = 0;
  for (std::uint32_t arc = 0; arc < b.arcs(); ++arc) {
    const auto unit = loose_unit(b.sides[arc]);
    if (!unit) continue;
    for (std::uint32_t i = b.arc_first[arc] + 1; i + 1 < b.arc_first[arc + 1]; ++i) {
      if (k++ % stride != 0) continue;
      cells.put(b.points[i], static_cast<std::uint32_t>(samples.size()));
      samples.push_back({b.points[i], *unit});
    }
  }
  for (std::uint32_t arc = 0; arc < b.arcs(); ++arc) {
    const auto unit = loose_unit(b.sides[arc]);
    if (!unit) continue;
    for (std::uint32_t i = b.arc_first[arc]; i + 1 < b.arc_first[arc + 1]; ++i) {
      const LonLat p = b.points[i], q = b.points[i + 1];
      cells.along(p, q, [&](std::uint32_t s) {
        Sample& sample = samples[s];
        if (sample.near || sample.unit == *unit || sample.at == p || sample.at == q) return;
        sample.near = beside(sample.at, p, q).metres <= metres;
      });
    }
  }
  const auto near =
      std::count_if(samples.begin(), samples.end(), [](const Sample& s) { return s.near; });
  // Both sides of what almost meets are loose; what is shared is there once.
  const double almost = static_cast<double>(near) * static_cast<double>(stride) / 2;
  return almost > 0 ? almost / (almost + static_cast<double>(shared)) : 0;
}

Issues snap(std::vector<NamedShape>& shapes, const Borders& borders, const std::string& file,
            double metres) {
  Issues issues;
  if (borders.points.empty() || metres <= 0) return issues;
  const Snapper snapper(borders, metres);
  if (!snapper.anything()) return issues;
  const Geos geos;
  for (NamedShape& named : shapes) {
    Told told;
    const GeoShape before = named.shape;
    for (auto& polygon : named.shape) {
      snap_ring(polygon.outer, snapper, told);
      for (auto& hole : polygon.holes) snap_ring(hole, snapper, told);
    }
    if (told.vertices + told.added == 0) continue;
    Issue& issue = issues.emplace_back();
    issue.severity = Severity::info;
    issue.message = msg("geo.snapped", told.vertices, told.greatest, told.added);
    if (!is_valid(geos, named.shape) && is_valid(geos, before)) {
      named.shape = before;
      issue.severity = Severity::warning;
      issue.message = msg("geo.snap_would_cross", metres);
    }
    issue.file = file;
    issue.row = named.row;
    issue.unit = named.label;
    issue.at = told.at;
  }
  return issues;
}

}  // namespace geo
