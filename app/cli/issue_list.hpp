#pragma once
#include <string>

#include "app/language.hpp"
#include "geo/issue.hpp"

namespace app {

/// The worst first, alike ones together; of each kind as many as fit in about `most_lines`, then
/// how many more there are. 0: all of them. Ends with how many of each level there are.
std::string issues_text(const geo::Issues& issues, Language language, std::size_t most_lines);
/// A JSON array.
std::string issues_json(const geo::Issues& issues, Language language);

}  // namespace app
