#pragma once
#include "app/command.hpp"

namespace app {

/// What a click does to the selection, the same on map, table, charts and legend: alone it
/// replaces, with shift it adds, with control it removes.
command::How how_pressed();

}  // namespace app
