#pragma once
#include <optional>
#include <span>

#include "data/database.hpp"
#include "data/dataset.hpp"
#include "data/operation.hpp"
#include "geo/progress.hpp"

namespace data {

struct LoadOptions {
  bool committed = true;  ///< what is read: not within a transaction that may yet be taken back
  std::optional<geo::Date> as_of = {};  ///< which teams are closed by then; empty: today
  /// Only what the numbers of the communes among temp.some_unit follow from, where these are all
  /// units that the crosswalk connects with them. Dates are those on which they reported.
  bool some_units = false;
};
/// What Workspace::load does. Reports, settlements and teams come from snapshots in the cache
/// folder where they are of these rows.
Dataset load_dataset(Database& database, const LoadOptions& options,
                     const geo::Progress& progress = {});

/// The numbers of every commune of today at the latest report date, written for other programs to
/// read (the map_commune view). Call inside the Transaction that changed something.
void write_commune_numbers(Database& database);
/// The same after operations on these records, where all else stands as it did: only the rows that
/// can be others are worked out and written, so that one number costs as much in a country as in a
/// province. A new report date, or much at once, is all of it.
void write_commune_numbers_of(Database& database, std::span<const RecordKey> records);

}  // namespace data
