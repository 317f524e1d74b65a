#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "app/loaded.hpp"
#include "app/plan_state.hpp"
#include "app/view.hpp"

namespace app {

/// The ways from all homes, and the numbers of the date; a person waits for it.
struct MakePlanGround {
  std::shared_ptr<const Loaded> loaded;
  PlanBasisKey key;
  data::PlanWishes wishes;
};
/// The quick answer, or what was kept.
struct MakePlan {
  std::uint64_t asked = 0;  ///< PlanDesk::asked, here and below
  std::shared_ptr<const PlanGround> ground;
  data::PlanWishes wishes;
  std::optional<data::KeptPlan> kept;  ///< this one as it was kept, instead of a new one
};
struct ExplainPlan {
  std::uint64_t asked = 0;
  std::shared_ptr<const PlanShown> shown;
};
struct AskWhyNot {
  std::uint64_t asked = 0;
  std::shared_ptr<const PlanShown> shown;
  geo::UnitIndex commune;
};
/// By the solver, in its own program.
struct SolvePlan {
  std::uint64_t asked = 0;
  std::shared_ptr<const PlanShown> shown;
};
/// A kept plan that is written, renamed or (without `after`) deleted.
struct ChangeKeptPlan {
  std::filesystem::path workspace;
  std::optional<data::KeptPlan> before, after;
  bool step = true;  ///< can be undone; else it is an undoing
};
struct ExportPlan {
  std::shared_ptr<const Loaded> loaded;
  std::shared_ptr<const PlanShown> shown;
  View view;
  std::filesystem::path file;  ///< .xlsx, .pdf, .ics or .csv
};

}  // namespace app
