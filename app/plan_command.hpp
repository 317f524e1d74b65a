#pragma once
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/one_of.hpp"
#include "app/plan_state.hpp"
#include "geo/error.hpp"
#include "render/camera.hpp"

// clang-format off
/// What plan mode is asked for; one of app::Command.
namespace app::plan {

struct Wish { data::PlanWishes wishes; };            ///< all of them, changed
struct UsualRule {};                                 ///< what it reckons with goes back to the start
struct Travel { data::TravelRule rule; };            ///< written to the workspace
struct ChooseWeekend { std::size_t weekend = 0; };
struct StepWeekend { int by = 1; };
struct AllWeekends { bool all = true; };
struct StepRow { int by = 1; };                      ///< of the schedule; selects its commune
struct ChooseRow { std::size_t row = 0; };            ///< of rows_shown(); and its commune
struct HoverRow { std::optional<std::size_t> row; }; ///< of rows_shown()
struct Drag { std::optional<PlanDrag> what; };       ///< empty: let go of, nowhere
struct Drop { render::PixelPoint at; };              ///< on the map
struct SendTo { std::uint32_t team = 0; geo::UnitIndex commune; };  ///< on the weekend shown
/// Teams from the home may not go there; where they must not, or one must, they are free again.
struct Forbid { geo::UnitIndex home, commune; };
struct ForbidRow {};                                 ///< the row chosen: see Forbid
struct Free { std::size_t pair = 0; };               ///< into PlanWishes::pairs
struct MakeGround {};                                ///< again, after it was stopped
struct Solve {};                                     ///< now
struct StopSolving {};
struct TypeName { std::string text; };
struct TypeNote { std::string text; };
struct TypeWords { std::string text; };
struct AskKeep { std::int64_t renaming = 0; };       ///< opens Dialog::plan_keep
struct Keep {};                                      ///< what was typed there
struct OpenKept { std::int64_t id = 0; };
struct DeleteKept { std::int64_t id = 0; };
struct Compare { std::optional<std::int64_t> id; };

// What jobs answer.
struct GroundMade { std::shared_ptr<const PlanGround> ground; std::vector<data::KeptPlan> kept; std::vector<std::int64_t> outdated; };
struct GroundStopped { PlanBasisKey key; };          ///< or failed
struct Made { std::uint64_t asked = 0; std::shared_ptr<const PlanShown> shown; };
struct Explained { std::uint64_t asked = 0; std::shared_ptr<const PlanShown> of; std::shared_ptr<const PlanExplained> explained; };
struct WhyFound { std::shared_ptr<const PlanShown> of; PlanWhy why; };
struct SolveProgress { double share = 0; geo::Message doing; };
struct Solved { std::uint64_t asked = 0; std::shared_ptr<const PlanShown> shown; };
struct SolveFailed { std::uint64_t asked = 0; geo::Error error; };
struct SolveEnded { std::uint64_t asked = 0; };                               ///< after every solve, however it went
struct KeptChanged { std::vector<data::KeptPlan> kept; std::optional<data::KeptPlan> before, after; bool step = true; };

}  // namespace app::plan
// clang-format on

namespace app {

using PlanCommandKinds =
    std::variant<plan::Wish, plan::UsualRule, plan::Travel, plan::ChooseWeekend, plan::StepWeekend,
                 plan::AllWeekends, plan::StepRow, plan::ChooseRow, plan::HoverRow, plan::Drag,
                 plan::Drop, plan::SendTo, plan::Forbid, plan::ForbidRow, plan::Free,
                 plan::MakeGround, plan::Solve, plan::StopSolving, plan::TypeName, plan::TypeNote,
                 plan::TypeWords, plan::AskKeep, plan::Keep, plan::OpenKept, plan::DeleteKept,
                 plan::Compare, plan::GroundMade, plan::GroundStopped, plan::Made, plan::Explained,
                 plan::WhyFound, plan::SolveProgress, plan::Solved, plan::SolveFailed,
                 plan::SolveEnded, plan::KeptChanged>;
extern template struct OneOf<PlanCommandKinds>;
using PlanCommand = OneOf<PlanCommandKinds>;

namespace command {

struct OfPlan {
  PlanCommand what;
};

}  // namespace command
}  // namespace app
