#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/view.hpp"
#include "data/briefing_store.hpp"
#include "data/plan_store.hpp"
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
  std::optional<data::PlanWishes> wishes;  ///< of the plan
  std::optional<data::TravelRule> travel;
  bool operator==(const ViewPoint&) const = default;
};
struct ImportDone {
  std::int64_t source = 0;
  std::string file;
};
struct FindingAccepted {
  std::string key, reason;
};
struct KeptPlanChanged {  ///< empty: there was none, or is none any more
  std::optional<data::KeptPlan> before, after;
};
struct BriefingChanged {  ///< likewise
  std::optional<data::Briefing> before, after;
};
using Step = std::variant<ViewPoint, ImportDone, FindingAccepted, KeptPlanChanged, BriefingChanged>;
struct History {
  std::vector<Step> past, future;
};
/// What was just done: nothing is ahead of it any more, and of many steps the oldest goes.
void add_step(History& history, Step step);

}  // namespace app
