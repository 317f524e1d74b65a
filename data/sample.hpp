#pragma once
#include <cstdint>
#include <filesystem>

#include "geo/progress.hpp"

namespace data {

struct SampleOptions {
  std::uint32_t communes = 45;  ///< 1 to 20,000
  std::uint32_t weeks = 20;     ///< 1 to 520
  std::uint64_t seed = 1;
  bool clean = false;  ///< nothing wrong on purpose: the checks have nothing to find
  /// In all; 4 to 40 a commune, spread evenly. 0: as many as people would settle, about 20 each.
  std::uint32_t settlements = 0;
  std::uint32_t teams = 0;  ///< at least so many: those beyond the usual ones in settlements
};

/// What is wrong in a sample on purpose, for the checks to find: how many there are of each, about
/// one in so many communes, but at least one where the sample is large (and long) enough. Nothing
/// else in it is wrong, but that every 25th weekly report is missing.
struct SampleDefects {
  std::int64_t missing_cells = 0;              ///< 1 in 15: former communes with reports half empty
  std::int64_t settlement_outside = 0;         ///< 1 in 60: settlements that lie in a neighbour
  std::int64_t activated_above_installed = 0;  ///< 1 in 60: former communes, columns mixed up
  std::int64_t falling_cumulative = 0;         ///< 1 in 60: former communes, one week lower
  std::int64_t implausible_jump = 0;           ///< 1 in 60: former communes, +25% in one week
  std::int64_t residents_unlike = 0;           ///< 1 in 60: settlements sum to 1.6 × published
  std::int64_t population_off_by_ten = 0;      ///< 1 in 60: published population ÷ 10
  std::int64_t above_target = 0;               ///< 1 in 60: communes at 90% of eligible people
  std::int64_t silent = 0;                     ///< 1 in 20: communes silent for the last 4 weeks
  std::int64_t duplicate_name = 0;             ///< 1 in 60: named like another of the district
  std::int64_t never_reported = 0;             ///< 1 in 60: communes without any report
  std::int64_t split_former = 0;               ///< 1 in 20: former communes in two of today's
  std::int64_t team_without_commune = 0;       ///< 1 in 60
  std::int64_t flawed_border = 0;              ///< 1 in 60: communes that overlap and gape
  std::int64_t rival_figures = 0;              ///< published figures that contradict another
  bool operator==(const SampleDefects&) const = default;
};

/// Writes a made-up province to a new workspace, labelled as such (settings made_up and title,
/// names of sources and documents), with boundaries, former communes and crosswalk, settlements,
/// teams, weekly reports up to 29 June 2025, targets, figures. The same options give the same
/// values (but for the time of writing). Codes lie outside the real ranges: province 99, districts
/// 9001…, communes 40001….
/// Error when the file exists; when anything fails or the person cancels, no file is left behind.
SampleDefects write_sample(const std::filesystem::path& file, const SampleOptions& options,
                           const geo::Progress& progress = {});

}  // namespace data
