#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "data/dataset.hpp"
#include "data/gaps.hpp"
#include "data/indicator.hpp"
#include "geo/progress.hpp"

namespace app {

/// The numbers of a dataset at all its dates, worked out once when it is read, so that another date
/// or indicator only looks them up. About 160 bytes per commune, date and reported indicator.
struct Pool {
  struct Of {
    /// By date of the dataset; of what has no dates (electricity, signal, teams) one alone.
    std::vector<std::vector<data::Gap>> gaps;
    std::vector<double> rates;     ///< finite, of all dates, in order
    double people_per_circle = 0;  ///< see Figures::people_per_circle_area
    std::optional<double> target;  ///< held to by most people, at the last date
    bool own_targets = false;      ///< some communes are held to another one, at the last date
  };
  std::array<std::optional<Of>, std::size(data::all_indicators)> by_indicator;
  std::vector<data::Barriers> barriers;         ///< by UnitIndex
  std::uint32_t hatch_from = 1, dots_from = 1;  ///< as in Figures

  const Of& of(data::Indicator indicator) const {
    return *by_indicator[static_cast<std::size_t>(indicator)];
  }
};

/// Only of `indicators`; linear in communes × dates × log reports.
Pool make_pool(const data::Dataset& dataset, std::span<const data::Indicator> indicators,
               const geo::Progress& progress = {});
/// Looked up where the date is one of the dataset's, else worked out.
std::vector<data::Gap> gaps_at(const Pool& pool, const data::Dataset& dataset,
                               data::Indicator indicator, geo::Date at);
/// Is it, within half of the last digit that a target is given with?
bool same_target(double a, double b);

}  // namespace app
