#pragma once
#include <optional>
#include <span>
#include <vector>

#include "data/dataset.hpp"
#include "data/indicator.hpp"

namespace data {

/// P summed over every scope a target can have: what a target given as a count is spread over.
struct ScopeSums {
  double country = 0;
  std::vector<double> provinces, districts, communes, reporters;
  explicit ScopeSums(const Dataset& dataset);
};

/// Where a number belongs; -1: to none.
struct Place {
  std::int32_t province = -1, district = -1, commune = -1, reporter = -1;
};

/// The targets of one indicator that hold at one date, at most one per unit: of several the one
/// due next, when all are past the latest.
class TargetChoice {
 public:
  TargetChoice(const Dataset& dataset, Indicator indicator, geo::Date at);
  bool any_count() const { return any_count_; }

  /// τ at a place: the reporter's own target, else the commune's, else that of the former district,
  /// the province, the country.
  std::optional<double> share(const Place& place, const ScopeSums& sums) const;

 private:
  bool better(const Target& a, const Target& b) const;
  std::optional<double> one(Target::Scope scope, std::int32_t index,
                            std::span<const double> sums) const;

  geo::Date at_;
  bool any_count_ = false;
  std::vector<const Target*> by_scope_[5];
};

}  // namespace data
