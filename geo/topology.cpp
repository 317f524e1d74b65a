#include "geo/topology.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <span>

#include "geo/simplify.hpp"

namespace geo {
namespace {

using VertexId = std::uint32_t;
constexpr VertexId none = UINT32_MAX;

std::uint64_t mixed(std::uint64_t h) {
  h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9ULL;
  h = (h ^ (h >> 27)) * 0x94d049bb133111ebULL;
  return h ^ (h >> 31);
}

/// Open addressing over 32-bit slots: seven million vertices would cost a node each in
/// std::unordered_map, and most of the time of the whole build.
class Slots {
 public:
  explicit Slots(std::size_t entries)
      : slots_(std::bit_ceil(std::max<std::size_t>(16, entries * 2)), none) {}

  /// The entry with this hash for which `same` holds, else `next` put in its place.
  template <class Same>
  std::uint32_t find_or_put(std::uint64_t hash, std::uint32_t next, Same same) {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
      if (slots_[i] == none) return slots_[i] = next;
      if (same(slots_[i])) return slots_[i];
    }
  }
  template <class Same>
  std::uint32_t find(std::uint64_t hash, Same same) const {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = hash & mask; slots_[i] != none; i = (i + 1) & mask) {
      if (same(slots_[i])) return slots_[i];
    }
    return none;
  }

 private:
  std::vector<std::uint32_t> slots_;
};

/// Equal points (bit for bit) under one number.
struct Vertices {
  std::vector<MapPoint> points;
  /// Neighbours along the first ring that came through; a second ring with others makes a junction.
  std::vector<std::array<VertexId, 2>> neighbours;
  std::vector<bool> junction;
};

struct RingIds {
  std::vector<VertexId> ids;
};

std::size_t count_points(const std::vector<MapShape>& units) {
  std::size_t n = 0;
  for (const auto& shape : units) {
    for (const auto& polygon : shape) {
      n += polygon.outer.size();
      for (const auto& hole : polygon.holes) n += hole.size();
    }
  }
  return n;
}

class Cutter {
 public:
  explicit Cutter(std::size_t point_count)
      // An arc may be as short as one edge, and has two entries: always fewer than the slots.
      : vertex_slots_(point_count), arc_slots_(point_count + 8) {
    vertices_.points.reserve(point_count / 2);
  }

  void add_ring(const Ring<MapPoint>& ring) {
    auto& ids = rings_.emplace_back().ids;
    ids.reserve(ring.size());
    for (MapPoint p : ring) {
      const VertexId id = vertex(p);
      if (ids.empty() || ids.back() != id) ids.push_back(id);
    }
    while (ids.size() > 1 && ids.front() == ids.back()) ids.pop_back();
    if (ids.size() < 3) ids.clear();
    const std::size_t n = ids.size();
    for (std::size_t i = 0; i < n; ++i) {
      meet(ids[i], ids[(i + n - 1) % n], ids[(i + 1) % n]);
    }
  }

  /// Rings in the order they were added. `inside_left`: the unit lies left of the ring's direction.
  ArcRing cut(std::size_t ring, UnitIndex unit, bool inside_left, std::vector<Arc>& arcs) {
    ArcRing out;
    std::vector<VertexId>& ids = rings_[ring].ids;
    if (ids.empty()) return out;
    const auto first = std::find_if(ids.begin(), ids.end(),
                                    [this](VertexId id) { return vertices_.junction[id]; });
    // Without a junction the ring is one arc; both its users must start it at the same vertex.
    const auto start =
        first != ids.end()
            ? first
            : std::min_element(ids.begin(), ids.end(), [this](VertexId a, VertexId b) {
                return vertices_.points[a] < vertices_.points[b];
              });
    std::rotate(ids.begin(), start, ids.end());
    ids.push_back(ids.front());
    for (std::size_t from = 0; from + 1 < ids.size();) {
      std::size_t to = from + 1;
      while (to + 1 < ids.size() && !vertices_.junction[ids[to]]) ++to;
      const std::int32_t step = arc_of({ids.data() + from, to - from + 1}, arcs);
      Arc& arc = arcs[static_cast<std::size_t>(step > 0 ? step - 1 : -step - 1)];
      UnitIndex& side = (step > 0) == inside_left ? arc.left : arc.right;
      if (!side.valid()) side = unit;  // taken already where units overlap
      out.steps.push_back(step);
      from = to;
    }
    ids = {};
    return out;
  }

 private:
  VertexId vertex(MapPoint p) {
    p = {p.x + 0.0, p.y + 0.0};  // -0.0 and 0.0 are one place
    const std::uint64_t hash =
        mixed(std::bit_cast<std::uint64_t>(p.x) * 31 + mixed(std::bit_cast<std::uint64_t>(p.y)));
    const auto next = static_cast<VertexId>(vertices_.points.size());
    const VertexId id = vertex_slots_.find_or_put(
        hash, next, [&](VertexId other) { return vertices_.points[other] == p; });
    if (id == next) {
      vertices_.points.push_back(p);
      vertices_.neighbours.push_back({none, none});
      vertices_.junction.push_back(false);
    }
    return id;
  }

  void meet(VertexId v, VertexId before, VertexId after) {
    const std::array<VertexId, 2> pair{std::min(before, after), std::max(before, after)};
    auto& known = vertices_.neighbours[v];
    if (known[0] == none) {
      known = pair;
    } else if (known != pair) {
      vertices_.junction[v] = true;
    }
  }

  static std::uint64_t edge_hash(VertexId a, VertexId b) {
    return mixed((std::uint64_t{a} << 32) | b);
  }

