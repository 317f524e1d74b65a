#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>

#include "data/plan.hpp"

namespace data {

/// Of `count` growing changes the first that is enough, by halving, as if all after one that is
/// enough were enough too. What is answered was tried; nothing where the largest is not enough.
template <class Enough>
std::optional<std::size_t> first_enough(std::size_t count, Enough enough) {
  if (count == 0 || !enough(count - 1)) return std::nullopt;
  std::size_t low = 0, high = count - 1;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (enough(middle))
      high = middle;
    else
      low = middle + 1;
  }
  return high;
}

/// Of all provinces: that is what the wishes count.
struct PlanMeans {
  std::uint32_t generators = 0, routers = 0, teams = 0;
};
inline PlanMeans means_of(const PlanProblems& problems) {
  PlanMeans out;
  for (const PlanPart& part : problems.parts) {
    out.generators += part.problem.generators;
    out.routers += part.problem.routers;
    for (const auto& crew : part.problem.crews) out.teams += crew.teams;
  }
  return out;
}

}  // namespace data
