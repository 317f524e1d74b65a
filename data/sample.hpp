#pragma once
#include <cstdint>
#include <filesystem>

#include "geo/progress.hpp"

namespace data {

struct SampleOptions {
  std::uint32_t communes = 45;   ///< 1 to 20,000
  std::uint32_t weeks = 20;      ///< 1 to 520
  std::uint64_t seed = 1;
};

/// Writes a made-up province to a new workspace, labelled as such (setting made_up, title), with
/// boundaries, former communes and crosswalk, settlements, teams, weekly reports, targets, figures, and every defect
/// that the checks look for. The same options give the same values. Error when the file exists.
void write_sample(const std::filesystem::path& file, const SampleOptions& options,
                  const geo::Progress& progress = {});

}  // namespace data
