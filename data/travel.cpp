#include "data/travel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "data/names.hpp"
#include "geo/parallel.hpp"

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

/// How long a straight kilometre takes, and how long it is on the ground.
struct Pace {
  double km = 0, hours = 0;
};

/// On roads for cars, and the last stretch by the roads that people have.
struct Paces {
  Pace main, last;
};

double speed_on(Vehicle road, Vehicle vehicle, const TravelRule& rule) {
  if (vehicle == Vehicle::foot || road == Vehicle::foot) return rule.foot_kmh;
  if (road == Vehicle::car) return rule.car_kmh;
  return vehicle == Vehicle::car ? rule.foot_kmh : rule.motorbike_kmh;
}

Paces paces_to(const Place& place, Vehicle vehicle, const TravelRule& rule) {
  Paces out;
  const auto add = [&](Pace& pace, double share, Vehicle road, double detour) {
    pace.km += share * detour;
    pace.hours += share * detour / speed_on(road, vehicle, rule);
  };
  add(out.main, 1, Vehicle::car, rule.detour_car);
  add(out.last, place.car, Vehicle::car, rule.detour_car);
  add(out.last, place.motorbike, Vehicle::motorbike, rule.detour_motorbike);
  add(out.last, place.foot, Vehicle::foot, rule.detour_foot);
  return out;
}

Leg straight_leg(double km, const Place& to, const Paces& paces) {
  const double last = std::min(km, to.spread_km), main = km - last;
  return {static_cast<float>(main * paces.main.km + last * paces.last.km),
          static_cast<float>(main * paces.main.hours + last * paces.last.hours)};
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
  const auto settlements = settlements_of(dataset);
  std::vector<Place> out(dataset.communes.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (!settlements[i].settlements.empty()) {
      out[i] = place_among(settlements[i]);
      continue;
    }
    out[i].at = land.projection->to_lonlat(land.labels[i].point);
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
                 const TravelRule& rule, const geo::Roads* /*roads*/,
                 const geo::Elevation* /*elevation*/, const geo::Progress& progress) {
  const auto places = places_of(dataset, land);
  Travel travel;
  travel.starts.assign(starts.begin(), starts.end());
  travel.communes = places.size();
  travel.legs.resize(starts.size() * places.size());
  geo::in_parallel(starts.size(), progress, msg("data.doing_travel"),
                   [&](std::size_t, std::size_t s) {
                     const Start& start = starts[s];
                     if (!start.home.valid() || start.home.value >= places.size()) return;
                     const Place& home = places[start.home.value];
                     for (std::size_t c = 0; c < places.size(); ++c) {
                       const Place& to = places[c];
                       // Most of a country is out of reach by its latitude alone.
                       if (std::abs(home.at.lat - to.at.lat) * least_degree_km > rule.within_km)
                         continue;
                       const bool at_home = c == start.home.value;
                       const double km = at_home ? to.spread_km : straight_km(home.at, to.at);
                       if (km > rule.within_km) continue;
                       travel.legs[s * places.size() + c] =
                           straight_leg(km, to, paces_to(to, start.vehicle, rule));
                     }
                   });
  return travel;
}

}  // namespace data
