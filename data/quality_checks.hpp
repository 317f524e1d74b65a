#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "data/quality.hpp"

// The checks themselves, two files of them; docs/formulas.md, "Checks", says why each number is
// what it is.
namespace data {

using Findings = std::vector<Finding>;

void check_reports(const Dataset& dataset, Findings& findings, const geo::Progress& progress);
void check_places(const Dataset& dataset, const geo::HitIndex* hits, Findings& findings,
                  const geo::Progress& progress);

/// The commune of today that took most of each reporter; invalid: none.
std::vector<geo::UnitIndex> home_of_reporters(const Dataset& dataset);

namespace limits {
// counts: how far a weekly step may go
inline constexpr double activations_per_member = 7.5;  ///< a week
inline constexpr double people_per_session = 40;
inline constexpr double step_deviations = 5;  ///< of the series' own steps, robust
inline constexpr std::size_t fewest_steps = 6;
// published population
inline constexpr double density_deviations = 3.5;  ///< of the logarithm, robust
inline constexpr double density_times = 4;
inline constexpr std::size_t fewest_peers = 8;
inline constexpr double digit_times = 5;
inline constexpr double residents_apart = 1.3;
// settlements
inline constexpr double outside_metres = 250;
}  // namespace limits

/// Median, and the deviation a normal distribution of the same median absolute deviation has.
struct Robust {
  double median = 0, deviation = 0;
};
Robust robust(std::vector<double> values);

}  // namespace data
