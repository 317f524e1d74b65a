#include "geo/simplify.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <queue>

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

struct Entry {
  double weight;
  std::uint32_t point, turn;  ///< an entry of an earlier turn is out of date
  /// Equal weights go by position, so that the result does not depend on the heap.
  bool operator>(const Entry& o) const {
    return weight != o.weight ? weight > o.weight : point > o.point;
  }
};

}  // namespace

std::vector<double> visvalingam_weights(const std::vector<MapPoint>& points) {
  const std::size_t n = points.size();
  std::vector<double> weights(n, std::numeric_limits<double>::infinity());
  if (n < 3) return weights;
  std::vector<std::uint32_t> before(n), after(n), turn(n, 0);
  std::vector<Entry> entries;
  entries.reserve(n);
  for (std::uint32_t i = 1; i + 1 < n; ++i) {
    before[i] = i - 1;
    after[i] = i + 1;
    entries.push_back({weight_of(points[i], points[i - 1], points[i + 1]), i, 0});
  }
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> heap(std::greater<>{},
                                                                      std::move(entries));
  after[0] = 1;
  before[n - 1] = static_cast<std::uint32_t>(n - 2);
  double heaviest = 0;
  while (!heap.empty()) {
    const Entry least = heap.top();
    heap.pop();
    const std::uint32_t i = least.point;
    if (least.turn != turn[i]) continue;
    heaviest = std::max(heaviest, least.weight);
    weights[i] = heaviest;
    ++turn[i];
    const std::uint32_t a = before[i], b = after[i];
    after[a] = b;
    before[b] = a;
    for (const std::uint32_t k : {a, b}) {
      if (k == 0 || k + 1 == n) continue;
      heap.push({weight_of(points[k], points[before[k]], points[after[k]]), k, ++turn[k]});
    }
  }
  return weights;
}

double greatest_deviation(const std::vector<MapPoint>& points, const std::vector<double>& weights,
                          double least_weight) {
  double greatest2 = 0;
  std::size_t from = 0;
  for (std::size_t to = 1; to < points.size(); ++to) {
    if (weights[to] < least_weight) continue;
    for (std::size_t i = from + 1; i < to; ++i) {
      greatest2 = std::max(greatest2, squared_distance(points[i], points[from], points[to]));
    }
    from = to;
  }
  return std::sqrt(greatest2);
}

}  // namespace geo
