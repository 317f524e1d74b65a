#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "data/dataset.hpp"
#include "data/gaps.hpp"
#include "data/indicator.hpp"
#include "geo/progress.hpp"

namespace app {

/// The numbers of a dataset that more than one view needs: each is worked out when it is first
/// asked for, and kept. Nothing is kept of all dates but what an indicator's classes and time line
/// are made of: a rate per commune and date. Any thread may ask.
class Pool {
 public:
  /// What holds for all dates of an indicator.
  struct Of {
    std::vector<double> rates;      ///< finite, of all dates, in order
    double people_per_circle = 0;   ///< see Figures::people_per_circle_area
    std::vector<data::Gap> series;  ///< all communes together, by date; empty: it has no dates
    std::optional<double> target;   ///< held to by most people, at the last date
    bool own_targets = false;       ///< some communes are held to another one, at the last date
  };
  /// Barriers by UnitIndex, and from how many settlements on they are drawn (see Figures).
  struct Places {
    std::vector<data::Barriers> barriers;
    std::uint32_t hatch_from = 1, dots_from = 1;
  };
  using Gaps = std::shared_ptr<const std::vector<data::Gap>>;  ///< by UnitIndex

  explicit Pool(std::shared_ptr<const data::Dataset> dataset);
  /// What `before` has worked out stands: of it only the judgements changed.
  Pool(std::shared_ptr<const data::Dataset> dataset, const Pool& before);
  /// `dataset` must outlive it.
  explicit Pool(const data::Dataset& dataset);

  const Of& of(data::Indicator indicator, const geo::Progress& progress = {}) const;
  const Places& places() const;
  Gaps gaps(data::Indicator indicator, geo::Date at) const;  ///< the last few are kept

 private:
  struct Kept {
    data::Indicator indicator{};
    geo::Date at;
    Gaps gaps;
  };
  std::shared_ptr<const data::Dataset> dataset_;
  mutable std::mutex all_, places_asked_, kept_asked_;
  mutable std::array<std::optional<Of>, std::size(data::all_indicators)> of_;
  mutable std::optional<Places> places_;
  mutable std::vector<Kept> kept_;  ///< the one asked for last comes last
};

/// Is it, within half of the last digit that a target is given with?
bool same_target(double a, double b);

}  // namespace app
