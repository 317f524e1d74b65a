#include "geo/cut.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>

#include "geo/random.hpp"

namespace geo {
namespace {

using VertexId = std::uint32_t;
constexpr VertexId none = UINT32_MAX;

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

std::size_t count_points(std::span<const GeoShape> shapes) {
  std::size_t n = 0;
  for (const auto& shape : shapes) {
    for (const auto& polygon : shape) {
      n += polygon.outer.size();
      for (const auto& hole : polygon.holes) n += hole.size();
    }
  }
  return n;
}

/// Twice the area, positive when the ring runs counter-clockwise.
double turning(const Ring<LonLat>& ring) {
  if (ring.size() < 3) return 0;
  const LonLat o = ring.front();  // else the products eat the precision
  double twice = 0;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    twice += (ring[j].lon - o.lon) * (ring[i].lat - o.lat) -
             (ring[i].lon - o.lon) * (ring[j].lat - o.lat);
  }
  return twice;
}

class Cutter {
 public:
  explicit Cutter(std::size_t point_count)
      // An arc may be as short as one edge, and has two entries: always fewer than the slots.
      : vertex_slots_(point_count), arc_slots_(2) {
    points_.reserve(point_count);
    neighbours_.reserve(point_count);
    ids_.reserve(point_count + point_count / 64);
  }

  /// Gives the ring's points their numbers and finds where more than two borders meet.
  void add_ring(const Ring<LonLat>& ring) {
    const std::size_t first = ids_.size();
    VertexId before = none;
    for (const LonLat p : ring) {
      const VertexId id = vertex({p.lon + 0.0, p.lat + 0.0}, before);  // -0.0 and 0.0 are one place
      if (id != before) ids_.push_back(id);
      before = id;
    }
    while (ids_.size() > first + 1 && ids_[first] == ids_.back()) ids_.pop_back();
    if (ids_.size() < first + 3) ids_.resize(first);
    const std::size_t n = ids_.size() - first;
    const VertexId* ids = ids_.data() + first;
    for (std::size_t i = 0; i < n; ++i) {
      meet(ids[i], ids[i == 0 ? n - 1 : i - 1], ids[i + 1 == n ? 0 : i + 1]);
    }
    if (n > 0) ids_.push_back(ids_[first]);  // room to close the ring wherever it will begin
    ring_first_.push_back(first);
  }

  /// To be called once between the two passes.
  void end_of_rings() {
    ring_first_.push_back(ids_.size());
    const auto junctions =
        static_cast<std::size_t>(std::count(junction_.begin(), junction_.end(), std::uint8_t{1}));
    // A ring has at most one arc more than it meets junctions, and a junction few arcs; should
    // there be more, the slots grow.
    arc_slots_ = Slots(2 * (ring_first_.size() + 4 * junctions));
    arc_room_ = ring_first_.size() + 4 * junctions;
  }

  /// The steps of a ring, in the order they were added; none when it is no ring at all.
  /// `inside_left`: the unit lies left of the ring's direction.
  std::uint32_t cut(std::size_t ring, std::uint32_t unit, bool inside_left, BorderArrays& out) {
    const std::size_t first = ring_first_[ring], count = ring_first_[ring + 1] - first;
    if (count == 0) return 0;
    VertexId* ids = ids_.data() + first;
    VertexId* end = ids + count - 1;
    VertexId* start = std::find_if(ids, end, [this](VertexId id) { return junction_[id] != 0; });
    // Without a junction the ring is one arc; both its users must start it at the same vertex.
    if (start == end) {
      start = std::min_element(ids, end,
                               [this](VertexId a, VertexId b) { return points_[a] < points_[b]; });
    }
    std::rotate(ids, start, end);
    *end = *ids;
    std::uint32_t steps = 0;
    for (std::size_t from = 0; from + 1 < count; ++steps) {
      std::size_t to = from + 1;
      while (to + 1 < count && junction_[ids[to]] == 0) ++to;
      const std::int32_t step = arc_of(first + from, to - from + 1, out);
      Sides& sides = out.sides[static_cast<std::size_t>(step > 0 ? step - 1 : -step - 1)];
      std::uint32_t& side = (step > 0) == inside_left ? sides.left : sides.right;
      if (side == UINT32_MAX) side = unit;  // taken already where units overlap
      out.steps.push_back(step);
      from = to;
    }
    return steps;
  }

  void write_points(BorderArrays& out) const {
    std::size_t n = 0;
    for (const Run& arc : arcs_) n += arc.count;
    out.points.reserve(n);
    out.arc_first.reserve(arcs_.size() + 1);
    for (const Run& arc : arcs_) {
      out.arc_first.push_back(static_cast<std::uint32_t>(out.points.size()));
      for (std::size_t i = 0; i < arc.count; ++i) {
        out.points.push_back(points_[ids_[arc.first + i]]);
      }
    }
    out.arc_first.push_back(static_cast<std::uint32_t>(out.points.size()));
  }

 private:
  struct Run {
    std::size_t first = 0, count = 0;
  };

