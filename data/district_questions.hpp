#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "data/district_progress.hpp"
#include "data/operations.hpp"
#include "data/quality.hpp"

namespace data {

/// What follows from more than a unit's own numbers: what the checks find, rules that were let
/// stand, values that met.
class AskedOfWorkspace {
 public:
  AskedOfWorkspace(Workspace& workspace, const Dataset& dataset, geo::Date week,
                   const geo::Progress& progress);
  /// Adds to the unit's questions; a broken rule that was let stand takes the place of the question
  /// about the same rule. `column`: among the dataset's reports.
  void of(UnitProgress& unit, std::optional<std::uint32_t> column);

 private:
  void conflicts_of(UnitProgress& unit);
  void findings_of(UnitProgress& unit, std::uint32_t column);
  void let_stand(UnitProgress& unit);

  Workspace& workspace_;
  const Dataset& dataset_;
  geo::Date week_;
  bool operations_;
  Authority authority_;
  std::vector<Finding> findings_;
  std::unordered_map<std::string, const Finding*> by_key_;
  std::unordered_map<std::uint32_t, const Reporter*> reporters_;  ///< by column
  std::map<UnitKey, std::vector<Conflict>> conflicts_;            ///< of reports
};

}  // namespace data
