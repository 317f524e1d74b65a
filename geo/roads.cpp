#include "geo/roads.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "geo/image.hpp"
#include "geo/parallel.hpp"

namespace geo {
namespace {

constexpr double cell_degrees = 0.01;

/// Which numbers hang together.
class Unions {
 public:
  explicit Unions(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0U); }
  std::uint32_t root(std::uint32_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::uint32_t a, std::uint32_t b) { parent_[root(a)] = root(b); }

 private:
  std::vector<std::uint32_t> parent_;
};

}  // namespace

Roads::Roads(std::span<const RoadLine> lines, const Elevation* elevation, const Progress& progress)
    : grid_(cell_degrees) {
  // What each vertex is called, and how often lines come by; an end counts as two.
  PointNumbers numbers;
  std::vector<std::vector<std::uint32_t>> named(lines.size());
  std::vector<std::uint8_t> comes_by;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i % 4096 == 0)
      progress.at(0.5 * static_cast<double>(i) / static_cast<double>(lines.size()),
                  msg("geo.joining_roads"));
    auto& names = named[i];
    for (const LonLat p : lines[i].points) {
      const std::uint32_t number = numbers.of(p);
      if (names.empty() || names.back() != number) names.push_back(number);
    }
    comes_by.resize(numbers.points().size());
    const auto count = [&](std::uint32_t number, int times) {
      comes_by[number] = static_cast<std::uint8_t>(std::min(2, comes_by[number] + times));
    };
    if (names.size() < 2) continue;
    for (const std::uint32_t number : names) count(number, 1);
    count(names.front(), 1);
    count(names.back(), 1);
  }
  const auto& at = numbers.points();
  std::vector<std::uint32_t> junction(at.size(), UINT32_MAX);
  std::uint32_t junctions = 0;
  const auto junction_of = [&](std::uint32_t number) {
    if (junction[number] == UINT32_MAX) junction[number] = junctions++;
    return junction[number];
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& names = named[i];
    for (std::size_t first = 0; first + 1 < names.size();) {
      std::size_t last = first + 1;
      while (comes_by[names[last]] < 2) ++last;  // the line's own end counts two
      Edge& edge = edges_.emplace_back();
      edge.from = junction_of(names[first]);
      edge.to = junction_of(names[last]);
      edge.first_point = static_cast<std::uint32_t>(points_.size());
      edge.points = static_cast<std::uint32_t>(last - first + 1);
      for (std::size_t k = first; k <= last; ++k) points_.push_back(at[names[k]]);
      edge.speed_kmh = lines[i].speed_kmh;
      edge.way = lines[i].way;
      first = last;
    }
    named[i] = {};
  }
  constexpr std::size_t block = 256;
  in_parallel((edges_.size() + block - 1) / block, progress.part(0.5, 0.9),
              msg("geo.joining_roads"), [&](std::size_t, std::size_t b) {
                for (std::size_t i = b * block; i < std::min(edges_.size(), (b + 1) * block); ++i)
                  edges_[i].slopes = slopes_of(line(edges_[i]), elevation);
              });
  find_pieces(junctions);
  for (std::uint32_t e = 0; e < edges_.size(); ++e) {
    const auto line_of = line(edges_[e]);
    for (std::uint32_t k = 1; k < line_of.size(); ++k) {
      grid_.add(static_cast<std::uint32_t>(segments_.size()), line_of[k - 1], line_of[k]);
      segments_.push_back({e, k});
    }
  }
  grid_.sort();
}

