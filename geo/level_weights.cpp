#include "geo/level_weights.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <utility>

#include "geo/edge_crossings.hpp"
#include "geo/parallel.hpp"

namespace geo {
namespace {

/// The points that arcs keep, as borders that can be asked whether they cross.
struct Kept {
  std::vector<double> least_weights;
  std::vector<std::uint32_t> first;
  std::vector<LonLat> points;

  /// `before` with other points only on arcs that have another least weight now; null: all anew.
  Kept(const Borders& b, const std::vector<double>& least, const Kept* before)
      : least_weights(least) {
    first.reserve(b.arcs() + 1);
    first.push_back(0);
    for (std::size_t arc = 0; arc < b.arcs(); ++arc) {
      if (before != nullptr && before->least_weights[arc] == least[arc]) {
        const auto same = before->of(arc);
        points.insert(points.end(), same.begin(), same.end());
      } else {
        for (std::size_t i = b.arc_first[arc]; i < b.arc_first[arc + 1]; ++i) {
          if (double{b.weights[i]} >= least[arc]) points.push_back(b.points[i]);
        }
      }
      first.push_back(static_cast<std::uint32_t>(points.size()));
    }
  }
  std::span<const LonLat> of(std::size_t arc) const {
    return std::span(points).subspan(first[arc], first[arc + 1] - first[arc]);
  }
  /// Both sides of a pocket that closes up lie on top of each other, and may.
  bool are_a_pocket(std::size_t a, std::size_t b) const {
    const auto x = of(a), y = of(b);
    return x.size() == 2 && y.size() == 2 && std::minmax(x[0], x[1]) == std::minmax(y[0], y[1]);
  }
};

struct Extent {
  double south = 1e300, north = -1e300, east = -1e300;
};

/// What lies around islets and lakes: rings of one arc that touch nothing else.
class Islets {
 public:
  Islets(const Borders& b, const Kept& kept) : b_(b), kept_(kept), extents_(b.arcs()) {
    for (std::uint32_t arc = 0; arc < b.arcs(); ++arc) {
      for (const LonLat p : kept.of(arc)) {
        Extent& e = extents_[arc];
        e = {std::min(e.south, p.lat), std::max(e.north, p.lat), std::max(e.east, p.lon)};
      }
      const auto line = kept.of(arc);
      if (line.size() >= 4 && line.front() == line.back()) islets_.push_back(arc);
      south_ = std::min(south_, extents_[arc].south);
      north_ = std::max(north_, extents_[arc].north);
    }
    for (std::uint32_t arc = 0; arc < b.arcs(); ++arc) {
      if (extents_[arc].south > extents_[arc].north) continue;
      for (std::size_t i = band(extents_[arc].south); i <= band(extents_[arc].north); ++i) {
        bands_[i].push_back(arc);
      }
    }
  }

  /// Arcs between an islet and the wrong unit, and the islets: simplified, a shore has passed over.
  std::vector<std::uint32_t> swallowed() const {
    std::vector<std::vector<std::uint32_t>> found(thread_count());
    in_parallel(islets_.size(), {}, {}, [&](std::size_t thread, std::size_t i) {
      const std::uint32_t arc = islets_[i];
      const Shore shore = east_of(arc, easternmost(arc));
      const bool left_is_inside = turns_left(arc);
      const std::uint32_t says = left_is_inside ? b_.sides[arc].right : b_.sides[arc].left;
      if (shore.unit == says) return;
      found[thread].push_back(arc);
      if (shore.arc != UINT32_MAX) found[thread].push_back(shore.arc);
    });
    std::vector<std::uint32_t> all;
    for (const auto& part : found) all.insert(all.end(), part.begin(), part.end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }

 private:
  struct Shore {
    std::uint32_t arc = UINT32_MAX, unit = UINT32_MAX;
    double lon = 1e300;
  };

  /// Bands of latitude, so that an islet is held against few arcs.
  std::size_t band(double lat) const {
    const double share = (lat - south_) / (north_ - south_);
    if (!(share > 0)) return 0;
    return static_cast<std::size_t>(std::min(share, 1.0) * static_cast<double>(bands_.size() - 1));
  }
  LonLat easternmost(std::uint32_t arc) const {
    const auto line = kept_.of(arc);
    return *std::max_element(line.begin(), line.end());
  }
  bool turns_left(std::uint32_t arc) const {
    const auto line = kept_.of(arc);
    double twice = 0;
    for (std::size_t i = 1; i + 1 < line.size(); ++i) {
      twice += (line[i].lon - line[0].lon) * (line[i + 1].lat - line[0].lat) -
               (line[i + 1].lon - line[0].lon) * (line[i].lat - line[0].lat);
    }
    return twice > 0;
  }
  /// The nearest border straight east of a place, and the unit on its western side.
  Shore east_of(std::uint32_t own, LonLat p) const {
    Shore best;
    for (const std::uint32_t arc : bands_[band(p.lat)]) {
      const Extent& e = extents_[arc];
      if (arc == own || e.south > p.lat || e.north <= p.lat || e.east < p.lon) continue;
      const auto line = kept_.of(arc);
      for (std::size_t i = 1; i < line.size(); ++i) {
        const LonLat a = line[i - 1], c = line[i];
        if ((a.lat > p.lat) == (c.lat > p.lat)) continue;
        const double lon = a.lon + (c.lon - a.lon) * ((p.lat - a.lat) / (c.lat - a.lat));
        if (lon < p.lon || lon >= best.lon) continue;
        best = {arc, c.lat > a.lat ? b_.sides[arc].left : b_.sides[arc].right, lon};
      }
    }
    return best;
  }

  const Borders& b_;
  const Kept& kept_;
  std::vector<Extent> extents_;
  std::vector<std::uint32_t> islets_;
  double south_ = 1e300, north_ = -1e300;
  std::vector<std::vector<std::uint32_t>> bands_{512};  ///< arcs by band
};

}  // namespace

std::vector<double> level_weights(const Borders& b, double least_weight) {
  std::vector<double> least(b.arcs(), least_weight);
  if (least_weight <= 0) return least;
  constexpr int rounds = 5;
  std::optional<Kept> before;
  for (int round = 1; round <= rounds; ++round) {
    Kept kept(b, least, before ? &*before : nullptr);
    Borders level = b;
    level.points = kept.points;
    level.arc_first = kept.first;
    std::vector<std::uint32_t> wrong = Islets(b, kept).swallowed();
    for (const auto& [x, y] : crossing_arcs(level)) {
      if (!kept.are_a_pocket(x, y)) wrong.insert(wrong.end(), {x, y});
    }
    bool better = false;
    for (const std::uint32_t arc : wrong) {
      better = better || least[arc] > 0;
      least[arc] = round < rounds ? least_weight / std::pow(16, round) : 0;
    }
    if (!better) break;
    before = std::move(kept);
  }
  return least;
}

}  // namespace geo
