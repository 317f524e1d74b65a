#pragma once
#include <compare>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/dataset.hpp"
#include "data/travel_rule.hpp"
#include "data/ways.hpp"
#include "geo/cache_folder.hpp"
#include "geo/land.hpp"
#include "geo/progress.hpp"

namespace data {

/// What a team gets about with: a car does not leave the roads for cars, its people walk from
/// there. Motorbikes (also where nothing is known) go on both kinds of road.
enum class Vehicle : std::uint8_t { motorbike, car, foot };
Vehicle vehicle_of(std::string_view word);  ///< as Team::vehicle has it: "car", "ô tô", "xe máy"…

/// From where, and with what.
struct Start {
  geo::UnitIndex home;
  Vehicle vehicle = Vehicle::motorbike;
  auto operator<=>(const Start&) const = default;
};

/// One way; with heights, the mean of there and back.
struct Leg {
  float km = std::numeric_limits<float>::infinity();
  float hours = std::numeric_limits<float>::infinity();
  bool reachable() const { return hours < std::numeric_limits<float>::infinity(); }
  bool operator==(const Leg&) const = default;
};

/// Where the people of a commune are, and how to get about there.
struct Place {
  geo::LonLat at;
  /// Mean straight distance from there to its settlements, by people; without any, two thirds of
  /// the radius of a circle of its area (the mean over a disc).
  double spread_km = 0;
  double car = 1, motorbike = 0, foot = 0;  ///< shares of people by their road; sum 1
};
/// Of every commune, by UnitIndex. By settlements that have a position: people are the eligible
/// ones, else residents, else each settlement counts 1; the label point where there are none.
std::vector<Place> places_of(const Dataset& dataset, const geo::Land& land);

/// How long and how far it is from each start to each commune.
struct Travel {
  enum class By : std::uint8_t { geodesic, roads } by = By::geodesic;
  bool slopes = false;  ///< heights are known and count
  std::vector<Start> starts;
  std::size_t communes = 0;
  std::vector<Leg> legs;  ///< by start, then commune

  const Leg& leg(std::size_t start, geo::UnitIndex commune) const {
    return legs[start * communes + commune.value];
  }
  /// Its place in `starts`.
  std::optional<std::size_t> find(const Start& start) const;
};

/// Without roads: the straight line times the detour of a road for cars, the last stretch (the
/// target's spread) by the roads its people have. With roads: the fastest way over them. Heights
/// slow both. The way about one's own commune is its spread. See docs/formulas.md.
/// Starts whose home is invalid reach nothing.
Travel travel_of(const Dataset& dataset, const geo::Land& land, std::span<const Start> starts,
                 const TravelRule& rule, const geo::Roads* roads = nullptr,
                 const geo::Elevation* elevation = nullptr, const geo::Progress& progress = {});

/// The same with the rule, the roads and the heights of a workspace; kept in the cache folder under
/// all that it was made of, and looked up there the next time. Where the folder cannot be written
/// to (or is empty), it goes without.
Travel travel_of(Workspace& workspace, const Dataset& dataset, const geo::Land& land,
                 std::span<const Start> starts, const geo::Progress& progress = {},
                 const std::filesystem::path& cache = geo::cache_folder());
/// Its folder within the cache folder.
std::string travel_key(std::span<const Place> places, std::span<const Start> starts,
                       const TravelRule& rule, const Ways& ways);

}  // namespace data
