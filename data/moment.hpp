#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "data/gaps.hpp"
#include "data/target_choice.hpp"

namespace data {

/// Everything about one reported indicator at one date, from which the gap of any commune follows.
/// It can be moved from date to date; what stays the same between them is kept.
class Moment {
 public:
  Moment(const Dataset& dataset, Indicator indicator);

  /// Looks only at these from now on. Not where a target is a count, which all are summed for.
  void only(std::span<const geo::UnitIndex> units);
  /// Looks up the state at any date. (A moment looks at dates or moves along them, not both.)
  void look_at(geo::Date at);
  /// The same for dates that follow one another: what is newer than the last one is taken over.
  void move_to(geo::Date at);
  Gap gap(geo::UnitIndex unit) const;

 private:
  static constexpr std::int32_t never = INT32_MIN;
  /// What a reporter says at a date.
  struct Number {
    std::int32_t day = never;  ///< of the report; never: it says nothing
    double p = 0, o = 0;
  };
  /// As Part has it, in one row for all communes.
  struct Piece {
    std::uint32_t reporter = 0;
    std::int32_t successor = -1;  ///< within the commune
    double share = 1;
    double target = 0;  ///< of these people at the date; NaN: none
    bool estimated = false, has_predecessor = false;
  };
  bool counts(std::size_t first, const Piece& piece) const;
  void look_up(std::uint32_t reporter, std::size_t end);
  void choose_targets();
  void sum_scopes();

  const Dataset& dataset_;
  Indicator indicator_;
  Count count_;
  std::vector<geo::Date> dues_;           ///< of the indicator's targets, in order
  std::vector<std::size_t> first_piece_;  ///< by commune, and one more
  std::vector<Piece> pieces_;
  std::vector<std::uint32_t> reporters_;  ///< those looked at

  geo::Date at_;
  std::size_t seen_ = 0;            ///< dates of the reports that were taken over
  std::vector<double> eligible_;    ///< by reporter, last reported; NaN: never
  std::vector<Number> numbers_;     ///< by reporter
  std::optional<std::size_t> due_;  ///< how many dues are past, for which targets were chosen
  std::optional<TargetChoice> targets_;
  ScopeSums sums_;
};

}  // namespace data
