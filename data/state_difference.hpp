#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "data/gaps.hpp"
#include "data/import_undo.hpp"
#include "data/operation.hpp"
#include "geo/progress.hpp"

namespace data {

/// What a workspace knew at a moment.
struct KnownState {
  std::string time;  ///< UTC, ISO 8601
  std::size_t operations = 0, imports = 0;
  std::size_t communes = 0, reports = 0, settlements = 0, teams = 0, activities = 0, targets = 0;
  std::optional<geo::Date> newest_report;
  struct Place {
    UnitKey unit;  ///< of those of none: without a code
    std::string name;
    Gap gap;  ///< activation level 2 on that day
  };
  std::vector<Place> districts;  ///< former ones, else provinces; communes of none last, unnamed
  Gap whole;
  /// Imports that were there at that moment and taken back since: their rows are gone, so that the
  /// numbers here are without them.
  std::vector<ImportTakenBack> missing;
};
/// As load_as_known has it.
KnownState known_state(Workspace& workspace, const std::string& time);

/// One field of one record that was another, then and later; empty: not there.
struct FieldDifference {
  RecordKey record;
  std::string name;  ///< of the record, as record_name() says it
  std::string field;
  std::optional<std::string> then, later;
  bool operator==(const FieldDifference&) const = default;
};
/// A district (province) that was there then or later; a gap without numbers: not at that moment.
struct PlaceDifference {
  UnitKey unit;
  std::string name;  ///< the later one
  Gap then, later;
};
struct StateDifference {
  KnownState then, later;
  std::vector<PlaceDifference> places;  ///< by unit, all of both; communes of none last
  std::vector<FieldDifference> fields;  ///< by kind, key and field
  std::size_t all = 0;                  ///< differences there are, also those beyond `most`
};
/// What two moments (UTC, ISO 8601) know differently of reports, teams, settlements and activities,
/// whether it was entered, received or imported in between. Linear in rows of both.
StateDifference compare_states(Workspace& workspace, const std::string& then,
                               const std::string& later, std::size_t most = 200'000,
                               const geo::Progress& progress = {});

}  // namespace data
