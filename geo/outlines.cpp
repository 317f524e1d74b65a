#include "geo/outlines.hpp"

#include <algorithm>

namespace geo {
namespace {

using Edge = std::uint64_t;

Edge edge_of(std::uint32_t a, std::uint32_t b) {
  return static_cast<Edge>(std::min(a, b)) << 32U | std::max(a, b);
}

/// Edges that only one triangle has (any odd number, for the odd rule), as both of their ends know
/// them: (from, to), sorted.
void find_rims(std::span<const std::uint32_t> triangles, std::vector<Edge>& edges,
               std::vector<Edge>& rims) {
  edges.clear();
  for (std::size_t i = 0; i + 2 < triangles.size(); i += 3) {
    for (std::size_t k = 0; k < 3; ++k)
      edges.push_back(edge_of(triangles[i + k], triangles[i + (k + 1) % 3]));
  }
  std::sort(edges.begin(), edges.end());
  rims.clear();
  for (std::size_t i = 0; i < edges.size();) {
    const std::size_t first = i;
    while (i < edges.size() && edges[i] == edges[first]) ++i;
    if ((i - first) % 2 == 0) continue;
    rims.push_back(edges[first]);
    rims.push_back(edges[first] << 32U | edges[first] >> 32U);
  }
  std::sort(rims.begin(), rims.end());
}

/// Walks along the rims until it is back; every vertex has an even number of them, so it always is.
template <class Visit>
void walk_rims(const std::vector<Edge>& rims, std::vector<bool>& walked, Visit&& visit) {
  walked.assign(rims.size(), false);
  const auto at = [&](Edge edge) {
    return static_cast<std::size_t>(std::lower_bound(rims.begin(), rims.end(), edge) -
                                    rims.begin());
  };
  for (std::size_t start = 0; start < rims.size(); ++start) {
    if (walked[start]) continue;
    for (std::size_t i = start; i < rims.size();) {
      walked[i] = true;
      const auto from = static_cast<std::uint32_t>(rims[i] >> 32U),
                 to = static_cast<std::uint32_t>(rims[i]);
      walked[at(static_cast<Edge>(to) << 32U | from)] = true;
      visit(from, i == start);
      i = at(static_cast<Edge>(to) << 32U);
      while (i < rims.size() && static_cast<std::uint32_t>(rims[i] >> 32U) == to && walked[i]) ++i;
      if (i == rims.size() || static_cast<std::uint32_t>(rims[i] >> 32U) != to) break;
    }
  }
}

void add_lines(const LevelMesh& mesh, const LevelMesh::Block& block, const Box& view,
               Outlines& out) {
  for (const auto& run : mesh.runs.subspan(block.runs.first, block.runs.count)) {
    const Sides sides = mesh.sides[run.arc];
    if (run.lines.count < 2 || sides.left == sides.right) continue;
    Outlines::Line line{BorderRank::province, sides, {}, {out.points.size(), run.lines.count}};
    for (std::size_t rank = 0; rank < border_ranks; ++rank) {
      if (run.lines.first >= block.lines[rank].first && block.lines[rank].count > 0)
        line.rank = static_cast<BorderRank>(rank);
    }
    for (const auto& v : mesh.lines.subspan(run.lines.first, run.lines.count)) {
      out.points.push_back({block.origin.x + double{v.x}, block.origin.y + double{v.y}});
      line.box.add(out.points.back());
    }
    if (line.box.intersects(view)) {
      out.lines.push_back(line);
    } else {
      out.points.resize(line.points.first);
    }
  }
}

}  // namespace

Outlines outlines_in(const LevelMesh& mesh, std::span<const Box> boxes, const Box& view) {
  Outlines out;
  std::vector<Edge> edges, rims;
  std::vector<bool> walked;
  for (const LevelMesh::Block& block : mesh.blocks) {
    if (!block.box.intersects(view)) continue;
    for (const auto& part : mesh.units.subspan(block.units.first, block.units.count)) {
      if (part.unit >= boxes.size() || !boxes[part.unit].intersects(view)) continue;
      Outlines::Unit unit{part.unit, boxes[part.unit], {out.rings.size(), 0}};
      find_rims(mesh.indices.subspan(part.indices.first, part.indices.count), edges, rims);
      walk_rims(rims, walked, [&](std::uint32_t vertex, bool begins) {
        if (begins) out.rings.push_back({out.points.size(), 0});
        const auto& v = mesh.vertices[block.vertices.first + vertex];
        out.points.push_back({block.origin.x + double{v.x}, block.origin.y + double{v.y}});
        ++out.rings.back().count;
      });
      unit.rings.count = out.rings.size() - unit.rings.first;
      if (unit.rings.count > 0) out.units.push_back(unit);
    }
    add_lines(mesh, block, view, out);
  }
  return out;
}

}  // namespace geo
