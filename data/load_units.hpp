#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "data/apportion.hpp"
#include "data/database.hpp"
#include "data/dataset.hpp"
#include "data/place_records.hpp"
#include "geo/polygon.hpp"
#include "geo/progress.hpp"

namespace data {

/// What all imports together say of a unit: per field the latest that has something.
struct UnitFacts {
  std::string code, level, name, full_name, kind;
  std::int64_t parent = 0, former_district = 0;  ///< unit ids; 0: unknown
  std::optional<double> published_area_km2;
  std::optional<std::int64_t> published_population;
  Trace trace;
};

/// From unit ids in the workspace to places in the dataset.
struct UnitPlaces {
  std::unordered_map<std::int64_t, UnitFacts> facts;
  std::unordered_map<std::int64_t, std::uint32_t> communes, provinces, districts, reporters;
  std::multimap<std::int64_t, Link> became;  ///< by former unit
  /// The commune of today that a record lies in: the one said, else the one that took over all of
  /// its former commune. Invalid when that is not known.
  geo::UnitIndex commune(std::int64_t unit, std::int64_t former_unit) const;
};

/// Tells by its place which of the units that took over a former one something lies in: the one
/// whose land holds it. Nobody's, or that of two of them: not known, and never guessed.
class LandHolder {
 public:
  explicit LandHolder(Database& database) : database_(&database) {}
  /// A unit id; 0: not known. NaN: no place.
  std::int64_t among(std::span<const std::int64_t> units, double lon, double lat);

 private:
  Database* database_;
  std::unordered_map<std::int64_t, geo::GeoShape> shapes_;  ///< of those looked at
};

/// As UnitPlaces::commune; where a former commune was split, what has a place goes on with the unit
/// that holds it.
struct PlaceOfToday {
  geo::UnitIndex commune;
  bool by_land = false;
};
PlaceOfToday place_of_today(const UnitPlaces& places, LandHolder& land, std::int64_t unit,
                            std::int64_t former_unit, double lon, double lat);

/// Communes, provinces, former districts, reporters and parts. The dataset must have its reports.
/// `some`: only communes in temp.some_unit, and what they came from.
UnitPlaces load_units(Database& database, Dataset& dataset, const PlaceRecords& records, bool some,
                      const geo::Progress& progress);

}  // namespace data
