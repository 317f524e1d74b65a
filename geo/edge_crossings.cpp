#include "geo/edge_crossings.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "geo/parallel.hpp"

namespace geo {
namespace {

/// A few edges that follow each other, which are mostly passed over by their bounds.
constexpr std::uint32_t run_edges = 16;
struct Run {
  double west, south, east, north;
  std::uint32_t arc, first, last;  ///< edges from points i to i + 1, first <= i < last
};

struct Span {
  double west, south, east, north;
  bool meets(const Span& o) const {
    return west <= o.east && o.west <= east && south <= o.north && o.south <= north;
  }
};
Span span_of(LonLat a, LonLat b) {
  return {std::min(a.lon, b.lon), std::min(a.lat, b.lat), std::max(a.lon, b.lon),
          std::max(a.lat, b.lat)};
}
Span span_of(const Run& r) { return {r.west, r.south, r.east, r.north}; }

std::vector<Run> cut_into_runs(const Borders& b) {
  std::vector<Run> runs;
  runs.reserve(b.points.size() / run_edges + b.arcs());
  for (std::uint32_t arc = 0; arc < b.arcs(); ++arc) {
    const std::uint32_t end = b.arc_first[arc + 1] - 1;
    for (std::uint32_t i = b.arc_first[arc]; i < end; i += run_edges) {
      Run run{1e300, 1e300, -1e300, -1e300, arc, i, std::min(i + run_edges, end)};
      for (std::uint32_t k = run.first; k <= run.last; ++k) {
        const LonLat p = b.points[k];
        run.west = std::min(run.west, p.lon);
        run.east = std::max(run.east, p.lon);
        run.south = std::min(run.south, p.lat);
        run.north = std::max(run.north, p.lat);
      }
      runs.push_back(run);
    }
  }
  return runs;
}

/// Strips of latitude about as high as a run; a run lies in all that it reaches.
struct Strips {
  double south = 0, height = 1;
  std::vector<std::uint32_t> first, runs;  ///< strip s: runs[first[s]] … runs[first[s + 1] - 1]
  std::size_t count() const { return first.size() - 1; }
  std::uint32_t of(double lat) const {
    const double s = (lat - south) / height;
    return static_cast<std::uint32_t>(std::clamp(s, 0.0, static_cast<double>(count() - 1)));
  }
};

Strips sort_into_strips(const std::vector<Run>& runs) {
  Strips out;
  double north = -1e300, sum = 0;
  out.south = 1e300;
  for (const Run& r : runs) {
    out.south = std::min(out.south, r.south);
    north = std::max(north, r.north);
    sum += r.north - r.south;
  }
  // Four times the mean height: a run is then in one and a quarter of them, on average.
  const double height = north - out.south, mean = sum / static_cast<double>(runs.size());
  const double most = static_cast<double>(runs.size()) / 4 + 1;
  const double wanted = mean > 0 ? std::clamp(height / (4 * mean), 1.0, most) : 1;
  const auto count = static_cast<std::size_t>(wanted);
  out.height = height > 0 ? height / static_cast<double>(count) : 1;
  out.first.assign(count + 1, 0);
  for (const Run& r : runs) {
    for (std::uint32_t s = out.of(r.south); s <= out.of(r.north); ++s) ++out.first[s + 1];
  }
  for (std::size_t s = 0; s < count; ++s) out.first[s + 1] += out.first[s];
  out.runs.resize(out.first.back());
  std::vector<std::uint32_t> next(out.first.begin(), out.first.end() - 1);
  for (std::uint32_t i = 0; i < runs.size(); ++i) {
    for (std::uint32_t s = out.of(runs[i].south); s <= out.of(runs[i].north); ++s) {
      out.runs[next[s]++] = i;
    }
  }
  return out;
}

bool same_way(LonLat from, LonLat a, LonLat b) {
  return (a.lon - from.lon) * (b.lon - from.lon) + (a.lat - from.lat) * (b.lat - from.lat) > 0;
}

/// Whether edges pq and rs have anything in common but a vertex. Their bounds meet.
bool edges_meet(LonLat p, LonLat q, LonLat r, LonLat s) {
  const bool pr = p == r, ps = p == s, qr = q == r, qs = q == s;
  if (pr || ps || qr || qs) {
    if ((pr && qs) || (ps && qr)) return true;
    const LonLat common = pr || ps ? p : q, a = pr || ps ? q : p, b = pr || qr ? s : r;
    return side_of(common, a, b) == 0 && same_way(common, a, b);
  }
  return side_of(p, q, r) * side_of(p, q, s) <= 0 && side_of(r, s, p) * side_of(r, s, q) <= 0;
}

struct EdgeBounds {
  Span span;
  LonLat a, b;
};
using Few = std::array<EdgeBounds, run_edges>;

std::size_t edges_in(const Borders& borders, const Run& run, const Span& common, Few& out) {
  std::size_t n = 0;
  for (std::uint32_t i = run.first; i < run.last; ++i) {
    const LonLat a = borders.points[i], b = borders.points[i + 1];
    const Span span = span_of(a, b);
    if (span.meets(common)) out[n++] = {span, a, b};
  }
  return n;
}

bool runs_meet(const Borders& borders, const Run& a, const Run& b, bool same) {
  const Span x = span_of(a), y = span_of(b);
  const Span common{std::max(x.west, y.west), std::max(x.south, y.south), std::min(x.east, y.east),
                    std::min(x.north, y.north)};
  Few first, second;
  const std::size_t n = edges_in(borders, a, common, first);
  if (n == 0) return false;
  const std::size_t m = same ? n : edges_in(borders, b, common, second);
  const Few& others = same ? first : second;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = same ? i + 1 : 0; j < m; ++j) {
      if (first[i].span.meets(others[j].span) &&
          edges_meet(first[i].a, first[i].b, others[j].a, others[j].b)) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

int side_of(LonLat a, LonLat b, LonLat c) {
  const double left = (b.lon - a.lon) * (c.lat - a.lat);
  const double right = (b.lat - a.lat) * (c.lon - a.lon);
  const double det = left - right;
  // Shewchuk's bound on the rounding of all this: (3 + 16ε)ε of the sum, ε = 2⁻⁵³.
  const double doubt = 3.3306690738754716e-16 * (std::abs(left) + std::abs(right));
  return det > doubt ? 1 : det < -doubt ? -1 : 0;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> crossing_arcs(const Borders& borders,
                                                                   const Progress& progress) {
  using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
  const std::vector<Run> runs = cut_into_runs(borders);
  if (runs.empty()) return {};
  Strips strips = sort_into_strips(runs);
  std::vector<Pairs> found(thread_count());
  const auto sweep = [&](std::size_t thread, std::size_t s) {
    const auto from = strips.runs.begin() + strips.first[s];
    const auto to = strips.runs.begin() + strips.first[s + 1];
    std::sort(from, to, [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(runs[a].west, a) < std::pair(runs[b].west, b);
    });
    for (auto i = from; i != to; ++i) {
      const Run& a = runs[*i];
      const std::uint32_t first_strip = strips.of(a.south);
      if (first_strip == s && runs_meet(borders, a, a, true)) {
        found[thread].emplace_back(a.arc, a.arc);
      }
      for (auto j = i + 1; j != to && runs[*j].west <= a.east; ++j) {
        const Run& b = runs[*j];
        if (a.south > b.north || b.south > a.north) continue;
        if (std::max(first_strip, strips.of(b.south)) != s) continue;  // in a strip below as well
        if (runs_meet(borders, a, b, false)) found[thread].push_back(std::minmax(a.arc, b.arc));
      }
    }
  };
  in_parallel(strips.count(), progress, msg("geo.comparing_edges"), sweep);
  Pairs all;
  for (const Pairs& part : found) all.insert(all.end(), part.begin(), part.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace geo