  VertexId vertex(LonLat p, VertexId before) {
    // Most points but the first unit's are met while running along a neighbour's border: then it
    // is the next one of that border, and nothing is looked up.
    if (before != none) {
      for (const VertexId beside : neighbours_[before]) {
        if (beside != none && points_[beside] == p) return beside;
      }
    }
    const std::uint64_t hash = spread_bits(std::bit_cast<std::uint64_t>(p.lon) * 31 +
                                           spread_bits(std::bit_cast<std::uint64_t>(p.lat)));
    const auto next = static_cast<VertexId>(points_.size());
    const VertexId id =
        vertex_slots_.find_or_put(hash, next, [&](VertexId other) { return points_[other] == p; });
    if (id == next) {
      points_.push_back(p);
      neighbours_.push_back({none, none});
      junction_.push_back(0);
    }
    return id;
  }

  /// `neighbours_` keeps those of the first ring that came through; others make a junction.
  void meet(VertexId v, VertexId before, VertexId after) {
    const std::array<VertexId, 2> pair{std::min(before, after), std::max(before, after)};
    auto& known = neighbours_[v];
    if (known[0] == none) {
      known = pair;
    } else if (known != pair) {
      junction_[v] = 1;
    }
  }

  static std::uint64_t edge_hash(VertexId a, VertexId b) {
    return spread_bits((std::uint64_t{a} << 32) | b);
  }

  bool runs_along(std::uint32_t entry, std::size_t first, std::size_t count) const {
    const Run& arc = arcs_[entry / 2];
    if (arc.count != count) return false;
    const VertexId *a = ids_.data() + arc.first, *b = ids_.data() + first;
    return entry % 2 == 0
               ? std::equal(a, a + count, b)
               : std::equal(a, a + count, std::reverse_iterator<const VertexId*>(b + count));
  }

  void put(std::uint32_t arc) {
    const VertexId *ids = ids_.data() + arcs_[arc].first, *end = ids + arcs_[arc].count;
    const auto never = [](std::uint32_t) { return false; };
    arc_slots_.find_or_put(edge_hash(ids[0], ids[1]), arc * 2, never);
    arc_slots_.find_or_put(edge_hash(end[-1], end[-2]), arc * 2 + 1, never);
  }

  /// Entries are 2·arc (+1 when run backwards), found by their first directed edge.
  std::int32_t arc_of(std::size_t first, std::size_t count, BorderArrays& out) {
    const VertexId* ids = ids_.data() + first;
    const std::uint32_t found =
        arc_slots_.find(edge_hash(ids[0], ids[1]),
                        [&](std::uint32_t entry) { return runs_along(entry, first, count); });
    if (found != none) {
      const auto arc = static_cast<std::int32_t>(found / 2);
      return found % 2 == 0 ? 1 + arc : -1 - arc;
    }
    const auto number = static_cast<std::uint32_t>(arcs_.size());
    arcs_.push_back({first, count});
    out.sides.emplace_back();
    if (arcs_.size() > arc_room_) {
      arc_room_ *= 2;
      arc_slots_ = Slots(2 * arc_room_);
      for (std::uint32_t arc = 0; arc < number; ++arc) put(arc);
    }
    put(number);
    return 1 + static_cast<std::int32_t>(number);
  }

  std::vector<LonLat> points_;                       ///< by VertexId
  std::vector<std::array<VertexId, 2>> neighbours_;  ///< by VertexId
  std::vector<std::uint8_t> junction_;               ///< by VertexId
  std::vector<VertexId> ids_;                        ///< of all rings, each closed
  std::vector<std::size_t> ring_first_;
  std::vector<Run> arcs_;  ///< where in ids_
  Slots vertex_slots_, arc_slots_;
  std::size_t arc_room_ = 0;
};

}  // namespace

BorderArrays cut_into_arcs(std::span<const GeoShape> shapes) {
  Cutter cutter(count_points(shapes));
  for (const auto& shape : shapes) {
    for (const auto& polygon : shape) {
      cutter.add_ring(polygon.outer);
      for (const auto& hole : polygon.holes) cutter.add_ring(hole);
    }
  }
  cutter.end_of_rings();
  BorderArrays out;
  out.unit_first.reserve(shapes.size() + 1);
  out.unit_first.push_back(0);
  std::size_t ring = 0;
  for (std::uint32_t unit = 0; unit < shapes.size(); ++unit) {
    std::uint32_t polygons = 0;
    for (const auto& polygon : shapes[unit]) {
      const auto add = [&](bool inside_left) {
        const auto first = static_cast<std::uint32_t>(out.steps.size());
        const std::uint32_t steps = cutter.cut(ring++, unit, inside_left, out);
        if (steps > 0) out.rings.push_back({unit, polygons, first, steps});
        return steps > 0;
      };
      if (!add(turning(polygon.outer) > 0)) {  // nothing to be a hole of
        ring += polygon.holes.size();
        continue;
      }
      for (const auto& hole : polygon.holes) add(turning(hole) < 0);
      ++polygons;
    }
    out.unit_first.push_back(static_cast<std::uint32_t>(out.rings.size()));
  }
  cutter.write_points(out);
  return out;
}

}  // namespace geo
