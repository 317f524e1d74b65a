#include "geo/sample_districts.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <tuple>

namespace geo {
namespace {

constexpr std::size_t usual = 9, smallest = 4, largest = 14;

struct Grouping {
  const std::vector<std::vector<std::uint32_t>>& neighbours;
  std::span<const GridPoint> centres;
  std::vector<std::uint32_t> district;               ///< by commune
  std::vector<std::vector<std::uint32_t>> communes;  ///< by district; empty: gone

  double distance(std::uint32_t a,
                  std::uint32_t b) const {  // squared; of whole numbers, exact enough
    const auto dx = static_cast<double>(centres[a].x - centres[b].x);
    const auto dy = static_cast<double>(centres[a].y - centres[b].y);
    return dx * dx + dy * dy;
  }

  /// Shares the communes for which `free` holds out among seeds, each growing over borders, nearest
  /// first; `turns`: the smallest grows next, else whoever has the nearest commune.
  void grow(std::span<const std::uint32_t> seeds, std::span<const std::uint32_t> numbers,
            bool turns) {
    using Claim = std::tuple<std::size_t, double, std::uint32_t, std::uint32_t>;
    std::priority_queue<Claim, std::vector<Claim>, std::greater<>> queue;
    for (std::uint32_t k = 0; k < seeds.size(); ++k) queue.emplace(0, 0.0, seeds[k], k);
    while (!queue.empty()) {
      const auto [size, way, commune, k] = queue.top();
      queue.pop();
      if (district[commune] != no_owner) continue;
      auto& mine = communes[numbers[k]];
      if (turns && size < mine.size()) {  // has grown since the claim was made
        queue.emplace(mine.size(), way, commune, k);
        continue;
      }
      district[commune] = numbers[k];
      mine.push_back(commune);
      for (const std::uint32_t next : neighbours[commune]) {
        if (district[next] == no_owner) {
          queue.emplace(turns ? mine.size() : 0, distance(next, seeds[k]), next, k);
        }
      }
    }
  }

  /// Cuts a district between its two ends. The new part may be small.
  void split(std::uint32_t d) {
    std::vector<std::uint32_t> all;
    all.swap(communes[d]);
    const auto farthest = [&](std::uint32_t from) {
      return *std::max_element(all.begin(), all.end(), [&](std::uint32_t a, std::uint32_t b) {
        return distance(a, from) < distance(b, from);
      });
    };
    const std::uint32_t one = farthest(all.front());
    const std::uint32_t other = farthest(one);
    for (const std::uint32_t c : all) district[c] = no_owner;
    communes.emplace_back();
    const std::uint32_t seeds[] = {one, other};
    const std::uint32_t numbers[] = {d, static_cast<std::uint32_t>(communes.size() - 1)};
    // Communes of other districts have an owner, so this stays within the district.
    grow(seeds, numbers, true);
  }

  /// Joins a district to the smallest one beside it.
  void merge(std::uint32_t d) {
    std::uint32_t best = no_owner;
    for (const std::uint32_t c : communes[d]) {
      for (const std::uint32_t next : neighbours[c]) {
        const std::uint32_t o = district[next];
        if (o == d) continue;
        if (best == no_owner ||
            std::pair(communes[o].size(), o) < std::pair(communes[best].size(), best))
          best = o;
      }
    }
    if (best == no_owner) return;
    for (const std::uint32_t c : communes[d]) {
      district[c] = best;
      communes[best].push_back(c);
    }
    communes[d].clear();
  }
};

}  // namespace

std::vector<std::uint32_t> form_districts(const std::vector<std::vector<std::uint32_t>>& neighbours,
                                          std::span<const GridPoint> centres,
                                          std::uint32_t capital) {
  const std::size_t n = neighbours.size();
  const std::size_t count = std::max<std::size_t>(1, (n + usual / 2) / usual);
  Grouping groups{neighbours, centres, std::vector<std::uint32_t>(n, no_owner), {}};
  groups.communes.resize(count);
  std::vector<std::uint32_t> seeds;
  std::vector<std::uint32_t> numbers;
  for (std::size_t k = 0; k < count; ++k) {
    seeds.push_back(static_cast<std::uint32_t>((2 * k + 1) * n / (2 * count)));
    numbers.push_back(static_cast<std::uint32_t>(k));
  }
  groups.grow(seeds, numbers, false);
  for (int round = 0; round < 3; ++round) {
    for (std::uint32_t d = 0; d < groups.communes.size(); ++d) {
      const std::size_t size = groups.communes[d].size();
      if (size > 0 && size < smallest) groups.merge(d);
    }
    for (std::uint32_t d = 0; d < groups.communes.size(); ++d) {
      if (groups.communes[d].size() > largest) groups.split(d);
    }
  }

  std::vector<std::uint32_t> name(groups.communes.size(), no_owner);
  std::uint32_t next = 0;
  name[groups.district[capital]] = next++;
  for (std::uint32_t& d : groups.district) {
    if (name[d] == no_owner) name[d] = next++;
    d = name[d];
  }
  return groups.district;
}

}  // namespace geo
