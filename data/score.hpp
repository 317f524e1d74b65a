#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "data/barrier_split.hpp"
#include "data/gaps.hpp"

namespace data {

/// What a weighted score is made of; each scaled to 0…1 over the communes ranked, 1 the worst.
enum class Criterion : std::uint8_t {
  shortfall,    ///< people short
  rate,         ///< low coverage rate
  achievement,  ///< low achievement of target
  barriers,     ///< share of the people short behind a barrier (all but visit and unknown)
  silence,      ///< age of the report
  teams         ///< few teams per 1,000 eligible people
};
inline constexpr std::size_t criterion_count = 6;
inline constexpr Criterion all_criteria[] = {Criterion::shortfall,   Criterion::rate,
                                             Criterion::achievement, Criterion::barriers,
                                             Criterion::silence,     Criterion::teams};
std::string_view id(Criterion criterion);
std::optional<Criterion> criterion_by_id(std::string_view id);

/// Not negative; only their proportions count. All zero counts as the default.
struct Weights {
  std::array<double, criterion_count> of{5, 2, 0, 2, 1, 0};
  bool operator==(const Weights&) const = default;
};

/// Columns of 0…1 per criterion, NaN where it is not known; a commune without a number has none. A
/// commune that lacks what others have and the weights ask for has no score; what no commune has
/// (no targets, no list of teams) does not count.
struct Scores {
  std::vector<geo::UnitIndex> units;
  std::vector<std::array<double, criterion_count>> parts;  ///< by position in `units`
  std::vector<double> score;                               ///< Σ wᵢ partᵢ / Σ w; NaN: none
};
Scores scores(const Dataset& dataset, std::span<const Gap> gaps,
              std::span<const BarrierSplit> splits, std::span<const geo::UnitIndex> units,
              geo::Date at, const Weights& weights);

/// How often each commune stays among the first k when the weights are drawn anew: every weight is
/// multiplied by a gamma variate of mean 1 (coefficient of variation one half), `draws` times, the
/// same for the same seed on every machine. By position in `units`, 0…1 (0 without a score); ties
/// at the border of the first k by code, as in the ranking. O(draws · units).
std::vector<double> stability(const Scores& scores, const Weights& weights, std::size_t k,
                              std::uint64_t seed = 1, std::uint32_t draws = 1000);

}  // namespace data
