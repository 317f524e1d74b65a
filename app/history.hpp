#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/view.hpp"
#include "data/score.hpp"

namespace app {

/// What undo goes back to: what is looked at, or an import written.
struct ViewPoint {
  data::Indicator indicator = data::Indicator::activation_l2;
  std::optional<geo::Date> at;
  std::vector<geo::UnitIndex> within, selected;
  MapLayer layer = MapLayer::gap;
  Across across = Across::signal;
  ClassChoice choice;
  std::optional<geo::Date> since;
  Filter filter;
  data::Weights weights;
  bool operator==(const ViewPoint&) const = default;
};
struct ImportDone {
  std::int64_t source = 0;
  std::string file;
};
struct FindingAccepted {
  std::string key, reason;
};
using Step = std::variant<ViewPoint, ImportDone, FindingAccepted>;
struct History {
  std::vector<Step> past, future;
};

}  // namespace app
