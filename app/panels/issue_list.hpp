#pragma once
#include "app/language.hpp"
#include "app/panels/look.hpp"
#include "geo/issue.hpp"

namespace app {

/// Each issue with a dot in the colour of its severity, broken at words.
void draw_issue_list(const Look& look, Language language, const geo::Issues& issues);

}  // namespace app
