#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/operations.hpp"

namespace data {

// The history as a list to look through, part by part: however long it is, a part costs what is
// walked over to fill it.

/// What is empty does not restrict. Words are looked for as people type them (fold_search).
struct HistoryQuery {
  std::string words;                       ///< in the record's name or code
  std::string author;                      ///< in the name of the unit that entered
  std::optional<std::string> from, until;  ///< UTC, ISO 8601: received in this time
  std::int64_t before = INT64_MAX;         ///< only operations with a smaller id: the next part
  std::size_t most = 300;
};

struct HistoryRow {
  Operation operation;
  std::string record_name;              ///< "Xã Mường Tùng"; of an activity its team's
  std::string author_name;              ///< "Huyện Mường Chà"
  std::optional<std::string> replaced;  ///< the value before it, in this workspace
  bool replaced_import = false;         ///< and that is an import's, not somebody's entry
  std::size_t of_batch = 0;             ///< operations in its batch
};
struct HistoryPart {
  std::vector<HistoryRow> rows;  ///< the newest first
  bool more = false;
  std::int64_t last = 0;  ///< for HistoryQuery::before; 0: nothing was read
};
HistoryPart history_part(Workspace& workspace, const HistoryQuery& query);

/// What a record is called here: a report's unit, a team's or settlement's name; of an activity
/// its team. Its key where there is no name.
std::string record_name(Workspace& workspace, const RecordKey& record);

}  // namespace data
