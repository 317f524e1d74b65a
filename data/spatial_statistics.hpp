#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "geo/contiguity.hpp"

namespace data {

/// Where a commune stands among its neighbours. They are clusters, not causes.
enum class Cluster : std::uint8_t {
  none,       ///< not significant
  high_high,  ///< high among high
  low_low,    ///< low among low: a gap that spreads over borders
  high_low,   ///< high among low
  low_high,   ///< low among high
  left_out    ///< no value, or no neighbour with one
};

std::string_view id(Cluster cluster);  ///< "none", "high_high" … "left_out"

struct MoranOptions {
  std::uint32_t permutations = 999;
  std::uint64_t seed = 1;
  double significance = 0.05;  ///< of the false discovery rate over all communes
};

struct Moran {
  double i = 0;                        ///< global Moran's I, row-standardised queen contiguity
  double expected = 0;                 ///< −1/(n−1)
  double p = 1;                        ///< one-sided (R+1)/(M+1), seeded permutations
  std::size_t n = 0;                   ///< communes that count
  std::vector<std::uint32_t> islands;  ///< with a value but without a neighbour that has one
  std::vector<std::uint32_t> missing;  ///< without a value
  // By unit; NaN where left out.
  std::vector<double> local;  ///< local Iᵢ = zᵢ/m₂ · Σⱼ wᵢⱼ zⱼ, m₂ = Σz²/n (as spdep's localmoran)
  std::vector<double> local_p;    ///< conditional permutation, two-sided by the smaller tail
  std::vector<Cluster> clusters;  ///< by sign, where p passes Benjamini–Hochberg
};

/// Empty when fewer than 3 communes count or all their values are equal: there is no I.
/// The same input and seed give the same answer on every machine.
std::optional<Moran> moran(std::span<const std::optional<double>> values,
                           const geo::Contiguity& neighbours, const MoranOptions& options = {});

}  // namespace data
