#pragma once
#include <cstddef>

#include "app/state.hpp"

namespace app {

/// Units of the week shown with numbers that are not saved, because they break rules.
std::size_t unsaved_here(const AppState& state);

}  // namespace app
