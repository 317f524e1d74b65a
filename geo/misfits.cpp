#include "geo/misfits.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "geo/edge_crossings.hpp"

namespace geo {
namespace {

constexpr std::uint32_t nobody = UINT32_MAX;

std::uint32_t arc_of(std::int32_t step) {
  return static_cast<std::uint32_t>(step > 0 ? step - 1 : -step - 1);
}

/// Every unit that runs along an arc, each as often as it does, forwards or backwards.
struct Users {
  struct User {
    std::uint32_t unit;
    bool forwards;
  };
  std::vector<std::uint32_t> first;
  std::vector<User> list;

  explicit Users(const Borders& b) : first(b.arcs() + 1), list(b.steps.size()) {
    for (const std::int32_t step : b.steps) ++first[arc_of(step) + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
    for (const Borders::Ring& ring : b.rings) {
      for (const std::int32_t step : b.steps.subspan(ring.first_step, ring.steps)) {
        list[next[arc_of(step)]++] = {ring.unit, step > 0};
      }
    }
  }
  std::span<const User> of(std::uint32_t arc) const {
    return {list.data() + first[arc], first[arc + 1] - first[arc]};
  }
};

/// An arc as it leaves a junction.
struct End {
  LonLat at;
  std::uint32_t arc;
  bool leaves;  ///< the arc's first point; else its last, and it is looked at backwards
  double angle;
  std::uint32_t left, right;  ///< units on its sides, seen from the junction
};

std::vector<End> ends_of_arcs(const Borders& b) {
  std::vector<End> ends;
  ends.reserve(b.arcs() * 2);
  for (std::uint32_t arc = 0; arc < b.arcs(); ++arc) {
    const std::uint32_t first = b.arc_first[arc], last = b.arc_first[arc + 1] - 1;
    const Sides sides = b.sides[arc];
    const auto add = [&](std::uint32_t from, std::uint32_t to, bool leaves) {
      const LonLat at = b.points[from], next = b.points[to];
      ends.push_back({at, arc, leaves, std::atan2(next.lat - at.lat, next.lon - at.lon),
                      leaves ? sides.left : sides.right, leaves ? sides.right : sides.left});
    };
    add(first, first + 1, true);
    add(last, last - 1, false);
  }
  std::sort(ends.begin(), ends.end(), [](const End& a, const End& c) {
    if (a.at != c.at) return a.at < c.at;
    return a.angle != c.angle ? a.angle < c.angle
                              : std::pair(a.arc, a.leaves) < std::pair(c.arc, c.leaves);
  });
  return ends;
}

/// Arcs that hang together, each under the least of their numbers.
class Pieces {
 public:
  explicit Pieces(std::size_t arcs) : parent_(arcs) {
    std::iota(parent_.begin(), parent_.end(), 0U);
  }
  std::uint32_t of(std::uint32_t arc) {
    while (parent_[arc] != arc) arc = parent_[arc] = parent_[parent_[arc]];
    return arc;
  }
  void join(std::uint32_t a, std::uint32_t b) {
    a = of(a);
    b = of(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

class Search {
 public:
  explicit Search(const Borders& borders)
      : b_(borders), users_(borders), ends_(ends_of_arcs(borders)), pieces_(borders.arcs()) {
    out_.arcs.assign(b_.arcs(), 0);
  }

  Misfits run(const Progress& progress) {
    for (const auto& [a, b] : crossing_arcs(b_, progress)) {
      out_.arcs[a] = out_.arcs[b] = 1;
      all_pairs(units_of(a), units_of(b));
    }
    for (std::uint32_t arc = 0; arc < b_.arcs(); ++arc) look_at_arc(arc);
    for (std::size_t i = 0; i < ends_.size();) {
      std::size_t n = 1;
      while (i + n < ends_.size() && ends_[i + n].at == ends_[i].at) ++n;
      look_at_junction({ends_.data() + i, n});
      i += n;
    }
    look_at_pieces();
    look_at_holes();
    std::sort(out_.units.begin(), out_.units.end());
    out_.units.erase(std::unique(out_.units.begin(), out_.units.end()), out_.units.end());
    return std::move(out_);
  }

 private:
  using Units = std::vector<std::uint32_t>;

  void tell(std::uint32_t a, std::uint32_t b) {
    out_.units.push_back({std::min(a, b), std::max(a, b)});
  }
  void all_pairs(const Units& a, const Units& b) {
    for (const std::uint32_t u : a) {
      for (const std::uint32_t v : b) tell(u, v);
    }
  }
  Units units_of(std::uint32_t arc) const {
    Units out;
    for (const auto& user : users_.of(arc)) out.push_back(user.unit);
    return out;
  }

  /// On a map an arc has at most two users, in opposite directions.
  void look_at_arc(std::uint32_t arc) {
    const auto users = users_.of(arc);
    for (std::size_t i = 0; i < users.size(); ++i) {
      for (std::size_t j = i + 1; j < users.size(); ++j) {
        if (users.size() == 2 && users[i].unit != users[j].unit &&
            users[i].forwards != users[j].forwards) {
          continue;
        }
        out_.arcs[arc] = 1;
        tell(users[i].unit, users[j].unit);
      }
    }
  }

  /// Going round a junction, what lies left of one arc lies right of the next, and no unit comes by
  /// twice.
  void look_at_junction(std::span<const End> star) {
    Units units;
    bool fits = true;
    for (std::size_t i = 0; i < star.size(); ++i) {
      pieces_.join(star[0].arc, star[i].arc);
      for (const auto& user : users_.of(star[i].arc)) units.push_back(user.unit);
      fits = fits && star[i].left == star[i + 1 == star.size() ? 0 : i + 1].right;
    }
    std::sort(units.begin(), units.end());
    for (std::size_t i = 0; i + 2 < units.size(); ++i) {
      if (units[i] == units[i + 2]) tell(units[i], units[i]);  // each visit has two ends
    }
    if (fits) return;
    for (const End& end : star) out_.arcs[end.arc] = 1;
    units.erase(std::unique(units.begin(), units.end()), units.end());
    for (std::size_t i = 0; i < units.size(); ++i) {
      for (std::size_t j = i + 1; j < units.size(); ++j) tell(units[i], units[j]);
    }
  }

  struct Top {  ///< a piece's northernmost point and what its arcs say lies above
    LonLat at{0, -1e300};
    std::uint32_t above = nobody;
  };

  /// The side of the arc that is up at its inner point i, the northernmost.
  std::uint32_t above_point(std::uint32_t arc, std::uint32_t i) const {
    const LonLat p = b_.points[i - 1], q = b_.points[i], r = b_.points[i + 1];
    const double turn = (q.lon - p.lon) * (r.lat - q.lat) - (q.lat - p.lat) * (r.lon - q.lon);
    const bool up_is_left = turn != 0 ? turn < 0 : r.lon > p.lon;
    return up_is_left ? b_.sides[arc].left : b_.sides[arc].right;
  }
  std::uint32_t above_junction(LonLat at) const {
    auto from = std::lower_bound(ends_.begin(), ends_.end(), at,
                                 [](const End& end, LonLat p) { return end.at < p; });
    auto below = ends_.end();
    for (auto i = from; i != ends_.end() && i->at == at; ++i) {
      if (i->angle <= 1.6 || below == ends_.end()) below = i;
    }
    if (below->angle > 1.6) {  // all point west: the one before the first, going round
      while (below + 1 != ends_.end() && (below + 1)->at == at) ++below;
    }
    return below->left;
  }

  std::vector<Top> tops() {
    std::vector<Top> out(b_.arcs());
    std::vector<std::uint32_t> point(b_.arcs(), nobody), arc_at(b_.arcs(), nobody);
    for (std::uint32_t arc = 0; arc < b_.arcs(); ++arc) {
      const std::uint32_t piece = pieces_.of(arc);
      for (std::uint32_t i = b_.arc_first[arc]; i < b_.arc_first[arc + 1]; ++i) {
        if (b_.points[i].lat > out[piece].at.lat) {
          out[piece].at = b_.points[i];
          point[piece] = i;
          arc_at[piece] = arc;
        }
      }
    }
    for (std::uint32_t piece = 0; piece < b_.arcs(); ++piece) {
      if (point[piece] == nobody) continue;
      const std::uint32_t arc = arc_at[piece];
      const bool end =
          point[piece] == b_.arc_first[arc] || point[piece] + 1 == b_.arc_first[arc + 1];
      out[piece].above = end ? above_junction(out[piece].at) : above_point(arc, point[piece]);
    }
    return out;
  }

  /// What lies around a piece by its own arcs must be what the next arc to the north says.
  void look_at_pieces() {
    const std::vector<Top> all = tops();
    std::vector<std::uint32_t> asked;  // pieces, west to east
    for (std::uint32_t piece = 0; piece < all.size(); ++piece) {
      if (all[piece].at.lat > -1e300) asked.push_back(piece);
    }
    std::sort(asked.begin(), asked.end(),
              [&](std::uint32_t a, std::uint32_t b) { return all[a].at < all[b].at; });
    std::vector<double> west, nearest(asked.size(), 1e300);
    for (const std::uint32_t piece : asked) west.push_back(all[piece].at.lon);
    std::vector<std::uint32_t> found(asked.size(), nobody);
    // Every edge looks which places it is the nearest above of; most are above none.
    std::size_t k0 = 0;  // the first place east of where we are: edges are short
    for (std::uint32_t arc = 0; arc < b_.arcs(); ++arc) {
      const std::uint32_t own = pieces_.of(arc);
      for (std::uint32_t i = b_.arc_first[arc]; i + 1 < b_.arc_first[arc + 1]; ++i) {
        const LonLat a = b_.points[i], c = b_.points[i + 1];
        const double low = std::min(a.lon, c.lon), high = std::max(a.lon, c.lon);
        while (k0 > 0 && west[k0 - 1] >= low) --k0;
        while (k0 < west.size() && west[k0] < low) ++k0;
        for (std::size_t k = k0; k < west.size() && west[k] < high; ++k) {
          const LonLat p = all[asked[k]].at;
          if (asked[k] == own || std::max(a.lat, c.lat) < p.lat) continue;
          const double lat = a.lat + (c.lat - a.lat) * ((p.lon - a.lon) / (c.lon - a.lon));
          if (lat < p.lat || lat >= nearest[k]) continue;
          nearest[k] = lat;
          found[k] = c.lon > a.lon ? b_.sides[arc].right : b_.sides[arc].left;
        }
      }
    }
    for (std::size_t k = 0; k < asked.size(); ++k) {
      const std::uint32_t says = all[asked[k]].above;
      if (found[k] != says) misplaced(asked[k], says, found[k]);
    }
  }

  void misplaced(std::uint32_t piece, std::uint32_t says, std::uint32_t within) {
    if (says != nobody) tell(says, says);
    if (says != nobody && within != nobody) tell(says, within);
    if (by_piece_.empty()) {
      by_piece_.resize(b_.arcs());
      std::iota(by_piece_.begin(), by_piece_.end(), 0U);
      std::stable_sort(
          by_piece_.begin(), by_piece_.end(),
          [this](std::uint32_t a, std::uint32_t b) { return pieces_.of(a) < pieces_.of(b); });
    }
    auto at = std::lower_bound(
        by_piece_.begin(), by_piece_.end(), piece,
        [this](std::uint32_t arc, std::uint32_t p) { return pieces_.of(arc) < p; });
    for (; at != by_piece_.end() && pieces_.of(*at) == piece; ++at) {
      const std::uint32_t arc = *at;
      out_.arcs[arc] = 1;
      for (const auto& user : users_.of(arc)) {
        if (within != nobody) tell(user.unit, within);
      }
    }
  }

  template <class Each>
  void each_edge(const Borders::Ring& ring, Each each) const {
    for (const std::int32_t step : b_.steps.subspan(ring.first_step, ring.steps)) {
      const std::uint32_t arc = arc_of(step);
      for (std::uint32_t i = b_.arc_first[arc]; i + 1 < b_.arc_first[arc + 1]; ++i) {
        each(b_.points[i], b_.points[i + 1]);
      }
    }
  }
  /// Even-odd; `sure` becomes false where rounding cannot tell.
  bool inside(const Borders::Ring& ring, LonLat p, bool& sure) const {
    bool in = false;
    each_edge(ring, [&](LonLat a, LonLat b) {
      if ((a.lat > p.lat) == (b.lat > p.lat)) return;
      const int side = side_of(a, b, p);
      sure = sure && side != 0;
      if ((side > 0) == (b.lat > a.lat)) in = !in;
    });
    return in;
  }

  /// A hole lies in the shell of its own polygon and in none of its other holes.
  void look_at_holes() {
    for (std::size_t r = 0; r < b_.rings.size();) {
      std::size_t n = 1;
      const auto same = [&](const Borders::Ring& o) {
        return o.unit == b_.rings[r].unit && o.polygon == b_.rings[r].polygon;
      };
      while (r + n < b_.rings.size() && same(b_.rings[r + n])) ++n;
      bool fits = true;
      for (std::size_t h = r + 1; h < r + n; ++h) {
        const std::int32_t step = b_.steps[b_.rings[h].first_step];
        const LonLat p = b_.points[b_.arc_first[arc_of(step)]];
        for (std::size_t o = r; o < r + n && fits; ++o) {
          if (o != h) fits = inside(b_.rings[o], p, fits) == (o == r) && fits;
        }
      }
      if (!fits) tell(b_.rings[r].unit, b_.rings[r].unit);
      r += n;
    }
  }

  const Borders& b_;
  Users users_;
  std::vector<End> ends_;
  Pieces pieces_;
  std::vector<std::uint32_t> by_piece_;  ///< arcs, once somebody asked
  Misfits out_;
};

}  // namespace

bool Misfits::has(std::uint32_t a, std::uint32_t b) const {
  return std::binary_search(units.begin(), units.end(), Misfit{std::min(a, b), std::max(a, b)});
}

Misfits find_misfits(const Borders& borders, const Progress& progress) {
  return Search(borders).run(progress);
}

}  // namespace geo
