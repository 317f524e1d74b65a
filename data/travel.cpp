#include "data/travel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>

#include "data/names.hpp"
#include "geo/elevation.hpp"
#include "geo/parallel.hpp"
#include "geo/road_ways.hpp"

namespace data {
namespace {

using geo::msg;

/// A degree of latitude is nowhere shorter, in km.
constexpr double least_degree_km = 110.5;

double straight_km(geo::LonLat a, geo::LonLat b) {
  return geo::geodesic_distance(a, b).value / 1000;
}

double people_of(const Settlement& s) {
  const auto people = s.eligible ? s.eligible : s.residents;
  return people ? static_cast<double>(std::max<std::int64_t>(0, *people)) : 1;
}

/// Settlements of a commune that have a position; none of them has people: each counts 1.
struct Weighted {
  std::vector<const Settlement*> settlements;
  std::vector<double> weights;
  double sum = 0;
};

std::vector<Weighted> settlements_of(const Dataset& dataset) {
  std::vector<Weighted> out(dataset.communes.size());
  for (const Settlement& s : dataset.settlements) {
    if (!s.commune.valid() || !s.at) continue;
    Weighted& w = out[s.commune.value];
    w.settlements.push_back(&s);
    w.weights.push_back(people_of(s));
    w.sum += w.weights.back();
  }
  for (Weighted& w : out) {
    if (w.sum > 0 || w.settlements.empty()) continue;
    w.weights.assign(w.settlements.size(), 1);
    w.sum = static_cast<double>(w.settlements.size());
  }
  return out;
}

Place place_among(const Weighted& w) {
  Place place{{0, 0}, 0, 0, 0, 0};
  for (std::size_t i = 0; i < w.settlements.size(); ++i) {
    const double share = w.weights[i] / w.sum;
    const Settlement& s = *w.settlements[i];
    place.at.lon += share * s.at->lon;
    place.at.lat += share * s.at->lat;
    switch (vehicle_of(s.road)) {
      case Vehicle::foot:
        place.foot += share;
        break;
      case Vehicle::motorbike:
        (s.road.empty() ? place.car : place.motorbike) += share;
        break;
      case Vehicle::car:
        place.car += share;
        break;
    }
  }
  for (std::size_t i = 0; i < w.settlements.size(); ++i)
    place.spread_km += w.weights[i] / w.sum * straight_km(place.at, *w.settlements[i]->at);
  return place;
}

/// A straight kilometre: how long it is on the ground, and how long it takes.
struct Pace {
  double km = 0, hours = 0;
};

bool walks_on(Vehicle road, Vehicle vehicle) {
  return vehicle == Vehicle::foot || road == Vehicle::foot ||
         (vehicle == Vehicle::car && road == Vehicle::motorbike);
}

double detour_on(Vehicle road, const TravelRule& rule) {
  return road == Vehicle::car         ? rule.detour_car
         : road == Vehicle::motorbike ? rule.detour_motorbike
                                      : rule.detour_foot;
}

double hours_on(Vehicle road, Vehicle vehicle, const geo::Slopes& way, const TravelRule& rule) {
  if (walks_on(road, vehicle)) return way.foot_km / rule.foot_kmh;
  return (way.km + rule.motor_climb * way.climb_m / 1000) /
         (road == Vehicle::car ? rule.car_kmh : rule.motorbike_kmh);
}

/// Straight lines, by what roads there are.
class StraightWays {
 public:
  StraightWays(const Place& to, Vehicle vehicle, const TravelRule& rule,
               const geo::Elevation* elevation)
      : to_(to), vehicle_(vehicle), rule_(rule), elevation_(elevation) {
    const geo::Slopes one{1, 0, 1};
    add(main_, 1, Vehicle::car, one, rule.detour_car);
    for (const auto& [share, road] : shares()) add(last_, share, road, one, detour_on(road, rule));
  }

  /// Over the flat.
  Leg leg(double km) const {
    const double last = std::min(km, to_.spread_km), main = km - last;
    return to_leg({main * main_.km + last * last_.km, main * main_.hours + last * last_.hours});
  }
  Leg leg(double km, geo::LonLat from) const {
    if (elevation_ == nullptr || km <= 0) return leg(km);
    const double t = std::max(0.0, km - to_.spread_km) / km;
    const geo::LonLat turn{from.lon + t * (to_.at.lon - from.lon),
                           from.lat + t * (to_.at.lat - from.lat)};
    Pace pace;
    const std::array main{from, turn}, last{turn, to_.at};
    add(pace, 1, Vehicle::car, geo::slopes_of(main, elevation_, rule_.detour_car), 1);
    for (const auto& [share, road] : shares()) {
      if (share > 0)
        add(pace, share, road, geo::slopes_of(last, elevation_, detour_on(road, rule_)), 1);
    }
    return to_leg(pace);
  }

 private:
  std::array<std::pair<double, Vehicle>, 3> shares() const {
    return {
        {{to_.car, Vehicle::car}, {to_.motorbike, Vehicle::motorbike}, {to_.foot, Vehicle::foot}}};
  }
  void add(Pace& pace, double share, Vehicle road, const geo::Slopes& way, double stretch) const {
    pace.km += share * stretch * way.km;
    pace.hours += share * stretch * hours_on(road, vehicle_, way, rule_);
  }
  static Leg to_leg(const Pace& pace) {
    return {static_cast<float>(pace.km), static_cast<float>(pace.hours)};
  }

