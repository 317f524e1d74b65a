#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "data/apportion.hpp"
#include "data/database.hpp"
#include "data/dataset.hpp"
#include "data/place_records.hpp"
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
  /// The commune of today that a settlement or team lies in: the one said, else the one that took
  /// over all of its former commune. Invalid when that is not known.
  geo::UnitIndex commune(std::int64_t unit, std::int64_t former_unit) const;
};

/// Communes, provinces, former districts, reporters and parts. The dataset must have its reports.
/// `some`: only communes in temp.some_unit, and what they came from.
UnitPlaces load_units(Database& database, Dataset& dataset, const PlaceRecords& records, bool some,
                      const geo::Progress& progress);

}  // namespace data
