#pragma once
#include <optional>
#include <string>
#include <vector>

#include "data/quality.hpp"

namespace data {

/// Why somebody let stand, when it was entered, what a finding is about.
struct KeptReason {
  std::string reason;
  std::string unit;  ///< who: "Xã Mường Nhé"
};
/// Gives findings the reason that was given with the numbers (or the place) they are about, as long
/// as these stand. Linear in findings and in records with a reason.
void add_reasons(Workspace& workspace, std::vector<Finding>& findings);
std::optional<KeptReason> kept_reason(const Finding& finding);

}  // namespace data
