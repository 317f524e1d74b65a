#pragma once
#include <string>

namespace data {

// Who and when, for the rows of imports and decisions.
std::string utc_now();       ///< ISO 8601, to the second
std::string account_name();  ///< on this computer; empty when it is not known

}  // namespace data
