#include "data/travel_rule.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "data/workspace.hpp"
#include "geo/error.hpp"

namespace data {
namespace {

using geo::msg;
using nlohmann::ordered_json;

[[noreturn]] void refuse(geo::Message what, std::string field, geo::Message remedy) {
  throw geo::Error(geo::ErrorKind::usage, std::move(what), std::move(field), std::move(remedy));
}

}  // namespace

TravelRule TravelRule::plains() {
  TravelRule rule;
  rule.car_kmh = 40;
  rule.motorbike_kmh = 20;
  rule.foot_kmh = 4.5;
  rule.detour_car = 1.35;
  rule.detour_motorbike = 1.35;
  rule.detour_foot = 1.2;
  return rule;
}

std::vector<TravelNumber> travel_numbers() {
  using R = TravelRule;
  const auto assumed = [] { return msg("data.travel_assumed"); };
  return {
      {"car_kmh", &R::car_kmh, "km/h", 5, 130, msg("data.travel_car_kmh"), assumed()},
      {"motorbike_kmh", &R::motorbike_kmh, "km/h", 2, 80, msg("data.travel_motorbike_kmh"),
       assumed()},
      {"foot_kmh", &R::foot_kmh, "km/h", 0.5, 8, msg("data.travel_foot_kmh"),
       msg("data.travel_foot_kmh_source")},
      {"detour_car", &R::detour_car, "", 1, 5, msg("data.travel_detour_car"), assumed()},
      {"detour_motorbike", &R::detour_motorbike, "", 1, 5, msg("data.travel_detour_motorbike"),
       assumed()},
      {"detour_foot", &R::detour_foot, "", 1, 5, msg("data.travel_detour_foot"), assumed()},
      {"most_car_kmh", &R::most_car_kmh, "km/h", 5, 130, msg("data.travel_most_car_kmh"),
       assumed()},
      {"most_motorbike_kmh", &R::most_motorbike_kmh, "km/h", 2, 80,
       msg("data.travel_most_motorbike_kmh"), assumed()},
      {"motor_climb", &R::motor_climb, "", 0, 50, msg("data.travel_motor_climb"), assumed()},
      {"to_road_km", &R::to_road_km, "km", 0, 100, msg("data.travel_to_road_km"), assumed()},
      {"within_km", &R::within_km, "km", 1, 2000, msg("data.travel_within_km"), assumed()},
  };
}

TravelRule travel_rule_of(const std::string& json) {
  const ordered_json text = ordered_json::parse(json, nullptr, false);
  if (!text.is_object())
    refuse(msg("data.travel_rule_no_json"), "travel_rule", msg("data.travel_rule_remedy"));
  TravelRule rule;
  if (const auto terrain = text.find("terrain"); terrain != text.end()) {
    const bool plains = *terrain == "plains";
    if (!plains && *terrain != "mountains")
      refuse(msg("data.travel_terrain", terrain->dump()), "terrain",
             msg("data.travel_terrain_remedy"));
    if (plains) rule = TravelRule::plains();
  }
  const auto numbers = travel_numbers();
  for (const auto& [field, value] : text.items()) {
    if (field == "terrain") continue;
    const auto number =
        std::find_if(numbers.begin(), numbers.end(),
                     [&name = field](const TravelNumber& n) { return n.id == name; });
    if (number == numbers.end())
      refuse(msg("data.travel_unknown_field", field), field, msg("data.travel_rule_remedy"));
    const double given = value.is_number() ? value.get<double>() : -1;
    if (!(given >= number->least && given <= number->most))
      refuse(msg("data.travel_number", value.dump()), field,
             msg("data.travel_number_remedy", number->least, number->most));
    rule.*(number->value) = given;
  }
  return rule;
}

std::string json_of(const TravelRule& rule) {
  ordered_json out;
  for (const TravelNumber& n : travel_numbers()) out[std::string(n.id)] = rule.*(n.value);
  return out.dump(2);
}

TravelRule travel_rule(Workspace& workspace) {
  const auto kept = workspace.setting("travel_rule");
  return kept ? travel_rule_of(*kept) : TravelRule{};
}

void keep_travel_rule(Workspace& workspace, const TravelRule& rule) {
  workspace.set_setting("travel_rule", json_of(rule));
}

}  // namespace data
