#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/workspace.hpp"
#include "geo/boundary_columns.hpp"
#include "geo/date.hpp"
#include "geo/issue.hpp"
#include "geo/progress.hpp"

namespace data {

enum class ImportKind : std::uint8_t {
  boundaries,
  crosswalk,
  settlements,
  teams,
  reports,
  targets,
  figures,
  roads,
  elevation
};
std::string_view id(ImportKind kind);
std::optional<ImportKind> import_kind_by_id(std::string_view id);

/// What a column was understood as.
struct FieldReading {
  std::string field;                  ///< id of the field ("eligible", "code"…)
  std::optional<std::size_t> column;  ///< index in the file; empty: not in the file
  std::string heading;                ///< as the file writes it, two-row headings joined
  bool required = false;
  bool given = false;  ///< said by the person, not guessed
};

enum class RowRole : std::uint8_t { blank, title, heading, group, data, total, note };
enum class Match : std::uint8_t { none, code, name, name_and_kind, former, fuzzy };
enum class Change : std::uint8_t { none, added, changed, same, refused };
std::string_view id(RowRole role);
std::string_view id(Match match);  ///< the contract's words: code, name, name+kind, former, fuzzy
std::string_view id(Change change);

/// How one row was understood.
struct RowReading {
  std::int64_t row = 0;  ///< as a spreadsheet counts, from 1; feature id for boundaries
  RowRole role = RowRole::data;
  std::string label;  ///< the unit, team or settlement as the file writes it
  Match match = Match::none;
  std::string unit_code, unit_name;  ///< what it was matched to
  std::vector<std::string>
      values;  ///< by ImportPreview::fields: the value understood, ISO/C format; empty: no number
  Change change = Change::none;
};

struct ImportPreview {
  ImportKind kind = ImportKind::reports;
  std::string file, sheet;
  std::vector<std::string> sheets;   ///< the others one could have chosen
  std::vector<std::string> columns;  ///< headings of all columns, for an override
  std::vector<FieldReading> fields;
  std::optional<geo::Date>
      date;         ///< of the whole file (from --date or its title), when rows have none
  std::string crs;  ///< boundaries: read in, and whether that was declared or assumed
  std::vector<RowReading> rows;
  geo::Issues issues;
  std::int64_t added = 0, changed = 0, same = 0, refused = 0;
};

struct ImportOptions {
  ImportKind kind = ImportKind::reports;
  std::string sheet;                           ///< sheet or layer
  std::optional<geo::Date> date;               ///< for reports without a date column
  std::map<std::string, std::string> mapping;  ///< field → column heading or letter (A, B, …)
  // boundaries and roads
  geo::BoundaryColumnNames columns;
  std::string where;
  /// Borders that miss each other by at most so many metres are joined; 0: never. Empty:
  /// geo::default_snap, and only where a good part of the inner borders almost meets. Ends of
  /// roads: so near another road; empty: geo::default_road_join.
  std::optional<double> snap;
  std::optional<geo::Date>
      valid_from;  ///< also crosswalk: the day of the change; 2025-07-01 when empty
};

/// The typed rows of an import, ready to be written; opaque outside data/.
struct ImportRecords;

/// Read and understood, nothing written yet.
struct PendingImport {
  ImportPreview preview;
  std::shared_ptr<const ImportRecords> records;
};

/// Throws Error when the file cannot be read at all; imperfect rows come back as issues.
PendingImport prepare_import(Workspace& workspace, const std::filesystem::path& file,
                             const ImportOptions& options, const geo::Progress& progress = {});

/// What a dropped file most likely is, by its extension and headings.
ImportKind guess_import_kind(const std::filesystem::path& file);

/// One transaction: all of it or nothing. Writes only what differs from what is current, so that
/// the same file a second time changes nothing (and leaves no Source). Error (usage) when another
/// import was written since. Returns the new Source, empty when nothing changed.
std::optional<Source> write_import(Workspace& workspace, const PendingImport& pending,
                                   const geo::Progress& progress = {});

}  // namespace data
