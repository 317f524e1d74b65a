#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "data/operations.hpp"

namespace data {

/// Which part of the history is asked for; what is empty does not restrict.
struct HistoryFilter {
  std::optional<RecordKey> record;
  std::optional<UnitKey> unit;       ///< entered by it or by those under it, or about them
  std::optional<std::string> until;  ///< UTC, ISO 8601: what was held by then
};
/// What a field held before an operation: the last of what that replaced, else what imports say of
/// it now. `held`: an operation by its uuid; `imported`: its record, asked for only where needed.
struct Replaced {
  std::optional<std::string> value;
  bool by_import = false;  ///< nobody's entry
};
Replaced replaced_by(const Operation& operation,
                     const std::function<std::optional<Operation>(const Uuid&)>& held,
                     const std::function<const ImportedRecord&()>& imported);

/// One batch with the operations asked for, in the order in which they were received.
struct HistoryBatch {
  std::shared_ptr<const Batch> batch;
  std::string received_at;
  Operations operations;
  std::vector<std::optional<std::string>> before;  ///< by operation: the value it replaced
};
/// Newest first.
std::vector<HistoryBatch> history(Workspace& workspace, const HistoryFilter& filter);

/// A copy in memory with what was known at a time (see load_as_known), to be read and thrown away.
Database copy_as_known(Workspace& workspace, const std::string& time);
/// What was known at a time (UTC, ISO 8601), by imports and operations that this workspace had by
/// then. Imports that were taken back since are not there: they left nothing behind.
std::shared_ptr<const Dataset> load_as_known(Workspace& workspace, const std::string& time);
std::shared_ptr<const Dataset> load_copy(Database& as_known, const std::string& time);

}  // namespace data
