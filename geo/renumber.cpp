#include "geo/renumber.hpp"

#include <vector>

namespace geo {
namespace {

struct Own {
  std::vector<Sides> sides;
  std::vector<BorderRank> ranks;
  std::vector<Borders::Ring> rings;
  std::vector<std::uint32_t> unit_first;
  std::vector<Parents> parents;
  std::shared_ptr<const void> points;
};

}  // namespace

Borders renumbered(const Borders& b, std::span<const std::uint32_t> order,
                   std::span<const Parents> parents) {
  auto own = std::make_shared<Own>();
  std::vector<std::uint32_t> now(b.units(), UINT32_MAX);
  own->unit_first.push_back(0);
  for (std::uint32_t u = 0; u < order.size(); ++u) {
    now[order[u]] = u;
    for (std::uint32_t r = b.unit_first[order[u]]; r < b.unit_first[order[u] + 1]; ++r) {
      own->rings.push_back(b.rings[r]);
      own->rings.back().unit = u;
    }
    own->unit_first.push_back(static_cast<std::uint32_t>(own->rings.size()));
  }
  own->parents.assign(parents.begin(), parents.end());
  const auto renamed = [&](std::uint32_t u) { return u == UINT32_MAX ? u : now[u]; };
  own->sides.reserve(b.arcs());
  own->ranks.reserve(b.arcs());
  for (const Sides s : b.sides) {
    own->sides.push_back({renamed(s.left), renamed(s.right)});
    own->ranks.push_back(rank_between(parents, own->sides.back()));
  }
  own->points = b.memory;
  Borders out = b;
  out.sides = own->sides;
  out.ranks = own->ranks;
  out.rings = own->rings;
  out.unit_first = own->unit_first;
  out.parents = own->parents;
  out.memory = std::move(own);
  return out;
}

}  // namespace geo
