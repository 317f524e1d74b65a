#include "geo/contiguity.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "geo/random.hpp"

namespace geo {
namespace {

constexpr std::uint32_t none = UINT32_MAX;

/// Where a vertex lies: the vertex itself, or a square of the plane as wide as "the same" reaches.
struct Cell {
  std::uint64_t x = 0, y = 0;
  bool operator==(const Cell&) const = default;
};

/// A vertex of a unit. Those of one cell are chained.
struct Node {
  LonLat at;
  Cell cell;
  std::uint32_t unit = 0, next = none;
};

std::size_t count_vertices(const std::vector<GeoShape>& shapes) {
  std::size_t n = 0;
  for (const GeoShape& shape : shapes)
    for (const auto& polygon : shape) {
      n += polygon.outer.size();
      for (const auto& hole : polygon.holes) n += hole.size();
    }
  return n;
}

class Meeting {
 public:
  Meeting(std::size_t units, std::size_t vertices, double within)
      : within_(within),
        slots_(std::bit_ceil(std::max<std::size_t>(16, vertices * 2)), none),
        neighbours_(units) {
    nodes_.reserve(vertices);
  }

  void add(const Ring<LonLat>& ring, std::uint32_t unit) {
    for (const LonLat p : ring)
      if (std::isfinite(p.lon) && std::isfinite(p.lat)) add(p, unit);
  }

  Contiguity take() {
    for (auto& n : neighbours_) {
      std::sort(n.begin(), n.end());
      n.erase(std::unique(n.begin(), n.end()), n.end());
    }
    return std::move(neighbours_);
  }

 private:
  void add(LonLat p, std::uint32_t unit) {
    const Cell home = cell_of(p);
    if (within_ <= 0) {
      meet(p, unit, home);
    } else {
      for (std::uint64_t x = home.x - 1; x != home.x + 2; ++x)
        for (std::uint64_t y = home.y - 1; y != home.y + 2; ++y) meet(p, unit, {x, y});
    }
    put(p, unit, home);
  }

  Cell cell_of(LonLat p) const {
    // + 0.0: there is but one zero.
    if (within_ <= 0)
      return {std::bit_cast<std::uint64_t>(p.lon + 0.0), std::bit_cast<std::uint64_t>(p.lat + 0.0)};
    const auto step = [this](double v) {
      return static_cast<std::uint64_t>(static_cast<std::int64_t>(std::floor(v / within_)));
    };
    return {step(p.lon), step(p.lat)};
  }

  /// The slot of a cell, or the empty one where it would be.
  std::size_t slot_of(Cell cell) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t i = spread_bits(cell.x * 0x9e3779b97f4a7c15U + spread_bits(cell.y)) & mask;
    while (slots_[i] != none && nodes_[slots_[i]].cell != cell) i = (i + 1) & mask;
    return i;
  }

  void meet(LonLat p, std::uint32_t unit, Cell cell) {
    for (std::uint32_t i = slots_[slot_of(cell)]; i != none; i = nodes_[i].next) {
      const Node& other = nodes_[i];
      if (other.unit == unit) continue;
      if (within_ > 0 && std::hypot(other.at.lon - p.lon, other.at.lat - p.lat) > within_) continue;
      // Along a border it is the same neighbour again and again.
      auto& mine = neighbours_[unit];
      if (!mine.empty() && mine.back() == other.unit) continue;
      mine.push_back(other.unit);
      neighbours_[other.unit].push_back(unit);
    }
  }

  void put(LonLat p, std::uint32_t unit, Cell cell) {
    std::uint32_t& first = slots_[slot_of(cell)];
    for (std::uint32_t i = first; i != none; i = nodes_[i].next)
      if (nodes_[i].unit == unit && nodes_[i].at == p) return;
    nodes_.push_back({p, cell, unit, first});
    first = static_cast<std::uint32_t>(nodes_.size() - 1);
  }

  double within_;
  std::vector<std::uint32_t> slots_;  ///< open addressing; the first node of a cell
  std::vector<Node> nodes_;
  Contiguity neighbours_;
};

}  // namespace

Contiguity queen_contiguity(const std::vector<GeoShape>& shapes, double within) {
  Meeting meeting(shapes.size(), count_vertices(shapes), within);
  for (std::uint32_t unit = 0; unit < shapes.size(); ++unit)
    for (const auto& polygon : shapes[unit]) {
      meeting.add(polygon.outer, unit);
      for (const auto& hole : polygon.holes) meeting.add(hole, unit);
    }
  return meeting.take();
}

// Between its ends an arc is met by nobody but those who run along it: another ring through one of
// its vertices would have made it a junction.
Contiguity queen_contiguity(const Borders& b) {
  struct Meeting {
    LonLat at;
    std::uint32_t unit;
    auto operator<=>(const Meeting&) const = default;
  };
  std::vector<Meeting> meetings;
  meetings.reserve(2 * b.steps.size());
  for (const Borders::Ring& ring : b.rings) {
    for (const std::int32_t step : b.steps.subspan(ring.first_step, ring.steps)) {
      const auto arc = static_cast<std::size_t>(step > 0 ? step - 1 : -step - 1);
      meetings.push_back({b.points[b.arc_first[arc]], ring.unit});
      meetings.push_back({b.points[b.arc_first[arc + 1] - 1], ring.unit});
    }
  }
  std::sort(meetings.begin(), meetings.end());
  meetings.erase(std::unique(meetings.begin(), meetings.end()), meetings.end());
  Contiguity out(b.units());
  for (std::size_t i = 0, end = 0; i < meetings.size(); i = end) {
    while (end < meetings.size() && meetings[end].at == meetings[i].at) ++end;
    for (std::size_t k = i; k < end; ++k) {
      for (std::size_t l = i; l < end; ++l) {
        if (k != l) out[meetings[k].unit].push_back(meetings[l].unit);
      }
    }
  }
  for (auto& neighbours : out) {
    std::sort(neighbours.begin(), neighbours.end());
    neighbours.erase(std::unique(neighbours.begin(), neighbours.end()), neighbours.end());
  }
  return out;
}

}  // namespace geo
