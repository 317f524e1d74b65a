#pragma once
#include <optional>

#include "data/database.hpp"
#include "data/dataset.hpp"
#include "geo/progress.hpp"

namespace data {

struct LoadOptions {
  bool committed = true;  ///< what is read: not within a transaction that may yet be taken back
  std::optional<geo::Date> as_of = {};  ///< which teams are closed by then; empty: today
};
/// What Workspace::load does. Reports, settlements and teams come from snapshots in the cache
/// folder where they are of these rows.
Dataset load_dataset(Database& database, const LoadOptions& options,
                     const geo::Progress& progress = {});

/// The numbers of every commune of today at the latest report date, written for other programs to
/// read (the map_commune view). Call inside the Transaction that changed something.
void write_commune_numbers(Database& database);

}  // namespace data
