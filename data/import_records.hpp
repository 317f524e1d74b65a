#pragma once
// What an import is about to write; only for the sources of this room that prepare or write one.
#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "data/import.hpp"
#include "data/unit_key.hpp"
#include "geo/borders.hpp"
#include "geo/polygon.hpp"
#include "geo/roads.hpp"
#include "geo/unit.hpp"

namespace data {

struct UnitRecord {
  UnitKey key;
  std::string name, full_name, kind;
  std::optional<UnitKey> province, district;
  std::optional<double> area_km2;
  std::optional<std::int64_t> population;
  geo::GeoShape shape;  ///< empty: none
  double area_m2 = 0;   ///< of the shape, on the ellipsoid
};
/// One of which only its name is told; its kind is the name's first word.
UnitRecord named_unit(UnitKey key, const std::string& full_name, std::optional<UnitKey> province);

struct CrosswalkRecord {
  UnitKey former;
  std::int64_t unit = 0;
  bool whole = true;
  std::optional<double> share;
  std::string changed_on;            ///< of a unit and itself: what is said of it holds since
  std::optional<UnitKey> heir = {};  ///< instead of `unit`: one that may come with this import
};
struct SettlementRecord {
  std::string code, name, kind;
  std::optional<std::int64_t> unit, former_unit;
  std::optional<std::int64_t> households, residents, eligible;
  std::optional<std::string> electricity, signal;
  std::optional<double> smartphone_share, own_sim_share, away_share;
  std::string road;
  std::optional<double> lon, lat;
  bool operator==(const SettlementRecord&) const = default;
};
struct TeamRecord {
  std::string code, name, level, kind;
  std::optional<std::int64_t> unit, former_unit;
  std::optional<std::int64_t> members, union_members;
  std::optional<std::string> established_on;
  std::optional<std::int64_t> generator, mobile_router;
  std::string vehicle;
  bool operator==(const TeamRecord&) const = default;
};
struct ReportRecord {
  std::int64_t unit = 0;
  std::string date;
  /// eligible, installed, activated_l1, activated_l2, sessions, reached
  std::array<std::optional<std::int64_t>, 6> counts;
};
struct TargetRecord {
  std::optional<std::int64_t> unit;  ///< empty: the country, whose unit may have to be made
  std::string indicator, due;
  std::optional<double> share;
  std::optional<std::int64_t> count;
  bool operator==(const TargetRecord&) const = default;
};
struct FigureRecord {
  std::string scope_level, scope, indicator;
  double value = 0;
  std::string qualifier, measure, as_of, kind, document, note;
  std::optional<std::int64_t> unit;
  bool operator==(const FigureRecord&) const = default;
};

template <class T>
struct FromRow {
  T value;
  std::int64_t row = 0;  ///< as a spreadsheet counts, or feature id
};

/// What the workspace looked like when the import was prepared: nothing else may have been written
/// in between, or the differences would be wrong.
struct WorkspaceState {
  std::int64_t sources = 0, latest = 0, operations = 0;
  std::string imported_at;
  bool operator==(const WorkspaceState&) const = default;
};
WorkspaceState state_of(Workspace& workspace);

/// Only what differs from what is current.
struct ImportRecords {
  WorkspaceState state;
  std::vector<FromRow<UnitRecord>> units;  ///< parents before children
  std::vector<FromRow<CrosswalkRecord>> crosswalk;
  std::vector<FromRow<SettlementRecord>> settlements;
  std::vector<FromRow<TeamRecord>> teams;
  std::vector<FromRow<ReportRecord>> reports;
  std::vector<FromRow<TargetRecord>> targets;
  std::vector<FromRow<FigureRecord>> figures;
  std::vector<geo::RoadLine> roads;
  std::optional<geo::ElevationGrid> elevation;
  /// Of all shapes of the file, and the units that these are; empty code: one that was refused.
  std::shared_ptr<const geo::Borders> borders;
  std::vector<UnitKey> border_units;
  /// Looks at the workspace as it would be, within the transaction; what it throws takes all back.
  std::function<void(Workspace&)> look;
  std::size_t size() const {
    return units.size() + crosswalk.size() + settlements.size() + teams.size() + reports.size() +
           targets.size() + figures.size() + roads.size() + (elevation ? 1 : 0);
  }
};

/// The kinds of import, one function each; the caller adds what they share (state, counts).
struct Preparation {
  ImportPreview preview;
  ImportRecords records;
};
Preparation prepare_boundaries(Workspace& workspace, const std::filesystem::path& file,
                               const ImportOptions& options, const geo::Progress& progress);
Preparation prepare_roads(Workspace& workspace, const std::filesystem::path& file,
                          const ImportOptions& options, const geo::Progress& progress);
Preparation prepare_elevation(Workspace& workspace, const std::filesystem::path& file,
                              const ImportOptions& options, const geo::Progress& progress);
Preparation prepare_table(Workspace& workspace, const std::filesystem::path& file,
                          const ImportOptions& options, const geo::Progress& progress);

/// The units that an import describes, against those the workspace has: keeps what is new or
/// differs and says which it was. Districts and provinces count as the same when only case or
/// tone placement of their names differ, because several kinds of files name them.
class UnitDifference {
 public:
  explicit UnitDifference(Workspace& workspace);
  /// Appends to `out` unless it is the same; the same key twice is looked at once only.
  Change add(std::vector<FromRow<UnitRecord>>& out, UnitRecord unit, std::int64_t row);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace data
