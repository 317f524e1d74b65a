#pragma once
// What a draft of a decree holds; only for the sources of this room that make or write one.
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "data/boundary_change.hpp"
#include "data/import_records.hpp"
#include "data/matching.hpp"

namespace data {

struct DecreeDraft {
  DecreeFiles files;
  DecreeSummary told;
  WorkspaceState state;
  std::shared_ptr<const Preparation> land;  ///< as units of that day; empty: no file
  std::set<std::string> land_provinces;     ///< codes

  /// A unit of the day before.
  struct Former {
    UnitKey key;
    std::string name, place, province;  ///< province: its code
    bool here = true;                   ///< the workspace knows it; else a row makes it
    std::size_t row = 0;                ///< that row
  };
  /// A unit of the day itself.
  struct Unit {
    std::string code, name, place;
    std::optional<UnitKey> today;  ///< what the workspace knows by this code
    std::string province;          ///< code
    bool in_land = false;
  };
  struct Row {
    std::int64_t row = 0;
    std::string old_code, old_name, old_district_code, old_district, old_province_code,
        old_province;
    std::string new_code, new_name, new_province_code;
    std::optional<bool> whole;
    std::optional<double> share;
    bool fuzzy = false;
    std::optional<std::size_t> former, unit;  ///< places in the lists
    Verdict problem = Verdict::whole;         ///< of the row by itself
    geo::Message why;
    std::vector<UnitChoice> formers_meant, units_meant;
  };
  std::vector<Former> formers;
  std::vector<Unit> units;
  std::vector<Row> rows;
  std::map<std::string, std::size_t> former_by_code, unit_by_code;
  /// Codes of provinces between which rows go: before, they were other units of the same code.
  std::set<std::string> merged_provinces;

  std::string day() const { return geo::iso(files.from); }
  UnitChoice choice(const Former& f) const { return {f.key.code, f.name, f.place}; }
  UnitChoice choice(const Unit& u) const { return {u.code, u.name, u.place}; }
};

/// The records of a commit: boundaries with the days of their units, former units, links.
ImportRecords records_of(Workspace& workspace, const DecreeDraft& draft, const Decree& decree);

}  // namespace data
