#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "data/apportion.hpp"
#include "geo/date.hpp"

namespace data {

/// What a former unit gave to another, as it comes out.
struct DecreeShare {
  std::size_t item = 0;
  double share = 1;
  ShareBasis basis = ShareBasis::whole;
};
/// A unit with reports whose people would be lost, or counted more than once.
struct DecreeLoss {
  std::string code, name;
  double before = 0, after = 0;  ///< how often its reports are counted: once is right
};
/// A settlement or team that had a commune before and has none after: its unit was split, and it
/// has no place that one of the parts holds.
struct DecreeHomeless {
  std::string code, name;
  bool team = false;
};
/// Sums over everything reported, of every date and count, in whole people: what units report that
/// were shown before or are after, and what the units of that day come to, each former unit shared
/// out by largest remainders.
struct DecreeTotals {
  using Sums = std::array<std::int64_t, 6>;  ///< by Count
  struct Day {
    geo::Date date;
    Sums before{}, after{};
    std::array<bool, 6> reported{};  ///< by Count: some unit told it
  };
  std::vector<Day> days;
  std::vector<DecreeLoss> losses;
  std::vector<DecreeShare> shares;
  std::size_t unshown = 0;                               ///< units with reports shown neither way
  std::size_t placed_settlements = 0, placed_teams = 0;  ///< of split units, by their places now
  std::size_t homeless_settlements = 0, homeless_teams = 0;
  std::vector<DecreeHomeless> homeless;  ///< all of them, settlements first
  bool equal() const;
};

}  // namespace data
