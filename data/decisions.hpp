#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "data/operations.hpp"

namespace data {

/// What a field in conflict is to hold.
struct Decision {
  RecordKey record;
  std::string field;
  std::optional<std::string> value;  ///< empty: not reported
  std::string reason;
};
struct Decided {
  Entered entered;
  std::vector<Decision> settled;  ///< no conflict any more: somebody else decided meanwhile
  struct Refused {
    Decision decision;
    geo::Message why;
  };
  std::vector<Refused> refused;  ///< not the author's to decide
};
/// Decides many conflicts in one batch; what cannot be decided is told and keeps no other from it.
/// Error (usage), and nothing is changed: a value that is none.
Decided decide_all(Workspace& workspace, std::span<const Decision> decisions);

}  // namespace data
