#include "data/plan_groups.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace data {

WeekendGroups weekend_groups(const PlanProblem& problem, bool grouped) {
  std::vector<bool> special(problem.weekends.size(), !grouped);
  std::vector<std::vector<std::uint32_t>> banned(problem.weekends.size());  // ways
  for (const auto& ban : problem.bans) banned[ban.weekend].push_back(ban.way);
  for (const auto& must : problem.musts)
    if (must.weekend != no_index) special[must.weekend] = true;
  using Key =
      std::tuple<std::uint32_t, double, std::uint32_t, std::uint32_t, std::vector<std::uint32_t>>;
  std::map<Key, std::uint32_t> known;
  WeekendGroups out;
  for (std::uint32_t w = 0; w < problem.weekends.size(); ++w) {
    const auto& weekend = problem.weekends[w];
    const auto [it, fresh] = known.try_emplace(
        {weekend.days, weekend.force, weekend.kind, special[w] ? w + 1 : 0, banned[w]},
        static_cast<std::uint32_t>(out.groups.size()));
    if (fresh) out.groups.push_back({w, 0});
    ++out.groups[it->second].weekends;
    out.of.push_back(it->second);
  }
  return out;
}

std::vector<std::uint8_t> useful_packs(const PlanProblem& problem) {
  std::vector<std::uint8_t> useful(problem.crews.size() * problem.weekend_kinds, 1);
  for (const auto& way : problem.ways) {
    for (std::uint32_t kind = 0; kind < problem.weekend_kinds; ++kind) {
      const auto& ease = problem.ease[way.place * problem.weekend_kinds + kind];
      std::uint8_t& bits = useful[way.crew * problem.weekend_kinds + kind];
      for (std::size_t pack = 1; pack < pack_count; ++pack) {
        // "both" only where it is more than either of the two.
        const double without = pack == 3 ? std::max(ease[1], ease[2]) : ease[0];
        if (ease[pack] > without + 1e-12) bits = std::uint8_t(bits | (1U << pack));
      }
    }
  }
  // Two days may want different things: a crew for which each kit is useful may want both.
  for (std::uint8_t& bits : useful)
    if ((bits & 6) == 6) bits = std::uint8_t(bits | 8);
  return useful;
}

}  // namespace data
