#include "tests/app/plan_desk.hpp"

#include "app/jobs.hpp"
#include "tests/app/small_desk.hpp"

namespace desk_test {
namespace {

data::Team team(const char* id, std::uint32_t home, bool generator) {
  data::Team t;
  t.id = t.name = id;
  t.level = geo::UnitLevel::district;
  t.home = geo::UnitIndex(home);
  t.members = 7;
  t.generator = generator;
  return t;
}

}  // namespace

app::AppState plan_desk() {
  app::AppState state = small_desk();
  auto dataset = std::make_shared<data::Dataset>(*state.loaded->dataset);
  dataset->version = 2;
  dataset->teams = {team("A", 0, true), team("B", 0, false), team("C", 0, false),
                    team("D", 2, false)};
  auto loaded = std::make_shared<app::Loaded>(*state.loaded);
  loaded->dataset = dataset;
  loaded->pool.reset();
  app::apply(state, app::command::WorkspaceLoaded{loaded});
  state.requests.clear();
  app::apply(state, app::command::ChooseMode{app::Mode::plan});
  return state;
}

void answer(app::AppState& state) {
  while (!state.requests.empty()) {
    const app::JobRequest request = state.requests.front();
    state.requests.erase(state.requests.begin());
    if (const auto* ground = std::get_if<app::MakePlanGround>(&request)) {
      const data::TravelRule rule = ground->key.travel.value_or(data::TravelRule{});
      const auto ways = [&](const std::vector<data::Start>& starts) {
        return data::travel_of(*ground->loaded->dataset, *ground->loaded->land, starts, rule);
      };
      auto made = app::plan_ground(*ground->loaded, ground->key, ground->wishes, rule, ways);
      auto outdated = app::outdated_plans(*ground->loaded, *made, state.plan.kept);
      app::apply(state, app::command::OfPlan{app::plan::GroundMade{std::move(made), state.plan.kept,
                                                                   std::move(outdated)}});
    } else if (app::lane_of(request) == app::JobLane::plan ||
               app::lane_of(request) == app::JobLane::explain) {
      app::apply(state, app::work(request, {}));
    }
  }
}

void wait(app::AppState& state) {
  app::apply(state, app::command::Tick{state.now + std::chrono::seconds(1)});
}

std::uint32_t visits(const app::AppState& state, std::uint32_t commune) {
  std::uint32_t days = 0;
  for (const app::PlanRow& row : state.plan.shown->all_rows) {
    if (row.commune.value == commune && !row.phone) days += row.team_days;
  }
  return days;
}

void wish(app::AppState& state, data::PlanWishes wishes) {
  app::apply(state, app::command::OfPlan{app::plan::Wish{std::move(wishes)}});
}

}  // namespace desk_test
