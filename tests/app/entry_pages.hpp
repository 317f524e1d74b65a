#pragma once
#include <gtest/gtest.h>

#include <string>

#include "app/apply.hpp"
#include "app/entry_job.hpp"
#include "app/pages/page_command.hpp"
#include "app/state.hpp"
#include "tests/app/small_desk.hpp"
#include "tests/data/entry_workspace.hpp"

/// A desk over a workspace of its own whose jobs are done at once, on the test's thread.
namespace desk_test {

inline void answer_entries(app::AppState& state) {
  while (!state.requests.empty()) {
    const app::JobRequest request = state.requests.front();
    state.requests.erase(state.requests.begin());
    const auto* job = std::get_if<app::EntryJob>(&request);
    if (job == nullptr) continue;
    try {
      app::apply(state, app::command::OfEntry{app::work_on(*job, {})});
    } catch (const geo::Error& error) {
      app::apply(state, app::command::OfEntry{app::failure(*job, error)});
    }
  }
}

inline app::AppState entry_desk(const std::filesystem::path& file, app::EntryPage page) {
  app::AppState state = small_desk();
  auto loaded = std::make_shared<app::Loaded>(*state.loaded);
  loaded->file = file;
  app::apply(state, app::command::WorkspaceLoaded{loaded});
  state.requests.clear();
  app::apply(state, app::command::ChooseMode{app::Mode::entry});
  answer_entries(state);
  app::apply(state, app::command::OfEntry{app::entry::ChoosePage{page}});
  answer_entries(state);
  return state;
}

template <class Command>
void on_page(app::AppState& state, Command what) {
  app::apply(state, app::command::OfEntry{app::of_page(std::move(what))});
  answer_entries(state);
}
/// What the desk's dialog does with a file that the page asked for.
inline void give_path(app::AppState& state, const std::string& what,
                      const std::filesystem::path& file) {
  app::apply(state, app::command::OfEntry{app::entry::AskPath{what, {}, {}, {}, false}});
  state.dialog = app::Dialog::none;
  app::apply(state, app::command::OfEntry{app::entry::TakePath{file}});
  answer_entries(state);
}

}  // namespace desk_test
