#pragma once
#include "data/database.hpp"
#include "data/dataset.hpp"
#include "geo/progress.hpp"

namespace data {

/// What Workspace::load does; `shapes` false leaves the boundaries and the map CRS out, for those
/// who only count.
Dataset load_dataset(Database& database, bool shapes, const geo::Progress& progress = {});

/// The numbers of every commune of today at the latest report date, written for other programs to
/// read (the map_commune view). Call inside the Transaction that changed something.
void write_commune_numbers(Database& database);

}  // namespace data
