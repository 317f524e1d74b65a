#include "geo/flip_edges.hpp"

#include <algorithm>
#include <utility>

namespace geo {
namespace {

constexpr std::uint32_t none = UINT32_MAX;
/// As measured, communes need about two flips a triangle.
constexpr std::size_t flips_per_triangle = 12;

// A corner's half edge runs to the next corner of its triangle.
std::uint32_t next(std::uint32_t corner) { return corner % 3 == 2 ? corner - 2 : corner + 1; }
std::uint32_t before(std::uint32_t corner) { return corner % 3 == 0 ? corner + 2 : corner - 1; }

/// By corner: the half edge that runs the other way, in the triangle beyond.
std::vector<std::uint32_t> find_twins(const std::vector<std::uint32_t>& corners,
                                      std::size_t points) {
  // By its lesser point each edge is found among the few that have the same.
  std::vector<std::uint32_t> first(points + 1, 0), halves(corners.size());
  const auto low = [&](std::uint32_t c) { return std::min(corners[c], corners[next(c)]); };
  for (std::uint32_t c = 0; c < corners.size(); ++c) ++first[low(c)];
  for (std::size_t i = 0, sum = 0; i <= points; ++i) {
    sum += first[i];
    first[i] = static_cast<std::uint32_t>(sum);
  }
  for (std::uint32_t c = 0; c < corners.size(); ++c) halves[--first[low(c)]] = c;

  std::vector<std::uint32_t> twins(corners.size(), none);
  for (std::size_t p = 0; p < points; ++p) {
    const auto from = halves.begin() + first[p], to = halves.begin() + first[p + 1];
    const auto high = [&](std::uint32_t c) { return std::max(corners[c], corners[next(c)]); };
    std::sort(from, to, [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(high(a), a) < std::pair(high(b), b);
    });
    for (auto h = from; h != to;) {
      auto end = h + 1;
      while (end != to && high(*end) == high(*h)) ++end;
      if (end - h == 2 && corners[*h] != corners[*(h + 1)]) {
        twins[*h] = *(h + 1);
        twins[*(h + 1)] = *h;
      }
      h = end;
    }
  }
  return twins;
}

/// Twice the area of a triangle; positive when its corners turn to the left.
double area2(MapPoint a, MapPoint b, MapPoint c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/// Is d inside the circle through a, b, c (which turn to the left), by more than rounding?
bool in_circle(MapPoint a, MapPoint b, MapPoint c, MapPoint d) {
  const double ax = a.x - d.x, ay = a.y - d.y, bx = b.x - d.x, by = b.y - d.y, cx = c.x - d.x,
               cy = c.y - d.y;
  const double a2 = ax * ax + ay * ay, b2 = bx * bx + by * by, c2 = cx * cx + cy * cy;
  const double det = a2 * (bx * cy - cx * by) - b2 * (ax * cy - cx * ay) + c2 * (ax * by - bx * ay);
  const double size = std::max({a2, b2, c2});
  return det > 1e-9 * size * size;
}

}  // namespace

void flip_edges(Triangles& triangles) {
  std::vector<std::uint32_t>& corners = triangles.indices;
  if (corners.size() < 6) return;
  std::vector<std::uint32_t> twins = find_twins(corners, triangles.points.size()), waiting;
  for (std::uint32_t c = 0; c < corners.size(); ++c) {
    if (twins[c] != none && twins[c] > c) waiting.push_back(c);
  }
  const auto link = [&](std::uint32_t a, std::uint32_t b) {
    twins[a] = b;
    if (b != none) twins[b] = a;
  };
  const auto point = [&](std::uint32_t i) { return triangles.points[i]; };
  for (std::size_t left = corners.size() / 3 * flips_per_triangle; !waiting.empty() && left > 0;) {
    const std::uint32_t h = waiting.back(), g = twins[h];
    waiting.pop_back();
    if (g == none) continue;
    // Triangles a b c and b a d share a b; they become c a d and d b c.
    const std::uint32_t hn = next(h), hp = before(h), gn = next(g), gp = before(g);
    const std::uint32_t a = corners[h], b = corners[hn], c = corners[hp], d = corners[gp];
    const MapPoint pa = point(a), pb = point(b), pc = point(c), pd = point(d);
    const double whole = area2(pa, pb, pc) + area2(pb, pa, pd);
    if (!(whole > 0) || !in_circle(pa, pb, pc, pd)) continue;
    if (area2(pc, pa, pd) <= 1e-9 * whole || area2(pd, pb, pc) <= 1e-9 * whole) continue;
    const std::uint32_t bc = twins[hn], ca = twins[hp], ad = twins[gn], db = twins[gp];
    corners[h] = c;
    corners[hn] = a;
    corners[hp] = d;
    corners[g] = d;
    corners[gn] = b;
    corners[gp] = c;
    link(h, ca);
    link(hn, ad);
    link(hp, gp);
    link(g, db);
    link(gn, bc);
    for (const std::uint32_t changed : {h, hn, g, gn}) waiting.push_back(changed);
    --left;
  }
}

}  // namespace geo
