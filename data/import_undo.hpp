#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "data/operations.hpp"
#include "data/workspace.hpp"

namespace data {

/// What taking back an import came to.
struct ImportUndone {
  Source source;
  bool as_operations = false;  ///< its rows had become operations
  std::size_t set_back = 0;    ///< fields, by operations
  Operations changed_since;    ///< of those, what somebody replaced meanwhile: left alone
  std::size_t held = 0;        ///< operations that are held and applied no more: their units went
};
/// Takes back the latest import, whole, in one transaction, and keeps a note that it was there.
/// What it replaced is current again. Empty when there is nothing to take back.
std::optional<ImportUndone> take_back_last_import(Workspace& workspace);
/// The same, only where `source` is still the latest; empty: it is not.
std::optional<ImportUndone> take_back_import(Workspace& workspace, std::int64_t source);
/// The same within a Transaction of the caller, without the note.
std::optional<ImportUndone> undo_last_import_within(Workspace& workspace);

struct ImportTakenBack {
  Source source;
  std::string taken_back_at;   ///< UTC, ISO 8601
  bool as_operations = false;  ///< else its rows are gone: no look at the past shows them
};
std::vector<ImportTakenBack> imports_taken_back(Database& database);  ///< newest first
/// Those that a workspace had at a time (UTC, ISO 8601) and that a look at it now lacks.
std::vector<ImportTakenBack> missing_from(Database& database, const std::string& time);

}  // namespace data
