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
/// are made of: a rate per commune and date. Any thread may ask; the window's asks for all dates
/// only what is there at_once(), and leaves the rest to a job.
class Pool {
 public:
  /// What holds for all dates of an indicator.
  struct Of {
    std::vector<double> rates;      ///< finite, of all dates, in order
    double people_per_circle = 0;   ///< see Figures::people_per_circle_area
    std::vector<data::Gap> series;  ///< all communes together, by date; empty: it has no dates
  };
  /// At the last date.
  struct Held {
    std::optional<double> target;  ///< held to by most people
    bool own_targets = false;      ///< some communes are held to another one
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

  /// Works it out, or waits for whoever does.
  const Of& of(data::Indicator indicator, const geo::Progress& progress = {}) const;
  /// Is it there, or so little that it is worked out within a frame? Never waits.
  bool at_once(data::Indicator indicator) const;
  Held held(data::Indicator indicator) const;
  const Places& places() const;
  Gaps gaps(data::Indicator indicator, geo::Date at) const;  ///< the last few are kept

 private:
  struct Kept {
    data::Indicator indicator{};
    geo::Date at;
    Gaps gaps;
  };
  static constexpr std::size_t indicators = std::size(data::all_indicators);
  std::shared_ptr<const Of> known(data::Indicator indicator) const;

  std::shared_ptr<const data::Dataset> dataset_;
  mutable std::array<std::mutex, indicators> working_;  ///< held as long as the work takes
  mutable std::mutex known_, places_asked_, kept_asked_;
  mutable std::array<std::shared_ptr<const Of>, indicators> of_;  ///< each set once
  mutable std::array<std::optional<Held>, indicators> held_;
  mutable std::optional<Places> places_;
  mutable std::vector<Kept> kept_;  ///< the one asked for last comes last
};

/// The scale of circles over so many people short, by commune: see Figures.
double people_per_circle(std::vector<double> shortfalls);

/// Is it, within half of the last digit that a target is given with?
bool same_target(double a, double b);

}  // namespace app
