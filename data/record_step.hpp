#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "data/operations.hpp"

namespace data {

/// What one command changed of one record, so that it can be taken back and done again.
struct RecordStep {
  struct Change {
    std::string field;
    std::optional<std::string> before, after;  ///< canonical
    std::string reason;
  };
  RecordKey record;
  std::vector<Change> changes;
};

/// As enter(), of one record. Without changes where nothing differs.
RecordStep enter_record(Workspace& workspace, std::span<const FieldChange> changes);

/// Sets back what a step changed, or what taking it back did, by operations of their own. Error
/// (usage), and nothing is changed: somebody else has changed one of these fields since.
void take_back(Workspace& workspace, const RecordStep& step);
void do_again(Workspace& workspace, const RecordStep& step);

}  // namespace data
