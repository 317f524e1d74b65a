#include "geo/road_ways.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <queue>
#include <tuple>

namespace geo {
namespace {

struct Cost {
  double hours = 0, km = 0;
};

Cost cost_of(const Roads::Edge& edge, const RoadPace& pace) {
  const auto way = static_cast<std::size_t>(edge.way);
  if (pace.walks[way]) return {edge.slopes.foot_km / pace.foot_kmh, edge.slopes.km};
  const double speed =
      edge.speed_kmh > 0 ? std::min<double>(edge.speed_kmh, pace.most_kmh[way]) : pace.kmh[way];
  return {(edge.slopes.km + pace.motor_climb * edge.slopes.climb_m / 1000) / speed, edge.slopes.km};
}

struct Link {
  std::uint32_t a, b;
  float hours, km;
};

Link link(std::uint32_t a, std::uint32_t b, const Cost& cost, double share = 1) {
  return {a, b, static_cast<float>(cost.hours * share), static_cast<float>(cost.km * share)};
}

}  // namespace

// Nodes: the places, then the junctions, then where places come to a road between two junctions.
RoadWays::RoadWays(const Roads& roads, std::span<const LonLat> places, const RoadPace& pace,
                   const Elevation* elevation)
    : places_(places.size()), cut_off_(places.size()) {
  const auto first_junction = static_cast<std::uint32_t>(places.size());
  std::uint32_t nodes = first_junction + roads.junctions();
  std::vector<Link> links;
  std::vector<std::tuple<std::uint32_t, double, std::uint32_t>> stops;  // edge, along, node
  for (std::uint32_t p = 0; p < places.size(); ++p) {
    const auto accesses = roads.near(places[p], pace.to_road_km);
    cut_off_[p] = accesses.empty();
    for (const Roads::Access& access : accesses) {
      const std::array<LonLat, 2> path{places[p], access.at};
      const Slopes walk = slopes_of(path, elevation, pace.foot_detour);
      const Roads::Edge& edge = roads.edges()[access.edge];
      std::uint32_t node = first_junction + (access.along == 0 ? edge.from : edge.to);
      if (access.along > 0 && access.along < 1) {
        node = nodes++;
        stops.emplace_back(access.edge, access.along, node);
      }
      links.push_back(link(p, node, {walk.foot_km / pace.foot_kmh, walk.km}));
    }
  }
  std::sort(stops.begin(), stops.end());
  auto stop = stops.begin();
  for (std::uint32_t e = 0; e < roads.edges().size(); ++e) {
    const Roads::Edge& edge = roads.edges()[e];
    const Cost cost = cost_of(edge, pace);
    std::uint32_t node = first_junction + edge.from;
    double done = 0;
    for (; stop != stops.end() && std::get<0>(*stop) == e; ++stop) {
      const auto [on, along, next] = *stop;
      links.push_back(link(node, next, cost, along - done));
      node = next;
      done = along;
    }
    links.push_back(link(node, first_junction + edge.to, cost, 1 - done));
  }

  first_.assign(nodes + 1, 0);
  for (const Link& l : links) {
    ++first_[l.a + 1];
    ++first_[l.b + 1];
  }
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
  arcs_.resize(2 * links.size());
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  for (const Link& l : links) {
    arcs_[next[l.a]++] = {l.b, l.hours, l.km};
    arcs_[next[l.b]++] = {l.a, l.hours, l.km};
  }

  piece_of_.assign(nodes, UINT32_MAX);
  std::vector<std::uint32_t> todo;
  for (std::uint32_t p = 0; p < places.size(); ++p) {
    if (piece_of_[p] != UINT32_MAX) continue;
    piece_of_[p] = p;
    todo.push_back(p);
    while (!todo.empty()) {
      const std::uint32_t node = todo.back();
      todo.pop_back();
      for (std::uint32_t i = first_[node]; i < first_[node + 1]; ++i) {
        if (piece_of_[arcs_[i].to] != UINT32_MAX) continue;
        piece_of_[arcs_[i].to] = p;
        todo.push_back(arcs_[i].to);
      }
    }
  }
  piece_of_.resize(places.size());
}

std::vector<RoadWay> RoadWays::from(std::size_t place, const std::vector<bool>& wanted) const {
  std::vector<RoadWay> ways(first_.size() - 1);
  std::size_t left = 0;
  const auto is_wanted = [&](std::size_t p) {
    return p < places_ && (wanted.empty() || wanted[p]) && piece_of_[p] == piece_of_[place];
  };
  for (std::size_t p = 0; p < places_; ++p) left += is_wanted(p);
  using Due = std::pair<double, std::uint32_t>;
  std::priority_queue<Due, std::vector<Due>, std::greater<>> queue;
  ways[place] = {0, 0};
  queue.emplace(0, static_cast<std::uint32_t>(place));
  while (!queue.empty() && left > 0) {
    const auto [hours, node] = queue.top();
    queue.pop();
    if (hours > ways[node].hours) continue;
    if (is_wanted(node)) --left;
    for (std::uint32_t i = first_[node]; i < first_[node + 1]; ++i) {
      const Arc& arc = arcs_[i];
      const double there = hours + static_cast<double>(arc.hours);
      if (!(there < ways[arc.to].hours)) continue;
      ways[arc.to] = {there, ways[node].km + static_cast<double>(arc.km)};
      queue.emplace(there, arc.to);
    }
  }
  ways.resize(places_);
  // Seen on the way but not wanted: perhaps not by the fastest way.
  if (!wanted.empty()) {
    for (std::size_t p = 0; p < places_; ++p)
      if (!wanted[p]) ways[p] = {};
  }
  return ways;
}

}  // namespace geo
