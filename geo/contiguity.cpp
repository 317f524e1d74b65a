#include "geo/contiguity.hpp"

#include <algorithm>
#include <compare>

namespace geo {

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
