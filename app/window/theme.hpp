#pragma once
#include "app/panels/look.hpp"

namespace app {

/// The light theme of look.md, sizes times `scale`, and its fonts made at exactly that size.
/// Throws geo::Error when no font is found.
Look dress(double scale);

}  // namespace app
