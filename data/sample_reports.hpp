#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "data/sample_province.hpp"
#include "geo/date.hpp"

namespace data {

/// A week as a commune office sends it; cumulative, but for sessions and people reached.
struct SampleReport {
  std::uint32_t week = 0;  ///< 0 … weeks-1
  std::int64_t eligible = 0;
  std::optional<std::int64_t> installed, activated_l1, activated_l2;
  std::int64_t sessions = 0, reached = 0;
};

/// The weeks of one reporter, in order: an S-shaped uptake, slower and lower in hard places, with
/// the mistakes that `flaw` asks for.
std::vector<SampleReport> sample_reports(const SampleReporter& reporter, SampleFlaw flaw,
                                         std::uint32_t weeks, std::uint64_t seed);

/// The Sunday a week ends on: the last is 29 June 2025, two days before the former communes ended.
geo::Date sample_week_end(std::uint32_t week, std::uint32_t weeks);

}  // namespace data