  const Place& to_;
  Vehicle vehicle_;
  const TravelRule& rule_;
  const geo::Elevation* elevation_;
  Pace main_, last_;
};

geo::RoadPace pace_of(Vehicle vehicle, const TravelRule& rule) {
  geo::RoadPace pace;
  pace.kmh = {rule.car_kmh, rule.motorbike_kmh, rule.foot_kmh};
  pace.most_kmh = {rule.most_car_kmh, rule.most_motorbike_kmh, rule.foot_kmh};
  pace.walks = {walks_on(Vehicle::car, vehicle), walks_on(Vehicle::motorbike, vehicle), true};
  pace.foot_kmh = rule.foot_kmh;
  pace.foot_detour = rule.detour_foot;
  pace.motor_climb = rule.motor_climb;
  pace.to_road_km = rule.to_road_km;
  return pace;
}

}  // namespace

Vehicle vehicle_of(std::string_view word) {
  const std::string folded = fold_search(word);
  constexpr std::array<std::string_view, 6> cars{"car",     "o to",   "oto",
                                                 "xe o to", "xe hoi", "xe con"};
  constexpr std::array<std::string_view, 5> feet{"foot", "di bo", "duong mon", "walk", "bo"};
  if (std::find(cars.begin(), cars.end(), folded) != cars.end()) return Vehicle::car;
  if (std::find(feet.begin(), feet.end(), folded) != feet.end()) return Vehicle::foot;
  return Vehicle::motorbike;
}

std::vector<Place> places_of(const Dataset& dataset, const geo::Land& land) {
  // Not the fast one: its last bits depend on what was asked before, and keys of the cache on them.
  const geo::Projection projection(land.crs);
  const auto settlements = settlements_of(dataset);
  std::vector<Place> out(dataset.communes.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (!settlements[i].settlements.empty()) {
      out[i] = place_among(settlements[i]);
      continue;
    }
    out[i].at = projection.to_lonlat(land.labels[i].point);
    out[i].spread_km = 2.0 / 3 * std::sqrt(dataset.communes[i].area_m2 / std::numbers::pi) / 1000;
  }
  return out;
}

std::optional<std::size_t> Travel::find(const Start& start) const {
  const auto found = std::find(starts.begin(), starts.end(), start);
  if (found == starts.end()) return std::nullopt;
  return static_cast<std::size_t>(found - starts.begin());
}

Travel travel_of(const Dataset& dataset, const geo::Land& land, std::span<const Start> starts,
                 const TravelRule& rule, const geo::Roads* roads, const geo::Elevation* elevation,
                 const geo::Progress& progress) {
  const auto places = places_of(dataset, land);
  Travel travel;
  travel.by = roads != nullptr ? Travel::By::roads : Travel::By::geodesic;
  travel.slopes = elevation != nullptr;
  travel.starts.assign(starts.begin(), starts.end());
  travel.communes = places.size();
  travel.legs.resize(starts.size() * places.size());

  std::array<std::optional<geo::RoadWays>, 3> ways;  // by vehicle
  if (roads != nullptr) {
    std::vector<geo::LonLat> at;
    for (const Place& place : places) at.push_back(place.at);
    for (const Start& start : starts) {
      auto& of_vehicle = ways.at(static_cast<std::size_t>(start.vehicle));
      if (!of_vehicle) of_vehicle.emplace(*roads, at, pace_of(start.vehicle, rule), elevation);
    }
  }
  const auto legs_from = [&](std::size_t s) {
    const Start& start = starts[s];
    if (!start.home.valid() || start.home.value >= places.size()) return;
    Leg* const legs = &travel.legs[s * places.size()];
    const Place& home = places[start.home.value];
    std::vector<bool> wanted(places.size());
    for (std::size_t c = 0; c < places.size(); ++c) {
      const Place& to = places[c];
      const StraightWays straight(to, start.vehicle, rule, elevation);
      if (c == start.home.value) {
        legs[c] = straight.leg(to.spread_km);
        continue;
      }
      // Most of a country is out of reach by its latitude alone.
      if (std::abs(home.at.lat - to.at.lat) * least_degree_km > rule.within_km) continue;
      const double km = straight_km(home.at, to.at);
      if (km > rule.within_km) continue;
      wanted[c] = true;
      if (roads == nullptr) legs[c] = straight.leg(km, home.at);
    }
    if (roads == nullptr) return;
    const auto found =
        ways.at(static_cast<std::size_t>(start.vehicle))->from(start.home.value, wanted);
    for (std::size_t c = 0; c < places.size(); ++c) {
      if (wanted[c] && found[c].reachable())
        legs[c] = {static_cast<float>(found[c].km), static_cast<float>(found[c].hours)};
    }
  };
  geo::in_parallel(starts.size(), progress, msg("data.doing_travel"),
                   [&](std::size_t, std::size_t s) { legs_from(s); });
  return travel;
}

}  // namespace data
