#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "data/snapshot_key.hpp"

namespace data {

/// A text, within one that holds all of them.
struct TextAt {
  std::uint32_t first = 0, size = 0;
};

inline constexpr std::int32_t no_day = INT32_MIN;  ///< of days since 1970: not known

/// The current row of a settlement, as it lies in a snapshot: units by their ids in the workspace.
struct SettlementRecord {
  static constexpr std::int64_t missing = INT64_MIN;  ///< of a count; a missing share is NaN
  std::int64_t unit = 0, former_unit = 0;             ///< 0: none
  double lon = 0, lat = 0;                            ///< NaN: no place
  std::int64_t households = missing, residents = missing, eligible = missing;
  double smartphone = 0, own_sim = 0, away = 0;
  std::int64_t source = 0, row = 0;
  TextAt code, name, kind, road, electricity_source, signal_source;
  std::uint32_t electricity = 0, signal = 0;  ///< as Electricity and Signal
  std::int32_t electricity_as_of = no_day, signal_as_of = no_day;
};

struct TeamRecord {
  std::int64_t unit = 0, former_unit = 0;
  std::int64_t members = 0, union_members = 0, source = 0, row = 0;
  TextAt code, name, kind, vehicle;
  std::uint32_t level = 0;  ///< as geo::UnitLevel
  std::uint32_t generator = 0, mobile_router = 0;
  std::int32_t closed_on = no_day;
  double lon = 0, lat = 0;  ///< NaN: no place
};

/// Settlements and teams, each in the order of their codes.
struct PlaceRecords {
  std::span<const SettlementRecord> settlements;
  std::span<const TeamRecord> teams;
  std::string_view text;
  std::shared_ptr<const void> memory;  ///< of all this
  std::uint64_t rows_read = 0;         ///< of the tables; 0: from the snapshot
  std::string_view at(TextAt t) const { return text.substr(t.first, t.size); }
};

/// From the snapshot in the cache folder, or where it is not of these rows, from the tables; then
/// many of them are kept for the next time.
PlaceRecords read_places(Database& database, const SnapshotUse& use);
/// Those of the units in temp.some_unit (and some that once were), from the tables.
PlaceRecords read_some_places(Database& database);

}  // namespace data
