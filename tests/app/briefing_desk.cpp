#include "tests/app/briefing_desk.hpp"

#include "app/jobs.hpp"
#include "data/workspace.hpp"
#include "tests/app/small_desk.hpp"
#include "tests/scratch.hpp"

namespace desk_test {

app::AppState briefing_desk() {
  static int number = 0;
  app::AppState state = small_desk();
  auto loaded = std::make_shared<app::Loaded>(*state.loaded);
  loaded->file = scratch::folder() / ("briefing" + std::to_string(++number) + ".sqlite");
  data::Workspace::create(loaded->file);
  app::apply(state, app::command::WorkspaceLoaded{loaded});
  state.requests.clear();
  app::apply(state, app::command::ChooseMode{app::Mode::briefing});
  answer_briefings(state);
  return state;
}

void answer_briefings(app::AppState& state) {
  while (!state.requests.empty()) {
    const app::JobRequest request = state.requests.front();
    state.requests.erase(state.requests.begin());
    const auto* job = std::get_if<app::BriefingJob>(&request);
    if (job == nullptr) continue;
    try {
      app::apply(state, app::command::OfBriefing{app::work_on(*job)});
    } catch (const geo::Error& error) {
      app::apply(state, app::command::OfBriefing{app::failure(*job, error)});
    }
  }
}

void of_briefing(app::AppState& state, app::BriefingCommand what) {
  app::apply(state, app::command::OfBriefing{std::move(what)});
}

void do_briefing(app::AppState& state, app::BriefingCommand what) {
  of_briefing(state, std::move(what));
  answer_briefings(state);
}

std::vector<data::Briefing> kept_briefings(const app::AppState& state) {
  data::Workspace workspace = data::Workspace::open_for_reading(state.loaded->file);
  return data::briefings(workspace);
}

data::Scene scene_of(const char* statement) {
  data::Scene scene;
  scene.statement = statement;
  return scene;
}

data::Briefing keep_elsewhere(const app::AppState& state, data::Briefing briefing) {
  data::Workspace workspace = data::Workspace::open(state.loaded->file);
  return data::keep_briefing(workspace, std::move(briefing));
}

}  // namespace desk_test
