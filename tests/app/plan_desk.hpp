#pragma once
#include "app/plan_work.hpp"
#include "app/state.hpp"

namespace desk_test {

/// The small desk with three district teams of seven at Mường Na (one with a generator) and one at
/// Bản Đông, in plan mode; nothing is planned yet.
app::AppState plan_desk();
/// Does what the state asks for on this thread, but for the solver, until it asks for nothing; the
/// workspace, of which there is no file, has the default rule of ways.
void answer(app::AppState& state);
/// A second goes by.
void wait(app::AppState& state);

/// Of all trips of the plan shown, those to the commune.
std::uint32_t visits(const app::AppState& state, std::uint32_t commune);
void wish(app::AppState& state, data::PlanWishes wishes);

}  // namespace desk_test
