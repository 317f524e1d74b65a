#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "app/view.hpp"
#include "data/dataset.hpp"

namespace app {

/// "gap", "two_way" …, "signal" … as workspaces keep them.
std::string_view id(MapLayer layer);
std::string_view id(Across across);
std::optional<MapLayer> layer_by_id(std::string_view id);

/// What of a view is neither place nor date, as JSON: classes, filter, what lies over the colours.
/// Former districts by code.
std::string look_of(const View& view, const data::Dataset& dataset);
/// Into `view`; what cannot be read, or is no more, stays as it is there.
void take_look(View& view, const std::string& look, const data::Dataset& dataset);

}  // namespace app
