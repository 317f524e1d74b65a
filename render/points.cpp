#include "render/points.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>

namespace render {
namespace {

constexpr std::uint32_t most_in_block = 1024;
/// Between symbols that are drawn, logical pixels: the largest is 15 wide.
constexpr double apart = 15;
constexpr double coarsest = 131'072, finest = 60;  // metres between points of a rank
constexpr double step = 1.4142135623730951;

/// Which point lies in a cell of a grid whose cells hold one at most: open addressing, since it is
/// asked millions of times.
class Cells {
 public:
  explicit Cells(std::size_t most) {
    std::size_t size = 64;
    while (size < 2 * most + 2) size *= 2;
    slots_.assign(size, {});
  }
  std::uint32_t find(std::int64_t x, std::int64_t y) const { return slots_[slot(x, y)].point; }
  void put(std::int64_t x, std::int64_t y, std::uint32_t point) {
    slots_[slot(x, y)] = {x, y, point};
  }
  static constexpr std::uint32_t none = UINT32_MAX;

 private:
  struct Slot {
    std::int64_t x = 0, y = 0;
    std::uint32_t point = none;
  };
  std::size_t slot(std::int64_t x, std::int64_t y) const {
    std::uint64_t hash = static_cast<std::uint64_t>(x) * 0x9e3779b97f4a7c15U ^
                         static_cast<std::uint64_t>(y) * 0xc2b2ae3d27d4eb4fU;
    hash ^= hash >> 29U;
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = static_cast<std::size_t>(hash) & mask;
    while (slots_[at].point != none && (slots_[at].x != x || slots_[at].y != y))
      at = (at + 1) & mask;
    return at;
  }
  std::vector<Slot> slots_;
};

/// Takes, in the order of `waiting`, every point that no taken one is nearer to than `distance`;
/// answers the others.
std::vector<std::uint32_t> take_apart(const std::vector<PointPlace>& places, double distance,
                                      const std::vector<std::uint32_t>& waiting, std::size_t rank,
                                      std::vector<std::uint32_t>& taken,
                                      std::vector<std::uint32_t>& ranks) {
  Cells cells(taken.size() + waiting.size());
  const double side = distance / step;  // of a cell: two points in one are too near
  const auto cell = [side](double v) { return static_cast<std::int64_t>(std::floor(v / side)); };
  for (const std::uint32_t p : taken) cells.put(cell(places[p].at.x), cell(places[p].at.y), p);
  std::vector<std::uint32_t> left;
  for (const std::uint32_t p : waiting) {
    const geo::MapPoint at = places[p].at;
    const std::int64_t x = cell(at.x), y = cell(at.y);
    bool near = cells.find(x, y) != Cells::none;
    for (std::int64_t dy = -2; dy <= 2 && !near; ++dy) {
      for (std::int64_t dx = -2; dx <= 2 && !near; ++dx) {
        const std::uint32_t other = cells.find(x + dx, y + dy);
        near = other != Cells::none &&
               std::hypot(places[other].at.x - at.x, places[other].at.y - at.y) < distance;
      }
    }
    if (near) {
      left.push_back(p);
      continue;
    }
    cells.put(x, y, p);
    taken.push_back(p);
    ranks[p] = static_cast<std::uint32_t>(rank);
  }
  return left;
}

/// Halves along the longer side until blocks are small enough.
void split(const std::vector<PointPlace>& places, std::vector<std::uint32_t>& order,
           std::size_t first, std::size_t last, std::vector<PointCloud::Block>& blocks) {
  PointCloud::Block block;
  for (std::size_t i = first; i < last; ++i) block.box.add(places[order[i]].at);
  if (last - first <= most_in_block) {
    block.first = static_cast<std::uint32_t>(first);
    block.upto.push_back(static_cast<std::uint32_t>(last - first));
    blocks.push_back(std::move(block));
    return;
  }
  const bool across = block.box.width() > block.box.height();
  const auto at = [&order](std::size_t i) {
    return order.begin() + static_cast<std::ptrdiff_t>(i);
  };
  const std::size_t middle = first + (last - first) / 2;
  std::nth_element(at(first), at(middle), at(last), [&](std::uint32_t a, std::uint32_t b) {
    return across ? places[a].at.x < places[b].at.x : places[a].at.y < places[b].at.y;
  });
  split(places, order, first, middle, blocks);
  split(places, order, middle, last, blocks);
}

bool shown(const PointLayer& layer, const PointCloud::Point& point) {
  return layer.units_shown.empty() ||
         (point.unit < layer.units_shown.size() && layer.units_shown[point.unit] != 0);
}

bool within(const geo::Box& inner, const geo::Box& outer) {
  return inner.min.x >= outer.min.x && inner.min.y >= outer.min.y && inner.max.x <= outer.max.x &&
         inner.max.y <= outer.max.y;
}

}  // namespace

double reach_of(const PointStyle& style) {
  if (style.around != PointStyle::Around::nothing) return 7.5;
  return style.small ? 3.4 : 4.6;
}

std::size_t PointCloud::rank_for(double metres) const {
  const auto at = std::partition_point(distances.begin(), distances.end(),
                                       [metres](double distance) { return distance >= metres; });
  if (at == distances.begin()) return 0;
  // Nearer than the finest distance nothing is left out any more.
  const auto rank = static_cast<std::size_t>(at - distances.begin()) - 1;
  return rank + 2 == distances.size() && metres <= distances[rank] / step ? rank + 1 : rank;
}

geo::MapPoint PointCloud::at(std::uint32_t point) const {
  return {origin.x + static_cast<double>(points[point].x),
          origin.y + static_cast<double>(points[point].y)};
}

PointCloud make_cloud(const std::vector<PointPlace>& places) {
  static std::atomic<std::uint64_t> last{0};
  PointCloud cloud;
  cloud.version = ++last;
  std::vector<std::uint32_t> order(places.size());
  std::iota(order.begin(), order.end(), 0U);
  std::vector<std::uint32_t> waiting = order, taken, ranks(places.size());
  std::stable_sort(waiting.begin(), waiting.end(), [&](std::uint32_t a, std::uint32_t b) {
    return places[a].priority > places[b].priority;
  });
  for (double distance = coarsest; distance >= finest && !waiting.empty(); distance /= step) {
    waiting = take_apart(places, distance, waiting, cloud.distances.size(), taken, ranks);
    cloud.distances.push_back(distance);
  }
  for (const std::uint32_t p : waiting) {
    ranks[p] = static_cast<std::uint32_t>(cloud.distances.size());
  }
  cloud.distances.push_back(0);

  geo::Box bounds;
  for (const PointPlace& place : places) bounds.add(place.at);
  if (!bounds.empty()) {
    cloud.origin = bounds.centre();
    split(places, order, 0, order.size(), cloud.blocks);
  }
  for (PointCloud::Block& block : cloud.blocks) {
    const auto first = order.begin() + block.first, end = first + block.upto[0];
    std::sort(first, end, [&](std::uint32_t a, std::uint32_t b) {
      return ranks[a] != ranks[b] ? ranks[a] < ranks[b] : a < b;
    });
    block.upto.assign(cloud.distances.size(), 0);
    for (auto p = first; p != end; ++p) ++block.upto[ranks[*p]];
    std::partial_sum(block.upto.begin(), block.upto.end(), block.upto.begin());
  }
  for (const std::uint32_t p : order) {
    const PointPlace& place = places[p];
    cloud.points.push_back({static_cast<float>(place.at.x - cloud.origin.x),
                            static_cast<float>(place.at.y - cloud.origin.y), place.unit,
                            std::min<std::uint32_t>(place.state, most_point_states - 1)});
  }
  cloud.source = std::move(order);
  return cloud;
}

bool drawn_at(const PointLayer& layer, double metres_per_pixel, double pixel_ratio) {
  return layer.cloud && !layer.cloud->points.empty() && metres_per_pixel > 0 &&
         metres_per_pixel * pixel_ratio <= layer.farthest;
}

std::size_t rank_at(const PointLayer& layer, double metres_per_pixel, double pixel_ratio) {
  return layer.cloud->rank_for(apart * metres_per_pixel * pixel_ratio);
}

PointsInView points_in_view(const PointLayer& layer, const Camera& camera, double pixel_ratio) {
  PointsInView out;
  if (!layer.cloud || !(camera.metres_per_pixel > 0)) return out;
  const PointCloud& cloud = *layer.cloud;
  const std::size_t rank = rank_at(layer, camera.metres_per_pixel, pixel_ratio);
  const bool drawn = drawn_at(layer, camera.metres_per_pixel, pixel_ratio);
  const geo::Box view = camera.view();
  for (const PointCloud::Block& block : cloud.blocks) {
    if (!block.box.intersects(view)) continue;
    const std::uint32_t some = drawn ? block.upto[rank] : 0, all = block.upto.back();
    if (layer.units_shown.empty() && within(block.box, view)) {
      out.drawn += some;
      out.all += all;
      continue;
    }
    for (std::uint32_t i = 0; i < all; ++i) {
      const geo::MapPoint p = cloud.at(block.first + i);
      if (!view.contains(p) || !shown(layer, cloud.points[block.first + i])) continue;
      ++out.all;
      out.drawn += i < some ? 1 : 0;
    }
  }
  return out;
}

std::optional<std::uint32_t> point_at(const PointLayer& layer, const Camera& camera,
                                      double pixel_ratio, PixelPoint pixel) {
  if (!drawn_at(layer, camera.metres_per_pixel, pixel_ratio)) return std::nullopt;
  const PointCloud& cloud = *layer.cloud;
  const std::size_t rank = rank_at(layer, camera.metres_per_pixel, pixel_ratio);
  const double scale = camera.metres_per_pixel * pixel_ratio;
  const geo::MapPoint at = camera.to_map(pixel);
  geo::Box near;
  near.add(geo::MapPoint{at.x - apart * scale, at.y - apart * scale});
  near.add(geo::MapPoint{at.x + apart * scale, at.y + apart * scale});
  std::optional<std::uint32_t> found;
  double least = std::numeric_limits<double>::infinity();
  for (const PointCloud::Block& block : cloud.blocks) {
    if (!block.box.intersects(near)) continue;
    for (std::uint32_t i = block.first; i < block.first + block.upto[rank]; ++i) {
      const geo::MapPoint p = cloud.at(i);
      const double distance = std::hypot(p.x - at.x, p.y - at.y) / scale;
      // A hand is not surer than two pixels.
      const double reach = reach_of(layer.styles[cloud.points[i].state]) + 2;
      if (distance > reach || distance >= least || !shown(layer, cloud.points[i])) continue;
      least = distance;
      found = i;
    }
  }
  return found;
}

}  // namespace render
