#include "geo/simplify.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <numbers>

namespace geo {
namespace {

double squared_distance(MapPoint p, MapPoint a, MapPoint b) {
  const double dx = b.x - a.x, dy = b.y - a.y;
  const double length2 = dx * dx + dy * dy;
  const double along =
      length2 > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length2, 0.0, 1.0) : 0.0;
  const double ex = p.x - (a.x + along * dx), ey = p.y - (a.y + along * dy);
  return ex * ex + ey * ey;
}

double weight_of(MapPoint p, MapPoint a, MapPoint b) {
  const double area = std::abs((a.x - p.x) * (b.y - p.y) - (b.x - p.x) * (a.y - p.y)) / 2;
  return std::max(area, squared_distance(p, a, b));
}

}  // namespace

GroundScale::GroundScale(std::span<const LonLat> line) {
  if (line.empty()) return;
  origin = line.front();
  double sum = 0;
  for (const LonLat p : line) sum += p.lat;
  const double lat = sum / static_cast<double>(line.size()) * std::numbers::pi / 180;
  // Radii of curvature of WGS 84.
  constexpr double a = 6378137, e2 = 6.69437999014e-3;
  const double w2 = 1 - e2 * std::sin(lat) * std::sin(lat);
  lon_metres = a / std::sqrt(w2) * std::cos(lat) * std::numbers::pi / 180;
  lat_metres = a * (1 - e2) / (w2 * std::sqrt(w2)) * std::numbers::pi / 180;
}

// The heap holds weight and point in one number: positive floats are ordered as their bits are, and
// equal weights go by position, so that the result does not depend on the heap. What a point
// weighs now is in `weights` until it is taken out; an entry that says otherwise is out of date.
void weigh_points(std::span<const LonLat> line, std::span<float> weights, WeightScratch& scratch) {
  const std::size_t n = line.size();
  constexpr float always = std::numeric_limits<float>::infinity();
  std::fill(weights.begin(), weights.end(), always);
  if (n < 3) return;
  auto& [metres, before, after, heap] = scratch;
  metres.resize(n);
  before.resize(n);
  after.resize(n);
  heap.clear();
  const GroundScale ground(line);
  std::transform(line.begin(), line.end(), metres.begin(), ground);
  const auto entry = [&](std::uint32_t i) {
    // One less than infinity, so that no inner point passes for an end.
    const auto weight = static_cast<float>(
        std::min(weight_of(metres[i], metres[before[i]], metres[after[i]]), 3e38));
    weights[i] = weight;
    return std::uint64_t{std::bit_cast<std::uint32_t>(weight)} << 32 | i;
  };
  before[n - 1] = static_cast<std::uint32_t>(n - 2);
  after[0] = 1;
  for (std::uint32_t i = 1; i + 1 < n; ++i) {
    before[i] = i - 1;
    after[i] = i + 1;
    heap.push_back(entry(i));
  }
  std::make_heap(heap.begin(), heap.end(), std::greater<>{});
  float heaviest = 0;
  constexpr std::uint32_t taken = UINT32_MAX;
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end(), std::greater<>{});
    const std::uint64_t least = heap.back();
    heap.pop_back();
    const auto i = static_cast<std::uint32_t>(least);
    const auto bits = static_cast<std::uint32_t>(least >> 32);
    if (after[i] == taken || bits != std::bit_cast<std::uint32_t>(weights[i])) continue;
    heaviest = std::max(heaviest, weights[i]);
    weights[i] = heaviest;
    const std::uint32_t a = before[i], b = after[i];
    after[i] = taken;
    after[a] = b;
    before[b] = a;
    for (const std::uint32_t k : {a, b}) {
      if (k == 0 || k + 1 == n) continue;
      const float was = weights[k];
      const std::uint64_t now = entry(k);
      if (std::bit_cast<std::uint32_t>(was) == now >> 32) continue;  // is in the heap already
      heap.push_back(now);
      std::push_heap(heap.begin(), heap.end(), std::greater<>{});
    }
  }
}

double greatest_deviation(std::span<const LonLat> line, std::span<const float> weights,
                          double least_weight) {
  const GroundScale ground(line);
  double greatest2 = 0;
  std::size_t from = 0;
  for (std::size_t to = 1; to < line.size(); ++to) {
    if (double{weights[to]} < least_weight) continue;
    if (to > from + 1) {
      const MapPoint a = ground(line[from]), b = ground(line[to]);
      for (std::size_t i = from + 1; i < to; ++i) {
        greatest2 = std::max(greatest2, squared_distance(ground(line[i]), a, b));
      }
    }
    from = to;
  }
  return std::sqrt(greatest2);
}

}  // namespace geo
