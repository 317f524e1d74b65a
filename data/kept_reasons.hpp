#pragma once
#include <vector>

#include "data/quality.hpp"

namespace data {

/// Gives findings the reason that was given with the numbers (or the place) they are about, as long
/// as these stand. Linear in findings and in records with a reason.
void add_reasons(Workspace& workspace, std::vector<Finding>& findings);

}  // namespace data
