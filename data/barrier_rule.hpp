#pragma once
#include <string>
#include <vector>

namespace data {

class Workspace;

/// How the people short of a commune are split by what blocks them: data of the workspace, to be
/// read and edited (setting "barrier_rule", JSON). A person blocked by several things counts once.
struct BarrierRule {
  enum class Counting {
    order,  ///< under the first barrier of `order` that holds
    shares  ///< divided among all that hold, so that the shares sum to the whole
  } counting = Counting::order;
  /// Ids of the barriers (not `visit` or `unknown`), first counts first.
  std::vector<std::string> order{"no_grid", "signal", "away", "no_smartphone", "own_sim"};
  // How many of a settlement's people a state of it holds back, 0…1.
  double no_electricity = 1, offgrid_electricity = 1, no_signal = 1, weak_signal = 0.5;
  bool operator==(const BarrierRule&) const = default;
};

/// Error (usage) that names the field, when the text is no rule: unknown or repeated barriers,
/// shares outside 0…1. A barrier left out of `order` does not count.
BarrierRule barrier_rule_of(const std::string& json);
std::string json_of(const BarrierRule& rule);

/// Writes the rule into the workspace, and the numbers that follow from it.
void keep_barrier_rule(Workspace& workspace, const BarrierRule& rule);

}  // namespace data
