#pragma once
#include <cstdint>

#include "data/database.hpp"
#include "data/reports.hpp"
#include "data/snapshot_key.hpp"
#include "geo/date.hpp"
#include "geo/progress.hpp"

namespace data {

/// How reports were read, for tests and benches.
struct ReportsRead {
  std::uint64_t rows = 0;      ///< of imports in the table that were stepped over
  std::uint64_t entries = 0;   ///< rows of what people entered
  bool from_snapshot = false;  ///< of the cache folder, with the rows that came since
  bool kept = false;           ///< as a snapshot, for the next time
};

/// All reports of a workspace: the snapshot in the cache folder and the rows that came since, or,
/// where there is none or it is not of these rows (some were changed or deleted, by anyone), the
/// whole table. A large table, or much that is new, is kept as a snapshot for the next time. Linear
/// in the rows read.
Reports read_reports(Database& database, const SnapshotUse& use, const geo::Progress& progress = {},
                     ReportsRead* how = nullptr);

/// Those of the units in temp.some_unit alone, from the table.
Reports read_some_reports(Database& database);

/// Only the ISO form that we write ourselves: millions of these are read at once.
geo::Date stored_date(const Statement& row, int column, const Database& database);

}  // namespace data