  bool runs_along(std::uint32_t entry, std::span<const VertexId> ids) const {
    const std::vector<VertexId>& arc = arc_ids_[entry / 2];
    if (arc.size() != ids.size()) return false;
    return entry % 2 == 0 ? std::equal(ids.begin(), ids.end(), arc.begin())
                          : std::equal(ids.begin(), ids.end(), arc.rbegin());
  }

  /// Entries are 2·arc (+1 when run backwards), found by their first directed edge.
  std::int32_t arc_of(std::span<const VertexId> ids, std::vector<Arc>& arcs) {
    const auto same = [&](std::uint32_t entry) { return runs_along(entry, ids); };
    const std::uint32_t found = arc_slots_.find(edge_hash(ids[0], ids[1]), same);
    if (found != none) {
      const auto arc = static_cast<std::int32_t>(found / 2);
      return found % 2 == 0 ? 1 + arc : -1 - arc;
    }
    const auto number = static_cast<std::uint32_t>(arcs.size());
    arc_ids_.emplace_back(ids.begin(), ids.end());
    const auto never = [](std::uint32_t) { return false; };
    arc_slots_.find_or_put(edge_hash(ids[0], ids[1]), number * 2, never);
    arc_slots_.find_or_put(edge_hash(ids.back(), ids[ids.size() - 2]), number * 2 + 1, never);
    Arc& arc = arcs.emplace_back();
    arc.points.reserve(ids.size());
    for (VertexId id : ids) arc.points.push_back(vertices_.points[id]);
    return 1 + static_cast<std::int32_t>(number);
  }

  Vertices vertices_;
  Slots vertex_slots_, arc_slots_;
  std::vector<RingIds> rings_;
  std::vector<std::vector<VertexId>> arc_ids_;
};

std::size_t arc_index(std::int32_t step) {
  return static_cast<std::size_t>(step > 0 ? step - 1 : -step - 1);
}

constexpr double always = std::numeric_limits<double>::infinity();

/// A ring of one arc keeps two inner points of it, a ring of two arcs keeps one, at any level:
/// a triangle. Said in the weights, so that both sides of the arc keep the same points.
void keep_a_triangle(const ArcRing& ring, std::vector<Arc>& arcs) {
  if (ring.steps.empty() || ring.steps.size() > 2) return;
  for (std::size_t missing = 3 - ring.steps.size(); missing > 0; --missing) {
    double* heaviest = nullptr;
    std::size_t kept = 0;
    for (std::int32_t step : ring.steps) {
      auto& weights = arcs[arc_index(step)].weights;
      for (std::size_t i = 1; i + 1 < weights.size(); ++i) {
        if (weights[i] == always) {
          ++kept;
        } else if (heaviest == nullptr || weights[i] > *heaviest) {
          heaviest = &weights[i];
        }
      }
    }
    if (kept + ring.steps.size() >= 3 || heaviest == nullptr) return;
    *heaviest = always;
  }
}

Ring<MapPoint> ring_at(const Topology& topology, const ArcRing& ring, double least_weight) {
  Ring<MapPoint> out;
  for (std::int32_t step : ring.steps) {
    const Arc& arc = topology.arcs[arc_index(step)];
    const std::size_t n = arc.points.size();
    for (std::size_t k = 0; k + 1 < n; ++k) {  // the last point is the first of the next arc
      const std::size_t i = step > 0 ? k : n - 1 - k;
      if (arc.weights[i] >= least_weight) out.push_back(arc.points[i]);
    }
  }
  return out;
}

}  // namespace

Topology build_topology(const std::vector<MapShape>& units) {
  Cutter cutter(count_points(units));
  for (const auto& shape : units) {
    for (const auto& polygon : shape) {
      cutter.add_ring(polygon.outer);
      for (const auto& hole : polygon.holes) cutter.add_ring(hole);
    }
  }
  Topology out;
  out.units.resize(units.size());
  std::size_t ring = 0;
  for (std::size_t u = 0; u < units.size(); ++u) {
    for (const auto& polygon : units[u]) {
      ArcPolygon& to = out.units[u].emplace_back();
      const bool outer_left = signed_area(polygon.outer) > 0;
      to.outer = cutter.cut(ring++, UnitIndex(u), outer_left, out.arcs);
      for (const auto& hole : polygon.holes) {
        const bool hole_left = signed_area(hole) < 0;
        ArcRing cut = cutter.cut(ring++, UnitIndex(u), hole_left, out.arcs);
        if (!cut.steps.empty()) to.holes.push_back(std::move(cut));
      }
      if (to.outer.steps.empty()) out.units[u].pop_back();
    }
  }
  for (Arc& arc : out.arcs) arc.weights = visvalingam_weights(arc.points);
  for (const auto& polygons : out.units) {
    for (const auto& polygon : polygons) {
      keep_a_triangle(polygon.outer, out.arcs);
      for (const auto& hole : polygon.holes) keep_a_triangle(hole, out.arcs);
    }
  }
  return out;
}

MapShape shape_at(const Topology& topology, UnitIndex unit, double least_weight) {
  MapShape out;
  for (const ArcPolygon& polygon : topology.units[unit.value]) {
    auto& to = out.emplace_back();
    to.outer = ring_at(topology, polygon.outer, least_weight);
    for (const ArcRing& hole : polygon.holes) {
      to.holes.push_back(ring_at(topology, hole, least_weight));
    }
  }
  return out;
}

std::vector<MapPoint> arc_at(const Topology& topology, std::size_t arc, double least_weight) {
  const Arc& from = topology.arcs[arc];
  std::vector<MapPoint> out;
  for (std::size_t i = 0; i < from.points.size(); ++i) {
    if (from.weights[i] >= least_weight) out.push_back(from.points[i]);
  }
  return out;
}

}  // namespace geo
