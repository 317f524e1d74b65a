#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "geo/message.hpp"

namespace data {

class Workspace;

/// How fast and how far people get: data of the workspace, to be read and edited (setting
/// "travel_rule", JSON). The defaults are for mountains; see plains().
struct TravelRule {
  // km/h over the flat, by what a road is good for. Whoever has a car or a motorbike drives
  // `car_kmh` on a road for cars; a car stops where only motorbikes go, and its people walk.
  double car_kmh = 35, motorbike_kmh = 15, foot_kmh = 4;
  // How much longer the way is than the straight line.
  double detour_car = 1.6, detour_motorbike = 1.6, detour_foot = 1.4;
  // A speed that the road layer gives counts up to these, km/h.
  double most_car_kmh = 60, most_motorbike_kmh = 30;
  /// With heights: a metre up or down takes as long as so many metres on the flat, by motor. On
  /// foot: Tobler's hiking function.
  double motor_climb = 5;
  double to_road_km = 15;  ///< from a place to a road, straight, at most; on foot
  double within_km = 150;  ///< straight; what is farther away counts as out of reach
  bool operator==(const TravelRule&) const = default;

  /// Where the roads are straighter and better.
  static TravelRule plains();
};

/// One number of the rule as a planner is shown it.
struct TravelNumber {
  std::string_view id;  ///< the field's name in JSON
  double TravelRule::*value;
  std::string_view unit;  ///< "km/h", "km"; empty: a factor
  double least, most;
  geo::Message what, source;  ///< what it says; where the default is from
};
std::vector<TravelNumber> travel_numbers();

/// Error (usage) that names the field, when the text is no rule. {"terrain": "plains"} starts from
/// plains(); all other fields are numbers.
TravelRule travel_rule_of(const std::string& json);
std::string json_of(const TravelRule& rule);

/// The one kept, else that of mountains.
TravelRule travel_rule(Workspace& workspace);
void keep_travel_rule(Workspace& workspace, const TravelRule& rule);

}  // namespace data
