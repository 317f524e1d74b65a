// Ends of lines that almost meet another line.
#include <algorithm>
#include <utility>

#include "geo/roads.hpp"

namespace geo {
namespace {

struct Segment {
  std::uint32_t line, point;  ///< from this point of the line to the next
};

/// A vertex to be put into a segment.
struct Insert {
  Segment segment;
  double along;
  LonLat at;
};

}  // namespace

void join_loose_ends(std::vector<RoadLine>& lines, double metres, Issues& issues) {
  if (metres <= 0) return;
  PointNumbers numbers;
  std::vector<std::uint32_t> comes_by;
  std::vector<Segment> segments;
  SegmentGrid grid(0.002);
  for (std::uint32_t i = 0; i < lines.size(); ++i) {
    const auto& points = lines[i].points;
    for (std::uint32_t k = 0; k < points.size(); ++k) {
      const std::uint32_t number = numbers.of(points[k]);
      comes_by.resize(numbers.points().size());
      ++comes_by[number];
      if (k == 0) continue;
      grid.add(static_cast<std::uint32_t>(segments.size()), points[k - 1], points[k]);
      segments.push_back({i, k - 1});
    }
  }
  grid.sort();

  std::vector<Insert> inserts;
  std::vector<std::pair<std::uint32_t, LonLat>> longer_at_front, longer_at_back;
  const auto join = [&](std::uint32_t line, LonLat end, auto& longer) {
    if (comes_by[numbers.of(end)] != 1) return;
    Nearest best{metres, 0};
    const Segment* nearest = nullptr;
    grid.around(
        end, metres,
        [&](std::uint32_t s) {
          const Segment& segment = segments[s];
          if (segment.line == line) return;
          const auto& points = lines[segment.line].points;
          const Nearest n = nearest_on(end, points[segment.point], points[segment.point + 1]);
          if (n.metres > best.metres || (n.metres == best.metres && nearest != nullptr)) return;
          best = n;
          nearest = &segment;
        },
        [](double) { return false; });
    if (nearest == nullptr) return;
    const auto& points = lines[nearest->line].points;
    const LonLat a = points[nearest->point], b = points[nearest->point + 1];
    LonLat at{a.lon + best.along * (b.lon - a.lon), a.lat + best.along * (b.lat - a.lat)};
    if (best.along == 0) at = a;
    if (best.along == 1) at = b;
    longer.emplace_back(line, at);
    ++comes_by[numbers.of(end)];
    if (best.along > 0 && best.along < 1) {
      inserts.push_back({*nearest, best.along, at});
    } else {
      ++comes_by[numbers.of(at)];  // another end that waited for this one is loose no more
    }
    comes_by.resize(std::max(comes_by.size(), numbers.points().size()));
  };
  for (std::uint32_t i = 0; i < lines.size(); ++i) {
    if (lines[i].points.size() < 2) continue;
    join(i, lines[i].points.front(), longer_at_front);
    join(i, lines[i].points.back(), longer_at_back);
  }
  const std::size_t joined = longer_at_front.size() + longer_at_back.size();
  if (joined == 0) return;

  // From the back, so that the places of the others stay right.
  std::sort(inserts.begin(), inserts.end(), [](const Insert& a, const Insert& b) {
    return std::tuple(a.segment.line, a.segment.point, a.along) >
           std::tuple(b.segment.line, b.segment.point, b.along);
  });
  for (const Insert& insert : inserts) {
    auto& points = lines[insert.segment.line].points;
    points.insert(points.begin() + insert.segment.point + 1, insert.at);
  }
  for (const auto& [line, at] : longer_at_front)
    lines[line].points.insert(lines[line].points.begin(), at);
  for (const auto& [line, at] : longer_at_back) lines[line].points.push_back(at);
  issues.push_back(
      {Severity::info, msg("geo.road_ends_joined", joined, metres), {}, {}, {}, {}, {}, {}});
}

}  // namespace geo
