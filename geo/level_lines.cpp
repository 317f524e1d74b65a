#include "geo/level_lines.hpp"

#include <algorithm>
#include <tuple>

#include "geo/level_weights.hpp"
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

}  // namespace

LevelLines level_lines(const Borders& b, const FastProjection& projection, double least_weight,
                       const Progress& progress) {
  LevelLines out;
  const std::size_t arcs = b.arcs();
  const std::vector<double> least = level_weights(b, least_weight);
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