void Roads::find_pieces(std::uint32_t junctions) {
  Unions unions(junctions);
  for (const Edge& edge : edges_) unions.join(edge.from, edge.to);
  std::map<std::uint32_t, Piece> by_root;
  for (const Edge& edge : edges_) {
    const auto [it, is_new] = by_root.try_emplace(unions.root(edge.from));
    if (is_new) it->second.at = points_[edge.first_point];
    it->second.km += edge.slopes.km;
  }
  std::vector<std::pair<std::uint32_t, Piece>> sorted(by_root.begin(), by_root.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second.km > b.second.km; });
  std::vector<std::uint32_t> place(junctions);
  for (std::uint32_t i = 0; i < sorted.size(); ++i) {
    place[sorted[i].first] = i;
    pieces_.push_back(sorted[i].second);
  }
  piece_of_.resize(junctions);
  for (std::uint32_t j = 0; j < junctions; ++j) piece_of_[j] = place[unions.root(j)];
}

Issues Roads::told_pieces() const {
  constexpr std::size_t most = 20;
  Issues out;
  if (pieces_.size() < 2) return out;
  const auto tell = [&out](Severity severity, Message message) -> Issue& {
    out.push_back({severity, std::move(message), {}, {}, {}, {}, {}, {}});
    return out.back();
  };
  double outside = 0;
  for (std::size_t i = 1; i < pieces_.size(); ++i) outside += pieces_[i].km;
  tell(Severity::warning, msg("geo.road_pieces", pieces_.size() - 1, outside, pieces_[0].km));
  for (std::size_t i = 1; i < std::min(most, pieces_.size()); ++i)
    tell(Severity::info, msg("geo.road_piece", pieces_[i].km)).at = pieces_[i].at;
  return out;
}

std::vector<Roads::Access> Roads::near(LonLat place, double within_km) const {
  struct Found {
    std::uint32_t segment = 0;
    Nearest where;
  };
  std::map<std::uint32_t, Found> by_piece;  // 0: the longest
  const double within = within_km * 1000;
  grid_.around(
      place, within,
      [&](std::uint32_t s) {
        const Segment& segment = segments_[s];
        const auto points = line(edges_[segment.edge]);
        const Nearest n = nearest_on(place, points[segment.point - 1], points[segment.point]);
        if (n.metres > within) return;
        const auto [it, is_new] =
            by_piece.try_emplace(piece_of_[edges_[segment.edge].from], Found{s, n});
        const Found& held = it->second;
        if (!is_new &&
            (n.metres < held.where.metres || (n.metres == held.where.metres && s < held.segment)))
          it->second = {s, n};
      },
      [&](double seen) {
        const auto longest = by_piece.find(0);
        return longest != by_piece.end() && longest->second.where.metres < seen;
      });
  std::vector<std::pair<std::uint32_t, Found>> sorted(by_piece.begin(), by_piece.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
    return a.second.where.metres < b.second.where.metres;
  });
  std::vector<Access> out;
  std::uint32_t best = UINT32_MAX;
  for (const auto& [piece, found] : sorted) {
    if (piece >= best || out.size() == 3) continue;
    best = piece;
    const Segment& segment = segments_[found.segment];
    const Edge& edge = edges_[segment.edge];
    const auto points = line(edge);
    double before = 0, all = 0;
    for (std::uint32_t k = 1; k < points.size(); ++k) {
      const double metres = ground_metres(points[k - 1], points[k]);
      if (k < segment.point) before += metres;
      if (k == segment.point) before += found.where.along * metres;
      all += metres;
    }
    const LonLat a = points[segment.point - 1], b = points[segment.point];
    const double t = found.where.along;
    const LonLat at{a.lon + t * (b.lon - a.lon), a.lat + t * (b.lat - a.lat)};
    out.push_back({segment.edge, all > 0 ? std::clamp(before / all, 0.0, 1.0) : 0,
                   ground_metres(place, at) / 1000, at});
  }
  return out;
}

std::string hash_of(std::span<const RoadLine> lines) {
  ContentHash hash;
  for (const RoadLine& line : lines) {
    hash.add(std::span<const LonLat>(line.points));
    const std::array<float, 2> rest{static_cast<float>(line.way), line.speed_kmh};
    hash.add(std::span<const float>(rest));
    hash.add(static_cast<std::uint64_t>(line.points.size()));
  }
  return hash.text();
}

}  // namespace geo
