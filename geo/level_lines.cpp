#include "geo/level_lines.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "geo/edge_crossings.hpp"
#include "geo/parallel.hpp"
#include "geo/simplify.hpp"

namespace geo {
namespace {

/// An arc that a level leaves as one straight line between its junctions.
struct Straight {
  MapPoint a, b;  ///< a < b
  Sides sides;    ///< from a to b
  std::uint32_t arc = 0;
  bool turned = false;
};

void close_pockets(LevelLines& lines, std::span<const Parents> parents) {
  std::vector<Straight> arcs;
  for (std::uint32_t i = 0; i < lines.sides.size(); ++i) {
    const auto points = lines.of(i);
    Sides sides = lines.sides[i];
    if (points.size() != 2 || sides.left == sides.right) continue;
    const bool turned = points[1] < points[0];
    if (turned) std::swap(sides.left, sides.right);
    arcs.push_back({points[turned ? 1 : 0], points[turned ? 0 : 1], sides, i, turned});
  }
  const auto key = [](const Straight& s) { return std::tuple(s.a, s.b, s.arc); };
  std::sort(arcs.begin(), arcs.end(),
            [&](const auto& x, const auto& y) { return key(x) < key(y); });
  for (std::size_t i = 0; i < arcs.size();) {
    Straight whole = arcs[i++];
    bool several = false;
    for (; i < arcs.size() && arcs[i].a == whole.a && arcs[i].b == whole.b; ++i) {
      if (whole.sides.right == arcs[i].sides.left) {
        whole.sides.right = arcs[i].sides.right;
      } else {
        whole.sides.left = arcs[i].sides.left;
      }
      lines.sides[arcs[i].arc] = {};
      several = true;
    }
    if (!several) continue;
    lines.ranks[whole.arc] = rank_between(parents, whole.sides);
    if (whole.turned) std::swap(whole.sides.left, whole.sides.right);
    lines.sides[whole.arc] = whole.sides;
  }
}

/// The points that arcs keep, as borders that can be asked whether they cross.
struct Kept {
  std::vector<std::uint32_t> first;
  std::vector<LonLat> points;

  Kept(const Borders& b, const std::vector<double>& least) {
    first.reserve(b.arcs() + 1);
    first.push_back(0);
    for (std::size_t arc = 0; arc < b.arcs(); ++arc) {
      for (std::size_t i = b.arc_first[arc]; i < b.arc_first[arc + 1]; ++i) {
        if (double{b.weights[i]} >= least[arc]) points.push_back(b.points[i]);
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

/// The least weight by arc. Arcs that would cross at the level keep more than others, in the end
/// everything: at full detail nothing crosses that did not cross before.
std::vector<double> least_weights(const Borders& b, double least_weight) {
  std::vector<double> least(b.arcs(), least_weight);
  if (least_weight <= 0) return least;
  constexpr int rounds = 5;
  for (int round = 1; round <= rounds; ++round) {
    const Kept kept(b, least);
    Borders level = b;
    level.points = kept.points;
    level.arc_first = kept.first;
    bool crossing = false;
    for (const auto& [x, y] : crossing_arcs(level)) {
      if (kept.are_a_pocket(x, y)) continue;
      crossing = crossing || least[x] > 0 || least[y] > 0;
      for (const std::uint32_t arc : {x, y}) {
        least[arc] = round < rounds ? least_weight / std::pow(16, round) : 0;
      }
    }
    if (!crossing) break;
  }
  return least;
}

}  // namespace

LevelLines level_lines(const Borders& b, const FastProjection& projection, double least_weight,
                       const Progress& progress) {
  LevelLines out;
  const std::size_t arcs = b.arcs();
  const std::vector<double> least = least_weights(b, least_weight);
  const auto kept = [&](std::size_t arc, std::size_t i) {
    return double{b.weights[i]} >= least[arc];
  };
  out.first.reserve(arcs + 1);
  out.first.push_back(0);
  for (std::size_t arc = 0; arc < arcs; ++arc) {
    std::uint32_t n = out.first.back();
    for (std::size_t i = b.arc_first[arc]; i < b.arc_first[arc + 1]; ++i)
      n += kept(arc, i) ? 1U : 0U;
    out.first.push_back(n);
  }
  out.points.resize(out.first.back());
  std::vector<double> deviation(thread_count(), 0);
  in_parallel(arcs, progress, msg("geo.projecting_land"), [&](std::size_t thread, std::size_t arc) {
    const std::size_t begin = b.arc_first[arc], end = b.arc_first[arc + 1];
    MapPoint* to = out.points.data() + out.first[arc];
    for (std::size_t i = begin; i < end; ++i) {
      if (kept(arc, i)) *to++ = projection.to_map(b.points[i]);
    }
    if (least[arc] <= 0) return;
    deviation[thread] = std::max(
        deviation[thread], greatest_deviation(b.points.subspan(begin, end - begin),
                                              b.weights.subspan(begin, end - begin), least[arc]));
  });
  out.tolerance = *std::max_element(deviation.begin(), deviation.end());
  out.sides.assign(b.sides.begin(), b.sides.end());
  out.ranks.assign(b.ranks.begin(), b.ranks.end());
  close_pockets(out, b.parents);
  return out;
}

}  // namespace geo
