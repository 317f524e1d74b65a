#include "geo/borders.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/cut.hpp"
#include "geo/parallel.hpp"
#include "geo/simplify.hpp"

namespace geo {
namespace {

std::size_t arc_index(std::int32_t step) {
  return static_cast<std::size_t>(step > 0 ? step - 1 : -step - 1);
}

constexpr float always = std::numeric_limits<float>::infinity();

/// A ring of one arc keeps two inner points of it, a ring of two arcs keeps one, at any level:
/// a triangle. Said in the weights, so that both sides of the arc keep the same points.
void keep_a_triangle(std::span<const std::int32_t> steps, BorderArrays& b) {
  if (steps.empty() || steps.size() > 2) return;
  for (std::size_t missing = 3 - steps.size(); missing > 0; --missing) {
    float* heaviest = nullptr;
    std::size_t kept = 0;
    for (const std::int32_t step : steps) {
      const std::size_t arc = arc_index(step);
      for (std::size_t i = b.arc_first[arc] + 1; i + 1 < b.arc_first[arc + 1]; ++i) {
        if (b.weights[i] == always) {
          ++kept;
        } else if (heaviest == nullptr || b.weights[i] > *heaviest) {
          heaviest = &b.weights[i];
        }
      }
    }
    if (kept + steps.size() >= 3 || heaviest == nullptr) return;
    *heaviest = always;
  }
}

void weigh(BorderArrays& b, const Progress& progress) {
  b.weights.resize(b.points.size());
  std::vector<WeightScratch> scratch(thread_count());
  in_parallel(b.sides.size(), progress, msg("geo.weighing_points"),
              [&](std::size_t thread, std::size_t arc) {
                const std::size_t first = b.arc_first[arc], n = b.arc_first[arc + 1] - first;
                const std::span<const LonLat> points(b.points.data() + first, n);
                weigh_points(points, std::span(b.weights.data() + first, n), scratch[thread]);
              });
  for (const Borders::Ring& ring : b.rings) {
    keep_a_triangle({b.steps.data() + ring.first_step, ring.steps}, b);
  }
}

void bound(BorderArrays& b) {
  const auto down = [](double v) {
    const auto f = static_cast<float>(v);
    return double{f} > v ? std::nextafter(f, -always) : f;
  };
  b.stretch_first.reserve(b.arc_first.size());
  for (std::size_t arc = 0; arc < b.sides.size(); ++arc) {
    b.stretch_first.push_back(static_cast<std::uint32_t>(b.stretches.size()));
    const std::size_t last = b.arc_first[arc + 1] - 1;
    for (std::size_t i = b.arc_first[arc]; i < last; i += stretch_edges) {
      LonLat low = b.points[i], high = low;
      for (std::size_t k = i + 1; k <= std::min(i + stretch_edges, last); ++k) {
        const LonLat p = b.points[k];
        low = {std::min(low.lon, p.lon), std::min(low.lat, p.lat)};
        high = {std::max(high.lon, p.lon), std::max(high.lat, p.lat)};
      }
      b.stretches.push_back({down(low.lon), down(low.lat), -down(-high.lon), -down(-high.lat)});
    }
  }
  b.stretch_first.push_back(static_cast<std::uint32_t>(b.stretches.size()));
}

}  // namespace

BorderRank rank_between(std::span<const Parents> parents, Sides sides) {
  if (sides.left == UINT32_MAX || sides.right == UINT32_MAX) return BorderRank::province;
  if (sides.left >= parents.size() || sides.right >= parents.size()) return BorderRank::commune;
  const auto differ = [](std::uint32_t a, std::uint32_t b) { return a != b || a == UINT32_MAX; };
  const Parents &left = parents[sides.left], &right = parents[sides.right];
  if (differ(left.province, right.province)) return BorderRank::province;
  return differ(left.district, right.district) ? BorderRank::district : BorderRank::commune;
}

Borders build_borders(std::span<const GeoShape> shapes, std::span<const Parents> parents,
                      const Progress& progress) {
  progress.at(0, msg("geo.cutting_borders"));
  auto arrays = std::make_shared<BorderArrays>(cut_into_arcs(shapes));
  arrays->parents.assign(parents.begin(), parents.end());
  weigh(*arrays, progress.part(0.5, 1));
  bound(*arrays);
  arrays->ranks.reserve(arrays->sides.size());
  for (const Sides sides : arrays->sides) arrays->ranks.push_back(rank_between(parents, sides));
  Borders out;
  out.points = arrays->points;
  out.arc_first = arrays->arc_first;
  out.sides = arrays->sides;
  out.ranks = arrays->ranks;
  out.weights = arrays->weights;
  out.rings = arrays->rings;
  out.unit_first = arrays->unit_first;
  out.steps = arrays->steps;
  out.parents = arrays->parents;
  out.stretches = arrays->stretches;
  out.stretch_first = arrays->stretch_first;
  out.memory = std::move(arrays);
  return out;
}

GeoShape shape_of(const Borders& b, std::uint32_t unit, double least_weight) {
  GeoShape out;
  if (unit >= b.units()) return out;
  const auto ring_of = [&](const Borders::Ring& ring) {
    Ring<LonLat> points;
    for (const std::int32_t step : b.steps.subspan(ring.first_step, ring.steps)) {
      const std::size_t arc = arc_index(step);
      const std::size_t first = b.arc_first[arc], last = b.arc_first[arc + 1] - 1;
      for (std::size_t k = 0; k < last - first; ++k) {  // its last point begins the next arc
        const std::size_t i = step > 0 ? first + k : last - k;
        if (double{b.weights[i]} >= least_weight) points.push_back(b.points[i]);
      }
    }
    return points;
  };
  std::uint32_t polygon = UINT32_MAX;
  for (std::uint32_t r = b.unit_first[unit]; r < b.unit_first[unit + 1]; ++r) {
    const Borders::Ring& ring = b.rings[r];
    if (ring.polygon != polygon) {
      polygon = ring.polygon;
      out.push_back({ring_of(ring), {}});
    } else {
      out.back().holes.push_back(ring_of(ring));
    }
  }
  return out;
}

}  // namespace geo
