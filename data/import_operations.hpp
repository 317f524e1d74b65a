#pragma once
// Tables that are imported where numbers are entered too: their rows become operations, so that an
// entry and an import are ordered the same in every copy.
#include <cstddef>

#include "data/import_records.hpp"
#include "data/operations.hpp"

namespace data {

/// Reports, teams and settlements, once a person set the author unit or anything was entered.
bool becomes_operations(Workspace& workspace, ImportKind kind);

/// Takes the rows out that do not lie under the author, and says so in the preview.
void refuse_what_is_others(Workspace& workspace, Preparation& prepared);

/// Within the Transaction of the import. What a row leaves empty takes nothing back.
Entered enter_records(Workspace& workspace, const ImportRecords& records,
                      const ImportPreview& preview);

}  // namespace data
